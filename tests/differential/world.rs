//! Small graphs and the values in them, apart from the engine's own.

use std::{
    cmp::Ordering,
    fmt::{self, Display, Formatter},
};

use relata::{
    Answer, Value,
    graph::Graph,
    value::{EdgeId, NodeId},
};

/// A value. Nodes and relationships are their positions in the graph, which they also bear as the property `id`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Val {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(&'static str),
    Node(usize),
    Edge(usize),
    List(Vec<Val>),
}

impl Val {
    /// `=`
    pub(crate) fn equal(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Null, _) | (_, Self::Null) => None,
            _ => Some(
                self.number()
                    .zip(other.number())
                    .map_or(self == other, |(a, b)| a == b),
            ),
        }
    }

    /// `<`, `<=`, `>`, `>=`
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Str(a), Self::Str(b)) => Some(a.cmp(b)),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            _ => self.number()?.partial_cmp(&other.number()?),
        }
    }

    /// The order of `ORDER BY`.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.rank()
            .cmp(&other.rank())
            .then_with(|| self.compare(other).unwrap_or(Ordering::Equal))
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Node(_) => 0,
            Self::Edge(_) => 1,
            Self::List(_) => 2,
            Self::Str(_) => 3,
            Self::Bool(_) => 4,
            Self::Int(_) | Self::Float(_) => 5,
            Self::Null => 6,
        }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Int(whole) => Some(*whole as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// A text that is the same for values that group together.
    pub(crate) fn key(&self) -> String {
        match self.number() {
            Some(number) => number.to_string(),
            None => self.to_string(),
        }
    }
}

impl Display for Val {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value:?}"),
            Self::Str(value) => write!(f, "'{value}'"),
            Self::Node(at) => write!(f, "(#{at})"),
            Self::Edge(at) => write!(f, "[#{at}]"),
            Self::List(items) => {
                let mut keys: Vec<_> = items.iter().map(Self::key).collect();
                keys.sort();
                write!(f, "[{}]", keys.join(", "))
            }
        }
    }
}

pub(crate) type Props = Vec<(&'static str, Val)>;

#[derive(Clone, Debug)]
pub(crate) struct WorldNode {
    pub(crate) labels: Vec<&'static str>,
    pub(crate) props: Props,
}

#[derive(Clone, Debug)]
pub(crate) struct WorldEdge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) kind: &'static str,
    pub(crate) props: Props,
}

/// A graph.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) nodes: Vec<WorldNode>,
    pub(crate) edges: Vec<WorldEdge>,
    /// Labels and keys with an index.
    pub(crate) indexes: Vec<(&'static str, &'static str)>,
}

impl World {
    /// The graph as the engine stores it.
    pub(crate) fn graph(&self) -> Graph {
        let mut graph = Graph::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let labels: Vec<_> = node
                .labels
                .iter()
                .map(|label| graph.intern_label(label))
                .collect();
            let id = graph.create_node(&labels);
            let known = (&"id", Val::Int(at as i64));
            for (key, value) in node
                .props
                .iter()
                .map(|(k, v)| (k, v.clone()))
                .chain([known])
            {
                let key = graph.intern_key(key);
                graph.set_node_property(id, key, value.stored());
            }
        }
        for (at, edge) in self.edges.iter().enumerate() {
            let kind = graph.intern_type(edge.kind);
            let ends = [edge.from, edge.to].map(|at| NodeId(at as u32));
            let id: EdgeId = graph.create_relationship(ends[0], kind, ends[1]);
            let known = (&"id", Val::Int(at as i64));
            for (key, value) in edge
                .props
                .iter()
                .map(|(k, v)| (k, v.clone()))
                .chain([known])
            {
                let key = graph.intern_key(key);
                graph.set_edge_property(id, key, value.stored());
            }
        }
        for (label, key) in &self.indexes {
            let (label, key) = (graph.intern_label(label), graph.intern_key(key));
            graph.create_index(label, key);
        }
        graph.commit();
        graph
    }
}

impl Display for World {
    /// A statement that creates it.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let properties = |at: usize, props: &Props| {
            let mut all = vec![format!("id: {at}")];
            all.extend(props.iter().map(|(key, value)| format!("{key}: {value}")));
            all.join(", ")
        };
        let mut parts = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let labels: String = node
                .labels
                .iter()
                .map(|label| format!(":{label}"))
                .collect();
            parts.push(format!(
                "(n{at}{labels} {{{}}})",
                properties(at, &node.props)
            ));
        }
        for (at, edge) in self.edges.iter().enumerate() {
            let (from, to, kind) = (edge.from, edge.to, edge.kind);
            parts.push(format!(
                "(n{from})-[:{kind} {{{}}}]->(n{to})",
                properties(at, &edge.props)
            ));
        }
        write!(f, "CREATE {}", parts.join(",\n  "))?;
        write!(f, "\n// indexes: {:?}", self.indexes)
    }
}

impl Val {
    fn stored(&self) -> Value {
        match self {
            Self::Bool(value) => Value::Boolean(*value),
            Self::Int(value) => Value::Integer(*value),
            Self::Float(value) => Value::Float(*value),
            Self::Str(value) => Value::from(*value),
            Self::Null | Self::Node(_) | Self::Edge(_) | Self::List(_) => Value::Null,
        }
    }
}

/// The rows of an answer, each value as a text that is the same for values that group together.
pub(crate) fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let row = |row: relata::Row<'_>| {
        row.values()
            .iter()
            .map(|value| key(value, answer))
            .collect()
    };
    answer.rows().map(row).collect()
}

fn key(value: &Value, answer: &Answer) -> String {
    let id = |properties: &relata::value::Entries| match properties.get("id") {
        Some(Value::Integer(id)) => *id,
        _ => -1,
    };
    match value {
        Value::Integer(whole) => (*whole as f64).to_string(),
        Value::Float(number) => number.to_string(),
        Value::Node(node) => format!("(#{})", id(&answer.entities().node(*node).properties)),
        Value::Relationship(edge) => {
            format!(
                "[#{}]",
                id(&answer.entities().relationship(*edge).properties)
            )
        }
        Value::List(items) => {
            let mut keys: Vec<_> = items.iter().map(|item| key(item, answer)).collect();
            keys.sort();
            format!("[{}]", keys.join(", "))
        }
        other => relata::value::display::literal(other),
    }
}
