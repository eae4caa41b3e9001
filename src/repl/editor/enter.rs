//! The keys that end a line. Enter runs a complete statement and otherwise starts a new line; Ctrl-C abandons the
//! input.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use relata::{
    Diagnostic,
    syntax::{
        self,
        ast::{Body, Clause, Statement},
    },
};
use rustyline::{Cmd, ConditionalEventHandler, Event, EventContext, RepeatCount};

use crate::repl::{
    complete::{Sort, pieces},
    script::Asked,
};

/// The effect of Enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Run the text.
    Run,
    /// Start a new line.
    GoOn,
}

/// Decides on every press of Enter.
#[derive(Clone)]
pub(super) struct EnterKey {
    /// Which lines are questions.
    pub(super) asked: Asked,
    /// Whether to accept any single line.
    pub(super) plain: Arc<AtomicBool>,
}

impl ConditionalEventHandler for EnterKey {
    fn handle(
        &self,
        _: &Event,
        _: RepeatCount,
        _: bool,
        context: &EventContext<'_>,
    ) -> Option<Cmd> {
        if self.plain.load(Ordering::Relaxed) {
            return Some(Cmd::AcceptLine);
        }
        Some(match decide(context.line(), self.asked) {
            Decision::Run => Cmd::AcceptLine,
            Decision::GoOn => {
                let before = &context.line()[..context.pos()];
                Cmd::Insert(1, format!("\n{}", indentation(before)))
            }
        })
    }
}

/// Ctrl-C abandons the line, Ctrl-X Ctrl-E edits it in another program: both set a flag. The line is accepted instead of interrupted, because only then does the editor redraw it
/// without hints.
pub(super) struct LeaveKey(pub(super) Arc<AtomicBool>);

impl ConditionalEventHandler for LeaveKey {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, _: &EventContext<'_>) -> Option<Cmd> {
        self.0.store(true, Ordering::Relaxed);
        Some(Cmd::AcceptLine)
    }
}

/// The effect of Enter after `text`.
pub(super) fn decide(text: &str, asked: Asked) -> Decision {
    let trimmed = text.trim();
    match syntax::split(text).last() {
        _ if asked.sort(trimmed).is_some() => Decision::Run,
        None => Decision::Run,
        Some(last) if last.complete => Decision::Run,
        Some(last) => open_end(text, &text[last.span.range()]),
    }
}

/// Decides for a last statement without a semicolon. It runs if it is complete, and is either one line or followed by
/// an empty line. A text with an error that no continuation can fix also runs, to show the error.
fn open_end(text: &str, statement: &str) -> Decision {
    let lone_line = !text.trim().contains('\n');
    let ended = text
        .rsplit_once('\n')
        .is_some_and(|(_, last)| last.trim().is_empty());
    let runs = (lone_line || ended)
        && match syntax::parse(statement) {
            Ok(tree) => answers(&tree),
            Err(problem) => is_mistake(statement, &problem),
        };
    if runs { Decision::Run } else { Decision::GoOn }
}

/// Whether a statement can end here: after a clause that returns or writes.
fn answers(statement: &Statement) -> bool {
    let Body::Query(query) = &statement.body else {
        return true;
    };
    let last = query.rest.last().map_or(&query.first, |(_, part)| part);
    last.clauses.last().is_some_and(Clause::can_be_last)
}

/// Whether the statement is wrong with any continuation: the error is before its end, and nothing is left open.
fn is_mistake(statement: &str, problem: &Diagnostic) -> bool {
    let inside = problem
        .span
        .is_some_and(|span| (span.end as usize) < statement.trim_end().len());
    // `exit` is wrong at its first word, and so is all that follows.
    let at_start = problem.span.is_some_and(|span| span.start == 0);
    (inside || at_start) && !is_open(statement)
}

/// Whether a bracket or a quote is not closed.
fn is_open(statement: &str) -> bool {
    let mut depth = 0_i32;
    for piece in pieces(statement) {
        if piece.opens() {
            depth += 1;
        } else if piece.closes() {
            depth -= 1;
        } else if piece.sort == Sort::Unclosed {
            return true;
        }
    }
    depth > 0
}

/// The indentation of the next line: that of the previous line, and at least the width of the prompt. Empty inside a
/// string.
fn indentation(before: &str) -> String {
    let inside = pieces(before)
        .last()
        .is_some_and(|last| last.sort == Sort::Unclosed);
    if inside {
        return String::new();
    }
    let line = before.rsplit('\n').next().unwrap_or(before);
    let blank = line.chars().take_while(|c| *c == ' ').count();
    " ".repeat(blank.max(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_complete_runs() {
        for text in [
            "",
            "RETURN 1;",
            "RETURN 1",
            "MATCH (n)\nRETURN n;",
            "MATCH (n)\nRETURN n\n  ",
            ":help",
            "exit",
            "\\d Course",
            "CREATE (n)",
            "COMMIT",
            "which courses cover KSS 7",
            "? courses",
        ] {
            assert_eq!(decide(text, Asked::Opened), Decision::Run, "{text:?}");
        }
    }

    #[test]
    fn what_misses_something_goes_on() {
        for text in [
            "MATCH (n)",
            "MATCH (n:Course",
            "RETURN 'abc",
            "RETURN 1 +",
            "MATCH (n) WHERE",
            "MATCH (n)\nRETURN n",
            "RETURN 1; MATCH (n)",
            "RETURN 1 /* and",
        ] {
            assert_eq!(decide(text, Asked::Opened), Decision::GoOn, "{text:?}");
        }
    }

    #[test]
    fn a_line_that_nothing_can_mend_runs_to_show_its_error() {
        assert_eq!(decide("RETRUN 1 AS x", Asked::Opened), Decision::Run);
        assert_eq!(decide("foo", Asked::Opened), Decision::Run);
        assert_eq!(decide("RETRUN 1\nAS x", Asked::Opened), Decision::GoOn);
        assert_eq!(decide("RETRUN 1\nAS x\n", Asked::Opened), Decision::Run);
        assert_eq!(
            decide("MATCH (n) WHRE n.x RETURN n", Asked::Opened),
            Decision::Run
        );
    }

    #[test]
    fn a_line_is_indented_like_the_one_before_but_not_inside_a_text() {
        assert_eq!(indentation("MATCH (n)"), "  ");
        assert_eq!(indentation("MATCH (n)\n      WHERE"), "      ");
        assert_eq!(indentation("RETURN 'a"), "");
    }
}
