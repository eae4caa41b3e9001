//! Resolves questions for values of entities: whose values, and which attribute.

use super::{
    ResolveError, ResolveResult, Resolver, compare::is_of_relationship, head::Candidate,
    through::THROUGH,
};
use crate::{
    question::{
        build::{labels, named_relationship},
        mention::Meaning,
        resolved::{Asked, Column, EntitySet, EntityType, Group, Restriction},
        tree::{Det, Fold, Head, Np, Pred, RelationWord, Token, Values},
        vocabulary::{AttributeId, ValueKind},
    },
    syntax::ast::Expr,
};

impl Resolver<'_> {
    pub(super) fn values(&mut self, values: &Values) -> ResolveResult<Asked> {
        if matches!(values.of.det, Det::Most | Det::Fewest) {
            let what = "cannot follow `most` or `fewest`; ask `how many … per …`".to_owned();
            return Err(ResolveError::Unanswerable(what, values.of.span));
        }
        let mut entities = match (&values.of.head, values.of.preds.is_empty()) {
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
                Some(verb) if self.is_of_verb(&entities, verb) => verb,
                _ => *token,
            };
            if values.fold.is_some()
                && self.value_of_relation(&mut entities, token).is_none()
                && let Err(error) = self.attribute(&entities, token)
            {
                return self.folded_through(values, error);
            }
            columns.push(self.value_column(&mut entities, token, values.asked.len() == 1)?);
        }
        // `the role of Jim Park`: people have roles, so the meaning is certain.
        self.certain |=
            entities.name.is_some() && columns.iter().all(|column| self.is_own(column, &entities));
        let fold = self.folded(values, &columns, &entities)?;
        Ok(Asked::Values {
            entities,
            columns,
            fold,
            by: std::mem::take(&mut self.groups),
        })
    }

    /// `the average price of furniture`: the aggregate of the values of the entities that are related to those given.
    fn folded_through(&mut self, values: &Values, error: ResolveError) -> ResolveResult<Asked> {
        let [asked] = values.asked.as_slice() else {
            return Err(error);
        };
        if values.fold.is_none() || matches!(values.of.head, Head::Owner(_)) {
            return Err(error);
        }
        let span = values.of.span;
        let of = Pred::relation(RelationWord::Any("in"), false, values.of.clone(), span);
        self.choice_sequence.choose(vec![THROUGH]);
        self.values(&Values {
            of: Np::plain(Head::Owner(*asked), span).with([of]),
            ..values.clone()
        })
    }

    /// True if entities have an attribute of a verb themselves.
    fn is_of_verb(&self, entities: &EntitySet, verb: Token) -> bool {
        self.attribute(entities, verb).is_ok()
    }

    /// The aggregate of values. Values that are not numbers can only be counted.
    fn folded(
        &self,
        values: &Values,
        columns: &[Column],
        entities: &EntitySet,
    ) -> ResolveResult<Option<Fold>> {
        let Some(Column::Value { attribute, .. }) = columns.first() else {
            return Ok(values.fold);
        };
        let attribute = &self.vocabulary.attributes[attribute.0 as usize];
        let own = |group: &Group| matches!(group, Group::Entities(each) if *each == entities.var);
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
                Err(ResolveError::Unanswerable(what, values.of.span))
            }
            (fold, _) => Ok(fold),
        }
    }

    /// True if a column is an attribute declared for this type itself.
    fn is_own(&self, column: &Column, entities: &EntitySet) -> bool {
        let Column::Value { of, attribute, .. } = column else {
            return false;
        };
        let labels = &self.vocabulary.attributes[attribute.0 as usize].labels;
        *of == entities.var
            && entities
                .entity_type
                .iter()
                .any(|label| labels.contains(label))
    }

    /// The entities whose values are asked for: those among the candidates that have the attribute.
    fn owner(&mut self, values: &Values) -> ResolveResult<EntitySet> {
        let labels: Vec<EntityType> = (values.asked.iter())
            .flat_map(|token| self.attribute_ids(*token))
            .map(|id: AttributeId| self.vocabulary.attributes[id.0 as usize].labels.clone())
            .collect();
        let mut candidates = self.candidates(&values.of)?;
        let has = |candidate: &Candidate| {
            labels
                .iter()
                .any(|labels| self.vocabulary.meets(&candidate.entity_type, labels))
        };
        if candidates.iter().any(has) {
            candidates.retain(has);
        }
        let mut error = None;
        let mut fitting = Vec::new();
        for candidate in candidates {
            match self.attempt(&values.of, &candidate) {
                Ok(_) => fitting.push(candidate),
                Err(why) => error = error.or(Some(why)),
            }
        }
        if fitting.is_empty() {
            return Err(error.unwrap_or(ResolveError::NoReferent(values.of.span)));
        }
        let costs = fitting.iter().map(|candidate| candidate.cost).collect();
        let taken = self.choice_sequence.choose(costs);
        Ok(self.np_as(&values.of, fitting.swap_remove(taken))?.0)
    }

    /// The value of a relation that is already a predicate of the entities.
    pub(super) fn value_of_relation(
        &self,
        entities: &mut EntitySet,
        token: Token,
    ) -> Option<(Expr, AttributeId)> {
        for id in self.attribute_ids(token) {
            let attribute = &self.vocabulary.attributes[id.0 as usize];
            for restriction in &mut entities.restrictions {
                let Restriction::Relation(relation) = restriction else {
                    continue;
                };
                if !relation.other.det.is_plain() {
                    continue;
                }
                if let Some(value) = named_relationship(&mut relation.pattern, attribute) {
                    return Some((value, id));
                }
            }
        }
        None
    }

    /// A value of entities as a column; a value of a relation that is already a predicate, if there is one.
    pub(super) fn value_column(
        &mut self,
        entities: &mut EntitySet,
        token: Token,
        needed: bool,
    ) -> ResolveResult<Column> {
        /// Cost of a value of another relationship than that in the question.
        const OF_ANOTHER: u32 = 20;
        if let Some((value, id)) = self.value_of_relation(entities, token) {
            let words = self.vocabulary.attributes[id.0 as usize].words.clone();
            return Ok(Column::Relation { value, words });
        }
        if let Some((of, attribute)) = self.time_of_event(entities, token)? {
            return Ok(Column::Value {
                of,
                attribute,
                needed,
            });
        }
        let attribute = match self.attribute(entities, token) {
            Ok(attribute) => attribute,
            Err(error) if needed => return self.value_through(entities, token, error),
            Err(error) => return Err(error),
        };
        if self.leads_elsewhere(entities, attribute) {
            self.choice_sequence.choose(vec![OF_ANOTHER]);
        }
        Ok(Column::Value {
            of: entities.var.clone(),
            attribute,
            needed,
        })
    }

    /// `when was X shown`: the date of what shows X, with its variable. The date of another event in the life of X itself
    /// is no answer.
    fn time_of_event(
        &self,
        entities: &EntitySet,
        token: Token,
    ) -> ResolveResult<Option<(String, AttributeId)>> {
        let meaning = self.mentions.get(token).map(|mention| &mention.meaning);
        let is_date = |id: &AttributeId| self.vocabulary.attributes[id.0 as usize].dates.is_some();
        match meaning {
            Some(Meaning::AttributeQuestion(ids)) if ids.iter().any(is_date) => {}
            _ => return Ok(None),
        }
        let Some(event) = entities.restrictions.iter().find_map(|one| match one {
            Restriction::Relation(relation) if relation.other.unsaid => Some(relation),
            _ => None,
        }) else {
            return Ok(None);
        };
        if let Ok(id) = self.date_of(&event.other, false, event.span) {
            return Ok(Some((event.other.var.clone(), id)));
        }
        self.date_of(entities, false, event.span)?;
        Ok(None)
    }

    /// True for a value of relationships to entities like one that the question already relates by another relationship.
    fn leads_elsewhere(&self, entities: &EntitySet, attribute: AttributeId) -> bool {
        let attribute = &self.vocabulary.attributes[attribute.0 as usize];
        let [(_, end)] = attribute.pattern.steps.as_slice() else {
            return false;
        };
        let far = labels(end);
        let is_related = |one: &Restriction| {
            matches!(one, Restriction::Relation(relation) if relation.other.name.is_some()
                && self.vocabulary.meets(&relation.other.entity_type, &far))
        };
        is_of_relationship(attribute) && entities.restrictions.iter().any(is_related)
    }
}
