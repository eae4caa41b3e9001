//! Deserializes rows to Rust types with serde.

use serde::{
    Deserializer,
    de::{
        DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::{BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use crate::{
    answer::{Cell, Cells, ReadError, Row, text},
    value::{Entries, Path, Text, Value},
};

/// A key of a map, which the target type may borrow.
type Key<'a> = BorrowedStrDeserializer<'a, ReadError>;

/// A row as serde data: a sequence for a tuple or list type, the only value for a scalar type, and otherwise a map from
/// column names to values.
pub(in crate::answer) struct RowDeserializer<'a>(pub(in crate::answer) Row<'a>);

impl<'a> RowDeserializer<'a> {
    fn only<T>(self, read: impl FnOnce(Cell<'a>) -> Result<T, ReadError>) -> Result<T, ReadError> {
        let mut cells = self.0.cells();
        match (cells.next(), cells.len()) {
            (Some(cell), 0) => read(cell),
            _ => Err(ReadError::new(format!(
                "expected one column, found {}",
                self.0.columns().len()
            ))),
        }
    }
}

macro_rules! only {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
            self.only(|cell| cell.$method(visitor))
        }
    )*};
}

impl<'a> Deserializer<'a> for RowDeserializer<'a> {
    type Error = ReadError;

    only! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_option
    }

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_map(Columns::new(self.0))
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let mut columns = Columns::new(self.0);
        let value = visitor.visit_seq(&mut columns)?;
        match columns.cells.len() {
            0 => Ok(value),
            more => Err(ReadError::new(format!(
                "expected {} columns, found {}",
                self.0.columns().len() - more,
                self.0.columns().len()
            ))),
        }
    }

    fn deserialize_tuple<V: Visitor<'a>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! { <V: Visitor<'a>> unit unit_struct map struct enum identifier ignored_any }
}

impl<'a> Deserializer<'a> for Cell<'a> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.value() {
            Value::Null => visitor.visit_unit(),
            Value::Boolean(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visitor.visit_i64(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => visit_list(visitor, items.iter().map(|item| self.with(item))),
            Value::Map(entries) => Fields(self, entries).deserialize_any(visitor),
            Value::Node(id) => {
                Fields(self, &self.entities().node(*id).properties).deserialize_any(visitor)
            }
            Value::Relationship(id) => {
                let entries = &self.entities().relationship(*id).properties;
                Fields(self, entries).deserialize_any(visitor)
            }
            Value::Path(path) => visit_list(visitor, steps(self, path)),
            temporal => visitor.visit_str(&text::scalar_text(temporal)),
        }
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.value() {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.value() {
            Value::String(text) => visitor.visit_enum(Key::new(text)),
            Value::Map(entries) if entries.len() == 1 => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| (Key::new(key), self.with(value)));
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(entries)))
            }
            other => Err(ReadError::new(format!(
                "expected a STRING or a MAP of one entry, found {}",
                other.kind()
            ))),
        }
    }

    forward_to_deserialize_any! {
    <V: Visitor<'a>>
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
            tuple_struct map struct identifier ignored_any
        }
}

impl<'a> IntoDeserializer<'a, ReadError> for Cell<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn visit_list<'a, V: Visitor<'a>, T: IntoDeserializer<'a, ReadError>>(
    visitor: V,
    items: impl Iterator<Item = T>,
) -> Result<V::Value, ReadError> {
    let mut list = SeqDeserializer::new(items);
    let value = visitor.visit_seq(&mut list)?;
    list.end()?;
    Ok(value)
}

/// The entries of a map or the properties of an entity, with a cell of the same answer.
struct Fields<'a>(Cell<'a>, &'a Entries);

impl<'a> Deserializer<'a> for Fields<'a> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let entries = self.1.iter();
        let mut map =
            MapDeserializer::new(entries.map(|(key, value)| (Key::new(key), self.0.with(value))));
        let value = visitor.visit_map(&mut map)?;
        map.end()?;
        Ok(value)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
    <V: Visitor<'a>>
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
            tuple_struct map struct enum identifier ignored_any
        }
}

impl<'a> IntoDeserializer<'a, ReadError> for Fields<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The nodes and relationships of a path, alternating.
fn steps<'a>(cell: Cell<'a>, path: &'a Path) -> impl Iterator<Item = Fields<'a>> {
    let entities = cell.entities();
    let node = move |id| Fields(cell, &entities.node(id).properties);
    let first = std::iter::once(node(path.nodes()[0]));
    let rest = path.relationships().iter().zip(&path.nodes()[1..]);
    first.chain(rest.flat_map(move |(edge, next)| {
        [
            Fields(cell, &entities.relationship(*edge).properties),
            node(*next),
        ]
    }))
}

/// The columns of a row, with names for error messages.
struct Columns<'a> {
    names: std::slice::Iter<'a, Text>,
    cells: Cells<'a>,
    next: Option<(&'a str, Cell<'a>)>,
}

impl<'a> Columns<'a> {
    fn new(row: Row<'a>) -> Self {
        Self {
            names: row.columns().iter(),
            cells: row.cells(),
            next: None,
        }
    }

    fn advance(&mut self) -> Option<(&'a str, Cell<'a>)> {
        Some((self.names.next()?, self.cells.next()?))
    }
}

impl<'a> MapAccess<'a> for Columns<'a> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        self.next = self.advance();
        self.next
            .map(|(name, _)| seed.deserialize(Key::new(name)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        let (name, cell) = self
            .next
            .ok_or_else(|| ReadError::new("expected a column"))?;
        seed.deserialize(cell)
            .map_err(|error| error.in_column(name))
    }
}

impl<'a> SeqAccess<'a> for &mut Columns<'a> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        self.advance()
            .map(|(name, cell)| {
                seed.deserialize(cell)
                    .map_err(|error| error.in_column(name))
            })
            .transpose()
    }
}
