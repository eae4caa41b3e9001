//! The replies, which are serialized piece by piece.

use std::iter;

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map as Object, Value as Json, json};

use crate::{
    answer::{
        Answer, Cell, Entities,
        typed::{Typed, TypedRows},
    },
    base::{Code, Diagnostic, Phase, Severity},
    engine::{self, Database, Error, ReplyField},
    value::{NodeId, Value},
};

/// A reply.
pub(super) enum Reply<'d> {
    /// `{"engine": …, "version": …, "capabilities": […]}`
    Hello,
    /// `{"ok": true}`
    Done,
    /// The answer of a statement.
    Answer(Box<Answer>),
    /// The answer of a question.
    Question(Box<engine::Reply>),
    /// The graph.
    Snapshot(&'d Database),
    /// The reason why there is none of the others.
    Error(Box<Error>),
}

impl Reply<'_> {
    /// The reply to an invalid request.
    pub(super) fn refused(message: &str) -> Self {
        Self::from(Diagnostic::whole(Code::InvalidRequest, message))
    }

    /// The reply with the id of its request.
    pub(super) fn with_id(self, id: Option<Json>) -> impl Serialize {
        Identified(id, self)
    }

    fn fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Hello => object_fields(map, &hello()),
            Self::Done => map.serialize_entry("ok", &true),
            Self::Answer(answer) => answer_fields(map, answer),
            Self::Question(reply) => question_fields(map, reply),
            Self::Snapshot(database) => snapshot_fields(map, database),
            Self::Error(error) => object_fields(map, &failed(error)),
        }
    }
}

impl From<Diagnostic> for Reply<'_> {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Error(Box::new(diagnostic.into()))
    }
}

/// A reply with the id of its request, if it has one.
struct Identified<'d>(Option<Json>, Reply<'d>);

impl Serialize for Identified<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(id) = &self.0 {
            map.serialize_entry("id", id)?;
        }
        self.1.fields(&mut map)?;
        map.end()
    }
}

fn object_fields<M: SerializeMap>(map: &mut M, json: &Json) -> Result<(), M::Error> {
    let mut entries = json.as_object().into_iter().flatten();
    entries.try_for_each(|(name, value)| map.serialize_entry(name, value))
}

/// The name, version and capabilities of the engine.
fn hello() -> Json {
    json!({
        "engine": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "capabilities": ["procedures", "snapshot", "explain", "ask", "limits", "cancel"],
    })
}

fn failed(error: &Error) -> Json {
    let mut json = json!({"error": described(error.diagnostic())});
    if !error.candidates().is_empty() {
        json["candidates"] = json!(error.candidates());
    }
    json
}

fn answer_fields<M: SerializeMap>(map: &mut M, answer: &Answer) -> Result<(), M::Error> {
    let columns: Vec<_> = answer.columns().iter().map(|name| &**name).collect();
    let stats: Object<_, _> = answer
        .changes()
        .entries()
        .into_iter()
        .map(|(name, count)| (name.to_owned(), Json::from(count)))
        .collect();
    let warnings: Vec<_> = answer.warnings().iter().map(described).collect();
    map.serialize_entry("columns", &columns)?;
    map.serialize_entry("rows", &TypedRows(answer))?;
    map.serialize_entry("stats", &stats)?;
    map.serialize_entry("warnings", &warnings)
}

/// The reply of a query, extended by the details of the question.
fn question_fields<M: SerializeMap>(map: &mut M, reply: &engine::Reply) -> Result<(), M::Error> {
    answer_fields(map, &reply.answer)?;
    for (name, field) in reply.fields() {
        if !matches!(field, ReplyField::Rows(_)) {
            map.serialize_entry(name, &field)?;
        }
    }
    Ok(())
}

/// An error or a warning as JSON. A warning has no phase.
fn described(diagnostic: &Diagnostic) -> Json {
    let code = diagnostic.code;
    let phase = match code.phase() {
        Phase::Compile => "compile",
        Phase::Runtime => "runtime",
    };
    let mut json = json!({
        "type": code.class().to_string(),
        "detail": code.detail(),
        "gqlstatus": code.gqlstatus(),
        "message": diagnostic.message,
        "span": diagnostic.span.map(|span| [span.start, span.end]),
        "help": diagnostic.help,
    });
    if diagnostic.severity() == Severity::Error {
        json["phase"] = phase.into();
    }
    json
}

/// Every node and relationship, in id order.
fn snapshot_fields<M: SerializeMap>(map: &mut M, database: &Database) -> Result<(), M::Error> {
    let graph = database.graph();
    let nodes = graph.nodes().iter().map(NodeId).map(Value::Node).collect();
    let mut edges: Vec<_> = graph.edges().collect();
    edges.sort_unstable();
    let edges = edges.into_iter().map(Value::Relationship).collect();
    map.serialize_entry("nodes", &Snapshot(database, nodes))?;
    map.serialize_entry("relationships", &Snapshot(database, edges))
}

/// Entities of the graph. The content of each is read when it is serialized.
struct Snapshot<'d>(&'d Database, Vec<Value>);

impl Serialize for Snapshot<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|value| Single(self.0, value)))
    }
}

struct Single<'d>(&'d Database, &'d Value);

impl Serialize for Single<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entities = Entities::of(iter::once(self.1), self.0.graph());
        Typed(Cell::new(self.1, &entities)).serialize(serializer)
    }
}
