//! Hints after the cursor: the rest of an unambiguous word, the parameters of a function, and how to end a statement.

use rustyline::{
    Context,
    hint::{Hint, Hinter},
};

use crate::repl::{
    complete::{Piece, Sort, Wanted, candidates, pieces, place, signature},
    editor::Assistant,
};

/// A hint.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    text: String,
    /// Whether the Right key accepts it.
    takes: bool,
}

impl Hint for Shown {
    fn display(&self) -> &str {
        &self.text
    }

    fn completion(&self) -> Option<&str> {
        self.takes.then_some(&self.text)
    }
}

/// The minimum length of a word to complete.
const SHORTEST: usize = 2;

impl Hinter for Assistant {
    type Hint = Shown;

    fn hint(&self, line: &str, cursor: usize, _: &Context<'_>) -> Option<Shown> {
        let helpless = self.is_plain() || line.trim_start().starts_with(':');
        if cursor < line.len() || helpless || self.is_question(line) {
            return None;
        }
        ending(line)
            .or_else(|| parameters(line))
            .or_else(|| self.rest(line))
    }
}

/// What an incomplete statement needs, shown on an empty line below it.
fn ending(line: &str) -> Option<Shown> {
    let (above, last) = line.rsplit_once('\n')?;
    if !last.trim().is_empty() || above.trim().is_empty() {
        return None;
    }
    let open = pieces(line)
        .last()
        .is_some_and(|last| last.sort == Sort::Unclosed);
    let text = if open {
        "the quote is not closed"
    } else {
        "; ends the statement"
    };
    Some(Shown {
        text: text.to_owned(),
        takes: false,
    })
}

/// The parameters of the function whose bracket has just been opened.
fn parameters(line: &str) -> Option<Shown> {
    let pieces = pieces(line);
    let (open, before) = pieces.split_last()?;
    if !open.is("(") || open.end() != line.len() || before.last()?.end() != open.start {
        return None;
    }
    let text = signature(&dotted(before))?.split_once('(')?.1.to_owned();
    Some(Shown { text, takes: false })
}

/// The dotted name at the end of `pieces`.
fn dotted(pieces: &[Piece<'_>]) -> String {
    let mut start = pieces.len().saturating_sub(1);
    while start >= 2 && pieces[start - 1].is(".") && pieces[start - 2].is_wordlike() {
        start -= 2;
    }
    pieces[start..].iter().map(|piece| piece.text).collect()
}

impl Assistant {
    /// The rest of the word at the cursor, if there is only one candidate.
    fn rest(&self, line: &str) -> Option<Shown> {
        if !self.shell.borrow().knows_names() {
            return None;
        }
        let pieces = pieces(line);
        let begun = pieces
            .iter()
            .rposition(|piece| piece.is(";"))
            .map_or(0, |end| end + 1);
        let place = place(&pieces[begun..], line.len());
        let guessed = !matches!(place.wanted, Wanted::Text { .. } | Wanted::Nothing);
        if !guessed || place.typed.chars().count() < SHORTEST {
            return None;
        }
        let found = candidates(&place, &pieces[begun..], "", self);
        match found.as_slice() {
            [only] => {
                let rest = only.replacement.strip_prefix(place.typed)?;
                (!rest.is_empty() && !rest.contains(char::is_control)).then(|| Shown {
                    text: rest.to_owned(),
                    takes: true,
                })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(hint: Option<Shown>) -> String {
        hint.map_or(String::new(), |hint| hint.text)
    }

    #[test]
    fn a_function_shows_its_parameters_when_its_bracket_opens() {
        assert!(shown(parameters("RETURN toUpper(")).ends_with(") :: STRING"));
        assert!(shown(parameters("RETURN duration.between(")).ends_with(":: DURATION"));
        assert_eq!(parameters("RETURN toUpper( "), None);
        assert_eq!(parameters("RETURN ("), None);
        assert_eq!(parameters("MATCH (n) WHERE ("), None);
    }

    #[test]
    fn an_empty_line_tells_what_is_missing() {
        assert_eq!(shown(ending("MATCH (n)\n  ")), "; ends the statement");
        assert_eq!(shown(ending("RETURN 'a\n")), "the quote is not closed");
        assert_eq!(ending("MATCH (n)\n  R"), None);
        assert_eq!(ending("MATCH (n)"), None);
    }
}
