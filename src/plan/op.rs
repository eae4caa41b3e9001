//! The operators.

use crate::{
    base::Span,
    function::Aggregate,
    plan::{Expr, Key, Named, QueryGraph, Shared, Slot},
    value::{LabelId, Text, TypeId},
};

/// An operator with its inputs.
#[derive(Clone, Debug)]
pub enum Op {
    /// One row without slots.
    Unit,
    /// The rows of the enclosing [`Apply`], each with its number in the slot `row`.
    Argument {
        /// Gets the number of the outer row, an integer from 0.
        row: Slot,
        /// The slots of the outer row that are read inside.
        slots: Vec<Slot>,
    },
    /// Logical: every way to match a pattern, for each input row.
    Match {
        /// The rows to extend.
        input: Box<Op>,
        /// What to find.
        pattern: Box<QueryGraph>,
    },
    /// For each row, every node, or every node with a label.
    NodeScan {
        /// The rows to extend.
        input: Box<Op>,
        /// Gets the node.
        node: Slot,
        /// The label, if only nodes with it are wanted.
        label: Option<Named<LabelId>>,
    },
    /// For each row, the nodes that an index gives.
    IndexSeek(IndexLookup),
    /// For each row, every relationship of the types; each twice, once each way, where `either` is set (self-loops
    /// once).
    EdgeScan {
        /// The rows to extend.
        input: Box<Op>,
        /// Gets the relationship.
        edge: Slot,
        /// Gets its start.
        from: Slot,
        /// Gets its end.
        to: Slot,
        /// The types; any where there are none.
        types: Vec<Named<TypeId>>,
        /// Whether each is seen from both ends.
        either: bool,
    },
    /// For each row, the relationships of a node, with their other ends.
    Expand(Expand),
    /// For each row, the relationships between two nodes that it holds.
    ExpandInto(Expand),
    /// For each row, the nodes that are neighbours of two or more nodes at once: closes cycles.
    Intersect {
        /// The rows to extend.
        input: Box<Op>,
        /// Gets the common neighbour.
        node: Slot,
        /// At least two.
        arms: Vec<Arm>,
    },
    /// For each row, the walks from a node.
    VarExpand(VarExpand),
    /// The rows for which every predicate is true.
    Filter {
        /// The rows to choose from.
        input: Box<Op>,
        /// A conjunction.
        predicates: Vec<Expr>,
    },
    /// Each row with more slots.
    Project {
        /// The rows to extend.
        input: Box<Op>,
        /// The slots in order; later items do not see earlier ones.
        items: Vec<(Slot, Expr)>,
    },
    /// One row a group, with nothing but the slots named here.
    Aggregate {
        /// The rows to group.
        input: Box<Op>,
        /// What makes a group.
        keys: Vec<(Slot, Expr)>,
        /// What is computed of each.
        aggregates: Vec<(Slot, AggregateCall)>,
        /// The slot of the outer row's number, where each outer row has groups of its own. It is passed on. Without
        /// keys there is one group, even of no rows, for each outer row.
        partition: Option<Slot>,
    },
    /// The first of each rows that agree in the slots.
    Distinct {
        /// The rows to choose from.
        input: Box<Op>,
        /// What must differ; with the outer row's number where there is one.
        keys: Vec<Slot>,
    },
    /// Rows in order.
    Sort {
        /// The rows to sort.
        input: Box<Op>,
        /// The keys, most significant first.
        keys: Vec<SortKey>,
    },
    /// The first rows in order: `ORDER BY … LIMIT`.
    TopK {
        /// The rows to sort.
        input: Box<Op>,
        /// The keys, most significant first.
        keys: Vec<SortKey>,
        /// How many; constant in the statement.
        count: Expr,
    },
    /// All but the first rows.
    Skip {
        /// The rows to choose from.
        input: Box<Op>,
        /// How many to leave out; constant in the statement.
        count: Expr,
        /// The slot of the outer row's number, where each outer row is counted by itself.
        partition: Option<Slot>,
    },
    /// The first rows.
    Limit {
        /// The rows to choose from.
        input: Box<Op>,
        /// How many; constant in the statement.
        count: Expr,
        /// The slot of the outer row's number, where each outer row is counted by itself.
        partition: Option<Slot>,
    },
    /// For each row, each element of a list. Null gives no rows; what is no list is a list of one.
    Unwind {
        /// The rows to extend.
        input: Box<Op>,
        /// The list.
        list: Expr,
        /// Gets the element.
        element: Slot,
    },
    /// The rows of one input, then those of another. Duplicates are removed by a [`Op::Distinct`] above.
    Union(Union),
    /// Pairs of rows that agree on keys.
    HashJoin(Join),
    /// Runs an inner plan for the rows of its input, a chunk of them at a time.
    Apply(Apply),
    /// For each row, the rows of a procedure.
    ProcedureCall(Procedure),
    /// Rows that are equal in the slots become one row that stands for all of them.
    Compact {
        /// The rows to merge.
        input: Box<Op>,
        /// The slots that are still needed.
        keys: Vec<Slot>,
    },
    /// All rows of the input before the first goes on: keeps reads apart from the writes above them.
    Eager {
        /// The rows to wait for.
        input: Box<Op>,
    },
    /// Creates nodes and relationships for each row.
    Create(Create),
    /// Finds or creates, row by row.
    Merge(Merge),
    /// Sets properties and labels, row by row.
    Set {
        /// The rows.
        input: Box<Op>,
        /// In order.
        items: Vec<SetItem>,
    },
    /// Deletes entities.
    Delete {
        /// The rows.
        input: Box<Op>,
        /// Nodes, relationships or paths.
        items: Vec<Expr>,
        /// Whether relationships of deleted nodes go too.
        detach: bool,
        /// Where the clause stands.
        span: Span,
    },
    /// Runs updates for each element of a list.
    Foreach(Foreach),
}

