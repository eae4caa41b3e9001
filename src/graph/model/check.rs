//! Compares a whole graph with the model.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    ops::Bound,
};

use super::{Held, KEYS, LABELS, Model, TYPES, definitions, intern, values};
use crate::{
    base::Unmetered,
    graph::{Builder, ColumnData, Effects, Graph, Neighbour, Orientation},
    value::{
        EdgeId, Key, KeyId, LabelId, NodeId, SchemaCommand, TypeId, Value,
        relation::{compare, equal},
    },
};

/// The state outside the model that a rollback must restore. A column may come back with a type that it had lost.
pub(super) fn shape(graph: &Graph) -> String {
    let columns = (0..KEYS).map(|key| graph.node_column(KeyId(key)).map(|column| column.present()));
    let kinds = (0..KEYS).map(|key| {
        let column = graph.node_column(KeyId(key))?;
        let kinds: BTreeSet<_> = column
            .indices()
            .map(|index| column.get(index).kind())
            .collect();
        // A typed column has one type; a mixed one may be left with values of one type.
        assert!(column.kind().is_none_or(|kind| kinds.iter().eq([&kind])));
        Some(kinds)
    });
    format!(
        "{} {} {:?} {:?}",
        graph.node_bound(),
        graph.edge_bound(),
        columns.collect::<Vec<_>>(),
        kinds.collect::<Vec<_>>()
    )
}

fn shown(held: impl IntoIterator<Item = (KeyId, Value)>) -> String {
    format!("{:?}", held.into_iter().collect::<Vec<_>>())
}

pub(super) fn check_entities(graph: &Graph, model: &Model) {
    assert_eq!(graph.node_count(), model.nodes.len());
    assert_eq!(graph.relationship_count(), model.edges.len());
    assert!(
        graph
            .nodes()
            .iter()
            .eq(model.nodes.keys().map(|node| node.0))
    );
    assert!(graph.edges().eq(model.edges.keys().copied()));
    for (&node, (labels, held)) in &model.nodes {
        assert!(graph.is_live_node(node) && node.index() < graph.node_bound());
        assert!(graph.labels_of(node).iter().eq(labels));
        assert_eq!(shown(graph.node_properties(node)), shown(held.clone()));
    }
    for (&edge, (from, ty, to, held)) in &model.edges {
        assert!(graph.is_live_edge(edge) && edge.index() < graph.edge_bound());
        assert_eq!(
            (graph.endpoints(edge), graph.edge_type(edge)),
            ((*from, *to), *ty)
        );
        assert_eq!(shown(graph.edge_properties(edge)), shown(held.clone()));
    }
}

pub(super) fn check_labels(graph: &Graph, model: &Model) {
    for label in (0..LABELS + 1).map(LabelId) {
        let labelled: Vec<_> = model
            .nodes
            .iter()
            .filter(|(_, (labels, _))| labels.contains(&label))
            .collect();
        assert!(
            graph
                .nodes_with_label(label)
                .iter()
                .eq(labelled.iter().map(|(node, _)| node.0))
        );
        assert_eq!(graph.stats().nodes(Some(label)), labelled.len() as u64);
        assert_eq!(graph.stats().label_in_use(label), !labelled.is_empty());
        for node in (0..graph.node_bound() as u32 + 2).map(NodeId) {
            assert_eq!(
                graph.has_label(node, label),
                labelled.iter().any(|(own, _)| **own == node)
            );
        }
    }
}

fn list(model: &Model, node: NodeId, ty: TypeId, direction: Orientation) -> Vec<Neighbour> {
    let ends = |(&edge, &(from, own, to, _)): (&EdgeId, &(NodeId, TypeId, NodeId, Held))| {
        let (here, there) = match direction {
            Orientation::Outgoing => (from, to),
            Orientation::Incoming => (to, from),
        };
        (own == ty && here == node).then_some(Neighbour { node: there, edge })
    };
    let mut list: Vec<_> = model.edges.iter().filter_map(ends).collect();
    list.sort();
    list
}

pub(super) fn check_adjacency(graph: &Graph, model: &Model) {
    for ty in (0..TYPES + 1).map(TypeId) {
        for direction in Orientation::BOTH {
            let view = graph.adjacency(ty, direction);
            let mut degrees = Vec::new();
            for node in (0..graph.node_bound() as u32 + 2).map(NodeId) {
                let expected = list(model, node, ty, direction);
                assert_eq!(view.of(node), expected);
                assert_eq!(view.degree(node), expected.len());
                assert!(expected.is_empty() || view.nodes().contains(&node.0));
                assert_eq!(
                    graph.types_of(node, direction).any(|other| other == ty),
                    !expected.is_empty()
                );
                degrees.push(expected.len() as u64);
            }
            let known = graph.stats().degrees(ty, direction);
            let total: u64 = degrees.iter().sum();
            let squares: u64 = degrees.iter().map(|degree| degree * degree).sum();
            assert_eq!(view.total() as u64, total);
            assert_eq!((known.relationships, known.squares), (total, squares));
            assert_eq!(Some(known.max), degrees.iter().copied().max());
            assert_eq!(
                known.nodes,
                degrees.iter().filter(|degree| **degree > 0).count() as u64
            );
        }
        let count = model
            .edges
            .values()
            .filter(|(_, own, ..)| *own == ty)
            .count();
        assert_eq!(graph.edges_of_type(ty).count(), count);
    }
}

