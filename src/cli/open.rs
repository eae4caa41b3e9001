//! Opens the graph that the command line names.

use std::{
    fs,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    io::{self, Read as _},
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use relata::{
    CancelToken, Database, Document, Error, Limits, Mapping, OpenOptions, RdfOptions, Skipped,
    TableOptions,
    base::{Code, Diagnostic, LONGEST_TABLE, Stop, read_file},
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
    opened(arguments, changes, limited, &CancelToken::new())
}

/// Opens the graph of a path with the options that read files. Those that name a graph are left out.
pub(crate) fn open_path(
    path: &Path,
    given: &GraphArguments,
    changes: ChangeArguments,
    limited: &LimitArguments,
    token: &CancelToken,
) -> Result<Database, Error> {
    let arguments = GraphArguments {
        paths: vec![path.to_owned()],
        delimiter: given.delimiter,
        array_delimiter: given.array_delimiter,
        tables: given.tables.clone(),
        ..GraphArguments::default()
    };
    opened(&arguments, changes, limited, token)
}

fn opened(
    arguments: &GraphArguments,
    changes: ChangeArguments,
    limited: &LimitArguments,
    token: &CancelToken,
) -> Result<Database, Error> {
    let options = options(arguments)?.limits(limits(limited)).cancel(token);
    let folders = limited.allow_path.iter();
    let options = folders.fold(options, OpenOptions::allowed_path);
    let options = if changes.read_only || changes.no_journal {
        options
    } else {
        options.journal()
    };
    let database = match &*arguments.paths {
        _ if arguments.empty => {
            let folders = limited.allow_path.iter();
            folders.fold(Database::empty(), Database::with_allowed_path)
        }
        [path] if is_text(path) => return Err(no_folder(path).into()),
        [] if arguments.names_files() => options.open_files()?,
        [] => options.connected_practice()?,
        paths => given(&options, &matched(paths)?)?,
    };
    let database = if changes.read_only {
        database.read_only()
    } else {
        database
    };
    report(arguments, &database)?;
    let database = match limited.threads {
        Some(threads) => database.with_threads(threads),
        None => database,
    };
    Ok(database
        .with_clock(now)
        .with_random(random)
        .with_memory(memory::resident)
        // The default limit of memory is less what the graph takes.
        .with_limits(limits(limited)))
}

/// The graph of paths, among them `-` for standard input.
fn given(options: &OpenOptions, paths: &[PathBuf]) -> Result<Database, Error> {
    let standard = Path::new("-");
    if !paths.iter().any(|path| path == standard) {
        return options.open_all(paths);
    }
    let document = |path: &PathBuf| {
        if path == standard {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            return Document::new("standard input", bytes);
        }
        let bytes = read_file(path, LONGEST_TABLE, &Stop::default())?;
        Document::new(path.display().to_string(), bytes)
    };
    let read = |path| document(path).map_err(|error| unreadable(path, &error));
    let documents: Result<Vec<_>, Diagnostic> = paths.iter().map(read).collect();
    options.open_documents(documents?)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("{}: cannot be read: {error}", path.display());
    Diagnostic::whole(Code::LoadProblem, message)
}

/// The paths, with those of patterns in place of the patterns. A path that exists is no pattern.
fn matched(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut all = Vec::with_capacity(paths.len());
    for path in paths {
        let text = path.to_string_lossy();
        if path.exists() || !text.contains(['*', '?', '[']) {
            all.push(path.clone());
            continue;
        }
        let wrong = |message: String| Diagnostic::whole(Code::LoadProblem, message);
        let found = glob::glob(&text).map_err(|error| wrong(format!("{text}: {error}")))?;
        let before = all.len();
        all.extend(found.flatten().filter(|path| path.is_file()));
        if all.len() == before {
            return Err(wrong(format!(
                "{text}: expected files that match, found none"
            )));
        }
    }
    Ok(all)
}

/// Whether a path does not exist and contains a space: probably a statement or a question.
fn is_text(path: &Path) -> bool {
    !path.exists() && path.to_string_lossy().trim().contains(' ')
}

fn no_folder(path: &Path) -> Diagnostic {
    let message = format!("{}: there is no such file or folder", path.display());
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
        match &*self.paths {
            _ if self.empty => "an empty graph".to_owned(),
            [path] => path.display().to_string(),
            [] if !self.names_files() => "Connected Practice".to_owned(),
            _ => "the given files".to_owned(),
        }
    }

    /// The path of the graph, if there is only one.
    pub(crate) fn path(&self) -> Option<&Path> {
        match &*self.paths {
            [path] => Some(path),
            _ => None,
        }
    }
}

fn options(arguments: &GraphArguments) -> Result<OpenOptions, Error> {
    let mut options = OpenOptions::new().clock(now);
    options = options.table_options(table_options(arguments)?);
    options = options.rdf_options(rdf_options(&arguments.tables.rdf)?);
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
    Ok(options)
}

fn rdf_options(given: &[String]) -> Result<RdfOptions, Diagnostic> {
    let mut options = RdfOptions::default();
    for text in given {
        let (name, value) = text.split_once('=').unwrap_or((text, "true"));
        let set = options.set(name, value);
        set.map_err(|message| Diagnostic::whole(Code::LoadProblem, format!("--rdf: {message}")))?;
    }
    Ok(options)
}

fn table_options(arguments: &GraphArguments) -> Result<TableOptions, Error> {
    let given = &arguments.tables;
    Ok(TableOptions {
        delimiter: arguments.delimiter,
        encoding: given.encoding.clone(),
        null: given.null.clone(),
        date_format: given.date_format.clone(),
        mapping: given.map.as_deref().map(mapping).transpose()?,
        skip_bad_rows: given.skip_bad_rows,
        skip_bad_relationships: given.skip_bad_relationships,
        skip_duplicate_nodes: given.skip_duplicate_nodes,
        ignore_extra_columns: given.ignore_extra_columns,
        trim_strings: given.trim_strings,
    })
}

/// The mapping in a file.
fn mapping(path: &Path) -> Result<Mapping, Error> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let parsed = Mapping::parse(&path.display().to_string(), &text);
    parsed.map_err(|error| {
        let mut problems = error.diagnostics();
        problems.remove(0).into()
    })
}

/// Writes the rows that were left out, and tells how many there are.
fn report(arguments: &GraphArguments, database: &Database) -> Result<(), Error> {
    let skipped = database.skipped();
    let Some(path) = &arguments.tables.report else {
        return Ok(());
    };
    let line = |row: &Skipped| format!("{}:{}: {}\n", row.file, row.line, row.reason);
    let text: String = skipped.iter().map(line).collect();
    fs::write(path, text).map_err(|error| {
        let message = format!("{}: cannot be written: {error}", path.display());
        Diagnostic::whole(Code::SaveProblem, message).into()
    })
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
