//! The file of a journal, which [redb](https://www.redb.org) keeps: a commit is on disk as a whole or not at all, one process
//! writes, and others read meanwhile.

use std::{
    fs::{self, File},
    io,
    path::Path,
    process,
    sync::atomic::{AtomicU64, Ordering},
};

use redb::{
    Builder, ConcurrencyMode, Database, DatabaseError, ReadOnlyDatabase, ReadableDatabase as _,
    ReadableTable as _, TableDefinition, TableError,
};
use serde::{Deserialize, Serialize};

use crate::{
    base::{Code, Fault, Stop},
    graph::{
        Graph,
        journal::{Fingerprint, Replay},
    },
};

/// The name of the file in the folder of a graph.
pub const FILE: &str = "journal.redb";

/// The head of the journal, as JSON under the empty key.
const HEAD: TableDefinition<'_, (), &str> = TableDefinition::new("head");

/// The parts of transactions, by the number of the transaction and that of the part: the number of the process that wrote
/// it, and the redo records.
const PARTS: TableDefinition<'_, (u64, u64), (u64, &[u8])> = TableDefinition::new("parts");

/// The version of the format.
const VERSION: u32 = 1;

/// Bytes of the cache of redb. A journal is read once, from its start to its end.
const CACHE: usize = 8 << 20;

/// How often opening is tried again while another process opens or closes the file.
const ATTEMPTS: usize = 50;

/// What a journal belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    version: u32,
    fingerprint: u64,
    /// The overlays that were loaded.
    pub overlays: Vec<String>,
}

impl Head {
    /// The head of a journal of these files.
    #[must_use]
    pub fn new(fingerprint: Fingerprint, overlays: &[String]) -> Self {
        Self {
            version: VERSION,
            fingerprint: fingerprint.0,
            overlays: overlays.to_vec(),
        }
    }

    /// Whether the journal belongs to files with this fingerprint.
    #[must_use]
    pub fn is_of(&self, fingerprint: Fingerprint) -> bool {
        self.fingerprint == fingerprint.0
    }
}

/// A journal that is open for reading. Other processes may write to it.
pub struct Journal {
    database: ReadOnlyDatabase,
    head: Head,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").field("head", &self.head).finish()
    }
}

impl Journal {
    /// Opens the journal in the folder of a graph; `None` if there is none.
    ///
    /// # Errors
    /// If it cannot be read, or has another format.
    pub fn open(folder: &Path) -> Result<Option<Self>, Fault> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        let database = read_only(&path).map_err(|error| unreadable(&path, error))?;
        let head = head(&database).map_err(|error| unreadable(&path, error))?;
        let head = head.ok_or_else(|| {
            let empty = redb::Error::Corrupted("it has no head".to_owned());
            unreadable(&path, empty)
        })?;
        if head.version != VERSION {
            let message = format!(
                "`{}`: expected a journal of the format {VERSION}, found the format {}",
                path.display(),
                head.version
            );
            return Err(Fault::new(Code::LoadProblem, message)
                .help("open the graph with the program that wrote it"));
        }
        Ok(Some(Self { database, head }))
    }

    /// What the journal belongs to.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The number of the last transaction, or 0.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn last(&self) -> Result<u64, Fault> {
        let end = end(&self.database);
        let end = end.map_err(|error| unreadable(Path::new(FILE), error))?;
        Ok(end.map_or(0, |(transaction, _)| transaction))
    }

    /// Repeats the transactions on the graph of the files, and returns the number of the last one, or 0. Linear in the
    /// number of their changes.
    ///
    /// # Errors
    /// If the file is damaged or does not fit the graph, or `stop` says so.
    pub fn replay(&self, graph: &mut Graph, stop: &Stop) -> Result<u64, Fault> {
        let damaged = |error| unreadable(Path::new(FILE), error);
        let reading = self
            .database
            .begin_read()
            .map_err(|error| damaged(error.into()))?;
        let parts = match reading.open_table(PARTS) {
            Err(TableError::TableDoesNotExist(_)) => return Ok(0),
            parts => parts.map_err(|error| damaged(error.into()))?,
        };
        let mut replay = Replay::default();
        let mut last = 0;
        for part in parts.iter().map_err(|error| damaged(error.into()))? {
            let (key, part) = part.map_err(|error| damaged(error.into()))?;
            let ((transaction, _), (process, bytes)) = (key.value(), part.value());
            if transaction != last {
                graph.commit();
                last = transaction;
            }
            if stop.reason().is_some() {
                return Err(Fault::new(
                    Code::Cancelled,
                    "reading the journal was stopped",
                ));
            }
            replay
                .part(graph, process, bytes)
                .map_err(|_| unfit(transaction))?;
        }
        graph.commit();
        Ok(last)
    }
}

/// A journal that is open for writing. No other process can write to it meanwhile.
pub struct Store {
    database: Database,
    process: u64,
    /// The number of the last transaction.
    last: u64,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("last", &self.last).finish()
    }
}

/// Why a journal cannot be opened for writing.
#[derive(Debug)]
pub enum Refusal {
    /// Another process has it open for writing.
    Locked,
    /// Another process has written to it, or it belongs to other files.
    Changed,
    /// It cannot be written.
    Failed(io::Error),
}