fn all<T>(count: u32, id: impl Fn(u32) -> T) -> Vec<Option<T>> {
    (0..count)
        .map(|number| Some(id(number)))
        .chain([None])
        .collect()
}

pub(super) fn check_counts(graph: &Graph, model: &Model) {
    let has_label = |node: &NodeId, label: Option<LabelId>| {
        label.is_none_or(|label| model.nodes[node].0.contains(&label))
    };
    for source in all(LABELS, LabelId) {
        for ty in all(TYPES, TypeId) {
            for target in all(LABELS, LabelId) {
                let matches = model.edges.values().filter(|(from, own, to, _)| {
                    has_label(from, source)
                        && has_label(to, target)
                        && ty.is_none_or(|ty| *own == ty)
                });
                assert_eq!(
                    graph.stats().count(source, ty, target),
                    matches.count() as u64
                );
            }
        }
    }
    for key in (0..KEYS).map(KeyId) {
        for label in all(LABELS, LabelId) {
            let with = model
                .nodes
                .iter()
                .filter(|(node, (_, held))| held.contains_key(&key) && has_label(node, label));
            assert_eq!(graph.stats().with_key(label, key), with.count() as u64);
        }
        for ty in all(TYPES, TypeId) {
            let edges = model.edges.values();
            let with = edges.filter(|(_, own, _, held)| {
                held.contains_key(&key) && ty.is_none_or(|ty| *own == ty)
            });
            assert_eq!(
                graph.stats().relationships_with_key(ty, key),
                with.count() as u64
            );
        }
    }
}

/// Look-ups with and without an index find the nodes with an equal value, in order. Their repetition builds automatic
/// indexes, which the changes between the checks keep up to date.
pub(super) fn check_look_ups(graph: &Graph, model: &Model) {
    for key in (0..KEYS).map(KeyId) {
        for label in (0..LABELS).map(|id| Some(LabelId(id))).chain([None]) {
            for wanted in values() {
                let fits = |(labels, held): &(BTreeSet<LabelId>, Held)| {
                    let equals = |own: &Value| equal(own, &wanted) == Some(true);
                    label.is_none_or(|label| labels.contains(&label))
                        && held.get(&key).is_some_and(equals)
                };
                let expected = model.nodes.iter().filter(|(_, node)| fits(node));
                let expected: Vec<_> = expected.map(|(node, _)| *node).collect();
                let mut found = Vec::new();
                let sought =
                    graph.find_nodes(label, key, &wanted, |_| true, &Unmetered, &mut found);
                sought.unwrap();
                assert_eq!(found, expected, "{label:?} {key:?} {wanted:?}");
            }
        }
    }
}

pub(super) fn check_indexes(graph: &Graph, model: &Model) {
    assert!(graph.indexes().eq(model.indexes.iter().copied()));
    for &(label, key) in &model.indexes {
        let entries: Vec<_> = model
            .nodes
            .iter()
            .filter(|(_, (labels, _))| labels.contains(&label))
            .filter_map(|(node, (_, held))| Some((*node, held.get(&key)?)))
            .collect();
        let found = |test: &dyn Fn(&Value) -> bool| -> Vec<NodeId> {
            entries
                .iter()
                .filter(|(_, value)| test(value))
                .map(|(node, _)| *node)
                .collect()
        };
        for bound in values() {
            let expected = found(&|value| equal(value, &bound) == Some(true));
            assert_eq!(*graph.seek(label, key, &bound), expected);
            check_ranges(graph, (label, key), &bound, found);
        }
        let expected =
            found(&|value| matches!(value, Value::String(text) if text.starts_with('a')));
        assert_eq!(graph.seek_prefix(label, key, "a"), expected);
        let distinct: HashSet<_> = entries
            .iter()
            .map(|(_, value)| Key((*value).clone()))
            .collect();
        assert_eq!(
            graph.stats().distinct(label, key),
            Some(distinct.len() as u64)
        );
    }
}

