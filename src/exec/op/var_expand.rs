//! `VarExpand`: the walks from a node on which no relationship comes twice, depth first.

use rustc_hash::FxHashSet;

use crate::{
    base::Code,
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::{CAPACITY, Chunk, too_many},
        column::Column,
        context::{Context, Failure, limit},
        eval::types_of,
        op::{
            expand::{Factor, placeless},
            fan_out::{Cursor, Spread, narrow},
            near::Near,
            step::{Steps, retain_from},
        },
    },
    graph::Neighbour,
    plan::{self, Slot, SlotSet},
    value::{EdgeId, NodeId, Value},
};

/// What a walk looks at while it goes on.
pub(crate) struct Ground<'c, 'g> {
    pub(crate) adjacent: Adjacent<'c>,
    pub(crate) chunk: &'c Chunk,
    pub(crate) cx: &'c Context<'g>,
}

impl<'c, 'g> Ground<'c, 'g> {
    pub(crate) fn new(plan: &plan::VarExpand, chunk: &'c Chunk, cx: &'c Context<'g>) -> Self {
        let types = types_of(&plan.types, cx);
        Self {
            adjacent: Adjacent::new(cx.graph(), &types, plan.direction),
            chunk,
            cx,
        }
    }
}

/// What walks are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Aim {
    pub(crate) from: NodeId,
    /// Where walks must end, if that matters.
    pub(crate) to: Option<NodeId>,
    pub(crate) min: u64,
    pub(crate) max: u64,
    /// Whether `max` is a limit of the engine, which must be told rather than obeyed.
    pub(crate) limited: bool,
}

impl Aim {
    /// No walk at all.
    pub(crate) const NOTHING: Self = Self {
        from: NodeId::NONE,
        to: None,
        min: 0,
        max: 0,
        limited: false,
    };

    pub(crate) fn new(
        plan: &plan::VarExpand,
        from: NodeId,
        to: Option<NodeId>,
        cx: &Context<'_>,
    ) -> Self {
        let asked = plan.length.max.unwrap_or(u64::MAX);
        let most = cx.options.max_path_length.unwrap_or(u64::MAX);
        Self {
            from,
            to,
            min: plan.length.min,
            max: asked.min(most),
            limited: most < asked,
        }
    }
}

/// The failure of a walk that would have to go on beyond the limit.
pub(crate) fn too_long(max: u64) -> Failure {
    let message = format!("a path may have more relationships than the limit of {max}");
    limit(Code::PathLimit, message)
}

/// A depth-first walk that can be left and taken up again.
pub(crate) struct Walk<'p> {
    steps: Steps<'p>,
    aim: Aim,
    /// The list that walks have to be, and whether it runs from their ends to their starts.
    along: Option<(Slot, bool)>,
    /// The relationships of the list for the row, in the order of the walk.
    given: Vec<EdgeId>,
    /// The relationships that may come next, for each node on the walk, one after another.
    arena: Vec<Neighbour>,
    frames: Vec<Frame>,
    path: Vec<EdgeId>,
    used: FxHashSet<EdgeId>,
    /// Whether the walk of no length is still to be given.
    at_start: bool,
    /// Whether a walk was as long as is allowed.
    pub(crate) reached_end: bool,
    taken: u32,
    scratch: Merged,
    /// How far nodes are from where walks must end, if that is looked at.
    near: Option<Near>,
}

/// A part of the arena.
struct Frame {
    start: usize,
    next: usize,
}

impl<'p> Walk<'p> {
    pub(crate) fn new(plan: &'p plan::VarExpand) -> Self {
        Self {
            steps: Steps::new(plan),
            aim: Aim::NOTHING,
            along: plan.along.map(|list| (list, plan.reversed)),
            given: Vec::new(),
            arena: Vec::new(),
            frames: Vec::new(),
            path: Vec::new(),
            used: FxHashSet::default(),
            at_start: false,
            reached_end: false,
            taken: 0,
            scratch: Merged::default(),
            near: None,
        }
    }

    /// Gives up walks where the end is further away than they may still go.
    pub(crate) fn draw_to(&mut self, near: Near) {
        self.near = Some(near);
    }

    /// Makes it known how far from the end the nodes are that are no further than `reach` steps.
    pub(crate) fn look(&mut self, reach: u64, ground: &Ground<'_, '_>) -> Result<(), Failure> {
        match &mut self.near {
            Some(near) => near.look(reach, &mut self.steps, ground),
            None => Ok(()),
        }
    }

