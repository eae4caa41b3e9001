//! What every operator of a plan did: rows, time, memory.

use rustc_hash::FxHashMap;

use crate::plan::{Op, Plan};

/// What one operator did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OperatorProfile {
    /// How many rows came out of it, counting what rows stand for.
    pub rows: u64,
    /// How often it was asked for rows.
    pub calls: u64,
    /// Nanoseconds spent in it, its inputs left out.
    pub nanos: u64,
    /// The most bytes that it held at once.
    pub memory: u64,
}

/// The account of a statement, by the position of each operator in the walk of the plan (`Op::each`).
pub(crate) struct Profile {
    /// Where each operator stands, by its address in the plan.
    positions: FxHashMap<usize, usize>,
    operators: Vec<OperatorProfile>,
    /// The operators that are running, each with the nanoseconds that its inputs took.
    running: Vec<(usize, u64)>,
}

impl Profile {
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut positions = FxHashMap::default();
        plan.each_operator(&mut |op| {
            positions.insert(address(op), positions.len());
        });
        Self {
            operators: vec![OperatorProfile::default(); positions.len()],
            positions,
            running: Vec::new(),
        }
    }

    /// The position of an operator of the plan.
    pub(crate) fn position(&self, op: &Op) -> Option<usize> {
        self.positions.get(&address(op)).copied()
    }

    pub(crate) fn enter(&mut self, position: usize) {
        self.running.push((position, 0));
    }

    /// Notes that the running operator returns after `elapsed` nanoseconds with so many rows.
    pub(crate) fn leave(&mut self, elapsed: u64, rows: u64) {
        let Some((position, below)) = self.running.pop() else {
            return;
        };
        let operator = &mut self.operators[position];
        operator.calls += 1;
        operator.rows = operator.rows.saturating_add(rows);
        operator.nanos += elapsed.saturating_sub(below);
        if let Some((_, below)) = self.running.last_mut() {
            *below += elapsed;
        }
    }

    /// The position of the operator that is running.
    pub(crate) fn running(&self) -> Option<usize> {
        self.running.last().map(|(position, _)| *position)
    }

    pub(crate) fn finish(self) -> Vec<OperatorProfile> {
        self.operators
    }
}

fn address(op: &Op) -> usize {
    std::ptr::from_ref(op).addr()
}
