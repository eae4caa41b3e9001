//! Questions that are answered by yes or no, and questions that compare two entities.

use super::{Builder, Node, Rule, find, has, inside};
use crate::{
    base::Span,
    question::tree::{Det, Form, Head, Np, Pred},
};

impl Builder<'_> {
    /// `does X use Y`
    pub(super) fn yes_no(&self, pair: Node<'_>) -> Form {
        let span = self.span(&pair);
        let parts = inside(pair);
        let negated = has(&parts, Rule::negation);
        let pred = self.said_of_subject(&parts, span);
        let subjects = self.things(parts[0].clone());
        let mut np = match (&pred, subjects.items.len()) {
            // `do X and Y use Z`: X uses Z, and Y uses Z.
            (Pred::Tie(tie), 2..) if !negated && subjects.except.is_empty() => {
                let (word, inverse) = (tie.word, !tie.inverse);
                let done = subjects.spread(|np| Pred::tie(word, inverse, np, span));
                let other = tie.other.clone().with([done]);
                // The entity is the same for all subjects.
                Np {
                    same: false,
                    ..other
                }
            }
            _ => {
                let one = self.one(parts[0].clone());
                let said = pred.negated(negated, span);
                match one.det {
                    // `is every advanced course online`: no advanced course is not online.
                    Det::Every | Det::Each => one.det(Det::No).with([said.negated(true, span)]),
                    _ => one.with([said]),
                }
            }
        };
        np.span = span;
        Form::Exists(np)
    }

    /// The predicates of a question on its subject: verb phrases after an auxiliary.
    fn said_of_subject(&self, parts: &[Node<'_>], span: Span) -> Pred {
        let mut either = false;
        let mut said = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            match part.as_rule() {
                Rule::base_phrase => said.push(self.base_phrase(part.clone())),
                Rule::be_phrase => said.push(self.be_phrase(part.clone())),
                Rule::have_phrase => said.push(self.have_phrase(part.clone())),
                Rule::participle => said.push(self.acted(&parts[at..], span)),
                Rule::vp_conjunction => either |= has(&inside(part.clone()), Rule::or),
                _ => {}
            }
        }
        let said = match said.len() {
            1 => said.swap_remove(0),
            _ if either => Pred::Or(said),
            _ => Pred::And(said),
        };
        match find(parts, Rule::tie_adverb) {
            Some(adverb) => Pred::And(vec![said, self.adverb(adverb)]),
            None => said,
        }
    }

    /// `which is longer, X or Y`: the first of the named entities by a value.
    pub(super) fn which_of_two(&self, pair: Node<'_>) -> Form {
        let span = self.span(&pair);
        let parts = inside(pair);
        let rank = parts
            .iter()
            .find(|part| {
                matches!(
                    part.as_rule(),
                    Rule::comparative | Rule::superlative | Rule::attribute
                )
            })
            .expect("the grammar demands a comparative");
        let fewer = find(&parts, Rule::weigh).is_some_and(|weigh| weigh.as_str() != "more ");
        let rank = self.token(rank);
        let of = find(&parts, Rule::plain_things).expect("the grammar demands things");
        let is = |np: Np| Pred::Is(Box::new(np));
        let any = Pred::Or(self.things(of.clone()).items.into_iter().map(is).collect());
        let kind = match find(&parts, Rule::nominal) {
            Some(kind) => self.np(kind.clone()),
            None => Np::plain(Head::What, span),
        };
        let most = Pred::Superlative(rank, fewer);
        Form::Things(vec![kind.det(Det::Asked).with([any, most])])
    }
}
