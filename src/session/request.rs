//! Parses requests.

use serde::Deserialize;
use serde_json::{Map as Object, Value as Json};

use crate::answer::typed;

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

/// A statement to run, possibly absent.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    /// The statement.
    #[serde(default)]
    pub(super) query: Option<String>,
    /// Parameter values by name.
    #[serde(default)]
    pub(super) params: Option<Object<String, Json>>,
    /// Whether to reset the database first.
    #[serde(default)]
    pub(super) reset: Option<bool>,
}

/// A question to answer.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    /// The text of the question.
    pub(super) ask: String,
    /// The number of the chosen interpretation.
    #[serde(default)]
    pub(super) pick: Option<usize>,
}

/// A procedure as a table. Other fields repeat the signature and are ignored.
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

/// Parses a line. The error says what was expected.
pub(super) fn read(line: &[u8]) -> Result<Request, String> {
    let text =
        std::str::from_utf8(line).map_err(|error| format!("expected UTF-8 text: {error}"))?;
    let json: Json =
        serde_json::from_str(text).map_err(|error| format!("expected JSON: {error}"))?;
    typed::check_integers(text).map_err(|error| error.to_string())?;
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
