//! Resolves question forms.

use super::{ResolveError, ResolveResult, Resolver, head::Candidate};
use crate::question::{
    build::{cited_lines, named_relationship},
    resolved::{Asked, Column, EntitySet, EntityType, Restriction},
    tree::{Det, Form, Further, Head, Np, Pred, Question, RelationWord, Token},
};
use crate::syntax::ast::Expr;

impl Resolver<'_> {
    /// Resolves a question.
    pub(super) fn question(&mut self, question: &Question) -> ResolveResult<Asked> {
        let mut asked = self.form(&question.form, question.keep_zero)?;
        for further in &question.further {
            self.further(&mut asked, further)?;
        }
        let shown = std::mem::take(&mut self.columns);
        if let Asked::Entities { columns, .. } | Asked::Values { columns, .. } = &mut asked {
            columns.splice(0..0, shown);
        }
        Ok(asked)
    }

    fn form(&mut self, form: &Form, keep_zero: bool) -> ResolveResult<Asked> {
        Ok(match form {
            Form::Entities(nps) => self.entity_sets(nps)?,
            Form::Count(np, fold) => {
                if let (Head::Name(_), None) = (&np.head, fold) {
                    let what = "names a single entity, which cannot be counted; name what is counted: `how many … have it`";
                    return Err(ResolveError::Unanswerable(what.to_owned(), np.span));
                }
                let entities = self.top(np)?;
                let by = std::mem::take(&mut self.groups);
                if fold.is_some() && by.is_empty() {
                    let what = "needs `per`: `the average number of … per …`".to_owned();
                    return Err(ResolveError::Unanswerable(what, np.span));
                }
                Asked::Count {
                    entities,
                    by,
                    keep_zero: keep_zero || fold.is_some(),
                    fold: *fold,
                }
            }
            Form::Exists(np) => Asked::Exists(self.top(np)?),
            Form::Values(values) => self.values(values)?,
            Form::Describe(nps) => Asked::Describe(self.each_top(nps)?),
            Form::Who(np) => self.who(np)?,
            Form::Compare(nps) => Asked::Compare(self.alike(nps)?),
            Form::Common { noun, nps } => self.common(noun.as_ref(), nps)?,
            Form::Connection {
                from,
                to,
                direct,
                relations,
            } => Asked::Connection {
                from: self.top(from)?,
                to: self.top(to)?,
                direct: *direct,
                types: relations
                    .iter()
                    .flat_map(|relation| self.types(*relation))
                    .collect(),
            },
            Form::Said(np) => Asked::Said(self.top(np)?),
            Form::Pairs { each, asked } => self.pairs(each, asked)?,
            Form::Weighed(first, second, how) => {
                Asked::Weighed(self.top(first)?, self.top(second)?, *how)
            }
        })
    }

    fn entity_sets(&mut self, nps: &[Np]) -> ResolveResult<Asked> {
        let mut entity_sets = Vec::with_capacity(nps.len());
        for np in nps {
            entity_sets.push(match np.det {
                Det::Their(_) if !entity_sets.is_empty() => {
                    let they = Np::plain(Head::Pronoun, np.span);
                    let theirs = Pred::relation(RelationWord::Any("of"), false, they, np.span);
                    self.top(&np.clone().det(Det::The).with([theirs]))?
                }
                _ => self.top(np)?,
            });
        }
        let mut columns = Vec::new();
        if let ([np], [entities]) = (nps, entity_sets.as_mut_slice())
            && matches!(np.head, Head::Place)
            && self.is_document(&entities.entity_type)
        {
            columns = self.stated(entities);
        }
        // `the authorities and their models`, `the authorities and the models they use`: per authority, its models.
        if let [first, second] = entity_sets.as_slice()
            && speaks_of(&second.restrictions, &first.var)
        {
            columns.extend(entity_sets.pop().map(Box::new).map(Column::Entities));
        }
        Ok(Asked::Entities {
            entity_sets,
            columns,
        })
    }

    /// `who is X`: the description of a person or body; for any other X, the person or body that is or has X.
    fn who(&mut self, np: &Np) -> ResolveResult<Asked> {
        let somebody = self.candidates(np)?.iter().any(|candidate| {
            candidate.entity_type.is_empty()
                || self
                    .vocabulary
                    .meets(&candidate.entity_type, &self.vocabulary.who)
        });
        if somebody {
            return Ok(Asked::Describe(vec![self.top(np)?]));
        }
        let who = Np::plain(Head::Who, np.span).det(Det::Asked);
        self.entity_sets(&[who.with([Pred::Is(Box::new(np.clone()))])])
    }

    /// Columns for where a document states the relations of the entities, and how.
    fn stated(&self, entities: &mut EntitySet) -> Vec<Column> {
        let mut columns: Vec<(Expr, String)> = Vec::new();
        for restriction in &mut entities.restrictions {
            let Restriction::Relation(relation) = restriction else {
                continue;
            };
            if !relation.other.det.is_plain() {
                continue;
            }
            for attribute in &self.vocabulary.attributes {
                if let Some(value) = named_relationship(&mut relation.pattern, attribute) {
                    columns.push((value, attribute.words.clone()));
                }
            }
            if let Some(citations) = &self.vocabulary.citations
                && let Some(lines) = cited_lines(&mut relation.pattern, citations)
            {
                columns.extend(lines);
            }
        }
        let mut seen: Vec<String> = Vec::new();
        columns.retain(|(value, _)| {
            let text = value.to_string();
            let fresh = !seen.contains(&text);
            seen.push(text);
            fresh
        });
        let column = |(value, words)| Column::Relation { value, words };
        columns.into_iter().map(column).collect()
    }

    fn each_top(&mut self, nps: &[Np]) -> ResolveResult<Vec<EntitySet>> {
        nps.iter().map(|np| self.top(np)).collect()
    }

    /// Resolves noun phrases that are compared: as one common type, if possible.
    fn alike(&mut self, nps: &[Np]) -> ResolveResult<Vec<EntitySet>> {
        let all = nps.iter().map(|np| self.candidates(np));
        let mut all: Vec<Vec<Candidate>> = all.collect::<ResolveResult<_>>()?;
        let entity_types = |candidates: &[Candidate]| -> Vec<EntityType> {
            candidates
                .iter()
                .map(|one| one.entity_type.clone())
                .collect()
        };
        let mut shared = all.first().map_or(Vec::new(), |first| entity_types(first));
        shared.retain(|entity_type| {
            all.iter()
                .all(|candidates| entity_types(candidates).contains(entity_type))
        });
        if !shared.is_empty() {
            for candidates in &mut all {
                candidates.retain(|one| shared.contains(&one.entity_type));
            }
        }
        let pairs = nps.iter().zip(all);
        pairs
            .map(|(np, candidates)| self.top_of(np, candidates))
            .collect()
    }

    /// Resolves a noun phrase that is in no other. Every predicate must fit it.
    pub(super) fn top(&mut self, np: &Np) -> ResolveResult<EntitySet> {
        let candidates = self.candidates(np)?;
        self.top_of(np, candidates)
    }

    fn top_of(&mut self, np: &Np, mut candidates: Vec<Candidate>) -> ResolveResult<EntitySet> {
        if candidates.len() == 1 {
            let mut candidate = candidates.swap_remove(0);
            if matches!(np.head, Head::Who | Head::What | Head::Place) {
                // The predicates determine the entity type and the noun. If the attempt fails, the second resolution
                // below records the choices.
                if let Ok(entities) = self.attempt(np, &candidate) {
                    candidate.entity_type = entities.entity_type;
                    candidate.noun = entities.noun;
                }
            }
            let (entities, _) = self.np_as(np, candidate)?;
            if matches!(np.head, Head::Who) {
                // People are preferred to bodies if both are possible.
                let first = self.vocabulary.who.first();
                let farther = !entities
                    .entity_type
                    .iter()
                    .any(|label| Some(label) == first);
                self.choice_sequence.choose(vec![u32::from(farther)]);
            }
            return Ok(entities);
        }
        let mut fitting: Vec<Candidate> = Vec::new();
        let mut error = None;
        for candidate in candidates {
            match self.attempt(np, &candidate) {
                Ok(_) => fitting.push(candidate),
                Err(why) => error = error.or(Some(why)),
            }
        }
        if let (true, Some(error)) = (fitting.is_empty(), error) {
            return Err(error);
        }
        let least = fitting
            .iter()
            .map(|candidate| candidate.cost)
            .min()
            .unwrap_or(0);
        fitting.sort_by_key(|candidate| candidate.cost);
        let taken = self.choice_sequence.choose(
            fitting
                .iter()
                .map(|candidate| candidate.cost - least)
                .collect(),
        );
        let (entities, _) = self.np_as(np, fitting.swap_remove(taken))?;
        Ok(entities)
    }

    /// Resolves a noun phrase as a candidate, without side effects.
    pub(super) fn attempt(&mut self, np: &Np, candidate: &Candidate) -> ResolveResult<EntitySet> {
        let (names, spoken) = (self.names.clone(), self.spoken.clone());
        let (groups, columns) = (self.groups.clone(), self.columns.clone());
        let (points, guessed) = (self.choice_sequence.points.len(), self.guessed.len());
        let found = self.np_as(np, candidate.clone());
        self.guessed.truncate(guessed);
        (self.names, self.spoken) = (names, spoken);
        (self.groups, self.columns) = (groups, columns);
        self.choice_sequence.points.truncate(points);
        found.map(|(entities, _)| entities)
    }

    /// What entities have in common: with a noun, the entities of its type that all of them have.
    fn common(&mut self, noun: Option<&Np>, nps: &[Np]) -> ResolveResult<Asked> {
        let Some(noun) = noun else {
            return Ok(Asked::Common(self.each_top(nps)?));
        };
        let span = noun.span;
        let had = nps
            .iter()
            .map(|np| Pred::relation(RelationWord::Any("have"), true, np.clone(), span));
        let asked = noun.clone().det(Det::Asked).with(had);
        self.entity_sets(&[asked])
    }

    /// The relationship types that a word for a relation stands for.
    fn types(&self, token: Token) -> Vec<String> {
        use crate::question::mention::Meaning;
        let mut types = Vec::new();
        let verbs = match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(
                Meaning::Verb(ids, _)
                | Meaning::Predicate(ids)
                | Meaning::SubjectNoun(ids)
                | Meaning::ObjectNoun(ids)
                | Meaning::RelationNoun(ids),
            ) => ids.clone(),
            _ => Vec::new(),
        };
        for id in verbs {
            for sense in self.vocabulary.verbs[id.0 as usize]
                .senses
                .iter()
                .filter(|sense| !sense.wide)
            {
                for (relationship, _) in &sense.pattern.steps {
                    for name in crate::question::build::type_names(relationship) {
                        if !types.contains(&name) {
                            types.push(name);
                        }
                    }
                }
            }
        }
        types
    }

    /// Each unordered pair of entities of a type.
    fn pairs(&mut self, each: &Np, asked: &Np) -> ResolveResult<Asked> {
        let first = self.top(&each.clone().det(Det::The))?;
        let second = self.top(&each.clone().det(Det::The))?;
        let asked = self.top(&asked.clone().det(Det::Asked))?;
        Ok(Asked::Pairs {
            first,
            second,
            asked,
        })
    }

    /// Adds a further request about the same entities.
    fn further(&mut self, asked: &mut Asked, further: &Further) -> ResolveResult<()> {
        if let Further::OtherWay = further {
            let Asked::Entities { entity_sets, .. } = asked else {
                return Err(ResolveError::Unanswerable(
                    "has no inverse".to_owned(),
                    Default::default(),
                ));
            };
            let entities = entity_sets.swap_remove(0);
            *asked = Asked::BothWays(entities);
            return Ok(());
        }
        if let Asked::Describe(entity_sets) = asked {
            // `what is the DMM, and who originated it`: the entity with the further column.
            *asked = Asked::Entities {
                entity_sets: std::mem::take(entity_sets),
                columns: Vec::new(),
            };
        }
        let (entities, columns) = match asked {
            Asked::Entities {
                entity_sets,
                columns,
            } => (&mut entity_sets[0], columns),
            Asked::Values {
                entities, columns, ..
            } => (entities, columns),
            _ => {
                return Err(ResolveError::Unanswerable(
                    "can only follow a question that asks for entities".to_owned(),
                    Default::default(),
                ));
            }
        };
        let column = match further {
            Further::Value(token) | Further::Attribute(token) => {
                self.further_value(entities, *token)?
            }
            Further::Entities(np) => self.further_entities(entities, np)?,
            Further::OtherWay => return Ok(()),
        };
        columns.extend(column);
        Ok(())
    }

    fn further_value(
        &mut self,
        entities: &mut EntitySet,
        token: Token,
    ) -> ResolveResult<Option<Column>> {
        if let Ok(column) = self.value_column(entities, token, false) {
            // A value of the relation in the question makes the meaning of the word certain.
            self.certain |= matches!(column, Column::Relation { .. });
            return Ok(Some(column));
        }
        // Another entity in the question may have the value.
        for restriction in &mut entities.restrictions {
            if let Restriction::Relation(relation) = restriction
                && let Ok(column) = self.value_column(&mut relation.other, token, false)
            {
                return Ok(Some(column));
            }
        }
        self.value_column(entities, token, false).map(Some)
    }

    /// Related entities as a column. Entities that are already in a predicate are only shown.
    fn further_entities(
        &mut self,
        entities: &mut EntitySet,
        np: &Np,
    ) -> ResolveResult<Option<Column>> {
        if np.preds.is_empty() && show_spoken(self, entities, np) {
            return Ok(None);
        }
        let mut np = np.clone();
        if np.preds.is_empty() {
            let span = np.span;
            let pronoun = Np::plain(Head::Pronoun, span);
            np.preds.push(Pred::relation(
                RelationWord::Any("'s"),
                false,
                pronoun,
                span,
            ));
        }
        let found = self.top(&np)?;
        Ok(Some(Column::Entities(Box::new(found))))
    }
}

