//! Converts cells to values, by the type that the header gives their column.

use std::{ops::RangeInclusive, str::FromStr, sync::Arc};

use crate::{
    graph::load::{mixed, record::Field},
    value::{Point, Text, Value, bytes, decimal},
};

/// The type of a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::graph) enum Scalar {
    /// `byte`, `short`, `int`, `long`, `integer`: an integer with this number of bits.
    Integer(u32),
    /// `float`, `double`
    Float,
    /// `decimal`
    Decimal,
    /// `bytes`: hexadecimal digits.
    Bytes,
    /// `boolean`
    Boolean,
    /// `string`
    String,
    /// `char`
    Char,
    /// `date`
    Date,
    /// `localtime`
    LocalTime,
    /// `time`
    Time,
    /// `localdatetime`
    LocalDateTime,
    /// `datetime`
    DateTime,
    /// `duration`
    Duration,
    /// `point`
    Point,
    /// `list`: a list whose items have individual types.
    Mixed,
}

/// The type of a property column: a single value or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::graph) struct CellType {
    pub(in crate::graph) scalar: Scalar,
    pub(in crate::graph) list: bool,
}

impl CellType {
    /// The type of a column whose header gives no type.
    pub(in crate::graph) const STRING: Self = Self {
        scalar: Scalar::String,
        list: false,
    };

    /// The name of each scalar type.
    pub(super) const NAMES: &'static [(&'static str, Scalar)] = &[
        ("string", Scalar::String),
        ("int", Scalar::Integer(32)),
        ("long", Scalar::Integer(64)),
        ("integer", Scalar::Integer(64)),
        ("short", Scalar::Integer(16)),
        ("byte", Scalar::Integer(8)),
        ("float", Scalar::Float),
        ("double", Scalar::Float),
        ("decimal", Scalar::Decimal),
        ("bytes", Scalar::Bytes),
        ("boolean", Scalar::Boolean),
        ("char", Scalar::Char),
        ("date", Scalar::Date),
        ("localtime", Scalar::LocalTime),
        ("time", Scalar::Time),
        ("localdatetime", Scalar::LocalDateTime),
        ("datetime", Scalar::DateTime),
        ("duration", Scalar::Duration),
        ("point", Scalar::Point),
        ("list", Scalar::Mixed),
    ];

    /// The type with a header name, such as `int` or `string[]`, or `None` if unknown.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (base, list) = match name.strip_suffix("[]") {
            Some(base) => (base, true),
            None => (name, false),
        };
        let row = Self::NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(base))?;
        // A list of lists cannot be a property.
        (row.1 != Scalar::Mixed || !list).then_some(Self {
            scalar: row.1,
            list,
        })
    }

    /// The value of a cell, null if it is absent. The error says what was expected.
    pub(super) fn value(self, field: &Field<'_>, array_delimiter: char) -> Result<Value, String> {
        if field.is_absent() {
            return Ok(Value::Null);
        }
        if !self.list {
            return self.scalar.value(&field.text);
        }
        if field.text.is_empty() {
            return Ok(Value::list(Vec::new()));
        }
        let items = field.text.split(array_delimiter);
        let values: Result<Vec<_>, _> = items.map(|item| self.scalar.value(item)).collect();
        values.map(Value::list)
    }
}

/// The value that a text spells as the column type with a name, such as `date` or `int[]`, in files whose array delimiter is
/// `;`. The error says what was expected.
///
/// # Errors
/// If there is no such type, or the text does not spell one of its values.
pub(crate) fn typed(name: &str, text: &str) -> Result<Value, String> {
    let unknown = || format!("expected a type such as `date`, found `{name}`");
    let cell_type = CellType::named(name).ok_or_else(unknown)?;
    let field = Field::quoted(text);
    cell_type.value(&field, ';')
}

