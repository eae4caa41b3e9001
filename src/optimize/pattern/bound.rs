//! Bound relationships of a pattern: their ends must be the nodes of the pattern.

use crate::{
    base::{CompareOp, Direction, Span},
    function,
    optimize::pattern::emit::Emitter,
    plan::{Expr, ExprKind, LabelTest, Named, Op, ShortestPath, Slot},
    value::{LabelId, Type},
};

impl Emitter<'_, '_, '_> {
    /// Adds the operators for a bound relationship or a bound list of relationships.
    pub(super) fn bound(&mut self, position: usize) {
        let edge = self.edge(position);
        if edge.length.is_some() {
            self.bound_trail(position);
            return;
        }
        let relationship = Expr::slot(edge.slot, Span::default());
        let ends = ["startNode", "endNode"].map(|name| end(name, &relationship));
        let [start, finish] = ends;
        if !edge.types.is_empty() {
            let tests = edge.types.iter().map(|kind| LabelTest::Name {
                label: Named {
                    name: kind.name.clone(),
                    id: LabelId::NONE,
                },
                kind: kind.clone(),
            });
            let test = ExprKind::HasLabels(Box::new(relationship), LabelTest::Or(tests.collect()));
            self.filter(vec![Expr::new(test, Span::default())]);
        }
        if edge.direction == Direction::Either {
            self.either_way(edge.from, edge.to, start, finish);
        } else {
            self.assign(vec![(edge.from, start), (edge.to, finish)]);
        }
    }

    /// Adds one row per direction; one row for a self-loop.
    fn either_way(&mut self, from: Slot, to: Slot, start: Expr, finish: Expr) {
        let span = Span::default();
        let expr = |kind| Expr::new(kind, span);
        let pair =
            |one: &Expr, other: &Expr| expr(ExprKind::List(vec![one.clone(), other.clone()]));
        let one_way = expr(ExprKind::List(vec![pair(&start, &finish)]));
        let both = expr(ExprKind::List(vec![
            pair(&start, &finish),
            pair(&finish, &start),
        ]));
        let is_loop = expr(ExprKind::Compare(
            CompareOp::Equal,
            Box::new(start),
            Box::new(finish),
        ));
        let list = expr(ExprKind::Case {
            operand: None,
            branches: vec![(is_loop, one_way)],
            otherwise: Some(Box::new(both)),
        });
        let element = self.planner.hidden(Type::list_of(Type::NODE));
        self.push(Op::Unwind { list, element });
        let part = |at: i64| {
            let index = Box::new(Expr::constant(at, span));
            expr(ExprKind::Index(Box::new(Expr::slot(element, span)), index))
        };
        self.assign(vec![(from, part(0)), (to, part(1))]);
    }

    /// Fills slots with nodes; compares the slots that are already filled.
    fn assign(&mut self, ends: Vec<(Slot, Expr)>) {
        let mut tests = Vec::new();
        for (slot, value) in ends {
            if self.missing.contains(slot) {
                let items = vec![(slot, value)];
                self.push(Op::Project { items });
                self.fill(slot);
            } else {
                let node = Box::new(Expr::slot(slot, Span::default()));
                tests.push(Expr::new(
                    ExprKind::Compare(CompareOp::Equal, node, Box::new(value)),
                    Span::default(),
                ));
            }
        }
        self.filter(tests);
    }

    fn bound_trail(&mut self, position: usize) {
        let edge = self.edge(position);
        let (from, to, list) = (edge.from, edge.to, edge.slot);
        if self.missing.contains(from) && self.missing.contains(to) {
            self.scan(from);
        }
        let start = if self.missing.contains(from) {
            to
        } else {
            from
        };
        let end = if start == from { to } else { from };
        let Some(mut trail) = self.trail(position, start) else {
            return;
        };
        let found = if let Some(selector) = edge.shortest {
            // The shortest path that is found must equal the list.
            let found = self.planner.hidden(Type::list_of(Type::RELATIONSHIP));
            trail.edges = Some(found);
            self.push(Op::ShortestPath(ShortestPath {
                trail,
                selector,
                node_predicate: None,
            }));
            Some((found, list))
        } else {
            trail.edges = None;
            let known = !self.missing.contains(end);
            let found = known.then(|| self.planner.hidden(Type::NODE));
            trail.to = found.unwrap_or(end);
            self.push(Op::FollowList { trail, list });
            found.map(|found| (found, end))
        };
        self.fill(end);
        if let Some((found, wanted)) = found {
            let sides = [found, wanted].map(|slot| Box::new(Expr::slot(slot, Span::default())));
            let [left, right] = sides;
            let equal = ExprKind::Compare(CompareOp::Equal, left, right);
            self.filter(vec![Expr::new(equal, Span::default())]);
        }
    }
}

/// `startNode(r)` or `endNode(r)`.
fn end(name: &str, relationship: &Expr) -> Expr {
    let function = function::find(name).expect("both ends of a relationship have a function");
    Expr::new(
        ExprKind::Call(function, vec![relationship.clone()]),
        Span::default(),
    )
}
