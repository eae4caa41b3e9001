//! Operators: what each does, and what every part of the engine has to know of it.
//!
//! An operator does not hold its inputs; these belong to the [`Node`](crate::plan::Node). Slots that an operator fills are
//! outputs; all other slots are read from the rows of its inputs.

use crate::{
    base::{Direction, Span},
    plan::{
        AggregateCall, Apply, Arm, Create, Expand, Expr, Foreach, IndexSeek, Merge, Message, Named,
        ProcedureCall, QueryGraph, RelationshipSeek, SetItem, Shortest, ShortestPath, Slot,
        SlotSet, SortKey, Trail, TrailMode,
        trail::{about, about_mut},
    },
    value::{LabelId, SchemaCommand, TypeId},
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
    /// For each row, the relationships that an index lookup returns.
    RelationshipSeek(RelationshipSeek),
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
    /// Multiplies each row by the sum of the weights of neighbours, which the rows of a second input give. Nodes that only
    /// matter by their number are not enumerated.
    Message(Message),
    /// Runs an inner plan (second input) for the outer rows (first input), a chunk at a time.
    Apply(Apply),
    /// For each row, the rows that a procedure returns.
    ProcedureCall(ProcedureCall),
    /// Rows that agree in the keys become one row whose multiplicity is their sum; only the keys survive.
    PreAggregate {
        /// The slots that are live above.
        keys: Vec<Slot>,
    },
    /// The same rows in the same order. Several threads run the input, which is a pipeline of operators over a scan, each
    /// for one range of the scan after the other.
    Gather,
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
    /// Changes the indexes or the constraints, for each row.
    Schema {
        /// The change.
        command: SchemaCommand,
        /// The span of the statement.
        span: Span,
    },
}

