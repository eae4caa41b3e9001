//! Questions with a question word, and lists.

use super::{
    Asked, Operator, Scope, Value,
    amount::whole,
    form,
    noun::{self, asked, is_bare_name, same_noun},
    op,
};
use crate::{
    base::Span,
    question::{
        mention::Meaning,
        tree::{Det, Form, Head, Np, Pred, RelationWord, Token, Values, Wanted},
    },
};

/// The operators on questions with a question word.
pub(super) const OPERATORS: &[Operator] = &[
    op("count", |scope, of| form(number_of(scope, of[0].noun()?))),
    op("is_asked", is_asked),
    op("who_is", who_is),
    op("asked", asked_noun),
    op("how_many", how_many),
    op("owner_asked", owner_asked),
    op("modified", modified),
    op("asked_too", asked_too),
    op("asked_with", asked_with),
    op("asked_verb", asked_verb),
    op("asked_alone", asked_alone),
    op("count_by_value", count_by_value),
    op("listed", listed),
    op("in_situ", in_situ),
];

/// `list the courses and the webinars`. A count beside a list has no form.
fn listed(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let nps = of[0].nouns()?.all()?;
    let counted = |np: &Np| np.det == Det::Asked && begins_with(scope, np.span, "how");
    match nps.len() > 1 && nps.iter().any(counted) {
        true => None,
        false => form(entities_form(scope, nps)),
    }
}

fn asking(np: Np, how_many: bool) -> Option<Value> {
    let np = np.det(Det::Asked);
    Some(Value::Asked(Asked {
        own: np.preds.len(),
        np,
        how_many,
        too: Vec::new(),
    }))
}

/// `which three courses`
fn asked_noun(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut np = of[0].noun()?;
    if matches!(np.head, Head::Name(_) | Head::Pronoun) {
        return None;
    }
    np.span = scope.span;
    if let Some(count) = of.get(1) {
        np.wanted = whole(scope.number(count)?).map(Wanted::Ranks);
    }
    asking(np, false)
}

fn how_many(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut np = of[0].noun()?;
    np.span = scope.span;
    asking(np, true)
}

/// `whose course`
fn owner_asked(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let entities = of[0].noun()?.det(Det::The);
    let owns = Pred::relation(RelationWord::Any("'s"), false, entities, scope.span);
    asking(Np::plain(Head::Who, scope.span).with([owns]), false)
}

fn modified(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut asked = of[0].asked()?;
    let np = noun::with(scope, &[Value::Noun(asked.np.clone()), of[1].clone()])?;
    asked.np = np.noun()?;
    if asked.too.is_empty() {
        asked.own = asked.np.preds.len();
    }
    Some(Value::Asked(asked))
}

/// `which courses and activities`: further noun phrases that are asked for.
fn asked_too(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut asked = of[0].asked()?;
    asked.too.push((of[1].noun()?, of.len() > 2));
    Some(Value::Asked(asked))
}

/// What is asked for, with its predicates.
fn asked_with(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    /// Cost of `how many` before an attribute, which rather asks for a sum.
    const RATHER_SUMMED: u32 = 3;
    let asked = of[0].asked()?;
    let how_many = asked.how_many;
    if how_many && matches!(asked.np.head, Head::Attribute(_)) {
        scope.charge(RATHER_SUMMED);
    }
    let pred = match of[1].predicates()? {
        preds if preds.is_empty() => None,
        preds => Some(preds),
    };
    let np = match pred {
        Some(preds) => asked.np.clone().with(preds),
        None => asked.np.clone(),
    };
    if !asked.too.is_empty() {
        return several(scope, np, asked);
    }
    if let (false, Some(nps)) = (how_many, of_each(&np)) {
        return form(entities_form(scope, nps));
    }
    form(match how_many && !matches!(np.head, Head::Attribute(_)) {
        true => number_of(scope, np),
        false => entities_form(scope, vec![np]),
    })
}

