//! Reads `vocabulary.toml`. `docs/VOCABULARY.md` describes the format.
//!
//! The file is deserialised (`entry`), its patterns are parsed and checked against the graph (`check`), and its words
//! are added to the vocabulary (`declare`). Every error is reported with its position.

mod adjectives;
mod adverbs;
mod check;
mod declare;
mod entry;

use self::check::Checker;
pub(super) use self::declare::Later;
use crate::{
    base::{Code, Diagnostic},
    graph::{Graph, load::Problem},
    question::vocabulary::Vocabulary,
};

/// The name of the file.
const FILE: &str = "vocabulary.toml";

/// Adds the declarations of a file. Returns those that need the words of the graph; see [`finish`].
pub(super) fn read(
    vocabulary: &mut Vocabulary,
    graph: &Graph,
    text: &str,
) -> Result<Vec<Later>, Box<Diagnostic>> {
    let file: entry::File = toml::from_str(text).map_err(|error| {
        let message = error.message().trim_end().replace('\n', ", ");
        report(vec![match error.span() {
            Some(span) => Problem::at(FILE, text, span.start, message),
            None => Problem::whole(FILE, message),
        }])
    })?;
    let mut checker = Checker::new(graph, text);
    let later = declare::declare(vocabulary, &mut checker, file);
    checker.result().map(|()| later)
}

/// Applies the declarations that need the words of the graph.
pub(super) fn finish(
    vocabulary: &mut Vocabulary,
    graph: &Graph,
    text: &str,
    later: Vec<Later>,
) -> Result<(), Box<Diagnostic>> {
    let mut checker = Checker::new(graph, text);
    for later in later {
        later.apply(vocabulary, &mut checker);
    }
    checker.result()
}

fn report(problems: Vec<Problem>) -> Box<Diagnostic> {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    Box::new(Diagnostic::whole(Code::LoadProblem, lines.join("\n")))
}

#[cfg(test)]
mod tests;
