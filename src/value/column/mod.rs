//! A column: the values of one slot in many rows, as data of one type with its nulls marked.
//!
//! A null does not turn a column into values, and strings from the graph stay codes of a dictionary. Values of several
//! types, and of types that have no data here, are [`Column::Values`].

mod typed;

use std::{borrow::Cow, ops::Range, sync::Arc};

pub use self::typed::Typed;
use crate::{
    base::{Fault, Room as _, room},
    value::{Date, Dictionary, EdgeId, Kind, NodeId, Text, Value, expected, logic, whole_size},
};

/// The number of a row that does not exist.
pub const ABSENT: u32 = u32::MAX;

/// The values of a slot in the rows of a chunk. Cloning shares them.
#[derive(Clone, Debug)]
pub enum Column {
    /// Nodes; `NONE` is null.
    Nodes(Arc<Vec<NodeId>>),
    /// Relationships; `NONE` is null.
    Edges(Arc<Vec<EdgeId>>),
    /// Integers.
    Integers(Typed<i64>),
    /// Floats.
    Floats(Typed<f64>),
    /// Booleans; `None` is null, which takes no more room than a bitmap would add.
    Booleans(Arc<Vec<Option<bool>>>),
    /// Strings as codes of a dictionary.
    Strings(Typed<u32>, Arc<Dictionary>),
    /// Dates as days since 1970-01-01.
    Dates(Typed<i64>),
    /// Values of any types.
    Values(Arc<Vec<Value>>),
    /// One value for any number of rows.
    Constant(Value),
}

/// Making columns.
impl Column {
    /// A column of nulls.
    pub const NULL: Self = Self::Constant(Value::Null);

    /// A column of nodes.
    #[must_use]
    pub fn nodes(nodes: Vec<NodeId>) -> Self {
        Self::Nodes(Arc::new(nodes))
    }

    /// A column of relationships.
    #[must_use]
    pub fn edges(edges: Vec<EdgeId>) -> Self {
        Self::Edges(Arc::new(edges))
    }

    /// A column of integers without nulls.
    #[must_use]
    pub fn integers(values: Vec<i64>) -> Self {
        Self::Integers(values.into())
    }

    /// A column of floats without nulls.
    #[must_use]
    pub fn floats(values: Vec<f64>) -> Self {
        Self::Floats(values.into())
    }

    /// A column of booleans.
    #[must_use]
    pub fn booleans(values: Vec<Option<bool>>) -> Self {
        Self::Booleans(Arc::new(values))
    }

    /// A column of values as they are.
    #[must_use]
    pub fn values(values: Vec<Value>) -> Self {
        Self::Values(Arc::new(values))
    }

    /// A column of values, as typed data if all of them are of one type that has data, nulls aside. Strings stay
    /// values. Linear; looks no further than the first value that does not fit.
    #[must_use]
    pub fn of(values: Vec<Value>) -> Self {
        let kind = values
            .iter()
            .map(Value::kind)
            .find(|kind| *kind != Kind::Null);
        let typed = kind.and_then(|kind| typed_of(kind, &values));
        typed.unwrap_or_else(|| Self::values(values))
    }
}

/// Values as typed data; `None` if a value is of another type, or if the type has no data.
fn typed_of(kind: Kind, values: &[Value]) -> Option<Column> {
    macro_rules! all {
        ($pattern:pat => $item:expr, $null:expr) => {
            (values.iter())
                .map(|value| match value {
                    Value::Null => Some($null),
                    $pattern => Some($item),
                    _ => None,
                })
                .collect::<Option<_>>()
        };
    }
    match kind {
        Kind::Integer => all!(Value::Integer(value) => Some(*value), None)
            .map(|all: Vec<_>| Column::Integers(all.into_iter().collect())),
        Kind::Float => all!(Value::Float(value) => Some(*value), None)
            .map(|all: Vec<_>| Column::Floats(all.into_iter().collect())),
        Kind::Date => all!(Value::Date(value) => Some(value.days), None)
            .map(|all: Vec<_>| Column::Dates(all.into_iter().collect())),
        Kind::Boolean => all!(Value::Boolean(value) => Some(*value), None).map(Column::booleans),
        Kind::Node => all!(Value::Node(node) => *node, NodeId::NONE).map(Column::nodes),
        Kind::Relationship => {
            all!(Value::Relationship(edge) => *edge, EdgeId::NONE).map(Column::edges)
        }
        _ => None,
    }
}

