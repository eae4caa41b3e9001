//! A line of `EXPLAIN` and `PROFILE`.

use std::time::Duration;

use crate::value::Text;

/// One operator of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// The branches of the tree that are drawn before the name, such as `│  ├─ `. An operator with one input has its
    /// input below it without a branch.
    pub branches: Text,
    /// The number of these branches.
    pub depth: usize,
    /// The name of the operator, such as `Expand`.
    pub operator: Text,
    /// What it works on, such as `(c)-[:IN_SECTION]->(s)`.
    pub details: Text,
    /// The number of rows that the planner expects.
    pub estimated: Option<f64>,
    /// What was measured, if the statement was profiled.
    pub measured: Option<Measured>,
}

/// What was measured of an operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// How many rows came out, each as often as it stands for one.
    pub rows: u64,
    /// Time spent in the operator itself; zero, where the database was given no clock.
    pub time: Duration,
    /// The most bytes it held at once.
    pub memory: u64,
}
