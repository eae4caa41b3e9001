//! Noun phrases.

use super::{Determiner, Operator, Scope, Value, amount::whole, op, predicate::ends_in_a_noun};
use crate::question::{
    mention::Meaning,
    tree::{Cmp, Det, Head, Np, Numbers, Pred, RelationWord, Wanted},
};

/// The operators on noun phrases.
pub(super) const OPERATORS: &[Operator] = &[
    op("noun", |scope, of| plain(scope, Head::Noun(of[0].token()?))),
    op("role", |scope, of| plain(scope, Head::Role(of[0].token()?))),
    op("name", |scope, of| plain(scope, Head::Name(of[0].token()?))),
    op("attribute", |scope, of| {
        plain(scope, Head::Attribute(of[0].token()?))
    }),
    op("it", |scope, _| plain(scope, Head::Pronoun)),
    op("who", |scope, _| plain(scope, Head::Who)),
    op("what", |scope, _| plain(scope, Head::What)),
    op("noun_attribute", noun_attribute),
    op("named", named),
    op("numbered", numbered),
    op("name_before", name_before),
    op("before", before),
    op("with", with),
    op("only", only),
    op("det", det),
    op("owned", |scope, of| {
        owner_of(scope, of[0].noun()?, of[1].noun()?)
    }),
    op("determiner", determiner),
    op("quantity", quantity),
];

fn plain(scope: &Scope<'_>, head: Head) -> Option<Value> {
    Some(Value::Noun(Np::plain(head, scope.span)))
}

/// `KSS numbers`
fn noun_attribute(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (noun, attribute) = (of[0].token()?, of[1].token()?);
    plain(scope, Head::NounAttribute { noun, attribute })
}

/// `section Permanence`
fn named(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (noun, name) = (of[0].token()?, of[1].token()?);
    plain(scope, Head::Named { name, noun })
}

/// `KSS 1, 2 and 3`
fn numbered(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let noun = of[0].token()?;
    let Value::Numbers(numbers, either) = &of[1] else {
        return None;
    };
    let head = match (numbers, either) {
        (Numbers::OneOf(list), false) if list.len() > 1 => Head::EachNumber(noun, list.clone()),
        (numbers, _) => Head::Numbered(noun, numbers.clone()),
    };
    plain(scope, head)
}

/// Cost of a name of digits before a noun, which is rather a number.
const DIGITS: u32 = 20;

/// `the Permanence section`: a name directly before the noun may be the name of the entity itself; otherwise the
/// entities are related to the name.
fn name_before(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (name, mut np) = (of[0].token()?, of[1].noun()?);
    if scope.words(name).bytes().all(|byte| byte.is_ascii_digit()) {
        scope.charge(DIGITS);
    }
    if let (Head::Noun(noun), true) = (&np.head, np.preds.is_empty()) {
        return named(scope, &[Value::Token(*noun), Value::Token(name)]);
    }
    let is_modified = matches!(
        np.head,
        Head::Noun(_) | Head::Role(_) | Head::Attribute(_) | Head::Named { .. }
    );
    if !is_modified {
        return None;
    }
    let entity = Np::plain(Head::Name(name), scope.span);
    np.preds.insert(
        0,
        Pred::relation(RelationWord::Any("~"), false, entity, scope.span),
    );
    np.span = scope.span;
    Some(Value::Noun(np))
}

/// Predicates that stand before the noun, perhaps with a number: `the three longest courses`.
fn before(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (preds, mut np) = (of[0].predicates()?, of[1].noun()?);
    let is_modified = !matches!(np.head, Head::Name(_) | Head::Pronoun | Head::Who);
    if !is_modified {
        return None;
    }
    np.preds.splice(0..0, preds);
    np.span = scope.span;
    if let Some(count) = of.get(2) {
        np.wanted = whole(scope.number(count)?).map(Wanted::Ranks);
    }
    Some(Value::Noun(np))
}

/// A noun phrase with a modifier behind it. A modifier that passes over another noun phrase has a cost.
pub(super) fn with(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    const PASSES: u32 = 2;
    /// Cost of a modifier of an attribute that does not give its owner.
    const OF_ATTRIBUTE: u32 = 3;
    let (mut np, preds) = (of[0].noun()?, of[1].predicates()?);
    // `as X` is a term of comparison of `the same`, and nothing else.
    if !np.same && preds.iter().any(|pred| pred.is_related_by("as")) {
        return None;
    }
    if matches!(np.head, Head::Attribute(_)) && !preds.iter().any(may_own) {
        scope.charge(OF_ATTRIBUTE);
    }
    if np.preds.last().is_some_and(ends_in_a_noun) {
        scope.charge(PASSES);
    }
    np.preds.extend(preds);
    np.span = scope.span;
    // With a term of comparison, `the same model as Kent`, the entities are not the same among themselves.
    np.same &= np.related_by("as").or(np.related_by("with")).is_none();
    Some(Value::Noun(np))
}

/// True if a predicate may give the owner of an attribute: `of X`, `for X`.
fn may_own(pred: &Pred) -> bool {
    match pred {
        Pred::Relation(relation) => matches!(relation.word, RelationWord::Any(_)),
        Pred::And(preds) | Pred::Or(preds) => preds.iter().all(may_own),
        Pred::Each(_) => true,
        _ => false,
    }
}

