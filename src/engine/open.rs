//! Where graphs come from, and how their files are read.

use std::{fs, io::ErrorKind, path::Path, sync::Arc};

use crate::{
    base::{Code, Diagnostic, Source},
    engine::{
        Database, Error,
        database::{Origin, VOCABULARY},
    },
    graph::{
        Graph, builtin,
        load::{self, Input, LoadError, Loaded, NodeSpec, Options, RelationshipSpec},
    },
};

/// How the files of a graph are read.
///
/// ```no_run
/// # fn main() -> Result<(), relata::Error> {
/// let database = relata::OpenOptions::new()
///     .nodes("Person=people.csv")
///     .relationships("KNOWS=knows.csv")
///     .delimiter('|')
///     .open_files()?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    overlays: Vec<String>,
    nodes: Vec<String>,
    relationships: Vec<String>,
    options: Options,
}

impl OpenOptions {
    /// Delimiters are detected, and no overlay is taken.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a part of the graph that is off unless it is asked for.
    #[must_use]
    pub fn overlay(mut self, name: impl Into<String>) -> Self {
        self.overlays.push(name.into());
        self
    }

    /// Reads nodes from files, spelt as `neo4j-admin database import` spells it: `Message:Comment=Comment.csv`.
    #[must_use]
    pub fn nodes(mut self, files: impl Into<String>) -> Self {
        self.nodes.push(files.into());
        self
    }

    /// Reads relationships from files: `KNOWS=Person_knows_Person.csv`.
    #[must_use]
    pub fn relationships(mut self, files: impl Into<String>) -> Self {
        self.relationships.push(files.into());
        self
    }

    /// What stands between fields.
    #[must_use]
    pub fn delimiter(mut self, delimiter: char) -> Self {
        self.options.delimiter = Some(delimiter);
        self
    }

    /// What stands between the items of a list in a field.
    #[must_use]
    pub fn array_delimiter(mut self, delimiter: char) -> Self {
        self.options.array_delimiter = Some(delimiter);
        self
    }

    /// Opens a folder of CSV files, or a script of statements that ends in `.cypher`. Files named by
    /// [`OpenOptions::nodes`] and [`OpenOptions::relationships`] are added to those of a folder: their relationships may
    /// name its nodes.
    ///
    /// # Errors
    /// Every problem of the files, up to a hundred; of a script, the first.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Database, Error> {
        let path = path.as_ref();
        let named_script = path.extension().is_some_and(|ending| ending == "cypher");
        if named_script && path.is_file() {
            return self.script(path);
        }
        let folder = Input::folder(path, &self.overlays).map_err(problems)?;
        let input = folder.and(self.named_files()?);
        let loaded = load::load(&input, &self.options).map_err(problems)?;
        let database = self.database(loaded, Some(path));
        Ok(match vocabulary(path)? {
            Some(file) => database.with_vocabulary(file),
            None => database,
        })
    }

    /// Opens the files named by [`OpenOptions::nodes`] and [`OpenOptions::relationships`] alone.
    ///
    /// # Errors
    /// Every problem of the files, up to a hundred.
    pub fn open_files(&self) -> Result<Database, Error> {
        let loaded = load::load(&self.named_files()?, &self.options).map_err(problems)?;
        Ok(self.database(loaded, None))
    }

    /// Opens the graph that is compiled in.
    ///
    /// # Errors
    /// If there is no such overlay.
    pub fn connected_practice(&self) -> Result<Database, Error> {
        let graph: Graph = builtin::connected_practice(&self.overlays).map_err(problems)?;
        let origin = Origin::built_in(self.overlays.clone());
        Ok(Database::from_graph(graph).with_origin(origin))
    }

    fn named_files(&self) -> Result<Input<'static>, Error> {
        let nodes: Vec<NodeSpec> = specs(&self.nodes)?;
        let relationships: Vec<RelationshipSpec> = specs(&self.relationships)?;
        Input::specs(&nodes, &relationships).map_err(problems)
    }

    /// A script has no files beside it, and no overlays.
    fn script(&self, path: &Path) -> Result<Database, Error> {
        let files = self.nodes.iter().chain(&self.relationships);
        let Some(file) = files.chain(&self.overlays).next() else {
            return script(path);
        };
        let message = format!("expected a folder to add `{file}` to, found a script");
        let help = "save the script as a folder with `relata export`, and add to that";
        Err(Diagnostic::whole(Code::LoadProblem, message)
            .help(help)
            .into())
    }

    fn database(&self, loaded: Loaded, folder: Option<&Path>) -> Database {
        let database = Database::from_graph(loaded.graph);
        match loaded.manifest {
            Some(manifest) => database.with_origin(Origin::Files {
                manifest: Box::new(manifest),
                overlays: self.overlays.clone(),
                folder: folder.map(Path::to_path_buf),
            }),
            None => database,
        }
    }
}

/// The words beside the files of a folder, if there are some.
fn vocabulary(folder: &Path) -> Result<Option<Source>, Error> {
    let path = folder.join(VOCABULARY);
    let name = path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(Source::new(name, text))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let message = format!("{name}: {error}");
            Err(Diagnostic::whole(Code::LoadProblem, message).into())
        }
    }
}

/// A database in which the statements of a script have been run.
fn script(path: &Path) -> Result<Database, Error> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| Diagnostic::whole(Code::LoadProblem, format!("{name}: {error}")))?;
    let mut database = Database::empty();
    database.run_script(&Arc::new(Source::new(name, text)))?;
    if database.in_transaction() {
        let message = "expected the script to end its transaction, found it open";
        let open = Diagnostic::whole(Code::LoadProblem, message);
        return Err(open.help("end the script with `COMMIT`").into());
    }
    Ok(database)
}

fn specs<T: std::str::FromStr<Err = String>>(texts: &[String]) -> Result<Vec<T>, Error> {
    let spec = |text: &String| text.parse();
    let specs: Result<Vec<_>, String> = texts.iter().map(spec).collect();
    specs.map_err(|message| Diagnostic::whole(Code::LoadProblem, message).into())
}

fn problems(error: LoadError) -> Error {
    let found = Error::all(error.diagnostics());
    found.unwrap_or_else(|| Diagnostic::whole(Code::LoadProblem, error.to_string()).into())
}
