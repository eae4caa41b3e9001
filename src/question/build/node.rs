//! Node patterns for entities.

use super::{
    make::{and, compare, equal, expr, label_expr, literal, map, node, not, number, prop, var},
    pattern::{rename, renamed},
    scope::Scope,
    value::numbered,
};
use crate::{
    question::{
        resolved::{EntitySet, Name},
        tree::{Det, Numbers},
        vocabulary::{AttributeId, NounId, Vocabulary},
    },
    syntax::ast::{CompareOp, Expr, ExprKind, NodePattern, PatternElement},
};

impl Scope<'_> {
    /// The node pattern of entities: only the variable if it is bound.
    pub(super) fn node(&mut self, entities: &EntitySet, named: bool) -> NodePattern {
        if self.bound.contains(&entities.var) || entities.again {
            return node(Some(&entities.var), &[]);
        }
        let named = named || self.is_spoken_of(entities);
        let mut node = node(
            named.then_some(entities.var.as_str()),
            &entities.entity_type,
        );
        node.properties = self.properties(entities);
        if named {
            self.bound.push(entities.var.clone());
        }
        node
    }

    /// True if the variable of the entities is used outside of one pattern.
    fn is_spoken_of(&self, entities: &EntitySet) -> bool {
        !entities.restrictions.is_empty()
            || self.wanted.contains(&entities.var)
            || self.spoken.contains(&entities.var)
            || self.is_shown(entities)
            || matches!(entities.det, Det::Quantity(..) | Det::Each | Det::Asked)
            || entities.noun.is_some_and(|noun| {
                entities.name.is_none() && self.vocabulary.nouns[noun.0 as usize].pattern.is_some()
            })
            || entities
                .numbers
                .as_ref()
                .is_some_and(|(attribute, numbers)| {
                    simple_number(self.vocabulary, *attribute, numbers).is_none()
                })
    }

    fn properties(&self, entities: &EntitySet) -> Option<Expr> {
        let named = entities
            .name
            .as_ref()
            .map(|Name { key, value, .. }| (key.clone(), literal(value.clone())));
        let number = entities.numbers.as_ref();
        let number = number
            .and_then(|(attribute, numbers)| simple_number(self.vocabulary, *attribute, numbers));
        let (key, value) = named.or(number)?;
        Some(map(vec![(&key, value)]))
    }

    /// True if the outermost scope shows entities of a restriction.
    pub(super) fn is_shown(&self, entities: &EntitySet) -> bool {
        let nameless = entities.name.is_none() && !simple(entities) && !entities.again;
        self.outer
            && nameless
            && match entities.det {
                Det::Asked | Det::Each => true,
                Det::Some | Det::Their(_) => entities.noun.is_some(),
                Det::The => !entities.restrictions.is_empty() || entities.numbers.is_some(),
                _ => false,
            }
    }

    /// The condition that an entity has a name or one of several numbers.
    pub(super) fn is_named(&mut self, entities: &EntitySet, other: &EntitySet) -> Expr {
        if let Some(Name { key, value, .. }) = &other.name {
            return equal(prop(var(&entities.var), key), literal(value.clone()));
        }
        match &other.numbers {
            Some((attribute, numbers)) => numbered(self.value(entities, *attribute), numbers),
            None => and(Vec::new()),
        }
    }

    /// The negation of [`Scope::is_named`].
    pub(super) fn is_other(&mut self, entities: &EntitySet, other: &EntitySet) -> Expr {
        let is = self.is_named(entities, other);
        match is.kind {
            ExprKind::Comparison(of, pairs) => match <[_; 1]>::try_from(pairs) {
                Ok([(CompareOp::Equal, value)]) => compare(*of, CompareOp::NotEqual, value),
                Ok([(op, value)]) => not(compare(*of, op, value)),
                Err(pairs) => not(expr(ExprKind::Comparison(of, pairs))),
            },
            entity_type => not(expr(entity_type)),
        }
    }

    /// The conditions of the head itself: the pattern of its noun, its numbers.
    pub(super) fn own(&mut self, entities: &EntitySet) {
        if entities.again {
            return;
        }
        if let Some(noun) = entities.noun.filter(|_| entities.name.is_none()) {
            self.noun(entities, noun);
        }
        if let Some((attribute, numbers)) = &entities.numbers
            && simple_number(self.vocabulary, *attribute, numbers).is_none()
        {
            let value = self.value(entities, *attribute);
            self.predicates.push(numbered(value, numbers));
        }
    }

    pub(super) fn noun(&mut self, entities: &EntitySet, noun: NounId) {
        let vocabulary = self.vocabulary;
        if let Some(pattern) = &vocabulary.nouns[noun.0 as usize].pattern {
            self.of_pattern(entities, pattern);
        }
    }

    /// Adds a pattern over `x` with the entities as `x`.
    pub(super) fn of_pattern(&mut self, entities: &EntitySet, pattern: &PatternElement) {
        let own = pattern
            .start
            .variable
            .as_ref()
            .map(|variable| variable.text.clone());
        let labels = super::labels(&pattern.start);
        let is = |entity_type: &String| {
            labels
                .iter()
                .any(|label| self.vocabulary.is_a(entity_type, label))
        };
        let implied = labels.is_empty()
            || (!entities.entity_type.is_empty() && entities.entity_type.iter().all(is));
        let to = |variable: &str| (Some(variable) == own.as_deref()).then(|| entities.var.clone());
        let mut pattern = renamed(pattern, &to);
        if let Some(mut predicate) = pattern.start.predicate.take() {
            rename(&mut predicate, &to);
            self.predicates.push(predicate);
        }
        if let Some(ExprKind::Map(entries)) = pattern.start.properties.take().map(|map| map.kind) {
            for (key, value) in entries {
                self.predicates
                    .push(equal(prop(var(&entities.var), &key.text), value));
            }
        }
        if !implied && pattern.steps.is_empty() {
            self.is_of(entities, &labels);
        }
        if !pattern.steps.is_empty() {
            if let Some((_, last)) = pattern.steps.last_mut()
                && last.predicate.is_none()
            {
                last.variable = None;
            }
            pattern.start = self.node(entities, true);
            let pattern = self.fresh(pattern, &entities.var);
            self.clauses.push(pattern);
        }
    }

    /// `n:Label`
    pub(super) fn is_of(&mut self, entities: &EntitySet, labels: &[String]) {
        if let Some(labels) = label_expr(labels) {
            let of = Box::new(var(&entities.var));
            self.predicates.push(expr(ExprKind::HasLabels(of, labels)));
        }
    }
}

