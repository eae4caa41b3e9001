//! Arguments as function bodies take them: each reader gives the Rust value, or the fault of a value that does not suit.

use crate::{
    base::{Code, Fault},
    value::{List, Text, Value, cast},
};

/// The fault of a function that cannot take a value of that kind.
pub(crate) fn unsuited(function: &str, expected: &str, found: &Value) -> Fault {
    Fault::new(
        Code::InvalidArgumentValue,
        format!("`{function}` expects {expected}, found {}", found.kind()),
    )
}

/// The fault of a number that is not within what a function allows.
pub(crate) fn out_of_range(message: String) -> Fault {
    Fault::new(Code::NumberOutOfRange, message)
}

/// A text.
pub(crate) fn text<'a>(function: &str, value: &'a Value) -> Result<&'a Text, Fault> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(unsuited(function, "a STRING", other)),
    }
}

/// A list.
pub(crate) fn list<'a>(function: &str, value: &'a Value) -> Result<&'a List, Fault> {
    match value {
        Value::List(items) => Ok(items),
        other => Err(unsuited(function, "a LIST", other)),
    }
}

/// An integer.
pub(crate) fn integer(function: &str, value: &Value) -> Result<i64, Fault> {
    match value {
        Value::Integer(integer) => Ok(*integer),
        other => Err(unsuited(function, "an INTEGER", other)),
    }
}

/// A count: an integer that is not below zero.
pub(crate) fn count(function: &str, value: &Value) -> Result<usize, Fault> {
    let number = integer(function, value)?;
    usize::try_from(number).map_err(|_| {
        out_of_range(format!(
            "`{function}` expects an INTEGER from 0, found {number}"
        ))
    })
}

/// A number as a float.
pub(crate) fn float(function: &str, value: &Value) -> Result<f64, Fault> {
    cast::number(value).ok_or_else(|| unsuited(function, "a NUMBER", value))
}
