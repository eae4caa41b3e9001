//! Numbers and dates in words: `7`, `seven`, `twenty-one`, `4th`, `July 4th, 2025`, `2025-10`.

use std::ops::Range;

use crate::question::word::Word;

/// A number or date.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// `7`, `seven`, `two thousand and five`
    Cardinal(f64),
    /// `7th`, `seventh`
    Ordinal(u32),
    /// `2025`, `October 2025`, `4 July 2025`: ISO text of that precision; `--10` for `October` of any year.
    Date(String),
    /// Digits that are neither number nor date, such as `2015-16`.
    Digits(String),
}

/// Returns every number and date with its word range: per first word, the longest of each class.
#[must_use]
pub fn numbers(words: &[Word]) -> Vec<(Range<usize>, Number)> {
    let mut found = Vec::new();
    for start in 0..words.len() {
        let rest = &words[start..];
        let mut push = |length: usize, number| found.push((start..start + length, number));
        if let Some((length, value)) = cardinal(rest) {
            push(length, Number::Cardinal(value));
        }
        if let Some(value) = ordinal(&rest[0].text) {
            push(1, Number::Ordinal(value));
        }
        if let Some((length, date)) = date(rest) {
            push(length, Number::Date(date));
        } else if let Some(decade) = decade(&rest[0].text) {
            push(1, Number::Date(decade));
        } else if let Some(month) = month_alone(words, start) {
            push(1, Number::Date(format!("--{month:02}")));
        } else if is_joined(&rest[0].text) {
            push(1, Number::Digits(rest[0].text.clone()));
        }
    }
    found
}

/// `1990s`: the digits that the years of a decade share.
fn decade(text: &str) -> Option<String> {
    let digits = text.strip_suffix("0s")?;
    let is_decade = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_decade.then(|| digits.to_owned())
}

fn is_joined(text: &str) -> bool {
    text.contains('-') && text.starts_with(|first: char| first.is_ascii_digit())
}

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
];
const ORDINALS: &[&str] = &[
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The longest cardinal number, in digits or words, at the beginning of the words.
fn cardinal(words: &[Word]) -> Option<(usize, f64)> {
    if let Some(value) = in_digits(&words[0].text) {
        return Some(match words.get(1).and_then(|word| scale(&word.text)) {
            Some(scale) => (2, value * scale),
            None => (1, value),
        });
    }
    let (mut total, mut group, mut length) = (0.0, None, 0);
    let mut after = Part::Start;
    while let Some(word) = words.get(length) {
        let Some(part) = Part::of(&word.text).filter(|part| part.follows(after)) else {
            break;
        };
        match part {
            Part::Unit(value) | Part::Tens(value) => group = Some(group.unwrap_or(0.0) + value),
            Part::Scale(scale) if scale == 100.0 => group = Some(group.unwrap_or(1.0) * scale),
            Part::Scale(scale) => {
                total += group.take().unwrap_or(1.0) * scale;
            }
            Part::And | Part::Start => {}
        }
        after = part;
        length += 1;
    }
    if matches!(after, Part::And) {
        length -= 1;
    }
    (length > 0).then_some((length, total + group.unwrap_or(0.0)))
}

/// A word of a written-out number.
#[derive(Clone, Copy)]
enum Part {
    Start,
    Unit(f64),
    Tens(f64),
    Scale(f64),
    And,
}

impl Part {
    fn of(word: &str) -> Option<Self> {
        let value = |list: &[&str]| list.iter().position(|entry| *entry == word);
        if let Some(at) = value(UNITS) {
            return Some(Self::Unit(at as f64));
        }
        if let Some(at) = value(TENS) {
            return Some(Self::Tens((at as f64 + 2.0) * 10.0));
        }
        if word == "and" {
            return Some(Self::And);
        }
        scale(word).map(Self::Scale)
    }

    fn follows(self, before: Self) -> bool {
        match (before, self) {
            (Self::Start, Self::Unit(_) | Self::Tens(_)) => true,
            (Self::Tens(_), Self::Unit(value)) => (1.0..10.0).contains(&value),
            (Self::Unit(value), Self::Scale(_)) => value > 0.0,
            (Self::Tens(_), Self::Scale(scale)) => scale > 100.0,
            (Self::Scale(first), Self::Scale(second)) => second > first && first == 100.0,
            (Self::Scale(_), Self::And | Self::Unit(_) | Self::Tens(_)) => true,
            (Self::And, Self::Unit(_) | Self::Tens(_)) => true,
            _ => false,
        }
    }
}

fn scale(word: &str) -> Option<f64> {
    let found = SCALES.iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| *value)
}

