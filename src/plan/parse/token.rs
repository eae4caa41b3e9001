//! Splits a line of a plan into tokens.

use crate::base::Span;

/// A word or a sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `n`, `WHERE`
    Word(String),
    /// `` `a name` ``
    Quoted(String),
    /// `@3`
    Hidden(u32),
    /// `$name`
    Parameter(String),
    /// `1.5`, unsigned.
    Number(String),
    /// `'text'`
    String(String),
    /// `<=`
    Sign(&'static str),
}

/// A token and its span in the text of the plan.
#[derive(Clone, Debug)]
pub(super) struct Spanned {
    pub(super) token: Token,
    pub(super) span: Span,
}

/// The signs; a longer sign comes before its prefixes.
const SIGNS: &[&str] = &[
    "<-[", "]->", "-[", "]-", "<>", "<=", ">=", "=~", "+=", "||", "..", "(", ")", "[", "]", "{",
    "}", ",", ":", ".", "=", "<", ">", "+", "-", "*", "/", "%", "^", "|", "&", "!",
];

/// The tokens of a line that begins at `offset` of the text.
///
/// # Panics
/// If something is not a token.
pub(super) fn tokenize(line: &str, offset: usize) -> Vec<Spanned> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        at += line[at..].len() - line[at..].trim_start().len();
        if at == line.len() {
            return tokens;
        }
        let (token, length) = first(&line[at..]);
        let span = Span::new(offset + at, offset + at + length);
        tokens.push(Spanned { token, span });
        at += length;
    }
}

/// The first token and its length.
fn first(rest: &str) -> (Token, usize) {
    let letter = rest.chars().next().expect("the rest is not empty");
    match letter {
        '`' => quoted_name(rest),
        '\'' => string(rest),
        '@' => {
            let digits = word(&rest[1..]);
            let number = digits.parse().expect("`@` stands before a number");
            (Token::Hidden(number), 1 + digits.len())
        }
        '$' => match first(&rest[1..]) {
            (Token::Word(name) | Token::Quoted(name) | Token::Number(name), length) => {
                (Token::Parameter(name), 1 + length)
            }
            _ => panic!("`$` stands before a name: {rest}"),
        },
        _ if letter.is_ascii_digit() => number(rest),
        _ if is_word(letter) => {
            let word = word(rest);
            (Token::Word(word.to_owned()), word.len())
        }
        _ => {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            let sign = sign.unwrap_or_else(|| panic!("this is no sign: {rest}"));
            (Token::Sign(sign), sign.len())
        }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn word(rest: &str) -> &str {
    let end = rest.find(|letter| !is_word(letter));
    &rest[..end.unwrap_or(rest.len())]
}

/// `1`, `1.5`, `1e300`, `1e-7`; in `1..3` the number is `1`.
fn number(rest: &str) -> (Token, usize) {
    let digits = |from: usize| {
        let end = rest[from..].find(|letter: char| !letter.is_ascii_digit());
        end.map_or(rest.len(), |end| from + end)
    };
    let begins = |at: usize| rest[at..].starts_with(|letter: char| letter.is_ascii_digit());
    let mut end = digits(0);
    if rest[end..].starts_with('.') && begins(end + 1) {
        end = digits(end + 1);
    }
    if rest[end..].starts_with('e') {
        let sign = usize::from(rest[end + 1..].starts_with('-'));
        if begins(end + 1 + sign) {
            end = digits(end + 1 + sign);
        }
    }
    (Token::Number(rest[..end].to_owned()), end)
}

fn quoted_name(rest: &str) -> (Token, usize) {
    let mut name = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        let doubled = letters.peek().is_some_and(|(_, next)| *next == '`');
        match letter {
            '`' if doubled => letters.next(),
            '`' => return (Token::Quoted(name), at + 1),
            _ => None,
        };
        name.push(letter);
    }
    panic!("a name has no end: {rest}")
}

fn string(rest: &str) -> (Token, usize) {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\'' => return (Token::String(text), at + 1),
            '\\' => text.push(escaped(&mut letters.by_ref().map(|(_, letter)| letter))),
            _ => text.push(letter),
        }
    }
    panic!("a string has no end: {rest}")
}

fn escaped(letters: &mut dyn Iterator<Item = char>) -> char {
    match letters.next() {
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => {
            let digits: String = letters.take(4).collect();
            let code = u32::from_str_radix(&digits, 16).expect("`\\u` stands before four digits");
            char::from_u32(code).expect("`\\u` stands before a code point")
        }
        Some(letter) => letter,
        None => panic!("an escape has no end"),
    }
}
