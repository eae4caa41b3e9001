//! The tables of functions and aggregates: every row is well formed, handles every type of argument, and is in the
//! manual. `UPDATE_DOCS=1` rewrites the manual.

use std::{collections::HashSet, fmt::Write, path::Path as File, sync::Arc};

use relata::{
    Database,
    function::{
        Aggregate, Context, Function, Nulls, Procedure, ProcedureBody, Procedures, Unmetered,
        aggregates, areas, find, find_aggregate, functions,
    },
    graph::{Graph, builtin},
    value::{
        Column, Date, DateTime, Duration, EdgeId, LocalDateTime, LocalTime, NodeId, Path, Time,
        Type, Value,
    },
};

/// Values of every type, including edge cases.
fn values() -> Vec<Value> {
    let date = Date { days: 0 };
    let time = LocalTime { nanos: 0 };
    let local = LocalDateTime { date, time };
    vec![
        Value::Null,
        true.into(),
        0.into(),
        3.into(),
        i64::MAX.into(),
        i64::MIN.into(),
        (-0.5).into(),
        f64::NAN.into(),
        f64::INFINITY.into(),
        1e300.into(),
        "".into(),
        "ä€🧐".into(),
        Value::list(Vec::new()),
        Value::list(vec![Value::Null, 1.into(), "a".into()]),
        Value::map([("a".into(), Value::Null)].into_iter().collect()),
        Value::Node(NodeId(0)),
        Value::Node(NodeId::NONE),
        Value::Relationship(EdgeId(7)),
        Value::Path(Arc::new(Path::new(NodeId(3)))),
        Value::Date(date),
        Value::LocalTime(time),
        Value::Time(Time {
            local: time,
            offset: 0,
        }),
        Value::LocalDateTime(local),
        Value::DateTime(Arc::new(DateTime {
            local,
            offset: 3600,
            zone: None,
        })),
        Value::Duration(Arc::new(Duration {
            months: 1,
            days: -1,
            seconds: 1,
            nanos: 1,
        })),
    ]
}

/// Every list of `length` values.
fn tuples(length: usize) -> Vec<Vec<Value>> {
    let mut tuples = vec![Vec::new()];
    for _ in 0..length {
        let longer = |tuple: Vec<Value>| {
            values()
                .into_iter()
                .map(move |value| tuple.iter().cloned().chain([value]).collect())
        };
        tuples = tuples.into_iter().flat_map(longer).collect();
    }
    tuples
}

fn returns(kind: Type, value: &Value) -> bool {
    value.is_null() || kind.has(value.kind())
}

#[test]
fn every_call_gives_its_type_or_a_fault() {
    let graph = Graph::new();
    let context = Context {
        graph: &graph,
        state: &relata::function::Stateless,
        statement_time: (1, 2),
        clock: || (3, 4),
        random: &|| 5,
        meter: &Unmetered,
        threads: 1,
    };
    for function in functions() {
        for count in function.required..=function.parameters.len().min(3) {
            for arguments in tuples(count) {
                if function.nulls == Nulls::Propagate && arguments.iter().any(Value::is_null) {
                    continue;
                }
                let outcome = (function.body)(&arguments, &context);
                let good = outcome.as_ref().map_or_else(
                    |fault| !fault.message.is_empty(),
                    |value| returns(function.returns, value),
                );
                assert!(good, "{}({arguments:?}) = {outcome:?}", function.name);
            }
        }
    }
}

