//! Time zones: fixed offsets from UTC, and named zones with the rules of the IANA database.
//!
//! The rules are bundled with the `jiff` crate, so that results do not depend on the machine. They cover the years
//! −9999 to 9999. A local time outside is moved by whole cycles of 400 years, after which dates and weekdays repeat, to
//! the last or first covered cycle: the latest rules apply to all later years, and local mean time, the earliest rule
//! of every zone, applies to all earlier ones.

use std::sync::LazyLock;

use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use crate::{
    base::{Fault, did_you_mean},
    value::{
        Text,
        temporal::{
            DateTime, LocalDateTime, NANOS_PER_DAY, NANOS_PER_SECOND, civil::DAYS_PER_CYCLE,
            invalid,
        },
    },
};

/// The largest offset from UTC, in seconds.
pub(crate) const MAX_OFFSET: i32 = 18 * 3_600;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zone {
    /// `+01:00`: a fixed number of seconds east of UTC.
    Fixed(i32),
    /// `Europe/Stockholm`: an offset that depends on the instant. The name is from the IANA database.
    Named(Text),
}

impl Zone {
    /// The zone UTC.
    pub const UTC: Self = Self::Fixed(0);

    /// The zone of that name, ignoring case; a space may replace an underscore.
    pub(crate) fn named(name: &str) -> Result<Self, Fault> {
        let zone = rules(&name.replace(' ', "_"))?;
        Ok(Self::Named(zone.iana_name().unwrap_or(name).into()))
    }

    /// The instant at which the local time in this zone is `local`.
    ///
    /// If `local` occurs twice, the offset `preferred` selects the instant if it is one of the two; otherwise the
    /// earlier instant is returned. If `local` is skipped, it is moved forward by the length of the gap.
    pub(crate) fn resolve(
        &self,
        local: LocalDateTime,
        preferred: Option<i32>,
    ) -> Result<DateTime, Fault> {
        let name = match self {
            Self::Fixed(offset) => {
                return Ok(DateTime {
                    local,
                    offset: *offset,
                    zone: None,
                });
            }
            Self::Named(name) => name,
        };
        let offset = match offsets(&rules(name)?, local)? {
            AmbiguousOffset::Unambiguous { offset } => offset.seconds(),
            AmbiguousOffset::Fold { before, after } => match preferred {
                Some(offset) if offset == after.seconds() => offset,
                _ => before.seconds(),
            },
            AmbiguousOffset::Gap { before, .. } => {
                return self.at(local.nanos() - i128::from(before.seconds()) * NANOS_PER_SECOND);
            }
        };
        Ok(DateTime {
            local,
            offset,
            zone: Some(name.clone()),
        })
    }

    /// The local time in this zone at an instant, which is in nanoseconds since 1970-01-01T00:00Z.
    pub(crate) fn at(&self, instant: i128) -> Result<DateTime, Fault> {
        let offset = self.offset_at(instant)?;
        Ok(DateTime {
            local: LocalDateTime::from_nanos(instant + i128::from(offset) * NANOS_PER_SECOND)?,
            offset,
            zone: match self {
                Self::Fixed(_) => None,
                Self::Named(name) => Some(name.clone()),
            },
        })
    }

    /// Seconds east of UTC at an instant.
    pub(crate) fn offset_at(&self, instant: i128) -> Result<i32, Fault> {
        let name = match self {
            Self::Fixed(offset) => return Ok(*offset),
            Self::Named(name) => name,
        };
        let seconds = within_reach(instant).div_euclid(NANOS_PER_SECOND);
        let timestamp = i64::try_from(seconds)
            .ok()
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .ok_or_else(unreached)?;
        Ok(rules(name)?.to_offset(timestamp).seconds())
    }
}

impl DateTime {
    /// The datetime in a zone at an instant, in seconds and nanoseconds since 1970-01-01T00:00Z.
    ///
    /// # Errors
    /// A fault if the year is out of range, or there is no such zone.
    pub fn at_epoch(seconds: i64, nanos: i64, zone: &Zone) -> Result<Self, Fault> {
        zone.at(i128::from(seconds) * NANOS_PER_SECOND + i128::from(nanos))
    }

    /// The instant in seconds since 1970-01-01T00:00Z, and nanoseconds from 0 to 999,999,999.
    #[must_use]
    pub fn epoch(&self) -> (i64, i64) {
        let instant = self.instant();
        let part = |nanos: i128| i64::try_from(nanos).expect("years are bounded");
        (
            part(instant.div_euclid(NANOS_PER_SECOND)),
            part(instant.rem_euclid(NANOS_PER_SECOND)),
        )
    }

