//! Runs a scenario and checks its outcome.

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use relata::{
    Answer, Database, Error,
    base::Phase,
    function::Procedure,
    graph::Graph,
    value::{Entries, Text, Value},
};

use crate::{
    gherkin::{Scenario, Step},
    shape::{Lists, of_text, of_value},
};

/// The state of a scenario.
struct Run<'a> {
    kit: &'a Path,
    database: Database,
    parameters: Entries,
    query: String,
    outcome: Option<Result<Answer, Error>>,
    before: Snapshot,
    after: Snapshot,
}

/// The parts of a graph that the kit observes.
#[derive(Default)]
struct Snapshot {
    nodes: BTreeSet<u32>,
    relationships: BTreeSet<u32>,
    labels: BTreeSet<String>,
    properties: BTreeSet<(bool, u32, String, String)>,
}

/// Runs a scenario. The error says what differs.
pub(crate) fn run(scenario: &Scenario, kit: &Path) -> Result<(), String> {
    let mut run = Run {
        kit,
        database: Database::empty(),
        parameters: Entries::default(),
        query: String::new(),
        outcome: None,
        before: Snapshot::default(),
        after: Snapshot::default(),
    };
    for step in &scenario.steps {
        run.step(step)
            .map_err(|problem| format!("{}\n{problem}", indented(&run.query)))?;
    }
    Ok(())
}

impl Run<'_> {
    fn step(&mut self, step: &Step) -> Result<(), String> {
        let text = step.text.trim_end_matches(':');
        let doc = || step.doc.clone().ok_or("the step has no query");
        if matches!(text, "an empty graph" | "any graph") {
            Ok(())
        } else if let Some(name) = text
            .strip_prefix("the ")
            .and_then(|text| text.strip_suffix(" graph"))
        {
            let script = self
                .kit
                .join("graphs")
                .join(name)
                .join(format!("{name}.cypher"));
            let script = std::fs::read_to_string(&script)
                .map_err(|error| format!("{}: {error}", script.display()))?;
            self.prepare(&script)
        } else if text == "having executed" {
            self.prepare(&doc()?)
        } else if text == "parameters are" {
            self.parameters = parameters(&step.table)?;
            Ok(())
        } else if let Some(signature) = text.strip_prefix("there exists a procedure ") {
            self.register(signature, &step.table)
        } else if matches!(text, "executing query" | "executing control query") {
            self.execute(doc()?);
            Ok(())
        } else if text.starts_with("the result should be") {
            self.check_rows(text, &step.table)
        } else if text == "no side effects" {
            self.check_effects(&[])
        } else if text == "the side effects should be" {
            self.check_effects(&step.table)
        } else if text.starts_with("a ") || text.starts_with("an ") {
            self.check_error(&step.text)
        } else {
            Err(format!("no such step: {text}"))
        }
    }

    fn prepare(&mut self, script: &str) -> Result<(), String> {
        for part in script.split(';').filter(|part| !part.trim().is_empty()) {
            self.database
                .query(part)
                .run()
                .map_err(|error| format!("preparing {part}: {}", describe(&error)))?;
        }
        Ok(())
    }

    fn execute(&mut self, query: String) {
        self.query = query;
        self.before = Snapshot::of(self.database.graph());
        let statement = self
            .database
            .query(self.query.as_str())
            .parameters(self.parameters.clone());
        self.outcome = Some(statement.run());
        self.after = Snapshot::of(self.database.graph());
    }

    fn register(&mut self, signature: &str, table: &[Vec<String>]) -> Result<(), String> {
        let rows = table
            .iter()
            .skip(1)
            .map(|row| row.iter().map(|cell| literal(cell)).collect());
        let rows = rows.collect::<Result<Vec<Vec<Value>>, String>>()?;
        let procedure = Procedure::declare(signature, rows).map_err(|fault| fault.message)?;
        self.database.register(procedure);
        Ok(())
    }

    fn answer(&self) -> Result<&Answer, String> {
        match &self.outcome {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(error)) => Err(format!("expected rows, got {}", describe(error))),
            None => Err("no query has run".to_owned()),
        }
    }

    fn check_rows(&self, text: &str, table: &[Vec<String>]) -> Result<(), String> {
        let answer = self.answer()?;
        let lists = if text.contains("ignoring element order") {
            Lists::AnyOrder
        } else {
            Lists::Ordered
        };
        let Some((header, rows)) = table.split_first() else {
            return if answer.is_empty() {
                Ok(())
            } else {
                Err(format!("expected no rows, got {}", answer.len()))
            };
        };
        let columns: Vec<String> = answer.columns().iter().map(ToString::to_string).collect();
        let mut order: Vec<usize> = Vec::new();
        for name in header {
            let position = columns.iter().position(|column| column == name);
            order.push(
                position.ok_or_else(|| format!("expected columns {header:?}, got {columns:?}"))?,
            );
        }
        if columns.len() != header.len() {
            return Err(format!("expected columns {header:?}, got {columns:?}"));
        }
        let expected = rows
            .iter()
            .map(|row| row.iter().map(|cell| of_text(cell, lists)).collect());
        let mut expected = expected.collect::<Result<Vec<Vec<String>>, String>>()?;
        let found = answer.rows().map(|row| {
            let value =
                |position: &usize| of_value(&row.values()[*position], answer.entities(), lists);
            order.iter().map(value).collect()
        });
        let mut found: Vec<Vec<String>> = found.collect();
        if !text.contains("in order") {
            expected.sort();
            found.sort();
        }
        if expected == found {
            Ok(())
        } else {
            Err(format!(
                "expected\n{}got\n{}",
                lines(&expected),
                lines(&found)
            ))
        }
    }

    fn check_effects(&self, table: &[Vec<String>]) -> Result<(), String> {
        self.answer()?;
        let mut expected: Vec<(String, String)> = Vec::new();
        for row in table {
            if let [name, count] = row.as_slice() {
                expected.push((name.clone(), count.clone()));
            }
        }
        expected.sort();
        let found = self.before.effects(&self.after);
        if expected == found {
            Ok(())
        } else {
            Err(format!("expected effects {expected:?}, got {found:?}"))
        }
    }

    fn check_error(&self, text: &str) -> Result<(), String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (class, detail) = (
            words.get(1).copied().unwrap_or_default(),
            words.last().copied().unwrap_or_default(),
        );
        let error = match &self.outcome {
            Some(Err(error)) => error,
            Some(Ok(answer)) => {
                return Err(format!(
                    "expected {class} {detail}, got {} rows",
                    answer.len()
                ));
            }
            None => return Err("no query has run".to_owned()),
        };
        let code = error.diagnostic().code;
        let phase = match code.phase() {
            Phase::Compile => "compile time",
            Phase::Runtime => "runtime",
        };
        let right_phase = text.contains("any time") || text.contains(&format!("at {phase}"));
        let right_detail = detail == "*" || detail == code.detail();
        if class != code.class().to_string() || !right_phase || !right_detail {
            return Err(format!("expected {text}, got {}", describe(error)));
        }
        let effects = self.before.effects(&self.after);
        if effects.is_empty() {
            Ok(())
        } else {
            Err(format!("a failed query left {effects:?}"))
        }
    }
}

