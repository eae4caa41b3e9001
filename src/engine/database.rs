//! A graph with the environment of its statements: procedures, limits, a clock.

use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{
    answer::{Answer, Entities},
    base::{Code, Diagnostic, Fault, Source, Span, Status},
    engine::{
        CancelToken, Error, Limits, OpenOptions, Schema, Statement, Transaction,
        cache::Cache,
        environment::{Environment, Instant},
        facts::Running,
        folder::Folder,
        lexicon::Lexicon,
        lifted::{self, Shaped},
        opening::Opening,
        origin::Origin,
        schema,
        session::Session,
        shared::Connection,
    },
    exchange::{Mapping, Skipped},
    function::{Procedure, Procedures},
    graph::{Graph, Savepoint, builtin, check, manifest::Manifest},
    syntax::{self, ast},
    value::Entries,
};

/// The file next to a graph that defines its vocabulary.
pub(super) const VOCABULARY: &str = "vocabulary.toml";

/// A graph that runs statements and answers questions.
///
/// A database reads no clock and no random source by itself. Without [`Database::with_clock`], `datetime()` is the
/// start of 1970, time limits are errors and profiles show no times. Without [`Database::with_random`], `rand()` gives
/// the same numbers in each run.
#[derive(Debug, Default)]
pub struct Database {
    pub(super) graph: Arc<Graph>,
    pub(super) procedures: Arc<Procedures>,
    pub(super) environment: Environment,
    cache: Arc<Mutex<Cache>>,
    /// A counter of changes to the graph or the procedures, which invalidate plans.
    pub(super) version: u64,
    /// The last version, of all connections to the graph.
    versions: Arc<AtomicU64>,
    /// The connection to a shared graph; `None` if the graph is not shared.
    pub(super) connection: Option<Connection>,
    /// The number of statements that changed the graph; see [`Database::revision`].
    pub(super) revision: u64,
    pub(super) limits: Limits,
    pub(super) threads: Option<NonZeroUsize>,
    pub(super) origin: Arc<Origin>,
    /// The folder that the graph was opened from, or `None`.
    pub(super) folder: Option<Folder>,
    /// Whether statements may only read.
    pub(super) reads_only: bool,
    /// The folders below which statements may read files.
    pub(super) allowed: Arc<[PathBuf]>,
    pub(super) opening: Opening,
    /// The file `vocabulary.toml` of the graph.
    pub(super) vocabulary: Option<Arc<Source>>,
    /// The vocabulary of the graph and its index; `None` before the first question.
    pub(super) lexicon: Option<Arc<Lexicon>>,
    pub(super) transaction: Option<OpenTransaction>,
    /// The number of transactions that have begun.
    transactions: u64,
    pub(super) session: Session,
    /// Whether the ids of what is deleted are not reused yet, because a statement of several transactions holds ids.
    pub(super) keeps_ids: bool,
    /// The statuses of the last statement.
    pub(super) statuses: Arc<Vec<Status>>,
    /// True if the changes of a statement that failed could not be undone, or were not.
    pub(super) damaged: bool,
}

/// A transaction that has begun and not ended.
#[derive(Clone, Debug)]
pub(super) struct OpenTransaction {
    pub(super) begun: Savepoint,
    pub(super) reads_only: bool,
    /// The savepoints by name, each with the revision of the graph there; a later one hides those of the same name.
    pub(super) savepoints: Vec<(String, Savepoint, u64)>,
    /// The revision of the graph where it began.
    pub(super) revision: u64,
    /// When it began, by the clock of the database.
    at: Instant,
    /// Whether one of its statements failed. Then it can only be rolled back.
    pub(super) failed: bool,
}

impl Database {
    /// A database with an empty graph.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The built-in graph: social work practice as described in four documents, each fact with the lines that support
    /// it. [`OpenOptions::connected_practice`] opens it with an overlay.
    ///
    /// # Panics
    /// Never: a test checks the built-in files.
    #[must_use]
    pub fn connected_practice() -> Self {
        OpenOptions::new()
            .connected_practice()
            .expect("the files that are compiled in are well-formed")
    }

