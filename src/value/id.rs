//! Identifiers: small numbers for nodes, relationships and names.

use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The absent id in a column of ids; no graph assigns it.
            pub const NONE: Self = Self(u32::MAX);

            /// The id as an index.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// True if the id is [`Self::NONE`].
            #[must_use]
            pub fn is_none(self) -> bool {
                self == Self::NONE
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                if self.is_none() { f.write_str(concat!($prefix, "-")) } else { write!(f, concat!($prefix, "{}"), self.0) }
            }
        }
    )*};
}

ids! {
    /// A node of a graph.
    NodeId "n";
    /// A relationship of a graph.
    EdgeId "r";
    /// A label: its index in the label names of the catalog.
    LabelId "label";
    /// A relationship type: its index in the type names of the catalog.
    TypeId "type";
    /// A property key: its index in the key names of the catalog.
    KeyId "key";
}
