//! The types of values at run time ([`Kind`]), and the static types of expressions in analysis ([`Type`]).

use std::{collections::BTreeSet, fmt};

use crate::{
    base::{Code, Fault},
    value::Value,
};

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Kind {
    Null,
    Boolean,
    Integer,
    Float,
    String,
    List,
    Map,
    Node,
    Relationship,
    Path,
    Date,
    LocalTime,
    Time,
    LocalDateTime,
    DateTime,
    Duration,
    Decimal,
    Bytes,
    Point,
}

impl Kind {
    /// All types.
    pub const ALL: [Self; 19] = [
        Self::Null,
        Self::Boolean,
        Self::Integer,
        Self::Float,
        Self::String,
        Self::List,
        Self::Map,
        Self::Node,
        Self::Relationship,
        Self::Path,
        Self::Date,
        Self::LocalTime,
        Self::Time,
        Self::LocalDateTime,
        Self::DateTime,
        Self::Duration,
        Self::Decimal,
        Self::Bytes,
        Self::Point,
    ];

    /// The name of the type in messages and signatures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Boolean => "BOOLEAN",
            Self::Integer => "INTEGER",
            Self::Float => "FLOAT",
            Self::String => "STRING",
            Self::List => "LIST",
            Self::Map => "MAP",
            Self::Node => "NODE",
            Self::Relationship => "RELATIONSHIP",
            Self::Path => "PATH",
            Self::Date => "DATE",
            Self::LocalTime => "LOCAL TIME",
            Self::Time => "TIME",
            Self::LocalDateTime => "LOCAL DATETIME",
            Self::DateTime => "DATETIME",
            Self::Duration => "DURATION",
            Self::Decimal => "DECIMAL",
            Self::Bytes => "BYTES",
            Self::Point => "POINT",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A static type: the set of kinds that an expression may evaluate to, and the set of kinds of the elements of a list.
///
/// Every type includes null, since every expression may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Type {
    kinds: u32,
    elements: u32,
}

const ALL: u32 = (1 << Kind::ALL.len()) - 1;

impl Type {
    /// Any value.
    pub const ANY: Self = Self {
        kinds: ALL,
        elements: ALL,
    };
    /// Only null.
    pub const NULL: Self = Self::of(Kind::Null);
    /// A boolean.
    pub const BOOLEAN: Self = Self::of(Kind::Boolean);
    /// An integer.
    pub const INTEGER: Self = Self::of(Kind::Integer);
    /// A float.
    pub const FLOAT: Self = Self::of(Kind::Float);
    /// An exact decimal number.
    pub const DECIMAL: Self = Self::of(Kind::Decimal);
    /// An integer, a float or a decimal.
    pub const NUMBER: Self = Self::INTEGER.or(Self::FLOAT).or(Self::DECIMAL);
    /// A string.
    pub const STRING: Self = Self::of(Kind::String);
    /// A list with elements of any type.
    pub const LIST: Self = Self {
        kinds: bit(Kind::List) | bit(Kind::Null),
        elements: ALL,
    };
    /// A map.
    pub const MAP: Self = Self::of(Kind::Map);
    /// A node.
    pub const NODE: Self = Self::of(Kind::Node);
    /// A relationship.
    pub const RELATIONSHIP: Self = Self::of(Kind::Relationship);
    /// A node or a relationship.
    pub const ENTITY: Self = Self::NODE.or(Self::RELATIONSHIP);
    /// A path.
    pub const PATH: Self = Self::of(Kind::Path);
    /// Any of the six temporal types.
    pub const TEMPORAL: Self = Self::of(Kind::Date)
        .or(Self::of(Kind::LocalTime))
        .or(Self::of(Kind::Time))
        .or(Self::of(Kind::LocalDateTime))
        .or(Self::of(Kind::DateTime))
        .or(Self::of(Kind::Duration));

    /// A point.
    pub const POINT: Self = Self::of(Kind::Point);

    /// A value of one kind, or null. Element kinds are unknown.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        Self {
            kinds: bit(kind) | bit(Kind::Null),
            elements: 0,
        }
    }

    /// A list with elements of type `element`, or null.
    #[must_use]
    pub const fn list_of(element: Self) -> Self {
        Self {
            kinds: bit(Kind::List) | bit(Kind::Null),
            elements: element.kinds,
        }
    }

    /// The union of the two types.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            kinds: self.kinds | other.kinds,
            elements: self.elements | other.elements,
        }
    }

    /// The type of the elements of a list of this type; [`Self::ANY`] if the element kinds are unknown.
    #[must_use]
    pub const fn element(self) -> Self {
        if self.elements == 0 {
            return Self::ANY;
        }
        let nested = if self.elements & bit(Kind::List) == 0 {
            0
        } else {
            ALL
        };
        Self {
            kinds: self.elements | bit(Kind::Null),
            elements: nested,
        }
    }

    /// True if the type includes `kind`.
    #[must_use]
    pub const fn has(self, kind: Kind) -> bool {
        self.kinds & bit(kind) != 0
    }

    /// True if a value other than null may have both types. The type of only null fits every type.
    #[must_use]
    pub const fn fits(self, other: Self) -> bool {
        self.kinds == bit(Kind::Null) || (self.kinds & other.kinds & !bit(Kind::Null)) != 0
    }

    /// True if every value of this type other than null is of type `other`.
    #[must_use]
    pub const fn within(self, other: Self) -> bool {
        self.kinds & !bit(Kind::Null) & !other.kinds == 0
    }
}

impl Type {
    /// The type as a noun phrase: `a STRING or LIST`.
    #[must_use]
    pub fn described(self) -> String {
        let names = self.names();
        let Some((last, before)) = names.split_last() else {
            return "NULL".to_owned();
        };
        if self.kinds == ALL {
            return "any value".to_owned();
        }
        let article = match names[0].starts_with(['A', 'E', 'I', 'O', 'U']) {
            true => "an",
            false => "a",
        };
        match before {
            [] => format!("{article} {last}"),
            before => format!("{article} {} or {last}", before.join(", ")),
        }
    }

    /// The names of the included kinds except null. Integers, floats and decimals together are `NUMBER`.
    fn names(self) -> Vec<String> {
        let numbers = Self::NUMBER.within(self);
        let kinds = Kind::ALL
            .into_iter()
            .filter(|kind| *kind != Kind::Null && self.has(*kind));
        let mut names: Vec<_> = kinds
            .map(|kind| match kind {
                Kind::Integer | Kind::Float | Kind::Decimal if numbers => "NUMBER".to_owned(),
                _ => kind.to_string(),
            })
            .collect();
        let mut known = BTreeSet::new();
        names.retain(|name| known.insert(name.clone()));
        names
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kinds == ALL {
            return f.write_str("ANY");
        }
        match self.names().as_slice() {
            [] => f.write_str("NULL"),
            names => f.write_str(&names.join(" | ")),
        }
    }
}

const fn bit(kind: Kind) -> u32 {
    1 << kind as u32
}

/// The fault of a value of another type than was expected.
#[must_use]
pub fn expected(what: &str, found: &Value) -> Fault {
    let message = format!("expected {what}, found {}", found.kind());
    Fault::new(Code::InvalidArgumentTypeAtRuntime, message)
}
