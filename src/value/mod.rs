//! Layer 1: the values of the language, their ids and their operations.
//!
//! There are exactly four relations between values (see `relation`): `equal`, `compare`, `order` and the equivalence of
//! [`Key`]. `Value` therefore implements none of `PartialEq`, `PartialOrd` and `Hash`.

pub mod access;
pub mod arith;
mod bitmap;
pub mod bounds;
pub mod build;
pub mod bytes;
pub mod cast;
pub mod column;
pub mod conversion;
pub mod decimal;
mod definition;
mod dictionary;
pub mod display;
mod encoded;
mod example;
mod id;
mod key;
pub mod logic;
mod nested;
pub mod number;
mod path;
mod point;
mod progression;
pub mod relation;
mod size;
pub mod temporal;
pub mod text;
mod types;
mod value_type;

use std::{hash::BuildHasherDefault, sync::Arc};

use indexmap::IndexMap;
use rustc_hash::FxHasher;

pub use self::{
    bitmap::Bitmap,
    bytes::Bytes,
    column::Column,
    decimal::Decimal,
    definition::{
        ConstraintDefinition, ConstraintKind, IndexDefinition, IndexKind, SchemaCommand, Subject,
    },
    dictionary::Dictionary,
    encoded::Encoded,
    id::{EdgeId, KeyId, LabelId, NodeId, TypeId},
    key::{Key, hash_into, key_hash, same},
    nested::{Nested, depth, each_leaf, shared_address},
    path::Path,
    point::{Crs, Point, arc},
    progression::Progression,
    size::{heap_size, whole_size},
    temporal::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time},
    types::{Kind, Type, expected},
    value_type::{BaseType, ValueType, Width},
};

/// A string that is cheap to clone.
pub type Text = Arc<str>;

/// A list that is cheap to clone; see [`Value::list`].
pub type List = Arc<Nested<Vec<Value>>>;

/// The entries of a map, in insertion order.
pub type Entries = IndexMap<Text, Value, BuildHasherDefault<FxHasher>>;

/// A map that is cheap to clone; see [`Value::map`].
pub type Map = Arc<Nested<Entries>>;

/// A value of the language: 24 bytes, cheap to clone.
///
/// Nodes and relationships are ids; an answer adds their labels and properties.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// `42`
    Integer(i64),
    /// `1.5`
    Float(f64),
    /// `1.5m`
    Decimal(Decimal),
    /// `'text'`
    String(Text),
    /// `X'0AFF'`
    Bytes(Bytes),
    /// `[1, 2]`
    List(List),
    /// `{a: 1}`
    Map(Map),
    /// `(n)`
    Node(NodeId),
    /// `-[r]-`
    Relationship(EdgeId),
    /// `p = (a)-[r]->(b)`
    Path(Arc<Path>),
    /// `date('1984-10-11')`
    Date(Date),
    /// `localtime('12:31:14')`
    LocalTime(LocalTime),
    /// `time('12:31:14+01:00')`
    Time(Time),
    /// `localdatetime('1984-10-11T12:31:14')`
    LocalDateTime(LocalDateTime),
    /// `datetime('1984-10-11T12:31:14+01:00')`
    DateTime(Arc<DateTime>),
    /// `duration('P1M2DT3S')`
    Duration(Arc<Duration>),
    /// `point({x: 1, y: 2})`
    Point(Arc<Point>),
}

impl Value {
    /// A list value. Linear in the number of elements.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(Nested::list(items)))
    }

    /// A map value. Linear in the number of entries.
    #[must_use]
    pub fn map(entries: Entries) -> Self {
        Self::Map(Arc::new(Nested::map(entries)))
    }

    /// True if the value is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The type of the value.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Boolean(_) => Kind::Boolean,
            Self::Integer(_) => Kind::Integer,
            Self::Float(_) => Kind::Float,
            Self::Decimal(_) => Kind::Decimal,
            Self::String(_) => Kind::String,
            Self::Bytes(_) => Kind::Bytes,
            Self::List(_) => Kind::List,
            Self::Map(_) => Kind::Map,
            Self::Node(_) => Kind::Node,
            Self::Relationship(_) => Kind::Relationship,
            Self::Path(_) => Kind::Path,
            Self::Date(_) => Kind::Date,
            Self::LocalTime(_) => Kind::LocalTime,
            Self::Time(_) => Kind::Time,
            Self::LocalDateTime(_) => Kind::LocalDateTime,
            Self::DateTime(_) => Kind::DateTime,
            Self::Duration(_) => Kind::Duration,
            Self::Point(_) => Kind::Point,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::String(value.into())
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::list(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_takes_24_bytes() {
        assert_eq!(size_of::<Value>(), 24);
    }
}
