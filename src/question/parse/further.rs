//! Further requests about the same entities, and questions with `where`.

use super::{Builder, Node, Rule, find, inside, phrase::owned, turn::place};
use crate::{
    base::Span,
    question::tree::{Det, Further, Head, Np, TieWord},
};

impl Builder<'_> {
    pub(super) fn further(&self, pair: Node<'_>) -> Vec<Further> {
        let part = inside(pair).remove(0);
        let span = self.span(&part);
        match part.as_rule() {
            Rule::other_way => vec![Further::OtherWay],
            Rule::further_beside => vec![Further::Thing(self.beside(part, span))],
            Rule::further_value => vec![Further::Value(self.token(&inside(part).remove(0)))],
            Rule::further_where => {
                let found = part.as_str().contains("found ");
                let word = self.where_word(&inside(part), found);
                let of = Np::plain(Head::Pronoun, span);
                vec![Further::Thing(place(word, of, span))]
            }
            Rule::further_how => {
                let verb = inside(part).pop().expect("the grammar demands a verb");
                vec![Further::Value(self.only(verb))]
            }
            _ => self.further_thing(part, span),
        }
    }

    /// `along with their authorities`
    fn beside(&self, pair: Node<'_>, span: Span) -> Np {
        let np = self.np(inside(pair).remove(0));
        let np = match np.preds.is_empty() {
            true => owned(np, Np::plain(Head::Pronoun, span)),
            false => np,
        };
        np.det(Det::Asked)
    }

    /// `when and where is X`: the place of the entity, as a further request.
    pub(super) fn and_where(&self, form: &Node<'_>) -> Option<Further> {
        let parts = inside(form.clone());
        let span = self.span(find(&parts, Rule::and_where)?);
        let word = self.where_word(&parts, false);
        let of = Np::plain(Head::Pronoun, span);
        Some(Further::Thing(place(word, of, span)))
    }

    fn further_thing(&self, pair: Node<'_>, span: Span) -> Vec<Further> {
        let before = before_asked(&pair);
        let parts = inside(pair.clone());
        let mut np = match (find(&parts, Rule::asked), find(&parts, Rule::np)) {
            (Some(asked), _) => self.asked(asked.clone()),
            (None, Some(np)) => self.np(np.clone()),
            (None, None) => Np::plain(Head::What, span),
        };
        match parts.last().map(|part| part.as_rule()) {
            Some(Rule::object_rest) => {
                np = np.with(self.object_rest(parts[parts.len() - 1].clone(), before, span))
            }
            Some(Rule::vp_list) => np = np.with([self.vp_list(parts[parts.len() - 1].clone())]),
            _ => {}
        }
        match np.head {
            Head::Attribute(token) => vec![Further::Attribute(token)],
            _ => vec![Further::Thing(np.det(Det::Asked))],
        }
    }

    /// The relation between an entity and the place that is asked for.
    pub(super) fn where_word(&self, parts: &[Node<'_>], found: bool) -> TieWord {
        let verb = parts.iter().find(|part| {
            matches!(
                part.as_rule(),
                Rule::base | Rule::participle | Rule::predicate
            )
        });
        match verb {
            Some(verb) if verb.as_rule() == Rule::participle => {
                TieWord::Where(self.only(verb.clone()))
            }
            Some(verb) => TieWord::Verb(self.only(verb.clone())),
            None if found => TieWord::Any("found"),
            None => TieWord::Any("where"),
        }
    }
}

/// The preposition before a question word, if any.
pub(super) fn before_asked<'p>(pair: &Node<'p>) -> Option<&'p str> {
    let text = pair.as_str();
    let asked = ["which ", "what ", "who ", "whom ", "whose ", "how "];
    let end = text.find(' ').map_or(text.len(), |end| end + 1);
    let first = &text[..end];
    (!asked.contains(&first)).then_some(first)
}
