//! A line of the output of `EXPLAIN` and `PROFILE`.

use std::time::Duration;

use crate::value::Text;

/// An operator of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// The branches of the tree that are drawn before the name, such as `│  ├─ `. An operator with one input has its
    /// input below it without a branch.
    pub branches: Text,
    /// The number of these branches.
    pub depth: usize,
    /// The name of the operator, such as `Expand`.
    pub operator: Text,
    /// The arguments of the operator, such as `(c)-[:IN_SECTION]->(s)`.
    pub details: Text,
    /// The number of rows that the planner expects.
    pub estimated: Option<f64>,
    /// What was measured, if the statement was profiled.
    pub measured: Option<Measured>,
}

/// The measurements of an operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// The number of output rows, counted with multiplicity.
    pub rows: u64,
    /// The time in the operator itself; zero if the database has no clock.
    pub time: Duration,
    /// The peak memory in bytes.
    pub memory: u64,
}
