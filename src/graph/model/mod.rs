//! Tests of the whole storage layer: random changes with savepoints and rollbacks, compared with a simple model.

mod check;

use std::collections::{BTreeMap, BTreeSet};

use proptest::{prelude::*, sample::Index as Pick};

use self::check::{
    check_adjacency, check_builder, check_counts, check_entities, check_indexes, check_labels,
    check_look_ups, difference, shape,
};
use crate::{
    graph::{Builder, ColumnData, Graph, Orientation, Savepoint},
    value::{
        Date, EdgeId, IndexDefinition, IndexKind, KeyId, Kind, LabelId, NodeId, SchemaCommand,
        Subject, TypeId, Value,
    },
};

const LABELS: u32 = 3;
const TYPES: u32 = 2;
const KEYS: u32 = 3;

/// The properties of a node or relationship.
type Held = BTreeMap<KeyId, Value>;

/// A model of plain maps, copied at every savepoint.
#[derive(Clone, Debug, Default)]
struct Model {
    nodes: BTreeMap<NodeId, (BTreeSet<LabelId>, Held)>,
    edges: BTreeMap<EdgeId, (NodeId, TypeId, NodeId, Held)>,
    indexes: Vec<(LabelId, KeyId)>,
    /// The positions in [`definitions`] of the declared indexes.
    defined: BTreeSet<usize>,
}

#[derive(Clone, Debug)]
enum Step {
    CreateNode(Vec<LabelId>),
    CreateEdge(Pick, TypeId, Pick),
    SetNode(Pick, KeyId, Value),
    SetEdge(Pick, KeyId, Value),
    AddLabel(Pick, LabelId),
    RemoveLabel(Pick, LabelId),
    DeleteNode(Pick),
    DeleteEdge(Pick),
    DeleteEdges(Vec<Pick>),
    Detach(Vec<Pick>),
    CreateIndex(LabelId, KeyId),
    /// Creates or drops a declared index.
    Define(usize),
    Savepoint,
    Rollback,
    Commit,
}

fn label() -> impl Strategy<Value = LabelId> {
    (0..LABELS).prop_map(LabelId)
}

fn ty() -> impl Strategy<Value = TypeId> {
    (0..TYPES).prop_map(TypeId)
}

fn key() -> impl Strategy<Value = KeyId> {
    (0..KEYS).prop_map(KeyId)
}

fn values() -> Vec<Value> {
    vec![
        Value::Null,
        Value::Integer(1),
        Value::Integer(2),
        Value::Integer(i64::MAX),
        Value::Float(1.0),
        Value::Float(1.5),
        Value::Float(f64::NAN),
        "a".into(),
        "ab".into(),
        "b".into(),
        Value::Boolean(true),
        Value::Date(Date { days: 3 }),
        Value::from(vec![1_i64, 2]),
        Value::list(vec![1_i64.into(), "a".into()]),
        Value::from(vec![f64::NAN]),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop::sample::select(values())
}

/// Indexes on several keys, on relationships, and on parts of strings.
fn definitions() -> Vec<IndexDefinition> {
    let index = |kind, subject, keys: &[&str]| IndexDefinition {
        name: format!("{kind:?} {subject:?} {keys:?}").as_str().into(),
        kind,
        subject,
        keys: keys.iter().map(|key| (*key).into()).collect(),
    };
    let nodes = |label: &str| Subject::Nodes(label.into());
    let edges = |kind: &str| Subject::Relationships(kind.into());
    vec![
        index(IndexKind::Range, nodes("L0"), &["k0", "k1"]),
        index(IndexKind::Range, nodes("L1"), &["k2", "k0", "k1"]),
        index(IndexKind::Range, edges("T0"), &["k0"]),
        index(IndexKind::Range, edges("T1"), &["k1", "k2"]),
        index(IndexKind::Text, nodes("L1"), &["k2"]),
        index(IndexKind::Text, edges("T0"), &["k1"]),
    ]
}

fn pick() -> impl Strategy<Value = Pick> {
    any::<Pick>()
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec(label(), 0..3).prop_map(Step::CreateNode),
        6 => (pick(), ty(), pick()).prop_map(|(from, ty, to)| Step::CreateEdge(from, ty, to)),
        6 => (pick(), key(), value()).prop_map(|(node, key, value)| Step::SetNode(node, key, value)),
        3 => (pick(), key(), value()).prop_map(|(edge, key, value)| Step::SetEdge(edge, key, value)),
        2 => (pick(), label()).prop_map(|(node, label)| Step::AddLabel(node, label)),
        2 => (pick(), label()).prop_map(|(node, label)| Step::RemoveLabel(node, label)),
        2 => pick().prop_map(Step::DeleteNode),
        1 => pick().prop_map(Step::DeleteEdge),
        1 => prop::collection::vec(pick(), 0..4).prop_map(Step::DeleteEdges),
        1 => prop::collection::vec(pick(), 0..3).prop_map(Step::Detach),
        1 => (label(), key()).prop_map(|(label, key)| Step::CreateIndex(label, key)),
        2 => (0..definitions().len()).prop_map(Step::Define),
        2 => Just(Step::Savepoint),
        2 => Just(Step::Rollback),
        1 => Just(Step::Commit),
    ]
}

