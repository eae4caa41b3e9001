//! Checks derived data against its source: neighbour lists against the topology, label bitmaps against node labels,
//! indexes and statistics against the content.
//!
//! Queries do not need this. Tests call it after changes, and the engine calls it after a panic.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    graph::{Graph, Neighbour, Orientation, Stats},
    value::{Key, KeyId, LabelId, NodeId, TypeId, Value, relation},
};

/// The neighbours of each node that has any.
type Neighbours = BTreeMap<NodeId, Vec<Neighbour>>;

impl Graph {
    /// The inconsistencies, described in words; empty if there are none. Takes time linear in the size of the graph.
    #[must_use]
    pub fn inconsistencies(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.verify_labels(&mut found);
        self.verify_adjacency(&mut found);
        self.verify_indexes(&mut found);
        self.verify_secondary(&mut found);
        let counted = self.counted();
        if counted != self.stats {
            let stats = &self.stats;
            found.push(format!("statistics: expected {counted:?}, found {stats:?}"));
        }
        found
    }

    fn verify_labels(&self, found: &mut Vec<String>) {
        for (label, name) in self.catalog.labels() {
            let has_label = |node: &u32| self.labels_of(NodeId(*node)).contains(&label);
            let labelled = self.nodes().iter().filter(has_label);
            if !self.nodes_with_label(label).iter().eq(labelled) {
                found.push(format!("nodes with the label `{name}`"));
            }
        }
    }

    fn verify_adjacency(&self, found: &mut Vec<String>) {
        for (ty, name) in self.catalog.types() {
            for direction in Orientation::BOTH {
                let lists = self.adjacency(ty, direction).lists();
                let kept: Neighbours = lists
                    .filter(|(_, list)| !list.is_empty())
                    .map(|(node, list)| (node, list.to_vec()))
                    .collect();
                if kept != self.neighbours(ty, direction) {
                    found.push(format!("neighbours by `{name}`, {direction:?}"));
                }
            }
        }
    }

    /// The sorted neighbour lists that follow from the topology.
    fn neighbours(&self, ty: TypeId, direction: Orientation) -> Neighbours {
        let mut lists = Neighbours::new();
        for edge in self.edges().filter(|edge| self.edge_type(*edge) == ty) {
            let (from, to) = self.endpoints(edge);
            let (here, there) = match direction {
                Orientation::Outgoing => (from, to),
                Orientation::Incoming => (to, from),
            };
            let neighbour = Neighbour { node: there, edge };
            lists.entry(here).or_default().push(neighbour);
        }
        lists.values_mut().for_each(|list| list.sort());
        lists
    }

    fn verify_indexes(&self, found: &mut Vec<String>) {
        for (label, key) in self.indexes() {
            let mut nodes_by_value: FxHashMap<Key, Vec<NodeId>> = FxHashMap::default();
            for (node, value) in self.held(label, key) {
                nodes_by_value.entry(Key(value)).or_default().push(node);
            }
            let wrong = nodes_by_value.iter().find(|(value, nodes)| {
                let found = self.seek(label, key, &value.0);
                // A value that is not equal to itself, such as NaN, is found by no lookup.
                let reflexive = relation::equal(&value.0, &value.0) == Some(true);
                *found != *if reflexive { &nodes[..] } else { &[] }
            });
            if let Some((value, _)) = wrong {
                found.push(format!("index on {label:?}, {key:?} for {:?}", value.0));
            }
        }
    }

    fn verify_secondary(&self, found: &mut Vec<String>) {
        for (on, index) in self.secondary.iter() {
            if !index.agrees(&self.make_secondary(on)) {
                found.push(format!("index on {on:?}"));
            }
        }
    }

    /// The non-null values of a property of nodes with a label, in ascending node order.
    fn held(&self, label: LabelId, key: KeyId) -> Vec<(NodeId, Value)> {
        let nodes = self.nodes_with_label(label).iter().map(NodeId);
        let values = nodes.map(|node| (node, self.node_property(node, key)));
        values.filter(|(_, value)| !value.is_null()).collect()
    }

    /// The statistics, recomputed from the content.
    fn counted(&self) -> Stats {
        let mut stats = Stats::default();
        stats.add_nodes(i64::try_from(self.node_count()).expect("ids have 32 bits"));
        for node in self.nodes().iter().map(NodeId) {
            let labels = self.labels_of(node);
            labels.iter().for_each(|label| stats.add_label(*label, 1));
            for (key, _) in self.node_properties(node) {
                let counted = labels.iter().chain(&[LabelId::NONE]);
                counted.for_each(|label| stats.add_node_key(*label, key, 1));
            }
        }
        let mut types = BTreeSet::new();
        for edge in self.edges() {
            let ((from, to), ty) = (self.endpoints(edge), self.edge_type(edge));
            stats.add_triples(self.labels_of(from), ty, self.labels_of(to), 1);
            stats.add_loops(ty, i64::from(from == to));
            self.edge_properties(edge)
                .for_each(|(key, _)| stats.add_edge_key(ty, key, 1));
            types.insert(ty);
        }
        for ty in types {
            for direction in Orientation::BOTH {
                let lists = self.neighbours(ty, direction);
                let degrees = lists.values().map(Vec::len);
                stats.set_degrees(ty, direction, degrees.collect());
            }
        }
        for (label, key) in self.indexes() {
            let held = self.held(label, key).into_iter();
            let values: FxHashSet<Key> = held.map(|(_, value)| Key(value)).collect();
            stats.set_distinct(label, key, Some(values.len() as u64));
        }
        for (on, _) in self.secondary.iter() {
            stats.set_secondary(on, Some(self.make_secondary(on).distinct()));
        }
        stats
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two people who know each other, and an index on their names.
    fn graph() -> Graph {
        let mut graph = Graph::new();
        let (person, knows) = (graph.intern_label("Person"), graph.intern_type("KNOWS"));
        let name = graph.intern_key("name");
        let ends = ["Ada", "Grace"].map(|text| {
            let node = graph.create_node(&[person]);
            graph.set_node_property(node, name, text.into());
            node
        });
        graph.create_relationship(ends[0], knows, ends[1]);
        graph.create_index(person, name);
        graph.commit();
        graph
    }

    /// The inconsistencies reported after `damage`.
    fn reported(damage: impl FnOnce(&mut Graph)) -> String {
        let mut graph = graph();
        damage(&mut graph);
        graph.inconsistencies().join("\n")
    }

    #[test]
    fn a_graph_agrees_with_itself() {
        assert_eq!(reported(|_| {}), "");
    }

    #[test]
    fn each_kind_of_damage_is_found() {
        let (person, name, ada) = (LabelId(0), KeyId(0), NodeId(0));
        let wrong_count = reported(|graph| graph.stats.add_label(person, 1));
        assert!(wrong_count.starts_with("statistics: "), "{wrong_count}");
        let lost = reported(|graph| graph.lists[0][0] = Default::default());
        assert!(lost.contains("neighbours by `KNOWS`, Outgoing"), "{lost}");
        let stale = reported(|graph| {
            let index = graph.indexes.get_mut(person, name).expect("there is one");
            index.remove(ada, &"Ada".into());
        });
        assert!(stale.contains("index on "), "{stale}");
    }
}
