//! Replaces the files of a folder as one step, which a crash cannot divide.
//!
//! The new files are written to a staging folder within the folder, `.saving-0`. Renaming it to `.saved` is the step: from
//! then on the new files count. They are moved to their places one by one, and the files that they replace are removed. A
//! crash before the step leaves a staging folder, which the next save removes. After a crash in the middle of the moves,
//! [`complete`] ends them: whoever opens the folder next calls it.
//!
//! The folder itself stays, with its mode and with every other file in it. So it can be a mount point or the current folder
//! of another program.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::{
    base::{Fault, Stop},
    graph::{lock::FolderLock, manifest},
};

/// The prefix of staging folders and of other temporary files.
const STAGING: &str = ".saving-";

/// The staging folder whose files count.
const SAVED: &str = ".saved";

/// The new files in a staging folder.
const FILES: &str = "files";

/// The list of the files to remove in a staging folder, as JSON.
const REMOVED: &str = "removed.json";

/// The maximum number of staging folders in a folder.
const STAGINGS: usize = 1_000;

/// A staging folder that this process fills.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    path: PathBuf,
    /// Other processes remove only staging folders that nobody has locked.
    _lock: Option<FolderLock>,
    committed: bool,
}

impl Staging {
    /// Creates a staging folder.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        for number in 0..STAGINGS {
            let path = folder.join(format!("{STAGING}{number}"));
            match fs::create_dir(&path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(()) => {
                    return Ok(Self {
                        folder: folder.to_owned(),
                        _lock: FolderLock::at_once(&path),
                        path,
                        committed: false,
                    });
                }
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Writes the new files, named by their paths within the folder, and syncs them to disk.
    pub(super) fn fill<'f>(
        &self,
        files: impl Iterator<Item = Result<(String, Cow<'f, [u8]>), Fault>>,
        unwritable: impl Fn(&Path, &io::Error) -> Fault,
    ) -> Result<BTreeSet<String>, Fault> {
        let root = self.path.join(FILES);
        let mut names = BTreeSet::new();
        let mut folders = BTreeSet::from([root.clone()]);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error: io::Error| (path, error)
        };
        let made = fs::create_dir(&root).map_err(failed(&root));
        made.map_err(|(path, error)| unwritable(&path, &error))?;
        for file in files {
            let (name, bytes) = file?;
            let path = root.join(&name);
            let parent = path.parent().unwrap_or(&root);
            fs::create_dir_all(parent)
                .and_then(|()| put(&path, |out| out.write_all(&bytes)))
                .map_err(|error| unwritable(&self.folder.join(&name), &error))?;
            folders.insert(parent.to_path_buf());
            names.insert(name);
        }
        let synced = folders.iter().try_for_each(|folder| sync(folder));
        synced.map_err(|error| unwritable(&self.folder, &error))?;
        Ok(names)
    }

    /// Makes the new files count, and removes `removed`. The caller has locked the folder.
    ///
    /// # Errors
    /// If it is not done; or, with `true`, if it is done but the files are not all in their places.
    pub(super) fn commit(mut self, removed: &[String]) -> Result<(), (bool, io::Error)> {
        self.decide(removed).map_err(|error| (false, error))?;
        self.committed = true;
        move_in(&self.folder).map_err(|error| (true, error))
    }

    fn decide(&self, removed: &[String]) -> io::Result<()> {
        put(&self.path.join(REMOVED), |out| {
            serde_json::to_writer(out, removed).map_err(Into::into)
        })?;
        sync(&self.path)?;
        fs::rename(&self.path, self.folder.join(SAVED))?;
        sync(&self.folder)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.committed {
            // Leftovers do no harm, and the caller gets the first error.
            drop(fs::remove_dir_all(&self.path));
        }
    }
}

/// Whether a name in the folder of a graph is that of a staging folder.
pub(super) fn is_staging(name: &str) -> bool {
    name == SAVED || name.starts_with(STAGING)
}

/// Whether a save of the folder was interrupted when its new files already counted; see [`complete`].
#[must_use]
pub fn is_incomplete(folder: &Path) -> bool {
    folder.join(SAVED).is_dir()
}

/// Completes a save that was interrupted when its new files already counted.
///
/// # Errors
/// If the folder cannot be locked or written.
pub fn complete(folder: &Path, stop: &Stop) -> io::Result<()> {
    let _lock = FolderLock::exclusive(folder, stop)?;
    if is_incomplete(folder) {
        move_in(folder)?;
    }
    Ok(())
}

/// Removes the staging folders of processes that have ended, and what is left of a journal whose creation was interrupted.
/// The caller has locked the folder, so that no journal is being created.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(STAGING) {
            continue;
        }
        if entry.file_type()?.is_file() {
            drop(fs::remove_file(entry.path()));
        } else if let Some(_lock) = FolderLock::at_once(&entry.path()) {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
    Ok(())
}

/// Moves the new files to their places and removes the old ones. Repeating it continues where it ended.
fn move_in(folder: &Path) -> io::Result<()> {
    let saved = folder.join(SAVED);
    let files = saved.join(FILES);
    let mut folders = BTreeSet::from([folder.to_owned()]);
    for name in within(&files)? {
        let (from, to) = (files.join(&name), folder.join(&name));
        let parent = to.parent().unwrap_or(folder);
        fs::create_dir_all(parent)?;
        // A private file stays private.
        let model = fs::symlink_metadata(&to).ok().filter(fs::Metadata::is_file);
        let model = model.or_else(|| fs::metadata(folder.join(manifest::FILE)).ok());
        if let Some(model) = model {
            fs::set_permissions(&from, model.permissions())?;
        }
        fs::rename(&from, &to)?;
        folders.insert(parent.to_owned());
    }
    let removed: Vec<String> = serde_json::from_slice(&fs::read(saved.join(REMOVED))?)?;
    for name in &removed {
        let path = folder.join(name);
        match fs::symlink_metadata(&path) {
            Ok(data) if data.is_dir() => fs::remove_dir_all(&path)?,
            Ok(_) => fs::remove_file(&path)?,
            Err(_) => {}
        }
        if let Some(parent) = path.parent().filter(|parent| *parent != folder) {
            // Fails if the folder is not empty; then it must stay.
            drop(fs::remove_dir(parent));
        }
    }
    folders.retain(|folder| folder.is_dir());
    folders.iter().try_for_each(|folder| sync(folder))?;
    discard(folder, &saved)?;
    sync(folder)
}

/// Removes the staging folder whose files are in their places. A removal that is interrupted leaves one that does not count.
fn discard(folder: &Path, saved: &Path) -> io::Result<()> {
    let mut names = (0..STAGINGS).map(|number| folder.join(format!("{STAGING}{number}")));
    let unused = names.find(|path| !path.exists());
    let unused = unused.ok_or(ErrorKind::AlreadyExists)?;
    fs::rename(saved, &unused)?;
    fs::remove_dir_all(&unused)
}

/// The files in a folder and its subfolders, as paths within it.
fn within(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(part) = open.pop() {
        for entry in fs::read_dir(root.join(&part))? {
            let entry = entry?;
            let name = part.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(name);
            } else {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a file and syncs it to disk.
pub(super) fn put(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = io::BufWriter::new(File::create(path)?);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()
}

/// Syncs a folder's entries to disk, on systems that can open a folder and sync it.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    use ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if !matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported) => {
            let message = format!("the entries of a folder may not be on disk: {error}");
            Err(io::Error::new(error.kind(), message))
        }
        _ => Ok(()),
    }
}
