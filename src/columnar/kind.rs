//! The type of a column of values in a file.
//!
//! A column has one type there. Values of several types, and values that no type of a file has (maps, entities, times with an
//! offset, durations, zones that differ), become the texts that CSV has.

use std::sync::Arc;

use arrow_schema::{DataType, Field, TimeUnit};

use crate::value::{Value, decimal::Decimal, temporal::Zone};

/// The type of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// All values are null.
    Null,
    Boolean,
    /// Integers; `exact` if floats represent them all.
    Integer {
        exact: bool,
    },
    /// Floats, and integers that floats represent exactly.
    Float,
    /// Decimals with so many digits before and after the point.
    Decimal {
        whole: u32,
        scale: u32,
    },
    String,
    Bytes,
    Date,
    LocalTime,
    LocalDateTime,
    /// Instants in one zone.
    DateTime(Zone),
    List(Box<Kind>),
    /// Texts of values.
    Text,
}

/// The greatest integer up to which floats are exact.
const EXACT: u64 = 1 << 53;

/// The digits of a decimal in a file.
const DIGITS: u32 = 38;

impl Kind {
    /// The type that all values have.
    pub(super) fn of<'v>(values: impl IntoIterator<Item = &'v Value>) -> Self {
        let kinds = values.into_iter().map(Self::of_value);
        let mut all = Self::Null;
        for kind in kinds {
            all = all.and(kind);
            if all == Self::Text {
                break;
            }
        }
        all
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Boolean(_) => Self::Boolean,
            Value::Integer(value) => Self::Integer {
                exact: value.unsigned_abs() <= EXACT,
            },
            Value::Float(_) => Self::Float,
            Value::Decimal(decimal) => Self::Decimal {
                whole: whole_digits(*decimal),
                scale: decimal.scale(),
            },
            Value::String(_) => Self::String,
            Value::Bytes(_) => Self::Bytes,
            Value::Date(date) if i32::try_from(date.days).is_ok() => Self::Date,
            Value::LocalTime(_) => Self::LocalTime,
            Value::LocalDateTime(local) if short(local.nanos()).is_some() => Self::LocalDateTime,
            // A file has offsets of whole minutes.
            Value::DateTime(instant)
                if short(instant.instant()).is_some() && instant.offset % 60 == 0 =>
            {
                Self::DateTime(instant.zone())
            }
            Value::List(items) => Self::of_list(items),
            _ => Self::Text,
        }
    }

    fn of_list(items: &[Value]) -> Self {
        match Self::of(items) {
            Self::Text => Self::Text,
            kind => Self::List(Box::new(kind)),
        }
    }

    /// The type that the values of both types have.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Null, kind) | (kind, Self::Null) => kind,
            (Self::Integer { exact: a }, Self::Integer { exact: b }) => {
                Self::Integer { exact: a && b }
            }
            (Self::Float, Self::Integer { exact: true }) => Self::Float,
            (Self::Integer { exact: true }, Self::Float) => Self::Float,
            (Self::Decimal { whole, scale }, Self::Decimal { whole: w, scale: s })
                if whole.max(w) + scale.max(s) <= DIGITS =>
            {
                Self::Decimal {
                    whole: whole.max(w),
                    scale: scale.max(s),
                }
            }
            (Self::List(a), Self::List(b)) => match a.and(*b) {
                Self::Text => Self::Text,
                kind => Self::List(Box::new(kind)),
            },
            _ => Self::Text,
        }
    }

    /// The type in a file.
    pub(super) fn data_type(&self) -> DataType {
        match self {
            Self::Null => DataType::Null,
            Self::Boolean => DataType::Boolean,
            Self::Integer { .. } => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Decimal { scale, .. } => DataType::Decimal128(DIGITS as u8, *scale as i8),
            Self::String | Self::Text => DataType::Utf8,
            Self::Bytes => DataType::Binary,
            Self::Date => DataType::Date32,
            Self::LocalTime => DataType::Time64(TimeUnit::Nanosecond),
            Self::LocalDateTime => DataType::Timestamp(TimeUnit::Nanosecond, None),
            Self::DateTime(zone) => {
                DataType::Timestamp(TimeUnit::Nanosecond, Some(zone_name(zone)))
            }
            Self::List(items) => {
                DataType::List(Arc::new(Field::new_list_field(items.data_type(), true)))
            }
        }
    }
}

/// The digits before the point.
fn whole_digits(decimal: Decimal) -> u32 {
    let digits = decimal.mantissa().unsigned_abs().checked_ilog10();
    digits
        .map_or(0, |last| last + 1)
        .saturating_sub(decimal.scale())
}

/// Nanoseconds since 1970-01-01T00:00, if 64 bits hold them: from 1677 to 2262.
pub(super) fn short(nanos: i128) -> Option<i64> {
    i64::try_from(nanos).ok()
}

/// The name of a zone in a file: `UTC`, `+01:00`, or of the IANA database.
fn zone_name(zone: &Zone) -> Arc<str> {
    match zone {
        Zone::Named(name) => name.clone(),
        Zone::Fixed(0) => "UTC".into(),
        Zone::Fixed(seconds) => {
            let sign = if *seconds < 0 { '-' } else { '+' };
            let minutes = seconds.unsigned_abs() / 60;
            format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60).into()
        }
    }
}