    /// Whether the predicates on nodes, if there are any, hold for both ends of a row.
    pub(crate) fn admits_ends(
        &mut self,
        aim: Aim,
        row: usize,
        ground: &Ground<'_, '_>,
    ) -> Result<bool, Failure> {
        self.steps.begin(ground.chunk, row)?;
        for node in [Some(aim.from), aim.to].into_iter().flatten() {
            if !self.steps.admits_node(node, ground.chunk, ground.cx)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Begins the walks of a row.
    pub(crate) fn begin(
        &mut self,
        aim: Aim,
        row: usize,
        ground: &Ground<'_, '_>,
    ) -> Result<(), Failure> {
        self.aim = match self.along {
            None => aim,
            Some((list, reversed)) => {
                self.follow(aim, &ground.chunk.column(list).peek(row), reversed)?
            }
        };
        let aim = self.aim;
        self.arena.clear();
        self.frames.clear();
        self.path.clear();
        self.used.clear();
        self.reached_end = false;
        self.at_start = aim.min == 0 && aim.min <= aim.max && !aim.from.is_none();
        // Beyond a limit of the engine walks are looked for nonetheless, so that it is told.
        if aim.from.is_none() || (aim.min > aim.max && !aim.limited) {
            return Ok(());
        }
        self.steps.begin(ground.chunk, row)?;
        self.descend(aim.from, ground)
    }

    /// What is looked for where the walk has to be a list: just that, if it is one of relationships and not too long.
    fn follow(&mut self, aim: Aim, list: &Value, reversed: bool) -> Result<Aim, Failure> {
        let edge = |item: &Value| match item {
            Value::Relationship(edge) => Some(*edge),
            _ => None,
        };
        let Value::List(items) = list else {
            return Ok(Aim::NOTHING);
        };
        let Some(given) = items.iter().map(edge).collect::<Option<Vec<_>>>() else {
            return Ok(Aim::NOTHING);
        };
        self.given = given;
        if reversed {
            self.given.reverse();
        }
        let length = self.given.len() as u64;
        if aim.limited && length > aim.max {
            return Err(too_long(aim.max));
        }
        if !(aim.min..=aim.max).contains(&length) {
            return Ok(Aim::NOTHING);
        }
        Ok(Aim {
            min: length,
            max: length,
            limited: false,
            ..aim
        })
    }

    /// The relationships of the walk that was given last.
    pub(crate) fn path(&self) -> &[EdgeId] {
        &self.path
    }

    /// The end of the next walk.
    pub(crate) fn advance(&mut self, ground: &Ground<'_, '_>) -> Result<Option<NodeId>, Failure> {
        if std::mem::take(&mut self.at_start) && self.ends_at(self.aim.from) {
            return Ok(Some(self.aim.from));
        }
        while let Some(frame) = self.frames.last_mut() {
            // The relationships of the last node on the walk are the end of the arena.
            let Some(entry) = self.arena.get(frame.next).copied() else {
                self.leave();
                continue;
            };
            frame.next += 1;
            self.path.push(entry.edge);
            self.used.insert(entry.edge);
            self.descend(entry.node, ground)?;
            if self.path.len() as u64 >= self.aim.min && self.ends_at(entry.node) {
                return Ok(Some(entry.node));
            }
        }
        Ok(None)
    }

    fn ends_at(&self, node: NodeId) -> bool {
        self.aim.to.is_none_or(|to| to == node)
    }

    /// Gives up the last node of the walk.
    fn leave(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.arena.truncate(frame.start);
        }
        if let Some(edge) = self.path.pop() {
            self.used.remove(&edge);
        }
    }

    /// Lays out what may come after a node that the walk has come to; nothing, if it is as long as is allowed.
    fn descend(&mut self, node: NodeId, ground: &Ground<'_, '_>) -> Result<(), Failure> {
        self.taken = self.taken.wrapping_add(1);
        if self.taken.is_multiple_of(1_024) {
            ground.cx.check()?;
        }
        let start = self.arena.len();
        self.frames.push(Frame { start, next: start });
        let at_end = self.path.len() as u64 >= self.aim.max;
        self.reached_end |= at_end;
        if at_end && !self.aim.limited {
            return Ok(());
        }
        let list = ground.adjacent.of(node, &mut self.scratch);
        self.arena.extend_from_slice(list);
        if self.along.is_some() {
            let next = self.given.get(self.path.len()).copied();
            retain_from(&mut self.arena, start, |entry| Some(entry.edge) == next);
        }
        let used = &self.used;
        retain_from(&mut self.arena, start, |entry| !used.contains(&entry.edge));
        self.steps
            .admit(&mut self.arena, start, ground.chunk, ground.cx)?;
        if at_end && self.arena.len() > start {
            return Err(too_long(self.aim.max));
        }
        if let Some(near) = &self.near {
            let left = self.aim.max.saturating_sub(self.path.len() as u64 + 1);
            let mut cut = false;
            retain_from(&mut self.arena, start, |entry| {
                let reaches = near.reaches(entry.node, left);
                cut |= !reaches && near.may_reach(entry.node);
                reaches
            });
            self.reached_end |= cut;
        }
        Ok(())
    }
}

/// The cursor's offset is not 0 once the walks of the row have begun.
pub(crate) struct VarExpand<'p> {
    plan: &'p plan::VarExpand,
    to: Option<Slot>,
    edges: Option<Slot>,
    walk: Walk<'p>,
    found_nodes: Vec<NodeId>,
    found_edges: Vec<Value>,
    /// How many relationships they hold, all told.
    listed: usize,
}

