//! The prepared form of the built-in graph, which needs no text parsing and no id look-up:
//! `graph-data/connected-practice.prepared`.
//!
//! It contains the rows of the files in id order, every name once, and one column per property. It carries the
//! fingerprint of these files; if they have changed, they are loaded instead, until a test regenerates it.

use serde::{Deserialize, Serialize};

use crate::{
    graph::{Builder, ColumnData, Graph},
    value::{EdgeId, KeyId, LabelId, NodeId, Text, TypeId, Value},
};

/// The first part: everything except property values. Ids are positions in the lists.
#[derive(Debug, Serialize, Deserialize)]
struct Shape<'a> {
    #[serde(borrow)]
    labels: Vec<&'a str>,
    #[serde(borrow)]
    types: Vec<&'a str>,
    #[serde(borrow)]
    keys: Vec<&'a str>,
    /// Runs of nodes with the same labels, with the run length.
    nodes: Vec<(Vec<u32>, u32)>,
    /// Runs of relationships of one type, with their ends.
    relationships: Vec<(u32, Vec<(u32, u32)>)>,
    /// (label, key) of each index.
    indexes: Vec<(u32, u32)>,
    /// The number of node columns and of relationship columns that follow.
    columns: (u32, u32),
}

/// A property, the first id with a value, and the values from there on.
#[derive(Debug, Serialize, Deserialize)]
struct Filled<'a> {
    key: u32,
    first: u32,
    #[serde(borrow)]
    cells: Cells<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Cells<'a> {
    Integers(Vec<Option<i64>>),
    /// The distinct texts, and the position of the text of each id; `u32::MAX` for none.
    Texts(#[serde(borrow)] Vec<&'a str>, Vec<u32>),
    #[serde(borrow)]
    Values(Vec<Cell<'a>>),
}

#[derive(Debug, Serialize, Deserialize)]
enum Cell<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    #[serde(borrow)]
    Text(&'a str),
    #[serde(borrow)]
    List(Vec<Cell<'a>>),
}

/// The fingerprint of the node and relationship files, which links a prepared graph to them: a variant of FNV-1a that
/// takes eight bytes per step.
pub(super) const fn fingerprint(files: &[(&str, &str)]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut file = 0;
    while file < files.len() {
        let (name, text) = files[file];
        if begins(name, "nodes/") || begins(name, "relationships/") {
            hash = mixed(mixed(hash, name.as_bytes()), text.as_bytes());
        }
        file += 1;
    }
    hash
}

const fn begins(name: &str, with: &str) -> bool {
    let (name, with) = (name.as_bytes(), with.as_bytes());
    let mut at = 0;
    while at < with.len() && at < name.len() && name[at] == with[at] {
        at += 1;
    }
    at == with.len()
}

const fn mixed(mut hash: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut at = 0;
    while at < words.len() {
        hash = step(hash, u64::from_le_bytes(words[at]));
        at += 1;
    }
    let mut at = 0;
    while at < rest.len() {
        hash = step(hash, rest[at] as u64);
        at += 1;
    }
    step(hash, bytes.len() as u64)
}

const fn step(hash: u64, word: u64) -> u64 {
    (hash ^ word)
        .wrapping_mul(0x0000_0100_0000_01b3)
        .rotate_left(29)
}

/// Whether a prepared graph has this fingerprint.
pub(super) const fn is_of(bytes: &[u8], fingerprint: u64) -> bool {
    match bytes.first_chunk::<8>() {
        Some(first) => u64::from_le_bytes(*first) == fingerprint,
        None => false,
    }
}

/// Decodes a prepared graph; `None` if it is malformed. Columns are decoded one by one, to keep few of them in memory
/// twice.
pub(super) fn read(bytes: &[u8]) -> Option<Graph> {
    let (shape, mut rest) = postcard::take_from_bytes::<Shape<'_>>(bytes.get(8..)?).ok()?;
    let mut builder = shape.begun();
    let mut next = || {
        let (column, after) = postcard::take_from_bytes::<Filled<'_>>(rest).ok()?;
        rest = after;
        Some(column)
    };
    for _ in 0..shape.columns.0 {
        let Filled { key, first, cells } = next()?;
        builder.set_node_column(KeyId(key), NodeId(first), cells.into_data());
    }
    for _ in 0..shape.columns.1 {
        let Filled { key, first, cells } = next()?;
        builder.set_edge_column(KeyId(key), EdgeId(first), cells.into_data());
    }
    for (label, key) in shape.indexes {
        builder.index(LabelId(label), KeyId(key));
    }
    Some(builder.finish())
}

impl Shape<'_> {
    /// The graph without its properties.
    fn begun(&self) -> Builder {
        let mut builder = Builder::new();
        for name in &self.labels {
            builder.intern_label(name);
        }
        for name in &self.types {
            builder.intern_type(name);
        }
        for name in &self.keys {
            builder.intern_key(name);
        }
        for (labels, count) in &self.nodes {
            let labels: Vec<_> = labels.iter().copied().map(LabelId).collect();
            builder.add_nodes(&labels, *count as usize);
        }
        for (ty, ends) in &self.relationships {
            let end = |&(from, to): &(u32, u32)| (NodeId(from), NodeId(to));
            let ends: Vec<_> = ends.iter().map(end).collect();
            builder.add_relationships(TypeId(*ty), &ends);
        }
        builder
    }
}

impl Cells<'_> {
    fn into_data(self) -> ColumnData {
        match self {
            Self::Integers(cells) => ColumnData::Integers(cells),
            Self::Texts(texts, codes) => {
                ColumnData::Coded(texts.into_iter().map(Text::from).collect(), codes)
            }
            Self::Values(cells) => {
                ColumnData::Values(cells.into_iter().map(Cell::into_value).collect())
            }
        }
    }
}

