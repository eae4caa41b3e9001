//! The columns of an answer. Entities whose names are not unique are carried to the last clause, so that each keeps its
//! own row.

use super::make::{item, returned, var, with};
use crate::syntax::ast::{Clause, Expr, ProjectionItem, SortItem};

/// A column of an answer.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) expr: Expr,
    pub(super) alias: String,
    /// The variable of the entities that the column names, if several of them may have the same name.
    pub(super) entity: Option<String>,
}

impl Shown {
    /// A column of values.
    pub(super) fn value(expr: Expr, alias: String) -> Self {
        Self {
            expr,
            alias,
            entity: None,
        }
    }

    /// The variable that carries the column between two clauses.
    fn carrier(&self, entities: &[&str]) -> String {
        match &self.entity {
            Some(variable) => variable.clone(),
            None if entities.contains(&self.alias.as_str()) => format!("{}Value", self.alias),
            None => self.alias.clone(),
        }
    }
}

/// The variables of entities whose names are not unique.
pub(super) fn unnamed(shown: &[Shown]) -> Vec<&str> {
    let mut entities: Vec<&str> = Vec::new();
    for variable in shown.iter().filter_map(|column| column.entity.as_deref()) {
        if !entities.contains(&variable) {
            entities.push(variable);
        }
    }
    entities
}

/// The columns as items of a projection.
pub(super) fn items(shown: &[Shown]) -> Vec<ProjectionItem> {
    shown
        .iter()
        .map(|column| item(column.expr.clone(), &column.alias))
        .collect()
}

/// The columns as items of a `WITH`: entities whose names are not unique stay entities.
pub(super) fn kept(shown: &[Shown]) -> Vec<ProjectionItem> {
    let entities = unnamed(shown);
    let mut items: Vec<ProjectionItem> = Vec::new();
    items.extend(
        entities
            .iter()
            .map(|variable| item(var(variable), variable)),
    );
    let values = shown.iter().filter(|column| column.entity.is_none());
    items.extend(values.map(|column| item(column.expr.clone(), &column.carrier(&entities))));
    items
}

/// The items of [`kept`] after another `WITH`.
pub(super) fn kept_again(shown: &[Shown]) -> Vec<ProjectionItem> {
    let names = kept(shown).into_iter().filter_map(|item| item.alias);
    names
        .map(|name| item(var(&name.text), &name.text))
        .collect()
}

/// The columns after a `WITH` with the items of [`kept`].
pub(super) fn named(shown: &[Shown]) -> Vec<ProjectionItem> {
    let entities = unnamed(shown);
    let named = shown.iter().map(|column| match &column.entity {
        Some(_) => item(column.expr.clone(), &column.alias),
        None => item(var(&column.carrier(&entities)), &column.alias),
    });
    named.collect()
}

/// Returns each row once. Entities whose names are not unique have a row each.
pub(super) fn rows(shown: &[Shown], order: Vec<SortItem>) -> Vec<Clause> {
    match unnamed(shown).is_empty() {
        true => vec![returned(true, items(shown), order)],
        false => vec![
            with(true, kept(shown), None),
            returned(false, named(shown), order),
        ],
    }
}

/// Returns the groups of rows with an aggregate.
pub(super) fn groups(shown: &[Shown], folded: (Expr, &str), order: Vec<SortItem>) -> Vec<Clause> {
    let (folded, alias) = folded;
    if unnamed(shown).is_empty() {
        let mut items = items(shown);
        items.push(item(folded, alias));
        return vec![returned(false, items, order)];
    }
    let (mut kept, mut named) = (kept(shown), named(shown));
    kept.push(item(folded, alias));
    named.push(item(var(alias), alias));
    vec![with(false, kept, None), returned(false, named, order)]
}

/// A column name that is not in use.
pub(super) fn unique(shown: &[Shown], alias: &str) -> String {
    let taken = |name: &str| shown.iter().any(|column| column.alias == name);
    let mut name = alias.to_owned();
    let mut number = 2;
    while taken(&name) {
        name = format!("{alias}{number}");
        number += 1;
    }
    name
}
