//! Constructs instants from maps, strings, other instants, the clock, and seconds since 1970.

use std::sync::Arc;

use crate::{
    base::Fault,
    value::{
        Date, Entries, Kind, Value,
        temporal::{
            NANOS_PER_SECOND, Time, Zone,
            civil::within,
            clock::MIDNIGHT,
            fields::{self, Field, Fields, SECOND},
            invalid, mistyped,
            parts::Parts,
        },
    },
};

/// The types of instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Shape {
    Date,
    LocalTime,
    Time,
    LocalDateTime,
    DateTime,
}

impl Shape {
    pub(crate) fn has_date(self) -> bool {
        matches!(self, Self::Date | Self::LocalDateTime | Self::DateTime)
    }

    pub(crate) fn has_time(self) -> bool {
        self != Self::Date
    }

    fn has_zone(self) -> bool {
        matches!(self, Self::Time | Self::DateTime)
    }
}

impl From<Shape> for Kind {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Date => Self::Date,
            Shape::LocalTime => Self::LocalTime,
            Shape::Time => Self::Time,
            Shape::LocalDateTime => Self::LocalDateTime,
            Shape::DateTime => Self::DateTime,
        }
    }
}

/// Seconds and nanoseconds since 1970 as nanoseconds since 1970.
pub(crate) fn instant((seconds, nanos): (i64, u32)) -> i128 {
    i128::from(seconds) * NANOS_PER_SECOND + i128::from(nanos)
}

/// The instant of type `shape` for a string, a map or another instant; null for null or a map that contains null.
///
/// `now` is in seconds and nanoseconds since 1970-01-01T00:00Z. It is used if the map contains only a time zone, and
/// for the offset of a time without a date in a named zone.
///
/// # Errors
/// A fault if there is no such instant, or the argument has another type.
pub fn construct(shape: Shape, argument: &Value, now: (i64, u32)) -> Result<Value, Fault> {
    match argument {
        Value::Null => Ok(Value::Null),
        Value::String(text) => parse(shape, text),
        Value::Map(map) => from_map(shape, map, instant(now)),
        other => match Parts::of(other) {
            Some(parts) => parts.build(shape),
            None => Err(mistyped(format!(
                "expected a STRING, a MAP or a temporal value with a {} for a {}, found {}",
                if shape.has_date() { "date" } else { "time" },
                Kind::from(shape),
                other.kind()
            ))),
        },
    }
}

/// The instant `now` as type `shape`, in the zone `usual`, in the named zone, or in the zone of a map `{timezone: …}`.
///
/// # Errors
/// A fault if there is no such zone, or the map has other keys.
pub fn current(
    shape: Shape,
    zone: Option<&Value>,
    usual: &Zone,
    now: (i64, u32),
) -> Result<Value, Fault> {
    let zone = match zone {
        None => usual.clone(),
        Some(Value::Null) => return Ok(Value::Null),
        Some(Value::Map(map)) => match map.first() {
            Some((name, zone)) if map.len() == 1 && &**name == "timezone" => {
                return current(shape, Some(zone), usual, now);
            }
            _ => return Err(invalid("expected a map with only a `timezone`")),
        },
        Some(name) => fields::zone(name)?,
    };
    at(shape, &zone, instant(now))
}

fn at(shape: Shape, zone: &Zone, instant: i128) -> Result<Value, Fault> {
    let datetime = Value::DateTime(Arc::new(zone.at(instant)?));
    if shape == Shape::DateTime {
        return Ok(datetime);
    }
    Parts::of(&datetime).unwrap_or_default().build(shape)
}

/// The datetime in UTC that is `seconds` and `nanos` after 1970-01-01T00:00Z.
///
/// # Errors
/// A fault if it is outside the range of years.
pub fn from_epoch(seconds: i64, nanos: i64) -> Result<Value, Fault> {
    let instant = i128::from(seconds) * NANOS_PER_SECOND + i128::from(nanos);
    at(Shape::DateTime, &Zone::UTC, instant)
}

/// The datetime in UTC that is `millis` milliseconds after 1970-01-01T00:00Z.
///
/// # Errors
/// A fault if it is outside the range of years.
pub fn from_epoch_millis(millis: i64) -> Result<Value, Fault> {
    at(Shape::DateTime, &Zone::UTC, i128::from(millis) * 1_000_000)
}