/// Reading.
impl Column {
    /// The value in a row.
    #[must_use]
    pub fn value(&self, row: usize) -> Value {
        match self {
            Self::Nodes(nodes) => node_value(nodes[row]),
            Self::Edges(edges) => edge_value(edges[row]),
            Self::Integers(values) => values.get(row).into(),
            Self::Floats(values) => values.get(row).into(),
            Self::Booleans(values) => values[row].into(),
            Self::Strings(codes, texts) => (codes.get(row)).map_or(Value::Null, |code| {
                Value::String(Text::clone(texts.text(code)))
            }),
            Self::Dates(values) => {
                (values.get(row)).map_or(Value::Null, |days| Value::Date(Date { days }))
            }
            Self::Values(values) => values[row].clone(),
            Self::Constant(value) => value.clone(),
        }
    }

    /// The value in a row, borrowed if the column has it as a value.
    #[must_use]
    pub fn peek(&self, row: usize) -> Cow<'_, Value> {
        match self {
            Self::Values(values) => Cow::Borrowed(&values[row]),
            Self::Constant(value) => Cow::Borrowed(value),
            other => Cow::Owned(other.value(row)),
        }
    }

    /// True if the value in a row is null.
    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Nodes(nodes) => nodes[row].is_none(),
            Self::Edges(edges) => edges[row].is_none(),
            Self::Integers(values) | Self::Dates(values) => !values.is_valid(row),
            Self::Floats(values) => !values.is_valid(row),
            Self::Strings(codes, _) => !codes.is_valid(row),
            Self::Booleans(values) => values[row].is_none(),
            Self::Values(values) => values[row].is_null(),
            Self::Constant(value) => value.is_null(),
        }
    }

    /// True if a row may be null. Constant time, except for booleans, ids and values.
    #[must_use]
    pub fn has_nulls(&self) -> bool {
        match self {
            Self::Integers(values) | Self::Dates(values) => values.has_nulls(),
            Self::Floats(values) => values.has_nulls(),
            Self::Strings(codes, _) => codes.has_nulls(),
            Self::Constant(value) => value.is_null(),
            Self::Nodes(nodes) => nodes.contains(&NodeId::NONE),
            Self::Edges(edges) => edges.contains(&EdgeId::NONE),
            Self::Booleans(values) => values.contains(&None),
            Self::Values(values) => values.iter().any(Value::is_null),
        }
    }

    /// The nodes of `len` rows.
    ///
    /// # Errors
    /// A fault if a value is neither a node nor null.
    pub fn as_nodes(&self, len: usize) -> Result<Cow<'_, [NodeId]>, Fault> {
        match self {
            Self::Nodes(nodes) => Ok(Cow::Borrowed(nodes)),
            Self::Constant(value) => Ok(Cow::Owned(vec![node_of(value)?; len])),
            other => (0..len).map(|row| node_of(&other.peek(row))).collect(),
        }
    }

    /// The values of `len` rows as answers of a predicate.
    ///
    /// # Errors
    /// A fault if a value is neither a boolean nor null.
    pub fn truths(&self, len: usize) -> Result<Cow<'_, [Option<bool>]>, Fault> {
        match self {
            Self::Booleans(values) => Ok(Cow::Borrowed(values)),
            Self::Constant(value) => Ok(Cow::Owned(vec![logic::truth(value)?; len])),
            other => (0..len).map(|row| logic::truth(&other.peek(row))).collect(),
        }
    }

    /// Approximate bytes of `len` rows. A dictionary is shared and does not count.
    #[must_use]
    pub fn bytes(&self, len: usize) -> u64 {
        match self {
            Self::Nodes(_) | Self::Edges(_) | Self::Strings(..) => 4 * len as u64,
            Self::Integers(_) | Self::Floats(_) | Self::Dates(_) => 8 * len as u64,
            Self::Booleans(_) => len as u64,
            Self::Values(values) => values.iter().map(whole_size).sum(),
            Self::Constant(value) => whole_size(value),
        }
    }
}

