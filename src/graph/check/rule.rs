//! The rules of a manifest, one function per rule kind.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    graph::{
        Orientation,
        check::{
            Check, CheckReport,
            view::{Entity, View, is_same, spelt, spelt_literal},
        },
        manifest::{Exactly, Literal, Rule, RuleKind},
    },
    value::{NodeId, Value},
};

/// Verifies a rule, or reports it as skipped if a loaded overlay suspends it.
pub(super) fn check(view: &View<'_>, rule: &Rule, overlays: &[String], report: &mut CheckReport) {
    if let Some(overlay) = rule
        .unless_overlay
        .as_ref()
        .filter(|name| overlays.contains(name))
    {
        report
            .skipped
            .push(format!("{}: the overlay `{overlay}` is loaded", rule.says));
        return;
    }
    let entities = entities(*view, rule);
    let mut check = Check::new(&rule.says);
    check.checked = entities.len();
    match rule.kind {
        RuleKind::Unique => unique(*view, rule, &entities, &mut check),
        RuleKind::Required => required(*view, rule, &entities, &mut check),
        RuleKind::Forbidden => forbidden(*view, rule, &entities, &mut check),
        RuleKind::Values => values(*view, rule, &entities, &mut check),
        RuleKind::Count => count(*view, rule, &entities, &mut check),
        RuleKind::Lines => lines(*view, &entities, &mut check),
    }
    report.checks.push(check);
}

/// The entities that the rule applies to.
fn entities(view: View<'_>, rule: &Rule) -> Vec<Entity> {
    let nodes = rule.nodes.iter().flat_map(|label| view.nodes(label));
    let relationships = rule
        .relationships
        .iter()
        .flat_map(|kind| view.relationships(kind));
    let mut entities: Vec<Entity> = nodes.chain(relationships).collect();
    entities.retain(|entity| is_kept(view, *entity, rule));
    entities
}

/// Whether the rule applies to an entity.
pub(super) fn concerns(view: View<'_>, entity: Entity, rule: &Rule) -> bool {
    let is_meant = match (entity, &rule.nodes, &rule.relationships) {
        (Entity::Node(node), Some(label), _) => view.has_label(node, label),
        (Entity::Relationship(edge), _, Some(kind)) => kind == "*" || view.type_of(edge) == kind,
        (Entity::Node(_), None, _) | (Entity::Relationship(_), _, None) => false,
    };
    is_meant && is_kept(view, entity, rule)
}

/// Whether an entity with the right label or type passes the filters of the rule.
fn is_kept(view: View<'_>, entity: Entity, rule: &Rule) -> bool {
    has_one(view, entity, &rule.keep, true)
        && !has_one(view, entity, &rule.drop, false)
        && has_edge(view, entity, rule)
}

/// Whether the entity has, for each key, one of the wanted values. Without keys the result is `without`.
fn has_one(
    view: View<'_>,
    entity: Entity,
    wanted: &IndexMap<String, Vec<Literal>>,
    without: bool,
) -> bool {
    if wanted.is_empty() {
        return without;
    }
    wanted.iter().all(|(key, values)| {
        let value = view.property(entity, key);
        values.iter().any(|wanted| is_same(&value, wanted))
    })
}

fn has_edge(view: View<'_>, entity: Entity, rule: &Rule) -> bool {
    match (&rule.having, entity) {
        (Some(kind), Entity::Node(node)) => {
            let ty = view.graph.catalog().relationship_type(kind);
            ty.is_some_and(|ty| view.graph.degree(node, Some(ty), Orientation::Outgoing) > 0)
        }
        _ => true,
    }
}

fn unique(view: View<'_>, rule: &Rule, entities: &[Entity], check: &mut Check) {
    let mut seen: BTreeMap<String, Entity> = BTreeMap::new();
    let compared = |entity: &&Entity| is_compared(view, **entity, &rule.keys);
    for entity in entities.iter().filter(compared) {
        let values: Vec<String> = rule
            .keys
            .iter()
            .map(|key| part(view, *entity, key))
            .collect();
        let first = *seen.entry(values.join(", ")).or_insert(*entity);
        if first != *entity {
            let message = format!(
                "expected a unique {}, found {} again",
                rule.keys.join(", "),
                values.join(", ")
            );
            check.failures.push(view.failure(*entity, message));
        }
    }
}

/// Whether an entity takes part in a uniqueness check. One with none of the keys equals no other.
pub(super) fn is_compared(view: View<'_>, entity: Entity, keys: &[String]) -> bool {
    keys.iter()
        .any(|key| key.starts_with(':') || !view.property(entity, key).is_null())
}

/// A value of a uniqueness key. Ends and type are named as in a CSV header.
fn part(view: View<'_>, entity: Entity, key: &str) -> String {
    match (key, entity) {
        (":START_ID", Entity::Relationship(edge)) => view.graph.endpoints(edge).0.0.to_string(),
        (":END_ID", Entity::Relationship(edge)) => view.graph.endpoints(edge).1.0.to_string(),
        (":TYPE", Entity::Relationship(edge)) => view.type_of(edge).to_owned(),
        _ => spelt(&view.property(entity, key)),
    }
}

