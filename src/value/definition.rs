//! Definitions of indexes and constraints, by name, and the commands that change them.

use std::fmt;

use crate::value::{Text, ValueType, display};

/// What an index or a constraint is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The nodes with a label.
    Nodes(Text),
    /// The relationships of a type.
    Relationships(Text),
}

impl Subject {
    /// The label or the relationship type.
    #[must_use]
    pub fn name(&self) -> &Text {
        match self {
            Self::Nodes(name) | Self::Relationships(name) => name,
        }
    }

    /// `NODE`, `RELATIONSHIP`
    #[must_use]
    pub fn entity(&self) -> &'static str {
        match self {
            Self::Nodes(_) => "NODE",
            Self::Relationships(_) => "RELATIONSHIP",
        }
    }

    /// The variable that stands for an entity in a definition.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        match self {
            Self::Nodes(_) => "n",
            Self::Relationships(_) => "r",
        }
    }

    /// `nodes with the label `A``, for messages.
    #[must_use]
    pub fn described(&self) -> String {
        match self {
            Self::Nodes(label) => format!("nodes with the label `{label}`"),
            Self::Relationships(kind) => format!("relationships of the type `{kind}`"),
        }
    }
}

/// `(n:Person)`, `()-[r:KNOWS]-()`
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut name = String::new();
        display::name(&mut name, self.name())?;
        match self {
            Self::Nodes(_) => write!(f, "(n:{name})"),
            Self::Relationships(_) => write!(f, "()-[r:{name}]-()"),
        }
    }
}

/// The structure of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IndexKind {
    /// Values in order: equality, ranges, prefixes.
    Range,
    /// Parts of strings: prefixes, suffixes, substrings.
    Text,
    /// Labels or types. The graph always has this structure; the definition only has a name.
    Lookup,
}

impl IndexKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Range, Self::Text, Self::Lookup];

    /// The keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Range => "RANGE",
            Self::Text => "TEXT",
            Self::Lookup => "LOOKUP",
        }
    }
}

/// An index. For a lookup index the name of the subject is empty, because it covers all labels or types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexDefinition {
    /// The name.
    pub name: Text,
    /// The structure.
    pub kind: IndexKind,
    /// The entities in the index.
    pub subject: Subject,
    /// The keys, most significant first.
    pub keys: Vec<Text>,
}

/// `CREATE RANGE INDEX i FOR (n:Person) ON (n.name)`
impl fmt::Display for IndexDefinition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.keyword();
        write!(f, "CREATE {kind} INDEX {} FOR ", quoted(&self.name))?;
        match (self.kind, &self.subject) {
            (IndexKind::Lookup, Subject::Nodes(_)) => f.write_str("(n) ON EACH labels(n)"),
            (IndexKind::Lookup, Subject::Relationships(_)) => {
                f.write_str("()-[r]-() ON EACH type(r)")
            }
            (_, subject) => {
                write!(f, "{subject} ON ({})", properties(subject, &self.keys))
            }
        }
    }
}

/// What a constraint demands of each entity of its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// No two entities that have all the keys have the same values of them.
    Unique,
    /// Unique, and every entity has all the keys.
    Key,
    /// Every entity has the key.
    Exists,
    /// The value of the key, if there is one, has the type.
    Typed(ValueType),
}

impl ConstraintKind {
    /// Whether an index checks the constraint.
    #[must_use]
    pub fn has_index(&self) -> bool {
        matches!(self, Self::Unique | Self::Key)
    }

    /// The name of the kind for entities of a subject, as `SHOW CONSTRAINTS` prints it.
    #[must_use]
    pub fn name(&self, subject: &Subject) -> &'static str {
        match (self, subject) {
            (Self::Unique, Subject::Nodes(_)) => "NODE_PROPERTY_UNIQUENESS",
            (Self::Unique, Subject::Relationships(_)) => "RELATIONSHIP_PROPERTY_UNIQUENESS",
            (Self::Key, Subject::Nodes(_)) => "NODE_KEY",
            (Self::Key, Subject::Relationships(_)) => "RELATIONSHIP_KEY",
            (Self::Exists, Subject::Nodes(_)) => "NODE_PROPERTY_EXISTENCE",
            (Self::Exists, Subject::Relationships(_)) => "RELATIONSHIP_PROPERTY_EXISTENCE",
            (Self::Typed(_), Subject::Nodes(_)) => "NODE_PROPERTY_TYPE",
            (Self::Typed(_), Subject::Relationships(_)) => "RELATIONSHIP_PROPERTY_TYPE",
        }
    }
}

/// A constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintDefinition {
    /// The name.
    pub name: Text,
    /// What it demands.
    pub kind: ConstraintKind,
    /// The entities that must satisfy it.
    pub subject: Subject,
    /// The keys.
    pub keys: Vec<Text>,
}

/// `CREATE CONSTRAINT c FOR (n:Person) REQUIRE (n.id) IS UNIQUE`
impl fmt::Display for ConstraintDefinition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, subject) = (quoted(&self.name), &self.subject);
        let keys = properties(subject, &self.keys);
        write!(
            f,
            "CREATE CONSTRAINT {name} FOR {subject} REQUIRE ({keys}) IS "
        )?;
        match &self.kind {
            ConstraintKind::Unique => f.write_str("UNIQUE"),
            ConstraintKind::Key => write!(f, "{} KEY", subject.entity()),
            ConstraintKind::Exists => f.write_str("NOT NULL"),
            ConstraintKind::Typed(of) => write!(f, ":: {of}"),
        }
    }
}

/// A command that changes the indexes or the constraints of a graph. An empty name stands for one that is made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaCommand {
    /// `CREATE INDEX`
    CreateIndex {
        /// The index.
        index: IndexDefinition,
        /// `IF NOT EXISTS`
        if_not_exists: bool,
    },
    /// `CREATE CONSTRAINT`
    CreateConstraint {
        /// The constraint.
        constraint: ConstraintDefinition,
        /// `IF NOT EXISTS`
        if_not_exists: bool,
    },
    /// `DROP INDEX`
    DropIndex {
        /// The name of the index.
        name: Text,
        /// `IF EXISTS`
        if_exists: bool,
    },
    /// `DROP CONSTRAINT`
    DropConstraint {
        /// The name of the constraint.
        name: Text,
        /// `IF EXISTS`
        if_exists: bool,
    },
}

impl SchemaCommand {
    /// The name of the operator that runs it.
    #[must_use]
    pub fn operator(&self) -> &'static str {
        match self {
            Self::CreateIndex { .. } => "CreateIndex",
            Self::CreateConstraint { .. } => "CreateConstraint",
            Self::DropIndex { .. } => "DropIndex",
            Self::DropConstraint { .. } => "DropConstraint",
        }
    }
}

/// `n.a, n.b`
fn properties(subject: &Subject, keys: &[Text]) -> String {
    let property = |key: &Text| format!("{}.{}", subject.variable(), quoted(key));
    keys.iter().map(property).collect::<Vec<_>>().join(", ")
}

fn quoted(name: &str) -> String {
    let mut out = String::new();
    display::name(&mut out, name).expect("writing to a string does not fail");
    out
}
