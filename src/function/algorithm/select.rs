//! The part of a graph that an algorithm runs on, from the settings `nodes`, `relationships`, `direction` and `weight`.

use roaring::RoaringBitmap;

use crate::{
    algorithm::{Projection, Run},
    base::{Code, Fault, did_you_mean},
    graph::{Adjacency, Graph, Orientation},
    value::{EdgeId, KeyId, NodeId, TypeId, Value, cast},
};

/// Marks a node that is not selected.
const NONE: u32 = u32::MAX;

/// In which way relationships are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    /// From start to end.
    Outgoing,
    /// From end to start.
    Incoming,
    /// Both ways.
    Both,
}

impl Ways {
    /// The words of the setting `direction`.
    pub(super) const WORDS: &'static [&'static str] = &["outgoing", "incoming", "both"];

    /// The way that a word stands for.
    pub(super) fn of_word(word: &str) -> Self {
        match word {
            "incoming" => Self::Incoming,
            "both" => Self::Both,
            _ => Self::Outgoing,
        }
    }

    /// The word of the setting.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// The selected nodes and relationships.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    /// The nodes by number, in ascending order.
    pub(super) ids: Vec<NodeId>,
    /// The number of each node.
    numbers: Vec<u32>,
    relationships: Relationships,
}

/// The selected relationships.
#[derive(Clone, Debug)]
struct Relationships {
    /// Their types.
    types: Vec<TypeId>,
    /// Certain ones of these types, in ascending order; all if `None`.
    only: Option<Vec<EdgeId>>,
}

impl Selection {
    /// The nodes and relationships that two settings select; null selects all.
    pub(super) fn new(
        graph: &Graph,
        nodes: &Value,
        relationships: &Value,
        run: &Run<'_>,
    ) -> Result<Self, Fault> {
        let relationships = Relationships::new(graph, relationships)?;
        let ids = match (nodes, &relationships.only) {
            (Value::Null, Some(edges)) => {
                let ends = edges.iter().map(|edge| graph.endpoints(*edge));
                ends.flat_map(|(source, target)| [source.0, target.0])
                    .collect()
            }
            (Value::Null, None) => graph.nodes().clone(),
            (nodes, _) => selected_nodes(graph, nodes)?,
        };
        run.meter.spend(ids.len() as usize * size_of::<NodeId>())?;
        let ids: Vec<_> = ids.iter().map(NodeId).collect();
        let mut numbers = run.vector(NONE, graph.node_bound())?;
        for (number, id) in ids.iter().enumerate() {
            numbers[id.index()] = number as u32;
        }
        Ok(Self {
            ids,
            numbers,
            relationships,
        })
    }

    /// The number of a node; `None` if it is not selected.
    pub(super) fn number(&self, node: NodeId) -> Option<u32> {
        let number = self.numbers.get(node.index()).copied();
        number.filter(|number| *number != NONE)
    }

    /// The lists of the selected relationships.
    pub(super) fn projection(
        &self,
        graph: &Graph,
        ways: Ways,
        weight: Option<KeyId>,
        run: &Run<'_>,
    ) -> Result<Projection, Fault> {
        let views = self.views(graph, ways);
        let list = |node: u32, out: &mut Vec<(u32, f64)>| {
            for entry in views
                .iter()
                .flat_map(|view| view.of(self.ids[node as usize]))
            {
                let number = self.numbers[entry.node.index()];
                if number != NONE && self.relationships.has(entry.edge) {
                    let weight = weight_of(graph, entry.edge, weight)?;
                    out.push((number, weight));
                }
            }
            Ok(())
        };
        let shape = (weight.is_some(), ways == Ways::Both);
        Projection::collect(self.ids.len(), shape, list, run)
    }

    /// The selected relationship that a step between neighbours takes: the one of the lowest weight, then the first.
    pub(super) fn step(
        &self,
        graph: &Graph,
        (from, to): (NodeId, NodeId),
        ways: Ways,
        weight: Option<KeyId>,
    ) -> Result<Option<EdgeId>, Fault> {
        let mut best: Option<(f64, EdgeId)> = None;
        for view in self.views(graph, ways) {
            let list = view.of(from);
            let start = list.partition_point(|entry| entry.node < to);
            for entry in list[start..].iter().take_while(|entry| entry.node == to) {
                if self.relationships.has(entry.edge) {
                    let cost = weight_of(graph, entry.edge, weight)?;
                    if best.is_none_or(|best| (cost, entry.edge) < best) {
                        best = Some((cost, entry.edge));
                    }
                }
            }
        }
        Ok(best.map(|(_, edge)| edge))
    }