/// A graph and its model.
struct Pair {
    graph: Graph,
    model: Model,
    savepoints: Vec<(Savepoint, Model, String)>,
    /// Every id that this transaction used; none of them may be reused.
    seen: (BTreeSet<NodeId>, BTreeSet<EdgeId>),
}

impl Pair {
    fn new() -> Self {
        let mut graph = Graph::new();
        intern(|name| graph.intern_label(name).0, "L", LABELS);
        intern(|name| graph.intern_type(name).0, "T", TYPES);
        intern(|name| graph.intern_key(name).0, "k", KEYS);
        let mut pair = Self {
            graph,
            model: Model::default(),
            savepoints: Vec::new(),
            seen: Default::default(),
        };
        pair.savepoint();
        pair
    }

    fn node(&self, pick: Pick) -> Option<NodeId> {
        let nodes: Vec<_> = self.model.nodes.keys().copied().collect();
        (!nodes.is_empty()).then(|| *pick.get(&nodes))
    }

    fn edge(&self, pick: Pick) -> Option<EdgeId> {
        let edges: Vec<_> = self.model.edges.keys().copied().collect();
        (!edges.is_empty()).then(|| *pick.get(&edges))
    }

    fn run(&mut self, step: Step) -> Option<()> {
        match step {
            Step::CreateNode(labels) => self.create_node(&labels),
            Step::CreateEdge(from, ty, to) => {
                self.create_edge(self.node(from)?, ty, self.node(to)?)
            }
            Step::SetNode(node, key, value) => {
                let node = self.node(node)?;
                self.graph.set_node_property(node, key, value.clone());
                put(&mut self.model.nodes.get_mut(&node)?.1, key, value);
            }
            Step::SetEdge(edge, key, value) => {
                let edge = self.edge(edge)?;
                self.graph.set_edge_property(edge, key, value.clone());
                put(&mut self.model.edges.get_mut(&edge)?.3, key, value);
            }
            Step::AddLabel(node, label) => {
                let node = self.node(node)?;
                assert_eq!(
                    self.graph.add_labels(node, &[label]),
                    self.model.nodes.get_mut(&node)?.0.insert(label)
                );
            }
            Step::RemoveLabel(node, label) => {
                let node = self.node(node)?;
                assert_eq!(
                    self.graph.remove_labels(node, &[label]),
                    self.model.nodes.get_mut(&node)?.0.remove(&label)
                );
            }
            Step::DeleteNode(node) => self.delete_node(self.node(node)?),
            Step::DeleteEdge(edge) => self.delete_edges(vec![self.edge(edge)?]),
            Step::DeleteEdges(picks) => {
                self.delete_edges(
                    picks
                        .into_iter()
                        .filter_map(|pick| self.edge(pick))
                        .collect(),
                );
            }
            Step::Detach(picks) => {
                self.detach(
                    &picks
                        .into_iter()
                        .filter_map(|pick| self.node(pick))
                        .collect::<Vec<_>>(),
                );
            }
            Step::CreateIndex(label, key) => {
                self.graph.create_index(label, key);
                if !self.model.indexes.contains(&(label, key)) {
                    self.model.indexes.push((label, key));
                }
            }
            Step::Define(position) => self.define(position),
            Step::Savepoint => self.savepoint(),
            Step::Rollback => self.rollback(),
            Step::Commit => self.commit(),
        }
        Some(())
    }

