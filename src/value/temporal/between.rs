//! The duration between two instants of any types.
//!
//! An instant without a date takes the date of the other; the same holds for the zone. A missing time is midnight. Both
//! instants are then converted to the zone of the first, or to that of the second if the first has none.

use std::{cmp::Ordering, sync::Arc};

use crate::{
    base::Fault,
    value::{
        Value,
        temporal::{
            Date, DateTime, LocalDateTime, NANOS_PER_DAY, Zone, amount::from_parts,
            clock::MIDNIGHT, mistyped, parts::Parts,
        },
    },
};

/// `duration.between(a, b)`: whole months, then whole days, then seconds; only seconds if an instant has no date.
///
/// # Errors
/// A fault if an argument is not an instant.
pub fn between(a: &Value, b: &Value) -> Result<Value, Fault> {
    let pair = Pair::of(a, b)?;
    if !pair.dated {
        return duration(0, 0, pair.nanos());
    }
    let months = pair.months();
    let rest = pair.later(pair.from.plus_months(months)?);
    let days = rest.days();
    let rest = rest.later(rest.from.plus_days(days)?);
    duration(months, days, rest.nanos())
}

/// `duration.inMonths(a, b)`: whole months; 0 if an instant has no date.
///
/// # Errors
/// A fault if an argument is not an instant.
pub fn in_months(a: &Value, b: &Value) -> Result<Value, Fault> {
    let pair = Pair::of(a, b)?;
    duration(if pair.dated { pair.months() } else { 0 }, 0, 0)
}

/// `duration.inDays(a, b)`: whole days; 0 if an instant has no date.
///
/// # Errors
/// A fault if an argument is not an instant.
pub fn in_days(a: &Value, b: &Value) -> Result<Value, Fault> {
    let pair = Pair::of(a, b)?;
    duration(0, if pair.dated { pair.days() } else { 0 }, 0)
}

/// `duration.inSeconds(a, b)`: seconds with their fraction.
///
/// # Errors
/// A fault if an argument is not an instant.
pub fn in_seconds(a: &Value, b: &Value) -> Result<Value, Fault> {
    duration(0, 0, Pair::of(a, b)?.nanos())
}

fn duration(months: i64, days: i64, nanos: i128) -> Result<Value, Fault> {
    let duration = from_parts(months.into(), days.into(), nanos)?;
    Ok(Value::Duration(Arc::new(duration)))
}

/// Two instants in the same zone.
struct Pair {
    from: DateTime,
    to: DateTime,
    /// True if both have a date of their own.
    dated: bool,
}

impl Pair {
    fn of(a: &Value, b: &Value) -> Result<Self, Fault> {
        let (a, b) = (parts(a)?, parts(b)?);
        let from = complete(&a, &b)?;
        let mut to = complete(&b, &a)?;
        let zone = from.zone();
        if to.zone() != zone {
            to = zone.at(to.instant())?;
        }
        let dated = a.date.is_some() && b.date.is_some();
        Ok(Self { from, to, dated })
    }

    /// The pair with a later start.
    fn later(&self, from: DateTime) -> Self {
        Self {
            from,
            to: self.to.clone(),
            dated: self.dated,
        }
    }

    /// Whole months from one local time to the other, truncated toward zero.
    fn months(&self) -> i64 {
        let (from, to) = (self.from.local, self.to.local);
        // The last day counts only if its time of day is reached.
        let unfinished = match to.date.cmp(&from.date) {
            Ordering::Greater if to.time < from.time => -1,
            Ordering::Less if to.time > from.time => 1,
            _ => 0,
        };
        let last = Date {
            days: to.date.days + unfinished,
        };
        let (a, b) = (from.date.civil(), last.civil());
        let months = 12 * (b.year - a.year) + b.month - a.month;
        match months {
            1.. if b.day < a.day => months - 1,
            ..=-1 if b.day > a.day => months + 1,
            _ => months,
        }
    }