    /// The selected relationships with the numbers of their ends, in ascending order.
    pub(super) fn edges(&self, graph: &Graph) -> Vec<(EdgeId, u32, u32)> {
        let types = self.relationships.types.iter();
        let edges = types.flat_map(|ty| graph.edges_of_type(*ty));
        let ends = |edge: EdgeId| {
            let (source, target) = graph.endpoints(edge);
            Some((edge, self.number(source)?, self.number(target)?))
        };
        let mut edges: Vec<_> = (edges.filter(|edge| self.relationships.has(*edge)))
            .filter_map(ends)
            .collect();
        edges.sort_unstable();
        edges
    }

    fn views<'g>(&self, graph: &'g Graph, ways: Ways) -> Vec<Adjacency<'g>> {
        let orientations: &[Orientation] = match ways {
            Ways::Outgoing => &[Orientation::Outgoing],
            Ways::Incoming => &[Orientation::Incoming],
            Ways::Both => &Orientation::BOTH,
        };
        let types = self.relationships.types.iter();
        types
            .flat_map(|ty| orientations.iter().map(|one| graph.adjacency(*ty, *one)))
            .collect()
    }
}

impl Relationships {
    fn new(graph: &Graph, setting: &Value) -> Result<Self, Fault> {
        let catalog = graph.catalog();
        if setting.is_null() {
            return Ok(Self {
                types: catalog.types().map(|(ty, _)| ty).collect(),
                only: None,
            });
        }
        let (mut types, mut only) = (Vec::new(), None::<Vec<EdgeId>>);
        if items(setting).is_empty() {
            only = Some(Vec::new());
        }
        for item in items(setting) {
            match item {
                Value::String(name) => {
                    types.push(catalog.relationship_type(name).ok_or_else(|| {
                        let known = catalog.types().map(|(_, name)| &**name);
                        no_such("relationship type", name, known)
                    })?)
                }
                Value::Relationship(edge) if graph.is_live_edge(*edge) => {
                    types.push(graph.edge_type(*edge));
                    only.get_or_insert_default().push(*edge);
                }
                other => return Err(not_selected("relationships", "relationships", other)),
            }
        }
        types.sort_unstable();
        types.dedup();
        if let Some(only) = &mut only {
            if only.len() != items(setting).len() {
                let message = "`relationships` expects names or relationships, found both";
                return Err(Fault::new(Code::InvalidArgumentValue, message));
            }
            only.sort_unstable();
            only.dedup();
        }
        Ok(Self { types, only })
    }

    fn has(&self, edge: EdgeId) -> bool {
        let only = self.only.as_ref();
        only.is_none_or(|only| only.binary_search(&edge).is_ok())
    }
}

/// The nodes with one of some labels, and nodes of a list.
fn selected_nodes(graph: &Graph, setting: &Value) -> Result<RoaringBitmap, Fault> {
    let catalog = graph.catalog();
    let mut nodes = RoaringBitmap::new();
    for item in items(setting) {
        match item {
            Value::String(name) => {
                let label = catalog.label(name).ok_or_else(|| {
                    let known = catalog.labels().map(|(_, name)| &**name);
                    no_such("label", name, known)
                })?;
                nodes |= graph.nodes_with_label(label);
            }
            Value::Node(node) if graph.is_live_node(*node) => {
                nodes.insert(node.0);
            }
            other => return Err(not_selected("nodes", "nodes", other)),
        }
    }
    Ok(nodes)
}

/// The items of a list, or a value on its own.
fn items(setting: &Value) -> &[Value] {
    match setting {
        Value::List(items) => items,
        one => std::slice::from_ref(one),
    }
}

/// The property with a name.
pub(super) fn key(graph: &Graph, name: &str) -> Result<KeyId, Fault> {
    let catalog = graph.catalog();
    catalog.key(name).ok_or_else(|| {
        let known = catalog.keys().map(|(_, name)| &**name);
        no_such("property", name, known)
    })
}

/// The weight of a relationship, which is 1 without the property, and without a key.
pub(super) fn weight_of(graph: &Graph, edge: EdgeId, key: Option<KeyId>) -> Result<f64, Fault> {
    let Some(key) = key else { return Ok(1.0) };
    let value = graph.edge_property(edge, key);
    if value.is_null() {
        return Ok(1.0);
    }
    let weight = cast::approximate(&value).filter(|weight| weight.is_finite());
    weight.ok_or_else(|| {
        let name = graph.catalog().key_name(key);
        let message = format!(
            "`weight` expects a property with finite numbers, found {} in `{name}`",
            value.kind()
        );
        Fault::new(Code::InvalidArgumentValue, message)
    })
}

fn no_such<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> Fault {
    let message = format!("the graph has no {what} `{name}`");
    let fault = Fault::new(Code::InvalidArgumentValue, message);
    match did_you_mean(name, known) {
        Some(help) => fault.help(help),
        None => fault,
    }
}

fn not_selected(setting: &str, entities: &str, found: &Value) -> Fault {
    let message = format!(
        "`{setting}` expects names or {entities}, found {}",
        found.kind()
    );
    Fault::new(Code::InvalidArgumentValue, message)
}