fn required(view: View<'_>, rule: &Rule, entities: &[Entity], check: &mut Check) {
    for entity in entities {
        for key in rule
            .keys
            .iter()
            .filter(|key| view.property(*entity, key).is_null())
        {
            check.failures.push(view.failure(
                *entity,
                format!("expected the property `{key}`, found none"),
            ));
        }
    }
}

fn forbidden(view: View<'_>, rule: &Rule, entities: &[Entity], check: &mut Check) {
    for entity in entities {
        for key in &rule.keys {
            let value = view.property(*entity, key);
            if !value.is_null() {
                let message = format!("expected no property `{key}`, found {}", spelt(&value));
                check.failures.push(view.failure(*entity, message));
            }
        }
    }
}

fn values(view: View<'_>, rule: &Rule, entities: &[Entity], check: &mut Check) {
    let key = rule.key.as_deref().unwrap_or_default();
    let exactly = match &rule.exactly {
        Some(Exactly::Values(values)) => Some(values),
        _ => None,
    };
    let mut met: BTreeSet<usize> = BTreeSet::new();
    for entity in entities {
        let value = view.property(*entity, key);
        if value.is_null() {
            continue;
        }
        if let Some(message) = wrong_value(&value, rule, exactly, &mut met) {
            check.failures.push(view.failure(*entity, message));
        }
    }
    for (position, wanted) in exactly.into_iter().flatten().enumerate() {
        if !met.contains(&position) {
            check.failures.push(super::Failure {
                entity: format!("`{key}`"),
                place: None,
                message: format!(
                    "expected the value {} at least once, found none",
                    spelt_literal(wanted)
                ),
            });
        }
    }
}

/// The error of a value, if any. Records in `met` which wanted value it equals.
fn wrong_value(
    value: &Value,
    rule: &Rule,
    exactly: Option<&Vec<Literal>>,
    met: &mut BTreeSet<usize>,
) -> Option<String> {
    let one_of = |values: &Vec<Literal>| values.iter().position(|wanted| is_same(value, wanted));
    if let Some(values) = rule.among.as_ref().or(exactly) {
        match one_of(values) {
            Some(position) => met.insert(position),
            None => {
                let list: Vec<_> = values.iter().map(spelt_literal).collect();
                return Some(format!(
                    "expected one of {}, found {}",
                    list.join(", "),
                    spelt(value)
                ));
            }
        };
    }
    let barred = rule.not_among.as_ref().and_then(one_of);
    barred.map(|_| {
        format!(
            "expected a value that is not excluded, found {}",
            spelt(value)
        )
    })
}

fn count(view: View<'_>, rule: &Rule, entities: &[Entity], check: &mut Check) {
    for entity in entities {
        let Entity::Node(node) = entity else { continue };
        let found = counted(view, rule, *node);
        if let Some(expected) = wrong_number(rule, found) {
            let kind = rule.counted.as_deref().unwrap_or_default();
            let message = format!(
                "expected {expected} as the number of `{kind}` relationships, found {found}"
            );
            check.failures.push(view.failure(*entity, message));
        }
    }
}

fn counted(view: View<'_>, rule: &Rule, node: NodeId) -> usize {
    let kind = rule.counted.as_deref().unwrap_or_default();
    let Some(ty) = view.graph.catalog().relationship_type(kind) else {
        return 0;
    };
    let (direction, label) = match (&rule.to, &rule.from) {
        (_, Some(from)) => (Orientation::Incoming, from.as_str()),
        (Some(to), None) => (Orientation::Outgoing, to.as_str()),
        (None, None) => (Orientation::Outgoing, "*"),
    };
    let neighbours = view.graph.adjacency(ty, direction).of(node);
    let others = neighbours
        .iter()
        .map(|neighbour| neighbour.node)
        .filter(|other| view.has_label(*other, label));
    if rule.distinct {
        others.collect::<BTreeSet<_>>().len()
    } else {
        others.count()
    }
}

/// The expected number, if it differs from `found`.
fn wrong_number(rule: &Rule, found: usize) -> Option<String> {
    if let Some(Exactly::Number(number)) = rule.exactly
        && found != number
    {
        return Some(format!("{number}"));
    }
    if let Some(least) = rule.at_least.filter(|least| found < *least) {
        return Some(format!("at least {least}"));
    }
    let most = rule.at_most.filter(|most| found > *most)?;
    Some(format!("at most {most}"))
}

fn lines(view: View<'_>, entities: &[Entity], check: &mut Check) {
    let Some(citations) = &view.manifest.citations else {
        return;
    };
    for entity in entities {
        if let Some(place) = view.place(*entity, citations)
            && let Some(message) = view.fault_of_place(&place)
        {
            check.failures.push(view.failure(*entity, message));
        }
    }
}
