//! A graph as a script of openCypher statements that rebuilds it.
//!
//! A small graph is one readable `CREATE`. A larger one is created in batches: nodes get a temporary label and a
//! number, relationship batches collect the nodes in number order, and a last statement removes both. Each relationship
//! batch scans all nodes once; batches are large, so the running time is close to linear in the length of the script.

use std::io::{self, Write};

use crate::{
    base::{Code, Fault},
    graph::{
        Graph,
        manifest::Manifest,
        save::{
            cell::{Need, need},
            columns::place,
            layout::{Layout, labels},
        },
    },
    value::{KeyId, NodeId, SchemaCommand, Value, display::expression},
};

/// The first characters of every script.
pub const MARK: &str = "// A graph as statements, saved by Relata:";

/// The maximum number of nodes and relationships in one `CREATE`.
const SMALL: usize = 2_000;

/// The maximum size of the rows of a batch in bytes, for nodes and for relationships.
const NODE_BATCH: usize = 1 << 20;
const EDGE_BATCH: usize = 1 << 21;

/// Writes the script of a graph. The inner error reports a value that no statement can express.
///
/// # Errors
/// The errors of `out`.
pub fn script(
    graph: &Graph,
    manifest: Option<&Manifest>,
    out: &mut dyn Write,
) -> io::Result<Result<(), Fault>> {
    if let Err(fault) = check(graph) {
        return Ok(Err(fault));
    }
    let script = Script {
        layout: Layout::of(graph, manifest),
        graph,
    };
    let (nodes, relationships) = (graph.node_count(), graph.relationship_count());
    writeln!(
        out,
        "{MARK} {nodes} node{}, {relationships} relationship{}.",
        plural(nodes),
        plural(relationships)
    )?;
    if nodes + relationships <= SMALL {
        script.whole(out)?;
    } else {
        script.batches(out)?;
    }
    // At the end, indexes are built at once.
    for command in graph.schema_commands() {
        match command {
            SchemaCommand::CreateIndex { index, .. } => writeln!(out, "{index};")?,
            SchemaCommand::CreateConstraint { constraint, .. } => writeln!(out, "{constraint};")?,
            SchemaCommand::DropIndex { .. } | SchemaCommand::DropConstraint { .. } => {}
        }
    }
    Ok(Ok(()))
}

/// Rejects values that no statement can express.
fn check(graph: &Graph) -> Result<(), Fault> {
    let nodes = graph.nodes().iter().map(NodeId);
    let of_nodes = nodes.flat_map(|node| graph.node_properties(node));
    let of_edges = graph.edges().flat_map(|edge| graph.edge_properties(edge));
    for (key, value) in of_nodes.chain(of_edges) {
        if need(&value, ';') == Need::Unknown {
            let (name, kind) = (graph.catalog().key_name(key), value.kind());
            let message = format!(
                "cannot save the property `{name}`: expected a value that a property can have, found {kind}"
            );
            return Err(Fault::new(Code::SaveProblem, message));
        }
    }
    Ok(())
}

struct Script<'g> {
    layout: Layout<'g>,
    graph: &'g Graph,
}

