//! Functions on numbers. Float functions give NaN outside their domain.

use std::f64::consts::{E, PI};

use crate::{
    base::{Code, Fault},
    function::{
        Context, Example, Function, Parameter, Purity,
        argument::{float, unsuited},
    },
    value::{Column, Decimal, Type, Value, arith, decimal},
};

const NUMBER: Parameter = Parameter::new("number", Type::NUMBER);
const ANGLE: Parameter = Parameter::new("angle", Type::NUMBER);

/// A function from float to float.
macro_rules! real {
    ($name:literal, $parameter:expr, $doc:literal, $example:literal = $result:literal, $body:expr) => {
        Function::new(
            $name,
            &[$parameter],
            Type::FLOAT,
            $doc,
            Example::new($example, $result),
            |arguments, _| {
                let body: fn(f64) -> f64 = $body;
                Ok(Value::Float(body(float($name, &arguments[0])?)))
            },
        )
    };
}

/// A function from a float to a whole float, and from a decimal to a whole decimal.
macro_rules! whole {
    ($name:literal, $parameter:expr, $doc:literal, $example:literal = $result:literal, $bodies:expr) => {
        Function::new(
            $name,
            &[$parameter],
            Type::FLOAT.or(Type::DECIMAL),
            $doc,
            Example::new($example, $result),
            |arguments, _| {
                let (float_body, exact): (fn(f64) -> f64, fn(&Decimal) -> Decimal) = $bodies;
                match &arguments[0] {
                    Value::Decimal(number) => Ok(Value::Decimal(exact(number))),
                    other => Ok(Value::Float(float_body(float($name, other)?))),
                }
            },
        )
    };
}

/// The functions of this area.
pub(super) const ROWS: &[Function] = &[
    Function::new(
        "abs",
        &[NUMBER],
        Type::NUMBER,
        "The absolute value of the number.",
        Example::new("abs(-5)", "5"),
        abs,
    )
    .vectorised(|arguments, _| match &arguments[0] {
        Column::Integers(numbers) => numbers.try_map(i64::checked_abs).map(Column::Integers),
        Column::Floats(numbers) => Some(Column::Floats(numbers.map(f64::abs))),
        _ => None,
    }),
    Function::new(
        "sign",
        &[NUMBER],
        Type::INTEGER,
        "The sign of the number: -1, 0 or 1; null for NaN.",
        Example::new("sign(-0.5)", "-1"),
        sign,
    ),
    whole!(
        "ceil",
        NUMBER,
        "The smallest integer that is not less than the number.",
        "ceil(0.1)" = "1.0",
        (f64::ceil, Decimal::ceil)
    ),
    whole!(
        "ceiling",
        NUMBER,
        "The smallest integer that is not less than the number; the GQL spelling.",
        "ceiling(0.1)" = "1.0",
        (f64::ceil, Decimal::ceil)
    ),
    whole!(
        "floor",
        NUMBER,
        "The largest integer that is not greater than the number.",
        "floor(0.9)" = "0.0",
        (f64::floor, Decimal::floor)
    ),
    Function::new(
        "sqrt",
        &[NUMBER],
        Type::FLOAT.or(Type::DECIMAL),
        "The square root.",
        Example::new("sqrt(12.96)", "3.6"),
        sqrt,
    ),
    real!(
        "exp",
        NUMBER,
        "The number e to the power of the argument.",
        "exp(0)" = "1.0",
        f64::exp
    ),
    Function::new(
        "log",
        &[
            Parameter::new("number or base", Type::NUMBER),
            Parameter::new("number", Type::NUMBER),
        ],
        Type::FLOAT,
        "The natural logarithm of a number; of two numbers, the logarithm of the second to the base of the first.",
        Example::new("log(2, 8)", "3.0"),
        log,
    )
    .optional(1),
    real!(
        "ln",
        NUMBER,
        "The natural logarithm; the GQL spelling.",
        "ln(1)" = "0.0",
        f64::ln
    ),
    real!(
        "log10",
        NUMBER,
        "The logarithm to base 10.",
        "log10(1000)" = "3.0",
        f64::log10
    ),
    real!(
        "sin",
        ANGLE,
        "The sine of an angle in radians.",
        "sin(0)" = "0.0",
        f64::sin
    ),
    real!(
        "cos",
        ANGLE,
        "The cosine of an angle in radians.",
        "cos(0)" = "1.0",
        f64::cos
    ),
    real!(
        "tan",
        ANGLE,
        "The tangent of an angle in radians.",
        "tan(0)" = "0.0",
        f64::tan
    ),
    real!(
        "cot",
        ANGLE,
        "The cotangent of an angle in radians.",
        "cot(0)" = "Infinity",
        |x| x.tan().recip()
    ),
    real!(
        "asin",
        NUMBER,
        "The angle whose sine is the number.",
        "asin(0)" = "0.0",
        f64::asin
    ),
    real!(
        "acos",
        NUMBER,
        "The angle whose cosine is the number.",
        "acos(1)" = "0.0",
        f64::acos
    ),
    real!(
        "atan",
        NUMBER,
        "The angle whose tangent is the number.",
        "atan(0)" = "0.0",
        f64::atan
    ),
    real!(
        "sinh",
        NUMBER,
        "The hyperbolic sine.",
        "sinh(0)" = "0.0",
        f64::sinh
    ),
    real!(
        "cosh",
        NUMBER,
        "The hyperbolic cosine.",
        "cosh(0)" = "1.0",
        f64::cosh
    ),
    real!(
        "tanh",
        NUMBER,
        "The hyperbolic tangent.",
        "tanh(0)" = "0.0",
        f64::tanh
    ),
    real!(
        "coth",
        NUMBER,
        "The hyperbolic cotangent; NaN for zero.",
        "coth(0)" = "NaN",
        coth
    ),
    real!(
        "degrees",
        ANGLE,
        "An angle in radians as degrees.",
        "degrees(pi())" = "180.0",
        f64::to_degrees
    ),
    real!(
        "radians",
        ANGLE,
        "An angle in degrees as radians.",
        "radians(180)" = "3.141592653589793",
        f64::to_radians
    ),
    real!(
        "haversin",
        ANGLE,
        "Half the versine of an angle in radians.",
        "haversin(pi())" = "1.0",
        |x| (x / 2.0).sin().powi(2)
    ),
    Function::new(
        "atan2",
        &[
            Parameter::new("y", Type::NUMBER),
            Parameter::new("x", Type::NUMBER),
        ],
        Type::FLOAT,
        "The angle between the x axis and the point (x, y), in radians.",
        Example::new("atan2(0, 1)", "0.0"),
        |arguments, _| {
            let (y, x) = (
                float("atan2", &arguments[0])?,
                float("atan2", &arguments[1])?,
            );
            Ok(Value::Float(y.atan2(x)))
        },
    ),
    Function::new(
        "power",
        &[
            Parameter::new("base", Type::NUMBER),
            Parameter::new("exponent", Type::NUMBER),
        ],
        Type::FLOAT,
        "The base to the power of the exponent; the same as `^`.",
        Example::new("power(2, 10)", "1024.0"),
        |arguments, _| arith::power(&arguments[0], &arguments[1]),
    ),
    Function::new(
        "mod",
        &[
            Parameter::new("dividend", Type::NUMBER),
            Parameter::new("divisor", Type::NUMBER),
        ],
        Type::NUMBER,
        "The remainder of a division, with the sign of the dividend; the same as `%`.",
        Example::new("mod(7, 3)", "1"),
        |arguments, _| arith::modulo(&arguments[0], &arguments[1]),
    ),
    Function::new(
        "isNaN",
        &[NUMBER],
        Type::BOOLEAN,
        "True if the number is NaN.",
        Example::new("isNaN(0.0 / 0.0)", "true"),
        |arguments, _| Ok(float("isNaN", &arguments[0])?.is_nan().into()),
    ),
    Function::new(
        "pi",
        &[],
        Type::FLOAT,
        "The number π.",
        Example::new("pi()", "3.141592653589793"),
        |_, _| Ok(PI.into()),
    ),
    Function::new(
        "e",
        &[],
        Type::FLOAT,
        "The base of the natural logarithm.",
        Example::new("e()", "2.718281828459045"),
        |_, _| Ok(E.into()),
    ),
    Function::new(
        "rand",
        &[],
        Type::FLOAT,
        "A random number from 0 up to but not including 1, a new one for each row.",
        Example::new("0 <= rand() < 1", "true"),
        rand,
    )
    .depends_on(Purity::Volatile),
];

