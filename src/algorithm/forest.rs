//! The minimum spanning forest (Kruskal 1956): the relationships of the lowest weight that connect what is connected.

use crate::{
    algorithm::{Edge, Run, component::Sets},
    base::Fault,
};

/// The positions of the relationships of a minimum spanning forest, in ascending order. Directions do not count; of equal
/// weights the first relationship is taken.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn spanning_forest(nodes: usize, edges: &[Edge], run: &Run<'_>) -> Result<Vec<usize>, Fault> {
    run.meter.spend(edges.len() * size_of::<usize>())?;
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by(|one, other| edges[*one].weight.total_cmp(&edges[*other].weight));
    let mut sets = Sets::new(nodes, run)?;
    let mut chosen = Vec::new();
    for at in order {
        if sets.join(edges[at].source, edges[at].target) {
            chosen.push(at);
        }
        run.steps(1)?;
    }
    chosen.sort_unstable();
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::RUN;

    #[test]
    fn the_heaviest_of_a_cycle_is_left_out() {
        let edges = [
            (0, 1, 1.0),
            (1, 2, 3.0),
            (2, 0, 2.0),
            (1, 1, 0.0),
            (3, 4, 9.0),
        ];
        let edges = edges.map(|(source, target, weight)| Edge {
            source,
            target,
            weight,
        });
        assert_eq!(spanning_forest(5, &edges, &RUN).unwrap(), [0, 2, 4]);
    }
}
