//! Splits any instant into date, time and zone, and builds an instant of another type from them.

use std::sync::Arc;

use crate::{
    base::Fault,
    value::{
        Kind, Value,
        temporal::{
            Date, LocalDateTime, LocalTime, Time, Zone, clock::MIDNIGHT, construct::Shape, invalid,
        },
    },
};

/// The parts of an instant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) date: Option<Date>,
    pub(crate) time: Option<LocalTime>,
    pub(crate) zone: Option<Zone>,
    /// The offset in seconds. It selects one of two instants with the same local time in a named zone.
    pub(crate) offset: Option<i32>,
}

impl Parts {
    /// The parts of an instant; `None` for any other value.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let (date, time, zone, offset) = match value {
            Value::Date(date) => (Some(*date), None, None, None),
            Value::LocalTime(time) => (None, Some(*time), None, None),
            Value::Time(time) => {
                let offset = time.offset;
                (
                    None,
                    Some(time.local),
                    Some(Zone::Fixed(offset)),
                    Some(offset),
                )
            }
            Value::LocalDateTime(local) => (Some(local.date), Some(local.time), None, None),
            Value::DateTime(datetime) => {
                let local = datetime.local;
                let offset = Some(datetime.offset);
                (
                    Some(local.date),
                    Some(local.time),
                    Some(datetime.zone()),
                    offset,
                )
            }
            Value::Null
            | Value::Boolean(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Decimal(_)
            | Value::Bytes(_)
            | Value::String(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Node(_)
            | Value::Relationship(_)
            | Value::Path(_)
            | Value::Point(_)
            | Value::Duration(_) => return None,
        };
        Some(Self {
            date,
            time,
            zone,
            offset,
        })
    }

    /// The date with the time, or with midnight if there is no time; `None` without a date.
    pub(crate) fn local(&self) -> Option<LocalDateTime> {
        Some(LocalDateTime {
            date: self.date?,
            time: self.time.unwrap_or(MIDNIGHT),
        })
    }

    /// The same local date and time in another zone.
    pub(crate) fn in_zone(self, zone: Zone) -> Self {
        let offset = match zone {
            Zone::Fixed(offset) => Some(offset),
            Zone::Named(_) => None,
        };
        Self {
            zone: Some(zone),
            offset,
            ..self
        }
    }

    /// Builds the instant of type `shape`. Parts that the type does not have are dropped. For a type with a date, a
    /// missing time is midnight; a missing zone is UTC.
    pub(crate) fn build(&self, shape: Shape) -> Result<Value, Fault> {
        let date = || self.local().ok_or_else(|| lacks(shape, "date"));
        let time = || self.time.ok_or_else(|| lacks(shape, "time"));
        Ok(match shape {
            Shape::Date => Value::Date(date()?.date),
            Shape::LocalTime => Value::LocalTime(time()?),
            Shape::Time => Value::Time(Time {
                local: time()?,
                offset: self.offset.unwrap_or(0),
            }),
            Shape::LocalDateTime => Value::LocalDateTime(date()?),
            Shape::DateTime => {
                let zone = self.zone.as_ref().unwrap_or(&Zone::UTC);
                Value::DateTime(Arc::new(zone.resolve(date()?, self.offset)?))
            }
        })
    }
}

fn lacks(shape: Shape, part: &str) -> Fault {
    let kind = Kind::from(shape);
    invalid(format!("a {kind} needs a {part}, found none"))
}
