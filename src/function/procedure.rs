//! Procedures.

/// A procedure.
#[derive(Debug)]
pub struct Procedure;
