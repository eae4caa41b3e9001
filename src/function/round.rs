//! `round`: exact rounding of the decimal digits of a number.

use std::cmp::Ordering;

use crate::{
    base::Fault,
    function::{
        Context, Example, Function, Parameter,
        argument::{count, float, out_of_range, text},
    },
    value::{
        Type, Value,
        decimal::{self, Decimal, RoundingStrategy},
    },
};

/// The functions of this area.
pub(super) const ROWS: &[Function] = &[Function::new(
    "round",
    &[
        Parameter::new("number", Type::NUMBER),
        Parameter::new("precision", Type::INTEGER),
        Parameter::new("mode", Type::STRING),
    ],
    Type::FLOAT.or(Type::DECIMAL),
    "The number rounded to `precision` digits after the point, 0 by default. Without a mode, a tie is rounded up with precision 0 and away from zero otherwise. The modes are `UP`, `DOWN`, `CEILING`, `FLOOR`, `HALF_UP`, `HALF_DOWN` and `HALF_EVEN`.",
    Example::new("round(3.1415, 2)", "3.14"),
    round,
)
.optional(2)];

fn round(arguments: &[Value], _: &Context<'_>) -> Result<Value, Fault> {
    if let Value::Decimal(number) = arguments[0] {
        return exactly(number, arguments);
    }
    let number = float("round", &arguments[0])?;
    let precision = arguments
        .get(1)
        .map_or(Ok(0), |precision| count("round", precision))?;
    let rounded = match arguments.get(2) {
        Some(mode) => round_decimal(number, precision, Mode::parse(text("round", mode)?)?),
        None if precision == 0 => round_whole(number),
        None => round_decimal(number, precision, Mode::HalfUp),
    };
    Ok(Value::Float(rounded))
}

/// Rounds a decimal, to a decimal.
fn exactly(number: Decimal, arguments: &[Value]) -> Result<Value, Fault> {
    let precision = arguments.get(1);
    let precision = precision.map_or(Ok(0), |precision| count("round", precision))?;
    let mode = match arguments.get(2) {
        Some(mode) => Mode::parse(text("round", mode)?)?,
        None => Mode::HalfUp,
    };
    let strategy = match mode {
        Mode::Up => RoundingStrategy::AwayFromZero,
        Mode::Down => RoundingStrategy::ToZero,
        Mode::Ceiling => RoundingStrategy::ToPositiveInfinity,
        Mode::Floor => RoundingStrategy::ToNegativeInfinity,
        Mode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        Mode::HalfDown => RoundingStrategy::MidpointTowardZero,
        Mode::HalfEven => RoundingStrategy::MidpointNearestEven,
    };
    let digits = precision.min(decimal::MAX_PRECISION as usize) as u32;
    Ok(Value::Decimal(
        number.round_dp_with_strategy(digits, strategy),
    ))
}

/// The nearest integer; the larger one of a tie.
fn round_whole(number: f64) -> f64 {
    let below = number.floor();
    // Adding zero changes `-0.0` to `0.0`.
    if number - below < 0.5 {
        below
    } else {
        number.ceil() + 0.0
    }
}

/// The rounding mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Away from zero.
    Up,
    /// Toward zero.
    Down,
    /// Toward positive infinity.
    Ceiling,
    /// Toward negative infinity.
    Floor,
    /// To the nearest; ties away from zero.
    HalfUp,
    /// To the nearest; ties toward zero.
    HalfDown,
    /// To the nearest; ties to an even last digit.
    HalfEven,
}

impl Mode {
    const ALL: [(&'static str, Self); 7] = [
        ("UP", Self::Up),
        ("DOWN", Self::Down),
        ("CEILING", Self::Ceiling),
        ("FLOOR", Self::Floor),
        ("HALF_UP", Self::HalfUp),
        ("HALF_DOWN", Self::HalfDown),
        ("HALF_EVEN", Self::HalfEven),
    ];

    fn parse(name: &str) -> Result<Self, Fault> {
        let found = Self::ALL
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, mode)| *mode).ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| format!("`{name}`")).join(", ");
            out_of_range(format!(
                "`round` expects one of the modes {names}, found `{name}`"
            ))
        })
    }

    /// True if the kept digits increase by one; `rest` compares the dropped digits with a half, `None` if zero.
    fn grows(self, negative: bool, odd: bool, rest: Option<Ordering>) -> bool {
        let Some(half) = rest else { return false };
        match self {
            Self::Up => true,
            Self::Down => false,
            Self::Ceiling => !negative,
            Self::Floor => negative,
            Self::HalfUp => half.is_ge(),
            Self::HalfDown => half.is_gt(),
            Self::HalfEven => half.is_gt() || half.is_eq() && odd,
        }
    }
}

/// Rounds the shortest decimal digits that identify the float, so `1.005` rounds to `1.01`, as its digits suggest.
fn round_decimal(number: f64, precision: usize, mode: Mode) -> f64 {
    if !number.is_finite() {
        return number;
    }
    let text = number.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let Some((kept, rest)) = fraction.split_at_checked(precision) else {
        return number;
    };
    let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    let odd = digits.last().is_some_and(|digit| digit % 2 == 1);
    if mode.grows(number.is_sign_negative(), odd, against_half(rest)) {
        increment(&mut digits);
    }
    let point = digits.len() - kept.len();
    let text: String = digits.iter().map(|digit| char::from(*digit)).collect();
    let size: f64 = format!("{}.{}", &text[..point], &text[point..])
        .parse()
        .expect("digits with a point among them are a number");
    size.copysign(number)
}

/// Compares the dropped digits with a half; `None` if they are all zero.
fn against_half(rest: &str) -> Option<Ordering> {
    let rest = rest.trim_end_matches('0');
    (!rest.is_empty()).then(|| rest.cmp("5"))
}

/// Adds one to a decimal number.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_round_ties_upwards() {
        assert_eq!(
            [0.5, 1.5, -1.5, -0.4, 0.499_999_999_999_999_94].map(round_whole),
            [1.0, 2.0, -1.0, 0.0, 0.0]
        );
        assert_eq!(
            round_whole(4_503_599_627_370_497.0),
            4_503_599_627_370_497.0
        );
    }

    #[test]
    fn digits_are_rounded_as_they_are_written() {
        assert_eq!(round_decimal(1.005, 2, Mode::HalfUp), 1.01);
        assert_eq!(round_decimal(-1.55, 1, Mode::HalfUp), -1.6);
        assert_eq!(round_decimal(9.999, 2, Mode::HalfUp), 10.0);
        assert_eq!(round_decimal(1.25, 9, Mode::HalfUp), 1.25);
        assert_eq!(round_decimal(1e300, 3, Mode::HalfUp), 1e300);
        assert_eq!(round_decimal(1.5, usize::MAX, Mode::Up), 1.5);
    }

    #[test]
    fn each_mode_chooses_its_neighbour() {
        let rounded = |number: f64| Mode::ALL.map(|(_, mode)| round_decimal(number, 1, mode));
        assert_eq!(rounded(1.249), [1.3, 1.2, 1.3, 1.2, 1.2, 1.2, 1.2]);
        assert_eq!(rounded(-1.251), [-1.3, -1.2, -1.2, -1.3, -1.3, -1.3, -1.3]);
        assert_eq!(rounded(1.35), [1.4, 1.3, 1.4, 1.3, 1.4, 1.3, 1.4]);
        assert_eq!(rounded(1.25), [1.3, 1.2, 1.3, 1.2, 1.3, 1.2, 1.2]);
    }
}
