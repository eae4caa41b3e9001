//! Small graphs and values, independent of the engine's types.

use std::{
    cmp::Ordering,
    collections::BTreeSet,
    fmt::{self, Display, Formatter, Write},
};

use relata::{
    Answer, Database, Value,
    graph::Graph,
    value::{EdgeId, NodeId},
};

/// A value. Nodes and relationships are positions in the graph.
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
    /// Nodes and the relationships between them.
    Path(Vec<usize>, Vec<usize>),
}

impl Val {
    /// The number of values, including list items.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::List(items) => 1 + items.iter().map(Self::size).sum::<usize>(),
            Self::Path(nodes, edges) => 1 + nodes.len() + edges.len(),
            _ => 1,
        }
    }

    /// `=`
    pub(crate) fn equal(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Null, _) | (_, Self::Null) => None,
            (Self::Int(_) | Self::Float(_), Self::Int(_) | Self::Float(_)) => {
                Some(numbers(self, other) == Some(Ordering::Equal))
            }
            (Self::List(own), Self::List(others)) if own.len() == others.len() => {
                let pairs = own.iter().zip(others).map(|(a, b)| a.equal(b));
                let pairs: Vec<_> = pairs.collect();
                let known = !pairs.contains(&None);
                match pairs.contains(&Some(false)) {
                    true => Some(false),
                    false => known.then_some(true),
                }
            }
            _ => Some(self == other),
        }
    }

    /// `<`, `<=`, `>`, `>=`: `None` if the values are not comparable, `Some(None)` if one is NaN.
    pub(crate) fn compare(&self, other: &Self) -> Option<Option<Ordering>> {
        match (self, other) {
            (Self::Str(a), Self::Str(b)) => Some(Some(a.cmp(b))),
            (Self::Bool(a), Self::Bool(b)) => Some(Some(a.cmp(b))),
            (Self::Int(_) | Self::Float(_), Self::Int(_) | Self::Float(_)) => {
                Some(numbers(self, other))
            }
            // By the first items that differ, then by length.
            (Self::List(own), Self::List(others)) => {
                for (a, b) in own.iter().zip(others) {
                    match a.equal(b) {
                        Some(true) => {}
                        Some(false) => return a.compare(b),
                        None => return None,
                    }
                }
                Some(Some(own.len().cmp(&others.len())))
            }
            _ => None,
        }
    }

    /// The order of `ORDER BY`; NaN is greater than all other numbers.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        if let (Self::List(own), Self::List(others)) = (self, other) {
            let pairs = own.iter().zip(others).map(|(a, b)| a.order(b));
            let first = pairs.into_iter().find(|order| order.is_ne());
            return first.unwrap_or_else(|| own.len().cmp(&others.len()));
        }
        let equal = || match (self.is_nan(), other.is_nan()) {
            (false, false) => self.compare(other).flatten().unwrap_or(Ordering::Equal),
            (mine, others) => mine.cmp(&others),
        };
        self.rank().cmp(&other.rank()).then_with(equal)
    }

    fn is_nan(&self) -> bool {
        matches!(self, Self::Float(number) if number.is_nan())
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Node(_) => 0,
            Self::Edge(_) => 1,
            Self::List(_) => 2,
            Self::Path(..) => 3,
            Self::Str(_) => 4,
            Self::Bool(_) => 5,
            Self::Int(_) | Self::Float(_) => 6,
            Self::Null => 7,
        }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Int(whole) => Some(*whole as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// A text that is equal for values in the same group.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Int(whole) => whole.to_string(),
            Self::Float(number) => number_key(*number),
            Self::List(items) => {
                let keys: Vec<_> = items.iter().map(Self::key).collect();
                format!("[{}]", keys.join(", "))
            }
            other => other.to_string(),
        }
    }
}

/// Exact comparison of two numbers: a 64-bit integer may have no exact float.
fn numbers(a: &Val, b: &Val) -> Option<Ordering> {
    match (a, b) {
        (Val::Int(a), Val::Int(b)) => Some(a.cmp(b)),
        (Val::Float(a), Val::Float(b)) => a.partial_cmp(b),
        (Val::Float(_), Val::Int(_)) => numbers(b, a).map(Ordering::reverse),
        (Val::Int(a), Val::Float(b)) if b.is_nan() => {
            let _ = a;
            None
        }
        (Val::Int(a), Val::Float(b)) if b.abs() < 1e19 => {
            let whole = (*a as i128).cmp(&(b.trunc() as i128));
            Some(whole.then_with(|| 0.0_f64.total_cmp(&(b.fract() + 0.0))))
        }
        (Val::Int(_), Val::Float(b)) => Some(0.0_f64.total_cmp(b)),
        _ => None,
    }
}

/// The same text for a float and the equal integer.
fn number_key(number: f64) -> String {
    let whole = number.round();
    if number.fract() == 0.0 && number.abs() < 9.0e18 {
        (number as i64).to_string()
    } else if number.abs() > 0.5 && (number - whole).abs() < 1e-12 {
        (whole as i64).to_string()
    } else {
        // Sums may be computed in another order.
        format!("{number:.12e}")
    }
}

