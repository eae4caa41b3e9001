//! Layer 3: the answers of statements, with typed access and output formats.
//!
//! An [`Answer`] is self-contained: it stores the entities in its rows in their state at the end of the statement, so
//! it stays valid when the graph changes. Rust code reads it with [`Row`], [`FromValue`] and serde; [`Format`] writes
//! it as text.

mod brief;
mod caption;
mod cell;
mod changes;
mod convert;
mod entity;
pub mod format;
mod from_value;
mod plan_line;
mod read;
mod row;
mod text;
pub mod typed;

use crate::{
    base::{Diagnostic, Status},
    value::{Text, Value},
};

pub use self::{
    cell::Cell,
    changes::Changes,
    convert::{ParameterError, to_parameters, to_value},
    entity::{Entities, Node, Relationship},
    format::{Format, Layout},
    from_value::{FromValue, Mismatch},
    plan_line::{Measured, PlanLine},
    read::ReadError,
    row::{Cells, ColumnIndex, Row, Rows},
};

/// The answer of a statement.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub(crate) columns: Vec<Text>,
    pub(crate) values: Vec<Value>,
    pub(crate) entities: Entities,
    pub(crate) warnings: Vec<Diagnostic>,
    pub(crate) changes: Changes,
    pub(crate) plan: Option<Vec<PlanLine>>,
    pub(crate) writes: bool,
}

impl Answer {
    /// An answer with rows stored one after another in `values`, and the entities that occur in them.
    ///
    /// # Panics
    /// If the length of `values` is not a multiple of the number of columns.
    #[must_use]
    pub fn new(columns: Vec<Text>, values: Vec<Value>, entities: Entities) -> Self {
        assert!(
            values
                .len()
                .checked_rem(columns.len())
                .unwrap_or(values.len())
                == 0,
            "rows are as wide as there are columns"
        );
        Self {
            columns,
            values,
            entities,
            ..Self::default()
        }
    }

    /// The column names; empty if the statement returns nothing.
    #[must_use]
    pub fn columns(&self) -> &[Text] {
        &self.columns
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values
            .len()
            .checked_div(self.columns.len())
            .unwrap_or(0)
    }

    /// True if there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The rows in order.
    #[must_use]
    pub fn rows(&self) -> Rows<'_> {
        Rows::new(self)
    }

    /// The row at an index from 0; `None` if there is none.
    #[must_use]
    pub fn row(&self, position: usize) -> Option<Row<'_>> {
        let start = position.checked_mul(self.columns.len())?;
        let values = self.values.get(start..start + self.columns.len())?;
        (!values.is_empty()).then(|| Row::new(self, values))
    }

    /// The only row.
    ///
    /// # Errors
    /// If there is no row, or more than one.
    pub fn single(&self) -> Result<Row<'_>, ReadError> {
        match (self.row(0), self.len()) {
            (Some(row), 1) => Ok(row),
            (_, found) => Err(ReadError::new(format!("expected one row, found {found}"))),
        }
    }

    /// The nodes and relationships that occur in the rows, in their state at the end of the statement.
    #[must_use]
    pub fn entities(&self) -> &Entities {
        &self.entities
    }

    /// The warnings about the statement.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The status of the statement, followed by those of its warnings.
    #[must_use]
    pub fn statuses(&self) -> Vec<Status> {
        let status = Status::of_answer(!self.columns.is_empty(), !self.is_empty());
        let warnings = self.warnings.iter().map(Status::of_diagnostic);
        [status].into_iter().chain(warnings).collect()
    }

    /// The changes of the statement to the graph.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Whether the statement may change the graph, also if it has changed nothing or was only explained.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.writes
    }

    /// The operators from the root down; `None` unless the statement was explained or profiled. The rows of such an
    /// answer are these lines as a table.
    #[must_use]
    pub fn plan(&self) -> Option<&[PlanLine]> {
        self.plan.as_deref()
    }
}

impl<'a> IntoIterator for &'a Answer {
    type Item = Row<'a>;
    type IntoIter = Rows<'a>;

    fn into_iter(self) -> Rows<'a> {
        self.rows()
    }
}
