//! One column of a chunk: many values of one slot, typed where that is known, shared until it changes.

use std::{borrow::Cow, sync::Arc};

use crate::{
    base::{Code, Fault},
    exec::group::ABSENT,
    value::{EdgeId, NodeId, Value, heap_size, logic},
};

/// The values of a slot in the rows of a chunk. Cloning shares them.
#[derive(Clone, Debug)]
pub(crate) enum Column {
    /// Nodes; `NONE` stands for null.
    Nodes(Arc<Vec<NodeId>>),
    /// Relationships; `NONE` stands for null.
    Edges(Arc<Vec<EdgeId>>),
    /// Integers, none of them null.
    Integers(Arc<Vec<i64>>),
    /// Floats, none of them null.
    Floats(Arc<Vec<f64>>),
    /// Booleans; nothing stands for null.
    Booleans(Arc<Vec<Option<bool>>>),
    /// Values of any kind.
    Values(Arc<Vec<Value>>),
    /// One value for all rows, however many there are.
    Constant(Value),
}

/// Picks the rows out of a vector.
fn pick<T: Clone>(values: &[T], rows: &[u32]) -> Arc<Vec<T>> {
    Arc::new(
        rows.iter()
            .map(|row| values[*row as usize].clone())
            .collect(),
    )
}

fn cut<T: Clone>(values: &[T], from: usize, to: usize) -> Arc<Vec<T>> {
    Arc::new(values[from..to].to_vec())
}

impl Column {
    pub(crate) fn nodes(nodes: Vec<NodeId>) -> Self {
        Self::Nodes(Arc::new(nodes))
    }

    pub(crate) fn edges(edges: Vec<EdgeId>) -> Self {
        Self::Edges(Arc::new(edges))
    }

    pub(crate) fn integers(values: Vec<i64>) -> Self {
        Self::Integers(Arc::new(values))
    }

    pub(crate) fn floats(values: Vec<f64>) -> Self {
        Self::Floats(Arc::new(values))
    }

    pub(crate) fn booleans(values: Vec<Option<bool>>) -> Self {
        Self::Booleans(Arc::new(values))
    }

    pub(crate) fn values(values: Vec<Value>) -> Self {
        Self::Values(Arc::new(values))
    }

    pub(crate) const NULL: Self = Self::Constant(Value::Null);

    /// The value in a row.
    pub(crate) fn value(&self, row: usize) -> Value {
        match self {
            Self::Nodes(nodes) => node_value(nodes[row]),
            Self::Edges(edges) => edge_value(edges[row]),
            Self::Integers(values) => Value::Integer(values[row]),
            Self::Floats(values) => Value::Float(values[row]),
            Self::Booleans(values) => values[row].map_or(Value::Null, Value::Boolean),
            Self::Values(values) => values[row].clone(),
            Self::Constant(value) => value.clone(),
        }
    }

