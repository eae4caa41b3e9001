//! `CAST`: conversions of values to the types that statements write (GQL 20.8).
//!
//! Unlike `toInteger` and its like, a string that does not represent a value of the type is a fault, not null.

use crate::{
    base::{Code, Fault},
    value::{
        BaseType, Kind, Point, Value, ValueType,
        build::ListBuilder,
        cast::{parse_boolean, parse_float, text_of, to_boolean, to_decimal, to_float, to_integer},
        decimal::round_to,
        temporal::{self, Shape},
    },
};

/// A value as a value of a type. `now` is the time of the statement, in seconds and nanoseconds since 1970.
///
/// # Errors
/// A fault if the type has no value for it.
pub fn convert(value: &Value, to: &ValueType, now: (i64, u32)) -> Result<Value, Fault> {
    if value.is_null() {
        return match to.nullable {
            true => Ok(Value::Null),
            false => Err(impossible(value, to)),
        };
    }
    let converted = match &to.base {
        BaseType::Nothing => return Err(impossible(value, to)),
        BaseType::Any => return Ok(value.clone()),
        BaseType::Property => value.clone(),
        BaseType::Kind(kind) => to_kind(value, *kind, to, now)?,
        BaseType::Integer(_) => integer(value, to)?,
        BaseType::Text(..) => text(value, to)?,
        BaseType::Decimal(_, scale) => match (decimal(value, to)?, scale) {
            (Value::Decimal(number), Some(scale)) => Value::Decimal(round_to(number, *scale)),
            (converted, _) => converted,
        },
        BaseType::Bytes(..) => value.clone(),
        BaseType::Record(fields) => {
            let Value::Map(entries) = value else {
                return Err(impossible(value, to));
            };
            let mut converted = (***entries).clone();
            for (key, kind) in fields {
                if let Some(entry) = converted.get_mut(key) {
                    *entry = convert(entry, kind, now)?;
                }
            }
            Value::map(converted)
        }
        BaseType::List(element) => {
            let Value::List(items) = value else {
                return Err(impossible(value, to));
            };
            let mut list = ListBuilder::of_len(items.len())?;
            for item in items.iter() {
                list.push(convert(item, element, now)?)?;
            }
            list.finish()
        }
        BaseType::Union(types) => return to_one_of(value, types, to, now),
    };
    match to.contains(&converted) {
        true => Ok(converted),
        false => Err(unfit(value, to)),
    }
}

/// The value itself if it has one of the types, else the first conversion that succeeds.
fn to_one_of(
    value: &Value,
    types: &[ValueType],
    to: &ValueType,
    now: (i64, u32),
) -> Result<Value, Fault> {
    if to.contains(value) {
        return Ok(value.clone());
    }
    let mut converted = types.iter().map(|one| convert(value, one, now));
    match converted.find(Result::is_ok) {
        Some(found) => found,
        None => Err(impossible(value, to)),
    }
}

fn to_kind(value: &Value, kind: Kind, to: &ValueType, now: (i64, u32)) -> Result<Value, Fault> {
    match kind {
        _ if value.kind() == kind => Ok(value.clone()),
        Kind::Boolean => match value {
            Value::String(text) => parse_boolean(text)
                .map(Value::from)
                .ok_or_else(|| unfit(value, to)),
            other => to_boolean(other).map_err(|_| impossible(value, to)),
        },
        Kind::Integer => integer(value, to),
        Kind::Float => match value {
            Value::String(text) => parse_float(text)
                .map(Value::from)
                .ok_or_else(|| unfit(value, to)),
            other => to_float(other).map_err(|_| impossible(value, to)),
        },
        Kind::Decimal => decimal(value, to),
        Kind::String => text(value, to),
        Kind::Date => instant(Shape::Date, value, to, now),
        Kind::LocalTime => instant(Shape::LocalTime, value, to, now),
        Kind::Time => instant(Shape::Time, value, to, now),
        Kind::LocalDateTime => instant(Shape::LocalDateTime, value, to, now),
        Kind::DateTime => instant(Shape::DateTime, value, to, now),
        Kind::Duration => match value {
            Value::String(_) => temporal::duration(value),
            other => Err(impossible(other, to)),
        },
        Kind::Point => match value {
            Value::String(text) => {
                let point = Point::parse(text).map(Value::from);
                point.ok_or_else(|| unfit(value, to))
            }
            other => Err(impossible(other, to)),
        },
        Kind::Bytes => Err(impossible(value, to)),
        Kind::Null | Kind::List | Kind::Map | Kind::Node | Kind::Relationship | Kind::Path => {
            Err(impossible(value, to))
        }
    }
}