impl<'p> VarExpand<'p> {
    pub(crate) fn new(plan: &'p plan::VarExpand, live: &SlotSet) -> Self {
        Self {
            plan,
            to: Some(plan.to).filter(|slot| !plan.into && live.contains(*slot)),
            edges: plan.edges.filter(|slot| live.contains(*slot)),
            walk: Walk::new(plan),
            found_nodes: Vec::new(),
            found_edges: Vec::new(),
            listed: 0,
        }
    }

    fn push(&mut self, end: NodeId) {
        if self.to.is_some() {
            self.found_nodes.push(end);
        }
        if self.edges.is_some() {
            self.listed += self.walk.path().len();
            self.found_edges
                .push(edge_list(self.walk.path(), self.plan.reversed));
        }
    }
}

/// How many relationships the walks of one chunk may have together: long walks make chunks of few rows, so that what
/// they take is accounted before there is much of it.
const LISTED: usize = 1 << 16;

/// Relationships as a list value.
pub(crate) fn edge_list(path: &[EdgeId], reversed: bool) -> Value {
    let edges = path.iter().copied().map(Value::Relationship);
    Value::list(if reversed {
        edges.rev().collect()
    } else {
        edges.collect()
    })
}

/// The ends of the walks of each row: where they start, and where they must end if that is held.
pub(crate) struct Ends<'c> {
    from: std::borrow::Cow<'c, [NodeId]>,
    to: Option<std::borrow::Cow<'c, [NodeId]>>,
}

impl<'c> Ends<'c> {
    pub(crate) fn new(plan: &plan::VarExpand, chunk: &'c Chunk) -> Result<Self, Failure> {
        let nodes = |slot| chunk.column(slot).as_nodes(chunk.len()).map_err(placeless);
        let to = if plan.into {
            Some(nodes(plan.to)?)
        } else {
            None
        };
        Ok(Self {
            from: nodes(plan.from)?,
            to,
        })
    }

    pub(crate) fn aim(&self, plan: &plan::VarExpand, row: usize, cx: &Context<'_>) -> Aim {
        let to = self.to.as_ref().map(|nodes| nodes[row]);
        Aim::new(plan, self.from[row], to, cx)
    }
}

impl Spread for VarExpand<'_> {
    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        let ends = Ends::new(self.plan, chunk)?;
        let ground = Ground::new(self.plan, chunk, cx);
        self.listed = 0;
        while cursor.row < chunk.len() && rows.len() < CAPACITY && self.listed < LISTED {
            if cursor.offset == 0 {
                self.walk
                    .begin(ends.aim(self.plan, cursor.row, cx), cursor.row, &ground)?;
                cursor.offset = 1;
            }
            match self.walk.advance(&ground)? {
                None => cursor.next_row(),
                Some(end) => {
                    rows.push(narrow(cursor.row));
                    self.push(end);
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        if let Some(to) = self.to {
            out.put(to, Column::nodes(std::mem::take(&mut self.found_nodes)));
        }
        if let Some(edges) = self.edges {
            out.put(edges, Column::values(std::mem::take(&mut self.found_edges)));
        }
        Ok(())
    }
}

/// Walks of which nothing is read: how many there are is enough.
pub(crate) struct WalkCount<'p> {
    plan: &'p plan::VarExpand,
    walk: Walk<'p>,
}

impl<'p> WalkCount<'p> {
    pub(crate) fn new(plan: &'p plan::VarExpand) -> Self {
        Self {
            plan,
            walk: Walk::new(plan),
        }
    }
}

impl Factor for WalkCount<'_> {
    fn factors(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<Vec<u64>, Failure> {
        let ends = Ends::new(self.plan, chunk)?;
        let ground = Ground::new(self.plan, chunk, cx);
        let mut factors = Vec::with_capacity(chunk.len());
        for row in 0..chunk.len() {
            self.walk
                .begin(ends.aim(self.plan, row, cx), row, &ground)?;
            let mut count = 0_u64;
            while self.walk.advance(&ground)?.is_some() {
                count = count.checked_add(1).ok_or_else(too_many)?;
            }
            factors.push(count);
        }
        Ok(factors)
    }
}