    /// The zone of the datetime.
    #[must_use]
    pub fn zone(&self) -> Zone {
        match &self.zone {
            Some(name) => Zone::Named(name.clone()),
            None => Zone::Fixed(self.offset),
        }
    }
}

fn rules(name: &str) -> Result<TimeZone, Fault> {
    DATABASE.get(name).map_err(|_| {
        let names: Vec<String> = DATABASE.available().map(|name| name.to_string()).collect();
        let fault = invalid(format!("there is no time zone `{name}`"));
        match did_you_mean(name, names.iter().map(String::as_str)) {
            Some(help) => fault.help(help),
            None => fault.help("write an offset such as `+01:00` or a name such as `Europe/Paris`"),
        }
    })
}

/// The possible offsets at the local time `local`.
fn offsets(zone: &TimeZone, local: LocalDateTime) -> Result<AmbiguousOffset, Fault> {
    let local = LocalDateTime::from_nanos(within_reach(local.nanos()))?;
    let (date, clock) = (local.date.civil(), local.time.clock());
    let small = |part: i64| i8::try_from(part).map_err(|_| unreached());
    let datetime = jiff::civil::DateTime::new(
        i16::try_from(date.year).map_err(|_| unreached())?,
        small(date.month)?,
        small(date.day)?,
        small(clock.hour)?,
        small(clock.minute)?,
        small(clock.second)?,
        i32::try_from(clock.nanos).map_err(|_| unreached())?,
    );
    let datetime = datetime.map_err(|_| unreached())?;
    Ok(zone.to_ambiguous_timestamp(datetime).offset())
}

/// Moves nanoseconds since 1970 by whole cycles of the calendar to the years −9230 to 9570, if they are outside.
fn within_reach(nanos: i128) -> i128 {
    let cycle = i128::from(DAYS_PER_CYCLE) * NANOS_PER_DAY;
    let (first, last) = (-28 * cycle, 19 * cycle);
    if nanos < first {
        first + (nanos - first).rem_euclid(cycle)
    } else if nanos >= last {
        last - cycle + (nanos - last).rem_euclid(cycle)
    } else {
        nanos
    }
}

/// The fault of an instant without a rule; `within_reach` prevents it.
fn unreached() -> Fault {
    invalid("the time zone has no rule for this instant")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(local: &str, zone: &str, expected: &str) {
        let zone = Zone::named(zone).unwrap();
        let resolved = zone.resolve(local.parse().unwrap(), None).unwrap();
        assert_eq!(resolved.to_string(), expected);
        assert_eq!(zone.at(resolved.instant()), Ok(resolved));
    }

    #[test]
    fn offsets_follow_the_rules_of_their_time() {
        check(
            "2024-07-01T12:00",
            "Europe/Paris",
            "2024-07-01T12:00+02:00[Europe/Paris]",
        );
        check(
            "1818-01-01T12:00",
            "Europe/Stockholm",
            "1818-01-01T12:00+00:53:28[Europe/Stockholm]",
        );
    }

    #[test]
    fn rules_reach_beyond_the_years_of_the_database() {
        check(
            "+999999999-07-01T12:00",
            "Europe/Paris",
            "+999999999-07-01T12:00+02:00[Europe/Paris]",
        );
        check(
            "+12345-01-01T12:00",
            "Europe/Paris",
            "+12345-01-01T12:00+01:00[Europe/Paris]",
        );
        check(
            "-999999999-07-01T12:00",
            "Europe/Stockholm",
            "-999999999-07-01T12:00+00:53:28[Europe/Stockholm]",
        );
    }

    #[test]
    fn a_skipped_time_moves_forward_and_a_repeated_one_is_the_earlier() {
        check(
            "2024-03-31T02:30",
            "Europe/Berlin",
            "2024-03-31T03:30+02:00[Europe/Berlin]",
        );
        check(
            "2024-10-27T02:30",
            "Europe/Berlin",
            "2024-10-27T02:30+02:00[Europe/Berlin]",
        );
        let berlin = Zone::named("europe/berlin").unwrap();
        let local = "2024-10-27T02:30".parse().unwrap();
        assert_eq!(berlin.resolve(local, Some(3_600)).unwrap().offset, 3_600);
    }

    #[test]
    fn an_unknown_zone_brings_the_nearest_name() {
        let fault = Zone::named("Europe/Stokholm").unwrap_err();
        assert_eq!(
            fault.help.as_deref(),
            Some("did you mean `Europe/Stockholm`?")
        );
    }
}
