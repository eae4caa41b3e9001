//! Predicates on a path or on the relationships of a trail become bounds of its length, or predicates that the search
//! for trails evaluates at each step.
//!
//! `length(p)`, `size(r)` compared with a constant limit the number of relationships. `all` and `none` over the
//! relationships hold if the test holds, or fails, for each of them. The nodes of a path are its start and the ends of
//! its relationships, so that a test of each node is one of the start and one of each relationship. The trail itself is
//! then no longer read, unless the statement returns it.

use crate::{
    base::{CompareOp, Span},
    function,
    optimize::Planner,
    plan::{Expr, ExprKind, Node, Op, PatternEdge, Quantifier, QueryGraph, Slot, SlotSet},
    value::{Type, Value},
};

/// Moves such predicates into the patterns whose trails they are about.
pub(super) fn move_into_trails(node: Node, planner: &mut Planner<'_>) -> Node {
    node.map_bottom_up(&mut |mut node| match &mut node.op {
        Op::Match(graph) => {
            let predicates = std::mem::take(&mut graph.predicates);
            graph.predicates = Mover::new(planner).absorb(predicates, graph);
            node
        }
        Op::Filter { predicates } => {
            let predicates = std::mem::take(predicates);
            let kept = Mover::new(planner).sink(predicates, &mut node.inputs[0]);
            if kept.is_empty() {
                return node.into_input();
            }
            node.op = Op::Filter { predicates: kept };
            node
        }
        Op::Aggregate { .. } | Op::TopK { .. } | Op::Sort { .. } => {
            measure_trails(&mut node, planner);
            node
        }
        _ => node,
    })
}

/// Replaces the length of a path by the size of the list of its trail, so that the path is not read.
fn measure_trails(node: &mut Node, planner: &mut Planner<'_>) {
    let mut mover = Mover::new(planner);
    mover.sink(Vec::new(), &mut node.inputs[0]);
    if mover.paths.is_empty() {
        return;
    }
    let size = function::find("size").expect("lists have a size");
    node.op.map_expressions(&mut |expr| {
        expr.map_bottom_up(&mut |expr| match mover.length(&expr) {
            Some(trail) => {
                let list = Expr::slot(trail, Span::default());
                Expr::new(ExprKind::Call(size, vec![list]), expr.span)
            }
            None => expr,
        })
    });
}

struct Mover<'m, 'p> {
    planner: &'m mut Planner<'p>,
    /// The paths of a single trail: the slot, the start and the trail.
    paths: Vec<(Slot, Slot, Slot)>,
    /// The slots that operators between the predicates and the pattern fill.
    between: SlotSet,
}

/// What a predicate says about a trail.
enum Claim {
    /// About the number of relationships.
    Length(Slot, CompareOp, i64),
    /// A test that holds for each relationship: the trail, the variable, the test.
    Edges(Slot, Slot, Expr),
    /// A test that holds for each node: the trail, the start, the variable, the test.
    Nodes(Slot, Slot, Slot, Expr),
}

impl<'m, 'p> Mover<'m, 'p> {
    fn new(planner: &'m mut Planner<'p>) -> Self {
        Self {
            planner,
            paths: Vec::new(),
            between: SlotSet::default(),
        }
    }

    /// Moves predicates into the pattern below a node; returns those that stay.
    fn sink(&mut self, predicates: Vec<Expr>, mut node: &mut Node) -> Vec<Expr> {
        loop {
            match &mut node.op {
                Op::Project { items } => {
                    self.paths.extend(items.iter().filter_map(path));
                    self.between.extend(items.iter().map(|(slot, _)| *slot));
                    node = &mut node.inputs[0];
                }
                Op::Filter { .. } => node = &mut node.inputs[0],
                Op::Match(graph) => {
                    let is_trail = |slot: Slot| {
                        let mut edges = graph.edges.iter();
                        edges.any(|edge| edge.slot == slot && edge.length.is_some())
                    };
                    self.paths.retain(|(_, _, trail)| is_trail(*trail));
                    return self.absorb(predicates, graph);
                }
                _ => {
                    self.paths.clear();
                    return predicates;
                }
            }
        }
    }

    /// Moves predicates into the trails of a pattern; returns those that stay.
    fn absorb(&mut self, predicates: Vec<Expr>, graph: &mut QueryGraph) -> Vec<Expr> {
        let all = predicates.into_iter();
        all.filter_map(|predicate| {
            let moved = self
                .claim(&predicate)
                .is_some_and(|claim| self.apply(claim, graph));
            (!moved).then_some(predicate)
        })
        .collect()
    }

    fn claim(&self, predicate: &Expr) -> Option<Claim> {
        match &predicate.kind {
            ExprKind::Compare(op, left, right) => {
                let constant = |expr: &Expr| match expr.as_constant() {
                    Some(Value::Integer(value)) => Some(*value),
                    _ => None,
                };
                if let (Some(trail), Some(bound)) = (self.length(left), constant(right)) {
                    return Some(Claim::Length(trail, *op, bound));
                }
                let (trail, bound) = (self.length(right)?, constant(left)?);
                Some(Claim::Length(trail, op.flipped(), bound))
            }
            _ => {
                let (quantifier, variable, list, test) = predicate.as_quantifier()?;
                self.each(quantifier, variable, list, test)
            }
        }
    }

    /// The trail whose number of relationships an expression is.
    fn length(&self, expr: &Expr) -> Option<Slot> {
        let (name, argument) = call(expr)?;
        match name {
            "length" => self.path(argument).map(|(_, _, trail)| trail),
            "size" => self.relationships(argument),
            _ => None,
        }
    }

