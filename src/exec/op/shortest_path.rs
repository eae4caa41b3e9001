//! `ShortestPath` and `AllShortestPaths`: the shortest trails between two nodes of a row.
//!
//! Between different nodes, two breadth-first searches meet in the middle: a shortest walk repeats no node, so it is a
//! trail. Trails with a minimum length above 1, and trails from a node to itself, are searched in order of length.

use rustc_hash::FxHashMap;

use crate::{
    exec::{
        adjacent::Adjacent,
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure},
        op::{
            admission::Admission,
            by_length::{ByLength, Edges, has_room},
            extend::{Asked, Emitted, Extend},
            search::{Search, Target, edge_list},
        },
    },
    graph::Neighbour,
    plan::{self, Shortest, Slot, SlotSet},
    value::{Column, NodeId, Value},
};

pub(crate) struct ShortestPath<'p> {
    plan: &'p plan::ShortestPath,
    edges: Option<Slot>,
    admission: Admission<'p>,
    longer: ByLength<'p>,
    /// The trails of the row at the cursor.
    trails: Vec<Edges>,
    out: Vec<Value>,
}

impl<'p> ShortestPath<'p> {
    pub(crate) fn new(plan: &'p plan::ShortestPath, live: &SlotSet) -> Self {
        Self {
            plan,
            edges: plan.trail.edges.filter(|slot| live.contains(*slot)),
            admission: Admission::new(&plan.trail, plan.node_predicate.as_ref()),
            longer: ByLength::new(plan),
            trails: Vec::new(),
            out: Vec::new(),
        }
    }

    /// Finds the trails of a row.
    fn search(&mut self, row: usize, search: &Search<'_>) -> Result<(), Failure> {
        self.trails.clear();
        let target = search.target(row);
        let Some(to) = target.end() else {
            return Ok(());
        };
        if !self.admission.admits_ends(&target, search)? {
            return Ok(());
        }
        if target.min == 0 && target.from == to {
            self.trails.push(Vec::new());
            Ok(())
        } else if target.min > 1 || target.from == to {
            self.deepen(target, search)
        } else {
            self.meet(target, to, search)
        }
    }

    /// Searches one length after another until there are trails.
    fn deepen(&mut self, target: Target, search: &Search<'_>) -> Result<(), Failure> {
        let most = match self.plan.selector {
            Shortest::Any => 1,
            Shortest::All => usize::MAX,
        };
        self.longer.begin(target, search)?;
        loop {
            self.longer.find(most, search, &mut self.trails)?;
            if !self.trails.is_empty() || !self.longer.lengthen(search)? {
                return Ok(());
            }
        }
    }

    /// Two searches that meet.
    fn meet(&mut self, target: Target, to: NodeId, search: &Search<'_>) -> Result<(), Failure> {
        let trail = &self.plan.trail;
        let backward = Adjacent::new(&trail.types, trail.direction.reversed(), search.cx);
        let mut sides = [Side::new(target.from), Side::new(to)];
        let views = [&search.adjacent, &backward];
        while sides.iter().all(|side| !side.frontier.is_empty()) {
            if sides[0].level + sides[1].level >= target.max {
                return target.check_limit();
            }
            let smaller = usize::from(sides[1].frontier.len() < sides[0].frontier.len());
            let all = self.plan.selector == Shortest::All;
            sides[smaller].grow(views[smaller], all, &mut self.admission, search)?;
            let met = sides[smaller].met(&sides[1 - smaller]);
            if !met.is_empty() {
                return self.trace(&sides, &met, search.cx);
            }
        }
        Ok(())
    }

    /// Joins the halves of the trails at the nodes where the searches met.
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
                    if self.trails.len() % CAPACITY == CAPACITY - 1 {
                        has_room(self.trails.len(), head.len() + tail.len(), cx)?;
                    }
                    self.trails.push(head.iter().chain(tail).copied().collect());
                    if self.plan.selector == Shortest::Any {
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
    /// For each reached node, its distance, and the relationships from nodes at the distance before.
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

    /// Extends the search by one level. Keeps all shortest trails to a node, or only the first.
    fn grow(
        &mut self,
        adjacent: &Adjacent<'_>,
        all: bool,
        admission: &mut Admission<'_>,
        search: &Search<'_>,
    ) -> Result<(), Failure> {
        self.level += 1;
        let nodes = std::mem::take(&mut self.frontier);
        admission.each_admitted(&nodes, adjacent, search, |node, entry| {
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
        })
    }

    /// The nodes of the frontier that another search has reached, ascending.
    fn met(&self, other: &Self) -> Vec<NodeId> {
        let reached = |node: &&NodeId| other.reached.contains_key(node);
        let mut met: Vec<_> = self.frontier.iter().filter(reached).copied().collect();
        met.sort_unstable();
        met
    }

    /// The shortest trails from a node back to the start of the search.
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

impl Extend for ShortestPath<'_> {
    type View<'c> = Search<'c>;

    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Search<'c>, Failure> {
        Search::new(&self.plan.trail, true, chunk, cx)
    }

    fn count(&mut self, search: &Search<'_>, row: usize) -> Result<u64, Failure> {
        self.search(row, search)?;
        Ok(self.trails.len() as u64)
    }

    fn emit(&mut self, search: &Search<'_>, asked: Asked) -> Result<Emitted, Failure> {
        if asked.is_first() {
            self.search(asked.row, search)?;
        }
        let (part, emitted) = asked.part(self.trails.len());
        if self.edges.is_some() {
            let reversed = self.plan.trail.reversed;
            let lists = self.trails[part].iter();
            self.out
                .extend(lists.map(|edges| edge_list(edges, reversed)));
        }
        Ok(emitted)
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        if let Some(edges) = self.edges {
            out.put(edges, Column::values(std::mem::take(&mut self.out)));
        }
        Ok(())
    }
}
