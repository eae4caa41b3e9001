//! Closeness (Bavelas 1950) and harmonic closeness (Marchiori, Latora 2000): how near a node is to all that it reaches.

use crate::{
    algorithm::{Projection, Run, search::Search},
    base::Fault,
};

/// How distances become a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The inverse of the mean distance.
    Closeness,
    /// The same, scaled by the share of nodes that are reached (Wasserman, Faust 1994).
    Scaled,
    /// The sum of inverse distances.
    Harmonic,
    /// The mean of inverse distances.
    MeanHarmonic,
}

/// Maximum number of sources of a block.
const SOURCES: usize = 64;

/// The score of each node from its distances to others.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn closeness(graph: &Projection, measure: Measure, run: &Run<'_>) -> Result<Vec<f64>, Fault> {
    let count = graph.nodes();
    let mut scores = run.vector(0.0, count)?;
    // Large graphs have small blocks, so that the limits are checked often.
    let size = ((1 << 22) / graph.size().max(1)).clamp(1, SOURCES);
    let steps = count.saturating_mul(graph.size());
    run.fill_blocks(&mut scores, size, steps, |start, block| {
        let mut search = Search::new(count);
        for (at, score) in block.iter_mut().enumerate() {
            search.from(graph, (start + at) as u32);
            *score = of_search(&search, measure);
        }
    })?;
    Ok(scores)
}

fn of_search(search: &Search, measure: Measure) -> f64 {
    let distances = || (search.reached[1..].iter()).map(|node| search.distances[*node as usize]);
    let reached = (search.reached.len() - 1) as f64;
    let others = (search.distances.len() - 1) as f64;
    let total: f64 = match measure {
        Measure::Closeness | Measure::Scaled => distances().sum(),
        Measure::Harmonic | Measure::MeanHarmonic => distances().map(f64::recip).sum(),
    };
    match measure {
        _ if reached == 0.0 => 0.0,
        Measure::Closeness => reached / total,
        Measure::Scaled => reached / total * (reached / others),
        Measure::Harmonic => total,
        Measure::MeanHarmonic => total / others,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn the_middle_of_a_path_is_nearest() {
        let path = graph(4, &[(0, 1), (1, 2)], true);
        let score = |measure| closeness(&path, measure, &RUN).unwrap();
        assert_eq!(score(Measure::Closeness), [2.0 / 3.0, 1.0, 2.0 / 3.0, 0.0]);
        assert_eq!(score(Measure::Scaled)[1], 2.0 / 3.0);
        assert_eq!(score(Measure::Harmonic), [1.5, 2.0, 1.5, 0.0]);
        assert_eq!(score(Measure::MeanHarmonic)[1], 2.0 / 3.0);
    }
}
