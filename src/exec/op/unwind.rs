//! `Unwind`: each element of a list. The numbers of a range are computed chunk by chunk.

use crate::{
    base::At,
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::{eval, eval_all},
        op::extend::{Asked, Emitted, Extend},
    },
    function::Progressive,
    plan::{Expr, ExprKind, Slot},
    value::{Column, Progression, Value},
};

pub(crate) struct Unwind<'p> {
    list: &'p Expr,
    element: Slot,
    /// The lists of the rows of a chunk.
    lists: Lists,
    items: Vec<Value>,
    numbers: Vec<i64>,
}

enum Lists {
    Values(Column),
    Progressions(Vec<Progression>),
}

impl<'p> Unwind<'p> {
    pub(crate) fn new(list: &'p Expr, element: Slot) -> Self {
        Self {
            list,
            element,
            lists: Lists::Values(Column::NULL),
            items: Vec::new(),
            numbers: Vec::new(),
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

impl Lists {
    fn of(list: &Expr, chunk: &Chunk, cx: &Context<'_>) -> Result<Self, Failure> {
        if let ExprKind::Call(function, arguments) = &list.kind
            && let Some(progression) = function.progression
        {
            let columns = eval_all(arguments, chunk, cx)?;
            let progressions = progressions(progression, &columns, list, chunk.len());
            return progressions.map(Self::Progressions);
        }
        eval(list, chunk, cx).map(Self::Values)
    }
}

/// The progression of each row; an empty one if an argument is null.
fn progressions(
    progression: Progressive,
    columns: &[Column],
    list: &Expr,
    len: usize,
) -> Result<Vec<Progression>, Failure> {
    let of_row = |row| {
        let arguments: Vec<_> = columns.iter().map(|column| column.value(row)).collect();
        if arguments.iter().any(Value::is_null) {
            return Ok(Progression::default());
        }
        progression(&arguments).at(list.span)
    };
    (0..len).map(of_row).collect()
}

impl Extend for Unwind<'_> {
    type View<'c> = ();

    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        self.lists = Lists::of(self.list, chunk, cx)?;
        Ok(())
    }

    fn view<'c>(&self, _chunk: &'c Chunk, _cx: &'c Context<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn count(&mut self, (): &(), row: usize) -> Result<u64, Failure> {
        Ok(match &self.lists {
            Lists::Values(lists) => elements(&lists.peek(row)).len(),
            Lists::Progressions(lists) => lists[row].len(),
        } as u64)
    }

    fn emit(&mut self, (): &(), asked: Asked) -> Result<Emitted, Failure> {
        match &self.lists {
            Lists::Values(lists) => {
                let list = lists.peek(asked.row);
                let elements = elements(&list);
                let (part, emitted) = asked.part(elements.len());
                self.items.extend_from_slice(&elements[part]);
                Ok(emitted)
            }
            Lists::Progressions(lists) => {
                let list = lists[asked.row];
                let (part, emitted) = asked.part(list.len());
                self.numbers.extend(list.part(part));
                Ok(emitted)
            }
        }
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        let column = match &self.lists {
            Lists::Values(_) => Column::of(std::mem::take(&mut self.items)),
            Lists::Progressions(_) => Column::integers(std::mem::take(&mut self.numbers)),
        };
        out.put(self.element, column);
        Ok(())
    }
}
