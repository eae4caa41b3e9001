//! Prints names, in backticks where they would otherwise parse as something else.

use std::fmt::{self, Display, Formatter, Write};

use pest::unicode::{CONNECTOR_PUNCTUATION, ID_CONTINUE, ID_START};

use crate::syntax::ast::Name;

/// Words that cannot be variables, or that the next word could change into another construct.
const UNFIT_FOR_VARIABLES: &[&str] = &[
    "and", "as", "case", "contains", "create", "delete", "detach", "distinct", "else", "end",
    "ends", "false", "in", "is", "match", "merge", "not", "null", "or", "order", "remove",
    "return", "set", "starts", "then", "true", "union", "unwind", "when", "where", "with", "xor",
];

/// Words that start another construct if a parenthesis follows.
const UNFIT_FOR_FUNCTIONS: &[&str] = &["all", "allReduce", "any", "none", "reduce", "single"];

/// A name in a position where any word is a name: a label, a type, a property, an alias.
impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_word(&self.text) {
            f.write_str(&self.text)
        } else {
            quoted(f, &self.text)
        }
    }
}

/// A name of an index, a constraint or a database, where some words have another meaning.
pub(super) struct Defined<'a>(pub(super) &'a str);

impl Display for Defined<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_word(self.0) && !is_among(self.0, &["for", "if", "on", "return", "where", "yield"]) {
            f.write_str(self.0)
        } else {
            quoted(f, self.0)
        }
    }
}

/// A name in a position where an expression or a clause is also possible.
pub(super) struct Variable<'a>(pub(super) &'a str);

impl Display for Variable<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_word(self.0) && !is_among(self.0, UNFIT_FOR_VARIABLES) {
            f.write_str(self.0)
        } else {
            quoted(f, self.0)
        }
    }
}

/// The name of a function.
pub(super) struct Function<'a>(pub(super) &'a [Name]);

impl Display for Function<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some((first, rest)) = self.0.split_first() else {
            return Ok(());
        };
        if rest.is_empty() && is_among(&first.text, UNFIT_FOR_FUNCTIONS) {
            quoted(f, &first.text)?;
        } else {
            Variable(&first.text).fmt(f)?;
        }
        rest.iter().try_for_each(|part| write!(f, ".{part}"))
    }
}

/// The name of a parameter, which may be a number.
pub(super) struct Parameter<'a>(pub(super) &'a Name);

impl Display for Parameter<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = &self.0.text;
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            write!(f, "${text}")
        } else {
            write!(f, "${}", self.0)
        }
    }
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('`')?;
    f.write_str(&text.replace('`', "``"))?;
    f.write_char('`')
}

fn is_among(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// True if the grammar parses the text as one name without backticks.
fn is_word(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_start) && chars.all(is_part)
}

fn is_start(char: char) -> bool {
    char.is_ascii_alphabetic() || char == '_' || ID_START(char) || CONNECTOR_PUNCTUATION(char)
}

fn is_part(char: char) -> bool {
    let currency = matches!(char, '\u{A2}'..='\u{A5}' | '\u{20A0}'..='\u{20CF}');
    char.is_ascii_alphanumeric() || char == '_' || ID_CONTINUE(char) || currency
}
