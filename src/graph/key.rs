//! Stored values in a form that can be hashed and put in order.
//!
//! Numbers of equal value have equal keys, whether whole or not, and values that `=` calls equal have equal keys. The
//! order of keys agrees with `<` wherever `<` knows an answer.

use std::cmp::Ordering;

use crate::value::{DateTime, Duration, LocalDateTime, Text, Time, Value};

/// The key of a value that a property can hold. Values of one class stand together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum IndexKey {
    Number(Number),
    String(Text),
    Boolean(bool),
    Date(i64),
    LocalTime(u64),
    LocalDateTime(LocalDateTime),
    /// Nanoseconds since midnight at offset 0; may be negative.
    Time(i64),
    /// Seconds since 1970-01-01T00:00Z, and nanoseconds.
    DateTime(i64, u64),
    Duration(i64, i64, i64, u32),
    List(Vec<IndexKey>),
}

/// A number: a float only where no whole number of 64 bits has its value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Whole(i64),
    Float(f64),
}

/// 2^63, above every whole number of 64 bits.
const BOUND: f64 = 9_223_372_036_854_775_808.0;

impl IndexKey {
    /// The key of a value; none of what no property holds and of what is equal to nothing, such as NaN.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Integer(value) => Self::Number(Number::Whole(*value)),
            Value::Float(value) if value.is_nan() => return None,
            Value::Float(value) => Self::Number(Number::of(*value)),
            Value::String(text) => Self::String(Text::clone(text)),
            Value::Boolean(value) => Self::Boolean(*value),
            Value::Date(date) => Self::Date(date.days),
            Value::LocalTime(time) => Self::LocalTime(time.nanos),
            Value::LocalDateTime(time) => Self::LocalDateTime(*time),
            Value::Time(time) => Self::of_time(*time),
            Value::DateTime(time) => Self::of_date_time(time),
            Value::Duration(duration) => Self::of_duration(duration),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect::<Option<_>>()?),
            Value::Null
            | Value::Map(_)
            | Value::Node(_)
            | Value::Relationship(_)
            | Value::Path(_) => return None,
        })
    }

    fn of_time(time: Time) -> Self {
        Self::Time(time.local.nanos as i64 - i64::from(time.offset) * 1_000_000_000)
    }

    fn of_date_time(time: &DateTime) -> Self {
        let clock = time.local.time.nanos;
        let seconds =
            time.local.date.days * 86_400 + (clock / 1_000_000_000) as i64 - i64::from(time.offset);
        Self::DateTime(seconds, clock % 1_000_000_000)
    }

    fn of_duration(duration: &Duration) -> Self {
        Self::Duration(
            duration.months,
            duration.days,
            duration.seconds,
            duration.nanos,
        )
    }

    /// Whether values of both keys may be compared with `<`.
    pub(crate) fn same_class(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether a range of keys is a range of values: `<` puts any two values of the class in order, as keys are.
    pub(crate) fn is_ordered(&self) -> bool {
        !matches!(self, Self::Duration(..) | Self::List(_))
    }
}

impl Number {
    fn of(value: f64) -> Self {
        if value.trunc() == value && (-BOUND..BOUND).contains(&value) {
            Self::Whole(value as i64)
        } else {
            Self::Float(value)
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (*self, *other) {
            (Self::Whole(a), Self::Whole(b)) => a.cmp(&b),
            (Self::Float(a), Self::Float(b)) => a.total_cmp(&b),
            (Self::Whole(a), Self::Float(b)) => whole_to_float(a, b),
            (Self::Float(a), Self::Whole(b)) => whole_to_float(b, a).reverse(),
        }
    }
}

/// Compares with a float that is not whole or beyond 64 bits, so that the two are never equal.
fn whole_to_float(whole: i64, float: f64) -> Ordering {
    if float >= BOUND || (float > -BOUND && whole <= float.floor() as i64) {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl std::hash::Hash for Number {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        match self {
            Self::Whole(value) => value.hash(state),
            Self::Float(value) => value.to_bits().hash(state),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_by_value() {
        let ascending = [
            Value::Float(f64::NEG_INFINITY),
            Value::Integer(i64::MIN),
            Value::Float(-2.5),
            Value::Integer(-2),
            Value::Float(-0.5),
            Value::Float(-0.0),
            Value::Float(0.5),
            Value::Integer(9_007_199_254_740_992),
            Value::Integer(9_007_199_254_740_993),
            Value::Integer(i64::MAX),
            Value::Float(BOUND),
            Value::Float(f64::INFINITY),
        ];
        let keys: Vec<_> = ascending.iter().map(IndexKey::of).collect();
        assert!(keys.is_sorted_by(|a, b| a < b));
        assert_eq!(
            IndexKey::of(&Value::Float(1.0)),
            IndexKey::of(&Value::Integer(1))
        );
        assert_eq!(IndexKey::of(&Value::Float(f64::NAN)), None);
        assert_eq!(IndexKey::of(&Value::from(vec![f64::NAN])), None);
    }
}
