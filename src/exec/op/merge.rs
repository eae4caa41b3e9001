//! `Merge`: finds a pattern or creates it, row by row; each row sees what the rows before it created.

use crate::{
    base::{At, Code, Fault},
    exec::{
        chunk::Chunk,
        context::{Context, Failure, placeless},
        eval::eval_one,
        op::{create::create, store::set_items},
        operator::Inner,
    },
    plan::{self, SlotSet},
    value::{Column, Value},
};

pub(crate) struct Merge<'p> {
    pub(crate) inner: Inner<'p>,
    pub(crate) plan: &'p plan::Merge,
    pub(crate) live: &'p SlotSet,
}

impl Merge<'_> {
    /// Replaces the rows of a chunk by their results.
    pub(crate) fn run(&mut self, chunk: &mut Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
        let mut out = Chunk::default();
        for row in 0..chunk.len() {
            cx.check()?;
            let rows = self.merge(chunk.row(row), cx)?;
            out.append(rows).map_err(placeless)?;
        }
        *chunk = out;
        Ok(())
    }

    /// The result of one row.
    fn merge(&mut self, outer: Chunk, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        let mut found = self.find(&outer, cx)?;
        if found.is_empty() {
            return self.create(outer, cx);
        }
        for row in 0..found.len() {
            set_items(&self.plan.on_match, &found.row(row), cx)?;
        }
        self.mark(&mut found, false);
        Ok(found.select(self.live))
    }

    /// Says of each row whether it is created.
    fn mark(&self, rows: &mut Chunk, created: bool) {
        if let Some(slot) = self.plan.created {
            rows.put(slot, Column::booleans(vec![Some(created); rows.len()]));
        }
    }

    /// The row joined with each match.
    fn find(&mut self, outer: &Chunk, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        let adds = self.plan.adds.iter().copied().collect();
        let mut found = Chunk::default();
        self.inner.begin(outer.clone());
        while let Some(chunk) = self.inner.next(cx)? {
            let mut rows = chunk.select(&adds);
            rows.join(outer.repeat(0, chunk.len(), &outer.slots()));
            found.append(rows).map_err(placeless)?;
        }
        self.inner.end();
        Ok(found)
    }

    fn create(&self, mut row: Chunk, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        self.refuse_nulls(&row, cx)?;
        create(&self.plan.create, &mut row, cx)?;
        set_items(&self.plan.on_create, &row, cx)?;
        self.mark(&mut row, true);
        Ok(row.select(self.live))
    }

    /// Rejects null properties: null equals no value, so the created entity would never match.
    fn refuse_nulls(&self, row: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        for expr in self.plan.create.properties() {
            let value = eval_one(expr, row, cx)?;
            null_entry(&value).map_or(Ok(()), Err).at(expr.span)?;
        }
        Ok(())
    }
}

fn null_entry(value: &Value) -> Option<Fault> {
    let Value::Map(entries) = value else {
        return None;
    };
    let (key, _) = entries.iter().find(|(_, value)| value.is_null())?;
    let message =
        format!("`MERGE` cannot use the property `{key}`, which is null: null equals nothing");
    Some(Fault::new(Code::MergeReadOwnWrites, message).help("omit the property, or use `CREATE`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_properties_are_refused() {
        let map = |value: Value| Value::map([("a".into(), value)].into_iter().collect());
        assert!(null_entry(&map(1.into())).is_none());
        assert!(null_entry(&map(Value::Null)).is_some());
        assert!(null_entry(&Value::Null).is_none());
    }
}
