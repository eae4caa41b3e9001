//! Writes an instant by a pattern of letters, as Cypher 25 does: `yyyy-MM-dd`, `EEEE d MMMM`, `HH:mm XXX`.

use std::{fmt::Write as _, iter::Peekable, str::Chars};

use crate::{
    base::{Code, Fault},
    value::{
        Value,
        temporal::{Date, LocalTime, Zone, invalid, parts::Parts},
    },
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

const QUARTERS: [&str; 4] = ["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"];

/// Maximum number of equal letters of a pattern.
const LONGEST: usize = 19;

/// The text of an instant.
///
/// # Errors
/// A fault if the pattern is malformed, or asks for a part that the value does not have.
pub fn format(value: &Value, pattern: &str) -> Result<String, Fault> {
    let Some(parts) = Parts::of(value) else {
        let message = format!("`format` expects a date or a time, found {}", value.kind());
        return Err(Fault::new(Code::InvalidArgumentTypeAtRuntime, message));
    };
    let mut written = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => quoted(&mut letters, &mut written)?,
            letter if letter.is_ascii_alphabetic() => {
                let mut count = 1;
                while letters.next_if_eq(&letter).is_some() {
                    count += 1;
                }
                if count > LONGEST {
                    return Err(invalid(format!(
                        "`{letter}` occurs more than {LONGEST} times in the pattern"
                    )));
                }
                let text = part(value, &parts, letter, count)?;
                written.push_str(&text);
            }
            '{' | '}' | '#' | '[' | ']' => {
                return Err(invalid(format!("`{letter}` has no meaning in a pattern"))
                    .help("put it between quotes"));
            }
            other => written.push(other),
        }
    }
    Ok(written)
}

/// Text after a quote, up to the next one. Two quotes are a quote.
fn quoted(letters: &mut Peekable<Chars<'_>>, written: &mut String) -> Result<(), Fault> {
    if letters.next_if_eq(&'\'').is_some() {
        written.push('\'');
        return Ok(());
    }
    loop {
        match letters.next() {
            None => return Err(invalid("the pattern has a quote that is not closed")),
            Some('\'') if letters.next_if_eq(&'\'').is_none() => return Ok(()),
            Some(other) => written.push(other),
        }
    }
}

fn part(value: &Value, parts: &Parts, letter: char, count: usize) -> Result<String, Fault> {
    let missing = || {
        let message = format!(
            "a {} has nothing for `{letter}` of the pattern",
            value.kind()
        );
        invalid(message).help("put text that stays between quotes")
    };
    match letter {
        'y' | 'u' | 'Y' | 'M' | 'L' | 'd' | 'D' | 'E' | 'e' | 'c' | 'Q' | 'q' | 'w' => {
            of_date(parts.date.ok_or_else(missing)?, letter, count).ok_or_else(missing)
        }
        'a' | 'H' | 'k' | 'h' | 'K' | 'm' | 's' | 'S' | 'n' | 'A' | 'N' => {
            of_time(parts.time.ok_or_else(missing)?, letter, count).ok_or_else(missing)
        }
        'V' | 'v' | 'z' | 'X' | 'x' | 'Z' | 'O' => {
            let offset = parts.offset.ok_or_else(missing)?;
            of_zone(parts.zone.as_ref(), offset, letter, count).ok_or_else(missing)
        }
        _ => Err(invalid(format!("`{letter}` is no letter of a pattern"))
            .help("put text that stays between quotes")),
    }
}

fn of_date(date: Date, letter: char, count: usize) -> Option<String> {
    let civil = date.civil();
    Some(match letter {
        'y' | 'u' => year(
            if letter == 'y' && civil.year < 1 {
                1 - civil.year
            } else {
                civil.year
            },
            count,
        ),
        'Y' => year(date.week().year, count),
        'M' | 'L' => named(civil.month, count, &MONTHS),
        'd' => digits(civil.day, count),
        'D' => digits(date.ordinal(), count),
        'E' => named(date.week().day, count.max(3), &WEEKDAYS),
        'e' | 'c' => named(date.week().day, count, &WEEKDAYS),
        'Q' | 'q' => match count {
            3 => format!("Q{}", date.quarter().quarter),
            _ => named(date.quarter().quarter, count, &QUARTERS),
        },
        'w' => digits(date.week().week, count),
        _ => return None,
    })
}

fn of_time(time: LocalTime, letter: char, count: usize) -> Option<String> {
    let clock = time.clock();
    let nanos = i64::try_from(time.nanos).unwrap_or(i64::MAX);
    Some(match letter {
        'a' => if clock.hour < 12 { "AM" } else { "PM" }.to_owned(),
        'H' => digits(clock.hour, count),
        'k' => digits(if clock.hour == 0 { 24 } else { clock.hour }, count),
        'K' => digits(clock.hour % 12, count),
        'h' => digits((clock.hour + 11) % 12 + 1, count),
        'm' => digits(clock.minute, count),
        's' => digits(clock.second, count),
        'S' => {
            let mut fraction = format!("{:09}", clock.nanos);
            while fraction.len() < count {
                fraction.push('0');
            }
            fraction.truncate(count);
            fraction
        }
        'n' => digits(clock.nanos, count),
        'A' => digits(nanos / 1_000_000, count),
        'N' => digits(nanos, count),
        _ => return None,
    })
}

