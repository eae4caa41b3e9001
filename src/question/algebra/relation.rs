//! Relations that verbs, prepositions and clauses express.

use super::{Complement, Limit, Nouns, Operator, Scope, Value, Verbs, one, op};
use crate::{
    base::Span,
    question::{
        mention::{Meaning, VerbForm},
        tree::{Cmp, Det, Head, Measured, Np, Pred, RelationWord, Token, Value as Amount},
    },
};

/// The operators on relations.
pub(super) const OPERATORS: &[Operator] = &[
    op("relation", relation),
    op("had", having_any),
    op("verbs", |_, of| verbs(RelationWord::Verb(of[0].token()?))),
    op("where_verb", |_, of| {
        verbs(RelationWord::Where(of[0].token()?))
    }),
    op("verbs_too", verbs_too),
    op("objects", objects),
    op("each_other", each_other),
    op("when", when),
    op("complement_also", complement_also),
    op("did", did),
    op("did_to", |scope, of| related(scope, &of[0], &of[1], true)),
    op("did_unspecific", |scope, of| unspecific(scope, of, false)),
    op("did_to_unspecific", |scope, of| unspecific(scope, of, true)),
    op("done", done),
    op("most_done", most_done),
    op("within", within),
    op("at_time", at_time),
    op("gap_except", gap_except),
    op("any", |scope, of| any(scope, of[0].word()?, of[1].noun()?)),
    op("whose", |scope, of| any(scope, "'s", of[0].noun()?)),
    op("concession", concession),
    op("share", share),
    op("per", |scope, of| {
        any(scope, "per", of[0].noun()?.det(Det::Each))
    }),
];

/// Any relation with a preposition to one noun phrase.
fn any(scope: &Scope<'_>, word: &'static str, np: Np) -> Option<Value> {
    one(Pred::relation(
        RelationWord::Any(word),
        false,
        np,
        scope.span,
    ))
}

/// A relation by a word to noun phrases; with a third argument they are the subject.
fn relation(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    related(scope, &of[0], &of[1], of.len() > 2)
}

/// The relation of each verb to noun phrases; `inverse` if they are the subject.
fn related(scope: &Scope<'_>, verbs: &Value, nouns: &Value, inverse: bool) -> Option<Value> {
    let (verbs, nouns) = (verbs.verbs()?, nouns.nouns()?);
    let span = scope.span;
    one(verbs.spread(|word| {
        let related = |np| Pred::relation(word, inverse, np, span);
        nouns.clone().spread(related)
    }))
}

/// The relation of a verb with a preposition. A light verb has any relation: `work on X`. The object of another verb is
/// left out: who publishes in a journal publishes something that is in it.
fn unspecific(scope: &Scope<'_>, of: &[Value], inverse: bool) -> Option<Value> {
    const LEFT_OUT: u32 = 3;
    if is_light(scope, &of[0])? {
        return related(scope, &of[0], &of[1], inverse);
    }
    scope.charge(LEFT_OUT);
    let mut beyond = of[0].verbs()?;
    for word in &mut beyond.words {
        if let RelationWord::Verb(token) = *word {
            *word = RelationWord::Beyond(token);
        }
    }
    related(scope, &Value::Verbs(beyond), &of[1], inverse)
}

/// True if all verbs are light.
pub(super) fn is_light(scope: &Scope<'_>, verbs: &Value) -> Option<bool> {
    let is_light = |word: &RelationWord| match word {
        RelationWord::Verb(token) => scope.is_light(*token),
        _ => false,
    };
    Some(verbs.verbs()?.words.iter().all(is_light))
}

fn verbs(word: RelationWord) -> Option<Value> {
    Some(Value::Verbs(Verbs {
        words: vec![word],
        either: false,
    }))
}

/// `uses or builds on`
fn verbs_too(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut verbs = of[0].verbs()?;
    verbs.either |= of[1].word()?.ends_with("or");
    verbs.words.push(RelationWord::Verb(of[2].token()?));
    Some(Value::Verbs(verbs))
}

impl Verbs {
    /// The predicate `make` for each verb.
    fn spread(&self, make: impl Fn(RelationWord) -> Pred) -> Pred {
        let preds: Vec<_> = self.words.iter().map(|word| make(*word)).collect();
        match preds.len() {
            1 => Pred::all(preds),
            _ if self.either => Pred::Or(preds),
            _ => Pred::And(preds),
        }
    }
}

