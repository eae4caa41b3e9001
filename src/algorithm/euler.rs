//! Whether a walk can take every relationship of a component once (Euler 1736; Hierholzer 1873).

use crate::{
    algorithm::{Projection, Run, component::weak},
    base::Fault,
};

/// A component with relationships.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Component {
    /// The first node.
    pub first: u32,
    /// The number of relationships.
    pub relationships: usize,
    /// Whether a closed walk takes each once.
    pub has_circuit: bool,
    /// Whether a walk takes each once.
    pub has_trail: bool,
}

/// The degrees of a component that do not allow a closed walk.
#[derive(Clone, Copy, Default)]
struct Odd {
    /// The nodes where one walk can begin.
    starts: usize,
    /// The nodes where one walk can end.
    ends: usize,
    /// The nodes that no walk can balance.
    others: usize,
}

/// The weak components that have relationships.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn eulerian(graph: &Projection, run: &Run<'_>) -> Result<Vec<Component>, Fault> {
    let numbers = weak(graph, run)?;
    let count = numbers.iter().max().map_or(0, |most| *most as usize + 1);
    let mut components = run.vector(Component::default(), count)?;
    let mut odd = run.vector(Odd::default(), count)?;
    let mut incoming = run.vector(0, graph.nodes())?;
    for edge in graph.edges() {
        incoming[edge.target as usize] += 1;
        components[numbers[edge.source as usize] as usize].relationships += 1;
    }
    for node in graph.numbers().rev() {
        let number = numbers[node as usize] as usize;
        components[number].first = node;
        let odd = &mut odd[number];
        let degree = graph.degree(node);
        match degree.abs_diff(incoming[node as usize]) {
            _ if graph.is_undirected() => odd.others += degree % 2,
            0 => {}
            1 if degree > incoming[node as usize] => odd.starts += 1,
            1 => odd.ends += 1,
            _ => odd.others += 3,
        }
    }
    for (component, odd) in components.iter_mut().zip(odd) {
        let most = if graph.is_undirected() { 2 } else { 0 };
        component.has_circuit = odd.starts + odd.ends + odd.others == 0;
        component.has_trail = odd.others <= most && odd.starts <= 1 && odd.ends <= 1;
    }
    components.retain(|component| component.relationships > 0);
    Ok(components)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    fn found(edges: &[(u32, u32)], undirected: bool) -> Vec<(bool, bool)> {
        let found = eulerian(&graph(8, edges, undirected), &RUN).unwrap();
        let walks = found.iter().map(|one| (one.has_circuit, one.has_trail));
        walks.collect()
    }

    #[test]
    fn walks_depend_on_the_degrees() {
        assert_eq!(found(&[(0, 1), (1, 0), (2, 2)], false), [(true, true); 2]);
        assert_eq!(found(&[(0, 1), (1, 2)], false), [(false, true)]);
        assert_eq!(found(&[(0, 1), (2, 1)], false), [(false, false)]);
        assert_eq!(found(&[(0, 1), (2, 1)], true), [(false, true)]);
        assert_eq!(found(&[(0, 1), (0, 2), (0, 3)], true), [(false, false)]);
    }
}
