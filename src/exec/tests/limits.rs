//! Limits, interruption, profiles, access.

use std::{
    cell::Cell,
    sync::{Arc, atomic::AtomicBool},
};

use super::*;

fn big() -> Op {
    unwind(Op::Unit, integers(0..10_000), 0)
}

fn code(root: Op, options: &Options<'_>) -> Code {
    run(&plan(root, &[0]), Access::Read(&Graph::new()), &[], options)
        .unwrap_err()
        .code
}

#[test]
fn reaching_a_limit_is_an_error_that_names_it() {
    assert_eq!(
        code(
            big(),
            &Options {
                max_rows: Some(9_999),
                ..options()
            }
        ),
        Code::RowLimit
    );
    assert!(
        run(
            &plan(big(), &[0]),
            Access::Read(&Graph::new()),
            &[],
            &Options {
                max_rows: Some(10_000),
                ..options()
            }
        )
        .is_ok()
    );
    let eager = Op::Eager {
        input: Box::new(big()),
    };
    assert_eq!(
        code(
            eager,
            &Options {
                max_memory: Some(50_000),
                ..options()
            }
        ),
        Code::MemoryLimit
    );
    let cancel = Some(Arc::new(AtomicBool::new(true)));
    assert_eq!(
        code(
            big(),
            &Options {
                cancel,
                ..options()
            }
        ),
        Code::Cancelled
    );
    let calls = Cell::new(0);
    let expired = || {
        calls.set(calls.get() + 1);
        calls.get() > 3
    };
    assert_eq!(
        code(
            big(),
            &Options {
                expired: Some(&expired),
                ..options()
            }
        ),
        Code::TimeLimit
    );
}

#[test]
fn memory_of_inner_plans_is_given_back() {
    let graph = graph(&["A"; 3_000], &[]);
    let inner = Op::Eager {
        input: Box::new(argument(9, &[0])),
    };
    let root = apply(scan(Op::Unit, 0), inner, 9, ApplyKind::Semi);
    let counted = group(root, Vec::new(), vec![(1, count_rows())], None);
    let options = Options {
        max_memory: Some(40_000),
        ..options()
    };
    assert!(run(&plan(counted, &[1]), Access::Read(&graph), &[], &options).is_ok());
}

#[test]
fn every_operator_is_measured() {
    let time = Cell::new(0);
    let clock = || {
        time.set(time.get() + 1);
        time.get()
    };
    let root = filter(big(), vec![compare(CompareOp::Less, slot(0), lit(10))]);
    let options = Options {
        profile: Some(&clock),
        ..options()
    };
    let outcome = run(
        &plan(root, &[0]),
        Access::Read(&Graph::new()),
        &[],
        &options,
    )
    .unwrap();
    let rows: Vec<_> = outcome
        .profile
        .iter()
        .map(|operator| operator.rows)
        .collect();
    assert_eq!(rows, [10, 10_000, 1]);
    assert!(outcome.profile.iter().all(|operator| operator.nanos > 0));
}

#[test]
fn a_plan_that_writes_needs_access() {
    let create = Op::Create(crate::plan::Create {
        input: unit(),
        nodes: Vec::new(),
        edges: Vec::new(),
    });
    let failure = run(
        &plan(create, &[]),
        Access::Read(&Graph::new()),
        &[],
        &options(),
    )
    .unwrap_err();
    assert_eq!(failure.code, Code::InvalidTransactionState);
}

#[test]
fn rows_without_columns_are_counted() {
    let outcome = outcome(&Graph::new(), big(), &[]).unwrap();
    assert_eq!(
        (outcome.count, outcome.width, outcome.rows.len()),
        (10_000, 0, 0)
    );
}
