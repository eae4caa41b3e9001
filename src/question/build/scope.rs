//! The predicates on entities as patterns and conditions.
//!
//! Each relation is a `MATCH` of its own, so that two relations may use one relationship. Negated, alternative and
//! counted predicates are subqueries, which see the variables of the outer scope.

use super::{
    make::{
        compare, count_distinct, element, equal, is_null, item, match_, name, not, number, op, or,
        prop, subquery, var,
    },
    node::merge,
    pattern::{rename, renamed},
    rank::{By, Ranking},
    value::Reached,
    walk::{again, each_of, forget_within},
};
use crate::{
    question::{
        meaning::{Fact, Thing, Tied},
        resolve::Names,
        tree::Det,
        vocabulary::Vocabulary,
    },
    syntax::ast::{Clause, CompareOp, Expr, NodePattern, PatternElement, SubqueryKind},
};

/// A column that a predicate adds.
#[derive(Clone, Debug)]
pub(super) enum Witness {
    /// Entities in a predicate.
    Thing(Box<Thing>),
    /// A node within the pattern of a sense: its variable and labels.
    Inner(String, Vec<String>),
    /// The document that states a fact.
    Source(Expr),
}

/// Patterns and conditions that hold together.
pub(super) struct Scope<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    pub(super) names: Names,
    pub(super) bound: Vec<String>,
    pub(super) clauses: Vec<PatternElement>,
    pub(super) predicates: Vec<Expr>,
    pub(super) witnesses: Vec<Witness>,
    pub(super) ranking: Option<Ranking>,
    /// The attribute patterns in the clauses.
    pub(super) reached: Vec<Reached>,
    /// Variables that must be bound because they are used outside.
    pub(super) wanted: Vec<String>,
    /// Variables that predicates refer back to.
    pub(super) spoken: Vec<String>,
    /// True for the outermost scope, whose witnesses are shown.
    pub(super) outer: bool,
}

