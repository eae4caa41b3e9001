//! Checks that a write at every engine level gives the graph and the rows of the oracle.

use relata::{Database, OptLevel};

use crate::{
    check::{REFUSED, run, settled},
    oracle::{self, Outcome},
    query::Query,
    world::{World, rows, shape_of},
};

/// Runs a write on a fresh graph at each level, compares the whole graph, and then runs a query on it.
pub(crate) fn check_write(world: &World, statement: &Query, after: &Query) -> Result<(), String> {
    let text = statement.to_string();
    let told = |what: String| format!("{what}\n{world};\n{text};\n");
    let outcome = oracle::outcome(world, statement);
    let expected = match &outcome {
        Outcome::TooMuch => return Ok(()),
        Outcome::Unsure => return check_failure(world, &text).map_err(told),
        Outcome::Failure => (None, world),
        Outcome::Rows(rows, now) => {
            let keys = |row: &Vec<_>| row.iter().map(|value| now.key(value)).collect();
            (Some(settled(rows.iter().map(keys).collect(), false)), now)
        }
    };
    for level in [
        OptLevel::Full,
        OptLevel::WithoutIndexes,
        OptLevel::Unoptimised,
    ] {
        let mut database = Database::from_graph(world.graph());
        let answer = run(&mut database, &text, level);
        let found = match answer {
            Ok(answer) => Some(settled(rows(&answer), false)),
            Err(error) if expected.0.is_some() || error.starts_with(REFUSED) => {
                return Err(told(format!("{level:?} fails: {error:?}")));
            }
            Err(_) => None,
        };
        if found != expected.0 {
            let expected = &expected.0;
            return Err(told(format!(
                "{level:?}: expected {expected:?}\nfound {found:?}"
            )));
        }
        let (wanted, found) = (expected.1.shape(), shape_of(&mut database));
        if found != wanted {
            return Err(told(format!(
                "{level:?}: expected the graph\n{wanted}\nfound\n{found}"
            )));
        }
        agrees(&database).map_err(told)?;
        ask(&mut database, expected.1, after, level).map_err(told)?;
    }
    Ok(())
}

/// Checks that a failed statement leaves the graph unchanged.
fn check_failure(world: &World, text: &str) -> Result<(), String> {
    let mut database = Database::from_graph(world.graph());
    match run(&mut database, text, OptLevel::Full) {
        Err(error) if error.starts_with(REFUSED) => Err(error),
        Err(_) if shape_of(&mut database) != world.shape() => {
            Err("a statement that failed has changed the graph".to_owned())
        }
        Err(_) | Ok(_) => agrees(&database),
    }
}

/// Checks that all derived data agrees with the graph.
fn agrees(database: &Database) -> Result<(), String> {
    let found = database.graph().inconsistencies();
    if found.is_empty() {
        Ok(())
    } else {
        Err(found.join("\n"))
    }
}

/// Asks a graph that was written what the oracle says of it.
fn ask(
    database: &mut Database,
    world: &World,
    query: &Query,
    level: OptLevel,
) -> Result<(), String> {
    let Outcome::Rows(expected, _) = oracle::outcome(world, query) else {
        return Ok(());
    };
    let keys = |row: &Vec<_>| row.iter().map(|value| world.key(value)).collect();
    let expected = settled(expected.iter().map(keys).collect(), false);
    let answer = run(database, &query.to_string(), level);
    let answer = answer.map_err(|error| format!("{level:?}: {query} fails: {error:?}"))?;
    let found = settled(rows(&answer), false);
    if found == expected {
        return Ok(());
    }
    Err(format!(
        "{level:?}: {query}\nafterwards expected {expected:?}\nfound {found:?}"
    ))
}
