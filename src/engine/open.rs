//! Opens graphs from files, scripts and the program itself.

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::{
    base::{Code, Diagnostic, LONGEST_TEXT, Source, Stop, read_file},
    engine::{
        CancelToken, Database, Error, Limits,
        database::VOCABULARY,
        environment::{Instant, nanos_between},
        folder::Folder,
        origin::Origin,
    },
    exchange::{RdfOptions, TableOptions},
    graph::{
        FolderLock, Graph, builtin,
        load::{self, Input, LoadError, Loaded, NodeSpec, Options, RelationshipSpec},
        save,
    },
};

/// Options for opening a graph.
///
/// ```no_run
/// # fn main() -> Result<(), relata::Error> {
/// let database = relata::OpenOptions::new()
///     .nodes("Person=people.csv")
///     .relationships("KNOWS=knows.csv")
///     .delimiter('|')
///     .open_files()?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    pub(super) overlays: Vec<String>,
    nodes: Vec<String>,
    relationships: Vec<String>,
    options: Options,
    pub(super) table_options: TableOptions,
    pub(super) rdf_options: RdfOptions,
    allowed: Vec<PathBuf>,
    pub(super) limits: Limits,
    clock: Option<fn() -> Instant>,
    pub(super) cancel: CancelToken,
    journal: bool,
}

impl OpenOptions {
    /// Default options: delimiters are detected, no overlays are loaded.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Loads an overlay: a part of the graph that is not loaded by default.
    #[must_use]
    pub fn overlay(mut self, name: impl Into<String>) -> Self {
        self.overlays.push(name.into());
        self
    }

    /// Reads nodes from files, in the syntax of `neo4j-admin database import`: `Message:Comment=Comment.csv`.
    #[must_use]
    pub fn nodes(mut self, files: impl Into<String>) -> Self {
        self.nodes.push(files.into());
        self
    }

    /// Reads relationships from files: `KNOWS=Person_knows_Person.csv`.
    #[must_use]
    pub fn relationships(mut self, files: impl Into<String>) -> Self {
        self.relationships.push(files.into());
        self
    }

    /// Sets the field delimiter.
    #[must_use]
    pub fn delimiter(mut self, delimiter: char) -> Self {
        self.options.delimiter = Some(delimiter);
        self
    }

    /// Sets the delimiter between the items of a list.
    #[must_use]
    pub fn array_delimiter(mut self, delimiter: char) -> Self {
        self.options.array_delimiter = Some(delimiter);
        self
    }

    /// Sets the limits of opening: the time of all of it, and the other limits of each statement of a script. A limit of time
    /// needs [`OpenOptions::clock`].
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the clock of the limit of time and of the database: seconds and nanoseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn clock(mut self, clock: fn() -> (i64, u32)) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Allows the statements of scripts, and of the database, to read the files below a folder; see
    /// [`Database::with_allowed_path`].
    #[must_use]
    pub fn allowed_path(mut self, folder: impl Into<PathBuf>) -> Self {
        self.allowed.push(folder.into());
        self
    }

    /// Lets the token interrupt the opening.
    #[must_use]
    pub fn cancel(mut self, token: &CancelToken) -> Self {
        self.cancel = token.clone();
        self
    }

    /// Writes the changes of each transaction to a journal in the folder before the transaction is answered, so that no crash
    /// loses them. Saving the graph to its folder empties the journal.
    ///
    /// One process can write; a change is refused while another process writes, or after it has written. A journal that a
    /// folder has is read without this option, too.
    #[must_use]
    pub fn journal(mut self) -> Self {
        self.journal = true;
        self
    }