/// A lookup in an index.
#[derive(Clone, Debug)]
pub struct IndexLookup {
    /// The rows to extend.
    pub input: Box<Op>,
    /// Gets the node.
    pub node: Slot,
    /// The label of the index.
    pub label: Named<LabelId>,
    /// The key of the index.
    pub key: Key,
    /// What is looked for.
    pub lookup: Lookup,
}

/// What is looked for in an index.
#[derive(Clone, Debug)]
pub enum Lookup {
    /// `n.key = value`
    Equal(Expr),
    /// `n.key IN list`; each node once.
    In(Expr),
    /// Bounds, each with whether it is included.
    Range {
        /// `n.key > lower`
        lower: Option<(Expr, bool)>,
        /// `n.key < upper`
        upper: Option<(Expr, bool)>,
    },
    /// `n.key STARTS WITH prefix`
    Prefix(Expr),
}

/// A step along relationships.
#[derive(Clone, Debug)]
pub struct Expand {
    /// The rows to extend.
    pub input: Box<Op>,
    /// The node to start from; null gives no rows.
    pub from: Slot,
    /// Which way, seen from `from`.
    pub direction: Towards,
    /// The types; any where there are none.
    pub types: Vec<Named<TypeId>>,
    /// Gets the relationship, if anything reads it.
    pub edge: Option<Slot>,
    /// Gets the other end, if anything reads it; holds the other end in an [`Op::ExpandInto`]. An [`Op::Expand`]
    /// without edge and end multiplies rows by the number of relationships.
    pub to: Option<Slot>,
}

/// Which way relationships are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Towards {
    /// From start to end.
    Outgoing,
    /// From end to start.
    Incoming,
    /// Either way; a self-loop once.
    Either,
}

impl Towards {
    /// The same seen from the other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
            Self::Either => Self::Either,
        }
    }
}

