//! Exact decimal numbers: up to 28 digits, at most 28 of them after the point (GQL 4.16.3).

use std::cmp::Ordering;

use rust_decimal::{
    MathematicalOps as _,
    prelude::{FromPrimitive, ToPrimitive},
};

pub use rust_decimal::{Decimal, RoundingStrategy};

use crate::{
    base::{Code, Fault},
    value::Value,
};

/// The greatest number of digits of a type of decimals.
pub const MAX_PRECISION: u64 = 28;

/// The number of bits of the greatest decimal without its scale.
const BITS: u32 = 96;

/// Parses digits with optional sign, point and exponent; `None` if the text is none, or has more digits than a decimal.
#[must_use]
pub fn parse(text: &str) -> Option<Decimal> {
    let text = text.trim();
    if text.contains(['e', 'E']) {
        Decimal::from_scientific(text).ok()
    } else {
        Decimal::from_str_exact(text).ok()
    }
}

/// The float that is nearest to a decimal.
#[must_use]
pub fn to_float(decimal: Decimal) -> f64 {
    // The standard library rounds correctly.
    decimal.to_string().parse().unwrap_or(f64::NAN)
}

/// The decimal that a float spells, with at most 28 digits; `None` if it is not finite, or too large.
#[must_use]
pub fn of_float(float: f64) -> Option<Decimal> {
    let text = float.to_string();
    parse(&text).or_else(|| Decimal::from_f64(float))
}

/// The square root; `None` of a negative number.
#[must_use]
pub fn square_root(decimal: Decimal) -> Option<Decimal> {
    decimal.sqrt().map(|root| root.normalize())
}

/// The integer part; `None` if it exceeds 64 bits.
#[must_use]
pub fn truncate(decimal: Decimal) -> Option<i64> {
    decimal.trunc().to_i64()
}

/// The decimal that equals a float; `None` if there is none.
fn exact(float: f64) -> Option<Decimal> {
    if float == 0.0 {
        return Some(Decimal::ZERO);
    }
    if !float.is_finite() {
        return None;
    }
    let bits = float.to_bits();
    let raw = i32::try_from(bits >> 52 & 0x7FF).ok()?;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = match raw {
        0 => (fraction, -1_074),
        raw => (fraction | 1 << 52, raw - 1_075),
    };
    let twos = mantissa.trailing_zeros();
    let (mantissa, exponent) = (i128::from(mantissa >> twos), exponent + twos as i32);
    let (digits, scale) = match u32::try_from(exponent) {
        Ok(shift) if shift < BITS => (mantissa.checked_mul(1_i128.checked_shl(shift)?)?, 0),
        Ok(_) => return None,
        Err(_) => {
            let scale = exponent.unsigned_abs();
            if scale > Decimal::MAX_SCALE {
                return None;
            }
            (mantissa.checked_mul(5_i128.checked_pow(scale)?)?, scale)
        }
    };
    let magnitude = Decimal::try_from_i128_with_scale(digits, scale).ok()?;
    Some(if float < 0.0 { -magnitude } else { magnitude })
}

/// Compares a decimal with a float exactly; `None` if the float is NaN.
#[must_use]
pub fn compare_float(decimal: Decimal, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if let Some(exact) = exact(float) {
        return Some(decimal.cmp(&exact));
    }
    let negative = decimal.is_sign_negative() && !decimal.is_zero();
    if negative != (float < 0.0) {
        return Some(if negative {
            Ordering::Less
        } else {
            Ordering::Greater
        });
    }
    let order = magnitudes(decimal, float.abs());
    Some(if negative { order.reverse() } else { order })
}

/// Compares the magnitudes of a decimal and of a float without an equal decimal, by their digits.
fn magnitudes(decimal: Decimal, float: f64) -> Ordering {
    if float >= 1e30 {
        return Ordering::Less;
    }
    let (left, right) = (decimal.abs().to_string(), format!("{float:.1074}"));
    let parts = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        (
            format!("{whole:0>40}"),
            fraction.trim_end_matches('0').to_owned(),
        )
    };
    parts(&left).cmp(&parts(&right))
}