#[test]
fn functions_on_columns_give_what_their_bodies_give() {
    let graph = builtin::connected_practice(&[]).unwrap();
    let context = Context {
        graph: &graph,
        state: &relata::function::Stateless,
        statement_time: (1, 2),
        clock: || (3, 4),
        random: &|| 5,
        meter: &Unmetered,
        threads: 1,
    };
    let columns = [
        Column::Integers([Some(-3), None, Some(4)].into_iter().collect()),
        Column::integers(vec![i64::MIN, 0, 1]),
        Column::floats(vec![-0.5, f64::NAN, 2.0]),
        Column::nodes(vec![NodeId(1), NodeId::NONE, NodeId(0)]),
        Column::edges(vec![EdgeId(1), EdgeId::NONE, EdgeId(700)]),
    ];
    let mut found = 0;
    for function in functions() {
        for column in &columns {
            let column = std::slice::from_ref(column);
            let Some(result) = function.vector.and_then(|vector| vector(column, &context)) else {
                continue;
            };
            found += 1;
            for row in 0..3 {
                let expected = match column[0].value(row) {
                    Value::Null => Value::Null,
                    value => (function.body)(&[value], &context).unwrap(),
                };
                let shown = format!("{:?}", result.value(row));
                assert_eq!(shown, format!("{expected:?}"), "{}", function.name);
            }
        }
    }
    assert!(found >= 7, "{found}");
}

#[test]
fn every_aggregate_gives_its_type_or_a_fault() {
    for aggregate in aggregates() {
        for values in tuples(2) {
            for multiplicity in [1, 3, u64::MAX] {
                let outcome = run(aggregate, &values, multiplicity);
                let good = outcome
                    .as_ref()
                    .is_none_or(|value| returns(aggregate.returns, value));
                assert!(good, "{}({values:?}) = {outcome:?}", aggregate.name);
            }
        }
    }
}

/// The aggregate of some values; `None` if it is a fault.
fn run(aggregate: &Aggregate, values: &[Value], multiplicity: u64) -> Option<Value> {
    let mut state = (aggregate.state)();
    state.resize(1);
    let arguments = [
        Column::values(values.to_vec()),
        Column::Constant(0.5.into()),
    ];
    let multiplicities = vec![multiplicity; values.len()];
    let groups = vec![0; values.len()];
    state
        .update(&groups, &arguments, Some(&multiplicities), &Unmetered)
        .ok()?;
    state.finish(&Unmetered).ok().map(|column| column.value(0))
}

#[test]
fn every_name_is_found_once_whatever_its_case() {
    let mut seen = HashSet::new();
    let names = functions()
        .map(|row| row.name)
        .chain(aggregates().map(|row| row.name));
    for name in names {
        assert!(seen.insert(name.to_lowercase()), "{name} is there twice");
        let upper = name.to_uppercase();
        assert!(
            find(&upper).is_some() != find_aggregate(&upper).is_some(),
            "{name}"
        );
    }
}

#[test]
fn every_row_is_described_in_full_sentences() {
    let rows = functions()
        .map(|row| (row.name, row.doc))
        .chain(aggregates().map(|row| (row.name, row.doc)));
    for (name, doc) in rows {
        assert!(
            doc.ends_with('.') && doc.starts_with(|first: char| !first.is_lowercase()),
            "{name}: {doc}"
        );
    }
    for function in functions() {
        assert!(
            function.required <= function.parameters.len(),
            "{}",
            function.name
        );
        assert!(
            !function.variadic || !function.parameters.is_empty(),
            "{}",
            function.name
        );
    }
}

/// A database with the built-in graph and a clock.
fn database() -> Database {
    Database::connected_practice().with_clock(|| (1_700_000_000, 0))
}

