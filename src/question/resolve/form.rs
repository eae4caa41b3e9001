//! Resolves question forms.

use super::{Fit, Misfit, Resolver, head::Candidate};
use crate::question::{
    build::{cited_lines, named_relationship},
    meaning::{Asked, Column, Fact, Group, Kind, Thing},
    tree::{Det, Fold, Form, Further, Head, Np, Pred, Question, TieWord, Token, Values},
    vocabulary::{AttributeId, ValueKind},
};
use crate::syntax::ast::Expr;

impl Resolver<'_> {
    /// Resolves a question.
    pub(super) fn question(&mut self, question: &Question) -> Fit<Asked> {
        let mut asked = self.form(&question.form, question.keep_zero)?;
        for further in &question.further {
            self.further(&mut asked, further)?;
        }
        let shown = std::mem::take(&mut self.columns);
        if let Asked::Things { columns, .. } | Asked::Values { columns, .. } = &mut asked {
            columns.splice(0..0, shown);
        }
        Ok(asked)
    }

    fn form(&mut self, form: &Form, keep_zero: bool) -> Fit<Asked> {
        Ok(match form {
            Form::Things(nps) => self.things(nps)?,
            Form::Count(np, fold) => {
                let thing = self.top(np)?;
                let by = std::mem::take(&mut self.groups);
                if fold.is_some() && by.is_empty() {
                    let what = "needs `per`: `the average number of … per …`".to_owned();
                    return Err(Misfit::Unfit(what, np.span));
                }
                Asked::Count {
                    thing,
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
            Form::Common { kind, things } => self.common(kind.as_ref(), things)?,
            Form::Connection {
                from,
                to,
                direct,
                ties,
            } => Asked::Connection {
                from: self.top(from)?,
                to: self.top(to)?,
                direct: *direct,
                types: ties.iter().flat_map(|tie| self.types(*tie)).collect(),
            },
            Form::Said(np) => Asked::Said(self.top(np)?),
            Form::Pairs { each, asked } => self.pairs(each, asked)?,
            Form::Weighed(first, second, how) => {
                Asked::Weighed(self.top(first)?, self.top(second)?, *how)
            }
        })
    }

    fn things(&mut self, nps: &[Np]) -> Fit<Asked> {
        let mut things = Vec::with_capacity(nps.len());
        for np in nps {
            things.push(match np.det {
                Det::Their(_) if !things.is_empty() => {
                    let they = Np::plain(Head::Pronoun, np.span);
                    let theirs = Pred::tie(TieWord::Any("of"), false, they, np.span);
                    self.top(&np.clone().det(Det::The).with([theirs]))?
                }
                _ => self.top(np)?,
            });
        }
        let mut columns = Vec::new();
        if let ([np], [thing]) = (nps, things.as_mut_slice())
            && matches!(np.head, Head::Place)
            && self.is_document(&thing.kind)
        {
            columns = self.stated(thing);
        }
        // `the authorities and their models`, `the authorities and the models they use`: per authority, its models.
        if let [first, second] = things.as_slice()
            && speaks_of(&second.facts, &first.var)
        {
            columns.extend(things.pop().map(Box::new).map(Column::Things));
        }
        Ok(Asked::Things { things, columns })
    }

    /// `who is X`: the description of a person or body; for any other X, the person or body that is or has X.
    fn who(&mut self, np: &Np) -> Fit<Asked> {
        let somebody = self.candidates(np)?.iter().any(|candidate| {
            candidate.kind.is_empty()
                || self.vocabulary.meets(&candidate.kind, &self.vocabulary.who)
        });
        if somebody {
            return Ok(Asked::Describe(vec![self.top(np)?]));
        }
        let who = Np::plain(Head::Who, np.span).det(Det::Asked);
        self.things(&[who.with([Pred::Is(Box::new(np.clone()))])])
    }

    /// Columns for where a document states the relations of the entities, and how.
    fn stated(&self, thing: &mut Thing) -> Vec<Column> {
        let mut columns: Vec<(Expr, String)> = Vec::new();
        for fact in &mut thing.facts {
            let Fact::Tie(tie) = fact else { continue };
            if !tie.other.det.is_plain() {
                continue;
            }
            for attribute in &self.vocabulary.attributes {
                if let Some(value) = named_relationship(&mut tie.pattern, attribute) {
                    columns.push((value, attribute.words.clone()));
                }
            }
            if let Some(citations) = &self.vocabulary.citations
                && let Some(lines) = cited_lines(&mut tie.pattern, citations)
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
        let column = |(value, words)| Column::Tied { value, words };
        columns.into_iter().map(column).collect()
    }

    fn each_top(&mut self, nps: &[Np]) -> Fit<Vec<Thing>> {
        nps.iter().map(|np| self.top(np)).collect()
    }

    /// Resolves noun phrases that are compared: as one common type, if possible.
    fn alike(&mut self, nps: &[Np]) -> Fit<Vec<Thing>> {
        let all = nps.iter().map(|np| self.candidates(np));
        let mut all: Vec<Vec<Candidate>> = all.collect::<Fit<_>>()?;
        let kinds = |candidates: &[Candidate]| -> Vec<Kind> {
            candidates.iter().map(|one| one.kind.clone()).collect()
        };
        let mut shared = all.first().map_or(Vec::new(), |first| kinds(first));
        shared.retain(|kind| {
            all.iter()
                .all(|candidates| kinds(candidates).contains(kind))
        });
        if !shared.is_empty() {
            for candidates in &mut all {
                candidates.retain(|one| shared.contains(&one.kind));
            }
        }
        let pairs = nps.iter().zip(all);
        pairs
            .map(|(np, candidates)| self.top_of(np, candidates))
            .collect()
    }

    /// Resolves a noun phrase that is in no other. Every predicate must fit it.
    pub(super) fn top(&mut self, np: &Np) -> Fit<Thing> {
        let candidates = self.candidates(np)?;
        self.top_of(np, candidates)
    }

    fn top_of(&mut self, np: &Np, mut candidates: Vec<Candidate>) -> Fit<Thing> {
        if candidates.len() == 1 {
            let mut candidate = candidates.swap_remove(0);
            if matches!(np.head, Head::Who | Head::What | Head::Place) {
                // The predicates determine the entity type and the noun. If the attempt fails, the second resolution
                // below records the choices.
                if let Ok(thing) = self.attempt(np, &candidate) {
                    candidate.kind = thing.kind;
                    candidate.noun = thing.noun;
                }
            }
            let (thing, _) = self.np_as(np, candidate)?;
            if matches!(np.head, Head::Who) {
                // People are preferred to bodies if both are possible.
                let first = self.vocabulary.who.first();
                let farther = !thing.kind.iter().any(|label| Some(label) == first);
                self.script.choose(vec![u32::from(farther)]);
            }
            return Ok(thing);
        }
        let mut fitting: Vec<Candidate> = Vec::new();
        let mut misfit = None;
        for candidate in candidates {
            match self.attempt(np, &candidate) {
                Ok(_) => fitting.push(candidate),
                Err(why) => misfit = misfit.or(Some(why)),
            }
        }
        if let (true, Some(misfit)) = (fitting.is_empty(), misfit) {
            return Err(misfit);
        }
        let least = fitting
            .iter()
            .map(|candidate| candidate.cost)
            .min()
            .unwrap_or(0);
        fitting.sort_by_key(|candidate| candidate.cost);
        let taken = self.script.choose(
            fitting
                .iter()
                .map(|candidate| candidate.cost - least)
                .collect(),
        );
        let (thing, _) = self.np_as(np, fitting.swap_remove(taken))?;
        Ok(thing)
    }

    /// Resolves a noun phrase as a candidate, without side effects.
    fn attempt(&mut self, np: &Np, candidate: &Candidate) -> Fit<Thing> {
        let (names, spoken) = (self.names.clone(), self.spoken.clone());
        let (groups, columns) = (self.groups.clone(), self.columns.clone());
        let (points, guessed) = (self.script.points.len(), self.guessed.len());
        let found = self.np_as(np, candidate.clone());
        self.guessed.truncate(guessed);
        (self.names, self.spoken) = (names, spoken);
        (self.groups, self.columns) = (groups, columns);
        self.script.points.truncate(points);
        found.map(|(thing, _)| thing)
    }

    fn values(&mut self, values: &Values) -> Fit<Asked> {
        if matches!(values.of.det, Det::Most | Det::Fewest) {
            let what = "cannot follow `most` or `fewest`; ask `how many … per …`".to_owned();
            return Err(Misfit::Unfit(what, values.of.span));
        }
        let mut thing = match (&values.of.head, values.of.preds.is_empty()) {
            (Head::Owner(_), _) | (_, true) => self.owner(values)?,
            _ => self.top(&values.of)?,
        };
        if let (Some(verb), [asked]) = (values.verb, values.asked.as_slice()) {
            let asked = self.attribute_ids(*asked);
            self.certain = self.attribute_ids(verb).iter().any(|id| asked.contains(id));
        }
        let mut columns = Vec::new();
        for token in &values.asked {
            // `when was X born`: of the attributes that `when` asks for, the verb has one.
            let token = match values.verb.filter(|_| self.certain) {
                Some(verb) if self.is_of_verb(&thing, verb) => verb,
                _ => *token,
            };
            columns.push(self.value_column(&mut thing, token, values.asked.len() == 1)?);
        }
        // `the role of Jim Park`: people have roles, so the meaning is certain.
        self.certain |=
            thing.name.is_some() && columns.iter().all(|column| self.is_own(column, &thing));
        let fold = self.folded(values, &columns, &thing)?;
        Ok(Asked::Values {
            thing,
            columns,
            fold,
            by: std::mem::take(&mut self.groups),
        })
    }

    /// True if entities have an attribute of a verb themselves.
    fn is_of_verb(&self, thing: &Thing, verb: Token) -> bool {
        self.attribute(thing, verb).is_ok()
    }

    /// The aggregate of values. Values that are not numbers can only be counted.
    fn folded(&self, values: &Values, columns: &[Column], thing: &Thing) -> Fit<Option<Fold>> {
        let Some(Column::Value { attribute, .. }) = columns.first() else {
            return Ok(values.fold);
        };
        let attribute = &self.vocabulary.attributes[attribute.0 as usize];
        let own = |group: &Group| matches!(group, Group::Things(each) if *each == thing.var);
        let of_each = matches!(self.groups.as_slice(), [group] if own(group));
        match (values.fold, attribute.kind) {
            // `how many credits does each course have` needs no aggregate.
            (Some(Fold::Sum), ValueKind::Number) if of_each => Ok(None),
            (fold, ValueKind::Number) => Ok(fold),
            (Some(Fold::Sum), _) => Ok(Some(Fold::Count)),
            (Some(Fold::Mean), _) => {
                let what = format!(
                    "asks for the mean of {}, which is not a number",
                    attribute.words
                );
                Err(Misfit::Unfit(what, values.of.span))
            }
            (fold, _) => Ok(fold),
        }
    }

    /// True if a column is an attribute declared for this type itself.
    fn is_own(&self, column: &Column, thing: &Thing) -> bool {
        let Column::Value { of, attribute, .. } = column else {
            return false;
        };
        let labels = &self.vocabulary.attributes[attribute.0 as usize].labels;
        *of == thing.var && thing.kind.iter().any(|label| labels.contains(label))
    }

    /// The entities whose values are asked for: those among the candidates that have the attribute.
    fn owner(&mut self, values: &Values) -> Fit<Thing> {
        let labels: Vec<Kind> = (values.asked.iter())
            .flat_map(|token| self.attribute_ids(*token))
            .map(|id: AttributeId| self.vocabulary.attributes[id.0 as usize].labels.clone())
            .collect();
        let mut candidates = self.candidates(&values.of)?;
        let has = |candidate: &Candidate| {
            labels
                .iter()
                .any(|labels| self.vocabulary.meets(&candidate.kind, labels))
        };
        if candidates.iter().any(has) {
            candidates.retain(has);
        }
        let mut misfit = None;
        let mut fitting = Vec::new();
        for candidate in candidates {
            match self.attempt(&values.of, &candidate) {
                Ok(_) => fitting.push(candidate),
                Err(why) => misfit = misfit.or(Some(why)),
            }
        }
        if fitting.is_empty() {
            return Err(misfit.unwrap_or(Misfit::Nobody(values.of.span)));
        }
        let costs = fitting.iter().map(|candidate| candidate.cost).collect();
        let taken = self.script.choose(costs);
        Ok(self.np_as(&values.of, fitting.swap_remove(taken))?.0)
    }

    /// The value of a relation that is already a predicate of the entities.
    pub(super) fn value_of_tie(
        &self,
        thing: &mut Thing,
        token: Token,
    ) -> Option<(Expr, AttributeId)> {
        for id in self.attribute_ids(token) {
            let attribute = &self.vocabulary.attributes[id.0 as usize];
            for fact in &mut thing.facts {
                let Fact::Tie(tie) = fact else { continue };
                if !tie.other.det.is_plain() {
                    continue;
                }
                if let Some(value) = named_relationship(&mut tie.pattern, attribute) {
                    return Some((value, id));
                }
            }
        }
        None
    }

    /// A value of entities as a column; a value of a relation that is already a predicate, if there is one.
    pub(super) fn value_column(
        &self,
        thing: &mut Thing,
        token: Token,
        needed: bool,
    ) -> Fit<Column> {
        if let Some((value, id)) = self.value_of_tie(thing, token) {
            let words = self.vocabulary.attributes[id.0 as usize].words.clone();
            return Ok(Column::Tied { value, words });
        }
        let attribute = self.attribute(thing, token)?;
        Ok(Column::Value {
            of: thing.var.clone(),
            attribute,
            needed,
        })
    }

    /// What entities have in common: with a noun, the entities of its type that all of them have.
    fn common(&mut self, kind: Option<&Np>, things: &[Np]) -> Fit<Asked> {
        let Some(kind) = kind else {
            return Ok(Asked::Common(self.each_top(things)?));
        };
        let span = kind.span;
        let had = things
            .iter()
            .map(|np| Pred::tie(TieWord::Any("have"), true, np.clone(), span));
        let asked = kind.clone().det(Det::Asked).with(had);
        self.things(&[asked])
    }

    /// The relationship types that a word for a relation stands for.
    fn types(&self, token: Token) -> Vec<String> {
        use crate::question::link::Meaning;
        let mut types = Vec::new();
        let verbs = match self.links.get(token).map(|link| &link.meaning) {
            Some(
                Meaning::Verb(ids, _)
                | Meaning::Predicate(ids)
                | Meaning::SubjectNoun(ids)
                | Meaning::ObjectNoun(ids)
                | Meaning::Tie(ids),
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
    fn pairs(&mut self, each: &Np, asked: &Np) -> Fit<Asked> {
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
    fn further(&mut self, asked: &mut Asked, further: &Further) -> Fit<()> {
        if let Further::OtherWay = further {
            let Asked::Things { things, .. } = asked else {
                return Err(Misfit::Unfit(
                    "has no inverse".to_owned(),
                    Default::default(),
                ));
            };
            let thing = things.swap_remove(0);
            *asked = Asked::BothWays(thing);
            return Ok(());
        }
        if let Asked::Describe(things) = asked {
            // `what is the DMM, and who originated it`: the entity with the further column.
            *asked = Asked::Things {
                things: std::mem::take(things),
                columns: Vec::new(),
            };
        }
        let (thing, columns) = match asked {
            Asked::Things { things, columns } => (&mut things[0], columns),
            Asked::Values { thing, columns, .. } => (thing, columns),
            _ => {
                return Err(Misfit::Unfit(
                    "can only follow a question that asks for entities".to_owned(),
                    Default::default(),
                ));
            }
        };
        let column = match further {
            Further::Value(token) | Further::Attribute(token) => {
                self.further_value(thing, *token)?
            }
            Further::Thing(np) => self.further_thing(thing, np)?,
            Further::OtherWay => return Ok(()),
        };
        columns.extend(column);
        Ok(())
    }

    fn further_value(&mut self, thing: &mut Thing, token: Token) -> Fit<Option<Column>> {
        if let Ok(column) = self.value_column(thing, token, false) {
            // A value of the relation in the question makes the meaning of the word certain.
            self.certain |= matches!(column, Column::Tied { .. });
            return Ok(Some(column));
        }
        // Another entity in the question may have the value.
        for fact in &mut thing.facts {
            if let Fact::Tie(tie) = fact
                && let Ok(column) = self.value_column(&mut tie.other, token, false)
            {
                return Ok(Some(column));
            }
        }
        self.value_column(thing, token, false).map(Some)
    }

    /// Related entities as a column. Entities that are already in a predicate are only shown.
    fn further_thing(&mut self, thing: &mut Thing, np: &Np) -> Fit<Option<Column>> {
        if np.preds.is_empty() && show_spoken(self, thing, np) {
            return Ok(None);
        }
        let mut np = np.clone();
        if np.preds.is_empty() {
            let span = np.span;
            let pronoun = Np::plain(Head::Pronoun, span);
            np.preds
                .push(Pred::tie(TieWord::Any("'s"), false, pronoun, span));
        }
        let found = self.top(&np)?;
        Ok(Some(Column::Things(Box::new(found))))
    }
}

/// Marks entities in a predicate as asked for, if they are of the type of the noun. Returns false if there are none.
fn show_spoken(resolver: &Resolver<'_>, thing: &mut Thing, np: &Np) -> bool {
    let Ok(candidates) = resolver.candidates(np) else {
        return false;
    };
    for fact in &mut thing.facts {
        let Fact::Tie(tie) = fact else { continue };
        let other = &mut tie.other;
        let same = |candidate: &Candidate| {
            (matches!(np.head, Head::What) && other.noun.is_some() && other.name.is_none())
                || !candidate.kind.is_empty()
                    && other.name.is_none()
                    && candidate.kind.iter().any(|label| {
                        other
                            .kind
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
fn speaks_of(facts: &[Fact], var: &str) -> bool {
    facts.iter().any(|fact| match fact {
        Fact::Tie(tie) => {
            tie.other.again && tie.other.var == var || speaks_of(&tie.other.facts, var)
        }
        Fact::And(facts) | Fact::Or(facts) => speaks_of(facts, var),
        _ => false,
    })
}