/// `7`, `12.5`
fn in_digits(text: &str) -> Option<f64> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let whole = match text.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(text),
    };
    whole.then(|| text.parse().ok()).flatten()
}

/// `7th`, `seventh`
fn ordinal(text: &str) -> Option<u32> {
    if let Some(at) = ORDINALS.iter().position(|word| *word == text) {
        return u32::try_from(at).ok();
    }
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let value: u32 = digits.parse().ok()?;
    let ending = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    (&text[digits.len()..] == ending).then_some(value)
}

/// The longest date at the beginning of the words.
fn date(words: &[Word]) -> Option<(usize, String)> {
    day_first(words)
        .or_else(|| month_first(words))
        .or_else(|| iso(&words[0].text).map(|date| (1, date)))
}

/// `4 July 2025`; `4th of July, 2025`, without an article.
fn day_first(words: &[Word]) -> Option<(usize, String)> {
    let day = day(&words.first()?.text)?;
    let of = usize::from(words.get(1).is_some_and(|word| word.text == "of"));
    let month = month(&words.get(1 + of)?.text)?;
    let (end, year) = year_at(words, 2 + of)?;
    Some((end, whole(year, month, day)?))
}

/// `July 2025`, `July 4th, 2025`
fn month_first(words: &[Word]) -> Option<(usize, String)> {
    let month = month(&words.first()?.text)?;
    if let Some((end, year)) = year_at(words, 1) {
        return Some((end, format!("{year:04}-{month:02}")));
    }
    let day = day(&words.get(1)?.text)?;
    let (end, year) = year_at(words, 2)?;
    Some((end, whole(year, month, day)?))
}

/// A month of any year. `may` and `march` count only after a time preposition; abbreviations never count.
fn month_alone(words: &[Word], at: usize) -> Option<u32> {
    const TIMES: &[&str] = &[
        "in", "since", "from", "until", "before", "after", "during", "by", "of",
    ];
    let text = words[at].text.as_str();
    let before = at.checked_sub(1).map(|at| words[at].text.as_str());
    let in_time = before.is_some_and(|word| TIMES.contains(&word));
    let plain = !matches!(text, "may" | "march") || in_time;
    (MONTHS.contains(&text) && plain)
        .then(|| month(text))
        .flatten()
}

/// `October` for `--10`; `None` for any other text.
#[must_use]
pub fn month_name(date: &str) -> Option<String> {
    let number: usize = date.strip_prefix("--")?.parse().ok()?;
    let name = MONTHS.get(number.checked_sub(1)?)?;
    Some(format!("{}{}", name[..1].to_uppercase(), &name[1..]))
}

/// The year at `at`, after an optional comma or `of`, and the position behind it.
fn year_at(words: &[Word], at: usize) -> Option<(usize, u32)> {
    let skipped = words
        .get(at)
        .is_some_and(|word| matches!(&*word.text, "," | "of"));
    let at = at + usize::from(skipped);
    year(&words.get(at)?.text).map(|year| (at + 1, year))
}

fn year(text: &str) -> Option<u32> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = digits.then(|| text.parse().ok()).flatten()?;
    (1000..3000).contains(&year).then_some(year)
}

