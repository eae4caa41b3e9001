//! Comparisons of attributes: numbers, dates, texts and the values of other entities.

use super::{ResolveError, ResolveResult, Resolver};
use crate::{
    base::Span,
    question::{
        build::{compare_date, named_relationship},
        mention::Meaning,
        resolved::{EntitySet, EntityType, Group, Limit, Restriction},
        say::say_time,
        tree::{Cmp, Det, Measured, Pred, Token, Value},
        vocabulary::{Attribute, AttributeId, ValueKind},
    },
    syntax::ast::{Expr, ExprKind, PatternElement},
};

impl Resolver<'_> {
    pub(super) fn compare(
        &mut self,
        entities: &mut EntitySet,
        which: Measured,
        value: &Value,
        span: Span,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        let attribute = match which {
            Measured::Named(token) => self.attribute(entities, token)?,
            Measured::Date => self.date_of(entities, false, span)?,
            Measured::Number => return self.renumber(entities, value, span),
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
            Value::Text(token) => self.text(*token, entities, span)?,
            Value::Than(_, np) if matches!(np.det, Det::Quantity(..)) => {
                let what = "is a number of entities, not one to compare with".to_owned();
                return Err(ResolveError::Unanswerable(what, np.span));
            }
            Value::Than(cmp, np) => {
                let mut candidates = self.candidates(np)?;
                candidates.retain(|candidate| {
                    self.vocabulary
                        .meets(&candidate.entity_type, &entities.entity_type)
                });
                let candidate = candidates
                    .into_iter()
                    .next()
                    .ok_or(ResolveError::Unrelated {
                        from: entities.entity_type.clone(),
                        to: EntityType::new(),
                        span,
                    })?;
                let (other, rest) = self.np_as(np, candidate)?;
                let restriction =
                    Restriction::Compare(attribute, Limit::Than(*cmp, Box::new(other)), span);
                return Ok((vec![restriction], rest));
            }
            Value::Each(token) => {
                // `start in each month`: the month is a value of the same entities.
                let by = self.attribute(entities, *token).unwrap_or(attribute);
                self.groups.push(Group::Values(entities.var.clone(), by));
                return Ok((vec![Restriction::Has(attribute, span)], Vec::new()));
            }
        };
        self.comparable(attribute, &limit, span)?;
        Ok((
            vec![Restriction::Compare(attribute, limit, span)],
            Vec::new(),
        ))
    }

    /// True for a number that is a year, beside an attribute with dates.
    fn is_year_of(&self, attribute: AttributeId, number: f64) -> bool {
        let dates = self.vocabulary.attributes[attribute.0 as usize].dates;
        dates.is_some() && number.fract() == 0.0 && (1000.0..3000.0).contains(&number)
    }

    /// Refuses a value that an attribute cannot have: a number beside dates, a month beside years.
    fn comparable(&self, attribute: AttributeId, limit: &Limit, span: Span) -> ResolveResult<()> {
        let attribute = &self.vocabulary.attributes[attribute.0 as usize];
        let fits = |date: &String| attribute.dates.is_none_or(|dates| dates.can_be(date));
        let (fits, what) = match limit {
            Limit::Date(_, date) => (fits(date), "which gives only years"),
            Limit::Dates(from, to) => (fits(from) && fits(to), "which gives only years"),
            Limit::Number(..) | Limit::Between(..) => {
                (attribute.kind != ValueKind::Date, "which is a date")
            }
            Limit::Text(_) | Limit::Yes | Limit::Than(..) => (true, ""),
        };
        let error = || {
            ResolveError::Unanswerable(
                format!("cannot be compared with {}, {what}", attribute.words),
                span,
            )
        };
        fits.then_some(()).ok_or_else(error)
    }

    /// `KSS from 1 to 10`
    fn renumber(
        &self,
        entities: &mut EntitySet,
        value: &Value,
        span: Span,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        use crate::question::tree::Numbers;
        let numbered = entities
            .noun
            .and_then(|noun| self.vocabulary.nouns[noun.0 as usize].numbered);
        let attribute = numbered.ok_or_else(|| ResolveError::WithoutAttribute {
            entity_type: entities.entity_type.clone(),
            what: "number".to_owned(),
            span,
        })?;
        entities.numbers = Some((
            attribute,
            match value {
                Value::Between(low, high) => Numbers::Between(*low, *high),
                Value::Number(Cmp::Equal, number) => Numbers::OneOf(vec![*number]),
                Value::Number(cmp, number) => Numbers::Compared(*cmp, *number),
                _ => {
                    return Err(ResolveError::Unanswerable(
                        "is not a number".to_owned(),
                        span,
                    ));
                }
            },
        ));
        Ok((Vec::new(), Vec::new()))
    }

    /// The date of entities. Dates of events need words of their own, unless `events` is true.
    pub(super) fn date_of(
        &self,
        entities: &EntitySet,
        events: bool,
        span: Span,
    ) -> ResolveResult<AttributeId> {
        let attributes = self.vocabulary.attributes.iter().zip(0..);
        let dates = attributes.filter(|(attribute, _)| {
            // The time of a relationship belongs to a relation in the question.
            let own = !is_of_relationship(attribute);
            let known = !attribute.labels.is_empty() && !entities.entity_type.is_empty();
            attribute.dates.is_some()
                && own
                && (events || !attribute.of_event)
                && known
                && self
                    .vocabulary
                    .meets(&entities.entity_type, &attribute.labels)
        });
        // The date of the entity itself comes before those of its relationships.
        dates
            .min_by_key(|(attribute, _)| (attribute.of_event, attribute.pattern.steps.len()))
            .map(|(_, id)| AttributeId(id))
            .ok_or_else(|| ResolveError::WithoutAttribute {
                entity_type: entities.entity_type.clone(),
                what: "date".to_owned(),
                span,
            })
    }

    pub(super) fn date(&self, token: Token) -> String {
        match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(Meaning::Date(date)) => date.clone(),
            _ => String::new(),
        }
    }

    /// A text or name as a value.
    fn text(&self, token: Token, _thing: &EntitySet, span: Span) -> ResolveResult<Limit> {
        match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(Meaning::Quoted(text)) => Ok(Limit::Text(text.clone())),
            Some(Meaning::Entity(entities)) => Ok(Limit::Text(entities[0].name.clone())),
            _ => Err(ResolveError::Unanswerable(
                "is not a value".to_owned(),
                span,
            )),
        }
    }

    /// A time as a condition on the relation itself: `developed from 2015-16`.
    pub(super) fn when(
        &self,
        pattern: &mut PatternElement,
        (cmp, token): (Cmp, Token),
        span: Span,
    ) -> ResolveResult<Option<(Expr, String)>> {
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
        Err(ResolveError::WithoutAttribute {
            entity_type: EntityType::new(),
            what: "time".to_owned(),
            span,
        })
    }
}

/// True for a value of a relationship.
pub(super) fn is_of_relationship(attribute: &Attribute) -> bool {
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
