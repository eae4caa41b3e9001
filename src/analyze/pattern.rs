//! Patterns of `MATCH` and of subqueries: names get slots, and what is asked becomes a query graph.

use crate::{
    analyze::{
        Analyzer, Result,
        expr::Typed,
        query::Flow,
        scope::{Scope, bound_here},
        subquery::attach,
        types::{conflict, type_list},
    },
    base::{Code, Diagnostic, Span},
    plan::{
        CompareOp, Expr, ExprKind, LabelTest, Length, Op, PathStep, PatternEdge, PatternNode,
        QueryGraph, Shortest, Slot,
    },
    syntax::ast::{self, Direction, Selector},
    value::{Kind, Type},
};

/// A pattern on its way to a query graph.
struct Draft {
    graph: QueryGraph,
    /// The names that are known, those of the pattern included.
    scope: Scope,
    /// How many slots there were before the pattern: those below are bound.
    first_new: usize,
    paths: Vec<(Slot, Expr)>,
    /// Predicates written in the elements, analysed when all names are known.
    inline: Vec<Inline>,
}

/// Predicates of one element, to be analysed later.
struct Inline {
    /// The entity they speak of.
    slot: Slot,
    kind: Type,
    name: Option<String>,
    labels: Option<ast::LabelExpr>,
    properties: Option<ast::Expr>,
    predicate: Option<ast::Expr>,
    /// The position of the walk whose steps they speak of.
    walk: Option<usize>,
    span: Span,
}

