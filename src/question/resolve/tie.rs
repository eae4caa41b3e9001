//! Ties: which sense of a word holds between two kinds of things.

use super::{Fit, Misfit, Resolver, head::Candidate, share::tied_by};
use crate::{
    question::{
        build::{flip, reversed},
        link::Meaning,
        meaning::{Fact, Kind, Thing, Tied},
        tree::{Det, Head, Np, Pred, Tie, TieWord, Token},
        vocabulary::{Sense, VerbId},
    },
    syntax::ast::{Direction, RelationshipPattern},
};

/// A sense that fits, with the candidate for the other end.
struct Choice {
    verb: Option<VerbId>,
    sense: Sense,
    inverse: bool,
    other: usize,
    cost: u32,
}

/// `attended`, with nobody by whom.
fn is_bare_participle(tie: &Tie) -> bool {
    let other = &tie.other;
    let anything = matches!(other.head, Head::What) && other.preds.is_empty();
    tie.inverse && anything && other.det == Det::Some && matches!(tie.word, TieWord::Verb(_))
}

/// What a word costs that has no sense of its own between two kinds, so that any tie is taken.
const ANY_TIE: u32 = 12;
/// What a tie costs besides that has no direction.
const ALIKE: u32 = 8;
/// What a way through the schema costs.
const PROPOSED: u32 = 24;

