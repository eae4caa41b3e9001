//! Traversal of the entities and restrictions of a resolved question.

use super::query::root;
use crate::question::{
    resolve::Names,
    resolved::{Asked, Column, EntitySet, Group, Limit, Restriction},
    tree::Det,
};

/// Collects the variables that an entity and its restrictions refer back to.
pub(super) fn again(entities: &EntitySet, spoken: &mut Vec<String>) {
    if entities.again {
        spoken.push(entities.var.clone());
    }
    others(&entities.restrictions, &mut |other| again(other, spoken));
}

/// Visits the other entities of each restriction.
pub(super) fn others(restrictions: &[Restriction], visit: &mut dyn FnMut(&EntitySet)) {
    for restriction in restrictions {
        match restriction {
            Restriction::Relation(relation) => visit(&relation.other),
            Restriction::Not(inner, _) => others(std::slice::from_ref(inner), visit),
            Restriction::And(restrictions) | Restriction::Or(restrictions) => {
                others(restrictions, visit)
            }
            Restriction::Compare(_, Limit::Than(_, other), _) => visit(other),
            _ => {}
        }
    }
}

/// The entities of a variable, searched in the restrictions.
pub(super) fn find_entities<'t>(entities: &'t EntitySet, variable: &str) -> Option<&'t EntitySet> {
    if entities.var == variable && !entities.again {
        return Some(entities);
    }
    fn among<'t>(restrictions: &'t [Restriction], variable: &str) -> Option<&'t EntitySet> {
        restrictions
            .iter()
            .find_map(|restriction| match restriction {
                Restriction::Relation(relation) => find_entities(&relation.other, variable),
                Restriction::And(restrictions) | Restriction::Or(restrictions) => {
                    among(restrictions, variable)
                }
                Restriction::Not(inner, _) => among(std::slice::from_ref(inner), variable),
                _ => None,
            })
    }
    among(&entities.restrictions, variable)
}

/// Clears the restrictions of an entity that is already matched.
pub(super) fn forget(entities: &mut EntitySet, variable: &str) {
    forget_within(&mut entities.restrictions, variable);
}

/// The same for an entity in restrictions.
pub(super) fn forget_within(restrictions: &mut [Restriction], variable: &str) {
    for restriction in restrictions {
        match restriction {
            Restriction::Relation(relation) if relation.other.var == variable => {
                relation.other.restrictions.clear();
                relation.other.again = true;
            }
            Restriction::Relation(relation) => {
                forget_within(&mut relation.other.restrictions, variable)
            }
            Restriction::And(restrictions) | Restriction::Or(restrictions) => {
                forget_within(restrictions, variable)
            }
            Restriction::Not(inner, _) => forget_within(std::slice::from_mut(inner), variable),
            _ => {}
        }
    }
}

/// The last entity with `each` in a restriction.
pub(super) fn each_of(restriction: &Restriction) -> Option<EntitySet> {
    let mut each = None;
    others(std::slice::from_ref(restriction), &mut |other| {
        if other.det == Det::Each && !other.again {
            each = Some(other.clone());
        }
    });
    each
}

/// Reserves all variables of a resolved question.
pub(super) fn variables(asked: &Asked, names: &mut Names) {
    fn entities(of: &EntitySet, names: &mut Names) {
        if !of.again {
            names.keep(&of.var);
        }
        others(&of.restrictions, &mut |other| entities(other, names));
    }
    match asked {
        Asked::Entities {
            entity_sets,
            columns,
        } => {
            entity_sets.iter().for_each(|of| entities(of, names));
            columns.iter().for_each(|column| {
                if let Column::Entities(of) = column {
                    entities(of, names);
                }
            });
        }
        Asked::Values {
            entities: of,
            columns,
            ..
        } => {
            entities(of, names);
            columns.iter().for_each(|column| {
                if let Column::Entities(of) = column {
                    entities(of, names);
                }
            });
        }
        Asked::Count { entities: of, .. }
        | Asked::Exists(of)
        | Asked::Said(of)
        | Asked::BothWays(of) => entities(of, names),
        Asked::Describe(entity_sets) | Asked::Compare(entity_sets) | Asked::Common(entity_sets) => {
            entity_sets.iter().for_each(|of| entities(of, names))
        }
        Asked::Connection { from, to, .. } => {
            [from, to].into_iter().for_each(|of| entities(of, names))
        }
        Asked::Weighed(first, second, _) => [first, second]
            .into_iter()
            .for_each(|of| entities(of, names)),
        Asked::Pairs {
            first,
            second,
            asked,
        } => [first, second, asked]
            .into_iter()
            .for_each(|of| entities(of, names)),
    }
}

pub(super) fn group_variable(group: &Group) -> String {
    match group {
        Group::Entities(variable) | Group::Values(variable, _) => variable.clone(),
        Group::Relation(value, _) => root(value).unwrap_or_default(),
    }
}

/// The variables that a column refers to.
pub(super) fn spoken_by(column: &Column) -> Vec<String> {
    match column {
        Column::Value { of, .. } => vec![of.clone()],
        Column::Relation { .. } => Vec::new(),
        Column::Entities(entities) => {
            let mut spoken = Vec::new();
            again(entities, &mut spoken);
            spoken
        }
    }
}
