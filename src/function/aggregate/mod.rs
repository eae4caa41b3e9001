//! Aggregates: one value for many rows. Each row has a multiplicity; nulls are ignored.

mod collect;
mod count;
mod extreme;
mod per_group;
mod percentile;
mod spread;
mod sum;

use std::cmp::Ordering;

pub use self::count::count_rows;
use self::{
    extreme::Extreme,
    per_group::{Accumulator, PerGroup},
    percentile::Percentile,
    spread::Spread,
};
use crate::{
    base::{Code, Fault},
    function::{Aggregate, Example, Parameter},
    value::Type,
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
        doc: "The number of values that are not null; `count(*)` counts rows.",
        example: Example::new("UNWIND [1, null, 3] AS x RETURN count(x)", "2"),
        state: || Box::<count::Count>::default(),
    },
    Aggregate {
        name: "collect",
        parameters: &[VALUE],
        returns: Type::LIST,
        doc: "The list of all values that are not null.",
        example: Example::new("UNWIND [1, null, 3] AS x RETURN collect(x)", "[1, 3]"),
        state: || Box::<collect::Collect>::default(),
    },
    Aggregate {
        name: "min",
        parameters: &[VALUE],
        returns: Type::ANY,
        doc: "The value that comes first in the order of `ORDER BY`.",
        example: Example::new("UNWIND [2, 1.5, null] AS x RETURN min(x)", "1.5"),
        state: || Box::new(Extreme::new(Ordering::Less)),
    },
    Aggregate {
        name: "max",
        parameters: &[VALUE],
        returns: Type::ANY,
        doc: "The value that comes last in the order of `ORDER BY`, without nulls.",
        example: Example::new("UNWIND [2, 1.5, null] AS x RETURN max(x)", "2"),
        state: || Box::new(Extreme::new(Ordering::Greater)),
    },
    Aggregate {
        name: "sum",
        parameters: &[sum::SUMMED],
        returns: sum::SUMMED.kind,
        doc: "The sum of numbers or of durations; 0 if there are none.",
        example: Example::new("UNWIND [1, 2, 0.5] AS x RETURN sum(x)", "3.5"),
        state: || Box::new(sum::Sums::sum()),
    },
    Aggregate {
        name: "avg",
        parameters: &[sum::SUMMED],
        returns: sum::AVERAGE,
        doc: "The mean of numbers, as a float, or of durations; null if there are none.",
        example: Example::new("UNWIND [1, 2, 3] AS x RETURN avg(x)", "2.0"),
        state: || Box::new(sum::Sums::average()),
    },
    Aggregate {
        name: "stDev",
        parameters: &[NUMBER],
        returns: Type::FLOAT,
        doc: "The standard deviation of a sample; 0.0 if there are fewer than two numbers.",
        example: Example::new("UNWIND [1, 2, 3] AS x RETURN stDev(x)", "1.0"),
        state: || Box::new(PerGroup::new(Spread::sample)),
    },
    Aggregate {
        name: "stDevP",
        parameters: &[NUMBER],
        returns: Type::FLOAT,
        doc: "The standard deviation of a population; 0.0 if there are no numbers.",
        example: Example::new("UNWIND [1, 3] AS x RETURN stDevP(x)", "1.0"),
        state: || Box::new(PerGroup::new(Spread::population)),
    },
    Aggregate {
        name: "percentileCont",
        parameters: &[NUMBER, PERCENTILE],
        returns: Type::FLOAT,
        doc: "The percentile of the numbers, from 0.0 to 1.0, with linear interpolation.",
        example: Example::new(
            "UNWIND [1, 2, 4] AS x RETURN percentileCont(x, 0.75)",
            "3.0",
        ),
        state: || Box::new(PerGroup::new(Percentile::continuous)),
    },
    Aggregate {
        name: "percentileDisc",
        parameters: &[NUMBER, PERCENTILE],
        returns: Type::NUMBER,
        doc: "The percentile of the numbers, from 0.0 to 1.0: the smallest number with at least that fraction of the numbers at or below it.",
        example: Example::new("UNWIND [1, 2, 4] AS x RETURN percentileDisc(x, 0.5)", "2"),
        state: || Box::new(PerGroup::new(Percentile::discrete)),
    },
    Aggregate {
        name: "collect_list",
        parameters: &[VALUE],
        returns: Type::LIST,
        doc: "The same as `collect`; the GQL spelling.",
        example: Example::new("UNWIND [1, null, 3] AS x RETURN collect_list(x)", "[1, 3]"),
        state: || Box::<collect::Collect>::default(),
    },
    Aggregate {
        name: "stddev_samp",
        parameters: &[NUMBER],
        returns: Type::FLOAT,
        doc: "The standard deviation of a sample, as GQL defines it: null if there are fewer than two numbers.",
        example: Example::new("UNWIND [1, 2, 3] AS x RETURN stddev_samp(x)", "1.0"),
        state: || Box::new(PerGroup::new(Spread::sample_or_null)),
    },
    Aggregate {
        name: "stddev_pop",
        parameters: &[NUMBER],
        returns: Type::FLOAT,
        doc: "The standard deviation of a population, as GQL defines it: null if there are no numbers.",
        example: Example::new("UNWIND [1, 3] AS x RETURN stddev_pop(x)", "1.0"),
        state: || Box::new(PerGroup::new(Spread::population_or_null)),
    },
    Aggregate {
        name: "percentile_cont",
        parameters: &[NUMBER, PERCENTILE],
        returns: Type::FLOAT,
        doc: "The same as `percentileCont`; the GQL spelling.",
        example: Example::new(
            "UNWIND [1, 2, 4] AS x RETURN percentile_cont(x, 0.75)",
            "3.0",
        ),
        state: || Box::new(PerGroup::new(Percentile::continuous)),
    },
    Aggregate {
        name: "percentile_disc",
        parameters: &[NUMBER, PERCENTILE],
        returns: Type::NUMBER,
        doc: "The same as `percentileDisc`; the GQL spelling.",
        example: Example::new("UNWIND [1, 2, 4] AS x RETURN percentile_disc(x, 0.5)", "2"),
        state: || Box::new(PerGroup::new(Percentile::discrete)),
    },
];

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
        "the number of rows exceeds the 64 bits of an INTEGER",
    )
}

