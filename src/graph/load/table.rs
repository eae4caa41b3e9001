//! Opened files: text, delimiter, header, and the labels or the type of their rows.

use std::{collections::BTreeSet, sync::Arc};

use rustc_hash::FxHashMap;

use crate::{
    base::Stop,
    graph::{
        load::{
            Options, delimiter,
            header::{Column, Header, Role},
            input::{Declared, File, Given},
            name,
            parallel::map,
            preset::Preset,
            problem::{Problem, Problems},
            record::Records,
            text,
        },
        manifest::IdType,
    },
};

/// A file that is ready to be read.
#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    /// The byte position of the first record after the header.
    pub(super) body: usize,
    pub(super) delimiter: u8,
    pub(super) array_delimiter: char,
    pub(super) id_type: IdType,
    /// Ends reading the records early.
    pub(super) stop: &'a Stop,
    pub(super) header: Arc<Header>,
    /// The labels of all nodes, besides those in a `:LABEL` column.
    pub(super) labels: Vec<String>,
    /// The type of all relationships without one in a `:TYPE` column.
    pub(super) kind: String,
}

impl<'a> Table<'a> {
    /// The records after the header.
    pub(super) fn records(&self) -> Records<'a> {
        Records::new(self.text, self.body, self.delimiter)
    }

    /// An estimate of the number of records: the number of lines, limited by the minimum record length.
    pub(super) fn about(&self) -> usize {
        let body = &self.text.as_bytes()[self.body..];
        // A `u8` sum over a short piece cannot overflow and is vectorised.
        let in_piece =
            |piece: &[u8]| -> u8 { piece.iter().map(|byte| u8::from(*byte == b'\n')).sum() };
        let lines: usize = 1 + body
            .chunks(128)
            .map(|piece| usize::from(in_piece(piece)))
            .sum::<usize>();
        lines.min(1 + body.len() / self.header.columns.len().max(1))
    }

    /// A problem at byte `at` of the text.
    pub(super) fn problem(&self, at: usize, message: impl Into<String>) -> Problem {
        Problem::at(self.file, self.text, at, message)
    }

    /// A problem with a column. Its place is known only in the file with the header.
    pub(super) fn column_problem(&self, column: usize, message: impl Into<String>) -> Problem {
        match self.header.places.get(column) {
            Some(at) if self.body > 0 => self.problem(*at, message),
            _ => Problem::whole(self.file, message),
        }
    }

    /// The id space of the nodes, or `None` if they have no ids.
    pub(super) fn space(&self) -> Option<&str> {
        self.header.columns.iter().find_map(|column| match column {
            Column::Id { space, .. } => Some(space.as_str()),
            _ => None,
        })
    }
}

/// The tables that could be opened.
#[derive(Debug, Default)]
pub(super) struct Opened<'a> {
    pub(super) tables: Vec<Table<'a>>,
    /// Whether a table that could not be opened may contain nodes.
    pub(super) lacks_nodes: bool,
}

/// Opens the given tables. A table that cannot be opened is left out and its problems are recorded.
pub(super) fn open<'a>(
    given: &'a [Given<'a>],
    declared: &[Declared],
    options: &'a Options,
    problems: &mut Problems,
) -> Opened<'a> {
    let files: Vec<&File<'a>> = given.iter().flat_map(|table| &table.files).collect();
    let texts = map(
        &files,
        |file| file.bytes.len(),
        |file| text::decode(&file.name, &file.bytes),
    );
    let mut texts = texts.into_iter();
    let mut decoded = Vec::with_capacity(given.len());
    for table in given {
        let parts: Vec<_> = texts.by_ref().take(table.files.len()).collect();
        decoded.push(all_texts(parts));
    }
    let first = |texts: &Result<Vec<&'a str>, Problems>| {
        texts.iter().flatten().next().copied().unwrap_or_default()
    };
    let detect = |texts| match options.delimiter {
        Some(delimiter) => u8::try_from(delimiter).ok(),
        None => delimiter::of_header(first(texts)),
    };
    let detected: Vec<Option<u8>> = decoded.iter().map(detect).collect();
    let most = delimiter::of_most(detected.iter().flatten().copied());
    let mut opened = Opened::default();
    let mut headers = Headers::default();
    for (((given, declared), texts), delimiter) in
        given.iter().zip(declared).zip(decoded).zip(detected)
    {
        let text = first(&texts);
        let reading = Reading::new(options, delimiter.unwrap_or(most));
        match texts.and_then(|texts| reading.open(given, declared, &texts, &mut headers)) {
            Ok(parts) => opened.tables.extend(parts),
            Err(found) => {
                opened.lacks_nodes |= may_hold_nodes(declared, text);
                problems.append(found);
            }
        }
    }
    name_contents(&mut opened.tables, options.preset);
    opened
}

fn may_hold_nodes(declared: &Declared, text: &str) -> bool {
    let header = text.lines().next().unwrap_or_default();
    declared.role != Some(Role::Relationships) && !header.contains("_ID")
}

