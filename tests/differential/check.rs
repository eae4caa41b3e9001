//! A query on a graph: every level of the engine gives the rows of the oracle.

use relata::{Database, Level};

use crate::{
    oracle,
    query::Query,
    world::{self, World, rows},
};

/// Nothing, or what differs, with the graph and the query.
pub(crate) fn check(world: &World, query: &Query) -> Result<(), String> {
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
