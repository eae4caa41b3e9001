//! The conjunction, disjunction and negation of predicates.

use super::{Operator, Quantity, Scope, Value, one, op};
use crate::{
    base::Span,
    question::{
        mention::{Meaning, VerbForm},
        tree::{Det, Head, Np, Pred, RelationPhrase, RelationWord},
    },
};

/// The operators on predicates.
pub(super) const OPERATORS: &[Operator] = &[
    op("also", also),
    op("passive_also", passive_also),
    op("negated", negated),
    op("denied", |scope, of| {
        one(deny(of[0].predicate()?, scope.span))
    }),
    op("neither_of", neither_of),
    op("join", join),
    op("sorts", sorts),
    op("needed_too", needed_too),
    op("alone", |_, of| one(alone(of[0].predicate()?))),
    op("adjective", adjective),
    op("adverb", adverb),
    op("adverb_alone", adverb_alone),
    op("is", |_, of| one(Pred::Is(Box::new(of[0].noun()?)))),
    op("is_any", |_, of| {
        one(of[0].nouns()?.spread(|np| Pred::Is(Box::new(np))))
    }),
    op("source", source),
    op("by_source", |scope, _| one(Pred::BySource(scope.span))),
    op("supported", supported),
    op("all", |_, _| Some(Value::Predicates(Vec::new()))),
];

/// Further predicates. A modifier that passes over a noun phrase has a cost.
fn also(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    const PASSES: u32 = 2;
    let (mut preds, more) = (of[0].predicates()?, of[1].predicates()?);
    if preds.last().is_some_and(ends_in_a_noun) {
        scope.charge(PASSES);
    }
    preds.extend(more);
    Some(Value::Predicates(preds))
}

/// `covered in the Permanence section`: a passive verb with a place, which is the subject of the verb if that fits.
fn passive_also(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (preds, more) = (of[0].predicates()?, of[1].predicates()?);
    let [done] = preds.as_slice() else {
        return also(scope, of);
    };
    match more.first().and_then(|place| done_there(done, place)) {
        Some(there) => {
            let there = std::iter::once(there).chain(more[1..].iter().cloned());
            let there = Pred::all(there.collect());
            let plain = preds.iter().chain(&more).cloned().collect();
            one(Pred::Rather(Box::new(there), Box::new(Pred::And(plain))))
        }
        None => also(scope, of),
    }
}

/// A passive verb without an agent, with a place as its subject.
pub(super) fn done_there(done: &Pred, place: &Pred) -> Option<Pred> {
    let (Pred::Relation(done), Pred::Relation(place)) = (done, place) else {
        return None;
    };
    let bare = done.inverse
        && matches!(done.word, RelationWord::Verb(_))
        && matches!(done.other.head, Head::What)
        && done.other.det == Det::Some
        && done.other.preds.is_empty();
    let there = matches!(place.word, RelationWord::Any("in" | "within" | "on" | "at"));
    (bare && there).then(|| Pred::relation(done.word, true, place.other.clone(), done.span))
}

/// A negated predicate; a second argument that is absent leaves it. `not in X and not in Y`: each conjunct is negated.
fn negated(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    if of[1].is_absent() {
        return Some(of[0].clone());
    }
    let span = scope.span;
    one(match of[0].predicate()? {
        Pred::And(preds) if preds.iter().any(|pred| matches!(pred, Pred::Not(..))) => {
            let each = preds.into_iter().map(|pred| match pred {
                Pred::Not(..) => pred,
                pred => pred.negated(true, span),
            });
            Pred::And(each.collect())
        }
        pred => pred.negated(true, span),
    })
}

/// `without a platform`: the negation; it applies to each disjunct and conjunct.
fn deny(pred: Pred, span: Span) -> Pred {
    match pred {
        Pred::And(preds) | Pred::Or(preds) => {
            Pred::And(preds.into_iter().map(|pred| deny(pred, span)).collect())
        }
        pred => pred.negated(true, span),
    }
}

/// `neither attended X nor sent Y`
fn neither_of(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let denied = of
        .iter()
        .map(|pred| Some(pred.predicate()?.negated(true, scope.span)));
    one(Pred::And(denied.collect::<Option<_>>()?))
}

/// The grammatical number of the subject of a verb: `VerbForm::Third` for `covers`, `VerbForm::Base` for `cover`.
fn number(scope: &Scope<'_>, pred: &Pred) -> Option<VerbForm> {
    match pred {
        Pred::Relation(relation) => match (relation.word, relation.inverse) {
            (RelationWord::Verb(token), false) => match scope.meaning(token)? {
                Meaning::Verb(_, form @ (VerbForm::Base | VerbForm::Third)) => Some(*form),
                _ => None,
            },
            _ => None,
        },
        Pred::And(preds) | Pred::Or(preds) => number(scope, preds.last()?),
        _ => None,
    }
}

