//! Names of the catalog, labels and types of entities, and tests for deleted entities.

use std::ops::ControlFlow;

use crate::{
    base::{Code, Fault},
    exec::{
        context::Context,
        eval::{Computed, Rows},
    },
    plan::{Key, LabelTest, Named},
    value::{Column, EdgeId, KeyId, LabelId, NodeId, TypeId, Value, each_leaf, expected},
};

/// The id of a key; `NONE` if the graph does not have the name.
pub(crate) fn key_of(key: &Key, cx: &Context<'_>) -> KeyId {
    if !key.id.is_none() {
        return key.id;
    }
    cx.graph().catalog().key(&key.name).unwrap_or(KeyId::NONE)
}

/// The id of a label; `NONE` if the graph does not have the name.
pub(crate) fn label_of(label: &Named<LabelId>, cx: &Context<'_>) -> LabelId {
    if !label.id.is_none() {
        return label.id;
    }
    let id = cx.graph().catalog().label(&label.name);
    id.unwrap_or(LabelId::NONE)
}

fn type_of(kind: &Named<TypeId>, cx: &Context<'_>) -> TypeId {
    if !kind.id.is_none() {
        return kind.id;
    }
    let id = cx.graph().catalog().relationship_type(&kind.name);
    id.unwrap_or(TypeId::NONE)
}

/// The ids of those types that the graph has; of all types if none is named.
pub(crate) fn types_of(types: &[Named<TypeId>], cx: &Context<'_>) -> Vec<TypeId> {
    if types.is_empty() {
        return cx.graph().catalog().types().map(|(id, _)| id).collect();
    }
    let mut ids: Vec<_> = types
        .iter()
        .map(|kind| type_of(kind, cx))
        .filter(|id| !id.is_none())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Fails if a node is deleted.
pub(crate) fn live_node(node: NodeId, cx: &Context<'_>) -> Result<(), Fault> {
    if cx.deletes && !node.is_none() && !cx.graph().is_live_node(node) {
        return Err(deleted("node"));
    }
    Ok(())
}

/// Fails if a relationship is deleted.
pub(crate) fn live_edge(edge: EdgeId, cx: &Context<'_>) -> Result<(), Fault> {
    if cx.deletes && !edge.is_none() && !cx.graph().is_live_edge(edge) {
        return Err(deleted("relationship"));
    }
    Ok(())
}

fn deleted(what: &str) -> Fault {
    Fault::new(
        Code::DeletedEntityAccess,
        format!("the {what} has been deleted in this statement"),
    )
    .help("read labels and properties before the `DELETE`")
}

/// `n:Course&!Webinar`
pub(super) fn has_labels(column: &Column, test: &LabelTest, rows: Rows<'_>) -> Computed {
    let cx = rows.cx;
    let test = Resolved::new(test, cx);
    let answers: Result<_, Fault> = match column {
        Column::Nodes(nodes) => test.nodes(nodes, cx),
        Column::Edges(edges) => edges.iter().map(|edge| test.edge(*edge, cx)).collect(),
        Column::Constant(value) => {
            return Ok(Column::Constant(test.value(value, cx)?.into()));
        }
        other => (0..rows.len())
            .map(|row| test.value(&other.peek(row), cx))
            .collect(),
    };
    answers.map(Column::booleans)
}

/// True for entities that are neither null nor deleted, and for lists of such entities.
pub(super) fn is_live(column: &Column, rows: Rows<'_>) -> Column {
    let live = (0..rows.len()).map(|row| Some(lives(&column.peek(row), rows.cx)));
    Column::booleans(live.collect())
}

fn lives(value: &Value, cx: &Context<'_>) -> bool {
    let dead = each_leaf(value, &mut |leaf| {
        let lives = match leaf {
            Value::Null => false,
            Value::Node(node) => cx.graph().is_live_node(*node),
            Value::Relationship(edge) => cx.graph().is_live_edge(*edge),
            _ => true,
        };
        if lives {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    dead.is_continue()
}

/// A label test with ids for names.
enum Resolved {
    Name(LabelId, TypeId),
    Any,
    Not(Box<Resolved>),
    And(Vec<Resolved>),
    Or(Vec<Resolved>),
}

impl Resolved {
    fn new(test: &LabelTest, cx: &Context<'_>) -> Self {
        let all = |tests: &[LabelTest]| tests.iter().map(|test| Self::new(test, cx)).collect();
        match test {
            LabelTest::Name { label, kind } => Self::Name(label_of(label, cx), type_of(kind, cx)),
            LabelTest::Any => Self::Any,
            LabelTest::Not(test) => Self::Not(Box::new(Self::new(test, cx))),
            LabelTest::And(tests) => Self::And(all(tests)),
            LabelTest::Or(tests) => Self::Or(all(tests)),
        }
    }

    fn value(&self, value: &Value, cx: &Context<'_>) -> Result<Option<bool>, Fault> {
        match value {
            Value::Null => Ok(None),
            Value::Node(node) => self.node(*node, cx),
            Value::Relationship(edge) => self.edge(*edge, cx),
            other => Err(expected("NODE or RELATIONSHIP", other)),
        }
    }

    /// The answers for nodes. If they are more than the label sets of the graph, each set is tested once.
    fn nodes(&self, nodes: &[NodeId], cx: &Context<'_>) -> Result<Vec<Option<bool>>, Fault> {
        let graph = cx.graph();
        let sets = graph.label_sets();
        if sets.len() > nodes.len() {
            return nodes.iter().map(|node| self.node(*node, cx)).collect();
        }
        let answers: Vec<bool> = sets.map(|labels| self.holds_for(labels)).collect();
        let each = nodes.iter().map(|node| match graph.label_set_of(*node) {
            Some(set) => Ok(Some(answers[set])),
            None => self.node(*node, cx),
        });
        each.collect()
    }

    /// Whether the test holds for a node with these labels, sorted.
    fn holds_for(&self, labels: &[LabelId]) -> bool {
        self.holds(&|name| match name {
            Some((label, _)) => labels.binary_search(&label).is_ok(),
            None => !labels.is_empty(),
        })
    }

    fn node(&self, node: NodeId, cx: &Context<'_>) -> Result<Option<bool>, Fault> {
        if node.is_none() {
            return Ok(None);
        }
        live_node(node, cx)?;
        Ok(Some(self.holds_for(cx.graph().labels_of(node))))
    }

    /// A relationship has one type, which counts as its only label.
    fn edge(&self, edge: EdgeId, cx: &Context<'_>) -> Result<Option<bool>, Fault> {
        if edge.is_none() {
            return Ok(None);
        }
        live_edge(edge, cx)?;
        let own = cx.graph().edge_type(edge);
        let has = |name: Option<(LabelId, TypeId)>| name.is_none_or(|(_, kind)| kind == own);
        Ok(Some(self.holds(&has)))
    }

    /// `has` says whether an entity has a label or type, or any if none is given.
    fn holds(&self, has: &impl Fn(Option<(LabelId, TypeId)>) -> bool) -> bool {
        match self {
            Self::Name(label, kind) => has(Some((*label, *kind))),
            Self::Any => has(None),
            Self::Not(test) => !test.holds(has),
            Self::And(tests) => tests.iter().all(|test| test.holds(has)),
            Self::Or(tests) => tests.iter().any(|test| test.holds(has)),
        }
    }
}
