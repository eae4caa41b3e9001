//! The unsaved changes at a prompt, as statements: a statement that does not stop holds the graph, so that the graph cannot be
//! saved when the program has to end.

use std::{
    env, fmt,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use relata::{
    Database,
    value::{Entries, Key, display::expression},
};

/// The statements since the graph was opened or last saved. Clones share them, so that another thread can write them to a
/// file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unsaved(Arc<Mutex<Changes>>);

#[derive(Debug, Default)]
struct Changes {
    /// The name of the graph that was opened or saved.
    graph: String,
    /// Its path, or `None` if it is not from a file.
    path: Option<PathBuf>,
    /// The statements outside of the open transaction, and the commands that set their parameters.
    settled: Vec<String>,
    /// The open transaction.
    open: Option<Open>,
    /// The parameters as the last written commands set them.
    parameters: Entries,
    /// The revision of the graph after the last statement.
    revision: u64,
}

/// A transaction that has begun and not ended.
#[derive(Debug)]
struct Open {
    statements: Vec<String>,
    /// The revision of the graph where it began.
    revision: u64,
}

impl Unsaved {
    /// Starts with a graph that is saved as it is.
    pub(crate) fn start(&self, graph: &str, path: Option<&Path>, revision: u64) {
        *self.changes() = Changes {
            graph: graph.to_owned(),
            path: path.map(Path::to_owned),
            revision,
            ..Changes::default()
        };
    }

    /// Notes a statement that has ended, if it changed the graph or ended a transaction.
    pub(crate) fn note(&self, statement: &str, parameters: &Entries, database: &Database) {
        let state = (database.revision(), database.in_transaction());
        let mut changes = self.changes();
        changes.note(statement, parameters, state);
        if database.keeps_changes() {
            changes.settled.clear();
        }
    }

    /// Writes the statements to a new file: next to the graph, or in the current or the temporary folder. Returns its path, or
    /// `None` if nothing has changed.
    pub(crate) fn rescue(&self) -> io::Result<Option<PathBuf>> {
        let changes = self.changes();
        if changes.is_empty() {
            return Ok(None);
        }
        let text = changes.to_string();
        let mut outcome = Err(io::ErrorKind::NotFound.into());
        for place in changes.places() {
            outcome = write_new(&place, &text);
            if outcome.is_ok() {
                break;
            }
        }
        outcome.map(Some)
    }

    /// Whether nothing has changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes().is_empty()
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Changes {
    /// `revision` is that of the graph after the statement.
    fn note(&mut self, text: &str, parameters: &Entries, (revision, in_transaction): (u64, bool)) {
        let changed = revision != self.revision;
        self.revision = revision;
        match (self.open.take(), in_transaction) {
            (None, false) if changed => {
                let written = self.written(text, parameters);
                self.settled.extend(written);
            }
            (None, false) => {}
            (None, true) => {
                let statements = Vec::new();
                self.open = Some(Open {
                    statements,
                    revision,
                });
            }
            (Some(mut open), true) => {
                if changed {
                    open.statements.extend(self.written(text, parameters));
                }
                self.open = Some(open);
            }
            (Some(open), false) => self.end(open),
        }
    }

    /// Keeps the statements of a transaction that has ended, unless they were undone.
    fn end(&mut self, open: Open) {
        if open.revision == self.revision {
            self.parameters.clear();
            return;
        }
        self.settled.push("BEGIN;".to_owned());
        self.settled.extend(open.statements);
        self.settled.push("COMMIT;".to_owned());
    }

    /// A statement, and before it the commands that set the parameters that have changed.
    fn written(&mut self, text: &str, parameters: &Entries) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, value) in parameters {
            let known = self.parameters.get(name).cloned().map(Key);
            if known != Some(Key(value.clone())) {
                lines.push(format!(":param {name} {}", expression(value)));
                self.parameters.insert(name.clone(), value.clone());
            }
        }
        let text = text.trim().trim_end_matches(';');
        // A semicolon in a comment would end nothing.
        let last = text.lines().next_back().unwrap_or_default();
        let end = if last.contains("//") { "\n;" } else { ";" };
        lines.push(format!("{text}{end}"));
        lines
    }

    fn is_empty(&self) -> bool {
        let open = self.open.as_ref();
        self.settled.is_empty() && open.is_none_or(|open| open.statements.is_empty())
    }

    /// The paths of a copy, without their endings, in the order in which they are tried.
    fn places(&self) -> impl Iterator<Item = PathBuf> {
        let own = self
            .path
            .as_deref()
            .filter(|path| path.file_name().is_some());
        let own = own.map(|path| match path.extension() {
            Some(ending) if ending == "cypher" => path.with_extension(""),
            _ => path.to_owned(),
        });
        let name = own.as_deref().and_then(Path::file_name);
        let name = name.unwrap_or("relata".as_ref()).to_owned();
        let temporary = env::temp_dir().join(&name);
        own.into_iter().chain([PathBuf::from(name), temporary])
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = self.graph.replace(char::is_control, " ");
        writeln!(
            f,
            "// The changes of {graph} that were not saved. `:source` with this file repeats them on that graph;"
        )?;
        writeln!(
            f,
            "// values that depend on the time or on random numbers are computed again."
        )?;
        for statement in &self.settled {
            writeln!(f, "{statement}")?;
        }
        let Some(open) = self
            .open
            .as_ref()
            .filter(|open| !open.statements.is_empty())
        else {
            return Ok(());
        };
        writeln!(
            f,
            "// This transaction was open; `COMMIT;` at its end keeps it.\nBEGIN;"
        )?;
        open.statements
            .iter()
            .try_for_each(|statement| writeln!(f, "{statement}"))
    }
}