/// The conjunction or disjunction of two predicates. The last conjunction decides for all: `A, B or C`.
fn join(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    /// Cost of verbs that do not agree: `sit in a section that covers X and deals with Y`.
    const DISAGREE: u32 = 3;
    let either = of[0].word()?.ends_with("or");
    let (first, second) = (of[1].predicate()?, of[2].predicate()?);
    if let (Some(one), Some(other)) = (number(scope, &first), number(scope, &second))
        && one != other
    {
        scope.charge(DISAGREE);
    }
    let mut all = match first {
        Pred::And(preds) if !preds.is_empty() => preds,
        Pred::Or(preds) if either => preds,
        pred => vec![pred],
    };
    all.push(second);
    one(match either {
        true => Pred::Or(all),
        false => Pred::And(all),
    })
}

/// `essential and advanced`, before a noun: a disjunction if the adjectives exclude each other, otherwise a conjunction.
fn sorts(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut all = match of[0].predicate()? {
        Pred::Sorts(preds) => preds,
        Pred::Or(_) => return None,
        pred => vec![pred],
    };
    all.push(of[1].predicate()?);
    one(Pred::Sorts(all))
}

/// `credits and days`, as the object of `have`
fn needed_too(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let either = of.len() > 2;
    let first = of[0].predicate()?;
    let none = match &first {
        Pred::And(preds) | Pred::Or(preds) => {
            preds.iter().any(|pred| matches!(pred, Pred::Not(..)))
        }
        pred => matches!(pred, Pred::Not(..)),
    };
    let mut all = match first {
        Pred::And(preds) | Pred::Or(preds) => preds,
        pred => vec![pred],
    };
    all.push(Pred::Has(of[1].token()?).negated(none, scope.span));
    one(match either && !none {
        true => Pred::Or(all),
        false => Pred::And(all),
    })
}

/// `only KSS 7`: this entity, and no other of the same type. For several entities: these, and no other.
pub(super) fn alone(pred: Pred) -> Pred {
    let span = pred.span();
    let relations: Vec<&RelationPhrase> = match &pred {
        Pred::Relation(relation) => vec![relation],
        Pred::And(preds) | Pred::Or(preds) => preds.iter().filter_map(as_relation).collect(),
        _ => Vec::new(),
    };
    let Some(first) = relations.first() else {
        return pred;
    };
    let others = relations
        .iter()
        .map(|relation| Pred::Other(Box::new(relation.other.clone())));
    let mut another = (*first).clone();
    another.other = Np::plain(Head::What, span).with(others);
    let no_other = Pred::Relation(Box::new(another)).negated(true, span);
    Pred::And(vec![pred, no_other])
}

fn as_relation(pred: &Pred) -> Option<&RelationPhrase> {
    match pred {
        Pred::Relation(relation) => Some(relation),
        _ => None,
    }
}

/// A predicate with a further condition on its relation: `exclusively uses`.
fn adverb(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let adverb = adverb_alone(scope, &of[1..])?.predicate()?;
    one(Pred::And(vec![of[0].predicate()?, adverb]))
}

/// `exclusively`, `but not exclusively`
fn adverb_alone(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let denied = of.get(1).is_some_and(|not| !not.is_absent());
    one(Pred::Adverb(of[0].token()?).negated(denied, scope.span))
}

/// True if a predicate ends in a noun phrase that a modifier behind it could belong to.
pub(super) fn ends_in_a_noun(pred: &Pred) -> bool {
    match pred {
        Pred::Relation(relation) => !matches!(relation.other.head, Head::What),
        Pred::Not(pred, _) => ends_in_a_noun(pred),
        Pred::And(preds) | Pred::Or(preds) => preds.last().is_some_and(ends_in_a_noun),
        Pred::Is(_) | Pred::Other(_) | Pred::Source(..) => true,
        _ => false,
    }
}

/// An adjective as a predicate, in `one` of its uses.
fn adjective(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    one(Pred::Adjective(of[0].token()?))
}

/// `supported by two documents`
fn supported(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    match of[0] {
        Value::Quantity(Quantity { cmp, number, .. }) => {
            one(Pred::Supported(cmp, number, scope.span))
        }
        _ => None,
    }
}

/// `according to the overview`, `according to each document`
fn source(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let np = of[0].noun()?;
    one(match np.det {
        Det::Each | Det::Every => Pred::BySource(scope.span),
        _ => Pred::Source(Box::new(np), scope.span),
    })
}
