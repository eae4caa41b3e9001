//! Questions whose question word comes last, and fronted prepositions.

use super::{Builder, Node, Rule, find, inside};
use crate::question::tree::{Det, Form, Head, Np, Pred, TieWord, Values};

impl Builder<'_> {
    /// `X lasts how many days`
    pub(super) fn value_behind(&self, pair: Node<'_>) -> Form {
        let parts = inside(pair);
        let asked = parts.last().expect("the grammar demands what is asked");
        let verb = find(&parts, Rule::value_finite).map(|verb| self.only(verb.clone()));
        Form::Values(Values {
            asked: vec![self.token(asked)],
            of: self.one(parts[0].clone()),
            fold: None,
            verb,
        })
    }

    /// `whose theory is X`: the entity that has the theory X.
    pub(super) fn whose_is(&self, pair: Node<'_>) -> Form {
        let span = self.span(&pair);
        let parts = inside(pair);
        let same = Pred::Is(Box::new(self.np(parts[1].clone())));
        let thing = self.np(inside(parts[0].clone()).remove(0)).det(Det::The);
        let owner = Np::plain(Head::Who, span).det(Det::Asked);
        let owns = Pred::tie(TieWord::Any("'s"), false, thing.with([same]), span);
        Form::Things(vec![owner.with([owns])])
    }

    /// `does X share a model`, behind `with which authorities`
    pub(super) fn shared_with(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        let partner = Pred::tie(
            TieWord::Any("with"),
            false,
            self.one(parts[0].clone()),
            span,
        );
        let shared = self.np(parts[1].clone()).with([partner]);
        Pred::tie(TieWord::Share, false, shared, span)
    }

    /// `are the most people`, behind `at which authority`
    pub(super) fn placed(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let things = self.things(inside(pair).remove(0));
        things.spread(|np| Pred::tie(TieWord::Any("have"), true, np, span))
    }
}
