//! How an inner plan is applied to outer rows.

use crate::plan::Slot;

/// A correlated inner plan.
#[derive(Clone, Debug)]
pub struct Apply {
    /// The slot of the outer row's number, which inner rows carry.
    pub row: Slot,
    /// The use of the inner rows.
    pub kind: ApplyKind,
}

/// The use of the inner rows of an [`Apply`].
#[derive(Clone, Debug)]
pub enum ApplyKind {
    /// Each extends its outer row: `CALL { … }`.
    Inner {
        /// Outputs: slots of the inner rows.
        adds: Vec<Slot>,
    },
    /// Each extends its outer row; an outer row without inner rows is kept once, with nulls: `OPTIONAL MATCH`.
    Optional {
        /// Outputs: slots of the inner rows.
        adds: Vec<Slot>,
    },
    /// Output: true if the outer row has an inner row.
    Exists(Slot),
    /// Output: the number of inner rows of the outer row.
    Count(Slot),
    /// The values of a slot of the inner rows as a list, nulls included, in their order.
    Collect {
        /// Output: the list.
        list: Slot,
        /// The slot whose values are collected.
        value: Slot,
    },
    /// Keeps outer rows that have an inner row.
    Semi,
    /// Keeps outer rows that have no inner row.
    Anti,
    /// Runs the inner plan for its effects and keeps each outer row once: `CALL { CREATE … }`.
    Effect,
}

impl ApplyKind {
    /// The name of an apply of this kind.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Inner { .. } => "Apply",
            Self::Optional { .. } => "OptionalApply",
            Self::Exists(_) => "ExistsApply",
            Self::Count(_) => "CountApply",
            Self::Collect { .. } => "CollectApply",
            Self::Semi => "SemiApply",
            Self::Anti => "AntiApply",
            Self::Effect => "EffectApply",
        }
    }
}
