//! The parameters of operators that have several.

use crate::{
    base::{Direction, Span},
    function::Aggregate,
    plan::{Expr, Key, Named, Shared, Slot},
    value::{LabelId, Text, TypeId},
};

/// An index lookup. Without an index, an equality or a list is looked up in an automatic index.
#[derive(Clone, Debug)]
pub struct IndexSeek {
    /// Output: the node.
    pub node: Slot,
    /// The label; `None` for all nodes.
    pub label: Option<Named<LabelId>>,
    /// The values to find.
    pub probe: Probe,
}

/// A lookup of relationships in an index.
#[derive(Clone, Debug)]
pub struct RelationshipSeek {
    /// Output: the relationship.
    pub edge: Slot,
    /// Output: its first node.
    pub from: Slot,
    /// Output: its second node.
    pub to: Slot,
    /// The type.
    pub kind: Named<TypeId>,
    /// `Outgoing` returns each relationship once, `Either` once per direction (a self-loop once).
    pub direction: Direction,
    /// The values to find.
    pub probe: Probe,
}

/// The keys of an index with the values to find.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The keys before the last one that is looked up, each with the value that it equals.
    pub known: Vec<(Key, Expr)>,
    /// The last key that is looked up.
    pub key: Key,
    /// Its values.
    pub lookup: Lookup,
}

/// The values to find of a key.
#[derive(Clone, Debug)]
pub enum Lookup {
    /// `n.key = value`
    Equal(Expr),
    /// `n.key IN list`; each node once.
    In(Expr),
    /// Bounds, each with whether it is inclusive.
    Range {
        /// `n.key > lower`
        lower: Option<(Expr, bool)>,
        /// `n.key < upper`
        upper: Option<(Expr, bool)>,
    },
    /// `n.key STARTS WITH prefix`
    Prefix(Expr),
    /// `n.key ENDS WITH suffix`
    Suffix(Expr),
    /// `n.key CONTAINS part`
    Part(Expr),
}

/// One step along relationships.
#[derive(Clone, Debug)]
pub struct Expand {
    /// The start node; null gives no rows.
    pub from: Slot,
    /// The direction, seen from `from`.
    pub direction: Direction,
    /// The types; all types if empty.
    pub types: Vec<Named<TypeId>>,
    /// Output: the relationship, if live.
    pub edge: Option<Slot>,
    /// The other node: an output of [`Op::Expand`](crate::plan::Op::Expand) if live, read by [`Op::ExpandInto`](crate::plan::Op::ExpandInto).
    pub to: Option<Slot>,
}

/// One list of an intersection.
#[derive(Clone, Debug)]
pub struct Arm {
    /// The node whose neighbours are intersected.
    pub from: Slot,
    /// The direction, seen from `from`.
    pub direction: Direction,
    /// The types; all types if empty.
    pub types: Vec<Named<TypeId>>,
    /// Output: the relationship, if live.
    pub edge: Option<Slot>,
}

/// A call of an aggregate.
#[derive(Clone, Debug)]
pub struct AggregateCall {
    /// The aggregate; `None` is `count(*)`.
    pub aggregate: Option<&'static Aggregate>,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// Whether equal values count once.
    pub distinct: bool,
    /// The span of the call.
    pub span: Span,
}

/// A sort key.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// The value to sort by.
    pub expr: Expr,
    /// Whether the greatest value comes first.
    pub descending: bool,
}

/// A call of a procedure.
#[derive(Clone, Debug)]
pub struct ProcedureCall {
    /// The procedure.
    pub procedure: Shared<crate::function::Procedure>,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// Outputs: positions of its columns, with their slots.
    pub yields: Vec<(usize, Slot)>,
    /// The span of the call.
    pub span: Span,
}

/// Entities to create for each row.
#[derive(Clone, Debug)]
pub struct Create {
    /// The nodes, in order.
    pub nodes: Vec<CreateNode>,
    /// The relationships, in order, after the nodes.
    pub edges: Vec<CreateEdge>,
}

/// A node to create.
#[derive(Clone, Debug)]
pub struct CreateNode {
    /// Output: the node.
    pub slot: Slot,
    /// Its labels.
    pub labels: Vec<Text>,
    /// More labels: each expression gives a string or a list of strings.
    pub names: Vec<Expr>,
    /// A map of properties; null entries are left out.
    pub properties: Option<Expr>,
    /// The span of the pattern element.
    pub span: Span,
}

/// The type of a relationship to create.
#[derive(Clone, Debug)]
pub enum CreateType {
    /// `:R`
    Name(Text),
    /// `:$(name)`: a string, or a list of one string.
    Computed(Expr),
}