impl Scalar {
    /// The value of a text. The error says what was expected.
    pub(super) fn value(self, text: &str) -> Result<Value, String> {
        match self {
            Self::Mixed => mixed::list(text),
            Self::String => Ok(Value::String(Text::from(text))),
            Self::Integer(bits) => integer(text, bits),
            Self::Float => float(text),
            Self::Decimal => decimal::parse(text)
                .map(Value::Decimal)
                .ok_or_else(|| format!("expected a decimal of up to 28 digits, found `{text}`")),
            Self::Bytes => bytes::parse(text)
                .map(Value::Bytes)
                .ok_or_else(|| format!("expected pairs of hexadecimal digits, found `{text}`")),
            Self::Point => Point::parse(text).map(Value::from).ok_or_else(|| {
                format!("expected a point such as `{{x: 1, y: 2}}`, found `{text}`")
            }),
            Self::Boolean => boolean(text),
            Self::Char => character(text),
            Self::Date => temporal(text, "a date such as `2020-02-19`", Value::Date),
            Self::LocalTime => temporal(text, "a time such as `12:31:14`", Value::LocalTime),
            Self::Time => temporal(
                text,
                "a time with an offset such as `12:31:14+01:00`",
                Value::Time,
            ),
            Self::LocalDateTime => temporal(
                text,
                "a date and a time such as `2020-02-19T12:31:14`",
                Value::LocalDateTime,
            ),
            Self::DateTime => temporal(
                text,
                "a date, a time and a zone such as `2020-02-19T12:31:14+01:00`",
                |value| Value::DateTime(Arc::new(value)),
            ),
            Self::Duration => temporal(text, "a duration such as `P1DT2H`", |value| {
                Value::Duration(Arc::new(value))
            }),
        }
    }
}

fn range(bits: u32) -> RangeInclusive<i64> {
    let shift = 64 - bits;
    i64::MIN >> shift..=i64::MAX >> shift
}

fn integer(text: &str, bits: u32) -> Result<Value, String> {
    let range = range(bits);
    let number = match digits(text) {
        Some(number) => Ok(number),
        None => text.trim().parse::<i64>(),
    };
    match number {
        Ok(number) if range.contains(&number) => Ok(Value::Integer(number)),
        Ok(_) => Err(format!(
            "expected an integer from {} to {}, found `{text}`",
            range.start(),
            range.end()
        )),
        Err(_) => Err(format!("expected an integer, found `{text}`")),
    }
}

/// A fast path: the number, if the text is 1 to 18 ASCII digits.
fn digits(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.bytes().try_fold(0, |number: i64, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + i64::from(byte - b'0'))
    })
}

fn float(text: &str) -> Result<Value, String> {
    match text.trim().parse::<f64>() {
        // `inf` and `Infinity` have no digits.
        Ok(number) if number.is_infinite() && text.contains(|c: char| c.is_ascii_digit()) => {
            Err(format!("expected a number up to 1.8e308, found `{text}`"))
        }
        Ok(number) => Ok(Value::Float(number)),
        Err(_) => Err(format!("expected a number, found `{text}`")),
    }
}

fn boolean(text: &str) -> Result<Value, String> {
    let word = text.trim();
    if word.eq_ignore_ascii_case("true") {
        Ok(Value::Boolean(true))
    } else if word.eq_ignore_ascii_case("false") {
        Ok(Value::Boolean(false))
    } else {
        Err(format!("expected `true` or `false`, found `{text}`"))
    }
}

fn character(text: &str) -> Result<Value, String> {
    if text.chars().count() == 1 {
        Ok(Value::String(Text::from(text)))
    } else {
        Err(format!("expected one character, found `{text}`"))
    }
}

fn temporal<T: FromStr>(
    text: &str,
    example: &str,
    value: impl FnOnce(T) -> Value,
) -> Result<Value, String> {
    let parsed = text.trim().parse().map(value);
    parsed.map_err(|_| format!("expected {example}, found `{text}`"))
}
