//! The environment of a function call, and the Rust functions that are called in it.

use crate::{
    base::{Fault, Meter},
    function::State,
    graph::Graph,
    value::Value,
};

/// The Rust function of a built-in procedure: takes the inputs, returns rows of the outputs.
pub type Native = fn(&[Value], &Context<'_>) -> Result<Vec<Vec<Value>>, Fault>;

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
    /// The maximum number of threads.
    pub threads: usize,
    /// The state of the engine.
    pub state: &'a dyn State,
}
