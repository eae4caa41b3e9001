//! Comparisons of two counts.

use super::{Builder, Node, Rule, find, inside, turn::asked};
use crate::question::tree::{Form, Np, Pred, TieWord, Weigh};

impl Builder<'_> {
    /// `are there more webinars than courses`, `do more authorities use X than Y`
    pub(super) fn weighed(&self, pair: Node<'_>) -> Form {
        let span = self.span(&pair);
        let mut parts = inside(pair);
        let how = match parts.iter().find(|part| part.as_rule() == Rule::weigh) {
            Some(word) if word.as_str() == "more " => Weigh::More,
            Some(_) => Weigh::Fewer,
            None => Weigh::AsMany,
        };
        parts.retain(|part| !matches!(part.as_rule(), Rule::be | Rule::weigh | Rule::as_many));
        let last = self.np(parts
            .pop()
            .expect("the grammar demands two kinds of things"));
        let of = self.np(parts.remove(0));
        let (first, second) = match find(&parts, Rule::base) {
            Some(verb) => {
                let word = TieWord::Verb(self.only(verb.clone()));
                let object = self.np(parts.pop().expect("the grammar demands an object"));
                let done = |np: Np| Pred::tie(word, false, np, span);
                (of.clone().with([done(object)]), of.with([done(last)]))
            }
            None => (of.with(self.modifiers(parts)), last),
        };
        Form::Weighed(asked(first), asked(second), how)
    }

    /// `what percentage of courses are online`
    pub(super) fn portion(&self, pair: Node<'_>) -> Form {
        let mut parts = inside(pair);
        let whole = self.np(parts.remove(0));
        let part = match parts.first().map(|part| part.as_rule()) {
            Some(Rule::vp_list) => whole.clone().with([self.vp_list(parts.remove(0))]),
            _ => whole.clone().with(self.modifiers(parts)),
        };
        Form::Weighed(asked(part), asked(whole), Weigh::Portion)
    }
}
