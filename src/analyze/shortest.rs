//! Shortest paths with predicates: the shortest among the paths that satisfy them.
//!
//! `all` and `none` over the nodes or relationships of the path prune the search, and a comparison of its length with a
//! constant bounds it: the shortest path that satisfies it is the shortest within the bounds. Other predicates that read the path
//! or its relationships are evaluated on whole paths, in order of length. A predicate on several shortest paths
//! constrains only the last one in the pattern.

use std::collections::BTreeSet;

use crate::{
    analyze::{
        Analyzer,
        subquery::{Pending, attach},
    },
    base::CompareOp,
    plan::{
        ElementPredicate, Expr, ExprKind, Length, Node, Op, PatternEdge, Quantifier, QueryGraph,
        Shortest, ShortestPath, Slot, SlotSet, Trail, TrailMode,
    },
    value::{Type, Value},
};

/// A named path of a pattern: the slot of its name, and the path expression.
pub(super) type NamedPath = (Slot, Expr);

/// A shortest path with its predicates.
pub(super) struct Chosen {
    pub(super) edge: PatternEdge,
    /// The named path; `None` without a name.
    path: Option<NamedPath>,
    node_predicate: Option<ElementPredicate>,
    predicates: Vec<(Expr, Vec<Pending>)>,
}

/// Removes the shortest paths with predicates from a pattern and returns them.
pub(super) fn take_chosen(
    graph: &mut QueryGraph,
    paths: &mut Vec<NamedPath>,
    asked: Vec<(Slot, Expr, Vec<Pending>)>,
) -> Vec<Chosen> {
    let mut chosen: Vec<Chosen> = Vec::new();
    let is_asked = |edge: &PatternEdge| asked.iter().any(|(slot, ..)| *slot == edge.slot);
    let edges = std::mem::take(&mut graph.edges).into_iter();
    let (taken, left): (Vec<_>, Vec<_>) = edges.partition(is_asked);
    graph.edges = left;
    for edge in taken {
        let at = paths
            .iter()
            .position(|(_, path)| leads_along(path, edge.slot));
        chosen.push(Chosen {
            path: at.map(|at| paths.remove(at)),
            edge,
            node_predicate: None,
            predicates: Vec::new(),
        });
    }
    for (slot, predicate, needs) in asked {
        if let Some(one) = chosen.iter_mut().find(|one| one.edge.slot == slot) {
            one.predicates.push((predicate, needs));
        }
    }
    chosen
}

/// The shortest path that a predicate with these slots constrains: the last one written. `None` if it reads none.
pub(super) fn subject(
    graph: &QueryGraph,
    paths: &[NamedPath],
    reads: &BTreeSet<Slot>,
) -> Option<Slot> {
    let is_read = |edge: &&PatternEdge| {
        let along = |(name, path): &NamedPath| reads.contains(name) && leads_along(path, edge.slot);
        edge.shortest.is_some()
            && !edge.bound
            && (reads.contains(&edge.slot) || paths.iter().any(along))
    };
    graph.edges.iter().rev().find(is_read).map(|edge| edge.slot)
}

/// Whether a path contains a relationship or a relationship list.
fn leads_along(path: &Expr, edge: Slot) -> bool {
    matches!(&path.kind, ExprKind::Path { steps, .. } if steps.iter().any(|step| step.edge == edge))
}

