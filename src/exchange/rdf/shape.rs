//! The values of a property, and its exact terms where the values do not tell them.

use std::{collections::HashSet, str::FromStr as _};

use oxrdf::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term};

use super::{
    literal::{native, own, standard},
    name::Names,
};
use crate::{
    exchange::rdf_options::{Multival, RdfOptions},
    value::{Value, display::expression},
};

/// A property as it is read: its value, and the entries of [`TERMS`](super::TERMS).
pub(super) struct Property {
    pub(super) value: Value,
    pub(super) entries: Vec<String>,
}

/// How the terms of a property are read.
pub(super) struct Shape<'s> {
    pub(super) names: &'s Names,
    pub(super) options: &'s RdfOptions,
}

impl Shape<'_> {
    /// The property with these terms, which are at least one. `datatype` is that of its numbers.
    pub(super) fn property(
        &self,
        key: &str,
        predicate: &str,
        terms: &[&Term],
        datatype: Option<&str>,
    ) -> Property {
        let is_array = self.is_array(predicate);
        let values: Vec<_> = terms
            .iter()
            .map(|term| self.value(term, terms.len() > 1))
            .collect();
        let value = match self.options.multival {
            Multival::Overwrite => values.last().cloned().unwrap_or_default(),
            _ if values.len() > 1 || is_array && !matches!(values[0], Value::List(_)) => {
                Value::list(values)
            }
            _ => values.into_iter().next().unwrap_or_default(),
        };
        let told = self::terms(&value, datatype, is_array);
        let is_exact = told.is_some_and(|told| told.iter().eq(terms.iter().copied()));
        // What the option leaves out is not kept.
        let kept = match self.options.multival {
            Multival::Overwrite => &terms[terms.len() - 1..],
            _ => terms,
        };
        let entries = kept.iter().filter(|_| !is_exact);
        let entries = entries.map(|term| format!("{key} {term}")).collect();
        Property { value, entries }
    }

    /// Whether a property is a list even with one value.
    pub(super) fn is_array(&self, predicate: &str) -> bool {
        let listed = &self.options.multival_properties;
        self.options.multival == Multival::Array
            && (listed.is_empty() || listed.iter().any(|iri| iri == predicate))
    }

    fn value(&self, term: &Term, is_item: bool) -> Value {
        let literal = match term {
            Term::Literal(literal) => literal,
            Term::NamedNode(iri) => return iri.as_str().into(),
            other => return other.to_string().into(),
        };
        if let Some(value) = native(literal)
            && !(is_item && matches!(value, Value::List(_)))
        {
            return value;
        }
        match literal.language() {
            Some(language) if self.options.keeps_language_tags => tagged(literal, language),
            None if self.options.keeps_datatypes => {
                let datatype = self.names.name(literal.datatype().as_str());
                format!("{}^^{datatype}", literal.value()).into()
            }
            _ => literal.value().into(),
        }
    }
}

fn tagged(literal: &Literal, language: &str) -> Value {
    format!("{}@{language}", literal.value()).into()
}

/// The terms of a property value that come with no exact ones; `None` if no property can have the value.
pub(super) fn terms(value: &Value, datatype: Option<&str>, is_array: bool) -> Option<Vec<Term>> {
    let Value::List(items) = value else {
        return Some(vec![standard(value, datatype)?.into()]);
    };
    let literals: Option<Vec<_>> = items.iter().map(|item| standard(item, datatype)).collect();
    let literals = literals?;
    // Triples are a set: a list that repeats a value is a literal of its own.
    let distinct: HashSet<_> = literals.iter().collect();
    let is_set = distinct.len() == literals.len();
    if is_set && literals.len() > usize::from(!is_array) {
        return Some(literals.into_iter().map(Term::from).collect());
    }
    Some(vec![own(value)?.into()])
}

/// The term that a property `uri` names.
pub(super) fn term(text: &str) -> Option<NamedOrBlankNode> {
    if let Some(label) = text.strip_prefix("_:") {
        return BlankNode::new(label).ok().map(Into::into);
    }
    NamedNode::new(text).ok().map(Into::into)
}

/// The exact terms of a property by the entries that were read with it, if it still has their values.
pub(super) fn exact(
    key: &str,
    value: &Value,
    entries: &[Value],
    names: &Names,
) -> Option<Vec<Term>> {
    let texts = entries.iter().filter_map(|entry| match entry {
        Value::String(text) => text.strip_prefix(key)?.strip_prefix(' '),
        _ => None,
    });
    let terms: Vec<Term> = texts.filter_map(|text| Term::from_str(text).ok()).collect();
    let is_whole = matches!(&*terms, [term] if means(term, value, names));
    let are_items = match value {
        Value::List(items) if items.len() == terms.len() => {
            let mut pairs = terms.iter().zip(items.iter());
            pairs.all(|(term, item)| means(term, item, names))
        }
        _ => false,
    };
    let is_same = is_whole || are_items && !terms.is_empty();
    is_same.then_some(terms)
}

/// Whether a term is read as a value, by any options.
fn means(term: &Term, value: &Value, names: &Names) -> bool {
    let is = |candidate: Value| expression(&candidate) == expression(value);
    match term {
        Term::NamedNode(iri) => is(iri.as_str().into()),
        Term::Literal(literal) => {
            let datatype = || names.name(literal.datatype().as_str());
            native(literal).is_some_and(is)
                || is(literal.value().into())
                || literal
                    .language()
                    .is_some_and(|language| is(tagged(literal, language)))
                || is(format!("{}^^{}", literal.value(), datatype()).into())
        }
        _ => false,
    }
}
