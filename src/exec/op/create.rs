//! `Create`: creates nodes and relationships for each row.

use std::borrow::Cow;

use crate::{
    base::{At, Code, Fault},
    exec::{
        chunk::Chunk,
        context::{Context, Failure, placeless},
        eval::{eval, live_node},
        op::store::{Entity, label_names, make_room_to_undo},
    },
    plan::{self, CreateEdge, CreateNode, CreateType, Expr},
    value::{Column, Entries, LabelId, NodeId, Text, Value, expected},
};

/// Creates everything for each row of a chunk and fills the slots of what was created.
pub(crate) fn create(
    plan: &plan::Create,
    chunk: &mut Chunk,
    cx: &mut Context<'_>,
) -> Result<(), Failure> {
    make_room_to_undo(chunk.len(), cx).map_err(placeless)?;
    create_nodes(plan, chunk, cx)?;
    create_edges(plan, chunk, cx)
}

/// The properties of an entity to create, with their expression.
struct Properties<'p>(Option<(Column, &'p Expr)>);

impl<'p> Properties<'p> {
    fn new(expr: Option<&'p Expr>, chunk: &Chunk, cx: &Context<'_>) -> Result<Self, Failure> {
        let column = expr.map(|expr| Ok((eval(expr, chunk, cx)?, expr)));
        column.transpose().map(Self)
    }

    fn set(&self, entity: Entity, row: usize, cx: &mut Context<'_>) -> Result<(), Failure> {
        let Some((column, expr)) = &self.0 else {
            return Ok(());
        };
        match &*column.peek(row) {
            Value::Null => Ok(()),
            Value::Map(entries) => set_given(entity, entries, cx),
            other => Err(expected("MAP", other)),
        }
        .at(expr.span)
    }
}

/// Sets the properties of a map, without its nulls.
fn set_given(entity: Entity, entries: &Entries, cx: &mut Context<'_>) -> Result<(), Fault> {
    let mut given = entries.iter().filter(|(_, value)| !value.is_null());
    given.try_for_each(|(key, value)| entity.set(key, value.clone(), cx))
}

fn create_nodes(
    plan: &plan::Create,
    chunk: &mut Chunk,
    cx: &mut Context<'_>,
) -> Result<(), Failure> {
    let properties = plan.nodes.iter().map(|node| node.properties.as_ref());
    let properties = properties.map(|expr| Properties::new(expr, chunk, cx));
    let properties: Vec<_> = properties.collect::<Result<_, _>>()?;
    let labels = plan.nodes.iter().map(|node| Labels::new(node, chunk, cx));
    let labels: Vec<_> = labels.collect::<Result<_, _>>()?;
    let mut columns = vec![Vec::with_capacity(chunk.len()); plan.nodes.len()];
    for row in 0..chunk.len() {
        for (at, draft) in plan.nodes.iter().enumerate() {
            cx.writing(draft.span);
            let labels = labels[at].of(row, cx)?;
            let node = cx.graph_mut().create_node(&labels);
            properties[at].set(Entity::Node(node), row, cx)?;
            columns[at].push(node);
        }
    }
    for (node, column) in plan.nodes.iter().zip(columns) {
        chunk.put(node.slot, Column::nodes(column));
    }
    Ok(())
}

/// The labels of a node to create, in every row.
struct Labels<'p> {
    fixed: Vec<LabelId>,
    computed: Vec<(Column, &'p Expr)>,
}

impl<'p> Labels<'p> {
    fn new(plan: &'p CreateNode, chunk: &Chunk, cx: &mut Context<'_>) -> Result<Self, Failure> {
        let computed = plan.names.iter();
        let computed = computed.map(|names| Ok((eval(names, chunk, cx)?, names)));
        let computed = computed.collect::<Result<_, Failure>>()?;
        let graph = cx.graph_mut();
        let fixed = plan.labels.iter().map(|label| graph.intern_label(label));
        Ok(Self {
            fixed: fixed.collect(),
            computed,
        })
    }

