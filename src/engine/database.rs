//! A graph with all that statements need: procedures, limits, a clock.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use crate::{
    answer::{Answer, Entities},
    base::{Code, Diagnostic, Source, Span},
    engine::{
        Error, Limits, OpenOptions, Schema, Statement, Transaction, cache::Cache,
        environment::Environment, lexicon::Lexicon, schema,
    },
    function::{Procedure, Procedures},
    graph::{
        Graph, Savepoint, builtin,
        check::{self, Violation},
        manifest::Manifest,
    },
    plan::Plan,
    syntax::{self, ast},
};

/// The file beside a graph that says what its things are called.
pub(super) const VOCABULARY: &str = "vocabulary.toml";

/// A graph that answers statements.
///
/// A database reads no clock and no source of chance by itself. Unless [`Database::with_clock`] gives it one, `datetime()`
/// is the beginning of 1970, time limits are refused and profiles show no times; `rand()` gives the same numbers in each
/// run unless [`Database::with_random`] says otherwise.
#[derive(Debug, Default)]
pub struct Database {
    pub(super) graph: Graph,
    pub(super) procedures: Procedures,
    pub(super) environment: Environment,
    pub(super) cache: Cache,
    /// Counts what may make plans worse or wrong: changes of the graph and of the procedures.
    pub(super) version: u64,
    limits: Limits,
    pub(super) origin: Origin,
    /// The file `vocabulary.toml` beside the graph.
    vocabulary: Option<Arc<Source>>,
    /// What the graph's things are called, once a question was asked.
    pub(super) lexicon: Option<Arc<Lexicon>>,
    /// Where an open transaction began.
    transaction: Option<Savepoint>,
}

/// Where the graph comes from, which knows what it is about. With the overlays that were taken.
#[derive(Debug, Default)]
pub(super) enum Origin {
    /// From statements, or from files without a manifest.
    #[default]
    Unknown,
    /// From the program. Its manifest is read when it is first asked for.
    BuiltIn(Vec<String>, OnceLock<Box<Manifest>>),
    /// From files with a manifest.
    Files {
        manifest: Box<Manifest>,
        overlays: Vec<String>,
        /// The folder they lie in.
        folder: Option<PathBuf>,
    },
}

impl Origin {
    /// The graph of the program.
    pub(super) fn built_in(overlays: Vec<String>) -> Self {
        Self::BuiltIn(overlays, OnceLock::new())
    }

    fn manifest(&self) -> Option<&Manifest> {
        match self {
            Self::Unknown => None,
            Self::BuiltIn(_, manifest) => {
                Some(manifest.get_or_init(|| Box::new(builtin::manifest())))
            }
            Self::Files { manifest, .. } => Some(manifest),
        }
    }

    fn overlays(&self) -> &[String] {
        match self {
            Self::Unknown => &[],
            Self::BuiltIn(overlays, _) | Self::Files { overlays, .. } => overlays,
        }
    }
}

impl Database {
    /// A database whose graph is empty.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The graph that is compiled in: social work practice as four documents tell it, each fact with the lines it rests
    /// on. [`OpenOptions::connected_practice`] opens it with an overlay.
    ///
    /// # Panics
    /// Never: that the files compiled in are well-formed is tested.
    #[must_use]
    pub fn connected_practice() -> Self {
        OpenOptions::new()
            .connected_practice()
            .expect("the files that are compiled in are well-formed")
    }