impl Cell<'_> {
    fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Boolean(value),
            Self::Integer(value) => Value::Integer(value),
            Self::Float(value) => Value::Float(value),
            Self::Text(value) => Value::String(value.into()),
            Self::List(cells) => Value::list(cells.into_iter().map(Cell::into_value).collect()),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use indexmap::IndexSet;

    use super::*;
    use crate::{graph::Column, value::Kind};

    /// Encodes a graph without gaps in its ids. `None` if a value has no prepared form.
    pub(in crate::graph) fn write(graph: &Graph, fingerprint: u64) -> Option<Vec<u8>> {
        let nodes: Vec<_> = (0..graph.node_count() as u32).map(NodeId).collect();
        let edges: Vec<_> = graph.edges().collect();
        let catalog = graph.catalog();
        let same = |a: &NodeId, b: &NodeId| graph.labels_of(*a) == graph.labels_of(*b);
        let run = |run: &[NodeId]| {
            let labels = graph.labels_of(run[0]).iter().map(|label| label.0);
            (labels.collect(), run.len() as u32)
        };
        let of_one_type = |a: &EdgeId, b: &EdgeId| graph.edge_type(*a) == graph.edge_type(*b);
        let batch = |batch: &[EdgeId]| {
            let ends = batch.iter().map(|edge| graph.endpoints(*edge));
            let ends = ends.map(|(from, to)| (from.0, to.0));
            (graph.edge_type(batch[0]).0, ends.collect())
        };
        let node_columns = columns(graph, Graph::node_column)?;
        let edge_columns = columns(graph, Graph::edge_column)?;
        let shape = Shape {
            labels: catalog.labels().map(|(_, name)| &**name).collect(),
            types: catalog.types().map(|(_, name)| &**name).collect(),
            keys: catalog.keys().map(|(_, name)| &**name).collect(),
            nodes: nodes.chunk_by(same).map(run).collect(),
            relationships: edges.chunk_by(of_one_type).map(batch).collect(),
            indexes: graph
                .indexes()
                .map(|(label, key)| (label.0, key.0))
                .collect(),
            columns: (node_columns.len() as u32, edge_columns.len() as u32),
        };
        let mut bytes = fingerprint.to_le_bytes().to_vec();
        bytes.extend(postcard::to_allocvec(&shape).unwrap());
        for column in node_columns.iter().chain(&edge_columns) {
            bytes.extend(postcard::to_allocvec(column).unwrap());
        }
        Some(bytes)
    }

    fn columns(
        graph: &Graph,
        find: impl Fn(&Graph, KeyId) -> Option<&Column>,
    ) -> Option<Vec<Filled<'_>>> {
        let mut columns = Vec::new();
        for (key, _) in graph.catalog().keys() {
            let Some(column) = find(graph, key) else {
                continue;
            };
            let (Some(first), Some(last)) = (column.indices().next(), column.indices().last())
            else {
                continue;
            };
            let cells = cells(column, first, last)?;
            columns.push(Filled {
                key: key.0,
                first: first as u32,
                cells,
            });
        }
        Some(columns)
    }

    fn cells(column: &Column, first: usize, last: usize) -> Option<Cells<'_>> {
        Some(match column.kind() {
            Some(Kind::Integer) => {
                let slots = column.ints()?;
                Cells::Integers((first..=last).map(|index| slots.get(index)).collect())
            }
            Some(Kind::String) => {
                let mut texts = IndexSet::new();
                let code = |index| {
                    let text = column.text(index).map(|text| texts.insert_full(&**text).0);
                    text.map_or(u32::MAX, |at| at as u32)
                };
                let codes = (first..=last).map(code).collect();
                Cells::Texts(texts.into_iter().collect(), codes)
            }
            _ => {
                let values = (first..=last).map(|index| cell(column.get(index)));
                Cells::Values(values.collect::<Option<_>>()?)
            }
        })
    }
    fn cell(value: Value) -> Option<Cell<'static>> {
        Some(match value {
            Value::Null => Cell::Null,
            Value::Boolean(value) => Cell::Boolean(value),
            Value::Integer(value) => Cell::Integer(value),
            Value::Float(value) => Cell::Float(value),
            Value::String(text) => Cell::Text(text.to_string().leak()),
            Value::List(items) => {
                let items = items.iter().cloned().map(cell);
                Cell::List(items.collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }
}
