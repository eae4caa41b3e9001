//! What describes the graph and the server.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use serde_json::{Value as Any, json};

use crate::serve::{
    http::{
        Shared,
        reply::{self, Refusal, settled},
    },
    schema,
    server::Client,
};

/// `GET /`: where the rest is. The names are those by which Neo4j's clients find them.
pub(super) async fn discover() -> Json<Any> {
    Json(json!({
        "name": "relata",
        "version": env!("CARGO_PKG_VERSION"),
        "neo4j_version": "5.26.0",
        "neo4j_edition": "community",
        "query": "/db/{databaseName}/query/v2",
        "openapi": "/openapi.json",
    }))
}

/// `GET /healthz`
pub(super) async fn health() -> &'static str {
    "ok\n"
}

/// `GET /openapi.json`
pub(super) async fn openapi() -> Response {
    let content = [(header::CONTENT_TYPE, "application/json")];
    (content, include_str!("openapi.json")).into_response()
}

/// `GET /metrics`, in the text format of Prometheus.
pub(super) async fn metrics(State(shared): State<Shared>) -> String {
    let counters = &shared.server.counters;
    let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    #[expect(clippy::cast_precision_loss, reason = "a sum of durations")]
    let seconds = read(&counters.nanoseconds) as f64 / 1e9;
    let counted = [
        (
            "statements_total",
            "counter",
            "Statements that ran.",
            read(&counters.statements),
        ),
        (
            "statement_failures_total",
            "counter",
            "Statements that failed.",
            read(&counters.failures),
        ),
        (
            "bolt_connections_total",
            "counter",
            "Connections over Bolt.",
            read(&counters.bolt_connections),
        ),
        (
            "bolt_connections",
            "gauge",
            "Open connections over Bolt.",
            read(&counters.bolt_open),
        ),
        (
            "http_requests_total",
            "counter",
            "Requests over HTTP.",
            read(&counters.http_requests),
        ),
        (
            "refused_logins_total",
            "counter",
            "Logins with wrong credentials.",
            read(&counters.refused_logins),
        ),
    ];
    let lines = counted.into_iter().map(|(name, kind, help, value)| {
        format!("# HELP relata_{name} {help}\n# TYPE relata_{name} {kind}\nrelata_{name} {value}\n")
    });
    let time = format!(
        "# HELP relata_statement_seconds_total Time in statements.\n\
         # TYPE relata_statement_seconds_total counter\n\
         relata_statement_seconds_total {seconds}\n"
    );
    lines.chain([time]).collect()
}

/// `GET /schema`
pub(super) async fn schema(State(shared): State<Shared>) -> Result<Json<Any>, Refusal> {
    let mut client = Client::new(shared.server.clone());
    let outcome = client.run(|database, _| database.looking(|database| database.schema()));
    let found = settled(outcome.await, reply::error)?;
    Ok(Json(schema::described(&found)))
}