type Answer = Result<Value, Fault>;

fn abs(arguments: &[Value], _: &Context<'_>) -> Answer {
    match &arguments[0] {
        Value::Integer(number) => number.checked_abs().map(Value::Integer).ok_or_else(|| {
            Fault::new(
                Code::NumericOverflow,
                format!("`abs({number})` exceeds the 64 bits of an INTEGER"),
            )
        }),
        Value::Decimal(number) => Ok(Value::Decimal(number.abs())),
        other => Ok(Value::Float(float("abs", other)?.abs())),
    }
}

/// The square root of a decimal is a decimal, unless it is negative.
fn sqrt(arguments: &[Value], _: &Context<'_>) -> Result<Value, Fault> {
    if let Value::Decimal(number) = &arguments[0]
        && let Some(root) = decimal::square_root(*number)
    {
        return Ok(Value::Decimal(root));
    }
    Ok(Value::Float(float("sqrt", &arguments[0])?.sqrt()))
}

fn sign(arguments: &[Value], _: &Context<'_>) -> Answer {
    match &arguments[0] {
        Value::Integer(number) => Ok(Value::Integer(number.signum())),
        Value::Float(number) if number.is_nan() => Ok(Value::Null),
        Value::Float(number) => Ok(Value::Integer(
            i64::from(*number > 0.0) - i64::from(*number < 0.0),
        )),
        Value::Decimal(number) => Ok(Value::Integer(
            i64::from(*number > Decimal::ZERO) - i64::from(*number < Decimal::ZERO),
        )),
        other => Err(unsuited("sign", "a NUMBER", other)),
    }
}

fn log(arguments: &[Value], _: &Context<'_>) -> Answer {
    let first = float("log", &arguments[0])?;
    let Some(number) = arguments.get(1) else {
        return Ok(Value::Float(first.ln()));
    };
    let number = float("log", number)?;
    // These are exact for powers of their base.
    Ok(Value::Float(match first {
        2.0 => number.log2(),
        10.0 => number.log10(),
        base => number.log(base),
    }))
}

fn coth(x: f64) -> f64 {
    if x == 0.0 { f64::NAN } else { x.tanh().recip() }
}

/// Uses the upper 53 bits of a random word, the precision of a float.
fn rand(_: &[Value], context: &Context<'_>) -> Answer {
    let bits = (context.random)() >> 11;
    Ok(Value::Float(bits as f64 / (1_u64 << 53) as f64))
}
