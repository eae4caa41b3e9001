//! The tests of storage as a whole: random changes with savepoints and rollbacks, against a model that is plain enough
//! to be right.

use std::{collections::BTreeMap, collections::BTreeSet, ops::Bound};

use proptest::{prelude::*, sample::Index as Pick};

use crate::{
    graph::{Builder, ColumnData, Direction, Effects, Graph, Neighbour, Savepoint},
    value::{
        Date, EdgeId, KeyId, Kind, LabelId, NodeId, TypeId, Value,
        relation::{compare, equal},
    },
};

const LABELS: u32 = 3;
const TYPES: u32 = 2;
const KEYS: u32 = 3;

/// What a person can see of a node or relationship.
type Held = BTreeMap<KeyId, Value>;

/// Plain maps, copied whole at every savepoint.
#[derive(Clone, Debug, Default)]
struct Model {
    nodes: BTreeMap<NodeId, (BTreeSet<LabelId>, Held)>,
    edges: BTreeMap<EdgeId, (NodeId, TypeId, NodeId, Held)>,
    indexes: Vec<(LabelId, KeyId)>,
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
    Detach(Pick),
    CreateIndex(LabelId, KeyId),
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
        1 => pick().prop_map(Step::Detach),
        1 => (label(), key()).prop_map(|(label, key)| Step::CreateIndex(label, key)),
        2 => Just(Step::Savepoint),
        2 => Just(Step::Rollback),
        1 => Just(Step::Commit),
    ]
}

