//! The coordination of noun phrases.

use super::{
    Join, Nouns, Operator, Scope, Value,
    noun::merged,
    op,
    predicate::{alone, ends_in_a_noun},
};
use crate::question::tree::{Det, Head, Np, Numbers, Pred};

/// The operators on coordinated noun phrases.
pub(super) const OPERATORS: &[Operator] = &[
    op("list", |_, of| Some(Value::Nouns(of[0].nouns()?))),
    op("both", both),
    op("and", |scope, of| coordinated(scope, Join::And, of)),
    op("or", |scope, of| coordinated(scope, Join::Or, of)),
    op("each_with", each_with),
    op("except", except),
    op("neither", neither),
    op("pair", pair),
    op("only_these", only_these),
];

/// `both X`: numbers and groups of adjectives give one noun phrase each.
fn both(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let np = match of.first() {
        Some(np) => match np {
            Value::Noun(np) => np.clone(),
            _ => return None,
        },
        None => Np::plain(Head::Pronoun, scope.span),
    };
    let mut nouns = Nouns::one(np.clone());
    if nouns.items.len() == 1 {
        nouns.items = by_adjective(np);
    }
    Some(Value::Nouns(nouns))
}

/// `both essential and advanced courses`: one noun phrase per adjective.
fn by_adjective(np: Np) -> Vec<Np> {
    let sorts = by_sort(np.clone());
    if sorts.len() > 1 {
        return sorts;
    }
    let is_adjective = |pred: &Pred| matches!(pred, Pred::Adjective(_));
    let (adjectives, others): (Vec<_>, Vec<_>) = np.preds.iter().cloned().partition(is_adjective);
    if adjectives.len() < 2 {
        return vec![np];
    }
    let one = |adjective| Np {
        preds: std::iter::once(adjective)
            .chain(others.iter().cloned())
            .collect(),
        ..np.clone()
    };
    adjectives.into_iter().map(one).collect()
}

/// `the essential and the advanced courses`: one noun phrase per adjective of a group.
pub(super) fn by_sort(np: Np) -> Vec<Np> {
    let sorts = np
        .preds
        .iter()
        .position(|pred| matches!(pred, Pred::Sorts(_)));
    let mut rest = np.clone();
    match sorts.map(|at| rest.preds.remove(at)) {
        Some(Pred::Sorts(sorts)) => {
            let one = |sort| Np {
                preds: std::iter::once(sort)
                    .chain(rest.preds.iter().cloned())
                    .collect(),
                ..np.clone()
            };
            sorts.into_iter().map(one).collect()
        }
        _ => vec![np],
    }
}

/// True for a relation to a noun phrase that is no pronoun: `the sections and the KSS they cover` speaks of the sections.
fn is_of_a_noun(pred: &Pred) -> bool {
    matches!(pred, Pred::Relation(relation) if !matches!(relation.other.head, Head::Pronoun | Head::What))
}

/// Cost of a modifier behind coordinated nouns that is said only of the last.
const ONLY_THE_LAST: u32 = 2;

/// `X, Y and Z`. The last conjunction decides for all.
fn coordinated(scope: &Scope<'_>, join: Join, of: &[Value]) -> Option<Value> {
    let (mut nouns, more) = (of[0].nouns()?, of[1].nouns()?);
    if nouns.join == Join::Neither || !nouns.except.is_empty() {
        return None;
    }
    // `A or B and C` has no agreed meaning.
    if nouns.join == Join::Or && join == Join::And {
        return None;
    }
    passes(scope, &nouns);
    let is_noun = |np: &Np| matches!(np.head, Head::Noun(_));
    let bare = |np: &Np| is_noun(np) && np.preds.is_empty();
    let modified = |np: &Np| is_noun(np) && np.preds.iter().any(is_of_a_noun);
    if nouns.items.iter().all(bare) && more.items.iter().any(modified) {
        // `courses and webinars about X`: rather both are about X.
        scope.charge(ONLY_THE_LAST);
    }
    nouns.items.extend(more.items);
    nouns.join = join;
    Some(Value::Nouns(nouns))
}

/// Charges a conjunction that passes over the predicates of the noun phrase before it.
fn passes(scope: &Scope<'_>, nouns: &Nouns) {
    let last = nouns.items.last().and_then(|np| np.preds.last());
    scope.charge(match last {
        Some(pred) if ends_in_a_noun(pred) => 2,
        Some(_) => 1,
        None => 0,
    });
}

