//! `Message`: the sum of the weights of the neighbours of a node, which multiplies a row.
//!
//! The weights are dense, by node id. The sums are kept once the lists that were read are as long as all lists together,
//! so that no more than two passes over the adjacency are made, and a few rows read only their own lists.

mod weights;

use std::{borrow::Cow, sync::Arc};

pub(crate) use self::weights::Weights;
use crate::{
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::{Chunk, too_many},
        context::{Context, Failure, placeless},
        marks::Marks,
        op::extend::{Asked, Emitted, Extend, Extender},
        operator::{Operator, Source, Step},
    },
    graph::{
        Graph, Neighbour,
        intersect::{contains, intersect, intersect2},
    },
    plan::{self, Arm, Exception, MessageKind, Node, Same, Slot},
    value::{Column, EdgeId, NodeId, Value},
};

pub(crate) struct Message<'p> {
    /// Gives the weights; without it every node has the weight 1.
    weights: Option<Source<'p>>,
    /// The node in the rows of `weights`.
    node: Slot,
    filled: bool,
    /// Whether the weights are from a run before the last reset.
    old: bool,
    rows: Extender<'p, Weigh<'p>>,
}

impl<'p> Message<'p> {
    pub(crate) fn new(
        rows: Source<'p>,
        weights: Option<Source<'p>>,
        plan: &'p plan::Message,
        node: &'p Node,
    ) -> Self {
        let live = &node.output;
        let counted = node.is_counted();
        Self {
            weights,
            node: plan.node,
            filled: false,
            old: false,
            rows: Extender::new(rows, live, Weigh::new(plan), counted),
        }
    }

    /// A message whose weights are known.
    pub(crate) fn with_weights(
        rows: Source<'p>,
        weights: Arc<Weights>,
        plan: &'p plan::Message,
        node: &'p Node,
    ) -> Self {
        let mut message = Self::new(rows, None, plan, node);
        message.rows.extend.weights = weights;
        message
    }

    /// Reads the weights.
    fn fill(&mut self, cx: &mut Context<'_>) -> Result<(), Failure> {
        self.filled = true;
        if let Some(source) = &mut self.weights {
            let weights = Weights::of_rows(source, self.node, cx)?;
            self.rows.extend.weights = Arc::new(weights);
        }
        Ok(())
    }
}

impl Operator for Message<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if std::mem::take(&mut self.old) && cx.may_write() {
            self.weights.iter_mut().for_each(Source::reset);
            self.filled = false;
        }
        if !self.filled {
            self.fill(cx)?;
        }
        self.rows.next(cx)
    }

    fn reset(&mut self) {
        self.rows.reset();
        self.old = true;
    }
}

/// Weighs rows.
struct Weigh<'p> {
    plan: &'p plan::Message,
    weights: Arc<Weights>,
    /// The number of neighbours read so far.
    read: usize,
    /// The node of the last row, and its sum.
    last: (NodeId, u64),
    /// The values of the rows since the last call of `finish`.
    counts: Vec<i64>,
    scratch: Vec<Merged>,
    /// The neighbours along each arm of an exception.
    marks: Vec<Marks>,
}

impl<'p> Weigh<'p> {
    fn new(plan: &'p plan::Message) -> Self {
        let lists = plan.arms.len() + plan.exceptions.len() + usize::from(plan.partner.is_some());
        Self {
            plan,
            weights: Arc::default(),
            read: 0,
            last: (NodeId::NONE, 0),
            counts: Vec::new(),
            scratch: (0..lists).map(|_| Merged::default()).collect(),
            marks: plan.exceptions.iter().map(|_| Marks::default()).collect(),
        }
    }

    /// True if the message is the number of neighbours, so that no list is read.
    fn counts_degrees(&self) -> bool {
        self.plan.is_degree()
    }

    /// The multiplicity of a row by its message.
    fn becomes(&self, message: u64) -> u64 {
        match self.plan.kind {
            MessageKind::Product | MessageKind::Count(_) => message,
            MessageKind::Optional => message.max(1),
            MessageKind::Semi => message.min(1),
            MessageKind::Anti => u64::from(message == 0),
        }
    }