/// One side of an intersection.
#[derive(Clone, Debug)]
pub struct Arm {
    /// A node that the row holds.
    pub from: Slot,
    /// Which way, seen from `from`.
    pub direction: Towards,
    /// The types; any where there are none.
    pub types: Vec<Named<TypeId>>,
    /// Gets the relationship, if anything reads it.
    pub edge: Option<Slot>,
}

/// How many relationships a walk has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// At least.
    pub min: u64,
    /// At most; unbounded where there is none.
    pub max: Option<u64>,
}

/// Which shortest walks count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortest {
    /// One of the shortest.
    Any,
    /// All of the shortest.
    All,
}

/// Walks from a node on which no relationship comes twice.
#[derive(Clone, Debug)]
pub struct VarExpand {
    /// The rows to extend.
    pub input: Box<Op>,
    /// The node to start from; null gives no rows.
    pub from: Slot,
    /// Gets the node at the end; holds it already where `into` is set.
    pub to: Slot,
    /// Whether `to` is held already.
    pub into: bool,
    /// Which way, seen from `from`.
    pub direction: Towards,
    /// The types; any where there are none.
    pub types: Vec<Named<TypeId>>,
    /// How many relationships.
    pub length: Length,
    /// Gets the list of relationships, if anything reads it.
    pub edges: Option<Slot>,
    /// Whether the list runs from `to` to `from`.
    pub reversed: bool,
    /// What must hold of each relationship on the way, which the slot stands for.
    pub step: Option<(Slot, Vec<Expr>)>,
    /// Of shortest walks: what must hold of each node on the way, both ends among them, which the slot stands for.
    pub stop: Option<(Slot, Vec<Expr>)>,
    /// Relationships, or lists of them, that may not come on the way.
    pub disjoint: Vec<Slot>,
    /// The list of relationships that the walk has to be, in the order of the pattern: then it is followed, not searched.
    pub along: Option<Slot>,
    /// Only shortest walks from `from` to `to`, which are both held: then `into` is set.
    pub shortest: Option<Shortest>,
    /// Of shortest walks: which of them count at all.
    pub passing: Option<Passing>,
    /// Where the pattern stands.
    pub span: Span,
}

/// Says which walks count, where that takes the whole walk to say.
#[derive(Clone, Debug)]
pub struct Passing {
    /// The walk as a list of relationships.
    pub walk: Slot,
    /// Begins at an [`Op::Argument`] whose rows are the outer row with a walk each; the walks whose rows come out count.
    pub inner: Box<Op>,
    /// The slot of the walk's number in `inner`.
    pub row: Slot,
}

/// A call of an aggregate.
#[derive(Clone, Debug)]
pub struct AggregateCall {
    /// The aggregate; nothing stands for `count(*)`.
    pub aggregate: Option<&'static Aggregate>,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// Whether equal values count once.
    pub distinct: bool,
    /// Where it stands.
    pub span: Span,
}

/// A sort key.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// What to sort by.
    pub expr: Expr,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// Two inputs, one after the other.
#[derive(Clone, Debug)]
pub struct Union {
    /// Comes first.
    pub left: Box<Op>,
    /// Comes second.
    pub right: Box<Op>,
    /// The slots of the output: where they come from on the left, on the right. Inside an [`Apply`] the outer row's
    /// number is among them.
    pub columns: Vec<(Slot, Slot, Slot)>,
}

/// Two inputs, paired.
#[derive(Clone, Debug)]
pub struct Join {
    /// Streams; the rows of the output come in its order.
    pub left: Box<Op>,
    /// Is hashed.
    pub right: Box<Op>,
    /// Slots that must be equal and not null, left and right; the right ones are dropped where they differ in name.
    pub keys: Vec<(Slot, Slot)>,
}

/// An inner plan run for outer rows.
#[derive(Clone, Debug)]
pub struct Apply {
    /// The outer rows.
    pub input: Box<Op>,
    /// Run for them; begins at an [`Op::Argument`] that gives each outer row its number.
    pub inner: Box<Op>,
    /// The slot of that number, which inner rows carry.
    pub row: Slot,
    /// What becomes of the inner rows.
    pub kind: ApplyKind,
}

