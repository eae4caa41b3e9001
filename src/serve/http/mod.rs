//! HTTP: statements and questions as JSON, JSON Lines or CSV, Neo4j's Query API, and what describes the server.
//!
//! `listener` accepts connections, `guard` refuses who may not ask, `statement` runs statements and questions, `query_api` is
//! Neo4j's Query API, `entity` its values, `about` describes the graph and the server, `reply` writes answers and errors.

mod about;
mod entity;
mod guard;
mod listener;
mod query_api;
mod reply;
mod statement;

use std::{io, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::serve::{
    http::{
        listener::{Listener, Peer},
        query_api::Transactions,
    },
    mcp,
    server::Server,
};

/// The most bytes of a body.
const LONGEST_BODY: usize = 16 << 20;

/// What handlers share.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) server: Arc<Server>,
    /// The open transactions of the Query API.
    transactions: Arc<Transactions>,
}

/// Answers requests until the server stops.
pub(super) fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    server: Arc<Server>,
) -> io::Result<()> {
    let listener = Listener::new(listener, tls)?;
    let alive = server.alive();
    let stopping = Arc::clone(&server);
    let router = router(server).into_make_service_with_connect_info::<Peer>();
    tokio::spawn(async move {
        let stops = async move { stopping.stopped().await };
        // An error of the listener ends the process only when it stops.
        let _ = axum::serve(listener, router)
            .with_graceful_shutdown(stops)
            .await;
        drop(alive);
    });
    Ok(())
}

fn router(server: Arc<Server>) -> Router {
    let shared = Shared {
        server: Arc::clone(&server),
        transactions: Arc::default(),
    };
    query_api::sweep(&shared);
    Router::new()
        .route("/", get(about::discover))
        .route("/healthz", get(about::health))
        .route("/metrics", get(about::metrics))
        .route("/openapi.json", get(about::openapi))
        .route("/schema", get(about::schema))
        .route("/query", post(statement::query))
        .route("/ask", post(statement::ask))
        .route("/complete", post(statement::complete))
        .route("/openCypher", post(statement::open_cypher))
        .route("/db/{name}/query/v2", post(query_api::run))
        .route("/db/{name}/query/v2/tx", post(query_api::begin))
        .route(
            "/db/{name}/query/v2/tx/{id}",
            post(query_api::continued).delete(query_api::roll_back),
        )
        .route(
            "/db/{name}/query/v2/tx/{id}/commit",
            post(query_api::commit),
        )
        .route_service("/mcp", mcp::over_http(Arc::clone(&server)))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(middleware::from_fn_with_state(server, guard::guard))
        .with_state(shared)
}