/// The float or integer that equals a decimal, so that equal keys have equal hashes; else the decimal in its shortest form.
#[must_use]
pub fn simplest(decimal: Decimal) -> Value {
    let short = decimal.normalize();
    if short.scale() == 0
        && let Some(integer) = short.to_i64()
    {
        return Value::Integer(integer);
    }
    let float = to_float(short);
    match exact(float) {
        Some(same) if same == short => Value::Float(float),
        _ => Value::Decimal(short),
    }
}

/// A number as a decimal: an integer or a decimal.
#[must_use]
pub fn exact_number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Integer(integer) => Some(Decimal::from(*integer)),
        Value::Decimal(decimal) => Some(*decimal),
        _ => None,
    }
}

/// The result of an operation on two decimals.
///
/// # Errors
/// A fault if there is none, because it has too many digits.
pub fn checked(
    result: Option<Decimal>,
    a: Decimal,
    sign: &str,
    b: Decimal,
) -> Result<Value, Fault> {
    result.map(Value::Decimal).ok_or_else(|| {
        let message = format!("`{a} {sign} {b}` exceeds the 28 digits of a DECIMAL");
        Fault::new(Code::NumericOverflow, message)
    })
}

/// The nearest decimal with so many digits after the point; of two, the one farther from zero.
#[must_use]
pub fn round_to(decimal: Decimal, scale: u64) -> Decimal {
    let scale = u32::try_from(scale).unwrap_or(Decimal::MAX_SCALE);
    let strategy = RoundingStrategy::MidpointAwayFromZero;
    decimal.round_dp_with_strategy(scale.min(Decimal::MAX_SCALE), strategy)
}

/// Whether a decimal has at most `precision` digits, `scale` of them after the point.
#[must_use]
pub fn fits(decimal: Decimal, precision: u64, scale: Option<u64>) -> bool {
    let short = decimal.normalize();
    let fraction = u64::from(short.scale());
    let whole = short.trunc().abs().to_string();
    let whole = if whole == "0" { 0 } else { whole.len() as u64 };
    match scale {
        Some(scale) => fraction <= scale && whole + scale <= precision,
        None => whole + fraction <= precision,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Decimal {
        parse(text).unwrap()
    }

    #[test]
    fn a_decimal_is_compared_with_a_float_exactly() {
        for (decimal, float, order) in [
            ("0.5", 0.5, Ordering::Equal),
            ("0.1", 0.1, Ordering::Less),
            ("0.1000000000000000055511151231", 0.1, Ordering::Less),
            ("0.1000000000000000055511151232", 0.1, Ordering::Greater),
            ("-0.1", -0.1, Ordering::Greater),
            ("1", 1e300, Ordering::Less),
            ("1", -1e300, Ordering::Greater),
            ("0", 1e-300, Ordering::Less),
            ("0", f64::NEG_INFINITY, Ordering::Greater),
            (
                "9007199254740993",
                9_007_199_254_740_992.0,
                Ordering::Greater,
            ),
        ] {
            assert_eq!(
                compare_float(of(decimal), float),
                Some(order),
                "{decimal} {float}"
            );
        }
        assert_eq!(compare_float(of("1"), f64::NAN), None);
    }

    #[test]
    fn the_simplest_value_is_equal() {
        assert!(matches!(simplest(of("1.50")), Value::Float(1.5)));
        assert!(matches!(simplest(of("3.0")), Value::Integer(3)));
        assert!(matches!(simplest(of("0.10")), Value::Decimal(d) if d.to_string() == "0.1"));
    }

    #[test]
    fn digits_are_counted() {
        assert!(fits(of("123.45"), 5, Some(2)) && !fits(of("1234.5"), 5, Some(2)));
        assert!(!fits(of("0.123"), 5, Some(2)) && fits(of("0.123"), 3, None));
        assert!(
            parse("1e30").is_none() && parse("x").is_none() && parse("1.5e3") == Some(of("1500"))
        );
    }
}
