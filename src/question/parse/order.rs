//! The order of the entities of a question, and the number that is asked for.

use super::{Builder, Node, Rule, find, has, inside};
use crate::question::tree::{Det, Form, Np, Pred, TieWord, Wanted};

impl Builder<'_> {
    /// Ranks the entities of a form by the given order. Refuses `the top three` without an order.
    pub(super) fn sort(&self, form: &mut Form, order: Option<Node<'_>>) {
        let span = order.as_ref().map(|order| self.span(order));
        let np = match form {
            Form::Things(things) if things.len() == 1 => &mut things[0],
            Form::Values(values) => &mut values.of,
            _ => {
                span.into_iter().for_each(|span| self.refuse(span));
                return;
            }
        };
        let top = matches!(np.wanted, Some(Wanted::Top(_)));
        let rank = match order {
            Some(order) => self.rank(order, np, top),
            None => listed_by(np, top),
        };
        match rank {
            Some(rank) => {
                np.preds.push(rank);
                np.wanted = Some(match np.wanted {
                    Some(Wanted::Ranks(count) | Wanted::Any(count) | Wanted::Top(count)) => {
                        Wanted::Ranks(count)
                    }
                    _ => Wanted::Sorted,
                });
            }
            // The question is incomplete: the order must follow.
            None if top && span.is_none() => self.refused.set(Some(self.links.len())),
            None => span.into_iter().for_each(|span| self.refuse(span)),
        }
    }

    /// The predicate that ranks the entities. Without a direction, counts and `the top` begin with the greatest value.
    fn rank(&self, order: Node<'_>, np: &mut Np, top: bool) -> Option<Pred> {
        let span = self.span(&order);
        let parts = inside(order);
        let direction = find(&parts, Rule::direction).map(|direction| inside(direction.clone()));
        let down = direction.as_ref().map(|parts| self.is_down(parts));
        if let Some(counted) = find(&parts, Rule::order_count) {
            let det = match down {
                Some(false) => Det::Fewest,
                _ => Det::Most,
            };
            let np = self.np(inside(counted.clone()).remove(0)).det(det);
            return Some(Pred::tie(TieWord::Any("have"), false, np, span));
        }
        if let Some(attribute) = find(&parts, Rule::attribute) {
            let least = !down.unwrap_or(top);
            return Some(Pred::Superlative(self.token(attribute), least));
        }
        let word = direction
            .as_deref()
            .and_then(|parts| find(parts, Rule::superlative));
        match word {
            Some(superlative) => {
                // `by duration, longest first` gives the attribute twice.
                listed_by(np, top);
                Some(Pred::Superlative(self.token(superlative), false))
            }
            None => listed_by(np, down.unwrap_or(top)),
        }
    }

    /// True if the greatest value comes first.
    pub(super) fn is_down(&self, direction: &[Node<'_>]) -> bool {
        match find(direction, Rule::superlative) {
            Some(superlative) => self.is_more(self.token(superlative)),
            None => {
                let down = [Rule::descending, Rule::greatest, Rule::most_first];
                down.iter().any(|rule| has(direction, *rule))
            }
        }
    }
}

/// `the courses by duration`: the rank by this value; `down` if the greatest value comes first.
fn listed_by(np: &mut Np, down: bool) -> Option<Pred> {
    let by = |pred: &Pred| matches!(pred, Pred::Each(_));
    let at = np.preds.iter().position(by)?;
    match np.preds.remove(at) {
        Pred::Each(token) => Some(Pred::Superlative(token, !down)),
        _ => None,
    }
}
