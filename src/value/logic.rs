//! Three-valued logic; `None` is unknown.

use crate::{
    base::{Code, Fault},
    value::Value,
};

/// `a AND b`
#[must_use]
pub fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// `a OR b`
#[must_use]
pub fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// `a XOR b`
#[must_use]
pub fn xor(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    Some(a? ^ b?)
}

/// `NOT a`
#[must_use]
pub fn not(a: Option<bool>) -> Option<bool> {
    a.map(|a| !a)
}

/// The truth value of a predicate; `None` for null.
///
/// # Errors
/// A fault if `value` is neither a boolean nor null.
pub fn truth(value: &Value) -> Result<Option<bool>, Fault> {
    match value {
        Value::Boolean(value) => Ok(Some(*value)),
        Value::Null => Ok(None),
        other => Err(Fault::new(
            Code::InvalidArgumentTypeAtRuntime,
            format!("expected BOOLEAN, found {}", other.kind()),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Option<bool>; 3] = [Some(true), Some(false), None];

    #[test]
    fn unknown_stays_unknown_unless_the_other_side_decides() {
        assert_eq!(ALL.map(|b| and(None, b)), [None, Some(false), None]);
        assert_eq!(ALL.map(|b| or(None, b)), [Some(true), None, None]);
        assert_eq!(ALL.map(|b| xor(None, b)), [None; 3]);
        assert_eq!(ALL.map(not), [Some(false), Some(true), None]);
    }

    #[test]
    fn and_and_or_are_dual() {
        for a in ALL {
            for b in ALL {
                assert_eq!(not(and(a, b)), or(not(a), not(b)));
            }
        }
    }

    #[test]
    fn only_booleans_are_true_or_false() {
        assert_eq!(truth(&true.into()), Ok(Some(true)));
        assert_eq!(truth(&Value::Null), Ok(None));
        assert_eq!(
            truth(&1.into()).unwrap_err().message,
            "expected BOOLEAN, found INTEGER"
        );
    }
}
