//! `ProcedureCall`: the rows of a procedure.

use crate::{
    base::At,
    exec::{
        chunk::{CAPACITY, Chunk},
        column::Column,
        context::{Context, Failure},
        eval::eval,
        op::fan_out::{Cursor, Spread, narrow, room},
    },
    plan,
    value::Value,
};

/// The cursor's offset is how many rows of the call have been given.
pub(crate) struct ProcedureCall<'p> {
    plan: &'p plan::Procedure,
    arguments: Vec<Column>,
    /// What the call for the row at the cursor gave.
    found: Vec<Vec<Value>>,
    out: Vec<Vec<Value>>,
}

impl<'p> ProcedureCall<'p> {
    pub(crate) fn new(plan: &'p plan::Procedure) -> Self {
        Self {
            plan,
            arguments: Vec::new(),
            found: Vec::new(),
            out: vec![Vec::new(); plan.yields.len()],
        }
    }

    fn call(&mut self, row: usize, cx: &Context<'_>) -> Result<(), Failure> {
        let arguments: Vec<_> = self
            .arguments
            .iter()
            .map(|column| column.value(row))
            .collect();
        let rows = self
            .plan
            .procedure
            .call(&arguments, &cx.functions())
            .at(self.plan.span)?;
        // A procedure that yields nothing keeps the row.
        self.found = if self.plan.procedure.outputs.is_empty() {
            vec![Vec::new()]
        } else {
            rows
        };
        Ok(())
    }
}

impl Spread for ProcedureCall<'_> {
    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        let columns = self.plan.arguments.iter().map(|expr| eval(expr, chunk, cx));
        self.arguments = columns.collect::<Result<_, _>>()?;
        Ok(())
    }

    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        while cursor.row < chunk.len() && rows.len() < CAPACITY {
            if cursor.offset == 0 {
                self.call(cursor.row, cx)?;
            }
            let end = self.found.len().min(cursor.offset + room(rows));
            let part = &self.found[cursor.offset..end];
            rows.resize(rows.len() + part.len(), narrow(cursor.row));
            for ((column, _), out) in self.plan.yields.iter().zip(&mut self.out) {
                out.extend(part.iter().map(|row| row[*column].clone()));
            }
            if end < self.found.len() {
                cursor.offset = end;
            } else {
                cursor.next_row();
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        for ((_, slot), values) in self.plan.yields.iter().zip(&mut self.out) {
            out.put(*slot, Column::values(std::mem::take(values)));
        }
        Ok(())
    }
}
