//! What every operator of a plan did: rows, time, memory.

/// What one operator did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OperatorProfile {
    /// The number of rows that it returned, multiplicities included.
    pub rows: u64,
    /// How often it was called.
    pub calls: u64,
    /// Nanoseconds spent in it, without its inputs.
    pub nanos: u64,
    /// The most bytes that it reserved at once.
    pub memory: u64,
}

/// The account of a statement, by the id of each plan node.
#[derive(Default)]
pub(crate) struct Profile {
    operators: Vec<OperatorProfile>,
    /// The ids of the operators that are running, each with the nanoseconds that its inputs took.
    running: Vec<(usize, u64)>,
}

impl Profile {
    /// Notes that an operator is called.
    pub(crate) fn enter(&mut self, id: usize) {
        if self.operators.len() <= id {
            self.operators.resize(id + 1, OperatorProfile::default());
        }
        self.running.push((id, 0));
    }

    /// Notes that the running operator returns so many rows after `elapsed` nanoseconds.
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

    /// The id of the operator that is running.
    pub(crate) fn running(&self) -> Option<usize> {
        self.running.last().map(|(id, _)| *id)
    }

    /// What each operator did, by id; operators that were never called may be missing at the end.
    pub(crate) fn finish(self) -> Vec<OperatorProfile> {
        self.operators
    }
}
