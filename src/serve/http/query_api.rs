//! Neo4j's Query API, version 2: statements, and transactions over several requests.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use relata::{
    Answer, Error,
    answer::{Cell, typed},
    base::Source,
};
use serde::Deserialize;
use serde_json::{Map, Value as Any, json};

use crate::serve::{
    auth,
    http::{
        Shared,
        entity::{Style, plain},
        reply::{self, Refusal, settled},
        statement::run as execute,
    },
    server::{BOOKMARK, Client, Statement, check_database},
    status::{Failure, notification},
};

/// The most transactions that are open at a time.
const OPEN: usize = 1_000;

/// The media type of values with their types.
const TYPED: &str = "application/vnd.neo4j.query";

/// The body of a request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Request {
    statement: String,
    parameters: Map<String, Any>,
    include_counters: bool,
    access_mode: Option<String>,
}

/// The open transactions.
#[derive(Debug, Default)]
pub(super) struct Transactions(Mutex<HashMap<String, Open>>);

/// An open transaction, while no request uses it.
#[derive(Debug)]
struct Open {
    client: Client,
    reads_only: bool,
    /// When it is rolled back.
    expires: Instant,
}

impl Transactions {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Rolls back transactions that no request continues in time. Ends with the server.
pub(super) fn sweep(shared: &Shared) {
    let shared = shared.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                () = shared.server.stopped() => break,
            }
            let now = Instant::now();
            shared
                .transactions
                .lock()
                .retain(|_, open| open.expires > now);
        }
        shared.transactions.lock().clear();
    });
}

