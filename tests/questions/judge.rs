//! Asks a question and checks the answer.

use relata::{Database, Reply};

use crate::{set::Expected, table::Table};

/// The reply to a question, or its error as text.
pub(crate) fn ask(database: &mut Database, question: &str) -> Result<Reply, String> {
    database.ask(question).run().map_err(|error| {
        let help = error
            .help()
            .map_or_else(String::new, |help| format!(" ({help})"));
        let ways = error
            .candidates()
            .iter()
            .map(|way| format!("\n    {}", way.interpretation));
        format!("{error}{help}{}", ways.collect::<String>())
    })
}

/// Checks the answer to a question. The error says how it differs from the expected one.
pub(crate) fn judge(
    database: &mut Database,
    question: &str,
    rows: &Table,
    expected: Expected,
) -> Result<(), String> {
    let reply = ask(database, question)?;
    let answer = Table::of(&reply.answer);
    let right = match expected {
        Expected::Rows => rows.is_said_by(&answer),
        Expected::Contained => rows.is_held_by(&answer),
        Expected::Nothing => explained(&reply),
    };
    if right {
        return Ok(());
    }
    Err(format!(
        "read as: {}\n{}\nexpected{}\n{}got\n{}",
        reply.interpretation,
        reply.cypher,
        match expected {
            Expected::Rows => "",
            Expected::Contained => " among others",
            Expected::Nothing => " nothing, with a reason",
        },
        rows.show(),
        answer.show(),
    ))
}

/// Whether an answer is empty and says why.
pub(crate) fn explained(reply: &Reply) -> bool {
    reply
        .why_empty
        .as_ref()
        .is_some_and(|explanation| !explanation.sentences().is_empty())
}
