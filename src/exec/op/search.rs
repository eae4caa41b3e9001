//! Shared by the searches for trails: the context, the target, and the ends of each row.

use crate::{
    base::Code,
    exec::{
        adjacent::Adjacent,
        chunk::Chunk,
        context::{Context, Failure, limit},
        eval::types_of,
        op::expand::placeless,
    },
    plan::Trail,
    value::{EdgeId, NodeId, Value},
};

/// The context of a search: neighbour lists, rows, statement.
pub(crate) struct SearchContext<'c, 'g> {
    pub(crate) adjacent: Adjacent<'c>,
    pub(crate) chunk: &'c Chunk,
    pub(crate) cx: &'c Context<'g>,
}

impl<'c, 'g> SearchContext<'c, 'g> {
    pub(crate) fn new(trail: &Trail, chunk: &'c Chunk, cx: &'c Context<'g>) -> Self {
        let types = types_of(&trail.types, cx);
        Self {
            adjacent: Adjacent::new(cx.graph(), &types, trail.direction),
            chunk,
            cx,
        }
    }
}

/// The trails that a search looks for.
#[derive(Clone, Copy)]
pub(crate) struct Target {
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
        from: NodeId::NONE,
        to: None,
        min: 0,
        max: 0,
        limited: false,
    };

    pub(crate) fn new(trail: &Trail, from: NodeId, to: Option<NodeId>, cx: &Context<'_>) -> Self {
        let asked = trail.length.max.unwrap_or(u64::MAX);
        let most = cx.options.max_path_length.unwrap_or(u64::MAX);
        Self {
            from,
            to,
            min: trail.length.min,
            max: asked.min(most),
            limited: most < asked,
        }
    }
}

/// Error: the path-length limit is exceeded.
pub(crate) fn too_long(max: u64) -> Failure {
    let message = format!("a path may have more relationships than the limit of {max}");
    limit(Code::PathLimit, message)
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

/// The ends of the trails of each row: the start, and the end if it is known.
pub(crate) struct Ends<'c> {
    from: std::borrow::Cow<'c, [NodeId]>,
    to: Option<std::borrow::Cow<'c, [NodeId]>>,
}

impl<'c> Ends<'c> {
    /// `into` is true if the rows hold the end.
    pub(crate) fn new(trail: &Trail, into: bool, chunk: &'c Chunk) -> Result<Self, Failure> {
        let nodes = |slot| chunk.column(slot).as_nodes(chunk.len()).map_err(placeless);
        Ok(Self {
            from: nodes(trail.from)?,
            to: into.then(|| nodes(trail.to)).transpose()?,
        })
    }

    pub(crate) fn start(&self, row: usize) -> NodeId {
        self.from[row]
    }

    pub(crate) fn target(&self, trail: &Trail, row: usize, cx: &Context<'_>) -> Target {
        let to = self.to.as_ref().map(|nodes| nodes[row]);
        Target::new(trail, self.from[row], to, cx)
    }
}