/// What becomes of the inner rows of an apply.
#[derive(Clone, Debug)]
pub enum ApplyKind {
    /// Each extends its outer row: `CALL { … }`.
    Inner {
        /// The slots the inner rows add.
        adds: Vec<Slot>,
    },
    /// Each extends its outer row; an outer row without any stays once, with nulls: `OPTIONAL MATCH`.
    Optional {
        /// The slots the inner rows add.
        adds: Vec<Slot>,
    },
    /// Each outer row gets whether there is one.
    Exists(Slot),
    /// Each outer row gets how many there are.
    Count(Slot),
    /// Each outer row gets the list of what `value` holds in them, nulls included, in their order.
    Collect {
        /// Gets the list.
        list: Slot,
        /// What is collected.
        value: Slot,
    },
    /// Outer rows with at least one inner row stay.
    Semi,
    /// Outer rows without any inner row stay.
    Anti,
    /// The inner plan runs for its effects; each outer row stays once: `CALL { CREATE … }`.
    Effect,
}

/// A procedure call.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// The rows to extend.
    pub input: Box<Op>,
    /// The procedure, as the registry knows it.
    pub procedure: Shared<crate::function::Procedure>,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// Which of its columns go where.
    pub yields: Vec<(usize, Slot)>,
    /// Where the call stands.
    pub span: Span,
}

/// What to create for each row.
#[derive(Clone, Debug)]
pub struct Create {
    /// The rows to extend.
    pub input: Box<Op>,
    /// The nodes, in order.
    pub nodes: Vec<CreateNode>,
    /// The relationships, in order, after the nodes.
    pub edges: Vec<CreateEdge>,
}

/// A node to create.
#[derive(Clone, Debug)]
pub struct CreateNode {
    /// Gets the node.
    pub slot: Slot,
    /// Its labels.
    pub labels: Vec<Text>,
    /// A map; nulls in it are left out.
    pub properties: Option<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// A relationship to create.
#[derive(Clone, Debug)]
pub struct CreateEdge {
    /// Gets the relationship.
    pub slot: Slot,
    /// Where it starts.
    pub from: Slot,
    /// Where it ends.
    pub to: Slot,
    /// Its type.
    pub kind: Text,
    /// A map; nulls in it are left out.
    pub properties: Option<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// Finds a pattern, or creates it: row by row, each row seeing what those before it created.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The rows to extend.
    pub input: Box<Op>,
    /// The match, which begins at an [`Op::Argument`].
    pub inner: Box<Op>,
    /// The slot of the outer row's number in `inner`.
    pub row: Slot,
    /// The slots that the pattern adds.
    pub adds: Vec<Slot>,
    /// What to create where nothing is found; its input is [`Op::Unit`].
    pub create: Create,
    /// What to do after creating.
    pub on_create: Vec<SetItem>,
    /// What to do with each match.
    pub on_match: Vec<SetItem>,
    /// Where the clause stands.
    pub span: Span,
}

/// One change of properties or labels.
#[derive(Clone, Debug)]
pub enum SetItem {
    /// `n.name = value`; a null value removes it.
    Property {
        /// The node or relationship; null is passed over.
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
        /// A map, or an entity whose properties are taken.
        value: Expr,
        /// Whether properties that the map does not name go.
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

/// Updates for each element of a list.
#[derive(Clone, Debug)]
pub struct Foreach {
    /// The rows, which stay as they are.
    pub input: Box<Op>,
    /// The list; null has no elements.
    pub list: Expr,
    /// Gets the element inside.
    pub element: Slot,
    /// The updates; begins at an [`Op::Argument`] whose rows are outer rows with an element each.
    pub inner: Box<Op>,
    /// The slot of the row's number in `inner`.
    pub row: Slot,
}