    fn define(&mut self, position: usize) {
        let index = definitions()[position].clone();
        let name = index.name.clone();
        let command = if self.model.defined.remove(&position) {
            SchemaCommand::DropIndex {
                name,
                if_exists: false,
            }
        } else {
            self.model.defined.insert(position);
            SchemaCommand::CreateIndex {
                index,
                if_not_exists: false,
            }
        };
        assert_eq!(self.graph.change_schema(&command), Ok(()));
    }

    fn create_node(&mut self, labels: &[LabelId]) {
        let node = self.graph.create_node(labels);
        assert!(!self.model.nodes.contains_key(&node) && self.seen.0.insert(node));
        self.model
            .nodes
            .insert(node, (labels.iter().copied().collect(), Held::new()));
    }

    fn create_edge(&mut self, from: NodeId, ty: TypeId, to: NodeId) {
        let edge = self.graph.create_relationship(from, ty, to);
        assert!(!self.model.edges.contains_key(&edge) && self.seen.1.insert(edge));
        self.model.edges.insert(edge, (from, ty, to, Held::new()));
    }

    fn delete_node(&mut self, node: NodeId) {
        let free = self
            .model
            .edges
            .values()
            .all(|(from, _, to, _)| *from != node && *to != node);
        assert_eq!(self.graph.delete_node(node).is_ok(), free);
        if free {
            self.model.nodes.remove(&node);
        }
    }

    fn delete_edges(&mut self, edges: Vec<EdgeId>) {
        match edges[..] {
            [edge] => self.graph.delete_edge(edge),
            _ => self.graph.delete_edges(edges.iter().copied()),
        }
        self.model.edges.retain(|edge, _| !edges.contains(edge));
    }

    fn detach(&mut self, nodes: &[NodeId]) {
        let before = self.model.edges.len();
        self.model
            .edges
            .retain(|_, (from, _, to, _)| !nodes.contains(from) && !nodes.contains(to));
        assert_eq!(
            self.graph.detach(nodes.iter().copied()),
            before - self.model.edges.len()
        );
    }

    fn savepoint(&mut self) {
        self.savepoints.push((
            self.graph.savepoint(),
            self.model.clone(),
            shape(&self.graph),
        ));
    }

    /// Rolls back to the last savepoint and drops it, unless it is the first.
    fn rollback(&mut self) {
        let (savepoint, model, shape_then) =
            self.savepoints.last().expect("the first one stays").clone();
        self.graph.rollback(savepoint);
        assert_eq!(shape(&self.graph), shape_then);
        // Ids of undone entities may be reused.
        self.seen.0.retain(|node| model.nodes.contains_key(node));
        self.seen.1.retain(|edge| model.edges.contains_key(edge));
        self.model = model;
        if self.savepoints.len() > 1 {
            self.savepoints.pop();
        }
    }

    fn commit(&mut self) {
        self.graph.commit();
        self.savepoints.clear();
        self.seen = Default::default();
        self.savepoint();
    }

    fn check(&self) {
        let (graph, model) = (&self.graph, &self.model);
        check_entities(graph, model);
        check_labels(graph, model);
        check_adjacency(graph, model);
        check_counts(graph, model);
        check_indexes(graph, model);
        check_look_ups(graph, model);
        assert_eq!(graph.inconsistencies(), Vec::<String>::new());
        for (savepoint, before, _) in &self.savepoints {
            assert_eq!(graph.changes_since(*savepoint), difference(before, model));
        }
        check_builder(graph, model);
    }
}

fn intern(mut intern: impl FnMut(&str) -> u32, prefix: &str, count: u32) {
    (0..count).for_each(|number| assert_eq!(intern(&format!("{prefix}{number}")), number));
}

