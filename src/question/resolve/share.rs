//! Relations to the same entities as another entity has.

use super::{Fit, Misfit, Resolver};
use crate::{
    base::Span,
    question::{
        build::reversed,
        meaning::{Fact, Thing, Tied},
        tree::{Det, Pred, Tie, TieWord},
    },
};

impl Resolver<'_> {
    /// `share a model with Portsmouth`, `work for the same authority as Jim Park`: the same relation as that of the
    /// partner, who follows the word `sign`.
    pub(super) fn share(
        &mut self,
        thing: &mut Thing,
        tie: &Tie,
        sign: &'static str,
        word: TieWord,
    ) -> Fit<(Fact, Vec<Pred>)> {
        let mut shared = tie.other.clone();
        let with = shared.tied_by(sign);
        let Some(Pred::Tie(partner)) = with.map(|at| shared.preds.remove(at)) else {
            return Err(Misfit::Unfit(
                "needs `with`: `share … with …`".to_owned(),
                tie.span,
            ));
        };
        let span = tie.span;
        shared
            .preds
            .insert(0, Pred::tie(TieWord::Any("'s"), true, partner.other, span));
        let both = Tie {
            word,
            inverse: tie.inverse,
            other: shared,
            when: None,
            span,
        };
        let (mut fact, rest) = self.tie(thing, &both, None)?;
        if let Fact::Tie(first) = &mut fact {
            self.same_tie(thing, first, span);
        }
        Ok((fact, rest))
    }

    /// Sets the relation of the partner to the inverse of the first, and excludes the entity itself.
    fn same_tie(&self, thing: &Thing, first: &mut Tied, span: Span) {
        let pattern = reversed(&first.pattern);
        if let Some(Fact::Tie(second)) = first.other.facts.first_mut() {
            second.pattern = pattern;
            second.verb = first.verb;
            second.inverse = !first.inverse;
            second.proposed = first.proposed;
            let itself = Thing {
                again: true,
                facts: Vec::new(),
                det: Det::The,
                name: None,
                numbers: None,
                ..thing.clone()
            };
            second
                .other
                .facts
                .push(Fact::Not(Box::new(Fact::Same(itself.var)), span));
        }
    }
}
