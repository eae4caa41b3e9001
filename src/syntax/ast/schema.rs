//! Statements about indexes and constraints.

use crate::{
    base::Span,
    syntax::ast::{Expr, Name, ValueType},
};

/// `CREATE INDEX …`, `DROP CONSTRAINT …`
#[derive(Clone, Debug)]
pub struct SchemaClause {
    /// What is done.
    pub command: SchemaCommand,
    /// The span.
    pub span: Span,
}

/// What a [`SchemaClause`] does.
#[derive(Clone, Debug)]
pub enum SchemaCommand {
    /// `CREATE RANGE INDEX i IF NOT EXISTS FOR (n:Person) ON (n.name)`
    CreateIndex {
        /// `i`; a name is made up if it is missing.
        name: Option<Name>,
        /// `RANGE`
        kind: IndexKind,
        /// `(n:Person)`
        subject: SchemaSubject,
        /// `name`; empty for a lookup index.
        keys: Vec<Name>,
        /// `OPTIONS {}`
        options: Option<Expr>,
        /// `IF NOT EXISTS`
        if_not_exists: bool,
    },
    /// `CREATE CONSTRAINT c IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE`
    CreateConstraint {
        /// `c`; a name is made up if it is missing.
        name: Option<Name>,
        /// `(n:Person)`
        subject: SchemaSubject,
        /// `id`
        keys: Vec<Name>,
        /// `UNIQUE`
        demand: Demand,
        /// `OPTIONS {}`
        options: Option<Expr>,
        /// `IF NOT EXISTS`
        if_not_exists: bool,
    },
    /// `DROP INDEX i IF EXISTS`
    DropIndex {
        /// `i`
        name: Name,
        /// `IF EXISTS`
        if_exists: bool,
    },
    /// `DROP CONSTRAINT c IF EXISTS`
    DropConstraint {
        /// `c`
        name: Name,
        /// `IF EXISTS`
        if_exists: bool,
    },
}

/// The structure of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexKind {
    /// `RANGE`, or nothing
    Range,
    /// `TEXT`
    Text,
    /// `LOOKUP`
    Lookup,
}

/// `(n:Person)`, `()-[r:KNOWS]-()`; without a name in a lookup index.
#[derive(Clone, Debug)]
pub struct SchemaSubject {
    /// Whether it is a relationship.
    pub is_relationship: bool,
    /// The label or the type.
    pub name: Option<Name>,
    /// The span.
    pub span: Span,
}

/// What a constraint demands.
#[derive(Clone, Debug)]
pub enum Demand {
    /// `IS UNIQUE`
    Unique,
    /// `IS NODE KEY`
    Key,
    /// `IS NOT NULL`
    Present,
    /// `IS :: INTEGER`
    Typed(ValueType),
}
