//! Sums, differences and multiples with durations.
//!
//! Months are added first, then days, then seconds. A part below the resolution of a type is ignored, and so are months
//! and days for a time of day; a date counts the whole days in the seconds. In a named zone, months and days move the
//! local time, and seconds move the instant.

use std::sync::Arc;

use crate::{
    base::Fault,
    value::{
        Duration, Value,
        temporal::{
            Date, DateTime, LocalDateTime, LocalTime, NANOS_PER_DAY, NANOS_PER_SECOND, Time,
            amount::{Factor, Sum, from_parts},
            civil::outside,
            mistyped,
        },
    },
};

/// `a + b` of a duration and any temporal value, in either order; `None` for other operands.
#[must_use]
pub fn plus(a: &Value, b: &Value) -> Option<Result<Value, Fault>> {
    match (a, b) {
        (Value::Duration(a), Value::Duration(b)) => Some(sum(a, b, 1)),
        (instant, Value::Duration(duration)) | (Value::Duration(duration), instant) => {
            shifted(instant, &Shift::of(duration, 1))
        }
        _ => None,
    }
}

/// `a - b` of a temporal value and a duration. Two instants are a fault; other operands give `None`.
#[must_use]
pub fn minus(a: &Value, b: &Value) -> Option<Result<Value, Fault>> {
    match (a, b) {
        (Value::Duration(a), Value::Duration(b)) => Some(sum(a, b, -1)),
        (instant, Value::Duration(duration)) => shifted(instant, &Shift::of(duration, -1)),
        (a, b) if is_instant(a) && is_instant(b) => {
            let (a, b) = (a.kind(), b.kind());
            let message = format!("cannot subtract a {b} from a {a}");
            let help = "use `duration.between(from, to)` for the time between two instants";
            Some(Err(mistyped(message).help(help)))
        }
        _ => None,
    }
}

/// `a * b` of a duration and a number, in either order; `None` for other operands.
#[must_use]
pub fn times(a: &Value, b: &Value) -> Option<Result<Value, Fault>> {
    match (a, b) {
        (Value::Duration(duration), number) | (number, Value::Duration(duration)) => {
            Some(factor(number)?.and_then(|factor| multiple(duration, factor)))
        }
        _ => None,
    }
}

/// `a / b` of a duration and a number; `None` for other operands.
#[must_use]
pub fn divide(a: &Value, b: &Value) -> Option<Result<Value, Fault>> {
    match a {
        Value::Duration(duration) => {
            let factor = factor(b)?.and_then(Factor::inverse);
            Some(factor.and_then(|factor| multiple(duration, factor)))
        }
        _ => None,
    }
}

fn factor(number: &Value) -> Option<Result<Factor, Fault>> {
    match number {
        Value::Integer(number) => Some(Ok(Factor::integer(*number))),
        Value::Float(number) => Some(Factor::float(*number)),
        _ => None,
    }
}

fn multiple(duration: &Duration, factor: Factor) -> Result<Value, Fault> {
    let product = Sum::multiple(duration, factor)?.finish()?;
    Ok(Value::Duration(Arc::new(product)))
}

fn sum(a: &Duration, b: &Duration, sign: i128) -> Result<Value, Fault> {
    let (a, b) = (Shift::of(a, 1), Shift::of(b, sign));
    let sum = from_parts(a.months + b.months, a.days + b.days, a.nanos + b.nanos)?;
    Ok(Value::Duration(Arc::new(sum)))
}

fn is_instant(value: &Value) -> bool {
    shifted(value, &Shift::of(&Duration::default(), 1)).is_some()
}

fn shifted(instant: &Value, shift: &Shift) -> Option<Result<Value, Fault>> {
    match instant {
        Value::Date(date) => Some(shift.date(*date).map(Value::Date)),
        Value::LocalTime(time) => Some(Ok(Value::LocalTime(shift.local_time(*time)))),
        Value::Time(time) => Some(Ok(Value::Time(Time {
            local: shift.local_time(time.local),
            offset: time.offset,
        }))),
        Value::LocalDateTime(local) => Some(shift.local_datetime(*local).map(Value::LocalDateTime)),
        Value::DateTime(datetime) => {
            let moved = shift.datetime(datetime);
            Some(moved.map(|moved| Value::DateTime(Arc::new(moved))))
        }
        _ => None,
    }
}

/// A duration or its negation, in integers so wide that the sum of two does not overflow.
struct Shift {
    months: i128,
    days: i128,
    nanos: i128,
}

impl Shift {
    fn of(duration: &Duration, sign: i128) -> Self {
        let nanos = i128::from(duration.seconds) * NANOS_PER_SECOND + i128::from(duration.nanos);
        Self {
            months: sign * i128::from(duration.months),
            days: sign * i128::from(duration.days),
            nanos: sign * nanos,
        }
    }

    fn months(&self, date: Date) -> Result<Date, Fault> {
        date.plus_months(i64::try_from(self.months).map_err(|_| outside())?)
    }

    fn date(&self, date: Date) -> Result<Date, Fault> {
        let days = i64::try_from(self.days + self.nanos / NANOS_PER_DAY).map_err(|_| outside())?;
        self.months(date)?.plus_days(days)
    }

    fn local_time(&self, time: LocalTime) -> LocalTime {
        LocalTime::wrapped(i128::from(time.nanos) + self.nanos)
    }

    fn local_datetime(&self, local: LocalDateTime) -> Result<LocalDateTime, Fault> {
        let date = self.months(local.date)?;
        let start = LocalDateTime { date, ..local }.nanos();
        LocalDateTime::from_nanos(start + self.days * NANOS_PER_DAY + self.nanos)
    }

