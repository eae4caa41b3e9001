//! A statement that writes and is stopped or given up: the graph is as it was, with everything that is derived from it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use relata::{CancelToken, Database, Limits};

use crate::{
    query::Query,
    world::{World, shape_of},
};

/// How a statement is kept from its end.
#[derive(Clone, Copy, Debug)]
enum Stop {
    /// So many rows are one too many.
    Rows(u64),
    /// So many bytes are one too many.
    Memory(u64),
    Cancelled,
    /// It ends, but its transaction is undone.
    Undone,
}

const STOPS: [Stop; 9] = [
    Stop::Rows(0),
    Stop::Rows(1),
    Stop::Memory(1),
    Stop::Memory(100),
    Stop::Memory(400),
    Stop::Memory(1_600),
    Stop::Memory(6_400),
    Stop::Cancelled,
    Stop::Undone,
];

/// How many statements were stopped or undone, and what is wrong after one of them.
pub(crate) fn check_undone(world: &World, statement: &Query) -> Result<usize, String> {
    let text = statement.to_string();
    let mut stopped = 0;
    for stop in STOPS {
        let mut database = Database::from_graph(world.graph());
        let before = state(&mut database);
        if !stops(&mut database, &text, stop)? {
            continue;
        }
        stopped += 1;
        let told = |what: String| format!("{stop:?}: {what}\n{world};\n{text};\n");
        let after = state(&mut database);
        if after != before {
            return Err(told(format!("expected\n{before}\nfound\n{after}")));
        }
        let found = database.graph().inconsistencies();
        if !found.is_empty() {
            return Err(told(found.join("\n")));
        }
    }
    Ok(stopped)
}

/// Everything that a graph holds, with the bounds of its ids and its statistics.
fn state(database: &mut Database) -> String {
    let shape = shape_of(database);
    let graph = database.graph();
    let bounds = (graph.node_bound(), graph.edge_bound());
    let stats = graph.stats();
    let triples = stats.triples().collect::<std::collections::BTreeSet<_>>();
    format!("{shape}\n{bounds:?} {} {triples:?}", stats.nodes(None))
}

/// Runs a statement that is stopped, if it can be; a panic is told.
fn stops(database: &mut Database, text: &str, stop: Stop) -> Result<bool, String> {
    let ran = catch_unwind(AssertUnwindSafe(|| match stop {
        Stop::Undone => {
            let mut transaction = database.transaction().expect("none is open");
            let _ = transaction.query(text).run();
            transaction.rollback().expect("one is open");
            true
        }
        stop => {
            let token = CancelToken::new();
            let mut limits = Limits::default();
            match stop {
                Stop::Rows(rows) => limits.rows = Some(rows),
                Stop::Memory(bytes) => limits.memory = Some(bytes),
                Stop::Cancelled | Stop::Undone => token.cancel(),
            }
            let statement = database.query(text).limits(limits).cancel(&token);
            statement.run().is_err()
        }
    }));
    ran.map_err(|_| format!("{stop:?}: it panics\n{text}"))
}
