//! `ProcedureCall`: the rows that a procedure returns.

use crate::{
    base::At,
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::eval_all,
        op::extend::{Asked, Emitted, Extend},
    },
    function::Returned,
    plan,
    value::{Column, Value},
};

pub(crate) struct ProcedureCall<'p> {
    plan: &'p plan::ProcedureCall,
    arguments: Vec<Column>,
    /// The rows that the call for the row at the cursor returned.
    found: Returned,
    out: Vec<Vec<Value>>,
}

impl<'p> ProcedureCall<'p> {
    pub(crate) fn new(plan: &'p plan::ProcedureCall) -> Self {
        Self {
            plan,
            arguments: Vec::new(),
            found: Returned::default(),
            out: vec![Vec::new(); plan.yields.len()],
        }
    }

    fn call(&mut self, row: usize, cx: &Context<'_>) -> Result<(), Failure> {
        let arguments = self.arguments.iter().map(|column| column.value(row));
        let arguments: Vec<_> = arguments.collect();
        let procedure = &self.plan.procedure;
        let rows = procedure.call(&arguments, &cx.functions());
        let rows = rows.at(self.plan.span)?;
        // A procedure without outputs keeps the row.
        self.found = if procedure.outputs.is_empty() {
            Returned::Rows(vec![Vec::new()])
        } else {
            rows
        };
        Ok(())
    }
}

impl Extend for ProcedureCall<'_> {
    type View<'c> = &'c Context<'c>;

    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        self.arguments = eval_all(&self.plan.arguments, chunk, cx)?;
        Ok(())
    }

    fn view<'c>(&self, _chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<&'c Context<'c>, Failure> {
        Ok(cx)
    }

    fn count(&mut self, cx: &&Context<'_>, row: usize) -> Result<u64, Failure> {
        self.call(row, cx)?;
        Ok(self.found.len() as u64)
    }

    fn emit(&mut self, cx: &&Context<'_>, asked: Asked) -> Result<Emitted, Failure> {
        if asked.is_first() {
            self.call(asked.row, cx)?;
        }
        let (part, emitted) = asked.part(self.found.len());
        for ((column, _), out) in self.plan.yields.iter().zip(&mut self.out) {
            out.extend(part.clone().map(|row| self.found.value(row, *column)));
        }
        Ok(emitted)
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        for ((_, slot), values) in self.plan.yields.iter().zip(&mut self.out) {
            out.put(*slot, Column::of(std::mem::take(values)));
        }
        Ok(())
    }
}