impl Op {
    /// The operator's name, as `EXPLAIN` prints it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unit => "Unit",
            Self::Empty { .. } => "Empty",
            Self::Argument { .. } => "Argument",
            Self::Match(_) => "Match",
            Self::NodeScan { .. } => "NodeScan",
            Self::IndexSeek(_) => "IndexSeek",
            Self::RelationshipScan { .. } => "RelationshipScan",
            Self::RelationshipSeek(_) => "RelationshipIndexSeek",
            Self::Expand(_) => "Expand",
            Self::ExpandInto(_) => "ExpandInto",
            Self::Intersect { .. } => "Intersect",
            Self::VarExpand(trail) => match trail.mode {
                TrailMode::All => "VarExpand",
                TrailMode::Pruning => "PruningVarExpand",
            },
            Self::VarExpandInto(trail) => match trail.mode {
                TrailMode::All => "VarExpandInto",
                TrailMode::Pruning => "PruningVarExpandInto",
            },
            Self::FollowList { .. } => "FollowList",
            Self::ShortestPath(search) => match search.selector {
                Shortest::Any => "ShortestPath",
                Shortest::All => "AllShortestPaths",
            },
            Self::ShortestPathWhere { search, .. } => match search.selector {
                Shortest::Any => "ShortestPathWhere",
                Shortest::All => "AllShortestPathsWhere",
            },
            Self::Filter { .. } => "Filter",
            Self::Project { .. } => "Project",
            Self::Aggregate { .. } => "Aggregate",
            Self::Distinct { .. } => "Distinct",
            Self::Sort { .. } => "Sort",
            Self::TopK { .. } => "TopK",
            Self::Skip { .. } => "Skip",
            Self::Limit { .. } => "Limit",
            Self::Unwind { .. } => "Unwind",
            Self::Union { .. } => "Union",
            Self::HashJoin { .. } => "HashJoin",
            Self::Message(message) => message.kind.name(),
            Self::Apply(apply) => apply.kind.name(),
            Self::ProcedureCall(_) => "ProcedureCall",
            Self::PreAggregate { .. } => "PreAggregate",
            Self::Gather => "Gather",
            Self::Eager => "Eager",
            Self::Create(_) => "Create",
            Self::Merge(_) => "Merge",
            Self::Set { .. } => "Set",
            Self::Delete { .. } => "Delete",
            Self::Foreach(_) => "Foreach",
            Self::Schema { command, .. } => command.operator(),
        }
    }

    /// Whether the operator reads nodes or relationships in the order of node ids.
    #[must_use]
    pub fn is_scan(&self) -> bool {
        matches!(self, Self::NodeScan { .. } | Self::RelationshipScan { .. })
    }

    /// The number of rows of an operator that returns only the first ones.
    #[must_use]
    pub fn first_rows(&self) -> Option<&Expr> {
        match self {
            Self::TopK { count, .. } | Self::Limit { count, .. } => Some(count),
            _ => None,
        }
    }

    /// The first rows; of each outer row, if `partition` is the slot of its number.
    #[must_use]
    pub fn first(count: Expr, partition: Option<Slot>) -> Self {
        Self::Limit { count, partition }
    }

    /// Whether the operator draws random numbers.
    #[must_use]
    pub fn draws(&self) -> bool {
        let mut expressions = self.expressions().into_iter();
        expressions.any(Expr::draws)
    }

    /// The slots that the operator adds to its rows; all slots, for an operator that starts new rows.
    #[must_use]
    pub fn adds(&self) -> SlotSet {
        match self {
            Self::Unit
            | Self::Filter { .. }
            | Self::Distinct { .. }
            | Self::Sort { .. }
            | Self::TopK { .. }
            | Self::Skip { .. }
            | Self::Limit { .. }
            | Self::PreAggregate { .. }
            | Self::Gather
            | Self::Eager
            | Self::Set { .. }
            | Self::Delete { .. }
            | Self::Foreach(_)
            | Self::Schema { .. }
            | Self::HashJoin { .. } => SlotSet::default(),
            Self::Empty { slots } => slots.iter().copied().collect(),
            Self::Argument { row, slots } => slots.iter().copied().chain([*row]).collect(),
            Self::Match(pattern) => pattern.slots(false).collect(),
            Self::NodeScan { node, .. } => SlotSet::one(*node),
            Self::IndexSeek(seek) => SlotSet::one(seek.node),
            Self::RelationshipScan { edge, from, to, .. } => {
                [*edge, *from, *to].into_iter().collect()
            }
            Self::RelationshipSeek(seek) => [seek.edge, seek.from, seek.to].into_iter().collect(),
            Self::Expand(expand) => expand.edge.into_iter().chain(expand.to).collect(),
            Self::ExpandInto(expand) => expand.edge.into_iter().collect(),
            Self::Intersect { node, arms } => {
                let edges = arms.iter().filter_map(|arm| arm.edge);
                edges.chain([*node]).collect()
            }
            Self::Message(message) => message.adds().into_iter().collect(),
            Self::VarExpand(trail) => trail.edges.into_iter().chain([trail.to]).collect(),
            Self::FollowList { trail, .. } => SlotSet::one(trail.to),
            Self::VarExpandInto(trail)
            | Self::ShortestPath(ShortestPath { trail, .. })
            | Self::ShortestPathWhere {
                search: ShortestPath { trail, .. },
                ..
            } => trail.edges.into_iter().collect(),
            Self::Project { items } => items.iter().map(|(slot, _)| *slot).collect(),
            Self::Aggregate {
                keys,
                aggregates,
                partition,
            } => {
                let keys = keys.iter().map(|(slot, _)| *slot);
                let calls = aggregates.iter().map(|(slot, _)| *slot);
                keys.chain(calls).chain(*partition).collect()
            }
            Self::Unwind { element, .. } => SlotSet::one(*element),
            Self::Union { columns } => columns.iter().map(|(slot, ..)| *slot).collect(),
            Self::Apply(apply) => apply.kind.adds().iter().copied().collect(),
            Self::ProcedureCall(call) => call.yields.iter().map(|(_, slot)| *slot).collect(),
            Self::Create(create) => create.adds(),
            Self::Merge(merge) => merge.adds.iter().copied().chain(merge.created).collect(),
        }
    }

    pub(super) fn add_expression_slots(&self, read: &mut SlotSet) {
        for expr in self.expressions() {
            expr.add_slots(read);
        }
    }

    /// Adds the slots that the operator reads of its input rows, apart from its expressions, and removes those that it
    /// fills itself before it reads them.
    pub(super) fn add_reads(&self, read: &mut SlotSet) {
        match self {
            Self::Match(pattern) => {
                read.extend(pattern.slots(true));
                read.subtract(&pattern.own_slots());
            }
            Self::Expand(expand) => read.insert(expand.from),
            Self::ExpandInto(expand) => read.extend([expand.from].into_iter().chain(expand.to)),
            Self::Intersect { arms, .. } => read.extend(arms.iter().map(|arm| arm.from)),
            Self::Message(message) => read.extend(message.reads()),
            Self::VarExpand(trail) => trail.add_reads(read),
            Self::VarExpandInto(trail) => {
                trail.add_reads(read);
                read.insert(trail.to);
            }
            Self::FollowList { trail, list } => {
                trail.add_reads(read);
                read.insert(*list);
            }
            Self::ShortestPath(search) => search.add_reads(read),
            Self::ShortestPathWhere {
                search, candidate, ..
            } => {
                read.remove(*candidate);
                search.add_reads(read);
            }
            Self::Distinct { keys } | Self::PreAggregate { keys } => {
                read.extend(keys.iter().copied())
            }
            Self::Aggregate { partition, .. }
            | Self::Skip { partition, .. }
            | Self::Limit { partition, .. } => read.extend(*partition),
            Self::Union { columns } => {
                read.extend(columns.iter().flat_map(|(_, left, right)| [*left, *right]));
            }
            Self::Create(create) => create.add_reads(read),
            Self::Merge(merge) => merge.add_reads(read),
            Self::Foreach(foreach) => {
                read.remove(foreach.element);
                foreach.list.add_slots(read);
            }
            _ => {}
        }
    }

    /// The expressions of the operator.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            Self::Match(pattern) => {
                let trails = pattern.edges.iter();
                let trails = trails.flat_map(|edge| about(&edge.edge_predicate));
                pattern.predicates.iter().chain(trails).collect()
            }
            Self::IndexSeek(IndexSeek { probe, .. })
            | Self::RelationshipSeek(RelationshipSeek { probe, .. }) => probe.expressions(),
            Self::VarExpand(trail)
            | Self::VarExpandInto(trail)
            | Self::FollowList { trail, .. } => about(&trail.edge_predicate).collect(),
            Self::ShortestPath(search) | Self::ShortestPathWhere { search, .. } => {
                let edges = about(&search.trail.edge_predicate);
                edges.chain(about(&search.node_predicate)).collect()
            }
            Self::Filter { predicates } => predicates.iter().collect(),
            Self::Project { items } => items.iter().map(|(_, expr)| expr).collect(),
            Self::Aggregate {
                keys, aggregates, ..
            } => {
                let arguments = aggregates.iter().flat_map(|(_, call)| &call.arguments);
                let keys = keys.iter().map(|(_, expr)| expr);
                keys.chain(arguments).collect()
            }
            Self::Sort { keys } => keys.iter().map(|key| &key.expr).collect(),
            Self::TopK { keys, count } => {
                let keys = keys.iter().map(|key| &key.expr);
                keys.chain([count]).collect()
            }
            Self::HashJoin { keys } => {
                let sides = keys.iter().flat_map(|(left, right)| [left, right]);
                sides.collect()
            }
            Self::ProcedureCall(call) => call.arguments.iter().collect(),
            Self::Create(create) => create.expressions().collect(),
            Self::Merge(merge) => {
                let items = merge.on_create.iter().chain(&merge.on_match);
                let changes = items.flat_map(SetItem::expressions);
                merge.create.expressions().chain(changes).collect()
            }
            Self::Set { items } => items.iter().flat_map(SetItem::expressions).collect(),
            Self::Delete { items, .. } => items.iter().collect(),
            Self::Skip { count: only, .. }
            | Self::Limit { count: only, .. }
            | Self::Unwind { list: only, .. }
            | Self::Foreach(Foreach { list: only, .. }) => vec![only],
            Self::Unit
            | Self::Empty { .. }
            | Self::Argument { .. }
            | Self::NodeScan { .. }
            | Self::RelationshipScan { .. }
            | Self::Expand(_)
            | Self::ExpandInto(_)
            | Self::Intersect { .. }
            | Self::Message(_)
            | Self::Distinct { .. }
            | Self::Union { .. }
            | Self::Apply(_)
            | Self::PreAggregate { .. }
            | Self::Schema { .. }
            | Self::Gather
            | Self::Eager => Vec::new(),
        }
    }

    fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::Match(pattern) => {
                let trails = pattern.edges.iter_mut();
                let trails = trails.flat_map(|edge| about_mut(&mut edge.edge_predicate));
                pattern.predicates.iter_mut().chain(trails).collect()
            }
            Self::IndexSeek(IndexSeek { probe, .. })
            | Self::RelationshipSeek(RelationshipSeek { probe, .. }) => probe.expressions_mut(),
            Self::VarExpand(trail)
            | Self::VarExpandInto(trail)
            | Self::FollowList { trail, .. } => about_mut(&mut trail.edge_predicate).collect(),
            Self::ShortestPath(search) | Self::ShortestPathWhere { search, .. } => {
                let edges = about_mut(&mut search.trail.edge_predicate);
                edges.chain(about_mut(&mut search.node_predicate)).collect()
            }
            Self::Filter { predicates } => predicates.iter_mut().collect(),
            Self::Project { items } => items.iter_mut().map(|(_, expr)| expr).collect(),
            Self::Aggregate {
                keys, aggregates, ..
            } => {
                let arguments = aggregates
                    .iter_mut()
                    .flat_map(|(_, call)| &mut call.arguments);
                let keys = keys.iter_mut().map(|(_, expr)| expr);
                keys.chain(arguments).collect()
            }
            Self::Sort { keys } => keys.iter_mut().map(|key| &mut key.expr).collect(),
            Self::TopK { keys, count } => {
                let keys = keys.iter_mut().map(|key| &mut key.expr);
                keys.chain([count]).collect()
            }
            Self::HashJoin { keys } => {
                let sides = keys.iter_mut().flat_map(|(left, right)| [left, right]);
                sides.collect()
            }
            Self::ProcedureCall(call) => call.arguments.iter_mut().collect(),
            Self::Create(create) => create.expressions_mut().collect(),
            Self::Merge(merge) => {
                let items = merge.on_create.iter_mut().chain(&mut merge.on_match);
                let changes = items.flat_map(SetItem::expressions_mut);
                merge.create.expressions_mut().chain(changes).collect()
            }
            Self::Set { items } => items
                .iter_mut()
                .flat_map(SetItem::expressions_mut)
                .collect(),
            Self::Delete { items, .. } => items.iter_mut().collect(),
            Self::Skip { count: only, .. }
            | Self::Limit { count: only, .. }
            | Self::Unwind { list: only, .. }
            | Self::Foreach(Foreach { list: only, .. }) => vec![only],
            Self::Unit
            | Self::Empty { .. }
            | Self::Argument { .. }
            | Self::NodeScan { .. }
            | Self::RelationshipScan { .. }
            | Self::Expand(_)
            | Self::ExpandInto(_)
            | Self::Intersect { .. }
            | Self::Message(_)
            | Self::Distinct { .. }
            | Self::Union { .. }
            | Self::Apply(_)
            | Self::PreAggregate { .. }
            | Self::Schema { .. }
            | Self::Gather
            | Self::Eager => Vec::new(),
        }
    }

    /// Replaces each expression by the result of `change`.
    pub fn map_expressions(&mut self, change: &mut dyn FnMut(Expr) -> Expr) {
        for expr in self.expressions_mut() {
            expr.replace(change);
        }
    }
}
