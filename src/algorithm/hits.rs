//! Hubs and authorities (Kleinberg 1999): a good hub leads to good authorities, and good hubs lead to a good authority.

use crate::{
    algorithm::{Projection, Run, page_rank::pull},
    base::Fault,
};

/// The scores of each node as a hub and as an authority; each sums to 1.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn hits(
    graph: &Projection,
    (iterations, tolerance): (usize, f64),
    run: &Run<'_>,
) -> Result<(Vec<f64>, Vec<f64>), Fault> {
    let incoming = graph.transposed(run)?;
    let count = graph.nodes();
    let mut hubs = run.vector(1.0 / count.max(1) as f64, count)?;
    let mut authorities = run.vector(0.0, count)?;
    let mut before = run.vector(0.0, count)?;
    for _ in 0..iterations {
        before.copy_from_slice(&hubs);
        gather(&incoming, &hubs, &mut authorities, run)?;
        gather(graph, &authorities, &mut hubs, run)?;
        let change = run.sum(count, count, |node| (hubs[node] - before[node]).abs())?;
        if change < tolerance {
            break;
        }
    }
    Ok((hubs, authorities))
}

/// Sums for each node what its neighbours have, and scales the sums to 1.
fn gather(graph: &Projection, from: &[f64], into: &mut [f64], run: &Run<'_>) -> Result<(), Fault> {
    run.each(into, graph.size(), |node| pull(graph, node as u32, from))?;
    let total = run.sum(into.len(), into.len(), |node| into[node])?;
    if total > 0.0 {
        into.iter_mut().for_each(|score| *score /= total);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn what_leads_to_all_is_the_hub() {
        let graph = graph(4, &[(0, 1), (0, 2), (3, 2)], false);
        let (hubs, authorities) = hits(&graph, (100, 1e-12), &RUN).unwrap();
        assert!(hubs[0] > hubs[3] && hubs[1] == 0.0);
        assert!(authorities[2] > authorities[1] && authorities[0] == 0.0);
        assert!((hubs.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
