//! Numbers, dates, and the values that attributes are compared with.

use super::{Limit, Operator, Quantity, Scope, Value, one, op};
use crate::question::{
    mention::Meaning,
    tree::{Cmp, Head, Measured, Np, Numbers, Pred, Token, Value as Amount},
};

/// The operators on numbers and values.
pub(super) const OPERATORS: &[Operator] = &[
    op("numbers", |scope, of| number_list(scope, of, false)),
    op("either_number", |scope, of| number_list(scope, of, true)),
    op("between", between),
    op("compared", compared),
    op("amount", amount),
    op("measure", measure),
    op("range", range),
    op("equal", |scope, of| {
        limit(Amount::Number(Cmp::Equal, scope.number(&of[0])?))
    }),
    op("one", |_, _| limit(Amount::Number(Cmp::Equal, 1.0))),
    op("date", date),
    op("dates", |_, of| {
        limit(Amount::Dates(of[0].token()?, of[1].token()?))
    }),
    op("text", |_, of| limit(Amount::Text(of[0].token()?))),
    op("in_each", |_, of| limit(Amount::Each(of[0].token()?))),
    op("value_adjective", |_, of| {
        Some(Value::Limits(vec![Limit::Adjective(of[0].token()?)]))
    }),
    op("either_value", either),
    op("compare", |scope, of| {
        compare(scope, Measured::Named(of[0].token()?), &of[1])
    }),
    op("dated", |scope, of| compare(scope, Measured::Date, &of[0])),
    op("compared_to", compared_to),
    op("than", than),
    op("than_value", than_value),
    op("number_is", number_is),
    op("numbered_range", numbered_range),
    op("superlative", superlative),
    op("rank", rank),
    op("first", |scope, of| {
        one(Pred::First(of[0].word()? == "last", scope.span))
    }),
    op("has", |_, of| one(Pred::Has(of[0].token()?))),
    op("has_value", has_value),
    op("each", |_, of| one(Pred::Each(of[0].token()?))),
    op("shown", shown),
    op("tokens", tokens),
];

fn limit(value: Amount) -> Option<Value> {
    Some(Value::Limits(vec![Limit::Value(value)]))
}

/// `1, 2 and 3`; `1 or 2`
fn number_list(scope: &Scope<'_>, of: &[Value], either: bool) -> Option<Value> {
    let (mut list, mut either) = match &of[0] {
        Value::Numbers(Numbers::OneOf(list), or) => (list.clone(), *or || either),
        _ => (Vec::new(), either),
    };
    list.push(scope.number(of.last()?)?);
    either &= list.len() > 1;
    Some(Value::Numbers(Numbers::OneOf(list), either))
}

/// `7 to 10`
fn between(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (low, high) = (scope.number(&of[0])?, scope.number(&of[1])?);
    Some(Value::Numbers(Numbers::Between(low, high), false))
}

/// `above 5`
fn compared(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let numbers = Numbers::Compared(comparison(of[0].word()?), scope.number(&of[1])?);
    Some(Value::Numbers(numbers, false))
}

/// The comparison of a word of the rule file.
fn comparison(word: &str) -> Cmp {
    match word {
        "at least" | "since" => Cmp::GreaterOrEqual,
        "at most" | "until" => Cmp::LessOrEqual,
        "more" | "after" => Cmp::Greater,
        "fewer" | "before" => Cmp::Less,
        _ => Cmp::Equal,
    }
}

/// `at least three`
fn amount(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let word = of[0].word()?;
    Some(Value::Quantity(Quantity {
        cmp: comparison(word),
        number: scope.number(&of[1])?,
        plain: word == "plain",
    }))
}

fn measure(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    match &of[0] {
        Value::Quantity(quantity) => limit(Amount::Number(quantity.cmp, quantity.number)),
        _ => None,
    }
}

/// `between 2 and 4`
fn range(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    limit(Amount::Between(
        scope.number(&of[0])?,
        scope.number(&of[1])?,
    ))
}

/// `before October 2025`
fn date(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    limit(Amount::Date(comparison(of[0].word()?), of[1].token()?))
}

fn either(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    match (&of[0], &of[1]) {
        (Value::Limits(first), Value::Limits(second)) => {
            let all = first.iter().chain(second).cloned();
            Some(Value::Limits(all.collect()))
        }
        _ => None,
    }
}

