//! `Foreach`: runs updates for each element of a list.

use crate::{
    base::At,
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure},
        eval::eval,
        operator::Inner,
    },
    plan::{self, Node, SlotSet},
    value::{Column, Value, expected},
};

pub(crate) struct Foreach<'p> {
    inner: Inner<'p>,
    plan: &'p plan::Foreach,
    /// The slots of the rows that the inner plan reads.
    reads: SlotSet,
    /// The number of elements per run of the updates. A single update processes its rows one by one and can get many;
    /// several updates are all applied to one element before the next.
    batch: usize,
}

impl<'p> Foreach<'p> {
    pub(crate) fn new(inner: Inner<'p>, updates: &Node, plan: &'p plan::Foreach) -> Self {
        let single = updates.updates() <= 1;
        Self {
            inner,
            plan,
            reads: updates.argument_slots(),
            batch: if single { CAPACITY } else { 1 },
        }
    }

    /// Runs the updates for the elements of every row.
    pub(crate) fn update(&mut self, chunk: &Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
        let lists = eval(&self.plan.list, chunk, cx)?;
        let mut rows = Vec::new();
        let mut items = Vec::new();
        for (row, at) in (0_u32..).zip(0..chunk.len()) {
            let list = lists.peek(at);
            let elements: &[Value] = match &*list {
                Value::Null => &[],
                Value::List(elements) => elements,
                other => return Err(expected("LIST", other)).at(self.plan.list.span),
            };
            for element in elements {
                rows.push(row);
                items.push(element.clone());
                if rows.len() >= self.batch {
                    self.run(chunk, &mut rows, &mut items, cx)?;
                }
            }
        }
        self.run(chunk, &mut rows, &mut items, cx)
    }

    fn run(
        &mut self,
        chunk: &Chunk,
        rows: &mut Vec<u32>,
        items: &mut Vec<Value>,
        cx: &mut Context<'_>,
    ) -> Result<(), Failure> {
        if rows.is_empty() {
            return Ok(());
        }
        cx.check()?;
        let mut outer = chunk.gather(rows, &self.reads);
        outer.put(self.plan.element, Column::values(std::mem::take(items)));
        rows.clear();
        self.inner.begin(outer);
        while self.inner.next(cx)?.is_some() {}
        self.inner.end();
        Ok(())
    }
}
