//! Procedures that describe the graph to tools, with the names and the columns of Neo4j and of its library APOC.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    function::Native,
    graph::{Graph, Orientation},
    value::{KeyId, Kind, LabelId, NodeId, Text, TypeId, Value},
};

/// Each procedure: its signature, one sentence for the manual, and its body.
pub(super) const ROWS: &[(&str, &str, Native)] = &[
    (
        "db.ping() :: (success :: BOOLEAN)",
        "Whether the database answers.",
        |_, _| Ok(vec![vec![true.into()]]),
    ),
    (
        "db.info() :: (id :: STRING, name :: STRING, creationDate :: STRING)",
        "The only database.",
        |_, _| Ok(vec![vec!["relata".into(), "relata".into(), "".into()]]),
    ),
    (
        "dbms.showCurrentUser() :: (username :: STRING, roles :: LIST OF STRING, flags :: LIST OF STRING)",
        "The user, who has no name: who may connect is not known to statements.",
        |_, _| Ok(vec![vec!["".into(), strings([]), strings([])]]),
    ),
    (
        "db.schema.nodeTypeProperties() :: (nodeType :: STRING, nodeLabels :: LIST OF STRING, propertyName :: STRING?, propertyTypes :: LIST OF STRING?, mandatory :: BOOLEAN)",
        "The properties of the nodes with each set of labels. Visits every node.",
        |_, context| Ok(node_type_properties(context.graph)),
    ),
    (
        "db.schema.relTypeProperties() :: (relType :: STRING, propertyName :: STRING?, propertyTypes :: LIST OF STRING?, mandatory :: BOOLEAN)",
        "The properties of the relationships of each type. Visits every relationship.",
        |_, context| Ok(relationship_type_properties(context.graph)),
    ),
    (
        "apoc.meta.data(config :: MAP?) :: (label :: STRING, property :: STRING, count :: INTEGER, unique :: BOOLEAN, index :: BOOLEAN, existence :: BOOLEAN, type :: STRING, array :: BOOLEAN, left :: INTEGER, right :: INTEGER, other :: LIST OF STRING, otherLabels :: LIST OF STRING, elementType :: STRING)",
        "The properties and relationships of each label, and the properties of each relationship type. Visits the whole graph: the configuration is ignored, also its `sample`.",
        |_, context| Ok(meta_data(context.graph)),
    ),
    (
        "apoc.meta.schema(config :: MAP?) :: (value :: MAP)",
        "The labels and the relationship types with their properties, counts and connections, as one map. Visits the whole graph.",
        |_, context| Ok(vec![vec![meta_schema(context.graph)]]),
    ),
];

type Table = Vec<Vec<Value>>;

/// The properties of entities: how many have each, and the types of the values.
#[derive(Debug, Default)]
struct Seen {
    entities: u64,
    properties: BTreeMap<KeyId, (u64, BTreeSet<Kind>, bool)>,
}

impl Seen {
    fn add(&mut self, properties: impl Iterator<Item = (KeyId, Value)>) {
        self.entities += 1;
        for (key, value) in properties {
            let (count, kinds, is_list) = self.properties.entry(key).or_default();
            *count += 1;
            let item = match &value {
                Value::List(items) => {
                    *is_list = true;
                    items.first()
                }
                other => Some(other),
            };
            kinds.extend(item.map(Value::kind));
        }
    }
}

/// The connections of a label by a type in a direction: how many, and the labels at the other ends.
type Connections = BTreeMap<(TypeId, bool), (u64, BTreeSet<LabelId>)>;

fn node_type_properties(graph: &Graph) -> Table {
    let mut sets: BTreeMap<&[LabelId], Seen> = BTreeMap::new();
    for node in graph.nodes().iter().map(NodeId) {
        let seen = sets.entry(graph.labels_of(node)).or_default();
        seen.add(graph.node_properties(node));
    }
    let catalog = graph.catalog();
    let rows = sets.iter().flat_map(|(labels, seen)| {
        let names: Vec<_> = labels
            .iter()
            .map(|label| catalog.label_name(*label))
            .collect();
        let spelt: String = names.iter().map(|name| format!(":`{name}`")).collect();
        let labels = strings(names.iter().map(|name| &***name));
        properties(graph, seen).into_iter().map(move |property| {
            let before = [spelt.as_str().into(), labels.clone()];
            before.into_iter().chain(property).collect()
        })
    });
    rows.collect()
}

