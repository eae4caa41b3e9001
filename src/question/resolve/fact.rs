//! Resolves predicates.

use super::{Fit, Misfit, Resolver, head::Candidate, is::names_one};
use crate::{
    base::Span,
    question::{
        build::{compare_date, denial, named_relationship},
        link::Meaning,
        meaning::{Column, Fact, Group, Kind, Limit, Thing},
        say::say_time,
        tree::{Cmp, Det, Measured, Np, Pred, Tie, TieWord, Token, Value},
        vocabulary::{AdjectiveId, Attribute, AttributeId, ValueKind, VerbId},
    },
    syntax::ast::{Expr, ExprKind, PatternElement},
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
                one(Fact::Superlative(self.date_of(thing, *span)?, *last, *span))
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

    fn compare(
        &mut self,
        thing: &mut Thing,
        which: Measured,
        value: &Value,
        span: Span,
    ) -> Fit<(Vec<Fact>, Vec<Pred>)> {
        let attribute = match which {
            Measured::Named(token) => self.attribute(thing, token)?,
            Measured::Date => self.date_of(thing, span)?,
            Measured::Number => return self.renumber(thing, value, span),
        };
        let limit = match value {
            Value::Number(cmp, number) => match self.is_year_of(attribute, *number) {
                true => Limit::Date(*cmp, number.to_string()),
                false => Limit::Number(*cmp, *number),
            },
            Value::Between(low, high) => {
                match [low, high].map(|number| self.is_year_of(attribute, *number)) {
                    [true, true] => Limit::Dates(low.to_string(), high.to_string()),
                    _ => Limit::Between(*low, *high),
                }
            }
            Value::Date(cmp, token) => Limit::Date(*cmp, self.date(*token)),
            Value::Dates(from, to) => Limit::Dates(self.date(*from), self.date(*to)),
            Value::Text(token) => self.text(*token, thing, span)?,
            Value::Than(cmp, np) => {
                let mut candidates = self.candidates(np)?;
                candidates.retain(|candidate| self.vocabulary.meets(&candidate.kind, &thing.kind));
                let candidate = candidates.into_iter().next().ok_or(Misfit::Untied {
                    from: thing.kind.clone(),
                    to: Kind::new(),
                    span,
                })?;
                let (other, rest) = self.np_as(np, candidate)?;
                let fact = Fact::Compare(attribute, Limit::Than(*cmp, Box::new(other)), span);
                return Ok((vec![fact], rest));
            }
            Value::Each(token) => {
                // `start in each month`: the month is a value of the same entities.
                let by = self.attribute(thing, *token).unwrap_or(attribute);
                self.groups.push(Group::Values(thing.var.clone(), by));
                return Ok((vec![Fact::Has(attribute, span)], Vec::new()));
            }
        };
        self.comparable(attribute, &limit, span)?;
        Ok((vec![Fact::Compare(attribute, limit, span)], Vec::new()))
    }

    /// True for a number that is a year, beside an attribute with dates.
    fn is_year_of(&self, attribute: AttributeId, number: f64) -> bool {
        let dates = self.vocabulary.attributes[attribute.0 as usize].dates;
        dates.is_some() && number.fract() == 0.0 && (1000.0..3000.0).contains(&number)
    }

    /// Refuses a value that an attribute cannot have: a number beside dates, a month beside years.
    fn comparable(&self, attribute: AttributeId, limit: &Limit, span: Span) -> Fit<()> {
        let attribute = &self.vocabulary.attributes[attribute.0 as usize];
        let fits = |date: &String| attribute.dates.is_none_or(|dates| dates.can_be(date));
        let (fits, what) = match limit {
            Limit::Date(_, date) => (fits(date), "which gives only years"),
            Limit::Dates(from, to) => (fits(from) && fits(to), "which gives only years"),
            Limit::Number(..) | Limit::Between(..) => {
                (attribute.kind != ValueKind::Date, "which is a date")
            }
            Limit::Text(_) | Limit::Than(..) => (true, ""),
        };
        let misfit = || {
            Misfit::Unfit(
                format!("cannot be compared with {}, {what}", attribute.words),
                span,
            )
        };
        fits.then_some(()).ok_or_else(misfit)
    }

    /// `KSS from 1 to 10`
    fn renumber(
        &self,
        thing: &mut Thing,
        value: &Value,
        span: Span,
    ) -> Fit<(Vec<Fact>, Vec<Pred>)> {
        use crate::question::tree::Numbers;
        let numbered = thing
            .noun
            .and_then(|noun| self.vocabulary.nouns[noun.0 as usize].numbered);
        let attribute = numbered.ok_or_else(|| Misfit::Without {
            kind: thing.kind.clone(),
            what: "number".to_owned(),
            span,
        })?;
        thing.numbers = Some((
            attribute,
            match value {
                Value::Between(low, high) => Numbers::Between(*low, *high),
                Value::Number(Cmp::Equal, number) => Numbers::OneOf(vec![*number]),
                Value::Number(cmp, number) => Numbers::Compared(*cmp, *number),
                _ => return Err(Misfit::Unfit("is not a number".to_owned(), span)),
            },
        ));
        Ok((Vec::new(), Vec::new()))
    }

    fn date_of(&self, thing: &Thing, span: Span) -> Fit<AttributeId> {
        let attributes = self.vocabulary.attributes.iter().zip(0..);
        let dates = attributes.filter(|(attribute, _)| {
            // Within a relation, a time of a relationship belongs to that relation.
            let own = self.depth == 0 || !is_of_relationship(attribute);
            let known = !attribute.labels.is_empty() && !thing.kind.is_empty();
            attribute.dates.is_some()
                && own
                && known
                && self.vocabulary.meets(&thing.kind, &attribute.labels)
        });
        // The date of the entity itself comes before those of its relationships.
        dates
            .min_by_key(|(attribute, _)| attribute.pattern.steps.len())
            .map(|(_, id)| AttributeId(id))
            .ok_or_else(|| Misfit::Without {
                kind: thing.kind.clone(),
                what: "date".to_owned(),
                span,
            })
    }

    pub(super) fn date(&self, token: Token) -> String {
        match self.links.get(token).map(|link| &link.meaning) {
            Some(Meaning::Date(date)) => date.clone(),
            _ => String::new(),
        }
    }

    /// A text or name as a value.
    fn text(&self, token: Token, _thing: &Thing, span: Span) -> Fit<Limit> {
        match self.links.get(token).map(|link| &link.meaning) {
            Some(Meaning::Quoted(text)) => Ok(Limit::Text(text.clone())),
            Some(Meaning::Entity(entities)) => Ok(Limit::Text(entities[0].name.clone())),
            _ => Err(Misfit::Unfit("is not a value".to_owned(), span)),
        }
    }

    /// A time as a condition on the relation itself: `developed from 2015-16`.
    pub(super) fn when(
        &self,
        pattern: &mut PatternElement,
        (cmp, token): (Cmp, Token),
        span: Span,
    ) -> Fit<Option<(Expr, String)>> {
        let date = self.date(token);
        for attribute in &self.vocabulary.attributes {
            let Some(dates) = attribute.dates.filter(|dates| dates.can_be(&date)) else {
                continue;
            };
            if let Some(value) = named_relationship(pattern, attribute) {
                let words = format!("with {} {}", attribute.words, say_time(cmp, &date));
                return Ok(Some((compare_date(value, dates, cmp, &date), words)));
            }
        }
        Err(Misfit::Without {
            kind: Kind::new(),
            what: "time".to_owned(),
            span,
        })
    }
}

/// True for a value of a relationship.
fn is_of_relationship(attribute: &Attribute) -> bool {
    let [(step, _)] = attribute.pattern.steps.as_slice() else {
        return false;
    };
    let root = match &attribute.value.kind {
        ExprKind::Property(of, _) => of.to_string(),
        _ => return false,
    };
    step.variable
        .as_ref()
        .is_some_and(|variable| variable.text == root)
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
