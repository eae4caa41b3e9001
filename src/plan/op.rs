//! Operators. An operator does not hold its inputs; these belong to the [`Node`](crate::plan::Node).
//!
//! Slots that an operator fills are outputs; all other slots are read from the rows of its inputs.

use crate::{
    base::{Direction, Span},
    function::Aggregate,
    plan::{Apply, Expr, Key, Named, QueryGraph, Shared, ShortestPath, Slot, Trail},
    value::{LabelId, Text, TypeId},
};

/// What a plan node does with the rows of its inputs.
#[derive(Clone, Debug)]
pub enum Op {
    /// One row without slots. No inputs.
    Unit,
    /// No rows. No inputs.
    Empty {
        /// The slots that rows would hold.
        slots: Vec<Slot>,
    },
    /// The outer rows of the enclosing inner plan. No inputs.
    Argument {
        /// Output: the number of the outer row, an integer from 0.
        row: Slot,
        /// The slots of the outer row that the inner plan reads.
        slots: Vec<Slot>,
    },
    /// Logical: every match of a pattern, for each input row. After the input come the inner plans of the pattern's
    /// subqueries, in their order. Planning replaces it.
    Match(Box<QueryGraph>),
    /// For each row, every node, or every node with a label.
    NodeScan {
        /// Output: the node.
        node: Slot,
        /// The label; every node if `None`.
        label: Option<Named<LabelId>>,
    },
    /// For each row, the nodes that an index lookup returns.
    IndexSeek(IndexSeek),
    /// For each row, every relationship of the types.
    RelationshipScan {
        /// Output: the relationship.
        edge: Slot,
        /// Output: its first node.
        from: Slot,
        /// Output: its second node.
        to: Slot,
        /// The types; all types if empty.
        types: Vec<Named<TypeId>>,
        /// `Outgoing` returns each relationship once, `Either` once per direction (a self-loop once).
        direction: Direction,
    },
    /// For each row, the relationships of a node and the nodes at their other ends.
    Expand(Expand),
    /// For each row, the relationships between two of its nodes.
    ExpandInto(Expand),
    /// For each row, the common neighbours of two or more of its nodes. Closes cycles by intersecting sorted lists.
    Intersect {
        /// Output: the common neighbour.
        node: Slot,
        /// The lists to intersect; at least two.
        arms: Vec<Arm>,
    },
    /// For each row, the trails that start at a node.
    VarExpand(Trail),
    /// For each row, the trails between two of its nodes.
    VarExpandInto(Trail),
    /// For each row, the trail that a list of relationships describes, if it is one.
    FollowList {
        /// The trail; its `edges` are dead.
        trail: Trail,
        /// The list of relationships, in the order of the pattern.
        list: Slot,
    },
    /// For each row, shortest trails between two of its nodes.
    ShortestPath(ShortestPath),
    /// For each row, the shortest of those trails between two nodes for which the inner plan returns a row.
    ShortestPathWhere {
        /// The search.
        search: ShortestPath,
        /// Gets the list of relationships of a candidate in the outer rows of the inner plan.
        candidate: Slot,
        /// The slot of the candidate's number in the inner plan.
        row: Slot,
    },
    /// The rows for which every predicate is true.
    Filter {
        /// The conjuncts, evaluated in order.
        predicates: Vec<Expr>,
    },
    /// Each row with more slots.
    Project {
        /// Outputs with their expressions; an expression does not see the outputs of others.
        items: Vec<(Slot, Expr)>,
    },
    /// One row per group; only the slots named here survive.
    Aggregate {
        /// Outputs: the grouping keys.
        keys: Vec<(Slot, Expr)>,
        /// Outputs: the aggregates of each group.
        aggregates: Vec<(Slot, AggregateCall)>,
        /// The slot of the outer row's number, if each outer row has groups of its own; it survives. Without keys
        /// there is one group per outer row, even if it has no rows.
        partition: Option<Slot>,
    },
    /// The first row of each set of rows that agree in the keys.
    Distinct {
        /// The slots that make a row distinct; inside an inner plan, the outer row's number is one of them.
        keys: Vec<Slot>,
    },
    /// The rows in order. Ties keep their order.
    Sort {
        /// The keys, most significant first.
        keys: Vec<SortKey>,
    },
    /// The first rows in order: `ORDER BY … LIMIT`.
    TopK {
        /// The keys, most significant first.
        keys: Vec<SortKey>,
        /// The number of rows; constant in the statement.
        count: Expr,
    },
    /// All rows except the first ones.
    Skip {
        /// The number of rows to leave out; constant in the statement.
        count: Expr,
        /// The slot of the outer row's number, if the rows of each outer row are counted separately.
        partition: Option<Slot>,
    },
    /// The first rows.
    Limit {
        /// The number of rows; constant in the statement.
        count: Expr,
        /// The slot of the outer row's number, if the rows of each outer row are counted separately.
        partition: Option<Slot>,
    },
    /// For each row, each element of a list. Null has no elements; a value that is not a list is a list of one.
    Unwind {
        /// The list.
        list: Expr,
        /// Output: the element.
        element: Slot,
    },
    /// The rows of the first input, then those of the second. A [`Op::Distinct`] above removes duplicates.
    Union {
        /// Outputs, each with its slot in the first and in the second input. Inside an inner plan the outer row's
        /// number is among them.
        columns: Vec<(Slot, Slot, Slot)>,
    },
    /// Pairs of rows of two inputs that agree on keys. The first input is the probe side and keeps its order; the
    /// second is the build side.
    HashJoin {
        /// Expressions over the probe side and over the build side that must be equal and not null.
        keys: Vec<(Expr, Expr)>,
    },
    /// Runs an inner plan (second input) for the outer rows (first input), a chunk at a time.
    Apply(Apply),
    /// For each row, the rows that a procedure returns.
    ProcedureCall(ProcedureCall),
    /// Rows that agree in the keys become one row whose multiplicity is their sum; only the keys survive.
    PreAggregate {
        /// The slots that are live above.
        keys: Vec<Slot>,
    },
    /// All input rows before the first output row: separates reads from writes above them.
    Eager,
    /// Creates nodes and relationships for each row.
    Create(Create),
    /// Finds the matches of a pattern (inner plan, second input) or creates one, row by row: each row sees what the
    /// rows before it created.
    Merge(Merge),
    /// Sets properties and labels, row by row.
    Set {
        /// The changes, in order.
        items: Vec<SetItem>,
    },
    /// Deletes entities, after all input rows are read.
    Delete {
        /// Nodes, relationships or paths.
        items: Vec<Expr>,
        /// Whether the relationships of deleted nodes are deleted too.
        detach: bool,
        /// The span of the clause.
        span: Span,
    },
    /// Runs updates (inner plan, second input) for each element of a list; the rows pass unchanged.
    Foreach(Foreach),
}

