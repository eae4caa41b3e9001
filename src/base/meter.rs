//! The account of work and memory: what takes long or allocates much reports to it, and ends where it says so.

use crate::base::Fault;

/// The account of work and memory of a running statement, for what can take long or be large.
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
