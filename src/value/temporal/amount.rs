//! Exact fractions of durations: sums of amounts of units, and multiples.
//!
//! Amounts are fixed-point decimals with 18 fractional digits in 128 bits, so `P0.1D` is exactly a tenth of a day. A
//! fraction of a month becomes days, at 30.436875 days per month; a fraction of a day becomes seconds; a fraction of a
//! nanosecond is dropped.

use crate::{
    base::{Code, Fault},
    value::temporal::{Duration, NANOS_PER_SECOND, SECONDS_PER_DAY},
};

/// The number 1 as an amount.
pub(crate) const ONE: i128 = 1_000_000_000_000_000_000;

/// Number of fractional digits of an amount.
const PLACES: usize = 18;

/// Seconds of an average month: a twelfth of 365.2425 days.
pub(crate) const SECONDS_PER_MONTH: i64 = 2_629_746;

/// The unit of a duration component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Years,
    Quarters,
    Months,
    Weeks,
    Days,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

/// Sums of the three parts that do not convert into each other, each with 18 fractional digits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    months: i128,
    days: i128,
    seconds: i128,
}

/// A number that durations are multiplied or divided by: a fraction with a positive denominator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Factor {
    numerator: i128,
    denominator: i128,
}

/// The fault of a duration with a part beyond 64 bits.
pub(crate) fn overflow() -> Fault {
    Fault::new(
        Code::NumericOverflow,
        "a component of the duration exceeds 64 bits",
    )
}

/// The amount with these decimal digits before and after the point; digits beyond the 18th after the point are dropped.
pub(crate) fn decimal(whole: &str, fraction: &str) -> Result<i128, Fault> {
    let kept = &fraction[..fraction.len().min(PLACES)];
    let digits = whole.bytes().chain(kept.bytes());
    let zeros = std::iter::repeat_n(b'0', PLACES - kept.len());
    digits
        .chain(zeros)
        .try_fold(0_i128, |amount, digit| {
            amount
                .checked_mul(10)?
                .checked_add(i128::from(digit - b'0'))
        })
        .ok_or_else(overflow)
}

/// An integer as an amount.
pub(crate) fn whole(number: i64) -> i128 {
    i128::from(number) * ONE
}

/// The amount with the decimal digits that the float prints.
pub(crate) fn float(number: f64) -> Result<i128, Fault> {
    if !number.is_finite() {
        return Err(overflow());
    }
    let text = number.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let amount = decimal(whole, fraction)?;
    Ok(if number < 0.0 { -amount } else { amount })
}

impl Sum {
    /// Adds an amount of a unit.
    pub(crate) fn add(&mut self, unit: Unit, amount: i128) -> Result<(), Fault> {
        let (part, scaled) = match unit {
            Unit::Years => (&mut self.months, amount.checked_mul(12)),
            Unit::Quarters => (&mut self.months, amount.checked_mul(3)),
            Unit::Months => (&mut self.months, Some(amount)),
            Unit::Weeks => (&mut self.days, amount.checked_mul(7)),
            Unit::Days => (&mut self.days, Some(amount)),
            Unit::Hours => (&mut self.seconds, amount.checked_mul(3_600)),
            Unit::Minutes => (&mut self.seconds, amount.checked_mul(60)),
            Unit::Seconds => (&mut self.seconds, Some(amount)),
            Unit::Milliseconds => (&mut self.seconds, Some(amount / 1_000)),
            Unit::Microseconds => (&mut self.seconds, Some(amount / 1_000_000)),
            Unit::Nanoseconds => (&mut self.seconds, Some(amount / NANOS_PER_SECOND)),
        };
        *part = scaled
            .and_then(|scaled| part.checked_add(scaled))
            .ok_or_else(overflow)?;
        Ok(())
    }

    /// The product of the duration and the factor.
    pub(crate) fn multiple(duration: &Duration, factor: Factor) -> Result<Self, Fault> {
        let times = |amount: i128| {
            multiply_divide(amount, factor.numerator, factor.denominator).ok_or_else(overflow)
        };
        let nanos = i128::from(duration.nanos) * (ONE / NANOS_PER_SECOND);
        Ok(Self {
            months: times(whole(duration.months))?,
            days: times(whole(duration.days))?,
            seconds: times(whole(duration.seconds) + nanos)?,
        })
    }

    /// Converts the sum to a duration, in which only seconds have a fraction.
    pub(crate) fn finish(self) -> Result<Duration, Fault> {
        let days_per_month =
            i128::from(SECONDS_PER_MONTH) * 1_000_000 / i128::from(SECONDS_PER_DAY);
        let rest_of_month = self.months % ONE * days_per_month / 1_000_000;
        let days = self.days.checked_add(rest_of_month).ok_or_else(overflow)?;
        let rest_of_day = days % ONE * i128::from(SECONDS_PER_DAY);
        let seconds = self.seconds.checked_add(rest_of_day).ok_or_else(overflow)?;
        let nanos = seconds / (ONE / NANOS_PER_SECOND);
        from_parts(self.months / ONE, days / ONE, nanos)
    }
}

