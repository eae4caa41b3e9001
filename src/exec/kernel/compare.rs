//! `=`, `<>`, `<`, `<=`, `>`, `>=`, with the semantics of [`relation`].

use std::{cmp::Ordering, sync::Arc};

use crate::{
    base::{CompareOp, Fault},
    exec::kernel::{Distinct, each_row, size},
    function::Meter,
    value::{
        Dictionary, EdgeId, NodeId, Value,
        column::{Column, Typed},
        number::compare_mixed,
        relation,
    },
};

type Answers = Vec<Option<bool>>;

/// Compares two columns row by row. `meter` counts the smaller operand of values without data of one type.
pub(crate) fn compare(
    op: CompareOp,
    a: &Column,
    b: &Column,
    len: usize,
    meter: &dyn Meter,
) -> Result<Column, Fault> {
    let typed = match (a, b) {
        (Column::Constant(a), Column::Constant(b)) => {
            return Ok(Column::Constant(relation::compare_by(op, a, b).into()));
        }
        (_, Column::Constant(Value::Null)) | (Column::Constant(Value::Null), _) => {
            return Ok(Column::NULL);
        }
        (a, Column::Constant(b)) => with_constant(op, a, b),
        (Column::Constant(a), b) => with_constant(op.flipped(), b, a),
        (a, b) => pairs(op, a, b),
    };
    let by_value = |row| {
        let (a, b) = (a.peek(row), b.peek(row));
        meter.worked(size(&a).min(size(&b)))?;
        Ok(relation::compare_by(op, &a, &b))
    };
    let answers = match typed {
        Some(answers) => answers,
        None => each_row(len, by_value)?,
    };
    Ok(Column::booleans(answers))
}

/// The answers for two columns of data; `None` if a column is of values.
fn pairs(op: CompareOp, a: &Column, b: &Column) -> Option<Answers> {
    use Column as C;
    Some(match (a, b) {
        (C::Integers(a), C::Integers(b)) | (C::Dates(a), C::Dates(b)) => typed_pairs(op, a, b),
        (C::Floats(a), C::Floats(b)) => typed_pairs(op, a, b),
        (C::Integers(a), C::Floats(b)) => a.pair_answers(b, |a, b| holds(op, compare_mixed(a, b))),
        (C::Floats(a), C::Integers(b)) => {
            b.pair_answers(a, |b, a| holds(op.flipped(), compare_mixed(b, a)))
        }
        (C::Strings(a, texts), C::Strings(b, others)) => {
            if Arc::ptr_eq(texts, others) && is_equality(op) {
                return Some(typed_pairs(op, a, b));
            }
            a.pair_answers(b, |a, b| holds(op, Some(texts.text(a).cmp(others.text(b)))))
        }
        (C::Nodes(a), C::Nodes(b)) if is_equality(op) => id_pairs(op, a, b, NodeId::NONE),
        (C::Edges(a), C::Edges(b)) if is_equality(op) => id_pairs(op, a, b, EdgeId::NONE),
        _ => return None,
    })
}

/// The answers for a column of data and a constant; `None` if the column is of values or of another type.
fn with_constant(op: CompareOp, a: &Column, b: &Value) -> Option<Answers> {
    use Column as C;
    Some(match (a, b) {
        (C::Integers(a), Value::Integer(b)) => typed_constant(op, a, *b),
        (C::Integers(a), Value::Float(b)) => a.answers(|a| holds(op, compare_mixed(a, *b))),
        (C::Floats(a), Value::Float(b)) => typed_constant(op, a, *b),
        (C::Floats(a), Value::Integer(b)) => {
            a.answers(|a| holds(op.flipped(), compare_mixed(*b, a)))
        }
        (C::Dates(a), Value::Date(b)) => typed_constant(op, a, b.days),
        (C::Strings(codes, texts), Value::String(text)) => text_constant(op, codes, texts, text),
        (C::Booleans(a), Value::Boolean(b)) => {
            let answer = |a: &Option<bool>| a.map(|a| holds(op, Some(a.cmp(b))));
            a.iter().map(answer).collect()
        }
        (C::Nodes(a), Value::Node(b)) if is_equality(op) => id_constant(op, a, *b, NodeId::NONE),
        (C::Edges(a), Value::Relationship(b)) if is_equality(op) => {
            id_constant(op, a, *b, EdgeId::NONE)
        }
        _ => return None,
    })
}

/// Data of one type; a loop per operator. A comparison with NaN is false, `<>` is true.
fn typed_pairs<T: Copy + PartialOrd>(op: CompareOp, a: &Typed<T>, b: &Typed<T>) -> Answers {
    match op {
        CompareOp::Equal => a.pair_answers(b, |a, b| a == b),
        CompareOp::NotEqual => a.pair_answers(b, |a, b| a != b),
        CompareOp::Less => a.pair_answers(b, |a, b| a < b),
        CompareOp::LessOrEqual => a.pair_answers(b, |a, b| a <= b),
        CompareOp::Greater => a.pair_answers(b, |a, b| a > b),
        CompareOp::GreaterOrEqual => a.pair_answers(b, |a, b| a >= b),
    }
}

