//! Finds the entity that already has a value that must be unique.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    graph::{
        Graph, Orientation, Savepoint,
        check::{
            rule,
            view::{Entity, View},
        },
        manifest::Rule,
    },
    value::{EdgeId, Key, LabelId, NodeId, Value},
};

/// Creates the indexes for the comparison of nodes if nodes were touched. The index over all nodes is under
/// [`LabelId::NONE`].
pub(super) fn prepare(graph: &mut Graph, rule: &Rule, touched: &BTreeMap<Entity, Savepoint>) {
    let any_node = touched
        .keys()
        .any(|entity| matches!(entity, Entity::Node(_)));
    if !any_node {
        return;
    }
    if let Some(label) = index_label(graph, rule) {
        let keys = rule.keys.iter().filter_map(|key| graph.catalog().key(key));
        for key in keys.collect::<Vec<_>>() {
            graph.create_index(label, key);
        }
    }
}

/// The label whose index contains all nodes of a rule.
fn index_label(graph: &Graph, rule: &Rule) -> Option<LabelId> {
    match rule.nodes.as_deref()? {
        "*" => Some(LabelId::NONE),
        name => graph.catalog().label(name),
    }
}

/// The touched entity whose unique values another entity already has: its savepoint, the entity, and the other one.
pub(super) fn find(
    view: View<'_>,
    rule: &Rule,
    entities: &[(Entity, Savepoint)],
) -> Option<(Savepoint, Entity, Entity)> {
    let mut edges = Edges::new(view, rule);
    let rivals = entities.iter().filter_map(|(entity, at)| {
        if !rule::is_compared(view, *entity, &rule.keys) {
            return None;
        }
        let other = match entity {
            Entity::Node(node) => rival_of_node(view, rule, *node).map(Entity::Node),
            Entity::Relationship(edge) => edges.rival_of(*edge).map(Entity::Relationship),
        };
        Some((*at, *entity, other?))
    });
    // If the statement touched both, the later one is at fault.
    rivals.max_by_key(|(at, ..)| *at)
}

fn rival_of_node(view: View<'_>, rule: &Rule, node: NodeId) -> Option<NodeId> {
    let graph = view.graph;
    let label = index_label(graph, rule)?;
    let keys = rule.keys.iter().filter_map(|key| graph.catalog().key(key));
    let mut values = keys.map(|key| (key, graph.node_property(node, key)));
    let (key, value) = values.find(|(_, value)| !value.is_null())?;
    let own = values_of(view, rule, Entity::Node(node));
    let found = graph.seek(label, key, &value);
    found.iter().copied().find(|other| {
        *other != node
            && rule::concerns(view, Entity::Node(*other), rule)
            && values_of(view, rule, Entity::Node(*other)) == own
    })
}

/// The values that must be unique in combination.
fn values_of(view: View<'_>, rule: &Rule, entity: Entity) -> Vec<Key> {
    rule.keys
        .iter()
        .map(|key| Key(part(view, entity, key)))
        .collect()
}

/// One of these values. Ends and type are named as in a CSV header.
fn part(view: View<'_>, entity: Entity, key: &str) -> Value {
    match (key, entity) {
        (":START_ID", Entity::Relationship(edge)) => Value::Node(view.graph.endpoints(edge).0),
        (":END_ID", Entity::Relationship(edge)) => Value::Node(view.graph.endpoints(edge).1),
        (":TYPE", Entity::Relationship(edge)) => view.type_of(edge).into(),
        _ => view.property(entity, key),
    }
}

/// The relationships of a rule: compared per pair of nodes if both ends are part of the key, else all at once.
struct Edges<'v> {
    view: View<'v>,
    rule: &'v Rule,
    has_ends: bool,
    all: Option<FxHashMap<Vec<Key>, Vec<EdgeId>>>,
}

impl<'v> Edges<'v> {
    fn new(view: View<'v>, rule: &'v Rule) -> Self {
        let has = |end: &str| rule.keys.iter().any(|key| key == end);
        Self {
            view,
            rule,
            has_ends: has(":START_ID") && has(":END_ID"),
            all: None,
        }
    }

    fn rival_of(&mut self, edge: EdgeId) -> Option<EdgeId> {
        let (view, rule) = (self.view, self.rule);
        let own = values_of(view, rule, Entity::Relationship(edge));
        if self.has_ends {
            let others = between(view.graph, edge);
            return others.into_iter().find(|other| {
                *other != edge
                    && rule::concerns(view, Entity::Relationship(*other), rule)
                    && values_of(view, rule, Entity::Relationship(*other)) == own
            });
        }
        let all = self.all.get_or_insert_with(|| all(view, rule));
        let same = all.get(&own)?;
        same.iter().copied().find(|other| *other != edge)
    }
}

/// The relationships of any type with the same source and target as `edge`.
fn between(graph: &Graph, edge: EdgeId) -> Vec<EdgeId> {
    let (from, to) = graph.endpoints(edge);
    let types = graph.types_of(from, Orientation::Outgoing);
    let lists = types.map(|ty| graph.adjacency(ty, Orientation::Outgoing).of(from));
    lists
        .flat_map(|list| {
            let first = list.partition_point(|neighbour| neighbour.node < to);
            list[first..]
                .iter()
                .take_while(|neighbour| neighbour.node == to)
        })
        .map(|neighbour| neighbour.edge)
        .collect()
}

/// All relationships of a rule, grouped by the values that must be unique.
fn all(view: View<'_>, rule: &Rule) -> FxHashMap<Vec<Key>, Vec<EdgeId>> {
    let mut all: FxHashMap<Vec<Key>, Vec<EdgeId>> = FxHashMap::default();
    for edge in view.graph.edges() {
        let entity = Entity::Relationship(edge);
        if rule::concerns(view, entity, rule) {
            all.entry(values_of(view, rule, entity))
                .or_default()
                .push(edge);
        }
    }
    all
}
