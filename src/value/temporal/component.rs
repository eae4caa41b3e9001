//! Reads a component of a temporal value by name, as in `date().year`.

use crate::{
    base::{Code, Fault, did_you_mean},
    value::{
        Kind, Value,
        temporal::{
            Date, DateTime, Duration, LocalTime, NANOS_PER_SECOND, Zone, amount::overflow,
            display::Offset, parts::Parts,
        },
    },
};

type Row<T> = (&'static str, fn(T) -> i64);

type Measure = fn(&Duration) -> i128;

const DATE: [Row<Date>; 11] = [
    ("year", |date| date.civil().year),
    ("quarter", |date| date.quarter().quarter),
    ("month", |date| date.civil().month),
    ("week", |date| date.week().week),
    ("weekYear", |date| date.week().year),
    ("dayOfQuarter", |date| date.quarter().day),
    ("quarterDay", |date| date.quarter().day),
    ("day", |date| date.civil().day),
    ("ordinalDay", Date::ordinal),
    ("dayOfWeek", |date| date.week().day),
    ("weekDay", |date| date.week().day),
];

const TIME: [Row<LocalTime>; 6] = [
    ("hour", |time| time.clock().hour),
    ("minute", |time| time.clock().minute),
    ("second", |time| time.clock().second),
    ("millisecond", |time| time.clock().nanos / 1_000_000),
    ("microsecond", |time| time.clock().nanos / 1_000),
    ("nanosecond", |time| time.clock().nanos),
];

const OFFSET: [Row<i32>; 2] = [
    ("offsetMinutes", |offset| i64::from(offset / 60)),
    ("offsetSeconds", i64::from),
];

const INSTANT: [(&str, i128); 2] = [
    ("epochSeconds", NANOS_PER_SECOND),
    ("epochMillis", 1_000_000),
];

const DURATION: [(&str, Measure); 20] = [
    ("years", |part| i128::from(part.months / 12)),
    ("quarters", |part| i128::from(part.months / 3)),
    ("months", |part| i128::from(part.months)),
    ("weeks", |part| i128::from(part.days / 7)),
    ("days", |part| i128::from(part.days)),
    ("hours", |part| i128::from(part.seconds / 3_600)),
    ("minutes", |part| i128::from(part.seconds / 60)),
    ("seconds", |part| i128::from(part.seconds)),
    ("milliseconds", |part| counted(part, 1_000)),
    ("microseconds", |part| counted(part, 1_000_000)),
    ("nanoseconds", |part| counted(part, NANOS_PER_SECOND)),
    ("quartersOfYear", |part| i128::from(part.months % 12 / 3)),
    ("monthsOfQuarter", |part| i128::from(part.months % 3)),
    ("monthsOfYear", |part| i128::from(part.months % 12)),
    ("daysOfWeek", |part| i128::from(part.days % 7)),
    ("minutesOfHour", |part| i128::from(part.seconds / 60 % 60)),
    ("secondsOfMinute", |part| i128::from(part.seconds % 60)),
    ("millisecondsOfSecond", |part| {
        i128::from(part.nanos / 1_000_000)
    }),
    ("microsecondsOfSecond", |part| {
        i128::from(part.nanos / 1_000)
    }),
    ("nanosecondsOfSecond", |part| i128::from(part.nanos)),
];

/// The seconds of a duration with their fraction, in units of 1 / `per_second` seconds.
fn counted(duration: &Duration, per_second: i128) -> i128 {
    let fraction = i128::from(duration.nanos) * per_second / NANOS_PER_SECOND;
    i128::from(duration.seconds) * per_second + fraction
}

/// The component of that name. Names are case-sensitive, as map keys are.
///
/// # Errors
/// A fault if the value does not have the component, or the component exceeds 64 bits.
pub fn component(value: &Value, name: &str) -> Result<Value, Fault> {
    let found = match value {
        Value::Duration(duration) => {
            let row = DURATION.iter().find(|(known, _)| *known == name);
            row.map(|(_, read)| i64::try_from(read(duration)).map_err(|_| overflow()))
                .transpose()?
                .map(Value::Integer)
        }
        Value::DateTime(datetime) => of_instant(datetime, name).or_else(|| of_parts(value, name)),
        other => of_parts(other, name),
    };
    found.ok_or_else(|| none(value.kind(), name))
}

fn of_instant(datetime: &DateTime, name: &str) -> Option<Value> {
    let (_, unit) = INSTANT.iter().find(|(known, _)| *known == name)?;
    let count = datetime.instant().div_euclid(*unit);
    // Milliseconds exceed 64 bits beyond about 292 million years; the component is then missing.
    i64::try_from(count).ok().map(Value::Integer)
}

fn of_parts(value: &Value, name: &str) -> Option<Value> {
    let parts = Parts::of(value)?;
    let date = parts.date.and_then(|date| read(&DATE, date, name));
    let time = || parts.time.and_then(|time| read(&TIME, time, name));
    let zone = || of_zone(parts.zone.as_ref()?, parts.offset?, name);
    date.or_else(time).or_else(zone)
}

fn of_zone(zone: &Zone, offset: i32, name: &str) -> Option<Value> {
    let shown = || Value::from(Offset(offset).to_string());
    match (name, zone) {
        ("timezone", Zone::Named(zone)) => Some(Value::String(zone.clone())),
        ("timezone", Zone::Fixed(_)) | ("offset", _) => Some(shown()),
        _ => read(&OFFSET, offset, name),
    }
}

fn read<T>(table: &[Row<T>], part: T, name: &str) -> Option<Value> {
    let (_, read) = table.iter().find(|(known, _)| *known == name)?;
    Some(Value::Integer(read(part)))
}

/// The names of all components of a type.
fn names(kind: Kind) -> Vec<&'static str> {
    let (dated, timed, zoned) = match kind {
        Kind::Date => (true, false, false),
        Kind::LocalTime => (false, true, false),
        Kind::Time => (false, true, true),
        Kind::LocalDateTime => (true, true, false),
        Kind::DateTime => (true, true, true),
        Kind::Duration => return DURATION.iter().map(|row| row.0).collect(),
        _ => return Vec::new(),
    };
    let dates = DATE.iter().map(|row| row.0).filter(|_| dated);
    let times = TIME.iter().map(|row| row.0).filter(|_| timed);
    let offsets = OFFSET.iter().map(|row| row.0).chain(["timezone", "offset"]);
    let instants = INSTANT.iter().map(|row| row.0);
    dates
        .chain(times)
        .chain(offsets.filter(|_| zoned))
        .chain(instants.filter(|_| kind == Kind::DateTime))
        .collect()
}

