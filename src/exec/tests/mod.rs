//! Operators and expressions over small graphs, on plans that are written as text.

mod apply;
mod expression;
mod gather;
mod limits;
mod message;
pub(crate) mod panics;
mod pattern;
mod rows;
mod trail;
mod write;

use crate::{
    base::{Code, Diagnostic},
    exec::{Access, Options, Outcome, run},
    graph::Graph,
    plan::{check, parse},
    value::Value,
};

/// A graph with nodes of the given labels and relationships such as `0R1`, both numbered by their property `x`.
fn graph(labels: &str, edges: &str) -> Graph {
    let mut graph = Graph::new();
    let key = graph.intern_key("x");
    let mut nodes = Vec::new();
    for (number, label) in (0_i64..).zip(labels.split_whitespace()) {
        let label = graph.intern_label(label);
        let node = graph.create_node(&[label]);
        graph.set_node_property(node, key, number.into());
        nodes.push(node);
    }
    for (number, edge) in (0_i64..).zip(edges.split_whitespace()) {
        let (from, to) = edge.split_once(char::is_alphabetic).unwrap();
        let kind = graph.intern_type(edge[from.len()..].trim_end_matches(to));
        let node = |digits: &str| nodes[digits.parse::<usize>().unwrap()];
        let edge = graph.create_relationship(node(from), kind, node(to));
        graph.set_edge_property(edge, key, number.into());
    }
    graph.commit();
    graph
}

fn empty() -> Graph {
    Graph::new()
}

/// Checks the rows of a plan: their values with spaces between them, and commas between rows.
fn check(graph: &Graph, plan: &str, expected: &str) {
    assert_eq!(rows(graph, plan).join(", "), expected, "{plan}");
}

fn fails(graph: &Graph, plan: &str, code: Code) {
    let failure = outcome(graph, plan, &options()).unwrap_err();
    assert_eq!(failure.code, code, "{plan}");
}

fn rows(graph: &Graph, plan: &str) -> Vec<String> {
    lines(&outcome(graph, plan, &options()).unwrap())
}

fn outcome(graph: &Graph, plan: &str, options: &Options<'_>) -> Result<Outcome, Box<Diagnostic>> {
    executed(Access::Read(graph), plan, options)
}

/// The result of a plan if every parameter is 3.
fn executed(
    access: Access<'_>,
    plan: &str,
    options: &Options<'_>,
) -> Result<Outcome, Box<Diagnostic>> {
    let plan = parse::plan(plan);
    check::check(&plan).unwrap();
    let parameters = vec![Value::from(3); plan.parameters.len()];
    run(&plan, access, &parameters, options)
}

/// Options without limits; clock and random numbers are fixed.
pub(crate) fn options<'a>() -> Options<'a> {
    Options {
        max_rows: None,
        max_memory: None,
        memory_growth: None,
        max_path_length: None,
        expired: None,
        threads: None,
        cancel: None,
        profile: None,
        statement_time: (0, 0),
        state: &crate::function::Stateless,
        clock: || (0, 0),
        random: &|| 7,
        traced: false,
    }
}

/// Options with a change.
fn with<'a>(change: impl FnOnce(&mut Options<'a>)) -> Options<'a> {
    let mut options = options();
    change(&mut options);
    options
}

fn lines(outcome: &Outcome) -> Vec<String> {
    let line = |row: &[Value]| row.iter().map(show).collect::<Vec<_>>().join(" ");
    outcome.iter().map(line).collect()
}

fn show(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Node(node) => format!("{node:?}"),
        Value::Relationship(edge) => format!("{edge:?}"),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Boolean(value) => value.to_string(),
        Value::String(text) => text.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" ")),
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{key}:{}", show(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
        Value::Path(path) => format!("{:?}{:?}", path.nodes(), path.relationships()),
        other => format!("{other:?}"),
    }
}
