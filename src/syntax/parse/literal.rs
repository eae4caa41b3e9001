//! The values of number and string literals.

use std::iter::Peekable;

use super::{
    Result,
    cursor::{Pair, place},
    node::refuse,
};
use crate::{
    base::{Code, Span},
    syntax::ast::Literal,
};

/// The value of a number literal, negated if `negative` is true.
pub(super) fn number(pair: &Pair<'_>, negative: bool) -> Result<Literal> {
    let (text, span) = (pair.as_str(), place(pair));
    let lower = text.to_ascii_lowercase();
    let lower = match lower.contains('_') {
        true => without_separators(&lower).unwrap_or(lower),
        false => lower,
    };
    if let Some(digits) = lower.strip_prefix("0x") {
        return integer(digits, 16, negative, text, span);
    }
    if let Some(digits) = lower.strip_prefix("0o") {
        return integer(digits, 8, negative, text, span);
    }
    if let Some(digits) = lower.strip_prefix("0b") {
        return integer(digits, 2, negative, text, span);
    }
    // GQL 21.2: `1.5f` and `1d` are approximate numbers.
    if let Some(digits) = lower.strip_suffix(['f', 'd']) {
        return float(digits, negative, span);
    }
    if lower.contains(['.', 'e']) {
        return float(&lower, negative, span);
    }
    if lower.len() > 1
        && lower.starts_with('0')
        && lower.bytes().all(|digit| digit.is_ascii_digit())
    {
        let digits = lower.trim_start_matches('0');
        let help = format!("write `{digits}`, or `0o{digits}` for an octal number");
        return refuse(
            Code::InvalidNumberLiteral,
            span,
            format!("`{text}` has leading zeros"),
            help,
        );
    }
    integer(&lower, 10, negative, text, span)
}

/// Whether a number literal is an exact decimal: `1.5m` (GQL 21.2).
pub(super) fn is_decimal(pair: &Pair<'_>) -> bool {
    let text = pair.as_str();
    text.ends_with(['m', 'M']) && !text.starts_with("0x") && !text.starts_with("0X")
}

/// The digits of a decimal literal, without the suffix and underscores.
pub(super) fn decimal(pair: &Pair<'_>) -> Result<String> {
    let (text, span) = (pair.as_str(), place(pair));
    let digits = &text[..text.len() - 1];
    let plain = match digits.contains('_') {
        true => without_separators(digits),
        false => Some(digits.to_owned()),
    };
    let is_number = |text: &String| {
        let known = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
        text.bytes().all(known) && text.parse::<f64>().is_ok()
    };
    match plain.filter(is_number) {
        Some(plain) => Ok(plain),
        None => invalid_number(text, span),
    }
}

/// The text without the underscores between its digits; `None` if an underscore is elsewhere.
fn without_separators(text: &str) -> Option<String> {
    let digits = text.split('_');
    let ends = |part: &str, first: bool| {
        let digit = if first {
            part.chars().next()
        } else {
            part.chars().last()
        };
        digit.is_some_and(|digit| digit.is_ascii_hexdigit())
    };
    let parts: Vec<&str> = digits.collect();
    let joined = parts
        .windows(2)
        .all(|two| ends(two[0], false) && ends(two[1], true));
    joined.then(|| parts.concat())
}

/// The value of a bound in a relationship's length.
pub(super) fn bound(pair: &Pair<'_>) -> Result<u64> {
    match number(pair, false)? {
        Literal::Integer(value) => Ok(value.unsigned_abs()),
        _ => invalid_number(pair.as_str(), place(pair)),
    }
}

fn integer(digits: &str, radix: u32, negative: bool, text: &str, span: Span) -> Result<Literal> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return invalid_number(text, span);
    }
    let magnitude = u64::from_str_radix(digits, radix).ok();
    let value = if negative {
        magnitude.and_then(|magnitude| 0_i64.checked_sub_unsigned(magnitude))
    } else {
        magnitude.and_then(|magnitude| i64::try_from(magnitude).ok())
    };
    match value {
        Some(value) => Ok(Literal::Integer(value)),
        None => refuse(
            Code::IntegerOverflow,
            span,
            format!(
                "`{}{text}` exceeds the 64 bits of an INTEGER",
                if negative { "-" } else { "" }
            ),
            "an INTEGER is from -9223372036854775808 to 9223372036854775807; write `1e19` for a FLOAT",
        ),
    }
}

