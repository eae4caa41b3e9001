//! Saves a graph as a folder of CSV files or as a script of statements.

use std::{
    borrow::Cow,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    base::{Code, Diagnostic, Fault},
    engine::{
        Database, Error,
        database::VOCABULARY,
        folder::{self, Folder},
        origin::Origin,
    },
    graph::{
        builtin, manifest,
        save::{self, Replace},
    },
};

/// Options for saving a graph.
///
/// ```no_run
/// # fn main() -> Result<(), relata::Error> {
/// let mut database = relata::Database::connected_practice();
/// relata::SaveOptions::new().force().save(&mut database, "practice")?;
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

    /// Whether any existing file may be replaced.
    pub(super) fn replaces_files(&self) -> bool {
        self.replace == Replace::Anything
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

    /// Saves the graph of a database. Readers see the old or the new files, never some of each, even after a crash. Saving
    /// a graph to the folder that it was opened from empties its journal.
    ///
    /// # Errors
    /// If a transaction is open, the target may not be replaced, a value cannot be saved, or writing fails. The folder that
    /// the graph was opened from may not be replaced after another process has changed it.
    pub fn save(&self, database: &mut Database, path: impl AsRef<Path>) -> Result<Saved, Error> {
        let path = path.as_ref();
        settled(database)?;
        let named_script = path.extension().is_some_and(|ending| ending == "cypher");
        if !self.script.unwrap_or(named_script) {
            return self.save_folder(database, path).map_err(error);
        }
        let mut unfit = Ok(());
        let written = save::write_file(path, self.replace, |out| {
            unfit = save::script(database.graph(), database.manifest(), out)?;
            // An error prevents the rename of an incomplete file.
            unfit
                .is_ok()
                .then_some(())
                .ok_or_else(|| io::ErrorKind::Other.into())
        });
        unfit.and(written).map_err(error)?;
        Ok(Saved::default())
    }

    /// Creates a folder with an empty graph: a manifest with a name and commented example rules.
    ///
    /// # Errors
    /// If the folder exists and is not empty, or writing fails.
    pub fn create(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let text = save::new_manifest(&name_of(path));
        let file = Ok((manifest::FILE.to_owned(), Cow::Owned(text.into_bytes())));
        let written = save::write_folder(
            path,
            Replace::Nothing,
            &[],
            folder::may_replace,
            std::iter::once(file),
        );
        written.map_err(error)
    }

    fn save_folder(&self, database: &mut Database, path: &Path) -> Result<Saved, Fault> {
        let name = name_of(path);
        let mut opened = database.folder.take();
        let own = opened.as_ref().map(Folder::path);
        let is_own = own.is_some_and(|own| save::target(path).is_ok_and(|path| path == own));
        // The folder may have been moved or removed since the graph was opened.
        let in_place = is_own && own.is_some_and(Path::is_dir);
        let written = self.write_folder(database, path, &name, opened.as_mut(), in_place);
        let restarted = match &mut opened {
            Some(folder) if is_own && written.is_ok() => {
                // Overlays that were loaded are parts of the graph now.
                Arc::make_mut(&mut database.origin).merge_overlays();
                folder.restart()
            }
            _ => Ok(()),
        };
        database.folder = opened;
        restarted.and(written)
    }

    fn write_folder(
        &self,
        database: &Database,
        path: &Path,
        name: &str,
        opened: Option<&mut Folder>,
        in_place: bool,
    ) -> Result<Saved, Fault> {
        let (manifest, taken) = (database.manifest(), database.overlays());
        let graph = save::Folder::of(database.graph(), manifest, taken, name);
        let tables = graph.files().map(|file| {
            let (name, text) = file?;
            Ok((name, Cow::Owned(text.into_bytes())))
        });
        let mut saved = Saved::default();
        let companions = match &opened {
            // In place, every other file stays.
            Some(_) if in_place => Vec::new(),
            Some(folder) => companions(database, folder.path(), &mut saved)?,
            None => own_companions(database),
        };
        let force = self.replace == Replace::Anything;
        let may = |target: &Path| match opened {
            Some(folder) if in_place => folder.may_replace(force),
            _ => folder::may_replace(target),
        };
        let files = tables.chain(companions);
        save::write_folder(path, self.replace, taken, may, files)?;
        Ok(saved)
    }
}

/// What a save has left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The files of the folder that the graph was opened from that are not copied: they are links or are gone.
    pub left_out: Vec<PathBuf>,
}

impl Database {
    /// Saves the graph as a folder of CSV files, or as a script of statements if the path ends in `.cypher`.
    /// [`Database::open`] restores an equal graph. See [`SaveOptions`].
    ///
    /// # Errors
    /// As [`SaveOptions::save`].
    pub fn save(&mut self, path: impl AsRef<Path>) -> Result<Saved, Error> {
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
pub(super) fn settled(database: &Database) -> Result<(), Error> {
    if !database.in_transaction() {
        return Ok(());
    }
    let message = "expected no open transaction while saving, found one";
    let open = Diagnostic::whole(Code::InvalidTransactionState, message);
    Err(open.help("end it with `COMMIT` or `ROLLBACK`").into())
}

/// The files of a graph that was not opened from a folder that are copied unchanged; see [`save::is_companion`].
fn own_companions(database: &Database) -> Vec<File<'static>> {
    match &*database.origin {
        Origin::BuiltIn(taken, _) => {
            let file = |(name, text): (&str, &'static str)| {
                Ok((name.to_owned(), Cow::Borrowed(text.as_bytes())))
            };
            builtin::companions(taken).map(file).collect()
        }
        Origin::Unknown | Origin::Files { .. } => vocabulary(database).into_iter().collect(),
    }
}

/// The files of a folder that are copied unchanged. Links are not followed.
fn companions<'d>(
    database: &'d Database,
    folder: &Path,
    saved: &mut Saved,
) -> Result<Vec<File<'d>>, Fault> {
    let mut found = Vec::new();
    if folder.is_dir() {
        within(folder, "", database.overlays(), &mut found, saved)
            .map_err(|error| unreadable(folder, &error))?;
        found.sort();
    } else {
        // It was moved or removed since the graph was opened.
        saved.left_out.push(folder.join("overlays"));
    }
    let read = |(name, path): (String, PathBuf)| {
        let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
        Ok((name, Cow::Owned(bytes)))
    };
    let overlays = found.into_iter().map(read);
    Ok(overlays.chain(vocabulary(database)).collect())
}

/// The vocabulary as it was when the graph was opened.
fn vocabulary(database: &Database) -> Option<File<'static>> {
    let file = database.vocabulary_file()?;
    let text = file.text.clone().into_bytes();
    Some(Ok((VOCABULARY.to_owned(), Cow::Owned(text))))
}

/// Collects the files of overlays in a folder that are not part of the graph: their names within the folder, and their paths.
fn within(
    folder: &Path,
    prefix: &str,
    taken: &[String],
    found: &mut Vec<(String, PathBuf)>,
    saved: &mut Saved,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let is_overlay = name.contains('/') && save::is_companion(&name, taken);
        if kind.is_symlink() && (name == "overlays" || is_overlay) {
            saved.left_out.push(path);
        } else if kind.is_dir() && (name == "overlays" || is_overlay) {
            within(&path, &format!("{name}/"), taken, found, saved)?;
        } else if kind.is_file() && is_overlay {
            found.push((name, path));
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &io::Error) -> Fault {
    Fault::new(Code::SaveProblem, format!("`{}`: {error}", path.display()))
}

pub(super) fn error(fault: Fault) -> Error {
    Diagnostic::from(fault).into()
}
