//! Exact comparison of integers and floats, and exact reading of integers: an integer is never rounded to a float.

use std::cmp::Ordering;

/// 2⁶³: the first float above all 64-bit integers; its negation is the smallest integer.
const BOUND: f64 = 9_223_372_036_854_775_808.0;

/// Compares an integer with a float; `None` if the float is NaN.
#[must_use]
pub fn compare_mixed(integer: i64, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if float >= BOUND {
        return Some(Ordering::Less);
    }
    if float < -BOUND {
        return Some(Ordering::Greater);
    }
    // Within the bounds, the integer part fits 64 bits, and truncation is exact.
    let whole = float.trunc();
    let order = integer.cmp(&(whole as i64));
    Some(order.then_with(|| whole.partial_cmp(&float).unwrap_or(Ordering::Equal)))
}

/// The integer that equals the float; `None` if there is none.
#[must_use]
pub fn as_integer(float: f64) -> Option<i64> {
    ((-BOUND..BOUND).contains(&float) && float.trunc() == float).then_some(float as i64)
}

/// The integer part of a float; `None` if it exceeds 64 bits.
#[must_use]
pub fn truncate(float: f64) -> Option<i64> {
    as_integer(float.trunc())
}

/// A total order of floats: `0.0` equals `-0.0`, and NaN comes last.
#[must_use]
pub fn order_floats(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b)
        .unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// The first integer beyond 64 bits in a JSON text. Readers of JSON round such a number to a float.
#[must_use]
pub fn wide_integer(json: &str) -> Option<&str> {
    let mut rest = json;
    while let Some(at) = rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        rest = &rest[at..];
        if rest.starts_with('"') {
            rest = after_string(rest);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
        let (number, after) = rest.split_at(end.unwrap_or(rest.len()));
        let digits = number.strip_prefix('-').unwrap_or(number);
        if digits.bytes().all(|byte| byte.is_ascii_digit()) && number.parse::<i64>().is_err() {
            return Some(number);
        }
        rest = after;
    }
    None
}

/// The text after the JSON string at the start of `text`.
fn after_string(text: &str) -> &str {
    let mut escaped = false;
    let end = text[1..].find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or("", |end| &text[end + 2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_beyond_64_bits_is_found_in_json() {
        for fits in [
            "9223372036854775807",
            "[-9223372036854775808, 1e400, 99999999999999999999.0, 1E30]",
            r#"{"99999999999999999999": "\"99999999999999999999\\"}"#,
            "",
        ] {
            assert_eq!(wide_integer(fits), None, "{fits}");
        }
        for (wide, number) in [
            ("9223372036854775808", "9223372036854775808"),
            ("[1, -9223372036854775809]", "-9223372036854775809"),
            (r#"{"a\\": 18446744073709551616}"#, "18446744073709551616"),
        ] {
            assert_eq!(wide_integer(wide), Some(number));
        }
    }

    #[test]
    fn large_integers_are_not_rounded() {
        let odd = (1 << 53) + 1;
        assert_eq!(
            compare_mixed(odd, 9_007_199_254_740_992.0),
            Some(Ordering::Greater)
        );
        assert_eq!(compare_mixed(i64::MAX, BOUND), Some(Ordering::Less));
        assert_eq!(compare_mixed(i64::MIN, -BOUND), Some(Ordering::Equal));
    }

    #[test]
    fn fractions_count_on_both_sides_of_zero() {
        assert_eq!(compare_mixed(1, 1.5), Some(Ordering::Less));
        assert_eq!(compare_mixed(-1, -1.5), Some(Ordering::Greater));
        assert_eq!(compare_mixed(0, -0.0), Some(Ordering::Equal));
        assert_eq!(compare_mixed(0, f64::NAN), None);
    }

    #[test]
    fn only_whole_floats_within_bounds_are_integers() {
        assert_eq!(as_integer(-0.0), Some(0));
        assert_eq!(as_integer(2.5), None);
        assert_eq!(as_integer(BOUND), None);
        assert_eq!(as_integer(f64::INFINITY), None);
        assert_eq!(truncate(-2.9), Some(-2));
    }
}