fn month(text: &str) -> Option<u32> {
    let short = |name: &str| {
        text.len() == 3 && name.starts_with(text) || text == "sept" && name == "september"
    };
    let at = MONTHS
        .iter()
        .position(|name| *name == text || short(name))?;
    u32::try_from(at + 1).ok()
}

fn day(text: &str) -> Option<u32> {
    let digits = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let day = if digits {
        text.parse().ok()
    } else {
        ordinal(text)
    };
    day.filter(|day| (1..=31).contains(day))
}

/// The ISO date; `None` if the month does not have the day.
fn whole(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=days)
        .contains(&day)
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `2025`, `2025-10`, `2025-07-04`
fn iso(text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let year = year(parts.next()?)?;
    let two = |part: &str| {
        (part.len() == 2)
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let Some(month) = parts.next() else {
        return Some(text.to_owned());
    };
    let month = two(month).filter(|month| (1..=12).contains(month))?;
    match parts.next() {
        None => Some(text.to_owned()),
        Some(day) if parts.next().is_none() => whole(year, month, two(day)?),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::word::words;

    fn check(text: &str, expected: &[(&str, Number)]) {
        let words = words(text);
        let found: Vec<(String, Number)> = numbers(&words)
            .into_iter()
            .map(|(range, number)| {
                let texts: Vec<&str> = words[range].iter().map(|word| &*word.text).collect();
                (texts.join(" "), number)
            })
            .collect();
        let expected: Vec<(String, Number)> = expected
            .iter()
            .map(|(text, number)| ((*text).to_owned(), number.clone()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    fn date(text: &str) -> Number {
        Number::Date(text.to_owned())
    }

    #[test]
    fn numbers_in_digits_and_words() {
        check("7 credits", &[("7", Number::Cardinal(7.0))]);
        check("1,000.5", &[("1000.5", Number::Cardinal(1000.5))]);
        check(
            "twenty-one",
            &[
                ("twenty one", Number::Cardinal(21.0)),
                ("one", Number::Cardinal(1.0)),
            ],
        );
        check("seven and", &[("seven", Number::Cardinal(7.0))]);
        check("3 million", &[("3 million", Number::Cardinal(3e6))]);
        check("and hundred no", &[]);
        let words = words("two hundred and five thousand and twelve people");
        assert_eq!(cardinal(&words), Some((7, 205_012.0)));
    }

    #[test]
    fn ordinals() {
        check(
            "3rd or 13th",
            &[("3rd", Number::Ordinal(3)), ("13th", Number::Ordinal(13))],
        );
        check("third", &[("third", Number::Ordinal(3))]);
        check("3th", &[]);
    }

    #[test]
    fn dates_of_any_precision() {
        check(
            "October 2025",
            &[
                ("october 2025", date("2025-10")),
                ("2025", Number::Cardinal(2025.0)),
                ("2025", date("2025")),
            ],
        );
        check(
            "in may or October",
            &[("may", date("--05")), ("october", date("--10"))],
        );
        check("it may march", &[]);
        let longest = |text: &str| super::date(&words(text));
        assert_eq!(longest("4 July 2025"), Some((3, "2025-07-04".to_owned())));
        assert_eq!(
            longest("July 4th, 2025"),
            Some((4, "2025-07-04".to_owned()))
        );
        assert_eq!(
            longest("4th of July 2025"),
            Some((4, "2025-07-04".to_owned()))
        );
        assert_eq!(longest("2025-10"), Some((1, "2025-10".to_owned())));
        assert_eq!(longest("2025-07-04"), Some((1, "2025-07-04".to_owned())));
        assert_eq!(longest("30 February 2025"), None);
        assert_eq!(longest("may I"), None);
    }

    #[test]
    fn a_span_of_years_is_a_text() {
        check(
            "2015-16",
            &[("2015-16", Number::Digits("2015-16".to_owned()))],
        );
    }
}