    /// Whole days from one local time to the other, truncated toward zero.
    fn days(&self) -> i64 {
        let days = (self.to.local.nanos() - self.from.local.nanos()) / NANOS_PER_DAY;
        i64::try_from(days).expect("dates lie within the range of years, so days between them fit")
    }

    fn nanos(&self) -> i128 {
        self.to.instant() - self.from.instant()
    }
}

fn parts(value: &Value) -> Result<Parts, Fault> {
    Parts::of(value).ok_or_else(|| {
        let kind = value.kind();
        mistyped(format!(
            "expected a date or time to measure from or to, found {kind}"
        ))
    })
}

/// The instant, with its missing parts taken from `other`.
fn complete(parts: &Parts, other: &Parts) -> Result<DateTime, Fault> {
    let local = LocalDateTime {
        date: parts.date.or(other.date).unwrap_or(Date { days: 0 }),
        time: parts.time.unwrap_or(MIDNIGHT),
    };
    let zone = parts.zone.as_ref().or(other.zone.as_ref());
    zone.unwrap_or(&Zone::UTC).resolve(local, parts.offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        if let Ok(date) = text.parse() {
            Value::Date(date)
        } else if let Ok(local) = text.parse() {
            Value::LocalDateTime(local)
        } else if let Ok(datetime) = text.parse() {
            Value::DateTime(Arc::new(datetime))
        } else if let Ok(time) = text.parse() {
            Value::LocalTime(time)
        } else {
            Value::Time(text.parse().unwrap())
        }
    }

    fn check(a: &str, b: &str, expected: [&str; 4]) {
        let measures = [between, in_months, in_days, in_seconds];
        for (measure, expected) in measures.into_iter().zip(expected) {
            let Ok(Value::Duration(found)) = measure(&value(a), &value(b)) else {
                panic!("no duration between {a} and {b}");
            };
            assert_eq!(found.to_string(), expected, "{a} {b}");
        }
    }

    #[test]
    fn dates_differ_in_months_and_days() {
        check(
            "2024-01-31",
            "2024-02-29",
            ["P29D", "PT0S", "P29D", "PT696H"],
        );
        check(
            "2024-01-30",
            "2025-03-01",
            ["P1Y1M1D", "P1Y1M", "P396D", "PT9504H"],
        );
        check(
            "2025-03-01",
            "2024-01-30",
            ["P-1Y-1M-2D", "P-1Y-1M", "P-396D", "PT-9504H"],
        );
    }

    #[test]
    fn an_instant_without_a_date_takes_that_of_the_other() {
        check(
            "2024-01-31",
            "01:30:00",
            ["PT1H30M", "PT0S", "PT0S", "PT1H30M"],
        );
        check(
            "01:30:00",
            "2024-01-31T01:00",
            ["PT-30M", "PT0S", "PT0S", "PT-30M"],
        );
        check(
            "01:30:00+01:00",
            "01:30:00",
            ["PT0S", "PT0S", "PT0S", "PT0S"],
        );
        check(
            "01:30:00+01:00",
            "01:30:00Z",
            ["PT1H", "PT0S", "PT0S", "PT1H"],
        );
    }

    #[test]
    fn days_are_those_of_the_clock_and_seconds_those_of_the_instant() {
        check(
            "2024-03-30T12:00[Europe/Berlin]",
            "2024-03-31T13:00",
            ["P1DT1H", "PT0S", "P1D", "PT24H"],
        );
        check(
            "2024-10-27T00:00",
            "2024-10-27T06:00[Europe/Berlin]",
            ["PT7H", "PT0S", "PT0S", "PT7H"],
        );
    }

    #[test]
    fn the_sign_holds_for_every_part() {
        check(
            "2023-03-31T10:00",
            "2023-02-28T12:00",
            ["P-30DT-22H", "PT0S", "P-30D", "PT-742H"],
        );
        check(
            "2024-01-02T10:00",
            "2024-01-01T12:00:00.5",
            ["PT-21H-59M-59.5S", "PT0S", "PT0S", "PT-21H-59M-59.5S"],
        );
    }
}
