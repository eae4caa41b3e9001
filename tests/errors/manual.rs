//! `docs/ERRORS.md`, generated from the table of codes and the diagnostics of their examples.

use std::{collections::HashSet, fmt::Write as _, fs, path::Path, sync::Arc};

use relata::{
    Code, Database, Diagnostic, Rendering, Source,
    base::{Class, Phase, render},
    split,
};
use serde_json::json;

use crate::{beyond, is_of_questions};

const HEAD: &str = "\
# Errors and warnings

Generated from the table in `src/base/code.rs` by `UPDATE_DOCS=1 cargo test --test errors`. A test runs each example on the
built-in graph, with the parameters `$list = [1]`, `$map = {a: 1}`, `$number = 1`, `$half = 0.5` and `$minus_one = -1`.

An error has a class, a phase and a detail, with the names of the openCypher TCK if the TCK has them, and a GQLSTATUS as
ISO GQL defines it. The detail is the name in brackets after `error`. For programs, an `Error` or a `Diagnostic` has a
`Code`, whose name is the heading of its section. An error that is found before the statement runs changes nothing; after an
error while the statement runs, all its changes are undone. A warning comes with a complete answer.
";

#[test]
fn every_example_is_told_its_code() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().filter(|code| !is_of_questions(**code)) {
        if let Some(example) = code.example() {
            let codes: Vec<_> = told(example).1.iter().map(|told| told.code).collect();
            if codes != [*code] {
                wrong.push(format!("{code:?}: {example} is told {codes:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_manual_of_codes_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ERRORS.md");
    let manual = manual();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &manual).expect("the manual can be written");
    }
    assert!(
        fs::read_to_string(&file).is_ok_and(|found| found == manual),
        "docs/ERRORS.md is out of date: run `UPDATE_DOCS=1 cargo test --test errors`"
    );
}

fn manual() -> String {
    let mut out = HEAD.to_owned();
    let beyond = beyond::told();
    let mut classes: Vec<Class> = Code::ALL.iter().map(|code| code.class()).collect();
    let mut seen = HashSet::new();
    classes.retain(|class| seen.insert(*class));
    for class in classes {
        let _ = writeln!(out, "\n## {class}");
        let codes = Code::ALL.iter().filter(|code| code.class() == class);
        codes.for_each(|code| describe(&mut out, *code, beyond));
    }
    out
}

fn describe(out: &mut String, code: Code, beyond: &[(String, String)]) {
    let found = match (code.class(), code.phase()) {
        (Class::Warning, _) => "with the answer",
        (_, Phase::Compile) => "before the statement runs",
        (_, Phase::Runtime) => "while the statement runs",
    };
    let (detail, status, meaning) = (code.detail(), code.gqlstatus(), code.meaning());
    let _ = writeln!(
        out,
        "\n### {code:?}\n\n{meaning}.\n\nDetail `{detail}`, status `{status}`, {found}."
    );
    if let Some(shown) = shown(code, beyond) {
        let _ = writeln!(out, "\n```text\n{shown}\n```");
    }
}

/// The example of a code with its diagnostics, or the message of an error outside of statements.
fn shown(code: Code, beyond: &[(String, String)]) -> Option<String> {
    if is_of_questions(code) {
        return code.example().map(str::to_owned);
    }
    let Some(example) = code.example() else {
        let (_, message) = beyond
            .iter()
            .find(|(name, _)| *name == format!("{code:?}"))?;
        return Some(format!("error[{}]: {message}", code.detail()));
    };
    let (source, told) = told(example);
    let drawn = told
        .iter()
        .map(|diagnostic| render(diagnostic, &source, Rendering::default()));
    let drawn = drawn.collect::<Vec<_>>().join("\n\n");
    // A diagnostic of the whole statement is drawn without its text.
    Some(match drawn.contains(example) {
        true => drawn,
        false => format!("{example}\n\n{drawn}"),
    })
}

/// The diagnostics of a statement.
fn told(example: &str) -> (Arc<Source>, Vec<Diagnostic>) {
    let source = Arc::new(Source::new("example", example));
    let mut database = Database::connected_practice();
    let piece = split(&source.text).next().expect("a statement");
    let parameters = json!({
        "list": [1], "map": {"a": 1}, "number": 1, "half": 0.5, "minus_one": -1
    });
    let statement = database.query_within(&source, piece.span);
    let told = match statement.params(parameters).run() {
        Ok(answer) => answer.warnings().to_vec(),
        Err(error) => error.diagnostics().cloned().collect(),
    };
    (source, told)
}
