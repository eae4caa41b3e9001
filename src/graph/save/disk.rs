//! Atomic writes: files and folders are written next to their target and renamed over it. Readers see the old or the
//! new version as a whole, even after a crash.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    base::{Code, Fault},
    graph::{manifest, save::script::MARK},
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

/// Writes the files of a graph into a folder, which is created or replaced. The tables in the old folder and the
/// overlays in `taken` are removed; other content is kept.
///
/// # Errors
/// If the folder may not be replaced, or writing fails; the old folder is then unchanged.
pub fn write_folder<'f>(
    path: &Path,
    replace: Replace,
    taken: &[String],
    files: impl Iterator<Item = Result<(String, Cow<'f, [u8]>), Fault>>,
) -> Result<(), Fault> {
    let place = Place::of(path).map_err(|error| unwritable(path, &error))?;
    if place.target.is_file() {
        let message = format!(
            "expected a folder to save to, found the file `{}`",
            path.display()
        );
        return Err(Fault::new(Code::SaveProblem, message));
    }
    let may = replace == Replace::Anything
        || (replace == Replace::Graphs && place.target.join(manifest::FILE).is_file())
        || is_empty(&place.target);
    if !may && replace == Replace::Nothing {
        let message = format!(
            "expected an empty folder, found files in `{}`",
            path.display()
        );
        return Err(Fault::new(Code::SaveProblem, message).help("choose another folder"));
    }
    if !may {
        let message = format!(
            "expected an empty folder or a folder with a graph, found `{}` without `{}`",
            path.display(),
            manifest::FILE
        );
        let help = "choose another folder, or use `--force`, which replaces the CSV files in it";
        return Err(Fault::new(Code::SaveProblem, message).help(help));
    }
    let beside = place
        .make(|path| fs::create_dir(path))
        .map_err(|error| unwritable(path, &error))?;
    let written = fill(&beside, files).and_then(|()| {
        let swapped = place.swap_in(&beside, taken);
        swapped.map_err(|error| unwritable(path, &error))
    });
    if written.is_err() {
        // Leftovers do no harm, and the caller gets the first error.
        drop(fs::remove_dir_all(&beside));
    }
    written
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
    let create = |path: &Path| File::create_new(path).map(drop);
    let beside = place
        .make(create)
        .map_err(|error| unwritable(path, &error))?;
    let written = put(&beside, write).and_then(|()| {
        fs::rename(&beside, &place.target)?;
        sync(&place.parent)
    });
    written.map_err(|error| {
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

impl Place {
    /// The place that a path names. Creates the parent folder if needed.
    fn of(path: &Path) -> io::Result<Self> {
        let target = if path.exists() {
            path.canonicalize()?
        } else {
            let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
            let parent = path.parent().filter(|parent| *parent != Path::new(""));
            let parent = parent.unwrap_or(Path::new("."));
            fs::create_dir_all(parent)?;
            parent.canonicalize()?.join(name)
        };
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            parent: target.parent().map(Path::to_path_buf).unwrap_or_default(),
            target,
        })
    }

    /// Creates a temporary file or folder next to the target, under an unused name.
    fn make(&self, make: impl Fn(&Path) -> io::Result<()>) -> io::Result<PathBuf> {
        for number in 0..1_000 {
            let path = self.beside("saving", number);
            match make(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made.map(|()| path),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn beside(&self, what: &str, number: usize) -> PathBuf {
        self.parent.join(format!(".{}.{what}-{number}", self.name))
    }

    /// Renames the folder `beside` to the target.
    fn swap_in(&self, beside: &Path, taken: &[String]) -> io::Result<()> {
        if !self.target.exists() {
            fs::rename(beside, &self.target)?;
            return sync(&self.parent);
        }
        let mut numbers = (0..1_000).map(|number| self.beside("before", number));
        let before = numbers.find(|path| !path.exists());
        let before = before.ok_or(io::ErrorKind::AlreadyExists)?;
        fs::rename(&self.target, &before)?;
        if let Err(error) = fs::rename(beside, &self.target) {
            fs::rename(&before, &self.target)?;
            return Err(error);
        }
        // The graph is in place, so the rest is done before an error is reported.
        let synced = sync(&self.parent);
        let within = Within { taken };
        within.carry(&before, &self.target, "")?;
        fs::remove_dir_all(&before)?;
        synced
    }
}

/// The content of a replaced folder.
struct Within<'t> {
    taken: &'t [String],
}

impl Within<'_> {
    /// Moves everything that is not part of the graph to the new folder.
    fn carry(&self, from: &Path, to: &Path, within: &str) -> io::Result<()> {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let name = entry.file_name();
            let path = format!("{within}{}", name.to_string_lossy());
            let (old, new) = (entry.path(), to.join(&name));
            if self.goes(&path) {
                continue;
            }
            if !new.exists() && !matches!(path.as_str(), "nodes" | "relationships" | "overlays") {
                fs::rename(old, new)?;
            } else if old.is_dir() {
                fs::create_dir_all(&new)?;
                self.carry(&old, &new, &format!("{path}/"))?;
                // Fails if the folder is not empty; then it must stay.
                drop(fs::remove_dir(&new));
            }
        }
        Ok(())
    }

    /// Whether a path is part of the replaced graph.
    fn goes(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').collect();
        let is_table = |file: &str| {
            let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
            ending.eq_ignore_ascii_case("csv") || ending.eq_ignore_ascii_case("tsv")
        };
        match parts.as_slice() {
            [file] => *file == manifest::FILE || is_table(file),
            ["nodes" | "relationships", file] => is_table(file),
            ["overlays", overlay] => self.taken.iter().any(|taken| taken == overlay),
            _ => false,
        }
    }
}

fn fill<'f>(
    folder: &Path,
    files: impl Iterator<Item = Result<(String, Cow<'f, [u8]>), Fault>>,
) -> Result<(), Fault> {
    let mut parents = BTreeSet::from([folder.to_path_buf()]);
    for file in files {
        let (name, bytes) = file?;
        let path = folder.join(&name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| put(&path, |out| out.write_all(&bytes)))
            .map_err(|error| unwritable(&path, &error))?;
        parents.insert(parent.to_path_buf());
    }
    let mut parents = parents.iter();
    let synced = parents.try_for_each(|parent| sync(parent));
    synced.map_err(|error| unwritable(folder, &error))
}

/// Writes a file and syncs it to disk.
fn put(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::new(File::create(path)?);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()
}

/// Syncs a folder's entries to disk, on systems that can open a folder and sync it.
fn sync(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if !matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported) => {
            let message = format!("the entries of a folder may not be on disk: {error}");
            Err(io::Error::new(error.kind(), message))
        }
        _ => Ok(()),
    }
}

fn is_empty(folder: &Path) -> bool {
    !folder.exists() || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn is_script(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes.is_empty() || bytes.starts_with(MARK.as_bytes()))
}

fn unwritable(path: &Path, error: &io::Error) -> Fault {
    Fault::new(Code::SaveProblem, format!("`{}`: {error}", path.display()))
}
