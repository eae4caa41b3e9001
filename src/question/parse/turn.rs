//! Transformations of parts of a question into the shape of a form.

use crate::{
    base::Span,
    question::{
        parse::{phrase, verb::done_there},
        tree::{Cmp, Det, Form, Head, Np, Pred, Tie, TieWord, Token, Values, Wanted, Weigh},
    },
};

/// A sentence as a noun phrase of what it asks for; `None` if it asks for nothing.
pub(super) fn turned(mut np: Np) -> Option<Np> {
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
        Pred::Tie(tie) => {
            let (word, inverse, span) = (tie.word, !tie.inverse, tie.span);
            Some((tie.other, Pred::tie(word, inverse, np.clone(), span)))
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
pub(super) fn asks_within(np: &Np) -> bool {
    fn within(pred: &Pred) -> bool {
        match pred {
            Pred::Tie(tie) => tie.other.det == Det::Asked || asks_within(&tie.other),
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
        Pred::Tie(tie) => tie.other.det == Det::Asked || matches!(tie.other.head, Head::Who),
        Pred::Not(pred, _) => matches!(**pred, Pred::Tie(_)) && asks(pred),
        Pred::Or(preds) | Pred::And(preds) => !preds.is_empty() && preds.iter().all(asks),
        _ => false,
    }
}

/// Adds predicates. `in the Permanence section, which KSS are covered` is `covered by the section` if that fits.
fn add_to(np: &mut Np, mut preds: Vec<Pred>) {
    let bare = |done: &Tie| {
        done.inverse && matches!(done.other.head, Head::What) && done.other.preds.is_empty()
    };
    let there = match (np.preds.last(), preds.as_slice()) {
        (Some(done @ Pred::Tie(tie)), [place]) if bare(tie) => done_there(done, place),
        _ => None,
    };
    if let Some(there) = there
        && let Some(done) = np.preds.pop()
    {
        let plain = Pred::And(vec![done, preds.remove(0)]);
        np.preds
            .push(Pred::Rather(Box::new(there), Box::new(plain)));
    }
    np.preds.extend(preds);
}

/// Adds predicates to the noun phrase of a form. Returns false if the form has no single noun phrase.
pub(super) fn add(form: &mut Form, preds: Vec<Pred>) -> bool {
    match form {
        Form::Things(things) => {
            if let Some(first) = things.first_mut() {
                add_to(first, preds);
            }
        }
        Form::Count(np) => add_to(np, preds),
        Form::Exists(np) | Form::Said(np) | Form::Who(np) => np.preds.extend(preds),
        Form::Values(values) => values.of.preds.extend(preds),
        Form::Weighed(first, second, Weigh::Portion) => {
            first.preds.extend(preds.iter().cloned());
            second.preds.extend(preds);
        }
        Form::Weighed(..)
        | Form::Describe(_)
        | Form::Compare(_)
        | Form::Common { .. }
        | Form::Connection { .. }
        | Form::Pairs { .. } => return preds.is_empty(),
    }
    true
}

/// `for each section, how many KSS does it cover`: replaces the pronoun by the fronted noun phrase. Returns false if
/// there is no pronoun.
pub(super) fn instead_of_pronoun(form: &mut Form, front: &[Pred]) -> bool {
    let [Pred::Tie(front)] = front else {
        return false;
    };
    let np = match form {
        Form::Things(things) => things.first_mut(),
        Form::Count(np) => Some(np),
        _ => None,
    };
    let pronoun = np.and_then(|np| np.preds.iter_mut().find_map(pronoun_of));
    match pronoun {
        Some(pronoun) if front.word == TieWord::Any("per") => {
            *pronoun = front.other.clone();
            true
        }
        _ => false,
    }
}

/// The noun phrase of a pronoun within a predicate.
fn pronoun_of(pred: &mut Pred) -> Option<&mut Np> {
    match pred {
        Pred::Tie(tie) => match tie.other.head {
            Head::Pronoun => Some(&mut tie.other),
            _ => tie.other.preds.iter_mut().find_map(pronoun_of),
        },
        Pred::Not(inner, _) => pronoun_of(inner),
        Pred::And(preds) | Pred::Or(preds) => preds.iter_mut().find_map(pronoun_of),
        _ => None,
    }
}

/// The place with a relation to an entity.
pub(super) fn place(word: TieWord, of: Np, span: Span) -> Np {
    let head = Np::plain(Head::Place, span).det(Det::Asked);
    head.with([Pred::tie(word, true, of, span)])
}

/// A noun phrase as asked for; a count in its determiner becomes the wanted number.
pub(super) fn asked(np: Np) -> Np {
    match np.det {
        Det::Quantity(Cmp::Equal, amount) => {
            let mut np = np.det(Det::Asked);
            np.wanted = phrase::whole(amount).map(Wanted::Any);
            np
        }
        Det::Some | Det::The | Det::Every | Det::Each | Det::Asked => np.det(Det::Asked),
        _ => np,
    }
}

pub(super) fn is_bare_name(np: &Np) -> bool {
    matches!(
        np.head,
        Head::Name(_) | Head::Named { .. } | Head::Numbered(..)
    ) && np.preds.is_empty()
}

/// Separates the owner of values from the other predicates.
pub(super) fn take_owner(mut preds: Vec<Pred>) -> (Option<Np>, Vec<Pred>) {
    let owns = |pred: &Pred| match pred {
        Pred::Tie(tie) => matches!(
            tie.word,
            TieWord::Any("of" | "'s" | "for" | "have" | "in" | "per")
        ),
        _ => false,
    };
    let Some(at) = preds.iter().position(owns) else {
        return (None, preds);
    };
    match preds.remove(at) {
        Pred::Tie(tie) => (Some(tie.other), preds),
        _ => (None, preds),
    }
}

pub(super) fn attribute_form(asked: Vec<Token>, of: Option<Np>, span: Span) -> Form {
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
