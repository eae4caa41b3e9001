//! Runs statements and questions.

use std::time::Duration;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use relata::{
    Answer, Error, Limits,
    answer::typed,
    question::{Candidate, Completions},
};
use serde::Deserialize;
use serde_json::{Map, Value as Any, json};

use crate::serve::{
    http::{
        Shared,
        entity::{Style, plain},
        reply::{self, Form, Refusal, settled},
    },
    server::{Client, Interrupting, Statement},
    status::Failure,
};

/// The body of `POST /query`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Query {
    #[serde(alias = "statement")]
    query: String,
    #[serde(alias = "params")]
    parameters: Map<String, Any>,
    read_only: bool,
    max_rows: Option<u64>,
    timeout_ms: Option<u64>,
}

/// The body of `POST /ask`.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(alias = "ask")]
    question: String,
    pick: Option<usize>,
}

/// The body of `POST /complete`.
#[derive(Debug, Deserialize)]
pub(super) struct Begun {
    question: String,
}

/// `POST /query`: a statement, as JSON or as plain text.
pub(super) async fn query(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let form = Form::accepted(text(&headers, header::ACCEPT));
    let answer = ran(&shared, &headers, &body).await?;
    Ok(reply::answer(answer, form))
}

/// `POST /openCypher`, the endpoint of Amazon Neptune, which Graph Explorer uses. Its body is JSON or a form.
pub(super) async fn open_cypher(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Any>, Refusal> {
    let answer = ran(&shared, &headers, &body).await?;
    let row = |row: relata::Row<'_>| {
        let values = row.values().iter();
        let values = values.map(|value| plain(value, answer.entities(), Style::Neptune));
        let names = row.columns().iter().map(ToString::to_string);
        Any::Object(names.zip(values).collect())
    };
    let results: Vec<_> = answer.rows().map(row).collect();
    Ok(Json(json!({"results": results})))
}

/// `POST /ask`: a question in English.
pub(super) async fn ask(
    State(shared): State<Shared>,
    Json(asked): Json<Asked>,
) -> Result<Response, Refusal> {
    let limits = shared.server.limits;
    let outcome = Client::once(&shared.server, move |database, token| {
        let question = database.ask(asked.question).limits(limits).cancel(token);
        match asked.pick {
            Some(number) => question.pick(number).run(),
            None => question.run(),
        }
    });
    let answered = settled(outcome.await, reply::error)?;
    Ok(Json(answered).into_response())
}

/// `POST /complete`: what can follow the beginning of a question.
pub(super) async fn complete(
    State(shared): State<Shared>,
    Json(begun): Json<Begun>,
) -> Result<Json<Any>, Refusal> {
    let outcome = Client::once(&shared.server, move |database, _| {
        let found = database.looking(|database| database.completions(&begun.question));
        found.and_then(|found| found)
    });
    let found = settled(outcome.await, reply::error)?;
    Ok(Json(described(&found)))
}

fn described(found: &Completions) -> Any {
    let candidate = |candidate: &Candidate| json!({"text": candidate.text, "role": candidate.what, "count": candidate.count});
    let candidates: Vec<_> = found.candidates.iter().map(candidate).collect();
    json!({"from": found.from, "candidates": candidates, "more": found.more})
}

/// The answer of the statement of a request, or the response that refuses it.
async fn ran(shared: &Shared, headers: &HeaderMap, body: &[u8]) -> Result<Answer, Refusal> {
    let refused = |problem: String| {
        let failure = Failure::invalid(problem);
        reply::refused(StatusCode::BAD_REQUEST, &failure)
    };
    let query = parsed(headers, body).map_err(refused)?;
    let parameters = typed::read_parameters(&query.parameters);
    let parameters = parameters.map_err(|problem| refused(format!("`parameters`: {problem}")))?;
    let limits = Limits {
        rows: query.max_rows,
        time: query.timeout_ms.map(Duration::from_millis),
        ..Limits::default()
    };
    let statement = Statement {
        text: query.query,
        parameters,
        limits: shared.server.limits.lower(limits),
        reads_only: query.read_only,
    };
    let mut client = Client::new(shared.server.clone());
    settled(run(&mut client, statement).await, reply::error)
}

fn parsed(headers: &HeaderMap, body: &[u8]) -> Result<Query, String> {
    let kind = text(headers, header::CONTENT_TYPE).unwrap_or("application/json");
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let written = || std::str::from_utf8(body).map_err(|_| "expected UTF-8".to_owned());
    match kind {
        "text/plain" | "application/cypher" => Ok(Query {
            query: written()?.to_owned(),
            ..Query::default()
        }),
        // Programs such as curl call any body a form.
        "application/x-www-form-urlencoded" if !body.starts_with(b"{") => from_form(written()?),
        _ => serde_json::from_slice(body).map_err(|error| format!("the body: {error}")),
    }
}

/// The fields `query` and `parameters` of a form.
fn from_form(body: &str) -> Result<Query, String> {
    let mut query = Query::default();
    for field in body.split('&') {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        let value = unescaped(value).ok_or("expected a form in UTF-8")?;
        match name {
            "query" => query.query = value,
            "parameters" => {
                let parsed = serde_json::from_str(&value);
                query.parameters = parsed.map_err(|error| format!("`parameters`: {error}"))?;
            }
            _ => {}
        }
    }
    Ok(query)
}

/// The text of a field of a form.
fn unescaped(field: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Runs a statement; `None` if it panicked. It is interrupted if its client goes.
pub(super) async fn run(
    client: &mut Client,
    statement: Statement,
) -> Option<Result<Answer, Error>> {
    let _interrupting = Interrupting(client.token.clone());
    let outcome = client.run(move |database, token| statement.run(database, token));
    let outcome = outcome.await;
    client.count(!matches!(outcome, Some(Ok(_))));
    outcome
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read() {
        let query = from_form("query=RETURN+%24x%20AS+x&parameters=%7B%22x%22%3A+1%7D").unwrap();
        assert_eq!(query.query, "RETURN $x AS x");
        assert_eq!(query.parameters["x"], 1);
        assert!(from_form("query=%4").is_err());
        assert!(from_form("query=%FF").is_err());
    }
}
