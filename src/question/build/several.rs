//! Lists of several types of entities: `which models and which theories does each authority use`.

use super::{
    make::{null, query},
    query::Builder,
    scope::Witness,
    shown::{Shown, unique},
};
use crate::{
    question::{
        resolve::camel,
        resolved::{Column, EntitySet},
        tree::Det,
    },
    syntax::ast::{Conjunction, ConjunctionKind, Query},
};

impl Builder<'_> {
    /// The union that lists each type after the other.
    pub(super) fn entity_sets(&self, entity_sets: &[EntitySet], columns: &[Column]) -> Query {
        if let [entities] = entity_sets {
            return self.list(entities, columns, None);
        }
        let each: Vec<_> = entity_sets
            .iter()
            .map(|entities| self.each(entities))
            .collect();
        let alike = each.windows(2).all(|two| {
            let alias = |shown: &Shown| shown.alias.clone();
            two[0].iter().map(alias).eq(two[1].iter().map(alias))
        });
        let mut parts = entity_sets.iter().zip(each).map(|(entities, each)| {
            let each = if alike { each } else { Vec::new() };
            self.part(entities, columns, each)
        });
        let mut first = parts.next().unwrap_or_else(|| query(Vec::new()));
        for part in parts {
            let union = Conjunction {
                kind: ConjunctionKind::Union { all: false },
                span: Default::default(),
            };
            first.rest.push((union, part.first));
        }
        first
    }

    /// The part for one noun phrase; values of the other noun phrases are null.
    fn part(&self, entities: &EntitySet, columns: &[Column], each: Vec<Shown>) -> Query {
        let (own, others): (Vec<_>, Vec<_>) = columns
            .iter()
            .cloned()
            .partition(|column| !matches!(column, Column::Value { of, .. } if *of != entities.var));
        let mut shown = each;
        for column in others {
            if let Column::Value { attribute, .. } = column {
                let attribute = &self.vocabulary.attributes[attribute.0 as usize];
                shown.push(Shown::value(
                    null(),
                    unique(&shown, &camel(&attribute.words)),
                ));
            }
        }
        self.list(entities, &own, Some(("name", shown)))
    }

    /// The entities of `each` as leading columns: `which models and which theories does each authority use`.
    fn each(&self, entities: &EntitySet) -> Vec<Shown> {
        let mut scope = self.scope();
        scope.entities(entities);
        let mut shown = Vec::new();
        for witness in &scope.witnesses {
            if let Witness::EntitySet(other) = witness
                && matches!(other.det, Det::Each | Det::Every)
                && let Some(noun) = other.noun
            {
                let noun = &self.vocabulary.nouns[noun.0 as usize];
                let alias = unique(&shown, &camel(&noun.singular));
                shown.push(self.named(&other.var, &other.entity_type, alias));
            }
        }
        shown
    }
}
