//! Generated queries on generated graphs: the engine with all it has, without indexes, and without its optimiser give
//! the same rows, and they are those of an oracle that knows nothing of plans.
//!
//! `RELATA_DIFFERENTIAL_CASES` asks for another number of cases than the few hundred of a normal run, and for other
//! ones each time. A failure shows the graph as a statement and the query, as small as they can be made; once it is
//! mended, they belong into the corpus.

#[path = "differential/generate.rs"]
mod generate;
#[path = "differential/oracle.rs"]
mod oracle;
#[path = "differential/query.rs"]
mod query;
#[path = "differential/world.rs"]
mod world;

use proptest::{
    collection::vec,
    prelude::any,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use relata::{Database, Level};

use crate::{
    generate::Dice,
    query::Query,
    world::{World, rows},
};

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

/// The same cases each time, unless their number is given.
fn runner() -> TestRunner {
    let asked = std::env::var(CASES).ok();
    let cases = asked
        .as_ref()
        .map_or(400, |text| text.parse().expect("a number of cases"));
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

fn check(world: &World, query: &Query) -> Result<(), String> {
    let Some(expected) = oracle::answer(world, query) else {
        return Ok(());
    };
    let text = query.to_string();
    let told = |what: String| format!("{what}\n{world};\n{text};\n");
    let ordered = query.parts.len() == 1 && query.parts[0].result.order.is_some();
    let expected: Vec<Vec<_>> = expected
        .iter()
        .map(|row| row.iter().map(world::Val::key).collect())
        .collect();
    let expected = settled(expected, ordered);
    let mut database = Database::from_graph(world.graph());
    for level in [Level::Full, Level::WithoutIndexes, Level::Unoptimised] {
        let answer = database.query(text.as_str()).level(level).run();
        let answer = answer.map_err(|error| told(format!("{level:?} fails: {error:?}")))?;
        let found = settled(rows(&answer), ordered);
        if found != expected {
            return Err(told(format!(
                "{level:?}: expected {expected:?}\nfound {found:?}"
            )));
        }
    }
    Ok(())
}

/// Rows that can be compared: in their own order where the query has one, else sorted.
fn settled(mut rows: Vec<Vec<String>>, ordered: bool) -> Vec<Vec<String>> {
    if !ordered {
        rows.sort();
    }
    rows
}
