//! Commands that run something: plans, files, transactions.

use std::{path::Path, sync::Arc};

use relata::{Source, Span};

use crate::repl::{
    command::Flow,
    console::left_out,
    error::ShellError,
    script::{self, Asked, Sort},
    shell::{Ask, Shell},
};

/// The maximum nesting depth of `:source`.
const DEPTH: usize = 16;

/// `:explain`, `:explain MATCH (n) RETURN n`, `:explain which courses cover KSS 7`
pub(super) fn explain(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    ask(shell, argument, Ask::Explain)
}

/// `:profile`, `:profile MATCH (n) RETURN n`
pub(super) fn profile(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    ask(shell, argument, Ask::Profile)
}

fn ask(shell: &mut Shell, argument: &str, ask: Ask) -> Result<Flow, ShellError> {
    let text = match (argument, &shell.last) {
        ("", Some(last)) => last.statement.clone(),
        ("", None) => {
            return Err(ShellError::usage(
                "expected a statement, or an earlier one, found none",
            ));
        }
        (statement, _) => statement.to_owned(),
    };
    let source = Arc::new(Source::new("query", text.clone()));
    let span = Span::new(0, source.text.len());
    // A statement is the usual argument, even if every line is a question.
    let asked = if shell.interactive {
        Asked::Opened
    } else {
        Asked::Marked
    };
    match asked.sort(&text) {
        Some(Sort::Question) => shell.ask(&source, span, ask, None)?,
        _ => shell.run(&source, span, ask)?,
    }
    // A later `:explain` or `:profile` must see the statement itself.
    if let Some(last) = &mut shell.last {
        last.statement = text;
    }
    Ok(Flow::Stay)
}

/// `:source questions.cypher`
pub(super) fn source(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let path = Path::new(argument.trim_matches(['\'', '"']));
    if argument.is_empty() {
        return Err(ShellError::usage("expected the name of a file"));
    }
    if shell.depth >= DEPTH {
        let message =
            format!("`{argument}`: expected at most {DEPTH} nested `:source` commands, found more");
        return Err(ShellError::usage(message));
    }
    let text = shell.file(path)?;
    let source = Arc::new(Source::new(argument, text));
    shell.depth += 1;
    let outcome = script::run_text(shell, &source);
    shell.depth -= 1;
    outcome
}

/// `:save my-graph`, `:save my-graph.cypher`
pub(super) fn save(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    if argument.is_empty() {
        return Err(ShellError::usage(
            "expected the name of a folder to save to",
        ));
    }
    let path = Path::new(argument.trim_matches(['\'', '"']));
    let saved = shell.database.save(path)?;
    shell.set_saved(path);
    for path in &saved.left_out {
        shell.console.note(&left_out(path));
    }
    shell
        .console
        .note(&format!("saved to `{}`", path.display()));
    Ok(Flow::Stay)
}

/// `:begin`
pub(super) fn begin(shell: &mut Shell, _: &str) -> Result<Flow, ShellError> {
    shell.database.begin()?;
    shell.note("BEGIN");
    Ok(Flow::Stay)
}

/// `:commit`
pub(super) fn commit(shell: &mut Shell, _: &str) -> Result<Flow, ShellError> {
    shell.database.commit()?;
    shell.note("COMMIT");
    Ok(Flow::Stay)
}

/// `:rollback`
pub(super) fn rollback(shell: &mut Shell, _: &str) -> Result<Flow, ShellError> {
    shell.database.rollback()?;
    shell.note("ROLLBACK");
    shell.forget_names();
    Ok(Flow::Stay)
}
