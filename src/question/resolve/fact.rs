//! Resolves predicates.

use super::{Fit, Misfit, Resolver, compare::is_of_relationship, head::Candidate, is::names_one};
use crate::{
    question::{
        build::denial,
        link::Meaning,
        meaning::{Column, Fact, Group, Limit, Thing},
        tree::{Det, Np, Pred, Tie, TieWord, Token},
        vocabulary::{AdjectiveId, AttributeId, VerbId},
    },
    syntax::ast::Expr,
};

type Role<'r> = Option<&'r (Vec<VerbId>, bool)>;

impl Resolver<'_> {
    /// Resolves a noun phrase as one of its candidates. Also returns the predicates that do not fit it.
    pub(super) fn np_as(&mut self, np: &Np, candidate: Candidate) -> Fit<(Thing, Vec<Pred>)> {
        let mut thing = self.thing(&candidate, np);
        if !thing.again {
            self.spoken.push((thing.var.clone(), thing.kind.clone()));
        }
        if thing.name.is_some() && self.depth > 0 {
            self.named.push(candidate.clone());
        }
        if thing.det == Det::Each && !thing.again {
            self.groups.push(Group::Things(thing.var.clone()));
        }
        let mut role = candidate.role.as_ref();
        let mut rest = Vec::new();
        let mut queue: Vec<Pred> = Self::implied(&candidate, np);
        queue.extend(np.preds.iter().cloned());
        let mut at = 0;
        while at < queue.len() {
            let pred = queue[at].clone();
            at += 1;
            let own = role.filter(|_| takes_role(&pred));
            // `although their authority …` is about the subject of the sentence.
            if self.depth > 0
                && matches!(&pred, Pred::Tie(tie) if tie.word == TieWord::Any("although"))
            {
                rest.push(pred);
                continue;
            }
            if self.depth > 0 && thing.name.is_some() && is_loose(&pred) {
                // A name needs no predicate, so the predicate more probably belongs to the noun before the name.
                const OF_THE_NAMED: u32 = 6;
                if self.script.choose(vec![0, OF_THE_NAMED]) == 0 {
                    rest.push(pred);
                    continue;
                }
            }
            match self.fact(&mut thing, &pred, own) {
                Ok((facts, more)) => {
                    if own.is_some() {
                        role = None;
                    }
                    thing.facts.extend(facts);
                    queue.splice(at..at, more);
                }
                Err(misfit) if self.depth == 0 => return Err(misfit),
                Err(_) => rest.push(pred),
            }
        }
        if let Some(role) = role {
            let any = Tie {
                word: TieWord::Any("of"),
                inverse: false,
                other: Self::unbound(np.span),
                when: None,
                span: np.span,
            };
            let (fact, _) = self.tie(&mut thing, &any, Some(role))?;
            thing.facts.push(fact);
        }
        self.settle(&mut thing);
        Ok((thing, rest))
    }

    /// Sets the noun for the entity type that was inferred.
    fn settle(&mut self, thing: &mut Thing) {
        if thing.noun.is_none() && thing.name.is_none() && !thing.again {
            thing.noun = self.noun_of(&thing.kind);
        }
        if let Some((_, kind)) = self.spoken.iter_mut().find(|(var, _)| *var == thing.var) {
            kind.clone_from(&thing.kind);
        }
    }

    /// Resolves one predicate. Also returns predicates that belong to the outer noun phrase.
    pub(super) fn fact(
        &mut self,
        thing: &mut Thing,
        pred: &Pred,
        role: Role<'_>,
    ) -> Fit<(Vec<Fact>, Vec<Pred>)> {
        let one = |fact: Fact| (vec![fact], Vec::new());
        Ok(match pred {
            Pred::Tie(tie) => {
                let (fact, rest) = self.tie(thing, tie, role)?;
                (vec![fact], rest)
            }
            Pred::Adjective(token) => one(self.adjective(thing, *token)?),
            Pred::Superlative(token, least) => one(self.superlative(thing, *token, *least)?),
            Pred::First(last, span) => {
                let date = self.date_of(thing, true, *span)?;
                one(Fact::Superlative(date, *last, *span))
            }
            Pred::Compare { which, value, span } => {
                return self.compare(thing, *which, value, *span);
            }
            Pred::Has(token) => one(self.has(thing, *token, true)?),
            Pred::Show(token) => {
                let attribute = self.attribute(thing, *token)?;
                self.columns.push(Column::Value {
                    of: thing.var.clone(),
                    attribute,
                    needed: false,
                });
                (Vec::new(), Vec::new())
            }
            Pred::Each(token) => {
                let of_tie = |id: &AttributeId| {
                    let attribute = &self.vocabulary.attributes[id.0 as usize];
                    !attribute.of_verb.is_empty()
                };
                if self.depth > 0 && self.attribute_ids(*token).iter().any(of_tie) {
                    let what = "is a value of a relation and cannot form groups here".to_owned();
                    return Err(Misfit::Unfit(what, self.span(*token)));
                }
                let group = match self.value_of_tie(thing, *token) {
                    Some((value, id)) => Group::Tied(value, id),
                    None => Group::Values(thing.var.clone(), self.attribute(thing, *token)?),
                };
                self.groups.push(group);
                (Vec::new(), Vec::new())
            }
            Pred::Is(np) => return self.is(thing, np),
            Pred::Other(np) => one(self.other(thing, np)?),
            Pred::Adverb(token) => {
                self.adverb(thing, *token, false)?;
                (Vec::new(), Vec::new())
            }
            Pred::Supported(cmp, number, span) => {
                let tie = last_tie(&mut thing.facts).ok_or(Misfit::Unfit(
                    "must follow a relation that a document can state".into(),
                    *span,
                ))?;
                tie.sources = Some((*cmp, *number));
                (Vec::new(), Vec::new())
            }
            Pred::Source(np, span) => return self.source(thing, np, *span),
            Pred::BySource(span) => {
                let tie = last_tie(&mut thing.facts).ok_or(Misfit::Unfit(
                    "must follow a relation that a document can state".into(),
                    *span,
                ))?;
                tie.by_source = true;
                (Vec::new(), Vec::new())
            }
            Pred::Not(inner, span) => {
                match **inner {
                    Pred::Has(token) => return Ok(one(self.has(thing, token, false)?)),
                    Pred::Adverb(token) => {
                        self.adverb(thing, token, true)?;
                        return Ok((Vec::new(), Vec::new()));
                    }
                    Pred::Is(ref np) if names_one(np) => {
                        let other = self.bearer(thing, np)?.ok_or(Misfit::Untied {
                            from: thing.kind.clone(),
                            to: Vec::new(),
                            span: np.span,
                        })?;
                        return Ok(one(Fact::Not(
                            Box::new(Fact::Named(Box::new(other))),
                            *span,
                        )));
                    }
                    _ => {}
                }
                // A predicate of an outer noun within the negation is negated with it.
                let (mut facts, rest) = self.within(thing, inner)?;
                for pred in &rest {
                    let before = thing.facts.len();
                    thing.facts.append(&mut facts);
                    let found = self.within(thing, pred);
                    facts = thing.facts.split_off(before);
                    facts.extend(found?.0);
                }
                one(Fact::Not(Box::new(all(facts)), *span))
            }
            Pred::Rather(first, second) => {
                let before = (self.names.clone(), self.spoken.clone(), thing.clone());
                let (groups, columns) = (self.groups.clone(), self.columns.clone());
                let (points, guessed) = (self.script.points.len(), self.guessed.len());
                let found = self.fact(thing, first, role);
                // Remaining predicates would belong to another noun phrase.
                if let Ok((facts, rest)) = found
                    && rest.is_empty()
                {
                    return Ok((facts, rest));
                }
                (self.names, self.spoken, *thing) = before;
                (self.groups, self.columns) = (groups, columns);
                self.script.points.truncate(points);
                self.guessed.truncate(guessed);
                return self.fact(thing, second, role);
            }
            Pred::Sorts(preds) => {
                let (facts, rest) = self.each_of(thing, preds, role)?;
                match self.rule_out_each_other(&facts) {
                    true => (vec![Fact::Or(facts)], rest),
                    false => (facts, rest),
                }
            }
            Pred::And(preds) => return self.each_of(thing, preds, role),
            Pred::Or(preds) => {
                let mut choice = Vec::new();
                let mut rest = Vec::new();
                for pred in preds {
                    let (facts, more) = self.within(thing, pred)?;
                    choice.push(all(facts));
                    rest.extend(more);
                }
                (vec![Fact::Or(choice)], rest)
            }
        })
    }

    /// Resolves a predicate within a negation or a disjunction. Pronouns outside cannot refer to its entities.
    fn within(&mut self, thing: &mut Thing, pred: &Pred) -> Fit<(Vec<Fact>, Vec<Pred>)> {
        let (spoken, groups) = (self.spoken.len(), self.groups.len());
        let found = match pred {
            Pred::Is(np) => self.is_perhaps(thing, np),
            pred => self.fact(thing, pred, None),
        };
        self.spoken.truncate(spoken);
        if self.groups[groups.min(self.groups.len())..]
            .iter()
            .any(|group| matches!(group, Group::Tied(..)))
        {
            let what = "asks for a value of a relation that is optional".to_owned();
            return Err(Misfit::Unfit(what, pred.span()));
        }
        found
    }

    pub(super) fn each_of(
        &mut self,
        thing: &mut Thing,
        preds: &[Pred],
        role: Role<'_>,
    ) -> Fit<(Vec<Fact>, Vec<Pred>)> {
        let mut facts = Vec::new();
        let mut rest = Vec::new();
        for pred in preds {
            // A later predicate may refer to an earlier one: `supported by two documents`.
            let before = thing.facts.len();
            thing.facts.append(&mut facts);
            let found = self.fact(thing, pred, role.filter(|_| takes_role(pred)));
            facts = thing.facts.split_off(before);
            let (more, left) = found?;
            facts.extend(more);
            rest.extend(left);
        }
        Ok((facts, rest))
    }

    /// Adds the condition of an adverb to the last relation that has its variables.
    fn adverb(&self, thing: &mut Thing, token: Token, denied: bool) -> Fit<()> {
        let span = self.span(token);
        let Some(Meaning::Adverb(ids)) = self.links.get(token).map(|link| &link.meaning) else {
            return Ok(());
        };
        for id in ids {
            let adverb = &self.vocabulary.adverbs[id.0 as usize];
            if let Some(tie) = tie_with(&mut thing.facts, &adverb.condition) {
                tie.how.push(match denied {
                    true => (denial(&adverb.condition), format!("not {}", adverb.words)),
                    false => (adverb.condition.clone(), adverb.words.clone()),
                });
                return Ok(());
            }
        }
        Err(Misfit::Unfit("must follow a verb".to_owned(), span))
    }

    fn adjective(&self, thing: &mut Thing, token: Token) -> Fit<Fact> {
        let span = self.span(token);
        let Some(Meaning::Adjective(ids)) = self.links.get(token).map(|link| &link.meaning) else {
            return self.adjectival(thing, token);
        };
        let fits = |id: &&AdjectiveId| {
            self.vocabulary.meets(
                &thing.kind,
                &self.vocabulary.adjectives[id.0 as usize].labels,
            )
        };
        match ids.iter().find(fits) {
            Some(id) => {
                let labels = &self.vocabulary.adjectives[id.0 as usize].labels;
                thing.kind = self.refine(&thing.kind, labels);
                Ok(Fact::Adjective(*id, span))
            }
            None => Err(Misfit::Without {
                kind: thing.kind.clone(),
                what: self.vocabulary.adjectives[ids[0].0 as usize].words.clone(),
                span,
            }),
        }
    }

    /// True if the adjectives compare the same value with different constants: `essential`, `advanced`.
    fn rule_out_each_other(&self, facts: &[Fact]) -> bool {
        let value = |fact: &Fact| match fact {
            Fact::Adjective(id, _) => {
                let pattern = self.vocabulary.adjectives[id.0 as usize]
                    .pattern
                    .to_string();
                // The text in quotes is the value.
                let outside = pattern.split('\'').step_by(2);
                Some(outside.collect::<Vec<_>>().join("''"))
            }
            _ => None,
        };
        let mut values = facts.iter().map(value);
        match values.next() {
            Some(Some(first)) => values.all(|other| other.as_ref() == Some(&first)),
            _ => false,
        }
    }

    /// The predicate that a value exists or not; if values themselves say so, a comparison with that value.
    fn has(&self, thing: &Thing, token: Token, there: bool) -> Fit<Fact> {
        let (id, span) = (self.attribute(thing, token)?, self.span(token));
        let says = &self.vocabulary.attributes[id.0 as usize].says;
        Ok(match (says, there) {
            (Some((yes, _)), true) => Fact::Compare(id, Limit::Text(yes.clone()), span),
            (Some((_, no)), false) => Fact::Compare(id, Limit::Text(no.clone()), span),
            (None, true) => Fact::Has(id, span),
            (None, false) => Fact::Not(Box::new(Fact::Has(id, span)), span),
        })
    }

    /// Error: a noun before a noun that is not an adjective.
    fn adjectival(&self, thing: &Thing, token: Token) -> Fit<Fact> {
        Err(Misfit::Without {
            kind: thing.kind.clone(),
            what: "that".to_owned(),
            span: self.span(token),
        })
    }

    fn superlative(&self, thing: &Thing, token: Token, least: bool) -> Fit<Fact> {
        let most = !least
            && !matches!(
                self.links.get(token).map(|link| &link.meaning),
                Some(Meaning::Superlative(_, false) | Meaning::Comparative(_, false))
            );
        let attribute = self.attribute(thing, token)?;
        Ok(Fact::Superlative(attribute, most, self.span(token)))
    }

    /// The attribute of a word that entities of the type have.
    pub(super) fn attribute(&self, thing: &Thing, token: Token) -> Fit<AttributeId> {
        let ids = self.attribute_ids(token);
        let looseness = |id: &AttributeId| {
            let labels = &self.vocabulary.attributes[id.0 as usize].labels;
            let is = |label: &String| {
                labels
                    .iter()
                    .any(|other| self.vocabulary.is_a(label, other))
            };
            match self.vocabulary.meets(&thing.kind, labels) {
                false => None,
                true if labels.is_empty() => Some(2),
                true => Some(u32::from(!thing.kind.iter().any(is))),
            }
        };
        let fits = ids.iter().filter_map(|id| Some((looseness(id)?, *id)));
        // A value of the entity itself comes before one of its relationships.
        let far = |id: &AttributeId| is_of_relationship(&self.vocabulary.attributes[id.0 as usize]);
        fits.min_by_key(|(loose, id)| (*loose, far(id)))
            .map(|(_, id)| id)
            .ok_or_else(|| Misfit::Without {
                kind: thing.kind.clone(),
                what: match ids.first() {
                    Some(id) => self.vocabulary.attributes[id.0 as usize].words.clone(),
                    None => "that".to_owned(),
                },
                span: self.span(token),
            })
    }
}