/// `what role does X hold`: the verb confirms that the value is asked for.
fn asked_verb(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    /// Cost of a verb for an attribute that is not asked for.
    const UNASKED: u32 = 3;
    if !matches!(of[0].asked()?.np.head, Head::Attribute(_)) {
        scope.charge(UNASKED);
    }
    let found = asked_with(scope, of)?.form()?;
    form(match found {
        Form::Values(values) => Form::Values(Values {
            verb: of[2].token(),
            ..values
        }),
        found => found,
    })
}

fn asked_alone(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    asked_with(scope, &[of[0].clone(), Value::Predicates(Vec::new())])
}

/// `what kinds of courses are there`: the number of entities per value.
fn count_by_value(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let asked = of[0].asked()?;
    let (Head::Attribute(attribute), false) = (&asked.np.head, asked.how_many) else {
        return asked_alone(scope, of);
    };
    let (owner, others) = take_owner(asked.np.preds.clone());
    let owner = owner.unwrap_or_else(|| Np::plain(Head::Owner(*attribute), scope.span));
    let each = owner.with(others).with([Pred::Each(*attribute)]);
    form(Form::Count(noun::asked(each), None))
}

/// `which authorities use which models and approaches`: per authority, the models and the approaches that it uses.
fn of_each(np: &Np) -> Option<Vec<Np>> {
    let (last, before) = np.preds.split_last()?;
    let (Pred::And(preds) | Pred::Or(preds)) = last else {
        return None;
    };
    let each = Np {
        preds: before.to_vec(),
        ..np.clone()
    };
    let each = each.det(Det::Each);
    let mut nps = Vec::new();
    for pred in preds {
        let Pred::Relation(relation) = pred else {
            return None;
        };
        let asked = match nps.is_empty() {
            true => relation.other.det == Det::Asked,
            false => matches!(relation.other.det, Det::Asked | Det::Some),
        };
        let plain = matches!(relation.other.head, Head::Noun(_)) && relation.other.preds.is_empty();
        if !asked || !plain || relation.when.is_some() || !matches!(np.head, Head::Noun(_)) {
            return None;
        }
        let inverse = Pred::relation(
            relation.word,
            !relation.inverse,
            each.clone(),
            relation.span,
        );
        nps.push(relation.other.clone().det(Det::Asked).with([inverse]));
    }
    (nps.len() > 1).then_some(nps)
}

/// Several noun phrases with the predicates of the first. Its own predicates do not apply to a noun phrase with a
/// question word of its own.
fn several(scope: &Scope<'_>, first: Np, asked: Asked) -> Option<Value> {
    if asked.how_many {
        return None;
    }
    let preds = first.preds.clone();
    let said = |asks: bool| match asks {
        true => preds[asked.own.min(preds.len())..].to_vec(),
        false => preds.clone(),
    };
    let mut nps = vec![first.clone()];
    let too = asked.too.into_iter();
    nps.extend(too.map(|(np, asks)| np.with(said(asks))));
    form(entities_form(scope, nps))
}

/// The form that lists entities, or values if an attribute is asked for.
pub(super) fn entities_form(scope: &Scope<'_>, nps: Vec<Np>) -> Form {
    let nps = nps.into_iter().flat_map(|np| apart_from_alike(scope, np));
    let mut nps: Vec<_> = nps.map(asked).collect();
    let mut values = Vec::new();
    // `the courses and their credits`: values of the first entities.
    let whole = nps.len();
    nps.retain(|np| match (&np.head, whole) {
        (Head::Attribute(token), 2..) if np.preds.is_empty() => {
            values.push(*token);
            false
        }
        _ => true,
    });
    match nps.pop() {
        None => attribute_form(values, None, Span::default()),
        Some(last) if nps.is_empty() => with_values(attribute_of(last), values),
        Some(last) => {
            nps.push(last);
            Form::Entities(nps)
        }
    }
}

fn with_values(form: Form, values: Vec<Token>) -> Form {
    match form {
        Form::Entities(mut nps) => {
            if let Some(first) = nps.first_mut() {
                first.preds.extend(values.into_iter().map(Pred::Show));
            }
            Form::Entities(nps)
        }
        Form::Values(mut form) => {
            form.asked.splice(0..0, values);
            Form::Values(form)
        }
        form => form,
    }
}

