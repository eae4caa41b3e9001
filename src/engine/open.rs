//! Opens graphs from files, scripts and the program itself.

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

/// Options for opening a graph.
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
    /// Default options: delimiters are detected, no overlays are loaded.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Loads an overlay: a part of the graph that is not loaded by default.
    #[must_use]
    pub fn overlay(mut self, name: impl Into<String>) -> Self {
        self.overlays.push(name.into());
        self
    }

    /// Reads nodes from files, in the syntax of `neo4j-admin database import`: `Message:Comment=Comment.csv`.
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

    /// Sets the field delimiter.
    #[must_use]
    pub fn delimiter(mut self, delimiter: char) -> Self {
        self.options.delimiter = Some(delimiter);
        self
    }

    /// Sets the delimiter between the items of a list.
    #[must_use]
    pub fn array_delimiter(mut self, delimiter: char) -> Self {
        self.options.array_delimiter = Some(delimiter);
        self
    }

    /// Opens a folder of CSV files, or a script of statements whose name ends in `.cypher`. The files of
    /// [`OpenOptions::nodes`] and [`OpenOptions::relationships`] are added to a folder; their relationships can refer
    /// to its nodes.
    ///
    /// # Errors
    /// All problems of the files, up to a hundred; for a script, the first error.
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

    /// Opens only the files of [`OpenOptions::nodes`] and [`OpenOptions::relationships`].
    ///
    /// # Errors
    /// All problems of the files, up to a hundred.
    pub fn open_files(&self) -> Result<Database, Error> {
        let loaded = load::load(&self.named_files()?, &self.options).map_err(problems)?;
        Ok(self.database(loaded, None))
    }

    /// Opens the built-in graph.
    ///
    /// # Errors
    /// If an overlay does not exist.
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

    /// Opens a script, which cannot be combined with files or overlays.
    fn script(&self, path: &Path) -> Result<Database, Error> {
        let files = self.nodes.iter().chain(&self.relationships);
        let Some(file) = files.chain(&self.overlays).next() else {
            return script(path);
        };
        let message = format!("expected a folder to add `{file}` to, found a script");
        let help =
            "save the script as a folder with `relata export`, and add the file to the folder";
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

/// The vocabulary file in a folder, or `None` if there is none.
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

/// A database after running the statements of a script.
fn script(path: &Path) -> Result<Database, Error> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| Diagnostic::whole(Code::LoadProblem, format!("{name}: {error}")))?;
    let mut database = Database::empty();
    database.run_script(&Arc::new(Source::new(name, text)))?;
    if database.in_transaction() {
        let message = "expected a script that ends its transaction, found an open transaction";
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