/// Marks entities in a predicate as asked for, if they are of the type of the noun. Returns false if there are none.
fn show_spoken(resolver: &Resolver<'_>, entities: &mut EntitySet, np: &Np) -> bool {
    let Ok(candidates) = resolver.candidates(np) else {
        return false;
    };
    for restriction in &mut entities.restrictions {
        let Restriction::Relation(relation) = restriction else {
            continue;
        };
        let other = &mut relation.other;
        let same = |candidate: &Candidate| {
            (matches!(np.head, Head::What) && other.noun.is_some() && other.name.is_none())
                || !candidate.entity_type.is_empty()
                    && other.name.is_none()
                    && candidate.entity_type.iter().any(|label| {
                        other
                            .entity_type
                            .iter()
                            .any(|own| resolver.vocabulary.is_a(own, label))
                    })
        };
        if matches!(other.det, Det::Some | Det::The | Det::Their(_)) && candidates.iter().any(same)
        {
            other.det = Det::Asked;
            return true;
        }
    }
    false
}

/// True if predicates refer back to the entities of a variable.
fn speaks_of(restrictions: &[Restriction], var: &str) -> bool {
    restrictions.iter().any(|restriction| match restriction {
        Restriction::Relation(relation) => {
            relation.other.again && relation.other.var == var
                || speaks_of(&relation.other.restrictions, var)
        }
        Restriction::And(restrictions) | Restriction::Or(restrictions) => {
            speaks_of(restrictions, var)
        }
        _ => false,
    })
}