fn parse(shape: Shape, text: &str) -> Result<Value, Fault> {
    Ok(match shape {
        Shape::Date => Value::Date(text.parse()?),
        Shape::LocalTime => Value::LocalTime(text.parse()?),
        Shape::Time => Value::Time(text.parse()?),
        Shape::LocalDateTime => Value::LocalDateTime(text.parse()?),
        Shape::DateTime => Value::DateTime(Arc::new(text.parse()?)),
    })
}

fn from_map(shape: Shape, map: &Entries, now: i128) -> Result<Value, Fault> {
    let Some(mut fields) = Fields::read(map, shape)? else {
        return Ok(Value::Null);
    };
    let zone = fields.zone.take();
    if fields.is_empty() {
        return match zone {
            Some(zone) => at(shape, &zone, now),
            None => Err(invalid(
                "expected a map with at least one component, found none",
            )),
        };
    }
    if let Some(instant) = epoch(&fields, map)? {
        return at(shape, &zone.unwrap_or(Zone::UTC), instant);
    }
    let base = fields.base();
    let parts = Parts {
        date: dated(shape, &fields, &base)?,
        time: fields.time(base.time, SECOND)?,
        ..base
    };
    match zone {
        None => parts.build(shape),
        Some(zone) if shape.has_zone() => moved(shape, parts, zone, now),
        Some(_) => {
            let kind = Kind::from(shape);
            Err(invalid(format!("a {kind} has no component `timezone`"))
                .help("give only the `timezone` for the current time in that zone"))
        }
    }
}

fn dated(shape: Shape, fields: &Fields, base: &Parts) -> Result<Option<Date>, Fault> {
    if !shape.has_date() {
        return Ok(base.date);
    }
    if shape.has_time() {
        fields.check_complete()?;
    }
    let date = fields.date(base.date)?;
    date.map(Some)
        .ok_or_else(|| invalid("expected the component `year`, found none"))
}

/// The instant in nanoseconds from `epochSeconds` or `epochMillis`, plus `nanosecond`; `None` if neither is given.
fn epoch(fields: &Fields, map: &Entries) -> Result<Option<i128>, Fault> {
    let (seconds, millis) = (
        fields.get(Field::EpochSeconds),
        fields.get(Field::EpochMillis),
    );
    let (count, unit) = match (seconds, millis) {
        (None, None) => return Ok(None),
        (Some(seconds), None) => (seconds, 1_000_000_000),
        (None, Some(millis)) => (millis, 1_000_000),
        (Some(_), Some(_)) => {
            let message = "`epochSeconds` and `epochMillis` cannot be given together";
            return Err(invalid(message));
        }
    };
    let others = ["epochSeconds", "epochMillis", "nanosecond", "timezone"];
    if let Some(name) = map.keys().find(|name| !others.contains(&&***name)) {
        let message = format!("`{name}` cannot be given with an epoch");
        return Err(invalid(message));
    }
    let nanos = fields.get(Field::Nanosecond).unwrap_or(0);
    within("nanosecond", nanos, 0..=unit - 1)?;
    Ok(Some(
        i128::from(count) * i128::from(unit) + i128::from(nanos),
    ))
}

/// Sets the zone: keeps the instant if the parts have a zone, and otherwise the local time.
fn moved(shape: Shape, parts: Parts, zone: Zone, now: i128) -> Result<Value, Fault> {
    if shape == Shape::Time {
        let offset = zone.offset_at(reference(&parts, &zone)?.unwrap_or(now))?;
        let Some(before) = parts.offset else {
            return parts.in_zone(Zone::Fixed(offset)).build(shape);
        };
        let local = parts.time.unwrap_or(MIDNIGHT);
        let time = Time {
            local,
            offset: before,
        };
        return Ok(Value::Time(time.with_offset(offset)));
    }
    match (&parts.zone, parts.local()) {
        (Some(before), Some(local)) => {
            let instant = before.resolve(local, parts.offset)?.instant();
            at(shape, &zone, instant)
        }
        _ => parts.in_zone(zone).build(shape),
    }
}