/// `courses on X and courses on Y`: the second `courses` is conjoined with the first, not with X.
fn apart_from_alike(scope: &Scope<'_>, mut np: Np) -> Vec<Np> {
    let (Head::Noun(noun), Some(Pred::And(preds))) = (&np.head, np.preds.last_mut()) else {
        return vec![np];
    };
    let noun = *noun;
    let alike = |pred: &mut Pred| match pred {
        Pred::Relation(relation) => match relation.other.head {
            Head::Noun(other) => relation.other.det == Det::Some && same_noun(scope, other, noun),
            _ => false,
        },
        _ => false,
    };
    let others: Vec<Pred> = preds.extract_if(1.min(preds.len()).., alike).collect();
    let others = others.into_iter().filter_map(|pred| match pred {
        Pred::Relation(relation) => Some(relation.other),
        _ => None,
    });
    let others: Vec<Np> = others.collect();
    std::iter::once(np).chain(others).collect()
}

/// `the duration of X`: the form that lists a value of X.
fn attribute_of(np: Np) -> Form {
    match np.head {
        Head::Attribute(token) => {
            let span = np.span;
            let (of, rest) = take_owner(np.preds);
            let of = of.unwrap_or_else(|| Np::plain(Head::Owner(token), span));
            attribute_form(vec![token], Some(of.with(rest)), span)
        }
        Head::NounAttribute { noun, attribute } => {
            let of = Np {
                head: Head::Noun(noun),
                det: Det::Asked,
                ..np
            };
            attribute_form(vec![attribute], Some(of), Span::default())
        }
        _ => Form::Entities(vec![np]),
    }
}

/// Separates the owner of values from the other predicates.
fn take_owner(mut preds: Vec<Pred>) -> (Option<Np>, Vec<Pred>) {
    let owns = |pred: &Pred| match pred {
        Pred::Relation(relation) => matches!(
            relation.word,
            RelationWord::Any("of" | "'s" | "for" | "have" | "in" | "per")
        ),
        _ => false,
    };
    let Some(at) = preds.iter().position(owns) else {
        return (None, preds);
    };
    match preds.remove(at) {
        Pred::Relation(relation) => (Some(relation.other), preds),
        _ => (None, preds),
    }
}

fn attribute_form(asked: Vec<Token>, of: Option<Np>, span: Span) -> Form {
    let head = asked
        .first()
        .map_or(Head::What, |token| Head::Owner(*token));
    Form::Values(Values {
        asked,
        of: of.unwrap_or_else(|| Np::plain(head, span)),
        fold: None,
        verb: None,
    })
}

/// The form that counts entities. `in every section` is a grouping key, unless a predicate has a verb.
fn number_of(scope: &Scope<'_>, np: Np) -> Form {
    let mut np = asked(np);
    let by_verb = |pred: &Pred| matches!(pred, Pred::Relation(relation) if !matches!(relation.word, RelationWord::Any(_)));
    if !np.preds.iter().any(by_verb) {
        for pred in &mut np.preds {
            if let Pred::Relation(relation) = pred
                && relation.other.det == Det::Every
                && begins_with(scope, relation.other.span, "every")
            {
                relation.other.det = Det::Each;
            }
        }
    }
    Form::Count(np, None)
}

/// True if the text of a span begins with a word of the grammar.
fn begins_with(scope: &Scope<'_>, span: Span, word: &str) -> bool {
    let mut here = scope
        .mentions
        .iter()
        .filter(|mention| mention.span.start == span.start);
    here.any(|mention| matches!(mention.meaning, Meaning::Function(first) if first == word))
}

