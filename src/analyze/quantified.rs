//! Quantified paths: the names of the nodes at their steps, and what holds of each step.
//!
//! `((a)-[r]->(b) WHERE …){1,3}` is a variable-length relationship `r`. With the list of the nodes of its path, `a` is the list
//! without the last node, and `b` the list without the first. What holds of the nodes is a predicate on each position.

use crate::{
    analyze::{
        Analyzer, Result,
        draft::Matched,
        flow::Flow,
        pattern::{conjuncts, property_entries},
        scope::Scope,
        typed::{call_function, constant, element},
    },
    base::{Code, CompareOp, Diagnostic, Span},
    plan::{ArithmeticOp, Expr, ExprKind, Op, PathStep, Quantifier, Slot},
    syntax::ast::{self, NodePattern, PatternPart, QuantifiedGroup, RelationshipPattern},
    value::Type,
};

/// The slots of a quantified path.
struct Steps {
    /// The list of its nodes.
    nodes: Slot,
    /// The list of its relationships.
    edges: Slot,
}

impl Analyzer<'_> {
    /// Names the nodes at the steps of quantified paths, and keeps the rows whose steps are as the pattern says.
    pub(super) fn steps_named(
        &mut self,
        mut flow: Flow,
        part: &PatternPart,
        matched: &Matched,
    ) -> Result<Flow> {
        let mut from = matched.start;
        for (step, (relationship, _)) in matched.steps.iter().zip(&part.element.steps) {
            if let Some(group) = &relationship.group {
                flow = self.group(flow, relationship, group, (from, *step))?;
            }
            if let (Some(name), true) = (&relationship.variable, relationship.questioned) {
                flow = self.questioned(flow, name, step.edge)?;
            }
            from = step.node;
        }
        Ok(flow)
    }

    /// Names the only relationship of a list that has at most one; null without it.
    fn questioned(&mut self, flow: Flow, name: &ast::Name, edges: Slot) -> Result<Flow> {
        let Flow { plan, mut scope } = flow;
        let slot = self.slot(&name.text, Type::RELATIONSHIP);
        self.read(edges);
        self.variables.bind(slot, name);
        scope.bind(&name.text, slot, Type::RELATIONSHIP, Some(name.span));
        let items = vec![(slot, element(edges, constant(0, name.span), name.span))];
        let plan = Op::Project { items }.on(plan);
        Ok(Flow { plan, scope })
    }

    fn group(
        &mut self,
        flow: Flow,
        relationship: &RelationshipPattern,
        group: &QuantifiedGroup,
        (from, step): (Slot, PathStep),
    ) -> Result<Flow> {
        let Flow { plan, mut scope } = flow;
        let span = group.span;
        let path = ExprKind::Path {
            start: from,
            steps: vec![step],
        };
        let nodes = self.slot("nodes", Type::list_of(Type::NODE));
        let list = call_function("nodes", vec![Expr::new(path, span)], span);
        let items = vec![(nodes, list)];
        let mut plan = Op::Project { items }.on(plan);
        let steps = Steps {
            nodes,
            edges: step.edge,
        };
        if let Some(test) = self.step_predicate(relationship, group, &steps, &scope)? {
            let predicates = vec![test];
            plan = Op::Filter { predicates }.on(plan);
        }
        let mut items = Vec::new();
        for (node, (start, end)) in [(&group.start, (0, Some(-1))), (&group.end, (1, None))] {
            let Some(name) = &node.variable else { continue };
            self.check_free(name, &scope)?;
            let kind = match relationship.questioned {
                true => Type::NODE,
                false => Type::list_of(Type::NODE),
            };
            let slot = self.slot(&name.text, kind);
            self.variables.bind(slot, name);
            scope.bind(&name.text, slot, kind, Some(name.span));
            let bound = |number| Some(Box::new(constant(number, span)));
            let all = Box::new(Expr::slot(nodes, span));
            let slice = ExprKind::Slice(all, bound(start), end.and_then(bound));
            let slice = Expr::new(slice, span);
            items.push(match relationship.questioned {
                true => {
                    let first = Box::new(constant(0, span));
                    let only = ExprKind::Index(Box::new(slice), first);
                    (slot, Expr::new(only, span))
                }
                false => (slot, slice),
            });
        }
        if !items.is_empty() {
            plan = Op::Project { items }.on(plan);
        }
        Ok(Flow { plan, scope })
    }

    /// What the nodes of a group and its predicate ask of each step; `None` if nothing.
    fn step_predicate(
        &mut self,
        relationship: &RelationshipPattern,
        group: &QuantifiedGroup,
        steps: &Steps,
        scope: &Scope,
    ) -> Result<Option<Expr>> {
        let mut inside = scope.clone();
        let mut bind = |this: &mut Self, name: &Option<ast::Name>, other: &str, kind: Type| {
            let slot = this.hidden(kind);
            let (text, place) = match name {
                Some(name) => (name.text.clone(), Some(name.span)),
                None => (other.to_owned(), None),
            };
            inside.bind(&text, slot, kind, place);
            (slot, text)
        };
        // An at sign cannot be in a name without back quotes.
        let (start, start_name) = bind(self, &group.start.variable, "@start", Type::NODE);
        let (edge, _) = bind(self, &relationship.variable, "@step", Type::RELATIONSHIP);
        let (end, end_name) = bind(self, &group.end.variable, "@end", Type::NODE);
        let mut asked = asked_of(&group.start, &start_name)?;
        asked.extend(asked_of(&group.end, &end_name)?);
        asked.extend(group.predicate.iter().cloned());
        let conjuncts: Vec<_> = asked.iter().flat_map(conjuncts).collect();
        if conjuncts.is_empty() {
            return Ok(None);
        }
        let (tests, needs) = self.collecting(|this| {
            let tests = conjuncts.iter().map(|conjunct| {
                let typed = this.predicate(conjunct, &inside)?;
                Ok(typed.expr)
            });
            tests.collect::<Result<Vec<_>>>()
        })?;
        if !needs.is_empty() {
            let message = "the predicate of a quantified path cannot contain a subquery";
            let diagnostic = Diagnostic::new(Code::UnexpectedSyntax, group.span, message);
            return Err(Box::new(diagnostic.help("use `all(… IN …)` in `WHERE`")));
        }
        let span = group.span;
        let at = self.slot("step", Type::INTEGER);
        let position = || Expr::slot(at, span);
        let next = || {
            let one = Box::new(constant(1, span));
            let sum = ExprKind::Arithmetic(ArithmeticOp::Add, Box::new(position()), one);
            Expr::new(sum, span)
        };
        let tests = tests.into_iter().map(|test| {
            test.map_bottom_up(&mut |expr| match expr.kind {
                ExprKind::Slot(slot) if slot == start => element(steps.nodes, position(), span),
                ExprKind::Slot(slot) if slot == end => element(steps.nodes, next(), span),
                ExprKind::Slot(slot) if slot == edge => element(steps.edges, position(), span),
                kind => Expr::new(kind, expr.span),
            })
        });
        let mut tests: Vec<_> = tests.collect();
        let test = match tests.len() {
            1 => tests.swap_remove(0),
            _ => Expr::new(ExprKind::And(tests), span),
        };
        let size = call_function("size", vec![Expr::slot(steps.edges, Span::default())], span);
        let one = Box::new(constant(1, span));
        let last = ExprKind::Arithmetic(ArithmeticOp::Subtract, Box::new(size), one);
        let range = vec![constant(0, span), Expr::new(last, span)];
        let all = ExprKind::Quantifier {
            quantifier: Quantifier::All,
            variable: at,
            list: Box::new(call_function("range", range, span)),
            predicate: Box::new(test),
        };
        Ok(Some(Expr::new(all, span)))
    }
}

/// The labels, properties and predicate of a node pattern as predicates on a variable.
pub(super) fn asked_of(node: &NodePattern, name: &str) -> Result<Vec<ast::Expr>> {
    let variable = |span: Span| {
        let kind = ast::ExprKind::Variable(name.to_owned());
        Box::new(ast::Expr { kind, span })
    };
    let mut asked = Vec::new();
    if let Some(labels) = &node.labels {
        let kind = ast::ExprKind::HasLabels(variable(labels.span), labels.clone());
        asked.push(ast::Expr {
            kind,
            span: labels.span,
        });
    }
    if let Some(properties) = &node.properties {
        for (key, value) in property_entries(properties)? {
            let property = ast::ExprKind::Property(variable(key.span), key.clone());
            let property = ast::Expr {
                kind: property,
                span: key.span,
            };
            let kind = ast::ExprKind::Comparison(
                Box::new(property),
                vec![(CompareOp::Equal, value.clone())],
            );
            asked.push(ast::Expr {
                kind,
                span: key.span.to(value.span),
            });
        }
    }
    asked.extend(node.predicate.iter().cloned());
    Ok(asked)
}