    fn path(&self, expr: &Expr) -> Option<(Slot, Slot, Slot)> {
        let slot = expr.as_slot()?;
        self.paths.iter().copied().find(|path| path.0 == slot)
    }

    /// The trail whose list of relationships an expression is.
    fn relationships(&self, expr: &Expr) -> Option<Slot> {
        match call(expr) {
            Some(("relationships", path)) => self.path(path).map(|(_, _, trail)| trail),
            Some(_) => None,
            None => expr.as_slot(),
        }
    }

    fn each(
        &self,
        quantifier: Quantifier,
        variable: Slot,
        list: &Expr,
        test: &Expr,
    ) -> Option<Claim> {
        let test = match quantifier {
            Quantifier::All => test.clone(),
            Quantifier::None => {
                let span = test.span;
                Expr::new(ExprKind::Not(Box::new(test.clone())), span)
            }
            Quantifier::Any | Quantifier::Single => return None,
        };
        if test.draws() || !test.slots().is_disjoint(&self.between) {
            return None;
        }
        if let Some(("nodes", path)) = call(list) {
            let (_, start, trail) = self.path(path)?;
            return Some(Claim::Nodes(trail, start, variable, test));
        }
        Some(Claim::Edges(self.relationships(list)?, variable, test))
    }

    /// Returns false if the claim is about no trail of the pattern.
    fn apply(&mut self, claim: Claim, graph: &mut QueryGraph) -> bool {
        let (Claim::Length(slot, ..) | Claim::Edges(slot, ..) | Claim::Nodes(slot, ..)) = claim;
        let is_trail = |edge: &&mut PatternEdge| {
            edge.slot == slot && edge.length.is_some() && edge.shortest.is_none() && !edge.bound
        };
        let Some(edge) = graph.edges.iter_mut().find(is_trail) else {
            return false;
        };
        match claim {
            Claim::Length(_, op, bound) => {
                let length = edge.length.and_then(|length| length.limited(op, bound));
                edge.length = length.or(edge.length);
                length.is_some()
            }
            Claim::Edges(_, variable, test) => {
                if test.slots().contains(slot) {
                    return false;
                }
                self.test_each(edge, |element| {
                    replaced(&test, variable, &|span| Expr::slot(element, span))
                });
                true
            }
            Claim::Nodes(_, start, variable, test) => {
                if test.slots().contains(slot) {
                    return false;
                }
                let at = |node: &dyn Fn(Span) -> Expr| replaced(&test, variable, node);
                let first = at(&|span| Expr::slot(start, span));
                for end in ["startNode", "endNode"] {
                    self.test_each(edge, |element| at(&|span| end_of(end, element, span)));
                }
                graph.predicates.push(first);
                true
            }
        }
    }

    /// Adds a test of each relationship of a trail.
    fn test_each(&mut self, edge: &mut PatternEdge, test: impl Fn(Slot) -> Expr) {
        let (element, tests) = edge
            .edge_predicate
            .get_or_insert_with(|| (self.planner.hidden(Type::RELATIONSHIP), Vec::new()));
        tests.push(test(*element));
    }
}

/// A path of a single trail: its slot, the start and the trail.
fn path((slot, expr): &(Slot, Expr)) -> Option<(Slot, Slot, Slot)> {
    match &expr.kind {
        ExprKind::Path { start, steps } => match steps.as_slice() {
            [step] => Some((*slot, *start, step.edge)),
            _ => None,
        },
        _ => None,
    }
}

/// The name and the argument of a call with one argument.
fn call(expr: &Expr) -> Option<(&'static str, &Expr)> {
    match &expr.kind {
        ExprKind::Call(function, arguments) => match arguments.as_slice() {
            [argument] => Some((function.name, argument)),
            _ => None,
        },
        _ => None,
    }
}

fn end_of(function: &str, relationship: Slot, span: Span) -> Expr {
    let function = function::find(function).expect("both ends of a relationship have a function");
    let relationship = vec![Expr::slot(relationship, span)];
    Expr::new(ExprKind::Call(function, relationship), span)
}

/// The expression with another one in place of a variable, at the same span.
fn replaced(expr: &Expr, variable: Slot, other: &dyn Fn(Span) -> Expr) -> Expr {
    expr.clone().map_bottom_up(&mut |expr| match expr.kind {
        ExprKind::Slot(slot) if slot == variable => other(expr.span),
        kind => Expr::new(kind, expr.span),
    })
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    fn moves(before: &str, after: &str) {
        check("trail_predicates", before, after);
    }

    #[test]
    fn a_comparison_with_the_number_of_relationships_bounds_the_trail() {
        let plan = |trail: &str, predicate: &str| {
            format!("RETURN b\nMatch (a), (b), (a)-[r:R{trail}]->(b){predicate}")
        };
        for (predicate, trail) in [
            ("size(r) > 2", "*3.."),
            ("size(r) >= 2", "*2.."),
            ("size(r) < 3", "*1..2"),
            ("size(r) <= 3", "*1..3"),
            ("3 >= size(r)", "*1..3"),
            ("size(r) = 4", "*4..4"),
            ("size(r) < 0", "*1..0"),
        ] {
            let before = plan("*1..", &format!(" WHERE {predicate}"));
            moves(&before, &plan(trail, ""));
        }
        keeps("trail_predicates", &plan("*1..", " WHERE size(r) <> 2"));
        keeps("trail_predicates", &plan("*1..", " WHERE size(r) > a.x"));
    }
}
