//! Parameters of statements from PackStream.

use std::sync::Arc;

use boltr::types::{BoltDict, BoltValue};
use relata::{
    Value,
    value::{
        Crs, Date, DateTime, Duration, Entries, LocalDateTime, LocalTime, Point, Text, Time,
        temporal::Zone,
    },
};

/// The parameters of a statement.
pub(super) fn parameters(dict: BoltDict) -> Result<Entries, String> {
    let read = |(name, given): (String, BoltValue)| {
        let value = value(given).map_err(|problem| format!("parameter `{name}`: {problem}"))?;
        Ok((Text::from(name), value))
    };
    dict.into_iter().map(read).collect()
}

fn value(given: BoltValue) -> Result<Value, String> {
    Ok(match given {
        BoltValue::Null => Value::Null,
        BoltValue::Boolean(truth) => truth.into(),
        BoltValue::Integer(number) => number.into(),
        BoltValue::Float(number) => number.into(),
        BoltValue::String(text) => text.into(),
        BoltValue::Bytes(bytes) => Value::Bytes(bytes.into()),
        BoltValue::List(items) => {
            let items: Result<Vec<_>, _> = items.into_iter().map(value).collect();
            Value::list(items?)
        }
        BoltValue::Dict(dict) => Value::map(entries(dict)?),
        BoltValue::Date(date) => Value::Date(self::date(date.days)?),
        BoltValue::LocalTime(time) => Value::LocalTime(self::time(time.nanoseconds)?),
        BoltValue::Time(time) => Value::Time(Time {
            local: self::time(time.nanoseconds)?,
            offset: offset(time.tz_offset_seconds)?,
        }),
        BoltValue::LocalDateTime(local) => {
            Value::LocalDateTime(local_datetime(local.seconds, local.nanoseconds)?)
        }
        BoltValue::DateTime(instant) => {
            let zone = Zone::Fixed(offset(instant.tz_offset_seconds)?);
            datetime(instant.seconds, instant.nanoseconds, &zone)?
        }
        BoltValue::DateTimeZoneId(instant) => {
            let zone: Result<Zone, _> = instant.tz_id.parse();
            let zone = zone.map_err(|fault| fault.message)?;
            datetime(instant.seconds, instant.nanoseconds, &zone)?
        }
        BoltValue::Duration(span) => duration(
            span.months,
            span.days,
            i128::from(span.seconds) * 1_000_000_000 + i128::from(span.nanoseconds),
        )?,
        BoltValue::Node(_)
        | BoltValue::Relationship(_)
        | BoltValue::UnboundRelationship(_)
        | BoltValue::Path(_) => {
            return Err("nodes, relationships and paths cannot be parameters; pass a property that identifies them".into());
        }
        BoltValue::Point2D(place) => point(place.srid, &[place.x, place.y])?,
        BoltValue::Point3D(place) => point(place.srid, &[place.x, place.y, place.z])?,
    })
}

fn point(srid: i64, coordinates: &[f64]) -> Result<Value, String> {
    let point = Crs::of_srid(srid).and_then(|crs| Point::new(crs, coordinates));
    let point = point.ok_or("the coordinates do not suit the reference system")?;
    Ok(Value::Point(Arc::new(point)))
}

/// The entries of a map in the order of their keys: the protocol has no order.
fn entries(dict: BoltDict) -> Result<Entries, String> {
    let mut items: Vec<_> = dict.into_iter().collect();
    items.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let read = |(key, item): (String, BoltValue)| Ok((Text::from(key), value(item)?));
    items.into_iter().map(read).collect()
}

fn date(days: i64) -> Result<Date, String> {
    Date::from_days(days).map_err(|fault| fault.message)
}

fn time(nanos: i64) -> Result<LocalTime, String> {
    let nanos = u64::try_from(nanos).ok();
    let nanos = nanos.filter(|nanos| *nanos < 86_400_000_000_000);
    let nanos = nanos.ok_or("expected the nanoseconds of a day")?;
    Ok(LocalTime { nanos })
}

fn offset(seconds: i64) -> Result<i32, String> {
    let offset = i32::try_from(seconds).ok();
    let offset = offset.filter(|seconds| seconds.abs() <= 18 * 3_600);
    offset.ok_or_else(|| "expected an offset of at most 18 hours".into())
}

fn local_datetime(seconds: i64, nanos: i64) -> Result<LocalDateTime, String> {
    if !(0..1_000_000_000).contains(&nanos) {
        return Err("expected the nanoseconds of a second".into());
    }
    Ok(LocalDateTime {
        date: date(seconds.div_euclid(86_400))?,
        time: time(seconds.rem_euclid(86_400) * 1_000_000_000 + nanos)?,
    })
}

fn datetime(seconds: i64, nanos: i64, zone: &Zone) -> Result<Value, String> {
    let instant = DateTime::at_epoch(seconds, nanos, zone);
    let instant = instant.map_err(|fault| fault.message)?;
    Ok(Value::DateTime(Arc::new(instant)))
}

fn duration(months: i64, days: i64, nanos: i128) -> Result<Value, String> {
    let outside = |_| "the duration is out of range".to_owned();
    let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).map_err(outside)?;
    let nanos = u32::try_from(nanos.rem_euclid(1_000_000_000)).map_err(outside)?;
    Ok(Value::Duration(Arc::new(Duration {
        months,
        days,
        seconds,
        nanos,
    })))
}
