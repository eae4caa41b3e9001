//! A transaction guard that rolls back on drop.

use std::ops::{Deref, DerefMut};

use crate::engine::{Database, Error};

/// An open transaction, which dereferences to its database. Dropping it without a commit rolls it back.
#[derive(Debug)]
pub struct Transaction<'d> {
    database: &'d mut Database,
}

impl<'d> Transaction<'d> {
    pub(super) fn new(database: &'d mut Database) -> Self {
        Self { database }
    }

    /// Commits the transaction.
    ///
    /// # Errors
    /// If a statement has ended the transaction already.
    pub fn commit(self) -> Result<(), Error> {
        self.database.commit()
    }

    /// Rolls the transaction back.
    ///
    /// # Errors
    /// If a statement has ended the transaction already.
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