impl<'v> Scope<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary, names: Names) -> Self {
        Self {
            vocabulary,
            names,
            bound: Vec::new(),
            clauses: Vec::new(),
            predicates: Vec::new(),
            witnesses: Vec::new(),
            ranking: None,
            reached: Vec::new(),
            wanted: Vec::new(),
            spoken: Vec::new(),
            outer: true,
        }
    }

    /// A scope within this one, which sees its variables.
    pub(super) fn inner(&self, thing: &str) -> Self {
        let mut bound = self.bound.clone();
        bound.push(thing.to_owned());
        bound.extend(self.wanted.iter().cloned());
        Self {
            bound,
            wanted: self.wanted.clone(),
            spoken: self.spoken.clone(),
            outer: false,
            ..Self::new(self.vocabulary, self.names.clone())
        }
    }

    /// Marks a variable as bound outside.
    pub(super) fn bind(&mut self, variable: &str) {
        self.bound.push(variable.to_owned());
    }

    /// The clauses, with all conditions on the last one.
    pub(super) fn matches(&self) -> Vec<Clause> {
        let last = self.clauses.len().saturating_sub(1);
        let clauses = self.clauses.iter().enumerate();
        clauses
            .map(|(at, pattern)| {
                let predicates = if at == last {
                    self.predicates.clone()
                } else {
                    Vec::new()
                };
                match_(vec![pattern.clone()], predicates)
            })
            .collect()
    }

    /// The condition that the scope has a match.
    pub(super) fn exists(self) -> Expr {
        if self.clauses.is_empty() {
            return super::make::and(self.predicates);
        }
        subquery(SubqueryKind::Exists, self.matches())
    }

    /// Adds entities with all predicates.
    pub(super) fn thing(&mut self, thing: &Thing) {
        again(thing, &mut self.spoken);
        self.own(thing);
        let (plain, rest): (Vec<&Fact>, Vec<&Fact>) =
            thing.facts.iter().partition(|fact| self.is_positive(fact));
        plain
            .into_iter()
            .chain(rest)
            .for_each(|fact| self.fact(thing, fact));
        if !self.bound.contains(&thing.var) {
            let node = self.node(thing, true);
            // The conditions use the variable, so it must be bound first.
            self.clauses.insert(0, element(node));
        }
    }

    /// True for a predicate that is a pattern. These come first because they bind variables.
    fn is_positive(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Tie(tie) => tie.other.det.is_plain(),
            Fact::Adjective(id, _) => !self.vocabulary.adjectives[id.0 as usize]
                .pattern
                .steps
                .is_empty(),
            _ => false,
        }
    }

    /// Adds a predicate on entities.
    pub(super) fn fact(&mut self, thing: &Thing, fact: &Fact) {
        match fact {
            Fact::Tie(tie) => self.tie(thing, tie),
            Fact::Adjective(id, _) => {
                let vocabulary = self.vocabulary;
                self.of_pattern(thing, &vocabulary.adjectives[id.0 as usize].pattern);
            }
            Fact::Superlative(attribute, most, _) => {
                self.rank(thing, By::Value(*attribute), *most);
            }
            Fact::Compare(attribute, limit, _) => self.compare(thing, *attribute, limit),
            Fact::Has(attribute, _) => {
                let value = self.value(thing, *attribute);
                self.predicates.push(is_null(value, true));
            }
            Fact::Is(kind, noun, _) => {
                let implied = thing
                    .kind
                    .iter()
                    .all(|own| kind.iter().any(|label| self.vocabulary.is_a(own, label)));
                if !implied || thing.kind.is_empty() {
                    self.is_of(thing, kind);
                }
                if let Some(noun) = noun.filter(|noun| Some(*noun) != thing.noun) {
                    self.noun(thing, noun);
                }
            }
            Fact::Same(other) => self.predicates.push(equal(var(&thing.var), var(other))),
            Fact::Not(inner, _) if matches!(**inner, Fact::Same(_)) => {
                if let Fact::Same(other) = &**inner {
                    let apart = compare(var(&thing.var), CompareOp::NotEqual, var(other));
                    self.predicates.push(apart);
                }
            }
            Fact::Named(other) => {
                let is = self.is_named(thing, other);
                self.predicates.push(is);
            }
            Fact::Not(inner, _) if matches!(**inner, Fact::Named(_)) => {
                if let Fact::Named(other) = &**inner {
                    let other = self.is_other(thing, other);
                    self.predicates.push(other);
                }
            }
            Fact::Not(inner, _) => {
                let denied = match each_of(inner).filter(|_| self.outer) {
                    Some(each) => self.denied_of(thing, inner, &each),
                    None => self.predicate(thing, inner),
                };
                self.predicates.push(not(denied));
            }
            Fact::And(facts) => facts.iter().for_each(|fact| self.fact(thing, fact)),
            Fact::Or(facts) => {
                let choice = facts
                    .iter()
                    .map(|fact| self.predicate(thing, fact))
                    .collect();
                self.predicates.push(or(choice));
            }
        }
    }

    /// A negated predicate with `each`: the entities of `each` are bound and shown outside of the negation.
    fn denied_of(&mut self, thing: &Thing, fact: &Fact, each: &Thing) -> Expr {
        if !self.bound.contains(&each.var) {
            self.thing(each);
            self.witnesses.push(Witness::Thing(Box::new(each.clone())));
        }
        let mut fact = fact.clone();
        forget_within(std::slice::from_mut(&mut fact), &each.var);
        self.predicate(thing, &fact)
    }

    /// A predicate as a condition.
    pub(super) fn predicate(&self, thing: &Thing, fact: &Fact) -> Expr {
        let mut inner = self.inner(&thing.var);
        inner.fact(thing, fact);
        inner.exists()
    }

    /// Adds a relation, by the determiner of the other entities.
    fn tie(&mut self, thing: &Thing, tie: &Tied) {
        match tie.other.det {
            Det::No => {
                let any = self.tied(thing, tie).exists();
                self.predicates.push(not(any));
            }
            Det::Every => self.every(thing, tie),
            Det::Quantity(cmp, count) => {
                let count_of = self.count(thing, tie);
                self.predicates
                    .push(compare(count_of, op(cmp), number(count)));
            }
            Det::Most | Det::Fewest if self.outer => {
                let most = tie.other.det == Det::Most;
                let by = By::Count(Box::new((thing.clone(), tie.clone())));
                self.rank(thing, by, most);
            }
            _ => {
                self.positive(thing, tie);
                self.supported(thing, tie);
            }
        }
    }

    /// Adds a condition on the number of documents that state a relation.
    fn supported(&mut self, thing: &Thing, tie: &Tied) {
        let Some((cmp, count)) = tie.sources else {
            return;
        };
        let each = Tied {
            sources: None,
            by_source: true,
            ..tie.clone()
        };
        let mut inner = self.inner(&thing.var);
        inner.positive(thing, &each);
        let source = inner.witnesses.iter().find_map(|witness| match witness {
            Witness::Source(source) => Some(source.clone()),
            _ => None,
        });
        if let Some(source) = source {
            let documents = count_distinct(inner.matches(), item(source, "document"));
            self.predicates
                .push(compare(documents, op(cmp), number(count)));
        }
    }

    /// A scope with a relation.
    fn tied(&self, thing: &Thing, tie: &Tied) -> Self {
        let mut inner = self.inner(&thing.var);
        inner.positive(thing, tie);
        inner
    }

    /// The number of other entities of a relation.
    pub(super) fn count(&self, thing: &Thing, tie: &Tied) -> Expr {
        let mut tie = tie.clone();
        tie.other.det = Det::Asked;
        let inner = self.tied(thing, &tie);
        let other = item(var(&tie.other.var), &tie.other.var);
        count_distinct(inner.matches(), other)
    }

    /// Adds the condition that none of the others lacks the relation.
    fn every(&mut self, thing: &Thing, tie: &Tied) {
        let mut outside = self.inner(&thing.var);
        let mut other = tie.other.clone();
        other.det = Det::Asked;
        outside.thing(&other);
        let mut inside = outside.inner(&other.var);
        let bare = Tied {
            other: Thing {
                again: true,
                facts: Vec::new(),
                det: Det::The,
                ..other
            },
            ..tie.clone()
        };
        inside.bind(&thing.var);
        inside.positive(thing, &bare);
        outside.predicates.push(not(inside.exists()));
        self.predicates.push(not(outside.exists()));
    }

    /// Adds a relation with all predicates on the other entities.
    pub(super) fn positive(&mut self, thing: &Thing, tie: &Tied) {
        let wide = tie.clone();
        let start = self.node(thing, true);
        let mut pattern = self.prepare(thing, tie);
        let source = self.sources(tie, &mut pattern);
        let restricted = pattern
            .steps
            .last()
            .is_some_and(|(_, last)| last.predicate.is_some());
        let end = self.node(&tie.other, restricted);
        merge(&mut pattern.start, start, self);
        let last = match pattern.steps.last_mut() {
            Some((_, last)) => last,
            None => &mut pattern.start,
        };
        let mut merged = last.clone();
        merge(&mut merged, end, self);
        *last = merged;
        self.clauses.push(pattern);
        if self.is_shown(&tie.other) {
            self.witnesses
                .push(Witness::Thing(Box::new(tie.other.clone())));
        }
        self.witnesses.extend(source);
        self.own(&tie.other);
        wide.other
            .facts
            .iter()
            .for_each(|fact| self.fact(&tie.other, fact));
    }

    /// The pattern of a relation with fresh variables; its further conditions are added to the scope.
    fn prepare(&mut self, thing: &Thing, tie: &Tied) -> PatternElement {
        let mut pattern = tie.pattern.clone();
        bind(&mut pattern.start, &thing.var);
        if let Some((_, last)) = pattern.steps.last_mut() {
            bind(last, &tie.other.var);
        }
        let (pattern, names) = self.freshened(pattern);
        for (how, _) in &tie.how {
            let mut how = how.clone();
            rename(&mut how, &|old| find(&names, old));
            let text = how.to_string();
            let inline = pattern
                .steps
                .iter()
                .filter_map(|(r, _)| r.predicate.as_ref());
            // The sense may contain the condition itself.
            if inline.into_iter().all(|own| own.to_string() != text) {
                self.predicates.push(how);
            }
        }
        if self.outer {
            for (_, node) in pattern.steps.iter().rev().skip(1) {
                if let Some(variable) = &node.variable {
                    let labels = super::labels(node);
                    self.witnesses
                        .push(Witness::Inner(variable.text.clone(), labels));
                }
            }
        }
        pattern
    }

    /// The documents that state a relation, as a witness; `None` unless each document is asked for.
    fn sources(&mut self, tie: &Tied, pattern: &mut PatternElement) -> Option<Witness> {
        let citations = self.vocabulary.citations.as_ref()?;
        if !tie.by_source {
            return None;
        }
        let (relationship, _) = pattern
            .steps
            .iter_mut()
            .find(|(relationship, _)| relationship.length.is_none())?;
        let fresh = self.names.take("fact");
        let variable = relationship
            .variable
            .get_or_insert_with(|| name(&fresh))
            .text
            .clone();
        Some(Witness::Source(prop(var(&variable), &citations.document)))
    }

    /// A pattern with fresh variables, except that of its start.
    pub(super) fn fresh(&mut self, pattern: PatternElement, keep: &str) -> PatternElement {
        let mut pattern = pattern;
        let start = pattern.start.clone();
        pattern.start.variable = None;
        let (mut pattern, _) = self.freshened(pattern);
        pattern.start = start;
        let _ = keep;
        pattern
    }

    /// A pattern with fresh variables, and the renaming.
    pub(super) fn freshened(
        &mut self,
        pattern: PatternElement,
    ) -> (PatternElement, Vec<(String, String)>) {
        let mut names: Vec<(String, String)> = Vec::new();
        let mut take = |variable: &Option<crate::syntax::ast::Name>| {
            if let Some(variable) = variable {
                names.push((variable.text.clone(), self.names.take(&variable.text)));
            }
        };
        take(&pattern.start.variable);
        for (relationship, node) in &pattern.steps {
            take(&relationship.variable);
            take(&node.variable);
        }
        let pattern = renamed(&pattern, &|old| find(&names, old));
        (pattern, names)
    }
}

/// Removes the variable of an end and renames it in its predicate.
fn bind(end: &mut NodePattern, to: &str) {
    if let (Some(own), Some(predicate)) = (end.variable.take(), &mut end.predicate) {
        rename(predicate, &|old| (old == own.text).then(|| to.to_owned()));
    }
}

pub(super) fn find(names: &[(String, String)], old: &str) -> Option<String> {
    names
        .iter()
        .find(|(name, _)| name == old)
        .map(|(_, new)| new.clone())
}