impl Resolver<'_> {
    /// The fact that a tie states of a thing, and what stood behind the other noun but belongs to the thing.
    pub(super) fn tie(
        &mut self,
        thing: &mut Thing,
        tie: &Tie,
        role: Option<&(Vec<VerbId>, bool)>,
    ) -> Fit<(Fact, Vec<Pred>)> {
        if tie.word == TieWord::Share {
            return self.share(thing, tie, "with", TieWord::Any("have"));
        }
        if tied_by(&tie.other, "as").is_some() {
            if matches!(
                tie.other.head,
                Head::Attribute(_) | Head::NounAttribute { .. }
            ) {
                let what = "is a value; ask for the values of both".to_owned();
                return Err(Misfit::Unfit(what, tie.other.span));
            }
            return self.share(thing, tie, "as", tie.word);
        }
        let mut others = self.others(thing, &tie.other)?;
        let mut verbs = self.verbs(tie, role);
        // Whoever has a role has it by the verb of the role.
        let mut of_role = role.is_some();
        if let (TieWord::Any(_), Some((ids, object))) = (tie.word, others[0].role.clone()) {
            // `has a provider`: somebody provides it.
            verbs = ids.iter().map(|id| (*id, !object)).collect();
            others[0].role = None;
            of_role = true;
        }
        let mut choices = self.declared(&verbs, &thing.kind, &others);
        if matches!(tie.word, TieWord::Where(_)) {
            // What is done to something leads to a place where the place does it, where it is a document, or by a verb that
            // leads to places.
            choices.retain(|choice| {
                let leads = |id: VerbId| self.vocabulary.verbs[id.0 as usize].asks_where;
                choice.inverse != tie.inverse
                    || choice.verb.is_some_and(leads)
                    || self.is_document(ends(&choice.sense, choice.inverse).0)
            });
        }
        if matches!(tie.word, TieWord::Within(_)) {
            // What mentions or states something is a place where it is a document, or where it can be nothing else.
            let place = |choice: &Choice| {
                choice.inverse == tie.inverse
                    || self.is_document(ends(&choice.sense, choice.inverse).0)
            };
            if choices.iter().any(place) {
                choices.retain(place);
            }
        }
        if choices.is_empty() && matches!(tie.word, TieWord::Any(_)) && !of_role {
            choices = self.any_tie(&thing.kind, &others);
        }
        if choices.is_empty() && is_bare_participle(tie) {
            // `how many people attended`: what looks like a participle may be what they did.
            let active = Tie {
                inverse: false,
                ..tie.clone()
            };
            return self.tie(thing, &active, role);
        }
        if choices.is_empty() {
            return Err(Misfit::Untied {
                from: thing.kind.clone(),
                to: others[0].kind.clone(),
                span: tie.span,
            });
        }
        let least = choices.iter().map(|choice| choice.cost).min().unwrap_or(0);
        choices.sort_by_key(|choice| choice.cost);
        let costs = choices.iter().map(|choice| choice.cost - least).collect();
        let taken = self.script.choose(costs);
        self.depth += 1;
        let tied = self.tied(thing, tie, &choices[taken], &others);
        self.depth -= 1;
        tied
    }

    /// What the other end may be; `each other` is of the same kind.
    fn others(&self, thing: &Thing, np: &Np) -> Fit<Vec<Candidate>> {
        let mut others = self.candidates(np)?;
        if matches!(np.head, Head::EachOther) {
            for other in &mut others {
                other.kind = thing.kind.clone();
                other.noun = thing.noun;
            }
        }
        if others.len() > 1 {
            others.retain(|other| other.again.as_deref() != Some(thing.var.as_str()));
        }
        Ok(others)
    }

    /// The verbs that a tie may mean, each with whether the other end is its subject.
    fn verbs(&self, tie: &Tie, role: Option<&(Vec<VerbId>, bool)>) -> Vec<(VerbId, bool)> {
        if let (Some((ids, object)), TieWord::Any(_)) = (role, tie.word) {
            return ids.iter().map(|id| (*id, *object)).collect();
        }
        match tie.word {
            TieWord::Verb(token) => match self.links.get(token).map(|link| &link.meaning) {
                Some(
                    Meaning::Verb(ids, _)
                    | Meaning::Predicate(ids)
                    | Meaning::SubjectNoun(ids)
                    | Meaning::ObjectNoun(ids),
                ) => ids.iter().map(|id| (*id, tie.inverse)).collect(),
                _ => Vec::new(),
            },
            TieWord::Of(attribute) => {
                let ids = self.attribute_ids(attribute).into_iter();
                let verbs = ids.flat_map(|id| &self.vocabulary.attributes[id.0 as usize].of_verb);
                verbs.map(|id| (*id, tie.inverse)).collect()
            }
            TieWord::Where(token) | TieWord::Within(token) => self.either_end(token, tie.inverse),
            TieWord::Any("where") => self.places(tie.inverse),
            TieWord::Any("found") => {
                let found = self.light("found", tie.inverse);
                found.into_iter().chain(self.places(tie.inverse)).collect()
            }
            TieWord::Any(word) => self.light(word, tie.inverse),
            TieWord::Share => Vec::new(),
        }
    }

    /// A verb of which the place that is asked for may be either end.
    fn either_end(&self, token: Token, inverse: bool) -> Vec<(VerbId, bool)> {
        let ids = match self.links.get(token).map(|link| &link.meaning) {
            Some(Meaning::Verb(ids, _)) => ids.as_slice(),
            _ => &[],
        };
        let ends = [inverse, !inverse].into_iter();
        ends.flat_map(|inverse| ids.iter().map(move |id| (*id, inverse)))
            .collect()
    }

    /// Whether things of a kind are the documents that facts cite.
    pub(super) fn is_document(&self, kind: &Kind) -> bool {
        let documents = self.vocabulary.documents.as_ref();
        documents.is_some_and(|documents| kind.contains(&documents.label))
    }

    /// The verbs whose object is a place.
    fn places(&self, inverse: bool) -> Vec<(VerbId, bool)> {
        let verbs = self.vocabulary.verbs.iter().zip(0..);
        let places = verbs.filter(|(verb, _)| verb.asks_where);
        places.map(|(_, id)| (VerbId(id), inverse)).collect()
    }

    /// The senses of `have` and of prepositions: `Y of X` and `X's Y` say that X has Y.
    fn light(&self, word: &str, inverse: bool) -> Vec<(VerbId, bool)> {
        let ids = |phrase: &str| {
            let mut ids = Vec::new();
            for meaning in self.vocabulary.phrase_meanings(phrase) {
                if let Meaning::Verb(found, _) | Meaning::Predicate(found) = meaning {
                    ids.extend(found);
                }
            }
            ids
        };
        let as_said = |phrase: &str| ids(phrase).into_iter().map(move |id| (id, inverse));
        let owned = |phrase: &str| ids(phrase).into_iter().map(move |id| (id, !inverse));
        match word {
            "have" | "with" | "having" => as_said("have").collect(),
            // `trauma courses`: what they are about comes first.
            "~" => as_said("about")
                .chain(as_said("by"))
                .chain(owned("have"))
                .chain(as_said("have"))
                .collect(),
            "'s" | "although" => owned("have").chain(as_said("have")).collect(),
            "of" | "for" | "per" => as_said(word)
                .chain(owned("have"))
                .chain(as_said("have"))
                .collect(),
            _ => as_said(word).chain(owned("have")).collect(),
        }
    }

    /// The declared senses that fit.
    fn declared(&self, verbs: &[(VerbId, bool)], kind: &Kind, others: &[Candidate]) -> Vec<Choice> {
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
                    let Some(loose) = self.looseness(kind, own, &other.kind, far) else {
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
        self.joined(choices, kind, others)
    }

    /// Senses that differ in nothing but the labels of an end that may be anything, or that tell more than what was
    /// said of it, are one.
    fn joined(&self, choices: Vec<Choice>, kind: &Kind, others: &[Candidate]) -> Vec<Choice> {
        let mut joined: Vec<Choice> = Vec::new();
        for choice in choices {
            let other = &others[choice.other];
            let (near, far) = ends(&choice.sense, choice.inverse);
            let open_near = self.is_open(kind, near);
            let open_far = other.name.is_none() && self.is_open(&other.kind, far);
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

    /// Whether a kind leaves it to the end of a sense which things are meant.
    fn is_open(&self, kind: &Kind, end: &Kind) -> bool {
        let [label] = kind.as_slice() else {
            return true;
        };
        !end.is_empty() && !end.iter().any(|end| self.vocabulary.is_a(label, end))
    }

    /// How loosely two kinds fit the ends of a sense, if they do.
    fn looseness(&self, kind: &Kind, own: &Kind, other: &Kind, far: &Kind) -> Option<u32> {
        let vocabulary = self.vocabulary;
        if !vocabulary.meets(kind, own) || !vocabulary.meets(other, far) {
            return None;
        }
        let within = |kind: &Kind, end: &Kind| {
            kind.is_empty()
                || kind
                    .iter()
                    .any(|label| end.iter().any(|end| vocabulary.is_a(label, end)))
        };
        // A sense for anything stands behind those for certain kinds.
        let general = |end: &Kind, kind: &Kind| u32::from(end.is_empty() && !kind.is_empty()) * 6;
        let loose = u32::from(!within(kind, own)) + u32::from(!within(other, far));
        Some(loose * 2 + general(own, kind) + general(far, other))
    }

    /// Any tie between the kinds: the shortest sense of any verb, or else a way through the schema.
    fn any_tie(&self, kind: &Kind, others: &[Candidate]) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        for (verb, id) in self.vocabulary.verbs.iter().zip(0..) {
            for sense in verb.senses.iter().filter(|sense| !sense.wide) {
                for inverse in [false, true] {
                    choices.extend(self.undeclared(VerbId(id), sense, inverse, kind, others));
                }
            }
        }
        choices.sort_by_key(|choice| choice.cost);
        choices.dedup_by(|a, b| {
            a.other == b.other && path(&a.sense, a.inverse) == path(&b.sense, b.inverse)
        });
        choices.truncate(8);
        if choices.is_empty() {
            choices.extend(self.proposed(kind, others));
        }
        choices
    }

    fn undeclared<'v>(
        &'v self,
        verb: VerbId,
        sense: &'v Sense,
        inverse: bool,
        kind: &'v Kind,
        others: &'v [Candidate],
    ) -> impl Iterator<Item = Choice> + 'v {
        let (own, far) = ends(sense, inverse);
        let known = !kind.is_empty() && !own.is_empty() && !far.is_empty();
        let steps = sense.pattern.steps.len() as u32;
        // That things are alike is seldom meant by no more than `have` or `of`.
        let alike = |(relationship, _): &(RelationshipPattern, _)| {
            relationship.direction == Direction::Either
        };
        let alike = u32::from(sense.pattern.steps.iter().any(alike)) * ALIKE;
        let others = others.iter().enumerate().filter(move |_| known);
        others.filter_map(move |(at, other)| {
            let loose = self
                .looseness(kind, own, &other.kind, far)
                .filter(|_| !other.kind.is_empty())?;
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
        kind: &'v Kind,
        others: &'v [Candidate],
    ) -> impl Iterator<Item = Choice> + 'v {
        let others = others.iter().enumerate();
        let others = others.filter(|(_, other)| !kind.is_empty() && !other.kind.is_empty());
        others.filter_map(|(at, other)| {
            let sense = self.vocabulary.propose(kind, &other.kind)?;
            (sense.pattern.steps.len() < 2).then_some(())?;
            Some(Choice {
                verb: None,
                sense,
                inverse: false,
                other: at,
                cost: PROPOSED + other.cost,
            })
        })
    }

    /// The fact of a sense that was chosen.
    fn tied(
        &mut self,
        thing: &mut Thing,
        tie: &Tie,
        choice: &Choice,
        others: &[Candidate],
    ) -> Fit<(Fact, Vec<Pred>)> {
        let (own, far) = ends(&choice.sense, choice.inverse);
        thing.kind = self.refine(&thing.kind, own);
        if let Some((_, kind)) = self.spoken.iter_mut().find(|(var, _)| *var == thing.var) {
            kind.clone_from(&thing.kind);
        }
        let mut other = others[choice.other].clone();
        other.kind = self.refine(&other.kind, far);
        if other.noun.is_none() && other.name.is_none() {
            other.noun = self.noun_of(&other.kind);
        }
        let mut pattern = choice.sense.pattern.clone();
        if choice.inverse {
            pattern = reversed(&pattern);
        }
        if matches!(tie.other.head, Head::EachOther) {
            each_pair_once(&mut pattern);
        }
        let wide = self.wide(choice, &thing.kind, &other.kind);
        let (mut other, mut rest) = self.np_as(&tie.other, other)?;
        self.owned(thing, &mut other, choice)?;
        let mut how = Vec::new();
        if let Some(when) = tie.when {
            how.extend(self.when(&mut pattern, when, tie.span)?);
        }
        self.times(&mut pattern, &mut rest, &mut how);
        let fact = Fact::Tie(Box::new(Tied {
            verb: choice.verb,
            pattern,
            inverse: choice.inverse,
            other,
            how,
            sources: None,
            by_source: false,
            wide,
            proposed: choice.verb.is_none(),

            span: tie.span,
        }));
        Ok((fact, rest))
    }

    /// `their own model`: it is theirs by a verb that makes things one's own, unless the tie itself is such a one.
    fn owned(&mut self, thing: &Thing, other: &mut Thing, choice: &Choice) -> Fit<()> {
        let light = |verb: VerbId| self.vocabulary.verbs[verb.0 as usize].base == "have";
        let own = |verb: VerbId| self.vocabulary.verbs[verb.0 as usize].own;
        let done = choice
            .verb
            .is_none_or(|verb| own(verb) || (light(verb) && other.det == Det::Their(false)));
        let Det::Their(wholly) = other.det else {
            return Ok(());
        };
        if done {
            return Ok(());
        }
        let verbs = self.vocabulary.verbs.iter().zip(0..);
        let owning: Vec<_> = verbs
            .filter(|(verb, _)| verb.own)
            .map(|(_, id)| (VerbId(id), true))
            .collect();
        let itself = self.itself(thing);
        let mut choices = self.declared(&owning, &other.kind, std::slice::from_ref(&itself));
        if !wholly {
            choices.extend(self.any_tie(&other.kind, std::slice::from_ref(&itself)));
        }
        let Some(choice) = choices.first() else {
            return Ok(());
        };
        let mut pattern = choice.sense.pattern.clone();
        if choice.inverse {
            pattern = reversed(&pattern);
        }
        let theirs = Thing {
            again: true,
            facts: Vec::new(),
            det: Det::The,
            ..thing.clone()
        };
        other.facts.push(Fact::Tie(Box::new(Tied {
            verb: choice.verb,
            pattern,
            inverse: choice.inverse,
            other: theirs,
            how: Vec::new(),
            sources: None,
            by_source: false,
            wide: None,
            proposed: choice.verb.is_none(),

            span: other.span,
        })));
        Ok(())
    }

    /// A thing as the other end of a tie.
    fn itself(&self, thing: &Thing) -> Candidate {
        Candidate {
            kind: thing.kind.clone(),
            noun: thing.noun,
            name: None,
            numbers: None,
            again: Some(thing.var.clone()),
            tied: None,
            role: None,
            cost: 0,
        }
    }

    /// What was said of the time of the other things but can only be said of the tie.
    fn times(
        &self,
        pattern: &mut crate::syntax::ast::PatternElement,
        rest: &mut Vec<Pred>,
        how: &mut Vec<(crate::syntax::ast::Expr, String)>,
    ) {
        rest.retain(|pred| {
            let crate::question::tree::Pred::Compare { which, value, span } = pred else {
                return true;
            };
            let (
                crate::question::tree::Measured::Date,
                crate::question::tree::Value::Date(cmp, token),
            ) = (which, value)
            else {
                return true;
            };
            match self.when(pattern, (*cmp, *token), *span) {
                Ok(said) => {
                    how.extend(said);
                    false
                }
                Err(_) => true,
            }
        });
    }

    /// The wider sense of the same verb that fits, if it has one.
    fn wide(
        &self,
        choice: &Choice,
        kind: &Kind,
        other: &Kind,
    ) -> Option<(crate::syntax::ast::PatternElement, String)> {
        let verb = &self.vocabulary.verbs[choice.verb?.0 as usize];
        let fits = |sense: &&Sense| {
            let (own, far) = ends(sense, choice.inverse);
            sense.wide && self.looseness(kind, own, other, far).is_some()
        };
        let sense = verb.senses.iter().find(fits)?;
        let pattern = if choice.inverse {
            reversed(&sense.pattern)
        } else {
            sense.pattern.clone()
        };
        Some((
            pattern,
            sense.words.clone().unwrap_or_else(|| verb.base.clone()),
        ))
    }
}

