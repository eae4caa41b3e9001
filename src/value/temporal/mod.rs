//! Temporal values: instants, local times and durations, to the nanosecond, for years from −999,999,999 to 999,999,999.
//!
//! They follow the openCypher temporal types (CIP2015-08-06): proleptic Gregorian calendar, no leap seconds.
//!
//! | file | contents |
//! | --- | --- |
//! | `civil` | days to years, months, weeks and quarters, and back |
//! | `clock` | nanoseconds of a day to hours, minutes and seconds, and back |
//! | `zone` | offsets, and named zones with their rules |
//! | `parse`, `display` | parsing and writing ISO 8601 |
//! | `parts` | an instant split into date, time and zone |
//! | `fields`, `construct` | instants from maps, strings and other instants |
//! | `duration` | durations from maps and strings |
//! | `amount`, `arith` | exact fractions, sums and multiples |
//! | `between` | differences |
//! | `format` | instants as text by a pattern |
//! | `truncate`, `component` | truncation, and reading one component |
//! | `order` | total orders |

mod amount;
mod arith;
mod between;
mod civil;
mod clock;
mod component;
mod construct;
mod display;
mod duration;
mod fields;
mod format;
mod order;
mod parse;
mod parts;
#[cfg(test)]
mod properties;
mod truncate;
mod zone;

use crate::{
    base::{Code, Fault},
    value::Text,
};

pub use self::{
    arith::{divide, minus, plus, times},
    between::{between, in_days, in_months, in_seconds},
    component::component,
    construct::{Shape, construct, current, from_epoch, from_epoch_millis},
    duration::duration,
    format::format,
    truncate::truncate,
    zone::Zone,
};

const NANOS_PER_SECOND: i128 = 1_000_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
const NANOS_PER_DAY: i128 = SECONDS_PER_DAY as i128 * NANOS_PER_SECOND;

/// The fault of a date, time or duration that is malformed or impossible.
fn invalid(message: impl Into<String>) -> Fault {
    Fault::new(Code::InvalidTemporalValue, message)
}

/// The fault of a value of the wrong type.
fn mistyped(message: impl Into<String>) -> Fault {
    Fault::new(Code::InvalidArgumentTypeAtRuntime, message)
}

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Days since 1970-01-01; negative before that day.
    pub days: i64,
}

/// A time of day without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalTime {
    /// Nanoseconds since midnight, below 86,400,000,000,000.
    pub nanos: u64,
}

/// A time of day with an offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// The local time.
    pub local: LocalTime,
    /// Seconds east of UTC.
    pub offset: i32,
}

/// A date and a time of day without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDateTime {
    /// The date.
    pub date: Date,
    /// The time of day.
    pub time: LocalTime,
}

/// An instant with its offset, and optionally a named zone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// The local date and time.
    pub local: LocalDateTime,
    /// Seconds east of UTC.
    pub offset: i32,
    /// The IANA name of the zone; `None` for a fixed offset.
    pub zone: Option<Text>,
}

/// A duration in months, days and seconds, which do not convert into each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Calendar months.
    pub months: i64,
    /// Calendar days.
    pub days: i64,
    /// Seconds.
    pub seconds: i64,
    /// Nanoseconds to add to `seconds`, from 0 to 999,999,999.
    pub nanos: u32,
}
