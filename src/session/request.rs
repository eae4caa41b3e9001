//! What a line asks for.

use serde::Deserialize;
use serde_json::{Map as Object, Value as Json};

/// A request.
#[derive(Debug)]
pub(super) enum Request {
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
}

/// A statement to run, or nothing to run.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    /// The statement.
    #[serde(default)]
    pub(super) query: Option<String>,
    /// Values by name.
    #[serde(default)]
    pub(super) params: Option<Object<String, Json>>,
    /// Whether to empty the graph first.
    #[serde(default)]
    pub(super) reset: Option<bool>,
}

/// A question to answer.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    /// The question.
    pub(super) ask: String,
    /// Which reading of it is taken.
    #[serde(default)]
    pub(super) pick: Option<usize>,
}

/// A procedure as a table. Its other fields say again what the signature says.
#[derive(Debug, Deserialize)]
pub(super) struct Table {
    /// Such as `test.my.proc(in :: INTEGER?) :: (out :: STRING?)`.
    pub(super) signature: String,
    /// The names of the columns, in the order of the rows; that of the signature, where it is left out.
    #[serde(default)]
    pub(super) columns: Option<Vec<String>>,
    /// Typed values.
    #[serde(default)]
    pub(super) rows: Vec<Vec<Json>>,
}

/// The request of a line, or what is wrong with it.
pub(super) fn read(line: &[u8]) -> Result<Request, String> {
    let text =
        std::str::from_utf8(line).map_err(|error| format!("expected UTF-8 text: {error}"))?;
    let json: Json =
        serde_json::from_str(text).map_err(|error| format!("expected JSON: {error}"))?;
    let Json::Object(object) = json else {
        return Err("expected a JSON object with a request".into());
    };
    let has = |key: &str| object.contains_key(key);
    if has("hello") {
        Ok(Request::Hello)
    } else if has("ask") {
        fields(object).map(Request::Ask)
    } else if has("query") || has("reset") {
        fields(object).map(Request::Query)
    } else if let Some(tables) = object.get("procedures") {
        let tables = Vec::deserialize(tables).map_err(|error| format!("`procedures`: {error}"))?;
        Ok(Request::Procedures(tables))
    } else if object.get("snapshot") == Some(&Json::Bool(true)) {
        Ok(Request::Snapshot)
    } else {
        Err(
            "expected one of the requests `hello`, `query`, `ask`, `procedures` or `snapshot`"
                .into(),
        )
    }
}

fn fields<T: for<'de> Deserialize<'de>>(object: Object<String, Json>) -> Result<T, String> {
    T::deserialize(Json::Object(object)).map_err(|error| error.to_string())
}
