//! Reads feature files: scenarios with their steps, and outlines expanded by their examples.

use std::path::Path;

/// A scenario, possibly one instance of an outline.
pub(crate) struct Scenario {
    /// The folder under `features`, such as `clauses/match`.
    pub(crate) folder: String,
    /// File, name and example number: unique in the kit.
    pub(crate) id: String,
    pub(crate) ignored: bool,
    pub(crate) steps: Vec<Step>,
}

/// A step with the text or table below it.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) text: String,
    pub(crate) doc: Option<String>,
    pub(crate) table: Vec<Vec<String>>,
}

/// A scenario or outline as written.
#[derive(Default)]
struct Draft {
    name: String,
    ignored: bool,
    steps: Vec<Step>,
    /// The tables of examples, each with its header.
    examples: Vec<Vec<Vec<String>>>,
}

/// Every scenario of a file.
pub(crate) fn scenarios(folder: &str, path: &Path, text: &str) -> Vec<Scenario> {
    let file = path
        .file_stem()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let drafts = Reader {
        lines: text.lines().collect(),
        at: 0,
    }
    .drafts();
    drafts
        .into_iter()
        .flat_map(|draft| expand(folder, &file, draft))
        .collect()
}

fn expand(folder: &str, file: &str, draft: Draft) -> Vec<Scenario> {
    let scenario = |suffix: String, steps: Vec<Step>| Scenario {
        folder: folder.to_owned(),
        id: format!("{file} {}{suffix}", draft.name),
        ignored: draft.ignored,
        steps,
    };
    if draft.examples.is_empty() {
        return vec![scenario(String::new(), draft.steps.clone())];
    }
    let mut scenarios = Vec::new();
    for table in &draft.examples {
        let Some((header, rows)) = table.split_first() else {
            continue;
        };
        for row in rows {
            let steps = draft
                .steps
                .iter()
                .map(|step| filled(step, header, row))
                .collect();
            scenarios.push(scenario(format!(" #{}", scenarios.len() + 1), steps));
        }
    }
    scenarios
}

/// A step of an outline with the values of one example.
fn filled(step: &Step, header: &[String], row: &[String]) -> Step {
    let fill = |text: &str| {
        header
            .iter()
            .zip(row)
            .fold(text.to_owned(), |text, (name, value)| {
                text.replace(&format!("<{name}>"), value)
            })
    };
    Step {
        text: fill(&step.text),
        doc: step.doc.as_deref().map(fill),
        table: step
            .table
            .iter()
            .map(|row| row.iter().map(|cell| fill(cell)).collect())
            .collect(),
    }
}

struct Reader<'a> {
    lines: Vec<&'a str>,
    at: usize,
}

impl Reader<'_> {
    fn drafts(mut self) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut background = Vec::new();
        let mut ignored = false;
        let mut in_examples = false;
        while let Some(line) = self.lines.get(self.at).map(|line| line.trim()) {
            self.at += 1;
            if line.starts_with('@') {
                ignored = line.contains("@ignore");
            } else if let Some((_, name)) = line
                .split_once(':')
                .filter(|(kind, _)| matches!(*kind, "Scenario" | "Scenario Outline"))
            {
                let steps = background.clone();
                drafts.push(Draft {
                    name: name.trim().to_owned(),
                    ignored,
                    steps,
                    ..Draft::default()
                });
                (ignored, in_examples) = (false, false);
            } else if line.starts_with("Examples:") {
                in_examples = true;
                let table = self.table();
                if let Some(draft) = drafts.last_mut() {
                    draft.examples.push(table);
                }
            } else if let Some(text) = step_text(line).filter(|_| !in_examples) {
                let (doc, table) = (self.doc(), self.table());
                let steps = drafts
                    .last_mut()
                    .map_or(&mut background, |draft| &mut draft.steps);
                steps.push(Step {
                    text: text.to_owned(),
                    doc,
                    table,
                });
            }
        }
        drafts
    }

    fn skip_blank(&mut self) {
        while self
            .lines
            .get(self.at)
            .is_some_and(|line| line.trim().is_empty() || line.trim().starts_with('#'))
        {
            self.at += 1;
        }
    }

    /// The text between triple quotes, without the indentation of the quotes.
    fn doc(&mut self) -> Option<String> {
        self.skip_blank();
        let open = self
            .lines
            .get(self.at)
            .filter(|line| line.trim() == "\"\"\"")?;
        let indent = open.len() - open.trim_start().len();
        self.at += 1;
        let mut body = Vec::new();
        while let Some(line) = self.lines.get(self.at) {
            self.at += 1;
            if line.trim() == "\"\"\"" {
                break;
            }
            body.push(line.get(indent..).unwrap_or_else(|| line.trim_start()));
        }
        Some(body.join("\n"))
    }

    fn table(&mut self) -> Vec<Vec<String>> {
        self.skip_blank();
        let mut rows = Vec::new();
        while let Some(line) = self
            .lines
            .get(self.at)
            .map(|line| line.trim())
            .filter(|line| line.starts_with('|'))
        {
            rows.push(cells(line));
            self.at += 1;
            self.skip_blank();
        }
        rows
    }
}

fn step_text(line: &str) -> Option<&str> {
    ["Given ", "And ", "When ", "Then ", "But "]
        .iter()
        .find_map(|word| line.strip_prefix(word))
}

/// The cells of a table row; `\|` is a bar, `\\` a backslash, `\n` a line break.
fn cells(line: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut chars = line.chars().skip(1);
    while let Some(char) = chars.next() {
        match char {
            '|' => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            '\\' => match chars.next() {
                Some('|') => cell.push('|'),
                Some('n') => cell.push('\n'),
                Some('\\') => cell.push('\\'),
                Some(other) => cell.extend(['\\', other]),
                None => cell.push('\\'),
            },
            other => cell.push(other),
        }
    }
    cells
}