impl CreateType {
    pub(super) const fn expression(&self) -> Option<&Expr> {
        match self {
            Self::Name(_) => None,
            Self::Computed(name) => Some(name),
        }
    }

    pub(super) const fn expression_mut(&mut self) -> Option<&mut Expr> {
        match self {
            Self::Name(_) => None,
            Self::Computed(name) => Some(name),
        }
    }
}

/// A relationship to create.
#[derive(Clone, Debug)]
pub struct CreateEdge {
    /// Output: the relationship.
    pub slot: Slot,
    /// Its source.
    pub from: Slot,
    /// Its target.
    pub to: Slot,
    /// Its type.
    pub kind: CreateType,
    /// A map of properties; null entries are left out.
    pub properties: Option<Expr>,
    /// The span of the pattern element.
    pub span: Span,
}

/// A `MERGE`.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The slot of the outer row's number in the inner plan.
    pub row: Slot,
    /// Outputs: the slots of the pattern.
    pub adds: Vec<Slot>,
    /// Output: whether the row is created, if live.
    pub created: Option<Slot>,
    /// What to create if there is no match.
    pub create: Create,
    /// What to change after creating.
    pub on_create: Vec<SetItem>,
    /// What to change for each match.
    pub on_match: Vec<SetItem>,
}

/// One change of properties or labels.
#[derive(Clone, Debug)]
pub enum SetItem {
    /// `n.name = value`; a null value removes the property.
    Property {
        /// The node or relationship; null is skipped.
        entity: Expr,
        /// The key.
        key: Text,
        /// The value.
        value: Expr,
    },
    /// `n['name'] = value`
    Dynamic {
        /// The node or relationship.
        entity: Expr,
        /// The key.
        key: Expr,
        /// The value.
        value: Expr,
    },
    /// `n = map`, `n += map`
    Map {
        /// The node or relationship.
        entity: Expr,
        /// A map, or an entity whose properties are copied.
        value: Expr,
        /// Whether properties that the map does not name are removed.
        replace: bool,
    },
    /// `n:A:B`
    AddLabels {
        /// The node.
        entity: Expr,
        /// The labels.
        labels: Vec<Text>,
    },
    /// `REMOVE n:A:B`
    RemoveLabels {
        /// The node.
        entity: Expr,
        /// The labels.
        labels: Vec<Text>,
    },
    /// `n:$(names)`, `REMOVE n:$(names)`
    DynamicLabels {
        /// The node.
        entity: Expr,
        /// The labels: a string or a list of strings.
        names: Expr,
        /// Whether the labels are added; they are removed if false.
        add: bool,
    },
}

impl SetItem {
    /// The expression that gives the entity.
    #[must_use]
    pub fn entity(&self) -> &Expr {
        match self {
            Self::Property { entity, .. }
            | Self::Dynamic { entity, .. }
            | Self::Map { entity, .. }
            | Self::AddLabels { entity, .. }
            | Self::RemoveLabels { entity, .. }
            | Self::DynamicLabels { entity, .. } => entity,
        }
    }

    /// The expression of the value, or of the names of labels.
    pub fn value_mut(&mut self) -> Option<&mut Expr> {
        match self {
            Self::Property { value, .. }
            | Self::Dynamic { value, .. }
            | Self::Map { value, .. }
            | Self::DynamicLabels { names: value, .. } => Some(value),
            Self::AddLabels { .. } | Self::RemoveLabels { .. } => None,
        }
    }

    /// Replaces the expression that gives the entity.
    #[must_use]
    pub fn of_entity(mut self, change: impl FnOnce(Expr) -> Expr) -> Self {
        match &mut self {
            Self::Property { entity, .. }
            | Self::Dynamic { entity, .. }
            | Self::Map { entity, .. }
            | Self::AddLabels { entity, .. }
            | Self::RemoveLabels { entity, .. }
            | Self::DynamicLabels { entity, .. } => *entity = change(entity.clone()),
        }
        self
    }

    /// The span from the entity to the value.
    #[must_use]
    pub fn span(&self) -> Span {
        let from = self.entity().span;
        match self {
            Self::Property { value, .. }
            | Self::Dynamic { value, .. }
            | Self::Map { value, .. }
            | Self::DynamicLabels { names: value, .. } => from.to(value.span),
            Self::AddLabels { .. } | Self::RemoveLabels { .. } => from,
        }
    }
}

/// A `FOREACH`. The inner plan begins at an [`Op::Argument`](crate::plan::Op::Argument) whose rows are outer rows with an element each.
#[derive(Clone, Debug)]
pub struct Foreach {
    /// The list; null has no elements.
    pub list: Expr,
    /// Gets the element in the outer rows of the inner plan.
    pub element: Slot,
    /// The slot of the outer row's number in the inner plan.
    pub row: Slot,
}
