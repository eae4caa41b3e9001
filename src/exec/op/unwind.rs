//! `Unwind`: each element of a list.

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::eval,
        op::extend::{Asked, Emitted, Extend},
    },
    plan::{Expr, Slot},
    value::{Column, Value},
};

pub(crate) struct Unwind<'p> {
    list: &'p Expr,
    element: Slot,
    lists: Column,
    items: Vec<Value>,
}

impl<'p> Unwind<'p> {
    pub(crate) fn new(list: &'p Expr, element: Slot) -> Self {
        Self {
            list,
            element,
            lists: Column::NULL,
            items: Vec::new(),
        }
    }
}

/// The elements: null has none, and a value that is not a list is one element.
pub(crate) fn elements(list: &Value) -> &[Value] {
    match list {
        Value::Null => &[],
        Value::List(items) => items,
        other => std::slice::from_ref(other),
    }
}

impl Extend for Unwind<'_> {
    type View<'c> = ();

    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        self.lists = eval(self.list, chunk, cx)?;
        Ok(())
    }

    fn view<'c>(&self, _chunk: &'c Chunk, _cx: &'c Context<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn count(&mut self, (): &(), row: usize) -> Result<u64, Failure> {
        Ok(elements(&self.lists.peek(row)).len() as u64)
    }

    fn emit(&mut self, (): &(), asked: Asked) -> Result<Emitted, Failure> {
        let list = self.lists.peek(asked.row);
        let elements = elements(&list);
        let (part, emitted) = asked.part(elements.len());
        self.items.extend_from_slice(&elements[part]);
        Ok(emitted)
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        let items = std::mem::take(&mut self.items);
        out.put(self.element, Column::of(items));
        Ok(())
    }
}
