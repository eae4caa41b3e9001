//! Statements for counts and sums, with or without grouping keys.

use super::{
    fold::function_of,
    make::{call, call_distinct, count_distinct, item, query, returned, sort, text, var, with},
    pattern::type_names,
    query::{Builder, as_optional, root},
    scope::{Scope, Witness},
    shown::{self, Shown, kept, kept_again, named, unique, unnamed},
    walk::{find_entities, forget, group_variable, others},
};
use crate::{
    question::{
        resolve::camel,
        resolved::{Column, EntitySet, Group, Restriction},
        tree::{Det, Fold},
        vocabulary::{Attribute, AttributeId},
    },
    syntax::ast::{Expr, ExprKind, Name, ProjectionItem, Query, SortItem},
};

impl<'v> Builder<'v> {
    pub(super) fn count(&self, entities: &EntitySet, by: &[Group], keep_zero: bool) -> Query {
        if let [group] = by
            && let Some(query) = self.count_each(entities, group, keep_zero)
        {
            return query;
        }
        let mut scope = self.scope();
        scope.wanted.extend(by.iter().map(group_variable));
        scope.wanted.push(entities.var.clone());
        scope.entities(entities);
        let mut groups = Vec::new();
        for group in by {
            self.group(&mut scope, entities, group, &mut groups);
        }
        if !by.is_empty() && !by.iter().any(|group| matches!(group, Group::Relation(..))) {
            self.spread_groups(&mut scope, &mut groups);
        }
        let mut clauses = scope.matches();
        let alias = unique(&groups, &camel(&self.plural(entities)));
        let count = call_distinct("count", var(&entities.var));
        let order = self.group_order(&groups);
        clauses.extend(shown::groups(&groups, (count, &alias), order));
        query(clauses)
    }

    /// Adds plural entities without an article beside `each` as further grouping keys.
    fn spread_groups(&self, scope: &mut Scope<'v>, groups: &mut Vec<Shown>) {
        for witness in scope.witnesses.clone() {
            let Witness::EntitySet(other) = witness else {
                continue;
            };
            let shown = self.name_as(&other, &other.var);
            if other.det == Det::Some
                && !other.unsaid
                && !groups
                    .iter()
                    .any(|column| column.expr.to_string() == shown.expr.to_string())
            {
                groups.push(shown);
            }
        }
    }

    fn group(
        &self,
        scope: &mut Scope<'v>,
        entities: &EntitySet,
        group: &Group,
        groups: &mut Vec<Shown>,
    ) {
        match group {
            Group::Entities(variable) => {
                let found = find_entities(entities, variable);
                let entity_type = found
                    .map(|entities| entities.entity_type.clone())
                    .unwrap_or_default();
                groups.push(self.named(variable, &entity_type, variable.clone()));
                if let Some(number) = found.and_then(|entities| self.number_of(entities)) {
                    let expr = scope.matched_value(variable, number);
                    let alias = unique(groups, "number");
                    groups.push(Shown::value(expr, alias));
                }
            }
            Group::Values(of, id) => {
                let expr = scope.matched_value(of, *id);
                groups.push(self.value_group(expr, *id, groups));
            }
            Group::Relation(value, id) => groups.push(self.value_group(value.clone(), *id, groups)),
        }
    }

    /// A value as a grouping key; entities without a value form a group of their own.
    fn value_group(&self, value: Expr, id: AttributeId, groups: &[Shown]) -> Shown {
        let attribute = &self.vocabulary.attributes[id.0 as usize];
        let expr = match self.may_lack(attribute) {
            true => call("coalesce", vec![value, text("not stated")]),
            false => value,
        };
        Shown::value(expr, unique(groups, &camel(&attribute.words)))
    }

    /// True if an entity that can have a value has none.
    fn may_lack(&self, attribute: &Attribute) -> bool {
        let ExprKind::Property(_, key) = &attribute.value.kind else {
            return false;
        };
        let (catalog, stats) = (self.graph.catalog(), self.graph.stats());
        let (Some(holder), Some(key)) = (root(&attribute.value), catalog.key(&key.text)) else {
            return false;
        };
        let is = |name: &Option<Name>| name.as_ref().is_some_and(|name| name.text == holder);
        let lacks_label = |label: &String| {
            catalog
                .label(label)
                .is_some_and(|label| stats.with_key(Some(label), key) < stats.nodes(Some(label)))
        };
        let lacks_type = |ty: &String| {
            catalog.relationship_type(ty).is_some_and(|ty| {
                stats.relationships_with_key(Some(ty), key) < stats.relationships(Some(ty))
            })
        };
        for (relationship, node) in &attribute.pattern.steps {
            if is(&relationship.variable) {
                return type_names(relationship).iter().any(lacks_type);
            }
            if is(&node.variable) {
                return super::labels(node).iter().any(lacks_label);
            }
        }
        attribute.labels.iter().any(lacks_label)
    }

    /// The attribute whose numbers identify entities of the noun.
    fn number_of(&self, entities: &EntitySet) -> Option<AttributeId> {
        let noun = self.noun(entities)?;
        self.vocabulary.nouns[noun.0 as usize].numbered
    }