/// Choosing and adding rows.
impl Column {
    /// The column with the given rows, in that order.
    #[must_use]
    pub fn gather(&self, rows: &[u32]) -> Self {
        self.choose(&These(rows))
    }

    /// The column with the given rows, in that order; null if the row is [`ABSENT`].
    #[must_use]
    pub fn gather_or_null(&self, rows: &[u32]) -> Self {
        if rows.iter().all(|row| *row != ABSENT) {
            return self.gather(rows);
        }
        if let Self::Constant(value) = self {
            let present = |row: &u32| match *row {
                ABSENT => Value::Null,
                _ => value.clone(),
            };
            return Self::of(rows.iter().map(present).collect());
        }
        self.choose(&TheseOrNull(rows))
    }

    /// The rows `from..to`.
    #[must_use]
    pub fn slice(&self, from: usize, to: usize) -> Self {
        self.choose(&Within(from..to))
    }

    fn choose(&self, rows: &impl Choose) -> Self {
        match self {
            Self::Nodes(nodes) => Self::nodes(rows.items(nodes, NodeId::NONE)),
            Self::Edges(edges) => Self::edges(rows.items(edges, EdgeId::NONE)),
            Self::Integers(data) => Self::Integers(rows.data(data)),
            Self::Floats(data) => Self::Floats(rows.data(data)),
            Self::Booleans(values) => Self::booleans(rows.items(values, None)),
            Self::Strings(codes, texts) => Self::Strings(rows.data(codes), Arc::clone(texts)),
            Self::Dates(data) => Self::Dates(rows.data(data)),
            Self::Values(values) => Self::values(rows.items(values, Value::Null)),
            Self::Constant(value) => Self::Constant(value.clone()),
        }
    }

    /// The column without codes of a dictionary that is shared with the graph: strings as values.
    #[must_use]
    pub fn detached(self) -> Self {
        match self {
            Self::Strings(ref codes, _) => {
                Self::values((0..codes.len()).map(|row| self.value(row)).collect())
            }
            other => other,
        }
    }

    /// Adds the rows of another column; the columns have `len` and `more` rows.
    ///
    /// # Errors
    /// `MemoryLimit` if the system does not give the memory.
    pub fn append(&mut self, len: usize, other: &Self, more: usize) -> Result<(), Fault> {
        use Column as C;
        match (&mut *self, other) {
            (C::Nodes(own), C::Nodes(new)) => extend(own, new),
            (C::Edges(own), C::Edges(new)) => extend(own, new),
            (C::Booleans(own), C::Booleans(new)) => extend(own, new),
            (C::Integers(own), C::Integers(new)) | (C::Dates(own), C::Dates(new)) => {
                own.append(new)
            }
            (C::Floats(own), C::Floats(new)) => own.append(new),
            (C::Strings(own, a), C::Strings(new, b)) if Arc::ptr_eq(a, b) => own.append(new),
            (C::Integers(own) | C::Dates(own), C::Constant(Value::Null)) => own.append_nulls(more),
            (C::Floats(own), C::Constant(Value::Null)) => own.append_nulls(more),
            (C::Strings(own, _), C::Constant(Value::Null)) => own.append_nulls(more),
            (C::Values(own), new) => {
                let own = Arc::make_mut(own);
                own.make_room(more)?;
                own.extend((0..more).map(|row| new.value(row)));
                Ok(())
            }
            (C::Constant(_), new) => {
                *self = self.spelled(len, new);
                self.append(len, new, more)
            }
            (own, C::Constant(_)) => {
                let new = other.spelled(more, own);
                self.append(len, &new, more)
            }
            (own, new) => {
                let mut values = room::vector(len + more)?;
                values.extend((0..len).map(|row| own.value(row)));
                *self = Self::values(values);
                self.append(len, new, more)
            }
        }
    }

