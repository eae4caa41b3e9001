//! What is shown after the cursor without being asked for: the rest of a word that has only one, the parameters of a
//! function, and how to end a statement.

use rustyline::{
    Context,
    hint::{Hint, Hinter},
};

use crate::repl::{
    complete::{Wanted, candidates, pieces, place, signature},
    editor::Assistant,
};

/// A hint.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    text: String,
    /// Whether the Right key takes it.
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

/// The shortest word that is worth a guess.
const SHORTEST: usize = 2;

impl Hinter for Assistant {
    type Hint = Shown;

    fn hint(&self, line: &str, cursor: usize, _: &Context<'_>) -> Option<Shown> {
        if cursor < line.len() || line.trim_start().starts_with(':') {
            return None;
        }
        ending(line)
            .or_else(|| parameters(line))
            .or_else(|| self.rest(line))
    }
}

/// How to end a statement, on an empty line below it.
fn ending(line: &str) -> Option<Shown> {
    let (above, last) = line.rsplit_once('\n')?;
    let empty = last.trim().is_empty() && !above.trim().is_empty();
    empty.then(|| Shown {
        text: "; ends the statement".to_owned(),
        takes: false,
    })
}

/// What the function takes whose bracket has just been opened.
fn parameters(line: &str) -> Option<Shown> {
    let pieces = pieces(line);
    let [.., name, open] = pieces.as_slice() else {
        return None;
    };
    if !open.is("(") || open.end() != line.len() || name.end() != open.start {
        return None;
    }
    let dotted = pieces
        .rsplitn(2, |piece| {
            !(piece.is_wordlike() || piece.is(".") || piece.is("("))
        })
        .next()?;
    let name: String = dotted[..dotted.len() - 1]
        .iter()
        .map(|piece| piece.text)
        .collect();
    let signature = signature(&name)?;
    let text = signature.split_once('(')?.1.to_owned();
    Some(Shown { text, takes: false })
}

impl Assistant {
    /// The rest of the word at the cursor, if it can only be one.
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
                (!rest.is_empty()).then(|| Shown {
                    text: rest.to_owned(),
                    takes: true,
                })
            }
            _ => None,
        }
    }
}
