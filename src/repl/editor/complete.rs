//! Tab: the candidates for the line and the cursor.

use relata::{base::grouped, question};
use rustyline::{
    Context, Result,
    completion::{self, Completer, FilenameCompleter},
};

use crate::repl::{
    command::{self, COMMANDS, ENTRIES, SETTINGS, TOPICS, Takes},
    complete::{Candidate, Names as _, candidates, pieces, place},
    editor::Assistant,
    visible::visible,
};

impl completion::Candidate for Candidate {
    fn display(&self) -> &str {
        &self.display
    }

    fn replacement(&self) -> &str {
        &self.replacement
    }
}

impl Completer for Assistant {
    type Candidate = Candidate;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        context: &Context<'_>,
    ) -> Result<(usize, Vec<Candidate>)> {
        let start = line.len() - line.trim_start().len();
        let (from, found) = if line[start..cursor.max(start)].starts_with(':') {
            self.command(line, start, cursor, context)?
        } else if self.is_question(line) {
            self.question(line, start, cursor)
        } else {
            self.statement(line, 0, cursor)
        };
        Ok((from, harmless(found)))
    }
}

/// The candidates that the terminal can show. A name with control characters would command it while it is typed.
fn harmless(found: Vec<Candidate>) -> Vec<Candidate> {
    let found = found.into_iter();
    let found = found.filter(|candidate| !candidate.replacement.contains(char::is_control));
    let shown = found.map(|candidate| Candidate {
        display: visible(&candidate.display, false),
        ..candidate
    });
    shown.collect()
}

impl Assistant {
    /// Candidates in a statement that starts at `start`.
    pub(super) fn statement(
        &self,
        line: &str,
        start: usize,
        cursor: usize,
    ) -> (usize, Vec<Candidate>) {
        let pieces = pieces(&line[start..cursor]);
        let begun = pieces
            .iter()
            .rposition(|piece| piece.is(";"))
            .map_or(0, |end| end + 1);
        let place = place(&pieces[begun..], cursor - start);
        let found = candidates(&place, &pieces[begun..], &line[cursor..], self);
        (start + place.start, found)
    }

    /// The possible continuations of a question that starts at `start`, each with its role and count.
    fn question(&self, line: &str, start: usize, cursor: usize) -> (usize, Vec<Candidate>) {
        let typed = &line[start.min(cursor)..cursor];
        let mark = typed.len() - typed.trim_start_matches(['?', ' ']).len();
        let mut shell = self.shell.borrow_mut();
        let Ok(found) = shell.database.completions(&typed[mark..]) else {
            return (cursor, Vec::new());
        };
        let candidates = found.candidates.into_iter().map(|candidate| Candidate {
            display: shown(&candidate),
            replacement: candidate.text,
        });
        (start + mark + found.from, candidates.collect())
    }

    /// Candidates in a command that starts at `start`.
    fn command(
        &self,
        line: &str,
        start: usize,
        cursor: usize,
        context: &Context<'_>,
    ) -> Result<(usize, Vec<Candidate>)> {
        let typed = &line[start..cursor];
        let Some(space) = typed.find(char::is_whitespace) else {
            let names = COMMANDS.iter().map(|command| format!(":{}", command.name));
            return Ok((start, beginning_with(typed, names)));
        };
        let Ok(command) = command::find(&typed[1..space]) else {
            return Ok((cursor, Vec::new()));
        };
        let argument = start + space + 1;
        match command.takes {
            Takes::Statement if self.is_question(&line[argument.min(cursor)..]) => {
                Ok(self.question(line, argument, cursor))
            }
            Takes::Statement => Ok(self.statement(line, argument, cursor)),
            Takes::File => file(line, cursor, context),
            other => Ok(self.word(other, line, argument, cursor)),
        }
    }

    /// Candidates for the last word of an argument.
    fn word(
        &self,
        takes: Takes,
        line: &str,
        argument: usize,
        cursor: usize,
    ) -> (usize, Vec<Candidate>) {
        let before = &line[argument.min(cursor)..cursor];
        let start = cursor
            - before
                .rsplit(char::is_whitespace)
                .next()
                .map_or(0, str::len);
        let typed = &line[start..cursor];
        (start, beginning_with(typed, self.words(takes)))
    }

    fn words(&self, takes: Takes) -> Vec<String> {
        match takes {
            Takes::Topic => {
                let functions = self.vocabulary().functions();
                let commands = COMMANDS.iter().map(|command| format!(":{}", command.name));
                let topics = TOPICS.iter().map(|topic| (*topic).to_owned());
                let entries = ENTRIES.iter().flat_map(|entry| entry.names.iter());
                let entries = entries.map(|name| (*name).to_owned());
                let all = topics.chain(commands).chain(functions).chain(entries);
                all.collect()
            }
            Takes::Format => relata::Format::all()
                .iter()
                .map(|format| format.name.to_owned())
                .collect(),
            Takes::Schema => {
                let vocabulary = self.vocabulary();
                let types = vocabulary.types(&[], false);
                vocabulary.labels().into_iter().chain(types).collect()
            }
            Takes::Setting => SETTINGS
                .iter()
                .map(|setting| setting.name.to_owned())
                .collect(),
            Takes::Parameter => self.parameters(),
            Takes::Nothing | Takes::Statement | Takes::File => Vec::new(),
        }
    }
}

/// `courses (noun, 12)`
fn shown(candidate: &question::Candidate) -> String {
    let count = candidate.count.map(grouped);
    let what = Some(candidate.what.clone()).filter(|what| !what.is_empty());
    let remarks: Vec<_> = what.into_iter().chain(count).collect();
    match remarks.is_empty() {
        true => candidate.text.clone(),
        false => format!("{} ({})", candidate.text, remarks.join(", ")),
    }
}

fn file(line: &str, cursor: usize, context: &Context<'_>) -> Result<(usize, Vec<Candidate>)> {
    let (start, pairs) = FilenameCompleter::new().complete(line, cursor, context)?;
    let found = pairs.into_iter().map(|pair| Candidate {
        display: pair.display,
        replacement: pair.replacement,
    });
    Ok((start, found.collect()))
}

fn beginning_with(typed: &str, names: impl IntoIterator<Item = String>) -> Vec<Candidate> {
    let typed = typed.to_lowercase();
    names
        .into_iter()
        .filter(|name| name.to_lowercase().starts_with(&typed))
        .map(|name| Candidate {
            display: name.clone(),
            replacement: name,
        })
        .collect()
}
