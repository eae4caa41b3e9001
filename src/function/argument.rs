//! Reads the arguments of functions: each reader returns a Rust value, or a fault if the type or range is wrong.

use crate::{
    base::{Code, Fault},
    value::{List, Text, Value, cast},
};

/// The fault of a function for a value of the wrong type.
pub(crate) fn unsuited(function: &str, expected: &str, found: &Value) -> Fault {
    Fault::new(
        Code::InvalidArgumentValue,
        format!("`{function}` expects {expected}, found {}", found.kind()),
    )
}

/// The fault of a number outside the range that a function allows.
pub(crate) fn out_of_range(message: String) -> Fault {
    Fault::new(Code::NumberOutOfRange, message)
}

/// Reads a string.
pub(crate) fn text<'a>(function: &str, value: &'a Value) -> Result<&'a Text, Fault> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(unsuited(function, "a STRING", other)),
    }
}

/// Reads a list.
pub(crate) fn list<'a>(function: &str, value: &'a Value) -> Result<&'a List, Fault> {
    match value {
        Value::List(items) => Ok(items),
        other => Err(unsuited(function, "a LIST", other)),
    }
}

/// Reads an integer.
pub(crate) fn integer(function: &str, value: &Value) -> Result<i64, Fault> {
    match value {
        Value::Integer(integer) => Ok(*integer),
        other => Err(unsuited(function, "an INTEGER", other)),
    }
}

/// Reads a count: an integer that is not negative.
pub(crate) fn count(function: &str, value: &Value) -> Result<usize, Fault> {
    let number = integer(function, value)?;
    usize::try_from(number).map_err(|_| {
        out_of_range(format!(
            "`{function}` expects an INTEGER from 0, found {number}"
        ))
    })
}

/// Reads a number as a float.
pub(crate) fn float(function: &str, value: &Value) -> Result<f64, Fault> {
    cast::approximate(value).ok_or_else(|| unsuited(function, "a NUMBER", value))
}
