//! A transaction as a guard: what is not committed is undone.

use std::ops::{Deref, DerefMut};

use crate::engine::{Database, Error};

/// An open transaction of a database, which it stands for while it lives. Dropped without a commit, it is undone.
#[derive(Debug)]
pub struct Transaction<'d> {
    database: &'d mut Database,
}

impl<'d> Transaction<'d> {
    pub(super) fn new(database: &'d mut Database) -> Self {
        Self { database }
    }

    /// Keeps what was done.
    ///
    /// # Errors
    /// If a statement has ended the transaction.
    pub fn commit(self) -> Result<(), Error> {
        self.database.commit()
    }

    /// Undoes what was done.
    ///
    /// # Errors
    /// If a statement has ended the transaction.
    pub fn rollback(self) -> Result<(), Error> {
        self.database.rollback()
    }
}

impl Deref for Transaction<'_> {
    type Target = Database;

    fn deref(&self) -> &Database {
        self.database
    }
}

impl DerefMut for Transaction<'_> {
    fn deref_mut(&mut self) -> &mut Database {
        self.database
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.database.in_transaction() {
            self.database
                .rollback()
                .expect("an open transaction can be rolled back");
        }
    }
}
