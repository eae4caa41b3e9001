//! Builds patterns: nodes, relationships and chains of them.

use super::{
    Result,
    cursor::{Cursor, Pair, place},
    grammar::Rule,
    literal,
    node::{Builder, name, refuse},
    prefix::path_mode,
};
use crate::{
    base::{Code, Span},
    syntax::ast::{
        Alternative, BinaryOp, Direction, Expr, ExprKind, Length, Literal, Name, NodePattern,
        PathMode, PathPrefix, PathSearch, Pattern, PatternElement, PatternPart, QuantifiedGroup,
        RelationshipPattern, Selector,
    },
};

impl<'i> Builder<'i> {
    /// `p = (a)-->(b), (c)`
    pub(super) fn pattern(&self, pair: Pair<'i>) -> Result<Pattern> {
        let span = self.span(&pair);
        let parts = Cursor::inside(pair).rest(|part| self.pattern_part(part))?;
        Ok(Pattern {
            parts,
            repeatable: false,
            span,
        })
    }

    /// `REPEATABLE ELEMENTS (a)-->(b) KEEP ANY SHORTEST`
    pub(super) fn matched_pattern(&self, parts: &mut Cursor<'i>) -> Result<Pattern> {
        let mode = parts.eat(Rule::match_mode);
        let mut pattern = self.pattern(parts.need())?;
        let mode = mode.map(|mode| Cursor::inside(mode).need().as_rule());
        pattern.repeatable = mode == Some(Rule::repeatable_elements);
        let Some(keep) = parts.eat(Rule::keep) else {
            return Ok(pattern);
        };
        let prefix = self.path_prefix(Cursor::inside(keep).need())?;
        for part in &mut pattern.parts {
            if part.prefix.is_some() || part.selector != Selector::All {
                let message = "a pattern with `KEEP` has no search and no mode of its own";
                let help = "write the search or the mode in one of the two places";
                return refuse(Code::UnexpectedSyntax, part.span, message, help);
            }
            part.prefix = Some(prefix);
        }
        Ok(pattern)
    }

    /// `p = shortestPath((a)-[*]->(b))`
    pub(super) fn pattern_part(&self, pair: Pair<'i>) -> Result<PatternPart> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let variable = parts.eat(Rule::variable).map(|variable| name(&variable));
        let prefix = parts.eat(Rule::path_prefix);
        let prefix = prefix.map(|prefix| self.path_prefix(prefix)).transpose()?;
        let (selector, inner) = self.selected(parts.need())?;
        let Inner {
            element,
            predicate,
            variable: inner_variable,
            mode,
            mut alternatives,
        } = inner;
        let (variable, prefix) = merged((variable, prefix), (inner_variable, mode))?;
        if let (Some(prefix), true) = (prefix, selector != Selector::All) {
            let message =
                "a path search cannot be combined with `shortestPath` or `allShortestPaths`";
            let help = "write the pattern without the function: `ANY SHORTEST (a)-[:TYPE]->+(b)`";
            return refuse(Code::UnexpectedSyntax, prefix.span, message, help);
        }
        if let (Some(predicate), true) = (&predicate, selector != Selector::All) {
            let message = "a predicate cannot stand inside of `shortestPath` or `allShortestPaths`";
            let help = "write it after the pattern: it is part of the search";
            return refuse(Code::UnexpectedSyntax, predicate.span, message, help);
        }
        if let (Some(other), true) = (alternatives.first(), selector != Selector::All) {
            let message =
                "a union of paths cannot stand inside of `shortestPath` or `allShortestPaths`";
            let help = "write `ANY SHORTEST` before the union";
            return refuse(Code::UnexpectedSyntax, other.element.span, message, help);
        }
        self.alternatives(&mut parts, &mut alternatives)?;
        Ok(PatternPart {
            variable,
            selector,
            prefix,
            element,
            alternatives,
            predicate,
            span,
        })
    }

    /// `| (a)-->(b) | ((b)-->(c) | (c)-->(d))`: a union in parentheses is a part of the union around it.
    fn alternatives(&self, parts: &mut Cursor<'i>, all: &mut Vec<Alternative>) -> Result<()> {
        loop {
            let multiset = match parts.peek() {
                Some(Rule::multiset_bar) => true,
                Some(Rule::path_bar) => false,
                _ => return Ok(()),
            };
            parts.next();
            let (first, others) = self.alternative(multiset, parts.need())?;
            all.push(first);
            all.extend(others);
        }
    }