#[test]
fn every_example_gives_what_it_says() {
    let mut database = database();
    let examples = functions()
        .map(|row| row.example)
        .chain(aggregates().map(|row| row.example));
    let mut wrong = Vec::new();
    for example in examples {
        let query = match example.query.contains("RETURN") {
            true => example.query.to_owned(),
            false => format!("RETURN {}", example.query),
        };
        let found = match database.query(query).run() {
            Ok(answer) => answer.single().map_or_else(
                |error| error.to_string(),
                |row| row.cells().map(|cell| cell.to_string()).collect(),
            ),
            Err(error) => error.to_string(),
        };
        if found != example.result {
            wrong.push(format!(
                "{}: expected {}, found {found}",
                example.query, example.result
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn values_that_grow_without_end_are_refused() {
    let mut database = database();
    for query in [
        "RETURN reduce(l = [], x IN range(1, 1000000) | [l])",
        "RETURN reduce(m = {}, x IN range(1, 1000000) | {m: [m]})",
        "RETURN size(reduce(s = 'a', x IN range(1, 64) | s + s))",
        "WITH reduce(s = 'a', x IN range(1, 20) | s + s) AS s RETURN replace(s, 'a', s)",
        "RETURN range(0, 9223372036854775807)",
    ] {
        let error = database
            .query(query)
            .run()
            .map(|answer| answer.len())
            .unwrap_err();
        assert!(
            error.to_string().starts_with("expected") && error.to_string().contains("at most"),
            "{error}"
        );
    }
}

#[test]
fn every_procedure_can_be_called_and_gives_its_columns() {
    let mut database = database();
    let procedures = Procedures::new();
    let callable = procedures.iter().filter(|one| one.required() == 0);
    // `tests/algorithms.rs` calls the algorithms.
    let callable = callable.filter(|one| !matches!(one.body, ProcedureBody::Algorithm(_)));
    for procedure in callable.filter(|one| !one.outputs.is_empty()) {
        let answer = database
            .query(format!("CALL {}()", procedure.name))
            .run()
            .unwrap();
        let columns: Vec<_> = procedure.outputs.iter().map(|field| &field.name).collect();
        assert_eq!(answer.columns().iter().collect::<Vec<_>>(), columns);
        assert!(!answer.is_empty(), "{}", procedure.name);
        for (row, field) in answer
            .rows()
            .flat_map(|row| row.values().iter().zip(&procedure.outputs))
        {
            assert!(
                field.declared.admits(row),
                "{}: {row:?} as {field}",
                procedure.name
            );
        }
    }
}

/// The manual, generated from the tables.
fn manual() -> String {
    let mut out = String::from(MANUAL_HEAD);
    for (title, functions) in areas() {
        writeln!(out, "\n## {title}").unwrap();
        functions
            .iter()
            .for_each(|row| describe_function(&mut out, row));
    }
    writeln!(out, "\n## Aggregates\n\n{AGGREGATES_HEAD}").unwrap();
    for row in aggregates() {
        entry(
            &mut out,
            row.name,
            &row.signature(),
            row.doc,
            (row.example.query, row.example.result),
        );
    }
    writeln!(out, "\n## Procedures\n\n{PROCEDURES_HEAD}\n").unwrap();
    let procedures = Procedures::new();
    let is_algorithm = |one: &Procedure| matches!(one.body, ProcedureBody::Algorithm(_));
    for procedure in procedures.iter().filter(|one| !is_algorithm(one)) {
        writeln!(out, "- `{}`  \n  {}", procedure.signature(), procedure.doc).unwrap();
    }
    out
}

fn describe_function(out: &mut String, row: &Function) {
    entry(
        out,
        row.name,
        &row.signature(),
        row.doc,
        (row.example.query, row.example.result),
    );
}

fn entry(out: &mut String, name: &str, signature: &str, doc: &str, (query, result): (&str, &str)) {
    writeln!(
        out,
        "\n### {name}\n\n`{signature}`\n\n{doc}\n\n`{query}` gives `{result}`"
    )
    .unwrap();
}

const MANUAL_HEAD: &str = "\
# Functions, aggregates and procedures

Generated from the tables in `src/function` by `UPDATE_DOCS=1 cargo test --test functions`. A test runs each example.

Function names ignore case. A parameter in square brackets is optional, and a parameter that ends in `…` may be repeated.
If a function does not say otherwise, the result is null if an argument is null. An argument that cannot have the type of
its parameter is an error before the statement runs; a value with another type at run time is an error while the statement
runs.
";

const AGGREGATES_HEAD: &str = "\
An aggregate computes one value from many rows. It ignores nulls. With `DISTINCT` before the argument, equal values count once.";

const PROCEDURES_HEAD: &str = "\
`CALL name(…) YIELD …` calls a procedure. [ALGORITHMS.md](ALGORITHMS.md) describes those of graph algorithms.";

#[test]
fn the_manual_is_up_to_date() {
    let file = File::new(env!("CARGO_MANIFEST_DIR")).join("docs/FUNCTIONS.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, manual()).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == manual(),
        "docs/FUNCTIONS.md is out of date: run `UPDATE_DOCS=1 cargo test --test functions`"
    );
}
