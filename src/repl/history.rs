//! The statements of earlier sessions, in a file in the user's state directory.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rustyline::history::FileHistory;

/// The maximum number of entries.
pub(crate) const LENGTH: usize = 10_000;

/// The history file, or `None` if the system has no such directory: `$XDG_STATE_HOME/relata/history` or equivalent.
pub(crate) fn file() -> Option<PathBuf> {
    let folder = dirs::state_dir().or_else(dirs::data_local_dir)?;
    Some(folder.join("relata").join("history"))
}

/// Creates the folder of the file.
pub(crate) fn prepare(file: &Path) -> io::Result<()> {
    match file.parent() {
        Some(folder) => fs::create_dir_all(folder),
        None => Ok(()),
    }
}

/// Every entry, oldest first.
pub(crate) fn entries(history: &FileHistory) -> Vec<String> {
    history.iter().cloned().collect()
}
