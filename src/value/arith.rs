//! Arithmetic and concatenation. A null operand gives null.
//!
//! Integer operations never wrap around: a result beyond 64 bits is a fault. Floats follow IEEE 754.

use std::sync::Arc;

use crate::{
    base::{Code, Fault},
    value::{
        List, Value,
        bounds::{list_length, text_length},
        build::{self, ListBuilder},
        cast,
        decimal::{Decimal, checked, exact_number},
        temporal,
    },
};

/// `a + b`: adds numbers or durations, moves an instant by a duration, or concatenates strings or lists. A string takes
/// a scalar as its text; a list takes any other value as an element.
///
/// # Errors
/// A fault if the types cannot be added, or the result is too large.
pub fn add(a: &Value, b: &Value) -> Result<Value, Fault> {
    use Value as V;
    match (a, b) {
        (V::Integer(a), V::Integer(b)) => integer(a.checked_add(*b), *a, "+", *b),
        (V::Null, _) | (_, V::Null) => Ok(V::Null),
        (V::String(a), V::String(b)) => join(a, b),
        (V::List(a), V::List(b)) => chain(a, b),
        (V::List(a), b) => append(a, b),
        (a, V::List(b)) => prepend(a, b),
        (V::String(_), _) | (_, V::String(_)) => join_texts(a, b),
        _ if let Some((a, b)) = decimals(a, b) => checked(a.checked_add(b), a, "+", b),
        _ => match floats(a, b) {
            Some((a, b)) => Ok(V::Float(a + b)),
            None => temporal::plus(a, b).unwrap_or_else(|| Err(cannot("add", a, "and", b))),
        },
    }
}

/// `a - b`
///
/// # Errors
/// A fault if the types cannot be subtracted, or the difference exceeds 64 bits.
pub fn subtract(a: &Value, b: &Value) -> Result<Value, Fault> {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => integer(a.checked_sub(*b), *a, "-", *b),
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        _ if let Some((a, b)) = decimals(a, b) => checked(a.checked_sub(b), a, "-", b),
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a - b)),
            None => temporal::minus(a, b).unwrap_or_else(|| Err(cannot("subtract", b, "from", a))),
        },
    }
}

/// `a * b`
///
/// # Errors
/// A fault if the types cannot be multiplied, or the product exceeds 64 bits.
pub fn multiply(a: &Value, b: &Value) -> Result<Value, Fault> {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => integer(a.checked_mul(*b), *a, "*", *b),
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        _ if let Some((a, b)) = decimals(a, b) => checked(a.checked_mul(b), a, "*", b),
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a * b)),
            None => temporal::times(a, b).unwrap_or_else(|| Err(cannot("multiply", a, "and", b))),
        },
    }
}

/// `a / b`: integer division truncates toward zero.
///
/// # Errors
/// A fault if the types cannot be divided, an integer is divided by zero, or the quotient exceeds 64 bits.
pub fn divide(a: &Value, b: &Value) -> Result<Value, Fault> {
    match (a, b) {
        (Value::Integer(a), Value::Integer(0)) => Err(by_zero(*a, "/")),
        (Value::Integer(a), Value::Integer(b)) => integer(a.checked_div(*b), *a, "/", *b),
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        _ if let Some((a, b)) = decimals(a, b) => quotient(a, "/", b, Decimal::checked_div),
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a / b)),
            None => temporal::divide(a, b).unwrap_or_else(|| Err(cannot("divide", a, "by", b))),
        },
    }
}

/// `a % b`: the remainder, with the sign of `a`.
///
/// # Errors
/// A fault if an operand is not a number, or an integer is divided by zero.
pub fn modulo(a: &Value, b: &Value) -> Result<Value, Fault> {
    match (a, b) {
        (Value::Integer(a), Value::Integer(0)) => Err(by_zero(*a, "%")),
        (Value::Integer(a), Value::Integer(b)) => Ok(Value::Integer(a.wrapping_rem(*b))),
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        _ if let Some((a, b)) = decimals(a, b) => quotient(a, "%", b, Decimal::checked_rem),
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a % b)),
            None => Err(cannot("divide", a, "by", b)),
        },
    }
}

/// `a ^ b`: the result is always a float.
///
/// # Errors
/// A fault if an operand is not a number.
pub fn power(a: &Value, b: &Value) -> Result<Value, Fault> {
    if a.is_null() || b.is_null() {
        return Ok(Value::Null);
    }
    match floats(a, b) {
        Some((a, b)) => Ok(Value::Float(a.powf(b))),
        None => Err(cannot("raise", a, "to the power of", b)),
    }
}