impl Analyzer<'_> {
    /// Adds the search for a shortest path to the plan that binds its end nodes. The path must not contain `others`,
    /// which are relationships of the same clause that are already bound.
    pub(super) fn search(&mut self, input: Node, chosen: Chosen, others: &[PatternEdge]) -> Node {
        let mut chosen = chosen;
        self.prune_search(&mut chosen);
        let predicates = std::mem::take(&mut chosen.predicates);
        let path_predicate =
            (!predicates.is_empty()).then(|| self.path_predicate(&chosen, predicates));
        let Chosen {
            edge,
            path,
            node_predicate,
            ..
        } = chosen;
        let disjoint = others.iter().filter(|other| other.may_be(&edge));
        let search = ShortestPath {
            trail: Trail {
                from: edge.from,
                to: edge.to,
                direction: edge.direction,
                disjoint: disjoint.map(|other| other.slot).collect(),
                types: edge.types,
                length: edge.length.unwrap_or(Length {
                    min: 1,
                    max: Some(1),
                }),
                edges: Some(edge.slot),
                reversed: edge.reversed,
                edge_predicate: edge.edge_predicate.filter(|(_, tests)| !tests.is_empty()),
                mode: TrailMode::All,
            },
            selector: edge.shortest.unwrap_or(Shortest::Any),
            node_predicate,
        };
        let plan = match path_predicate {
            None => Op::ShortestPath(search).on(input),
            Some((row, inner)) => {
                let candidate = edge.slot;
                let op = Op::ShortestPathWhere {
                    search,
                    candidate,
                    row,
                };
                op.over(vec![input, inner])
            }
        };
        match path {
            None => plan,
            Some(path) => Op::Project { items: vec![path] }.on(plan),
        }
    }

    /// Moves predicates on each relationship or node into the search.
    fn prune_search(&mut self, chosen: &mut Chosen) {
        for (predicate, needs) in std::mem::take(&mut chosen.predicates) {
            let bounded = chosen.edge.length.zip(length_bound(&predicate, chosen));
            let bounded = bounded.and_then(|(length, (op, bound))| length.limited(op, bound));
            if bounded.is_some() {
                chosen.edge.length = bounded;
                continue;
            }
            let each = if needs.is_empty() {
                each_element(&predicate, chosen)
            } else {
                None
            };
            let Some((nodes, variable, test)) = each else {
                chosen.predicates.push((predicate, needs));
                continue;
            };
            let tests = if nodes {
                chosen
                    .node_predicate
                    .get_or_insert_with(|| (self.hidden(Type::NODE), Vec::new()))
            } else {
                chosen
                    .edge
                    .edge_predicate
                    .get_or_insert_with(|| (self.hidden(Type::RELATIONSHIP), Vec::new()))
            };
            tests.1.push(renamed(test, variable, tests.0));
        }
    }

    /// The inner plan that returns one row for each candidate that satisfies the predicates, and the slot of the
    /// candidate's row number.
    fn path_predicate(
        &mut self,
        chosen: &Chosen,
        asked: Vec<(Expr, Vec<Pending>)>,
    ) -> (Slot, Node) {
        let row = self.hidden(Type::INTEGER);
        let mut reads: SlotSet = [chosen.edge.slot].into_iter().collect();
        let mut filled = SlotSet::default();
        for (predicate, needs) in &asked {
            predicate.add_slots(&mut reads);
            for need in needs {
                reads.extend(need.need.reads.iter().copied());
                filled.extend(need.need.apply.kind.adds().iter().copied());
            }
        }
        let path = chosen
            .path
            .as_ref()
            .filter(|(name, _)| reads.contains(*name));
        if let Some((name, path)) = path {
            path.add_slots(&mut reads);
            filled.insert(*name);
        }
        reads.subtract(&filled);
        let argument = Op::Argument {
            row,
            slots: reads.iter().collect(),
        };
        let mut inner = argument.leaf();
        if let Some(path) = path {
            let items = vec![path.clone()];
            inner = Op::Project { items }.on(inner);
        }
        for (predicate, needs) in asked {
            let predicates = vec![predicate];
            inner = Op::Filter { predicates }.on(attach(inner, needs));
        }
        (row, inner)
    }
}

/// The comparison of the length of the path with a constant; `None` for any other predicate.
fn length_bound(predicate: &Expr, chosen: &Chosen) -> Option<(CompareOp, i64)> {
    let ExprKind::Compare(op, left, right) = &predicate.kind else {
        return None;
    };
    let constant = |expr: &Expr| match expr.as_constant() {
        Some(Value::Integer(value)) => Some(*value),
        _ => None,
    };
    let is_length = |expr: &Expr| match &expr.kind {
        ExprKind::Call(function, arguments) => match (function.name, arguments.as_slice()) {
            ("length", [path]) => {
                let name = chosen.path.as_ref().map(|(name, _)| *name);
                name.is_some() && path.as_slot() == name
            }
            ("size", [list]) => elements_of(list, chosen) == Some(false),
            _ => false,
        },
        _ => false,
    };
    if is_length(left) {
        return Some((*op, constant(right)?));
    }
    is_length(right).then_some(())?;
    Some((op.flipped(), constant(left)?))
}

/// A predicate on each node (`true`) or each relationship (`false`) of the path, with its variable; `None` for any
/// other predicate.
fn each_element(predicate: &Expr, chosen: &Chosen) -> Option<(bool, Slot, Expr)> {
    let (quantifier, variable, list, test) = predicate.as_quantifier()?;
    let nodes = elements_of(list, chosen)?;
    let reads = test.slots();
    let name = chosen.path.as_ref().map(|(name, _)| *name);
    if reads.contains(chosen.edge.slot) || name.is_some_and(|name| reads.contains(name)) {
        return None;
    }
    let test = test.clone();
    match quantifier {
        Quantifier::All => Some((nodes, variable, test)),
        Quantifier::None => {
            let span = test.span;
            let not = Expr::new(ExprKind::Not(Box::new(test)), span);
            Some((nodes, variable, not))
        }
        Quantifier::Any | Quantifier::Single => None,
    }
}

/// `Some(true)` for the nodes of the path, `Some(false)` for its relationships, `None` for any other list.
fn elements_of(list: &Expr, chosen: &Chosen) -> Option<bool> {
    let is_path = |expr: &Expr| {
        let name = chosen.path.as_ref().map(|(name, _)| *name);
        matches!(expr.kind, ExprKind::Slot(slot) if Some(slot) == name)
    };
    match &list.kind {
        ExprKind::Slot(slot) if *slot == chosen.edge.slot => Some(false),
        ExprKind::Call(function, arguments) if arguments.iter().all(is_path) => {
            match function.name {
                "nodes" => Some(true),
                "relationships" => Some(false),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Replaces a variable by another slot.
fn renamed(expr: Expr, variable: Slot, slot: Slot) -> Expr {
    expr.map_bottom_up(&mut |expr| match expr.kind {
        ExprKind::Slot(own) if own == variable => Expr::slot(slot, expr.span),
        kind => Expr::new(kind, expr.span),
    })
}
