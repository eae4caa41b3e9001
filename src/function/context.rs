//! What a function may see besides its arguments.

use crate::graph::Graph;

/// What a function may see besides its arguments: the graph, and what the caller said about the clock and chance.
///
/// The library reads no clock and no entropy of its own accord: both come from the caller of the engine.
pub struct Context<'a> {
    /// The graph that node and relationship ids refer to.
    pub graph: &'a Graph,
    /// Seconds and nanoseconds since 1970-01-01T00:00:00Z at which the statement began.
    pub statement_time: (i64, u32),
    /// The clock, for the functions that ask for the time at which they run.
    pub clock: fn() -> (i64, u32),
    /// Source of random numbers, one 64-bit word a call.
    pub random: &'a dyn Fn() -> u64,
}
