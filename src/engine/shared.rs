//! A graph that several connections share: they read its last committed version while one of them changes it.
//!
//! A version of the graph is immutable while it is shared. A connection that reads holds the version that was committed last
//! when its statement or transaction began, so readers and the writer do not wait for each other. A connection that writes
//! holds the only [`Ticket`]. It changes a copy, which becomes the next version with the commit; a short statement outside of a
//! transaction changes the version itself if no other connection holds it, while statements that begin wait.

use std::{
    fmt,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crate::{
    base::{Code, Diagnostic},
    engine::{CancelToken, Database, folder::Folder, lexicon::Lexicon, patience::Patience},
    graph::Graph,
    plan::{Node, Plan},
};

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// A statement that is expected to handle more rows than this works on a copy of the graph, so that readers need not wait.
const SHORT: f64 = 10_000.0;

/// The time in nanoseconds that it takes to copy one entity, about: the writer waits for readers as long as a copy would take.
const COPY: u64 = 100;

/// How long a connection waits at a time before it checks its limits.
const PAUSE: Duration = Duration::from_millis(10);

/// A database that many threads use at the same time, each through its own connection; see `docs/CONCURRENCY.md`.
///
/// ```
/// # fn main() -> Result<(), relata::Error> {
/// let shared = relata::Database::empty().share();
/// let (mut one, mut other) = (shared.connect(), shared.connect());
/// one.begin()?;
/// one.query("CREATE (:City)").run()?;
/// assert_eq!(other.query("MATCH (c:City) RETURN c").run()?.len(), 0);
/// one.commit()?;
/// assert_eq!(other.query("MATCH (c:City) RETURN c").run()?.len(), 1);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct SharedDatabase {
    store: Arc<Store>,
    /// What connections begin with.
    origin: Arc<Mutex<Database>>,
}

/// The last committed version of the graph, and who changes it.
struct Store {
    state: Mutex<State>,
    /// Notified when the writer ends, and when a reader does that the writer waits for.
    changed: Condvar,
    /// Whether the writer waits for readers.
    awaited: AtomicBool,
}

struct State {
    /// `None` while a statement changes it in place.
    committed: Option<Version>,
    /// Whether a connection has the ticket.
    writing: bool,
    /// The folder, while nobody writes.
    folder: Option<Folder>,
}

/// A version of the graph.
#[derive(Clone)]
struct Version {
    graph: Arc<Graph>,
    number: u64,
    revision: u64,
    lexicon: Option<Arc<Lexicon>>,
    damaged: bool,
}

/// The connection of a database to a store.
pub(super) struct Connection {
    store: Arc<Store>,
    /// The number of those on the stack who look at the graph.
    holds: u32,
    /// Whether no statement of the open transaction has read the graph.
    fresh: bool,
    ticket: Option<Ticket>,
    /// What the database holds while it looks at no version.
    nothing: Arc<Graph>,
}

/// The right to change the graph.
struct Ticket {
    store: Arc<Store>,
    folder: Option<Folder>,
    /// Whether the version itself is changed, not a copy.
    in_place: bool,
    /// Whether something was committed.
    committed: bool,
}

impl Database {
    /// Shares the graph between connections.
    ///
    /// # Panics
    /// If the database is a connection itself, or a transaction is open.
    #[must_use]
    pub fn share(mut self) -> SharedDatabase {
        assert!(self.connection.is_none(), "is not shared yet");
        assert!(self.transaction.is_none(), "has no open transaction");
        let committed = Some(self.version_now());
        let state = State {
            committed,
            writing: false,
            folder: self.folder.take(),
        };
        let store = Arc::new(Store {
            state: Mutex::new(state),
            changed: Condvar::new(),
            awaited: AtomicBool::new(false),
        });
        self.graph = Arc::default();
        self.lexicon = None;
        let origin = Arc::new(Mutex::new(self));
        SharedDatabase { store, origin }
    }

