//! `ShortestPath` and `AllShortestPaths`: the shortest walks between two nodes that a row holds.
//!
//! Between different nodes two searches, breadth first, meet in the middle; no node comes twice on a shortest walk, so
//! no relationship does. Walks that must be longer than the shortest, and walks from a node to itself, are looked for
//! length by length.

use rustc_hash::FxHashMap;

use crate::{
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::{CAPACITY, Chunk},
        column::Column,
        context::{Context, Failure},
        eval::types_of,
        op::{
            by_length::{ByLength, Edges, has_room},
            fan_out::{Cursor, Spread, narrow, room},
            step::Steps,
            var_expand::{Aim, Ends, Ground, edge_list, too_long},
        },
    },
    graph::Neighbour,
    plan::{self, Shortest, Slot, SlotSet},
    value::{NodeId, Value},
};

/// The cursor's offset is how many walks of the row have been given.
pub(crate) struct ShortestPath<'p> {
    plan: &'p plan::VarExpand,
    which: Shortest,
    edges: Option<Slot>,
    steps: Steps<'p>,
    longer: ByLength<'p>,
    /// The walks of the row at the cursor.
    walks: Vec<Edges>,
    out: Vec<Value>,
}

impl<'p> ShortestPath<'p> {
    pub(crate) fn new(plan: &'p plan::VarExpand, which: Shortest, live: &SlotSet) -> Self {
        Self {
            plan,
            which,
            edges: plan.edges.filter(|slot| live.contains(*slot)),
            steps: Steps::new(plan),
            longer: ByLength::new(plan),
            walks: Vec::new(),
            out: Vec::new(),
        }
    }

    /// Finds the walks of a row.
    fn search(&mut self, aim: Aim, row: usize, ground: &Ground<'_, '_>) -> Result<(), Failure> {
        self.walks.clear();
        let Some(to) = aim.to.filter(|to| !to.is_none() && !aim.from.is_none()) else {
            return Ok(());
        };
        self.steps.begin(ground.chunk, row)?;
        for end in [aim.from, to] {
            if !self.steps.admits_node(end, ground.chunk, ground.cx)? {
                return Ok(());
            }
        }
        if aim.min == 0 && aim.from == to {
            self.walks.push(Vec::new());
            Ok(())
        } else if aim.min > 1 || aim.from == to {
            self.deepen(aim, row, ground)
        } else {
            self.meet(aim, to, ground)
        }
    }

    /// Walks of one length after another, until there are some.
    fn deepen(&mut self, aim: Aim, row: usize, ground: &Ground<'_, '_>) -> Result<(), Failure> {
        let most = match self.which {
            Shortest::Any => 1,
            Shortest::All => usize::MAX,
        };
        self.longer.begin(aim, row, ground)?;
        loop {
            self.longer.find(most, ground, &mut self.walks)?;
            if !self.walks.is_empty() || !self.longer.lengthen(ground)? {
                return Ok(());
            }
        }
    }

    /// Two searches that meet.
    fn meet(&mut self, aim: Aim, to: NodeId, ground: &Ground<'_, '_>) -> Result<(), Failure> {
        let types = types_of(&self.plan.types, ground.cx);
        let backward = Adjacent::new(ground.cx.graph(), &types, self.plan.direction.reversed());
        let mut sides = [Side::new(aim.from), Side::new(to)];
        let views = [&ground.adjacent, &backward];
        while sides.iter().all(|side| !side.frontier.is_empty()) {
            if sides[0].level + sides[1].level >= aim.max {
                return if aim.limited {
                    Err(too_long(aim.max))
                } else {
                    Ok(())
                };
            }
            let smaller = usize::from(sides[1].frontier.len() < sides[0].frontier.len());
            let all = self.which == Shortest::All;
            sides[smaller].grow(views[smaller], all, &mut self.steps, ground)?;
            let met = sides[smaller].met(&sides[1 - smaller]);
            if !met.is_empty() {
                return self.trace(&sides, &met, ground.cx);
            }
        }
        Ok(())
    }

