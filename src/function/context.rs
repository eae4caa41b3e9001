//! The environment of a function call.

use crate::{base::Fault, graph::Graph};

/// The account of work and memory of a running statement, for functions whose results can be large.
pub trait Meter {
    /// Called before `bytes` are allocated, or for as much work as writing them. Cheap: the limits are checked once per
    /// megabyte.
    ///
    /// # Errors
    /// A fault if the statement would exceed its memory limit, is out of time, or is interrupted.
    fn spend(&self, bytes: usize) -> Result<(), Fault>;

    /// Called after work that is like writing `bytes`, such as making or comparing a value of that size.
    ///
    /// # Errors
    /// As [`Meter::spend`].
    fn worked(&self, bytes: usize) -> Result<(), Fault>;
}

/// A meter without limits.
#[derive(Clone, Copy, Debug)]
pub struct Unmetered;

impl Meter for Unmetered {
    fn spend(&self, _: usize) -> Result<(), Fault> {
        Ok(())
    }

    fn worked(&self, _: usize) -> Result<(), Fault> {
        Ok(())
    }
}

/// The environment of a function call: the graph, the clock and the source of random numbers.
///
/// The library does not read a clock or entropy by itself: the caller of the engine supplies both.
pub struct Context<'a> {
    /// The graph that node and relationship ids refer to.
    pub graph: &'a Graph,
    /// The start of the statement in seconds and nanoseconds since 1970-01-01T00:00:00Z.
    pub statement_time: (i64, u32),
    /// The current time, in the same form, for functions that read the clock at each call.
    pub clock: fn() -> (i64, u32),
    /// Returns a random 64-bit word per call.
    pub random: &'a dyn Fn() -> u64,
    /// The account of the statement.
    pub meter: &'a dyn Meter,
}
