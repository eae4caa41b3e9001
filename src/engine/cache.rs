//! A cache of parsed and planned statements, so that a repeated statement starts at execution.
//!
//! The key is the text of a statement, or its shape if literals are lifted. A shape that cannot be planned is known as such.

use std::{num::NonZero, sync::Arc};

use lru::LruCache;
use rustc_hash::FxBuildHasher;

use crate::{
    base::{Diagnostic, Span},
    engine::{OptLevel, stack::SHALLOW},
    plan::Plan,
    syntax::ast,
};

/// Statements that are kept at a time.
const CAPACITY: NonZero<usize> = NonZero::new(256).expect("is not zero");

/// Longer statements are not cached: they rarely repeat, and dropping their tree can overflow a small stack.
const LONGEST: usize = SHALLOW;

/// A statement that is ready to run.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The plan.
    pub(super) plan: Plan,
    /// Warnings, with spans in the statement.
    pub(super) warnings: Vec<Diagnostic>,
}

/// The spans of the lifted literals of a text.
pub(super) type Places = Arc<[Span]>;

/// The tree of a shape, with the places of its literals if the shape can be planned.
pub(super) type Shape = (Arc<ast::Statement>, Option<Places>);

/// The statements that were used last, with their trees, and with their plans as long as these hold.
#[derive(Debug)]
pub(super) struct Cache {
    known: LruCache<Arc<str>, Entry, FxBuildHasher>,
}

#[derive(Debug)]
struct Entry {
    tree: Arc<ast::Statement>,
    /// For a shape: the spans of its literals in the text that the tree was made from, or `None` if the shape cannot be
    /// planned.
    places: Option<Places>,
    /// The plan for a level, with the version of the graph it was made for.
    prepared: Option<(u64, OptLevel, Arc<Prepared>)>,
}

impl Default for Cache {
    fn default() -> Self {
        Self {
            known: LruCache::with_hasher(CAPACITY, FxBuildHasher),
        }
    }
}

impl Cache {
    /// The tree of a statement, or `None` if it is not cached.
    pub(super) fn tree(&mut self, text: &str) -> Option<Arc<ast::Statement>> {
        Some(self.known.get(text)?.tree.clone())
    }

    /// The number of cached statements.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Adds the tree of a statement; evicts the least recently used entry if the cache is full.
    pub(super) fn keep_tree(&mut self, text: &str, tree: &Arc<ast::Statement>) {
        if text.len() > LONGEST {
            return;
        }
        let entry = Entry {
            tree: tree.clone(),
            places: None,
            prepared: None,
        };
        self.known.put(text.into(), entry);
    }

    /// A shape, or `None` if it is not cached.
    pub(super) fn shape(&mut self, shape: &str) -> Option<Shape> {
        let entry = self.known.get(shape)?;
        Some((entry.tree.clone(), entry.places.clone()))
    }

    /// Adds the tree of a shape; without places, the shape cannot be planned.
    pub(super) fn keep_shape(
        &mut self,
        shape: &str,
        tree: &Arc<ast::Statement>,
        places: Option<Places>,
    ) {
        let entry = Entry {
            tree: tree.clone(),
            places,
            prepared: None,
        };
        self.known.put(shape.into(), entry);
    }

    /// The plan of a statement, if it was made for this version of the graph.
    pub(super) fn plan(&self, text: &str, version: u64, level: OptLevel) -> Option<Arc<Prepared>> {
        let (made_for, at, prepared) = self.known.peek(text)?.prepared.as_ref()?;
        (*made_for == version && *at == level).then(|| prepared.clone())
    }

    /// Adds the plan of a statement whose tree is cached.
    pub(super) fn keep_plan(
        &mut self,
        text: &str,
        version: u64,
        level: OptLevel,
        prepared: &Arc<Prepared>,
    ) {
        if let Some(entry) = self.known.peek_mut(text) {
            entry.prepared = Some((version, level, prepared.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_that_was_not_used_for_the_longest_time_is_forgotten() {
        let tree = Arc::new(crate::syntax::parse("RETURN 1").unwrap());
        let mut cache = Cache::default();
        for number in 0..CAPACITY.get() {
            cache.keep_tree(&number.to_string(), &tree);
        }
        assert!(cache.tree("0").is_some());
        cache.keep_tree("another", &tree);
        assert!(cache.tree("0").is_some());
        assert!(cache.tree("1").is_none());
    }

    #[test]
    fn long_statements_are_not_kept() {
        let tree = Arc::new(crate::syntax::parse("RETURN 1").unwrap());
        let mut cache = Cache::default();
        let text = " ".repeat(LONGEST + 1);
        cache.keep_tree(&text, &tree);
        assert!(cache.tree(&text).is_none());
    }
}
