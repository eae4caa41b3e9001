//! Unclosed strings, names and comments, and characters that do not start a token.

use super::{super::tokens::TokenKind, failure::Failure};
use crate::base::{Code, Diagnostic, Span};

/// The diagnostic if the unexpected token is invalid, or follows a string that ended too early.
pub(super) fn explain(failure: &Failure<'_>) -> Option<Diagnostic> {
    if failure.kind(0) == Some(TokenKind::Error) {
        return Some(no_token(failure));
    }
    quote_in_string(failure)
}

fn no_token(failure: &Failure<'_>) -> Diagnostic {
    let (token, span) = (failure.token(0), failure.span());
    match token.chars().next() {
        Some('\'' | '"') => unclosed(span, "string", &token[..1]),
        Some('`') => unclosed(span, "quoted name", "`"),
        Some('/') => unclosed(span, "comment", "*/"),
        Some(char) if !char.is_ascii() => foreign(char, span),
        _ => {
            let message = format!("expected a token of openCypher, found {}", failure.found());
            Diagnostic::new(Code::UnexpectedSyntax, span, message).maybe_help(stray_help(token))
        }
    }
}

fn unclosed(span: Span, what: &str, close: &str) -> Diagnostic {
    let message = format!("expected the end of the {what}, found the end of the statement");
    let help = match close {
        "`" => "add a back quote at its end".to_owned(),
        "'" | "\"" => {
            format!("add `{close}` at its end; write a quote inside it as `\\{close}`")
        }
        _ => format!("add `{close}` at its end"),
    };
    Diagnostic::new(Code::UnexpectedSyntax, span, message).help(help)
}

fn foreign(char: char, span: Span) -> Diagnostic {
    let message = format!(
        "expected a token of openCypher, found the character `{char}` (U+{:04X})",
        u32::from(char)
    );
    let help = match plain(char) {
        Some(plain) => format!("write `{plain}`"),
        None => {
            "put it in quotes if it is part of a string, and in back quotes if it is part of a name"
                .to_owned()
        }
    };
    Diagnostic::new(Code::InvalidUnicodeCharacter, span, message).help(help)
}

/// The ASCII token that is probably meant by a similar character.
fn plain(char: char) -> Option<&'static str> {
    Some(match char {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{AD}' => "-",
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{B4}' => "'",
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '«' | '»' => "\"",
        '≠' => "<>",
        '≤' => "<=",
        '≥' => ">=",
        '×' | '·' => "*",
        '÷' => "/",
        '→' | '⟶' => "-->",
        '←' | '⟵' => "<--",
        '…' => "..",
        '∧' => "AND",
        '∨' => "OR",
        '¬' => "NOT",
        '∈' => "IN",
        _ => return None,
    })
}

fn stray_help(token: &str) -> Option<String> {
    let help = match token {
        "#" => {
            "write comments as `// …` or `/* … */`, and names with special characters in back quotes"
        }
        "?" => "write parameters as `$name`",
        "$" => "write the name of a parameter directly after `$`",
        "\\" => "use a backslash only in strings",
        "@" | "~" => "put names with special characters in back quotes",
        _ => return None,
    };
    Some(help.to_owned())
}

/// `'it's'`: the apostrophe ends the string.
fn quote_in_string(failure: &Failure<'_>) -> Option<Diagnostic> {
    let touches = failure.place(-1).end == failure.span().start;
    if failure.kind(-1) != Some(TokenKind::String) || !touches || failure.word(0).is_none() {
        return None;
    }
    let quote = &failure.token(-1)[..1];
    let message = format!(
        "expected an operator after the string, found {}",
        failure.found()
    );
    let help = format!("write a quote inside the string as `\\{quote}`");
    Some(Diagnostic::new(Code::UnexpectedSyntax, failure.span(), message).help(help))
}
