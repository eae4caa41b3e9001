//! The names of a graph: labels, relationship types and property keys, each interned once.
//!
//! An id is the position of a name. A name stays when the last entity that uses it is deleted;
//! [`Stats`](crate::graph::Stats) tells whether a name is in use.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::value::{KeyId, LabelId, Text, TypeId};

/// All names of a graph. This is the only part of a graph that analysis reads.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    labels: Names,
    types: Names,
    keys: Names,
}

#[derive(Clone, Debug, Default)]
struct Names(IndexSet<Text, FxBuildHasher>);

impl Names {
    fn intern(&mut self, name: &str) -> u32 {
        self.id(name).unwrap_or_else(|| {
            let id = u32::try_from(self.0.len()).expect("names are far fewer than ids");
            self.0.insert(name.into());
            id
        })
    }

    fn id(&self, name: &str) -> Option<u32> {
        self.0
            .get_index_of(name)
            .and_then(|at| u32::try_from(at).ok())
    }

    fn iter(&self) -> impl ExactSizeIterator<Item = (u32, &Text)> + Clone {
        self.0
            .iter()
            .enumerate()
            .map(|(at, name)| (u32::try_from(at).unwrap_or(u32::MAX), name))
    }
}

macro_rules! names {
    ($field:ident, $id:ident, $what:literal: $find:ident, $name:ident, $all:ident, $intern:ident) => {
        #[doc = concat!("The id of a ", $what, ", if the graph knows it.")]
        #[must_use]
        pub fn $find(&self, name: &str) -> Option<$id> {
            self.$field.id(name).map($id)
        }

        #[doc = concat!("The name of a ", $what, " of this catalog.")]
        ///
        /// # Panics
        /// If the id comes from another catalog.
        #[must_use]
        pub fn $name(&self, id: $id) -> &Text {
            &self.$field.0[id.index()]
        }

        #[doc = concat!("Every ", $what, " with its name, in the order of ids.")]
        pub fn $all(&self) -> impl ExactSizeIterator<Item = ($id, &Text)> + Clone {
            self.$field.iter().map(|(id, name)| ($id(id), name))
        }

        #[doc = concat!("The id of a ", $what, ", which becomes known if it is not.")]
        pub fn $intern(&mut self, name: &str) -> $id {
            $id(self.$field.intern(name))
        }
    };
}

impl Catalog {
    names!(labels, LabelId, "label": label, label_name, labels, intern_label);
    names!(types, TypeId, "relationship type": relationship_type, type_name, types, intern_type);
    names!(keys, KeyId, "property key": key, key_name, keys, intern_key);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_id() {
        let mut catalog = Catalog::default();
        let course = catalog.intern_label("Course");
        let concept = catalog.intern_label("Concept");
        assert_eq!(catalog.intern_label("Course"), course);
        assert_eq!(catalog.label("Concept"), Some(concept));
        assert_eq!(catalog.label("course"), None);
        assert_eq!(&**catalog.label_name(course), "Course");
        let names: Vec<_> = catalog.labels().map(|(_, name)| &**name).collect();
        assert_eq!(names, ["Course", "Concept"]);
    }
}
