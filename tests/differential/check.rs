//! Checks that every engine level gives the rows of the oracle.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use relata::{Answer, Database, Limits, OptLevel, Phase};

use crate::{
    oracle::{self, Outcome},
    query::Query,
    world::{World, rows},
};

/// The maximum number of clock reads of a statement, which happen once per batch of rows or steps. The oracle bounds
/// its own work, but it evaluates conditions in another order, so the engine may do far more. Other tests read the clock, too.
const MOST_LOOKS: u64 = 8_000;

static LOOKS: AtomicI64 = AtomicI64::new(0);

/// A clock that advances by one second per read, by any thread.
fn looked_at() -> (i64, u32) {
    (LOOKS.fetch_add(1, Ordering::Relaxed), 0)
}

/// Compares the rows. The error describes the difference, the graph and the query.
pub(crate) fn check(world: &World, query: &Query) -> Result<(), String> {
    let Outcome::Rows(expected, after) = oracle::outcome(world, query) else {
        return Ok(());
    };
    let text = query.to_string();
    let told = |what: String| format!("{what}\n{world};\n{text};\n");
    let ordered = query.parts.len() == 1 && query.parts[0].result.order.is_some();
    let keys = |row: &Vec<_>| row.iter().map(|value| after.key(value)).collect();
    let expected: Vec<Vec<_>> = expected.iter().map(keys).collect();
    let expected = settled(expected, ordered);
    let limits = Limits {
        time: Some(Duration::from_secs(MOST_LOOKS)),
        ..Limits::default()
    };
    let database = Database::from_graph(world.graph());
    let mut database = database.with_clock(looked_at).with_limits(limits);
    for level in [
        OptLevel::Full,
        OptLevel::Counting,
        OptLevel::WithoutIndexes,
        OptLevel::Unoptimised,
    ] {
        let answer = run(&mut database, &text, level);
        let answer = match answer {
            Err(error) if error.contains("TimeLimit") => continue,
            answer => answer.map_err(|error| told(format!("{level:?} fails: {error:?}")))?,
        };
        let found = settled(rows(&answer), ordered);
        if found != expected {
            return Err(told(format!(
                "{level:?}: expected {expected:?}\nfound {found:?}"
            )));
        }
    }
    Ok(())
}

/// Runs a statement; one that panics is told as one that fails.
pub(crate) fn run(database: &mut Database, text: &str, level: OptLevel) -> Result<Answer, String> {
    let ran = catch_unwind(AssertUnwindSafe(|| database.query(text).level(level).run()));
    match ran {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) if error.code().phase() == Phase::Runtime => Err(format!("{error:?}")),
        Ok(Err(error)) => Err(format!("{REFUSED}: {error:?}")),
        Err(_) => Err(format!("{REFUSED}: it panics")),
    }
}

/// The prefix of errors of statements that had to run.
pub(crate) const REFUSED: &str = "refused";

/// Comparable rows: in their order if `ordered`, else sorted.
pub(crate) fn settled(mut rows: Vec<Vec<String>>, ordered: bool) -> Vec<Vec<String>> {
    if !ordered {
        rows.sort();
    }
    rows
}
