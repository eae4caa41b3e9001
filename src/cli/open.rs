//! Opens the graph that the command line names.

use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use relata::{
    Database, Error, Limits, OpenOptions,
    base::{Code, Diagnostic},
};

use crate::cli::{
    arguments::{ChangeArguments, GraphArguments, LimitArguments},
    memory,
};

/// Opens the graph to read it.
pub(crate) fn open_to_read(arguments: &GraphArguments) -> Result<Database, Error> {
    let changes = ChangeArguments {
        read_only: true,
        no_journal: false,
    };
    open(arguments, changes, &LimitArguments::default())
}

/// Opens the graph, with the system clock and system randomness. The limits hold for the opening and for each statement.
pub(crate) fn open(
    arguments: &GraphArguments,
    changes: ChangeArguments,
    limited: &LimitArguments,
) -> Result<Database, Error> {
    let options = || {
        let options = options(arguments).limits(limits(limited));
        if changes.read_only || changes.no_journal {
            options
        } else {
            options.journal()
        }
    };
    let database = match &arguments.path {
        _ if arguments.empty => Database::empty(),
        Some(path) if is_text(path) => return Err(no_folder(path).into()),
        Some(path) => options().open(path)?,
        None if arguments.names_files() => options().open_files()?,
        None => options().connected_practice()?,
    };
    let database = if changes.read_only {
        database.read_only()
    } else {
        database
    };
    Ok(database
        .with_clock(now)
        .with_random(random)
        .with_memory(memory::resident)
        // The default limit of memory is less what the graph takes.
        .with_limits(limits(limited)))
}

/// Whether a path does not exist and contains a space: probably a statement or a question.
fn is_text(path: &Path) -> bool {
    !path.exists() && path.to_string_lossy().trim().contains(' ')
}

fn no_folder(path: &Path) -> Diagnostic {
    let message = format!("{}: there is no such folder", path.display());
    let help =
        "run a statement with `relata -c 'RETURN 1'`, and a question with `relata -c '? which …'`";
    Diagnostic::whole(Code::LoadProblem, message).help(help)
}

/// The limits of every statement.
pub(crate) fn limits(arguments: &LimitArguments) -> Limits {
    Limits {
        rows: arguments.max_rows,
        memory: arguments.max_memory.or_else(memory::default_limit),
        path_length: arguments.max_path_length,
        time: arguments.timeout,
    }
}

impl GraphArguments {
    fn names_files(&self) -> bool {
        !self.nodes.is_empty() || !self.relationships.is_empty()
    }

    /// The name of the graph in the greeting.
    pub(crate) fn name(&self) -> String {
        match &self.path {
            _ if self.empty => "an empty graph".to_owned(),
            Some(path) => path.display().to_string(),
            None if self.names_files() => "the given files".to_owned(),
            None => "Connected Practice".to_owned(),
        }
    }
}

fn options(arguments: &GraphArguments) -> OpenOptions {
    let mut options = OpenOptions::new().clock(now);
    for name in &arguments.overlay {
        options = options.overlay(name);
    }
    for files in &arguments.nodes {
        options = options.nodes(files);
    }
    for files in &arguments.relationships {
        options = options.relationships(files);
    }
    if let Some(delimiter) = arguments.delimiter {
        options = options.delimiter(delimiter);
    }
    if let Some(delimiter) = arguments.array_delimiter {
        options = options.array_delimiter(delimiter);
    }
    options
}

/// Seconds and nanoseconds since 1970. A system clock before 1970 reads as 1970.
fn now() -> (i64, u32) {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    (
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        since.subsec_nanos(),
    )
}

/// A different number in each call and each process: the system seeds the hasher.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