/// True if a predicate can give the other end of a role: `of X`, `for X`, `'s`.
pub(super) fn takes_role(pred: &Pred) -> bool {
    match pred {
        Pred::Tie(tie) => matches!(
            tie.word,
            TieWord::Any("of" | "'s" | "for" | "on" | "have" | "in" | "per")
        ),
        _ => false,
    }
}

/// True if a predicate may also belong to the preceding noun: a preposition of place or origin.
fn is_loose(pred: &Pred) -> bool {
    match pred {
        Pred::Tie(tie) => matches!(
            tie.word,
            TieWord::Any("in" | "from" | "at" | "with" | "under" | "within")
        ),
        _ => false,
    }
}

/// The conjunction of predicates; a single predicate stays as it is.
fn all(mut facts: Vec<Fact>) -> Fact {
    if facts.len() == 1 {
        return facts.swap_remove(0);
    }
    Fact::And(facts)
}

/// The last relation whose pattern has every variable of a condition.
fn tie_with<'f>(
    facts: &'f mut [Fact],
    condition: &Expr,
) -> Option<&'f mut crate::question::meaning::Tied> {
    facts.iter_mut().rev().find_map(|fact| match fact {
        Fact::Tie(tie) if crate::question::build::has_variables(&tie.pattern, condition) => {
            Some(&mut **tie)
        }
        Fact::And(facts) => tie_with(facts, condition),
        _ => None,
    })
}

/// The last relation among predicates.
fn last_tie(facts: &mut [Fact]) -> Option<&mut crate::question::meaning::Tied> {
    facts.iter_mut().rev().find_map(|fact| match fact {
        Fact::Tie(tie) => Some(&mut **tie),
        Fact::And(facts) => last_tie(facts),
        _ => None,
    })
}
