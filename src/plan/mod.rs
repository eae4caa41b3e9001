//! Layer 4: the plan, logical and physical. A plan does not depend on the code that builds, rewrites or runs it.
//!
//! A row has one value per slot; slots are its registers. An operator adds slots to the rows of its input, or drops or
//! repeats rows; only [`Op::Aggregate`], [`Op::PreAggregate`] and [`Op::Union`] start new rows. The nodes above a node
//! decide which slots are live there (see `live`).
//!
//! Analysis turns every `MATCH` into an [`Op::Match`] with a query graph; planning replaces it by scans, expansions and
//! joins. An `Op::Match` never reaches execution.

mod apply;
pub mod check;
mod class;
mod describe;
mod expr;
mod live;
mod message;
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
    message::{Exception, Message, MessageKind, Partner, Same},
    names::SlotNames,
    node::Node,
    op::Op,
    parameter::{
        AggregateCall, Arm, Create, CreateEdge, CreateNode, CreateType, Expand, Foreach, IndexSeek,
        Lookup, Merge, Probe, ProcedureCall, RelationshipSeek, SetItem, SortKey,
    },
    pattern::{PatternEdge, PatternNode, QueryGraph, SubqueryNeed},
    slots::SlotSet,
    trail::{ElementPredicate, Length, Shortest, ShortestPath, Trail, TrailMode},
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

/// The name and the type of a slot.
#[derive(Clone, Debug)]
pub struct SlotInfo {
    /// The name of the variable, or a generated name that begins with `@`.
    pub name: Text,
    /// The type of its values.
    pub kind: Type,
}

/// A column of the answer.
#[derive(Clone, Debug)]
pub struct Column {
    /// The name.
    pub name: Text,
    /// The slot of its values.
    pub slot: Slot,
}

/// The plan of a statement.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The root node, whose rows are the rows of the statement.
    pub root: Node,
    /// The columns of the answer, in order; empty if the statement returns no rows.
    pub columns: Vec<Column>,
    /// True if the rows of the root are the answer; otherwise they are discarded.
    pub returns: bool,
    /// All slots, by number.
    pub slots: Vec<SlotInfo>,
    /// All parameters, by number.
    pub parameters: Vec<Parameter>,
    /// True if an operator changes the graph.
    pub writes: bool,
}

/// A parameter that a statement reads.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name, without the dollar sign.
    pub name: Text,
    /// The span of its first occurrence.
    pub span: Span,
}

/// Shared ownership of names and constants in plans.
pub type Shared<T> = Arc<T>;
