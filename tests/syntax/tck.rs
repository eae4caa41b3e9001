//! The queries of the openCypher TCK, read from its feature files.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// A query, and its expected compile-time error.
pub(crate) struct Query {
    /// The feature and the scenario.
    pub(crate) place: String,
    /// The query text.
    pub(crate) text: String,
    /// The detail name of the error; `None` if the query must compile.
    pub(crate) error: Option<String>,
}

/// All queries, or `None` without the TCK.
pub(crate) fn queries() -> Option<Vec<Query>> {
    let root = env::var_os("OPENCYPHER_TCK").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/opencypher-tck"),
        PathBuf::from,
    );
    let mut files = Vec::new();
    collect(&root.join("features"), &mut files);
    files.sort();
    let queries: Vec<_> = files.iter().flat_map(|file| of_feature(file)).collect();
    if queries.is_empty() {
        eprintln!("no TCK at {}: its queries are not tested", root.display());
    }
    (!queries.is_empty()).then_some(queries)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            collect(&entry, files);
        } else if entry
            .extension()
            .is_some_and(|extension| extension == "feature")
        {
            files.push(entry);
        }
    }
}

fn of_feature(file: &Path) -> Vec<Query> {
    let text = fs::read_to_string(file).unwrap();
    let feature = file.file_stem().unwrap().to_string_lossy();
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let step = line.trim();
        if let Some(title) = step.split_once("Scenario").map(|(_, title)| title) {
            scenarios.push(Scenario::new(format!("{feature}: {}", title.trim())));
        } else if let Some(scenario) = scenarios.last_mut() {
            scenario.step(step, &mut lines);
        }
    }
    scenarios.iter().flat_map(Scenario::expanded).collect()
}

#[derive(Default)]
struct Scenario {
    place: String,
    /// Set-up queries and control queries.
    others: Vec<String>,
    query: Option<String>,
    error: Option<String>,
    examples: Vec<Vec<String>>,
    in_examples: bool,
}

impl Scenario {
    fn new(place: String) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }

    fn step<'t>(&mut self, step: &str, lines: &mut impl Iterator<Item = &'t str>) {
        if step.starts_with("Examples:") {
            self.in_examples = true;
        } else if self.in_examples && step.starts_with('|') {
            self.examples.push(cells(step));
        } else if step.ends_with("executing query:") {
            self.query = Some(doc_string(lines));
        } else if step.ends_with("executing control query:") || step.ends_with("having executed:") {
            self.others.push(doc_string(lines));
        } else if let Some((_, detail)) = step.split_once("should be raised at compile time: ") {
            self.error = Some(detail.to_owned());
        }
    }

    fn expanded(&self) -> Vec<Query> {
        let Some((header, rows)) = self.examples.split_first() else {
            return self.with(|text| text.to_owned());
        };
        rows.iter()
            .flat_map(|row| {
                self.with(|text| {
                    let filled = header.iter().zip(row);
                    filled.fold(text.to_owned(), |text, (key, value)| {
                        text.replace(&format!("<{key}>"), value)
                    })
                })
            })
            .collect()
    }

    fn with(&self, fill: impl Fn(&str) -> String) -> Vec<Query> {
        let query = |text: &String, error: Option<&String>| Query {
            place: self.place.clone(),
            text: fill(text),
            error: error.map(|error| fill(error)),
        };
        let others = self.others.iter().map(|text| query(text, None));
        let main = self
            .query
            .iter()
            .map(|text| query(text, self.error.as_ref()));
        others.chain(main).collect()
    }
}

fn doc_string<'t>(lines: &mut impl Iterator<Item = &'t str>) -> String {
    let inside = lines.skip_while(|line| line.trim() != "\"\"\"").skip(1);
    let mut text = Vec::new();
    for line in inside {
        if line.trim() == "\"\"\"" {
            break;
        }
        text.push(line);
    }
    text.join("\n")
}

/// The cells of a table row; `\|` is a bar and `\\` a backslash.
fn cells(row: &str) -> Vec<String> {
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let mut chars = row.trim().chars().skip(1);
    while let Some(char) = chars.next() {
        match char {
            '|' => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            '\\' => match chars.next() {
                Some('|') => cell.push('|'),
                Some('\\') => cell.push('\\'),
                Some('n') => cell.push('\n'),
                Some(other) => cell.extend(['\\', other]),
                None => cell.push('\\'),
            },
            other => cell.push(other),
        }
    }
    cells
}
