//! Comprehensions, quantifiers and `reduce`: their bodies are evaluated over chunks of list elements.

use crate::{
    base::{At, Span},
    exec::{
        chunk::{CAPACITY, Chunk, rows_where},
        context::{Context, Failure},
        eval::{Evaluated, Rows, eval, scatter, truths},
    },
    plan::{Expr, Quantifier, Slot, SlotSet},
    value::{Column, Value, bounds::check_depth, build::ListBuilder, depth, expected, heap_size},
};

/// `[x IN list WHERE predicate | map]`
pub(super) fn list(
    variable: Slot,
    list: &Expr,
    [predicate, map]: [Option<&Expr>; 2],
    rows: Rows<'_>,
) -> Evaluated {
    let lists = Lists::new(variable, list, &[predicate, map], rows)?;
    let mut results: Vec<ListBuilder> = Vec::new();
    results.resize_with(rows.len(), ListBuilder::default);
    let mut held = 0;
    lists.each_batch(|elements| {
        let kept = match predicate {
            None => elements,
            Some(predicate) => elements.kept(predicate, rows.cx)?,
        };
        let values = match map {
            None => kept.chunk.column(variable).clone(),
            Some(map) => eval(map, &kept.chunk, rows.cx)?,
        };
        held += values.bytes(kept.rows.len()) + whole(kept.rows.len());
        rows.cx.holds(held)?;
        for (at, row) in kept.rows.iter().enumerate() {
            results[*row as usize]
                .push(values.value(at))
                .at(list.span)?;
        }
        Ok(())
    })?;
    let values = results.into_iter().map(ListBuilder::finish).collect();
    Ok(Column::values(lists.nulls_kept(values)))
}

/// `all`, `any`, `none` and `single`, such as `any(x IN list WHERE predicate)`.
pub(super) fn quantifier(
    quantifier: Quantifier,
    variable: Slot,
    list: &Expr,
    predicate: &Expr,
    rows: Rows<'_>,
) -> Evaluated {
    let lists = Lists::new(variable, list, &[Some(predicate)], rows)?;
    let mut counts = vec![Counts::default(); rows.len()];
    lists.each_batch(|elements| {
        let Ok(answers) = truths(predicate, &elements.chunk, rows.cx) else {
            return one_by_one(quantifier, predicate, &elements, &mut counts, rows.cx);
        };
        for (row, answer) in elements.rows.iter().zip(answers) {
            counts[*row as usize].add(answer);
        }
        Ok(())
    })?;
    let answers = counts.iter().map(|counts| counts.answer(quantifier));
    Ok(Column::booleans(lists.nulls_kept(answers.collect())))
}

/// Tests elements in order, after testing all of them at once has failed: once a list has its answer, its other elements
/// are not tested, as with the operands of `AND` and `OR`.
fn one_by_one(
    quantifier: Quantifier,
    predicate: &Expr,
    elements: &Elements,
    counts: &mut [Counts],
    cx: &Context<'_>,
) -> Result<(), Failure> {
    let live = elements.chunk.slots();
    for (row, at) in elements.rows.iter().zip(0_u32..) {
        let counts = &mut counts[*row as usize];
        if !counts.decide(quantifier) {
            let answers = truths(predicate, &elements.chunk.gather(&[at], &live), cx)?;
            answers.into_iter().for_each(|answer| counts.add(answer));
        }
    }
    Ok(())
}

/// The numbers of elements by answer.
#[derive(Clone, Default)]
struct Counts {
    yes: u64,
    no: u64,
    unknown: u64,
}

impl Counts {
    fn add(&mut self, answer: Option<bool>) {
        match answer {
            Some(true) => self.yes += 1,
            Some(false) => self.no += 1,
            None => self.unknown += 1,
        }
    }

    /// True if no further element can change the answer.
    fn decide(&self, quantifier: Quantifier) -> bool {
        match quantifier {
            Quantifier::All => self.no > 0,
            Quantifier::Any | Quantifier::None => self.yes > 0,
            Quantifier::Single => self.yes > 1,
        }
    }

    fn answer(&self, quantifier: Quantifier) -> Option<bool> {
        let unless_unknown = |answer| (self.unknown == 0).then_some(answer);
        match quantifier {
            Quantifier::All if self.no > 0 => Some(false),
            Quantifier::All => unless_unknown(true),
            Quantifier::Any if self.yes > 0 => Some(true),
            Quantifier::Any => unless_unknown(false),
            Quantifier::None if self.yes > 0 => Some(false),
            Quantifier::None => unless_unknown(true),
            Quantifier::Single if self.yes > 1 => Some(false),
            Quantifier::Single => unless_unknown(self.yes == 1),
        }
    }
}

