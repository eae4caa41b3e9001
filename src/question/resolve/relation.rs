//! Resolves relations: the sense of a word between two entity types.

use super::{
    ResolveError, ResolveResult, Resolver,
    choice::{Choice, ends, unnamed_path},
    farther::GUESSED,
    head::Candidate,
};
use crate::{
    base::Span,
    question::{
        build::{flip, reversed},
        mention::Meaning,
        resolved::{EntitySet, EntityType, Relation, Restriction},
        tree::{Det, Head, Np, Pred, RelationPhrase, RelationWord, Token},
        vocabulary::{Sense, VerbId},
    },
    syntax::ast::Direction,
};

/// `attended`, without an agent.
fn is_bare_participle(relation: &RelationPhrase) -> bool {
    let other = &relation.other;
    let anything = matches!(other.head, Head::What) && other.preds.is_empty();
    relation.inverse
        && anything
        && other.det == Det::Some
        && matches!(relation.word, RelationWord::Verb(_))
}

impl Resolver<'_> {
    /// Resolves a relation. Also returns predicates of the other noun phrase that belong to the entities.
    pub(super) fn relation(
        &mut self,
        entities: &mut EntitySet,
        relation: &RelationPhrase,
        role: Option<&(Vec<VerbId>, bool)>,
    ) -> ResolveResult<(Restriction, Vec<Pred>)> {
        if relation.word == RelationWord::Share {
            return self.share(entities, relation, "with", RelationWord::Any("have"));
        }
        if relation.other.related_by("as").is_some() {
            if matches!(
                relation.other.head,
                Head::Attribute(_) | Head::NounAttribute { .. }
            ) {
                let what = "is a value; ask for the values of both entities".to_owned();
                return Err(ResolveError::Unanswerable(what, relation.other.span));
            }
            return self.share(entities, relation, "as", relation.word);
        }
        let mut others = self.others(entities, &relation.other)?;
        let mut verbs = self.verbs(relation, role);
        // A role implies its verb.
        let mut of_other = None;
        if matches!(relation.word, RelationWord::Any(_))
            && let Some((ids, object)) = others[0].role.take()
        {
            // `has a provider`: the provider provides it.
            verbs = ids.iter().map(|id| (*id, !object)).collect();
            of_other = Some((ids, object));
        }
        let of_role = role.is_some() || of_other.is_some();
        let mut choices = match relation.word {
            RelationWord::Beyond(_) => Vec::new(),
            _ => self.declared(&verbs, &entities.entity_type, &others),
        };
        if matches!(relation.word, RelationWord::Where(_)) {
            // The place is the subject. As object it must be a document, or the verb must lead to places.
            choices.retain(|choice| {
                let leads = |id: VerbId| self.vocabulary.verbs[id.0 as usize].asks_where;
                choice.inverse != relation.inverse
                    || choice.verb.is_some_and(leads)
                    || self.is_document(ends(&choice.sense, choice.inverse).0)
            });
        }
        if matches!(relation.word, RelationWord::Within(_)) {
            // The place is the object. As subject it must be a document, unless no other sense fits.
            let place = |choice: &Choice| {
                choice.inverse == relation.inverse
                    || self.is_document(ends(&choice.sense, choice.inverse).0)
            };
            if choices.iter().any(place) {
                choices.retain(place);
            }
        }
        if choices.is_empty() && matches!(relation.word, RelationWord::Any(_)) && !of_role {
            choices = self.any_relation(&entities.entity_type, &others);
        }
        if let (true, Some(role)) = (choices.is_empty(), of_other) {
            // `has a lead for X`: the lead is directly related to the entity.
            others[0].role = Some(role);
            choices = self.any_relation(&entities.entity_type, &others);
            choices.retain(|choice| choice.sense.pattern.steps.len() < 2);
        }
        if choices.is_empty() && is_bare_participle(relation) {
            // `how many people attended`: a past form that looks like a participle.
            let active = RelationPhrase {
                inverse: false,
                ..relation.clone()
            };
            return self.relation(entities, &active, role);
        }
        if choices.is_empty() {
            choices = self.sole_relation(relation, &entities.entity_type, &others);
        }
        if choices.is_empty() {
            choices = self.farther(relation, &verbs, &entities.entity_type, &others);
        }
        if choices.is_empty() {
            return Err(ResolveError::Unrelated {
                from: entities.entity_type.clone(),
                to: others[0].entity_type.clone(),
                span: relation.span,
            });
        }
        let least = choices.iter().map(|choice| choice.cost).min().unwrap_or(0);
        choices.sort_by_key(|choice| choice.cost);
        let costs = choices.iter().map(|choice| choice.cost - least).collect();
        let taken = self.choice_sequence.choose(costs);
        self.depth += 1;
        let chosen = self.chosen(entities, relation, &choices[taken], &others);
        self.depth -= 1;
        chosen
    }

    /// The only relation between two entity types, for a light verb.
    fn sole_relation(
        &mut self,
        relation: &RelationPhrase,
        entity_type: &EntityType,
        others: &[Candidate],
    ) -> Vec<Choice> {
        // A verb of the vocabulary means its senses only.
        let (RelationWord::Verb(token), true) = (relation.word, self.is_light(relation)) else {
            return Vec::new();
        };
        // A guess for `who` is about people.
        let mut choices = self.any_relation(&self.people_of(entity_type), others);
        choices.sort_by_key(|choice| choice.cost);
        let least = choices.first().map(|choice| choice.cost);
        let mut best = choices.iter().filter(|choice| Some(choice.cost) == least);
        let path_of = |choice: &Choice| unnamed_path(&choice.sense, choice.inverse);
        let first = best.next().map(path_of);
        let is_sole = first.is_some() && best.all(|choice| Some(path_of(choice)) == first);
        if !is_sole {
            return Vec::new();
        }
        choices.truncate(1);
        let (span, words) = (self.span(token), self.called(&choices[0]));
        // One word does not stand for two relations.
        let differs = |(other, said): &(Span, String)| *other == span && *said != words;
        if self.guessed.iter().any(differs) {
            return Vec::new();
        }
        self.choice_sequence.choose(vec![GUESSED]);
        self.guessed.push((span, words));
        choices
    }

    /// The words of a relation: its verb, or its types.
    fn called(&self, choice: &Choice) -> String {
        match choice.verb {
            Some(verb) => self.vocabulary.verbs[verb.0 as usize].base.clone(),
            None => choice.sense.pattern.to_string(),
        }
    }

    /// The candidates for the other end; `each other` has the same type.
    fn others(&self, entities: &EntitySet, np: &Np) -> ResolveResult<Vec<Candidate>> {
        let mut others = self.candidates(np)?;
        if matches!(np.head, Head::EachOther) {
            for other in &mut others {
                other.entity_type = entities.entity_type.clone();
                other.noun = entities.noun;
            }
        }
        if others.len() > 1 {
            others.retain(|other| other.again.as_deref() != Some(entities.var.as_str()));
        }
        Ok(others)
    }

    /// The verbs that a relation may mean, each with true if the other end is the subject.
    fn verbs(
        &self,
        relation: &RelationPhrase,
        role: Option<&(Vec<VerbId>, bool)>,
    ) -> Vec<(VerbId, bool)> {
        if let (Some((ids, object)), RelationWord::Any(_)) = (role, relation.word) {
            return ids.iter().map(|id| (*id, *object)).collect();
        }
        match relation.word {
            RelationWord::Verb(token) | RelationWord::Beyond(token) => {
                match self.mentions.get(token).map(|mention| &mention.meaning) {
                    Some(
                        Meaning::Verb(ids, _)
                        | Meaning::Predicate(ids)
                        | Meaning::SubjectNoun(ids)
                        | Meaning::ObjectNoun(ids),
                    ) => ids.iter().map(|id| (*id, relation.inverse)).collect(),
                    _ => Vec::new(),
                }
            }
            RelationWord::Of(attribute) => {
                let ids = self.attribute_ids(attribute).into_iter();
                let verbs = ids.flat_map(|id| &self.vocabulary.attributes[id.0 as usize].of_verb);
                verbs.map(|id| (*id, relation.inverse)).collect()
            }
            RelationWord::Where(token) | RelationWord::Within(token) => {
                self.either_end(token, relation.inverse)
            }
            RelationWord::Any("where") => self.places(relation.inverse),
            RelationWord::Any("found") => {
                let found = self.light("found", relation.inverse);
                found
                    .into_iter()
                    .chain(self.places(relation.inverse))
                    .collect()
            }
            RelationWord::Any(word) => self.light(word, relation.inverse),
            RelationWord::Share => Vec::new(),
        }
    }

    /// A verb whose subject or object may be the place that is asked for.
    fn either_end(&self, token: Token, inverse: bool) -> Vec<(VerbId, bool)> {
        let ids = match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(Meaning::Verb(ids, _)) => ids.as_slice(),
            _ => &[],
        };
        let ends = [inverse, !inverse].into_iter();
        ends.flat_map(|inverse| ids.iter().map(move |id| (*id, inverse)))
            .collect()
    }

    /// True if entities of a type are the documents that facts cite.
    pub(super) fn is_document(&self, entity_type: &EntityType) -> bool {
        let documents = self.vocabulary.documents.as_ref();
        documents.is_some_and(|documents| entity_type.contains(&documents.label))
    }

    /// The verbs whose object is a place.
    fn places(&self, inverse: bool) -> Vec<(VerbId, bool)> {
        let verbs = self.vocabulary.verbs.iter().zip(0..);
        let places = verbs.filter(|(verb, _)| verb.asks_where);
        places.map(|(_, id)| (VerbId(id), inverse)).collect()
    }

    /// The verbs of `have` and of prepositions; `Y of X` and `X's Y` mean that X has Y.
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
            // `trauma courses`: `about` is preferred.
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

    /// The predicate for the chosen sense.
    pub(super) fn chosen(
        &mut self,
        entities: &mut EntitySet,
        relation: &RelationPhrase,
        choice: &Choice,
        others: &[Candidate],
    ) -> ResolveResult<(Restriction, Vec<Pred>)> {
        let (own, far) = ends(&choice.sense, choice.inverse);
        entities.entity_type = self.refine(&entities.entity_type, own);
        if let Some((_, entity_type)) = self.spoken.iter_mut().find(|(var, _)| *var == entities.var)
        {
            entity_type.clone_from(&entities.entity_type);
        }
        let mut other = others[choice.other].clone();
        other.entity_type = self.refine(&other.entity_type, far);
        if other.noun.is_none() && other.name.is_none() {
            other.noun = self.noun_of(&other.entity_type);
        }
        let mut pattern = choice.sense.pattern.clone();
        if choice.inverse {
            pattern = reversed(&pattern);
        }
        if matches!(relation.other.head, Head::EachOther) {
            each_pair_once(&mut pattern);
        }
        let wide = self.wide(choice, &entities.entity_type, &other.entity_type);
        let (mut other, mut rest) = self.np_as(&relation.other, other)?;
        self.owned(entities, &mut other, choice)?;
        let mut how = Vec::new();
        if let Some(when) = relation.when {
            how.extend(self.when(&mut pattern, when, relation.span)?);
        }
        self.times(&mut pattern, &mut rest, &mut how);
        how.extend(self.within_part(&mut pattern, &relation.other, &mut other));
        let restriction = Restriction::Relation(Box::new(Relation {
            verb: choice.verb,
            pattern,
            inverse: choice.inverse,
            other,
            how,
            sources: None,
            by_source: false,
            wide,
            proposed: choice.verb.is_none(),

            span: relation.span,
        }));
        Ok((restriction, rest))
    }

    /// `their own model`: adds a relation of possession, unless the chosen relation is one.
    fn owned(
        &mut self,
        entities: &EntitySet,
        other: &mut EntitySet,
        choice: &Choice,
    ) -> ResolveResult<()> {
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
        let itself = self.itself(entities);
        let mut choices = self.declared(&owning, &other.entity_type, std::slice::from_ref(&itself));
        if !wholly {
            choices.extend(self.any_relation(&other.entity_type, std::slice::from_ref(&itself)));
        }
        let Some(choice) = choices.first() else {
            return Ok(());
        };
        let mut pattern = choice.sense.pattern.clone();
        if choice.inverse {
            pattern = reversed(&pattern);
        }
        let theirs = EntitySet {
            again: true,
            restrictions: Vec::new(),
            det: Det::The,
            ..entities.clone()
        };
        other
            .restrictions
            .push(Restriction::Relation(Box::new(Relation {
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

    /// An entity as the other end of a relation.
    fn itself(&self, entities: &EntitySet) -> Candidate {
        Candidate {
            entity_type: entities.entity_type.clone(),
            noun: entities.noun,
            name: None,
            numbers: None,
            again: Some(entities.var.clone()),
            relation: None,
            role: None,
            cost: 0,
        }
    }

    /// Moves times that only the relation can have from the other noun phrase to the relation.
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

    /// The wider sense of the same verb that fits, if any.
    fn wide(
        &self,
        choice: &Choice,
        entity_type: &EntityType,
        other: &EntityType,
    ) -> Option<(crate::syntax::ast::PatternElement, String)> {
        let verb = &self.vocabulary.verbs[choice.verb?.0 as usize];
        let fits = |sense: &&Sense| {
            let (own, far) = ends(sense, choice.inverse);
            sense.wide && self.looseness(entity_type, own, other, far).is_some()
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

/// Directs an undirected relation between entities of one type, so that each pair occurs once.
fn each_pair_once(pattern: &mut crate::syntax::ast::PatternElement) {
    for (relationship, _) in &mut pattern.steps {
        if relationship.direction == Direction::Either {
            relationship.direction = flip(Direction::Incoming);
        }
    }
}
