//! Assigns nodes and relationships to files, and ids to nodes.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    graph::{
        Graph,
        load::{Preset, delimiter},
        manifest::{IdType, Manifest},
        save::name::file_names,
    },
    value::{EdgeId, KeyId, LabelId, NodeId, TypeId, Value},
};

/// A node file.
#[derive(Debug)]
pub(super) struct NodeFile {
    pub(super) path: String,
    pub(super) nodes: Vec<NodeId>,
}

/// A file of relationships of one type.
#[derive(Debug)]
pub(super) struct EdgeFile {
    pub(super) path: String,
    pub(super) kind: TypeId,
    pub(super) edges: Vec<EdgeId>,
}

/// The ids by which relationship files refer to nodes.
#[derive(Debug)]
pub(super) enum Ids {
    /// The values of a string or integer property that every node has and no two nodes share.
    Key(KeyId, IdType),
    /// Numbers in file order, by node; they are not a property.
    Numbers(FxHashMap<NodeId, usize>),
}

/// The division of a graph into files.
#[derive(Debug)]
pub(super) struct Layout<'g> {
    pub(super) graph: &'g Graph,
    pub(super) node_files: Vec<NodeFile>,
    pub(super) edge_files: Vec<EdgeFile>,
    pub(super) ids: Ids,
    /// The id type that a reader assumes if the column does not give it.
    pub(super) usual_id_type: IdType,
    pub(super) delimiter: char,
    pub(super) array_delimiter: char,
    /// The column order.
    pub(super) order: &'g [String],
}

impl<'g> Layout<'g> {
    pub(super) fn of(graph: &'g Graph, manifest: Option<&'g Manifest>) -> Self {
        let csv = manifest.map(|manifest| &manifest.csv);
        let delimiter = csv.and_then(|csv| csv.delimiter.as_ref());
        let delimiter = delimiter.map_or(',', |delimiter| *delimiter.get_ref());
        let array_delimiter = csv.and_then(|csv| csv.array_delimiter);
        let usual = u8::try_from(delimiter).map_or(';', delimiter::of_lists);
        let node_files = node_files(graph);
        Self {
            graph,
            ids: ids(graph, manifest, &node_files),
            node_files,
            edge_files: edge_files(graph),
            usual_id_type: usual_id_type(manifest),
            delimiter,
            array_delimiter: array_delimiter.unwrap_or(usual),
            order: csv.map_or(&[], |csv| &csv.columns),
        }
    }

    /// The id of a node in relationship files.
    pub(super) fn id(&self, node: NodeId) -> String {
        match &self.ids {
            Ids::Key(key, _) => id_text(&self.graph.node_property(node, *key)).unwrap_or_default(),
            Ids::Numbers(numbers) => numbers[&node].to_string(),
        }
    }
}

/// The labels of a node, most frequent first, because these are the least specific.
pub(super) fn labels(graph: &Graph, node: NodeId) -> Vec<&str> {
    let name = |label: &LabelId| &**graph.catalog().label_name(*label);
    let mut labels = graph.labels_of(node).to_vec();
    labels.sort_by(|a, b| {
        let count = |label: &LabelId| graph.stats().nodes(Some(*label));
        count(b).cmp(&count(a)).then_with(|| name(a).cmp(name(b)))
    });
    labels.iter().map(name).collect()
}

/// One file per label, in path order; each node is in the file of its rarest label.
fn node_files(graph: &Graph) -> Vec<NodeFile> {
    let mut by_label: BTreeMap<Option<&str>, Vec<NodeId>> = BTreeMap::new();
    for node in graph.nodes().iter().map(NodeId) {
        let label = labels(graph, node).last().copied();
        by_label.entry(label).or_default().push(node);
    }
    let names = file_names(by_label.keys().copied());
    let files = names.into_iter().zip(by_label.into_values());
    let mut files: Vec<_> = files
        .map(|(name, nodes)| NodeFile {
            path: format!("nodes/{name}.csv"),
            nodes,
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// One file per relationship type, in path order.
fn edge_files(graph: &Graph) -> Vec<EdgeFile> {
    let mut by_type: BTreeMap<&str, (TypeId, Vec<EdgeId>)> = BTreeMap::new();
    for edge in graph.edges() {
        let kind = graph.edge_type(edge);
        let name = &**graph.catalog().type_name(kind);
        let (_, edges) = by_type.entry(name).or_insert_with(|| (kind, Vec::new()));
        edges.push(edge);
    }
    let names = file_names(by_type.keys().copied().map(Some));
    let files = names.into_iter().zip(by_type.into_values());
    let mut files: Vec<_> = files
        .map(|(name, (kind, edges))| EdgeFile {
            path: format!("relationships/{name}.csv"),
            kind,
            edges,
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn ids(graph: &Graph, manifest: Option<&Manifest>, files: &[NodeFile]) -> Ids {
    let keys: Vec<&str> = manifest.map_or_else(|| vec!["id"], |known| known.id_keys().collect());
    let mut keys = keys.into_iter().filter_map(|key| graph.catalog().key(key));
    let found = keys.find_map(|key| id_type(graph, key).map(|id_type| Ids::Key(key, id_type)));
    found.unwrap_or_else(|| {
        let nodes = files.iter().flat_map(|file| &file.nodes).copied();
        Ids::Numbers(nodes.zip(0..).collect())
    })
}

/// The id type of a property that is unique over all nodes; `None` if it is not.
fn id_type(graph: &Graph, key: KeyId) -> Option<IdType> {
    let mut seen: FxHashMap<String, IdType> = FxHashMap::default();
    for node in graph.nodes().iter().map(NodeId) {
        let value = graph.node_property(node, key);
        let id_type = match &value {
            Value::String(_) => IdType::String,
            Value::Integer(_) => IdType::Integer,
            _ => return None,
        };
        if seen.insert(id_text(&value)?, id_type).is_some() {
            return None;
        }
    }
    let mut types = seen.into_values();
    let first = types.next()?;
    types.all(|other| other == first).then_some(first)
}

fn id_text(value: &Value) -> Option<String> {
    crate::value::cast::text_of(value).map(std::borrow::Cow::into_owned)
}

/// The id type that a reader assumes, from the manifest or its preset.
fn usual_id_type(manifest: Option<&Manifest>) -> IdType {
    let given = manifest.and_then(|manifest| manifest.csv.id_type);
    let preset = manifest.and_then(|manifest| manifest.preset.as_ref());
    let preset = preset.and_then(|name| Preset::named(name.get_ref()));
    given
        .or(preset.map(|preset| preset.id_type))
        .unwrap_or(IdType::String)
}
