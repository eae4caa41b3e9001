//! Layer 4: the plan, logical and physical. A plan does not know who builds it, rewrites it or runs it.
//!
//! Rows are records of slots, like registers. An operator adds slots to the rows of its input or changes which rows
//! there are; only [`Op::Aggregate`], [`Op::PreAggregate`] and [`Op::Union`] start new rows. Which slots are live at a
//! node follows from the nodes above it (see `live`).
//!
//! Analysis describes every `MATCH` as an [`Op::Match`] with its pattern as a graph; planning replaces it by scans,
//! expansions and joins. An `Op::Match` never reaches execution.

mod apply;
pub mod check;
mod describe;
mod expr;
mod live;
mod names;
mod node;
mod op;
mod parameter;
#[cfg(test)]
pub(crate) mod parse;
mod pattern;
mod slots;
mod text;
mod trail;
mod tree;
mod walk;

use std::sync::Arc;

pub use self::{
    apply::{Apply, ApplyKind},
    expr::{
        ArithmeticOp, Expr, ExprKind, Key, LabelTest, MapItem, Named, PathStep, Quantifier,
        StringOp,
    },
    names::SlotNames,
    node::Node,
    op::Op,
    parameter::{
        AggregateCall, Arm, Create, CreateEdge, CreateNode, Expand, Foreach, IndexSeek, Lookup,
        Merge, ProcedureCall, SetItem, SortKey,
    },
    pattern::{PatternEdge, PatternNode, QueryGraph, SubqueryNeed},
    slots::SlotSet,
    trail::{ElementPredicate, Length, Shortest, ShortestPath, Trail},
    tree::Line,
};

use crate::{
    base::Span,
    value::{Text, Type},
};

/// A register of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u32);

impl Slot {
    /// The slot as a position.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is known of a slot.
#[derive(Clone, Debug)]
pub struct SlotInfo {
    /// The variable's name, or a made-up one that begins with `@`.
    pub name: Text,
    /// What its values may be.
    pub kind: Type,
}

/// A column of the answer.
#[derive(Clone, Debug)]
pub struct Column {
    /// The name.
    pub name: Text,
    /// Where its values are.
    pub slot: Slot,
}

/// A whole statement, ready to be optimised or run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The root node, whose rows are the rows of the statement.
    pub root: Node,
    /// The columns of the answer, in order. Empty where the statement returns nothing.
    pub columns: Vec<Column>,
    /// Whether the rows of the root are the answer; otherwise they are discarded.
    pub returns: bool,
    /// Every slot by its number.
    pub slots: Vec<SlotInfo>,
    /// The parameters by their number.
    pub parameters: Vec<Parameter>,
    /// Whether it changes the graph.
    pub writes: bool,
}

/// A parameter that a statement reads.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name, without the dollar sign.
    pub name: Text,
    /// Where it stands first.
    pub span: Span,
}

/// Shared ownership of names and constants in plans.
pub type Shared<T> = Arc<T>;