fn float(text: &str, negative: bool, span: Span) -> Result<Literal> {
    match text.parse::<f64>() {
        Ok(value) if value.is_infinite() => refuse(
            Code::FloatingPointOverflow,
            span,
            format!("`{text}` exceeds the range of a FLOAT"),
            "the largest FLOAT is about 1.8e308",
        ),
        Ok(value) => Ok(Literal::Float(if negative { -value } else { value })),
        Err(_) => invalid_number(text, span),
    }
}

fn invalid_number<T>(text: &str, span: Span) -> Result<T> {
    let help = if text.starts_with(|first: char| first.is_ascii_digit()) && text.contains('_') {
        "write `_` only between digits, as in `1_000`"
    } else {
        "write numbers as `42`, `0x2A`, `0o52`, `0b11`, `1.5` or `1e3`, and put names that begin with a digit in back quotes"
    };
    refuse(
        Code::InvalidNumberLiteral,
        span,
        format!("`{text}` is not a number"),
        help,
    )
}

/// The value of a string literal.
pub(super) fn string(pair: &Pair<'_>) -> Result<String> {
    let (text, start) = (pair.as_str(), pair.as_span().start() + 1);
    let inside = &text[1..text.len() - 1];
    if !inside.contains('\\') {
        return Ok(inside.to_owned());
    }
    let mut value = String::with_capacity(inside.len());
    let mut chars = inside.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if char == '\\' {
            value.push(escape(&mut chars, start + at)?);
        } else {
            value.push(char);
        }
    }
    Ok(value)
}

/// The character of an escape whose backslash, at `start`, has been read.
fn escape(chars: &mut Peekable<std::str::CharIndices<'_>>, start: usize) -> Result<char> {
    let (_, letter) = chars
        .next()
        .expect("the grammar puts a character behind a backslash");
    Ok(match letter {
        '\\' | '\'' | '"' | '`' => letter,
        'b' | 'B' => '\u{8}',
        'f' | 'F' => '\u{C}',
        'n' | 'N' => '\n',
        'r' | 'R' => '\r',
        't' | 'T' => '\t',
        'u' => return utf16(chars, start),
        'U' => return code_point(chars, start, 8).and_then(|(code, span)| character(code, span)),
        other => {
            let span = Span::new(start, start + 1 + other.len_utf8());
            let help = format!("write `\\\\{other}` for a backslash and `{other}`");
            return refuse(
                Code::UnexpectedSyntax,
                span,
                format!("`\\{other}` is not an escape sequence"),
                help,
            );
        }
    })
}

/// `\u0041`, or two such escapes that form a surrogate pair.
fn utf16(chars: &mut Peekable<std::str::CharIndices<'_>>, start: usize) -> Result<char> {
    let (high, span) = code_point(chars, start, 4)?;
    if !(0xD800..0xDC00).contains(&high) {
        return character(high, span);
    }
    let mut ahead = chars.clone();
    let follows = ahead.next().is_some_and(|(_, char)| char == '\\')
        && ahead.next().is_some_and(|(_, char)| char == 'u');
    if !follows {
        return character(high, span);
    }
    let (low, low_span) = code_point(&mut ahead, span.end as usize, 4)?;
    if !(0xDC00..0xE000).contains(&low) {
        return character(high, span);
    }
    *chars = ahead;
    character(
        0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00),
        span.to(low_span),
    )
}

/// The value of `width` hexadecimal digits, and the span of the escape.
fn code_point(
    chars: &mut Peekable<std::str::CharIndices<'_>>,
    start: usize,
    width: usize,
) -> Result<(u32, Span)> {
    let mut code = 0;
    for read in 0..width {
        let Some(digit) = chars.peek().and_then(|(_, char)| char.to_digit(16)) else {
            let span = Span::new(start, start + 2 + read);
            let letter = if width == 4 { 'u' } else { 'U' };
            let message =
                format!("expected {width} hexadecimal digits after `\\{letter}`, found {read}");
            return refuse(
                Code::InvalidUnicodeLiteral,
                span,
                message,
                "write `\\u` with four digits or `\\U` with eight",
            );
        };
        chars.next();
        code = code << 4 | digit;
    }
    Ok((code, Span::new(start, start + 2 + width)))
}

fn character(code: u32, span: Span) -> Result<char> {
    match char::from_u32(code) {
        Some(char) => Ok(char),
        None => refuse(
            Code::InvalidUnicodeLiteral,
            span,
            format!("U+{code:04X} is not a character"),
            "the largest character is U+10FFFF, and a surrogate must be part of a pair",
        ),
    }
}
