//! Aggregates: one value for many rows. Each row has a multiplicity; nulls are ignored.

mod percentile;
mod spread;
mod sum;

use std::cmp::Ordering;

use crate::{
    base::{Code, Fault},
    function::{Accumulator, Aggregate, Example, Parameter},
    value::{Type, Value, bounds::list_length, heap_size, relation::order},
};

const VALUE: Parameter = Parameter::new("value", Type::ANY);
const NUMBER: Parameter = Parameter::new("number", Type::NUMBER);
const PERCENTILE: Parameter = Parameter::new("percentile", Type::NUMBER);

/// The table of aggregates.
pub(super) static ROWS: &[Aggregate] = &[
    Aggregate {
        name: "count",
        parameters: &[VALUE],
        returns: Type::INTEGER,
        doc: "How many values are not null; `count(*)` counts rows.",
        example: Example::new("UNWIND [1, null, 3] AS x RETURN count(x)", "2"),
        init: || Box::<Count>::default(),
    },
    Aggregate {
        name: "collect",
        parameters: &[VALUE],
        returns: Type::LIST,
        doc: "The list of all values that are not null.",
        example: Example::new("UNWIND [1, null, 3] AS x RETURN collect(x)", "[1, 3]"),
        init: || Box::<Collect>::default(),
    },
    Aggregate {
        name: "min",
        parameters: &[VALUE],
        returns: Type::ANY,
        doc: "The value that comes first in the order of `ORDER BY`.",
        example: Example::new("UNWIND [2, 1.5, null] AS x RETURN min(x)", "1.5"),
        init: || Box::new(Extreme::new(Ordering::Less)),
    },
    Aggregate {
        name: "max",
        parameters: &[VALUE],
        returns: Type::ANY,
        doc: "The value that comes last in the order of `ORDER BY`, nulls aside.",
        example: Example::new("UNWIND [2, 1.5, null] AS x RETURN max(x)", "2"),
        init: || Box::new(Extreme::new(Ordering::Greater)),
    },
    Aggregate {
        name: "sum",
        parameters: &[sum::SUMMED],
        returns: sum::SUMMED.kind,
        doc: "The sum of numbers or of durations; 0 where there are none.",
        example: Example::new("UNWIND [1, 2, 0.5] AS x RETURN sum(x)", "3.5"),
        init: || Box::<sum::Sum>::default(),
    },
    Aggregate {
        name: "avg",
        parameters: &[sum::SUMMED],
        returns: sum::AVERAGE,
        doc: "The mean of numbers, as a float, or of durations; null where there are none.",
        example: Example::new("UNWIND [1, 2, 3] AS x RETURN avg(x)", "2.0"),
        init: || Box::<sum::Average>::default(),
    },
    Aggregate {
        name: "stDev",
        parameters: &[NUMBER],
        returns: Type::FLOAT,
        doc: "The standard deviation of a sample; 0.0 where there are fewer than two numbers.",
        example: Example::new("UNWIND [1, 2, 3] AS x RETURN stDev(x)", "1.0"),
        init: || Box::new(spread::Spread::sample()),
    },
    Aggregate {
        name: "stDevP",
        parameters: &[NUMBER],
        returns: Type::FLOAT,
        doc: "The standard deviation of a whole population; 0.0 where there are no numbers.",
        example: Example::new("UNWIND [1, 3] AS x RETURN stDevP(x)", "1.0"),
        init: || Box::new(spread::Spread::population()),
    },
    Aggregate {
        name: "percentileCont",
        parameters: &[NUMBER, PERCENTILE],
        returns: Type::FLOAT,
        doc: "The number below which that share of the numbers lies, from 0.0 to 1.0, interpolated between neighbours.",
        example: Example::new(
            "UNWIND [1, 2, 4] AS x RETURN percentileCont(x, 0.75)",
            "3.0",
        ),
        init: || Box::new(percentile::Percentile::continuous()),
    },
    Aggregate {
        name: "percentileDisc",
        parameters: &[NUMBER, PERCENTILE],
        returns: Type::NUMBER,
        doc: "The least of the numbers at or below which that share of them lies, from 0.0 to 1.0.",
        example: Example::new("UNWIND [1, 2, 4] AS x RETURN percentileDisc(x, 0.5)", "2"),
        init: || Box::new(percentile::Percentile::discrete()),
    },
];

