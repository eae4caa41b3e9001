//! Predicates and values that only the neighbours of entities can have: the customers in Portugal are those who live in a
//! city in Portugal.

use super::{
    ResolveError, ResolveResult, Resolver,
    choice::{Choice, unnamed_path},
    head::Candidate,
};
use crate::question::{
    mention::Meaning,
    resolved::{Column, EntitySet, EntityType, Restriction},
    tree::{Det, Head, Measured, Np, Pred, RelationPhrase, RelationWord, Token},
};

/// Cost of a predicate that a neighbour has.
pub(in crate::question) const THROUGH: u32 = 4500;

impl Resolver<'_> {
    /// Resolves a predicate as one of the only neighbours that can have it.
    ///
    /// # Errors
    /// `error`, if there are none or several.
    pub(super) fn through(
        &mut self,
        entities: &mut EntitySet,
        pred: &Pred,
        error: ResolveError,
    ) -> ResolveResult<Restriction> {
        let types = match pred {
            Pred::Adjective(token) => self.types_of_adjective(*token),
            Pred::Compare {
                which: Measured::Named(token),
                ..
            }
            | Pred::Has(token) => self.types_of_attribute(*token),
            _ => Vec::new(),
        };
        let Some((choice, candidate)) = self.sole_neighbour(entities, &types) else {
            return Err(error);
        };
        let span = match &error {
            ResolveError::WithoutAttribute { span, .. } => *span,
            _ => pred.span(),
        };
        let relation = RelationPhrase {
            word: RelationWord::Any("have"),
            inverse: false,
            other: Np::plain(Head::What, span)
                .det(Det::Some)
                .with([pred.clone()]),
            when: None,
            span,
        };
        self.choice_sequence.choose(vec![THROUGH]);
        self.depth += 1;
        let chosen = self.chosen(entities, &relation, &choice, &[candidate]);
        self.depth -= 1;
        match chosen? {
            (restriction, rest) if rest.is_empty() => Ok(restriction),
            _ => Err(error),
        }
    }

    /// A value of the only neighbours that can have it, as a column.
    ///
    /// # Errors
    /// `error`, if there are none or several.
    pub(super) fn value_through(
        &mut self,
        entities: &mut EntitySet,
        token: Token,
        error: ResolveError,
    ) -> ResolveResult<Column> {
        let types = match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(Meaning::Attribute(_)) => self.types_of_attribute(token),
            // `how` and `when` ask for a value of the entities themselves.
            _ => Vec::new(),
        };
        let Some((choice, candidate)) = self.sole_neighbour(entities, &types) else {
            return Err(error);
        };
        let span = self.span(token);
        let relation = RelationPhrase {
            word: RelationWord::Any("have"),
            inverse: false,
            other: Np::plain(Head::What, span),
            when: None,
            span,
        };
        self.choice_sequence.choose(vec![THROUGH]);
        let (restriction, _) = self.chosen(entities, &relation, &choice, &[candidate])?;
        let Restriction::Relation(neighbour) = &restriction else {
            return Err(error);
        };
        let attribute = self.attribute(&neighbour.other, token)?;
        let of = neighbour.other.var.clone();
        entities.restrictions.push(restriction);
        Ok(Column::Value {
            of,
            attribute,
            needed: true,
        })
    }

    /// The relation to the only neighbours of one of the types; `None` if there are none, or several relations.
    fn sole_neighbour(
        &self,
        entities: &EntitySet,
        types: &[EntityType],
    ) -> Option<(Choice, Candidate)> {
        let entity_type = self.people_of(&entities.entity_type);
        let types = types
            .iter()
            .filter(|labels| !labels.is_empty() && !self.vocabulary.meets(&entity_type, labels));
        let neighbours = types.flat_map(|labels| {
            let candidate = Candidate {
                noun: self.noun_of(labels),
                ..Candidate::of_type(labels.clone())
            };
            let choices = self.any_relation(&entity_type, std::slice::from_ref(&candidate));
            let direct = choices
                .into_iter()
                .filter(|choice| choice.sense.pattern.steps.len() == 1);
            direct.map(move |choice| (choice, candidate.clone()))
        });
        let mut neighbours: Vec<(Choice, Candidate)> = neighbours.collect();
        neighbours.sort_by_key(|(choice, _)| choice.cost);
        neighbours.dedup_by_key(|(choice, _)| unnamed_path(&choice.sense, choice.inverse));
        match neighbours.len() {
            1 if !entity_type.is_empty() => neighbours.pop(),
            _ => None,
        }
    }

    fn types_of_adjective(&self, token: Token) -> Vec<EntityType> {
        let Some(Meaning::Adjective(ids)) =
            self.mentions.get(token).map(|mention| &mention.meaning)
        else {
            return Vec::new();
        };
        let adjectives = ids
            .iter()
            .map(|id| &self.vocabulary.adjectives[id.0 as usize]);
        let own = adjectives.filter(|adjective| adjective.pattern.steps.is_empty());
        own.map(|adjective| adjective.labels.clone()).collect()
    }

    fn types_of_attribute(&self, token: Token) -> Vec<EntityType> {
        let ids = self.attribute_ids(token).into_iter();
        let attributes = ids.map(|id| &self.vocabulary.attributes[id.0 as usize]);
        let own = attributes.filter(|attribute| attribute.pattern.steps.is_empty());
        own.map(|attribute| attribute.labels.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::question::testing::asked;

    const TOWNS: &str = "
        a :Customer; name=Ann
        b :Customer; name=Bob
        t :Town; name=Porto; country=Portugal
        u :Town; name=Leeds; country=United Kingdom
        p :Product; name=Lamp; price=5
        c :Category; name=Lighting
        a LIVES_IN t
        b LIVES_IN u
        p IN_CATEGORY c
    ";

    fn check(question: &str, part: &str) {
        let statement = asked(TOWNS, question);
        assert!(statement.contains(part), "{question}\n{statement}");
    }

    #[test]
    fn a_predicate_of_a_neighbour_is_one_of_the_entities() {
        check(
            "which customers are from Portugal",
            "-[:LIVES_IN]->(town:Town",
        );
        check("who lives in Portugal", ".country = 'Portugal'");
    }

    #[test]
    fn a_value_of_a_neighbour_is_asked_for() {
        check("what is the country of Ann", "town.country");
        check("what is the average price of Lighting", "avg(price)");
    }
}
