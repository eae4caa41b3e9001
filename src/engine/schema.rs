//! The schema of a graph: labels, types, and the labels that each type connects.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::Graph,
    value::{KeyId, Kind, LabelId, NodeId, Text, TypeId, Value},
};

/// The schema of a graph, with exact counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The number of nodes.
    pub nodes: u64,
    /// The number of relationships.
    pub relationships: u64,
    /// The labels in use, ordered by name.
    pub labels: Vec<LabelSummary>,
    /// The relationship types in use, ordered by name.
    pub types: Vec<TypeSummary>,
}

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSummary {
    /// The name.
    pub name: Text,
    /// The number of nodes with the label.
    pub count: u64,
    /// The properties of these nodes, ordered by name.
    pub properties: Vec<PropertySummary>,
}

/// A relationship type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeSummary {
    /// The name.
    pub name: Text,
    /// The number of relationships of the type.
    pub count: u64,
    /// The properties of these relationships, ordered by name.
    pub properties: Vec<PropertySummary>,
    /// The labels at their ends, by name.
    pub endpoints: Vec<Endpoints>,
}

/// A property of the nodes with a label, or of the relationships of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertySummary {
    /// The key.
    pub name: Text,
    /// The number of entities that have it.
    pub count: u64,
    /// The types of its values.
    pub kinds: Vec<Kind>,
}

/// The labels at the two ends of relationships of a type. If a node has several labels, only the rarest is named: the others
/// follow from it or say less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// The label of the start node; `None` if it has no label.
    pub from: Option<Text>,
    /// The label of the end node; `None` if it has no label.
    pub to: Option<Text>,
    /// How many relationships have these labels.
    pub count: u64,
}

/// Computes the schema of a graph.
pub(super) fn summary(graph: &Graph) -> Schema {
    let catalog = graph.catalog();
    let stats = graph.stats();
    let in_use = catalog
        .labels()
        .filter(|(label, _)| stats.label_in_use(*label));
    let mut labels: Vec<_> = in_use
        .map(|(label, name)| label_summary(graph, label, name))
        .collect();
    let in_use = catalog.types().filter(|(kind, _)| stats.type_in_use(*kind));
    let mut types: Vec<_> = in_use
        .map(|(kind, name)| type_summary(graph, kind, name))
        .collect();
    labels.sort_by(|a, b| a.name.cmp(&b.name));
    types.sort_by(|a, b| a.name.cmp(&b.name));
    Schema {
        nodes: stats.nodes(None),
        relationships: stats.relationships(None),
        labels,
        types,
    }
}

fn label_summary(graph: &Graph, label: LabelId, name: &Text) -> LabelSummary {
    let nodes = graph.nodes_with_label(label);
    let values = |key| {
        nodes
            .iter()
            .map(move |node| graph.node_property(NodeId(node), key))
    };
    LabelSummary {
        name: name.clone(),
        count: graph.stats().nodes(Some(label)),
        properties: properties(
            graph,
            |key| graph.stats().with_key(Some(label), key),
            values,
        ),
    }
}

fn type_summary(graph: &Graph, kind: TypeId, name: &Text) -> TypeSummary {
    let values = |key| {
        graph
            .edges_of_type(kind)
            .map(move |edge| graph.edge_property(edge, key))
    };
    TypeSummary {
        name: name.clone(),
        count: graph.stats().relationships(Some(kind)),
        properties: properties(
            graph,
            |key| graph.stats().relationships_with_key(Some(kind), key),
            values,
        ),
        endpoints: endpoints(graph, kind),
    }
}

/// The properties that occur, ordered by name. `values` gives the values of a key, including nulls.
fn properties<V: Iterator<Item = Value>>(
    graph: &Graph,
    count: impl Fn(KeyId) -> u64,
    values: impl Fn(KeyId) -> V,
) -> Vec<PropertySummary> {
    let keys = graph.catalog().keys();
    let mut found: Vec<_> = keys
        .map(|(key, name)| (key, name, count(key)))
        .filter(|(.., count)| *count > 0)
        .map(|(key, name, count)| PropertySummary {
            name: name.clone(),
            count,
            kinds: kinds(values(key)),
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn kinds(values: impl Iterator<Item = Value>) -> Vec<Kind> {
    let kinds: BTreeSet<_> = values.map(|value| value.kind()).collect();
    kinds
        .into_iter()
        .filter(|kind| *kind != Kind::Null)
        .collect()
}

fn endpoints(graph: &Graph, kind: TypeId) -> Vec<Endpoints> {
    let mut counts: BTreeMap<(Option<Text>, Option<Text>), u64> = BTreeMap::new();
    for edge in graph.edges_of_type(kind) {
        let (from, to) = graph.endpoints(edge);
        *counts
            .entry((rarest_label(graph, from), rarest_label(graph, to)))
            .or_default() += 1;
    }
    let counts = counts.into_iter();
    counts
        .map(|((from, to), count)| Endpoints { from, to, count })
        .collect()
}

fn rarest_label(graph: &Graph, node: NodeId) -> Option<Text> {
    let labels = graph.labels_of(node).iter();
    let rarest = labels.min_by_key(|label| graph.stats().nodes(Some(**label)))?;
    Some(graph.catalog().label_name(*rarest).clone())
}
