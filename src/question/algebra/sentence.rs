//! Questions with what is added to a form: an order, further requests, a phrase in front.

use super::{
    Direction, Operator, Order, Scope, Value,
    forms::{fold_of, placed},
    noun::owned,
    op,
    predicate::done_there,
};
use crate::question::tree::{
    Det, Fold, Form, Further, Head, Np, Pred, Question, RelationWord, Token, Wanted, Weigh,
};

/// The operators on questions.
pub(super) const OPERATORS: &[Operator] = &[
    op("whole", whole),
    op("sentence", sentence),
    op("front", front),
    op("folded", folded),
    op("sort", sort),
    op("zeros", zeros),
    op("more", more),
    op("by_count", |scope, of| {
        order(scope, Some(of[0].noun()?), None)
    }),
    op("by_value", |scope, of| {
        order(scope, None, Some(of[0].token()?))
    }),
    op("directed", directed),
    op("other_way", |_, _| Some(Value::Further(Further::OtherWay))),
    op("beside", beside),
    op("further_value", |_, of| {
        Some(Value::Further(Further::Value(of[0].token()?)))
    }),
    op("further_entities", further_entities),
    op("and_place", and_place),
];

/// The question, if every part of it has found its use.
fn whole(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut question = of[0].question()?;
    let np = match &mut question.form {
        Form::Entities(nps) if nps.len() == 1 => nps.first_mut(),
        Form::Values(values) => Some(&mut values.of),
        _ => None,
    };
    if let Some(np) = np {
        let top = matches!(np.wanted, Some(Wanted::Top(_)));
        match listed_by(np, top) {
            Some(rank) => ranked(np, rank),
            // `the top three` needs an order.
            None if top => return None,
            None => {}
        }
    }
    Some(Value::Question(question))
}

fn sentence(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    Some(Value::Question(Question {
        form: of[0].form()?,
        further: Vec::new(),
        keep_zero: false,
    }))
}

/// A phrase in front of the question.
fn front(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (mut question, preds) = (of[0].question()?, of[1].predicates()?);
    let used = instead_of_pronoun(&mut question.form, &preds) || add(&mut question.form, preds);
    used.then_some(Value::Question(question))
}

/// `for each section, how many KSS does it cover`: replaces the pronoun by the noun phrase in front.
fn instead_of_pronoun(form: &mut Form, front: &[Pred]) -> bool {
    let [Pred::Relation(front)] = front else {
        return false;
    };
    let np = match form {
        Form::Entities(nps) => nps.first_mut(),
        Form::Count(np, _) => Some(np),
        _ => None,
    };
    let pronoun = np.and_then(|np| np.preds.iter_mut().find_map(pronoun_of));
    match pronoun {
        Some(pronoun) if front.word == RelationWord::Any("per") => {
            *pronoun = front.other.clone();
            true
        }
        _ => false,
    }
}

/// The noun phrase of a pronoun within a predicate.
fn pronoun_of(pred: &mut Pred) -> Option<&mut Np> {
    match pred {
        Pred::Relation(relation) => match relation.other.head {
            Head::Pronoun => Some(&mut relation.other),
            _ => relation.other.preds.iter_mut().find_map(pronoun_of),
        },
        Pred::Not(inner, _) => pronoun_of(inner),
        Pred::And(preds) | Pred::Or(preds) => preds.iter_mut().find_map(pronoun_of),
        _ => None,
    }
}

