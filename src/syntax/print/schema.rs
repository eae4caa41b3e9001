//! Prints statements about indexes and constraints, and lists of what there is.

use std::fmt::{self, Display, Formatter};

use super::{each, literal::string, name::Defined, optional};
use crate::syntax::ast::{
    Demand, IndexKind, Name, SchemaClause, SchemaCommand, SchemaSubject, ShowClause, ShowKind,
};

impl Display for SchemaClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.command {
            SchemaCommand::CreateIndex {
                name,
                kind,
                subject,
                keys,
                options,
                if_not_exists,
            } => {
                f.write_str(match kind {
                    IndexKind::Range => "CREATE INDEX",
                    IndexKind::Text => "CREATE TEXT INDEX",
                    IndexKind::Lookup => "CREATE LOOKUP INDEX",
                })?;
                named(f, name.as_ref(), *if_not_exists)?;
                write!(f, " FOR {subject} ON ")?;
                match (kind, subject.is_relationship) {
                    (IndexKind::Lookup, true) => f.write_str("EACH type(r)")?,
                    (IndexKind::Lookup, false) => f.write_str("EACH labels(n)")?,
                    _ => properties(f, subject, keys)?,
                }
                optional(f, " OPTIONS ", options.as_ref())
            }
            SchemaCommand::CreateConstraint {
                name,
                subject,
                keys,
                demand,
                options,
                if_not_exists,
            } => {
                f.write_str("CREATE CONSTRAINT")?;
                named(f, name.as_ref(), *if_not_exists)?;
                write!(f, " FOR {subject} REQUIRE ")?;
                properties(f, subject, keys)?;
                match demand {
                    Demand::Unique => f.write_str(" IS UNIQUE")?,
                    Demand::Key if subject.is_relationship => {
                        f.write_str(" IS RELATIONSHIP KEY")?
                    }
                    Demand::Key => f.write_str(" IS NODE KEY")?,
                    Demand::Present => f.write_str(" IS NOT NULL")?,
                    Demand::Typed(of) => write!(f, " IS :: {of}")?,
                }
                optional(f, " OPTIONS ", options.as_ref())
            }
            SchemaCommand::DropIndex { name, if_exists } => {
                drop_named(f, "INDEX", name, *if_exists)
            }
            SchemaCommand::DropConstraint { name, if_exists } => {
                drop_named(f, "CONSTRAINT", name, *if_exists)
            }
        }
    }
}

fn named(f: &mut Formatter<'_>, name: Option<&Name>, if_not_exists: bool) -> fmt::Result {
    optional(f, " ", name.map(|name| Defined(&name.text)))?;
    f.write_str(if if_not_exists { " IF NOT EXISTS" } else { "" })
}

fn drop_named(f: &mut Formatter<'_>, what: &str, name: &Name, if_exists: bool) -> fmt::Result {
    let condition = if if_exists { " IF EXISTS" } else { "" };
    write!(f, "DROP {what} {}{condition}", Defined(&name.text))
}

impl Display for SchemaSubject {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_relationship { "()-[r" } else { "(n" })?;
        optional(f, ":", self.name.as_ref())?;
        f.write_str(if self.is_relationship { "]-()" } else { ")" })
    }
}

/// `(n.a, n.b)`
fn properties(f: &mut Formatter<'_>, subject: &SchemaSubject, keys: &[Name]) -> fmt::Result {
    let variable = if subject.is_relationship { "r" } else { "n" };
    f.write_str("(")?;
    each(f, keys, ", ", |f, key| write!(f, "{variable}.{key}"))?;
    f.write_str(")")
}

impl Display for ShowClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("SHOW ")?;
        if !self.filter.is_empty() {
            write!(f, "{} ", self.filter)?;
        }
        f.write_str(self.kind.keyword())?;
        let quoted = self.kind != ShowKind::Databases;
        for (at, name) in self.names.iter().enumerate() {
            f.write_str(if at > 0 { ", " } else { " " })?;
            if quoted {
                string(f, name)?;
            } else {
                Defined(name).fmt(f)?;
            }
        }
        optional(f, " YIELD ", self.yields.as_ref())?;
        optional(f, " WHERE ", self.predicate.as_ref())
    }
}
