//! Lists of several types of entities: `which models and which theories does each authority use`.

use super::{
    make::{null, query},
    query::Builder,
    scope::Witness,
    shown::{Shown, unique},
};
use crate::{
    question::{
        meaning::{Column, Thing},
        resolve::camel,
        tree::Det,
    },
    syntax::ast::{Query, Union},
};

impl Builder<'_> {
    /// The union that lists each type after the other.
    pub(super) fn things(&self, things: &[Thing], columns: &[Column]) -> Query {
        if let [thing] = things {
            return self.list(thing, columns, None);
        }
        let each: Vec<_> = things.iter().map(|thing| self.each(thing)).collect();
        let alike = each.windows(2).all(|two| {
            let alias = |shown: &Shown| shown.alias.clone();
            two[0].iter().map(alias).eq(two[1].iter().map(alias))
        });
        let mut parts = things.iter().zip(each).map(|(thing, each)| {
            let each = if alike { each } else { Vec::new() };
            self.part(thing, columns, each)
        });
        let mut first = parts.next().unwrap_or_else(|| query(Vec::new()));
        for part in parts {
            let union = Union {
                all: false,
                span: Default::default(),
            };
            first.rest.push((union, part.first));
        }
        first
    }

    /// The part for one noun phrase; values of the other noun phrases are null.
    fn part(&self, thing: &Thing, columns: &[Column], each: Vec<Shown>) -> Query {
        let (own, others): (Vec<_>, Vec<_>) = columns
            .iter()
            .cloned()
            .partition(|column| !matches!(column, Column::Value { of, .. } if *of != thing.var));
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
        self.list(thing, &own, Some(("name", shown)))
    }

    /// The entities of `each` as leading columns: `which models and which theories does each authority use`.
    fn each(&self, thing: &Thing) -> Vec<Shown> {
        let mut scope = self.scope();
        scope.thing(thing);
        let mut shown = Vec::new();
        for witness in &scope.witnesses {
            if let Witness::Thing(other) = witness
                && matches!(other.det, Det::Each | Det::Every)
                && let Some(noun) = other.noun
            {
                let noun = &self.vocabulary.nouns[noun.0 as usize];
                let alias = unique(&shown, &camel(&noun.singular));
                shown.push(self.named(&other.var, &other.kind, alias));
            }
        }
        shown
    }
}