/// An index lookup.
#[derive(Clone, Debug)]
pub struct IndexSeek {
    /// Output: the node.
    pub node: Slot,
    /// The label of the index.
    pub label: Named<LabelId>,
    /// The key of the index.
    pub key: Key,
    /// The values to find.
    pub lookup: Lookup,
}

/// The values to find in an index.
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
    /// The other node: an output of [`Op::Expand`] if live, read by [`Op::ExpandInto`].
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
    /// A map of properties; null entries are left out.
    pub properties: Option<Expr>,
    /// The span of the pattern element.
    pub span: Span,
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
    pub kind: Text,
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
            | Self::RemoveLabels { entity, .. } => entity,
        }
    }

    /// The span from the entity to the value.
    #[must_use]
    pub fn span(&self) -> Span {
        let from = self.entity().span;
        match self {
            Self::Property { value, .. }
            | Self::Dynamic { value, .. }
            | Self::Map { value, .. } => from.to(value.span),
            Self::AddLabels { .. } | Self::RemoveLabels { .. } => from,
        }
    }
}

/// A `FOREACH`. The inner plan begins at an [`Op::Argument`] whose rows are outer rows with an element each.
#[derive(Clone, Debug)]
pub struct Foreach {
    /// The list; null has no elements.
    pub list: Expr,
    /// Gets the element in the outer rows of the inner plan.
    pub element: Slot,
    /// The slot of the outer row's number in the inner plan.
    pub row: Slot,
}
