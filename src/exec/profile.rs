//! The profile of each operator: rows, time, memory.

/// The profile of one operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OperatorProfile {
    /// The number of rows that it returned, multiplicities included.
    pub rows: u64,
    /// The number of calls.
    pub calls: u64,
    /// Nanoseconds spent in it, without its inputs.
    pub nanos: u64,
    /// The maximum of its reservation in bytes.
    pub memory: u64,
}

/// The profile of a statement, by the id of each plan node.
#[derive(Default)]
pub(crate) struct Profile {
    /// By id; trailing operators that were never called may be missing.
    pub(crate) operators: Vec<OperatorProfile>,
    /// The ids of the operators that are running, each with the nanoseconds that its inputs took.
    running: Vec<(usize, u64)>,
}

impl Profile {
    /// Records the start of a call of an operator.
    pub(crate) fn enter(&mut self, id: usize) {
        if self.operators.len() <= id {
            self.operators.resize(id + 1, OperatorProfile::default());
        }
        self.running.push((id, 0));
    }

    /// Records that the running operator returns `rows` rows after `elapsed` nanoseconds.
    pub(crate) fn leave(&mut self, elapsed: u64, rows: u64) {
        let Some((id, below)) = self.running.pop() else {
            return;
        };
        let operator = &mut self.operators[id];
        operator.calls += 1;
        operator.rows = operator.rows.saturating_add(rows);
        operator.nanos += elapsed.saturating_sub(below);
        if let Some((_, below)) = self.running.last_mut() {
            *below += elapsed;
        }
    }

    /// Adds the profile of a thread. The nanoseconds of an operator are those of all threads together.
    pub(crate) fn absorb(&mut self, other: Self) {
        if self.operators.len() < other.operators.len() {
            let len = other.operators.len();
            self.operators.resize(len, OperatorProfile::default());
        }
        for (own, other) in self.operators.iter_mut().zip(other.operators) {
            own.calls += other.calls;
            own.rows = own.rows.saturating_add(other.rows);
            own.nanos += other.nanos;
        }
    }

    /// Notes that an operator returned the rows of another, if they were measured.
    pub(crate) fn pass_on(&mut self, from: usize, to: usize) {
        if let Some(rows) = self.operators.get(from).map(|operator| operator.rows) {
            self.operators[to].rows = rows;
        }
    }

    /// The id of the operator that is running.
    pub(crate) fn running(&self) -> Option<usize> {
        self.running.last().map(|(id, _)| *id)
    }
}
