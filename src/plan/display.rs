//! How plans print: one operator a line.

use crate::plan::{ApplyKind, Op, Shortest};

impl Op {
    /// The operator's name, as `EXPLAIN` prints it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unit => "Unit",
            Self::Argument { .. } => "Argument",
            Self::Match { .. } => "Match",
            Self::NodeScan { .. } => "NodeScan",
            Self::IndexSeek(_) => "IndexSeek",
            Self::EdgeScan { .. } => "EdgeScan",
            Self::Expand(_) => "Expand",
            Self::ExpandInto(_) => "ExpandInto",
            Self::Intersect { .. } => "Intersect",
            Self::VarExpand(expand) => match expand.shortest {
                None => "VarExpand",
                Some(Shortest::Any) => "ShortestPath",
                Some(Shortest::All) => "AllShortestPaths",
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
            Self::Union(_) => "Union",
            Self::HashJoin(_) => "HashJoin",
            Self::Apply(apply) => match apply.kind {
                ApplyKind::Inner { .. } => "Apply",
                ApplyKind::Optional { .. } => "OptionalApply",
                ApplyKind::Exists(_) => "ExistsApply",
                ApplyKind::Count(_) => "CountApply",
                ApplyKind::Collect { .. } => "CollectApply",
                ApplyKind::Semi => "SemiApply",
                ApplyKind::Anti => "AntiApply",
                ApplyKind::Effect => "EffectApply",
            },
            Self::ProcedureCall(_) => "ProcedureCall",
            Self::Compact { .. } => "Compact",
            Self::Eager { .. } => "Eager",
            Self::Create(_) => "Create",
            Self::Merge(_) => "Merge",
            Self::Set { .. } => "Set",
            Self::Delete { .. } => "Delete",
            Self::Foreach(_) => "Foreach",
        }
    }
}
