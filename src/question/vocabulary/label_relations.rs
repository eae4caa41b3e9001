//! Label relations, derived from the data: every course is a learning resource.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    graph::Graph,
    question::vocabulary::{NounId, Vocabulary},
};

/// Pairs of labels that some node has together, and pairs in which every node with the first has the second.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelRelations {
    together: FxHashMap<String, FxHashSet<String>>,
    always: FxHashMap<String, FxHashSet<String>>,
}

impl LabelRelations {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut relations = Self::default();
        let stats = graph.stats();
        let labels: Vec<_> = graph
            .catalog()
            .labels()
            .filter(|(label, _)| stats.label_in_use(*label))
            .collect();
        for (label, name) in &labels {
            let nodes = graph.nodes_with_label(*label);
            for (other, other_name) in &labels {
                let others = graph.nodes_with_label(*other);
                if label == other || nodes.is_disjoint(others) {
                    continue;
                }
                insert(&mut relations.together, name, other_name);
                if nodes.is_subset(others) {
                    insert(&mut relations.always, name, other_name);
                }
            }
        }
        relations
    }
}

fn insert(pairs: &mut FxHashMap<String, FxHashSet<String>>, label: &str, other: &str) {
    let others = pairs.entry(label.to_owned()).or_default();
    others.insert(other.to_owned());
}

fn has(pairs: &FxHashMap<String, FxHashSet<String>>, label: &str, other: &str) -> bool {
    label == other
        || pairs
            .get(label)
            .is_some_and(|others| others.contains(other))
}

impl Vocabulary {
    /// True if every node with the first label has the second.
    #[must_use]
    pub fn is_a(&self, label: &str, other: &str) -> bool {
        has(&self.label_relations.always, label, other)
    }

    /// True if any node has both labels.
    #[must_use]
    pub fn may_be(&self, label: &str, other: &str) -> bool {
        has(&self.label_relations.together, label, other)
    }

    /// True if every node with the label has the label of the noun.
    #[must_use]
    pub fn fits(&self, label: &str, noun: NounId) -> bool {
        self.is_a(label, &self.nouns[noun.0 as usize].label)
    }

    /// True if a node with one of the first labels may have one of the second. An empty list stands for any label.
    #[must_use]
    pub fn meets(&self, labels: &[String], others: &[String]) -> bool {
        labels.is_empty()
            || others.is_empty()
            || labels
                .iter()
                .any(|label| others.iter().any(|other| self.may_be(label, other)))
    }
}
