//! Patterns of `MATCH` and of subqueries: variables get slots, and the pattern becomes a query graph.

use std::collections::BTreeSet;

use crate::{
    analyze::{
        Analyzer, Result,
        bound::{only_live, presences, same},
        draft::{After, Draft, Inline, Matched},
        flow::Flow,
        repeatable,
        scope::{Binding, Scope, bound_here},
        shortest::{subject, take_chosen},
        subquery::{Pending, attach},
        typed::Typed,
        types::{conflict, type_list},
    },
    base::{Code, CompareOp, Diagnostic, Span},
    plan::{
        Expr, ExprKind, Length, Node, Op, PathStep, PatternEdge, PatternNode, QueryGraph, Shortest,
        Slot,
    },
    syntax::ast::{self, Direction, Selector},
    value::{Kind, Type},
};

/// Maximum number of relationships of a pattern. Each is compared with all before it, because no relationship occurs
/// twice in a match.
pub(crate) const MAX_RELATIONSHIPS: usize = 1_000;

impl Analyzer<'_> {
    /// All matches of a pattern, for each row of `flow`.
    pub(super) fn match_pattern(
        &mut self,
        flow: Flow,
        pattern: &ast::Pattern,
        predicate: Option<&ast::Expr>,
    ) -> Result<Flow> {
        if pattern.repeatable {
            repeatable::check(pattern)?;
        }
        if pattern.is_expanded() || repeatable::has_walk(pattern) {
            return self.match_expanded(flow, pattern, predicate);
        }
        if pattern.is_selective() {
            return self.match_selective(flow, pattern, predicate);
        }
        let predicates = predicate.map(conjuncts).unwrap_or_default();
        Ok(self
            .match_parts(flow, &pattern.parts, pattern.repeatable, &predicates)?
            .0)
    }

    /// All matches of parts, each with what it became; the predicates are those of the clause and of the parts.
    pub(super) fn match_parts(
        &mut self,
        flow: Flow,
        parts: &[ast::PatternPart],
        repeatable: bool,
        predicates: &[&ast::Expr],
    ) -> Result<(Flow, Vec<Matched>)> {
        let mut draft = self.draft(flow.scope);
        draft.repeatable = repeatable;
        let mut matched = Vec::new();
        for part in parts {
            matched.push(self.part(&mut draft, part)?);
        }
        let inner = parts.iter().filter_map(|part| part.predicate.as_ref());
        let inner = inner.filter(|_| !parts.iter().any(ast::PatternPart::has_group));
        let all: Vec<_> = inner
            .flat_map(conjuncts)
            .chain(predicates.iter().copied())
            .collect();
        let flow = self.finish_pattern(flow.plan, draft, &all)?;
        Ok((flow, matched))
    }

    /// [`Self::match_pattern`] for a single chain.
    pub(super) fn match_element(
        &mut self,
        flow: Flow,
        variable: Option<&ast::Name>,
        element: &ast::PatternElement,
        predicate: Option<&ast::Expr>,
    ) -> Result<Flow> {
        let part = ast::PatternPart {
            alternatives: Vec::new(),
            prefix: None,
            predicate: None,
            variable: variable.cloned(),
            selector: Selector::All,
            element: element.clone(),
            span: element.span,
        };
        let mut draft = self.draft(flow.scope);
        self.part(&mut draft, &part)?;
        let predicates = predicate.map(conjuncts).unwrap_or_default();
        self.finish_pattern(flow.plan, draft, &predicates)
    }

    /// Rejects variables that a pattern predicate would introduce.
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
            inner: Vec::new(),
            scope,
            first_new: self.slots.len(),
            paths: Vec::new(),
            repeatable: false,
            group: 0,
            inline: Vec::new(),
        }
    }

    fn part(&mut self, draft: &mut Draft, part: &ast::PatternPart) -> Result<Matched> {
        if let Some(name) = &part.variable {
            self.check_free(name, &draft.scope)?;
        }
        if part.selector != Selector::All && part.element.steps.len() != 1 {
            return Err(Box::new(one_relationship(part)));
        }
        draft.group += u32::from(draft.repeatable);
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
            self.variables.bind(slot, name);
            draft
                .scope
                .bind(&name.text, slot, Type::PATH, Some(name.span));
            let path = ExprKind::Path {
                start,
                steps: steps.clone(),
            };
            draft.paths.push((slot, Expr::new(path, part.span)));
        }
        Ok(Matched { start, steps })
    }

    fn node(&mut self, draft: &mut Draft, node: &ast::NodePattern) -> Result<Slot> {
        self.step()?;
        let slots_before = self.slots.len();
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
                    self.variables.bind(slot, name);
                    draft
                        .scope
                        .bind(&name.text, slot, Type::NODE, Some(name.span));
                    slot
                }
            },
        };
        let is_new = slot.index() == slots_before;
        if is_new || !draft.graph.nodes.iter().any(|known| known.slot == slot) {
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
            step_of: None,
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
        let kind = if length.is_some() {
            Type::list_of(Type::RELATIONSHIP)
        } else {
            Type::RELATIONSHIP
        };
        if draft.graph.edges.len() == MAX_RELATIONSHIPS {
            return Err(Box::new(too_many_relationships(pattern.span)));
        }
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
        let reversed = pattern.direction == Direction::Incoming;
        let (from, to) = if reversed {
            (right, left)
        } else {
            (left, right)
        };
        let edge_predicate = length.map(|_| (self.hidden(Type::RELATIONSHIP), Vec::new()));
        draft.inline.push(Inline {
            slot: edge_predicate.as_ref().map_or(slot, |(edge, _)| *edge),
            kind: Type::RELATIONSHIP,
            name: pattern.variable.as_ref().map(|name| name.text.clone()),
            labels: test,
            properties: pattern.properties.clone(),
            predicate: pattern.predicate.clone(),
            step_of: length.map(|_| draft.graph.edges.len()),
            span: pattern.span,
        });
        draft.graph.edges.push(PatternEdge {
            slot,
            from,
            to,
            direction: match pattern.direction {
                Direction::Outgoing | Direction::Incoming => Direction::Outgoing,
                Direction::Either => Direction::Either,
            },
            types,
            bound: slot.index() < draft.first_new,
            length,
            edge_predicate,
            shortest,
            clause: draft.group,
            reversed,
        });
        if draft.repeatable && !repeatable::is_restricted(part) {
            draft.group += 1;
        }
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
            self.variables.bind(slot, name);
            draft.scope.bind(&name.text, slot, kind, Some(name.span));
            return Ok(slot);
        };
        let has_name = |inline: &Inline| inline.name.as_ref() == Some(&name.text);
        let again = draft.inline.iter().any(has_name);
        if again && !draft.repeatable && draft.holds(binding.slot) {
            let message = format!(
                "relationship `{}` occurs twice in one pattern, which can never match",
                name.text
            );
            let diagnostic =
                Diagnostic::new(Code::RelationshipUniquenessViolation, name.span, message);
            return Err(Box::new(
                bound_here(diagnostic, binding).help("rename one of the two"),
            ));
        }
        if !binding.kind.fits(kind)
            || (pattern.length.is_some() && !binding.kind.element().fits(Type::RELATIONSHIP))
        {
            return Err(Box::new(conflict(name, kind, binding)));
        }
        self.read(binding.slot);
        let held = binding.slot;
        if draft.holds(held) {
            // A second name for a relationship of the pattern, as in `WITH r, r AS s`: both must be equal.
            let twin = self.hidden(kind);
            let same = same(twin, held, name.span);
            draft.graph.predicates.push(same);
            return Ok(twin);
        }
        Ok(held)
    }

    /// Builds the plan of a pattern when all its names are in scope.
    fn finish_pattern(
        &mut self,
        input: Node,
        mut draft: Draft,
        predicates: &[&ast::Expr],
    ) -> Result<Flow> {
        let inline = std::mem::take(&mut draft.inline);
        let mut after = After::default();
        for element in &inline {
            self.inline(&mut draft, element, &mut after)?;
        }
        let scope = draft.scope.clone();
        for conjunct in predicates {
            let (predicate, needs, reads) = self.asking(|this| {
                let typed = this.predicate(conjunct, &scope)?;
                Ok(typed.expr)
            })?;
            self.learn(std::slice::from_ref(&predicate));
            draft.ask(predicate, needs, &reads, &mut after);
        }
        let spans: Vec<_> = inline
            .iter()
            .filter(|element| element.step_of.is_none())
            .map(|element| (element.slot, element.span))
            .collect();
        self.warn_pattern(&draft.graph, &spans);
        Ok(self.assemble(input, draft, after))
    }

    /// Runs `work` and returns its subqueries and the slots that it reads.
    fn asking<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<(T, Vec<Pending>, BTreeSet<Slot>)> {
        let ((value, needs), reads) = self.reading(|this| this.collecting(work))?;
        Ok((value, needs, reads))
    }

    /// In this order: the match, its named paths, the shortest paths with predicates, the predicates on other paths.
    fn assemble(&mut self, input: Node, draft: Draft, after: After) -> Flow {
        let Draft {
            mut graph,
            inner,
            scope,
            mut paths,
            ..
        } = draft;
        let chosen = take_chosen(&mut graph, &mut paths, after.shortest);
        let input = match self.deletes {
            true => only_live(input, &graph),
            false => {
                graph.predicates.extend(presences(&graph));
                input
            }
        };
        let mut known = graph.edges.clone();
        let inputs = [input].into_iter().chain(inner).collect();
        let mut plan = Op::Match(Box::new(graph)).over(inputs);
        if !paths.is_empty() {
            plan = Op::Project { items: paths }.on(plan);
        }
        for one in chosen {
            let edge = one.edge.clone();
            plan = self.search(plan, one, &known);
            known.push(edge);
        }
        for (predicate, needs) in after.paths {
            let predicates = vec![predicate];
            plan = Op::Filter { predicates }.on(attach(plan, needs));
        }
        Flow { plan, scope }
    }

    /// Adds the labels, properties and predicate of one element. Within them, its name denotes the element.
    fn inline(&mut self, draft: &mut Draft, element: &Inline, after: &mut After) -> Result<()> {
        let Some(name) = &element.name else {
            return self.inline_predicates(draft, element, after);
        };
        let outside = draft.scope.get(name);
        let (slot, kind, place) = (element.slot, element.kind, Some(element.span));
        draft.scope.rebind(name, Binding { slot, kind, place });
        self.inline_predicates(draft, element, after)?;
        if let Some(outside) = outside {
            draft.scope.rebind(name, outside);
        }
        Ok(())
    }

    fn inline_predicates(
        &mut self,
        draft: &mut Draft,
        element: &Inline,
        after: &mut After,
    ) -> Result<()> {
        let subject = || Expr::slot(element.slot, element.span);
        if let Some(labels) = &element.labels {
            let asked = self.asking(|this| {
                let scope = draft.scope.clone();
                this.label_predicate(&subject(), labels, element.kind, &scope)
            })?;
            self.learn(std::slice::from_ref(&asked.0));
            self.ask_element(draft, element, asked, after)?;
        }
        if let Some(properties) = &element.properties {
            for (name, value) in property_entries(properties)? {
                let asked = self.asking(|this| {
                    this.property_test(subject(), element.slot, (name, value), &draft.scope)
                })?;
                self.ask_element(draft, element, asked, after)?;
            }
        }
        let predicate = element.predicate.as_ref();
        for conjunct in predicate.map(conjuncts).unwrap_or_default() {
            let asked = self.asking(|this| Ok(this.predicate(conjunct, &draft.scope)?.expr))?;
            self.ask_element(draft, element, asked, after)?;
        }
        Ok(())
    }

    /// Adds a predicate on an element, or on each relationship of a variable-length pattern.
    fn ask_element(
        &mut self,
        draft: &mut Draft,
        element: &Inline,
        (predicate, needs, reads): (Expr, Vec<Pending>, BTreeSet<Slot>),
        after: &mut After,
    ) -> Result<()> {
        let Some(step_of) = element.step_of else {
            draft.ask(predicate, needs, &reads, after);
            return Ok(());
        };
        let refuse = |message| {
            Err(Box::new(Diagnostic::new(
                Code::UnexpectedSyntax,
                element.span,
                message,
            )))
        };
        if needs
            .iter()
            .any(|pending| pending.need.reads.contains(&element.slot))
        {
            return refuse(
                "a predicate on the relationships of a variable-length pattern cannot contain a subquery",
            );
        }
        if draft.paths.iter().any(|(path, _)| reads.contains(path))
            || subject(&draft.graph, &draft.paths, &reads).is_some()
        {
            return refuse(
                "a predicate on the relationships of a variable-length pattern cannot read a path of the same clause",
            );
        }
        let later = draft.graph.edges.iter().skip(step_of + 1);
        if later
            .filter(|edge| edge.length.is_some())
            .any(|edge| reads.contains(&edge.slot))
        {
            return refuse(
                "a predicate on the relationships of a variable-length pattern cannot read a later variable-length pattern",
            );
        }
        let edge = draft.graph.edges.get_mut(step_of);
        if let Some((_, steps)) = edge.and_then(|edge| edge.edge_predicate.as_mut()) {
            steps.push(predicate);
        }
        draft.add_subqueries(needs);
        Ok(())
    }

    /// `name: 'A'` as an equality.
    fn property_test(
        &mut self,
        subject: Expr,
        slot: Slot,
        (name, value): (&ast::Name, &ast::Expr),
        scope: &Scope,
    ) -> Result<Expr> {
        self.warn_key(slot, name);
        let Typed { expr: value, .. } = self.expr(value, scope)?;
        let span = name.span.to(value.span);
        let property = ExprKind::Property(Box::new(subject), self.key(&name.text));
        let property = Box::new(Expr::new(property, name.span));
        let kind = ExprKind::Compare(CompareOp::Equal, property, Box::new(value));
        Ok(Expr::new(kind, span))
    }
}

/// The entries of a property map in a pattern. `Err` for a parameter.
pub(super) fn property_entries(properties: &ast::Expr) -> Result<&[(ast::Name, ast::Expr)]> {
    let ast::ExprKind::Map(entries) = &properties.kind else {
        let message = "a pattern to match needs a map literal, found a parameter";
        return Err(Box::new(
            Diagnostic::new(Code::InvalidParameterUse, properties.span, message)
                .help("write `{key: $value}`, or compare in `WHERE`"),
        ));
    };
    Ok(entries)
}

fn too_many_relationships(span: Span) -> Diagnostic {
    let message = format!("the pattern has more than {MAX_RELATIONSHIPS} relationships");
    Diagnostic::new(Code::StatementTooLong, span, message)
        .help("divide the pattern into several `MATCH` clauses")
}

fn one_relationship(part: &ast::PatternPart) -> Diagnostic {
    let found = part.element.steps.len();
    let message = format!("a shortest path needs exactly one relationship pattern, found {found}");
    Diagnostic::new(Code::UnexpectedSyntax, part.element.span, message)
        .help("write `shortestPath((a)-[*]-(b))`, and the rest as a separate pattern")
}

/// The conjuncts of a predicate, in order.
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
