//! What all listeners share: the graph, the limits, the accounts, the counters.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use relata::{Answer, CancelToken, Database, Error, Limits, SharedDatabase, value::Entries};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch},
    task::JoinHandle,
};

use crate::serve::{auth::Auth, status::Failure};

/// The most statements that run or wait for the writer at a time.
const STATEMENTS: usize = 400;

/// The threads on which statements run: more than [`STATEMENTS`], so that the transaction that all others wait for can go on.
pub(super) const THREADS: usize = STATEMENTS + 16;

/// The most connections of a listener at a time.
pub(super) const CONNECTIONS: usize = 20_000;

/// The most bytes of a message or a body.
pub(super) const LONGEST_MESSAGE: usize = 64 << 20;

/// The name of the only database. Clients of Neo4j may also call it `neo4j`.
pub(super) const DATABASE: &str = "relata";

/// What a later transaction can wait for. Every transaction sees those before it, so that it need not say which.
pub(super) const BOOKMARK: &str = "relata:1";

/// An error if a client names another database.
pub(super) fn check_database(name: &str) -> Result<(), Failure> {
    match name {
        DATABASE | "neo4j" => Ok(()),
        other => Err(Failure::new(
            "Neo.ClientError.Database.DatabaseNotFound",
            format!("there is no database `{other}`; the only one is `{DATABASE}`"),
        )),
    }
}

/// A statement that a client sends.
pub(super) struct Statement {
    pub(super) text: String,
    pub(super) parameters: Entries,
    pub(super) limits: Limits,
    pub(super) reads_only: bool,
}

impl Statement {
    pub(super) fn run(self, database: &mut Database, token: &CancelToken) -> Result<Answer, Error> {
        let statement = database.query(self.text).parameters(self.parameters);
        let statement = statement.limits(self.limits).cancel(token);
        match self.reads_only {
            true => statement.read_only().run(),
            false => statement.run(),
        }
    }
}

/// What all listeners share.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) shared: SharedDatabase,
    /// The name of the graph for people.
    pub(super) name: String,
    pub(super) limits: Limits,
    pub(super) auth: Auth,
    /// Whether statements may change the graph.
    pub(super) writable: bool,
    /// How long a transaction may wait for its next statement.
    pub(super) transaction_timeout: Duration,
    pub(super) counters: Counters,
    statements: Arc<Semaphore>,
    stopping: watch::Receiver<bool>,
    /// Each connection keeps a clone; the receiver ends with the last of them.
    alive: mpsc::Sender<()>,
}

/// What `GET /metrics` reports.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) statements: AtomicU64,
    pub(super) failures: AtomicU64,
    pub(super) nanoseconds: AtomicU64,
    pub(super) bolt_connections: AtomicU64,
    pub(super) bolt_open: AtomicU64,
    pub(super) http_requests: AtomicU64,
    pub(super) refused_logins: AtomicU64,
}

/// The options of a server that listeners read.
pub(super) struct Setup {
    pub(super) name: String,
    pub(super) auth: Auth,
    pub(super) writable: bool,
    pub(super) transaction_timeout: Duration,
}

impl Server {
    pub(super) fn new(
        database: Database,
        setup: Setup,
        stopping: watch::Receiver<bool>,
        alive: mpsc::Sender<()>,
    ) -> Self {
        let limits = database.limits();
        let database = match setup.writable {
            true => database,
            false => database.read_only(),
        };
        Self {
            shared: database.share(),
            name: setup.name,
            limits,
            auth: setup.auth,
            writable: setup.writable,
            transaction_timeout: setup.transaction_timeout,
            counters: Counters::default(),
            statements: Arc::new(Semaphore::new(STATEMENTS)),
            stopping,
            alive,
        }
    }

    /// Completes when the server stops.
    pub(super) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }

    /// Whether the server stops.
    pub(super) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// What keeps the process alive until a connection has ended.
    pub(super) fn alive(&self) -> mpsc::Sender<()> {
        self.alive.clone()
    }
}

/// The connection of a client: a database of its own, whose statements run on a thread for blocking work.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) server: Arc<Server>,
    database: Option<Database>,
    /// Interrupts the running statement.
    pub(super) token: CancelToken,
}

/// Work on a database that is running.
pub(super) type Running<T> = JoinHandle<(Database, T)>;

impl Client {
    pub(super) fn new(server: Arc<Server>) -> Self {
        Self {
            database: Some(server.shared.connect()),
            token: CancelToken::new(),
            server,
        }
    }

    /// Whether a transaction is open.
    pub(super) fn in_transaction(&self) -> bool {
        let database = self.database.as_ref();
        database.is_some_and(Database::in_transaction)
    }

    /// Starts work on the database. It waits for others if too much runs, unless these may wait for it.
    pub(super) async fn start<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Database, &CancelToken) -> T + Send + 'static,
    ) -> Running<T> {
        let mut database = self
            .database
            .take()
            .unwrap_or_else(|| self.server.shared.connect());
        let permit = match database.is_writing() {
            true => None,
            false => self.permit().await,
        };
        self.token.reset();
        let (token, server) = (self.token.clone(), Arc::clone(&self.server));
        tokio::task::spawn_blocking(move || {
            let begun = Instant::now();
            let result = work(&mut database, &token);
            let passed = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
            let counters = &server.counters;
            counters.nanoseconds.fetch_add(passed, Ordering::Relaxed);
            drop(permit);
            (database, result)
        })
    }

    /// The result of work that has ended; `None` if it panicked, after which the database is another one.
    pub(super) fn finish<T>(
        &mut self,
        ended: Result<(Database, T), tokio::task::JoinError>,
    ) -> Option<T> {
        let (database, result) = ended.ok()?;
        self.database = Some(database);
        Some(result)
    }

    /// Does work on the database.
    pub(super) async fn run<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Database, &CancelToken) -> T + Send + 'static,
    ) -> Option<T> {
        let running = self.start(work).await;
        let ended = running.await;
        self.finish(ended)
    }

    /// Does work on a connection for it alone; `None` if it panicked. It is interrupted if the future is dropped.
    pub(super) async fn once<T: Send + 'static>(
        server: &Arc<Server>,
        work: impl FnOnce(&mut Database, &CancelToken) -> T + Send + 'static,
    ) -> Option<T> {
        let mut client = Self::new(Arc::clone(server));
        let _interrupting = Interrupting(client.token.clone());
        let outcome = client.run(work).await;
        client.count(outcome.is_none());
        outcome
    }

    async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.server.statements)
            .acquire_owned()
            .await
            .ok()
    }

    /// Counts a statement.
    pub(super) fn count(&self, failed: bool) {
        let counters = &self.server.counters;
        counters.statements.fetch_add(1, Ordering::Relaxed);
        counters
            .failures
            .fetch_add(u64::from(failed), Ordering::Relaxed);
    }
}

/// Interrupts the statement of a request whose client has gone: the future that waits for it is dropped.
pub(super) struct Interrupting(pub(super) CancelToken);

impl Drop for Interrupting {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
