//! `Unwind`: each element of a list.

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk},
        column::Column,
        context::{Context, Failure},
        eval::eval,
        op::fan_out::{Cursor, Spread, narrow, room},
    },
    plan::{Expr, Slot},
    value::Value,
};

/// The cursor's offset is how many elements of the row's list have been given.
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

/// The elements: null has none, and what is no list is one.
pub(crate) fn elements(list: &Value) -> &[Value] {
    match list {
        Value::Null => &[],
        Value::List(items) => items,
        other => std::slice::from_ref(other),
    }
}

impl Spread for Unwind<'_> {
    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        self.lists = eval(self.list, chunk, cx)?;
        Ok(())
    }

    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        _cx: &Context<'_>,
    ) -> Result<(), Failure> {
        while cursor.row < chunk.len() && rows.len() < CAPACITY {
            let list = self.lists.peek(cursor.row);
            let rest = &elements(&list)[cursor.offset..];
            let part = &rest[..rest.len().min(room(rows))];
            self.items.extend_from_slice(part);
            rows.resize(self.items.len(), narrow(cursor.row));
            if part.len() < rest.len() {
                cursor.offset += part.len();
            } else {
                cursor.next_row();
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        out.put(
            self.element,
            Column::values(std::mem::take(&mut self.items)),
        );
        Ok(())
    }
}