    /// The rows of a constant column as data of the type of another column, if the value is of that type or null; else
    /// of its own type.
    fn spelled(&self, len: usize, like: &Self) -> Self {
        let Self::Constant(value) = self else {
            return self.clone();
        };
        match (value, like) {
            (Value::Null, Self::Integers(_)) => Self::Integers(Typed::nulls(len)),
            (Value::Null, Self::Floats(_)) => Self::Floats(Typed::nulls(len)),
            (Value::Null, Self::Dates(_)) => Self::Dates(Typed::nulls(len)),
            (Value::Null, Self::Strings(_, texts)) => {
                Self::Strings(Typed::nulls(len), Arc::clone(texts))
            }
            (Value::Null, Self::Nodes(_)) => Self::nodes(vec![NodeId::NONE; len]),
            (Value::Null, Self::Edges(_)) => Self::edges(vec![EdgeId::NONE; len]),
            (Value::Null, Self::Booleans(_)) => Self::booleans(vec![None; len]),
            (Value::String(text), Self::Strings(_, texts)) => match texts.code(text) {
                Some(code) => Self::Strings(vec![code; len].into(), Arc::clone(texts)),
                None => Self::values(vec![value.clone(); len]),
            },
            (Value::Null, Self::Constant(other)) => {
                self.spelled(len, &Self::of(vec![other.clone()]))
            }
            _ => Self::of(vec![value.clone(); len]),
        }
    }
}

fn extend<T: Clone>(own: &mut Arc<Vec<T>>, new: &[T]) -> Result<(), Fault> {
    let own = Arc::make_mut(own);
    own.make_room(new.len())?;
    own.extend_from_slice(new);
    Ok(())
}

/// A choice of rows.
trait Choose {
    /// The chosen items; `null` for rows that do not exist.
    fn items<T: Clone>(&self, items: &[T], null: T) -> Vec<T>;

    fn data<T: Copy + Default>(&self, data: &Typed<T>) -> Typed<T>;
}

/// These rows, in that order.
struct These<'a>(&'a [u32]);

impl Choose for These<'_> {
    fn items<T: Clone>(&self, items: &[T], _null: T) -> Vec<T> {
        let rows = self.0.iter();
        rows.map(|row| items[*row as usize].clone()).collect()
    }

    fn data<T: Copy + Default>(&self, data: &Typed<T>) -> Typed<T> {
        data.gather(self.0)
    }
}

/// These rows, in that order; null for [`ABSENT`].
struct TheseOrNull<'a>(&'a [u32]);

impl Choose for TheseOrNull<'_> {
    fn items<T: Clone>(&self, items: &[T], null: T) -> Vec<T> {
        let rows = self.0.iter();
        rows.map(|row| items.get(*row as usize).unwrap_or(&null).clone())
            .collect()
    }

    fn data<T: Copy + Default>(&self, data: &Typed<T>) -> Typed<T> {
        data.gather_or_null(self.0)
    }
}

/// The rows of a range.
struct Within(Range<usize>);

impl Choose for Within {
    fn items<T: Clone>(&self, items: &[T], _null: T) -> Vec<T> {
        items[self.0.clone()].to_vec()
    }

    fn data<T: Copy + Default>(&self, data: &Typed<T>) -> Typed<T> {
        data.slice(self.0.start, self.0.end)
    }
}

/// A node as a value.
#[must_use]
pub fn node_value(node: NodeId) -> Value {
    if node.is_none() {
        Value::Null
    } else {
        Value::Node(node)
    }
}

