//! Centralities by powers of the adjacency matrix: eigenvector (Bonacich 1972) and Katz (1953). A node has a high score if
//! nodes with high scores lead to it.

use crate::{
    algorithm::{Projection, Run, page_rank::pull},
    base::Fault,
};

/// When an iteration ends.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Maximum number of iterations.
    pub iterations: usize,
    /// The mean change of a score below which the iteration ends.
    pub tolerance: f64,
}

/// The eigenvector of the greatest eigenvalue, of length 1; `None` if the iteration does not converge.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn eigenvector(
    graph: &Projection,
    settings: Settings,
    run: &Run<'_>,
) -> Result<Option<Vec<f64>>, Fault> {
    let incoming = graph.transposed(run)?;
    let start = 1.0 / (graph.nodes().max(1) as f64).sqrt();
    let scores = run.vector(start, graph.nodes())?;
    // Adding the score itself shifts the eigenvalues, so that those of opposite sign do not alternate.
    iterate(scores, settings, run, |scores, next| {
        step(
            &incoming,
            next,
            run,
            |node, pulled| scores[node] + pulled,
            scores,
        )?;
        scale_to_one(next, run)
    })
}

/// The scores `x = alpha * A x + beta`; `None` if the iteration does not converge, because `alpha` is not below the inverse
/// of the greatest eigenvalue.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn katz(
    graph: &Projection,
    (alpha, beta): (f64, f64),
    settings: Settings,
    run: &Run<'_>,
) -> Result<Option<Vec<f64>>, Fault> {
    let incoming = graph.transposed(run)?;
    let scores = run.vector(0.0, graph.nodes())?;
    let found = iterate(scores, settings, run, |scores, next| {
        step(
            &incoming,
            next,
            run,
            |_, pulled| alpha * pulled + beta,
            scores,
        )
    })?;
    let Some(mut scores) = found else {
        return Ok(None);
    };
    scale_to_one(&mut scores, run)?;
    Ok(Some(scores))
}

/// Repeats a step until the scores change little.
fn iterate(
    mut scores: Vec<f64>,
    settings: Settings,
    run: &Run<'_>,
    mut step: impl FnMut(&[f64], &mut [f64]) -> Result<(), Fault>,
) -> Result<Option<Vec<f64>>, Fault> {
    let count = scores.len();
    let mut next = run.vector(0.0, count)?;
    for _ in 0..settings.iterations {
        step(&scores, &mut next)?;
        std::mem::swap(&mut scores, &mut next);
        let change = run.sum(count, count, |node| (scores[node] - next[node]).abs())?;
        if !change.is_finite() {
            return Ok(None);
        }
        if change <= settings.tolerance * count as f64 {
            return Ok(Some(scores));
        }
    }
    Ok(None)
}

/// Computes the next score of each node from its number and what it pulls.
fn step(
    incoming: &Projection,
    next: &mut [f64],
    run: &Run<'_>,
    score: impl Fn(usize, f64) -> f64 + Sync,
    scores: &[f64],
) -> Result<(), Fault> {
    run.each(next, incoming.size(), |node| {
        score(node, pull(incoming, node as u32, scores))
    })
}

/// Scales a vector to the length 1.
fn scale_to_one(scores: &mut [f64], run: &Run<'_>) -> Result<(), Fault> {
    let count = scores.len();
    let length = run
        .sum(count, count, |node| scores[node] * scores[node])?
        .sqrt();
    if length > 0.0 {
        scores.iter_mut().for_each(|score| *score /= length);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    const SETTINGS: Settings = Settings {
        iterations: 1_000,
        tolerance: 1e-12,
    };

    #[test]
    fn the_middle_of_a_star_has_half_of_the_length() {
        let star = graph(5, &[(0, 1), (0, 2), (0, 3), (0, 4)], true);
        let scores = eigenvector(&star, SETTINGS, &RUN).unwrap().unwrap();
        assert!((scores[0] * scores[0] - 0.5).abs() < 1e-6);
    }

    #[test]
    fn an_attenuation_beyond_the_eigenvalue_does_not_converge() {
        let triangle = graph(3, &[(0, 1), (1, 2), (2, 0)], true);
        assert!(
            katz(&triangle, (0.4, 1.0), SETTINGS, &RUN)
                .unwrap()
                .is_some()
        );
        assert!(
            katz(&triangle, (0.6, 1.0), SETTINGS, &RUN)
                .unwrap()
                .is_none()
        );
    }
}
