//! Writes the files of a graph to disk. Readers see the old or the new version as a whole, even after a crash.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    base::{Code, Fault, Stop},
    graph::{
        journal,
        load::is_table,
        lock::FolderLock,
        manifest,
        save::{
            script::MARK,
            staging::{self, Staging, put, sync},
        },
    },
};

/// What a save may replace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Replace {
    /// Saved graphs: a folder with a manifest, or a script written by this program.
    #[default]
    Graphs,
    /// Any folder or file.
    Anything,
    /// Only an empty folder.
    Nothing,
}

/// Writes the files of a graph into a folder, which is created if needed. The tables in the folder, its journal and the
/// overlays in `taken` are removed; everything else stays. `may` is asked just before the new files count, when no other
/// process reads or replaces the files.
///
/// # Errors
/// If the folder may not be replaced, or writing fails. Then the old files are unchanged, unless the message says that the
/// new files count and the next opening completes the save.
pub fn write_folder<'f>(
    path: &Path,
    replace: Replace,
    taken: &[String],
    may: impl FnOnce(&Path) -> Result<(), Fault>,
    files: impl Iterator<Item = Result<(String, Cow<'f, [u8]>), Fault>>,
) -> Result<(), Fault> {
    let target = target(path).map_err(|error| unwritable(path, &error))?;
    if target.is_file() {
        let message = format!(
            "expected a folder to save to, found the file `{}`",
            path.display()
        );
        return Err(Fault::new(Code::SaveProblem, message));
    }
    let made = !target.exists();
    if made {
        fs::create_dir_all(&target).map_err(|error| unwritable(path, &error))?;
    }
    let written = fill(&target, path, replace, taken, may, files);
    if written.is_err() && made {
        // Fails if another process has put something into it.
        drop(fs::remove_dir(&target));
    }
    written
}

/// Writes the files into an existing folder, which messages call `path`.
fn fill<'f>(
    folder: &Path,
    path: &Path,
    replace: Replace,
    taken: &[String],
    may: impl FnOnce(&Path) -> Result<(), Fault>,
    files: impl Iterator<Item = Result<(String, Cow<'f, [u8]>), Fault>>,
) -> Result<(), Fault> {
    let failed = |error: io::Error| unwritable(path, &error);
    let never = Stop::default();
    if staging::is_incomplete(folder) {
        staging::complete(folder, &never).map_err(failed)?;
    }
    allowed(folder, path, replace)?;
    let staging = Staging::new(folder).map_err(failed)?;
    let names = staging.fill(files, unwritable)?;
    let _lock = FolderLock::exclusive(folder, &never).map_err(failed)?;
    staging::clear(folder).map_err(failed)?;
    may(folder)?;
    let mut removed = old(folder, taken).map_err(failed)?;
    removed.retain(|name| !names.contains(name));
    let outcome = staging.commit(&removed);
    outcome.map_err(|(counts, error)| {
        let fault = unwritable(path, &error);
        if counts {
            fault.help("the new files count; the graph is complete when it is opened again")
        } else {
            fault
        }
    })
}

/// An error if the folder may not be replaced.
fn allowed(folder: &Path, path: &Path, replace: Replace) -> Result<(), Fault> {
    for part in ["nodes", "relationships", "overlays"] {
        if folder.join(part).is_symlink() {
            let message = format!(
                "expected the folder `{}`, found a link",
                path.join(part).display()
            );
            let help = "save to another folder, or replace the link by a folder";
            return Err(Fault::new(Code::SaveProblem, message).help(help));
        }
    }
    let is_graph = folder.join(manifest::FILE).is_file();
    match replace {
        Replace::Anything => return Ok(()),
        Replace::Graphs if is_graph => return Ok(()),
        _ if is_empty(folder) => return Ok(()),
        Replace::Graphs | Replace::Nothing => {}
    }
    if replace == Replace::Nothing {
        let message = format!(
            "expected an empty folder, found files in `{}`",
            path.display()
        );
        return Err(Fault::new(Code::SaveProblem, message).help("choose another folder"));
    }
    let message = format!(
        "expected an empty folder or a folder with a graph, found `{}` without `{}`",
        path.display(),
        manifest::FILE
    );
    let help = "choose another folder, or use `--force`, which replaces the CSV files in it";
    Err(Fault::new(Code::SaveProblem, message).help(help))
}

