//! A value of an answer, with access to the entities of the answer.

use std::fmt;

use crate::{
    answer::{Entities, Node, Relationship, text},
    value::{Path, Value},
};

/// A value of an answer. The labels and properties of a node or a relationship are available.
///
/// `Display` writes the syntax of the language; `Serialize` gives the `json` [`Format`](crate::answer::Format).
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    value: &'a Value,
    entities: &'a Entities,
}

impl<'a> Cell<'a> {
    /// A value with the entities of its answer.
    #[must_use]
    pub fn new(value: &'a Value, entities: &'a Entities) -> Self {
        Self { value, entities }
    }

    /// The plain value, in which nodes and relationships are ids.
    #[must_use]
    pub fn value(self) -> &'a Value {
        self.value
    }

    /// The node; `None` for any other value.
    #[must_use]
    pub fn node(self) -> Option<&'a Node> {
        match self.value {
            Value::Node(id) => Some(self.entities.node(*id)),
            _ => None,
        }
    }

    /// The relationship; `None` for any other value.
    #[must_use]
    pub fn relationship(self) -> Option<&'a Relationship> {
        match self.value {
            Value::Relationship(id) => Some(self.entities.relationship(*id)),
            _ => None,
        }
    }

    /// The path; `None` for any other value.
    #[must_use]
    pub fn path(self) -> Option<&'a Path> {
        match self.value {
            Value::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The elements of a list; `None` for any other value.
    #[must_use]
    pub fn list(self) -> Option<impl ExactSizeIterator<Item = Cell<'a>> + use<'a>> {
        match self.value {
            Value::List(items) => Some(items.iter().map(move |item| self.with(item))),
            _ => None,
        }
    }

    /// Another value of the same answer.
    pub(crate) fn with(self, value: &'a Value) -> Self {
        Self { value, ..self }
    }

    /// The entities of the answer.
    pub(crate) fn entities(self) -> &'a Entities {
        self.entities
    }
}

impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write(f, *self)
    }
}
