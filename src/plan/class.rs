//! Classes of operators, by their inputs and by what they do with rows.

use crate::plan::{Op, Slot};

impl Op {
    /// Whether the operator changes the graph.
    #[must_use]
    pub fn is_update(&self) -> bool {
        matches!(
            self,
            Self::Create(_)
                | Self::Merge(_)
                | Self::Set { .. }
                | Self::Delete { .. }
                | Self::Foreach(_)
                | Self::Schema { .. }
        )
    }

    /// Whether the operator extends each row by any number of others.
    #[must_use]
    pub fn extends(&self) -> bool {
        matches!(
            self,
            Self::NodeScan { .. }
                | Self::IndexSeek(_)
                | Self::RelationshipScan { .. }
                | Self::RelationshipSeek(_)
                | Self::Expand(_)
                | Self::ExpandInto(_)
                | Self::Intersect { .. }
                | Self::VarExpand(_)
                | Self::VarExpandInto(_)
                | Self::FollowList { .. }
                | Self::ShortestPath(_)
                | Self::Message(_)
                | Self::Unwind { .. }
                | Self::ProcedureCall(_)
        )
    }

    /// The number of inputs.
    #[must_use]
    pub fn arity(&self) -> usize {
        match self {
            Self::Unit | Self::Empty { .. } | Self::Argument { .. } => 0,
            Self::Match(pattern) => 1 + pattern.subqueries.len(),
            Self::Message(message) => 1 + usize::from(message.weighted),
            Self::Union { .. }
            | Self::HashJoin { .. }
            | Self::Apply(_)
            | Self::ShortestPathWhere { .. }
            | Self::Merge(_)
            | Self::Foreach(_) => 2,
            _ => 1,
        }
    }

    /// The slot that the operator itself adds to the outer rows of its inner plan.
    #[must_use]
    pub fn argument_slot(&self) -> Option<Slot> {
        match self {
            Self::Foreach(foreach) => Some(foreach.element),
            Self::ShortestPathWhere { candidate, .. } => Some(*candidate),
            _ => None,
        }
    }

    /// Whether the second input is a source of rows like the first, not an inner plan.
    #[must_use]
    pub fn is_binary(&self) -> bool {
        matches!(
            self,
            Self::Union { .. } | Self::HashJoin { .. } | Self::Message(_)
        )
    }
}
