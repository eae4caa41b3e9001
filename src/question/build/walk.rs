//! Traversal of the entities and predicates of a resolved question.

use super::query::root;
use crate::question::{
    meaning::{Asked, Column, Fact, Group, Limit, Thing},
    resolve::Names,
    tree::Det,
};

/// Collects the variables that an entity and its predicates refer back to.
pub(super) fn again(thing: &Thing, spoken: &mut Vec<String>) {
    if thing.again {
        spoken.push(thing.var.clone());
    }
    others(&thing.facts, &mut |other| again(other, spoken));
}

/// Visits the other entities of each predicate.
pub(super) fn others(facts: &[Fact], visit: &mut dyn FnMut(&Thing)) {
    for fact in facts {
        match fact {
            Fact::Tie(tie) => visit(&tie.other),
            Fact::Not(inner, _) => others(std::slice::from_ref(inner), visit),
            Fact::And(facts) | Fact::Or(facts) => others(facts, visit),
            Fact::Compare(_, Limit::Than(_, other), _) => visit(other),
            _ => {}
        }
    }
}

/// The entities of a variable, searched in the predicates.
pub(super) fn find_thing<'t>(thing: &'t Thing, variable: &str) -> Option<&'t Thing> {
    if thing.var == variable && !thing.again {
        return Some(thing);
    }
    fn among<'t>(facts: &'t [Fact], variable: &str) -> Option<&'t Thing> {
        facts.iter().find_map(|fact| match fact {
            Fact::Tie(tie) => find_thing(&tie.other, variable),
            Fact::And(facts) | Fact::Or(facts) => among(facts, variable),
            Fact::Not(inner, _) => among(std::slice::from_ref(inner), variable),
            _ => None,
        })
    }
    among(&thing.facts, variable)
}

/// Clears the predicates of an entity that is already matched.
pub(super) fn forget(thing: &mut Thing, variable: &str) {
    forget_within(&mut thing.facts, variable);
}

/// The same for an entity in predicates.
pub(super) fn forget_within(facts: &mut [Fact], variable: &str) {
    for fact in facts {
        match fact {
            Fact::Tie(tie) if tie.other.var == variable => {
                tie.other.facts.clear();
                tie.other.again = true;
            }
            Fact::Tie(tie) => forget_within(&mut tie.other.facts, variable),
            Fact::And(facts) | Fact::Or(facts) => forget_within(facts, variable),
            Fact::Not(inner, _) => forget_within(std::slice::from_mut(inner), variable),
            _ => {}
        }
    }
}

/// The last entity with `each` in a predicate.
pub(super) fn each_of(fact: &Fact) -> Option<Thing> {
    let mut each = None;
    others(std::slice::from_ref(fact), &mut |other| {
        if other.det == Det::Each && !other.again {
            each = Some(other.clone());
        }
    });
    each
}

/// Reserves all variables of a resolved question.
pub(super) fn variables(asked: &Asked, names: &mut Names) {
    fn thing(of: &Thing, names: &mut Names) {
        if !of.again {
            names.keep(&of.var);
        }
        others(&of.facts, &mut |other| thing(other, names));
    }
    match asked {
        Asked::Things { things, columns } => {
            things.iter().for_each(|of| thing(of, names));
            columns.iter().for_each(|column| {
                if let Column::Things(of) = column {
                    thing(of, names);
                }
            });
        }
        Asked::Values {
            thing: of, columns, ..
        } => {
            thing(of, names);
            columns.iter().for_each(|column| {
                if let Column::Things(of) = column {
                    thing(of, names);
                }
            });
        }
        Asked::Count { thing: of, .. }
        | Asked::Exists(of)
        | Asked::Said(of)
        | Asked::BothWays(of) => thing(of, names),
        Asked::Describe(things) | Asked::Compare(things) | Asked::Common(things) => {
            things.iter().for_each(|of| thing(of, names))
        }
        Asked::Connection { from, to, .. } => {
            [from, to].into_iter().for_each(|of| thing(of, names))
        }
        Asked::Weighed(first, second, _) => {
            [first, second].into_iter().for_each(|of| thing(of, names))
        }
        Asked::Pairs {
            first,
            second,
            asked,
        } => [first, second, asked]
            .into_iter()
            .for_each(|of| thing(of, names)),
    }
}

pub(super) fn group_variable(group: &Group) -> String {
    match group {
        Group::Things(variable) | Group::Values(variable, _) => variable.clone(),
        Group::Tied(value, _) => root(value).unwrap_or_default(),
    }
}

/// The variables that a column refers to.
pub(super) fn spoken_by(column: &Column) -> Vec<String> {
    match column {
        Column::Value { of, .. } => vec![of.clone()],
        Column::Tied { .. } => Vec::new(),
        Column::Things(thing) => {
            let mut spoken = Vec::new();
            again(thing, &mut spoken);
            spoken
        }
    }
}