/// The duration of these months, days and nanoseconds.
pub(crate) fn from_parts(months: i128, days: i128, nanos: i128) -> Result<Duration, Fault> {
    let narrow = |part: i128| i64::try_from(part).map_err(|_| overflow());
    let rest = nanos.rem_euclid(NANOS_PER_SECOND);
    Ok(Duration {
        months: narrow(months)?,
        days: narrow(days)?,
        seconds: narrow(nanos.div_euclid(NANOS_PER_SECOND))?,
        nanos: u32::try_from(rest).map_err(|_| overflow())?,
    })
}

impl Factor {
    /// An integer factor.
    pub(crate) fn integer(number: i64) -> Self {
        Self {
            numerator: i128::from(number),
            denominator: 1,
        }
    }

    /// The decimal number that the float prints, with at most 36 fractional digits.
    pub(crate) fn float(number: f64) -> Result<Self, Fault> {
        if !number.is_finite() {
            return Err(overflow());
        }
        let text = format!("{:e}", number.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let mut numerator: i128 = digits.parse().map_err(|_| overflow())?;
        let shift = exponent.parse::<i32>().map_err(|_| overflow())?;
        let mut places = i32::try_from(fraction.len()).map_err(|_| overflow())? - shift;
        while places > 36 {
            // A small factor must not become zero, since `inverse` divides by it.
            numerator = (numerator / 10).max(1);
            places -= 1;
        }
        while places < 0 {
            numerator = numerator.saturating_mul(10);
            places += 1;
        }
        Ok(Self {
            numerator: if number < 0.0 { -numerator } else { numerator },
            denominator: 10_i128.pow(places.unsigned_abs()),
        })
    }

    /// The reciprocal; a fault if the factor is zero.
    pub(crate) fn inverse(self) -> Result<Self, Fault> {
        if self.numerator == 0 {
            let message = "a duration cannot be divided by zero";
            return Err(Fault::new(Code::DivisionByZero, message));
        }
        Ok(Self {
            numerator: self.denominator * self.numerator.signum(),
            denominator: self.numerator.abs(),
        })
    }
}

/// `a × b ÷ c`, truncated toward zero; the product may need 256 bits. `c` must be positive.
fn multiply_divide(a: i128, b: i128, c: i128) -> Option<i128> {
    if let Some(product) = a.checked_mul(b) {
        return Some(product / c);
    }
    let (high, low) = product(a.unsigned_abs(), b.unsigned_abs());
    let quotient = i128::try_from(quotient(high, low, c.unsigned_abs())?).ok()?;
    Some(if (a < 0) == (b < 0) {
        quotient
    } else {
        -quotient
    })
}

/// The product as its high and low 128 bits.
fn product(a: u128, b: u128) -> (u128, u128) {
    const HALF: u128 = u64::MAX as u128;
    let (a1, a0) = (a >> 64, a & HALF);
    let (b1, b0) = (b >> 64, b & HALF);
    let lowest = a0 * b0;
    let middle = a1 * b0 + (lowest >> 64);
    let other = a0 * b1 + (middle & HALF);
    let high = a1 * b1 + (middle >> 64) + (other >> 64);
    (high, (other << 64) | (lowest & HALF))
}

/// Binary long division; `None` if the quotient exceeds 128 bits.
fn quotient(high: u128, low: u128, divisor: u128) -> Option<u128> {
    // The divisor comes from an `i128`, so doubling a remainder does not overflow.
    let mut rest = high;
    if rest >= divisor {
        return None;
    }
    let mut quotient = 0;
    for bit in (0..128).rev() {
        rest = (rest << 1) | (low >> bit & 1);
        if rest >= divisor {
            rest -= divisor;
            quotient |= 1 << bit;
        }
    }
    Some(quotient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_products_are_divided_exactly() {
        let big = 170_000_000_000_000_000_000_000_000_000_000_000_000;
        assert_eq!(multiply_divide(big, 6, 12), Some(big / 2));
        assert_eq!(multiply_divide(-big, 1_000, 1_000), Some(-big));
        assert_eq!(multiply_divide(big, 3, 2), None);
        assert_eq!(multiply_divide(7, -2, 4), Some(-3));
        let prime = 170_141_183_460_469_231_731_687_303_715_884_105_727;
        assert_eq!(multiply_divide(prime, prime, prime), Some(prime));
    }

    #[test]
    fn floats_are_the_decimals_they_show() {
        assert_eq!(float(0.1).unwrap(), ONE / 10);
        assert_eq!(float(-2.5).unwrap(), -ONE * 5 / 2);
        assert!(float(1e300).is_err());
        assert!(float(f64::NAN).is_err());
        assert_eq!(Factor::float(1e-300).unwrap().numerator, 1);
    }
}