    /// The message of a row, before what becomes of it.
    fn weigh(&mut self, view: &View<'_>, row: usize) -> Result<u64, Failure> {
        let [arm] = view.arms.as_slice() else {
            let sum = self.common(view, row);
            return u64::try_from(sum).map_err(|_| too_many());
        };
        if let Some(sum) = self.degree_but_nodes(arm, view, row) {
            return Ok(sum);
        }
        let sum = self.sum(arm, view.bound, arm.from[row])?;
        if sum == 0 {
            return Ok(0);
        }
        let mut sum = u128::from(sum);
        if !view.exceptions.is_empty() {
            // The exceptions are part of the sum.
            sum -= self.excepted(arm, view, row);
        }
        if let Some((partner, same)) = &view.partner {
            let choices = u128::from(partner.adjacent.degree(partner.from[row]));
            sum *= choices;
            if sum > 0 {
                sum -= self.same(arm, partner, *same, view, row);
            }
        }
        u64::try_from(sum).map_err(|_| too_many())
    }

    /// The number of neighbours along the only arm except one node, without their list.
    fn degree_but_nodes(&self, arm: &Lists<'_>, view: &View<'_>, row: usize) -> Option<u64> {
        let ([Excepted::Node(nodes)], None, true) = (
            view.exceptions.as_slice(),
            &view.partner,
            self.weights.is_uniform(),
        ) else {
            return None;
        };
        let from = arm.from[row];
        Some(arm.adjacent.degree(from) - arm.adjacent.count_between(from, nodes[row]))
    }

    /// The sum over the pairs of a neighbour along the only arm and a partner that are the same.
    fn same(
        &mut self,
        arm: &Lists<'_>,
        partner: &Lists<'_>,
        same: Same,
        view: &View<'_>,
        row: usize,
    ) -> u128 {
        let (from, other) = (arm.from[row], partner.from[row]);
        let (own, rest) = self.scratch.split_at_mut(1);
        let list = arm.adjacent.of(from, &mut own[0]);
        let others = partner.adjacent.of(other, &mut rest[view.exceptions.len()]);
        let mut total = 0;
        let mut add = |node, choices: u128| {
            let mut exceptions = view.exceptions.iter();
            if choices > 0 && !exceptions.any(|exception| exception.holds(node, None, row)) {
                total += u128::from(self.weights.of(node)) * choices;
            }
        };
        match same {
            Same::Node => intersect2(list, others, |node, a, b| {
                add(node, a.len() as u128 * b.len() as u128);
            }),
            Same::Edge if from == other => intersect2(list, others, |node, a, b| {
                add(node, common_edges(a, b));
            }),
            // The relationship joins both nodes.
            Same::Edge => add(
                other,
                common_edges(contains(list, other), contains(others, from)),
            ),
        }
        total
    }

    /// The sum of the weights of the neighbours of a node.
    fn sum(&mut self, arm: &Lists<'_>, bound: usize, from: NodeId) -> Result<u64, Failure> {
        if self.weights.is_uniform() {
            return Ok(arm.adjacent.degree(from));
        }
        if self.last.0 == from && !from.is_none() {
            return Ok(self.last.1);
        }
        if let Some(known) = self.weights.known_sum(from) {
            return Ok(known);
        }
        let list = arm.adjacent.of(from, &mut self.scratch[0]);
        self.read += list.len();
        let sum = u64::try_from(self.weights.sum(list)).map_err(|_| too_many())?;
        if self.read > arm.adjacent.total() {
            self.weights.keep_sums(bound);
        }
        self.weights.keep_sum(from, sum);
        self.last = (from, sum);
        Ok(sum)
    }