/// The instant that determines the offset of the zone; `None` without a date.
pub(crate) fn reference(parts: &Parts, zone: &Zone) -> Result<Option<i128>, Fault> {
    let Some(local) = parts.local() else {
        return Ok(None);
    };
    let zone = parts.zone.as_ref().unwrap_or(zone);
    Ok(Some(zone.resolve(local, parts.offset)?.instant()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map value. A string that starts with `@` is an instant, of the first type that parses it.
    fn map(entries: &[(&str, &str)]) -> Value {
        let entry = |(name, text): &(&str, &str)| ((*name).into(), value(text));
        Value::map(entries.iter().map(entry).collect())
    }

    fn value(text: &str) -> Value {
        if let Some(text) = text.strip_prefix('@') {
            let shapes = [
                Shape::Date,
                Shape::LocalTime,
                Shape::LocalDateTime,
                Shape::Time,
                Shape::DateTime,
            ];
            return shapes
                .into_iter()
                .find_map(|shape| parse(shape, text).ok())
                .unwrap();
        }
        let number = text.parse::<i64>().map(Value::Integer);
        let number = number.or_else(|_| text.parse::<f64>().map(Value::Float));
        number.unwrap_or_else(|_| text.into())
    }

    fn shown(result: Result<Value, Fault>) -> String {
        match result {
            Ok(Value::Date(value)) => value.to_string(),
            Ok(Value::LocalTime(value)) => value.to_string(),
            Ok(Value::Time(value)) => value.to_string(),
            Ok(Value::LocalDateTime(value)) => value.to_string(),
            Ok(Value::DateTime(value)) => value.to_string(),
            Ok(other) => format!("{other:?}"),
            Err(fault) => fault.message,
        }
    }

    fn check(shape: Shape, entries: &[(&str, &str)], expected: &str) {
        // 2024-07-01T12:00Z
        let found = construct(shape, &map(entries), (1_719_835_200, 0));
        assert_eq!(shown(found), expected, "{shape:?} {entries:?}");
    }

    #[test]
    fn dates_are_given_in_four_ways() {
        let check = |entries: &[_], expected| check(Shape::Date, entries, expected);
        check(&[("year", "2024")], "2024-01-01");
        check(
            &[("year", "2024"), ("month", "2"), ("day", "29")],
            "2024-02-29",
        );
        check(
            &[("year", "2024"), ("week", "9"), ("dayOfWeek", "4")],
            "2024-02-29",
        );
        check(&[("year", "2024"), ("week", "9")], "2024-02-26");
        check(
            &[("year", "2024"), ("quarter", "1"), ("dayOfQuarter", "60")],
            "2024-02-29",
        );
        check(&[("year", "2024"), ("ordinalDay", "60")], "2024-02-29");
    }

    #[test]
    fn greater_components_may_not_be_missing() {
        let check = |shape, entries: &[_], expected| check(shape, entries, expected);
        check(
            Shape::Date,
            &[("month", "2")],
            "expected the component `year` together with `month`, found none",
        );
        check(
            Shape::Date,
            &[("year", "2024"), ("day", "2")],
            "expected the component `month` together with `day`, found none",
        );
        check(
            Shape::Date,
            &[("year", "2024"), ("dayOfWeek", "2")],
            "expected the component `week` together with `dayOfWeek`, found none",
        );
        check(
            Shape::LocalTime,
            &[("minute", "2")],
            "expected the component `hour` together with `minute`, found none",
        );
        check(
            Shape::LocalTime,
            &[("hour", "2"), ("millisecond", "2")],
            "expected the component `second` together with `millisecond`, found none",
        );
        check(
            Shape::LocalDateTime,
            &[("year", "2024"), ("hour", "2")],
            "expected the component `day` together with a time, found none",
        );
        check(
            Shape::DateTime,
            &[("hour", "2")],
            "expected the component `day` together with a time, found none",
        );
        check(
            Shape::Date,
            &[],
            "expected a map with at least one component, found none",
        );
    }

    #[test]
    fn components_that_contradict_are_refused() {
        let check = |shape, entries: &[_], expected| check(shape, entries, expected);
        check(
            Shape::Date,
            &[("year", "2024"), ("month", "2"), ("week", "2")],
            "`month` and `week` cannot be given together",
        );
        check(
            Shape::Date,
            &[("hour", "2")],
            "a DATE has no component `hour`",
        );
        check(
            Shape::LocalTime,
            &[("hour", "2"), ("timezone", "Z")],
            "a LOCAL TIME has no component `timezone`",
        );
        check(
            Shape::Date,
            &[("year", "1.5")],
            "expected an INTEGER for `year`, found FLOAT",
        );
        check(
            Shape::Date,
            &[("date", "@12:00:00")],
            "expected a temporal value with a date for `date`, found LOCAL TIME",
        );
        check(
            Shape::Date,
            &[("date", "@2024-01-31"), ("month", "2")],
            "the month 2024-02 has no day 31",
        );
    }

    #[test]
    fn fractions_of_a_second_add_up() {
        let time = [("hour", "1"), ("minute", "2"), ("second", "3")];
        let with = |more: &[(&'static str, &'static str)]| [&time[..], more].concat();
        let check = |more: &[_], expected| check(Shape::LocalTime, &with(more), expected);
        check(&[("millisecond", "4")], "01:02:03.004");
        check(&[("microsecond", "4005")], "01:02:03.004005");
        check(&[("nanosecond", "4005006")], "01:02:03.004005006");
        check(
            &[
                ("millisecond", "4"),
                ("microsecond", "5"),
                ("nanosecond", "6"),
            ],
            "01:02:03.004005006",
        );
        check(
            &[("millisecond", "4"), ("nanosecond", "5006")],
            "01:02:03.004005006",
        );
        check(
            &[("millisecond", "4"), ("microsecond", "1000")],
            "expected `microsecond` from 0 to 999, found 1000",
        );
        check(
            &[("time", "@05:06:07.891"), ("microsecond", "8")],
            "01:02:03.000008",
        );
    }

    #[test]
    fn components_come_from_other_instants() {
        let date = ("date", "@2024-12-30");
        check(Shape::Date, &[date, ("year", "28")], "0028-12-30");
        check(Shape::Date, &[date, ("week", "2")], "2025-01-06");
        check(Shape::Date, &[date, ("quarter", "3")], "2024-09-29");
        check(Shape::Date, &[date, ("ordinalDay", "1")], "2024-01-01");
        let time = ("time", "@12:30:15+01:00");
        check(Shape::LocalTime, &[time, ("second", "1")], "12:30:01");
        check(Shape::Time, &[time], "12:30:15+01:00");
        check(
            Shape::Time,
            &[time, ("timezone", "-05:00")],
            "06:30:15-05:00",
        );
        check(Shape::DateTime, &[date, time], "2024-12-30T12:30:15+01:00");
        check(
            Shape::DateTime,
            &[
                ("datetime", "@2024-12-30T12:00+01:00"),
                ("day", "1"),
                ("timezone", "Asia/Tokyo"),
            ],
            "2024-12-01T20:00+09:00[Asia/Tokyo]",
        );
        check(
            Shape::DateTime,
            &[date, ("hour", "1"), ("timezone", "Asia/Tokyo")],
            "2024-12-30T01:00+09:00[Asia/Tokyo]",
        );
    }

    #[test]
    fn a_zone_alone_asks_for_the_present() {
        let zone = [("timezone", "Europe/Berlin")];
        check(Shape::Date, &zone, "2024-07-01");
        check(Shape::LocalTime, &zone, "14:00");
        check(Shape::Time, &zone, "14:00+02:00");
        check(
            Shape::DateTime,
            &zone,
            "2024-07-01T14:00+02:00[Europe/Berlin]",
        );
        check(
            Shape::Time,
            &[("hour", "1"), ("timezone", "Europe/Berlin")],
            "01:00+02:00",
        );
        let now = current(
            Shape::LocalDateTime,
            Some(&"Asia/Tokyo".into()),
            &Zone::UTC,
            (0, 5),
        );
        assert_eq!(shown(now), "1970-01-01T09:00:00.000000005");
    }

    #[test]
    fn instants_are_counted_from_1970() {
        check(
            Shape::DateTime,
            &[("epochSeconds", "86400"), ("nanosecond", "1")],
            "1970-01-02T00:00:00.000000001Z",
        );
        check(
            Shape::DateTime,
            &[("epochMillis", "-1"), ("timezone", "+01:00")],
            "1970-01-01T00:59:59.999+01:00",
        );
        assert_eq!(shown(from_epoch_millis(-1)), "1969-12-31T23:59:59.999Z");
        assert_eq!(
            shown(from_epoch(i64::MAX, 0)),
            "the result is outside the years -999999999 to 999999999"
        );
    }

    #[test]
    fn instants_become_instants_of_other_kinds() {
        let check = |shape, text: &str, expected: &str| {
            assert_eq!(shown(construct(shape, &value(text), (0, 0))), expected);
        };
        check(Shape::Date, "@2024-12-30T12:00+01:00", "2024-12-30");
        check(
            Shape::Time,
            "@2024-12-30T12:00[Europe/Berlin]",
            "12:00+01:00",
        );
        check(Shape::DateTime, "@2024-12-30", "2024-12-30T00:00Z");
        check(Shape::Date, "@12:00:00", "a DATE needs a date, found none");
    }

    #[test]
    fn a_null_component_makes_null() {
        let null = Value::map([("year".into(), Value::Null)].into_iter().collect());
        assert_eq!(shown(construct(Shape::Date, &null, (0, 0))), "Null");
    }
}
