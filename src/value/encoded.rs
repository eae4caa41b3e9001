//! The serialized form of property values, for files that only this program reads.

use std::{borrow::Cow, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::value::{
    Crs, Date, DateTime, Decimal, Duration, Entries, LocalDateTime, LocalTime, Point, Time, Value,
    depth,
};

/// A value that a property can have, with borrowed texts where the format allows it.
///
/// The order of the variants is part of the format: new ones are added at the end.
#[derive(Debug, Serialize, Deserialize)]
pub enum Encoded<'a> {
    /// `null`, which removes a property.
    Null,
    /// A boolean.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A float.
    Float(f64),
    /// A string.
    String(#[serde(borrow)] Cow<'a, str>),
    /// A list.
    List(#[serde(borrow)] Vec<Self>),
    /// A map.
    Map(#[serde(borrow)] Vec<(Cow<'a, str>, Self)>),
    /// Days since 1970-01-01.
    Date(i64),
    /// Nanoseconds since midnight.
    LocalTime(u64),
    /// Nanoseconds since midnight, and seconds east of UTC.
    Time(u64, i32),
    /// Days since 1970-01-01, and nanoseconds since midnight.
    LocalDateTime(i64, u64),
    /// The local date and time, seconds east of UTC, and the name of a zone.
    DateTime(i64, u64, i32, #[serde(borrow)] Option<Cow<'a, str>>),
    /// Months, days, seconds and nanoseconds.
    Duration(i64, i64, i64, u32),
    /// The digits of a decimal, and how many of them follow the point.
    Decimal(i128, u32),
    /// Bytes.
    Bytes(#[serde(borrow)] Cow<'a, [u8]>),
    /// The number of a system, and the coordinates.
    Point(i64, Vec<f64>),
}

/// The greatest nesting depth of lists and maps that is encoded; decoding is recursive.
const DEEPEST: usize = 1_000;

impl<'a> Encoded<'a> {
    /// Encodes a value; `None` if it refers to a graph, or is nested too deep.
    #[must_use]
    pub fn of(value: &'a Value) -> Option<Self> {
        (depth(value) <= DEEPEST).then_some(())?;
        Self::within(value)
    }

    fn within(value: &'a Value) -> Option<Self> {
        let time = |time: LocalTime| time.nanos;
        Some(match value {
            Value::Null => Self::Null,
            Value::Boolean(value) => Self::Boolean(*value),
            Value::Integer(value) => Self::Integer(*value),
            Value::Float(value) => Self::Float(*value),
            Value::Decimal(value) => Self::Decimal(value.mantissa(), value.scale()),
            Value::Bytes(bytes) => Self::Bytes(Cow::Borrowed(bytes)),
            Value::String(text) => Self::String(Cow::Borrowed(text)),
            Value::List(items) => {
                let items = items.iter().map(Self::within);
                Self::List(items.collect::<Option<_>>()?)
            }
            Value::Map(entries) => {
                let entry = |(key, value): (&'a Arc<str>, &'a Value)| {
                    Some((Cow::Borrowed(&**key), Self::within(value)?))
                };
                Self::Map(entries.iter().map(entry).collect::<Option<_>>()?)
            }
            Value::Node(_) | Value::Relationship(_) | Value::Path(_) => return None,
            Value::Date(date) => Self::Date(date.days),
            Value::LocalTime(local) => Self::LocalTime(time(*local)),
            Value::Time(value) => Self::Time(time(value.local), value.offset),
            Value::LocalDateTime(value) => Self::LocalDateTime(value.date.days, time(value.time)),
            Value::DateTime(value) => Self::DateTime(
                value.local.date.days,
                time(value.local.time),
                value.offset,
                value.zone.as_deref().map(Cow::Borrowed),
            ),
            Value::Duration(value) => {
                Self::Duration(value.months, value.days, value.seconds, value.nanos)
            }
            Value::Point(point) => Self::Point(point.crs().srid(), point.coordinates().to_vec()),
        })
    }

    /// The value.
    #[must_use]
    pub fn into_value(self) -> Value {
        let local = |days, nanos| LocalDateTime {
            date: Date { days },
            time: LocalTime { nanos },
        };
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Boolean(value),
            Self::Integer(value) => Value::Integer(value),
            Self::Float(value) => Value::Float(value),
            Self::Decimal(digits, scale) => {
                let decimal = Decimal::try_from_i128_with_scale(digits, scale);
                decimal.map_or(Value::Null, Value::Decimal)
            }
            Self::Bytes(bytes) => Value::Bytes(bytes.into()),
            Self::Point(srid, coordinates) => {
                let point = Crs::of_srid(srid).and_then(|crs| Point::new(crs, &coordinates));
                point.map_or(Value::Null, Value::from)
            }
            Self::String(text) => Value::String(text.into()),
            Self::List(items) => Value::list(items.into_iter().map(Self::into_value).collect()),
            Self::Map(entries) => {
                let entries = entries.into_iter();
                let entries: Entries = entries
                    .map(|(key, value)| (key.into(), value.into_value()))
                    .collect();
                Value::map(entries)
            }
            Self::Date(days) => Value::Date(Date { days }),
            Self::LocalTime(nanos) => Value::LocalTime(LocalTime { nanos }),
            Self::Time(nanos, offset) => Value::Time(Time {
                local: LocalTime { nanos },
                offset,
            }),
            Self::LocalDateTime(days, nanos) => Value::LocalDateTime(local(days, nanos)),
            Self::DateTime(days, nanos, offset, zone) => Value::DateTime(Arc::new(DateTime {
                local: local(days, nanos),
                offset,
                zone: zone.map(Into::into),
            })),
            Self::Duration(months, days, seconds, nanos) => Value::Duration(Arc::new(Duration {
                months,
                days,
                seconds,
                nanos,
            })),
        }
    }
}
