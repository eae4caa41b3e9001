//! Relations to the same entities as another entity has.

use super::{ResolveError, ResolveResult, Resolver};
use crate::{
    base::Span,
    question::{
        build::reversed,
        resolved::{EntitySet, Relation, Restriction},
        tree::{Det, Pred, RelationPhrase, RelationWord},
    },
};

impl Resolver<'_> {
    /// `share a model with Portsmouth`, `work for the same authority as Jim Park`: the same relation as that of the
    /// partner, who follows the word `sign`.
    pub(super) fn share(
        &mut self,
        entities: &mut EntitySet,
        relation: &RelationPhrase,
        sign: &'static str,
        word: RelationWord,
    ) -> ResolveResult<(Restriction, Vec<Pred>)> {
        let mut shared = relation.other.clone();
        let with = shared.related_by(sign);
        let Some(Pred::Relation(partner)) = with.map(|at| shared.preds.remove(at)) else {
            return Err(ResolveError::Unanswerable(
                "needs `with`: `share … with …`".to_owned(),
                relation.span,
            ));
        };
        let span = relation.span;
        shared.preds.insert(
            0,
            Pred::relation(RelationWord::Any("'s"), true, partner.other, span),
        );
        let both = RelationPhrase {
            word,
            inverse: relation.inverse,
            other: shared,
            when: None,
            span,
        };
        let (mut restriction, rest) = self.relation(entities, &both, None)?;
        if let Restriction::Relation(first) = &mut restriction {
            self.same_relation(entities, first, span);
        }
        Ok((restriction, rest))
    }

    /// Sets the relation of the partner to the inverse of the first, and excludes the entity itself.
    fn same_relation(&self, entities: &EntitySet, first: &mut Relation, span: Span) {
        let pattern = reversed(&first.pattern);
        if let Some(Restriction::Relation(second)) = first.other.restrictions.first_mut() {
            second.pattern = pattern;
            second.verb = first.verb;
            second.inverse = !first.inverse;
            second.proposed = first.proposed;
            let itself = EntitySet {
                again: true,
                restrictions: Vec::new(),
                det: Det::The,
                name: None,
                numbers: None,
                ..entities.clone()
            };
            second.other.restrictions.push(Restriction::Not(
                Box::new(Restriction::Same(itself.var)),
                span,
            ));
        }
    }
}
