//! The senses that fit between two entity types, each with its cost.

use super::{Resolver, head::Candidate};
use crate::{
    question::{
        build::reversed,
        resolved::EntityType,
        vocabulary::{Sense, VerbId},
    },
    syntax::ast::{Direction, RelationshipPattern},
};

/// A sense that fits, with the candidate for the other end.
pub(super) struct Choice {
    pub(super) verb: Option<VerbId>,
    pub(super) sense: Sense,
    pub(super) inverse: bool,
    pub(super) other: usize,
    pub(super) cost: u32,
}

/// Cost of a word without a sense between two entity types, so that any relation is taken.
const ANY_TIE: u32 = 12;
/// Additional cost of an undirected relation.
const ALIKE: u32 = 8;
/// Cost of a path through the schema.
const PROPOSED: u32 = 24;

impl Resolver<'_> {
    /// The declared senses that fit.
    pub(super) fn declared(
        &self,
        verbs: &[(VerbId, bool)],
        entity_type: &EntityType,
        others: &[Candidate],
    ) -> Vec<Choice> {
        let mut choices = Vec::new();
        let mut rank = 0;
        for &(verb, inverse) in verbs {
            for sense in self.vocabulary.verbs[verb.0 as usize]
                .senses
                .iter()
                .filter(|sense| !sense.wide)
            {
                let (own, far) = ends(sense, inverse);
                let mut fits = false;
                for (at, other) in others.iter().enumerate() {
                    let Some(loose) = self.looseness(entity_type, own, &other.entity_type, far)
                    else {
                        continue;
                    };
                    fits = true;
                    choices.push(Choice {
                        verb: Some(verb),
                        sense: sense.clone(),
                        inverse,
                        other: at,
                        cost: rank * 3 + loose + other.cost,
                    });
                }
                rank += u32::from(fits);
            }
        }
        self.joined(choices, entity_type, others)
    }

    /// Merges senses that differ only in the labels of an end that may be any entity, or that is more specific than the
    /// noun phrase.
    fn joined(
        &self,
        choices: Vec<Choice>,
        entity_type: &EntityType,
        others: &[Candidate],
    ) -> Vec<Choice> {
        let mut joined: Vec<Choice> = Vec::new();
        for choice in choices {
            let other = &others[choice.other];
            let (near, far) = ends(&choice.sense, choice.inverse);
            let open_near = self.is_open(entity_type, near);
            let open_far = other.name.is_none() && self.is_open(&other.entity_type, far);
            let same = joined.iter_mut().find(|same| {
                let near = ends(&same.sense, same.inverse) == ends(&choice.sense, choice.inverse);
                (open_near || open_far || near)
                    && same.other == choice.other
                    && same.inverse == choice.inverse
                    && same.verb == choice.verb
                    && same_ends(same, &choice, open_near, open_far)
                    && bare_path(&same.sense) == bare_path(&choice.sense)
            });
            match same {
                Some(same) => {
                    join(&mut same.sense.subject, &choice.sense.subject);
                    join(&mut same.sense.object, &choice.sense.object);
                }
                None => joined.push(choice),
            }
        }
        joined
    }

    /// True if an entity type does not restrict the end of a sense.
    fn is_open(&self, entity_type: &EntityType, end: &EntityType) -> bool {
        let [label] = entity_type.as_slice() else {
            return true;
        };
        !end.is_empty() && !end.iter().any(|end| self.vocabulary.is_a(label, end))
    }

    /// How loosely two entity types fit the ends of a sense; `None` if they do not fit.
    pub(super) fn looseness(
        &self,
        entity_type: &EntityType,
        own: &EntityType,
        other: &EntityType,
        far: &EntityType,
    ) -> Option<u32> {
        let vocabulary = self.vocabulary;
        if !vocabulary.meets(entity_type, own) || !vocabulary.meets(other, far) {
            return None;
        }
        let within = |entity_type: &EntityType, end: &EntityType| {
            entity_type.is_empty()
                || entity_type
                    .iter()
                    .any(|label| end.iter().any(|end| vocabulary.is_a(label, end)))
        };
        // A sense for any entity ranks behind those for specific types.
        let general = |end: &EntityType, entity_type: &EntityType| {
            u32::from(end.is_empty() && !entity_type.is_empty()) * 6
        };
        let loose = u32::from(!within(entity_type, own)) + u32::from(!within(other, far));
        Some(loose * 2 + general(own, entity_type) + general(far, other))
    }

    /// Any relation between the types: the lowest-cost sense of any verb, or else a path through the schema.
    pub(super) fn any_relation(
        &self,
        entity_type: &EntityType,
        others: &[Candidate],
    ) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        for (verb, id) in self.vocabulary.verbs.iter().zip(0..) {
            for sense in verb.senses.iter().filter(|sense| !sense.wide) {
                for inverse in [false, true] {
                    choices.extend(self.undeclared(
                        VerbId(id),
                        sense,
                        inverse,
                        entity_type,
                        others,
                    ));
                }
            }
        }
        choices.sort_by_key(|choice| choice.cost);
        choices.dedup_by(|a, b| {
            a.other == b.other && path(&a.sense, a.inverse) == path(&b.sense, b.inverse)
        });
        choices.truncate(8);
        if choices.is_empty() {
            choices.extend(self.proposed(entity_type, others));
        }
        choices
    }

    fn undeclared<'v>(
        &'v self,
        verb: VerbId,
        sense: &'v Sense,
        inverse: bool,
        entity_type: &'v EntityType,
        others: &'v [Candidate],
    ) -> impl Iterator<Item = Choice> + 'v {
        let (own, far) = ends(sense, inverse);
        let known = !entity_type.is_empty() && !own.is_empty() && !far.is_empty();
        let steps = sense.pattern.steps.len() as u32;
        // `have` and `of` seldom mean a symmetric relation.
        let alike = |(relationship, _): &(RelationshipPattern, _)| {
            relationship.direction == Direction::Either
        };
        let alike = u32::from(sense.pattern.steps.iter().any(alike)) * ALIKE;
        let others = others.iter().enumerate().filter(move |_| known);
        others.filter_map(move |(at, other)| {
            let loose = self
                .looseness(entity_type, own, &other.entity_type, far)
                .filter(|_| !other.entity_type.is_empty())?;
            Some(Choice {
                verb: Some(verb),
                sense: sense.clone(),
                inverse,
                other: at,
                cost: ANY_TIE + steps * 4 + loose + alike + other.cost,
            })
        })
    }

    fn proposed<'v>(
        &'v self,
        entity_type: &'v EntityType,
        others: &'v [Candidate],
    ) -> impl Iterator<Item = Choice> + 'v {
        let others = others.iter().enumerate();
        let others =
            others.filter(|(_, other)| !entity_type.is_empty() && !other.entity_type.is_empty());
        others.filter_map(|(at, other)| {
            let routes = self.vocabulary.routes(entity_type, &other.entity_type, 1);
            Some(Choice {
                verb: None,
                sense: routes.into_iter().next()?,
                inverse: false,
                other: at,
                cost: PROPOSED + other.cost,
            })
        })
    }
}

