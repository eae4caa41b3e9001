//! A line of `EXPLAIN` and `PROFILE`.

use std::time::Duration;

use crate::value::Text;

/// One operator of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// How far below the root it stands.
    pub depth: usize,
    /// The name of the operator, such as `Expand`.
    pub operator: Text,
    /// What it works on, such as `(c)-[:IN_SECTION]->(s)`.
    pub details: Text,
    /// How many rows the planner expects, where it says so.
    pub estimated: Option<f64>,
    /// What was measured, where the statement was profiled.
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
