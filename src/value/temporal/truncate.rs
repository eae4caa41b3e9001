//! Truncates an instant to a unit: the last instant, at or before it, at which such a unit begins.

use crate::{
    base::{Fault, did_you_mean},
    value::{
        Entries, Kind, Value,
        temporal::{
            Date, LocalTime, Zone,
            civil::{Civil, Quarter, Week},
            clock::MIDNIGHT,
            construct::{Shape, instant, reference},
            fields::{Fields, SECOND},
            invalid, mistyped,
            parts::Parts,
        },
    },
};

/// The unit of a truncation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// The first day of a period of this many years.
    Years(i64),
    WeekYear,
    Quarter,
    Month,
    Week,
    Day,
    /// A multiple of this many nanoseconds, which must divide a day.
    Nanos(u64),
}

const UNITS: [(&str, Unit); 14] = [
    ("millennium", Unit::Years(1_000)),
    ("century", Unit::Years(100)),
    ("decade", Unit::Years(10)),
    ("year", Unit::Years(1)),
    ("weekYear", Unit::WeekYear),
    ("quarter", Unit::Quarter),
    ("month", Unit::Month),
    ("week", Unit::Week),
    ("day", Unit::Day),
    ("hour", Unit::Nanos(3_600_000_000_000)),
    ("minute", Unit::Nanos(60_000_000_000)),
    ("second", Unit::Nanos(1_000_000_000)),
    ("millisecond", Unit::Nanos(1_000_000)),
    ("microsecond", Unit::Nanos(1_000)),
];

/// Truncates `value` to the named unit and returns an instant of type `shape`. The components in `fields` are set
/// afterwards; a time zone in `fields` replaces the zone and keeps the local time.
///
/// # Errors
/// A fault if there is no such unit, or `value` or `shape` has no component of that size.
pub fn truncate(
    shape: Shape,
    unit: &str,
    value: &Value,
    fields: Option<&Entries>,
    now: (i64, u32),
) -> Result<Value, Fault> {
    let found = UNITS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(unit));
    let (name, unit) = *found.ok_or_else(|| no_unit(unit))?;
    let cut = cut(name, unit, shape, value)?;
    let Some(map) = fields else {
        return cut.build(shape);
    };
    let Some(mut fields) = Fields::read(map, shape)? else {
        return Ok(Value::Null);
    };
    let zone = fields.zone.take();
    let selected = fields.base();
    let kept = match unit {
        Unit::Nanos(nanos) => i64::try_from(nanos).unwrap_or(SECOND).min(SECOND),
        _ => SECOND,
    };
    let parts = Parts {
        date: fields.date(selected.date.or(cut.date))?,
        time: fields.time(selected.time.or(cut.time), kept)?,
        ..cut
    };
    match zone {
        None => parts.build(shape),
        Some(zone) => replaced(shape, parts, zone, instant(now))?.build(shape),
    }
}

fn no_unit(name: &str) -> Fault {
    let fault = invalid(format!("there is no unit `{name}` to truncate to"));
    match did_you_mean(name, UNITS.iter().map(|(known, _)| *known)) {
        Some(help) => fault.help(help),
        None => fault,
    }
}

/// The truncated parts. The time is midnight if the unit is a day or longer.
fn cut(name: &str, unit: Unit, shape: Shape, value: &Value) -> Result<Parts, Fault> {
    let kind = value.kind();
    let parts = Parts::of(value).ok_or_else(|| {
        mistyped(format!(
            "expected a temporal value to truncate, found {kind}"
        ))
    })?;
    let timed = matches!(unit, Unit::Nanos(_));
    let (fits_shape, fits_value) = match unit {
        Unit::Nanos(_) => (shape.has_time(), parts.time.is_some()),
        Unit::Day => (true, parts.date.is_some() || !shape.has_date()),
        _ => (shape.has_date(), parts.date.is_some()),
    };
    if !fits_shape || !fits_value {
        let kind = if fits_shape { kind } else { Kind::from(shape) };
        return Err(invalid(format!(
            "a {kind} cannot be truncated to a `{name}`"
        )));
    }
    Ok(Parts {
        date: parts.date.map(|date| first_day(unit, date)).transpose()?,
        time: Some(match parts.time {
            Some(time) if timed => cut_time(unit, time),
            _ => MIDNIGHT,
        }),
        ..parts
    })
}