impl Display for Val {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            // The minimum integer has no literal: its absolute value overflows.
            Self::Int(value) if *value < 0 => write!(f, "({} - 1)", value + 1),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) if value.is_nan() => f.write_str("(0.0 / 0.0)"),
            Self::Float(value) => write!(f, "{value:?}"),
            Self::Str(value) => write!(f, "'{value}'"),
            Self::Node(at) => write!(f, "(#{at})"),
            Self::Edge(at) => write!(f, "[#{at}]"),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Self::Path(nodes, edges) => write!(f, "{nodes:?} {edges:?}"),
        }
    }
}

/// Properties in any order, each key once.
pub(crate) type Props = Vec<(&'static str, Val)>;

#[derive(Clone, Debug)]
pub(crate) struct WorldNode {
    pub(crate) labels: Vec<&'static str>,
    pub(crate) props: Props,
    pub(crate) dead: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct WorldEdge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) kind: &'static str,
    pub(crate) props: Props,
    pub(crate) dead: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) nodes: Vec<WorldNode>,
    pub(crate) edges: Vec<WorldEdge>,
    /// The (label, key) of each index.
    pub(crate) indexes: Vec<(&'static str, &'static str)>,
}

impl World {
    /// The graph in the engine's storage. No entity is dead yet.
    pub(crate) fn graph(&self) -> Graph {
        let mut graph = Graph::new();
        for node in &self.nodes {
            let labels = node.labels.iter().map(|label| graph.intern_label(label));
            let labels: Vec<_> = labels.collect();
            let id = graph.create_node(&labels);
            for (key, value) in &node.props {
                let key = graph.intern_key(key);
                graph.set_node_property(id, key, value.stored());
            }
        }
        for edge in &self.edges {
            let kind = graph.intern_type(edge.kind);
            let ends = [edge.from, edge.to].map(|at| NodeId(at as u32));
            let id: EdgeId = graph.create_relationship(ends[0], kind, ends[1]);
            for (key, value) in &edge.props {
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

    /// A text that is equal for values in the same group; entities are compared by content.
    pub(crate) fn key(&self, value: &Val) -> String {
        match value {
            Val::Node(at) => {
                let node = &self.nodes[*at];
                if node.dead {
                    "()".to_owned()
                } else {
                    entity_key("(", &node.labels, &node.props, ")")
                }
            }
            Val::Edge(at) => {
                let edge = &self.edges[*at];
                let props: &[_] = if edge.dead { &[] } else { &edge.props };
                entity_key("[", &[edge.kind], props, "]")
            }
            Val::List(items) => list_key(items.iter().map(|item| self.key(item)).collect()),
            Val::Path(nodes, edges) => {
                let nodes = nodes.iter().map(|at| self.key(&Val::Node(*at)));
                let edges = edges.iter().map(|at| self.key(&Val::Edge(*at)));
                path_key(nodes.collect(), edges.collect())
            }
            other => other.key(),
        }
    }

    /// The whole graph as a text independent of positions: the content of every entity and its neighbourhood.
    pub(crate) fn shape(&self) -> String {
        let live = |at: &usize| !self.nodes[*at].dead;
        let positions: Vec<usize> = (0..self.nodes.len()).filter(live).collect();
        let nodes = positions.iter().map(|at| self.key(&Val::Node(*at)));
        let edges = self.edges.iter().enumerate().filter(|(_, edge)| !edge.dead);
        let place = |at: usize| positions.iter().position(|known| *known == at);
        let edges = edges.map(|(at, edge)| {
            let ends = (place(edge.from), place(edge.to));
            let told = "a relationship that lives has ends that live";
            (
                ends.0.expect(told),
                self.key(&Val::Edge(at)),
                ends.1.expect(told),
            )
        });
        shape(nodes.collect(), edges.collect())
    }
}

/// Isomorphic graphs give the same text. Each node is renamed several times by its neighbourhood (colour refinement),
/// which distinguishes all nodes in graphs this small.
fn shape(mut names: Vec<String>, edges: Vec<(usize, String, usize)>) -> String {
    let plain = names.clone();
    for _ in 0..4 {
        let around = (0..names.len()).map(|at| {
            let mut near: Vec<String> = Vec::new();
            for (from, edge, to) in &edges {
                if *from == at {
                    near.push(format!("{edge}->{}", names[*to]));
                }
                if *to == at {
                    near.push(format!("{edge}<-{}", names[*from]));
                }
            }
            near.sort();
            format!("{}{{{}}}", plain[at], near.join(" "))
        });
        let around: Vec<String> = around.collect();
        let mut sorted: Vec<&String> = around.iter().collect();
        sorted.sort();
        sorted.dedup();
        let number = |name: &String| sorted.binary_search(&name).expect("it is one of them");
        let short = around.iter().zip(&plain);
        names = short
            .map(|(name, plain)| format!("{}{plain}", number(name)))
            .collect();
    }
    let mut told: Vec<String> = edges
        .iter()
        .map(|(from, edge, to)| format!("{}{edge}->{}", names[*from], names[*to]))
        .chain(names.iter().cloned())
        .collect();
    told.sort();
    told.join("\n")
}

impl Display for World {
    /// Writes a statement that creates the graph.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let properties = |props: &Props| {
            let all = props.iter().map(|(key, value)| format!("{key}: {value}"));
            all.collect::<Vec<_>>().join(", ")
        };
        let mut parts = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let labels = node.labels.iter().fold(String::new(), |mut text, label| {
                write!(text, ":{label}").expect("a text can be written to");
                text
            });
            parts.push(format!("(n{at}{labels} {{{}}})", properties(&node.props)));
        }
        for edge in &self.edges {
            let (from, to, kind) = (edge.from, edge.to, edge.kind);
            parts.push(format!(
                "(n{from})-[:{kind} {{{}}}]->(n{to})",
                properties(&edge.props)
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
            Self::Null | Self::Node(_) | Self::Edge(_) | Self::List(_) | Self::Path(..) => {
                Value::Null
            }
        }
    }
}

/// The rows of an answer, with a text per value that is equal for values in the same group.
pub(crate) fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let row = |row: relata::Row<'_>| {
        let values = row.values().iter();
        values.map(|value| key(value, answer)).collect()
    };
    answer.rows().map(row).collect()
}

