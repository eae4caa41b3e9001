//! The tools of an agent: what they are called, what they take, what they answer.

use std::{borrow::Cow, fmt::Write as _, sync::Arc};

use relata::{
    Answer, Database, Error, Fact, Format, Layout, Limits, Reply,
    answer::typed,
    base::{Diagnostic, shortened},
};
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value as Json, json};

use crate::serve::status;

/// The rows of an answer if the agent does not say how many it wants.
const ROWS: usize = 100;

/// The most characters of an answer: about 6,000 tokens.
const CHARACTERS: usize = 24_000;

/// A tool that an agent can call.
pub(super) struct Described {
    pub(super) name: &'static str,
    title: &'static str,
    description: &'static str,
    /// Each parameter: its name, its type, whether it is needed, what it is.
    parameters: &'static [(&'static str, &'static str, bool, &'static str)],
    writes: bool,
    pub(super) run: Run,
}

/// What a tool does: the text of its answer.
type Run = fn(&mut Call<'_>) -> Result<String, Problem>;

/// A call of a tool.
pub(super) struct Call<'c> {
    pub(super) database: &'c mut Database,
    pub(super) token: &'c relata::CancelToken,
    pub(super) limits: Limits,
    pub(super) arguments: JsonObject,
}

/// Why a tool has no answer.
pub(super) enum Problem {
    /// The arguments are not those of the tool.
    Arguments(String),
    /// The statement or the question failed.
    Engine(Box<Error>),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Engine(Box::new(error))
    }
}

const STATEMENT: (&str, &str, bool, &str) = (
    "statement",
    "string",
    true,
    "A statement in openCypher or GQL.",
);
const PARAMETERS: (&str, &str, bool, &str) = (
    "parameters",
    "object",
    false,
    "The values of the parameters `$name` of the statement.",
);
const MOST: (&str, &str, bool, &str) = (
    "maxRows",
    "integer",
    false,
    "The most rows to return; 100 if absent.",
);
const QUESTION: (&str, &str, bool, &str) = (
    "question",
    "string",
    true,
    "A question in plain English about the graph.",
);
const PICK: (&str, &str, bool, &str) = (
    "pick",
    "integer",
    false,
    "The number of another interpretation that an earlier answer offered.",
);

/// All tools.
pub(super) const TOOLS: &[Described] = &[
    Described {
        name: "schema",
        title: "Schema of the graph",
        description: "The labels, relationship types and properties of the graph with counts, and which labels the types connect. With a label, more about it alone. Call it before you write a statement.",
        parameters: &[(
            "label",
            "string",
            false,
            "A label or a relationship type to describe alone.",
        )],
        writes: false,
        run: schema,
    },
    Described {
        name: "query",
        title: "Run a reading statement",
        description: "Runs a statement in openCypher or GQL that only reads. Returns rows as JSON Lines, says how many rows were left out, and warns about unknown names.",
        parameters: &[STATEMENT, PARAMETERS, MOST],
        writes: false,
        run: query,
    },
    Described {
        name: "ask",
        title: "Ask in English",
        description: "Answers a question in plain English. Returns how the question was read, the statement, the rows, and the facts that no document states outright.",
        parameters: &[QUESTION, PICK],
        writes: false,
        run: ask,
    },
    Described {
        name: "explain",
        title: "Plan of a statement",
        description: "Shows how a statement would be run, without running it.",
        parameters: &[STATEMENT, PARAMETERS],
        writes: false,
        run: explain,
    },
    Described {
        name: "sources",
        title: "What an answer rests on",
        description: "The facts with their documents and lines that the answer to a question in English rests on.",
        parameters: &[QUESTION, PICK],
        writes: false,
        run: sources,
    },
    Described {
        name: "check",
        title: "Check a statement",
        description: "Reports errors and warnings about a statement without running it.",
        parameters: &[STATEMENT, PARAMETERS],
        writes: false,
        run: check,
    },
    Described {
        name: "write",
        title: "Run a writing statement",
        description: "Runs a statement in openCypher or GQL that may change the graph. Returns the changes and the rows.",
        parameters: &[STATEMENT, PARAMETERS, MOST],
        writes: true,
        run: write,
    },
];