    /// Opens a graph: a folder of CSV files, or a file of a format of [`GraphFormat::all`](crate::GraphFormat::all), which is
    /// recognised by its content and the ending of its name. The files of [`OpenOptions::nodes`] and
    /// [`OpenOptions::relationships`] are added to a folder; their relationships can refer to its nodes.
    ///
    /// # Errors
    /// All problems of the files, up to a hundred; for a script, the first error.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Database, Error> {
        self.open_all(&[path])
    }

    /// Opens only the files of [`OpenOptions::nodes`] and [`OpenOptions::relationships`].
    ///
    /// # Errors
    /// All problems of the files, up to a hundred.
    pub fn open_files(&self) -> Result<Database, Error> {
        let stop = self.stop()?;
        self.tables(Input::default(), &stop)
    }

    /// Opens the built-in graph.
    ///
    /// # Errors
    /// If an overlay does not exist.
    pub fn connected_practice(&self) -> Result<Database, Error> {
        let graph = builtin::connected_practice(&self.overlays);
        let graph: Graph = graph.map_err(|error| problems(error, &Stop::default()))?;
        let origin = Origin::built_in(self.overlays.clone());
        Ok(self.equipped(Database::from_graph(graph).with_origin(origin)))
    }

    /// The folder of CSV files at a path, with the files of the options.
    pub(super) fn folder(&self, path: &Path, stop: &Stop) -> Result<Database, Error> {
        let stopped = |error| problems(error, stop);
        let lock = locked(path, stop)?;
        let folder = Input::folder(path, &self.overlays, stop).map_err(stopped)?;
        let alone = self.nodes.is_empty() && self.relationships.is_empty();
        let mut loaded = self.load(folder, stop)?;
        let (overlays, keeps) = (&self.overlays, self.journal && alone);
        let folder = Folder::of(path, overlays, keeps, &mut loaded.graph, stop);
        let folder = folder.map_err(|fault| match stop.reason() {
            Some(reason) => ended(reason),
            None => Diagnostic::from(fault).into(),
        })?;
        drop(lock);
        let mut database = self.database(loaded);
        database.folder = Some(folder);
        Ok(match vocabulary(path, stop)? {
            Some(file) => database.with_vocabulary(file),
            None => database,
        })
    }

    /// Tables with typed headers, with the files of the options.
    pub(super) fn tables(&self, input: Input<'_>, stop: &Stop) -> Result<Database, Error> {
        Ok(self.database(self.load(input, stop)?))
    }

    fn load(&self, input: Input<'_>, stop: &Stop) -> Result<Loaded, Error> {
        let options = Options {
            stop: stop.clone(),
            ..self.options.clone()
        };
        let input = input.and(self.named_files(stop)?);
        load::load(input, &options).map_err(|error| problems(error, stop))
    }

    /// A file or overlay of the options, which only tables can be combined with.
    pub(super) fn addition(&self) -> Option<&String> {
        let files = self.nodes.iter().chain(&self.relationships);
        files.chain(&self.overlays).next()
    }

    pub(super) fn named_files(&self, stop: &Stop) -> Result<Input<'static>, Error> {
        let nodes: Vec<NodeSpec> = specs(&self.nodes)?;
        let relationships: Vec<RelationshipSpec> = specs(&self.relationships)?;
        let input = Input::specs(&nodes, &relationships, stop);
        input.map_err(|error| problems(error, stop))
    }

    /// When to end the opening; the time starts here.
    pub(super) fn stop(&self) -> Result<Stop, Error> {
        let cancel = self.cancel.clone();
        let cancelled = move || cancel.is_cancelled().then_some(Code::Cancelled);
        let Some(limit) = self.limits.time else {
            return Ok(Stop::when(cancelled));
        };
        let clock = self.clock.ok_or_else(timeless)?;
        let start = clock();
        Ok(Stop::when(move || {
            let passed = Duration::from_nanos(nanos_between(start, clock()));
            cancelled().or((passed > limit).then_some(Code::TimeLimit))
        }))
    }

    /// The database with what the options give it: the clock, and the folders that statements may read.
    pub(super) fn equipped(&self, database: Database) -> Database {
        let folders = self.allowed.iter();
        let database = folders.fold(database, Database::with_allowed_path);
        match self.clock {
            Some(clock) => database.with_clock(clock),
            None => database,
        }
    }

    fn database(&self, loaded: Loaded) -> Database {
        let database = self.equipped(Database::from_graph(loaded.graph));
        match loaded.manifest {
            Some(manifest) => database.with_origin(Origin::Files {
                manifest: Box::new(manifest),
                overlays: self.overlays.clone(),
            }),
            None => database,
        }
    }
}

