//! Relations over several relationships: between entity types that the word of the question does not connect.

use super::{
    Resolver,
    choice::{Choice, ends},
    head::Candidate,
};
use crate::{
    question::{
        build::reversed,
        mention::Meaning,
        resolved::EntityType,
        tree::{RelationPhrase, RelationWord},
        vocabulary::{Sense, VerbId},
    },
    syntax::ast::PatternElement,
};

/// Cost of a verb that is read as another relation.
pub(in crate::question) const GUESSED: u32 = 5000;
/// Cost of a relation over several relationships.
const FARTHER: u32 = GUESSED + 500;
/// Additional cost if no verb of the graph is part of it.
const UNSAID: u32 = 200;
/// Maximum number of relationships beside that of a verb, and without one.
const BESIDE: usize = 2;
const LONGEST: usize = 3;

impl Resolver<'_> {
    /// The only relation over several relationships between two entity types. With a verb, its own relationship is part
    /// of it: who writes about a topic writes a paper that is about it. Empty if there are several.
    pub(super) fn farther(
        &mut self,
        relation: &RelationPhrase,
        verbs: &[(VerbId, bool)],
        entity_type: &EntityType,
        others: &[Candidate],
    ) -> Vec<Choice> {
        let entity_type = self.people_of(entity_type);
        let typed = |other: &Candidate| other.again.is_none() && !other.entity_type.is_empty();
        if entity_type.is_empty() || !others.iter().all(typed) {
            return Vec::new();
        }
        let ways = others.iter().enumerate().flat_map(|(at, other)| {
            let senses = match self.is_specific(relation) {
                true => self.beyond(verbs, &entity_type, &other.entity_type),
                false => self.routes_of(relation, &entity_type, &other.entity_type),
            };
            senses.into_iter().map(move |sense| (at, sense))
        });
        let mut ways: Vec<(usize, Sense)> = ways.collect();
        let least = ways
            .iter()
            .map(|(_, sense)| sense.pattern.steps.len())
            .min();
        ways.retain(|(_, sense)| Some(sense.pattern.steps.len()) == least);
        ways.dedup_by_key(|(at, sense)| (*at, sense.pattern.to_string()));
        let [(other, sense)] = ways.as_slice() else {
            return Vec::new();
        };
        let unsaid = match self.is_specific(relation) {
            true => 0,
            false => UNSAID,
        };
        self.choice_sequence.choose(vec![FARTHER + unsaid]);
        vec![Choice {
            verb: None,
            sense: sense.clone(),
            inverse: false,
            other: *other,
            cost: 0,
        }]
    }

    /// An entity type; people in place of everyone that `who` may ask for.
    pub(super) fn people_of(&self, entity_type: &EntityType) -> EntityType {
        let people = &self.vocabulary.who;
        match *entity_type == self.everyone() && !people.is_empty() {
            true => people.clone(),
            false => entity_type.clone(),
        }
    }

    /// True for a verb with senses in the graph.
    fn is_specific(&self, relation: &RelationPhrase) -> bool {
        match relation.word {
            RelationWord::Verb(_) => !self.is_light(relation),
            RelationWord::Beyond(_) => true,
            _ => false,
        }
    }

    /// The routes between two types for a word without a sense.
    fn routes_of(
        &self,
        relation: &RelationPhrase,
        entity_type: &EntityType,
        other: &EntityType,
    ) -> Vec<Sense> {
        let loose = match relation.word {
            RelationWord::Any(word) => matches!(word, "in" | "from" | "of" | "at" | "with" | "by"),
            _ => self.is_light(relation),
        };
        match loose {
            true => self.vocabulary.routes(entity_type, other, LONGEST),
            false => Vec::new(),
        }
    }

    /// The relationship of a verb that fits at one end, continued to the other end.
    fn beyond(
        &self,
        verbs: &[(VerbId, bool)],
        entity_type: &EntityType,
        other: &EntityType,
    ) -> Vec<Sense> {
        let mut found = Vec::new();
        for (verb, inverse) in verbs {
            let senses = &self.vocabulary.verbs[verb.0 as usize].senses;
            for sense in senses.iter().filter(|sense| !sense.wide) {
                let (near, far) = ends(sense, *inverse);
                if near.is_empty() || far.is_empty() {
                    continue;
                }
                let own = match inverse {
                    true => reversed(&sense.pattern),
                    false => sense.pattern.clone(),
                };
                if self.vocabulary.meets(entity_type, near) {
                    let rest = self.vocabulary.routes(far, other, BESIDE);
                    let (back, rest): (Vec<_>, Vec<_>) =
                        rest.into_iter().partition(|rest| leads_back(&own, rest));
                    let rest = if back.is_empty() { rest } else { back };
                    found.extend(
                        rest.into_iter()
                            .map(|rest| joined(own.clone(), rest.pattern)),
                    );
                }
                if self.vocabulary.meets(other, far) {
                    let before = self
                        .vocabulary
                        .routes(entity_type, near, BESIDE)
                        .into_iter();
                    found.extend(before.map(|before| joined(before.pattern, own.clone())));
                }
            }
        }
        let senses = found.into_iter();
        senses
            .map(|pattern| between(pattern, entity_type, other))
            .collect()
    }

    /// True for a verb of general meaning, which has no sense in the graph.
    pub(super) fn is_light(&self, relation: &RelationPhrase) -> bool {
        let RelationWord::Verb(token) = relation.word else {
            return false;
        };
        let meaning = self.mentions.get(token).map(|mention| &mention.meaning);
        matches!(meaning, Some(Meaning::Verb(ids, _)) if ids.is_empty())
    }
}

/// True if a route is a single relationship of the type of `own` in the other direction: from a film that one acts in back
/// to those who act in it.
fn leads_back(own: &PatternElement, route: &Sense) -> bool {
    let step = |pattern: &PatternElement| match pattern.steps.as_slice() {
        [(step, _)] => Some((step.types.as_ref()?.to_string(), step.direction)),
        _ => None,
    };
    let back = step(&reversed(own));
    back.is_some() && back == step(&route.pattern)
}

/// Two patterns as one: the second starts where the first ends.
fn joined(mut first: PatternElement, second: PatternElement) -> PatternElement {
    if let Some((_, end)) = first.steps.last_mut()
        && end.labels.is_none()
    {
        end.labels = second.start.labels;
    }
    first.steps.extend(second.steps);
    first
}

/// A pattern as a sense between two types.
fn between(pattern: PatternElement, subject: &EntityType, object: &EntityType) -> Sense {
    Sense {
        pattern,
        subject: subject.clone(),
        object: object.clone(),
        words: None,
        wide: false,
        proposed: true,
    }
}