/// The tools of a server.
pub(super) fn offered(writable: bool) -> impl Iterator<Item = &'static Described> {
    TOOLS.iter().filter(move |tool| writable || !tool.writes)
}

impl Described {
    /// The tool as the protocol describes it.
    pub(super) fn described(&self) -> Tool {
        let property = |(name, kind, _, doc): &(&str, &str, bool, &str)| {
            (
                (*name).to_owned(),
                json!({"type": kind, "description": doc}),
            )
        };
        let properties: JsonObject = self.parameters.iter().map(property).collect();
        let needed = self.parameters.iter().filter(|(_, _, needed, _)| *needed);
        let required: Vec<_> = needed.map(|(name, ..)| *name).collect();
        let mut schema = JsonObject::new();
        schema.insert("type".into(), "object".into());
        schema.insert("properties".into(), properties.into());
        schema.insert("required".into(), required.into());
        schema.insert("additionalProperties".into(), false.into());
        let annotations = ToolAnnotations::with_title(self.title)
            .read_only(!self.writes)
            .destructive(self.writes)
            .idempotent(!self.writes)
            .open_world(false);
        Tool::new(self.name, Cow::Borrowed(self.description), Arc::new(schema))
            .with_title(self.title)
            .with_annotations(annotations)
    }

    /// An error if the arguments are not those of the tool.
    pub(super) fn check(&self, arguments: &JsonObject) -> Result<(), Problem> {
        for name in arguments.keys() {
            if !self.parameters.iter().any(|(known, ..)| known == name) {
                let known: Vec<_> = self
                    .parameters
                    .iter()
                    .map(|(known, ..)| format!("`{known}`"))
                    .collect();
                let message = format!(
                    "there is no argument `{name}`; the arguments are {}",
                    known.join(", ")
                );
                return Err(Problem::Arguments(message));
            }
        }
        for (name, kind, needed, _) in self.parameters {
            let fits = match (arguments.get(*name), *kind) {
                (None | Some(Json::Null), _) => !needed,
                (Some(value), "string") => value.is_string(),
                (Some(value), "integer") => value.is_u64(),
                (Some(value), _) => value.is_object(),
            };
            if !fits {
                let message = format!("expected an argument `{name}` of the type {kind}");
                return Err(Problem::Arguments(message));
            }
        }
        Ok(())
    }
}

impl Call<'_> {
    fn text(&self, name: &str) -> String {
        let given = self.arguments.get(name).and_then(Json::as_str);
        given.unwrap_or_default().to_owned()
    }

    fn number(&self, name: &str) -> Option<usize> {
        let given = self.arguments.get(name).and_then(Json::as_u64)?;
        usize::try_from(given).ok()
    }

    fn statement(&mut self) -> Result<relata::Statement<'_>, Problem> {
        let given = self.arguments.get("parameters").and_then(Json::as_object);
        let given = given.cloned().unwrap_or_default();
        let parameters = typed::read_parameters(&given);
        let parameters = parameters.map_err(|problem| Problem::Arguments(problem.to_string()))?;
        let text = self.text("statement");
        let statement = self.database.query(text).parameters(parameters);
        Ok(statement.limits(self.limits).cancel(self.token))
    }

    fn reply(&mut self) -> Result<Reply, Problem> {
        let (text, pick) = (self.text("question"), self.number("pick"));
        let question = self
            .database
            .ask(text)
            .limits(self.limits)
            .cancel(self.token);
        Ok(match pick {
            Some(number) => question.pick(number).run()?,
            None => question.run()?,
        })
    }
}