    fn of(&self, row: usize, cx: &mut Context<'_>) -> Result<Cow<'_, [LabelId]>, Failure> {
        let mut labels = Cow::Borrowed(self.fixed.as_slice());
        for (column, names) in &self.computed {
            for name in label_names(&column.peek(row)).at(names.span)? {
                let label = cx.graph_mut().intern_label(&name);
                if !labels.contains(&label) {
                    labels.to_mut().push(label);
                }
            }
        }
        Ok(labels)
    }
}

/// The type of a relationship to create, in every row.
enum Types<'p> {
    Fixed(&'p Text),
    Computed(Column, &'p Expr),
}

impl<'p> Types<'p> {
    fn new(plan: &'p CreateType, chunk: &Chunk, cx: &Context<'_>) -> Result<Self, Failure> {
        Ok(match plan {
            CreateType::Name(name) => Self::Fixed(name),
            CreateType::Computed(name) => Self::Computed(eval(name, chunk, cx)?, name),
        })
    }

    fn of(&self, row: usize) -> Result<Text, Failure> {
        match self {
            Self::Fixed(name) => Ok(Text::clone(name)),
            Self::Computed(column, name) => one_type(&column.peek(row)).at(name.span),
        }
    }
}

/// The only type that a string or a list of strings names.
fn one_type(value: &Value) -> Result<Text, Fault> {
    let mut names = label_names(value)?;
    names.dedup();
    match <[Text; 1]>::try_from(names) {
        Ok([name]) => Ok(name),
        Err(names) => {
            let count = names.len();
            let message = format!("a relationship needs exactly one type, found {count}");
            Err(Fault::new(Code::InvalidArgumentTypeAtRuntime, message))
        }
    }
}

fn create_edges(
    plan: &plan::Create,
    chunk: &mut Chunk,
    cx: &mut Context<'_>,
) -> Result<(), Failure> {
    let mut columns = vec![Vec::with_capacity(chunk.len()); plan.edges.len()];
    let drafts = plan.edges.iter().map(|edge| Draft::new(edge, chunk, cx));
    let drafts: Vec<_> = drafts.collect::<Result<_, _>>()?;
    for row in 0..chunk.len() {
        for (column, draft) in columns.iter_mut().zip(&drafts) {
            let (from, to) = (
                draft.end(draft.from[row], cx)?,
                draft.end(draft.to[row], cx)?,
            );
            cx.writing(draft.plan.span);
            let kind = draft.types.of(row)?;
            let graph = cx.graph_mut();
            let kind = graph.intern_type(&kind);
            let edge = graph.create_relationship(from, kind, to);
            draft.properties.set(Entity::Edge(edge), row, cx)?;
            column.push(edge);
        }
    }
    for (edge, column) in plan.edges.iter().zip(columns) {
        chunk.put(edge.slot, Column::edges(column));
    }
    Ok(())
}

/// A relationship to create, in every row.
struct Draft<'p> {
    plan: &'p CreateEdge,
    from: Vec<NodeId>,
    to: Vec<NodeId>,
    types: Types<'p>,
    properties: Properties<'p>,
}

impl<'p> Draft<'p> {
    fn new(plan: &'p CreateEdge, chunk: &Chunk, cx: &Context<'_>) -> Result<Self, Failure> {
        let nodes = |slot| chunk.nodes(slot).map(Cow::into_owned);
        Ok(Self {
            plan,
            from: nodes(plan.from).at(plan.span)?,
            to: nodes(plan.to).at(plan.span)?,
            types: Types::new(&plan.kind, chunk, cx)?,
            properties: Properties::new(plan.properties.as_ref(), chunk, cx)?,
        })
    }

    /// Checks that a node can be an end: it is neither null nor deleted.
    fn end(&self, node: NodeId, cx: &Context<'_>) -> Result<NodeId, Failure> {
        if node.is_none() {
            let fault = expected(
                "NODE at the end of a relationship that is created",
                &Value::Null,
            );
            return Err(fault).at(self.plan.span);
        }
        live_node(node, cx).at(self.plan.span)?;
        Ok(node)
    }
}
