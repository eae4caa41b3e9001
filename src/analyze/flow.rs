//! What analysis passes from clause to clause and from query to query.

use crate::{
    analyze::scope::Scope,
    plan::{Column, Node, Slot},
};

/// A plan under construction, with the names of its slots.
pub(super) struct Flow {
    pub(super) plan: Node,
    pub(super) scope: Scope,
}

/// The plan of a whole query.
pub(super) struct Outcome {
    pub(super) plan: Node,
    /// `None` if the query returns no rows.
    pub(super) columns: Option<Vec<Column>>,
}

/// Where the rows of a query come from.
#[derive(Clone, Copy)]
pub(super) enum Start<'s> {
    /// One row, or one row per outer row; the names of the scope are visible.
    Leaf(&'s Scope),
    /// The rows in a list, one list of values per row, with the columns of the values.
    Rows(Slot, &'s [Column]),
}