    fn alternative(
        &self,
        multiset: bool,
        pair: Pair<'i>,
    ) -> Result<(Alternative, Vec<Alternative>)> {
        let inner = self.pattern_element(pair)?;
        if inner.variable.is_some() || inner.mode.is_some() {
            let span = inner.element.span;
            let message = "the variable and the mode of a union of paths stand before it";
            let help = "write `p = ACYCLIC (a)-->(b) | (c)-->(d)`";
            return refuse(Code::UnexpectedSyntax, span, message, help);
        }
        let first = Alternative {
            multiset,
            element: inner.element,
            predicate: inner.predicate,
        };
        Ok((first, inner.alternatives))
    }

    fn selected(&self, pair: Pair<'i>) -> Result<(Selector, Inner)> {
        if pair.as_rule() == Rule::pattern_element {
            return Ok((Selector::All, self.pattern_element(pair)?));
        }
        let mut parts = Cursor::inside(pair);
        let selector = if parts.need().as_rule() == Rule::all_shortest {
            Selector::AllShortest
        } else {
            Selector::Shortest
        };
        Ok((selector, self.pattern_element(parts.need())?))
    }

    /// `(a)-[r]->(b)`, in any number of parentheses, with what is in them.
    fn pattern_element(&self, pair: Pair<'i>) -> Result<Inner> {
        let mut parts = Cursor::inside(pair);
        let variable = parts.eat(Rule::variable).map(|variable| name(&variable));
        let mode = parts.eat(Rule::path_mode).map(|mode| {
            let span = place(&mode);
            (path_mode(mode), span)
        });
        let Some(pair) = parts.eat(Rule::pattern_element) else {
            return Ok(Inner {
                element: self.chain(&mut parts)?,
                predicate: None,
                variable,
                mode,
                alternatives: Vec::new(),
            });
        };
        let mut inner = self.pattern_element(pair)?;
        self.alternatives(&mut parts, &mut inner.alternatives)?;
        if let Some(predicate) = self.optional_predicate(&mut parts)? {
            // The predicate holds for each path of a union.
            for other in &mut inner.alternatives {
                other.predicate = Some(with(other.predicate.take(), predicate.clone()));
            }
            inner.predicate = Some(with(inner.predicate, predicate));
        }
        if let (Some(_), Some(second)) = (&variable, &inner.variable) {
            return refuse_second_variable(second.span);
        }
        inner.variable = variable.or(inner.variable);
        inner.mode = inner.mode.or(mode);
        Ok(inner)
    }

    /// Builds a node and the steps after it. A quantified path without a node next to it has one without a name.
    pub(super) fn chain(&self, parts: &mut Cursor<'i>) -> Result<PatternElement> {
        let start = match parts.eat(Rule::node_pattern) {
            Some(node) => self.node_pattern(node)?,
            None => NodePattern::bare(Span::default()),
        };
        let mut span = start.span;
        let mut steps = Vec::new();
        let is_step = |rule: Rule| {
            matches!(
                rule,
                Rule::relationship_pattern
                    | Rule::quantified_path
                    | Rule::simplified_path
                    | Rule::adjacent_node
            )
        };
        while parts.peek().is_some_and(is_step) {
            let part = parts.need();
            let place = self.span(&part);
            if part.as_rule() == Rule::adjacent_node {
                let (step, node) = self.adjacent_node(part)?;
                span = span.to(node.span);
                steps.push((step, node));
                continue;
            }
            let relationship = match part.as_rule() {
                Rule::quantified_path => self.quantified_path(part)?,
                Rule::simplified_path => {
                    let mut path = self.simplified_path(part)?;
                    let last = path.pop().expect("a path has a step");
                    let between = path
                        .into_iter()
                        .map(|step| (step, NodePattern::bare(place)));
                    steps.extend(between);
                    last
                }
                _ => self.relationship_pattern(part)?,
            };
            let node = parts.eat(Rule::node_pattern);
            let node = match node {
                Some(node) => self.node_pattern(node)?,
                None => NodePattern::bare(Span::new(place.end as usize, place.end as usize)),
            };
            span = if span == Span::default() { place } else { span };
            span = span.to(place).to(node.span);
            steps.push((relationship, node));
        }
        Ok(PatternElement { start, steps, span })
    }

    /// A second pattern of the node before it (GQL 16.7): a path of no relationship leads to the same node. In Cypher, a comma is
    /// missing.
    fn adjacent_node(&self, pair: Pair<'i>) -> Result<(RelationshipPattern, NodePattern)> {
        let span = self.span(&pair);
        if !self.gql.get() {
            let message = "expected `,` or a relationship between two nodes, found none";
            let help = "write `(a), (b)` or `(a)-->(b)`; with `GQL` before the statement, `(a)(b)` is one node";
            return refuse(Code::UnexpectedSyntax, span, message, help);
        }
        let node = self.node_pattern(Cursor::inside(pair).need())?;
        let length = Length {
            min: Some(0),
            max: Some(0),
            span,
        };
        let step = RelationshipPattern {
            length: Some(length),
            ..bare_relationship(span)
        };
        Ok((step, node))
    }

