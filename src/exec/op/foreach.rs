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
    /// The elements of the next run, each with the number of its row.
    rows: Vec<u32>,
    items: Vec<Value>,
}

impl<'p> Foreach<'p> {
    pub(crate) fn new(inner: Inner<'p>, updates: &Node, plan: &'p plan::Foreach) -> Self {
        let single = updates.updates() <= 1;
        Self {
            inner,
            plan,
            reads: updates.argument_slots(),
            batch: if single { CAPACITY } else { 1 },
            rows: Vec::new(),
            items: Vec::new(),
        }
    }

    /// Runs the updates for the elements of every row.
    pub(crate) fn update(&mut self, chunk: &Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
        let lists = eval(&self.plan.list, chunk, cx)?;
        for (row, at) in (0_u32..).zip(0..chunk.len()) {
            let list = lists.peek(at);
            let elements: &[Value] = match &*list {
                Value::Null => &[],
                Value::List(elements) => elements,
                other => return Err(expected("LIST", other)).at(self.plan.list.span),
            };
            for element in elements {
                self.rows.push(row);
                self.items.push(element.clone());
                if self.rows.len() >= self.batch {
                    self.run(chunk, cx)?;
                }
            }
        }
        self.run(chunk, cx)
    }

    fn run(&mut self, chunk: &Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
        if self.rows.is_empty() {
            return Ok(());
        }
        cx.check()?;
        let mut outer = chunk.gather(&self.rows, &self.reads);
        let items = std::mem::take(&mut self.items);
        outer.put(self.plan.element, Column::values(items));
        self.rows.clear();
        self.inner.begin(outer);
        while self.inner.next(cx)?.is_some() {}
        self.inner.end();
        Ok(())
    }
}