    /// The part of the sum of the only arm that is excepted, each node once.
    fn excepted(&mut self, arm: &Lists<'_>, view: &View<'_>, row: usize) -> u128 {
        let weights = &self.weights;
        let (own, others) = self.scratch.split_at_mut(1);
        let from = arm.from[row];
        let list = arm.adjacent.of(from, &mut own[0]);
        // The weight of those of some relationships to a node that no exception before a position excepts.
        let part = |node, run: &[Neighbour], position: usize| {
            let earlier = view.exceptions[..position].iter();
            let is_new = |entry: &&Neighbour| {
                !earlier
                    .clone()
                    .any(|earlier| earlier.holds(node, Some(entry.edge), row))
            };
            let choices = match earlier.len() {
                0 => run.len(),
                _ => run.iter().filter(is_new).count(),
            };
            u128::from(weights.of(node)) * choices as u128
        };
        let mut total = 0;
        for (position, exception) in view.exceptions.iter().enumerate() {
            let Excepted::Adjacent(lists) = exception else {
                let (node, run) = exception.run(list, from, view.graph, row);
                total += part(node, run, position);
                continue;
            };
            let (marks, scratch) = (&mut self.marks[position], &mut others[position]);
            if !marks.mark(&lists.from, row, &lists.adjacent, scratch) {
                let other = lists.adjacent.of(lists.from[row], scratch);
                intersect2(list, other, |node, run, _| {
                    total += part(node, run, position)
                });
                continue;
            }
            let before = &view.exceptions[..position];
            if before.iter().any(Excepted::is_adjacent) {
                for entry in list.iter().filter(|entry| marks.count(entry.node) > 0) {
                    total += part(entry.node, std::slice::from_ref(entry), position);
                }
                continue;
            }
            // All of the list in one pass, without those that the exceptions before except.
            total += weights.sum_marked(list, marks);
            for (position, earlier) in before.iter().enumerate() {
                let (node, run) = earlier.run(list, from, view.graph, row);
                if marks.count(node) > 0 {
                    total -= part(node, run, position);
                }
            }
        }
        total
    }

    /// The sum of the weights of the common neighbours of several arms, without those that are excepted.
    fn common(&mut self, view: &View<'_>, row: usize) -> u128 {
        let arms = view.arms.iter().zip(&mut self.scratch);
        let lists = arms.map(|(arm, scratch)| arm.adjacent.of(arm.from[row], scratch));
        let lists: Vec<_> = lists.collect();
        let mut total = 0;
        let mut add = |node, choices: u128| {
            let mut exceptions = view.exceptions.iter();
            if !exceptions.any(|exception| exception.holds(node, None, row)) {
                total += u128::from(self.weights.of(node)) * choices;
            }
        };
        match lists.as_slice() {
            [left, right] => intersect2(left, right, |node, a, b| {
                add(node, a.len() as u128 * b.len() as u128);
            }),
            lists => intersect(lists, |node, runs| {
                add(node, runs.iter().map(|run| run.len() as u128).product());
            }),
        }
        total
    }
}

/// The number of relationships in both of two sorted lists.
fn common_edges(one: &[Neighbour], other: &[Neighbour]) -> u128 {
    let found = |entry: &&Neighbour| {
        other
            .binary_search_by_key(&entry.edge, |it| it.edge)
            .is_ok()
    };
    one.iter().filter(found).count() as u128
}

/// The nodes of the rows, and their neighbour lists.
struct Lists<'c> {
    from: Cow<'c, [NodeId]>,
    adjacent: Adjacent<'c>,
}

impl<'c> Lists<'c> {
    fn new(arm: &Arm, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Self, Failure> {
        Ok(Self {
            from: chunk.nodes(arm.from).map_err(placeless)?,
            adjacent: Adjacent::new(&arm.types, arm.direction, cx),
        })
    }
}

impl Lists<'_> {
    fn touch(&self) {
        self.adjacent.touch(&self.from);
    }
}

