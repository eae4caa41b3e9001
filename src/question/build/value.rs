//! Attribute values and conditions on them.

use super::{
    date::compare_date,
    make::{and, binary, compare, equal, list, literal, node, number, op, text},
    pattern::rename,
    scope::{Scope, find},
};
use crate::{
    question::{
        resolved::{EntitySet, Limit},
        tree::{Cmp, Numbers},
        vocabulary::{Attribute, AttributeId, Dates, ValueKind},
    },
    syntax::ast::{BinaryOp, Expr, Literal, PatternElement},
};

/// Old variables with their new names.
pub(super) type Renamed = Vec<(String, String)>;

/// An attribute pattern in the clauses: its entity variable, its steps, its variables.
pub(super) type Reached = (String, String, Renamed);

/// The value of an attribute of a variable, with the other variables of the pattern renamed.
fn value_over(attribute: &Attribute, variable: &str, names: &Renamed) -> Expr {
    let own = attribute.pattern.start.variable.as_ref();
    let mut value = attribute.value.clone();
    rename(&mut value, &|old| match own {
        Some(own) if own.text == old => Some(variable.to_owned()),
        _ => find(names, old),
    });
    value
}

impl Scope<'_> {
    /// The value of an attribute of entities. Its pattern is added if it has one.
    pub(super) fn value(&mut self, entities: &EntitySet, attribute: AttributeId) -> Expr {
        self.value_of(&entities.var, Some(entities), attribute)
    }

    /// The same for a variable.
    pub(super) fn matched_value(&mut self, variable: &str, attribute: AttributeId) -> Expr {
        self.value_of(variable, None, attribute)
    }

    /// The value of an attribute whose pattern, if any, is already in the clauses.
    pub(super) fn value_at(&self, variable: &str, attribute: AttributeId) -> Expr {
        let attribute = &self.vocabulary.attributes[attribute.0 as usize];
        let names = self.reached(variable, &attribute.pattern);
        value_over(attribute, variable, &names.unwrap_or_default())
    }

    fn value_of(
        &mut self,
        variable: &str,
        entities: Option<&EntitySet>,
        attribute: AttributeId,
    ) -> Expr {
        let vocabulary = self.vocabulary;
        let attribute = &vocabulary.attributes[attribute.0 as usize];
        let names = if attribute.pattern.steps.is_empty() {
            Renamed::new()
        } else {
            self.reach(variable, entities, &attribute.pattern)
        };
        value_over(attribute, variable, &names)
    }

    /// The variables of an attribute pattern, which is added unless it is already in the clauses.
    fn reach(
        &mut self,
        variable: &str,
        entities: Option<&EntitySet>,
        pattern: &PatternElement,
    ) -> Renamed {
        let key = steps_text(pattern);
        let known = self
            .reached
            .iter()
            .find(|(of, steps, _)| of == variable && *steps == key);
        if let Some((_, _, names)) = known {
            return names.clone();
        }
        let (mut own, names) = self.attribute_pattern(pattern);
        own.start = match entities {
            Some(entities) => self.node(entities, true),
            None => node(Some(variable), &[]),
        };
        self.clauses.push(own);
        self.reached.push((variable.to_owned(), key, names.clone()));
        names
    }

    /// An attribute pattern with fresh variables.
    pub(super) fn attribute_pattern(
        &mut self,
        pattern: &PatternElement,
    ) -> (PatternElement, Renamed) {
        let mut pattern = pattern.clone();
        pattern.start.variable = None;
        self.freshened(pattern)
    }

    /// The variables of an attribute pattern that is already in the clauses; `None` if it is not.
    pub(super) fn reached(&self, variable: &str, pattern: &PatternElement) -> Option<Renamed> {
        let key = steps_text(pattern);
        let found = self
            .reached
            .iter()
            .find(|(of, steps, _)| of == variable && *steps == key);
        found.map(|(_, _, names)| names.clone())
    }

    /// Records that an attribute pattern is in the clauses.
    pub(super) fn note_reached(
        &mut self,
        variable: &str,
        pattern: &PatternElement,
        names: Renamed,
    ) {
        self.reached
            .push((variable.to_owned(), steps_text(pattern), names));
    }

    pub(super) fn compare(&mut self, entities: &EntitySet, attribute: AttributeId, limit: &Limit) {
        let value = self.value(entities, attribute);
        let described = &self.vocabulary.attributes[attribute.0 as usize];
        let (entity_type, dates) = (described.kind, described.dates.unwrap_or(Dates::Text));
        let predicate = match limit {
            Limit::Number(cmp, limit) => compare(value, op(*cmp), number(*limit)),
            Limit::Between(low, high) => and(vec![
                compare(value.clone(), op(Cmp::GreaterOrEqual), number(*low)),
                compare(value, op(Cmp::LessOrEqual), number(*high)),
            ]),
            Limit::Date(cmp, date) => compare_date(value, dates, *cmp, date),
            Limit::Dates(from, to) => and(vec![
                compare_date(value.clone(), dates, Cmp::GreaterOrEqual, from),
                compare_date(value, dates, Cmp::LessOrEqual, to),
            ]),
            Limit::Text(wanted) if entity_type == ValueKind::List => {
                binary(BinaryOp::In, text(wanted), value)
            }
            Limit::Text(wanted) => equal(value, text(wanted)),
            Limit::Yes => equal(value, literal(Literal::Boolean(true))),
            Limit::Than(cmp, other) => {
                self.entities(other);
                let theirs = self.value(other, attribute);
                compare(value, op(*cmp), theirs)
            }
        };
        self.predicates.push(predicate);
    }
}

fn steps_text(pattern: &PatternElement) -> String {
    let mut pattern = pattern.clone();
    pattern.start = node(None, &[]);
    pattern.to_string()
}

/// The condition on a number.
pub(super) fn numbered(value: Expr, numbers: &Numbers) -> Expr {
    match numbers {
        Numbers::OneOf(numbers) => {
            let numbers = numbers.iter().map(|one| number(*one)).collect();
            binary(BinaryOp::In, value, list(numbers))
        }
        Numbers::Between(low, high) => and(vec![
            compare(value.clone(), op(Cmp::GreaterOrEqual), number(*low)),
            compare(value, op(Cmp::LessOrEqual), number(*high)),
        ]),
        Numbers::Compared(cmp, limit) => compare(value, op(*cmp), number(*limit)),
    }
}
