//! What the engine tells of itself, and what it reads for procedures.

use crate::{
    base::{Code, Fault, Status},
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

/// The form of a file that a procedure reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Loaded {
    Csv,
    Json,
    GraphMl,
    Rdf,
}

/// The state of the engine, for functions and procedures that tell of it.
pub trait State: Sync {
    /// The rows of a table of the engine: settings, transactions, databases, procedures.
    fn rows(&self, of: Shown) -> Vec<Vec<Value>>;

    /// The time zone of clocks.
    fn zone(&self) -> &Zone;

    /// The statuses of the statement before this one.
    fn statuses(&self) -> &[Status];

    /// The rows of a file.
    ///
    /// # Errors
    /// If the caller of the engine does not allow it, or the file cannot be read.
    fn load(&self, kind: Loaded, path: &str, options: &Value) -> Result<Vec<Vec<Value>>, Fault>;
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

    fn load(&self, _: Loaded, path: &str, _: &Value) -> Result<Vec<Vec<Value>>, Fault> {
        let message = format!("statements may not read files here, found `{path}`");
        Err(Fault::new(Code::LoadProblem, message))
    }
}