/// Merges the node of an entity into an end of a pattern, keeping the predicates of both.
pub(super) fn merge(end: &mut NodePattern, mut node: NodePattern, scope: &mut Scope<'_>) {
    let variable = node.variable.clone();
    let both = end
        .predicate
        .take()
        .into_iter()
        .chain(node.predicate.take());
    let both: Vec<Expr> = both.collect();
    node.predicate = (!both.is_empty()).then(|| and(both));
    if let Some(properties) = end.properties.take() {
        match (&node.properties, &variable) {
            (None, _) => node.properties = Some(properties),
            (Some(_), Some(variable)) => {
                if let ExprKind::Map(entries) = properties.kind {
                    for (key, value) in entries {
                        scope
                            .predicates
                            .push(equal(prop(var(&variable.text), &key.text), value));
                    }
                }
            }
            (Some(_), None) => {}
        }
    }
    *end = node;
}

/// True if a single number identifies the entity.
fn simple(entities: &EntitySet) -> bool {
    matches!(&entities.numbers, Some((_, Numbers::OneOf(list))) if list.len() == 1)
}

/// `{number: 7}`, if the attribute is a property; `None` otherwise.
fn simple_number(
    vocabulary: &Vocabulary,
    attribute: AttributeId,
    numbers: &Numbers,
) -> Option<(String, Expr)> {
    let (Numbers::OneOf(list), attribute) = (numbers, &vocabulary.attributes[attribute.0 as usize])
    else {
        return None;
    };
    let (ExprKind::Property(_, key), [only], true) = (
        &attribute.value.kind,
        list.as_slice(),
        attribute.pattern.steps.is_empty(),
    ) else {
        return None;
    };
    Some((key.text.clone(), number(*only)))
}
