//! Parses requests.

use std::time::Duration;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map as Object, Value as Json};

use crate::{
    answer::typed,
    base::{Code, Diagnostic, did_you_mean},
    engine::Limits,
};

/// A request that was read, or the reason why a line is none.
#[derive(Debug)]
pub struct Request {
    pub(super) id: Option<Json>,
    pub(super) limits: Limits,
    pub(super) read_only: bool,
    pub(super) task: Result<Task, Box<Diagnostic>>,
    size: usize,
}

/// What is requested.
#[derive(Debug)]
pub(super) enum Task {
    /// `{"hello": 1}`
    Hello,
    /// `{"query": "RETURN 1", "params": {}, "reset": false}`
    Query(Query),
    /// `{"ask": "which courses cover KSS 7", "pick": 1}`
    Ask(Question),
    /// `{"procedures": […]}`
    Procedures(Vec<Table>),
    /// `{"snapshot": true}`
    Snapshot,
    /// `{"cancel": 7}`
    Cancel(Json),
}

/// A statement to run, possibly absent.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// The statement.
    pub(super) query: Option<String>,
    /// Parameter values by name.
    pub(super) params: Option<Object<String, Json>>,
    /// Whether to reset the database first.
    pub(super) reset: Option<bool>,
}

/// A question to answer.
#[derive(Debug)]
pub(super) struct Question {
    /// The text of the question.
    pub(super) ask: String,
    /// The number of the chosen interpretation.
    pub(super) pick: Option<usize>,
}

/// A procedure as a table. Other fields of [`TABLE`] repeat the signature and are ignored.
#[derive(Debug, Deserialize)]
pub(super) struct Table {
    /// For example `test.my.proc(in :: INTEGER?) :: (out :: STRING?)`.
    pub(super) signature: String,
    /// The column names, in row order; in signature order if absent.
    #[serde(default)]
    pub(super) columns: Option<Vec<String>>,
    /// The rows, as typed values.
    #[serde(default)]
    pub(super) rows: Vec<Vec<Json>>,
}

/// Each sort of request: the field that names it, and its other fields.
const SORTS: [(&str, &[&str]); 6] = [
    ("hello", &[]),
    ("ask", &["pick"]),
    ("query", &["params", "reset"]),
    ("procedures", &[]),
    ("snapshot", &[]),
    ("cancel", &[]),
];

/// The fields of any request.
const COMMON: [&str; 7] = [
    "id",
    "lenient",
    "timeout",
    "max_rows",
    "max_memory",
    "max_path_length",
    "read_only",
];

/// The fields of a table of `procedures`.
const TABLE: [&str; 6] = ["signature", "columns", "rows", "name", "inputs", "outputs"];

type Result<T, E = Box<Diagnostic>> = std::result::Result<T, E>;

impl Request {
    /// Parses a line.
    pub(super) fn parse(line: &[u8]) -> Self {
        let mut request = Self {
            id: None,
            limits: Limits::default(),
            read_only: false,
            task: Ok(Task::Hello),
            size: line.len(),
        };
        request.task = request.fill(line);
        request
    }

    /// A line that is too long to be read.
    pub(super) fn too_long(longest: usize) -> Self {
        let message = format!("expected a request of at most {longest} bytes, found a longer one");
        Self {
            id: None,
            limits: Limits::default(),
            read_only: false,
            task: Err(invalid(message)),
            size: 0,
        }
    }

    fn fill(&mut self, line: &[u8]) -> Result<Task> {
        let object = object(line)?;
        self.id = object.get("id").cloned();
        self.limits = limits(&object)?;
        self.read_only = field(&object, "read_only")?.unwrap_or(false);
        let lenient = field(&object, "lenient")?.unwrap_or(false);
        task(&object, lenient)
    }

    /// The length of the line in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The id that the caller gave the request.
    #[must_use]
    pub fn id(&self) -> Option<&Json> {
        self.id.as_ref()
    }

    /// Whether it is a request to cancel the request with this id: `{"cancel": 7}`, or `{"cancel": true}` for all.
    #[must_use]
    pub fn cancels(&self, id: Option<&Json>) -> bool {
        match &self.task {
            Ok(Task::Cancel(Json::Bool(true))) => true,
            Ok(Task::Cancel(cancelled)) => id == Some(cancelled),
            _ => false,
        }
    }
}

