//! Saves a graph as a folder of CSV files or as a script of statements.

use std::{
    borrow::Cow,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    base::{Code, Diagnostic, Fault},
    engine::{Database, Error, database::Origin},
    graph::{
        builtin, manifest,
        save::{self, Folder, Replace},
    },
};

/// Options for saving a graph.
///
/// ```no_run
/// # fn main() -> Result<(), relata::Error> {
/// let database = relata::Database::connected_practice();
/// relata::SaveOptions::new().force().save(&database, "practice")?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, Default)]
pub struct SaveOptions {
    replace: Replace,
    /// Whether to write a script; `None` decides by the path.
    script: Option<bool>,
}

/// A file of a folder: its relative path and its content.
type File<'f> = Result<(String, Cow<'f, [u8]>), Fault>;

impl SaveOptions {
    /// Default options: a folder, unless the path ends in `.cypher`; only saved graphs are replaced.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Also replaces a folder without a graph, including its CSV files, or a file that is not a saved script.
    #[must_use]
    pub fn force(mut self) -> Self {
        self.replace = Replace::Anything;
        self
    }

    /// Writes a script of statements, whatever the path.
    #[must_use]
    pub fn script(mut self) -> Self {
        self.script = Some(true);
        self
    }

    /// Writes a folder of CSV files, whatever the path.
    #[must_use]
    pub fn folder(mut self) -> Self {
        self.script = Some(false);
        self
    }

    /// Saves the graph of a database. It is written next to the target and renamed over it, so that no partial graph is
    /// ever visible.
    ///
    /// # Errors
    /// If a transaction is open, the target may not be replaced, a value cannot be saved, or writing fails.
    pub fn save(&self, database: &Database, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        settled(database)?;
        let named_script = path.extension().is_some_and(|ending| ending == "cypher");
        let saved = if self.script.unwrap_or(named_script) {
            let mut unfit = Ok(());
            let written = save::write_file(path, self.replace, |out| {
                unfit = save::script(database.graph(), database.manifest(), out)?;
                // An error prevents the rename of an incomplete file.
                unfit
                    .is_ok()
                    .then_some(())
                    .ok_or_else(|| io::ErrorKind::Other.into())
            });
            unfit.and(written)
        } else {
            self.save_folder(database, path)
        };
        saved.map_err(error)
    }

    /// Creates a folder with an empty graph: a manifest with a name and commented example rules.
    ///
    /// # Errors
    /// If the folder exists and is not empty, or writing fails.
    pub fn create(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let text = save::new_manifest(&name_of(path));
        let file = Ok((manifest::FILE.to_owned(), Cow::Owned(text.into_bytes())));
        save::write_folder(path, Replace::Nothing, &[], std::iter::once(file)).map_err(error)
    }

    fn save_folder(&self, database: &Database, path: &Path) -> Result<(), Fault> {
        let name = name_of(path);
        let (manifest, taken) = (database.manifest(), database.overlays());
        let folder = Folder::of(database.graph(), manifest, taken, &name);
        let own = folder.files().map(|file| {
            let (name, text) = file?;
            Ok((name, Cow::Owned(text.into_bytes())))
        });
        let files = own.chain(companions(&database.origin)?);
        save::write_folder(path, self.replace, taken, files)
    }
}

impl Database {
    /// Saves the graph as a folder of CSV files, or as a script of statements if the path ends in `.cypher`.
    /// [`Database::open`] restores an equal graph. See [`SaveOptions`].
    ///
    /// # Errors
    /// As [`SaveOptions::save`].
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        SaveOptions::new().save(self, path)
    }

    /// The script of statements that rebuilds the graph.
    ///
    /// # Errors
    /// If a transaction is open, or a value cannot be written as an expression.
    pub fn script(&self) -> Result<String, Error> {
        settled(self)?;
        let mut text = Vec::new();
        save::script(self.graph(), self.manifest(), &mut text)
            .expect("writing to memory does not fail")
            .map_err(error)?;
        Ok(String::from_utf8(text).expect("a script is made of text"))
    }
}

/// The default name of a saved graph: the last component of the path.
fn name_of(path: &Path) -> String {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "graph".to_owned())
}

/// Rejects saving during a transaction, whose changes may still be undone.
fn settled(database: &Database) -> Result<(), Error> {
    if !database.in_transaction() {
        return Ok(());
    }
    let message = "expected no open transaction while saving, found one";
    let open = Diagnostic::whole(Code::InvalidTransactionState, message);
    Err(open.help("end it with `COMMIT` or `ROLLBACK`").into())
}

/// The files that belong to the graph and are copied unchanged; see [`save::is_companion`].
fn companions(origin: &Origin) -> Result<Vec<File<'static>>, Fault> {
    match origin {
        Origin::Unknown | Origin::Files { folder: None, .. } => Ok(Vec::new()),
        Origin::BuiltIn(taken, _) => {
            let file = |(name, text): (&str, &'static str)| {
                Ok((name.to_owned(), Cow::Borrowed(text.as_bytes())))
            };
            Ok(builtin::companions(taken).map(file).collect())
        }
        Origin::Files {
            folder: Some(folder),
            overlays: taken,
            ..
        } => {
            let mut found = Vec::new();
            within(folder, "", taken, &mut found).map_err(|error| unreadable(folder, &error))?;
            found.sort();
            let read = |(name, path): (String, PathBuf)| {
                let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
                Ok((name, Cow::Owned(bytes)))
            };
            Ok(found.into_iter().map(read).collect())
        }
    }
}

/// Collects the companion files of a folder: their names within the graph, and their paths.
fn within(
    folder: &Path,
    prefix: &str,
    taken: &[String],
    found: &mut Vec<(String, PathBuf)>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{file}");
        if path.is_dir() && (name == "overlays" || save::is_companion(&name, taken)) {
            within(&path, &format!("{name}/"), taken, found)?;
        } else if path.is_file() && save::is_companion(&name, taken) {
            found.push((name, path));
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &io::Error) -> Fault {
    Fault::new(Code::SaveProblem, format!("`{}`: {error}", path.display()))
}

fn error(fault: Fault) -> Error {
    Diagnostic::from(fault).into()
}
