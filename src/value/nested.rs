//! The content of lists and maps, with the size and the depth of what is nested in it.
//!
//! Values share their parts, so that a small value in memory can be huge when it is spelt out:
//! `reduce(l = [1], i IN range(1, 60) | [l, l])` has 60 lists and 2^60 elements. Size and depth are computed when a list
//! or map is made, and a walk over a value visits a shared part once; see [`Shared`].

use std::{
    fmt, mem,
    ops::{ControlFlow, Deref},
    sync::Arc,
};

use rustc_hash::FxHashSet;

use crate::{
    base::discard,
    value::{
        Entries, Value,
        size::{COUNTERS, heap_size},
    },
};

/// Bytes of the hash and the position of an entry of a map.
const ENTRY: u64 = 32;

/// A part is worth remembering from this size on, in bytes.
const SHARED_FROM: u64 = 1_024;

/// Lists and maps of at least so many elements are freed on a thread of their own.
pub(super) const LONG: usize = 1 << 20;

/// The greatest size that is kept: more than any memory, and so little that sizes of many rows can be added.
const MAX_BYTES: u64 = 1 << 48;

/// The content of a list or map. It cannot be changed.
#[derive(Clone)]
pub struct Nested<T: Content> {
    content: T,
    bytes: u64,
    depth: usize,
}

impl<T: Content> Nested<T> {
    /// Heap bytes of the content; a shared part counts wherever it occurs. At most 2^48.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// True if no list or map is nested in it. Equal lists are both flat or both not.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        self.depth == 1
    }

    /// The nesting depth of lists and maps: 1 for a list of scalars.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.depth
    }
}

impl Nested<Vec<Value>> {
    pub(super) fn list(items: Vec<Value>) -> Self {
        let mut extent = Extent::default();
        for item in &items {
            add(item, &mut extent);
        }
        Self::with_extent(items, extent)
    }

    /// A list whose elements have this extent.
    pub(super) fn with_extent(items: Vec<Value>, extent: Extent) -> Self {
        let own = COUNTERS + size_of_val(&*items) as u64;
        Self {
            content: items,
            bytes: (own + extent.bytes).min(MAX_BYTES),
            depth: extent.depth + 1,
        }
    }
}

impl Nested<Entries> {
    pub(super) fn map(entries: Entries) -> Self {
        let mut extent = Extent::default();
        for (key, value) in &entries {
            extent.bytes += ENTRY + COUNTERS + (key.len() + size_of::<Value>()) as u64;
            add(value, &mut extent);
        }
        Self {
            content: entries,
            bytes: (COUNTERS + extent.bytes).min(MAX_BYTES),
            depth: extent.depth + 1,
        }
    }
}

impl<T: Content> Drop for Nested<T> {
    fn drop(&mut self) {
        if self.content.len() >= LONG {
            discard(mem::take(&mut self.content));
        }
    }
}

/// What a list or a map consists of.
pub trait Content: Default + Send + 'static {
    /// The number of elements or entries.
    fn len(&self) -> usize;
}

impl Content for Vec<Value> {
    fn len(&self) -> usize {
        self.len()
    }
}

impl Content for Entries {
    fn len(&self) -> usize {
        self.len()
    }
}

/// The heap bytes of some parts, and the greatest depth of one of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    bytes: u64,
    depth: usize,
}

/// Adds the heap data of a part.
#[inline]
pub(super) fn add(part: &Value, extent: &mut Extent) {
    match part {
        Value::List(items) => {
            extent.bytes = (extent.bytes + items.bytes).min(MAX_BYTES);
            extent.depth = items.depth.max(extent.depth);
        }
        Value::Map(entries) => {
            extent.bytes = (extent.bytes + entries.bytes).min(MAX_BYTES);
            extent.depth = entries.depth.max(extent.depth);
        }
        scalar => extent.bytes += heap_size(scalar),
    }
}

