//! Commands that run something: plans, files, transactions.

use std::{path::Path, sync::Arc};

use relata::{GraphFormat, SaveOptions, Source, Span};

use crate::repl::{
    command::Flow,
    console::left_out,
    error::ShellError,
    output::Output,
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

/// `:save my-graph`, `:save my-graph.cypher`; `:save` alone saves to the folder that the graph was opened from.
pub(super) fn save(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let (path, force) = target(argument);
    let path = match shell.database.folder() {
        Some(folder) if path.as_os_str().is_empty() => folder.to_owned(),
        _ => path.to_owned(),
    };
    if path.as_os_str().is_empty() {
        return Err(ShellError::usage(
            "expected the name of a folder to save to",
        ));
    }
    if let Some(wrong) = other_format(&path) {
        return Err(wrong);
    }
    let saved = options(force).save(&mut shell.database, &path)?;
    shell.set_saved(&path);
    for path in &saved.left_out {
        shell.console.note(&left_out(path));
    }
    shell
        .console
        .note(&format!("saved to `{}`", path.display()));
    Ok(Flow::Stay)
}

/// The path of an argument, and whether `--force` follows it.
pub(super) fn target(argument: &str) -> (&Path, bool) {
    let (path, force) = match argument.strip_suffix("--force") {
        Some(path) if path.is_empty() || path.ends_with(' ') => (path.trim_end(), true),
        _ => (argument, false),
    };
    (Path::new(path.trim_matches(['\'', '"'])), force)
}

fn options(force: bool) -> SaveOptions {
    if force {
        SaveOptions::new().force()
    } else {
        SaveOptions::new()
    }
}

/// The error of saving to a name with the ending of another format than those of saved graphs.
fn other_format(path: &Path) -> Option<ShellError> {
    let name = path.display();
    let format = GraphFormat::of_ending(&name.to_string());
    let format = format.filter(|format| !format.is_script() && !path.is_dir())?;
    let (message, help) = if format.can_write() {
        (
            format!(
                "expected a folder or a script to save to, found the name of a file in `{}`",
                format.name
            ),
            format!("write it with `:export {name}`"),
        )
    } else {
        (
            format!(
                "expected a folder or a script to save to, found the name of a table, `{name}`"
            ),
            format!(
                "`:save {}` writes a folder of tables, `:once {name}` the next answer",
                path.with_extension("").display()
            ),
        )
    };
    Some(ShellError::Usage(message, Some(help)))
}

/// `:export out.graphml`
pub(super) fn export(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let (path, force) = target(argument);
    let Some(format) = GraphFormat::of_name(&path.to_string_lossy()) else {
        let written = GraphFormat::all()
            .iter()
            .filter(|format| format.can_write());
        let endings: Vec<_> = written
            .filter_map(|format| format.extensions.first())
            .map(|ending| format!(".{ending}"))
            .collect();
        let help = format!(
            "the endings are {}; `:save DIR` writes a folder",
            endings.join(", ")
        );
        return Err(ShellError::Usage(
            "expected the name of a file whose ending says its format".to_owned(),
            Some(help),
        ));
    };
    options(force).export(&mut shell.database, path, format)?;
    shell
        .console
        .note(&format!("exported to `{}`", path.display()));
    Ok(Flow::Stay)
}

/// `:output answers.csv`, `:output`
pub(super) fn output(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    if argument.is_empty() {
        if let Some(path) = shell.output.path() {
            shell.console.note(&format!("closed `{}`", path.display()));
        }
        shell.output = Output::default();
        return Ok(Flow::Stay);
    }
    send(shell, argument, false)
}

/// `:once answer.csv`
pub(super) fn once(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    if argument.is_empty() {
        return Err(ShellError::usage("expected the name of a file"));
    }
    send(shell, argument, true)
}

fn send(shell: &mut Shell, argument: &str, once: bool) -> Result<Flow, ShellError> {
    let path = Path::new(argument.trim_matches(['\'', '"']));
    shell.output = Output::to(path, once)?;
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
