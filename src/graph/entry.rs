//! The indexes and constraints of a manifest: `[[indexes]]`, `[[constraints]]`.

use serde::{Deserialize, Serialize};

use crate::value::{
    ConstraintDefinition, ConstraintKind, IndexDefinition, IndexKind, SchemaCommand, Subject, Text,
    ValueType,
};

/// An index, as `CREATE INDEX` declares it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// The name.
    pub name: String,
    /// `range`, `text` or `lookup`.
    pub kind: String,
    /// The label of its nodes; `*` for a lookup index.
    pub nodes: Option<String>,
    /// The type of its relationships; `*` for a lookup index.
    pub relationships: Option<String>,
    /// The keys, most significant first.
    #[serde(default)]
    pub keys: Vec<String>,
}

/// A constraint, as `CREATE CONSTRAINT` declares it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraint {
    /// The name.
    pub name: String,
    /// `unique`, `key`, `exists` or `type`.
    pub kind: String,
    /// The label of its nodes.
    pub nodes: Option<String>,
    /// The type of its relationships.
    pub relationships: Option<String>,
    /// The keys.
    pub keys: Vec<String>,
    /// The type of values, of a constraint of the kind `type`.
    #[serde(rename = "type")]
    pub of: Option<String>,
}

impl Index {
    /// The entry of an index.
    pub(crate) fn of(index: &IndexDefinition) -> Self {
        let name = match index.kind {
            IndexKind::Lookup => "*",
            IndexKind::Range | IndexKind::Text => index.subject.name(),
        };
        let (nodes, relationships) = sides(&index.subject, name);
        Self {
            name: index.name.to_string(),
            kind: index.kind.keyword().to_lowercase(),
            nodes,
            relationships,
            keys: index.keys.iter().map(ToString::to_string).collect(),
        }
    }

    /// The command that creates the index.
    ///
    /// # Errors
    /// What is wrong with the entry.
    pub fn command(&self) -> Result<SchemaCommand, String> {
        let mut kinds = IndexKind::ALL.into_iter();
        let kind = kinds.find(|kind| kind.keyword().eq_ignore_ascii_case(&self.kind));
        let kind = kind.ok_or_else(|| {
            format!(
                "expected `range`, `text` or `lookup` as `kind`, found `{}`",
                self.kind
            )
        })?;
        let is_lookup = kind == IndexKind::Lookup;
        let subject = subject(self.nodes.as_ref(), self.relationships.as_ref(), is_lookup)?;
        let wanted = match kind {
            IndexKind::Lookup => self.keys.is_empty(),
            IndexKind::Text => self.keys.len() == 1,
            IndexKind::Range => !self.keys.is_empty(),
        };
        if !wanted {
            return Err(format!(
                "wrong number of `keys` in the index `{}`",
                self.name
            ));
        }
        let index = IndexDefinition {
            name: self.name.as_str().into(),
            kind,
            subject,
            keys: texts(&self.keys),
        };
        Ok(SchemaCommand::CreateIndex {
            index,
            if_not_exists: false,
        })
    }
}

impl Constraint {
    /// The entry of a constraint.
    pub(crate) fn of(constraint: &ConstraintDefinition) -> Self {
        let kind = match &constraint.kind {
            ConstraintKind::Unique => "unique",
            ConstraintKind::Key => "key",
            ConstraintKind::Exists => "exists",
            ConstraintKind::Typed(_) => "type",
        };
        let (nodes, relationships) = sides(&constraint.subject, constraint.subject.name());
        Self {
            name: constraint.name.to_string(),
            kind: kind.to_owned(),
            nodes,
            relationships,
            keys: constraint.keys.iter().map(ToString::to_string).collect(),
            of: match &constraint.kind {
                ConstraintKind::Typed(of) => Some(of.to_string()),
                ConstraintKind::Unique | ConstraintKind::Key | ConstraintKind::Exists => None,
            },
        }
    }

    /// The command that creates the constraint.
    ///
    /// # Errors
    /// What is wrong with the entry.
    pub fn command(&self) -> Result<SchemaCommand, String> {
        let kind = match (self.kind.as_str(), &self.of) {
            ("unique", None) => ConstraintKind::Unique,
            ("key", None) => ConstraintKind::Key,
            ("exists", None) => ConstraintKind::Exists,
            ("type", Some(of)) => match ValueType::parse(of) {
                Some(of) => ConstraintKind::Typed(of),
                None => return Err(format!("expected a type, found `{of}`")),
            },
            ("type", None) => return Err("expected `type` with a type, found none".to_owned()),
            ("unique" | "key" | "exists", Some(_)) => {
                return Err("`type` needs the kind `type`".to_owned());
            }
            (other, _) => {
                return Err(format!(
                    "expected `unique`, `key`, `exists` or `type` as `kind`, found `{other}`"
                ));
            }
        };
        let several = kind.has_index();
        if self.keys.is_empty() || !several && self.keys.len() > 1 {
            return Err(format!(
                "wrong number of `keys` in the constraint `{}`",
                self.name
            ));
        }
        let constraint = ConstraintDefinition {
            name: self.name.as_str().into(),
            kind,
            subject: subject(self.nodes.as_ref(), self.relationships.as_ref(), false)?,
            keys: texts(&self.keys),
        };
        Ok(SchemaCommand::CreateConstraint {
            constraint,
            if_not_exists: false,
        })
    }
}

/// The subject; for a lookup index the name is `*` and becomes empty.
fn subject(
    nodes: Option<&String>,
    relationships: Option<&String>,
    is_lookup: bool,
) -> Result<Subject, String> {
    let name = |name: &String| -> Result<Text, String> {
        match (name.as_str(), is_lookup) {
            ("*", true) => Ok("".into()),
            (other, true) => Err(format!("expected `*` for a lookup index, found `{other}`")),
            (name, false) => Ok(name.into()),
        }
    };
    match (nodes, relationships) {
        (Some(label), None) => Ok(Subject::Nodes(name(label)?)),
        (None, Some(kind)) => Ok(Subject::Relationships(name(kind)?)),
        _ => Err("expected `nodes` or `relationships`, and not both".to_owned()),
    }
}

/// The label of nodes, or the type of relationships.
fn sides(subject: &Subject, name: &str) -> (Option<String>, Option<String>) {
    match subject {
        Subject::Nodes(_) => (Some(name.to_owned()), None),
        Subject::Relationships(_) => (None, Some(name.to_owned())),
    }
}

fn texts(names: &[String]) -> Vec<Text> {
    names.iter().map(|name| name.as_str().into()).collect()
}
