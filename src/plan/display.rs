//! The names of operators.

use crate::plan::{ApplyKind, Op, Shortest};

impl Op {
    /// The operator's name, as `EXPLAIN` prints it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unit => "Unit",
            Self::Empty { .. } => "Empty",
            Self::Argument { .. } => "Argument",
            Self::Match(_) => "Match",
            Self::NodeScan { .. } => "NodeScan",
            Self::IndexSeek(_) => "IndexSeek",
            Self::RelationshipScan { .. } => "RelationshipScan",
            Self::Expand(_) => "Expand",
            Self::ExpandInto(_) => "ExpandInto",
            Self::Intersect { .. } => "Intersect",
            Self::VarExpand(_) => "VarExpand",
            Self::VarExpandInto(_) => "VarExpandInto",
            Self::FollowList { .. } => "FollowList",
            Self::ShortestPath(search) => match search.selector {
                Shortest::Any => "ShortestPath",
                Shortest::All => "AllShortestPaths",
            },
            Self::ShortestPathWhere { search, .. } => match search.selector {
                Shortest::Any => "ShortestPathWhere",
                Shortest::All => "AllShortestPathsWhere",
            },
            Self::Filter { .. } => "Filter",
            Self::Project { .. } => "Project",
            Self::Aggregate { .. } => "Aggregate",
            Self::Distinct { .. } => "Distinct",
            Self::Sort { .. } => "Sort",
            Self::TopK { .. } => "TopK",
            Self::Skip { .. } => "Skip",
            Self::Limit { .. } => "Limit",
            Self::Unwind { .. } => "Unwind",
            Self::Union { .. } => "Union",
            Self::HashJoin { .. } => "HashJoin",
            Self::Apply(apply) => apply.kind.name(),
            Self::ProcedureCall(_) => "ProcedureCall",
            Self::PreAggregate { .. } => "PreAggregate",
            Self::Eager => "Eager",
            Self::Create(_) => "Create",
            Self::Merge(_) => "Merge",
            Self::Set { .. } => "Set",
            Self::Delete { .. } => "Delete",
            Self::Foreach(_) => "Foreach",
        }
    }
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