/// The first day of the unit that contains `date`.
fn first_day(unit: Unit, date: Date) -> Result<Date, Fault> {
    let Civil { year, month, .. } = date.civil();
    match unit {
        Unit::Years(years) => Date::new(year.div_euclid(years) * years, 1, 1),
        Unit::Month => Date::new(year, month, 1),
        Unit::Quarter => Date::from_quarter(Quarter {
            day: 1,
            ..date.quarter()
        }),
        Unit::Week => Date::from_week(Week {
            day: 1,
            ..date.week()
        }),
        Unit::WeekYear => Date::from_week(Week {
            week: 1,
            day: 1,
            ..date.week()
        }),
        Unit::Day | Unit::Nanos(_) => Ok(date),
    }
}

fn cut_time(unit: Unit, time: LocalTime) -> LocalTime {
    match unit {
        Unit::Nanos(unit) => LocalTime {
            nanos: time.nanos - time.nanos % unit,
        },
        _ => MIDNIGHT,
    }
}

/// Sets the zone, keeps the local time. A time gets the offset of a named zone on its date, else at `now`.
fn replaced(shape: Shape, parts: Parts, zone: Zone, now: i128) -> Result<Parts, Fault> {
    if !matches!(shape, Shape::Time | Shape::DateTime) {
        let kind = Kind::from(shape);
        return Err(invalid(format!("a {kind} has no component `timezone`")));
    }
    if shape == Shape::DateTime {
        return Ok(parts.in_zone(zone));
    }
    let there = parts.clone().in_zone(zone.clone());
    let offset = zone.offset_at(reference(&there, &zone)?.unwrap_or(now))?;
    Ok(parts.in_zone(Zone::Fixed(offset)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shape: Shape, unit: &str, text: &str, expected: &str) {
        let value = Value::DateTime(std::sync::Arc::new(text.parse().unwrap()));
        let result = truncate(shape, unit, &value, None, (0, 0));
        let shown = match result {
            Ok(Value::Date(date)) => date.to_string(),
            Ok(Value::DateTime(datetime)) => datetime.to_string(),
            Ok(Value::LocalTime(time)) => time.to_string(),
            Ok(other) => format!("{other:?}"),
            Err(fault) => fault.to_string(),
        };
        assert_eq!(shown, expected, "{unit} {text}");
    }

    #[test]
    fn dates_begin_where_their_unit_begins() {
        let date = "2024-11-17T12:31:14.645876123Z";
        check(Shape::Date, "millennium", date, "2000-01-01");
        check(Shape::Date, "century", date, "2000-01-01");
        check(Shape::Date, "decade", date, "2020-01-01");
        check(Shape::Date, "year", date, "2024-01-01");
        check(Shape::Date, "quarter", date, "2024-10-01");
        check(Shape::Date, "month", date, "2024-11-01");
        check(Shape::Date, "week", date, "2024-11-11");
        check(Shape::Date, "weekYear", "2021-01-03", "2019-12-30");
        check(Shape::Date, "century", "-0001-05-05", "-0100-01-01");
    }

    #[test]
    fn times_keep_what_is_at_least_the_unit() {
        let date = "2024-11-17T12:31:14.645876123+01:00";
        check(Shape::LocalTime, "day", date, "00:00");
        check(Shape::LocalTime, "minute", date, "12:31");
        check(Shape::LocalTime, "millisecond", date, "12:31:14.645");
        check(Shape::LocalTime, "microsecond", date, "12:31:14.645876");
        check(Shape::DateTime, "hour", date, "2024-11-17T12:00+01:00");
    }

    #[test]
    fn the_offset_of_a_repeated_hour_stays() {
        let text = "2024-10-27T02:30+01:00[Europe/Berlin]";
        let expected = "2024-10-27T02:00+01:00[Europe/Berlin]";
        check(Shape::DateTime, "hour", text, expected);
    }

    #[test]
    fn units_that_do_not_fit_are_refused() {
        check(
            Shape::Date,
            "hour",
            "2024",
            "a DATE cannot be truncated to a `hour`",
        );
        check(
            Shape::LocalTime,
            "month",
            "2024",
            "a LOCAL TIME cannot be truncated to a `month`",
        );
        check(
            Shape::Date,
            "fortnight",
            "2024",
            "there is no unit `fortnight` to truncate to",
        );
    }
}