/// `-a`
///
/// # Errors
/// A fault if `a` is not a number, or `-a` exceeds 64 bits.
pub fn negate(a: &Value) -> Result<Value, Fault> {
    match a {
        Value::Null => Ok(Value::Null),
        Value::Float(a) => Ok(Value::Float(-a)),
        Value::Decimal(a) => Ok(Value::Decimal(-a)),
        Value::Integer(a) => {
            (a.checked_neg().map(Value::Integer)).ok_or_else(|| too_large(format!("-({a})")))
        }
        other => Err(Fault::new(
            Code::InvalidArgumentTypeAtRuntime,
            format!("cannot negate {}", other.kind()),
        )),
    }
}

/// `+a`
///
/// # Errors
/// A fault if `a` is not a number.
pub fn plus(a: &Value) -> Result<Value, Fault> {
    match a {
        Value::Null | Value::Integer(_) | Value::Float(_) | Value::Decimal(_) => Ok(a.clone()),
        other => Err(Fault::new(
            Code::InvalidArgumentTypeAtRuntime,
            format!("expected a NUMBER after `+`, found {}", other.kind()),
        )),
    }
}

/// `a || b`: concatenates two strings, two lists, or two paths of which one begins where the other ends.
///
/// # Errors
/// A fault if the operands have other types, or the result is too large.
pub fn concat(a: &Value, b: &Value) -> Result<Value, Fault> {
    match (a, b) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::String(a), Value::String(b)) => join(a, b),
        (Value::List(a), Value::List(b)) => chain(a, b),
        (Value::Bytes(a), Value::Bytes(b)) => {
            text_length(a.len().checked_add(b.len()))?;
            Ok(Value::Bytes([&a[..], b].concat().into()))
        }
        (Value::Path(a), Value::Path(b)) => match a.joined(b) {
            Some(path) => Ok(Value::Path(Arc::new(path))),
            None => Err(Fault::new(
                Code::MalformedPath,
                "expected a path that begins at the end of the other one, found one that begins elsewhere",
            )),
        },
        _ => Err(cannot("join", a, "and", b)),
    }
}

/// Both operands as floats; `None` if one is not a number.
fn floats(a: &Value, b: &Value) -> Option<(f64, f64)> {
    Some((cast::approximate(a)?, cast::approximate(b)?))
}

/// Both operands as decimals; `None` unless one is a decimal and the other a decimal or an integer.
fn decimals(a: &Value, b: &Value) -> Option<(Decimal, Decimal)> {
    let either = matches!(a, Value::Decimal(_)) || matches!(b, Value::Decimal(_));
    either.then_some(())?;
    Some((exact_number(a)?, exact_number(b)?))
}