/// The labels of the near and of the far end.
fn ends(sense: &Sense, inverse: bool) -> (&Kind, &Kind) {
    if inverse {
        (&sense.object, &sense.subject)
    } else {
        (&sense.subject, &sense.object)
    }
}

/// Whether two choices have the same ends but for those that are open.
fn same_ends(a: &Choice, b: &Choice, open_near: bool, open_far: bool) -> bool {
    let ((near, far), (near_b, far_b)) = (ends(&a.sense, a.inverse), ends(&b.sense, b.inverse));
    (open_near || near == near_b) && (open_far || far == far_b)
}

fn join(labels: &mut Kind, more: &Kind) {
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

/// The way of a sense without the labels of its ends.
fn bare_path(sense: &Sense) -> String {
    let mut pattern = sense.pattern.clone();
    pattern.start.labels = None;
    if let Some((_, last)) = pattern.steps.last_mut() {
        last.labels = None;
    }
    pattern.to_string()
}

/// What tells one way from another, whichever verb it belongs to.
fn path(sense: &Sense, inverse: bool) -> String {
    let pattern = if inverse {
        reversed(&sense.pattern)
    } else {
        sense.pattern.clone()
    };
    pattern.to_string()
}

/// A tie without a direction, asked of things of one kind: each pair as it is stored.
fn each_pair_once(pattern: &mut crate::syntax::ast::PatternElement) {
    for (relationship, _) in &mut pattern.steps {
        if relationship.direction == Direction::Either {
            relationship.direction = flip(Direction::Left);
        }
    }
}
