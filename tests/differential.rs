//! Differential tests: generated queries on generated graphs. Every engine level (full, without indexes, unoptimised)
//! must give the rows of a simple oracle that uses no plans.
//!
//! `RELATA_DIFFERENTIAL_CASES` sets the number of cases (default 2,000) and makes them different in each run. A failure
//! shows the graph as a statement and the query, both shrunk; once fixed, they belong in the corpus.

#[path = "differential/change.rs"]
mod change;
#[path = "differential/check.rs"]
mod check;
#[path = "differential/check_undone.rs"]
mod check_undone;
#[path = "differential/check_write.rs"]
mod check_write;
#[path = "differential/count.rs"]
mod count;
#[path = "differential/generate.rs"]
mod generate;
#[path = "differential/oracle.rs"]
mod oracle;
#[path = "differential/query.rs"]
mod query;
#[path = "differential/world.rs"]
mod world;
#[path = "differential/write.rs"]
mod write;

use std::cell::Cell;

use proptest::{
    collection::vec,
    prelude::any,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};

use crate::{check::check, check_undone::check_undone, check_write::check_write, generate::Dice};

const CASES: &str = "RELATA_DIFFERENTIAL_CASES";

#[test]
fn every_level_answers_as_the_oracle_does() {
    let bytes = (vec(any::<u8>(), 0..80), vec(any::<u8>(), 0..120));
    let checked = runner().run(&bytes, |(graph, text)| {
        let world = generate::world(&mut Dice(&graph));
        let query = generate::query(&mut Dice(&text));
        check(&world, &query).map_err(TestCaseError::fail)
    });
    if let Err(failure) = checked {
        panic!("{failure}");
    }
}

#[test]
fn every_level_counts_as_the_oracle_does() {
    let bytes = (vec(any::<u8>(), 0..80), vec(any::<u8>(), 0..120));
    let checked = runner().run(&bytes, |(graph, text)| {
        let world = generate::world(&mut Dice(&graph));
        let query = count::counted(&mut Dice(&text));
        check(&world, &query).map_err(TestCaseError::fail)
    });
    if let Err(failure) = checked {
        panic!("{failure}");
    }
}

#[test]
fn every_level_writes_as_the_oracle_does() {
    let bytes = (vec(any::<u8>(), 0..80), vec(any::<u8>(), 0..120));
    let checked = runner().run(&bytes, |(graph, text)| {
        let world = generate::world(&mut Dice(&graph));
        let mut dice = Dice(&text);
        let mut maker = generate::Maker::new(&mut dice);
        let statement = write::statement(&mut maker);
        let after = generate::query(&mut dice);
        check_write(&world, &statement, &after).map_err(TestCaseError::fail)
    });
    if let Err(failure) = checked {
        panic!("{failure}");
    }
}

#[test]
fn what_is_stopped_or_undone_leaves_no_trace() {
    let bytes = (vec(any::<u8>(), 0..80), vec(any::<u8>(), 0..120));
    let stopped = Cell::new(0);
    let checked = runner().run(&bytes, |(graph, text)| {
        let world = generate::world(&mut Dice(&graph));
        let mut dice = Dice(&text);
        let statement = write::statement(&mut generate::Maker::new(&mut dice));
        let found = check_undone(&world, &statement).map_err(TestCaseError::fail)?;
        stopped.set(stopped.get() + found);
        Ok(())
    });
    if let Err(failure) = checked {
        panic!("{failure}");
    }
    println!("{} statements were stopped or undone", stopped.get());
    assert!(stopped.get() > 0);
}

/// A runner with fixed cases, unless their number is given.
fn runner() -> TestRunner {
    let asked = std::env::var(CASES).ok();
    let cases = asked
        .as_ref()
        .map_or(2_000, |text| text.parse().expect("a number of cases"));
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    match asked {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    }
}