/// The labels of the near end and of the far end.
pub(super) fn ends(sense: &Sense, inverse: bool) -> (&EntityType, &EntityType) {
    if inverse {
        (&sense.object, &sense.subject)
    } else {
        (&sense.subject, &sense.object)
    }
}

/// True if two choices have the same ends, except for open ends.
fn same_ends(a: &Choice, b: &Choice, open_near: bool, open_far: bool) -> bool {
    let ((near, far), (near_b, far_b)) = (ends(&a.sense, a.inverse), ends(&b.sense, b.inverse));
    (open_near || near == near_b) && (open_far || far == far_b)
}

fn join(labels: &mut EntityType, more: &EntityType) {
    if labels.is_empty() || more.is_empty() {
        labels.clear();
        return;
    }
    for label in more {
        if !labels.contains(label) {
            labels.push(label.clone());
        }
    }
}

/// The pattern of a sense without the labels of its ends.
fn bare_path(sense: &Sense) -> String {
    let mut pattern = sense.pattern.clone();
    pattern.start.labels = None;
    if let Some((_, last)) = pattern.steps.last_mut() {
        last.labels = None;
    }
    pattern.to_string()
}

/// A key that identifies a pattern, whichever verb has it.
fn path(sense: &Sense, inverse: bool) -> String {
    let pattern = if inverse {
        reversed(&sense.pattern)
    } else {
        sense.pattern.clone()
    };
    pattern.to_string()
}

/// The same without the variables of the pattern and without the labels of its ends.
pub(super) fn unnamed_path(sense: &Sense, inverse: bool) -> String {
    let mut sense = sense.clone();
    sense.pattern.start.variable = None;
    sense.pattern.start.labels = None;
    for (relationship, node) in &mut sense.pattern.steps {
        relationship.variable = None;
        node.variable = None;
    }
    if let Some((_, last)) = sense.pattern.steps.last_mut() {
        last.labels = None;
    }
    path(&sense, inverse)
}
