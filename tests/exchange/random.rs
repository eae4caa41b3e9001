//! Random graphs with every type of property.

use std::sync::Arc;

use proptest::{collection::vec, prelude::*, sample::select};
use relata::{
    Database, Value,
    graph::Builder,
    value::{DateTime, Duration, NodeId},
};

type Properties = Vec<(&'static str, Value)>;

/// A graph as lists.
#[derive(Clone, Debug)]
pub(crate) struct RandomGraph {
    nodes: Vec<(Vec<&'static str>, Properties)>,
    edges: Vec<(&'static str, usize, usize, Properties)>,
}

impl RandomGraph {
    pub(crate) fn database(&self) -> Database {
        let mut builder = Builder::new();
        for (labels, properties) in &self.nodes {
            let labels: Vec<_> = labels
                .iter()
                .map(|label| builder.intern_label(label))
                .collect();
            let node = builder.add_nodes(&labels, 1);
            for (key, value) in properties {
                let key = builder.intern_key(key);
                builder.set_node_property(node, key, value.clone());
            }
        }
        for (kind, from, to, properties) in &self.edges {
            let node = |at: &usize| NodeId((at % self.nodes.len()) as u32);
            let kind = builder.intern_type(kind);
            let edge = builder.add_relationships(kind, &[(node(from), node(to))]);
            for (key, value) in properties {
                let key = builder.intern_key(key);
                builder.set_edge_property(edge, key, value.clone());
            }
        }
        Database::from_graph(builder.finish())
    }
}

fn parsed<T: std::str::FromStr>(text: &str) -> T {
    text.parse()
        .unwrap_or_else(|_| panic!("`{text}` is a value"))
}

fn simple() -> Vec<Value> {
    let texts = [
        "",
        "a",
        " x ",
        "a,b;c|d\t",
        "\"q\"'",
        "line\nend\r\n",
        "Zoë 🐎",
        "@en",
        "a@en",
        "5",
        "true",
        "<b>&amp;</b>",
        "\\N",
        "NULL",
        "null",
        "2020-02-19",
        "[1]",
        "{}",
        "a^^b",
        "http://a/b",
        "_:b0",
        "\u{1}",
        "`",
        ":",
        "n0",
    ];
    let mut values: Vec<Value> = texts.into_iter().map(Value::from).collect();
    values.extend([0, -1, i64::MIN, i64::MAX, 1 << 40].map(Value::Integer));
    let floats = [
        0.0,
        -0.0,
        1.0,
        1.5,
        -1e300,
        1e-7,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    values.extend(floats.map(Value::Float));
    values.extend([true, false].map(Value::Boolean));
    for text in ["0.1", "-12345678901234567890.12345678", "1.50", "3"] {
        values.push(relata::value::cast::to_decimal(&text.into()).expect("a decimal"));
    }
    for text in ["", "00ff"] {
        values.push(relata::value::cast::to_bytes(&text.into()).expect("bytes"));
    }
    for text in [
        "{x: 1, y: -2.5}",
        "{longitude: 12.5, latitude: 55.6, height: 10}",
    ] {
        values.push(parsed::<relata::value::Point>(text).into());
    }
    values.push(Value::Date(parsed("2020-02-19")));
    values.push(Value::Date(parsed("-0044-03-15")));
    values.push(Value::LocalTime(parsed("12:31:14.5")));
    values.push(Value::Time(parsed("12:31:14+01:00")));
    values.push(Value::LocalDateTime(parsed("2020-02-19T12:31")));
    values.push(Value::DateTime(Arc::new(parsed::<DateTime>(
        "2020-02-19T12:31Z",
    ))));
    values.push(Value::DateTime(Arc::new(parsed::<DateTime>(
        "2020-02-19T12:31+01:00[Europe/Berlin]",
    ))));
    values.push(Value::Duration(Arc::new(parsed::<Duration>(
        "P1Y2M3DT4H5.5S",
    ))));
    values
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => select(simple()),
        1 => vec(select(simple()), 0..4).prop_map(Value::list),
    ]
}

fn properties() -> impl Strategy<Value = Properties> {
    let key = select(vec![
        "id",
        "name",
        "type",
        "label",
        "labels",
        "source",
        "a b",
        "@id",
        "ns:x",
        "uri",
        "weight",
        "é",
        "properties",
        "key",
        "a.b",
        "graphUri",
    ]);
    vec((key, value()), 0..4).prop_map(|mut entries| {
        entries.sort_by_key(|(key, _)| *key);
        entries.dedup_by_key(|(key, _)| *key);
        entries
    })
}

/// A graph of up to six nodes.
pub(crate) fn graph() -> impl Strategy<Value = RandomGraph> {
    let labels = vec(select(vec!["A", "B c", "D:e", "`", "Resource", "Ä"]), 0..3);
    let kind = select(vec!["KNOWS", "likes", "a b", "x:y", "RELATED", "label"]);
    let nodes = vec((labels, properties()), 1..7);
    let edges = vec((kind, 0..6_usize, 0..6_usize, properties()), 0..8);
    (nodes, edges).prop_map(|(nodes, edges)| RandomGraph { nodes, edges })
}
