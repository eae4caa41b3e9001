//! Embeddings by random projection (FastRP; Chen and others 2019): nodes with similar surroundings get similar vectors.

use crate::{
    algorithm::{Projection, Random, Run},
    base::Fault,
};

/// How vectors are made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The number of parts of a vector.
    pub dimension: usize,
    /// How much the surroundings at each distance count, from 1 on.
    pub weights: Vec<f64>,
    /// The power of the degree by which the random vectors are scaled; below 0 nodes of high degree count less.
    pub strength: f64,
    /// The seed of the random vectors.
    pub seed: u64,
}

/// The vector of each node, one after the other.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn fast_rp(graph: &Projection, settings: &Settings, run: &Run<'_>) -> Result<Vec<f64>, Fault> {
    let size = settings.dimension;
    let mut now = run.vector(0.0, graph.nodes() * size)?;
    let mut next = run.vector(0.0, graph.nodes() * size)?;
    let mut sums = run.vector(0.0, graph.nodes() * size)?;
    let steps = graph.size().saturating_mul(size);
    run.fill_blocks(&mut now, size, steps, |start, vector| {
        let node = start / size;
        let mut random = Random::new(settings.seed ^ (node as u64).wrapping_mul(0x9E37_79B9));
        let scale = (graph.degree(node as u32).max(1) as f64).powf(settings.strength);
        for part in vector {
            // Two of three parts are 0 (Achlioptas 2003).
            *part = match random.below(6) {
                0 => scale * 3_f64.sqrt(),
                1 => -scale * 3_f64.sqrt(),
                _ => 0.0,
            };
        }
    })?;
    for weight in &settings.weights {
        run.fill_blocks(&mut next, size, steps, |start, vector| {
            mean(graph, (start / size) as u32, &now, vector);
        })?;
        run.fill_blocks(&mut sums, size, steps, |start, vector| {
            let step = &next[start..start + size];
            let norm = step.iter().map(|part| part * part).sum::<f64>().sqrt();
            let scale = if norm > 0.0 { weight / norm } else { 0.0 };
            vector
                .iter_mut()
                .zip(step)
                .for_each(|(sum, part)| *sum += scale * part);
        })?;
        std::mem::swap(&mut now, &mut next);
    }
    Ok(sums)
}

/// The mean of the vectors of a node's neighbours, by weight.
fn mean(graph: &Projection, node: u32, vectors: &[f64], out: &mut [f64]) {
    out.fill(0.0);
    let total = graph.strength(node);
    if total <= 0.0 {
        return;
    }
    for (other, weight) in graph.weighted(node) {
        let vector = &vectors[other as usize * out.len()..][..out.len()];
        out.iter_mut()
            .zip(vector)
            .for_each(|(sum, part)| *sum += weight / total * part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn nodes_with_the_same_neighbours_have_the_same_vector() {
        let graph = graph(5, &[(0, 2), (0, 3), (1, 2), (1, 3), (3, 4)], true);
        let settings = Settings {
            dimension: 16,
            weights: vec![1.0, 1.0],
            strength: 0.0,
            seed: 1,
        };
        let found = fast_rp(&graph, &settings, &RUN).unwrap();
        assert_eq!(found[..16], found[16..32]);
        assert_ne!(found[..16], found[64..]);
    }
}