/// The number of values that are not null.
#[derive(Default)]
struct Count(u64);

impl Accumulator for Count {
    fn step(&mut self, arguments: &[Value], multiplicity: u64) -> Result<(), Fault> {
        if !arguments[0].is_null() {
            self.0 = add_count(self.0, multiplicity)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Value, Fault> {
        Ok(Value::Integer(
            i64::try_from(self.0).map_err(|_| too_many())?,
        ))
    }
}

/// Adds two numbers of rows.
///
/// # Errors
/// A fault if the sum exceeds 64 bits.
pub(super) fn add_count(count: u64, more: u64) -> Result<u64, Fault> {
    count.checked_add(more).ok_or_else(too_many)
}

fn too_many() -> Fault {
    Fault::new(
        Code::NumericOverflow,
        "the number of rows does not fit 64 bits",
    )
}

/// All values in order. A value with a multiplicity is one run until the list is built.
#[derive(Default)]
struct Collect {
    runs: Vec<(Value, u64)>,
    bytes: usize,
}

impl Accumulator for Collect {
    fn step(&mut self, arguments: &[Value], multiplicity: u64) -> Result<(), Fault> {
        let value = &arguments[0];
        if !value.is_null() && multiplicity > 0 {
            self.runs.push((value.clone(), multiplicity));
            let elements = usize::try_from(multiplicity)
                .unwrap_or(usize::MAX)
                .saturating_mul(size_of::<Value>());
            self.bytes = self
                .bytes
                .saturating_add(elements)
                .saturating_add(heap_size(value) + 8);
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Value, Fault> {
        let runs = std::mem::take(&mut self.runs);
        let total = runs
            .iter()
            .try_fold(0, |total, (_, times)| add_count(total, *times))?;
        list_length(usize::try_from(total).ok())?;
        let items = runs
            .into_iter()
            .flat_map(|(value, times)| std::iter::repeat_n(value, times as usize));
        Ok(Value::list(items.collect()))
    }

    fn size(&self) -> usize {
        self.bytes
    }
}

/// The minimum or the maximum.
struct Extreme {
    best: Value,
    wanted: Ordering,
}

impl Extreme {
    fn new(wanted: Ordering) -> Self {
        Self {
            best: Value::Null,
            wanted,
        }
    }
}

impl Accumulator for Extreme {
    fn step(&mut self, arguments: &[Value], _: u64) -> Result<(), Fault> {
        let value = &arguments[0];
        if !value.is_null() && (self.best.is_null() || order(value, &self.best) == self.wanted) {
            self.best = value.clone();
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Value, Fault> {
        Ok(std::mem::take(&mut self.best))
    }

    fn size(&self) -> usize {
        heap_size(&self.best)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::value::display::literal;

    fn aggregate(name: &str, rows: &[(Value, u64)]) -> String {
        let row = ROWS.iter().find(|row| row.name == name).unwrap();
        let mut state = (row.init)();
        for (value, multiplicity) in rows {
            state
                .step(&[value.clone(), 0.5.into()], *multiplicity)
                .unwrap();
        }
        format!("{:?}", state.finish().unwrap())
    }

    #[test]
    fn a_row_that_stands_for_many_is_as_many_rows() {
        let few = [(1.into(), 2), (Value::Null, 5), (4.5.into(), 3)];
        let many: Vec<_> = few
            .iter()
            .flat_map(|(value, times)| vec![(value.clone(), 1); *times as usize])
            .collect();
        for row in ROWS {
            assert_eq!(
                aggregate(row.name, &few),
                aggregate(row.name, &many),
                "{}",
                row.name
            );
        }
    }

    #[test]
    fn nothing_is_counted_summed_and_collected_as_nothing() {
        let none = |name| aggregate(name, &[]);
        let expected = [
            "Integer(0)",
            "List([])",
            "Null",
            "Null",
            "Integer(0)",
            "Null",
            "Float(0.0)",
            "Float(0.0)",
            "Null",
            "Null",
        ];
        let found: Vec<_> = ROWS.iter().map(|row| none(row.name)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn mixed_values_have_a_least_and_a_greatest() {
        let rows: Vec<(Value, u64)> = vec![
            (1.into(), 1),
            ("a".into(), 1),
            (Value::Null, 1),
            (vec![1, 2].into(), 1),
            (0.2.into(), 1),
            ("b".into(), 1),
        ];
        assert_eq!(aggregate("max", &rows), "Integer(1)");
        assert_eq!(aggregate("min", &rows), "List([Integer(1), Integer(2)])");
    }

    #[test]
    fn sums_fault_only_if_the_whole_does_not_fit() {
        let back = [
            (i64::MAX.into(), 2),
            ((-1).into(), 1),
            (i64::MIN.into(), 1),
            ((-2).into(), 1),
        ];
        assert_eq!(
            aggregate("sum", &back),
            format!("Integer({})", i64::MAX - 4)
        );
        let mut state = (ROWS.iter().find(|row| row.name == "sum").unwrap().init)();
        state.step(&[i64::MAX.into()], 2).unwrap();
        assert_eq!(state.finish().unwrap_err().code, Code::NumericOverflow);
    }

    #[test]
    fn means_neither_drift_nor_overflow() {
        assert_eq!(aggregate("avg", &[(0.1.into(), 10)]), "Float(0.1)");
        let rows = vec![(0.1.into(), 1); 10];
        assert_eq!(aggregate("avg", &rows), "Float(0.1)");
        assert_eq!(aggregate("sum", &rows), "Float(1.0)");
        assert_eq!(aggregate("avg", &[(1.7e308.into(), 2)]), "Float(1.7e308)");
        assert_eq!(aggregate("avg", &[(f64::INFINITY.into(), 2)]), "Float(inf)");
        assert_eq!(
            aggregate("avg", &[(i64::MAX.into(), 2)]),
            "Float(9.223372036854776e18)"
        );
    }

    #[test]
    fn percentiles_are_found_within_runs() {
        assert_eq!(
            aggregate(
                "percentileDisc",
                &[(30.into(), 1), (10.into(), 5), (20.into(), 3)]
            ),
            "Integer(10)"
        );
        assert_eq!(
            aggregate("percentileCont", &[(10.0.into(), 1), (20.0.into(), 1)]),
            "Float(15.0)"
        );
    }

    #[test]
    fn durations_are_summed_but_not_with_numbers() {
        let duration = |text: &str| Value::Duration(Arc::new(text.parse().unwrap()));
        let finish = |name: &str, rows: &[(Value, u64)]| {
            let mut state = (ROWS.iter().find(|row| row.name == name).unwrap().init)();
            rows.iter()
                .try_for_each(|(value, times)| state.step(std::slice::from_ref(value), *times))?;
            state.finish().map(|value| literal(&value))
        };
        let rows = [
            (duration("PT1H"), 2),
            (duration("P1D"), 1),
            (Value::Null, 3),
        ];
        assert_eq!(finish("sum", &rows), Ok("P1DT2H".to_owned()));
        assert_eq!(finish("avg", &rows[..1]), Ok("PT1H".to_owned()));
        assert!(finish("sum", &[rows[0].clone(), (1.into(), 1)]).is_err());
        assert!(finish("sum", &[(1.into(), 1), rows[0].clone()]).is_err());
    }
}