/// A relation with a preposition. `with duration` means rather that the duration is shown.
fn having_any(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    const RATHER_SHOWN: u32 = 2;
    let word = of[0].word()?;
    let pred = having(scope, word, of[1].nouns()?);
    if word != "have" && says_existence(&pred) {
        scope.charge(RATHER_SHOWN);
    }
    one(pred)
}

fn says_existence(pred: &Pred) -> bool {
    match pred {
        Pred::Has(_) => true,
        Pred::And(preds) | Pred::Or(preds) => preds.iter().all(says_existence),
        _ => false,
    }
}

/// The predicate of `with X`, `in X`, `of X` and `have X`, where X may be an attribute.
fn having(scope: &Scope<'_>, word: &'static str, nouns: Nouns) -> Pred {
    let span = scope.span;
    nouns.spread(|np| had(np, word, span))
}

fn had(np: Np, word: &'static str, span: Span) -> Pred {
    match (&np.head, &np.det) {
        (Head::Attribute(_), Det::Some | Det::The)
            if matches!(word, "have" | "with")
                && !np.preds.is_empty()
                && np.related_by("as").is_none() =>
        {
            // `funding for a model`: the modifiers of the value are about the entity.
            let preds = np.preds.clone();
            let bare = Np {
                preds: Vec::new(),
                ..np
            };
            let value = std::iter::once(had(bare, word, span));
            Pred::And(value.chain(preds).collect())
        }
        _ if !np.preds.is_empty() => Pred::relation(RelationWord::Any(word), false, np, span),
        (Head::Attribute(token), Det::No) => Pred::Not(Box::new(Pred::Has(*token)), span),
        (Head::Attribute(token), Det::Each) => Pred::Each(*token),
        (Head::Attribute(token), Det::Most) => Pred::Superlative(*token, false),
        (Head::Attribute(token), Det::Fewest) => Pred::Superlative(*token, true),
        (Head::Attribute(token), Det::Quantity(cmp, number)) => Pred::Compare {
            which: Measured::Named(*token),
            value: Amount::Number(*cmp, *number),
            span,
        },
        (Head::Attribute(token), _) if !np.same => Pred::Has(*token),
        _ => {
            let span = np.span;
            Pred::relation(RelationWord::Any(word), false, np, span)
        }
    }
}

fn complement(objects: Nouns) -> Complement {
    Complement {
        objects,
        role: None,
        when: None,
        modifiers: Vec::new(),
    }
}

/// The objects of a verb, perhaps in a role: `as their model`.
fn objects(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut complement = complement(of[0].nouns()?);
    if let Some(role) = of.get(1) {
        complement.role = Some(role.verbs()?);
    }
    Some(Value::Complement(complement))
}

fn each_other(scope: &Scope<'_>, _: &[Value]) -> Option<Value> {
    let other = Np::plain(Head::EachOther, scope.span);
    Some(Value::Complement(complement(Nouns::one(other))))
}

/// The objects of a verb with a time: `use X from 2015-16`.
fn when(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let Value::Complement(mut complement) = of[0].clone() else {
        return None;
    };
    if complement.when.is_some() {
        return None;
    }
    complement.when = Some(single_date(&of[1])?);
    Some(Value::Complement(complement))
}

fn single_date(value: &Value) -> Option<(Cmp, Token)> {
    match value {
        Value::Limits(limits) => match limits.as_slice() {
            [Limit::Value(Amount::Date(cmp, token))] => Some((*cmp, *token)),
            _ => None,
        },
        _ => None,
    }
}

/// A modifier behind the objects of a verb, which is said of its subject.
fn complement_also(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    const PASSES: u32 = 2;
    let Value::Complement(mut complement) = of[0].clone() else {
        return None;
    };
    scope.charge(PASSES);
    complement.modifiers.extend(of[1].predicates()?);
    Some(Value::Complement(complement))
}

/// Cost of a verb without an object.
const INTRANSITIVE: u32 = 2;

