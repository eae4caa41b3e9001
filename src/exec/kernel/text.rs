//! `STARTS WITH`, `ENDS WITH`, `CONTAINS`, `=~`.

use crate::{
    base::Fault,
    exec::kernel::{Distinct, by_value, size},
    function::Meter,
    plan::StringOp,
    value::{
        Dictionary, Text, Value,
        column::{Column, Typed},
        text::{Patterns, contains, ends_with, matches, starts_with},
    },
};

/// Applies an operator on strings; to dictionary codes and a constant, once per distinct string.
pub(crate) fn string(
    op: StringOp,
    operands: (&Column, &Column),
    len: usize,
    patterns: &Patterns,
    meter: &dyn Meter,
) -> Result<Column, Fault> {
    match operands {
        (Column::Strings(codes, texts), Column::Constant(Value::String(part))) => {
            per_text(op, codes, texts, part, patterns).map(Column::booleans)
        }
        (Column::Strings(..), Column::Constant(_)) => Ok(Column::NULL),
        (a, b) => by_value(a, b, len, meter, |a, b| {
            meter.worked(size(a))?;
            test_values(op, a, b, patterns)
        }),
    }
}

fn test_values(op: StringOp, a: &Value, b: &Value, patterns: &Patterns) -> Result<Value, Fault> {
    let answer = match op {
        StringOp::StartsWith => starts_with(a, b),
        StringOp::EndsWith => ends_with(a, b),
        StringOp::Contains => contains(a, b),
        StringOp::Matches => matches(a, b, patterns)?,
    };
    Ok(answer.into())
}

fn per_text(
    op: StringOp,
    codes: &Typed<u32>,
    texts: &Dictionary,
    part: &Text,
    patterns: &Patterns,
) -> Result<Vec<Option<bool>>, Fault> {
    let distinct = Distinct::new(codes, texts.len());
    if distinct.codes.is_empty() {
        return Ok(distinct.answers(&[]));
    }
    let strings = distinct.codes.iter().map(|code| &**texts.text(*code));
    let answers: Vec<bool> = match op {
        StringOp::StartsWith => strings.map(|text| text.starts_with(&**part)).collect(),
        StringOp::EndsWith => strings.map(|text| text.ends_with(&**part)).collect(),
        StringOp::Contains => strings.map(|text| text.contains(&**part)).collect(),
        StringOp::Matches => {
            let pattern = patterns.get(part)?;
            strings.map(|text| pattern.matches(text)).collect()
        }
    };
    Ok(distinct.answers(&answers))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::function::Unmetered;

    const OPS: [StringOp; 4] = [
        StringOp::StartsWith,
        StringOp::EndsWith,
        StringOp::Contains,
        StringOp::Matches,
    ];

    #[test]
    fn codes_answer_as_their_strings() {
        let texts: Arc<Dictionary> =
            Arc::new(["ab", "b", ""].into_iter().map(Text::from).collect());
        let codes: Typed<u32> = [Some(0), None, Some(2), Some(0), Some(1)]
            .into_iter()
            .collect();
        let column = Column::Strings(codes, texts);
        let values = column.clone().detached();
        let parts = ["a", "b", "", "x"].map(|part| Column::Constant(part.into()));
        let patterns = Patterns::default();
        for part in parts.iter().chain([&Column::NULL, &values]) {
            for op in OPS {
                let found = string(op, (&column, part), 5, &patterns, &Unmetered).unwrap();
                let expected = string(op, (&values, part), 5, &patterns, &Unmetered).unwrap();
                assert_eq!(found.truths(5), expected.truths(5), "{op:?} {part:?}");
            }
        }
    }

    #[test]
    fn a_pattern_is_compiled_only_for_strings() {
        let texts = Arc::new(Dictionary::default());
        let column = Column::Strings(Typed::nulls(2), texts);
        let wrong = Column::Constant("(".into());
        let (operands, patterns) = ((&column, &wrong), Patterns::default());
        assert!(string(StringOp::Matches, operands, 2, &patterns, &Unmetered).is_ok());
    }
}
