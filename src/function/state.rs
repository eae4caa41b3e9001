//! What the engine tells of itself.

use crate::{
    base::Status,
    value::{Value, temporal::Zone},
};

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Shown {
    Indexes,
    Constraints,
    Functions,
    Procedures,
    Settings,
    Transactions,
    Databases,
}

impl Shown {
    /// All tables.
    pub const ALL: [Self; 7] = [
        Self::Indexes,
        Self::Constraints,
        Self::Functions,
        Self::Procedures,
        Self::Settings,
        Self::Transactions,
        Self::Databases,
    ];
}

/// The state of the engine, for functions and procedures that tell of it.
pub trait State: Sync {
    /// The rows of a table of the engine: settings, transactions, databases, procedures.
    fn rows(&self, of: Shown) -> Vec<Vec<Value>>;

    /// The time zone of clocks.
    fn zone(&self) -> &Zone;

    /// The statuses of the statement before this one.
    fn statuses(&self) -> &[Status];
}

/// A state without anything to tell.
#[derive(Clone, Copy, Debug)]
pub struct Stateless;

impl State for Stateless {
    fn rows(&self, _: Shown) -> Vec<Vec<Value>> {
        Vec::new()
    }

    fn zone(&self) -> &Zone {
        &Zone::UTC
    }

    fn statuses(&self) -> &[Status] {
        &[]
    }
}
