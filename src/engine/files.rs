//! Files that statements read: only below folders that the caller allows.

use std::path::{Path, PathBuf};

use crate::{
    base::{Code, Fault, LONGEST_TABLE, Stop, read_file},
    exchange::{self, Document, RdfOptions, ReadOptions, csv_rows, graph_rows, json_rows},
    function::Loaded,
    graph::load::{LoadError, Problem},
    value::{Value, cast::text_of},
};

type Rows = Result<Vec<Vec<Value>>, Fault>;

/// The rows of a file.
pub(super) fn load(
    allowed: &[PathBuf],
    stop: &Stop,
    kind: Loaded,
    name: &str,
    options: &Value,
) -> Rows {
    let path = found(allowed, name)?;
    let failed = |error: std::io::Error| match stop.reason() {
        Some(reason) => Fault::new(reason, format!("reading `{name}` was interrupted")),
        None => Fault::new(
            Code::LoadProblem,
            format!("{name}: cannot be read: {error}"),
        ),
    };
    let bytes = read_file(&path, LONGEST_TABLE, stop).map_err(failed)?;
    let document = Document::stoppable(name, bytes, stop).map_err(failed)?;
    let one = |rows: Vec<Value>| rows.into_iter().map(|row| vec![row]).collect();
    match kind {
        Loaded::Csv => {
            let rows = csv_rows(&document, flag(options, "headers")?, terminator(options)?);
            rows.map(one).map_err(|it| fault(&it))
        }
        Loaded::Json => json_rows(&document).map(one).map_err(|it| fault(&it)),
        Loaded::GraphMl | Loaded::Rdf => graph(document, kind, stop, options),
    }
}

fn graph(document: Document, kind: Loaded, stop: &Stop, options: &Value) -> Rows {
    let format = exchange::recognise(&document).map_err(|it| fault(&it))?;
    let fits = match kind {
        Loaded::Rdf => format.is_rdf(),
        _ => format.name == "graphml",
    };
    if !fits {
        let wanted = if kind == Loaded::Rdf {
            "RDF"
        } else {
            "GraphML"
        };
        let message = format!(
            "{}: expected {wanted}, found `{}`",
            document.name(),
            format.name
        );
        return Err(Fault::new(Code::LoadProblem, message));
    }
    let read = ReadOptions {
        rdf: rdf_options(options)?,
        stop: stop.clone(),
        ..ReadOptions::default()
    };
    let imported = exchange::read(&[(document, format)], &read).map_err(|error| first(&error))?;
    Ok(graph_rows(&imported.graph))
}

/// The path of a file below an allowed folder. A name that is relative, or begins with `file:///`, is looked for in each.
fn found(allowed: &[PathBuf], name: &str) -> Result<PathBuf, Fault> {
    if allowed.is_empty() {
        let message = format!("statements may not read files, found `{name}`");
        let help = "allow a folder: `relata --allow-path DIR`, or `Database::with_allowed_path`";
        return Err(Fault::new(Code::LoadProblem, message).help(help));
    }
    let path = name.strip_prefix("file://").unwrap_or(name);
    if path.contains("://") {
        let message = format!("expected a file, found the address `{name}`");
        return Err(Fault::new(Code::LoadProblem, message).help("download it first"));
    }
    let roots: Vec<PathBuf> = allowed
        .iter()
        .filter_map(|folder| folder.canonicalize().ok())
        .collect();
    let inside = |path: PathBuf| {
        let path = path.canonicalize().ok()?;
        roots
            .iter()
            .any(|root| path.starts_with(root))
            .then_some(path)
    };
    let given = inside(PathBuf::from(path));
    let relative = Path::new(path.trim_start_matches('/'));
    let joined = || roots.iter().find_map(|root| inside(root.join(relative)));
    given.or_else(joined).ok_or_else(|| {
        let folders: Vec<_> = allowed
            .iter()
            .map(|folder| format!("`{}`", folder.display()))
            .collect();
        let message = format!(
            "expected a file in {}, found none by the name `{name}`",
            folders.join(" or ")
        );
        Fault::new(Code::LoadProblem, message).help("allow its folder with `--allow-path DIR`")
    })
}

fn option<'v>(options: &'v Value, name: &str) -> Option<&'v Value> {
    match options {
        Value::Map(entries) => entries.get(name),
        _ => None,
    }
}

fn flag(options: &Value, name: &str) -> Result<bool, Fault> {
    match option(options, name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Boolean(flag)) => Ok(*flag),
        Some(other) => Err(wrong(name, "a boolean", other)),
    }
}

fn terminator(options: &Value) -> Result<Option<char>, Fault> {
    match option(options, "fieldTerminator") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => {
            let text = if &**text == "\\t" { "\t" } else { text };
            let mut letters = text.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => Ok(Some(letter)),
                _ => Err(Fault::new(
                    Code::InvalidArgument,
                    format!("expected one character as `fieldTerminator`, found `{text}`"),
                )),
            }
        }
        Some(other) => Err(wrong("fieldTerminator", "a string", other)),
    }
}

fn wrong(name: &str, expected: &str, found: &Value) -> Fault {
    let message = format!("expected {expected} as `{name}`, found {}", found.kind());
    Fault::new(Code::InvalidArgumentTypeAtRuntime, message)
}

fn rdf_options(given: &Value) -> Result<RdfOptions, Fault> {
    let mut options = RdfOptions::default();
    let Value::Map(entries) = given else {
        return Ok(options);
    };
    for (name, value) in entries.iter() {
        let mut set = |name: &str, value: &Value| {
            let text = match value {
                Value::List(items) => {
                    let texts: Vec<_> = items.iter().filter_map(text_of).collect();
                    texts.join(",")
                }
                value => text_of(value).unwrap_or_default().into_owned(),
            };
            options
                .set(name, &text)
                .map_err(|message| Fault::new(Code::InvalidArgument, message))
        };
        match value {
            Value::Map(mappings) => {
                for (iri, target) in mappings.iter() {
                    set(&format!("{name}.{iri}"), target)?;
                }
            }
            value => set(name, value)?,
        }
    }
    Ok(options)
}

fn fault(problem: &Problem) -> Fault {
    let mut plain = problem.clone();
    let help = plain.help.take();
    let fault = Fault::new(Code::LoadProblem, plain.to_string());
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

fn first(error: &LoadError) -> Fault {
    let mut problems = error.diagnostics();
    let first = problems.swap_remove(0);
    Fault::new(first.code, first.message)
}
