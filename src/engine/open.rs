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

    /// Opens a folder of CSV files, or a script of statements that ends in `.cypher`.
    ///
    /// # Errors
    /// Every problem of the files, up to a hundred; of a script, the first.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Database, Error> {
        let path = path.as_ref();
        if path
            .extension()
            .is_some_and(|extension| extension == "cypher")
            && path.is_file()
        {
            return script(path);
        }
        if !self.nodes.is_empty() || !self.relationships.is_empty() {
            let message = "expected either a folder or files by name, found both";
            return Err(Diagnostic::whole(Code::LoadProblem, message).into());
        }
        let loaded = load::folder(path, &self.overlays, &self.options).map_err(problems)?;
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
        let nodes: Vec<NodeSpec> = specs(&self.nodes)?;
        let relationships: Vec<RelationshipSpec> = specs(&self.relationships)?;
        let input = Input::specs(&nodes, &relationships).map_err(problems)?;
        let loaded = load::load(&input, &self.options).map_err(problems)?;
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
