//! Opens a graph by running a script of statements, as other engines export it: with `:begin`, `:commit` and `:param` lines.

use std::{sync::Arc, time::Duration};

use crate::{
    base::{Code, Diagnostic, Source, Span},
    engine::{Database, Error, Limits, OpenOptions, environment::nanos_between},
    syntax,
    value::{Entries, Text, Value},
};

/// Lines that choose where a script runs. There is only one graph.
const IGNORED: &[&str] = &["use", "auto"];

impl OpenOptions {
    /// Runs the parts of a script. Of the limits, that of time is for all statements together.
    pub(super) fn run_parts(
        &self,
        database: &mut Database,
        source: &Arc<Source>,
    ) -> Result<(), Error> {
        let clock = database.environment.clock();
        let start = clock();
        let mut parameters = Entries::default();
        let mut at = 0;
        while let Some(part) = next(&source.text, at) {
            at = part.span.end as usize;
            let passed = Duration::from_nanos(nanos_between(start, clock()));
            let time = self.limits.time.map(|time| time.saturating_sub(passed));
            let limits = Limits {
                time,
                ..self.limits
            };
            if part.is_line {
                parameters.extend(line(database, source, part)?);
                continue;
            }
            let statement = database.query_within(source, part.span);
            let statement = statement.parameters(parameters.clone()).limits(limits);
            // An error ends the opening, so that nothing needs to be undone.
            statement.cancel(&self.cancel).without_undo().run()?;
        }
        if database.in_transaction() {
            let message = "expected a script that ends its transaction, found an open transaction";
            let open = Diagnostic::whole(Code::LoadProblem, message);
            return Err(open.help("end the script with `COMMIT`").into());
        }
        Ok(())
    }
}

/// A statement of a script without its semicolon, or a line that begins with a colon.
#[derive(Clone, Copy)]
struct Part {
    span: Span,
    is_line: bool,
}

/// The next part of a text from a position on. A line ends at the line break, not at a semicolon.
fn next(text: &str, at: usize) -> Option<Part> {
    let mut rest = &text[at..];
    rest = &rest[syntax::blank(rest)..];
    while let Some(after) = rest.strip_prefix(';') {
        rest = &after[syntax::blank(after)..];
    }
    let start = text.len() - rest.len();
    if rest.starts_with(':') {
        let end = rest.find('\n').unwrap_or(rest.len());
        return Some(Part {
            span: Span::new(start, start + end),
            is_line: true,
        });
    }
    let statement = syntax::split(rest).next()?;
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    Some(Part {
        span: statement.span.shifted(start),
        is_line: false,
    })
}

/// Runs a line that begins with a colon. Returns the parameter that it sets, if it sets one.
fn line(
    database: &mut Database,
    source: &Arc<Source>,
    part: Part,
) -> Result<Option<(Text, Value)>, Error> {
    let text = source.slice(part.span).trim().trim_end_matches(';');
    let text = text.trim_start_matches(':');
    let (name, argument) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match &*name.to_lowercase() {
        "begin" => database.begin()?,
        "commit" => database.commit()?,
        "rollback" => database.rollback()?,
        "param" => return parameter(database, source, part, argument).map(Some),
        name if IGNORED.contains(&name) => {}
        _ => {
            let message = format!("expected a statement, found the command `:{name}`");
            let help =
                "a graph is made of statements, `:begin`, `:commit`, `:rollback` and `:param`";
            let wrong = Diagnostic::new(Code::LoadProblem, part.span, message).help(help);
            return Err(Error::within(wrong, source.clone()));
        }
    }
    Ok(None)
}

/// `:param x => 1 + 1`, `:param x: 1`
fn parameter(
    database: &mut Database,
    source: &Arc<Source>,
    part: Part,
    argument: &str,
) -> Result<(Text, Value), Error> {
    let wrong = || {
        let message = "expected a name and a value, such as `:param x => 1`";
        Error::within(
            Diagnostic::new(Code::LoadProblem, part.span, message),
            source.clone(),
        )
    };
    let signs = ["=>", ":", "="];
    let assigned = signs.iter().find_map(|sign| argument.split_once(sign));
    let (name, value) = assigned.ok_or_else(wrong)?;
    let statement = format!("RETURN {value}");
    let answer = database.query(statement).run()?;
    let row = answer.row(0).ok_or_else(wrong)?;
    let value = row.values().first().cloned().ok_or_else(wrong)?;
    let name = name.trim().trim_start_matches('$').trim_matches('`');
    Ok((name.into(), value))
}
