//! Communities by the Louvain method (Blondel and others 2008): nodes move to the community that gains most modularity, then
//! communities become nodes, until nothing gains.

use std::borrow::Cow;

use crate::{
    algorithm::{
        Projection, Run,
        component::numbered,
        partition::{Partition, aggregated},
    },
    base::Fault,
};

/// How communities are found.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Maximum number of times that communities become nodes.
    pub levels: usize,
    /// Maximum number of passes over the nodes at a level.
    pub iterations: usize,
    /// The gain of modularity below which a level ends.
    pub tolerance: f64,
    /// A high resolution gives small communities.
    pub resolution: f64,
}

/// The community of each node. Relationships count both ways.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn louvain(graph: &Projection, settings: Settings, run: &Run<'_>) -> Result<Vec<u32>, Fault> {
    let mut level = graph.both_ways(run)?;
    let mut found: Vec<u32> = graph.numbers().collect();
    for _ in 0..settings.levels {
        let singles = level.numbers().collect();
        let mut partition = Partition::new(&level, singles, settings.resolution, run)?;
        if !moved(&mut partition, settings, run)? {
            break;
        }
        let communities = numbered(partition.communities);
        for community in &mut found {
            *community = communities[*community as usize];
        }
        level = Cow::Owned(aggregated(&level, &communities, run)?);
    }
    Ok(numbered(found))
}

/// Moves nodes until a pass gains little; false if none moved.
fn moved(partition: &mut Partition<'_>, settings: Settings, run: &Run<'_>) -> Result<bool, Fault> {
    let mut any = false;
    for _ in 0..settings.iterations {
        let mut gained = 0.0;
        for node in partition.graph.numbers() {
            gained += partition.improve(node);
            run.steps(1 + partition.graph.degree(node))?;
        }
        any |= gained > 0.0;
        // A move changes modularity by twice its gain, as a share of all weight.
        if 2.0 * gained <= settings.tolerance * partition.total {
            break;
        }
    }
    Ok(any)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn cliques_are_communities() {
        let edges = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)];
        let settings = Settings {
            levels: 10,
            iterations: 10,
            tolerance: 1e-4,
            resolution: 1.0,
        };
        for undirected in [false, true] {
            let found = louvain(&graph(7, &edges, undirected), settings, &RUN).unwrap();
            assert_eq!(found, [0, 0, 0, 1, 1, 1, 2]);
        }
    }
}
