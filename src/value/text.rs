//! The string operators `STARTS WITH`, `ENDS WITH`, `CONTAINS` and `=~`. The result is unknown if an operand is not a
//! string.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::{
    base::{Code, Fault},
    value::{Text, Value},
};

/// `text STARTS WITH prefix`
#[must_use]
pub fn starts_with(text: &Value, prefix: &Value) -> Option<bool> {
    both(text, prefix).map(|(text, prefix)| text.starts_with(prefix))
}

/// `text ENDS WITH suffix`
#[must_use]
pub fn ends_with(text: &Value, suffix: &Value) -> Option<bool> {
    both(text, suffix).map(|(text, suffix)| text.ends_with(suffix))
}

/// `text CONTAINS part`
#[must_use]
pub fn contains(text: &Value, part: &Value) -> Option<bool> {
    both(text, part).map(|(text, part)| text.contains(part))
}

/// `text =~ pattern`: true if the pattern matches the whole string.
///
/// # Errors
/// A fault if `pattern` is not a valid regular expression.
pub fn matches(text: &Value, pattern: &Value, patterns: &Patterns) -> Result<Option<bool>, Fault> {
    let Some((text, _)) = both(text, pattern) else {
        return Ok(None);
    };
    let Value::String(pattern) = pattern else {
        return Ok(None);
    };
    Ok(Some(patterns.get(pattern)?.matches(text)))
}

/// A regular expression that must match a whole string.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles a regular expression.
    ///
    /// # Errors
    /// A fault if the pattern is invalid or too large.
    pub fn compile(pattern: &str) -> Result<Self, Fault> {
        // The pattern must be valid by itself: `a)(?:b` is valid only inside the anchors.
        Regex::new(pattern).map_err(|error| misspelt(pattern, &error))?;
        // In verbose mode, a comment at the end of the pattern would include the closing parenthesis.
        Regex::new(&format!(r"\A(?:{pattern})\z"))
            .or_else(|_| Regex::new(&format!("\\A(?:{pattern}\n)\\z")))
            .map(Self)
            .map_err(|error| misspelt(pattern, &error))
    }

    /// True if the pattern matches the whole string.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// A cache of compiled patterns: each pattern is compiled once for many rows.
#[derive(Default)]
pub struct Patterns(Mutex<FxHashMap<Text, Arc<Pattern>>>);

impl Patterns {
    /// Maximum number of cached patterns; a full cache is cleared. A pattern can take several megabytes.
    const CAPACITY: usize = 16;

    /// The compiled pattern; compiles it if it is not cached.
    ///
    /// # Errors
    /// A fault if the pattern is invalid or too large.
    pub fn get(&self, pattern: &Text) -> Result<Arc<Pattern>, Fault> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = known.get(pattern) {
            return Ok(compiled.clone());
        }
        let compiled = Arc::new(Pattern::compile(pattern)?);
        if known.len() >= Self::CAPACITY {
            known.clear();
        }
        known.insert(pattern.clone(), compiled.clone());
        Ok(compiled)
    }
}

impl fmt::Debug for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patterns")
    }
}

fn both<'a>(a: &'a Value, b: &'a Value) -> Option<(&'a str, &'a str)> {
    match (a, b) {
        (Value::String(a), Value::String(b)) => Some((a, b)),
        _ => None,
    }
}

fn misspelt(pattern: &str, error: &regex::Error) -> Fault {
    let reason = match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        // The last line of the crate's message states the error; the lines before it show the pattern.
        other => other
            .to_string()
            .lines()
            .last()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned(),
    };
    Fault::new(
        Code::InvalidRegularExpression,
        format!("`{pattern}` is not a regular expression: {reason}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_match(text: &str, pattern: &str) -> Result<Option<bool>, Fault> {
        matches(&text.into(), &pattern.into(), &Patterns::default())
    }

    #[test]
    fn a_pattern_matches_the_whole_text() {
        assert_eq!(is_match("Andres", "An.*"), Ok(Some(true)));
        assert_eq!(is_match("Andres", "An"), Ok(Some(false)));
        assert_eq!(is_match("abc", "a|abc"), Ok(Some(true)));
        assert_eq!(is_match("ANDRES", "(?i)an.*"), Ok(Some(true)));
        assert_eq!(is_match("ab", "(?x) a b # both"), Ok(Some(true)));
    }

    #[test]
    fn a_misspelt_pattern_says_why() {
        let fault = is_match("a", "(").unwrap_err();
        assert_eq!(fault.code, Code::InvalidRegularExpression);
        assert_eq!(
            fault.message,
            "`(` is not a regular expression: unclosed group"
        );
        assert!(is_match("ab", "a)(?:b").is_err());
    }

    #[test]
    fn what_is_no_text_is_unknown() {
        assert_eq!(contains(&1.into(), &"a".into()), None);
        assert_eq!(starts_with(&"a".into(), &Value::Null), None);
        assert_eq!(ends_with(&"ab".into(), &"b".into()), Some(true));
    }
}