    /// Opens a folder of CSV files, or a file of another format. See [`OpenOptions::open`].
    ///
    /// # Errors
    /// All problems of the files, up to a hundred; for a script, the first error.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        OpenOptions::new().open(path)
    }

    /// A database for a graph.
    #[must_use]
    pub fn from_graph(graph: Graph) -> Self {
        Self {
            graph: Arc::new(graph),
            ..Self::default()
        }
    }

    /// Sets the clock: seconds and nanoseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn with_clock(mut self, clock: fn() -> (i64, u32)) -> Self {
        self.environment.clock = Some(clock);
        self
    }

    /// Allows statements to read the files below a folder, by `LOAD CSV` and the procedures `load.csv`, `load.json` and
    /// others. Without this, statements read no files. Links that lead out of the folder are refused.
    #[must_use]
    pub fn with_allowed_path(mut self, folder: impl Into<PathBuf>) -> Self {
        let folders = self.allowed.iter().cloned().chain([folder.into()]);
        self.allowed = folders.collect();
        self
    }

    /// Sets the source of random numbers.
    #[must_use]
    pub fn with_random(mut self, random: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.environment.random = Arc::new(random);
        self
    }

    /// Sets the function that returns the bytes which the process holds in memory. With it, a memory limit counts how much
    /// that grows since the start of the statement, also by other threads.
    ///
    /// Without it, a memory limit counts estimates: the rows that operators keep, the answer, undo records and the data
    /// that changes add to the graph, and single strings and lists before they are built. It does not count indexes, or other
    /// values that exist only while an expression is evaluated.
    #[must_use]
    pub fn with_memory(mut self, memory: fn() -> u64) -> Self {
        self.environment.memory = Some(memory);
        self
    }

    /// Sets the default limits of each statement.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the maximum number of threads that run a statement. Without it, large statements use the threads of rayon's
    /// global pool, one per core unless `RAYON_NUM_THREADS` says otherwise; the pool starts with the first of them.
    #[must_use]
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// The default limits of each statement.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Sets the text of `vocabulary.toml`, for questions; `docs/VOCABULARY.md` specifies the format. Errors in it are
    /// reported by the first question.
    #[must_use]
    pub fn with_vocabulary(mut self, file: Source) -> Self {
        self.vocabulary = Some(Arc::new(file));
        self.lexicon = None;
        self
    }

    /// What opening the graph decided for itself or left out, for people.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.opening.notes
    }

    /// The rows of tables that opening the graph left out.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.opening.skipped
    }

    /// What tables were guessed to mean when the graph was opened; `None` if nothing was guessed.
    #[must_use]
    pub fn mapping(&self) -> Option<&Mapping> {
        self.opening.mapping.as_ref()
    }

    /// The vocabulary file of the graph, or `None` if there is none.
    pub(super) fn vocabulary_file(&self) -> Option<Arc<Source>> {
        let given = self.vocabulary.clone();
        given.or_else(|| match &*self.origin {
            Origin::BuiltIn(..) => {
                let text = builtin::file(VOCABULARY)?;
                Some(Arc::new(Source::new(VOCABULARY, text)))
            }
            Origin::Unknown | Origin::Files { .. } => None,
        })
    }

    /// A statement to run. One semicolon at its end is ignored.
    pub fn query(&mut self, text: impl Into<String>) -> Statement<'_> {
        let source = Source::new("query", text);
        let span = Span::new(0, source.text.len());
        Statement::new(self, Arc::new(source), span)
    }

    /// A statement in a larger text, such as a script; see [`split`](crate::split). Spans of errors refer to that text.
    pub fn query_within(&mut self, source: &Arc<Source>, span: Span) -> Statement<'_> {
        Statement::new(self, source.clone(), span)
    }

    /// A statement made for a question.
    pub(super) fn statement(
        &mut self,
        query: &ast::Query,
        limits: Limits,
        cancel: &CancelToken,
    ) -> Statement<'_> {
        let statement = self.query(query.to_string()).of_question();
        statement.limits(limits).cancel(cancel)
    }

    /// Runs the statements of a script in order, up to the first error. Each statement is its own transaction unless
    /// the script uses `BEGIN`.
    ///
    /// # Errors
    /// The error of the failed statement, with its span in the script.
    pub fn run_script(&mut self, source: &Arc<Source>) -> Result<Vec<Answer>, Error> {
        let run =
            |statement: syntax::StatementSpan| self.query_within(source, statement.span).run();
        syntax::split(&source.text).map(run).collect()
    }

    /// Opens a transaction as a guard that rolls back on drop unless it is committed.
    ///
    /// # Errors
    /// If a transaction is open.
    pub fn transaction(&mut self) -> Result<Transaction<'_>, Error> {
        self.begin()?;
        Ok(Transaction::new(self))
    }

    /// Opens a transaction, like the statement `BEGIN`.
    ///
    /// # Errors
    /// If a transaction is open.
    pub fn begin(&mut self) -> Result<(), Error> {
        self.transactions += 1;
        if self.transaction.is_some() {
            let open = state("expected no open transaction, found one");
            return Err(open.help("end it with `COMMIT` or `ROLLBACK`").into());
        }
        self.engage().map_err(|error| Error::new(*error))?;
        self.transaction = Some(OpenTransaction {
            begun: self.graph.savepoint(),
            reads_only: false,
            savepoints: Vec::new(),
            revision: self.revision,
            at: self.environment.clock()(),
            failed: false,
        });
        Ok(())
    }

    /// Commits the changes since [`Database::begin`], like the statement `COMMIT`.
    ///
    /// # Errors
    /// If no transaction is open, or the open one has failed. If its changes cannot be written to the journal, they are
    /// undone.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.working()?;
        if self.transaction.is_none() {
            return Err(none_open());
        }
        if let Err(fault) = self.keep() {
            self.rollback()?;
            return Err(Diagnostic::from(fault).into());
        }
        self.transaction = None;
        if self.graph.has_changed() {
            self.graph_mut().commit();
            self.has_committed();
        }
        self.disengage();
        Ok(())
    }

    /// Writes the changes since the last commit to the journal of the folder, if there is one.
    pub(super) fn keep(&mut self) -> Result<(), Fault> {
        let graph = Arc::clone(&self.graph);
        let folder = self.written_folder();
        folder.map_or(Ok(()), |folder| folder.keep(&graph))
    }

    /// Whether each committed change is on disk: the graph is a folder that was opened with a journal.
    #[must_use]
    pub fn keeps_changes(&self) -> bool {
        self.folder.as_ref().is_some_and(Folder::keeps)
    }

    /// The folder that the graph was opened from, without links; `None` for other graphs.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(Folder::path)
    }

    /// The number of transactions in the journal of the folder since its files were saved.
    #[must_use]
    pub fn journaled(&self) -> u64 {
        self.folder.as_ref().map_or(0, Folder::transactions)
    }

    /// Refuses every statement that would change the graph.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.reads_only = true;
        self
    }

    /// Undoes the changes since [`Database::begin`], like the statement `ROLLBACK`.
    ///
    /// # Errors
    /// If no transaction is open.
    pub fn rollback(&mut self) -> Result<(), Error> {
        let transaction = self.transaction.take().ok_or_else(none_open)?;
        self.undo(transaction.begun);
        self.revision = transaction.revision;
        self.changed();
        self.disengage();
        Ok(())
    }

    /// Whether a transaction is open.
    #[must_use]
    pub fn in_transaction(&self) -> bool {
        self.transaction.is_some()
    }

    /// Whether a statement of the open transaction has failed. Then the transaction accepts only `ROLLBACK`.
    #[must_use]
    pub fn transaction_failed(&self) -> bool {
        self.transaction.as_ref().is_some_and(|open| open.failed)
    }

    /// The transaction of the next statement.
    pub(super) fn running(&mut self, reads_only: bool) -> Running {
        if self.transaction.is_none() {
            self.transactions += 1;
        }
        Running {
            number: self.transactions,
            begun: self.transaction.as_ref().map(|open| open.at),
            reads_only: reads_only || self.reads_only(),
        }
    }

    /// Marks the open transaction, if there is one, as failed.
    pub(super) fn fail_transaction(&mut self) {
        if let Some(open) = &mut self.transaction {
            open.failed = true;
        }
    }

    /// An error if the open transaction has failed.
    pub(super) fn working(&self) -> Result<(), Diagnostic> {
        if !self.transaction_failed() {
            return Ok(());
        }
        let failed = state("expected `ROLLBACK` after the error in the transaction");
        Err(failed.help("`ROLLBACK` undoes the transaction; then begin it again"))
    }

    /// Empties the graph, ends a transaction, and removes registered procedures, the manifest and the vocabulary.
    pub fn reset(&mut self) {
        self.graph = Arc::default();
        self.procedures = Arc::default();
        self.origin = Arc::default();
        self.connection = None;
        self.folder = None;
        self.vocabulary = None;
        self.lexicon = None;
        self.transaction = None;
        self.session = Session::default();
        self.damaged = false;
        self.changed();
        self.revision += 1;
    }

    /// A number that each statement that changes the graph increases. A rollback restores it. While it is equal, the graph
    /// is unchanged.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The parameters that `SESSION SET VALUE` has set. A parameter of a statement hides one of the same name.
    #[must_use]
    pub fn session_parameters(&self) -> &Entries {
        &self.session.parameters
    }

    /// Whether `SESSION CLOSE` has ended the session. The database then refuses all statements.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.session.is_closed
    }

    /// Registers a procedure; replaces one of the same name.
    pub fn register(&mut self, procedure: Procedure) {
        Arc::make_mut(&mut self.procedures).register(procedure);
        self.changed();
    }

    /// The registered procedures.
    #[must_use]
    pub fn procedures(&self) -> &Procedures {
        &self.procedures
    }

    /// The labels, types and properties of the graph, with exact counts. Visits every relationship and every property
    /// value.
    #[must_use]
    pub fn schema(&self) -> Schema {
        schema::summary(&self.graph)
    }

    /// Every node and relationship of the graph, with its content.
    #[must_use]
    pub fn snapshot(&self) -> Entities {
        Entities::all(&self.graph)
    }

    /// The manifest of the graph, or `None` if there is none.
    #[must_use]
    pub fn manifest(&self) -> Option<&Manifest> {
        self.origin.manifest()
    }

    /// The names of the loaded overlays.
    #[must_use]
    pub fn overlays(&self) -> &[String] {
        self.origin.overlays()
    }

    /// The rules of the manifest that every statement must keep, as sentences: uniqueness and required properties.
    pub fn constraints(&self) -> impl Iterator<Item = &str> {
        let manifest = self.manifest().into_iter();
        let rules = manifest.flat_map(|manifest| check::constraints(manifest, self.overlays()));
        rules.map(|rule| rule.says.as_str())
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The graph, for changes. A graph that others share is copied.
    pub(super) fn graph_mut(&mut self) -> &mut Graph {
        Arc::make_mut(&mut self.graph)
    }

    /// Declares that plans and lexicons do not hold any more.
    pub(super) fn changed(&mut self) {
        self.version = self.versions.fetch_add(1, Ordering::Relaxed) + 1;
    }

    /// The cache of statements.
    pub(super) fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A statement with lifted literals; see `lifted`.
    pub(super) fn shaped(&self, text: &str) -> Option<Shaped> {
        lifted::shaped(&mut self.cache(), text)
    }

    /// A database of the same graph, with the same environment and cache, and without transaction, folder and session.
    pub(super) fn fork(&self) -> Self {
        Self {
            graph: Arc::clone(&self.graph),
            procedures: Arc::clone(&self.procedures),
            environment: self.environment.clone(),
            cache: Arc::clone(&self.cache),
            versions: Arc::clone(&self.versions),
            limits: self.limits,
            threads: self.threads,
            origin: Arc::clone(&self.origin),
            reads_only: self.reads_only,
            allowed: Arc::clone(&self.allowed),
            vocabulary: self.vocabulary.clone(),
            ..Self::default()
        }
    }

    pub(super) fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = Arc::new(origin);
        self
    }

    /// Runs a statement that is not a query.
    pub(super) fn control(&mut self, body: &ast::Body) -> Result<Answer, Box<Diagnostic>> {
        let done = match body {
            ast::Body::Query(_) | ast::Body::Session(_) => Ok(()),
            ast::Body::Begin { reads_only } => self.begin().map(|()| {
                if let Some(open) = &mut self.transaction {
                    open.reads_only = *reads_only;
                }
            }),
            ast::Body::Commit => self.commit(),
            ast::Body::Rollback(None) => self.rollback(),
            ast::Body::Rollback(Some(name)) => return self.rollback_to(name),
            ast::Body::Savepoint(name) => self.set_savepoint(name),
            ast::Body::Release(name) => return self.release(name),
        };
        done.map_err(|error| Box::new(error.diagnostic().clone()))?;
        Ok(Answer::default())
    }

    /// Whether a statement that failed has left the graph half changed: after a panic, or because it was
    /// [without undo](Statement::without_undo). All statements are refused then.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.damaged
    }
}

pub(super) fn none_open() -> Error {
    let none = state("expected an open transaction, found none");
    none.help("open one with `BEGIN`").into()
}

fn state(message: &str) -> Diagnostic {
    Diagnostic::whole(Code::InvalidTransactionState, message)
}