/// A relationship as a value.
#[must_use]
pub fn edge_value(edge: EdgeId) -> Value {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(column: &Column, len: usize) -> String {
        let values = (0..len).map(|row| column.value(row));
        format!("{:?}", values.collect::<Vec<_>>())
    }

    fn strings(codes: &[Option<u32>], texts: &Arc<Dictionary>) -> Column {
        Column::Strings(codes.iter().copied().collect(), Arc::clone(texts))
    }

    #[test]
    fn columns_of_one_type_stay_typed_when_they_grow() {
        let mut column = Column::Constant(Value::Integer(7));
        column.append(2, &Column::integers(vec![1]), 1).unwrap();
        column.append(3, &Column::NULL, 1).unwrap();
        assert!(matches!(column, Column::Integers(_)));
        assert_eq!(
            shown(&column, 4),
            "[Integer(7), Integer(7), Integer(1), Null]"
        );
        let mut column = Column::NULL;
        column.append(1, &Column::integers(vec![1]), 1).unwrap();
        assert!(matches!(column, Column::Integers(_)));
        assert_eq!(shown(&column, 2), "[Null, Integer(1)]");
    }

    #[test]
    fn constants_of_several_types_become_values() {
        let mut column = Column::NULL;
        column.append(1, &Column::NULL, 1).unwrap();
        column.append(2, &Column::Constant("a".into()), 1).unwrap();
        column.append(3, &Column::Constant(1.into()), 1).unwrap();
        assert_eq!(shown(&column, 4), "[Null, Null, String(\"a\"), Integer(1)]");
        let mut column = Column::Constant(1.into());
        column.append(1, &Column::Constant(true.into()), 1).unwrap();
        assert_eq!(shown(&column, 2), "[Integer(1), Boolean(true)]");
        let mut column = Column::Constant(1.into());
        column.append(1, &Column::NULL, 1).unwrap();
        column.append(2, &Column::Constant(2.into()), 1).unwrap();
        assert!(matches!(column, Column::Integers(_)));
        assert_eq!(shown(&column, 3), "[Integer(1), Null, Integer(2)]");
    }

    #[test]
    fn strings_of_one_dictionary_stay_codes() {
        let texts: Arc<Dictionary> = Arc::new(["a", "b"].into_iter().map(Text::from).collect());
        let mut column = strings(&[Some(1), None], &texts);
        column.append(2, &Column::Constant("a".into()), 1).unwrap();
        column.append(3, &Column::NULL, 1).unwrap();
        assert!(matches!(column, Column::Strings(..)));
        assert_eq!(
            shown(&column.gather_or_null(&[2, 0, ABSENT]), 3),
            "[String(\"a\"), String(\"b\"), Null]"
        );
        column.append(4, &Column::Constant("c".into()), 1).unwrap();
        assert!(matches!(column, Column::Values(_)));
        let other: Arc<Dictionary> = Arc::new([Text::from("x")].into_iter().collect());
        let mut column = strings(&[Some(0)], &texts);
        column.append(1, &strings(&[Some(0)], &other), 1).unwrap();
        assert_eq!(shown(&column, 2), "[String(\"a\"), String(\"x\")]");
    }

    #[test]
    fn columns_of_other_types_become_values() {
        let mut column = Column::nodes(vec![NodeId(3), NodeId::NONE]);
        column
            .append(2, &Column::booleans(vec![None, Some(true)]), 2)
            .unwrap();
        assert_eq!(shown(&column, 4), "[Node(n3), Null, Null, Boolean(true)]");
        column.append(4, &Column::NULL, 1).unwrap();
        assert_eq!(shown(&column.gather(&[4, 0]), 2), "[Null, Node(n3)]");
    }

    #[test]
    fn values_of_one_type_become_data() {
        let typed = |values: Vec<Value>| Column::of(values);
        assert!(matches!(
            typed(vec![Value::Null, 1.into()]),
            Column::Integers(_)
        ));
        assert!(matches!(
            typed(vec![1.into(), 1.5.into()]),
            Column::Values(_)
        ));
        assert!(matches!(
            typed(vec![Value::Null, Value::Null]),
            Column::Values(_)
        ));
        let nodes = typed(vec![Value::Node(NodeId(1)), Value::Null]);
        assert!(matches!(nodes, Column::Nodes(_)));
        assert_eq!(shown(&nodes, 2), "[Node(n1), Null]");
    }

    #[test]
    fn a_value_that_is_no_node_is_a_fault() {
        let column = Column::values(vec![Value::Null, Value::Node(NodeId(1))]);
        assert_eq!(&*column.as_nodes(2).unwrap(), [NodeId::NONE, NodeId(1)]);
        let column = Column::integers(vec![1]);
        assert_eq!(
            column.as_nodes(1).unwrap_err().message,
            "expected NODE, found INTEGER"
        );
    }
}