fn of_zone(zone: Option<&Zone>, offset: i32, letter: char, count: usize) -> Option<String> {
    let name = match zone {
        Some(Zone::Named(name)) => Some(name.to_string()),
        _ => None,
    };
    let signed = |separator: &str, seconds: bool| shown(offset, separator, seconds);
    let z = || (offset == 0).then(|| "Z".to_owned());
    Some(match (letter, count) {
        ('V', 2) | ('v' | 'z', 1..=4) => name.or_else(z).unwrap_or_else(|| signed(":", true)),
        ('X', 1..=5) => z().unwrap_or_else(|| of_width(offset, count)),
        ('x', 1..=5) => of_width(offset, count),
        ('Z', 1..=3) => signed("", false),
        ('Z', 5) => z().unwrap_or_else(|| signed(":", true)),
        ('O', 1) if offset == 0 => "GMT".to_owned(),
        ('O', 1) => {
            let whole = format!("{:+}", offset / 3_600);
            let minutes = offset / 60 % 60;
            match minutes {
                0 => format!("GMT{whole}"),
                _ => format!("GMT{whole}:{:02}", minutes.abs()),
            }
        }
        ('O' | 'Z', 4) if offset == 0 => "GMT".to_owned(),
        ('O' | 'Z', 4) => format!("GMT{}", signed(":", true)),
        _ => return None,
    })
}

/// An offset by the number of letters: hours, minutes if they are not zero; with minutes; with a colon; with seconds.
fn of_width(offset: i32, count: usize) -> String {
    match count {
        1 if offset / 60 % 60 == 0 => shown(offset, "", false)[..3].to_owned(),
        1 | 2 => shown(offset, "", false),
        3 => shown(offset, ":", false),
        4 => shown(offset, "", true),
        _ => shown(offset, ":", true),
    }
}

/// `+01:00`, with seconds if they are asked for and not zero.
fn shown(offset: i32, separator: &str, seconds: bool) -> String {
    let size = offset.unsigned_abs();
    let sign = if offset < 0 { '-' } else { '+' };
    let mut text = format!("{sign}{:02}{separator}{:02}", size / 3_600, size / 60 % 60);
    if seconds && !size.is_multiple_of(60) {
        write!(text, "{separator}{:02}", size % 60).expect("writing to a string succeeds");
    }
    text
}

/// A number with at least `count` digits.
fn digits(number: i64, count: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{:0count$}", number.unsigned_abs())
}

/// A year; two letters are its last two digits.
fn year(year: i64, count: usize) -> String {
    match count {
        2 => digits(year.rem_euclid(100), 2),
        _ => digits(year, count),
    }
}

/// A number, or from three letters on its name: short, whole, or one letter.
fn named(number: i64, count: usize, names: &[&str]) -> String {
    let name = usize::try_from(number - 1)
        .ok()
        .and_then(|at| names.get(at));
    match (name, count) {
        (Some(name), 3) => name[..3].to_owned(),
        (Some(name), 4) => (*name).to_owned(),
        (Some(name), 5) => name[..1].to_owned(),
        _ => digits(number, count),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn written(value: &str, pattern: &str) -> String {
        let value = Value::DateTime(Arc::new(value.parse().unwrap()));
        format(&value, pattern).unwrap_or_else(|fault| fault.message)
    }

    #[test]
    fn letters_stand_for_parts() {
        let value = "2015-07-04T09:05:06.0123+02:00";
        for (pattern, expected) in [
            ("yyyy-MM-dd", "2015-07-04"),
            ("d/M/yy", "4/7/15"),
            ("EEE EEEE EEEEE", "Sat Saturday S"),
            ("MMM MMMM MMMMM", "Jul July J"),
            ("Q QQQ QQQQ", "3 Q3 3rd quarter"),
            ("hh:mm a", "09:05 AM"),
            ("H'h' s.SSS ''", "9h 6.012 '"),
            ("X XX XXX x xxx Z", "+02 +0200 +02:00 +02 +02:00 +0200"),
            ("DDD w e", "185 27 6"),
        ] {
            assert_eq!(written(value, pattern), expected, "{pattern}");
        }
        assert_eq!(written("2015-07-04T00:00Z", "k K h XXX x"), "24 0 12 Z +00");
    }

    #[test]
    fn parts_that_a_value_does_not_have_are_faults() {
        let date = Value::Date("2015-07-21".parse().unwrap());
        let fault = format(&date, "HH").unwrap_err();
        assert_eq!(fault.message, "a DATE has nothing for `H` of the pattern");
        assert!(format(&date, "'open").is_err() && format(&date, "J").is_err());
    }
}
