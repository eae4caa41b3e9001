//! Resolves `is` before a noun phrase: another type, or the entity with a name.

use super::{Candidate, ResolveError, ResolveResult, Resolver, restriction::takes_role};
use crate::question::{
    resolved::{EntitySet, Restriction},
    tree::{Head, Np, Pred, RelationPhrase, RelationWord},
};

impl Resolver<'_> {
    /// Resolves `is` within a negation or a disjunction, without effect on the type of the entities.
    pub(super) fn is_perhaps(
        &mut self,
        entities: &mut EntitySet,
        np: &Np,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        if let Some(other) = self.role_holder(entities, np)? {
            return Ok((vec![Restriction::Named(Box::new(other))], Vec::new()));
        }
        let (entity_type, name) = (entities.entity_type.clone(), entities.name.clone());
        let found = self.is(entities, np);
        (entities.entity_type, entities.name) = (entity_type, name);
        found
    }

    /// Restricts the entities to others of the same type as a named entity.
    pub(super) fn other(
        &mut self,
        entities: &mut EntitySet,
        np: &Np,
    ) -> ResolveResult<Restriction> {
        let other = self.role_holder(entities, np)?.ok_or_else(|| {
            ResolveError::Unanswerable("is not the name of an entity".to_owned(), np.span)
        })?;
        entities.entity_type = self.refine(&entities.entity_type, &other.entity_type);
        Ok(Restriction::Not(
            Box::new(Restriction::Named(Box::new(other))),
            np.span,
        ))
    }

    /// The named or numbered entity that the entities may be; `None` if the noun phrase is not one.
    pub(super) fn role_holder(
        &mut self,
        entities: &EntitySet,
        np: &Np,
    ) -> ResolveResult<Option<EntitySet>> {
        if !names_one(np) {
            return Ok(None);
        }
        let candidates = self.candidates(np)?;
        let meets = |one: &&Candidate| {
            self.vocabulary
                .meets(&entities.entity_type, &one.entity_type)
        };
        let Some(candidate) = candidates.iter().find(meets).cloned() else {
            return Ok(None);
        };
        let mut other = self.entities(&candidate, np);
        other.var.clone_from(&entities.var);
        Ok(Some(other))
    }

    /// `is a model`, `is the lead of X`, `is Jim Park`
    pub(super) fn is(
        &mut self,
        entities: &mut EntitySet,
        np: &Np,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        let mut candidates = self.candidates(np)?;
        candidates.retain(|candidate| {
            self.vocabulary
                .meets(&entities.entity_type, &candidate.entity_type)
        });
        let Some(candidate) = candidates.into_iter().next() else {
            if matches!(
                np.head,
                Head::Name(_) | Head::Named { .. } | Head::Numbered(..)
            ) {
                // `which level is X`: the level that X has.
                let had = RelationPhrase {
                    word: RelationWord::Any("have"),
                    inverse: true,
                    other: np.clone(),
                    when: None,
                    span: np.span,
                };
                let (restriction, rest) = self.relation(entities, &had, None)?;
                return Ok((vec![restriction], rest));
            }
            let to = self.candidates(np)?[0].entity_type.clone();
            return Err(ResolveError::Unrelated {
                from: entities.entity_type.clone(),
                to,
                span: np.span,
            });
        };
        if let (Head::What | Head::Pronoun, true) = (&np.head, np.preds.is_empty()) {
            return Err(ResolveError::Unanswerable(
                "has no meaning here".to_owned(),
                np.span,
            ));
        }
        let mut restrictions = Vec::new();
        entities.entity_type = self.refine(&entities.entity_type, &candidate.entity_type);
        if candidate.noun.is_some() && candidate.name.is_none() {
            restrictions.push(Self::is_of_type(
                candidate.entity_type.clone(),
                candidate.noun,
                np.span,
            ));
        }
        if entities.name.is_none() {
            entities.name = candidate.name.clone();
        }
        let mut preds = Self::implied(&candidate, np);
        preds.extend(np.preds.iter().cloned());
        if candidate.role.is_some() && !preds.iter().any(takes_role) {
            preds.push(Pred::relation(
                RelationWord::Any("of"),
                false,
                Self::unbound(np.span),
                np.span,
            ));
        }
        let (more, rest) = self.each_of(entities, &preds, candidate.role.as_ref())?;
        restrictions.extend(more);
        Ok((restrictions, rest))
    }
}

/// True if a noun phrase is a name or number without predicates.
pub(super) fn names_one(np: &Np) -> bool {
    np.preds.is_empty()
        && matches!(
            np.head,
            Head::Name(_) | Head::Named { .. } | Head::Numbered(..)
        )
}
