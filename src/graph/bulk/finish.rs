//! Builds all derived data as independent tasks that threads share.

use rustc_hash::FxHashMap;

use super::{Batch, Builder};
use crate::{
    graph::{
        Graph, Neighbour, Orientation, adjacency::Lists, index::Index, parallel, stats::Histogram,
        topology::Topology,
    },
    value::{EdgeId, KeyId, LabelId, NodeId, TypeId},
};

/// A unit of derived data, independent of all others.
#[derive(Clone, Copy)]
enum Task {
    Topology,
    Lists(TypeId, Orientation),
    Triples(TypeId),
    NodeKey(KeyId),
    EdgeKey(KeyId),
    Index(LabelId, KeyId),
}

/// The result of a task.
enum Part {
    Topology(Topology),
    Lists(TypeId, Orientation, Lists, Histogram),
    /// Counts by the label sets of source and target, and the number of self-loops.
    Triples(TypeId, FxHashMap<(usize, usize), i64>, i64),
    /// Counts by label set.
    NodeKey(KeyId, Vec<i64>),
    EdgeKey(KeyId, Vec<(TypeId, i64)>),
    Index(LabelId, KeyId, Index<NodeId>),
}

impl Builder {
    /// Builds the derived data and returns the graph.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn finish(self) -> Graph {
        self.finish_unless(|| false)
            .expect("nothing ends the building")
    }

    /// [`Self::finish`], or `None` once `ended` is true, which is asked before each part of the data.
    pub fn finish_unless(self, ended: impl Fn() -> bool + Sync) -> Option<Graph> {
        let steps = self.node_count() + self.relationship_count();
        let make = |task| (!ended()).then(|| self.make(task));
        let parts = parallel::map(self.tasks(), steps, make);
        let parts: Vec<_> = parts.into_iter().collect::<Option<_>>()?;
        let Self { mut graph, .. } = self;
        let types = graph.catalog.types().len();
        graph.lists.resize_with(types, Default::default);
        count_labels(&mut graph);
        for part in parts {
            if ended() {
                return None;
            }
            put(&mut graph, part);
        }
        Some(graph)
    }

    /// The tasks, longest first, so that all threads finish at about the same time.
    fn tasks(&self) -> Vec<Task> {
        let graph = &self.graph;
        let mut sizes: Vec<_> = graph
            .catalog
            .types()
            .map(|(ty, _)| (self.size(ty), ty))
            .collect();
        sizes.retain(|(size, _)| *size > 0);
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let lists = |&(_, ty): &_| {
            [
                Task::Lists(ty, Orientation::Outgoing),
                Task::Lists(ty, Orientation::Incoming),
            ]
        };
        let mut tasks = vec![Task::Topology];
        tasks.extend(sizes.iter().flat_map(lists));
        tasks.extend(
            self.indexes
                .iter()
                .map(|&(label, key)| Task::Index(label, key)),
        );
        tasks.extend(sizes.iter().map(|&(_, ty)| Task::Triples(ty)));
        tasks.extend(
            graph
                .node_properties
                .columns()
                .map(|(key, _)| Task::NodeKey(key)),
        );
        tasks.extend(
            graph
                .edge_properties
                .columns()
                .map(|(key, _)| Task::EdgeKey(key)),
        );
        tasks
    }

    fn size(&self, ty: TypeId) -> usize {
        self.batches_of(ty).map(|batch| batch.ends.len()).sum()
    }

    fn batches_of(&self, ty: TypeId) -> impl Iterator<Item = &Batch> {
        self.batches.iter().filter(move |batch| batch.ty == ty)
    }

    fn make(&self, task: Task) -> Part {
        match task {
            Task::Topology => Part::Topology(self.topology()),
            Task::Lists(ty, direction) => self.lists(ty, direction),
            Task::Triples(ty) => Part::Triples(ty, self.triples(ty), self.loops(ty)),
            Task::NodeKey(key) => Part::NodeKey(key, self.node_key(key)),
            Task::EdgeKey(key) => Part::EdgeKey(key, self.edge_key(key)),
            Task::Index(label, key) => Part::Index(label, key, self.graph.make_index(label, key)),
        }
    }

    fn topology(&self) -> Topology {
        let mut topology = Topology::with_capacity(self.node_count(), self.relationship_count());
        for _ in 0..self.node_count() {
            topology.add_node();
        }
        for batch in &self.batches {
            for &(from, to) in &batch.ends {
                topology.add_edge(from, batch.ty, to);
            }
        }
        topology
    }

    fn lists(&self, ty: TypeId, direction: Orientation) -> Part {
        let lists = match direction {
            Orientation::Outgoing => Lists::build(|| {
                self.edges_of(ty)
                    .map(|(edge, from, to)| (from, Neighbour { node: to, edge }))
            }),
            Orientation::Incoming => Lists::build(|| {
                self.edges_of(ty)
                    .map(|(edge, from, to)| (to, Neighbour { node: from, edge }))
            }),
        };
        let histogram = lists.view().lists().map(|(_, list)| list.len()).collect();
        Part::Lists(ty, direction, lists, histogram)
    }

    fn edges_of(&self, ty: TypeId) -> impl Iterator<Item = (EdgeId, NodeId, NodeId)> {
        self.batches_of(ty).flat_map(|batch| {
            let edges = (batch.first.0..).map(EdgeId);
            edges
                .zip(&batch.ends)
                .map(|(edge, &(from, to))| (edge, from, to))
        })
    }

    /// Relationships with equal label sets are mostly adjacent, so runs are counted before each map access.
    fn triples(&self, ty: TypeId) -> FxHashMap<(usize, usize), i64> {
        let set = |node| self.graph.labels.set_of(node).expect("the ends are nodes");
        let mut counts = FxHashMap::default();
        let mut run = ((0, 0), 0);
        self.edges_of(ty).for_each(|(_, from, to)| {
            let pair = (set(from), set(to));
            if pair != run.0 {
                *counts.entry(run.0).or_default() += run.1;
                run = (pair, 0);
            }
            run.1 += 1;
        });
        *counts.entry(run.0).or_default() += run.1;
        counts
    }

    fn loops(&self, ty: TypeId) -> i64 {
        let loops = self.edges_of(ty).filter(|(_, from, to)| from == to);
        loops.count() as i64
    }

    fn node_key(&self, key: KeyId) -> Vec<i64> {
        let labels = &self.graph.labels;
        let mut counts = vec![0; labels.sets().len()];
        let column = self.graph.node_properties.column(key);
        for index in column.iter().flat_map(|column| column.indices()) {
            let node = NodeId(u32::try_from(index).expect("ids have 32 bits"));
            counts[labels.set_of(node).expect("properties belong to nodes")] += 1;
        }
        counts
    }

    fn edge_key(&self, key: KeyId) -> Vec<(TypeId, i64)> {
        let Some(column) = self.graph.edge_properties.column(key) else {
            return Vec::new();
        };
        let present = |batch: &Batch| {
            let first = batch.first.index();
            column.present_within(first..first + batch.ends.len()) as i64
        };
        self.batches
            .iter()
            .map(|batch| (batch.ty, present(batch)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }
}

fn count_labels(graph: &mut Graph) {
    graph.stats.add_nodes(graph.labels.bound() as i64);
    for (label, _) in graph.catalog.labels() {
        graph
            .stats
            .add_label(label, graph.labels.with(label).len() as i64);
    }
}

fn put(graph: &mut Graph, part: Part) {
    match part {
        Part::Topology(topology) => graph.topology = topology,
        Part::Lists(ty, direction, lists, histogram) => {
            graph.lists[ty.index()][direction as usize] = lists;
            graph.stats.set_degrees(ty, direction, histogram);
        }
        Part::Triples(ty, counts, loops) => {
            put_triples(graph, ty, &counts);
            graph.stats.add_loops(ty, loops);
        }
        Part::NodeKey(key, counts) => put_node_key(graph, key, &counts),
        Part::EdgeKey(key, counts) => {
            counts
                .into_iter()
                .for_each(|(ty, count)| graph.stats.add_edge_key(ty, key, count));
        }
        Part::Index(label, key, index) => graph.put_index(label, key, index),
    }
}

fn put_triples(graph: &mut Graph, ty: TypeId, counts: &FxHashMap<(usize, usize), i64>) {
    let sets: Vec<_> = graph.labels.sets().collect();
    for (&(source, target), &count) in counts {
        graph
            .stats
            .add_triples(sets[source], ty, sets[target], count);
    }
}

fn put_node_key(graph: &mut Graph, key: KeyId, counts: &[i64]) {
    for (set, &count) in graph.labels.sets().zip(counts) {
        for &label in set.iter().chain(&[LabelId::NONE]) {
            graph.stats.add_node_key(label, key, count);
        }
    }
}