    /// `((a)-[r]->(b) WHERE a.x < b.x){1,3}`
    fn quantified_path(&self, pair: Pair<'i>) -> Result<RelationshipPattern> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let start = self.node_pattern(parts.need())?;
        let inner = self.relationship_pattern(parts.need())?;
        let end = self.node_pattern(parts.need())?;
        let mut rest = Vec::new();
        while let Some(next) = parts.eat(Rule::relationship_pattern) {
            rest.push((
                self.relationship_pattern(next)?,
                self.node_pattern(parts.need())?,
            ));
        }
        let lengths = rest.iter().map(|(relationship, _)| relationship.length);
        let length = [inner.length].into_iter().chain(lengths).flatten().next();
        if let Some(length) = length {
            let message = "a quantified path cannot contain another quantifier";
            let help = "remove one of the two quantifiers";
            return refuse(Code::InvalidRelationshipPattern, length.span, message, help);
        }
        let predicate = self.optional_predicate(&mut parts)?;
        let quantifier = parts.need();
        let questioned = is_question(&quantifier);
        let length = Some(self.path_quantifier(quantifier)?);
        let group = QuantifiedGroup {
            start,
            end,
            rest,
            predicate,
            span,
        };
        Ok(RelationshipPattern {
            length,
            questioned,
            group: Some(Box::new(group)),
            ..inner
        })
    }

    /// `{1,3}`, `+`, `*`
    pub(super) fn path_quantifier(&self, pair: Pair<'i>) -> Result<Length> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let (min, max) = if parts.flag(Rule::plus_sign) {
            (1, None)
        } else if parts.flag(Rule::star) {
            (0, None)
        } else if parts.flag(Rule::question) {
            (0, Some(1))
        } else {
            let bound = |parts: &mut Cursor<'i>| {
                let bound = parts.eat(Rule::bound);
                bound.map(|bound| literal::bound(&bound)).transpose()
            };
            let min = bound(&mut parts)?;
            let max = match parts.flag(Rule::quantifier_comma) {
                true => bound(&mut parts)?,
                false => min,
            };
            (min.unwrap_or(0), max)
        };
        if let Some(max) = max
            && max < min
        {
            let message =
                format!("the least number of repetitions, {min}, exceeds the greatest, {max}");
            let help = "exchange the two numbers";
            return refuse(Code::InvalidRelationshipPattern, span, message, help);
        }
        let min = Some(min);
        Ok(Length { min, max, span })
    }

    fn node_pattern(&self, pair: Pair<'i>) -> Result<NodePattern> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(NodePattern {
            variable: parts.eat(Rule::variable).map(|variable| name(&variable)),
            labels: parts
                .eat(Rule::label_expression)
                .map(|labels| self.label_expression(labels))
                .transpose()?,
            properties: self.properties(&mut parts)?,
            predicate: self.optional_predicate(&mut parts)?,
            span,
        })
    }

    fn properties(&self, parts: &mut Cursor<'i>) -> Result<Option<Expr>> {
        match parts.peek() {
            Some(Rule::map | Rule::parameter) => Ok(Some(self.atom(parts.need())?)),
            _ => Ok(None),
        }
    }

    fn relationship_pattern(&self, pair: Pair<'i>) -> Result<RelationshipPattern> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let left = parts.flag(Rule::left_head);
        let undirected = parts.flag(Rule::tilde);
        let mut relationship = match parts.eat(Rule::relationship_detail) {
            Some(detail) => self.relationship_detail(detail, span)?,
            None => bare_relationship(span),
        };
        parts.flag(Rule::tilde);
        let right = parts.flag(Rule::right_head);
        relationship.direction = direction(left, right);
        if undirected {
            relationship.predicate = tilde_predicate(left, right, relationship.predicate, span)?;
        }
        if let Some(quantifier) = parts.eat(Rule::path_quantifier) {
            relationship.questioned = is_question(&quantifier);
            let length = self.path_quantifier(quantifier)?;
            if relationship.length.replace(length).is_some() {
                let message = "a relationship has one length";
                let help = "write `-[:TYPE*1..3]->` or `-[:TYPE]->{1,3}`";
                return refuse(Code::InvalidRelationshipPattern, length.span, message, help);
            }
        }
        Ok(relationship)
    }

    fn relationship_detail(&self, pair: Pair<'i>, span: Span) -> Result<RelationshipPattern> {
        let mut parts = Cursor::inside(pair);
        Ok(RelationshipPattern {
            variable: parts.eat(Rule::variable).map(|variable| name(&variable)),
            types: parts
                .eat(Rule::label_expression)
                .map(|types| self.label_expression(types))
                .transpose()?,
            length: self.optional_length(&mut parts)?,
            properties: self.properties(&mut parts)?,
            predicate: self.optional_predicate(&mut parts)?,
            ..bare_relationship(span)
        })
    }

    fn optional_length(&self, parts: &mut Cursor<'i>) -> Result<Option<Length>> {
        if let Some(misspelt) = parts.eat(Rule::misspelt_length) {
            return refuse(
                Code::InvalidRelationshipPattern,
                self.span(&misspelt),
                format!(
                    "`{}` is not a length of a relationship",
                    misspelt.as_str().trim()
                ),
                "write `*`, `*2`, `*1..3`, `*2..` or `*..3`",
            );
        }
        parts
            .eat(Rule::length)
            .map(|length| self.length(length))
            .transpose()
    }

    fn length(&self, pair: Pair<'i>) -> Result<Length> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let bound = |parts: &mut Cursor<'i>| {
            parts
                .eat(Rule::bound)
                .map(|bound| literal::bound(&bound))
                .transpose()
        };
        let min = bound(&mut parts)?;
        let max = if parts.flag(Rule::dots) {
            bound(&mut parts)?
        } else {
            min
        };
        Ok(Length { min, max, span })
    }
}