/// `reduce(sum = init, x IN list | body)`: element by element, for all rows at once. With a test, `allReduce`: whether the
/// test holds for each value of the sum; a row ends when it is false.
pub(super) fn reduce(
    (accumulator, init): (Slot, &Expr),
    (variable, list): (Slot, &Expr),
    (body, test): (&Expr, Option<&Expr>),
    rows: Rows<'_>,
) -> Evaluated {
    let mut lists = Lists::new(variable, list, &[Some(body), test], rows)?;
    let mut counts = vec![Counts::default(); if test.is_some() { rows.len() } else { 0 }];
    lists.reads.remove(accumulator);
    let inits = rows.eval(init)?;
    let mut results: Vec<_> = (0..rows.len()).map(|row| inits.value(row)).collect();
    let lengths = (0..rows.len()).map(|row| length(&lists.column.peek(row), list.span));
    let lengths: Vec<usize> = lengths.collect::<Result<_, _>>()?;
    let mut open: Vec<u32> = (0..).take(rows.len()).collect();
    for at in 0.. {
        open.retain(|row| lengths[*row as usize] > at);
        if open.is_empty() {
            break;
        }
        if at % CAPACITY == 0 {
            rows.cx.check()?;
        }
        let items = open.iter().map(|row| lists.element(*row, at)).collect();
        let mut chunk = lists.elements(&open, Column::values(items));
        let so_far = (open.iter()).map(|row| std::mem::take(&mut results[*row as usize]));
        chunk.put(accumulator, Column::values(so_far.collect()));
        let sums = eval(body, &chunk, rows.cx)?;
        scatter(&sums, &open, &mut results);
        if at.is_multiple_of(BETWEEN_SUMS) {
            // Nested values may share their parts.
            let flat = results.iter().filter(|value| depth(value) <= 1);
            rows.cx.holds(flat.map(heap_size).sum())?;
        }
        let mut changed = open.iter().map(|row| &results[*row as usize]);
        changed.try_for_each(check_depth).at(body.span)?;
        if let Some(test) = test {
            chunk.put(accumulator, sums);
            let answers = truths(test, &chunk, rows.cx)?;
            for (row, answer) in open.iter().zip(answers) {
                counts[*row as usize].add(answer);
            }
            open.retain(|row| !counts[*row as usize].decide(Quantifier::All));
        }
    }
    if test.is_some() {
        let answers = counts.iter().map(|counts| counts.answer(Quantifier::All));
        return Ok(Column::booleans(lists.nulls_kept(answers.collect())));
    }
    Ok(Column::values(lists.nulls_kept(results)))
}

/// The sizes of the results of `reduce` are added up at one of so many elements.
const BETWEEN_SUMS: usize = 8;

/// The bytes of so many values without their heap data.
fn whole(len: usize) -> u64 {
    (len * size_of::<Value>()) as u64
}

/// The lists of some rows.
struct Lists<'a> {
    rows: Rows<'a>,
    column: Column,
    span: Span,
    /// The slot of an element.
    variable: Slot,
    /// The slots of the rows that are read for each element.
    reads: SlotSet,
}

/// Elements of lists, each with the number of the row of its list.
struct Elements {
    rows: Vec<u32>,
    chunk: Chunk,
}

impl<'a> Lists<'a> {
    /// `bodies` are evaluated for each element.
    fn new(
        variable: Slot,
        list: &Expr,
        bodies: &[Option<&Expr>],
        rows: Rows<'a>,
    ) -> Result<Self, Failure> {
        let mut reads = SlotSet::default();
        let bodies = bodies.iter().flatten();
        bodies.for_each(|body| body.add_slots(&mut reads));
        reads.remove(variable);
        Ok(Self {
            rows,
            column: rows.eval(list)?,
            span: list.span,
            variable,
            reads,
        })
    }

    /// The given rows, with an element each.
    fn elements(&self, rows: &[u32], items: Column) -> Chunk {
        let mut chunk = self.rows.chunk.gather(rows, &self.reads);
        chunk.put(self.variable, items);
        chunk
    }

    fn element(&self, row: u32, at: usize) -> Value {
        match &*self.column.peek(row as usize) {
            Value::List(items) => items.get(at).cloned().unwrap_or_default(),
            _ => Value::Null,
        }
    }

    /// Passes on the elements of all lists in batches.
    fn each_batch(
        &self,
        mut take: impl FnMut(Elements) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let (mut rows, mut items) = (Vec::new(), Vec::new());
        let mut flush = |rows: &mut Vec<u32>, items: &mut Vec<Value>| {
            self.rows.cx.check()?;
            let chunk = self.elements(rows, Column::of(std::mem::take(items)));
            let rows = std::mem::take(rows);
            take(Elements { rows, chunk })
        };
        for (row, at) in (0_u32..).zip(0..self.rows.len()) {
            let list = self.column.peek(at);
            length(&list, self.span)?;
            let Value::List(list) = &*list else { continue };
            for part in list.chunks(CAPACITY) {
                rows.extend(std::iter::repeat_n(row, part.len()));
                items.extend_from_slice(part);
                if rows.len() >= CAPACITY {
                    flush(&mut rows, &mut items)?;
                }
            }
        }
        if rows.is_empty() {
            Ok(())
        } else {
            flush(&mut rows, &mut items)
        }
    }

    /// The result of each row; null if its list is null.
    fn nulls_kept<T: Default>(&self, mut results: Vec<T>) -> Vec<T> {
        for (row, result) in results.iter_mut().enumerate() {
            if self.column.is_null(row) {
                *result = T::default();
            }
        }
        results
    }
}

impl Elements {
    /// The elements for which a predicate is true.
    fn kept(&self, predicate: &Expr, cx: &Context<'_>) -> Result<Self, Failure> {
        let answers = truths(predicate, &self.chunk, cx)?;
        let kept = rows_where(answers, |answer| *answer == Some(true));
        Ok(Self {
            rows: kept.iter().map(|at| self.rows[*at as usize]).collect(),
            chunk: self.chunk.gather(&kept, &self.chunk.slots()),
        })
    }
}

/// The number of elements of a list; 0 for null.
fn length(list: &Value, span: Span) -> Result<usize, Failure> {
    match list {
        Value::List(items) => Ok(items.len()),
        Value::Null => Ok(0),
        other => Err(expected("LIST", other)).at(span),
    }
}