/// Writes a file, which is created or replaced.
///
/// # Errors
/// If the file may not be replaced, or writing fails; the old file is then unchanged.
pub fn write_file(
    path: &Path,
    replace: Replace,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Fault> {
    let place = Place::of(path).map_err(|error| unwritable(path, &error))?;
    if place.target.is_dir() {
        let message = format!(
            "expected a file to save to, found the folder `{}`",
            path.display()
        );
        return Err(Fault::new(Code::SaveProblem, message));
    }
    if replace != Replace::Anything && place.target.exists() && !is_script(&place.target) {
        let message = format!(
            "expected a script that Relata saved, found the file `{}`",
            path.display()
        );
        let help = "choose another file, or use `--force`, which replaces it";
        return Err(Fault::new(Code::SaveProblem, message).help(help));
    }
    let (beside, _lock) = place.beside().map_err(|error| unwritable(path, &error))?;
    let written = put(&beside, write).and_then(|()| {
        // A private file stays private.
        if let Ok(model) = fs::metadata(&place.target) {
            fs::set_permissions(&beside, model.permissions())?;
        }
        fs::rename(&beside, &place.target)?;
        sync(&place.parent)
    });
    written.map_err(|error| {
        // Leftovers do no harm, and the caller gets the first error.
        drop(fs::remove_file(&beside));
        unwritable(path, &error)
    })
}

/// The target of a write.
struct Place {
    parent: PathBuf,
    target: PathBuf,
    name: String,
}

/// The path that a save replaces, without links.
///
/// # Errors
/// If the current folder cannot be read, or the path has no name.
pub fn target(path: &Path) -> io::Result<PathBuf> {
    if path.exists() {
        return path.canonicalize();
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let parent = path.parent().filter(|parent| *parent != Path::new(""));
    match parent.unwrap_or(Path::new(".")).canonicalize() {
        Ok(parent) => Ok(parent.join(name)),
        Err(_) => std::path::absolute(path),
    }
}

impl Place {
    /// The place that a path names. Creates the parent folder if needed.
    fn of(path: &Path) -> io::Result<Self> {
        let target = target(path)?;
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let parent = target.parent().map(Path::to_path_buf).unwrap_or_default();
        fs::create_dir_all(&parent)?;
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            parent,
            target,
        })
    }

    /// Creates a temporary file next to the target and locks it. Removes those of processes that have ended.
    fn beside(&self) -> io::Result<(PathBuf, Option<FolderLock>)> {
        for number in 0..STAGINGS {
            let path = self.parent.join(format!(".{}.saving-{number}", self.name));
            if path.exists()
                && let Some(_lock) = FolderLock::at_once(&path)
            {
                drop(fs::remove_file(&path));
            }
            match File::create_new(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made.map(|_| (path.clone(), FolderLock::at_once(&path))),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

/// The maximum number of temporary files of one target.
const STAGINGS: usize = 1_000;

/// The files in a folder that are part of its graph, by their paths within it; an overlay is one folder.
fn old(folder: &Path, taken: &[String]) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for name in entries(folder)? {
        if name == manifest::FILE || name == journal::FILE || is_table(&name) {
            found.push(name);
        }
    }
    for part in ["nodes", "relationships"] {
        let tables = entries(&folder.join(part))?;
        let tables = tables.into_iter().filter(|name| is_table(name));
        found.extend(tables.map(|name| format!("{part}/{name}")));
    }
    let overlays = entries(&folder.join("overlays"))?.into_iter();
    let overlays = overlays.filter(|name| taken.contains(name));
    found.extend(overlays.map(|name| format!("overlays/{name}")));
    Ok(found)
}

/// The names in a folder; none if it does not exist.
fn entries(folder: &Path) -> io::Result<BTreeSet<String>> {
    if !folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let name = |entry: io::Result<fs::DirEntry>| {
        entry.map(|entry| entry.file_name().to_string_lossy().into_owned())
    };
    fs::read_dir(folder)?.map(name).collect()
}

fn is_empty(folder: &Path) -> bool {
    entries(folder).is_ok_and(|names| names.iter().all(|name| staging::is_staging(name)))
}

fn is_script(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes.is_empty() || bytes.starts_with(MARK.as_bytes()))
}

fn unwritable(path: &Path, error: &io::Error) -> Fault {
    Fault::new(Code::SaveProblem, format!("`{}`: {error}", path.display()))
}