fn integer(value: &Value, to: &ValueType) -> Result<Value, Fault> {
    match value {
        Value::String(_) => match to_integer(value)? {
            Value::Null => Err(unfit(value, to)),
            integer => Ok(integer),
        },
        Value::Integer(_) | Value::Boolean(_) | Value::Float(_) | Value::Decimal(_) => {
            to_integer(value)
        }
        other => Err(impossible(other, to)),
    }
}

/// A number or a string as a decimal.
fn decimal(value: &Value, to: &ValueType) -> Result<Value, Fault> {
    to_decimal(value).map_err(|fault| match fault.code {
        Code::InvalidCast => unfit(value, to),
        _ => impossible(value, to),
    })
}

fn text(value: &Value, to: &ValueType) -> Result<Value, Fault> {
    let text = text_of(value).ok_or_else(|| impossible(value, to))?;
    Ok(Value::from(&*text))
}

/// Times and dates come from strings and from other instants.
fn instant(shape: Shape, value: &Value, to: &ValueType, now: (i64, u32)) -> Result<Value, Fault> {
    match value {
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Map(_) => {
            Err(impossible(value, to))
        }
        _ => temporal::construct(shape, value, now).map_err(|fault| match fault.code {
            Code::InvalidArgumentTypeAtRuntime => impossible(value, to),
            _ => fault,
        }),
    }
}

/// The fault of a value whose type has no conversion.
fn impossible(value: &Value, to: &ValueType) -> Fault {
    let message = format!("{} cannot be cast to {to}", value.kind());
    Fault::new(Code::InvalidArgumentTypeAtRuntime, message)
}

/// The fault of a value without an equivalent in the type.
fn unfit(value: &Value, to: &ValueType) -> Fault {
    let message = match text_of(value) {
        Some(text) => format!("`{text}` is no value of type {to}"),
        None => format!("the {} is no value of type {to}", value.kind()),
    };
    Fault::new(Code::InvalidCast, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Width;

    fn cast(value: impl Into<Value>, base: BaseType) -> Result<Value, Code> {
        let nullable = true;
        let to = ValueType { base, nullable };
        convert(&value.into(), &to, (0, 0)).map_err(|fault| fault.code)
    }

    #[test]
    fn values_become_values_of_the_type_or_faults() {
        let byte = || BaseType::Integer(Width::find("INTEGER8").unwrap());
        assert!(matches!(cast("12", byte()), Ok(Value::Integer(12))));
        assert_eq!(cast(128, byte()).unwrap_err(), Code::InvalidCast);
        assert_eq!(cast("x", byte()).unwrap_err(), Code::InvalidCast);
        let integer = || BaseType::Kind(Kind::Integer);
        assert!(matches!(cast(2.9, integer()), Ok(Value::Integer(2))));
        let list: Value = vec![1, 2].into();
        assert_eq!(
            cast(list.clone(), integer()).unwrap_err(),
            Code::InvalidArgumentTypeAtRuntime
        );
        let element = ValueType {
            base: BaseType::Kind(Kind::String),
            nullable: false,
        };
        let texts = cast(list, BaseType::List(Box::new(element))).unwrap();
        assert_eq!(
            format!("{texts:?}"),
            format!("{:?}", Value::from(vec!["1", "2"]))
        );
    }

    #[test]
    fn only_a_type_with_null_has_null() {
        let strict = ValueType {
            base: BaseType::Kind(Kind::Integer),
            nullable: false,
        };
        assert!(convert(&Value::Null, &strict, (0, 0)).is_err());
        assert!(matches!(
            cast(Value::Null, BaseType::Kind(Kind::Integer)),
            Ok(Value::Null)
        ));
    }
}
