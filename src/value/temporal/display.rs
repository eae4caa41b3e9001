//! Temporal values as ISO 8601 text, in the form of openCypher's `toString`.
//!
//! Seconds are omitted if they and their fraction are zero; a fraction has no trailing zeros; a year outside 0 to 9999
//! has a sign.

use std::fmt;

use crate::value::temporal::{
    Date, DateTime, Duration, LocalDateTime, LocalTime, Time, civil::Civil, clock::Clock,
};

/// A year, written with at least four digits.
pub(crate) struct Year(pub(crate) i64);

/// An offset in seconds, written as `Z`, `+01:00` or `+00:53:28`.
pub(crate) struct Offset(pub(crate) i32);

/// Nanoseconds of a second, written with the decimal point; 0 is empty.
struct Fraction(u32);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0..=9_999 => write!(f, "{:04}", self.0),
            10_000.. => write!(f, "+{}", self.0),
            _ => write!(f, "-{:04}", self.0.unsigned_abs()),
        }
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("Z");
        }
        let sign = if self.0 < 0 { '-' } else { '+' };
        let seconds = self.0.unsigned_abs();
        let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        write!(f, "{sign}{hour:02}:{minute:02}")?;
        if second != 0 {
            write!(f, ":{second:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return Ok(());
        }
        let digits = format!("{:09}", self.0);
        write!(f, ".{}", digits.trim_end_matches('0'))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil { year, month, day } = self.civil();
        write!(f, "{}-{month:02}-{day:02}", Year(year))
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Clock {
            hour,
            minute,
            second,
            nanos,
        } = self.clock();
        write!(f, "{hour:02}:{minute:02}")?;
        if second != 0 || nanos != 0 {
            let fraction = Fraction(u32::try_from(nanos).unwrap_or(0));
            write!(f, ":{second:02}{fraction}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local, Offset(self.offset))
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local, Offset(self.offset))?;
        match &self.zone {
            Some(name) => write!(f, "[{name}]"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return f.write_str("PT0S");
        }
        f.write_str("P")?;
        amount(f, self.months / 12, 'Y')?;
        amount(f, self.months % 12, 'M')?;
        amount(f, self.days, 'D')?;
        if self.seconds != 0 || self.nanos != 0 {
            time_of_duration(f, self)?;
        }
        Ok(())
    }
}

/// Writes `T16H12M1.5S`. All parts have the sign of the whole.
fn time_of_duration(f: &mut fmt::Formatter<'_>, duration: &Duration) -> fmt::Result {
    // `nanos` counts up from the second below. A negative time is written as a count down from the second above.
    let borrow = duration.seconds < 0 && duration.nanos > 0;
    let (seconds, nanos) = if borrow {
        (duration.seconds + 1, 1_000_000_000 - duration.nanos)
    } else {
        (duration.seconds, duration.nanos)
    };
    f.write_str("T")?;
    amount(f, seconds / 3_600, 'H')?;
    amount(f, seconds / 60 % 60, 'M')?;
    let rest = seconds % 60;
    if rest != 0 || nanos != 0 {
        let sign = if duration.seconds < 0 { "-" } else { "" };
        write!(f, "{sign}{}{}S", rest.unsigned_abs(), Fraction(nanos))?;
    }
    Ok(())
}

fn amount(f: &mut fmt::Formatter<'_>, count: i64, unit: char) -> fmt::Result {
    if count == 0 {
        Ok(())
    } else {
        write!(f, "{count}{unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(months: i64, days: i64, seconds: i64, nanos: u32, expected: &str) {
        let duration = Duration {
            months,
            days,
            seconds,
            nanos,
        };
        assert_eq!(duration.to_string(), expected);
        assert_eq!(expected.parse(), Ok(duration));
    }

    #[test]
    fn durations_show_each_part_with_its_sign() {
        check(0, 0, 0, 0, "PT0S");
        check(14, -3, 0, 0, "P1Y2M-3D");
        check(-14, 0, 0, 0, "P-1Y-2M");
        check(0, 0, 3_725, 0, "PT1H2M5S");
        check(0, 0, -1, 500_000_000, "PT-0.5S");
        check(0, 0, -61, 999_000_000, "PT-1M-0.001S");
        check(0, 0, -86_400, 100_000_000, "PT-23H-59M-59.9S");
        check(0, 0, -60, 0, "PT-1M");
    }

    #[test]
    fn the_extremes_of_durations_are_shown_and_read() {
        check(
            i64::MIN,
            i64::MIN,
            i64::MIN,
            1,
            "P-768614336404564650Y-8M-9223372036854775808DT-2562047788015215H-30M-7.999999999S",
        );
    }

    #[test]
    fn years_outside_of_four_digits_bear_a_sign() {
        let check = |text: &str| assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        check("0000-01-01");
        check("-0001-12-31");
        check("+10000-01-01");
        check("-123456-01-01");
    }
}