    /// Calls `work` with the last committed version of a shared graph, or with that of the open transaction. Between statements, a
    /// connection holds no version outside of transactions: its graph is empty.
    ///
    /// # Errors
    /// If the time limit ends before the version can be read.
    pub fn looking<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> T,
    ) -> std::result::Result<T, crate::engine::Error> {
        self.enter(&Patience::new(&CancelToken::new(), self.limits().time))
            .map_err(|error| crate::engine::Error::new(*error))?;
        let result = work(self);
        self.leave();
        Ok(result)
    }

    /// Whether the open transaction has changed a shared graph, so that other connections cannot.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        let connection = self.connection.as_ref();
        connection.is_some_and(|connection| connection.ticket.is_some())
    }

    /// Holds the version that was committed last, unless one is held already.
    pub(super) fn enter(&mut self, patience: &Patience) -> Result<()> {
        let in_transaction = self.transaction.is_some();
        let Some(connection) = &mut self.connection else {
            return Ok(());
        };
        if connection.holds == 0 && !in_transaction {
            let version = connection.store.read(patience)?;
            self.adopt(version);
        }
        self.connection.as_mut().expect("is connected").holds += 1;
        Ok(())
    }

    /// The opposite of [`Self::enter`]: outside of a transaction, publishes what was committed and lets the version go.
    pub(super) fn leave(&mut self) {
        let in_transaction = self.transaction.is_some();
        let Some(connection) = &mut self.connection else {
            return;
        };
        connection.holds -= 1;
        if connection.holds == 0 && !in_transaction {
            self.disengage();
        }
    }

    /// Publishes what was committed and lets the version go, unless someone on the stack looks at it.
    pub(super) fn disengage(&mut self) {
        let now = self.version_now();
        let Some(connection) = &mut self.connection else {
            return;
        };
        if connection.holds > 0 {
            return;
        }
        self.graph = Arc::clone(&connection.nothing);
        match connection.ticket.take() {
            Some(ticket) => ticket.publish(now),
            None => {
                drop(now);
                connection.store.let_go();
            }
        }
        self.damaged = false;
    }

    /// Holds a version from the beginning of a transaction.
    pub(super) fn engage(&mut self) -> Result<()> {
        let patience = Patience::new(&CancelToken::new(), self.limits().time);
        let Some(connection) = &mut self.connection else {
            return Ok(());
        };
        connection.fresh = true;
        if connection.holds == 0 {
            let version = connection.store.read(&patience)?;
            self.adopt(version);
        }
        Ok(())
    }

    /// Declares that a statement has read the graph.
    pub(super) fn has_read(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.fresh = false;
        }
    }

    /// Obtains the right to change the graph for a plan. True if the graph is another version then, so that the plan does not
    /// hold.
    ///
    /// # Errors
    /// If another connection keeps the right too long, or has committed since the open transaction has read the graph.
    pub(super) fn begin_write(&mut self, plan: &Plan, patience: &Patience) -> Result<bool> {
        let in_transaction = self.transaction.is_some();
        let Some(connection) = &mut self.connection else {
            return Ok(false);
        };
        if connection.ticket.is_some() {
            return Ok(false);
        }
        let store = Arc::clone(&connection.store);
        let mut state = store.wait(patience, |state| state.writing || state.committed.is_none())?;
        let committed = state.committed.clone().expect("was waited for");
        let stale = committed.number != self.version;
        if stale && in_transaction && !connection.fresh {
            return Err(Box::new(conflict()));
        }
        state.writing = true;
        let in_place = !in_transaction && is_short(plan);
        connection.ticket = Some(Ticket {
            store: Arc::clone(&store),
            folder: state.folder.take(),
            in_place,
            committed: false,
        });
        if in_place {
            state.committed = None;
        }
        if stale {
            self.adopt(committed);
        } else {
            drop(committed);
        }
        if in_place {
            store.wait_for_readers(state, &self.graph);
        }
        Ok(stale)
    }

    /// Declares that the changes are final.
    pub(super) fn has_committed(&mut self) {
        let connection = self.connection.as_mut();
        if let Some(ticket) = connection.and_then(|connection| connection.ticket.as_mut()) {
            ticket.committed = true;
        }
    }

    /// The folder to which changes are written.
    pub(super) fn written_folder(&mut self) -> Option<&mut Folder> {
        match &mut self.connection {
            None => self.folder.as_mut(),
            Some(connection) => connection.ticket.as_mut()?.folder.as_mut(),
        }
    }

    /// Shares the lexicon of the committed version.
    pub(super) fn offer_lexicon(&self, lexicon: &Arc<Lexicon>) {
        let Some(connection) = &self.connection else {
            return;
        };
        let mut state = connection.store.lock();
        let committed = state.committed.as_mut();
        if let Some(version) = committed.filter(|version| version.number == self.version) {
            version.lexicon = Some(Arc::clone(lexicon));
        }
    }

    fn adopt(&mut self, version: Version) {
        self.graph = version.graph;
        self.version = version.number;
        self.revision = version.revision;
        self.damaged = version.damaged;
        self.lexicon = version.lexicon.or(self.lexicon.take());
        if let Some(open) = &mut self.transaction {
            open.begun = self.graph.savepoint();
            open.revision = self.revision;
        }
    }

    fn version_now(&self) -> Version {
        let lexicon = self.lexicon.clone();
        Version {
            graph: Arc::clone(&self.graph),
            number: self.version,
            revision: self.revision,
            lexicon: lexicon.filter(|lexicon| lexicon.is_of(self.version)),
            damaged: self.damaged,
        }
    }
}