/// Adds predicates to the noun phrase of a form. Returns false if the form has no single noun phrase.
fn add(form: &mut Form, preds: Vec<Pred>) -> bool {
    match form {
        Form::Entities(nps) => {
            if let Some(first) = nps.first_mut() {
                add_to(first, preds);
            }
        }
        Form::Count(np, _) => add_to(np, preds),
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

/// Adds predicates. `in the Permanence section, which KSS are covered` is `covered by the section` if that fits.
fn add_to(np: &mut Np, mut preds: Vec<Pred>) {
    let there = match (np.preds.last(), preds.as_slice()) {
        (Some(done), [place]) => done_there(done, place),
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

/// `in total`, `on average`
fn folded(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut question = of[0].question()?;
    let fold = fold_of(of[1].word()?);
    match &mut question.form {
        // `how many credits on average` asks for the mean, not for a sum.
        Form::Values(values) if matches!(values.fold, None | Some(Fold::Sum)) => {
            values.fold = Some(fold);
        }
        Form::Values(_) => {}
        // A count is a total already.
        Form::Count(..) if fold == Fold::Sum => {}
        Form::Count(_, over) => *over = Some(fold),
        _ => return None,
    }
    Some(Value::Question(question))
}

/// `counting sections without any`
fn zeros(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut question = of[0].question()?;
    question.keep_zero = true;
    Some(Value::Question(question))
}

fn more(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut question = of[0].question()?;
    match &of[1] {
        Value::Further(further) => question.further.push(further.clone()),
        _ => return None,
    }
    Some(Value::Question(question))
}

fn order(scope: &Scope<'_>, counted: Option<Np>, attribute: Option<Token>) -> Option<Value> {
    Some(Value::Order(Order {
        counted,
        attribute,
        direction: None,
        span: scope.span,
    }))
}

/// An order with a direction, or a direction only.
fn directed(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (mut order, direction) = match of {
        [Value::Order(order), direction] => (order.clone(), direction),
        [_, direction] | [direction] => {
            let bare = Order {
                counted: None,
                attribute: None,
                direction: None,
                span: scope.span,
            };
            (bare, direction)
        }
        _ => return None,
    };
    order.direction = Some(match direction {
        Value::Word("up") => Direction::Ascending,
        Value::Word("down") => Direction::Descending,
        direction => Direction::Superlative(direction.token()?),
    });
    Some(Value::Order(order))
}

/// Ranks the entities of a question by an order.
fn sort(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut question = of[0].question()?;
    let Value::Order(order) = &of[1] else {
        return None;
    };
    let np = match &mut question.form {
        Form::Entities(nps) if nps.len() == 1 => &mut nps[0],
        Form::Values(values) => &mut values.of,
        _ => return None,
    };
    let top = matches!(np.wanted, Some(Wanted::Top(_)));
    let rank = order_rank(scope, order, np, top)?;
    ranked(np, rank);
    Some(Value::Question(question))
}

fn ranked(np: &mut Np, rank: Pred) {
    np.preds.push(rank);
    np.wanted = Some(match np.wanted {
        Some(Wanted::Ranks(count) | Wanted::Any(count) | Wanted::Top(count)) => {
            Wanted::Ranks(count)
        }
        _ => Wanted::Sorted,
    });
}

/// `the courses by duration`: the rank by this value; `down` if the greatest value comes first.
fn listed_by(np: &mut Np, down: bool) -> Option<Pred> {
    let at = np
        .preds
        .iter()
        .position(|pred| matches!(pred, Pred::Each(_)))?;
    match np.preds.remove(at) {
        Pred::Each(token) => Some(Pred::Superlative(token, !down)),
        _ => None,
    }
}

/// `along with their authorities`
fn beside(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let np = of[0].noun()?;
    if !matches!(np.det, Det::The | Det::Their(_)) {
        return None;
    }
    let np = match np.preds.is_empty() {
        true => owned(np, Np::plain(Head::Pronoun, scope.span)),
        false => np,
    };
    Some(Value::Further(Further::Entities(np.det(Det::Asked))))
}

/// A further request: `which models`, `who originated it`. With predicates of its own it must speak of the same entities.
fn further_entities(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let np = match &of[0] {
        Value::Asked(asked) if !asked.how_many && asked.too.is_empty() => asked.np.clone(),
        Value::Noun(np) => np.clone(),
        _ => return None,
    };
    let mut np = match of.get(1) {
        Some(preds) => np.with(preds.predicates()?),
        None => np,
    };
    if of.get(2).is_some() && !np.preds.iter_mut().any(|pred| pronoun_of(pred).is_some()) {
        return None;
    }
    Some(Value::Further(match np.head {
        Head::Attribute(token) => Further::Attribute(token),
        _ => Further::Entities(np.det(Det::Asked)),
    }))
}

/// `when and where is X`: also the place.
fn and_place(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let it = Np::plain(Head::Pronoun, scope.span);
    let place = placed(RelationWord::Any("where"), it, scope.span);
    Some(Value::Question(Question {
        form: of[0].form()?,
        further: vec![Further::Entities(place)],
        keep_zero: false,
    }))
}

/// The predicate that ranks the entities. Without a direction, counts and `the top` begin with the greatest value.
fn order_rank(scope: &Scope<'_>, order: &Order, np: &mut Np, top: bool) -> Option<Pred> {
    let down = order.direction.map(|direction| match direction {
        Direction::Ascending => false,
        Direction::Descending => true,
        Direction::Superlative(token) => scope.is_more(token),
    });
    if let Some(counted) = &order.counted {
        let det = match down {
            Some(false) => Det::Fewest,
            _ => Det::Most,
        };
        let counted = counted.clone().det(det);
        return Some(Pred::relation(
            RelationWord::Any("have"),
            false,
            counted,
            order.span,
        ));
    }
    if let Some(attribute) = order.attribute {
        return Some(Pred::Superlative(attribute, !down.unwrap_or(top)));
    }
    match order.direction {
        Some(Direction::Superlative(superlative)) => {
            // `by duration, longest first` gives the attribute twice.
            listed_by(np, top);
            Some(Pred::Superlative(superlative, false))
        }
        _ => listed_by(np, down.unwrap_or(top)),
    }
}