fn schema(call: &mut Call<'_>) -> Result<String, Problem> {
    let schema = call.database.looking(|database| database.schema())?;
    let (wanted, mut text) = (call.text("label"), String::new());
    let admits = |name: &str| wanted.is_empty() || name == wanted;
    let properties = |properties: &[relata::PropertySummary]| {
        let named = properties.iter().map(|property| {
            let kinds: Vec<_> = property.kinds.iter().map(ToString::to_string).collect();
            format!("{} {} ({})", property.name, kinds.join("|"), property.count)
        });
        named.collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(
        text,
        "{} nodes, {} relationships",
        schema.nodes, schema.relationships
    );
    for label in schema.labels.iter().filter(|label| admits(&label.name)) {
        let _ = writeln!(
            text,
            "(:{}) {} nodes: {}",
            label.name,
            label.count,
            properties(&label.properties)
        );
    }
    for kind in &schema.types {
        let ends = kind.endpoints.iter().filter(|ends| {
            let named = |end: &Option<relata::value::Text>| end.as_deref() == Some(&*wanted);
            admits(&kind.name) || named(&ends.from) || named(&ends.to)
        });
        for ends in ends {
            let end = |label: &Option<relata::value::Text>| {
                label
                    .as_ref()
                    .map_or("()".to_owned(), |label| format!("(:{label})"))
            };
            let _ = writeln!(
                text,
                "{}-[:{}]->{} {} relationships{}",
                end(&ends.from),
                kind.name,
                end(&ends.to),
                ends.count,
                if kind.properties.is_empty() || wanted.is_empty() {
                    String::new()
                } else {
                    format!(": {}", properties(&kind.properties))
                }
            );
        }
    }
    if text.lines().count() == 1 && !wanted.is_empty() {
        let message =
            format!("there is no label or relationship type `{wanted}`; call `schema` without one");
        return Err(Problem::Arguments(message));
    }
    Ok(cut(text))
}

fn query(call: &mut Call<'_>) -> Result<String, Problem> {
    let most = call.number("maxRows").unwrap_or(ROWS);
    let answer = call.statement()?.read_only().run()?;
    Ok(rows(&answer, most))
}

fn write(call: &mut Call<'_>) -> Result<String, Problem> {
    let most = call.number("maxRows").unwrap_or(ROWS);
    let answer = call.statement()?.run()?;
    Ok(rows(&answer, most))
}

fn explain(call: &mut Call<'_>) -> Result<String, Problem> {
    let answer = call.statement()?.explain()?;
    let mut text = Vec::new();
    let table = Format::find("table").expect("is in the table of formats");
    let written = table.write(&answer, Layout::default(), &mut text);
    written.expect("memory can be written");
    let mut text = String::from_utf8(text).expect("formats write text");
    warnings(&mut text, answer.warnings());
    Ok(cut(text))
}

fn check(call: &mut Call<'_>) -> Result<String, Problem> {
    let answer = call.statement()?.explain()?;
    let kind = if answer.writes() {
        "changes the graph"
    } else {
        "only reads"
    };
    let mut text = format!("the statement is valid and {kind}\n");
    warnings(&mut text, answer.warnings());
    Ok(text)
}

fn ask(call: &mut Call<'_>) -> Result<String, Problem> {
    let reply = call.reply()?;
    let mut text = format!(
        "read as: {}\nstatement: {}\n",
        reply.interpretation, reply.cypher
    );
    if reply.quotations {
        text.push_str("this is not an answer; these statements of the documents share words with the question:\n");
    }
    text.push_str(&rows(&reply.answer, ROWS));
    if let Some(reasons) = &reply.why_empty {
        for sentence in reasons.sentences() {
            let _ = writeln!(text, "{sentence}");
        }
    }
    if !reply.basis.is_empty() {
        let _ = writeln!(text, "facts that no document states outright:");
        facts(&mut text, &reply.basis);
    }
    for other in &reply.alternatives {
        let _ = writeln!(
            text,
            "another interpretation, pick {}: {}",
            other.pick, other.interpretation
        );
    }
    Ok(cut(text))
}

fn sources(call: &mut Call<'_>) -> Result<String, Problem> {
    let reply = call.reply()?;
    let mut text = format!("read as: {}\n", reply.interpretation);
    match reply.facts {
        Some(count) => {
            let _ = writeln!(text, "the answer rests on {count} facts");
        }
        None => text.push_str("the facts that the answer rests on are not known\n"),
    }
    let _ = writeln!(
        text,
        "facts that no document states outright: {}",
        reply.basis.len()
    );
    facts(&mut text, &reply.basis);
    text.push_str("rows with their nodes:\n");
    text.push_str(&rows(&reply.answer, ROWS));
    Ok(cut(text))
}

fn facts(text: &mut String, facts: &[Fact]) {
    for fact in facts {
        let place = fact
            .place()
            .map_or(String::new(), |place| format!(" [{place}]"));
        let basis = fact
            .basis
            .as_ref()
            .map_or(String::new(), |basis| format!(", {basis}"));
        let note = fact
            .note
            .as_ref()
            .map_or(String::new(), |note| format!(" ({note})"));
        let _ = writeln!(text, "- {}{place}{basis}{note}", fact.sentence());
    }
}

/// The rows of an answer as JSON Lines, with what was left out, the changes and the warnings.
fn rows(answer: &Answer, most: usize) -> String {
    let (mut text, mut shown) = (String::new(), 0);
    for row in answer.rows().take(most) {
        let line = serde_json::to_string(&row).expect("rows can be written");
        if text.len() + line.len() > CHARACTERS {
            break;
        }
        text.push_str(&line);
        text.push('\n');
        shown += 1;
    }
    let all = answer.len();
    if shown < all {
        let _ = writeln!(
            text,
            "{} of {all} rows were left out: ask for fewer columns, aggregate, or use SKIP and LIMIT",
            all - shown
        );
    } else if !answer.columns().is_empty() {
        let _ = writeln!(text, "{all} rows, complete");
    }
    for (name, count) in answer
        .changes()
        .entries()
        .into_iter()
        .filter(|(_, count)| *count > 0)
    {
        let _ = writeln!(text, "{name}: {count}");
    }
    warnings(&mut text, answer.warnings());
    text
}

fn warnings(text: &mut String, warnings: &[Diagnostic]) {
    for warning in warnings {
        let help = warning
            .help
            .as_ref()
            .map_or(String::new(), |help| format!("; {help}"));
        let _ = writeln!(text, "warning: {}{help}", warning.message);
    }
}

/// The text of an error, from which a model can repair its statement.
pub(super) fn told(problem: &Problem) -> String {
    let error = match problem {
        Problem::Arguments(message) => return message.clone(),
        Problem::Engine(error) => error,
    };
    let mut text = format!("{}: {}", error.code().detail(), error.message());
    if let Some((line, column)) = status::place(error) {
        let _ = write!(text, " (line {line}, column {column})");
    }
    if let Some(source) = error.text() {
        let part = error
            .span()
            .map(|span| source.slice(span))
            .filter(|part| !part.is_empty());
        if let Some(part) = part {
            let _ = write!(text, "\nat: {}", shortened(part.to_owned()));
        }
    }
    if let Some(help) = error.help() {
        let _ = write!(text, "\nhelp: {help}");
    }
    for other in error.candidates() {
        let _ = write!(
            text,
            "\ninterpretation, pick {}: {}",
            other.pick, other.interpretation
        );
    }
    text
}

/// A text that is not too long for a model; says what was left out.
fn cut(text: String) -> String {
    if text.len() <= CHARACTERS + 2_000 {
        return text;
    }
    let lines = text.lines().count();
    let (mut kept, mut shown) = (String::new(), 0);
    for line in text.lines() {
        if kept.len() + line.len() > CHARACTERS {
            break;
        }
        kept.push_str(line);
        kept.push('\n');
        shown += 1;
    }
    let _ = writeln!(kept, "{} lines were left out", lines - shown);
    kept
}
