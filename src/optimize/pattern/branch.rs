//! Branches: parts of a pattern that matter only by their number, so that a message counts them.
//!
//! A branch hangs on the rest of the pattern by one of its nodes, its target. Neither the branch nor the relationships to
//! its target, its arms, are read elsewhere, except by predicates that become exceptions of the message.

use crate::{
    optimize::{
        cost,
        pattern::{
            Counting, Step,
            elements::{Elements, Mask, members},
            emit::Emitter,
            implied::different,
            lookup::label_of,
            problem::{Form, Problem},
            search::{Move, Scope, State},
            shape::Shape,
        },
    },
    plan::{self, Arm, Exception, Expr, ExprKind, Message, MessageKind, Op, PatternEdge, Slot},
};

/// Maximum number of relationships of a pattern whose branches are planned.
const MOST_BRANCHED: usize = 16;
/// Cost of a neighbour in a pass over an adjacency whose weights fit into the caches; a row that is expanded costs 1.
const PASS: f64 = 0.2;
/// Cost of a neighbour in a pass over an adjacency whose weights do not fit into the caches.
const LARGE_PASS: f64 = 0.8;
/// Cost of a row that is multiplied by a message.
const PROBE: f64 = 0.5;
/// Cost per node of the graph of an array of weights.
const WEIGHT: f64 = 0.02;

/// A branch with its plan.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    shape: Shape,
    /// Finds the nodes of the target with their multiplicities.
    plan: State,
}

