//! Times of day and instants as nanoseconds, and back.

use crate::{
    base::Fault,
    value::temporal::{
        Date, DateTime, LocalDateTime, LocalTime, NANOS_PER_DAY, NANOS_PER_SECOND, Time,
        civil::{outside, within},
    },
};

/// Midnight.
pub(crate) const MIDNIGHT: LocalTime = LocalTime { nanos: 0 };

/// The parts of a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
    pub(crate) nanos: i64,
}

impl LocalTime {
    /// The time of an hour, minute, second and nanosecond of the second.
    ///
    /// # Errors
    /// A fault if a component is out of range.
    pub fn new(hour: i64, minute: i64, second: i64, nanos: i64) -> Result<Self, Fault> {
        within("hour", hour, 0..=23)?;
        within("minute", minute, 0..=59)?;
        within("second", second, 0..=59)?;
        within("nanosecond", nanos, 0..=999_999_999)?;
        let seconds = 3_600 * hour + 60 * minute + second;
        Ok(Self::wrapped(
            i128::from(seconds) * NANOS_PER_SECOND + i128::from(nanos),
        ))
    }

    /// The time `nanos` nanoseconds after midnight, modulo 24 hours.
    pub(crate) fn wrapped(nanos: i128) -> Self {
        let nanos = u64::try_from(nanos.rem_euclid(NANOS_PER_DAY));
        Self {
            nanos: nanos.expect("a remainder of a day is positive and fits 64 bits"),
        }
    }

    pub(crate) fn clock(self) -> Clock {
        let nanos = i64::try_from(self.nanos).unwrap_or(0);
        let seconds = nanos / 1_000_000_000;
        Clock {
            hour: seconds / 3_600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            nanos: nanos % 1_000_000_000,
        }
    }
}

impl Time {
    /// Nanoseconds since midnight UTC; negative or at least 24 hours if the offset crosses midnight.
    pub(crate) fn utc_nanos(self) -> i128 {
        i128::from(self.local.nanos) - i128::from(self.offset) * NANOS_PER_SECOND
    }

    /// The same instant of the day, with another offset.
    pub(crate) fn with_offset(self, offset: i32) -> Self {
        let shift = i128::from(offset) * NANOS_PER_SECOND;
        Self {
            local: LocalTime::wrapped(self.utc_nanos() + shift),
            offset,
        }
    }
}

impl LocalDateTime {
    /// Nanoseconds since 1970-01-01T00:00 in local time.
    pub(crate) fn nanos(self) -> i128 {
        i128::from(self.date.days) * NANOS_PER_DAY + i128::from(self.time.nanos)
    }

    /// The inverse of `nanos`; a fault if the result is outside the range of years.
    pub(crate) fn from_nanos(nanos: i128) -> Result<Self, Fault> {
        let days = i64::try_from(nanos.div_euclid(NANOS_PER_DAY)).map_err(|_| outside())?;
        Ok(Self {
            date: Date::from_days(days)?,
            time: LocalTime::wrapped(nanos),
        })
    }
}

impl DateTime {
    /// The instant in nanoseconds since 1970-01-01T00:00Z.
    pub(crate) fn instant(&self) -> i128 {
        self.local.nanos() - i128::from(self.offset) * NANOS_PER_SECOND
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_and_its_parts_are_inverse() {
        let time = LocalTime::new(23, 59, 58, 999_999_999).unwrap();
        let clock = time.clock();
        assert_eq!(
            LocalTime::new(clock.hour, clock.minute, clock.second, clock.nanos),
            Ok(time)
        );
        assert!(LocalTime::new(24, 0, 0, 0).is_err());
        assert!(LocalTime::new(23, 59, 60, 0).is_err());
    }

    #[test]
    fn instants_before_1970_have_times_from_midnight() {
        let local = LocalDateTime::from_nanos(-1).unwrap();
        assert_eq!(local.to_string(), "1969-12-31T23:59:59.999999999");
        assert_eq!(local.nanos(), -1);
        assert!(LocalDateTime::from_nanos(i128::MAX).is_err());
    }
}