fn only(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut np = of[0].noun()?;
    // `only three courses` is a quantity.
    if np.det != Det::Some && np.det != Det::The {
        return None;
    }
    np.only = true;
    np.span = scope.span;
    Some(Value::Noun(np))
}

/// Cost of one of several entities: `1 day courses` rather has a number of days.
const DISAGREES: u32 = 20;

/// True if one entity is asked for by a noun in the plural.
fn disagrees(scope: &Scope<'_>, np: &Np, determiner: &Determiner) -> bool {
    match np.head {
        Head::Noun(noun) => determiner.one && scope.words(noun).ends_with('s'),
        _ => false,
    }
}

/// A noun phrase with a determiner. Its first argument may be the noun phrase, as in `a model of their own`.
fn det(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (determiner, np) = match of {
        [Value::Noun(np), determiner] | [determiner, Value::Noun(np)] => (determiner, np),
        _ => return None,
    };
    let mut np = match determiner {
        Value::Determiner(determiner) => {
            if disagrees(scope, np, determiner) {
                scope.charge(DISAGREES);
            }
            determined(np.clone(), determiner)?
        }
        Value::Word("no") => np.clone().det(Det::No),
        _ => return None,
    };
    np.span = scope.span;
    Some(Value::Noun(np))
}

fn determined(np: Np, determiner: &Determiner) -> Option<Np> {
    // `the MI` is a name with an article; any other determiner before a name has no meaning.
    let is_name = matches!(np.head, Head::Name(_));
    let article = matches!(determiner.det, Det::The | Det::Some) && determiner.wanted.is_none();
    if matches!(np.head, Head::Who | Head::Pronoun) || is_name && !article {
        return None;
    }
    let mut np = np.det(determiner.det.clone());
    np.wanted = determiner.wanted.or(np.wanted);
    np.same = determiner.same;
    Some(np)
}

/// `X's lead`: the lead of X.
fn owner_of(scope: &Scope<'_>, np: Np, owner: Np) -> Option<Value> {
    let mut np = owned(np, owner).det(Det::The);
    np.span = scope.span;
    Some(Value::Noun(np))
}

/// `X's lead`: the lead of X, without a determiner.
pub(super) fn owned(np: Np, owner: Np) -> Np {
    let span = owner.span;
    np.with([Pred::relation(RelationWord::Any("'s"), false, owner, span)])
}

/// `the`, `the top three`
fn determiner(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let count = match of.get(1) {
        Some(count) => Some(whole(scope.number(count)?)?),
        None => None,
    };
    let (det, wanted) = match of[0].word()? {
        "asked" => (Det::Asked, None),
        "top" => (Det::The, count.map(Wanted::Top)),
        "no" => (Det::No, None),
        "every" => (Det::Every, count.map(Wanted::Ranks)),
        "each" => (Det::Each, None),
        "most" => (Det::Most, None),
        "fewest" => (Det::Fewest, None),
        "their" => (Det::Their(false), None),
        "own" => (Det::Their(true), None),
        "the" | "same" => (Det::The, None),
        "counted" => (Det::The, count.map(Wanted::Ranks)),
        "any" => (Det::The, count.map(Wanted::Any)),
        "some" => (Det::Some, None),
        _ => return None,
    };
    Some(Value::Determiner(Determiner {
        det,
        wanted,
        same: of[0].word() == Some("same"),
        one: count == Some(1),
    }))
}

/// `at least three`; `one model` is `a model`, other numbers without a comparison count exactly.
fn quantity(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let Value::Quantity(quantity) = &of[0] else {
        return None;
    };
    let det = match quantity.plain && quantity.number == 1.0 {
        true => Det::Some,
        false => Det::Quantity(quantity.cmp, quantity.number),
    };
    Some(Value::Determiner(Determiner {
        det,
        wanted: None,
        same: false,
        one: quantity.plain && quantity.number == 1.0,
    }))
}

/// A noun phrase as asked for; a count in its determiner becomes the wanted number.
pub(super) fn asked(np: Np) -> Np {
    match np.det {
        Det::Quantity(Cmp::Equal, amount) => {
            let mut np = np.det(Det::Asked);
            np.wanted = whole(amount).map(Wanted::Any);
            np
        }
        Det::Some | Det::The | Det::Every | Det::Each | Det::Asked => np.det(Det::Asked),
        _ => np,
    }
}

/// True for a name without predicates.
pub(super) fn is_bare_name(np: &Np) -> bool {
    matches!(
        np.head,
        Head::Name(_) | Head::Named { .. } | Head::Numbered(..)
    ) && np.preds.is_empty()
}

/// True if two nouns have the same meaning.
pub(super) fn same_noun(scope: &Scope<'_>, one: usize, other: usize) -> bool {
    let meaning = |token| scope.meaning(token);
    matches!(meaning(one), Some(Meaning::Noun(_) | Meaning::Numbered(_)))
        && meaning(one) == meaning(other)
}

/// Numbers joined by `and` as alternatives of one noun phrase.
pub(super) fn merged(mut np: Np) -> Np {
    if let Head::EachNumber(noun, list) = &mut np.head {
        np.head = Head::Numbered(*noun, Numbers::OneOf(std::mem::take(list)));
    }
    np
}
