//! Parses amounts of memory and time.

use std::time::Duration;

const BYTES: &[(&str, u64)] = &[
    ("", 1),
    ("b", 1),
    ("k", 1 << 10),
    ("kb", 1_000),
    ("kib", 1 << 10),
    ("m", 1 << 20),
    ("mb", 1_000_000),
    ("mib", 1 << 20),
    ("g", 1 << 30),
    ("gb", 1_000_000_000),
    ("gib", 1 << 30),
];

/// The length of each unit in seconds.
const TIMES: &[(&str, f64)] = &[
    ("", 1.0),
    ("us", 1e-6),
    ("µs", 1e-6),
    ("ms", 1e-3),
    ("s", 1.0),
    ("m", 60.0),
    ("min", 60.0),
    ("h", 3_600.0),
];

/// `512MB`, `2GiB`, `100000`.
pub(crate) fn byte_count(text: &str) -> Result<u64, String> {
    let expected = || "expected an amount such as `512MB` or `2GiB`".to_owned();
    let (number, unit) = parts(text).ok_or_else(expected)?;
    let unit = lookup(BYTES, unit).ok_or_else(expected)?;
    #[allow(clippy::cast_precision_loss, reason = "units are far below 2^53")]
    let bytes = number * unit as f64;
    if !(1.0..9e18).contains(&bytes) {
        return Err(expected());
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in range by the check above"
    )]
    Ok(bytes as u64)
}

/// `500ms`, `1.5s`, `2m`; seconds without a unit.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let expected = || "expected a time such as `500ms`, `10s` or `2m`".to_owned();
    let (number, unit) = parts(text).ok_or_else(expected)?;
    let unit = lookup(TIMES, unit).ok_or_else(expected)?;
    let time = Duration::try_from_secs_f64(number * unit).map_err(|_| expected())?;
    if time.is_zero() {
        Err(expected())
    } else {
        Ok(time)
    }
}

/// `100`, `1_000_000`.
pub(crate) fn count(text: &str) -> Result<u64, String> {
    let number = text.trim().replace(['_', ','], "").parse().ok();
    number
        .filter(|count| *count > 0)
        .ok_or_else(|| "expected a number such as `1000`".into())
}

/// The number and the unit, which may be empty.
fn parts(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != '_')
        .unwrap_or(text.len());
    let number = text[..end].replace('_', "").parse().ok()?;
    Some((number, text[end..].trim_start()))
}

fn lookup<T: Copy>(units: &[(&str, T)], name: &str) -> Option<T> {
    let name = name.to_lowercase();
    units
        .iter()
        .find(|(unit, _)| *unit == name)
        .map(|(_, size)| *size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_in_the_usual_units() {
        assert_eq!(byte_count("100"), Ok(100));
        assert_eq!(byte_count("512MB"), Ok(512_000_000));
        assert_eq!(byte_count("1.5 GiB"), Ok(1_610_612_736));
        for wrong in ["", "MB", "0", "-1", "5 parsecs"] {
            assert!(byte_count(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn counts_are_above_zero() {
        assert_eq!(count("1_000"), Ok(1000));
        for wrong in ["", "0", "-1", "many", "1.5"] {
            assert!(count(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn time_is_read_in_the_usual_units() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2"), Ok(Duration::from_secs(2)));
        assert_eq!(duration("1.5m"), Ok(Duration::from_secs(90)));
        for wrong in ["", "s", "0s", "5 parsecs", "1e400"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