impl Problem<'_> {
    /// The branches of the pattern, each with the plan of lowest cost.
    pub(super) fn branches(&self) -> Vec<Branch> {
        if self.counting == Counting::Never || self.edges.len() > MOST_BRANCHED {
            return Vec::new();
        }
        let targets = (0..self.nodes.len()).flat_map(|target| self.shapes(target));
        let mut shapes: Vec<Shape> = targets.collect();
        // A branch contains smaller ones.
        shapes.sort_by_key(|shape| shape.inside.len());
        let mut branches: Vec<Branch> = Vec::new();
        for shape in shapes {
            let scope = Scope::part(shape.inside, Elements::node(shape.target));
            let messages = |state: &State| self.messages(state, &scope, &branches);
            if let Some(plan) = self.search(&scope, messages) {
                let pair = self.with_partner(&shape).map(|shape| Branch {
                    shape,
                    plan: plan.clone(),
                });
                branches.push(Branch { shape, plan });
                branches.extend(pair);
            }
        }
        branches
    }

    /// The branches whose target is a node: all of its sides but one.
    fn shapes(&self, target: usize) -> Vec<Shape> {
        let own = Elements::node(target);
        if self.held.plus(self.bound).has_node(target) {
            return Vec::new();
        }
        let sides: Vec<(Elements, Mask)> = (self.components(own).into_iter())
            .map(|side| (side, side.edges & self.nodes[target].edges))
            .filter(|(_, arms)| *arms != 0)
            .collect();
        let others = |rest: usize| {
            let others = sides.iter().enumerate().filter(|(at, _)| *at != rest);
            others.fold(own, |inside, (_, (side, _))| inside.plus(*side))
        };
        let shapes = sides.iter().enumerate();
        shapes
            .filter_map(|(at, (_, arms))| self.shape(target, *arms, others(at)))
            .collect()
    }

    /// The parts of the pattern that nothing connects without a node: no relationship, predicate or uniqueness test.
    fn components(&self, without: Elements) -> Vec<Elements> {
        let mut components: Vec<Elements> = Vec::new();
        for link in self.links() {
            let link = link.minus(without);
            let (joined, apart): (Vec<_>, Vec<_>) = components
                .into_iter()
                .partition(|component| !component.is_disjoint(link));
            components = apart;
            components.push(joined.into_iter().fold(link, Elements::plus));
        }
        components
    }

    /// Sets of elements that belong together.
    fn links(&self) -> impl Iterator<Item = Elements> {
        let edges = self.edges.iter().enumerate().map(|(position, edge)| {
            let rivals = Elements {
                nodes: 0,
                edges: edge.rivals,
            };
            let ends = edge.ends().plus(Elements::edge(position));
            ends.plus(edge.reads.elements).plus(rivals)
        });
        let conditions = self.conditions.iter();
        let conditions = conditions.map(|condition| condition.reads.elements);
        // A relationship and its rival are linked, but not by the ends of the rival.
        edges.chain(conditions).chain(self.needs.iter().copied())
    }

    /// The branch of these elements, if it can be counted.
    fn shape(&self, target: usize, arms: Mask, inside: Elements) -> Option<Shape> {
        let adds = Elements {
            edges: inside.edges | arms,
            ..inside
        };
        let all = || members(adds.edges).map(|edge| &self.edges[edge]);
        let counted = self.held.plus(self.bound).is_disjoint(adds)
            && all().all(|edge| edge.form == Form::Plain)
            && !(self.edges.iter()).any(|edge| !edge.reads.elements.is_disjoint(adds));
        if !counted {
            return None;
        }
        let mut shape = Shape {
            target,
            arms,
            inside,
            exceptions: Vec::new(),
            requires: Elements::default(),
            uniform: inside == Elements::node(target),
            partner: None,
        };
        shape.requires = self.sources(&shape);
        for arm in members(arms) {
            shape.requires.edges |= self.edges[arm].rivals;
        }
        // The exception of a relationship is about the only arm, and about one relationship.
        let rivals = shape.requires.edges;
        let all_plain = members(rivals).all(|rival| self.edges[rival].form == Form::Plain);
        if rivals != 0 && (arms.count_ones() > 1 || rivals & arms != 0 || !all_plain) {
            return None;
        }
        for position in 0..self.conditions.len() {
            self.take_condition(&mut shape, position)?;
        }
        let plain = shape.uniform && shape.exceptions.is_empty() && shape.requires.edges == 0;
        (!plain).then_some(shape)
    }

    /// Adds a condition to a branch; `None` if it is neither inside, nor outside, nor an exception.
    fn take_condition(&self, shape: &mut Shape, position: usize) -> Option<()> {
        let condition = &self.conditions[position];
        let reads = condition.reads.elements;
        if reads.is_disjoint(shape.adds()) {
            return Some(());
        }
        if shape.inside.contains(reads) {
            shape.uniform &= self.is_implied(shape, position);
            return condition.countable.then_some(());
        }
        let other = self.excepted(shape, position)?;
        // A bound node may be null.
        if !self.bound.is_disjoint(other) || !other.is_disjoint(shape.inside) {
            return None;
        }
        shape.requires = shape.requires.plus(other);
        shape.exceptions.push(position);
        Some(())
    }

    /// The other node of a condition that is an exception.
    fn excepted(&self, shape: &Shape, position: usize) -> Option<Elements> {
        let target = self.node_slot(shape.target);
        let (other, _) = exception(self.predicate(position), target)?;
        Some(Elements::node(self.node_at(other)?))
    }

    /// The nodes that the arms and exceptions start from.
    pub(super) fn sources(&self, shape: &Shape) -> Elements {
        let arms = members(shape.arms);
        let arms = arms.map(|arm| Elements::node(self.edges[arm].towards(shape.target).0));
        let exceptions = shape.exceptions.iter();
        let exceptions = exceptions.filter_map(|position| self.excepted(shape, *position));
        arms.chain(exceptions)
            .fold(Elements::default(), Elements::plus)
    }

    /// True if every node that an arm leads to passes a label test, by the statistics.
    fn is_implied(&self, shape: &Shape, position: usize) -> bool {
        let slot = self.node_slot(shape.target);
        let Some(label) = label_of(self.predicate(position), slot) else {
            return false;
        };
        members(shape.arms).any(|arm| self.implies(arm, shape.target, label.id))
    }

    /// The steps that count a branch.
    pub(super) fn messages(&self, state: &State, scope: &Scope, branches: &[Branch]) -> Vec<Move> {
        let candidates = branches.iter().enumerate();
        let usable = candidates.filter(|(_, Branch { shape, .. })| {
            scope.all.contains(shape.adds())
                && state.known.is_disjoint(shape.adds())
                && state.known.contains(shape.requires)
        });
        usable
            .map(|(position, branch)| self.message(state, position, branch))
            .collect()
    }

    fn message(&self, state: &State, position: usize, branch: &Branch) -> Move {
        let Branch { shape, plan } = branch;
        let edges = || members(shape.arms).map(|edge| &self.edges[edge]);
        let degree = edges()
            .map(|edge| edge.towards(shape.target).1)
            .fold(f64::INFINITY, f64::min);
        let shares: f64 = edges().map(|edge| edge.share).product();
        let access = edges().map(|edge| self.access(state, edge.towards(shape.target).0));
        let access = access.fold(1.0, f64::max);
        // The probability that a partner is found, the number of partners, and the cost of finding them.
        let partner = shape.partner.as_ref().map(|partner| {
            let (source, degree) = self.edges[partner.arm].towards(partner.node);
            let found = self.edges[partner.arm].share * self.nodes[partner.node].size;
            (found, self.access(state, source) + degree * PASS)
        });
        let (partners, paired) = partner.unwrap_or((1.0, 0.0));
        let per_neighbour = if self.is_large { LARGE_PASS } else { PASS };
        let nodes = cost::nodes(self.stats, None);
        let build = if shape.uniform {
            0.0
        } else {
            plan.cost + plan.rows + nodes * WEIGHT
        };
        let rows = state.rows * self.input_rows;
        let pass = match shape.arms.count_ones() {
            1 if shape.uniform => 0.0,
            1 => {
                let source = members(shape.arms).next().unwrap_or(0);
                let (from, degree) = self.edges[source].towards(shape.target);
                rows.min(self.nodes[from].scan) * (1.0 + degree) * per_neighbour
            }
            _ => rows * (1.0 + degree) * 1.5,
        };
        let excepted = shape.exceptions.len() as f64 + f64::from(shape.requires.edges != 0);
        let cost = (build + pass) / self.input_rows
            + state.rows * (PROBE * access + paired + excepted * (1.0 + degree * PASS));
        let work = match self.counting {
            Counting::Always => 0.0,
            Counting::ByCost | Counting::Never => cost,
        };
        let matches = shares * plan.rows * partners;
        let kept = matches.min(1.0);
        Move {
            step: Step::Message(position),
            adds: shape.adds(),
            rows: state.rows * kept,
            work,
            counted: (0..self.conditions.len()).collect(),
            fold: plan.fold * matches / kept.max(1e-12),
        }
    }
}