impl Store {
    /// Opens the journal of a folder for writing, or creates it. `last` is the number of the last transaction that the caller
    /// has read, or 0. The caller has locked the folder for reading.
    ///
    /// # Errors
    /// If another process writes to it or has written to it since, or it cannot be written.
    pub fn open(folder: &Path, head: &Head, last: u64) -> Result<Self, Refusal> {
        let path = folder.join(FILE);
        let failed = |error: redb::Error| Refusal::Failed(io_error(error));
        if !path.exists() {
            create(folder, head).map_err(failed)?;
        }
        let database = match builder().open(&path) {
            Err(DatabaseError::DatabaseAlreadyOpen) => return Err(Refusal::Locked),
            database => database.map_err(|error| failed(error.into()))?,
        };
        let found = self::head(&database).map_err(failed)?;
        if found.as_ref() != Some(head) {
            return Err(Refusal::Changed);
        }
        let mut store = Self {
            database,
            process: 1,
            last: 0,
        };
        if let Some((last, process)) = end(&store.database).map_err(failed)? {
            (store.last, store.process) = (last, process + 1);
        }
        if store.last == last {
            Ok(store)
        } else {
            Err(Refusal::Changed)
        }
    }

    /// Writes the changes of a graph since its last commit as a transaction. On `Ok` they are on disk.
    ///
    /// # Errors
    /// If they cannot be written. Then nothing of them is in the journal.
    pub fn append(&mut self, graph: &Graph) -> Result<(), Fault> {
        let failed = |error: redb::Error| unwritable(&io_error(error));
        let writing = self
            .database
            .begin_write()
            .map_err(|error| failed(error.into()))?;
        {
            let mut parts = writing
                .open_table(PARTS)
                .map_err(|error| failed(error.into()))?;
            let mut number = 0;
            graph.redo(|part| {
                let added = parts.insert((self.last + 1, number), (self.process, part));
                added.map_err(|error| failed(error.into()))?;
                number += 1;
                Ok(())
            })?;
            if number == 0 {
                return Ok(());
            }
        }
        writing.commit().map_err(|error| failed(error.into()))?;
        self.last += 1;
        Ok(())
    }

    /// The number of the last transaction, or 0.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.last
    }

    /// Whether a process has the journal of a folder open for writing.
    #[must_use]
    pub fn is_locked(folder: &Path) -> bool {
        let path = folder.join(FILE);
        let opened = path.exists().then(|| builder().open(path));
        matches!(opened, Some(Err(DatabaseError::DatabaseAlreadyOpen)))
    }
}

/// The number of temporary files that this process has made.
static CREATED: AtomicU64 = AtomicU64::new(0);

/// Creates an empty journal, unless there is one by then. A file with the name of the journal is always a whole one.
fn create(folder: &Path, head: &Head) -> Result<(), redb::Error> {
    let number = CREATED.fetch_add(1, Ordering::Relaxed);
    let new = folder.join(format!(".saving-{}-{number}.redb", process::id()));
    let text = serde_json::to_string(head).expect("numbers and names are JSON");
    let made = (|| {
        // A process that was killed may have left one.
        if new.exists() {
            fs::remove_file(&new)?;
        }
        let database = builder().create(&new)?;
        let writing = database.begin_write()?;
        writing.open_table(HEAD)?.insert((), &*text)?;
        writing.commit()?;
        database.close()?;
        // Unlike a rename, a link does not replace what another process has made.
        match fs::hard_link(&new, folder.join(FILE)) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // Not every file system has links.
            Err(_) => fs::rename(&new, folder.join(FILE))?,
        }
        File::open(folder)?.sync_all()?;
        Ok(())
    })();
    drop(fs::remove_file(&new));
    made
}

/// The last transaction and the process that wrote it; `None` if there is none.
fn end(database: &impl redb::ReadableDatabase) -> Result<Option<(u64, u64)>, redb::Error> {
    let reading = database.begin_read()?;
    let parts = match reading.open_table(PARTS) {
        Err(TableError::TableDoesNotExist(_)) => return Ok(None),
        parts => parts?,
    };
    let last = parts.last()?;
    Ok(last.map(|(key, part)| (key.value().0, part.value().0)))
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder
        .set_concurrency_mode(ConcurrencyMode::SingleWriter)
        .set_cache_size(CACHE);
    builder
}

/// Opens a journal for reading. A process that was killed leaves it to be repaired, which needs the right to write.
fn read_only(path: &Path) -> Result<ReadOnlyDatabase, redb::Error> {
    let mut attempts = 0..ATTEMPTS;
    loop {
        match builder().open_read_only(path) {
            Err(DatabaseError::RepairAborted) if attempts.next().is_some() => {
                match builder().open(path) {
                    // A process that has just begun to write repairs it itself.
                    Ok(_) | Err(DatabaseError::DatabaseAlreadyOpen) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            opened => return Ok(opened?),
        }
    }
}

fn head(database: &impl redb::ReadableDatabase) -> Result<Option<Head>, redb::Error> {
    let reading = database.begin_read()?;
    let table = match reading.open_table(HEAD) {
        Err(TableError::TableDoesNotExist(_)) => return Ok(None),
        table => table?,
    };
    let text = table.get(())?;
    let head = text.map(|text| serde_json::from_str(text.value()));
    head.transpose()
        .map_err(|error| redb::Error::Corrupted(error.to_string()))
}

fn io_error(error: redb::Error) -> io::Error {
    match error {
        redb::Error::Io(error) => error,
        error => io::Error::other(error),
    }
}

fn unreadable(path: &Path, error: redb::Error) -> Fault {
    let message = format!("`{}`: the journal cannot be read: {error}", path.display());
    Fault::new(Code::LoadProblem, message)
}

fn unfit(transaction: u64) -> Fault {
    let message =
        format!("`{FILE}`: the transaction {transaction} does not fit the graph of the files");
    Fault::new(Code::LoadProblem, message)
}

fn unwritable(error: &io::Error) -> Fault {
    let message = format!("the changes cannot be written to the journal: {error}");
    Fault::new(Code::JournalProblem, message)
}