fn put(held: &mut Held, key: KeyId, value: Value) {
    if value.is_null() {
        held.remove(&key);
    } else {
        held.insert(key, value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn storage_agrees_with_plain_maps(steps in prop::collection::vec(step(), 1..60)) {
        let mut pair = Pair::new();
        for step in steps {
            pair.run(step);
            pair.check();
        }
    }
}

#[test]
fn graphs_may_go_from_thread_to_thread() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Graph>();
}

#[test]
fn a_typed_column_is_typed_again_after_a_rollback() {
    let mut graph = Graph::new();
    let key = graph.intern_key("k");
    let (a, b) = (graph.create_node(&[]), graph.create_node(&[]));
    graph.set_node_property(a, key, 1_i64.into());
    let savepoint = graph.savepoint();
    graph.set_node_property(b, key, "text".into());
    graph.set_node_property(a, key, 2_i64.into());
    assert_eq!(
        graph.node_column(key).and_then(|column| column.kind()),
        None
    );
    graph.rollback(savepoint);
    assert_eq!(
        graph.node_column(key).and_then(|column| column.kind()),
        Some(Kind::Integer)
    );
}

#[test]
fn a_graph_large_enough_for_threads_is_the_same_as_one_made_step_by_step() {
    let (mut builder, mut graph) = (Builder::new(), Graph::new());
    let labels = ["A", "B"].map(|name| (builder.intern_label(name), graph.intern_label(name)).0);
    let types = ["T", "U"].map(|name| (builder.intern_type(name), graph.intern_type(name)).0);
    let key = (builder.intern_key("k"), graph.intern_key("k")).0;
    for (set, count) in [(&labels[..1], 900), (&labels[..], 500), (&[], 100)] {
        let first = builder.add_nodes(set, count);
        let values: Vec<_> = (0..count as i64).map(|value| Some(value % 300)).collect();
        builder.set_node_column(key, first, ColumnData::Integers(values.clone()));
        for value in values {
            let node = graph.create_node(set);
            graph.set_node_property(node, key, value.into());
        }
    }
    let mut random = 7_u64;
    let mut node = || {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        NodeId((random >> 33) as u32 % 1_500)
    };
    for round in 0..4 {
        let ends: Vec<_> = (0..15_000).map(|_| (node(), node())).collect();
        builder.add_relationships(types[round % 2], &ends);
        for &(from, to) in &ends {
            graph.create_relationship(from, types[round % 2], to);
        }
    }
    builder.index(labels[0], key);
    graph.create_index(labels[0], key);
    let built = builder.finish();
    assert_eq!(built.stats(), graph.stats());
    assert!(built.edges().eq(graph.edges()));
    assert_eq!(
        built.seek(labels[0], key, &7_i64.into()),
        graph.seek(labels[0], key, &7_i64.into())
    );
    for ty in types {
        for direction in Orientation::BOTH {
            assert!(
                built
                    .adjacency(ty, direction)
                    .lists()
                    .eq(graph.adjacency(ty, direction).lists())
            );
        }
    }
}

#[test]
fn deleting_much_and_committing_keeps_the_rest() {
    let mut graph = Graph::new();
    let ty = graph.intern_type("T");
    let hub = graph.create_node(&[]);
    let others: Vec<_> = (0..3_000).map(|_| graph.create_node(&[])).collect();
    let edges: Vec<_> = others
        .iter()
        .map(|node| graph.create_relationship(hub, ty, *node))
        .collect();
    graph.commit();
    // The oldest entries are at the end of petgraph's lists, where removing them one by one is slow.
    graph.delete_edges(edges[..2_000].iter().copied());
    graph.commit();
    assert!(graph.edges().eq(edges[2_000..].iter().copied()));
    assert_eq!(graph.degree(hub, Some(ty), Orientation::Outgoing), 1_000);
    let again = graph.create_relationship(hub, ty, hub);
    assert!(edges[..2_000].contains(&again));
    assert_eq!(graph.detach([hub]), 1_001);
    assert!(graph.delete_node(hub).is_ok());
    graph.commit();
    assert_eq!(
        (
            graph.relationship_count(),
            graph.edge_bound(),
            graph.node_count()
        ),
        (0, 0, 3_000)
    );
    assert_eq!(graph.create_node(&[]), hub);
}
