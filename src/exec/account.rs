//! The bytes that the operators of a statement have reserved, on all of its threads.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

/// The reservations of a statement.
#[derive(Default)]
pub(crate) struct Account {
    total: AtomicU64,
    /// For each measured operator, by its position: bytes reserved now, and the maximum.
    operators: Mutex<Vec<(u64, u64)>>,
}

impl Account {
    /// The bytes that are reserved.
    pub(crate) fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// The maximum of each measured operator, by its position.
    pub(crate) fn maxima(&self) -> Vec<u64> {
        self.operators().iter().map(|(_, most)| *most).collect()
    }

    fn reserve(&self, operator: Option<usize>, bytes: u64) {
        self.change_total(|total| total.saturating_add(bytes));
        let Some(position) = operator else { return };
        let mut operators = self.operators();
        if operators.len() <= position {
            operators.resize(position + 1, (0, 0));
        }
        let (now, most) = &mut operators[position];
        *now = now.saturating_add(bytes);
        *most = (*now).max(*most);
    }

    fn release(&self, operator: Option<usize>, bytes: u64) {
        self.change_total(|total| total.saturating_sub(bytes));
        let Some(position) = operator else { return };
        let mut operators = self.operators();
        if let Some((now, _)) = operators.get_mut(position) {
            *now = now.saturating_sub(bytes);
        }
    }

    fn operators(&self) -> MutexGuard<'_, Vec<(u64, u64)>> {
        let operators = self.operators.lock();
        operators.unwrap_or_else(PoisonError::into_inner)
    }

    fn change_total(&self, change: impl Fn(u64) -> u64) {
        self.total
            .update(Ordering::Relaxed, Ordering::Relaxed, change);
    }
}

/// The bytes that an operator has reserved; they are released when it is dropped.
#[derive(Default)]
pub(crate) struct Reservation {
    account: Option<Arc<Account>>,
    operator: Option<usize>,
    bytes: u64,
}

impl Reservation {
    /// The bytes that are reserved.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reserves more bytes for the operator that is running, if it is measured.
    pub(crate) fn add(&mut self, account: &Arc<Account>, running: Option<usize>, bytes: u64) {
        let account = self.account.get_or_insert_with(|| Arc::clone(account));
        self.operator = self.operator.or(running);
        account.reserve(self.operator, bytes);
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Releases all bytes.
    pub(crate) fn release(&mut self) {
        if let Some(account) = &self.account {
            account.release(self.operator, self.bytes);
        }
        self.bytes = 0;
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.release();
    }
}
