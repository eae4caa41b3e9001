//! Converts values of an answer to Rust types.

use std::{
    collections::{BTreeMap, HashMap},
    error::Error,
    fmt,
};

use crate::{
    answer::{Cell, Node, Relationship},
    value::{
        Date, DateTime, Decimal, Duration, Entries, Kind, LocalDateTime, LocalTime, Map, Path,
        Point, Text, Time, Value,
    },
};

/// A Rust type that a value of an answer converts to. The conversion never rounds, truncates or parses.
pub trait FromValue<'a>: Sized {
    /// Converts the value to this type.
    ///
    /// # Errors
    /// A mismatch if the value has another type or is out of range.
    fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch>;
}

/// The error of a value that does not have the requested type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    expected: &'static str,
    found: String,
}

impl Mismatch {
    /// An error with the expected type; the found type is taken from the value.
    #[must_use]
    pub fn new(expected: &'static str, found: Cell<'_>) -> Self {
        let found = match found.value() {
            Value::Integer(number) => format!("the integer {number}"),
            value => value.kind().to_string(),
        };
        Self { expected, found }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl Error for Mismatch {}

impl<'a> FromValue<'a> for Cell<'a> {
    fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch> {
        Ok(cell)
    }
}

impl<'a> FromValue<'a> for &'a Value {
    fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch> {
        Ok(cell.value())
    }
}

impl FromValue<'_> for Value {
    fn from_value(cell: Cell<'_>) -> Result<Self, Mismatch> {
        Ok(cell.value().clone())
    }
}

macro_rules! matched {
    ($($type:ty, $expected:literal: $pattern:pat => $result:expr;)*) => {$(
        impl<'a> FromValue<'a> for $type {
            fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch> {
                match cell.value() {
                    $pattern => Ok($result),
                    _ => Err(Mismatch::new($expected, cell)),
                }
            }
        }
    )*};
}

matched! {
    bool, "BOOLEAN": Value::Boolean(value) => *value;
    i64, "INTEGER": Value::Integer(value) => *value;
    Decimal, "DECIMAL": Value::Decimal(value) => *value;
    &'a [u8], "BYTES": Value::Bytes(bytes) => bytes;
    &'a str, "STRING": Value::String(text) => text;
    String, "STRING": Value::String(text) => text.to_string();
    Text, "STRING": Value::String(text) => text.clone();
    &'a Entries, "MAP": Value::Map(entries) => entries;
    Map, "MAP": Value::Map(entries) => entries.clone();
    &'a Path, "PATH": Value::Path(path) => path;
    Date, "DATE": Value::Date(value) => *value;
    LocalTime, "LOCAL TIME": Value::LocalTime(value) => *value;
    Time, "TIME": Value::Time(value) => *value;
    LocalDateTime, "LOCAL DATETIME": Value::LocalDateTime(value) => *value;
    DateTime, "DATETIME": Value::DateTime(value) => DateTime::clone(value);
    Point, "POINT": Value::Point(value) => Point::clone(value);
    Duration, "DURATION": Value::Duration(value) => Duration::clone(value);
}

macro_rules! narrower {
    ($($type:ty, $expected:literal;)*) => {$(
        impl<'a> FromValue<'a> for $type {
            fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch> {
                let wide = i64::from_value(cell)?;
                Self::try_from(wide).map_err(|_| Mismatch::new($expected, cell))
            }
        }
    )*};
}

narrower! {
    i8, "an INTEGER of 8 bits";
    i16, "an INTEGER of 16 bits";
    i32, "an INTEGER of 32 bits";
    i128, "an INTEGER";
    isize, "an INTEGER of the machine's width";
    u8, "an INTEGER of 8 bits that is not negative";
    u16, "an INTEGER of 16 bits that is not negative";
    u32, "an INTEGER of 32 bits that is not negative";
    u64, "an INTEGER that is not negative";
    u128, "an INTEGER that is not negative";
    usize, "an INTEGER that is not negative";
}

impl FromValue<'_> for f64 {
    /// Accepts a float, or an integer of at most 2⁵³ in magnitude, which a float represents exactly.
    fn from_value(cell: Cell<'_>) -> Result<Self, Mismatch> {
        match cell.value() {
            Value::Float(value) => Ok(*value),
            Value::Integer(value) if value.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS => {
                Ok(*value as Self)
            }
            _ => Err(Mismatch::new("FLOAT", cell)),
        }
    }
}

impl<'a> FromValue<'a> for &'a Node {
    fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch> {
        cell.node().ok_or_else(|| Mismatch::new("NODE", cell))
    }
}

impl FromValue<'_> for Node {
    fn from_value(cell: Cell<'_>) -> Result<Self, Mismatch> {
        <&Self>::from_value(cell).cloned()
    }
}

impl<'a> FromValue<'a> for &'a Relationship {
    fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch> {
        cell.relationship()
            .ok_or_else(|| Mismatch::new("RELATIONSHIP", cell))
    }
}

impl FromValue<'_> for Relationship {
    fn from_value(cell: Cell<'_>) -> Result<Self, Mismatch> {
        <&Self>::from_value(cell).cloned()
    }
}

impl<'a, T: FromValue<'a>> FromValue<'a> for Option<T> {
    /// Null gives `None`.
    fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch> {
        match cell.value().kind() {
            Kind::Null => Ok(None),
            _ => T::from_value(cell).map(Some),
        }
    }
}

impl<'a, T: FromValue<'a>> FromValue<'a> for Vec<T> {
    fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch> {
        let items = cell.list().ok_or_else(|| Mismatch::new("LIST", cell))?;
        items.map(T::from_value).collect()
    }
}

macro_rules! maps {
    ($($map:ident;)*) => {$(
        impl<'a, T: FromValue<'a>> FromValue<'a> for $map<String, T> {
            fn from_value(cell: Cell<'a>) -> Result<Self, Mismatch> {
                let entries = <&Entries>::from_value(cell)?;
                entries
                    .iter()
                    .map(|(key, value)| Ok((key.to_string(), T::from_value(cell.with(value))?)))
                    .collect()
            }
        }
    )*};
}

maps! { HashMap; BTreeMap; }
