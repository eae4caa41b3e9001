//! The input files of a graph: a folder, files named by flags, or texts in memory.
//!
//! Only this module reads tables from disk, and only paths that the caller passes.

use std::{borrow::Cow, collections::BTreeSet, fs, path::Path};

use crate::{
    base::{LONGEST_TABLE, Stop, decompressed, did_you_mean, read_file, without_compression},
    graph::{
        load::{
            header::Role,
            problem::{LoadError, Problem, Problems},
            spec::{NodeSpec, RelationshipSpec},
        },
        manifest,
    },
};

/// A file: name and content.
#[derive(Clone, Debug)]
pub(super) struct File<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) bytes: Cow<'a, [u8]>,
}

/// What is declared about a table before its files are opened.
#[derive(Clone, Debug, Default)]
pub(super) struct Declared {
    pub(super) role: Option<Role>,
    /// The labels of all nodes.
    pub(super) labels: Vec<String>,
    /// The type of all relationships.
    pub(super) kind: Option<String>,
}

/// A table: one or more files; the first contains the header.
#[derive(Clone, Debug)]
pub(super) struct Given<'a> {
    pub(super) declared: Declared,
    pub(super) files: Vec<File<'a>>,
}

/// The input of a load.
#[derive(Clone, Debug, Default)]
pub struct Input<'a> {
    pub(super) manifest: Option<File<'a>>,
    pub(super) tables: Vec<Given<'a>>,
    /// Whether the tables come from one folder, so that presets are recognised.
    pub(super) is_folder: bool,
}

impl<'a> Input<'a> {
    /// The files of a folder on disk, with the given overlays.
    ///
    /// # Errors
    /// If a file cannot be read, there are no CSV files, or an overlay does not exist.
    pub fn folder(
        path: &Path,
        overlays: &[String],
        stop: &Stop,
    ) -> Result<Input<'static>, LoadError> {
        let root = path.display().to_string();
        if !path.is_dir() {
            let message = if path.exists() {
                "expected a folder, found a file"
            } else {
                "there is no such folder"
            };
            return Err(Problem::whole(&root, message).into());
        }
        let names = names(path).map_err(|error| unreadable(&root, &error))?;
        let chosen = choose(&root, &names, overlays)?;
        let mut problems = Problems::default();
        let mut files = Vec::new();
        for name in chosen {
            match read(&path.join(name), stop) {
                Ok(bytes) => files.push((Cow::Owned(name.to_owned()), Cow::Owned(bytes))),
                Err(error) => problems.push(|| unreadable(name, &error)),
            }
        }
        problems.into_result()?;
        Ok(Input::of(files, overlays))
    }

    /// The files of the graph in a folder on disk, with the given overlays, by their paths within it.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn names(path: &Path, overlays: &[String]) -> std::io::Result<Vec<String>> {
        let names = names(path)?.into_iter();
        let names = names.filter(|name| place(name, overlays) != Place::Elsewhere);
        Ok(names.collect())
    }

    /// Files in memory with their paths within a folder, with the given overlays.
    ///
    /// # Errors
    /// If there are no CSV files, or an overlay does not exist.
    pub fn files(
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        overlays: &[String],
    ) -> Result<Self, LoadError> {
        let files: Vec<_> = files.into_iter().collect();
        let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
        let chosen: BTreeSet<&str> = choose("graph", &names, overlays)?.into_iter().collect();
        let mut chosen: Vec<_> = files
            .into_iter()
            .filter(|(name, _)| chosen.contains(name))
            .collect();
        chosen.sort_by_key(|(name, _)| *name);
        let chosen = chosen.into_iter();
        let files = chosen.map(|(name, bytes)| (Cow::Borrowed(name), Cow::Borrowed(bytes)));
        Ok(Self::of(files.collect(), overlays))
    }

    /// Files in memory, each with the header of its table. The header tells nodes from relationships.
    #[must_use]
    pub fn loose(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let given = |(name, bytes)| Given {
            declared: Declared::default(),
            files: vec![File {
                name: Cow::Borrowed(name),
                bytes: Cow::Borrowed(bytes),
            }],
        };
        Self {
            tables: files.into_iter().map(given).collect(),
            ..Self::default()
        }
    }

    /// Files named by flags, read from disk.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn specs(
        nodes: &[NodeSpec],
        relationships: &[RelationshipSpec],
        stop: &Stop,
    ) -> Result<Input<'static>, LoadError> {
        let mut problems = Problems::default();
        let mut tables = Vec::new();
        for spec in nodes {
            tables.push(Given {
                declared: Declared {
                    role: Some(Role::Nodes),
                    labels: spec.labels.clone(),
                    kind: None,
                },
                files: read_all(&spec.files, stop, &mut problems),
            });
        }
        for spec in relationships {
            tables.push(Given {
                declared: Declared {
                    role: Some(Role::Relationships),
                    labels: Vec::new(),
                    kind: spec.kind.clone(),
                },
                files: read_all(&spec.files, stop, &mut problems),
            });
        }
        problems.into_result()?;
        Ok(Input {
            manifest: None,
            tables,
            is_folder: false,
        })
    }

    /// The union of both inputs as one graph: relationships of one can refer to nodes of the other.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.tables.extend(others.tables);
        self
    }

    /// The chosen files of a folder, ordered by name.
    fn of(files: Vec<(Cow<'a, str>, Cow<'a, [u8]>)>, overlays: &[String]) -> Self {
        let mut input = Self {
            is_folder: true,
            ..Self::default()
        };
        for (name, bytes) in files {
            let role = match place(&name, overlays) {
                Place::Manifest => {
                    input.manifest = Some(File { name, bytes });
                    continue;
                }
                Place::Table(role) => role,
                Place::Elsewhere => continue,
            };
            input.tables.push(Given {
                declared: Declared {
                    role,
                    ..Declared::default()
                },
                files: vec![File { name, bytes }],
            });
        }
        input
    }
}

