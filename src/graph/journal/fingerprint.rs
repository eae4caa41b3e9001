//! The fingerprint of the files of a graph.

use std::{fs, hash::Hasher as _, io, path::Path, time::SystemTime};

use twox_hash::XxHash3_64;

/// A hash of the names and contents of the files of a graph, which identifies one version of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub u64);

/// The files of a graph as they were when it was opened. It tells cheaply whether one has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(Vec<FileState>);

/// A file: its path within the folder, its size in bytes and the time of its last change.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileState {
    name: String,
    size: u64,
    changed: Option<SystemTime>,
}

impl Files {
    /// The states of files, named by their paths within a folder.
    ///
    /// # Errors
    /// If a file cannot be examined.
    pub fn of(folder: &Path, names: impl IntoIterator<Item = String>) -> io::Result<Self> {
        let state = |name: String| {
            let data = fs::metadata(folder.join(&name))?;
            Ok(FileState {
                size: data.len(),
                changed: data.modified().ok(),
                name,
            })
        };
        let files: io::Result<Vec<_>> = names.into_iter().map(state).collect();
        Ok(Self(files?))
    }

    /// The fingerprint of the files. Reads all of them.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn fingerprint(&self, folder: &Path) -> io::Result<Fingerprint> {
        let mut hasher = XxHash3_64::new();
        for file in &self.0 {
            let bytes = fs::read(folder.join(&file.name))?;
            // The lengths keep a name apart from the content.
            for part in [file.name.as_bytes(), &bytes] {
                hasher.write(&(part.len() as u64).to_le_bytes());
                hasher.write(part);
            }
        }
        Ok(Fingerprint(hasher.finish()))
    }
}