impl Script<'_> {
    fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.layout
            .node_files
            .iter()
            .flat_map(|file| file.nodes.iter().copied())
    }

    /// The position of each node in script order, by id.
    fn numbers(&self) -> Vec<usize> {
        let mut numbers = vec![0; self.graph.node_bound()];
        for (number, node) in self.nodes().enumerate() {
            numbers[node.index()] = number;
        }
        numbers
    }

    /// Writes the graph as one statement.
    fn whole(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.graph.node_count() == 0 {
            return Ok(());
        }
        let numbers = self.numbers();
        write!(out, "CREATE")?;
        for (number, node) in self.nodes().enumerate() {
            let separator = if number == 0 { "" } else { "," };
            let labels = self.labels(node);
            let properties = self.map(self.graph.node_properties(node));
            let space = if properties.is_empty() { "" } else { " " };
            write!(out, "{separator}\n  (n{number}{labels}{space}{properties})")?;
        }
        for file in &self.layout.edge_files {
            let kind = name(self.graph.catalog().type_name(file.kind));
            for edge in &file.edges {
                let (start, end) = self.graph.endpoints(*edge);
                let [start, end] = [start, end].map(|node| numbers[node.index()]);
                let properties = self.map(self.graph.edge_properties(*edge));
                let space = if properties.is_empty() { "" } else { " " };
                write!(
                    out,
                    ",\n  (n{start})-[:{kind}{space}{properties}]->(n{end})"
                )?;
            }
        }
        writeln!(out, ";")
    }

    /// Writes nodes, then relationships, as batches of rows.
    fn batches(&self, out: &mut dyn Write) -> io::Result<()> {
        let catalog = self.graph.catalog();
        let stats = self.graph.stats();
        let label = name(&unused("~saved", |name| {
            catalog
                .label(name)
                .is_some_and(|label| stats.label_in_use(label))
        }));
        let key = name(&unused("~number", |name| {
            catalog.key(name).is_some_and(|key| stats.key_in_use(key))
        }));
        let mut batch = Batch::new(NODE_BATCH);
        for (number, node) in self.nodes().enumerate() {
            let labels = self.labels(node);
            let properties = self.map(self.graph.node_properties(node));
            let row = if properties.is_empty() {
                format!("[{number}]")
            } else {
                format!("[{number}, {properties}]")
            };
            let create = format!("CREATE (n{labels}:{label} {{{key}: row[0]}}) SET n += row[1];");
            batch.add("", row, create, out)?;
        }
        batch.finish(out)?;
        let numbers = self.numbers();
        let find = format!("MATCH (n:{label}) WITH n ORDER BY n.{key} WITH collect(n) AS nodes\n");
        let mut batch = Batch::new(EDGE_BATCH);
        for file in &self.layout.edge_files {
            let kind = name(catalog.type_name(file.kind));
            let create = format!(
                "WITH nodes[row[0]] AS a, nodes[row[1]] AS b, row[2] AS properties\n\
                 CREATE (a)-[r:{kind}]->(b) SET r += properties;"
            );
            for edge in &file.edges {
                let (start, end) = self.graph.endpoints(*edge);
                let [start, end] = [start, end].map(|node| numbers[node.index()]);
                let properties = self.map(self.graph.edge_properties(*edge));
                let row = if properties.is_empty() {
                    format!("[{start}, {end}]")
                } else {
                    format!("[{start}, {end}, {properties}]")
                };
                batch.add(&find, row, create.clone(), out)?;
            }
        }
        batch.finish(out)?;
        writeln!(out, "MATCH (n:{label}) REMOVE n:{label}, n.{key};")
    }

    /// `:Person:Author`
    fn labels(&self, node: NodeId) -> String {
        let labels = labels(self.graph, node);
        labels
            .iter()
            .map(|label| format!(":{}", name(label)))
            .collect()
    }

    /// `{id: 'p1', name: 'Ann'}` in column order, `id` first; empty without properties.
    fn map(&self, properties: impl Iterator<Item = (KeyId, Value)>) -> String {
        let catalog = self.graph.catalog();
        let mut entries: Vec<_> = properties
            .map(|(key, value)| (&**catalog.key_name(key), value))
            .collect();
        if entries.is_empty() {
            return String::new();
        }
        entries.sort_by_key(|(key, _)| (*key != "id", place(self.layout.order, key), *key));
        let entries = entries
            .iter()
            .map(|(key, value)| format!("{}: {}", name(key), expression(value)));
        format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
    }
}

/// The rows of one statement, up to a size limit; all have the same final clauses.
struct Batch {
    before: String,
    rows: Vec<String>,
    after: String,
    size: usize,
    limit: usize,
}

impl Batch {
    fn new(limit: usize) -> Self {
        Self {
            before: String::new(),
            rows: Vec::new(),
            after: String::new(),
            size: 0,
            limit,
        }
    }

    fn add(
        &mut self,
        before: &str,
        row: String,
        after: String,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if self.after != after || self.size + row.len() > self.limit {
            self.finish(out)?;
            before.clone_into(&mut self.before);
            self.after = after;
        }
        self.size += row.len();
        self.rows.push(row);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.size = 0;
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        let (before, rows, after) = (&self.before, rows.join(",\n  "), &self.after);
        writeln!(out, "{before}UNWIND [\n  {rows}\n] AS row\n{after}")
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// The name, prefixed with `~` until it is unused.
fn unused(name: &str, is_used: impl Fn(&str) -> bool) -> String {
    let mut name = name.to_owned();
    while is_used(&name) {
        name.insert(0, '~');
    }
    name
}

/// A label, type or key; in back quotes unless it is a plain ASCII word.
fn name(name: &str) -> String {
    let mut bytes = name.bytes();
    let is_word = bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_word {
        name.to_owned()
    } else {
        format!("`{}`", name.replace('`', "``"))
    }
}