/// `KSS 5 is covered by which courses`: the entities asked for, with the rest of the sentence as predicate.
fn in_situ(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (np, said) = (of[0].noun()?, of[1].predicate()?);
    if np.det == Det::Asked {
        return None;
    }
    let plain = matches!(np.head, Head::Noun(_)) && np.det == Det::Some;
    let mut np = np.with([said]);
    np.span = scope.span;
    let Some(mut focus) = turned(np.clone()) else {
        // `actions due earlier than May` is a noun phrase, not a sentence.
        return match plain {
            true => form(entities_form(scope, vec![np])),
            false if asks_within(&np) => None,
            false => form(Form::Exists(np)),
        };
    };
    let many = begins_with(scope, focus.span, "how");
    focus.span = scope.span;
    form(match many {
        true => Form::Count(focus, None),
        false => entities_form(scope, vec![focus]),
    })
}

/// A sentence as a noun phrase of what it asks for; `None` if it asks for nothing.
fn turned(mut np: Np) -> Option<Np> {
    let at = np.preds.iter().position(asks)?;
    let (pred, denied) = match np.preds.remove(at) {
        Pred::Not(pred, span) => (*pred, Some(span)),
        pred => (pred, None),
    };
    let (asked, said) = seen_from(pred, &np)?;
    let span = said.span();
    let asked = asked.det(Det::Asked);
    Some(asked.with([said.negated(denied.is_some(), denied.unwrap_or(span))]))
}

/// The other entities of a relation, with the inverse relation; for several relations, their common other entities.
fn seen_from(pred: Pred, np: &Np) -> Option<(Np, Pred)> {
    match pred {
        Pred::Relation(relation) => {
            let (word, inverse, span) = (relation.word, !relation.inverse, relation.span);
            Some((
                relation.other,
                Pred::relation(word, inverse, np.clone(), span),
            ))
        }
        Pred::Or(preds) => {
            let (asked, said) = all_seen_from(preds, np)?;
            Some((asked, Pred::Or(said)))
        }
        Pred::And(preds) => {
            let (asked, said) = all_seen_from(preds, np)?;
            Some((asked, Pred::And(said)))
        }
        _ => None,
    }
}

fn all_seen_from(preds: Vec<Pred>, np: &Np) -> Option<(Np, Vec<Pred>)> {
    let seen = preds.into_iter().map(|pred| seen_from(pred, np));
    let seen: Vec<_> = seen.collect::<Option<_>>()?;
    let asked = seen.first()?.0.clone();
    let same = seen.iter().all(|(other, _)| other.span == asked.span);
    same.then(|| (asked, seen.into_iter().map(|(_, said)| said).collect()))
}

/// True if a predicate of a noun phrase asks for something.
fn asks_within(np: &Np) -> bool {
    fn within(pred: &Pred) -> bool {
        match pred {
            Pred::Relation(relation) => {
                relation.other.det == Det::Asked || asks_within(&relation.other)
            }
            Pred::Not(pred, _) => within(pred),
            Pred::And(preds) | Pred::Or(preds) => preds.iter().any(within),
            _ => false,
        }
    }
    np.preds.iter().any(within)
}

/// True for a relation to what is asked for, or its negation.
fn asks(pred: &Pred) -> bool {
    match pred {
        Pred::Relation(relation) => {
            relation.other.det == Det::Asked || matches!(relation.other.head, Head::Who)
        }
        Pred::Not(pred, _) => matches!(**pred, Pred::Relation(_)) && asks(pred),
        Pred::Or(preds) | Pred::And(preds) => !preds.is_empty() && preds.iter().all(asks),
        _ => false,
    }
}

/// `what is the role of X`, `what is X`
fn is_asked(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let nps = of[0].nouns()?.all()?;
    form(match nps.iter().all(is_bare_name) {
        true => Form::Describe(nps),
        false => entities_form(scope, nps),
    })
}

fn who_is(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut nps = of[0].nouns()?.all()?;
    if nps.len() == 1 && is_bare_name(&nps[0]) {
        return form(Form::Who(nps.swap_remove(0)));
    }
    if nps.iter().all(is_bare_name) {
        return form(Form::Describe(nps));
    }
    let span = nps[0].span;
    let focus = Np::plain(Head::Who, span).det(Det::Asked);
    let is = nps.into_iter().map(|np| Pred::Is(Box::new(np)));
    form(Form::Entities(vec![focus.with(is)]))
}
