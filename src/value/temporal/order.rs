//! Total orders of temporal values, each consistent with equality.
//!
//! Times and datetimes are ordered by instant, then by offset, then by zone name; they are equal only with the same
//! offset and zone. Durations are not comparable with `<`; `ORDER BY` sorts them by approximate length.

use std::cmp::Ordering;

use crate::value::temporal::{
    DateTime, Duration, NANOS_PER_SECOND, SECONDS_PER_DAY, Time, amount::SECONDS_PER_MONTH,
};

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |time: &Self| (time.utc_nanos(), time.offset);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |time: &Self| (time.instant(), time.offset);
        let zones = || self.zone.cmp(&other.zone);
        key(self).cmp(&key(other)).then_with(zones)
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Duration {
    /// The order for sorting: by length, with months of 30.436875 days and days of 24 hours; ties by months, then by
    /// days.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |duration: &Self| (duration.length(), duration.months, duration.days);
        key(self).cmp(&key(other))
    }

    /// The length in nanoseconds, with months of average length and days of 24 hours.
    fn length(&self) -> i128 {
        let seconds = i128::from(self.months) * i128::from(SECONDS_PER_MONTH)
            + i128::from(self.days) * i128::from(SECONDS_PER_DAY)
            + i128::from(self.seconds);
        seconds * NANOS_PER_SECOND + i128::from(self.nanos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(less: &str, greater: &str) {
        let read = |text: &str| text.parse::<DateTime>().unwrap();
        assert_eq!(read(less).cmp(&read(greater)), Ordering::Less);
        assert_eq!(read(greater).cmp(&read(less)), Ordering::Greater);
    }

    #[test]
    fn datetimes_order_by_instant_then_offset_then_zone() {
        check("2024-01-01T13:00+02:00", "2024-01-01T12:00Z");
        check("2024-01-01T12:00Z", "2024-01-01T13:00+01:00");
        check("2024-01-01T12:00+01:00", "2024-01-01T12:00[Europe/Berlin]");
        check(
            "2024-01-01T12:00[Europe/Berlin]",
            "2024-01-01T12:00[Europe/Paris]",
        );
    }

    #[test]
    fn durations_order_by_length_and_are_level_only_if_equal() {
        let read = |text: &str| text.parse::<Duration>().unwrap();
        let order = |a: &str, b: &str| read(a).order(&read(b));
        assert_eq!(order("P30D", "P1M"), Ordering::Less);
        assert_eq!(order("P31D", "P1M"), Ordering::Greater);
        assert_eq!(order("PT24H", "P1D"), Ordering::Less);
        assert_eq!(order("PT24H", "PT24H"), Ordering::Equal);
    }
}
