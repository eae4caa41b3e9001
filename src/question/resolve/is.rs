//! Resolves `is` before a noun phrase: another type, or the entity with a name.

use super::{Candidate, Fit, Misfit, Resolver, fact::takes_role};
use crate::question::{
    meaning::{Fact, Thing},
    tree::{Head, Np, Pred, Tie, TieWord},
};

impl Resolver<'_> {
    /// Resolves `is` within a negation or a disjunction, without effect on the type of the entities.
    pub(super) fn is_perhaps(&mut self, thing: &mut Thing, np: &Np) -> Fit<(Vec<Fact>, Vec<Pred>)> {
        if let Some(other) = self.bearer(thing, np)? {
            return Ok((vec![Fact::Named(Box::new(other))], Vec::new()));
        }
        let (kind, name) = (thing.kind.clone(), thing.name.clone());
        let found = self.is(thing, np);
        (thing.kind, thing.name) = (kind, name);
        found
    }

    /// Restricts the entities to others of the same type as a named entity.
    pub(super) fn other(&mut self, thing: &mut Thing, np: &Np) -> Fit<Fact> {
        let other = self
            .bearer(thing, np)?
            .ok_or_else(|| Misfit::Unfit("is not the name of an entity".to_owned(), np.span))?;
        thing.kind = self.refine(&thing.kind, &other.kind);
        Ok(Fact::Not(Box::new(Fact::Named(Box::new(other))), np.span))
    }

    /// The named or numbered entity that the entities may be; `None` if the noun phrase is not one.
    pub(super) fn bearer(&mut self, thing: &Thing, np: &Np) -> Fit<Option<Thing>> {
        if !names_one(np) {
            return Ok(None);
        }
        let candidates = self.candidates(np)?;
        let meets = |one: &&Candidate| self.vocabulary.meets(&thing.kind, &one.kind);
        let Some(candidate) = candidates.iter().find(meets).cloned() else {
            return Ok(None);
        };
        let mut other = self.thing(&candidate, np);
        other.var.clone_from(&thing.var);
        Ok(Some(other))
    }

    /// `is a model`, `is the lead of X`, `is Jim Park`
    pub(super) fn is(&mut self, thing: &mut Thing, np: &Np) -> Fit<(Vec<Fact>, Vec<Pred>)> {
        let mut candidates = self.candidates(np)?;
        candidates.retain(|candidate| self.vocabulary.meets(&thing.kind, &candidate.kind));
        let Some(candidate) = candidates.into_iter().next() else {
            if matches!(
                np.head,
                Head::Name(_) | Head::Named { .. } | Head::Numbered(..)
            ) {
                // `which level is X`: the level that X has.
                let had = Tie {
                    word: TieWord::Any("have"),
                    inverse: true,
                    other: np.clone(),
                    when: None,
                    span: np.span,
                };
                let (fact, rest) = self.tie(thing, &had, None)?;
                return Ok((vec![fact], rest));
            }
            let to = self.candidates(np)?[0].kind.clone();
            return Err(Misfit::Untied {
                from: thing.kind.clone(),
                to,
                span: np.span,
            });
        };
        if let (Head::What | Head::Pronoun, true) = (&np.head, np.preds.is_empty()) {
            return Err(Misfit::Unfit("has no meaning here".to_owned(), np.span));
        }
        let mut facts = Vec::new();
        thing.kind = self.refine(&thing.kind, &candidate.kind);
        if candidate.noun.is_some() && candidate.name.is_none() {
            facts.push(Self::is_kind(
                candidate.kind.clone(),
                candidate.noun,
                np.span,
            ));
        }
        if thing.name.is_none() {
            thing.name = candidate.name.clone();
        }
        let mut preds = Self::implied(&candidate, np);
        preds.extend(np.preds.iter().cloned());
        if candidate.role.is_some() && !preds.iter().any(takes_role) {
            preds.push(Pred::tie(
                TieWord::Any("of"),
                false,
                Self::unbound(np.span),
                np.span,
            ));
        }
        let (more, rest) = self.each_of(thing, &preds, candidate.role.as_ref())?;
        facts.extend(more);
        Ok((facts, rest))
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
