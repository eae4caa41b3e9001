//! The folder that a graph was opened from, with the journal of the changes since its files were saved.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    base::{Code, Fault, Stop},
    graph::{
        FolderLock, Graph,
        journal::{self, Files, Fingerprint, Head, Journal, Refusal, Store},
        load::Input,
    },
};

/// The folder of a graph.
#[derive(Debug)]
pub(super) struct Folder {
    /// Its path when the graph was opened, without links.
    path: PathBuf,
    overlays: Vec<String>,
    /// The files that the graph was loaded from.
    files: Files,
    /// The number of the last transaction of the journal that the graph contains.
    last: u64,
    /// Whether changes are written to the journal.
    keeps: bool,
    /// The journal; opened by the first change.
    store: Option<Store>,
}

impl Folder {
    /// The folder of a graph that has just been loaded from its files, while no other process replaces them. Repeats the
    /// transactions of the journal on the graph.
    ///
    /// # Errors
    /// If the journal cannot be read, or belongs to other files or overlays.
    pub(super) fn of(
        path: &Path,
        overlays: &[String],
        keeps: bool,
        graph: &mut Graph,
        stop: &Stop,
    ) -> Result<Self, Fault> {
        let path = path
            .canonicalize()
            .map_err(|error| unreadable(path, &error))?;
        let mut folder = Self {
            files: files(&path, overlays).map_err(|error| unreadable(&path, &error))?,
            overlays: overlays.to_vec(),
            last: 0,
            keeps,
            store: None,
            path,
        };
        if let Some(journal) = Journal::open(&folder.path)? {
            folder.check(journal.head())?;
            folder.last = journal.replay(graph, stop)?;
        }
        Ok(folder)
    }

    /// An error if a journal does not belong to the files.
    fn check(&self, head: &Head) -> Result<(), Fault> {
        let at = self.path.display();
        if head.overlays != self.overlays {
            let named: Vec<_> = head
                .overlays
                .iter()
                .map(|name| format!("`--overlay {name}`"))
                .collect();
            let with = if named.is_empty() {
                "without overlays".to_owned()
            } else {
                format!("with {}", named.join(" "))
            };
            let message = format!("`{at}`: the journal has changes of the graph {with}");
            let help = format!("open the graph {with}, and save it with `:save`");
            return Err(Fault::new(Code::LoadProblem, message).help(help));
        }
        if head.is_of(self.fingerprint()?) {
            return Ok(());
        }
        let message = format!(
            "`{at}`: the files of the graph have changed, and the journal has changes of the files as they were"
        );
        let help = format!(
            "restore the files, or remove `{}` and lose its changes",
            journal::FILE
        );
        Err(Fault::new(Code::LoadProblem, message).help(help))
    }

    fn fingerprint(&self) -> Result<Fingerprint, Fault> {
        let fingerprint = self.files.fingerprint(&self.path);
        fingerprint.map_err(|error| unreadable(&self.path, &error))
    }

    /// The path of the folder.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the changes of each transaction are written to the journal.
    pub(super) fn keeps(&self) -> bool {
        self.keeps
    }

    /// The number of transactions in the journal.
    pub(super) fn transactions(&self) -> u64 {
        self.store.as_ref().map_or(self.last, Store::last)
    }

    /// Writes the changes of the graph since its last commit to the journal, unless none is kept.
    ///
    /// # Errors
    /// If they cannot be written, another process writes to the graph, or its files have changed.
    pub(super) fn keep(&mut self, graph: &Graph) -> Result<(), Fault> {
        if !self.keeps || !graph.has_changed() {
            return Ok(());
        }
        if self.store.is_none() {
            self.store = Some(self.open()?);
        }
        let store = self.store.as_mut().expect("it has been opened");
        store.append(graph)
    }

    /// Opens the journal, if the files are as they were.
    fn open(&self) -> Result<Store, Fault> {
        let failed = |error: io::Error| self.refused(Refusal::Failed(error));
        let _lock = FolderLock::shared(&self.path, &Stop::default()).map_err(failed)?;
        if files(&self.path, &self.overlays).map_err(failed)? != self.files {
            return Err(self.refused(Refusal::Changed));
        }
        let head = Head::new(self.fingerprint()?, &self.overlays);
        let store = Store::open(&self.path, &head, self.last);
        store.map_err(|refusal| self.refused(refusal))
    }

    fn refused(&self, refusal: Refusal) -> Fault {
        let at = self.path.display();
        let (message, help) = match refusal {
            Refusal::Locked => (
                format!("another process writes to the graph in `{at}`"),
                "end that process, or change the graph in memory with `--no-journal`",
            ),
            Refusal::Changed => (
                format!("the graph in `{at}` was changed by another process since it was opened"),
                "open the graph again, then repeat the change",
            ),
            Refusal::Failed(error) => (
                format!("`{at}`: the changes cannot be written to the journal: {error}"),
                "make the folder writable, or change the graph in memory with `--no-journal`",
            ),
        };
        Fault::new(Code::JournalProblem, message).help(help)
    }

    /// Whether this folder, locked for replacing its files, may be replaced by the graph: nobody else has changed the files or
    /// writes to the journal. Closes the journal. `force` allows to replace the changes of others.
    ///
    /// # Errors
    /// If it may not be replaced.
    pub(super) fn may_replace(&mut self, force: bool) -> Result<(), Fault> {
        if let Some(store) = self.store.take() {
            self.last = store.last();
            return Ok(());
        }
        may_replace(&self.path)?;
        let now = files(&self.path, &self.overlays);
        let same = now.is_ok_and(|files| files == self.files)
            && Journal::open(&self.path)?.is_none_or(|journal| journal.last() == Ok(self.last));
        if same || force {
            return Ok(());
        }
        let message = format!(
            "the graph in `{}` was changed by another process since it was opened",
            self.path.display()
        );
        let help = "save to another folder; `--force` replaces the changes of the other process";
        Err(Fault::new(Code::SaveProblem, message).help(help))
    }

    /// Continues with the files that a save has just written.
    pub(super) fn restart(&mut self) -> Result<(), Fault> {
        self.overlays.clear();
        self.store = None;
        self.last = 0;
        let files = files(&self.path, &self.overlays);
        self.files = files.map_err(|error| unreadable(&self.path, &error))?;
        Ok(())
    }
}

/// An error if a process writes to the journal of a folder, which is locked for replacing its files.
pub(super) fn may_replace(folder: &Path) -> Result<(), Fault> {
    if !Store::is_locked(folder) {
        return Ok(());
    }
    let message = format!(
        "another process writes to the graph in `{}`",
        folder.display()
    );
    Err(Fault::new(Code::SaveProblem, message).help("end that process, or save to another folder"))
}

/// The files of the graph in a folder.
fn files(folder: &Path, overlays: &[String]) -> io::Result<Files> {
    Files::of(folder, Input::names(folder, overlays)?)
}

fn unreadable(path: &Path, error: &io::Error) -> Fault {
    Fault::new(Code::LoadProblem, format!("`{}`: {error}", path.display()))
}