/// An exception, with its values in the rows.
enum Excepted<'c> {
    Node(Cow<'c, [NodeId]>),
    Edge(Vec<EdgeId>),
    Adjacent(Lists<'c>),
}

impl<'c> Excepted<'c> {
    fn new(plan: &Exception, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Self, Failure> {
        Ok(match plan {
            Exception::Node(slot) => Self::Node(chunk.nodes(*slot).map_err(placeless)?),
            Exception::Edge(slot) => Self::Edge(edges(chunk, *slot)),
            Exception::Adjacent(arm) => Self::Adjacent(Lists::new(arm, chunk, cx)?),
        })
    }

    fn is_adjacent(&self) -> bool {
        matches!(self, Self::Adjacent(_))
    }

    /// The only node of a list that the exception excepts, and its relationships that it excepts; none for an exception by
    /// adjacency. `from` is the node whose list it is.
    fn run<'l>(
        &self,
        list: &'l [Neighbour],
        from: NodeId,
        graph: &Graph,
        row: usize,
    ) -> (NodeId, &'l [Neighbour]) {
        match self {
            Self::Node(nodes) => (nodes[row], contains(list, nodes[row])),
            Self::Edge(edges) => {
                let (source, target) = graph.endpoints(edges[row]);
                let node = if source == from { target } else { source };
                let mut run = contains(list, node).iter();
                let entry = run.find(|entry| entry.edge == edges[row]);
                (node, entry.map_or(&[], std::slice::from_ref))
            }
            Self::Adjacent(_) => (NodeId::NONE, &[]),
        }
    }

    /// Whether the exception holds for a neighbour of a row and the relationship to it.
    fn holds(&self, node: NodeId, edge: Option<EdgeId>, row: usize) -> bool {
        match self {
            Self::Node(nodes) => nodes[row] == node,
            Self::Edge(edges) => edge == Some(edges[row]),
            Self::Adjacent(lists) => lists.adjacent.count_between(lists.from[row], node) > 0,
        }
    }
}

/// The relationships of a slot; `NONE` for null.
fn edges(chunk: &Chunk, slot: Slot) -> Vec<EdgeId> {
    let column = chunk.column(slot);
    let edge = |row| match &*column.peek(row) {
        Value::Relationship(edge) => *edge,
        _ => EdgeId::NONE,
    };
    (0..chunk.len()).map(edge).collect()
}

/// What the message reads of the graph and of a chunk.
pub(crate) struct View<'c> {
    graph: &'c Graph,
    bound: usize,
    arms: Vec<Lists<'c>>,
    partner: Option<(Lists<'c>, Same)>,
    exceptions: Vec<Excepted<'c>>,
}

impl Extend for Weigh<'_> {
    type View<'c> = View<'c>;

    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        self.scratch
            .iter_mut()
            .for_each(|merged| merged.refresh(cx));
        self.marks.iter_mut().for_each(|marks| marks.refresh(cx));
        if self.counts_degrees() {
            return Ok(());
        }
        let view = self.view(chunk, cx)?;
        let partner = view.partner.iter().map(|(lists, _)| lists);
        for lists in view.arms.iter().chain(partner) {
            lists.touch();
        }
        for exception in &view.exceptions {
            if let Excepted::Adjacent(lists) = exception {
                lists.touch();
            }
        }
        Ok(())
    }

    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<View<'c>, Failure> {
        let arms = self.plan.arms.iter();
        let arms = arms.map(|arm| Lists::new(arm, chunk, cx));
        let exceptions = self.plan.exceptions.iter();
        let exceptions = exceptions.map(|exception| Excepted::new(exception, chunk, cx));
        let partner = self.plan.partner.as_ref().map(|partner| {
            let lists = Lists::new(&partner.arm, chunk, cx)?;
            Ok::<_, Failure>((lists, partner.same))
        });
        Ok(View {
            graph: cx.graph(),
            bound: cx.graph().node_bound(),
            arms: arms.collect::<Result<_, _>>()?,
            partner: partner.transpose()?,
            exceptions: exceptions.collect::<Result<_, _>>()?,
        })
    }

    fn count(&mut self, view: &View<'_>, row: usize) -> Result<u64, Failure> {
        if let MessageKind::Count(_) = self.plan.kind {
            return Ok(1);
        }
        let message = self.weigh(view, row)?;
        Ok(self.becomes(message))
    }

    fn count_all(&mut self, view: &View<'_>, from: usize) -> Option<Vec<u64>> {
        let [arm] = view.arms.as_slice() else {
            return None;
        };
        if !self.counts_degrees() || matches!(self.plan.kind, MessageKind::Count(_)) {
            return None;
        }
        let mut counts = arm.adjacent.degrees(&arm.from[from..]);
        counts
            .iter_mut()
            .for_each(|count| *count = self.becomes(*count));
        Some(counts)
    }

    fn emit(&mut self, view: &View<'_>, asked: Asked) -> Result<Emitted, Failure> {
        let message = self.weigh(view, asked.row)?;
        self.counts
            .push(i64::try_from(message).map_err(|_| too_many())?);
        Ok(Emitted::All(1))
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        let counts = std::mem::take(&mut self.counts);
        if let MessageKind::Count(slot) = self.plan.kind {
            out.put(slot, Column::integers(counts));
        }
        Ok(())
    }
}