impl<T: Content + fmt::Debug> fmt::Debug for Nested<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.content.fmt(f)
    }
}

impl<T: Content> Deref for Nested<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

/// The nesting depth of a value; 0 for a scalar.
#[must_use]
pub fn depth(value: &Value) -> usize {
    match value {
        Value::List(items) => items.depth(),
        Value::Map(entries) => entries.depth(),
        _ => 0,
    }
}

/// The address of a list or map if it is shared and not small, otherwise `None`. Only such a value can occur so often in
/// another value that results for it should be kept.
#[must_use]
pub fn shared_address(value: &Value) -> Option<usize> {
    match value {
        Value::List(items) => address(items),
        Value::Map(entries) => address(entries),
        _ => None,
    }
}

fn address<T: Content>(part: &Arc<Nested<T>>) -> Option<usize> {
    let shared = part.bytes >= SHARED_FROM && Arc::strong_count(part) > 1;
    shared.then(|| Arc::as_ptr(part).addr())
}

/// The shared parts that a walk has visited: single parts, or pairs for a walk over two values.
#[derive(Debug, Default)]
pub(super) struct Shared(FxHashSet<(usize, usize)>);

impl Shared {
    /// True if the walk has visited the part before.
    pub(super) fn has_seen<T: Content>(&mut self, part: &Arc<Nested<T>>) -> bool {
        address(part).is_some_and(|address| !self.0.insert((address, address)))
    }

    /// True if the walk has visited the pair before.
    pub(super) fn has_seen_pair<T: Content>(
        &mut self,
        a: &Arc<Nested<T>>,
        b: &Arc<Nested<T>>,
    ) -> bool {
        match (address(a), address(b)) {
            (Some(a), Some(b)) => !self.0.insert((a, b)),
            _ => false,
        }
    }
}

/// Calls `visit` with each value in `value` that is neither a list nor a map, in order, until it breaks. A shared part is
/// visited at least once.
///
/// # Errors
/// The break of `visit`.
pub fn each_leaf<'v, B>(
    value: &'v Value,
    visit: &mut impl FnMut(&'v Value) -> ControlFlow<B>,
) -> ControlFlow<B> {
    each_leaf_in(value, &mut Shared::default(), visit)
}

fn each_leaf_in<'v, B>(
    value: &'v Value,
    seen: &mut Shared,
    visit: &mut impl FnMut(&'v Value) -> ControlFlow<B>,
) -> ControlFlow<B> {
    match value {
        Value::List(items) if seen.has_seen(items) => ControlFlow::Continue(()),
        Value::List(items) => items
            .iter()
            .try_for_each(|item| each_leaf_in(item, seen, visit)),
        Value::Map(entries) if seen.has_seen(entries) => ControlFlow::Continue(()),
        Value::Map(entries) => entries
            .values()
            .try_for_each(|item| each_leaf_in(item, seen, visit)),
        leaf => visit(leaf),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A value of 60 lists that has 2^60 elements.
    pub(in crate::value) fn doubled(leaf: Value) -> Value {
        let leaf = Value::list(vec![leaf; 100]);
        (0..60).fold(leaf, |value, _| Value::list(vec![value.clone(), value]))
    }

    #[test]
    fn sizes_saturate_and_depths_add() {
        let Value::List(items) = doubled(1.into()) else {
            panic!("a list")
        };
        assert_eq!((items.bytes(), items.depth()), (MAX_BYTES, 61));
        assert_eq!(depth(&1.into()), 0);
        assert_eq!(depth(&Value::map(Entries::default())), 1);
    }

    #[test]
    fn a_shared_part_is_visited_once() {
        let mut leaves = 0;
        let value = doubled(Value::Null);
        let _ = each_leaf(&value, &mut |_| {
            leaves += 1;
            ControlFlow::<()>::Continue(())
        });
        assert_eq!(leaves, 100);
    }
}
