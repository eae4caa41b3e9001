//! What there is in a graph: labels, types, and between which labels each type runs.

use crate::value::{Kind, Text};

/// What there is in a graph, with exact counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// How many nodes there are.
    pub nodes: u64,
    /// How many relationships there are.
    pub relationships: u64,
    /// The labels that nodes bear, by name.
    pub labels: Vec<LabelSummary>,
    /// The types that relationships have, by name.
    pub types: Vec<TypeSummary>,
}

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSummary {
    /// The name.
    pub name: Text,
    /// How many nodes bear it.
    pub count: u64,
    /// The properties of these nodes, by name.
    pub properties: Vec<PropertySummary>,
}

/// A relationship type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeSummary {
    /// The name.
    pub name: Text,
    /// How many relationships have it.
    pub count: u64,
    /// The properties of these relationships, by name.
    pub properties: Vec<PropertySummary>,
    /// Between which labels they run, by name.
    pub ends: Vec<Ends>,
}

/// A property of nodes with a label, or of relationships with a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertySummary {
    /// The key.
    pub name: Text,
    /// How many have it.
    pub count: u64,
    /// Which kinds of value it has.
    pub kinds: Vec<Kind>,
}

/// The ends of relationships of a type. Where a node bears several labels, the rarest of them stands for it, since the
/// others follow from it or say less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The label at the start; nothing, where the node has none.
    pub from: Option<Text>,
    /// The label at the end; nothing, where the node has none.
    pub to: Option<Text>,
    /// How many relationships run so.
    pub count: u64,
}
