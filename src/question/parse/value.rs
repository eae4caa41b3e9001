//! Values and times.

use super::{Builder, Node, Rule, find, has, inside};
use crate::{
    base::Span,
    question::tree::{Cmp, Head, Measured, Np, Pred, Value},
};

impl Builder<'_> {
    /// `with more than 15 credits`, `starting in October 2025`, `before October 2025`
    pub(super) fn value_phrase(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        match parts.first().map(|part| part.as_rule()) {
            Some(Rule::measure) => self.measured(&parts, span),
            Some(Rule::extreme) => self.extreme(parts[0].clone()),
            Some(Rule::attribute | Rule::value_progressive | Rule::value_participle) => {
                self.attribute_verb(&parts, span)
            }
            _ => self.dated(Measured::Date, parts[0].clone(), span),
        }
    }

    /// `the greatest duration`
    pub(super) fn extreme(&self, pair: Node<'_>) -> Pred {
        let parts = inside(pair);
        let attribute = find(&parts, Rule::attribute).expect("the grammar demands an attribute");
        Pred::Superlative(self.token(attribute), !self.is_down(&parts))
    }

    /// `in October`, `in October or November`: a disjunction of times.
    pub(super) fn dated(&self, which: Measured, pair: Node<'_>, span: Span) -> Pred {
        let one = |time: Node<'_>| Pred::Compare {
            which,
            value: self.time(time).expect("a time has a date"),
            span,
        };
        let times = inside(pair).into_iter();
        let times = times.filter(|part| part.as_rule() == Rule::time);
        let mut any: Vec<Pred> = times.map(one).collect();
        match any.len() {
            1 => any.remove(0),
            _ => Pred::Or(any),
        }
    }

    /// `2 or 3 days`: a disjunction of numbers.
    fn any_number(&self, which: Measured, pair: Node<'_>, span: Span) -> Pred {
        let numbers = inside(pair).into_iter();
        let numbers = numbers.filter(|part| part.as_rule() == Rule::number);
        let equal = |number: Node<'_>| Pred::Compare {
            which,
            value: Value::Number(Cmp::Equal, self.amount(&number)),
            span,
        };
        Pred::Or(numbers.map(equal).collect())
    }

    /// `at least 15 credits`
    pub(super) fn measured(&self, parts: &[Node<'_>], span: Span) -> Pred {
        let attribute = find(parts, Rule::attribute).expect("the grammar demands an attribute");
        Pred::Compare {
            which: Measured::Named(self.token(attribute)),
            value: self.measure(parts[0].clone()),
            span,
        }
    }

    fn measure(&self, pair: Node<'_>) -> Value {
        let part = inside(pair).remove(0);
        match part.as_rule() {
            Rule::between_numbers => self.between(part),
            _ => {
                let (cmp, number) = self.quantity(part);
                Value::Number(cmp, number)
            }
        }
    }

    fn between(&self, pair: Node<'_>) -> Value {
        let parts = inside(pair);
        Value::Between(self.amount(&parts[0]), self.amount(&parts[1]))
    }

    /// An attribute, or a verb for one, with its value.
    pub(super) fn attribute_verb(&self, parts: &[Node<'_>], span: Span) -> Pred {
        let token = self.only(parts[0].clone());
        if let Some(comparison) = find(parts, Rule::comparison) {
            return self.comparison(comparison.clone());
        }
        if let Some(superlative) = find(parts, Rule::superlative) {
            return Pred::Superlative(self.token(superlative), false);
        }
        let mut preds = vec![match find(parts, Rule::value) {
            Some(value) => self.compared(Measured::Named(token), value.clone(), span),
            None => Pred::Has(token),
        }];
        let more = parts
            .iter()
            .skip(1)
            .filter(|part| super::clause::is_modifier(part.as_rule()));
        preds.extend(more.flat_map(|part| self.modifier(part.clone())));
        Pred::all(preds)
    }

    /// An attribute compared with a value.
    pub(super) fn compared(&self, which: Measured, pair: Node<'_>, span: Span) -> Pred {
        let parts = inside(pair.clone());
        let Some(first) = parts.first().cloned() else {
            return Pred::And(Vec::new());
        };
        let value = match first.as_rule() {
            Rule::between_numbers => self.between(first),
            Rule::times => return self.dated(which, first, span),
            Rule::number_choice => return self.any_number(which, first, span),
            Rule::quantity => {
                let (cmp, number) = self.quantity(first);
                let cmp = match (has(&parts, Rule::or_more), has(&parts, Rule::or_less)) {
                    (true, _) => Cmp::GreaterOrEqual,
                    (_, true) => Cmp::LessOrEqual,
                    _ => cmp,
                };
                Value::Number(cmp, number)
            }
            Rule::attribute => Value::Each(self.token(&first)),
            Rule::adjective => return Pred::Adjective(self.token(&first)),
            Rule::value => return self.compared(which, first, span),
            _ => Value::Text(self.token(&first)),
        };
        Pred::Compare { which, value, span }
    }

    /// `before October 2025`
    pub(super) fn time(&self, pair: Node<'_>) -> Option<Value> {
        let parts = inside(pair);
        let first = parts.first()?;
        match first.as_rule() {
            Rule::time => return self.time(first.clone()),
            Rule::between_dates => {
                let dates = inside(first.clone());
                return Some(Value::Dates(self.token(&dates[0]), self.token(&dates[1])));
            }
            _ => {}
        }
        let date = self.token(find(&parts, Rule::date)?);
        let sign = find(&parts, Rule::time_sign).map(|sign| inside(sign.clone()));
        let sign = sign.unwrap_or_default();
        let cmp = if has(&sign, Rule::before_time) {
            Cmp::Less
        } else if has(&sign, Rule::after_time) {
            Cmp::Greater
        } else if has(&sign, Rule::since_time) {
            Cmp::GreaterOrEqual
        } else if has(&sign, Rule::until_time) {
            Cmp::LessOrEqual
        } else {
            Cmp::Equal
        };
        Some(Value::Date(cmp, date))
    }

    /// `longer than 2 days`, `later than X`
    pub(super) fn comparison(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        let token = self.token(&parts[0]);
        let same = parts[0].as_rule() == Rule::attribute;
        let more = self.is_more(token);
        let cmp = match (same, more) {
            (true, _) => Cmp::Equal,
            (_, true) => Cmp::Greater,
            (_, false) => Cmp::Less,
        };
        let which = Measured::Named(token);
        if has(&parts, Rule::a_single) {
            let value = Value::Number(cmp, 1.0);
            return Pred::Compare { which, value, span };
        }
        if let Some(np) = find(&parts, Rule::flat_np) {
            let value = Value::Than(cmp, Box::new(self.np(np.clone())));
            return Pred::Compare { which, value, span };
        }
        let value = find(&parts, Rule::value).expect("the grammar demands a value");
        let mut pred = self.compared(which, value.clone(), span);
        if let Pred::Compare { value, .. } = &mut pred {
            match value {
                Value::Number(number, _) | Value::Date(number, _) => *number = cmp,
                Value::Text(token) => {
                    let np = Np::plain(Head::Name(*token), span);
                    *value = Value::Than(cmp, Box::new(np));
                }
                _ => {}
            }
        }
        pred
    }
}