/// The most copies next to each other.
const COPIES: u32 = 1_000;

/// Writes a text to a file that does not exist yet: `place.unsaved.cypher`, or one with a number.
fn write_new(place: &Path, text: &str) -> io::Result<PathBuf> {
    for number in 1..=COPIES {
        let number = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let mut path = place.as_os_str().to_owned();
        path.push(format!(".unsaved{number}.cypher"));
        let path = PathBuf::from(path);
        match create(&path) {
            Ok(mut file) => {
                let written = file
                    .write_all(text.as_bytes())
                    .and_then(|()| file.sync_all());
                return match written {
                    Ok(()) => Ok(path),
                    Err(error) => {
                        // A part of the changes would look like all of them.
                        let _ = fs::remove_file(&path);
                        Err(error)
                    }
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Creates a file that only its owner reads, because the graph may be private.
fn create(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use relata::Value;
    use tempfile::TempDir;

    use super::*;

    /// Runs statements on a database and notes each of them.
    fn run(unsaved: &Unsaved, database: &mut Database, parameters: &Entries, texts: &[&str]) {
        for text in texts {
            let _ = database.query(*text).parameters(parameters.clone()).run();
            unsaved.note(text, parameters, database);
        }
    }

    /// The statements of a copy of changes to an empty graph.
    fn copied(texts: &[&str]) -> Vec<String> {
        let unsaved = Unsaved::default();
        let day = Value::Date(relata::value::Date::from_days(0).unwrap());
        let parameters = [("a".into(), day)].into_iter().collect();
        run(&unsaved, &mut Database::empty(), &parameters, texts);
        let text = unsaved.changes().to_string();
        text.lines().skip(2).map(str::to_owned).collect()
    }

    #[test]
    fn statements_that_change_the_graph_are_kept() {
        let texts = [
            "CREATE (:A) // one",
            "MATCH (n) RETURN n",
            "CREATE (:A {b: 1 / 0})",
        ];
        let set = ":param a date('1970-01-01')";
        assert_eq!(copied(&texts), [set, "CREATE (:A) // one", ";"]);
        assert_eq!(
            copied(&["CREATE (:A)", "CREATE (:B);"]),
            [set, "CREATE (:A);", "CREATE (:B);"]
        );
    }

    #[test]
    fn a_transaction_is_kept_unless_it_is_undone() {
        let kept = copied(&["BEGIN", "CREATE (:A)", "COMMIT"]);
        assert_eq!(kept[2..], ["CREATE (:A);", "COMMIT;"]);
        let undone = copied(&["BEGIN", "CREATE (:A)", "ROLLBACK", "CREATE (:B)"]);
        assert_eq!(undone[1..], ["CREATE (:B);"]);
        let open = copied(&["CREATE (:A)", "BEGIN", "CREATE (:B)"]);
        assert_eq!(open[3..], ["BEGIN;", "CREATE (:B);"]);
    }

    #[test]
    fn a_copy_replaces_no_file_and_repeats_the_changes() {
        let folder = TempDir::new().unwrap();
        let graph = folder.path().join("graph.cypher");
        let (unsaved, mut database) = (Unsaved::default(), Database::empty());
        unsaved.start("graph", Some(&graph), database.revision());
        assert!(matches!(unsaved.rescue(), Ok(None)));
        run(
            &unsaved,
            &mut database,
            &Entries::default(),
            &["CREATE (:A {b: 1})"],
        );
        let names = ["graph.unsaved.cypher", "graph.unsaved-2.cypher"];
        for name in names {
            let path = unsaved.rescue().unwrap().expect("a file");
            assert_eq!(path, folder.path().join(name));
            let script = relata::Source::new("copy", fs::read_to_string(path).unwrap());
            let mut repeated = Database::empty();
            repeated.run_script(&script.into()).unwrap();
            assert_eq!(repeated.graph().node_count(), 1);
        }
        unsaved.start("graph", Some(&graph), database.revision());
        assert!(unsaved.is_empty());
    }

    #[test]
    fn a_copy_goes_elsewhere_if_the_folder_of_the_graph_cannot_be_written() {
        let folder = TempDir::new().unwrap();
        let changes = Changes {
            path: Some(folder.path().join("missing/graph")),
            ..Changes::default()
        };
        let places: Vec<_> = changes.places().collect();
        assert_eq!(
            places[1..],
            [PathBuf::from("graph"), env::temp_dir().join("graph")]
        );
        assert!(write_new(&places[0], "").is_err());
        let nameless = Changes::default().places().next();
        assert_eq!(nameless, Some("relata".into()));
    }
}