/// `POST /db/{name}/query/v2`
pub(super) async fn run(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<Response, Refusal> {
    let request = checked(&name, &body)?;
    let mut client = Client::new(Arc::clone(&shared.server));
    let reads_only = reads_only(&request);
    let body = answered(&shared, &mut client, request, &headers, reads_only).await?;
    Ok((StatusCode::ACCEPTED, typed_as(&headers), Json(body)).into_response())
}

/// `POST /db/{name}/query/v2/tx`
pub(super) async fn begin(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<Response, Refusal> {
    let request = checked(&name, &body)?;
    if shared.transactions.lock().len() >= OPEN {
        let failure = Failure::new(
            "Neo.TransientError.Transaction.MaximumTransactionLimitReached",
            format!("expected at most {OPEN} open transactions"),
        );
        return Err(reply::refused(StatusCode::SERVICE_UNAVAILABLE, &failure).into());
    }
    let mut client = Client::new(Arc::clone(&shared.server));
    let begun = client.run(|database, _| database.begin()).await;
    settled(begun, failed)?;
    let reads_only = reads_only(&request);
    step(
        &shared,
        &name,
        auth::token(),
        (client, reads_only),
        request,
        &headers,
    )
    .await
}

/// `POST /db/{name}/query/v2/tx/{id}`
pub(super) async fn continued(
    State(shared): State<Shared>,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<Response, Refusal> {
    let request = checked(&name, &body)?;
    let open = taken(&shared, &id)?;
    let open = (open.client, open.reads_only);
    step(&shared, &name, id, open, request, &headers).await
}

/// `POST /db/{name}/query/v2/tx/{id}/commit`
pub(super) async fn commit(
    State(shared): State<Shared>,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<Response, Refusal> {
    let request = checked(&name, &body)?;
    let mut open = taken(&shared, &id)?;
    let reads_only = open.reads_only;
    // After an error, dropping the connection rolls it back.
    let body = answered(&shared, &mut open.client, request, &headers, reads_only).await?;
    let committed = open.client.run(|database, _| database.commit()).await;
    settled(committed, failed)?;
    Ok((StatusCode::ACCEPTED, typed_as(&headers), Json(body)).into_response())
}

/// `DELETE /db/{name}/query/v2/tx/{id}`
pub(super) async fn roll_back(
    State(shared): State<Shared>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<Any>, Refusal> {
    drop(taken(&shared, &id)?);
    Ok(Json(json!({})))
}

/// A transaction, which no other request can use meanwhile.
fn taken(shared: &Shared, id: &str) -> Result<Open, Refusal> {
    let open = shared.transactions.lock().remove(id);
    open.ok_or_else(|| {
        let failure = Failure::new(
            "Neo.ClientError.Transaction.TransactionNotFound",
            "there is no such open transaction, or another request uses it",
        );
        reply::refused(StatusCode::NOT_FOUND, &failure).into()
    })
}

/// Runs a statement of a transaction, and keeps the transaction if there is no error.
async fn step(
    shared: &Shared,
    name: &str,
    id: String,
    (mut client, reads_only): (Client, bool),
    request: Request,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let mut body = answered(shared, &mut client, request, headers, reads_only).await?;
    let timeout = shared.server.transaction_timeout;
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let seconds = i64::try_from((since + timeout).as_secs()).unwrap_or(i64::MAX);
    let expires =
        relata::value::DateTime::at_epoch(seconds, 0, &relata::value::temporal::Zone::UTC);
    let expires = expires
        .map(|expires| expires.to_string())
        .unwrap_or_default();
    body["transaction"] = json!({"id": id, "expires": expires});
    let open = Open {
        client,
        reads_only,
        expires: Instant::now() + timeout,
    };
    shared.transactions.lock().insert(id.clone(), open);
    let location = format!("/db/{name}/query/v2/tx/{id}");
    let location = [(header::LOCATION, location)];
    Ok((
        StatusCode::ACCEPTED,
        typed_as(headers),
        location,
        Json(body),
    )
        .into_response())
}

/// The body of a response to a statement; an empty statement has no answer.
async fn answered(
    shared: &Shared,
    client: &mut Client,
    request: Request,
    headers: &HeaderMap,
    reads_only: bool,
) -> Result<Any, Refusal> {
    if request.statement.trim().is_empty() {
        return Ok(json!({}));
    }
    let parameters = typed::read_parameters(&request.parameters).map_err(|problem| {
        let failure = Failure::invalid(format!("`parameters`: {problem}"));
        reply::refused(StatusCode::BAD_REQUEST, &failure)
    })?;
    let source = Source::new("query", request.statement.clone());
    let statement = Statement {
        text: request.statement,
        parameters,
        limits: shared.server.limits,
        reads_only,
    };
    let explicit = client.in_transaction();
    let answer = settled(execute(client, statement).await, failed)?;
    if client.in_transaction() != explicit {
        let failure = Failure::new(
            "Neo.ClientError.Statement.SemanticError",
            "begin and end transactions with requests, not with statements",
        );
        return Err(reply::refused(StatusCode::BAD_REQUEST, &failure).into());
    }
    Ok(body(
        &answer,
        &source,
        wants_types(headers),
        request.include_counters,
    ))
}

/// An answer as the API writes it.
fn body(answer: &Answer, source: &Source, with_types: bool, with_counters: bool) -> Any {
    let cell = |cell: Cell<'_>| match with_types {
        true => json!(typed::Typed(cell)),
        false => plain(cell.value(), answer.entities(), Style::Neo4j),
    };
    let row = |row: relata::Row<'_>| row.cells().map(cell).collect::<Any>();
    let fields: Vec<_> = answer.columns().iter().map(|name| &**name).collect();
    let values: Vec<Any> = answer.rows().map(row).collect();
    let mut body = json!({
        "data": {"fields": fields, "values": values},
        "bookmarks": [BOOKMARK],
    });
    let warnings = answer.warnings().iter().map(|warning| {
        let told = notification(warning, source);
        let mut json = json!({
            "code": told.code, "title": told.title, "description": told.description,
            "severity": told.severity, "category": told.category,
        });
        if let Some((offset, line, column)) = told.position {
            json["position"] = json!({"offset": offset, "line": line, "column": column});
        }
        json
    });
    let notifications: Vec<_> = warnings.collect();
    if !notifications.is_empty() {
        body["notifications"] = notifications.into();
    }
    if with_counters {
        body["counters"] = counters(answer);
    }
    body
}

fn counters(answer: &Answer) -> Any {
    let changes = answer.changes();
    json!({
        "containsUpdates": !changes.is_empty(),
        "nodesCreated": changes.nodes_created,
        "nodesDeleted": changes.nodes_deleted,
        "propertiesSet": changes.properties_added.max(changes.properties_removed),
        "relationshipsCreated": changes.relationships_created,
        "relationshipsDeleted": changes.relationships_deleted,
        "labelsAdded": changes.labels_added,
        "labelsRemoved": changes.labels_removed,
        "indexesAdded": changes.indexes_added,
        "indexesRemoved": changes.indexes_removed,
        "constraintsAdded": changes.constraints_added,
        "constraintsRemoved": changes.constraints_removed,
        "containsSystemUpdates": false,
        "systemUpdates": 0,
    })
}

fn checked(name: &str, body: &[u8]) -> Result<Request, Refusal> {
    check_database(name).map_err(|failure| reply::refused(StatusCode::NOT_FOUND, &failure))?;
    if body.is_empty() {
        return Ok(Request::default());
    }
    serde_json::from_slice(body).map_err(|error| {
        let failure = Failure::invalid(format!("the body: {error}"));
        reply::refused(StatusCode::BAD_REQUEST, &failure).into()
    })
}

fn reads_only(request: &Request) -> bool {
    let mode = request.access_mode.as_deref();
    mode.is_some_and(|mode| mode.eq_ignore_ascii_case("read"))
}

fn failed(error: &Error) -> Response {
    let failure = Failure::from(error);
    reply::refused(reply::http_status(error), &failure)
}

fn wants_types(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    let accept = accept.and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains(TYPED))
}

fn typed_as(headers: &HeaderMap) -> [(header::HeaderName, &'static str); 1] {
    let kind = match wants_types(headers) {
        true => TYPED,
        false => "application/json",
    };
    [(header::CONTENT_TYPE, kind)]
}
