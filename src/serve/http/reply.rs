//! Answers and errors as the bodies of responses.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use relata::{Answer, Class, Code, Diagnostic, Error, Format, Layout};
use serde_json::{Value as Json, json};

use crate::serve::status::{self, Failure};

/// Bytes of rows that are sent together.
const BATCH: usize = 64 << 10;

/// A form of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// An object with columns, rows, changes and warnings.
    Json,
    /// An object per row and line.
    JsonLines,
    /// A line of fields per row.
    Csv,
}

impl Form {
    /// The form that a client prefers, by its `Accept` header. The first that is known counts.
    pub(super) fn accepted(accept: Option<&str>) -> Self {
        let kinds = accept.into_iter().flat_map(|accept| accept.split(','));
        let mut forms = kinds.filter_map(|kind| Self::of(kind.split(';').next()?.trim()));
        forms.next().unwrap_or(Self::Json)
    }

    fn of(kind: &str) -> Option<Self> {
        match kind {
            "application/json" => Some(Self::Json),
            "application/jsonl" | "application/x-ndjson" | "application/json-lines" => {
                Some(Self::JsonLines)
            }
            "text/csv" => Some(Self::Csv),
            _ => None,
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::JsonLines => "application/jsonl",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// A response with an answer. Rows are written while the client reads.
pub(super) fn answer(answer: Answer, form: Form) -> Response {
    let content = [(header::CONTENT_TYPE, form.content_type())];
    let body = match form {
        Form::Csv => Body::from(csv(&answer)),
        Form::JsonLines => rows(answer, "", "", "\n"),
        Form::Json => {
            let (before, after) = around(&answer);
            let last = if answer.is_empty() { "" } else { "\n" };
            rows(answer, &before, &format!("{last}{after}"), ",\n")
        }
    };
    (content, body).into_response()
}

fn csv(answer: &Answer) -> Vec<u8> {
    let mut text = Vec::new();
    let format = Format::find("csv").expect("is in the table of formats");
    let written = format.write(answer, Layout::default(), &mut text);
    written.expect("memory can be written");
    text
}

/// The text before and after the rows of an answer.
fn around(answer: &Answer) -> (String, String) {
    let columns: Vec<_> = answer.columns().iter().map(|name| &**name).collect();
    let warnings: Vec<_> = answer.warnings().iter().map(described).collect();
    let changes = answer.changes().entries().into_iter();
    let changes = changes.filter(|(_, count)| *count > 0);
    let stats: serde_json::Map<String, Json> = changes
        .map(|(name, count)| (name.to_owned(), count.into()))
        .collect();
    let after = json!({"stats": stats, "warnings": warnings}).to_string();
    (
        format!("{{\"columns\":{},\"rows\":[\n", json!(columns)),
        format!("],{}\n", &after[1..]),
    )
}

/// A body of an object per row.
fn rows(answer: Answer, before: &str, after: &str, between: &'static str) -> Body {
    let state = Rows {
        answer: Arc::new(answer),
        next: 0,
        begun: before.as_bytes().to_vec(),
        after: Some(after.as_bytes().to_vec()),
        between,
    };
    Body::from_stream(stream::unfold(state, |mut state| async move {
        let batch = state.batch()?;
        Some((Ok::<_, std::convert::Infallible>(Bytes::from(batch)), state))
    }))
}

/// The rows of an answer that are not sent yet.
struct Rows {
    answer: Arc<Answer>,
    next: usize,
    /// What is sent before the next row.
    begun: Vec<u8>,
    /// What is sent after the last row; `None` when all is sent.
    after: Option<Vec<u8>>,
    between: &'static str,
}

impl Rows {
    /// The next bytes; `None` at the end.
    fn batch(&mut self) -> Option<Vec<u8>> {
        let mut bytes = std::mem::take(&mut self.begun);
        self.after.as_ref()?;
        while bytes.len() < BATCH {
            let Some(row) = self.answer.row(self.next) else {
                bytes.extend(self.after.take().unwrap_or_default());
                break;
            };
            serde_json::to_writer(&mut bytes, &row).expect("memory can be written");
            self.next += 1;
            let ends_lines = self.between == "\n";
            if ends_lines || self.next < self.answer.len() {
                bytes.extend_from_slice(self.between.as_bytes());
            }
        }
        Some(bytes)
    }
}

/// An error or a warning.
pub(super) fn described(diagnostic: &Diagnostic) -> Json {
    json!({
        "type": diagnostic.code.class().to_string(),
        "detail": diagnostic.code.detail(),
        "gqlstatus": diagnostic.code.gqlstatus(),
        "message": diagnostic.message,
        "span": diagnostic.span.map(|span| [span.start, span.end]),
        "help": diagnostic.help,
    })
}

/// A response with the error of a statement.
pub(super) fn error(error: &Error) -> Response {
    let mut json = described(error.diagnostic());
    if let Some((line, column)) = status::place(error) {
        json["line"] = line.into();
        json["column"] = column.into();
    }
    let mut body = json!({"error": json});
    if !error.candidates().is_empty() {
        body["candidates"] = json!(error.candidates());
    }
    (http_status(error), axum::Json(body)).into_response()
}

/// The status of HTTP for an error.
pub(super) fn http_status(error: &Error) -> StatusCode {
    match (error.code(), error.class()) {
        (Code::TransactionConflict, _) => StatusCode::CONFLICT,
        (Code::WriterBusy, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Code::ReadOnly, _) => StatusCode::FORBIDDEN,
        (_, Class::InternalError | Class::SaveError) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// A response to a request that is refused.
pub(super) fn refused(status: StatusCode, failure: &Failure) -> Response {
    let body = json!({
        "error": {"type": "ProtocolError", "message": failure.message, "gqlstatus": failure.status},
        // The form of Neo4j.
        "errors": [{"code": failure.code, "message": failure.message}],
    });
    (status, axum::Json(body)).into_response()
}

/// The response if a statement panicked.
pub(super) fn broken() -> Response {
    refused(StatusCode::INTERNAL_SERVER_ERROR, &Failure::panicked())
}

/// A response in place of an answer.
#[derive(Debug)]
pub(super) struct Refusal(Box<Response>);

impl From<Response> for Refusal {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// The result of work, or the response to its failure; `None` if it panicked. `failed` writes an error.
pub(super) fn settled<T>(
    outcome: Option<Result<T, Error>>,
    failed: impl FnOnce(&Error) -> Response,
) -> Result<T, Refusal> {
    match outcome {
        Some(Ok(result)) => Ok(result),
        Some(Err(error)) => Err(failed(&error).into()),
        None => Err(broken().into()),
    }
}