fn typed_constant<T: Copy + PartialOrd>(op: CompareOp, a: &Typed<T>, b: T) -> Answers {
    match op {
        CompareOp::Equal => a.answers(|a| a == b),
        CompareOp::NotEqual => a.answers(|a| a != b),
        CompareOp::Less => a.answers(|a| a < b),
        CompareOp::LessOrEqual => a.answers(|a| a <= b),
        CompareOp::Greater => a.answers(|a| a > b),
        CompareOp::GreaterOrEqual => a.answers(|a| a >= b),
    }
}

/// Equality compares codes; the other operators compare each distinct string once.
fn text_constant(op: CompareOp, codes: &Typed<u32>, texts: &Dictionary, text: &str) -> Answers {
    if is_equality(op) {
        return match texts.code(text) {
            Some(wanted) => typed_constant(op, codes, wanted),
            None => codes.answers(|_| op == CompareOp::NotEqual),
        };
    }
    let distinct = Distinct::new(codes, texts.len());
    let order = |code: &u32| Some((**texts.text(*code)).cmp(text));
    let answers = distinct.codes.iter().map(|code| holds(op, order(code)));
    distinct.answers(&answers.collect::<Vec<_>>())
}

fn is_equality(op: CompareOp) -> bool {
    matches!(op, CompareOp::Equal | CompareOp::NotEqual)
}

/// `=` or `<>` of ids, of which `none` is null. Without branches, so that the loop runs on vectors.
fn id_pairs<T: Copy + PartialEq>(op: CompareOp, a: &[T], b: &[T], none: T) -> Answers {
    let equal = op == CompareOp::Equal;
    let answer = |(a, b): (&T, &T)| ((*a != none) & (*b != none)).then_some((a == b) == equal);
    a.iter().zip(b).map(answer).collect()
}

fn id_constant<T: Copy + PartialEq>(op: CompareOp, a: &[T], b: T, none: T) -> Answers {
    let equal = op == CompareOp::Equal;
    let answer = |a: &T| (*a != none).then_some((*a == b) == equal);
    a.iter().map(answer).collect()
}

/// The answer for two values in that order; `None` if one of them is NaN.
fn holds(op: CompareOp, order: Option<Ordering>) -> bool {
    match op {
        CompareOp::Equal => order == Some(Ordering::Equal),
        CompareOp::NotEqual => order != Some(Ordering::Equal),
        CompareOp::Less => order.is_some_and(Ordering::is_lt),
        CompareOp::LessOrEqual => order.is_some_and(Ordering::is_le),
        CompareOp::Greater => order.is_some_and(Ordering::is_gt),
        CompareOp::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        function::Unmetered,
        value::{Date, Text},
    };

    const OPS: [CompareOp; 6] = [
        CompareOp::Equal,
        CompareOp::NotEqual,
        CompareOp::Less,
        CompareOp::LessOrEqual,
        CompareOp::Greater,
        CompareOp::GreaterOrEqual,
    ];

    /// Columns of every form with three rows each.
    fn columns() -> Vec<Column> {
        let texts: Arc<Dictionary> = Arc::new(["b", "a"].into_iter().map(Text::from).collect());
        let other: Arc<Dictionary> = Arc::new(["a", "c"].into_iter().map(Text::from).collect());
        let codes = |codes: [Option<u32>; 3]| codes.into_iter().collect::<Typed<u32>>();
        vec![
            Column::integers(vec![1, 2, i64::MAX]),
            Column::Integers([Some(2), None, Some(2)].into_iter().collect()),
            Column::floats(vec![f64::NAN, 2.0, i64::MAX as f64]),
            Column::Floats([Some(2.0), Some(-0.0), None].into_iter().collect()),
            Column::booleans(vec![Some(true), None, Some(false)]),
            Column::Dates([Some(2), Some(1), None].into_iter().collect()),
            Column::Strings(codes([Some(0), Some(1), None]), Arc::clone(&texts)),
            Column::Strings(codes([Some(1), Some(1), Some(0)]), texts),
            Column::Strings(codes([Some(0), Some(1), Some(0)]), other),
            Column::nodes(vec![NodeId(1), NodeId::NONE, NodeId(2)]),
            Column::values(vec!["a".into(), Value::Null, 2.into()]),
            Column::Constant(2.into()),
            Column::Constant(2.0.into()),
            Column::Constant(f64::NAN.into()),
            Column::Constant("a".into()),
            Column::Constant("b0".into()),
            Column::Constant(true.into()),
            Column::Constant(Value::Date(Date { days: 1 })),
            Column::Constant(Value::Node(NodeId(2))),
            Column::NULL,
        ]
    }

    #[test]
    fn every_pair_of_columns_compares_as_its_values() {
        for op in OPS {
            for (a, b) in columns()
                .iter()
                .flat_map(|a| columns().into_iter().map(move |b| (a.clone(), b)))
            {
                let found = compare(op, &a, &b, 3, &Unmetered).unwrap();
                for row in 0..3 {
                    let expected = relation::compare_by(op, &a.value(row), &b.value(row));
                    let found = found.truths(3).unwrap()[row];
                    assert_eq!(found, expected, "{op:?} {a:?} {b:?} in row {row}");
                }
            }
        }
    }
}
