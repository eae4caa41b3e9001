//! The statements of earlier sessions, in a file of the user's state directory.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rustyline::history::FileHistory;

/// How many statements are kept.
pub(crate) const LENGTH: usize = 10_000;

/// Where the history is kept, if the system has such a place: `$XDG_STATE_HOME/relata/history` or its like.
pub(crate) fn file() -> Option<PathBuf> {
    let folder = dirs::state_dir().or_else(dirs::data_local_dir)?;
    Some(folder.join("relata").join("history"))
}

/// Makes the folder of the file.
pub(crate) fn prepare(file: &Path) -> io::Result<()> {
    match file.parent() {
        Some(folder) => fs::create_dir_all(folder),
        None => Ok(()),
    }
}

/// Every entry, the oldest first.
pub(crate) fn entries(history: &FileHistory) -> Vec<String> {
    history.iter().cloned().collect()
}
