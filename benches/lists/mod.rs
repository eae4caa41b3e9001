//! Neighbour lists for the programs written by hand.

/// The neighbours of each node, sorted, one list after the other.
pub(crate) struct Lists {
    starts: Vec<u32>,
    nodes: Vec<u32>,
}

impl Lists {
    /// The lists of so many nodes: for each pair, the second node is in the list of the first.
    pub(crate) fn new(nodes: u32, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0; nodes as usize + 1];
        for (from, _) in pairs.clone() {
            starts[from as usize + 1] += 1;
        }
        for node in 0..nodes as usize {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![0; starts[nodes as usize] as usize];
        for (from, to) in pairs {
            let place = &mut next[from as usize];
            ends[*place as usize] = to;
            *place += 1;
        }
        for list in starts.windows(2) {
            ends[list[0] as usize..list[1] as usize].sort_unstable();
        }
        Self {
            starts,
            nodes: ends,
        }
    }

    /// The list of a node.
    pub(crate) fn of(&self, node: u32) -> &[u32] {
        let (start, end) = (self.starts[node as usize], self.starts[node as usize + 1]);
        &self.nodes[start as usize..end as usize]
    }
}