/// The node that a node must not be, or must not be a neighbour of; for the latter, the exception.
fn exception(predicate: &Expr, target: Slot) -> Option<(Slot, Exception)> {
    if let Some((left, right)) = different(predicate) {
        let other = if left == target { right } else { left };
        return (left == target || right == target).then_some((other, Exception::Node(other)));
    }
    match &predicate.kind {
        ExprKind::Not(inner) => {
            let ExprKind::HasEdge {
                from,
                to,
                types,
                direction,
            } = &inner.kind
            else {
                return None;
            };
            let (other, direction) = if *to == target {
                (*from, *direction)
            } else {
                (*to, direction.reversed())
            };
            let arm = Arm {
                from: other,
                direction,
                types: types.clone(),
                edge: None,
            };
            (*from == target || *to == target).then_some((other, Exception::Adjacent(arm)))
        }
        _ => None,
    }
}

impl Emitter<'_, '_, '_> {
    /// Multiplies the rows by the message of a branch.
    pub(super) fn message(&mut self, position: usize) {
        let Branch { shape, plan } = &self.pattern.branches[position];
        let node = self.node(shape.target);
        let arms = members(shape.arms).map(|edge| arm(self.edge(edge), node));
        let arms: Vec<Arm> = arms.collect();
        let mut exceptions = Vec::new();
        for condition in &shape.exceptions {
            let predicate = &self.pattern.graph.predicates[*condition];
            exceptions.extend(exception(predicate, node).map(|(_, exception)| exception));
            self.waiting.drop(*condition);
        }
        let partner = shape.partner.as_ref().map(|partner| {
            let node = self.node(partner.node);
            plan::Partner {
                node,
                arm: arm(self.edge(partner.arm), node),
                same: partner.same,
            }
        });
        if let Some(condition) = shape.partner.as_ref().and_then(|partner| partner.condition) {
            self.waiting.drop(condition);
        }
        // A test of a node costs less than one of its neighbours.
        exceptions.sort_by_key(|exception| matches!(exception, Exception::Adjacent(_)));
        let rivals = members(shape.requires.edges).map(|edge| self.edge(edge).slot);
        exceptions.extend(rivals.map(Exception::Edge));
        let mut own = self.slots_of(shape.inside);
        let message = Op::Message(Message {
            node,
            weighted: !shape.uniform,
            arms,
            partner,
            exceptions,
            kind: MessageKind::Product,
        });
        if shape.uniform {
            self.push(message);
        } else {
            let (weights, results) = self.part(plan, &own);
            self.plan = message.over(vec![self.plan.take(), weights]);
            own.unite(&results);
        }
        own.unite(&self.slots_of(Elements {
            edges: 0,
            ..shape.adds()
        }));
        self.waiting.drop_within(&own);
        own.iter().for_each(|slot| self.fill(slot));
        for edge in members(shape.adds().edges) {
            self.fill(self.edge(edge).slot);
            self.solved[edge] = true;
        }
    }
}

