//! Reads files within bounds: a device has no end, and a pipe may have no writer.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Read},
    path::Path,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use crate::base::Code;

/// The maximum number of bytes of a text that is read from a pipe or a device.
pub const LONGEST_TEXT: u64 = 64 << 20;

/// The maximum number of bytes of a table that is read from a pipe or a device.
pub const LONGEST_TABLE: u64 = 1 << 30;

/// A file is read in pieces of this number of bytes; between them it may be stopped.
const PIECE: u64 = 1 << 20;

/// The time between two questions whether to stop waiting for a pipe or a device.
const PATIENCE: Duration = Duration::from_millis(20);

/// The last part of a path of any system, or of a name such as `films.db#rating`.
#[must_use]
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Tells whether to end long work: a limit of time, or an interrupt.
#[derive(Clone, Default)]
pub struct Stop(Option<Arc<Check>>);

type Check = dyn Fn() -> Option<Code> + Send + Sync;

impl Stop {
    /// Stops when `check` gives the reason: `TimeLimit` or `Cancelled`.
    pub fn when(check: impl Fn() -> Option<Code> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(check)))
    }

    /// The reason to end, if there is one.
    #[must_use]
    pub fn reason(&self) -> Option<Code> {
        self.0.as_ref().and_then(|check| check())
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stop")
    }
}

/// Reads a file. From a pipe or a device it reads at most `longest` bytes.
///
/// # Errors
/// If the file cannot be read, a pipe or a device gives more, or `stop` says so: then with the kind `TimedOut`.
pub fn read_file(path: &Path, longest: u64, stop: &Stop) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() {
        return read_all(&mut File::open(path)?, u64::MAX, stop);
    }
    // Opening or reading a pipe can block for ever, so another thread does it, which may be left behind.
    let (sender, receiver) = mpsc::channel();
    let (name, reading) = (path.to_owned(), stop.clone());
    thread::Builder::new().spawn(move || {
        let bytes = File::open(name).and_then(|mut file| read_all(&mut file, longest, &reading));
        // The receiver is gone if it was stopped.
        let _ = sender.send(bytes);
    })?;
    loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(bytes) => return bytes,
            Err(_) if stop.reason().is_some() => return Err(stopped()),
            Err(_) => {}
        }
    }
}

fn read_all(file: &mut File, longest: u64, stop: &Stop) -> io::Result<Vec<u8>> {
    let size = file.metadata().map_or(0, |data| data.len());
    let mut bytes = Vec::new();
    bytes.try_reserve(usize::try_from(size).unwrap_or(usize::MAX))?;
    while file.by_ref().take(PIECE).read_to_end(&mut bytes)? > 0 {
        if bytes.len() as u64 > longest {
            let message = format!(
                "expected at most {} MiB from a pipe or a device, found more",
                longest >> 20
            );
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        if stop.reason().is_some() {
            return Err(stopped());
        }
    }
    Ok(bytes)
}

fn stopped() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "reading was stopped")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_and_a_device_up_to_the_bound() {
        let never = Stop::default();
        let path = Path::new(file!());
        assert_eq!(read_file(path, 1, &never).unwrap(), fs::read(path).unwrap());
        assert!(read_file(Path::new("no/such/file"), 1, &never).is_err());
        if cfg!(unix) {
            let error = read_file(Path::new("/dev/zero"), 3 << 20, &never).unwrap_err();
            assert_eq!(
                error.to_string(),
                "expected at most 3 MiB from a pipe or a device, found more"
            );
            assert_eq!(read_file(Path::new("/dev/null"), 1, &never).unwrap(), b"");
        }
    }

    #[test]
    fn reading_can_be_stopped() {
        let stop = Stop::when(|| Some(Code::Cancelled));
        for path in [file!(), "/dev/zero"] {
            let error = read_file(Path::new(path), LONGEST_TEXT, &stop).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::TimedOut, "{path}");
        }
    }
}