/// The multiplicity of a row.
fn multiplicity(multiplicities: Option<&[u64]>, row: usize) -> u64 {
    multiplicities.map_or(1, |counts| counts[row])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        function::Unmetered,
        value::{Column, Dictionary, Text, Value, display::literal},
    };

    fn row(name: &str) -> &'static Aggregate {
        ROWS.iter().find(|row| row.name == name).unwrap()
    }

    /// The aggregate of the rows of a column in one group.
    fn of_column(name: &str, column: Column, multiplicities: &[u64]) -> Result<Value, Fault> {
        let mut state = (row(name).state)();
        state.resize(1);
        let groups = vec![0; multiplicities.len()];
        let arguments = [column, Column::Constant(0.5.into())];
        state.update(&groups, &arguments, Some(multiplicities), &Unmetered)?;
        state.finish(&Unmetered).map(|column| column.value(0))
    }

    fn finish(name: &str, rows: &[(Value, u64)]) -> Result<Value, Fault> {
        let (values, multiplicities): (Vec<_>, Vec<_>) = rows.iter().cloned().unzip();
        of_column(name, Column::values(values), &multiplicities)
    }

    fn aggregate(name: &str, rows: &[(Value, u64)]) -> String {
        format!("{:?}", finish(name, rows).unwrap())
    }

    #[test]
    fn typed_columns_aggregate_as_their_values() {
        let texts: Arc<Dictionary> = Arc::new(["b", "a"].into_iter().map(Text::from).collect());
        let columns = [
            Column::Integers([Some(3), None, Some(-1), Some(3)].into_iter().collect()),
            Column::Floats(
                [Some(0.1), None, Some(f64::NAN), Some(-2.5)]
                    .into_iter()
                    .collect(),
            ),
            Column::Strings(
                [Some(0), None, Some(1), Some(0)].into_iter().collect(),
                texts,
            ),
            Column::booleans(vec![Some(true), None, Some(false), Some(true)]),
        ];
        for (row, column) in ROWS
            .iter()
            .flat_map(|row| columns.iter().map(move |c| (row, c)))
        {
            let values = Column::values((0..4).map(|row| column.value(row)).collect());
            let found = of_column(row.name, column.clone(), &[1, 2, 3, 1]);
            let expected = of_column(row.name, values, &[1, 2, 3, 1]);
            assert_eq!(
                format!("{found:?}"),
                format!("{expected:?}"),
                "{}",
                row.name
            );
        }
    }

    #[test]
    fn each_group_has_its_own_rows() {
        for row in ROWS {
            let mut state = (row.state)();
            state.resize(1);
            let arguments = |column| [column, Column::Constant(0.5.into())];
            state
                .update(
                    &[0],
                    &arguments(Column::integers(vec![5])),
                    None,
                    &Unmetered,
                )
                .unwrap();
            state.resize(3);
            let column = Column::integers(vec![7, 5, 7]);
            state
                .update(&[1, 0, 1], &arguments(column), None, &Unmetered)
                .unwrap();
            let found = state.finish(&Unmetered).unwrap();
            for (group, rows) in [vec![(5.into(), 2)], vec![(7.into(), 2)], vec![]]
                .iter()
                .enumerate()
            {
                let found = format!("{:?}", found.value(group));
                assert_eq!(found, aggregate(row.name, rows), "{}", row.name);
            }
        }
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
            "List([])",
            "Null",
            "Null",
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
        let fault = finish("sum", &[(i64::MAX.into(), 2)]).unwrap_err();
        assert_eq!(fault.code, Code::NumericOverflow);
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
        let finish = |name, rows: &[_]| finish(name, rows).map(|value| literal(&value));
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
