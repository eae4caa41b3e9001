//! Shared by the searches for trails: what they read, and what they look for.

use std::borrow::Cow;

use crate::{
    base::Code,
    exec::{
        adjacent::Adjacent,
        chunk::Chunk,
        context::{Context, Failure, limit, placeless},
        eval::types_of,
    },
    plan::{Named, Trail},
    value::{EdgeId, NodeId, TypeId, Value},
};

/// The trails that a search looks for.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    /// The row.
    pub(crate) row: usize,
    pub(crate) from: NodeId,
    /// The end; any node if `None`.
    pub(crate) to: Option<NodeId>,
    pub(crate) min: u64,
    pub(crate) max: u64,
    /// True if `max` is a limit of the engine: a longer trail is an error.
    pub(crate) limited: bool,
}

impl Target {
    /// No trail at all.
    pub(crate) const NONE: Self = Self {
        row: 0,
        from: NodeId::NONE,
        to: None,
        min: 0,
        max: 0,
        limited: false,
    };

    /// The end, if neither end is null.
    pub(crate) fn end(&self) -> Option<NodeId> {
        self.to.filter(|to| !to.is_none() && !self.from.is_none())
    }

    /// Whether there may be trails of these lengths. Beyond a limit of the engine a search continues, so that it reports
    /// the limit.
    pub(crate) fn may_fit(&self) -> bool {
        self.min <= self.max || self.limited
    }

    /// Fails if a search that goes beyond the maximum exceeds a limit of the engine.
    pub(crate) fn check_limit(&self) -> Result<(), Failure> {
        if !self.limited {
            return Ok(());
        }
        let max = self.max;
        let message = format!("a path may have more relationships than the limit of {max}");
        Err(limit(Code::PathLimit, message))
    }
}

/// What a search reads: neighbour lists, rows with their ends, statement.
pub(crate) struct Search<'c> {
    pub(crate) adjacent: Adjacent<'c>,
    pub(crate) chunk: &'c Chunk,
    pub(crate) cx: &'c Context<'c>,
    from: Cow<'c, [NodeId]>,
    to: Option<Cow<'c, [NodeId]>>,
    /// The lengths that every row asks for.
    lengths: Target,
}

impl<'c> Search<'c> {
    /// `into` is true if the rows hold the end.
    pub(crate) fn new(
        trail: &Trail,
        into: bool,
        chunk: &'c Chunk,
        cx: &'c Context<'_>,
    ) -> Result<Self, Failure> {
        let asked = trail.length.max.unwrap_or(u64::MAX);
        let most = cx.options.max_path_length.unwrap_or(u64::MAX);
        // No trail has more relationships than there are.
        let all = relationships(&trail.types, cx);
        let max = if trail.length.min > all {
            0
        } else {
            asked.min(most)
        };
        let to = into.then(|| chunk.nodes(trail.to)).transpose();
        Ok(Self {
            adjacent: Adjacent::new(&trail.types, trail.direction, cx),
            chunk,
            cx,
            from: chunk.nodes(trail.from).map_err(placeless)?,
            to: to.map_err(placeless)?,
            lengths: Target {
                min: trail.length.min,
                max,
                limited: most < asked && trail.length.min <= all,
                ..Target::NONE
            },
        })
    }

    /// The trails of a row.
    pub(crate) fn target(&self, row: usize) -> Target {
        Target {
            row,
            from: self.from[row],
            to: self.to.as_ref().map(|nodes| nodes[row]),
            ..self.lengths
        }
    }
}

/// The number of relationships of the types.
fn relationships(types: &[Named<TypeId>], cx: &Context<'_>) -> u64 {
    let stats = cx.graph().stats();
    if types.is_empty() {
        return stats.relationships(None);
    }
    let ids = types_of(types, cx).into_iter();
    ids.map(|kind| stats.relationships(Some(kind))).sum()
}

/// Relationships as a list value.
pub(crate) fn edge_list(path: &[EdgeId], reversed: bool) -> Value {
    let edges = path.iter().copied().map(Value::Relationship);
    Value::list(if reversed {
        edges.rev().collect()
    } else {
        edges.collect()
    })
}
