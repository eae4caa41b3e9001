//! Kinds of values, and the static types that analysis knows of an expression.

use std::fmt;

/// What a value is.
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
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
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
    ];

    /// The kind as messages and signatures spell it.
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
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The set of kinds an expression may evaluate to, and the kinds of its elements where it is a list.
///
/// Null is a member of every type, since every expression may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Type {
    kinds: u32,
    elements: u32,
}

const ALL: u32 = (1 << Kind::ALL.len()) - 1;

impl Type {
    /// Anything.
    pub const ANY: Self = Self {
        kinds: ALL,
        elements: ALL,
    };
    /// Null and nothing else.
    pub const NULL: Self = Self::of(Kind::Null);
    /// A boolean.
    pub const BOOLEAN: Self = Self::of(Kind::Boolean);
    /// A whole number.
    pub const INTEGER: Self = Self::of(Kind::Integer);
    /// A float.
    pub const FLOAT: Self = Self::of(Kind::Float);
    /// A whole number or a float.
    pub const NUMBER: Self = Self::INTEGER.or(Self::FLOAT);
    /// Text.
    pub const STRING: Self = Self::of(Kind::String);
    /// A list of anything.
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
    /// Any of the six temporal kinds.
    pub const TEMPORAL: Self = Self::of(Kind::Date)
        .or(Self::of(Kind::LocalTime))
        .or(Self::of(Kind::Time))
        .or(Self::of(Kind::LocalDateTime))
        .or(Self::of(Kind::DateTime))
        .or(Self::of(Kind::Duration));

    /// The type of values of one kind, or null; elements are unknown.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        Self {
            kinds: bit(kind) | bit(Kind::Null),
            elements: 0,
        }
    }

    /// The type of lists whose elements are of type `element`.
    #[must_use]
    pub const fn list_of(element: Self) -> Self {
        Self {
            kinds: bit(Kind::List) | bit(Kind::Null),
            elements: element.kinds,
        }
    }

    /// What is in either type.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            kinds: self.kinds | other.kinds,
            elements: self.elements | other.elements,
        }
    }

    /// What elements of a list of this type may be. Anything, where it may be something else than a list.
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

    /// Whether a value of `kind` may be of this type.
    #[must_use]
    pub const fn has(self, kind: Kind) -> bool {
        self.kinds & bit(kind) != 0
    }

    /// Whether a value that is not null may be of both types. A type that holds only null fits everything.
    #[must_use]
    pub const fn fits(self, other: Self) -> bool {
        self.kinds == bit(Kind::Null) || (self.kinds & other.kinds & !bit(Kind::Null)) != 0
    }

    /// Whether every value of this type, null aside, is of the other.
    #[must_use]
    pub const fn within(self, other: Self) -> bool {
        self.kinds & !bit(Kind::Null) & !other.kinds == 0
    }
}

impl Type {
    /// The type as a sentence speaks of it: `a STRING or LIST`.
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

    /// The names of the kinds it allows, null aside. Integers and floats together are numbers.
    fn names(self) -> Vec<String> {
        let numbers = Self::NUMBER.within(self);
        let kinds = Kind::ALL
            .into_iter()
            .filter(|kind| *kind != Kind::Null && self.has(*kind));
        let mut names: Vec<_> = kinds
            .map(|kind| match kind {
                Kind::Integer | Kind::Float if numbers => "NUMBER".to_owned(),
                _ => kind.to_string(),
            })
            .collect();
        names.dedup();
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
