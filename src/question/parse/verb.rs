//! Verbs with their complements: objects, an agent, a time.

use super::{Builder, Node, Rule, clause::is_modifier, find, has, inside, phrase::alone};
use crate::{
    base::Span,
    question::tree::{Cmp, Head, Np, Pred, Tie, TieWord, Token, Value},
};

impl Builder<'_> {
    /// `exclusively`, `but not exclusively`
    pub(super) fn adverb(&self, pair: &Node<'_>) -> Pred {
        let parts = inside(pair.clone());
        let word = find(&parts, Rule::adverb_word).expect("the grammar demands an adverb");
        let adverb = Pred::Adverb(self.token(word));
        adverb.negated(has(&parts, Rule::negation), self.span(pair))
    }

    /// The predicates of coordinated verbs: `uses or builds on`.
    pub(super) fn verbs(
        &self,
        first: TieWord,
        parts: &[Node<'_>],
        said: impl Fn(TieWord) -> Pred,
    ) -> Pred {
        let mut preds = vec![said(first)];
        let mut either = false;
        for part in parts.iter().filter(|part| part.as_rule() == Rule::verb_too) {
            let inner = inside(part.clone());
            either |= has(&inner, Rule::or);
            let verb = inner.last().expect("the grammar demands a verb");
            preds.push(said(TieWord::Verb(self.token(verb))));
        }
        match preds.len() {
            1 => Pred::all(preds),
            _ if either => Pred::Or(preds),
            _ => Pred::And(preds),
        }
    }

    /// A verb or predicate with its complements: objects, an agent, a time.
    pub(super) fn acted(&self, parts: &[Node<'_>], span: Span) -> Pred {
        let word = TieWord::Verb(self.only(parts[0].clone()));
        let alone = parts.iter().filter(|part| part.as_rule() != Rule::verb_too);
        let alone: Vec<_> = alone.cloned().collect();
        self.verbs(word, parts, |word| self.acted_by(word, &alone, span))
    }

    fn acted_by(&self, word: TieWord, parts: &[Node<'_>], span: Span) -> Pred {
        let when = parts.iter().find(|part| part.as_rule() == Rule::when);
        let when = when.or_else(|| find(parts, Rule::time));
        let when = when.and_then(|when| self.when(when.clone()));
        let passive = parts[0].as_rule() == Rule::participle;
        let later = parts.get(1).map(|part| part.as_rule());
        let mut pred = match later {
            Some(Rule::agent) => self.agent(parts[1].clone(), word, span),
            Some(Rule::objects) => self.objects(parts[1].clone(), word, false, span),
            Some(Rule::predicate_objects) => self.predicate_objects(parts[1].clone(), word, span),
            _ => Pred::tie(word, passive, Np::plain(Head::What, span), span),
        };
        if let Some(when) = when {
            pred.at_time(when);
        }
        let more = parts
            .iter()
            .skip(1)
            .filter(|part| is_modifier(part.as_rule()));
        let more: Vec<_> = more.flat_map(|part| self.modifier(part.clone())).collect();
        if more.is_empty() {
            return pred;
        }
        let there = (passive && later != Some(Rule::agent)).then(|| done_there(&pred, &more[0]));
        let there = there.flatten().map(|by| {
            let rest = more[1..].iter().cloned();
            Pred::all(std::iter::once(by).chain(rest).collect())
        });
        let plain = Pred::And(std::iter::once(pred).chain(more).collect());
        match there {
            Some(there) => Pred::Rather(Box::new(there), Box::new(plain)),
            None => plain,
        }
    }

    fn when(&self, pair: Node<'_>) -> Option<(Cmp, Token)> {
        match self.time(pair)? {
            Value::Date(cmp, token) => Some((cmp, token)),
            _ => None,
        }
    }

    /// `by X but not by Y`
    fn agent(&self, pair: Node<'_>, word: TieWord, span: Span) -> Pred {
        let mut preds: Vec<Pred> = Vec::new();
        let (mut excepting, mut either, mut only) = (false, false, false);
        for part in inside(pair) {
            match part.as_rule() {
                Rule::but_not => excepting = true,
                Rule::or => either = true,
                Rule::only_done => only = true,
                _ => {
                    let one = |np| Pred::tie(word, true, np, span);
                    let pred = self.things(part).spread(one).negated(excepting, span);
                    preds.push(pred);
                }
            }
        }
        let done = match either {
            true => Pred::Or(preds),
            false => Pred::all(preds),
        };
        if only { alone(done) } else { done }
    }
}

/// `covered in the Permanence section`: a passive verb with a place, with the place as subject of the verb.
pub(super) fn done_there(done: &Pred, place: &Pred) -> Option<Pred> {
    let (Pred::Tie(done), Pred::Tie(place)) = (done, place) else {
        return None;
    };
    let within = matches!(place.word, TieWord::Any("in" | "within" | "on" | "at"));
    within.then(|| Pred::tie(done.word, true, place.other.clone(), done.span))
}

impl Pred {
    /// Adds a time to each relation.
    fn at_time(&mut self, when: (Cmp, Token)) {
        match self {
            Pred::Tie(tie) => {
                let tie: &mut Tie = tie;
                tie.when = Some(when);
            }
            Pred::And(preds) | Pred::Or(preds) => {
                preds.iter_mut().for_each(|pred| pred.at_time(when))
            }
            Pred::Not(pred, _) => pred.at_time(when),
            _ => {}
        }
    }
}
