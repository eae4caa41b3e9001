//! Opens graphs in the formats of other programs, from paths or from documents in memory.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    base::{Code, Diagnostic, LONGEST_TABLE, Source, Stop, read_file},
    engine::{
        Database, Error, OpenOptions,
        open::{discard, ended, problems},
        opening::Opening,
        origin::Origin,
    },
    exchange::{self, Document, GraphFormat, RdfOptions, ReadOptions, TableOptions},
    graph::{
        load::{self, Input},
        manifest::{self, Manifest},
        save,
    },
};

/// The number of bytes of a file that are read to recognise its header.
const HEADER: u64 = 4096;

/// A document and its format.
type Recognised = (Document, &'static GraphFormat);

impl OpenOptions {
    /// Opens several files as one graph: tables that refer to each other, scripts that run in order, or graphs side by side. A
    /// folder stands alone.
    ///
    /// # Errors
    /// As [`OpenOptions::open`].
    pub fn open_all(&self, paths: &[impl AsRef<Path>]) -> Result<Database, Error> {
        let stop = self.stop()?;
        if let [folder] = paths
            && folder.as_ref().is_dir()
        {
            return self.open_folder(folder.as_ref(), &stop);
        }
        let read = |path: &_| document(AsRef::as_ref(path), &stop);
        let documents: Result<Vec<_>, Error> = paths.iter().map(read).collect();
        self.documents(documents?, &stop)
    }

    /// Opens documents in memory as one graph, as [`OpenOptions::open_all`] opens files.
    ///
    /// # Errors
    /// As [`OpenOptions::open`].
    pub fn open_documents(&self, documents: Vec<Document>) -> Result<Database, Error> {
        let stop = self.stop()?;
        self.documents(documents, &stop)
    }

    /// Sets how RDF is read.
    #[must_use]
    pub fn rdf_options(mut self, options: RdfOptions) -> Self {
        self.rdf_options = options;
        self
    }

    /// Sets how tables without types in their headers are read.
    #[must_use]
    pub fn table_options(mut self, options: TableOptions) -> Self {
        self.table_options = options;
        self
    }

    fn documents(&self, documents: Vec<Document>, stop: &Stop) -> Result<Database, Error> {
        if documents.iter().all(is_typed_table) {
            let files = documents.iter().map(|file| (file.name(), file.bytes()));
            return self.tables(Input::loose(files), stop);
        }
        let recognised = documents.into_iter().map(|document| {
            let format = exchange::recognise(&document)?;
            Ok((document, format))
        });
        let recognised: Result<Vec<Recognised>, _> = recognised.collect();
        let recognised =
            recognised.map_err(|problem: load::Problem| problems(problem.into(), stop))?;
        if let (Some(addition), Some((document, format))) = (self.addition(), recognised.first()) {
            return Err(no_addition(addition, document, format));
        }
        if recognised.iter().all(|(_, format)| format.is_script()) {
            return self.scripts(&recognised, stop);
        }
        if let Some((script, _)) = recognised.iter().find(|(_, format)| format.is_script()) {
            return Err(mixed(script));
        }
        let options = ReadOptions {
            tables: self.table_options.clone(),
            rdf: self.rdf_options.clone(),
            stop: stop.clone(),
        };
        let read = exchange::read(&recognised, &options);
        let imported = read.map_err(|error| problems(error, stop))?;
        let name = recognised.first().map_or("graph", |(file, _)| file.stem());
        let mut database = self.equipped(Database::from_graph(imported.graph));
        if let Some(rdf) = imported.rdf {
            let manifest = Manifest::of_rdf(name, rdf).map_err(|it| problems(it.into(), stop))?;
            database = database.with_origin(Origin::Files {
                manifest: Box::new(manifest),
                overlays: Vec::new(),
            });
        }
        database.opening = Opening {
            notes: imported.notes,
            skipped: imported.skipped,
            mapping: imported.mapping,
        };
        Ok(database)
    }

    fn scripts(&self, scripts: &[Recognised], stop: &Stop) -> Result<Database, Error> {
        let mut database = self.equipped(Database::empty());
        for (script, _) in scripts {
            let text = script
                .text()
                .map_err(|problem| problems(problem.into(), stop))?;
            let source = Source::new(script.name(), text);
            if let Err(error) = self.run_parts(&mut database, &Arc::new(source)) {
                discard(database);
                return Err(error);
            }
        }
        Ok(database)
    }

    /// Opens a folder: tables with types in their headers, or without, or a hint at what else is in it.
    fn open_folder(&self, path: &Path, stop: &Stop) -> Result<Database, Error> {
        let is_saved = path.join(manifest::FILE).exists() || save::is_incomplete(path);
        if self.addition().is_some() || is_saved {
            return self.folder(path, stop);
        }
        let files = files(path).map_err(|error| failed(path, &error))?;
        let tables: Vec<&PathBuf> = files.iter().filter(|file| is_table(file)).collect();
        if tables.is_empty() {
            return match hint(path, &files) {
                Some(hint) => Err(hint.into()),
                None => self.folder(path, stop),
            };
        }
        if tables.iter().any(|file| has_typed_header(file)) {
            return self.folder(path, stop);
        }
        let read = |path: &&PathBuf| document(path, stop);
        let documents: Result<Vec<_>, Error> = tables.iter().map(read).collect();
        self.documents(documents?, stop)
    }
}

/// The document at a path.
fn document(path: &Path, stop: &Stop) -> Result<Document, Error> {
    if !path.exists() {
        let message = format!("{}: there is no such file or folder", path.display());
        return Err(Diagnostic::whole(Code::LoadProblem, message).into());
    }
    if path.is_dir() {
        let message = format!(
            "{}: expected a file among several, found a folder",
            path.display()
        );
        let help = "open the folder alone, or name its files";
        return Err(Diagnostic::whole(Code::LoadProblem, message)
            .help(help)
            .into());
    }
    let name = path.display().to_string();
    let bytes = read_file(path, LONGEST_TABLE, stop);
    let document = bytes.and_then(|bytes| Document::stoppable(name, bytes, stop));
    document.map_err(|error| match stop.reason() {
        Some(reason) => ended(reason),
        None => failed(path, &error),
    })
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    let message = format!("{}: cannot be read: {error}", path.display());
    Diagnostic::whole(Code::LoadProblem, message).into()
}

/// Whether a document is a table with types in its header.
fn is_typed_table(document: &Document) -> bool {
    is_table(Path::new(document.name())) && load::is_typed(&document.head())
        || document.extension().is_empty() && load::is_typed(&document.head())
}

fn is_table(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let name = crate::base::without_compression(&name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.eq_ignore_ascii_case("csv") || ending.eq_ignore_ascii_case("tsv")
}

/// Whether a file has types in its header. A file that cannot be read has an error later.
fn has_typed_header(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(HEADER).read_to_end(&mut head));
    if read.is_err() || head.starts_with(&[0x1F, 0x8B]) || head.starts_with(&[0x28, 0xB5]) {
        let whole = document(path, &Stop::default());
        return whole.is_ok_and(|document| load::is_typed(&document.head()));
    }
    load::is_typed(&String::from_utf8_lossy(&head))
}

/// The files directly in a folder, by name, without hidden ones.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// What to do with a folder without tables; `None` if it has no file of a known format.
fn hint(folder: &Path, files: &[PathBuf]) -> Option<Diagnostic> {
    if ["nodes", "relationships"]
        .iter()
        .any(|part| folder.join(part).is_dir())
    {
        return None;
    }
    let known = |path: &&PathBuf| GraphFormat::of_ending(&path.to_string_lossy()).is_some();
    let known: Vec<&PathBuf> = files.iter().filter(known).collect();
    let first = known.first()?;
    let message = format!("{}: expected CSV files, found none", folder.display());
    let scripts = known.iter().all(|path| {
        GraphFormat::of_ending(&path.to_string_lossy()).is_some_and(GraphFormat::is_script)
    });
    let help = match known.len() {
        1 => format!("open the file itself: `relata {}`", first.display()),
        _ if scripts => format!(
            "open the scripts themselves, in the order in which they run: `relata {} …`",
            first.display()
        ),
        _ => format!("open the files themselves: `relata {} …`", first.display()),
    };
    Some(Diagnostic::whole(Code::LoadProblem, message).help(help))
}

fn no_addition(addition: &str, document: &Document, format: &GraphFormat) -> Error {
    let found = if format.is_script() {
        "a script"
    } else {
        format.name
    };
    let message = format!(
        "expected a folder to add `{addition}` to, found {found} in `{}`",
        document.name()
    );
    let help = "save it as a folder with `relata export`, and add the file to the folder";
    Diagnostic::whole(Code::LoadProblem, message)
        .help(help)
        .into()
}

fn mixed(script: &Document) -> Error {
    let message = format!(
        "{}: expected files of data, found a script among them",
        script.name()
    );
    let help = "open the data, and run the script with `-f`";
    Diagnostic::whole(Code::LoadProblem, message)
        .help(help)
        .into()
}
