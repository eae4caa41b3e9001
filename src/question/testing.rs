//! Small graphs for tests, written as lines.

use rustc_hash::FxHashMap;

use crate::{
    graph::{Graph, builtin},
    question::vocabulary::{NameKeys, Vocabulary},
    value::{NodeId, Value},
};

/// Builds a graph from lines such as `ann :Person:Reader; name=Ann Lee; born=1980` and `ann OWES book; since=2025-10`.
/// Values are integers, `true`, `false`, dates after `@`, lists in square brackets separated by `|`, and strings.
pub(crate) fn graph(text: &str) -> Graph {
    let mut graph = Graph::new();
    let mut nodes: FxHashMap<&str, NodeId> = FxHashMap::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.split(';').map(str::trim);
        let head: Vec<&str> = parts.next().unwrap().split(' ').collect();
        let properties: Vec<(&str, Value)> = parts.map(property).collect();
        match head.as_slice() {
            [id, labels] => {
                let labels = labels.split(':').filter(|label| !label.is_empty());
                let labels: Vec<_> = labels.map(|label| graph.intern_label(label)).collect();
                let node = graph.create_node(&labels);
                nodes.insert(id, node);
                for (key, value) in properties {
                    let key = graph.intern_key(key);
                    graph.set_node_property(node, key, value);
                }
            }
            [from, ty, to] => {
                let ty = graph.intern_type(ty);
                let edge = graph.create_relationship(nodes[from], ty, nodes[to]);
                for (key, value) in properties {
                    let key = graph.intern_key(key);
                    graph.set_edge_property(edge, key, value);
                }
            }
            other => panic!("no node and no relationship: {other:?}"),
        }
    }
    graph.commit();
    graph
}

fn property(text: &str) -> (&str, Value) {
    let (key, value) = text.split_once('=').unwrap();
    (key, self::value(value))
}

fn value(text: &str) -> Value {
    if let Some(items) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    {
        return Value::list(items.split('|').map(value).collect());
    }
    if let Some(date) = text.strip_prefix('@') {
        return match date.contains('T') {
            true => Value::LocalDateTime(date.parse().unwrap()),
            false => Value::Date(date.parse().unwrap()),
        };
    }
    match text {
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        _ => text
            .parse()
            .map_or_else(|_| Value::String(text.into()), Value::Integer),
    }
}

/// A library with books, authors, shelves and readers.
pub(crate) const LIBRARY: &str = "
    dune :Work:Book; name=Dune; pages=600; printed=true; binding=hardback
    emma :Work:Book; name=Emma; pages=400; printed=false; binding=paperback
    atlas :Work:MapSheet; name=The Big Atlas, Part 1; altNames=[BA|Grand Atlas]; pages=40; printed=true; binding=hardback
    tale :Work:Book; name=Tale of Two Shelves; pages=90; printed=true; binding=paperback
    ann :Person; name=Ann Lee; born=1980
    bob :Person; name=Bob O'Brien; hiddenNames=[Bobby]; born=1975
    high :Shelf; name=High Shelf; level=3
    low :Shelf; name=Low Shelf; level=1
    hall :Room; name=Café Hall
    ann WROTE dune; since=2015-16
    bob WROTE tale
    ann READS emma; status=reading
    dune STANDS_ON high
    emma STANDS_ON low
    atlas STANDS_ON low
    high IS_LOCATED_IN hall
    low IS_LOCATED_IN hall
    dune PUBLISHED_BY ann
    tale REPLY_OF dune
    ann HAS_FRIEND bob
    ";

/// The statement of the best interpretation of a question in a graph without names of keys; a refusal in brackets.
pub(crate) fn asked(text: &str, question: &str) -> String {
    let graph = graph(text);
    let vocabulary = Vocabulary::build(&graph, None, NameKeys::default(), None).unwrap();
    match crate::question::read(question, &vocabulary, &graph) {
        Ok(interpretations) => interpretations[0].query.to_string(),
        Err(refusal) => format!("({})", refusal.message),
    }
}

/// Builds a graph from lines, with the vocabulary that the graph itself gives.
pub(crate) fn vocabulary(text: &str) -> (Graph, Vocabulary) {
    let graph = graph(text);
    let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let names = NameKeys {
        display: Some("name".to_owned()),
        keys: keys(&["name", "altNames", "hiddenNames"]),
        hidden: keys(&["hiddenNames"]),
    };
    let vocabulary = Vocabulary::build(&graph, None, names, None).unwrap();
    (graph, vocabulary)
}

/// The built-in graph with its vocabulary.
pub(crate) fn built_in() -> (Graph, Vocabulary) {
    let graph = builtin::connected_practice(&[]).expect("the built-in graph is valid");
    let manifest = builtin::manifest();
    let names = NameKeys {
        display: manifest.names.display,
        keys: manifest.names.keys,
        hidden: manifest.names.hidden,
    };
    let file = include_str!("../../graph-data/connected-practice/vocabulary.toml");
    let vocabulary = Vocabulary::build(&graph, Some(file), names, None);
    let vocabulary = vocabulary.unwrap_or_else(|problem| panic!("{problem}"));
    (graph, vocabulary)
}
