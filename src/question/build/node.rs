//! Node patterns for entities.

use super::{
    make::{and, compare, equal, expr, label_expr, literal, map, node, not, number, prop, var},
    pattern::{rename, renamed},
    scope::Scope,
    value::numbered,
};
use crate::{
    question::{
        meaning::{Name, Thing},
        tree::{Det, Numbers},
        vocabulary::{AttributeId, NounId, Vocabulary},
    },
    syntax::ast::{CompareOp, Expr, ExprKind, NodePattern, PatternElement},
};

impl Scope<'_> {
    /// The node pattern of entities: only the variable if it is bound.
    pub(super) fn node(&mut self, thing: &Thing, named: bool) -> NodePattern {
        if self.bound.contains(&thing.var) || thing.again {
            return node(Some(&thing.var), &[]);
        }
        let named = named || self.is_spoken_of(thing);
        let mut node = node(named.then_some(thing.var.as_str()), &thing.kind);
        node.properties = self.properties(thing);
        if named {
            self.bound.push(thing.var.clone());
        }
        node
    }

    /// True if the variable of the entities is used outside of one pattern.
    fn is_spoken_of(&self, thing: &Thing) -> bool {
        !thing.facts.is_empty()
            || self.wanted.contains(&thing.var)
            || self.spoken.contains(&thing.var)
            || self.is_shown(thing)
            || matches!(thing.det, Det::Quantity(..) | Det::Each | Det::Asked)
            || thing.noun.is_some_and(|noun| {
                thing.name.is_none() && self.vocabulary.nouns[noun.0 as usize].pattern.is_some()
            })
            || thing.numbers.as_ref().is_some_and(|(attribute, numbers)| {
                simple_number(self.vocabulary, *attribute, numbers).is_none()
            })
    }

    fn properties(&self, thing: &Thing) -> Option<Expr> {
        let named = thing
            .name
            .as_ref()
            .map(|Name { key, value, .. }| (key.clone(), literal(value.clone())));
        let number = thing.numbers.as_ref();
        let number = number
            .and_then(|(attribute, numbers)| simple_number(self.vocabulary, *attribute, numbers));
        let (key, value) = named.or(number)?;
        Some(map(vec![(&key, value)]))
    }

    /// True if the outermost scope shows entities of a predicate.
    pub(super) fn is_shown(&self, thing: &Thing) -> bool {
        let nameless = thing.name.is_none() && !simple(thing) && !thing.again;
        self.outer
            && nameless
            && match thing.det {
                Det::Asked | Det::Each => true,
                Det::Some | Det::Their(_) => thing.noun.is_some(),
                Det::The => !thing.facts.is_empty() || thing.numbers.is_some(),
                _ => false,
            }
    }

    /// The condition that an entity has a name or one of several numbers.
    pub(super) fn is_named(&mut self, thing: &Thing, other: &Thing) -> Expr {
        if let Some(Name { key, value, .. }) = &other.name {
            return equal(prop(var(&thing.var), key), literal(value.clone()));
        }
        match &other.numbers {
            Some((attribute, numbers)) => numbered(self.value(thing, *attribute), numbers),
            None => and(Vec::new()),
        }
    }

    /// The negation of [`Scope::is_named`].
    pub(super) fn is_other(&mut self, thing: &Thing, other: &Thing) -> Expr {
        let is = self.is_named(thing, other);
        match is.kind {
            ExprKind::Comparison(of, pairs) => match <[_; 1]>::try_from(pairs) {
                Ok([(CompareOp::Equal, value)]) => compare(*of, CompareOp::NotEqual, value),
                Ok([(op, value)]) => not(compare(*of, op, value)),
                Err(pairs) => not(expr(ExprKind::Comparison(of, pairs))),
            },
            kind => not(expr(kind)),
        }
    }

    /// The conditions of the head itself: the pattern of its noun, its numbers.
    pub(super) fn own(&mut self, thing: &Thing) {
        if thing.again {
            return;
        }
        if let Some(noun) = thing.noun.filter(|_| thing.name.is_none()) {
            self.noun(thing, noun);
        }
        if let Some((attribute, numbers)) = &thing.numbers
            && simple_number(self.vocabulary, *attribute, numbers).is_none()
        {
            let value = self.value(thing, *attribute);
            self.predicates.push(numbered(value, numbers));
        }
    }

    pub(super) fn noun(&mut self, thing: &Thing, noun: NounId) {
        let vocabulary = self.vocabulary;
        if let Some(pattern) = &vocabulary.nouns[noun.0 as usize].pattern {
            self.of_pattern(thing, pattern);
        }
    }

    /// Adds a pattern over `x` with the entities as `x`.
    pub(super) fn of_pattern(&mut self, thing: &Thing, pattern: &PatternElement) {
        let own = pattern
            .start
            .variable
            .as_ref()
            .map(|variable| variable.text.clone());
        let labels = super::labels(&pattern.start);
        let is = |kind: &String| labels.iter().any(|label| self.vocabulary.is_a(kind, label));
        let implied = labels.is_empty() || (!thing.kind.is_empty() && thing.kind.iter().all(is));
        let to = |variable: &str| (Some(variable) == own.as_deref()).then(|| thing.var.clone());
        let mut pattern = renamed(pattern, &to);
        if let Some(mut predicate) = pattern.start.predicate.take() {
            rename(&mut predicate, &to);
            self.predicates.push(predicate);
        }
        if let Some(ExprKind::Map(entries)) = pattern.start.properties.take().map(|map| map.kind) {
            for (key, value) in entries {
                self.predicates
                    .push(equal(prop(var(&thing.var), &key.text), value));
            }
        }
        if !implied && pattern.steps.is_empty() {
            self.is_of(thing, &labels);
        }
        if !pattern.steps.is_empty() {
            if let Some((_, last)) = pattern.steps.last_mut()
                && last.predicate.is_none()
            {
                last.variable = None;
            }
            pattern.start = self.node(thing, true);
            let pattern = self.fresh(pattern, &thing.var);
            self.clauses.push(pattern);
        }
    }

    /// `n:Label`
    pub(super) fn is_of(&mut self, thing: &Thing, labels: &[String]) {
        if let Some(labels) = label_expr(labels) {
            let of = Box::new(var(&thing.var));
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
fn simple(thing: &Thing) -> bool {
    matches!(&thing.numbers, Some((_, Numbers::OneOf(list))) if list.len() == 1)
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