    /// The value in a row, borrowed where there is one to borrow.
    pub(crate) fn peek(&self, row: usize) -> Cow<'_, Value> {
        match self {
            Self::Values(values) => Cow::Borrowed(&values[row]),
            Self::Constant(value) => Cow::Borrowed(value),
            other => Cow::Owned(other.value(row)),
        }
    }

    pub(crate) fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Nodes(nodes) => nodes[row].is_none(),
            Self::Edges(edges) => edges[row].is_none(),
            Self::Integers(_) | Self::Floats(_) => false,
            Self::Booleans(values) => values[row].is_none(),
            Self::Values(values) => values[row].is_null(),
            Self::Constant(value) => value.is_null(),
        }
    }

    /// The column with the given rows, in that order.
    pub(crate) fn gather(&self, rows: &[u32]) -> Self {
        match self {
            Self::Nodes(nodes) => Self::Nodes(pick(nodes, rows)),
            Self::Edges(edges) => Self::Edges(pick(edges, rows)),
            Self::Integers(values) => Self::Integers(pick(values, rows)),
            Self::Floats(values) => Self::Floats(pick(values, rows)),
            Self::Booleans(values) => Self::Booleans(pick(values, rows)),
            Self::Values(values) => Self::Values(pick(values, rows)),
            Self::Constant(value) => Self::Constant(value.clone()),
        }
    }

    /// The column with the given rows, in that order, and null where the row is [`ABSENT`].
    pub(crate) fn gather_or_null(&self, rows: &[u32]) -> Self {
        if rows.iter().all(|row| *row != ABSENT) {
            return self.gather(rows);
        }
        let there = |row: &u32| (*row != ABSENT).then_some(*row as usize);
        match self {
            Self::Nodes(nodes) => {
                let node = |row| there(row).map_or(NodeId::NONE, |row| nodes[row]);
                Self::nodes(rows.iter().map(node).collect())
            }
            Self::Edges(edges) => {
                let edge = |row| there(row).map_or(EdgeId::NONE, |row| edges[row]);
                Self::edges(rows.iter().map(edge).collect())
            }
            other => {
                let value = |row| there(row).map_or(Value::Null, |row| other.value(row));
                Self::values(rows.iter().map(value).collect())
            }
        }
    }

    /// The rows from one number to before another.
    pub(crate) fn slice(&self, from: usize, to: usize) -> Self {
        match self {
            Self::Nodes(nodes) => Self::Nodes(cut(nodes, from, to)),
            Self::Edges(edges) => Self::Edges(cut(edges, from, to)),
            Self::Integers(values) => Self::Integers(cut(values, from, to)),
            Self::Floats(values) => Self::Floats(cut(values, from, to)),
            Self::Booleans(values) => Self::Booleans(cut(values, from, to)),
            Self::Values(values) => Self::Values(cut(values, from, to)),
            Self::Constant(value) => Self::Constant(value.clone()),
        }
    }

    /// Adds the rows of another column; `len` and `more` say how many rows each has.
    pub(crate) fn append(&mut self, len: usize, other: &Self, more: usize) {
        match (&mut *self, other) {
            (Self::Nodes(own), Self::Nodes(new)) => Arc::make_mut(own).extend_from_slice(new),
            (Self::Edges(own), Self::Edges(new)) => Arc::make_mut(own).extend_from_slice(new),
            (Self::Integers(own), Self::Integers(new)) => Arc::make_mut(own).extend_from_slice(new),
            (Self::Floats(own), Self::Floats(new)) => Arc::make_mut(own).extend_from_slice(new),
            (Self::Booleans(own), Self::Booleans(new)) => Arc::make_mut(own).extend_from_slice(new),
            (Self::Values(own), new) => {
                Arc::make_mut(own).extend((0..more).map(|row| new.value(row)));
            }
            (own, new) => {
                let (own, new) = (own.spelled(len), new.spelled(more));
                self.append_unlike(own, new, len, more);
            }
        }
    }

    /// Columns of one type once constants are spelled out go on being typed; all others become values.
    fn append_unlike(&mut self, own: Self, new: Self, len: usize, more: usize) {
        *self = own;
        if std::mem::discriminant(&*self) != std::mem::discriminant(&new) {
            *self = Self::values((0..len).map(|row| self.value(row)).collect());
        }
        self.append(len, &new, more);
    }

    /// The column without constants.
    fn spelled(&self, len: usize) -> Self {
        match self {
            Self::Constant(Value::Node(node)) => Self::nodes(vec![*node; len]),
            Self::Constant(Value::Relationship(edge)) => Self::edges(vec![*edge; len]),
            Self::Constant(Value::Integer(value)) => Self::integers(vec![*value; len]),
            Self::Constant(Value::Float(value)) => Self::floats(vec![*value; len]),
            Self::Constant(Value::Boolean(value)) => Self::booleans(vec![Some(*value); len]),
            Self::Constant(value) => Self::values(vec![value.clone(); len]),
            other => other.clone(),
        }
    }

    /// The nodes of `len` rows.
    pub(crate) fn as_nodes(&self, len: usize) -> Result<Cow<'_, [NodeId]>, Fault> {
        match self {
            Self::Nodes(nodes) => Ok(Cow::Borrowed(nodes)),
            Self::Constant(value) => Ok(Cow::Owned(vec![node_of(value)?; len])),
            other => (0..len).map(|row| node_of(&other.peek(row))).collect(),
        }
    }

    /// What the values of `len` rows say as predicates.
    pub(crate) fn truths(&self, len: usize) -> Result<Cow<'_, [Option<bool>]>, Fault> {
        match self {
            Self::Booleans(values) => Ok(Cow::Borrowed(values)),
            Self::Constant(value) => Ok(Cow::Owned(vec![logic::truth(value)?; len])),
            other => (0..len).map(|row| logic::truth(&other.peek(row))).collect(),
        }
    }

    /// About how many bytes `len` rows take.
    pub(crate) fn bytes(&self, len: usize) -> u64 {
        let bytes = match self {
            Self::Nodes(_) | Self::Edges(_) => len * size_of::<NodeId>(),
            Self::Integers(_) | Self::Floats(_) => len * size_of::<i64>(),
            Self::Booleans(_) => len,
            Self::Values(values) => {
                len * size_of::<Value>() + values.iter().map(heap_size).sum::<usize>()
            }
            Self::Constant(value) => size_of::<Value>() + heap_size(value),
        };
        bytes as u64
    }
}