fn all_texts(parts: Vec<Result<&str, Problem>>) -> Result<Vec<&str>, Problems> {
    let mut texts = Vec::with_capacity(parts.len());
    let mut problems = Problems::default();
    for part in parts {
        match part {
            Ok(text) => texts.push(text),
            Err(problem) => problems.push(|| problem),
        }
    }
    if problems.is_empty() {
        Ok(texts)
    } else {
        Err(problems)
    }
}

/// Parsed headers by header line, role and delimiter; many files of a graph have the same header.
type Headers<'a> = FxHashMap<(&'a str, Option<Role>, u8), Arc<Header>>;

/// How to read a table.
#[derive(Clone, Copy, Debug)]
struct Reading<'a> {
    stop: &'a Stop,
    delimiter: u8,
    array_delimiter: char,
    id_type: IdType,
}

impl<'a> Reading<'a> {
    fn new(options: &'a Options, delimiter: u8) -> Self {
        let id_type = options
            .id_type
            .or(options.preset.map(|preset| preset.id_type));
        Self {
            stop: &options.stop,
            delimiter,
            array_delimiter: options
                .array_delimiter
                .unwrap_or_else(|| delimiter::of_lists(delimiter)),
            id_type: id_type.unwrap_or(IdType::String),
        }
    }

    /// Opens the files of a table, which share the header of the first.
    fn open(
        self,
        given: &'a Given<'a>,
        declared: &Declared,
        texts: &[&'a str],
        headers: &mut Headers<'a>,
    ) -> Result<Vec<Table<'a>>, Problems> {
        let (Some(first), Some(text)) = (given.files.first(), texts.first()) else {
            return Ok(Vec::new());
        };
        let (header, body) = self.shared_header(&first.name, text, declared.role, headers)?;
        let parts = given.files.iter().zip(texts).enumerate();
        let table = |(position, (file, text)): (usize, (&'a File<'a>, &&'a str))| Table {
            file: &file.name,
            text,
            body: if position == 0 { body } else { 0 },
            delimiter: self.delimiter,
            array_delimiter: self.array_delimiter,
            id_type: self.id_type,
            stop: self.stop,
            header: Arc::clone(&header),
            labels: declared.labels.clone(),
            kind: declared.kind.clone().unwrap_or_default(),
        };
        Ok(parts.map(table).collect())
    }

    /// The header of a text and its end. A header on the first line without quotes is parsed only once.
    fn shared_header<'t>(
        self,
        file: &str,
        text: &'t str,
        role: Option<Role>,
        headers: &mut Headers<'t>,
    ) -> Result<(Arc<Header>, usize), Problems> {
        let line = text.split_inclusive('\n').next().unwrap_or_default();
        let key = (line, role, self.delimiter);
        if let Some(header) = headers.get(&key) {
            return Ok((Arc::clone(header), line.len()));
        }
        let (header, end) = self.header(file, text, role)?;
        let header = Arc::new(header);
        if end == line.len() && !line.contains('"') {
            headers.insert(key, Arc::clone(&header));
        }
        Ok((header, end))
    }

    fn header(
        self,
        file: &str,
        text: &str,
        role: Option<Role>,
    ) -> Result<(Header, usize), Problems> {
        let mut fields = Vec::new();
        let mut records = Records::new(text, 0, self.delimiter);
        match records.read(&mut fields) {
            Ok(true) => {}
            Ok(false) => {
                return Err(Problem::whole(file, "expected a header, found an empty file").into());
            }
            Err(broken) => return Err(Problem::at(file, text, broken.at, broken.message).into()),
        }
        let header = Header::read(&fields, role).map_err(|faults| {
            let mut problems = Problems::default();
            for fault in faults {
                problems.push(|| {
                    Problem::at(file, text, fault.at, fault.message).maybe_help(fault.help)
                });
            }
            problems
        })?;
        Ok((header, records.position()))
    }
}

/// Derives labels and types from file names where nothing else gives them.
fn name_contents(tables: &mut [Table<'_>], preset: Option<&Preset>) {
    for table in tables
        .iter_mut()
        .filter(|table| table.header.role == Role::Nodes)
    {
        let stem = name::stem(table.file);
        if table.labels.is_empty() && !table.header.columns.contains(&Column::Labels) {
            table.labels.push(stem.to_owned());
            let more = preset.into_iter().flat_map(|preset| preset.labels_of(stem));
            table.labels.extend(more.map(str::to_owned));
        }
    }
    let ends: BTreeSet<String> = tables.iter().flat_map(names_of_ends).collect();
    for table in tables
        .iter_mut()
        .filter(|table| table.header.role == Role::Relationships)
    {
        if table.kind.is_empty() {
            let is_end = |name: &str| ends.contains(&name.to_lowercase());
            table.kind = name::relationship_type(name::stem(table.file), is_end);
        }
    }
}

/// The names of a node table in relationship file names: its labels and its id space, in lower case.
fn names_of_ends(table: &Table<'_>) -> Vec<String> {
    if table.header.role == Role::Relationships {
        return Vec::new();
    }
    let labels = table.labels.iter().map(String::as_str);
    labels.chain(table.space()).map(str::to_lowercase).collect()
}
