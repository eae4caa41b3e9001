//! The guard around the engine: a panic becomes an error, and the process goes on.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::base::{Code, Diagnostic};

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// Runs `work`. If it panics, what it has changed stays changed: the caller restores it.
///
/// # Errors
/// `InternalError` if it panics.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Box::new(internal(&*panic)))
}

fn internal(panic: &(dyn Any + Send)) -> Diagnostic {
    let cause = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no description");
    Diagnostic::whole(Code::InternalError, format!("internal error: {cause}"))
        .help("the graph is unchanged; report this bug with the statement and the output of `relata --version`")
}

/// The error of all statements on a graph that could not be restored.
pub(super) fn damaged() -> Diagnostic {
    let message = "an earlier error left the graph in memory half changed";
    Diagnostic::whole(Code::InternalError, message).help("open the graph again")
}

#[cfg(test)]
mod tests {
    use std::panic;

    use super::*;
    use crate::{
        engine::{
            Database, OptLevel,
            notation::{corpus, database},
            stack::SHALLOW,
        },
        exec::tests::panics,
        syntax,
    };

    /// Keeps injected panics out of the output of the tests.
    fn silence() {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if info
                .payload()
                .downcast_ref::<String>()
                .is_none_or(|text| text != panics::MESSAGE)
            {
                others(info);
            }
        }));
    }

    #[test]
    fn a_panic_in_any_operator_leaves_the_graph_as_it_was() {
        silence();
        let mut panics = 0;
        // The trails of the complete graph are too many to enumerate, as unoptimised statements do.
        let texts = corpus().into_iter();
        for text in texts.filter(|text| !text.starts_with("// graph: complete")) {
            let mut database = database(&text);
            for piece in syntax::split(&text) {
                let statement = &text[piece.span.range()];
                panics += count_panics(&mut database, statement);
            }
        }
        assert!(panics > 3_000, "{panics} panics");
    }

    /// Runs a statement with a panic at each of its first steps, and returns their number.
    fn count_panics(database: &mut Database, text: &str) -> usize {
        let before = content(database);
        for steps in 0..24 {
            for level in [OptLevel::Full, OptLevel::Unoptimised] {
                let (outcome, panicked) =
                    panics::after(steps, || database.query(text).level(level).run());
                if !panicked {
                    assert!(steps > 0 || text.len() > SHALLOW, "{text}");
                    return 2 * steps;
                }
                assert_eq!(outcome.unwrap_err().code(), Code::InternalError, "{text}");
                assert!(!database.is_damaged(), "{text}");
                assert_eq!(content(database), before, "{text}");
            }
        }
        48
    }

    /// The entities of a graph in order. Only a small graph is listed; of any other, the numbers of changes and entities.
    fn content(database: &Database) -> Vec<String> {
        let graph = database.graph();
        if graph.node_count() > 100 {
            let counts = (
                graph.savepoint(),
                graph.node_count(),
                graph.relationship_count(),
            );
            return vec![format!("{counts:?}")];
        }
        let entities = database.snapshot();
        let nodes = entities.nodes().map(|node| format!("{node:?}"));
        let edges = entities.relationships().map(|edge| format!("{edge:?}"));
        let mut lines: Vec<_> = nodes.chain(edges).collect();
        lines.sort();
        lines
    }
}