fn check_ranges(
    graph: &Graph,
    (label, key): (LabelId, KeyId),
    bound: &Value,
    found: impl Fn(&dyn Fn(&Value) -> bool) -> Vec<NodeId>,
) {
    let above = found(&|value| compare(value, bound).is_some_and(|order| order.is_gt()));
    assert_eq!(
        graph.seek_range(label, key, Bound::Excluded(bound), Bound::Unbounded),
        above
    );
    let below = found(&|value| compare(value, bound).is_some_and(|order| order.is_le()));
    assert_eq!(
        graph.seek_range(label, key, Bound::Unbounded, Bound::Included(bound)),
        below
    );
    for upper in values() {
        let between = found(&|value| {
            compare(value, bound).is_some_and(|order| order.is_ge())
                && compare(value, &upper).is_some_and(|order| order.is_lt())
        });
        assert_eq!(
            graph.seek_range(label, key, Bound::Included(bound), Bound::Excluded(&upper)),
            between
        );
    }
}

/// The expected effects, as the difference of two models.
pub(super) fn difference(before: &Model, after: &Model) -> Effects {
    let nodes = gone_and_come(before.nodes.keys(), after.nodes.keys());
    let edges = gone_and_come(before.edges.keys(), after.edges.keys());
    let labels = gone_and_come(
        before.nodes.values().flat_map(|(labels, _)| labels),
        after.nodes.values().flat_map(|(labels, _)| labels),
    );
    let (old, new) = (properties(before), properties(after));
    let changed = gone_and_come(&entries(&old), &entries(&new));
    let replaced = old
        .iter()
        .filter(|(place, value)| new.get(*place).is_some_and(|now| now != *value));
    Effects {
        nodes_deleted: nodes.0,
        nodes_created: nodes.1,
        relationships_deleted: edges.0,
        relationships_created: edges.1,
        labels_removed: labels.0,
        labels_added: labels.1,
        properties_removed: changed.0,
        properties_set: changed.1,
        properties_replaced: replaced.count() as u64,
        indexes_removed: before.defined.difference(&after.defined).count() as u64,
        indexes_added: after.defined.difference(&before.defined).count() as u64,
        ..Effects::default()
    }
}

/// Each property: its entity with its key, and its value.
fn properties(model: &Model) -> BTreeMap<String, String> {
    let of_nodes = model.nodes.iter().flat_map(|(node, (_, held))| {
        held.iter()
            .map(move |(key, value)| (format!("{node:?} {key:?}"), format!("{value:?}")))
    });
    let of_edges = model.edges.iter().flat_map(|(edge, (.., held))| {
        held.iter()
            .map(move |(key, value)| (format!("{edge:?} {key:?}"), format!("{value:?}")))
    });
    of_nodes.chain(of_edges).collect()
}

fn entries(properties: &BTreeMap<String, String>) -> Vec<(&String, &String)> {
    properties.iter().collect()
}

fn gone_and_come<'a, T: Ord + 'a>(
    before: impl IntoIterator<Item = &'a T>,
    after: impl IntoIterator<Item = &'a T>,
) -> (u64, u64) {
    let before: BTreeSet<_> = before.into_iter().collect();
    let after: BTreeSet<_> = after.into_iter().collect();
    (
        before.difference(&after).count() as u64,
        after.difference(&before).count() as u64,
    )
}

/// A bulk load of the same entities gives the same statistics, lists and properties.
pub(super) fn check_builder(graph: &Graph, model: &Model) {
    let mut builder = Builder::new();
    intern(|name| builder.intern_label(name).0, "L", LABELS);
    intern(|name| builder.intern_type(name).0, "T", TYPES);
    intern(|name| builder.intern_key(name).0, "k", KEYS);
    let mut ids = BTreeMap::new();
    for (node, (labels, held)) in &model.nodes {
        let labels: Vec<_> = labels.iter().rev().copied().collect();
        let id = builder.add_nodes(&labels, 1);
        ids.insert(node, id);
        held.iter()
            .for_each(|(key, value)| builder.set_node_property(id, *key, value.clone()));
    }
    for (from, ty, to, held) in model.edges.values() {
        let edge = builder.add_relationships(*ty, &[(ids[from], ids[to])]);
        for (key, value) in held {
            builder.set_edge_column(*key, edge, ColumnData::Values(vec![value.clone()]));
        }
    }
    model
        .indexes
        .iter()
        .for_each(|(label, key)| builder.index(*label, *key));
    let mut built = builder.finish();
    for position in &model.defined {
        let command = SchemaCommand::CreateIndex {
            index: definitions()[*position].clone(),
            if_not_exists: false,
        };
        assert_eq!(built.change_schema(&command), Ok(()));
    }
    assert_eq!(built.stats(), graph.stats());
    assert_eq!(built.edge_bound(), model.edges.len());
    assert!(
        built
            .edges()
            .map(|edge| shown(built.edge_properties(edge)))
            .eq(model.edges.values().map(|edge| shown(edge.3.clone())))
    );
    for (node, id) in ids {
        assert_eq!(
            shown(built.node_properties(id)),
            shown(graph.node_properties(*node))
        );
        for direction in Orientation::BOTH {
            assert_eq!(
                built.degree(id, None, direction),
                graph.degree(*node, None, direction)
            );
        }
    }
}
