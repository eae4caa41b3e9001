//! Reading `vocabulary.toml`. `docs/VOCABULARY.md` describes the format.
//!
//! The file is read as it is written (`entry`), its patterns are parsed and checked against the graph (`check`), and its
//! words are added to the vocabulary (`declare`). Every problem is reported, with its place.

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

/// Adds what a file declares; what has to wait until the graph has given its words is handed back.
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

/// Does what had to wait.
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