/// A chain with what the parentheses around it say.
struct Inner {
    element: PatternElement,
    predicate: Option<Expr>,
    /// `p` of `(p = (a)-->(b))`.
    variable: Option<Name>,
    /// `TRAIL` of `(TRAIL (a)-->(b))`.
    mode: Option<(PathMode, Span)>,
    /// The other paths of a union.
    alternatives: Vec<Alternative>,
}

/// A predicate and another one.
fn with(predicate: Option<Expr>, other: Expr) -> Expr {
    match predicate {
        Some(predicate) => both(predicate, other),
        None => other,
    }
}

/// The variable and the prefix of a part, outside and inside of its parentheses.
fn merged(
    (variable, prefix): (Option<Name>, Option<PathPrefix>),
    (inner, mode): (Option<Name>, Option<(PathMode, Span)>),
) -> Result<(Option<Name>, Option<PathPrefix>)> {
    if let (Some(_), Some(inner)) = (&variable, &inner) {
        return refuse_second_variable(inner.span);
    }
    let prefix = match (prefix, mode) {
        (prefix, None) => prefix,
        (None, Some((mode, span))) => Some(PathPrefix {
            search: PathSearch::All,
            mode,
            span,
        }),
        (Some(prefix), Some((mode, span))) if prefix.mode == PathMode::Walk => Some(PathPrefix {
            mode,
            span: prefix.span.to(span),
            ..prefix
        }),
        (Some(prefix), Some((mode, _))) if prefix.mode == mode => Some(prefix),
        (Some(_), Some((_, span))) => {
            let message = "a path has one mode";
            return refuse(
                Code::UnexpectedSyntax,
                span,
                message,
                "remove one of the two modes",
            );
        }
    };
    Ok((variable.or(inner), prefix))
}

fn refuse_second_variable<T>(span: Span) -> Result<T> {
    let message = "a path has one variable";
    refuse(
        Code::UnexpectedSyntax,
        span,
        message,
        "remove one of the two variables",
    )
}

/// The direction of an arrow by its heads.
/// The predicate of a relationship with a tilde: no relationship is undirected, so that with one head only the directed
/// ones are left, and none without a head (GQL 16.4).
fn tilde_predicate(
    left: bool,
    right: bool,
    predicate: Option<Expr>,
    span: Span,
) -> Result<Option<Expr>> {
    if left && right {
        let message = "a relationship with `~` has at most one head";
        let help = "write `-` for any direction";
        return refuse(Code::InvalidRelationshipPattern, span, message, help);
    }
    if left || right {
        return Ok(predicate);
    }
    let never = Expr {
        kind: ExprKind::Literal(Literal::Boolean(false)),
        span,
    };
    Ok(Some(match predicate {
        Some(predicate) => both(predicate, never),
        None => never,
    }))
}

/// The direction of a relationship with these heads.
pub(super) fn direction(left: bool, right: bool) -> Direction {
    match (left, right) {
        (true, false) => Direction::Incoming,
        (false, true) => Direction::Outgoing,
        (true, true) | (false, false) => Direction::Either,
    }
}

pub(super) fn bare_relationship(span: Span) -> RelationshipPattern {
    RelationshipPattern {
        variable: None,
        types: None,
        length: None,
        properties: None,
        predicate: None,
        direction: Direction::Either,
        questioned: false,
        group: None,
        span,
    }
}

/// Whether a quantifier is `?`.
fn is_question(quantifier: &Pair<'_>) -> bool {
    quantifier.as_str().starts_with('?')
}

/// `left AND right`
fn both(left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    let kind = ExprKind::Binary(BinaryOp::And, span, Box::new(left), Box::new(right));
    Expr { kind, span }
}