impl SharedDatabase {
    /// A connection: a database with its own transactions, session and limits.
    #[must_use]
    pub fn connect(&self) -> Database {
        let mut database = self
            .origin
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fork();
        let nothing = Arc::clone(&database.graph);
        database.connection = Some(Connection {
            store: Arc::clone(&self.store),
            holds: 0,
            fresh: false,
            ticket: None,
            nothing,
        });
        database
    }
}

impl Store {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last committed version.
    fn read(&self, patience: &Patience) -> Result<Version> {
        let state = self.wait(patience, |state| state.committed.is_none())?;
        Ok(state.committed.clone().expect("was waited for"))
    }

    /// Waits while a condition holds.
    fn wait(
        &self,
        patience: &Patience,
        mut unfit: impl FnMut(&State) -> bool,
    ) -> Result<MutexGuard<'_, State>> {
        let mut state = self.lock();
        let mut pauses = 0;
        while unfit(&state) {
            patience.check(PAUSE * pauses)?;
            let waited = self.changed.wait_timeout(state, PAUSE);
            let (guard, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            state = guard;
            pauses += u32::from(timeout.timed_out());
        }
        Ok(state)
    }

    /// Waits until nobody else holds the graph, as long as a copy of it would take.
    fn wait_for_readers(&self, state: MutexGuard<'_, State>, graph: &Arc<Graph>) {
        let entities = graph.node_count() as u64 + graph.relationship_count() as u64;
        let longest = Duration::from_nanos(entities.saturating_mul(COPY));
        self.awaited.store(true, Ordering::SeqCst);
        let held = |_: &mut State| Arc::strong_count(graph) > 1;
        let waited = self.changed.wait_timeout_while(state, longest, held);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        self.awaited.store(false, Ordering::SeqCst);
    }

    /// Tells the writer that a reader holds its version no longer.
    fn let_go(&self) {
        if self.awaited.load(Ordering::SeqCst) {
            let _state = self.lock();
            self.changed.notify_all();
        }
    }
}

impl Ticket {
    /// Ends the right; the version becomes the committed one if there is something to publish.
    fn publish(self, now: Version) {
        let publishes = self.in_place || self.committed && !now.damaged;
        if publishes {
            self.store.lock().committed = Some(now);
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = self.store.lock();
        state.writing = false;
        state.folder = self.folder.take();
        if state.committed.is_none() {
            // Whoever changed it is gone. Its state is unknown.
            state.committed = Some(Version {
                graph: Arc::default(),
                number: 0,
                revision: 0,
                lexicon: None,
                damaged: true,
            });
        }
        self.store.changed.notify_all();
    }
}

/// Whether a plan is expected to handle few rows.
fn is_short(plan: &Plan) -> bool {
    fn rows(node: &Node) -> f64 {
        node.rows + node.inputs.iter().map(rows).sum::<f64>()
    }
    rows(&plan.root) < SHORT
}

fn conflict() -> Diagnostic {
    let message = "another transaction has changed the graph since this one read it";
    Diagnostic::whole(Code::TransactionConflict, message)
        .help("roll back and repeat the transaction")
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}
