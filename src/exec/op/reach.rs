//! The ends of trails without the trails: a breadth-first search over the nodes that can be reached.
//!
//! A shortest walk repeats no node, so a trail leads to every other node that a walk of at most the same length leads to.
//! Only from the start back to itself, without direction, walks are not enough: there and back by one relationship is no
//! trail. Each reached node therefore knows the first relationship of its trail, and the start is reached where two
//! trails meet that begin differently.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::{
    base::Direction,
    exec::{
        adjacent::Merged,
        chunk::CAPACITY,
        context::Failure,
        op::{
            admission::Admission,
            search::{Search, Target},
        },
    },
    graph::Neighbour,
    plan::Trail,
    value::{EdgeId, NodeId},
};

/// A breadth-first search that can be suspended and resumed. The minimum length is 0 or 1.
pub(crate) struct Reach<'p> {
    admission: Admission<'p>,
    /// True if relationships are followed in both directions.
    undirected: bool,
    target: Target,
    reached: FxHashMap<NodeId, Way>,
    frontier: VecDeque<NodeId>,
    /// The ends that are found and not yet returned.
    found: VecDeque<NodeId>,
    /// True if the start is found as an end.
    closed: bool,
    /// True if a trail would be longer than the maximum.
    cut: bool,
    /// How each node is reached from the one before it, if trails are traced.
    steps: Option<Steps>,
    expanded: usize,
    scratch: Merged,
    list: Vec<Neighbour>,
}

/// The last relationships of shortest trails.
#[derive(Default)]
struct Steps {
    /// For each reached node but the start, the node before it and the relationship.
    back: FxHashMap<NodeId, (NodeId, EdgeId)>,
    /// The relationship that makes the first trail from the start back to it, and the node that it is followed from.
    closing: Option<(NodeId, Neighbour)>,
}

/// How a node is reached.
#[derive(Clone, Copy)]
struct Way {
    length: u64,
    /// The first relationship; `None` for the start.
    first: Option<EdgeId>,
}

impl<'p> Reach<'p> {
    pub(crate) fn new(trail: &'p Trail) -> Self {
        Self {
            admission: Admission::new(trail, None),
            undirected: trail.direction == Direction::Either,
            target: Target::NONE,
            reached: FxHashMap::default(),
            frontier: VecDeque::new(),
            found: VecDeque::new(),
            closed: false,
            cut: false,
            steps: None,
            expanded: 0,
            scratch: Merged::default(),
            list: Vec::new(),
        }
    }

    /// Keeps the relationships of shortest trails, for [`Self::trace`].
    pub(crate) fn tracing(self) -> Self {
        Self {
            steps: Some(Steps::default()),
            ..self
        }
    }

    /// A shortest trail to an end that was found.
    pub(crate) fn trace(&self, end: NodeId) -> Vec<EdgeId> {
        let Some(steps) = &self.steps else {
            return Vec::new();
        };
        if end != self.target.from {
            let mut edges = steps.to_start(end);
            edges.reverse();
            return edges;
        }
        let Some((node, entry)) = steps.closing else {
            return Vec::new();
        };
        let mut edges = steps.to_start(node);
        edges.reverse();
        edges.push(entry.edge);
        edges.extend(steps.to_start(entry.node));
        edges
    }

    /// Starts the search for a row.
    pub(crate) fn begin(&mut self, target: Target, search: &Search<'_>) -> Result<(), Failure> {
        self.target = target;
        self.forget();
        self.frontier.clear();
        self.found.clear();
        if let Some(steps) = &mut self.steps {
            *steps = Steps::default();
        }
        self.scratch.refresh(search.cx);
        self.cut = false;
        self.closed = target.min == 0;
        if target.from.is_none() || !target.may_fit() {
            return Ok(());
        }
        self.admission.begin(target.row, search)?;
        let start = Way {
            length: 0,
            first: None,
        };
        self.reached.insert(target.from, start);
        self.frontier.push_back(target.from);
        self.found.extend(self.closed.then_some(target.from));
        Ok(())
    }

    /// Removes the reached nodes. The memory of many is not kept, because clearing it takes time for every row.
    fn forget(&mut self) {
        if self.reached.capacity() > 2 * CAPACITY {
            self.reached = FxHashMap::default();
        } else {
            self.reached.clear();
        }
    }

    /// The next node that a trail ends at; each node once.
    pub(crate) fn advance(&mut self, search: &Search<'_>) -> Result<Option<NodeId>, Failure> {
        while self.found.is_empty()
            && let Some(node) = self.frontier.pop_front()
        {
            self.expand(node, search)?;
        }
        if self.found.is_empty() && std::mem::take(&mut self.cut) {
            self.target.check_limit()?;
        }
        Ok(self.found.pop_front())
    }

    /// Follows the relationships of a node.
    fn expand(&mut self, node: NodeId, search: &Search<'_>) -> Result<(), Failure> {
        self.expanded = self.expanded.wrapping_add(1);
        if self.expanded.is_multiple_of(CAPACITY) {
            search.cx.check()?;
        }
        let way = self.reached[&node];
        if way.length >= self.target.max && !self.target.limited {
            return Ok(());
        }
        let mut list = std::mem::take(&mut self.list);
        list.clear();
        list.extend_from_slice(search.adjacent.of(node, &mut self.scratch));
        self.admission.admit(&mut list, 0, search)?;
        list.iter().for_each(|entry| self.follow(node, way, entry));
        self.list = list;
        Ok(())
    }

    /// Follows a relationship of a node that is reached by `way`.
    fn follow(&mut self, node: NodeId, way: Way, entry: &Neighbour) {
        let other = self.reached.get(&entry.node).copied();
        let length = way.length + 1 + other.map_or(0, |other| other.length);
        if other.is_some_and(|other| !self.closes(way, entry, other)) {
            return;
        }
        if length > self.target.max {
            self.cut = true;
        } else if other.is_some() {
            self.closed = true;
            self.found.push_back(self.target.from);
            if let Some(steps) = &mut self.steps {
                steps.closing = Some((node, *entry));
            }
        } else {
            if let Some(steps) = &mut self.steps {
                steps.back.insert(entry.node, (node, entry.edge));
            }
            let first = way.first.or(Some(entry.edge));
            self.reached.insert(entry.node, Way { length, first });
            self.frontier.push_back(entry.node);
            self.found.push_back(entry.node);
        }
    }

    /// Whether a relationship to a reached node makes the first trail from the start back to it.
    fn closes(&self, way: Way, entry: &Neighbour, other: Way) -> bool {
        if self.closed {
            false
        } else if entry.node == self.target.from {
            way.first != Some(entry.edge)
        } else {
            self.undirected && way.first != other.first
        }
    }
}

impl Steps {
    /// The relationships from a node back to the start.
    fn to_start(&self, mut node: NodeId) -> Vec<EdgeId> {
        let mut edges = Vec::new();
        while let Some((before, edge)) = self.back.get(&node) {
            edges.push(*edge);
            node = *before;
        }
        edges
    }
}
