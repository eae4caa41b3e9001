//! Diagnostics: every code has a case, and each case defines place, message and help.
//!
//! In `tests/errors/*.cypher` the first line names the graph, and the second may give parameters. The expected
//! diagnostics of a statement are above the line that they refer to:
//!
//! ```text
//! // error UndefinedVariable 8-8: variable `x` is not defined
//! // help: …
//! RETURN x;
//! ```
//!
//! The code has the name of its variant. The columns of the first and the last character follow; an empty span has one
//! number, a span that ends on a later line has no second number, and `whole` means the whole statement. With
//! `RELATA_BLESS` set, these lines are rewritten; read them before you commit them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use insta::{Settings, assert_snapshot};
use relata::{
    Code, Database, Diagnostic, Rendering, Source, Span,
    base::{Severity, render},
    split,
};

#[path = "errors/between.rs"]
mod between;
#[path = "errors/beyond.rs"]
mod beyond;
#[path = "errors/long.rs"]
mod long;
#[path = "errors/manual.rs"]
mod manual;

const ROOT: &str = "tests/errors";
/// The prefix of files whose statements must give no diagnostics.
const QUIET: &str = "quiet";

const MARKS: [&str; 3] = ["// error ", "// warning ", "// help: "];

#[test]
fn every_case_is_told_as_it_says() {
    for path in files() {
        let written = fs::read_to_string(&path).expect("the cases can be read");
        let told = Told::of(&path, &written);
        if std::env::var_os("RELATA_BLESS").is_some() {
            fs::write(&path, told.annotated()).expect("the cases can be written");
        } else {
            assert_eq!(told.annotated(), written, "{}", path.display());
        }
    }
}

#[test]
fn every_case_is_drawn_as_it_was() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("errors/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in files().iter().filter(|path| !stem(path).starts_with(QUIET)) {
        let written = fs::read_to_string(path).expect("the cases can be read");
        let name = stem(path);
        let drawn = Told::of(path, &written).drawn();
        settings.bind(|| assert_snapshot!(name.as_str(), drawn));
    }
}

#[test]
fn every_code_has_a_case() {
    let mut told: BTreeSet<String> = beyond::told()
        .iter()
        .map(|(code, _)| code.clone())
        .collect();
    for path in files() {
        let written = fs::read_to_string(&path).expect("the cases can be read");
        let found = Told::of(&path, &written).diagnostics;
        let codes = found.iter().map(|(_, diagnostic)| diagnostic.code);
        told.extend(codes.map(|code| format!("{code:?}")));
    }
    let codes = Code::ALL.iter().filter(|code| !is_of_questions(**code));
    let untold: Vec<_> = codes
        .map(|code| format!("{code:?}"))
        .filter(|code| !told.contains(code))
        .collect();
    assert_eq!(untold, [""; 0], "no case in {ROOT} has these codes");
}

/// Whether a code concerns questions in English, which are not statements.
fn is_of_questions(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownWord
            | Code::UnreadableQuestion
            | Code::UnrelatedWords
            | Code::AmbiguousQuestion
            | Code::InvalidPick
    )
}

/// The diagnostics of a file.
struct Told {
    /// The file without the expected diagnostics.
    source: Arc<Source>,
    /// Each diagnostic with its statement.
    diagnostics: Vec<(Span, Diagnostic)>,
}

impl Told {
    fn of(path: &Path, written: &str) -> Self {
        let kept = |line: &&str| !MARKS.iter().any(|mark| line.trim_start().starts_with(mark));
        let text: String = written.split_inclusive('\n').filter(kept).collect();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let source = Arc::new(Source::new(name, text));
        let mut database =
            database(header(&source.text, "graph").expect("the first line names a graph"));
        let mut diagnostics = Vec::new();
        for piece in split(&source.text) {
            let statement = database.query_within(&source, piece.span);
            let parameters: serde_json::Value = header(&source.text, "parameters")
                .map(|json| serde_json::from_str(json).expect("parameters are JSON"))
                .unwrap_or_default();
            let found = match statement.params(parameters).run() {
                Ok(answer) => answer.warnings().to_vec(),
                Err(error) => error.diagnostics().cloned().collect(),
            };
            let text = source.slice(piece.span);
            let quiet = stem(path).starts_with(QUIET);
            assert_eq!(quiet, found.is_empty(), "{text} is told {found:?}");
            diagnostics.extend(found.into_iter().map(|diagnostic| (piece.span, diagnostic)));
        }
        Self {
            source,
            diagnostics,
        }
    }

    /// The file with the actual diagnostics.
    fn annotated(&self) -> String {
        let mut out = String::new();
        for (number, line) in self.source.text.split_inclusive('\n').enumerate() {
            let indent: String = line.chars().take_while(|letter| *letter == ' ').collect();
            let here = self
                .diagnostics
                .iter()
                .filter(|told| self.place(told).0 == number + 1);
            for told in here {
                self.lines(told)
                    .iter()
                    .for_each(|text| out.push_str(&format!("{indent}{text}\n")));
            }
            out.push_str(line);
        }
        out
    }

    fn lines(&self, told: &(Span, Diagnostic)) -> Vec<String> {
        let (_, diagnostic) = told;
        let severity = match diagnostic.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (_, columns) = self.place(told);
        let message = &diagnostic.message;
        let mut lines = vec![format!(
            "// {severity} {:?} {columns}: {message}",
            diagnostic.code
        )];
        lines.extend(
            diagnostic
                .help
                .iter()
                .map(|help| format!("// help: {help}")),
        );
        lines
    }

    /// The line of a diagnostic, and its columns.
    fn place(&self, (statement, diagnostic): &(Span, Diagnostic)) -> (usize, String) {
        let at = |byte| self.source.line_column(byte);
        let Some(span) = diagnostic.span else {
            return (at(statement.start).0, "whole".to_owned());
        };
        let ((line, first), (last_line, after)) = (at(span.start), at(span.end));
        let columns = match (span.start == span.end, line == last_line) {
            (true, _) => first.to_string(),
            (_, true) => format!("{first}-{}", after - 1),
            (_, false) => format!("{first}-"),
        };
        (line, columns)
    }

    fn drawn(&self) -> String {
        let draw = |(_, diagnostic): &(Span, Diagnostic)| {
            render(diagnostic, &self.source, Rendering::default())
        };
        self.diagnostics
            .iter()
            .map(draw)
            .collect::<Vec<_>>()
            .join("\n\n")
    }
}

/// The value of a header line, such as `// graph: people`.
fn header<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let top = text.lines().take_while(|line| line.starts_with("//"));
    top.into_iter()
        .find_map(|line| line.strip_prefix(&format!("// {name}: ")))
}

fn database(graph: &str) -> Database {
    match graph {
        "connected-practice" => Database::connected_practice(),
        "empty" => Database::empty(),
        name => {
            let script = Path::new("tests/corpus/graphs").join(format!("{name}.cypher"));
            Database::open(script).expect("the scripts of graphs run")
        }
    }
}

fn files() -> Vec<PathBuf> {
    let found = fs::read_dir(ROOT).expect("there are cases");
    let paths = found.map(|entry| entry.expect("the cases can be listed").path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "cypher"))
        .collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