pub(crate) fn node_value(node: NodeId) -> Value {
    if node.is_none() {
        Value::Null
    } else {
        Value::Node(node)
    }
}

pub(crate) fn edge_value(edge: EdgeId) -> Value {
    if edge.is_none() {
        Value::Null
    } else {
        Value::Relationship(edge)
    }
}

fn node_of(value: &Value) -> Result<NodeId, Fault> {
    match value {
        Value::Node(node) => Ok(*node),
        Value::Null => Ok(NodeId::NONE),
        other => Err(expected("NODE", other)),
    }
}

/// The fault of a value of another kind than was expected.
pub(crate) fn expected(what: &str, found: &Value) -> Fault {
    let message = format!("expected {what}, found {}", found.kind());
    Fault::new(Code::InvalidArgumentTypeAtRuntime, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(column: &Column, len: usize) -> String {
        format!(
            "{:?}",
            (0..len).map(|row| column.value(row)).collect::<Vec<_>>()
        )
    }

    #[test]
    fn columns_of_one_type_stay_typed_when_they_grow() {
        let mut column = Column::Constant(Value::Integer(7));
        column.append(2, &Column::integers(vec![1]), 1);
        assert!(matches!(column, Column::Integers(_)));
        assert_eq!(shown(&column, 3), "[Integer(7), Integer(7), Integer(1)]");
    }

    #[test]
    fn columns_of_other_types_become_values() {
        let mut column = Column::nodes(vec![NodeId(3), NodeId::NONE]);
        column.append(2, &Column::booleans(vec![None, Some(true)]), 2);
        assert_eq!(shown(&column, 4), "[Node(n3), Null, Null, Boolean(true)]");
        column.append(4, &Column::NULL, 1);
        assert_eq!(shown(&column.gather(&[4, 0]), 2), "[Null, Node(n3)]");
    }

    #[test]
    fn what_is_no_node_is_a_fault() {
        let column = Column::values(vec![Value::Null, Value::Node(NodeId(1))]);
        assert_eq!(&*column.as_nodes(2).unwrap(), [NodeId::NONE, NodeId(1)]);
        let column = Column::integers(vec![1]);
        assert_eq!(
            column.as_nodes(1).unwrap_err().message,
            "expected NODE, found INTEGER"
        );
    }
}