    /// Puts the walks together that lead through the nodes at which the searches met.
    fn trace(
        &mut self,
        sides: &[Side; 2],
        met: &[NodeId],
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        for node in met {
            let mut heads = sides[0].traces(*node, cx)?;
            heads.iter_mut().for_each(|head| head.reverse());
            let tails = sides[1].traces(*node, cx)?;
            for head in &heads {
                for tail in &tails {
                    if self.walks.len() % CAPACITY == CAPACITY - 1 {
                        has_room(self.walks.len(), head.len() + tail.len(), cx)?;
                    }
                    self.walks.push(head.iter().chain(tail).copied().collect());
                    if self.which == Shortest::Any {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }
}

/// A search from one end.
struct Side {
    /// For each node that was reached how far it is, and the steps by which it was reached from a node one step nearer.
    reached: FxHashMap<NodeId, (u64, Vec<Neighbour>)>,
    frontier: Vec<NodeId>,
    level: u64,
}

impl Side {
    fn new(start: NodeId) -> Self {
        let reached = [(start, (0, Vec::new()))].into_iter().collect();
        Self {
            reached,
            frontier: vec![start],
            level: 0,
        }
    }

    /// Goes one step further. All ways to a node are kept, or the first.
    fn grow(
        &mut self,
        adjacent: &Adjacent<'_>,
        all: bool,
        steps: &mut Steps<'_>,
        ground: &Ground<'_, '_>,
    ) -> Result<(), Failure> {
        let mut scratch = Merged::default();
        let mut list = Vec::new();
        self.level += 1;
        for (number, node) in std::mem::take(&mut self.frontier).into_iter().enumerate() {
            if number % CAPACITY == 0 {
                ground.cx.check()?;
            }
            list.clear();
            list.extend_from_slice(adjacent.of(node, &mut scratch));
            steps.admit(&mut list, 0, ground.chunk, ground.cx)?;
            for entry in &list {
                let back = Neighbour {
                    node,
                    edge: entry.edge,
                };
                match self.reached.get_mut(&entry.node) {
                    None => {
                        self.reached.insert(entry.node, (self.level, vec![back]));
                        self.frontier.push(entry.node);
                    }
                    Some((level, ways)) if all && *level == self.level => ways.push(back),
                    Some(_) => {}
                }
            }
        }
        Ok(())
    }

    /// The nodes of the frontier that another search has reached, ascending.
    fn met(&self, other: &Self) -> Vec<NodeId> {
        let reached = |node: &&NodeId| other.reached.contains_key(node);
        let mut met: Vec<_> = self.frontier.iter().filter(reached).copied().collect();
        met.sort_unstable();
        met
    }

    /// The ways from a node back to the start of the search.
    fn traces(&self, node: NodeId, cx: &Context<'_>) -> Result<Vec<Edges>, Failure> {
        let mut done = Vec::new();
        let mut open = vec![(node, Vec::new())];
        while let Some((node, edges)) = open.pop() {
            let Some((level, ways)) = self.reached.get(&node) else {
                continue;
            };
            if *level == 0 {
                done.push(edges);
                if done.len() % CAPACITY == 0 {
                    cx.check()?;
                }
                continue;
            }
            for way in ways.iter().rev() {
                let mut longer: Edges = edges.clone();
                longer.push(way.edge);
                open.push((way.node, longer));
            }
        }
        Ok(done)
    }
}

impl Spread for ShortestPath<'_> {
    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        let ends = Ends::new(self.plan, chunk)?;
        let ground = Ground::new(self.plan, chunk, cx);
        while cursor.row < chunk.len() && rows.len() < CAPACITY {
            if cursor.offset == 0 {
                self.search(ends.aim(self.plan, cursor.row, cx), cursor.row, &ground)?;
            }
            let end = self.walks.len().min(cursor.offset + room(rows));
            let walks = &self.walks[cursor.offset..end];
            rows.resize(rows.len() + walks.len(), narrow(cursor.row));
            if self.edges.is_some() {
                let reversed = self.plan.reversed;
                self.out
                    .extend(walks.iter().map(|walk| edge_list(walk, reversed)));
            }
            if end < self.walks.len() {
                cursor.offset = end;
            } else {
                cursor.next_row();
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        if let Some(edges) = self.edges {
            out.put(edges, Column::values(std::mem::take(&mut self.out)));
        }
        Ok(())
    }
}
