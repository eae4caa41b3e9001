//! Comprehensions, quantifiers and `reduce`: their bodies are evaluated over chunks of list elements.

use std::borrow::Cow;

use crate::{
    base::{At, Span},
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure},
        eval::{Evaluated, eval, truths},
    },
    plan::{Expr, Quantifier, Slot, SlotSet},
    value::{Column, Value, bounds::check_depth, expected},
};

/// What is computed for each element.
pub(super) struct Body<'e> {
    pub(super) variable: Slot,
    pub(super) predicate: Option<&'e Expr>,
}

/// Elements of lists, each with the number of the row of its list.
#[derive(Clone)]
struct Elements {
    rows: Vec<u32>,
    chunk: Chunk,
}

/// `[x IN list WHERE predicate | map]`
pub(super) fn list(
    body: &Body<'_>,
    list: &Expr,
    map: Option<&Expr>,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Evaluated {
    let lists = eval(list, chunk, cx)?;
    let mut results: Vec<Vec<Value>> = vec![Vec::new(); chunk.len()];
    let reads = body.reads(map);
    each_batch(
        &lists,
        list.span,
        body.variable,
        &reads,
        chunk,
        cx,
        |elements| {
            let kept = body.kept(elements, cx)?;
            let values = match map {
                None => kept.chunk.column(body.variable).clone(),
                Some(map) => eval(map, &kept.chunk, cx)?,
            };
            for (at, row) in kept.rows.iter().enumerate() {
                results[*row as usize].push(values.value(at));
            }
            Ok(())
        },
    )?;
    let values = results.into_iter().enumerate().map(|(row, items)| {
        if lists.is_null(row) {
            Value::Null
        } else {
            Value::list(items)
        }
    });
    Ok(Column::values(values.collect()))
}

/// `all`, `any`, `none` and `single`, such as `any(x IN list WHERE predicate)`.
pub(super) fn quantifier(
    quantifier: Quantifier,
    body: &Body<'_>,
    list: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Evaluated {
    let lists = eval(list, chunk, cx)?;
    let mut counts = vec![Counts::default(); chunk.len()];
    let reads = body.reads(None);
    each_batch(
        &lists,
        list.span,
        body.variable,
        &reads,
        chunk,
        cx,
        |elements| {
            let Some(predicate) = body.predicate else {
                return Ok(());
            };
            match truths(predicate, &elements.chunk, cx) {
                Ok(answers) => {
                    for (row, answer) in elements.rows.iter().zip(answers) {
                        counts[*row as usize].add(answer);
                    }
                    Ok(())
                }
                Err(_) => one_by_one(quantifier, predicate, elements, &mut counts, cx),
            }
        },
    )?;
    let answers = counts.iter().enumerate().map(|(row, counts)| {
        if lists.is_null(row) {
            None
        } else {
            counts.answer(quantifier)
        }
    });
    Ok(Column::booleans(answers.collect()))
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

/// The number of elements between two checks of the nesting depth of the results of `reduce`: a body that wraps them
/// nests them once per element.
const BETWEEN_DEPTHS: usize = 16;

/// `reduce(sum = init, x IN list | body)`: element by element, for all rows at once.
pub(super) fn reduce(
    (accumulator, init): (Slot, &Expr),
    (variable, list): (Slot, &Expr),
    body: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Evaluated {
    let lists = eval(list, chunk, cx)?;
    let inits = eval(init, chunk, cx)?;
    let mut results: Vec<_> = (0..chunk.len()).map(|row| inits.value(row)).collect();
    let mut reads = body.slots();
    reads.remove(accumulator);
    reads.remove(variable);
    let lengths = (0..chunk.len()).map(|row| length(&lists.peek(row), list.span));
    let lengths: Vec<usize> = lengths.collect::<Result<_, _>>()?;
    let mut open: Vec<u32> = (0..).take(chunk.len()).collect();
    for at in 0.. {
        open.retain(|row| lengths[*row as usize] > at);
        if open.is_empty() {
            break;
        }
        if at % CAPACITY == 0 {
            cx.check()?;
        }
        let mut rows = chunk.gather(&open, &reads);
        let so_far = open
            .iter()
            .map(|row| std::mem::take(&mut results[*row as usize]));
        rows.put(accumulator, Column::values(so_far.collect()));
        let elements = open
            .iter()
            .map(|row| element(&lists.peek(*row as usize), at));
        rows.put(variable, Column::values(elements.collect()));
        let next = eval(body, &rows, cx)?;
        for (at, row) in open.iter().enumerate() {
            results[*row as usize] = next.value(at);
        }
        if at.is_multiple_of(BETWEEN_DEPTHS) {
            results.iter().try_for_each(check_depth).at(body.span)?;
        }
    }
    for (row, result) in results.iter_mut().enumerate() {
        if lists.is_null(row) {
            *result = Value::Null;
        }
    }
    Ok(Column::values(results))
}

impl Body<'_> {
    /// The slots of the row that the body reads.
    fn reads(&self, map: Option<&Expr>) -> SlotSet {
        let mut reads = SlotSet::default();
        self.predicate
            .into_iter()
            .chain(map)
            .for_each(|expr| expr.add_slots(&mut reads));
        reads.remove(self.variable);
        reads
    }

    /// The elements for which the predicate is true.
    fn kept<'b>(
        &self,
        elements: &'b Elements,
        cx: &Context<'_>,
    ) -> Result<Cow<'b, Elements>, Failure> {
        let Some(predicate) = self.predicate else {
            return Ok(Cow::Borrowed(elements));
        };
        let answers = truths(predicate, &elements.chunk, cx)?;
        let numbered = (0..)
            .zip(answers)
            .filter(|(_, answer)| *answer == Some(true));
        let kept: Vec<u32> = numbered.map(|(at, _)| at).collect();
        Ok(Cow::Owned(Elements {
            rows: kept.iter().map(|at| elements.rows[*at as usize]).collect(),
            chunk: elements.chunk.gather(&kept, &elements.chunk.slots()),
        }))
    }
}

/// Passes on the elements of all lists in batches, with the slots of their rows in `reads`.
fn each_batch(
    lists: &Column,
    span: Span,
    variable: Slot,
    reads: &SlotSet,
    chunk: &Chunk,
    cx: &Context<'_>,
    mut take: impl FnMut(&Elements) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut rows = Vec::new();
    let mut items = Vec::new();
    let mut flush = |rows: &mut Vec<u32>, items: &mut Vec<Value>| {
        cx.check()?;
        let mut elements = chunk.gather(rows, reads);
        elements.put(variable, Column::of(std::mem::take(items)));
        take(&Elements {
            rows: std::mem::take(rows),
            chunk: elements,
        })
    };
    for (row, at) in (0_u32..).zip(0..chunk.len()) {
        let list = lists.peek(at);
        length(&list, span)?;
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

/// The number of elements of a list; 0 for null.
fn length(list: &Value, span: Span) -> Result<usize, Failure> {
    match list {
        Value::List(items) => Ok(items.len()),
        Value::Null => Ok(0),
        other => Err(expected("LIST", other)).at(span),
    }
}

fn element(list: &Value, at: usize) -> Value {
    match list {
        Value::List(items) => items.get(at).cloned().unwrap_or_default(),
        _ => Value::Null,
    }
}
