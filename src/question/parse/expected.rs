//! What may follow a row of tokens.

use pest::Parser;

use super::grammar::{Grammar, Rule};

/// Something that may come next.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::question) enum Expected {
    /// Words of the grammar: `how many`, or a mark.
    Words(String),
    /// A category, by its letter.
    Category(char),
}

/// A sign that no rule takes: where it stands, everything that could stand there is tried.
const NOTHING: char = '\u{1}';

/// What the grammar would take after a row of tokens; nothing, if it does not take the row itself.
pub(in crate::question) fn expected(tokens: &str) -> Vec<Expected> {
    let text = format!("{tokens}{NOTHING}");
    // The setting is one for all parsers. It changes what they report, not what they accept, so that whoever parses
    // meanwhile is slower at worst.
    pest::set_error_detail(true);
    let outcome = Grammar::parse(Rule::question, &text);
    pest::set_error_detail(false);
    let attempts = outcome.err().and_then(|error| error.parse_attempts());
    let Some(attempts) = attempts.filter(|attempts| attempts.max_position == tokens.len()) else {
        return Vec::new();
    };
    // pest keeps the type of its tokens to itself and shows their text: words of this grammar end in a blank, categories
    // begin with a letter alone.
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