fn relationship_type_properties(graph: &Graph) -> Table {
    let rows = types(graph).flat_map(|(kind, name)| {
        let mut seen = Seen::default();
        for edge in graph.edges_of_type(kind) {
            seen.add(graph.edge_properties(edge));
        }
        let spelt = format!(":`{name}`");
        properties(graph, &seen).into_iter().map(move |property| {
            [spelt.as_str().into()]
                .into_iter()
                .chain(property)
                .collect()
        })
    });
    rows.collect()
}

/// The name, the types and the necessity of each property; one row of nulls if there is none.
fn properties(graph: &Graph, seen: &Seen) -> Vec<[Value; 3]> {
    if seen.properties.is_empty() {
        return vec![[Value::Null, Value::Null, false.into()]];
    }
    let row = |(key, (count, kinds, is_list)): (&KeyId, &(u64, BTreeSet<Kind>, bool))| {
        let types: Vec<_> = kinds
            .iter()
            .map(|kind| java_type(*kind, *is_list))
            .collect();
        [
            text(graph.catalog().key_name(*key)),
            strings(types.iter().map(String::as_str)),
            (*count == seen.entities).into(),
        ]
    };
    seen.properties.iter().map(row).collect()
}

fn meta_data(graph: &Graph) -> Table {
    let mut table = Vec::new();
    for (label, name) in labels(graph) {
        let (seen, connections) = label_summary(graph, label);
        for (key, (_, kinds, is_list)) in &seen.properties {
            let key_name = graph.catalog().key_name(*key);
            let index = graph.has_index(label, *key);
            let kind = meta_type(kinds, *is_list);
            table.push(data_row(name, key_name, &kind, *is_list, index, "node"));
        }
        for ((kind, outgoing), (count, others)) in connections {
            if !outgoing {
                continue;
            }
            let names: Vec<_> = others
                .iter()
                .map(|other| graph.catalog().label_name(*other))
                .collect();
            let others = strings(names.iter().map(|name| &***name));
            let mut row = data_row(
                name,
                graph.catalog().type_name(kind),
                "RELATIONSHIP",
                true,
                false,
                "node",
            );
            row[2] = number(count);
            row[8] = number(count);
            row[10] = others;
            table.push(row);
        }
    }
    for (kind, name) in types(graph) {
        let mut seen = Seen::default();
        for edge in graph.edges_of_type(kind) {
            seen.add(graph.edge_properties(edge));
        }
        for (key, (_, kinds, is_list)) in &seen.properties {
            let key_name = graph.catalog().key_name(*key);
            let kind = meta_type(kinds, *is_list);
            table.push(data_row(
                name,
                key_name,
                &kind,
                *is_list,
                false,
                "relationship",
            ));
        }
    }
    table
}

/// A row of `apoc.meta.data`.
fn data_row(
    label: &Text,
    property: &Text,
    kind: &str,
    is_list: bool,
    index: bool,
    element: &str,
) -> Vec<Value> {
    vec![
        text(label),
        text(property),
        Value::Integer(0),
        false.into(),
        index.into(),
        false.into(),
        kind.into(),
        is_list.into(),
        Value::Integer(0),
        Value::Integer(0),
        strings([]),
        strings([]),
        element.into(),
    ]
}

fn meta_schema(graph: &Graph) -> Value {
    let catalog = graph.catalog();
    let labels = labels(graph).map(|(label, name)| {
        let (seen, connections) = label_summary(graph, label);
        let mut relationships: BTreeMap<&Text, Value> = BTreeMap::new();
        for ((kind, outgoing), (count, others)) in connections {
            let names: Vec<_> = others
                .iter()
                .map(|other| catalog.label_name(*other))
                .collect();
            let described = map([
                ("count", number(count)),
                ("direction", if outgoing { "out" } else { "in" }.into()),
                ("labels", strings(names.iter().map(|name| &***name))),
                ("properties", map([])),
            ]);
            // Outgoing relationships count if a label has both.
            if outgoing || !relationships.contains_key(catalog.type_name(kind)) {
                relationships.insert(catalog.type_name(kind), described);
            }
        }
        let relationships = relationships
            .into_iter()
            .map(|(name, value)| (&**name, value));
        let indexed = |key: KeyId| graph.has_index(label, key);
        let value = map([
            ("type", "node".into()),
            ("count", number(seen.entities)),
            ("labels", strings([])),
            ("properties", property_map(graph, &seen, indexed)),
            ("relationships", map(relationships)),
        ]);
        (name.clone(), value)
    });
    let types = types(graph).map(|(kind, name)| {
        let mut seen = Seen::default();
        for edge in graph.edges_of_type(kind) {
            seen.add(graph.edge_properties(edge));
        }
        let value = map([
            ("type", "relationship".into()),
            ("count", number(seen.entities)),
            ("properties", property_map(graph, &seen, |_| false)),
        ]);
        (name.clone(), value)
    });
    Value::map(labels.chain(types).collect())
}