/// The graph of a database, in the form of [`World::shape`].
pub(crate) fn shape_of(database: &mut Database) -> String {
    let nodes = database
        .query("MATCH (n) RETURN id(n) AS id, n ORDER BY id")
        .run();
    let nodes = nodes.expect("all nodes can be asked for");
    let ids: Vec<String> = rows(&nodes).into_iter().map(|row| row[0].clone()).collect();
    let names = rows(&nodes)
        .into_iter()
        .map(|mut row| row.remove(1))
        .collect();
    let edges = database
        .query("MATCH (a)-[r]->(b) RETURN id(a), r, id(b)")
        .run();
    let edges = edges.expect("all relationships can be asked for");
    let place = |id: &String| {
        ids.iter()
            .position(|known| known == id)
            .expect("an end is a node")
    };
    let edges = rows(&edges)
        .into_iter()
        .map(|row| (place(&row[0]), row[1].clone(), place(&row[2])));
    shape(names, edges.collect())
}

fn key(value: &Value, answer: &Answer) -> String {
    let held = |properties: &relata::value::Entries| {
        let props = properties
            .iter()
            .map(|(name, value)| (name.to_string(), key(value, answer)));
        props.collect::<Vec<_>>()
    };
    match value {
        Value::Integer(whole) => whole.to_string(),
        Value::Float(number) => number_key(*number),
        Value::Node(node) => {
            let node = answer.entities().node(*node);
            let labels = node.labels.iter().map(|label| label.to_string()).collect();
            told("(", labels, held(&node.properties), ")")
        }
        Value::Relationship(edge) => {
            let edge = answer.entities().relationship(*edge);
            told(
                "[",
                vec![edge.kind.to_string()],
                held(&edge.properties),
                "]",
            )
        }
        Value::List(items) => list_key(items.iter().map(|item| key(item, answer)).collect()),
        Value::Path(path) => {
            let nodes = path
                .nodes()
                .iter()
                .map(|node| key(&Value::Node(*node), answer));
            let edges = path.relationships().iter();
            let edges = edges.map(|edge| key(&Value::Relationship(*edge), answer));
            path_key(nodes.collect(), edges.collect())
        }
        other => relata::value::display::literal(other),
    }
}

fn entity_key(open: &str, labels: &[&str], props: &[(&str, Val)], close: &str) -> String {
    let labels: BTreeSet<_> = labels.iter().map(|label| (*label).to_owned()).collect();
    let props = props
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.key()));
    told(open, labels.into_iter().collect(), props.collect(), close)
}

fn told(
    open: &str,
    mut labels: Vec<String>,
    mut props: Vec<(String, String)>,
    close: &str,
) -> String {
    labels.sort();
    props.sort();
    let props: Vec<_> = props
        .into_iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    format!(
        "{open}:{} {{{}}}{close}",
        labels.join(":"),
        props.join(", ")
    )
    .replace(": {}", "")
}

/// Lists are compared as multisets: `collect` guarantees no order.
fn list_key(mut keys: Vec<String>) -> String {
    keys.sort();
    format!("[{}]", keys.join(", "))
}

fn path_key(nodes: Vec<String>, edges: Vec<String>) -> String {
    let steps = edges
        .iter()
        .zip(&nodes[1..])
        .map(|(edge, node)| format!("{edge}{node}"));
    format!("<{}{}>", nodes[0], steps.collect::<String>())
}