/// A quotient or a remainder of decimals.
fn quotient(
    a: Decimal,
    sign: &str,
    b: Decimal,
    divide: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Result<Value, Fault> {
    if b.is_zero() {
        let message = format!("`{a} {sign} 0` divides a DECIMAL by zero");
        return Err(Fault::new(Code::DivisionByZero, message));
    }
    checked(divide(a, b), a, sign, b)
}

/// Concatenates a string and the text of a scalar, in either order.
fn join_texts(a: &Value, b: &Value) -> Result<Value, Fault> {
    match (cast::text_of(a), cast::text_of(b)) {
        (Some(a), Some(b)) => join(&a, &b),
        _ => Err(cannot("add", a, "and", b)),
    }
}

fn join(a: &str, b: &str) -> Result<Value, Fault> {
    join_strings(a, b, |_| Ok(()))
}

/// The number of bytes that are copied between two calls of `worked`.
const PIECE: usize = 1 << 24;

/// Concatenates two strings. `worked` is called with the bytes of each piece of the result.
///
/// # Errors
/// A fault if the result is too large, or a fault of `worked`.
pub fn join_strings(
    a: &str,
    b: &str,
    mut worked: impl FnMut(usize) -> Result<(), Fault>,
) -> Result<Value, Fault> {
    let mut text = build::string(text_length(a.len().checked_add(b.len()))?)?;
    for mut rest in [a, b] {
        while rest.len() > PIECE {
            let (piece, more) = rest.split_at(rest.floor_char_boundary(PIECE));
            text.push_str(piece);
            worked(piece.len())?;
            rest = more;
        }
        text.push_str(rest);
    }
    build::text(text)
}

fn chain(a: &List, b: &List) -> Result<Value, Fault> {
    match (a.is_empty(), b.is_empty()) {
        (_, true) => Ok(Value::List(Arc::clone(a))),
        (true, _) => Ok(Value::List(Arc::clone(b))),
        _ => chained(a, b),
    }
}

fn append(items: &[Value], last: &Value) -> Result<Value, Fault> {
    chained(items, std::slice::from_ref(last))
}

fn prepend(first: &Value, items: &[Value]) -> Result<Value, Fault> {
    chained(std::slice::from_ref(first), items)
}

fn chained(a: &[Value], b: &[Value]) -> Result<Value, Fault> {
    join_lists(a, b, |_| Ok(()))
}

/// Concatenates two lists. `worked` is called with the bytes of each piece of the result.
///
/// # Errors
/// A fault if the result is too large, or a fault of `worked`.
pub fn join_lists(
    a: &[Value],
    b: &[Value],
    mut worked: impl FnMut(usize) -> Result<(), Fault>,
) -> Result<Value, Fault> {
    let mut list = ListBuilder::of_len(list_length(a.len().checked_add(b.len()))?)?;
    list.extend(a, &mut worked)?;
    list.extend(b, worked)?;
    Ok(list.finish())
}

fn integer(value: Option<i64>, a: i64, sign: &str, b: i64) -> Result<Value, Fault> {
    value
        .map(Value::Integer)
        .ok_or_else(|| too_large(format!("{a} {sign} {b}")))
}

fn too_large(what: String) -> Fault {
    Fault::new(
        Code::NumericOverflow,
        format!("`{what}` exceeds the 64 bits of an INTEGER"),
    )
    .help("use a FLOAT, such as `1.0 * x`, if an approximate result is enough")
}

fn by_zero(a: i64, sign: &str) -> Fault {
    Fault::new(
        Code::DivisionByZero,
        format!("`{a} {sign} 0` divides an INTEGER by zero"),
    )
}

fn cannot(verb: &str, a: &Value, joint: &str, b: &Value) -> Fault {
    Fault::new(
        Code::InvalidArgumentTypeAtRuntime,
        format!("cannot {verb} {} {joint} {}", a.kind(), b.kind()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    type Operation = fn(&Value, &Value) -> Result<Value, Fault>;

    fn check(
        operation: Operation,
        a: impl Into<Value>,
        b: impl Into<Value>,
        expected: impl Into<Value>,
    ) {
        let found = operation(&a.into(), &b.into()).unwrap();
        let expected = expected.into();
        assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    }

    fn fault(operation: Operation, a: impl Into<Value>, b: impl Into<Value>) -> Fault {
        operation(&a.into(), &b.into()).unwrap_err()
    }

    #[test]
    fn integers_stay_integers() {
        check(divide, 12, 5, 2);
        check(divide, -12, 5, -2);
        check(modulo, -12, 5, -2);
        check(modulo, i64::MIN, -1, 0);
        check(power, 4, 3, 64.0);
        check(add, 1, 0.5, 1.5);
    }

    #[test]
    fn what_does_not_fit_is_a_fault() {
        assert_eq!(fault(add, i64::MAX, 1).code, Code::NumericOverflow);
        assert_eq!(fault(subtract, i64::MIN, 1).code, Code::NumericOverflow);
        assert_eq!(fault(multiply, i64::MAX, 2).code, Code::NumericOverflow);
        assert_eq!(fault(divide, i64::MIN, -1).code, Code::NumericOverflow);
        assert_eq!(
            negate(&i64::MIN.into()).unwrap_err().code,
            Code::NumericOverflow
        );
        assert_eq!(fault(divide, 1, 0).code, Code::DivisionByZero);
        assert_eq!(
            fault(modulo, 1, 0).message,
            "`1 % 0` divides an INTEGER by zero"
        );
        check(divide, 1.0, 0, f64::INFINITY);
        check(divide, 0.0, 0.0, f64::NAN);
    }

    #[test]
    fn texts_and_lists_are_joined() {
        check(add, "a", "b", "ab");
        check(add, "a", 1, "a1");
        check(add, 1.0, "a", "1.0a");
        check(add, vec![1], vec![2], vec![1, 2]);
        check(add, vec![1], 2, vec![1, 2]);
        check(add, 1, vec![2], vec![1, 2]);
        check(concat, "a", "b", "ab");
        assert_eq!(
            fault(concat, 1, "a").message,
            "cannot join INTEGER and STRING"
        );
    }

    #[test]
    fn null_in_null_out() {
        for operation in [add, subtract, multiply, divide, modulo, power, concat] {
            check(operation, Value::Null, 1, Value::Null);
            check(operation, "a", Value::Null, Value::Null);
        }
    }

    #[test]
    fn faults_name_both_kinds() {
        assert_eq!(
            fault(add, 1, true).message,
            "cannot add INTEGER and BOOLEAN"
        );
        assert_eq!(
            fault(subtract, "a", 1).message,
            "cannot subtract INTEGER from STRING"
        );
        assert_eq!(
            fault(divide, true, 2).message,
            "cannot divide BOOLEAN by INTEGER"
        );
    }
}