/// The content of a file, decompressed.
fn read(path: &Path, stop: &Stop) -> std::io::Result<Vec<u8>> {
    read_file(path, LONGEST_TABLE, stop).and_then(|bytes| decompressed(bytes, stop))
}

fn unreadable(name: &str, error: &std::io::Error) -> Problem {
    Problem::whole(name, format!("cannot be read: {error}"))
}

fn read_all(names: &[String], stop: &Stop, problems: &mut Problems) -> Vec<File<'static>> {
    let mut files = Vec::with_capacity(names.len());
    for name in names {
        match read(Path::new(name), stop) {
            Ok(bytes) => files.push(File {
                name: Cow::Owned(name.clone()),
                bytes: Cow::Owned(bytes),
            }),
            Err(error) => problems.push(|| unreadable(name, &error)),
        }
    }
    files
}

/// The role of a file in a folder, by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Manifest,
    Table(Option<Role>),
    Elsewhere,
}

fn place(name: &str, overlays: &[String]) -> Place {
    if name == manifest::FILE {
        return Place::Manifest;
    }
    let parts: Vec<&str> = name.split('/').collect();
    let within = match parts.as_slice() {
        ["overlays", overlay, within @ ..] if overlays.iter().any(|name| name == overlay) => within,
        ["overlays", ..] => return Place::Elsewhere,
        within => within,
    };
    match within {
        [file] if is_table(file) => Place::Table(None),
        ["nodes", file] if is_table(file) => Place::Table(Some(Role::Nodes)),
        ["relationships", file] if is_table(file) => Place::Table(Some(Role::Relationships)),
        _ => Place::Elsewhere,
    }
}

/// Whether a file of this name in the folder of a graph is a table, which may be compressed.
pub(in crate::graph) fn is_table(file: &str) -> bool {
    let file = without_compression(file);
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    !file.starts_with('.')
        && (ending.eq_ignore_ascii_case("csv") || ending.eq_ignore_ascii_case("tsv"))
}

/// The names of the files that belong to the graph. Every overlay in `overlays` must exist.
fn choose<'n>(
    root: &str,
    names: &'n BTreeSet<String>,
    overlays: &[String],
) -> Result<Vec<&'n str>, LoadError> {
    let known: BTreeSet<&str> = names
        .iter()
        .filter_map(|name| Some(name.strip_prefix("overlays/")?.split_once('/')?.0))
        .collect();
    let mut problems = Problems::default();
    for overlay in overlays {
        if !known.contains(overlay.as_str()) {
            problems.push(|| unknown_overlay(root, overlay, &known));
        }
    }
    problems.into_result()?;
    let chosen = names.iter().map(String::as_str);
    let chosen: Vec<&str> = chosen
        .filter(|name| place(name, overlays) != Place::Elsewhere)
        .collect();
    // A manifest without CSV files is an empty graph.
    if chosen.is_empty() {
        let scripted = root.trim_end_matches('/').ends_with(".cypher");
        let help = scripted.then(|| "it is a folder; a script of statements is a file".to_owned());
        let none = Problem::whole(root, "expected CSV files, found none");
        return Err(none.maybe_help(help).into());
    }
    Ok(chosen)
}

fn unknown_overlay(root: &str, overlay: &str, known: &BTreeSet<&str>) -> Problem {
    let help = did_you_mean(overlay, known.iter().copied()).unwrap_or_else(|| {
        if known.is_empty() {
            return "the graph has no overlays".to_owned();
        }
        let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
        format!("the overlays are {}", names.join(", "))
    });
    Problem::whole(root, format!("there is no overlay `{overlay}`")).maybe_help(Some(help))
}

/// The names of all files that may belong to a graph, relative to its folder, with `/` as separator.
fn names(root: &Path) -> std::io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    list(root, "", &mut names)?;
    for part in ["nodes", "relationships"] {
        list(root, part, &mut names)?;
    }
    let overlays = root.join("overlays");
    if overlays.is_dir() {
        for entry in fs::read_dir(overlays)? {
            let overlay = format!("overlays/{}", entry?.file_name().to_string_lossy());
            for part in [
                overlay.clone(),
                format!("{overlay}/nodes"),
                format!("{overlay}/relationships"),
            ] {
                list(root, &part, &mut names)?;
            }
        }
    }
    Ok(names)
}

fn list(root: &Path, part: &str, names: &mut BTreeSet<String>) -> std::io::Result<()> {
    let folder = root.join(part);
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.path().is_file() {
            let file = entry.file_name().to_string_lossy().into_owned();
            names.insert(if part.is_empty() {
                file
            } else {
                format!("{part}/{file}")
            });
        }
    }
    Ok(())
}