    /// Opens a folder of CSV files, or a script of statements that ends in `.cypher`. See [`OpenOptions`].
    ///
    /// # Errors
    /// Every problem of the files, up to a hundred.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        OpenOptions::new().open(path)
    }

    /// A database on a graph.
    #[must_use]
    pub fn from_graph(graph: Graph) -> Self {
        Self {
            graph,
            ..Self::default()
        }
    }

    /// Gives the database a clock: seconds and nanoseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn with_clock(mut self, clock: fn() -> (i64, u32)) -> Self {
        self.environment.clock = Some(clock);
        self
    }

    /// Gives the database a source of random numbers.
    #[must_use]
    pub fn with_random(mut self, random: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.environment.random = Arc::new(random);
        self
    }

    /// Sets what each statement may use, unless it says otherwise itself.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// What each statement may use.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Gives the graph the words of a `vocabulary.toml`, for questions; `docs/VOCABULARY.md` describes the format. What is
    /// wrong with it is said when the first question is asked.
    #[must_use]
    pub fn with_vocabulary(mut self, file: Source) -> Self {
        self.vocabulary = Some(Arc::new(file));
        self.lexicon = None;
        self
    }

    /// The file that says what the things of the graph are called, if there is one.
    pub(super) fn vocabulary_file(&self) -> Option<Arc<Source>> {
        let given = self.vocabulary.clone();
        given.or_else(|| match &self.origin {
            Origin::BuiltIn(..) => {
                let text = builtin::file(VOCABULARY)?;
                Some(Arc::new(Source::new(VOCABULARY, text)))
            }
            Origin::Unknown | Origin::Files { .. } => None,
        })
    }

    /// A statement to run. One semicolon at its end is left out.
    pub fn query(&mut self, text: impl Into<String>) -> Statement<'_> {
        let source = Source::new("query", text);
        let span = Span::new(0, source.text.len());
        Statement::new(self, Arc::new(source), span)
    }

    /// A statement that stands in a larger text, such as a script; see [`split`](crate::split). Errors point into that
    /// text.
    pub fn query_within(&mut self, source: &Arc<Source>, span: Span) -> Statement<'_> {
        Statement::new(self, source.clone(), span)
    }

    /// Runs the statements of a script in order, up to the first that fails. Each is a transaction of its own, unless the
    /// script says otherwise.
    ///
    /// # Errors
    /// That of the statement that failed, with its place in the script.
    pub fn run_script(&mut self, source: &Arc<Source>) -> Result<Vec<Answer>, Error> {
        let statements = syntax::split(&source.text);
        let run =
            |statement: syntax::StatementSpan| self.query_within(source, statement.span).run();
        statements.into_iter().map(run).collect()
    }

    /// Opens a transaction as a guard that undoes it unless it is committed.
    ///
    /// # Errors
    /// If one is open.
    pub fn transaction(&mut self) -> Result<Transaction<'_>, Error> {
        self.begin()?;
        Ok(Transaction::new(self))
    }

    /// Opens a transaction, as the statement `BEGIN` does.
    ///
    /// # Errors
    /// If one is open.
    pub fn begin(&mut self) -> Result<(), Error> {
        if self.transaction.is_some() {
            let open = state("expected no open transaction, found one");
            return Err(open.help("end it with `COMMIT` or `ROLLBACK`").into());
        }
        self.transaction = Some(self.graph.savepoint());
        Ok(())
    }

    /// Keeps what was done since [`Database::begin`], as the statement `COMMIT` does.
    ///
    /// # Errors
    /// If no transaction is open.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.transaction.take().ok_or_else(none_open)?;
        self.graph.commit();
        Ok(())
    }

    /// Undoes what was done since [`Database::begin`], as the statement `ROLLBACK` does.
    ///
    /// # Errors
    /// If no transaction is open.
    pub fn rollback(&mut self) -> Result<(), Error> {
        let savepoint = self.transaction.take().ok_or_else(none_open)?;
        self.graph.rollback(savepoint);
        self.version += 1;
        Ok(())
    }

    /// Whether a transaction is open.
    #[must_use]
    pub fn in_transaction(&self) -> bool {
        self.transaction.is_some()
    }

    /// Empties the graph, ends a transaction and forgets registered procedures.
    pub fn reset(&mut self) {
        self.graph = Graph::new();
        self.procedures = Procedures::new();
        self.origin = Origin::Unknown;
        self.vocabulary = None;
        self.lexicon = None;
        self.transaction = None;
        self.version += 1;
    }

    /// Makes a procedure known, in place of one of the same name.
    pub fn register(&mut self, procedure: Procedure) {
        self.procedures.register(procedure);
        self.version += 1;
    }

    /// The procedures that can be called.
    #[must_use]
    pub fn procedures(&self) -> &Procedures {
        &self.procedures
    }

    /// What there is in the graph, with exact counts. Visits every relationship and every property.
    #[must_use]
    pub fn schema(&self) -> Schema {
        schema::summary(&self.graph)
    }

    /// Every node and relationship of the graph.
    #[must_use]
    pub fn snapshot(&self) -> Entities {
        Entities::all(&self.graph)
    }

    /// What the files of the graph say of it, if they have a manifest.
    #[must_use]
    pub fn manifest(&self) -> Option<&Manifest> {
        self.origin.manifest()
    }

    /// The overlays that were taken.
    #[must_use]
    pub fn overlays(&self) -> &[String] {
        self.origin.overlays()
    }

    /// The rules of the manifest that every statement keeps, as sentences: what is unique, and what everything has.
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

    pub(super) fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// Does what a statement says that is no query.
    pub(super) fn control(&mut self, body: &ast::Body) -> Result<Answer, Box<Diagnostic>> {
        let done = match body {
            ast::Body::Query(_) => Ok(()),
            ast::Body::Begin => self.begin(),
            ast::Body::Commit => self.commit(),
            ast::Body::Rollback => self.rollback(),
        };
        done.map_err(|error| Box::new(error.diagnostic().clone()))?;
        Ok(Answer::default())
    }

    /// The first rule that what was done since the savepoint breaks, if any.
    pub(super) fn violation(&mut self, savepoint: Savepoint) -> Option<Violation> {
        let (graph, origin) = (&mut self.graph, &self.origin);
        check::violation(graph, origin.manifest()?, origin.overlays(), savepoint)
    }

    /// Whether there are rules that statements might break.
    pub(super) fn has_rules(&self) -> bool {
        !matches!(self.origin, Origin::Unknown)
    }

    /// Notes what a statement that ran changed, and makes it final outside of a transaction.
    pub(super) fn settled(
        &mut self,
        plan: &Plan,
        savepoint: Savepoint,
        mut answer: Answer,
    ) -> Answer {
        if plan.writes {
            answer.changes = self.graph.changes_since(savepoint).into();
            self.version += 1;
            if self.transaction.is_none() {
                self.graph.commit();
            }
        }
        answer
    }
}

fn none_open() -> Error {
    let none = state("expected an open transaction, found none");
    none.help("open one with `BEGIN`").into()
}

fn state(message: &str) -> Diagnostic {
    Diagnostic::whole(Code::InvalidTransactionState, message)
}