fn object(line: &[u8]) -> Result<Object<String, Json>> {
    let text = std::str::from_utf8(line)
        .map_err(|error| invalid(format!("expected UTF-8 text: {error}")))?;
    let json: Json =
        serde_json::from_str(text).map_err(|error| invalid(format!("expected JSON: {error}")))?;
    typed::check_integers(text).map_err(|error| invalid(error.to_string()))?;
    match json {
        Json::Object(object) => Ok(object),
        _ => Err(invalid("expected a JSON object with a request")),
    }
}

fn task(object: &Object<String, Json>, lenient: bool) -> Result<Task> {
    let has =
        |name: &str| object.contains_key(name) || name == "query" && object.contains_key("reset");
    let sort = SORTS.iter().find(|(name, _)| has(name));
    let (name, fields) = sort.ok_or_else(|| unknown_request(object))?;
    if !lenient {
        let known = [&[*name], *fields, &COMMON].concat();
        check_fields(object, &format!("a request `{name}`"), &known)?;
    }
    Ok(match *name {
        "hello" => Task::Hello,
        "ask" => Task::Ask(Question {
            ask: required(object, "ask")?,
            pick: field(object, "pick")?,
        }),
        "query" => Task::Query(Query {
            query: field(object, "query")?,
            params: field(object, "params")?,
            reset: field(object, "reset")?,
        }),
        "procedures" => Task::Procedures(tables(object, lenient)?),
        "snapshot" if object[*name] == Json::Bool(true) => Task::Snapshot,
        "cancel" => Task::Cancel(object[*name].clone()),
        _ => return Err(unknown_request(object)),
    })
}

fn tables(object: &Object<String, Json>, lenient: bool) -> Result<Vec<Table>> {
    if let Some(Json::Array(tables)) = object.get("procedures").filter(|_| !lenient) {
        for table in tables.iter().filter_map(Json::as_object) {
            check_fields(table, "a procedure", &TABLE)?;
        }
    }
    required(object, "procedures")
}

fn check_fields(object: &Object<String, Json>, of: &str, known: &[&str]) -> Result<()> {
    let Some(name) = object.keys().find(|name| !known.contains(&name.as_str())) else {
        return Ok(());
    };
    let message = format!("expected a field of {of}, found `{name}`");
    let help = did_you_mean(name, known.iter().copied());
    let help = help.unwrap_or_else(|| format!("its fields are {}", listed(known)));
    Err(Box::new(
        Diagnostic::whole(Code::InvalidRequest, message).help(help),
    ))
}

fn unknown_request(object: &Object<String, Json>) -> Box<Diagnostic> {
    let names = SORTS.map(|(name, _)| name);
    let message = format!("expected one of the requests {}", listed(&names));
    let near = |name: &String| did_you_mean(name, names);
    let help = object.keys().find_map(near);
    Box::new(Diagnostic::whole(Code::InvalidRequest, message).maybe_help(help))
}

/// `` `a`, `b` ``
fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// The limits of a request.
fn limits(object: &Object<String, Json>) -> Result<Limits> {
    let count = |name| positive(name, field::<u64>(object, name)?, Some);
    Ok(Limits {
        rows: count("max_rows")?,
        memory: count("max_memory")?,
        path_length: count("max_path_length")?,
        time: positive("timeout", field::<f64>(object, "timeout")?, |seconds| {
            Duration::try_from_secs_f64(seconds).ok()
        })?,
    })
}

/// The limit for a number, which must be above zero.
fn positive<N, L: PartialEq + Default>(
    name: &str,
    number: Option<N>,
    limit: impl Fn(N) -> Option<L>,
) -> Result<Option<L>> {
    let Some(number) = number else {
        return Ok(None);
    };
    let limit = limit(number).filter(|limit| *limit != L::default());
    let limit = limit.ok_or_else(|| invalid(format!("`{name}`: expected a number above zero")));
    limit.map(Some)
}

/// The value of a field; `None` if it is absent or null.
fn field<T: DeserializeOwned>(object: &Object<String, Json>, name: &str) -> Result<Option<T>> {
    required(object, name)
}

fn required<T: DeserializeOwned>(object: &Object<String, Json>, name: &str) -> Result<T> {
    let value = object.get(name).unwrap_or(&Json::Null);
    T::deserialize(value).map_err(|error| invalid(format!("`{name}`: {error}")))
}

fn invalid(message: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::whole(Code::InvalidRequest, message))
}
