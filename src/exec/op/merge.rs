//! `Merge`: finds a pattern or creates it, row by row, each row seeing what those before it created.

use crate::{
    base::{At, Code, Fault},
    exec::{
        build::build,
        chunk::Chunk,
        context::{Context, Failure},
        eval::eval_one,
        op::{Operator, Source, Step, create::create, store::set_items},
    },
    plan::{self, Expr, SetItem, SlotSet},
    value::Value,
};

pub(crate) struct Merge<'p> {
    input: Source<'p>,
    plan: &'p plan::Merge,
    live: SlotSet,
    inner_live: SlotSet,
    reads: SlotSet,
}

impl<'p> Merge<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        plan: &'p plan::Merge,
        reads: SlotSet,
        live: SlotSet,
    ) -> Self {
        let inner_live = plan.adds.iter().copied().chain([plan.row]).collect();
        Self {
            input,
            plan,
            live,
            inner_live,
            reads,
        }
    }

    /// What one row becomes.
    fn merge(&self, outer: &Chunk, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        let found = self.find(outer, cx)?;
        if found.is_empty() {
            return self.create(outer, cx);
        }
        for row in 0..found.len() {
            set_items(&self.plan.on_match, &found.row(row), cx)?;
        }
        Ok(found.select(&self.live))
    }

    /// The matches of a row, beside it.
    fn find(&self, outer: &Chunk, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        let mut found = Chunk::default();
        let mut inner = build(&self.plan.inner, &self.inner_live, Some(outer), cx);
        while let Some(chunk) = inner.next(cx)? {
            let mut rows = outer.repeat(0, chunk.len(), &outer.slots());
            for slot in &self.plan.adds {
                rows.put(*slot, chunk.column(*slot).clone());
            }
            rows.set_multiplicities(chunk.multiplicities().map(<[u64]>::to_vec));
            found.append(rows);
        }
        Ok(found)
    }

    fn create(&self, outer: &Chunk, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        let mut row = outer.clone();
        self.refuse_nulls(&row, cx)?;
        create(&self.plan.create, &mut row, cx)?;
        set_items(&self.plan.on_create, &row, cx)?;
        Ok(row.select(&self.live))
    }

    /// A null property equals nothing, so what is created would not be found again.
    fn refuse_nulls(&self, row: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        let create = &self.plan.create;
        let nodes = create
            .nodes
            .iter()
            .filter_map(|node| node.properties.as_ref());
        let edges = create
            .edges
            .iter()
            .filter_map(|edge| edge.properties.as_ref());
        for expr in nodes.chain(edges) {
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
    Some(Fault::new(Code::MergeReadOwnWrites, message).help("leave the property out, or `CREATE`"))
}

/// The slots that the items and properties of a merge read of the outer row.
pub(crate) fn merge_reads(plan: &plan::Merge) -> SlotSet {
    let mut reads = plan.inner.argument_slots();
    let mut add = |expr: &Expr| expr.add_slots(&mut reads);
    let items = plan.on_create.iter().chain(&plan.on_match);
    items.for_each(|item: &SetItem| item.each_expression(&mut add));
    let nodes = plan
        .create
        .nodes
        .iter()
        .filter_map(|node| node.properties.as_ref());
    let edges = plan
        .create
        .edges
        .iter()
        .filter_map(|edge| edge.properties.as_ref());
    nodes.chain(edges).for_each(add);
    reads.extend(
        plan.create
            .edges
            .iter()
            .flat_map(|edge| [edge.from, edge.to]),
    );
    reads
}

impl Operator for Merge<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(chunk) = self.input.next(cx)? else {
            return Ok(None);
        };
        let mut wanted = self.live.clone();
        wanted.unite(&self.reads);
        let mut out = Chunk::default();
        for row in 0..chunk.len() {
            cx.check()?;
            out.append(self.merge(&chunk.repeat(row, 1, &wanted), cx)?);
        }
        Ok(Some(out))
    }
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