    fn datetime(&self, datetime: &DateTime) -> Result<DateTime, Fault> {
        let days = Self { nanos: 0, ..*self };
        let zone = datetime.zone();
        let moved = zone.resolve(days.local_datetime(datetime.local)?, Some(datetime.offset))?;
        zone.at(moved.instant() + self.nanos)
    }
}

impl DateTime {
    /// The same local time, `months` later.
    pub(crate) fn plus_months(&self, months: i64) -> Result<Self, Fault> {
        let shift = Duration {
            months,
            ..Duration::default()
        };
        Shift::of(&shift, 1).datetime(self)
    }

    /// The same local time, `days` later.
    pub(crate) fn plus_days(&self, days: i64) -> Result<Self, Fault> {
        let shift = Duration {
            days,
            ..Duration::default()
        };
        Shift::of(&shift, 1).datetime(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duration(text: &str) -> Value {
        Value::Duration(Arc::new(text.parse().unwrap()))
    }

    fn shown(result: Option<Result<Value, Fault>>) -> String {
        match result {
            None => "nothing".to_owned(),
            Some(Err(fault)) => fault.to_string(),
            Some(Ok(Value::Date(value))) => value.to_string(),
            Some(Ok(Value::LocalTime(value))) => value.to_string(),
            Some(Ok(Value::Time(value))) => value.to_string(),
            Some(Ok(Value::LocalDateTime(value))) => value.to_string(),
            Some(Ok(Value::DateTime(value))) => value.to_string(),
            Some(Ok(Value::Duration(value))) => value.to_string(),
            Some(Ok(other)) => format!("{other:?}"),
        }
    }

    fn check(instant: &Value, amount: &str, sum: &str, difference: &str) {
        assert_eq!(shown(plus(instant, &duration(amount))), sum);
        assert_eq!(shown(plus(&duration(amount), instant)), sum);
        assert_eq!(shown(minus(instant, &duration(amount))), difference);
    }

    #[test]
    fn dates_count_months_then_days_then_whole_days_of_seconds() {
        let date = Value::Date("2024-01-31".parse().unwrap());
        check(&date, "P1M", "2024-02-29", "2023-12-31");
        check(&date, "P1M1D", "2024-03-01", "2023-12-30");
        check(&date, "PT36H", "2024-02-01", "2024-01-30");
        check(&date, "PT23H", "2024-01-31", "2024-01-31");
        let outside = "the result is outside the years -999999999 to 999999999";
        check(&date, "P9223372036854775807D", outside, outside);
    }

    #[test]
    fn times_turn_over_at_midnight() {
        let time = Value::LocalTime("23:30".parse().unwrap());
        check(&time, "P1Y2DT1H", "00:30", "22:30");
        let time = Value::Time("00:30+02:00".parse().unwrap());
        check(&time, "PT0.5S", "00:30:00.5+02:00", "00:29:59.5+02:00");
    }

    #[test]
    fn days_move_the_clock_and_hours_the_instant() {
        let text = "2024-03-30T12:00[Europe/Berlin]";
        let datetime = Value::DateTime(Arc::new(text.parse().unwrap()));
        check(
            &datetime,
            "P1D",
            "2024-03-31T12:00+02:00[Europe/Berlin]",
            "2024-03-29T12:00+01:00[Europe/Berlin]",
        );
        check(
            &datetime,
            "PT24H",
            "2024-03-31T13:00+02:00[Europe/Berlin]",
            "2024-03-29T12:00+01:00[Europe/Berlin]",
        );
    }

    #[test]
    fn durations_add_part_by_part() {
        check(&duration("P2DT7H"), "P1MT18H", "P1M2DT25H", "P-1M2DT-11H");
        let most = duration("P9223372036854775807D");
        let fault = "a component of the duration exceeds 64 bits";
        assert_eq!(shown(plus(&most, &duration("P1D"))), fault);
    }

    #[test]
    fn fractions_of_multiples_flow_into_smaller_parts() {
        let check = |text: &str, number: Value, product: &str, quotient: &str| {
            assert_eq!(shown(times(&duration(text), &number)), product);
            assert_eq!(shown(times(&number, &duration(text))), product);
            assert_eq!(shown(divide(&duration(text), &number)), quotient);
        };
        check("PT5H21M", 14.into(), "PT74H54M", "PT22M55.714285714S");
        check("P1M", 0.5.into(), "P15DT5H14M33S", "P2M");
        check("P3D", 2.into(), "P6D", "P1DT12H");
        check("P1DT1S", (-1).into(), "P-1DT-1S", "P-1DT-1S");
        check(
            "P1Y",
            1e-300.into(),
            "PT0S",
            "a component of the duration exceeds 64 bits",
        );
        check(
            "P1Y",
            0.into(),
            "PT0S",
            "a duration cannot be divided by zero",
        );
        check(
            "P1Y",
            0.0.into(),
            "PT0S",
            "a duration cannot be divided by zero",
        );
        let fault = "a component of the duration exceeds 64 bits";
        check("P1D", f64::NAN.into(), fault, fault);
    }

    #[test]
    fn two_instants_are_not_subtracted() {
        let date = Value::Date("2024-01-31".parse().unwrap());
        assert_eq!(
            shown(minus(&date, &date)),
            "cannot subtract a DATE from a DATE"
        );
        assert_eq!(shown(plus(&date, &date)), "nothing");
        assert_eq!(shown(plus(&duration("P1D"), &1.into())), "nothing");
    }
}
