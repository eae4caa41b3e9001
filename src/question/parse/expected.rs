//! The tokens that can follow a sequence of tokens.

use pest::Parser;

use super::grammar::{Grammar, Rule};

/// A token that can come next.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::question) enum Expected {
    /// Words of the grammar: `how many`, or a mark.
    Words(String),
    /// A category, by its letter.
    Category(char),
}

/// A character that no rule accepts: at its position, pest reports every token that it tried.
const NOTHING: char = '\u{1}';

/// Returns the tokens that the grammar accepts after `tokens`; empty if it rejects `tokens`.
pub(in crate::question) fn expected(tokens: &str) -> Vec<Expected> {
    let text = format!("{tokens}{NOTHING}");
    // This setting is global. It changes error reports, not what is accepted; a concurrent parse is only slower.
    pest::set_error_detail(true);
    let outcome = Grammar::parse(Rule::question, &text);
    pest::set_error_detail(false);
    let attempts = outcome.err().and_then(|error| error.parse_attempts());
    let Some(attempts) = attempts.filter(|attempts| attempts.max_position == tokens.len()) else {
        return Vec::new();
    };
    // pest does not expose its token type, only its text: words of this grammar end in a blank, categories are single
    // letters.
    let tried = attempts.expected_tokens().into_iter();
    tried
        .filter_map(|token| of_text(&token.to_string()))
        .collect()
}

fn of_text(text: &str) -> Option<Expected> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_uppercase() => Some(Expected::Category(letter)),
        _ => text
            .strip_suffix(' ')
            .map(|words| Expected::Words(words.to_owned())),
    }
}
