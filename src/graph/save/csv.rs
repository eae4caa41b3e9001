//! Node and relationship files as CSV text.

use crate::{
    base::Fault,
    graph::{
        load::{
            name::{relationship_type, stem},
            quoted::quoted,
        },
        manifest::IdType,
        save::{
            File, cell,
            columns::{Column, Needs, holds},
            layout::{EdgeFile, Ids, Layout, NodeFile, labels},
        },
    },
    value::{EdgeId, KeyId, NodeId, Value},
};

/// A file to be written.
pub(super) struct Table<'l> {
    layout: &'l Layout<'l>,
    path: &'l str,
    rows: Rows<'l>,
}

/// The rows of a file.
enum Rows<'l> {
    Nodes(&'l [NodeId]),
    /// Relationships, with the type if the file name does not give it.
    Edges(&'l [EdgeId], Option<String>),
}

/// Writes delimited fields and lines.
struct Writer {
    text: String,
    delimiter: char,
    is_first: bool,
}

impl<'l> Table<'l> {
    pub(super) fn of_nodes(layout: &'l Layout<'l>, file: &'l NodeFile) -> Self {
        Self {
            layout,
            path: &file.path,
            rows: Rows::Nodes(&file.nodes),
        }
    }

    pub(super) fn of_edges(layout: &'l Layout<'l>, file: &'l EdgeFile) -> Self {
        let name = &**layout.graph.catalog().type_name(file.kind);
        // Files with a label column add no names of ends; only the unnamed id space remains.
        let said = relationship_type(stem(&file.path), str::is_empty);
        let kind = (said != name).then(|| type_cell(name));
        Self {
            layout,
            path: &file.path,
            rows: Rows::Edges(&file.edges, kind),
        }
    }

    /// The path and the text.
    pub(super) fn text(self) -> Result<File, Fault> {
        let columns = self.columns()?;
        let mut writer = Writer {
            text: String::new(),
            delimiter: self.layout.delimiter,
            is_first: true,
        };
        self.header(&columns, &mut writer);
        match &self.rows {
            Rows::Nodes(nodes) => nodes
                .iter()
                .for_each(|node| self.node(*node, &columns, &mut writer)),
            Rows::Edges(edges, kind) => edges
                .iter()
                .for_each(|edge| self.edge(*edge, kind.as_deref(), &columns, &mut writer)),
        }
        Ok((self.path.to_owned(), writer.text))
    }

    fn columns(&self) -> Result<Vec<Column>, Fault> {
        let (graph, array_delimiter) = (self.layout.graph, self.layout.array_delimiter);
        let catalog = graph.catalog();
        let mut needs = Needs::default();
        let mut add = |(key, value): (KeyId, Value)| match self.layout.ids {
            Ids::Key(id, _) if id == key && matches!(self.rows, Rows::Nodes(_)) => Ok(()),
            _ => needs.add(key, &value, array_delimiter, catalog),
        };
        match &self.rows {
            Rows::Nodes(nodes) => {
                let mut properties = nodes.iter().flat_map(|node| graph.node_properties(*node));
                properties.try_for_each(&mut add)?;
            }
            Rows::Edges(edges, _) => {
                let mut properties = edges.iter().flat_map(|edge| graph.edge_properties(*edge));
                properties.try_for_each(&mut add)?;
            }
        }
        Ok(needs.columns(self.layout.order, catalog))
    }

    fn header(&self, columns: &[Column], writer: &mut Writer) {
        match &self.rows {
            Rows::Nodes(_) => writer.head(&self.id_head()),
            Rows::Edges(_, kind) => {
                writer.head(":START_ID");
                writer.head(":END_ID");
                kind.iter().for_each(|_| writer.head(":TYPE"));
            }
        }
        for column in columns {
            let name = head_name(self.layout.graph.catalog().key_name(column.key));
            match cell::type_name(column.cell_type).as_str() {
                "string" => writer.head(&name),
                kind => writer.head(&format!("{name}:{kind}")),
            }
        }
        if let Rows::Nodes(_) = self.rows {
            writer.head(":LABEL");
        }
        writer.end_line();
    }

    fn id_head(&self) -> String {
        let Ids::Key(key, id_type) = &self.layout.ids else {
            return ":ID".to_owned();
        };
        let name = head_name(self.layout.graph.catalog().key_name(*key));
        match id_type {
            usual if *usual == self.layout.usual_id_type => format!("{name}:ID"),
            IdType::Integer => format!("{name}:ID{{id-type:long}}"),
            IdType::String => format!("{name}:ID{{id-type:string}}"),
        }
    }

    fn node(&self, node: NodeId, columns: &[Column], writer: &mut Writer) {
        let graph = self.layout.graph;
        writer.field(&self.layout.id(node));
        self.cells(columns, |key| graph.node_property(node, key), writer);
        let labels = labels(graph, node);
        let cells: Vec<_> = labels.iter().map(|label| self.label_cell(label)).collect();
        let mut delimiter = [0; 4];
        let delimiter = self.layout.array_delimiter.encode_utf8(&mut delimiter);
        match cells.join(delimiter) {
            none if none.is_empty() => writer.absent(),
            labels => writer.field(&labels),
        }
        writer.end_line();
    }

    fn edge(&self, edge: EdgeId, kind: Option<&str>, columns: &[Column], writer: &mut Writer) {
        let graph = self.layout.graph;
        let (start, end) = graph.endpoints(edge);
        writer.field(&self.layout.id(start));
        writer.field(&self.layout.id(end));
        kind.into_iter().for_each(|kind| writer.field(kind));
        self.cells(columns, |key| graph.edge_property(edge, key), writer);
        writer.end_line();
    }

    /// The properties of a row; each value goes into the first column of its key that can store it.
    fn cells(&self, columns: &[Column], property: impl Fn(KeyId) -> Value, writer: &mut Writer) {
        let array_delimiter = self.layout.array_delimiter;
        let mut done: Option<KeyId> = None;
        for column in columns {
            let value = property(column.key);
            if done == Some(column.key) || !holds(*column, &value, array_delimiter) {
                writer.absent();
                continue;
            }
            writer.field(&cell::text(&value, column.cell_type, array_delimiter));
            done = Some(column.key);
        }
    }

    fn label_cell(&self, label: &str) -> String {
        if is_plain(label) && !label.contains(self.layout.array_delimiter) {
            label.to_owned()
        } else {
            quoted(label)
        }
    }
}

/// A name in a header.
fn head_name(name: &str) -> String {
    if is_plain(name) && !name.contains([':', '(', ')', '{', '}']) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

fn type_cell(name: &str) -> String {
    if is_plain(name) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// Whether a name can be written unquoted: not empty, no surrounding blanks, no back quotes.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.trim() == name && !name.contains('`')
}

impl Writer {
    /// A header field. Any possible delimiter forces quotes, because the delimiter is detected from the header.
    fn head(&mut self, text: &str) {
        let odd = [',', ';', '\t', '|', '"', '\n', '\r', self.delimiter];
        self.separate();
        self.put(text, text.contains(odd));
    }

    /// A field with a value, quoted if necessary. An empty value is quoted to differ from an absent one.
    fn field(&mut self, text: &str) {
        let odd = ['"', '\n', '\r', self.delimiter];
        self.separate();
        self.put(text, text.is_empty() || text.contains(odd));
    }

    fn absent(&mut self) {
        self.separate();
    }

    fn separate(&mut self) {
        if !self.is_first {
            self.text.push(self.delimiter);
        }
        self.is_first = false;
    }

    fn put(&mut self, text: &str, in_quotes: bool) {
        if in_quotes {
            self.text.push('"');
            self.text += &text.replace('"', "\"\"");
            self.text.push('"');
        } else {
            self.text += text;
        }
    }

    fn end_line(&mut self) {
        self.text.push('\n');
        self.is_first = true;
    }
}