impl Analyzer<'_> {
    /// Every way to match a pattern, for each row of `flow`.
    pub(super) fn match_pattern(
        &mut self,
        flow: Flow,
        pattern: &ast::Pattern,
        predicate: Option<&ast::Expr>,
    ) -> Result<Flow> {
        let mut draft = self.draft(flow.scope);
        for part in &pattern.parts {
            self.part(&mut draft, part)?;
        }
        self.finish_pattern(flow.op, draft, predicate)
    }

    /// The same for a single chain.
    pub(super) fn match_element(
        &mut self,
        flow: Flow,
        variable: Option<&ast::Name>,
        element: &ast::PatternElement,
        predicate: Option<&ast::Expr>,
    ) -> Result<Flow> {
        let part = ast::PatternPart {
            variable: variable.cloned(),
            selector: Selector::All,
            element: element.clone(),
            span: element.span,
        };
        let mut draft = self.draft(flow.scope);
        self.part(&mut draft, &part)?;
        self.finish_pattern(flow.op, draft, predicate)
    }

    /// Refuses names that a pattern predicate would introduce.
    pub(super) fn check_known(
        &mut self,
        element: &ast::PatternElement,
        scope: &Scope,
    ) -> Result<()> {
        let nodes =
            std::iter::once(&element.start).chain(element.steps.iter().map(|(_, node)| node));
        let names = nodes.filter_map(|node| node.variable.as_ref()).chain(
            element
                .steps
                .iter()
                .filter_map(|(relationship, _)| relationship.variable.as_ref()),
        );
        for name in names {
            if !scope.has(&name.text) {
                let message = format!("variable `{}` is not defined", name.text);
                return Err(Box::new(
                    Diagnostic::new(Code::UndefinedVariable, name.span, message)
                        .help("a pattern used as a predicate introduces no variables; use `EXISTS { … }` for that"),
                ));
            }
        }
        Ok(())
    }

    fn draft(&self, scope: Scope) -> Draft {
        Draft {
            graph: QueryGraph::default(),
            scope,
            first_new: self.slots.len(),
            paths: Vec::new(),
            inline: Vec::new(),
        }
    }

    fn part(&mut self, draft: &mut Draft, part: &ast::PatternPart) -> Result<()> {
        if let Some(name) = &part.variable {
            self.check_free(name, &draft.scope)?;
        }
        let start = self.node(draft, &part.element.start)?;
        let mut steps = Vec::new();
        let mut from = start;
        for (relationship, node) in &part.element.steps {
            let to = self.node(draft, node)?;
            let edge = self.edge(draft, relationship, from, to, part)?;
            steps.push(PathStep { edge, node: to });
            from = to;
        }
        if let Some(name) = &part.variable {
            self.check_free(name, &draft.scope)?;
            let slot = self.slot(&name.text, Type::PATH);
            draft
                .scope
                .bind(&name.text, slot, Type::PATH, Some(name.span));
            draft
                .paths
                .push((slot, Expr::new(ExprKind::Path { start, steps }, part.span)));
        }
        Ok(())
    }

    fn node(&mut self, draft: &mut Draft, node: &ast::NodePattern) -> Result<Slot> {
        let slot = match &node.variable {
            None => self.hidden(Type::NODE),
            Some(name) => match draft.scope.get(&name.text) {
                Some(binding) if !binding.kind.has(Kind::Node) && binding.kind != Type::NULL => {
                    return Err(Box::new(conflict(name, Type::NODE, binding)));
                }
                Some(binding) => {
                    self.read(binding.slot);
                    binding.slot
                }
                None => {
                    let slot = self.slot(&name.text, Type::NODE);
                    draft
                        .scope
                        .bind(&name.text, slot, Type::NODE, Some(name.span));
                    slot
                }
            },
        };
        if !draft.graph.nodes.iter().any(|known| known.slot == slot) {
            draft.graph.nodes.push(PatternNode {
                slot,
                bound: slot.index() < draft.first_new,
            });
        }
        draft.inline.push(Inline {
            slot,
            kind: Type::NODE,
            name: node.variable.as_ref().map(|name| name.text.clone()),
            labels: node.labels.clone(),
            properties: node.properties.clone(),
            predicate: node.predicate.clone(),
            walk: None,
            span: node.span,
        });
        Ok(slot)
    }

    fn edge(
        &mut self,
        draft: &mut Draft,
        pattern: &ast::RelationshipPattern,
        left: Slot,
        right: Slot,
        part: &ast::PatternPart,
    ) -> Result<Slot> {
        let shortest = match part.selector {
            Selector::All => None,
            Selector::Shortest => Some(Shortest::Any),
            Selector::AllShortest => Some(Shortest::All),
        };
        let length = match pattern.length {
            None => shortest.map(|_| Length {
                min: 1,
                max: Some(1),
            }),
            Some(length) => Some(Length {
                min: length.min.unwrap_or(1),
                max: length.max,
            }),
        };
        let kind = if pattern.length.is_some() {
            Type::list_of(Type::RELATIONSHIP)
        } else {
            Type::RELATIONSHIP
        };
        let slot = self.edge_slot(draft, pattern, kind)?;
        let (types, test) = match &pattern.types {
            None => (Vec::new(), None),
            Some(expr) => match type_list(expr) {
                Some(names) => (
                    names
                        .iter()
                        .map(|name| self.relationship_type(&name.text))
                        .collect(),
                    None,
                ),
                None => (Vec::new(), Some(expr.clone())),
            },
        };
        self.warn_types(pattern);
        let reversed = pattern.direction == Direction::Left;
        let (from, to) = if reversed {
            (right, left)
        } else {
            (left, right)
        };
        let step = length.map(|_| (self.hidden(Type::RELATIONSHIP), Vec::new()));
        draft.inline.push(Inline {
            slot: step.as_ref().map_or(slot, |(step, _)| *step),
            kind: Type::RELATIONSHIP,
            name: pattern.variable.as_ref().map(|name| name.text.clone()),
            labels: test,
            properties: pattern.properties.clone(),
            predicate: pattern.predicate.clone(),
            walk: length.map(|_| draft.graph.edges.len()),
            span: pattern.span,
        });
        draft.graph.edges.push(PatternEdge {
            slot,
            from,
            to,
            either: pattern.direction == Direction::Either,
            types,
            bound: slot.index() < draft.first_new,
            length,
            step,
            shortest,
            clause: 0,
            reversed,
        });
        Ok(slot)
    }

    fn edge_slot(
        &mut self,
        draft: &mut Draft,
        pattern: &ast::RelationshipPattern,
        kind: Type,
    ) -> Result<Slot> {
        let Some(name) = &pattern.variable else {
            return Ok(self.hidden(kind));
        };
        let Some(binding) = draft.scope.get(&name.text) else {
            let slot = self.slot(&name.text, kind);
            draft.scope.bind(&name.text, slot, kind, Some(name.span));
            return Ok(slot);
        };
        if draft
            .graph
            .edges
            .iter()
            .any(|edge| edge.slot == binding.slot)
        {
            let message = format!(
                "relationship `{}` stands twice in one pattern, which can never match",
                name.text
            );
            let diagnostic =
                Diagnostic::new(Code::RelationshipUniquenessViolation, name.span, message);
            return Err(Box::new(
                bound_here(diagnostic, binding).help("give one of the two another name"),
            ));
        }
        if !binding.kind.fits(kind)
            || (pattern.length.is_some() && !binding.kind.element().has(Kind::Relationship))
        {
            return Err(Box::new(conflict(name, kind, binding)));
        }
        self.read(binding.slot);
        Ok(binding.slot)
    }

    /// The operator for a pattern whose names are all known.
    fn finish_pattern(
        &mut self,
        input: Op,
        mut draft: Draft,
        predicate: Option<&ast::Expr>,
    ) -> Result<Flow> {
        let inline = std::mem::take(&mut draft.inline);
        let mut late = Vec::new();
        for element in &inline {
            self.inline(&mut draft, element)?;
        }
        for conjunct in predicate.map(conjuncts).unwrap_or_default() {
            self.conjunct(&mut draft, conjunct, &mut late)?;
        }
        let spans: Vec<_> = inline
            .iter()
            .filter(|element| element.walk.is_none())
            .map(|element| (element.slot, element.span))
            .collect();
        self.warn_pattern(&draft.graph, &spans);
        draft.graph.predicates.extend(presences(&draft.graph));
        let Draft {
            graph,
            scope,
            paths,
            ..
        } = draft;
        let mut op = Op::Match {
            input: Box::new(input),
            pattern: Box::new(graph),
        };
        if !paths.is_empty() {
            op = Op::Project {
                input: Box::new(op),
                items: paths,
            };
        }
        for (predicate, needs) in late {
            op = Op::Filter {
                input: Box::new(attach(op, needs)),
                predicates: vec![predicate],
            };
        }
        Ok(Flow { op, scope })
    }

    /// A conjunct of `WHERE`: part of the pattern, unless it reads a path, which is only made after the match.
    fn conjunct(
        &mut self,
        draft: &mut Draft,
        conjunct: &ast::Expr,
        late: &mut Vec<(Expr, Vec<crate::plan::SubqueryNeed>)>,
    ) -> Result<()> {
        let scope = draft.scope.clone();
        let ((typed, needs), reads) =
            self.reading(|this| this.collecting(|this| this.predicate(conjunct, &scope)))?;
        if draft.paths.iter().any(|(path, _)| reads.contains(path)) {
            late.push((typed.expr, needs));
        } else {
            draft.graph.subqueries.extend(needs);
            draft.graph.predicates.push(typed.expr);
        }
        Ok(())
    }

    /// Labels, properties and predicate of one element.
    fn inline(&mut self, draft: &mut Draft, element: &Inline) -> Result<()> {
        let mut predicates = Vec::new();
        let subject = || Expr::slot(element.slot, element.span);
        let scope = match &element.name {
            Some(name) => draft
                .scope
                .with(name, element.slot, element.kind, Some(element.span)),
            None => draft.scope.clone(),
        };
        let ((), needs) = self.collecting(|this| {
            if let Some(labels) = &element.labels {
                let test = this.label_test(labels, element.kind);
                this.know_labels(element.slot, &test);
                let kind = ExprKind::HasLabels(Box::new(subject()), test);
                predicates.push(Expr::new(kind, labels.span));
            }
            if let Some(properties) = &element.properties {
                this.property_tests(subject, properties, element, &scope, &mut predicates)?;
            }
            for conjunct in element
                .predicate
                .as_ref()
                .map(conjuncts)
                .unwrap_or_default()
            {
                predicates.push(this.predicate(conjunct, &scope)?.expr);
            }
            Ok(())
        })?;
        match element
            .walk
            .and_then(|walk| draft.graph.edges.get_mut(walk))
            .and_then(|edge| edge.step.as_mut())
        {
            Some((_, steps)) => {
                if needs.iter().any(|need| need.reads.contains(&element.slot)) {
                    let message = "a subquery cannot be asked of each relationship of a walk";
                    return Err(Box::new(Diagnostic::new(
                        Code::UnexpectedSyntax,
                        element.span,
                        message,
                    )));
                }
                steps.extend(predicates);
            }
            None => draft.graph.predicates.extend(predicates),
        }
        draft.graph.subqueries.extend(needs);
        Ok(())
    }

    /// `{name: 'A'}` as equalities.
    fn property_tests(
        &mut self,
        subject: impl Fn() -> Expr,
        properties: &ast::Expr,
        element: &Inline,
        scope: &Scope,
        predicates: &mut Vec<Expr>,
    ) -> Result<()> {
        let ast::ExprKind::Map(entries) = &properties.kind else {
            let message = "a pattern that is matched needs its properties spelt out";
            return Err(Box::new(
                Diagnostic::new(Code::InvalidParameterUse, properties.span, message)
                    .help("write `{key: $value}`, or compare in `WHERE`"),
            ));
        };
        for (name, value) in entries {
            self.warn_key(element.slot, name);
            let Typed { expr: value, .. } = self.expr(value, scope)?;
            let span = name.span.to(value.span);
            let property = ExprKind::Property(Box::new(subject()), self.key(&name.text));
            let property = Box::new(Expr::new(property, name.span));
            predicates.push(Expr::new(
                ExprKind::Compare(CompareOp::Equal, property, Box::new(value)),
                span,
            ));
        }
        Ok(())
    }

    /// What a label expression asks of a node, or a type expression of a relationship.
    pub(super) fn label_test(&mut self, expr: &ast::LabelExpr, kind: Type) -> LabelTest {
        use ast::LabelExprKind as Kind;
        match &expr.kind {
            Kind::Name(name) => {
                self.warn_label(name, kind);
                LabelTest::Name {
                    label: self.label(&name.text),
                    kind: self.relationship_type(&name.text),
                }
            }
            Kind::Any => LabelTest::Any,
            Kind::Not(inner) => LabelTest::Not(Box::new(self.label_test(inner, kind))),
            Kind::And(parts) => LabelTest::And(
                parts
                    .iter()
                    .map(|part| self.label_test(part, kind))
                    .collect(),
            ),
            Kind::Or(parts) => LabelTest::Or(
                parts
                    .iter()
                    .map(|part| self.label_test(part, kind))
                    .collect(),
            ),
        }
    }
}

/// That what the rows hold already is a node at all, where no relationship of the pattern asks it: an optional match
/// may have left a null, which is no match.
fn presences(graph: &QueryGraph) -> Vec<Expr> {
    let apart = |slot| {
        !graph
            .edges
            .iter()
            .any(|edge| edge.from == slot || edge.to == slot)
    };
    let presence = |slot| {
        let subject = Box::new(Expr::slot(slot, Span::default()));
        Expr::new(ExprKind::IsNotNull(subject), Span::default())
    };
    let alone = graph
        .nodes
        .iter()
        .filter(|node| node.bound && apart(node.slot));
    alone.map(|node| presence(node.slot)).collect()
}

/// The parts of a conjunction, in order.
pub(super) fn conjuncts(expr: &ast::Expr) -> Vec<&ast::Expr> {
    let mut parts = Vec::new();
    let mut waiting = vec![expr];
    while let Some(expr) = waiting.pop() {
        if let ast::ExprKind::Binary(ast::BinaryOp::And, _, left, right) = &expr.kind {
            waiting.push(right);
            waiting.push(left);
        } else {
            parts.push(expr);
        }
    }
    parts
}