impl Snapshot {
    fn of(graph: &Graph) -> Self {
        let mut snapshot = Self::default();
        let catalog = graph.catalog();
        for node in graph.nodes() {
            let id = relata::value::NodeId(node);
            snapshot.nodes.insert(node);
            snapshot.labels.extend(
                graph
                    .labels_of(id)
                    .iter()
                    .map(|label| catalog.label_name(*label).to_string()),
            );
            for (key, value) in graph.node_properties(id) {
                snapshot.properties.insert((
                    true,
                    node,
                    catalog.key_name(key).to_string(),
                    format!("{value:?}"),
                ));
            }
        }
        for edge in graph.edges() {
            snapshot.relationships.insert(edge.0);
            for (key, value) in graph.edge_properties(edge) {
                snapshot.properties.insert((
                    false,
                    edge.0,
                    catalog.key_name(key).to_string(),
                    format!("{value:?}"),
                ));
            }
        }
        snapshot
    }

    /// The net changes by name, as the kit counts them.
    fn effects(&self, after: &Self) -> Vec<(String, String)> {
        let mut effects = Vec::new();
        let mut note = |name: &str, gone: usize, come: usize| {
            for (sign, count) in [('+', come), ('-', gone)] {
                if count > 0 {
                    effects.push((format!("{sign}{name}"), count.to_string()));
                }
            }
        };
        note(
            "nodes",
            self.nodes.difference(&after.nodes).count(),
            after.nodes.difference(&self.nodes).count(),
        );
        let (old, new) = (&self.relationships, &after.relationships);
        note(
            "relationships",
            old.difference(new).count(),
            new.difference(old).count(),
        );
        note(
            "labels",
            self.labels.difference(&after.labels).count(),
            after.labels.difference(&self.labels).count(),
        );
        let (old, new) = (&self.properties, &after.properties);
        note(
            "properties",
            old.difference(new).count(),
            new.difference(old).count(),
        );
        effects.sort();
        effects
    }
}

fn parameters(table: &[Vec<String>]) -> Result<Entries, String> {
    let rows = table.iter().filter_map(|row| match row.as_slice() {
        [name, value] => Some((name, value)),
        _ => None,
    });
    rows.map(|(name, value)| Ok((Text::from(name.as_str()), literal(value)?)))
        .collect()
}

/// A value in the notation of the kit; without entities it is an expression of the language.
fn literal(text: &str) -> Result<Value, String> {
    let mut database = Database::empty();
    let answer = database
        .query(format!("RETURN {text} AS value"))
        .run()
        .map_err(|error| describe(&error))?;
    let value = answer
        .rows()
        .next()
        .and_then(|row| row.values().first().cloned());
    value.ok_or_else(|| format!("`{text}` has no value"))
}

fn describe(error: &Error) -> String {
    let diagnostic = error.diagnostic();
    let code = diagnostic.code;
    format!(
        "{} {:?} {}: {}",
        code.class(),
        code.phase(),
        code.detail(),
        diagnostic.message
    )
}

fn lines(rows: &[Vec<String>]) -> String {
    rows.iter().fold(String::new(), |mut text, row| {
        let _ = writeln!(text, "    | {} |", row.join(" | "));
        text
    })
}

fn indented(query: &str) -> String {
    query.lines().map(|line| format!("    {line}\n")).collect()
}