/// The arm of a message along a relationship.
fn arm(edge: &PatternEdge, target: Slot) -> Arm {
    let from = edge.other(target);
    Arm {
        from,
        direction: edge.direction_from(from),
        types: edge.types.clone(),
        edge: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{graph::Graph, optimize::tests::check_on};

    /// Three hundred nodes, each with thirty relationships `:R` to others and a self-loop `:S`.
    fn graph() -> Graph {
        let mut graph = Graph::new();
        let kinds = (graph.intern_type("R"), graph.intern_type("S"));
        let nodes: Vec<_> = (0..300).map(|_| graph.create_node(&[])).collect();
        for at in 0..300 {
            for step in 1..=30 {
                let to = nodes[(at + step * 7) % 300];
                graph.create_relationship(nodes[at], kinds.0, to);
            }
            graph.create_relationship(nodes[at], kinds.1, nodes[at]);
        }
        graph.commit();
        graph
    }

    fn becomes(pattern: &str, after: &str) {
        let before = format!("RETURN n\nAggregate count(*) AS n\nMatch {pattern}");
        let after = format!("RETURN n\n             Aggregate count(*) AS n\n             {after}");
        check_on(&graph(), "pattern", &before, &after);
    }

    #[test]
    fn a_path_is_a_message_into_a_message() {
        becomes(
            "(a), (b), (c), (d), (e), (a)-[r:R]->(b) CLAUSE 0, (b)-[s:R]->(c) CLAUSE 1, (c)-[t:R]->(d) CLAUSE 2, \
             (d)-[u:R]->(e) CLAUSE 3",
            "Message (b)-[:R]->(c)
             ├─ Expand (b)<-[r:R]-(a)
             │  NodeScan (b)
             └─ Message (c)-[:R]->(d)
                ├─ NodeScan (c)
                └─ Expand (d)-[u:R]->(e)
                   NodeScan (d)",
        );
    }

    #[test]
    fn a_message_starts_at_selective_predicates() {
        becomes(
            "(a), (b), (c), (d), (a)-[r:R]->(b) CLAUSE 0, (b)-[s:R]->(c) CLAUSE 1, (c)-[t:R]->(d) CLAUSE 2 WHERE (c.x > 1)",
            "Message (c)<-[:R]-(b)
             ├─ Expand (c)-[t:R]->(d)
             │  Filter c.x > 1
             │  NodeScan (c)
             └─ Expand (b)<-[r:R]-(a)
                NodeScan (b)",
        );
    }

    #[test]
    fn predicates_between_the_target_and_the_rest_are_exceptions() {
        becomes(
            "(a), (b), (c), (a)-[r:R]->(b) CLAUSE 0, (b)-[s:R]->(c) CLAUSE 1 WHERE (a <> c) AND (NOT (a)-[:S]->(c))",
            "Message (b)-[:R]->(c) EXCEPT c = a, (a)-[:S]->(c)
             Expand (a)-[r:R]->(b)
             NodeScan (a)",
        );
    }

    #[test]
    fn relationships_that_could_be_the_same_are_subtracted() {
        becomes(
            "(a), (b), (c), (a)-[r:S]->(b) CLAUSE 0, (b)-[s:S]->(c) CLAUSE 0",
            "Message (b)<-[:S]-(a) TIMES (b)-[:S]->(c) OTHER RELATIONSHIP
             NodeScan (b)",
        );
    }

    #[test]
    fn nodes_that_must_differ_are_partners() {
        becomes(
            "(a), (b), (c), (d), (a)-[r:R]->(b) CLAUSE 0, (b)-[s:R]->(c) CLAUSE 1, (c)-[t:R]->(d) CLAUSE 2 WHERE a <> c",
            "Message (b)-[:R]->(c) TIMES (b)<-[:R]-(a) OTHER NODE
             ├─ NodeScan (b)
             └─ Expand (c)-[t:R]->(d)
                NodeScan (c)",
        );
    }

    #[test]
    fn what_is_read_is_enumerated() {
        becomes(
            "(a), (b), (c), (a)-[r:R]->(b) CLAUSE 0, (b)-[s:R]->(c) CLAUSE 0 WHERE a.x = c.x",
            "Intersect (a)-[r:R]->(b), (c)<-[s:R]-(b)
             Filter a.x = c.x
             HashJoin a.x = c.x
             ├─ NodeScan (a)
             └─ NodeScan (c)",
        );
    }
}