/// Graph and model side by side.
struct Pair {
    graph: Graph,
    model: Model,
    savepoints: Vec<(Savepoint, Model, String)>,
    /// Every id that this transaction saw, none of which may come again.
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
                    self.graph.add_label(node, label),
                    self.model.nodes.get_mut(&node)?.0.insert(label)
                );
            }
            Step::RemoveLabel(node, label) => {
                let node = self.node(node)?;
                assert_eq!(
                    self.graph.remove_label(node, label),
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
            Step::Detach(node) => self.detach(self.node(node)?),
            Step::CreateIndex(label, key) => {
                self.graph.create_index(label, key);
                if !self.model.indexes.contains(&(label, key)) {
                    self.model.indexes.push((label, key));
                }
            }
            Step::Savepoint => self.savepoint(),
            Step::Rollback => self.rollback(),
            Step::Commit => self.commit(),
        }
        Some(())
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

    fn detach(&mut self, node: NodeId) {
        let before = self.model.edges.len();
        self.model
            .edges
            .retain(|_, (from, _, to, _)| *from != node && *to != node);
        assert_eq!(self.graph.detach(node), before - self.model.edges.len());
    }

    fn savepoint(&mut self) {
        self.savepoints.push((
            self.graph.savepoint(),
            self.model.clone(),
            shape(&self.graph),
        ));
    }

    /// Back to the last savepoint, which stays if it is the first.
    fn rollback(&mut self) {
        let (savepoint, model, shape_then) =
            self.savepoints.last().expect("the first one stays").clone();
        self.graph.rollback(savepoint);
        assert_eq!(shape(&self.graph), shape_then);
        // Ids that were undone may come again.
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

/// What a rollback must bring back beyond what the model knows. A column whose type is lost may come back with one.
fn shape(graph: &Graph) -> String {
    let columns = (0..KEYS).map(|key| graph.node_column(KeyId(key)).map(|column| column.present()));
    let kinds = (0..KEYS).map(|key| {
        let column = graph.node_column(KeyId(key))?;
        let kinds: BTreeSet<_> = column
            .indices()
            .map(|index| column.get(index).kind())
            .collect();
        // Typed columns hold one kind; a mixed one may hold one kind as well, once others left it.
        assert!(column.kind().is_none_or(|kind| kinds.iter().eq([&kind])));
        Some(kinds)
    });
    format!(
        "{} {} {:?} {:?}",
        graph.node_bound(),
        graph.edge_bound(),
        columns.collect::<Vec<_>>(),
        kinds.collect::<Vec<_>>()
    )
}

fn shown(held: impl IntoIterator<Item = (KeyId, Value)>) -> String {
    format!("{:?}", held.into_iter().collect::<Vec<_>>())
}

fn check_entities(graph: &Graph, model: &Model) {
    assert_eq!(graph.node_count(), model.nodes.len());
    assert_eq!(graph.relationship_count(), model.edges.len());
    assert!(
        graph
            .nodes()
            .iter()
            .eq(model.nodes.keys().map(|node| node.0))
    );
    assert!(graph.edges().eq(model.edges.keys().copied()));
    for (&node, (labels, held)) in &model.nodes {
        assert!(graph.is_live_node(node) && node.index() < graph.node_bound());
        assert!(graph.labels_of(node).iter().eq(labels));
        assert_eq!(shown(graph.node_properties(node)), shown(held.clone()));
    }
    for (&edge, (from, ty, to, held)) in &model.edges {
        assert!(graph.is_live_edge(edge) && edge.index() < graph.edge_bound());
        assert_eq!(
            (graph.endpoints(edge), graph.edge_type(edge)),
            ((*from, *to), *ty)
        );
        assert_eq!(shown(graph.edge_properties(edge)), shown(held.clone()));
    }
}

fn check_labels(graph: &Graph, model: &Model) {
    for label in (0..LABELS + 1).map(LabelId) {
        let bearers: Vec<_> = model
            .nodes
            .iter()
            .filter(|(_, (labels, _))| labels.contains(&label))
            .collect();
        assert!(
            graph
                .nodes_with_label(label)
                .iter()
                .eq(bearers.iter().map(|(node, _)| node.0))
        );
        assert_eq!(graph.stats().nodes(Some(label)), bearers.len() as u64);
        assert_eq!(graph.stats().label_in_use(label), !bearers.is_empty());
        for node in (0..graph.node_bound() as u32 + 2).map(NodeId) {
            assert_eq!(
                graph.has_label(node, label),
                bearers.iter().any(|(bearer, _)| **bearer == node)
            );
        }
    }
}

fn list(model: &Model, node: NodeId, ty: TypeId, direction: Direction) -> Vec<Neighbour> {
    let ends = |(&edge, &(from, own, to, _)): (&EdgeId, &(NodeId, TypeId, NodeId, Held))| {
        let (here, there) = match direction {
            Direction::Outgoing => (from, to),
            Direction::Incoming => (to, from),
        };
        (own == ty && here == node).then_some(Neighbour { node: there, edge })
    };
    let mut list: Vec<_> = model.edges.iter().filter_map(ends).collect();
    list.sort();
    list
}

fn check_adjacency(graph: &Graph, model: &Model) {
    for ty in (0..TYPES + 1).map(TypeId) {
        for direction in Direction::BOTH {
            let view = graph.adjacency(ty, direction);
            let mut degrees = Vec::new();
            for node in (0..graph.node_bound() as u32 + 2).map(NodeId) {
                let expected = list(model, node, ty, direction);
                assert_eq!(view.of(node), expected);
                assert_eq!(view.degree(node), expected.len());
                assert!(expected.is_empty() || view.nodes().contains(&node.0));
                assert_eq!(
                    graph.types_of(node, direction).any(|other| other == ty),
                    !expected.is_empty()
                );
                degrees.push(expected.len() as u64);
            }
            let known = graph.stats().degrees(ty, direction);
            let total: u64 = degrees.iter().sum();
            let squares: u64 = degrees.iter().map(|degree| degree * degree).sum();
            assert_eq!(view.total() as u64, total);
            assert_eq!((known.relationships, known.squares), (total, squares));
            assert_eq!(Some(known.max), degrees.iter().copied().max());
            assert_eq!(
                known.nodes,
                degrees.iter().filter(|degree| **degree > 0).count() as u64
            );
        }
        let count = model
            .edges
            .values()
            .filter(|(_, own, ..)| *own == ty)
            .count();
        assert_eq!(graph.edges_of_type(ty).count(), count);
    }
}

fn all<T>(count: u32, id: impl Fn(u32) -> T) -> Vec<Option<T>> {
    (0..count)
        .map(|number| Some(id(number)))
        .chain([None])
        .collect()
}

fn check_counts(graph: &Graph, model: &Model) {
    let bears = |node: &NodeId, label: Option<LabelId>| {
        label.is_none_or(|label| model.nodes[node].0.contains(&label))
    };
    for source in all(LABELS, LabelId) {
        for ty in all(TYPES, TypeId) {
            for target in all(LABELS, LabelId) {
                let matches = model.edges.values().filter(|(from, own, to, _)| {
                    bears(from, source) && bears(to, target) && ty.is_none_or(|ty| *own == ty)
                });
                assert_eq!(
                    graph.stats().count(source, ty, target),
                    matches.count() as u64
                );
            }
        }
    }
    for key in (0..KEYS).map(KeyId) {
        for label in all(LABELS, LabelId) {
            let with = model
                .nodes
                .iter()
                .filter(|(node, (_, held))| held.contains_key(&key) && bears(node, label));
            assert_eq!(graph.stats().with_key(label, key), with.count() as u64);
        }
        for ty in all(TYPES, TypeId) {
            let edges = model.edges.values();
            let with = edges.filter(|(_, own, _, held)| {
                held.contains_key(&key) && ty.is_none_or(|ty| *own == ty)
            });
            assert_eq!(
                graph.stats().relationships_with_key(ty, key),
                with.count() as u64
            );
        }
    }
}

fn check_indexes(graph: &Graph, model: &Model) {
    assert!(graph.indexes().eq(model.indexes.iter().copied()));
    for &(label, key) in &model.indexes {
        let entries: Vec<_> = model
            .nodes
            .iter()
            .filter(|(_, (labels, _))| labels.contains(&label))
            .filter_map(|(node, (_, held))| Some((*node, held.get(&key)?)))
            .collect();
        let found = |test: &dyn Fn(&Value) -> bool| -> Vec<NodeId> {
            entries
                .iter()
                .filter(|(_, value)| test(value))
                .map(|(node, _)| *node)
                .collect()
        };
        for bound in values() {
            let expected = found(&|value| equal(value, &bound) == Some(true));
            assert_eq!(*graph.seek(label, key, &bound), expected);
            check_ranges(graph, (label, key), &bound, found);
        }
        let expected =
            found(&|value| matches!(value, Value::String(text) if text.starts_with('a')));
        assert_eq!(graph.seek_prefix(label, key, "a"), expected);
        let distinct: std::collections::HashSet<_> = entries
            .iter()
            .map(|(_, value)| crate::value::Key((*value).clone()))
            .collect();
        assert_eq!(
            graph.stats().distinct(label, key),
            Some(distinct.len() as u64)
        );
    }
}

fn check_ranges(
    graph: &Graph,
    (label, key): (LabelId, KeyId),
    bound: &Value,
    found: impl Fn(&dyn Fn(&Value) -> bool) -> Vec<NodeId>,
) {
    let above = found(&|value| compare(value, bound).is_some_and(|order| order.is_gt()));
    assert_eq!(
        graph.seek_range(label, key, Bound::Excluded(bound), Bound::Unbounded),
        above
    );
    let below = found(&|value| compare(value, bound).is_some_and(|order| order.is_le()));
    assert_eq!(
        graph.seek_range(label, key, Bound::Unbounded, Bound::Included(bound)),
        below
    );
    for upper in values() {
        let between = found(&|value| {
            compare(value, bound).is_some_and(|order| order.is_ge())
                && compare(value, &upper).is_some_and(|order| order.is_lt())
        });
        assert_eq!(
            graph.seek_range(label, key, Bound::Included(bound), Bound::Excluded(&upper)),
            between
        );
    }
}

/// The effects as the difference of what there was and what there is.
fn difference(before: &Model, after: &Model) -> Effects {
    let nodes = gone_and_come(before.nodes.keys(), after.nodes.keys());
    let edges = gone_and_come(before.edges.keys(), after.edges.keys());
    let labels = gone_and_come(
        before.nodes.values().flat_map(|(labels, _)| labels),
        after.nodes.values().flat_map(|(labels, _)| labels),
    );
    let properties = gone_and_come(&properties(before), &properties(after));
    Effects {
        nodes_deleted: nodes.0,
        nodes_created: nodes.1,
        relationships_deleted: edges.0,
        relationships_created: edges.1,
        labels_removed: labels.0,
        labels_added: labels.1,
        properties_removed: properties.0,
        properties_set: properties.1,
    }
}

fn properties(model: &Model) -> Vec<String> {
    let of_nodes = model
        .nodes
        .iter()
        .flat_map(|(node, (_, held))| held.iter().map(move |held| format!("{node:?} {held:?}")));
    let of_edges = model
        .edges
        .iter()
        .flat_map(|(edge, (.., held))| held.iter().map(move |held| format!("{edge:?} {held:?}")));
    of_nodes.chain(of_edges).collect()
}

fn gone_and_come<'a, T: Ord + 'a>(
    before: impl IntoIterator<Item = &'a T>,
    after: impl IntoIterator<Item = &'a T>,
) -> (u64, u64) {
    let before: BTreeSet<_> = before.into_iter().collect();
    let after: BTreeSet<_> = after.into_iter().collect();
    (
        before.difference(&after).count() as u64,
        after.difference(&before).count() as u64,
    )
}

/// The same things loaded at once make the same statistics, lists and properties.
fn check_builder(graph: &Graph, model: &Model) {
    let mut builder = Builder::new();
    intern(|name| builder.intern_label(name).0, "L", LABELS);
    intern(|name| builder.intern_type(name).0, "T", TYPES);
    intern(|name| builder.intern_key(name).0, "k", KEYS);
    let mut ids = BTreeMap::new();
    for (node, (labels, held)) in &model.nodes {
        let labels: Vec<_> = labels.iter().rev().copied().collect();
        let id = builder.add_nodes(&labels, 1);
        ids.insert(node, id);
        held.iter()
            .for_each(|(key, value)| builder.set_node_property(id, *key, value.clone()));
    }
    for (from, ty, to, held) in model.edges.values() {
        let edge = builder.add_relationships(*ty, &[(ids[from], ids[to])]);
        for (key, value) in held {
            builder.set_edge_column(*key, edge, ColumnData::Values(vec![value.clone()]));
        }
    }
    model
        .indexes
        .iter()
        .for_each(|(label, key)| builder.index(*label, *key));
    let built = builder.finish();
    assert_eq!(built.stats(), graph.stats());
    assert_eq!(built.edge_bound(), model.edges.len());
    assert!(
        built
            .edges()
            .map(|edge| shown(built.edge_properties(edge)))
            .eq(model.edges.values().map(|edge| shown(edge.3.clone())))
    );
    for (node, id) in ids {
        assert_eq!(
            shown(built.node_properties(id)),
            shown(graph.node_properties(*node))
        );
        for direction in Direction::BOTH {
            assert_eq!(
                built.degree(id, None, direction),
                graph.degree(*node, None, direction)
            );
        }
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
        for direction in Direction::BOTH {
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
    // The oldest stand at the far end of petgraph's lists, where taking them out one by one is slow.
    graph.delete_edges(edges[..2_000].iter().copied());
    graph.commit();
    assert!(graph.edges().eq(edges[2_000..].iter().copied()));
    assert_eq!(graph.degree(hub, Some(ty), Direction::Outgoing), 1_000);
    let again = graph.create_relationship(hub, ty, hub);
    assert!(edges[..2_000].contains(&again));
    assert_eq!(graph.detach(hub), 1_001);
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
