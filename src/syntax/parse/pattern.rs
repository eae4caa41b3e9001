//! Builds patterns: nodes, relationships and chains of them.

use super::{
    Result,
    cursor::{Cursor, Pair},
    grammar::Rule,
    literal,
    node::{Builder, name, refuse},
};
use crate::{
    base::{Code, Span},
    syntax::ast::{
        Direction, Expr, Length, NodePattern, Pattern, PatternElement, PatternPart,
        RelationshipPattern, Selector,
    },
};

impl<'i> Builder<'i> {
    /// `p = (a)-->(b), (c)`
    pub(super) fn pattern(&self, pair: Pair<'i>) -> Result<Pattern> {
        let span = self.span(&pair);
        let parts = Cursor::inside(pair).rest(|part| self.pattern_part(part))?;
        Ok(Pattern { parts, span })
    }

    /// `p = shortestPath((a)-[*]->(b))`
    pub(super) fn pattern_part(&self, pair: Pair<'i>) -> Result<PatternPart> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let variable = parts.eat(Rule::variable).map(|variable| name(&variable));
        let (selector, element) = self.selected(parts.need())?;
        Ok(PatternPart {
            variable,
            selector,
            element,
            span,
        })
    }

    fn selected(&self, pair: Pair<'i>) -> Result<(Selector, PatternElement)> {
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

    /// `(a)-[r]->(b)`, in any number of parentheses.
    fn pattern_element(&self, pair: Pair<'i>) -> Result<PatternElement> {
        let mut parts = Cursor::inside(pair);
        while let Some(inner) = parts.eat(Rule::pattern_element) {
            parts = Cursor::inside(inner);
        }
        self.chain(&mut parts)
    }

    /// Builds a node and the steps after it.
    pub(super) fn chain(&self, parts: &mut Cursor<'i>) -> Result<PatternElement> {
        let start = self.node_pattern(parts.need())?;
        let mut span = start.span;
        let mut steps = Vec::new();
        while let Some(relationship) = parts.eat(Rule::relationship_pattern) {
            let relationship = self.relationship_pattern(relationship)?;
            let node = self.node_pattern(parts.need())?;
            span = span.to(node.span);
            steps.push((relationship, node));
        }
        Ok(PatternElement { start, steps, span })
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
        let mut relationship = match parts.eat(Rule::relationship_detail) {
            Some(detail) => self.relationship_detail(detail, span)?,
            None => bare_relationship(span),
        };
        relationship.direction = match (left, parts.flag(Rule::right_head)) {
            (true, false) => Direction::Incoming,
            (false, true) => Direction::Outgoing,
            (true, true) | (false, false) => Direction::Either,
        };
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

fn bare_relationship(span: Span) -> RelationshipPattern {
    RelationshipPattern {
        variable: None,
        types: None,
        length: None,
        properties: None,
        predicate: None,
        direction: Direction::Either,
        span,
    }
}