/// `longer than 2 days`
fn compared_to(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let token = of[0].token()?;
    let cmp = direction(scope, token);
    let mut pred = compare(scope, Measured::Named(token), &of[1])?.predicate()?;
    if let Pred::Compare { value, span, .. } = &mut pred {
        match value {
            Amount::Number(number, _) | Amount::Date(number, _) => *number = cmp,
            Amount::Text(token) => {
                let np = Np::plain(Head::Name(*token), *span);
                *value = Amount::Than(cmp, Box::new(np));
            }
            _ => {}
        }
    }
    one(pred)
}

/// `longer than X`, `as long as X`
fn than(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let token = of[0].token()?;
    let cmp = match scope.meaning(token) {
        Some(Meaning::Attribute(_)) => Cmp::Equal,
        _ => direction(scope, token),
    };
    than_entity(scope, token, cmp, of[1].noun()?)
}

/// The comparison of a comparative.
fn direction(scope: &Scope<'_>, token: Token) -> Cmp {
    match scope.is_more(token) {
        true => Cmp::Greater,
        false => Cmp::Less,
    }
}

/// `born before X`, `more pages than X`: a value compared with that of another entity.
fn than_value(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let np = of[2].noun()?;
    // `before October` compares with a date.
    if matches!(np.head, Head::What | Head::Attribute(_)) {
        return None;
    }
    than_entity(scope, of[0].token()?, comparison(of[1].word()?), np)
}

/// A value compared with that of an entity.
fn than_entity(scope: &Scope<'_>, attribute: Token, cmp: Cmp, np: Np) -> Option<Value> {
    one(Pred::Compare {
        which: Measured::Named(attribute),
        value: Amount::Than(cmp, Box::new(np)),
        span: scope.span,
    })
}

/// `above 6`
fn number_is(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    one(Pred::Compare {
        which: Measured::Number,
        value: Amount::Number(comparison(of[0].word()?), scope.number(&of[1])?),
        span: scope.span,
    })
}

/// `from 1 to 10`, after a noun that is numbered
fn numbered_range(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let value = match of {
        [low, high] => Amount::Between(scope.number(low)?, scope.number(high)?),
        [Value::Numbers(Numbers::Between(low, high), _)] => Amount::Between(*low, *high),
        [Value::Numbers(Numbers::Compared(cmp, number), _)] => Amount::Number(*cmp, *number),
        [Value::Numbers(Numbers::OneOf(list), _)] => Amount::Number(Cmp::Equal, *list.first()?),
        _ => return None,
    };
    one(Pred::Compare {
        which: Measured::Number,
        value,
        span: scope.span,
    })
}

/// `longest`; with a second argument the attribute and its direction: `the highest duration`.
fn superlative(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let token = of[0].token()?;
    let least = match of.get(1) {
        None => false,
        Some(Value::Word(word)) => *word == "least",
        Some(direction) => !scope.is_more(direction.token()?),
    };
    one(Pred::Superlative(token, least))
}

/// `is delivered online`: a verb for an attribute with its value, if any.
fn has_value(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    match &of[1] {
        Value::Absent => one(Pred::Has(of[0].token()?)),
        value => compare(scope, Measured::Named(of[0].token()?), value),
    }
}

/// `with days and credits`
fn shown(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let Value::Tokens(tokens) = &of[0] else {
        return None;
    };
    let shows = tokens.iter().map(|token| Pred::Show(*token));
    Some(Value::Predicates(shows.collect()))
}

fn tokens(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut tokens: Vec<Token> = Vec::new();
    for value in of {
        match value {
            Value::Tokens(more) => tokens.extend(more),
            value => tokens.push(value.token()?),
        }
    }
    Some(Value::Tokens(tokens))
}

/// A positive integer that fits `u32`; `None` for any other amount.
pub(super) fn whole(amount: f64) -> Option<u32> {
    let counts = amount.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&amount);
    counts.then_some(amount as u32)
}

/// An attribute compared with alternative values.
fn compare(scope: &Scope<'_>, which: Measured, value: &Value) -> Option<Value> {
    let Value::Limits(limits) = value else {
        return None;
    };
    let span = scope.span;
    let one = |limit: &Limit| match limit {
        Limit::Value(value) => Pred::Compare {
            which,
            value: value.clone(),
            span,
        },
        Limit::Adjective(token) => Pred::Adjective(*token),
    };
    let mut any: Vec<Pred> = limits.iter().map(one).collect();
    let pred = match any.len() {
        1 => any.remove(0),
        _ => Pred::Or(any),
    };
    self::one(pred)
}

/// `is longer`, `has more credits`
fn rank(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let fewer = of
        .get(1)
        .is_some_and(|word| matches!(word.word(), Some("fewer" | "less")));
    one(Pred::Superlative(of[0].token()?, fewer))
}
