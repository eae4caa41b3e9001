//! The restrictions on entities as patterns and conditions.
//!
//! Each relation is a `MATCH` of its own, so that two relations may use one relationship. Negated, alternative and
//! counted restrictions are subqueries, which see the variables of the outer scope.

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
        resolve::Names,
        resolved::{EntitySet, Relation, Restriction},
        tree::Det,
        vocabulary::Vocabulary,
    },
    syntax::ast::{Clause, CompareOp, Expr, NodePattern, PatternElement, SubqueryKind},
};

/// A column that a restriction adds.
#[derive(Clone, Debug)]
pub(super) enum Witness {
    /// Entities in a restriction.
    EntitySet(Box<EntitySet>),
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
    /// Variables that restrictions refer back to.
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
    pub(super) fn inner(&self, entities: &str) -> Self {
        let mut bound = self.bound.clone();
        bound.push(entities.to_owned());
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

    /// Adds entities with all restrictions.
    pub(super) fn entities(&mut self, entities: &EntitySet) {
        again(entities, &mut self.spoken);
        self.own(entities);
        let (plain, rest): (Vec<&Restriction>, Vec<&Restriction>) = entities
            .restrictions
            .iter()
            .partition(|restriction| self.is_positive(restriction));
        plain
            .into_iter()
            .chain(rest)
            .for_each(|restriction| self.restriction(entities, restriction));
        if !self.bound.contains(&entities.var) {
            let node = self.node(entities, true);
            // The conditions use the variable, so it must be bound first.
            self.clauses.insert(0, element(node));
        }
    }

    /// True for a restriction that is a pattern. These come first because they bind variables.
    fn is_positive(&self, restriction: &Restriction) -> bool {
        match restriction {
            Restriction::Relation(relation) => relation.other.det.is_plain(),
            Restriction::Adjective(id, _) => !self.vocabulary.adjectives[id.0 as usize]
                .pattern
                .steps
                .is_empty(),
            _ => false,
        }
    }

    /// Adds a restriction on entities.
    pub(super) fn restriction(&mut self, entities: &EntitySet, restriction: &Restriction) {
        match restriction {
            Restriction::Relation(relation) => self.relation(entities, relation),
            Restriction::Adjective(id, _) => {
                let vocabulary = self.vocabulary;
                self.of_pattern(entities, &vocabulary.adjectives[id.0 as usize].pattern);
            }
            Restriction::Superlative(attribute, most, _) => {
                self.rank(entities, By::Value(*attribute), *most);
            }
            Restriction::Compare(attribute, limit, _) => self.compare(entities, *attribute, limit),
            Restriction::Has(attribute, _) => {
                let value = self.value(entities, *attribute);
                self.predicates.push(is_null(value, true));
            }
            Restriction::Is(entity_type, noun, _) => {
                let implied = entities.entity_type.iter().all(|own| {
                    entity_type
                        .iter()
                        .any(|label| self.vocabulary.is_a(own, label))
                });
                if !implied || entities.entity_type.is_empty() {
                    self.is_of(entities, entity_type);
                }
                if let Some(noun) = noun.filter(|noun| Some(*noun) != entities.noun) {
                    self.noun(entities, noun);
                }
            }
            Restriction::Same(other) => self.predicates.push(equal(var(&entities.var), var(other))),
            Restriction::Not(inner, _) if matches!(**inner, Restriction::Same(_)) => {
                if let Restriction::Same(other) = &**inner {
                    let apart = compare(var(&entities.var), CompareOp::NotEqual, var(other));
                    self.predicates.push(apart);
                }
            }
            Restriction::Named(other) => {
                let is = self.is_named(entities, other);
                self.predicates.push(is);
            }
            Restriction::Not(inner, _) if matches!(**inner, Restriction::Named(_)) => {
                if let Restriction::Named(other) = &**inner {
                    let other = self.is_other(entities, other);
                    self.predicates.push(other);
                }
            }
            Restriction::Not(inner, _) => {
                let denied = match each_of(inner).filter(|_| self.outer) {
                    Some(each) => self.denied_of(entities, inner, &each),
                    None => self.predicate(entities, inner),
                };
                self.predicates.push(not(denied));
            }
            Restriction::And(restrictions) => restrictions
                .iter()
                .for_each(|restriction| self.restriction(entities, restriction)),
            Restriction::Or(restrictions) => {
                let choice = restrictions
                    .iter()
                    .map(|restriction| self.predicate(entities, restriction))
                    .collect();
                self.predicates.push(or(choice));
            }
        }
    }

    /// A negated restriction with `each`: the entities of `each` are bound and shown outside of the negation.
    fn denied_of(
        &mut self,
        entities: &EntitySet,
        restriction: &Restriction,
        each: &EntitySet,
    ) -> Expr {
        if !self.bound.contains(&each.var) {
            self.entities(each);
            self.witnesses
                .push(Witness::EntitySet(Box::new(each.clone())));
        }
        let mut restriction = restriction.clone();
        forget_within(std::slice::from_mut(&mut restriction), &each.var);
        self.predicate(entities, &restriction)
    }

    /// A restriction as a condition.
    pub(super) fn predicate(&self, entities: &EntitySet, restriction: &Restriction) -> Expr {
        let mut inner = self.inner(&entities.var);
        inner.restriction(entities, restriction);
        inner.exists()
    }

    /// Adds a relation, by the determiner of the other entities.
    fn relation(&mut self, entities: &EntitySet, relation: &Relation) {
        match relation.other.det {
            Det::No => {
                let any = self.with_relation(entities, relation).exists();
                self.predicates.push(not(any));
            }
            Det::Every => self.every(entities, relation),
            Det::Quantity(cmp, count) => {
                let count_of = self.count(entities, relation);
                self.predicates
                    .push(compare(count_of, op(cmp), number(count)));
            }
            Det::Most | Det::Fewest if self.outer => {
                let most = relation.other.det == Det::Most;
                let by = By::Count(Box::new((entities.clone(), relation.clone())));
                self.rank(entities, by, most);
            }
            _ => {
                self.positive(entities, relation);
                self.supported(entities, relation);
            }
        }
    }

    /// Adds a condition on the number of documents that state a relation.
    fn supported(&mut self, entities: &EntitySet, relation: &Relation) {
        let Some((cmp, count)) = relation.sources else {
            return;
        };
        let each = Relation {
            sources: None,
            by_source: true,
            ..relation.clone()
        };
        let mut inner = self.inner(&entities.var);
        inner.positive(entities, &each);
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
    fn with_relation(&self, entities: &EntitySet, relation: &Relation) -> Self {
        let mut inner = self.inner(&entities.var);
        inner.positive(entities, relation);
        inner
    }

    /// The number of other entities of a relation.
    pub(super) fn count(&self, entities: &EntitySet, relation: &Relation) -> Expr {
        let mut relation = relation.clone();
        relation.other.det = Det::Asked;
        let inner = self.with_relation(entities, &relation);
        let other = item(var(&relation.other.var), &relation.other.var);
        count_distinct(inner.matches(), other)
    }

    /// Adds the condition that none of the others lacks the relation.
    fn every(&mut self, entities: &EntitySet, relation: &Relation) {
        let mut outside = self.inner(&entities.var);
        let mut other = relation.other.clone();
        other.det = Det::Asked;
        outside.entities(&other);
        let mut inside = outside.inner(&other.var);
        let bare = Relation {
            other: EntitySet {
                again: true,
                restrictions: Vec::new(),
                det: Det::The,
                ..other
            },
            ..relation.clone()
        };
        inside.bind(&entities.var);
        inside.positive(entities, &bare);
        outside.predicates.push(not(inside.exists()));
        self.predicates.push(not(outside.exists()));
    }

    /// Adds a relation with all restrictions on the other entities.
    pub(super) fn positive(&mut self, entities: &EntitySet, relation: &Relation) {
        let wide = relation.clone();
        let start = self.node(entities, true);
        let mut pattern = self.prepare(entities, relation);
        let source = self.sources(relation, &mut pattern);
        let restricted = pattern
            .steps
            .last()
            .is_some_and(|(_, last)| last.predicate.is_some());
        let end = self.node(&relation.other, restricted);
        merge(&mut pattern.start, start, self);
        let last = match pattern.steps.last_mut() {
            Some((_, last)) => last,
            None => &mut pattern.start,
        };
        let mut merged = last.clone();
        merge(&mut merged, end, self);
        *last = merged;
        self.clauses.push(pattern);
        if self.is_shown(&relation.other) {
            self.witnesses
                .push(Witness::EntitySet(Box::new(relation.other.clone())));
        }
        self.witnesses.extend(source);
        self.own(&relation.other);
        wide.other
            .restrictions
            .iter()
            .for_each(|restriction| self.restriction(&relation.other, restriction));
    }

    /// The pattern of a relation with fresh variables; its further conditions are added to the scope.
    fn prepare(&mut self, entities: &EntitySet, relation: &Relation) -> PatternElement {
        let mut pattern = relation.pattern.clone();
        bind(&mut pattern.start, &entities.var);
        if let Some((_, last)) = pattern.steps.last_mut() {
            bind(last, &relation.other.var);
        }
        let (pattern, names) = self.freshened(pattern);
        for (how, _) in &relation.how {
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
    fn sources(&mut self, relation: &Relation, pattern: &mut PatternElement) -> Option<Witness> {
        let citations = self.vocabulary.citations.as_ref()?;
        if !relation.by_source {
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