    /// The order of groups: by number if there is one, so that `KSS 10` follows `KSS 9`; then by the other keys.
    fn group_order(&self, groups: &[Shown]) -> Vec<SortItem> {
        let numbers = |column: &&Shown| column.alias.starts_with("number");
        let first = groups.iter().filter(numbers);
        let rest = groups.iter().filter(|column| !numbers(column));
        let columns = first.chain(rest);
        columns
            .map(|column| sort(var(&column.alias), false))
            .collect()
    }

    /// A count per entity of a whole type, including zero; `None` if zero counts are dropped.
    fn count_each(&self, entities: &EntitySet, group: &Group, keep_zero: bool) -> Option<Query> {
        let Group::Entities(variable) = group else {
            return None;
        };
        let each = find_entities(entities, variable)?;
        if !keep_zero && !self.keeps_zero(entities, variable) {
            return None;
        }
        let mut outer = self.scope();
        outer.wanted.push(variable.clone());
        outer.entities(each);
        let mut inner = outer.inner(variable);
        let mut bare = entities.clone();
        forget(&mut bare, variable);
        bare.det = Det::Asked;
        inner.entities(&bare);
        let counted = inner.matches();
        let alias = camel(&self.plural(entities));
        let mut columns = vec![self.name_as(each, variable)];
        if let Some(number) = self.number_of(each) {
            let expr = outer.matched_value(variable, number);
            columns.push(Shown::value(expr, "number".to_owned()));
        }
        let mut clauses = outer.matches();
        let count = if counted.len() == 1 {
            clauses.extend(as_optional(counted));
            call_distinct("count", var(&entities.var))
        } else {
            count_distinct(counted, item(var(&entities.var), &entities.var))
        };
        let order = self.group_order(&columns);
        clauses.extend(shown::groups(&columns, (count, &alias), order));
        Some(query(clauses))
    }

    /// True if entities with a zero count are shown: if `each` is the subject or only a place, or if it is within a
    /// negation.
    fn keeps_zero(&self, entities: &EntitySet, variable: &str) -> bool {
        entities
            .restrictions
            .iter()
            .any(|restriction| match restriction {
                Restriction::Not(..) => {
                    let mut denied = false;
                    others(std::slice::from_ref(restriction), &mut |other| {
                        denied |= other.var == variable
                    });
                    denied
                }
                Restriction::Relation(relation) if relation.other.var == variable => {
                    let light = relation.verb.is_none_or(|verb| {
                        let verb = &self.vocabulary.verbs[verb.0 as usize];
                        verb.base.starts_with("be ") || verb.base == "have"
                    });
                    light || relation.inverse
                }
                _ => false,
            })
    }

    /// Aggregates values, optionally with grouping keys.
    pub(super) fn fold(
        &self,
        entities: &EntitySet,
        columns: &[Column],
        fold: Fold,
        by: &[Group],
    ) -> Query {
        let mut scope = self.scope_of(entities, columns);
        scope.wanted.extend(by.iter().map(group_variable));
        let mut groups = Vec::new();
        for group in by {
            self.group(&mut scope, entities, group, &mut groups);
        }
        let (of, value, words) = match columns.first() {
            Some(Column::Value { of, attribute, .. }) => {
                let words = &self.vocabulary.attributes[attribute.0 as usize].words;
                (of, scope.matched_value(of, *attribute), camel(words))
            }
            Some(Column::Relation { value, words }) => (&entities.var, value.clone(), camel(words)),
            _ => return self.values(entities, columns),
        };
        let mut clauses = scope.matches();
        // Each entity or relationship that has a value counts once, even if several rows lead to it.
        let mut kept = kept(&groups);
        let each = unique(&groups, of);
        kept.push(item(var(of), &each));
        if let Some(holder) = holder(&value).filter(|holder| holder != of) {
            kept.push(item(var(&holder), &unique(&groups, &holder)));
        }
        kept.push(item(value, &words));
        clauses.push(with(true, kept, None));
        let function = function_of(fold);
        let folded = match fold {
            Fold::Count => call_distinct(function, var(&words)),
            _ => call(function, vec![var(&words)]),
        };
        let mut folds = vec![item(folded, &words)];
        if fold == Fold::Sum && !groups.is_empty() {
            folds.push(item(
                call("count", vec![var(&each)]),
                &unique(&groups, &camel(&self.plural(entities))),
            ));
        }
        let mut out = named(&groups);
        if !unnamed(&groups).is_empty() {
            let again = |fold: &ProjectionItem| fold.alias.as_ref().map(|name| name.text.clone());
            let names: Vec<String> = folds.iter().filter_map(again).collect();
            let mut grouped = kept_again(&groups);
            grouped.append(&mut folds);
            clauses.push(with(false, grouped, None));
            folds = names.iter().map(|name| item(var(name), name)).collect();
        }
        out.extend(folds);
        let order = self.group_order(&groups);
        clauses.push(returned(false, out, order));
        query(clauses)
    }
}

/// The variable of the entity or relationship that has a value.
fn holder(value: &Expr) -> Option<String> {
    match &value.kind {
        ExprKind::Property(of, _) => match &of.kind {
            ExprKind::Variable(variable) => Some(variable.clone()),
            _ => None,
        },
        _ => None,
    }
}
