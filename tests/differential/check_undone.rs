//! Checks that an aborted or undone write leaves the graph and all derived data unchanged.

use std::panic::{AssertUnwindSafe, catch_unwind};

use relata::{CancelToken, Database, Limits};

use crate::{
    query::Query,
    world::{World, shape_of},
};

/// How a statement is aborted or undone.
#[derive(Clone, Copy, Debug)]
enum Stop {
    /// The row limit.
    Rows(u64),
    /// The memory limit.
    Memory(u64),
    Cancelled,
    /// The statement completes, but its transaction is rolled back.
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

/// The number of statements aborted or undone. The error describes an inconsistency after one of them.
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

/// The full content of a graph, with the bounds of its ids and its statistics.
fn state(database: &mut Database) -> String {
    let shape = shape_of(database);
    let graph = database.graph();
    let bounds = (graph.node_bound(), graph.edge_bound());
    let stats = graph.stats();
    let triples = stats.triples().collect::<std::collections::BTreeSet<_>>();
    format!("{shape}\n{bounds:?} {} {triples:?}", stats.nodes(None))
}

/// Runs a statement and returns whether it was aborted or undone. A panic is an error.
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