/// A verb with its complement.
fn did(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let verbs = of[0].verbs()?;
    let span = scope.span;
    let complement = match of.get(1) {
        None | Some(Value::Absent) => {
            scope.charge(INTRANSITIVE);
            let anything = Np::plain(Head::What, span);
            return one(verbs.spread(|word| Pred::relation(word, false, anything.clone(), span)));
        }
        Some(Value::Complement(complement)) => complement.clone(),
        Some(objects) => self::complement(objects.nouns()?),
    };
    let verbs = complement.role.as_ref().unwrap_or(&verbs);
    let mut done = verbs.spread(|word| {
        let object = |np: Np| match np.head {
            Head::Attribute(_) => had(np, "have", span),
            _ => Pred::relation(word, false, np, span),
        };
        complement.objects.clone().spread(object)
    });
    if let Some(when) = complement.when {
        done.at_time(when);
    }
    let mut preds = vec![done];
    preds.extend(complement.modifiers.iter().cloned());
    one(Pred::all(preds))
}

/// `covered`: a passive verb without an agent.
fn done(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let anything = Np::plain(Head::What, scope.span);
    one(of[0]
        .verbs()?
        .spread(|word| Pred::relation(word, true, anything.clone(), scope.span)))
}

/// `most used`: ranked by the number of subjects of the verb.
fn most_done(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let most = Np::plain(Head::What, scope.span).det(Det::Most);
    one(Pred::relation(
        RelationWord::Verb(of[0].token()?),
        true,
        most,
        scope.span,
    ))
}

/// `in which documents is X mentioned`: with a preposition before the question word, the place is the other end; after
/// `by` it is the subject.
fn within(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let by = of[0].word()? == "by";
    let preds = of[1].predicates()?.into_iter();
    let preds = preds.map(|pred| seen_within(scope, pred, by));
    Some(Value::Predicates(preds.collect()))
}

fn seen_within(scope: &Scope<'_>, pred: Pred, by: bool) -> Pred {
    match pred {
        Pred::Relation(mut relation) => {
            if let RelationWord::Verb(token) = relation.word
                && matches!(scope.meaning(token), Some(Meaning::Verb(_, VerbForm::Past)))
            {
                match by {
                    true => relation.inverse = false,
                    false => relation.word = RelationWord::Within(token),
                }
            }
            Pred::Relation(relation)
        }
        Pred::Not(inner, span) => Pred::Not(Box::new(seen_within(scope, *inner, by)), span),
        Pred::And(preds) => Pred::And(all_within(scope, preds, by)),
        Pred::Or(preds) => Pred::Or(all_within(scope, preds, by)),
        pred => pred,
    }
}

fn all_within(scope: &Scope<'_>, preds: Vec<Pred>, by: bool) -> Vec<Pred> {
    preds
        .into_iter()
        .map(|pred| seen_within(scope, pred, by))
        .collect()
}

fn at_time(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut pred = of[0].predicate()?;
    pred.at_time(single_date(&of[1])?);
    one(pred)
}

/// `does X use but not Y`: the same relation does not hold for other noun phrases.
fn gap_except(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut preds = of[0].predicates()?;
    let Some(Pred::Relation(relation)) = preds.first() else {
        return None;
    };
    let (word, inverse, span) = (relation.word, relation.inverse, scope.span);
    let other = of[1]
        .nouns()?
        .spread(|np| Pred::relation(word, inverse, np, span));
    preds.push(other.negated(true, span));
    Some(Value::Predicates(preds))
}

/// `although their authority is presenting`: a predicate on an entity that they have.
fn concession(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let np = of[0].noun()?;
    match np.det {
        Det::Their(_) => any(scope, "although", np.det(Det::Some)),
        _ => any(scope, "with", np),
    }
}

/// `share a model with Portsmouth`
fn share(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let span = scope.span;
    one(of[0]
        .nouns()?
        .spread(|np| Pred::relation(RelationWord::Share, false, np, span)))
}

impl Pred {
    /// Adds a time to each relation.
    fn at_time(&mut self, when: (Cmp, Token)) {
        match self {
            Self::Relation(relation) => relation.when = Some(when),
            Self::And(preds) | Self::Or(preds) => {
                preds.iter_mut().for_each(|pred| pred.at_time(when));
            }
            Self::Not(pred, _) => pred.at_time(when),
            _ => {}
        }
    }
}