fn property_map(graph: &Graph, seen: &Seen, indexed: impl Fn(KeyId) -> bool) -> Value {
    let entry = |(key, (count, kinds, is_list)): (&KeyId, &(u64, BTreeSet<Kind>, bool))| {
        let described = map([
            ("type", meta_type(kinds, *is_list).into()),
            ("array", (*is_list).into()),
            ("indexed", indexed(*key).into()),
            ("unique", false.into()),
            ("existence", (*count == seen.entities).into()),
        ]);
        (graph.catalog().key_name(*key).clone(), described)
    };
    Value::map(seen.properties.iter().map(entry).collect())
}

/// The properties of the nodes with a label, and their connections.
fn label_summary(graph: &Graph, label: LabelId) -> (Seen, Connections) {
    let (mut seen, mut connections) = (Seen::default(), Connections::new());
    for node in graph.nodes_with_label(label).iter().map(NodeId) {
        seen.add(graph.node_properties(node));
    }
    for (source, kind, target, count) in graph.stats().triples() {
        for (end, other, outgoing) in [(source, target, true), (target, source, false)] {
            if end == label {
                let (_, others) = connections.entry((kind, outgoing)).or_default();
                others.insert(other);
            }
        }
        debug_assert!(count > 0);
    }
    for ((kind, outgoing), (count, _)) in &mut connections {
        let orientation = match outgoing {
            true => Orientation::Outgoing,
            false => Orientation::Incoming,
        };
        let nodes = graph.nodes_with_label(label).iter().map(NodeId);
        *count = nodes
            .map(|node| graph.degree(node, Some(*kind), orientation) as u64)
            .sum();
    }
    (seen, connections)
}

fn labels(graph: &Graph) -> impl Iterator<Item = (LabelId, &Text)> {
    let stats = graph.stats();
    graph
        .catalog()
        .labels()
        .filter(|(label, _)| stats.label_in_use(*label))
}

fn types(graph: &Graph) -> impl Iterator<Item = (TypeId, &Text)> {
    let stats = graph.stats();
    graph
        .catalog()
        .types()
        .filter(|(kind, _)| stats.type_in_use(*kind))
}

/// The name of a type in Neo4j's description of schemas.
fn java_type(kind: Kind, is_list: bool) -> String {
    let name = match kind {
        Kind::Integer => "Long",
        Kind::Float => "Double",
        Kind::Boolean => "Boolean",
        Kind::String => "String",
        Kind::Bytes => "ByteArray",
        Kind::Date => "Date",
        Kind::Time => "Time",
        Kind::LocalTime => "LocalTime",
        Kind::DateTime => "DateTime",
        Kind::LocalDateTime => "LocalDateTime",
        Kind::Duration => "Duration",
        Kind::Decimal => "Decimal",
        other => return other.to_string(),
    };
    match is_list {
        true => format!("{name}Array"),
        false => name.to_owned(),
    }
}

/// The name of a type in APOC's description of schemas.
fn meta_type(kinds: &BTreeSet<Kind>, is_list: bool) -> String {
    match kinds.first() {
        _ if is_list => "LIST".to_owned(),
        Some(Kind::DateTime) => "DATE_TIME".to_owned(),
        Some(Kind::LocalDateTime) => "LOCAL_DATE_TIME".to_owned(),
        Some(Kind::LocalTime) => "LOCAL_TIME".to_owned(),
        Some(kind) => kind.to_string(),
        None => "NULL".to_owned(),
    }
}

fn text(text: &Text) -> Value {
    Value::String(text.clone())
}

fn number(count: u64) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

fn strings<'t>(texts: impl IntoIterator<Item = &'t str>) -> Value {
    Value::list(texts.into_iter().map(Value::from).collect())
}

fn map<'t>(entries: impl IntoIterator<Item = (&'t str, Value)>) -> Value {
    let entries = entries.into_iter();
    Value::map(
        entries
            .map(|(key, value)| (Text::from(key), value))
            .collect(),
    )
}
