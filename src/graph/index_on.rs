//! What an index is on.

use std::sync::Arc;

use crate::value::{KeyId, LabelId, TypeId};

/// The entities of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The nodes with a label.
    Label(LabelId),
    /// The relationships of a type.
    Type(TypeId),
}

/// What an index is on; no two indexes of a graph agree in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndexOn {
    /// The entities.
    pub scope: Scope,
    /// The keys, most significant first; at least one.
    pub keys: Arc<[KeyId]>,
    /// Whether it finds parts of strings.
    pub text: bool,
}

impl IndexOn {
    /// The label and the key of an index of values on one property of nodes.
    #[must_use]
    pub fn primary(&self) -> Option<(LabelId, KeyId)> {
        match (self.scope, &*self.keys) {
            (Scope::Label(label), [key]) if !self.text => Some((label, *key)),
            _ => None,
        }
    }
}