/// Locks a folder for reading its files; completes a save of them that was interrupted.
fn locked(folder: &Path, stop: &Stop) -> Result<FolderLock, Error> {
    let lock = FolderLock::shared(folder, stop).and_then(|mut lock| {
        while save::is_incomplete(folder) {
            drop(lock);
            save::complete(folder, stop)?;
            lock = FolderLock::shared(folder, stop)?;
        }
        Ok(lock)
    });
    lock.map_err(|error| match stop.reason() {
        Some(reason) => ended(reason),
        None => {
            let message = format!(
                "{}: a save that was interrupted cannot be completed: {error}",
                folder.display()
            );
            let help = "open the graph where its folder can be written";
            Diagnostic::whole(Code::LoadProblem, message)
                .help(help)
                .into()
        }
    })
}

/// Frees a graph on a thread of its own: the caller waits for the error.
pub(super) fn discard(database: Database) {
    // Without another thread the graph is freed here.
    let _ = thread::Builder::new().spawn(move || drop(database));
}

/// The vocabulary file in a folder, or `None` if there is none.
fn vocabulary(folder: &Path, stop: &Stop) -> Result<Option<Source>, Error> {
    let path = folder.join(VOCABULARY);
    // A link without a file is an error, not a missing file.
    if path
        .symlink_metadata()
        .is_err_and(|error| error.kind() == ErrorKind::NotFound)
    {
        return Ok(None);
    }
    text(&path, stop).map(Some)
}

/// The text of a file.
fn text(path: &Path, stop: &Stop) -> Result<Source, Error> {
    let name = path.display().to_string();
    let text = read_file(path, LONGEST_TEXT, stop).and_then(decoded);
    match text {
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => match stop.reason() {
            Some(reason) => Err(ended(reason)),
            None => {
                let message = format!("{name}: {error}");
                Err(Diagnostic::whole(Code::LoadProblem, message).into())
            }
        },
    }
}

fn decoded(bytes: Vec<u8>) -> io::Result<String> {
    let wrong = |kind, message: &str| io::Error::new(kind, message);
    if u32::try_from(bytes.len()).is_err() {
        return Err(wrong(ErrorKind::FileTooLarge, "expected at most 4 GiB"));
    }
    let text = String::from_utf8(bytes);
    text.map_err(|_| wrong(ErrorKind::InvalidData, "stream did not contain valid UTF-8"))
}

/// The error of an opening that was ended early.
pub(super) fn ended(reason: Code) -> Error {
    let message = match reason {
        Code::TimeLimit => "the graph takes longer to open than the limit of time",
        _ => "opening the graph was interrupted",
    };
    Diagnostic::whole(reason, message).into()
}

fn timeless() -> Error {
    let message = "expected a clock for a limit of time, found none";
    let missing = Diagnostic::whole(Code::InvalidArgument, message);
    missing.help("set it with `OpenOptions::clock`").into()
}

fn specs<T: std::str::FromStr<Err = String>>(texts: &[String]) -> Result<Vec<T>, Error> {
    let spec = |text: &String| text.parse();
    let specs: Result<Vec<_>, String> = texts.iter().map(spec).collect();
    specs.map_err(|message| Diagnostic::whole(Code::LoadProblem, message).into())
}

/// The problems of a load, or the reason why it was ended early.
pub(super) fn problems(error: LoadError, stop: &Stop) -> Error {
    if let Some(reason) = stop.reason() {
        return ended(reason);
    }
    let found = Error::all(error.diagnostics());
    found.unwrap_or_else(|| Diagnostic::whole(Code::LoadProblem, error.to_string()).into())
}
