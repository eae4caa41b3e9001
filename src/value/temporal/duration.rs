//! Durations from strings, and from maps of amounts by unit.

use std::sync::Arc;

use crate::{
    base::{Fault, did_you_mean},
    value::{
        Duration, Entries, Value,
        temporal::{
            amount::{self, Sum, Unit},
            invalid, mistyped,
        },
    },
};

/// The duration of a string or a map; a duration is returned as it is. Null, or a map that contains null, gives null.
///
/// # Errors
/// A fault if there is no such duration, or the argument has another type.
pub fn duration(argument: &Value) -> Result<Value, Fault> {
    match argument {
        Value::Null | Value::Duration(_) => Ok(argument.clone()),
        Value::String(text) => Ok(Value::Duration(Arc::new(text.parse()?))),
        Value::Map(map) => {
            let duration = duration_from_map(map)?;
            Ok(duration.map_or(Value::Null, |duration| Value::Duration(Arc::new(duration))))
        }
        other => Err(mistyped(format!(
            "expected a STRING, a MAP or a DURATION for a DURATION, found {}",
            other.kind()
        ))),
    }
}

const UNITS: [(&str, Unit); 11] = [
    ("years", Unit::Years),
    ("quarters", Unit::Quarters),
    ("months", Unit::Months),
    ("weeks", Unit::Weeks),
    ("days", Unit::Days),
    ("hours", Unit::Hours),
    ("minutes", Unit::Minutes),
    ("seconds", Unit::Seconds),
    ("milliseconds", Unit::Milliseconds),
    ("microseconds", Unit::Microseconds),
    ("nanoseconds", Unit::Nanoseconds),
];

fn duration_from_map(map: &Entries) -> Result<Option<Duration>, Fault> {
    if map.is_empty() {
        return Err(invalid(
            "expected a map with at least one component, found none",
        ));
    }
    let mut sum = Sum::default();
    for (name, value) in map {
        let found = UNITS.iter().find(|(known, _)| *known == &**name);
        let unit = found.ok_or_else(|| no_unit(name))?.1;
        let amount = match value {
            Value::Null => return Ok(None),
            Value::Integer(number) => amount::whole(*number),
            Value::Float(number) => amount::float(*number)?,
            other => {
                let kind = other.kind();
                let message = format!("expected a NUMBER for `{name}`, found {kind}");
                return Err(mistyped(message));
            }
        };
        sum.add(unit, amount)?;
    }
    sum.finish().map(Some)
}

fn no_unit(name: &str) -> Fault {
    let fault = invalid(format!("a DURATION has no component `{name}`"));
    match did_you_mean(name, UNITS.iter().map(|(known, _)| *known)) {
        Some(help) => fault.help(help),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(entries: &[(&str, Value)], expected: &str) {
        let entries = entries
            .iter()
            .map(|(name, value)| ((*name).into(), value.clone()));
        let shown = match duration(&Value::map(entries.collect())) {
            Ok(Value::Duration(value)) => value.to_string(),
            Ok(other) => format!("{other:?}"),
            Err(fault) => fault.message,
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn durations_are_sums_of_their_components() {
        let (one, half) = (Value::Integer(1), Value::Float(0.5));
        check(
            &[
                ("years", one.clone()),
                ("quarters", one.clone()),
                ("weeks", one.clone()),
            ],
            "P1Y3M7D",
        );
        check(&[("months", half)], "P15DT5H14M33S");
        check(&[("years", 0.1.into()), ("months", 0.8.into())], "P2M");
        check(
            &[("hours", (-0.1).into()), ("milliseconds", 1.5.into())],
            "PT-5M-59.9985S",
        );
        check(&[("days", Value::Null)], "Null");
    }

    #[test]
    fn what_is_no_component_is_refused() {
        check(&[("day", 1.into())], "a DURATION has no component `day`");
        check(
            &[("days", "x".into())],
            "expected a NUMBER for `days`, found STRING",
        );
        check(
            &[],
            "expected a map with at least one component, found none",
        );
        check(
            &[("days", f64::INFINITY.into())],
            "a component of the duration exceeds 64 bits",
        );
    }
}
