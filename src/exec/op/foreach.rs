//! `Foreach`: runs updates for each element of a list.

use crate::{
    base::At,
    exec::{
        build::build,
        chunk::{CAPACITY, Chunk},
        column::{Column, expected},
        context::{Context, Failure},
        eval::eval,
        op::{Operator, Source, Step},
    },
    plan::{self, SlotSet},
    value::Value,
};

pub(crate) struct Foreach<'p> {
    input: Source<'p>,
    plan: &'p plan::Foreach,
    live: SlotSet,
    reads: SlotSet,
    inner_live: SlotSet,
    /// How many elements a run of the updates gets. One update works through its rows one by one and can have many;
    /// several updates are all carried out for an element before the next element's turn.
    at_once: usize,
}

impl<'p> Foreach<'p> {
    pub(crate) fn new(input: Source<'p>, plan: &'p plan::Foreach, live: SlotSet) -> Self {
        let single = plan.inner.updates() <= 1;
        Self {
            input,
            plan,
            live,
            reads: plan.inner.argument_slots(),
            inner_live: [plan.row].into_iter().collect(),
            at_once: if single { CAPACITY } else { 1 },
        }
    }

    /// Runs the updates for the elements of every row.
    fn update(&self, chunk: &Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
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
                if rows.len() >= self.at_once {
                    self.run(chunk, &mut rows, &mut items, cx)?;
                }
            }
        }
        self.run(chunk, &mut rows, &mut items, cx)
    }

    fn run(
        &self,
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
        let mut inner = build(&self.plan.inner, &self.inner_live, Some(&outer), cx);
        while inner.next(cx)?.is_some() {}
        Ok(())
    }
}

impl Operator for Foreach<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(chunk) = self.input.next(cx)? else {
            return Ok(None);
        };
        self.update(&chunk, cx)?;
        Ok(Some(chunk.select(&self.live)))
    }
}