/// `courses and webinars about X`: a modifier behind bare nouns is said of each.
fn each_with(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (mut nouns, preds) = (of[0].nouns()?, of[1].predicates()?);
    let is_bare = |np: &Np| matches!(np.head, Head::Noun(_)) && np.preds.is_empty();
    if nouns.items.len() < 2 || !nouns.except.is_empty() || !nouns.items.iter().all(is_bare) {
        return None;
    }
    for np in &mut nouns.items {
        np.preds.extend(preds.iter().cloned());
    }
    Some(Value::Nouns(nouns))
}

/// `X but not Y`
fn except(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (mut nouns, more) = (of[0].nouns()?, of[1].nouns()?);
    passes(scope, &nouns);
    nouns.except.extend(more.items);
    Some(Value::Nouns(nouns))
}

/// `neither X nor Y`
fn neither(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (mut nouns, more) = (of[0].nouns()?, of[1].nouns()?);
    nouns.items.extend(more.items);
    nouns.join = Join::Neither;
    Some(Value::Nouns(nouns))
}

/// Two arguments as one list.
fn pair(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (mut nouns, more) = (of[0].nouns()?, of[1].nouns()?);
    nouns.items.extend(more.items);
    Some(Value::Nouns(nouns))
}

/// `by X only`: all of these, and no other.
fn only_these(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut nouns = of[0].nouns()?;
    for np in &mut nouns.items {
        np.only = true;
    }
    Some(Value::Nouns(nouns))
}

impl Nouns {
    /// A single noun phrase; for `KSS 3 and 5` one per number, so that predicates apply to both.
    pub(super) fn one(np: Np) -> Self {
        let plain = matches!(np.det, Det::Some | Det::The);
        let items = match &np.head {
            Head::EachNumber(noun, list) if plain => {
                let one = |number: &f64| Np {
                    head: Head::Numbered(*noun, Numbers::OneOf(vec![*number])),
                    ..np.clone()
                };
                list.iter().map(one).collect()
            }
            _ => vec![merged(np)],
        };
        Self {
            items,
            join: Join::And,
            except: Vec::new(),
        }
    }

    /// The noun phrase if it is the only one. Numbers of one noun are merged.
    pub(super) fn single(&self) -> Option<Np> {
        let mut list = self.clone().all()?;
        (list.len() == 1).then(|| list.remove(0))
    }

    /// The predicate `make` for each noun phrase, joined by the conjunction.
    pub(super) fn spread(self, make: impl Fn(Np) -> Pred) -> Pred {
        let join = self.join;
        let only = self.items.iter().any(|np| np.only);
        let preds: Vec<_> = self.items.into_iter().map(&make).collect();
        let together = match (join, preds.len()) {
            (Join::And | Join::Or, 1) => Pred::all(preds),
            (Join::And, _) => Pred::And(preds),
            (Join::Or, _) => Pred::Or(preds),
            (Join::Neither, _) => Pred::And(preds.into_iter().map(not).collect()),
        };
        let together = if only { alone(together) } else { together };
        if self.except.is_empty() {
            return together;
        }
        let except = self.except.into_iter().map(|np| not(make(np)));
        Pred::And(std::iter::once(together).chain(except).collect())
    }

    /// The noun phrases as a list; `None` if some are excluded.
    pub(super) fn all(self) -> Option<Vec<Np>> {
        (self.join != Join::Neither && self.except.is_empty()).then(|| self.list())
    }

    /// The noun phrases without their conjunction. Numbers of one noun are merged.
    fn list(self) -> Vec<Np> {
        let mut list: Vec<Np> = Vec::new();
        for np in self.items {
            match (list.last_mut().map(|last| &mut last.head), &np.head) {
                (
                    Some(Head::Numbered(noun, Numbers::OneOf(numbers))),
                    Head::Numbered(same, Numbers::OneOf(more)),
                ) if noun == same => numbers.extend(more),
                _ => list.push(np),
            }
        }
        list
    }
}

fn not(pred: Pred) -> Pred {
    let span = pred.span();
    Pred::Not(Box::new(pred), span)
}
