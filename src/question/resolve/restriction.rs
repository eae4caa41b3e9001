//! Resolves predicates to restrictions.

use super::{
    ResolveError, ResolveResult, Resolver, compare::is_of_relationship, head::Candidate,
    is::names_one,
};
use crate::{
    question::{
        build::denial,
        mention::Meaning,
        resolved::{Column, EntitySet, Group, Limit, Restriction},
        tree::{Det, Head, Np, Pred, RelationPhrase, RelationWord, Token},
        vocabulary::{AdjectiveId, AttributeId, ValueKind, VerbId},
    },
    syntax::ast::Expr,
};

type Role<'r> = Option<&'r (Vec<VerbId>, bool)>;

impl Resolver<'_> {
    /// Resolves a noun phrase as one of its candidates. Also returns the predicates that do not fit it.
    pub(super) fn np_as(
        &mut self,
        np: &Np,
        candidate: Candidate,
    ) -> ResolveResult<(EntitySet, Vec<Pred>)> {
        let mut entities = self.entities(&candidate, np);
        if !entities.again {
            self.spoken
                .push((entities.var.clone(), entities.entity_type.clone()));
        }
        if entities.name.is_some() && self.depth > 0 {
            self.named.push(candidate.clone());
        }
        if entities.det == Det::Each && !entities.again {
            self.groups.push(Group::Entities(entities.var.clone()));
        }
        let mut role = candidate.role.as_ref();
        let mut rest = Vec::new();
        let mut queue: Vec<Pred> = Self::implied(&candidate, np);
        queue.extend(np.preds.iter().cloned());
        if let (Some(_), Det::Their(_), true) = (&role, &np.det, self.depth > 0)
            && !queue.iter().any(takes_role)
        {
            // `their own writer`: who writes them.
            let they = Np::plain(Head::Pronoun, np.span);
            let word = RelationWord::Any("of");
            queue.push(Pred::relation(word, false, they, np.span));
        }
        let mut at = 0;
        while at < queue.len() {
            let pred = queue[at].clone();
            at += 1;
            let own = role.filter(|_| takes_role(&pred));
            // `although their authority …` is about the subject of the sentence.
            if self.depth > 0
                && matches!(&pred, Pred::Relation(relation) if relation.word == RelationWord::Any("although"))
            {
                rest.push(pred);
                continue;
            }
            if self.depth > 0 && entities.name.is_some() && is_loose(&pred) {
                // A name needs no predicate, so the predicate more probably belongs to the noun before the name.
                const OF_THE_NAMED: u32 = 6;
                if self.choice_sequence.choose(vec![0, OF_THE_NAMED]) == 0 {
                    rest.push(pred);
                    continue;
                }
            }
            match self.restriction(&mut entities, &pred, own) {
                Ok((restrictions, more)) => {
                    if own.is_some() {
                        role = None;
                    }
                    entities.restrictions.extend(restrictions);
                    queue.splice(at..at, more);
                }
                Err(error) if self.depth == 0 => return Err(error),
                Err(_) => rest.push(pred),
            }
        }
        if let Some(role) = role {
            let any = RelationPhrase {
                word: RelationWord::Any("of"),
                inverse: false,
                other: Self::unbound(np.span),
                when: None,
                span: np.span,
            };
            let (restriction, _) = self.relation(&mut entities, &any, Some(role))?;
            entities.restrictions.push(restriction);
        }
        self.settle(&mut entities);
        Ok((entities, rest))
    }

    /// Sets the noun for the entity type that was inferred.
    fn settle(&mut self, entities: &mut EntitySet) {
        if entities.noun.is_none() && entities.name.is_none() && !entities.again {
            entities.noun = self.noun_of(&entities.entity_type);
        }
        if let Some((_, entity_type)) = self.spoken.iter_mut().find(|(var, _)| *var == entities.var)
        {
            entity_type.clone_from(&entities.entity_type);
        }
    }

    /// Resolves one predicate, of the entities or of their neighbours. Also returns predicates that belong to the outer
    /// noun phrase.
    pub(super) fn restriction(
        &mut self,
        entities: &mut EntitySet,
        pred: &Pred,
        role: Role<'_>,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        match self.own_restriction(entities, pred, role) {
            Err(error @ ResolveError::WithoutAttribute { .. }) => {
                let restriction = self.through(entities, pred, error)?;
                Ok((vec![restriction], Vec::new()))
            }
            found => found,
        }
    }

    fn own_restriction(
        &mut self,
        entities: &mut EntitySet,
        pred: &Pred,
        role: Role<'_>,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        let one = |restriction: Restriction| (vec![restriction], Vec::new());
        Ok(match pred {
            Pred::Relation(relation) => {
                let (restriction, rest) = self.relation(entities, relation, role)?;
                (vec![restriction], rest)
            }
            Pred::Adjective(token) => one(self.adjective(entities, *token)?),
            Pred::Superlative(token, least) => one(self.superlative(entities, *token, *least)?),
            Pred::First(last, span) => {
                let date = self.date_of(entities, true, *span)?;
                one(Restriction::Superlative(date, *last, *span))
            }
            Pred::Compare { which, value, span } => {
                return self.compare(entities, *which, value, *span);
            }
            Pred::Has(token) => one(self.has(entities, *token, true)?),
            Pred::Show(token) => {
                let attribute = self.attribute(entities, *token)?;
                self.columns.push(Column::Value {
                    of: entities.var.clone(),
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
                    return Err(ResolveError::Unanswerable(what, self.span(*token)));
                }
                let group = match self.value_of_relation(entities, *token) {
                    Some((value, id)) => Group::Relation(value, id),
                    None => Group::Values(entities.var.clone(), self.attribute(entities, *token)?),
                };
                self.groups.push(group);
                (Vec::new(), Vec::new())
            }
            Pred::Is(np) => return self.is(entities, np),
            Pred::Other(np) => one(self.other(entities, np)?),
            Pred::Adverb(token) => {
                self.adverb(entities, *token, false)?;
                (Vec::new(), Vec::new())
            }
            Pred::Supported(cmp, number, span) => {
                let relation =
                    last_relation(&mut entities.restrictions).ok_or(ResolveError::Unanswerable(
                        "must follow a relation that a document can state".into(),
                        *span,
                    ))?;
                relation.sources = Some((*cmp, *number));
                (Vec::new(), Vec::new())
            }
            Pred::Source(np, span) => return self.source(entities, np, *span),
            Pred::BySource(span) => {
                let relation =
                    last_relation(&mut entities.restrictions).ok_or(ResolveError::Unanswerable(
                        "must follow a relation that a document can state".into(),
                        *span,
                    ))?;
                relation.by_source = true;
                (Vec::new(), Vec::new())
            }
            Pred::Not(inner, span) => {
                match **inner {
                    Pred::Has(token) => return Ok(one(self.has(entities, token, false)?)),
                    Pred::Adverb(token) => {
                        self.adverb(entities, token, true)?;
                        return Ok((Vec::new(), Vec::new()));
                    }
                    Pred::Is(ref np) if names_one(np) => {
                        let other =
                            self.role_holder(entities, np)?
                                .ok_or(ResolveError::Unrelated {
                                    from: entities.entity_type.clone(),
                                    to: Vec::new(),
                                    span: np.span,
                                })?;
                        return Ok(one(Restriction::Not(
                            Box::new(Restriction::Named(Box::new(other))),
                            *span,
                        )));
                    }
                    _ => {}
                }
                // A predicate of an outer noun within the negation is negated with it.
                let (mut restrictions, rest) = self.within(entities, inner)?;
                for pred in &rest {
                    let before = entities.restrictions.len();
                    entities.restrictions.append(&mut restrictions);
                    let found = self.within(entities, pred);
                    restrictions = entities.restrictions.split_off(before);
                    restrictions.extend(found?.0);
                }
                one(Restriction::Not(Box::new(all(restrictions)), *span))
            }
            Pred::Rather(first, second) => {
                let before = (self.names.clone(), self.spoken.clone(), entities.clone());
                let (groups, columns) = (self.groups.clone(), self.columns.clone());
                let (points, guessed) = (self.choice_sequence.points.len(), self.guessed.len());
                let found = self.restriction(entities, first, role);
                // Remaining predicates would belong to another noun phrase.
                if let Ok((restrictions, rest)) = found
                    && rest.is_empty()
                {
                    return Ok((restrictions, rest));
                }
                (self.names, self.spoken, *entities) = before;
                (self.groups, self.columns) = (groups, columns);
                self.choice_sequence.points.truncate(points);
                self.guessed.truncate(guessed);
                return self.restriction(entities, second, role);
            }
            Pred::Sorts(preds) => {
                let (restrictions, rest) = self.each_of(entities, preds, role)?;
                match self.rule_out_each_other(&restrictions) {
                    true => (vec![Restriction::Or(restrictions)], rest),
                    false => (restrictions, rest),
                }
            }
            Pred::And(preds) => return self.each_of(entities, preds, role),
            Pred::Or(preds) => {
                let mut choice = Vec::new();
                let mut rest = Vec::new();
                for pred in preds {
                    let (restrictions, more) = self.within(entities, pred)?;
                    choice.push(all(restrictions));
                    rest.extend(more);
                }
                (vec![Restriction::Or(choice)], rest)
            }
        })
    }

    /// Resolves a predicate within a negation or a disjunction. Pronouns outside cannot refer to its entities.
    fn within(
        &mut self,
        entities: &mut EntitySet,
        pred: &Pred,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        let (spoken, groups) = (self.spoken.len(), self.groups.len());
        let found = match pred {
            Pred::Is(np) => self.is_perhaps(entities, np),
            pred => self.restriction(entities, pred, None),
        };
        self.spoken.truncate(spoken);
        if self.groups[groups.min(self.groups.len())..]
            .iter()
            .any(|group| matches!(group, Group::Relation(..)))
        {
            let what = "asks for a value of a relation that is optional".to_owned();
            return Err(ResolveError::Unanswerable(what, pred.span()));
        }
        found
    }

    pub(super) fn each_of(
        &mut self,
        entities: &mut EntitySet,
        preds: &[Pred],
        role: Role<'_>,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        let mut restrictions = Vec::new();
        let mut rest = Vec::new();
        for pred in preds {
            // A later predicate may refer to an earlier one: `supported by two documents`.
            let before = entities.restrictions.len();
            entities.restrictions.append(&mut restrictions);
            let found = self.restriction(entities, pred, role.filter(|_| takes_role(pred)));
            restrictions = entities.restrictions.split_off(before);
            let (more, left) = found?;
            restrictions.extend(more);
            rest.extend(left);
        }
        Ok((restrictions, rest))
    }

    /// Adds the condition of an adverb to the last relation that has its variables.
    fn adverb(&self, entities: &mut EntitySet, token: Token, denied: bool) -> ResolveResult<()> {
        let span = self.span(token);
        let Some(Meaning::Adverb(ids)) = self.mentions.get(token).map(|mention| &mention.meaning)
        else {
            return Ok(());
        };
        for id in ids {
            let adverb = &self.vocabulary.adverbs[id.0 as usize];
            if let Some(relation) = relation_with(&mut entities.restrictions, &adverb.condition) {
                relation.how.push(match denied {
                    true => (denial(&adverb.condition), format!("not {}", adverb.words)),
                    false => (adverb.condition.clone(), adverb.words.clone()),
                });
                return Ok(());
            }
        }
        Err(ResolveError::Unanswerable(
            "must follow a verb".to_owned(),
            span,
        ))
    }

    fn adjective(&self, entities: &mut EntitySet, token: Token) -> ResolveResult<Restriction> {
        let span = self.span(token);
        let Some(Meaning::Adjective(ids)) =
            self.mentions.get(token).map(|mention| &mention.meaning)
        else {
            return self.adjectival(entities, token);
        };
        let fits = |id: &&AdjectiveId| {
            self.vocabulary.meets(
                &entities.entity_type,
                &self.vocabulary.adjectives[id.0 as usize].labels,
            )
        };
        match ids.iter().find(fits) {
            Some(id) => {
                let labels = &self.vocabulary.adjectives[id.0 as usize].labels;
                entities.entity_type = self.refine(&entities.entity_type, labels);
                Ok(Restriction::Adjective(*id, span))
            }
            None => Err(ResolveError::WithoutAttribute {
                entity_type: entities.entity_type.clone(),
                what: self.vocabulary.adjectives[ids[0].0 as usize].words.clone(),
                span,
            }),
        }
    }

    /// True if the adjectives compare the same value with different constants: `essential`, `advanced`.
    fn rule_out_each_other(&self, restrictions: &[Restriction]) -> bool {
        let value = |restriction: &Restriction| match restriction {
            Restriction::Adjective(id, _) => {
                let pattern = self.vocabulary.adjectives[id.0 as usize]
                    .pattern
                    .to_string();
                // The text in quotes is the value.
                let outside = pattern.split('\'').step_by(2);
                Some(outside.collect::<Vec<_>>().join("''"))
            }
            _ => None,
        };
        let mut values = restrictions.iter().map(value);
        match values.next() {
            Some(Some(first)) => values.all(|other| other.as_ref() == Some(&first)),
            _ => false,
        }
    }

    /// The predicate that a value exists or not; if values themselves say so, a comparison with that value.
    fn has(&self, entities: &EntitySet, token: Token, there: bool) -> ResolveResult<Restriction> {
        let (id, span) = (self.attribute(entities, token)?, self.span(token));
        let attribute = &self.vocabulary.attributes[id.0 as usize];
        if attribute.kind == ValueKind::Boolean {
            let yes = Restriction::Compare(id, Limit::Yes, span);
            return Ok(match there {
                true => yes,
                false => Restriction::Not(Box::new(yes), span),
            });
        }
        Ok(match (&attribute.says, there) {
            (Some((yes, _)), true) => Restriction::Compare(id, Limit::Text(yes.clone()), span),
            (Some((_, no)), false) => Restriction::Compare(id, Limit::Text(no.clone()), span),
            (None, true) => Restriction::Has(id, span),
            (None, false) => Restriction::Not(Box::new(Restriction::Has(id, span)), span),
        })
    }

    /// Error: a noun before a noun that is not an adjective.
    fn adjectival(&self, entities: &EntitySet, token: Token) -> ResolveResult<Restriction> {
        Err(ResolveError::WithoutAttribute {
            entity_type: entities.entity_type.clone(),
            what: "that".to_owned(),
            span: self.span(token),
        })
    }

    fn superlative(
        &self,
        entities: &EntitySet,
        token: Token,
        least: bool,
    ) -> ResolveResult<Restriction> {
        let most = !least
            && !matches!(
                self.mentions.get(token).map(|mention| &mention.meaning),
                Some(Meaning::Superlative(_, false) | Meaning::Comparative(_, false))
            );
        let attribute = self.attribute(entities, token)?;
        Ok(Restriction::Superlative(attribute, most, self.span(token)))
    }

    /// The attribute of a word that entities of the type have.
    pub(super) fn attribute(
        &self,
        entities: &EntitySet,
        token: Token,
    ) -> ResolveResult<AttributeId> {
        let ids = self.attribute_ids(token);
        let looseness = |id: &AttributeId| {
            let labels = &self.vocabulary.attributes[id.0 as usize].labels;
            let is = |label: &String| {
                labels
                    .iter()
                    .any(|other| self.vocabulary.is_a(label, other))
            };
            match self.vocabulary.meets(&entities.entity_type, labels) {
                false => None,
                true if labels.is_empty() => Some(2),
                true => Some(u32::from(!entities.entity_type.iter().any(is))),
            }
        };
        let fits = ids.iter().filter_map(|id| Some((looseness(id)?, *id)));
        // A value of the entity itself comes before one of its relationships.
        let far = |id: &AttributeId| is_of_relationship(&self.vocabulary.attributes[id.0 as usize]);
        fits.min_by_key(|(loose, id)| (*loose, far(id)))
            .map(|(_, id)| id)
            .ok_or_else(|| ResolveError::WithoutAttribute {
                entity_type: entities.entity_type.clone(),
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
        Pred::Relation(relation) => matches!(
            relation.word,
            RelationWord::Any("of" | "'s" | "for" | "on" | "have" | "in" | "per")
        ),
        _ => false,
    }
}

/// True if a predicate may also belong to the preceding noun: a preposition of place or origin.
fn is_loose(pred: &Pred) -> bool {
    match pred {
        Pred::Relation(relation) => matches!(
            relation.word,
            RelationWord::Any("in" | "from" | "at" | "with" | "under" | "within")
        ),
        _ => false,
    }
}

/// The conjunction of predicates; a single predicate stays as it is.
fn all(mut restrictions: Vec<Restriction>) -> Restriction {
    if restrictions.len() == 1 {
        return restrictions.swap_remove(0);
    }
    Restriction::And(restrictions)
}

/// The last relation whose pattern has every variable of a condition.
fn relation_with<'f>(
    restrictions: &'f mut [Restriction],
    condition: &Expr,
) -> Option<&'f mut crate::question::resolved::Relation> {
    restrictions
        .iter_mut()
        .rev()
        .find_map(|restriction| match restriction {
            Restriction::Relation(relation)
                if crate::question::build::has_variables(&relation.pattern, condition) =>
            {
                Some(&mut **relation)
            }
            Restriction::And(restrictions) => relation_with(restrictions, condition),
            _ => None,
        })
}

/// The last relation among predicates.
fn last_relation(
    restrictions: &mut [Restriction],
) -> Option<&mut crate::question::resolved::Relation> {
    restrictions
        .iter_mut()
        .rev()
        .find_map(|restriction| match restriction {
            Restriction::Relation(relation) => Some(&mut **relation),
            Restriction::And(restrictions) => last_relation(restrictions),
            _ => None,
        })
}