fn none(kind: Kind, name: &str) -> Fault {
    let fault = Fault::new(
        Code::PropertyAccessOnNonMap,
        format!("a {kind} has no component `{name}`"),
    );
    match did_you_mean(name, names(kind)) {
        Some(help) => fault.help(help),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn check(value: &Value, expected: &[(&str, i64)]) {
        for (name, expected) in expected {
            let Ok(Value::Integer(found)) = component(value, name) else {
                panic!("no {name}");
            };
            assert_eq!(found, *expected, "{name}");
        }
    }

    #[test]
    fn a_datetime_has_components_of_date_time_zone_and_instant() {
        let text = "2024-12-30T21:40:32.142857001[America/St_Johns]";
        let value = Value::DateTime(Arc::new(text.parse().unwrap()));
        check(
            &value,
            &[
                ("year", 2024),
                ("quarter", 4),
                ("month", 12),
                ("week", 1),
                ("weekYear", 2025),
                ("dayOfQuarter", 91),
                ("day", 30),
                ("ordinalDay", 365),
                ("weekDay", 1),
                ("hour", 21),
                ("minute", 40),
                ("second", 32),
                ("millisecond", 142),
                ("microsecond", 142_857),
                ("nanosecond", 142_857_001),
                ("offsetMinutes", -210),
                ("offsetSeconds", -12_600),
                ("epochSeconds", 1_735_607_432),
                ("epochMillis", 1_735_607_432_142),
            ],
        );
        let text = |name| match component(&value, name) {
            Ok(Value::String(text)) => text.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(text("timezone"), "America/St_Johns");
        assert_eq!(text("offset"), "-03:30");
    }

    #[test]
    fn a_duration_has_whole_and_remaining_parts() {
        let value = Value::Duration(Arc::new("P2Y5M17DT30H61M1.5S".parse().unwrap()));
        check(
            &value,
            &[
                ("years", 2),
                ("quarters", 9),
                ("months", 29),
                ("weeks", 2),
                ("days", 17),
                ("hours", 31),
                ("minutes", 1_861),
                ("seconds", 111_661),
                ("milliseconds", 111_661_500),
                ("quartersOfYear", 1),
                ("monthsOfQuarter", 2),
                ("monthsOfYear", 5),
                ("daysOfWeek", 3),
                ("minutesOfHour", 1),
                ("secondsOfMinute", 1),
                ("millisecondsOfSecond", 500),
                ("nanosecondsOfSecond", 500_000_000),
            ],
        );
    }

    #[test]
    fn a_component_of_another_kind_is_no_component() {
        let date = Value::Date("2024-12-30".parse().unwrap());
        let fault = component(&date, "hour").unwrap_err();
        assert_eq!(fault.message, "a DATE has no component `hour`");
        let fault = component(&date, "yaer").unwrap_err();
        assert_eq!(fault.help.as_deref(), Some("did you mean `year`?"));
        let long = Value::Duration(Arc::new("PT2562047788015215H".parse().unwrap()));
        assert!(component(&long, "nanoseconds").is_err());
    }
}
