//! Locks between processes on the folder of a graph: many read its files, or one replaces them.

use std::{
    fs::{File, TryLockError},
    io::{self, ErrorKind},
    path::Path,
    thread,
    time::Duration,
};

use crate::base::Stop;

/// The time between two attempts to lock.
const PATIENCE: Duration = Duration::from_millis(10);

/// The number of attempts: 60 seconds.
const ATTEMPTS: usize = 6_000;

/// A lock that ends when it is dropped, or when the process ends.
///
/// It is advisory, and it is on the folder itself, so that nothing is written to it. Where a system or a file system has no
/// such locks, nothing is locked.
#[derive(Debug)]
pub struct FolderLock {
    _folder: Option<File>,
}

impl FolderLock {
    /// Locks a folder for reading, after waiting for the process that replaces its files.
    ///
    /// # Errors
    /// If that takes longer than a minute, with the kind `WouldBlock`, or `stop` says so, with the kind `TimedOut`.
    pub fn shared(folder: &Path, stop: &Stop) -> io::Result<Self> {
        Self::wait(folder, stop, File::try_lock_shared)
    }

    /// Locks a folder for replacing its files, after waiting for the processes that read or replace them.
    ///
    /// # Errors
    /// As [`FolderLock::shared`].
    pub fn exclusive(folder: &Path, stop: &Stop) -> io::Result<Self> {
        Self::wait(folder, stop, File::try_lock)
    }

    /// Locks a file or folder for this process alone, without waiting; `None` if another process has locked it.
    pub(super) fn at_once(path: &Path) -> Option<Self> {
        let file = File::open(path).ok();
        match file.as_ref().map(File::try_lock) {
            Some(Err(TryLockError::WouldBlock)) => None,
            _ => Some(Self { _folder: file }),
        }
    }

    fn wait(
        folder: &Path,
        stop: &Stop,
        lock: impl Fn(&File) -> Result<(), TryLockError>,
    ) -> io::Result<Self> {
        // Not every system opens a folder as a file.
        let Ok(file) = File::open(folder) else {
            return Ok(Self { _folder: None });
        };
        for _ in 0..ATTEMPTS {
            match lock(&file) {
                Err(TryLockError::WouldBlock) => thread::sleep(PATIENCE),
                // A system without locks reports an error.
                Ok(()) | Err(TryLockError::Error(_)) => {
                    return Ok(Self {
                        _folder: Some(file),
                    });
                }
            }
            if stop.reason().is_some() {
                return Err(ErrorKind::TimedOut.into());
            }
        }
        let message = "another process is reading or replacing the files of the graph";
        Err(io::Error::new(ErrorKind::WouldBlock, message))
    }
}
