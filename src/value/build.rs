//! Builds lists and strings that may be large: memory is asked for, and the size of a list is known when its last element is.

use std::{mem, sync::Arc};

use crate::{
    base::{Fault, Room as _, discard, room},
    value::{
        Nested, Value,
        nested::{Extent, LONG, add},
    },
};

/// A list under construction.
#[derive(Debug, Default)]
pub struct ListBuilder {
    items: Vec<Value>,
    extent: Extent,
}

/// The number of elements that are copied between two calls of `worked`.
const PIECE: usize = 1 << 15;

impl ListBuilder {
    /// A list that will have so many elements.
    ///
    /// # Errors
    /// `MemoryLimit` if the system does not give the memory.
    pub fn of_len(len: usize) -> Result<Self, Fault> {
        Ok(Self {
            items: room::vector(len)?,
            extent: Extent::default(),
        })
    }

    /// The number of elements so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no elements.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Adds an element.
    ///
    /// # Errors
    /// `MemoryLimit` if the system does not give the memory.
    #[inline]
    pub fn push(&mut self, item: Value) -> Result<(), Fault> {
        if self.items.len() == self.items.capacity() {
            self.items.make_room(1)?;
        }
        add(&item, &mut self.extent);
        self.items.push(item);
        Ok(())
    }

    /// Adds elements. `worked` is called with the bytes of each piece of them.
    ///
    /// # Errors
    /// `MemoryLimit` if the system does not give the memory, or a fault of `worked`.
    pub fn extend(
        &mut self,
        items: &[Value],
        mut worked: impl FnMut(usize) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.items.make_room(items.len())?;
        for piece in items.chunks(PIECE) {
            worked(size_of_val(piece))?;
            piece.iter().for_each(|item| add(item, &mut self.extent));
            self.items.extend_from_slice(piece);
        }
        Ok(())
    }

    /// The list.
    #[must_use]
    pub fn finish(mut self) -> Value {
        let items = mem::take(&mut self.items);
        Value::List(Arc::new(Nested::with_extent(items, self.extent)))
    }
}

impl Drop for ListBuilder {
    fn drop(&mut self) {
        if self.items.len() >= LONG {
            discard(mem::take(&mut self.items));
        }
    }
}

/// Strings from this size on are asked for.
const LARGE: usize = 1 << 16;

/// A string with room for so many bytes.
///
/// # Errors
/// `MemoryLimit` if the system does not give the memory.
pub fn string(bytes: usize) -> Result<String, Fault> {
    let mut text = String::new();
    text.make_room(bytes)?;
    Ok(text)
}

/// The value of a string, which is copied behind its counters.
///
/// # Errors
/// `MemoryLimit` if the system does not give the memory.
pub fn text(text: String) -> Result<Value, Fault> {
    if text.len() >= LARGE {
        room::probe(text.len())?;
    }
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Code;

    #[test]
    fn a_list_is_like_one_that_is_made_at_once() {
        let items = || vec![1.into(), vec!["a", "b"].into(), Value::Null];
        let mut list = ListBuilder::default();
        list.push(items()[0].clone()).unwrap();
        list.extend(&items()[1..], |_| Ok(())).unwrap();
        let (Value::List(built), Value::List(made)) = (list.finish(), Value::list(items())) else {
            panic!("two lists")
        };
        assert_eq!(built.bytes(), made.bytes());
        assert_eq!((built.len(), built.depth()), (3, made.depth()));
    }

    #[test]
    fn a_long_list_can_be_ended() {
        let mut calls = 0;
        let end = |_| {
            calls += 1;
            Err(Fault::new(Code::Cancelled, ""))
        };
        let ended = ListBuilder::default().extend(&vec![Value::Null; 10 * PIECE], end);
        assert_eq!((ended.unwrap_err().code, calls), (Code::Cancelled, 1));
    }
}
