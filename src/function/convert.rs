//! Type conversions, each in three forms: one that faults for a type without a conversion, one that gives null for it,
//! and one for the elements of a list.

use crate::{
    base::Fault,
    function::{Example, Function, Parameter, argument::list},
    value::{
        Kind, Type, Value,
        cast::{to_boolean, to_bytes, to_decimal, to_float, to_integer, to_text},
    },
};

const ANY: Parameter = Parameter::new("value", Type::ANY);
const LIST: Parameter = Parameter::new("list", Type::LIST);

const FROM_BOOLEAN: Type = Type::BOOLEAN.or(Type::STRING).or(Type::INTEGER);
const FROM_NUMBER: Type = Type::NUMBER.or(Type::STRING);

/// The functions of this area.
pub(super) const ROWS: &[Function] = &[
    Function::new(
        "toBoolean",
        &[Parameter::new("value", FROM_BOOLEAN)],
        Type::BOOLEAN,
        "The boolean that a string represents, or whether an integer is not 0; null for any other string.",
        Example::new("toBoolean('TRUE')", "true"),
        |arguments, _| to_boolean(&arguments[0]),
    ),
    Function::new(
        "toBooleanOrNull",
        &[ANY],
        Type::BOOLEAN,
        "The same as `toBoolean`, but null for a value of any other type.",
        Example::new("toBooleanOrNull(1.5)", "null"),
        |arguments, _| Ok(to_boolean(&arguments[0]).unwrap_or_default()),
    ),
    Function::new(
        "toBooleanList",
        &[LIST],
        Type::list_of(Type::BOOLEAN),
        "`toBooleanOrNull` of each element.",
        Example::new("toBooleanList(['true', 0, 1.5])", "[true, false, null]"),
        |arguments, _| each("toBooleanList", arguments, to_boolean),
    ),
    Function::new(
        "toInteger",
        &[Parameter::new("value", FROM_NUMBER.or(Type::BOOLEAN))],
        Type::INTEGER,
        "The integer that a string represents, or a number without its fraction; null for any other string.",
        Example::new("toInteger('2.9')", "2"),
        |arguments, _| to_integer(&arguments[0]),
    ),
    Function::new(
        "toIntegerOrNull",
        &[ANY],
        Type::INTEGER,
        "The same as `toInteger`, but null for a value of any other type.",
        Example::new("toIntegerOrNull([1])", "null"),
        |arguments, _| Ok(to_integer(&arguments[0]).unwrap_or_default()),
    ),
    Function::new(
        "toIntegerList",
        &[LIST],
        Type::list_of(Type::INTEGER),
        "`toIntegerOrNull` of each element.",
        Example::new("toIntegerList(['1', 2.5, 'x'])", "[1, 2, null]"),
        |arguments, _| each("toIntegerList", arguments, to_integer),
    ),
    Function::new(
        "toFloat",
        &[Parameter::new("value", FROM_NUMBER)],
        Type::FLOAT,
        "The number that a string represents, or a number, as a float; null for any other string.",
        Example::new("toFloat('5')", "5.0"),
        |arguments, _| to_float(&arguments[0]),
    ),
    Function::new(
        "decimal",
        &[Parameter::new("value", FROM_NUMBER)],
        Type::DECIMAL,
        "The exact decimal that a string represents, or a number as one; the literal `1.5m` is the same as `decimal('1.5')`.",
        Example::new("toString(decimal('0.1') + decimal('0.2'))", "'0.3'"),
        |arguments, _| to_decimal(&arguments[0]),
    ),
    Function::new(
        "bytes",
        &[Parameter::new("digits", Type::STRING)],
        Type::of(Kind::Bytes),
        "The byte string that pairs of hexadecimal digits represent; the literal `X'0AFF'` is the same as `bytes('0AFF')`.",
        Example::new("size(bytes('0A FF'))", "2"),
        |arguments, _| to_bytes(&arguments[0]),
    ),
    Function::new(
        "toFloatOrNull",
        &[ANY],
        Type::FLOAT,
        "The same as `toFloat`, but null for a value of any other type.",
        Example::new("toFloatOrNull(true)", "null"),
        |arguments, _| Ok(to_float(&arguments[0]).unwrap_or_default()),
    ),
    Function::new(
        "toFloatList",
        &[LIST],
        Type::list_of(Type::FLOAT),
        "`toFloatOrNull` of each element.",
        Example::new("toFloatList(['1', 2, 'x'])", "[1.0, 2.0, null]"),
        |arguments, _| each("toFloatList", arguments, to_float),
    ),
    Function::new(
        "toString",
        &[Parameter::new(
            "value",
            FROM_NUMBER
                .or(Type::BOOLEAN)
                .or(Type::TEMPORAL)
                .or(Type::of(Kind::Bytes))
                .or(Type::POINT),
        )],
        Type::STRING,
        "A number, boolean or temporal value as a string.",
        Example::new("toString(42)", "'42'"),
        |arguments, _| to_text(&arguments[0]),
    ),
    Function::new(
        "toStringOrNull",
        &[ANY],
        Type::STRING,
        "The same as `toString`, but null for a value of any other type.",
        Example::new("toStringOrNull([1])", "null"),
        |arguments, _| Ok(to_text(&arguments[0]).unwrap_or_default()),
    ),
    Function::new(
        "toStringList",
        &[LIST],
        Type::list_of(Type::STRING),
        "`toStringOrNull` of each element.",
        Example::new("toStringList([1, 2.5, true])", "['1', '2.5', 'true']"),
        |arguments, _| each("toStringList", arguments, to_text),
    ),
];

fn each(
    function: &str,
    arguments: &[Value],
    convert: fn(&Value) -> Result<Value, Fault>,
) -> Result<Value, Fault> {
    let items = list(function, &arguments[0])?;
    Ok(Value::list(
        items
            .iter()
            .map(|item| convert(item).unwrap_or_default())
            .collect(),
    ))
}
