//! Relationships between labels: a warning appears exactly if there are none, wherever the labels are written.

use relata::{Code, Database};

use crate::database;

/// Conditions on an end. The first `PLAIN` require at most one label.
const ENDS: [&str; 9] = [
    "",
    ":Person",
    ":Admin",
    ":Robot",
    ":Team",
    ":Robot|Team",
    ":Person&Admin",
    ":!Person",
    ":%",
];
/// The number of conditions with at most one label.
const PLAIN: usize = 5;
const TYPES: [&str; 5] = ["", ":KNOWS", ":LIKES", ":IN", ":LIKES|IN"];
const ARROWS: [(&str, &str); 3] = [("-", "->"), ("<-", "-"), ("-", "-")];

#[test]
fn a_warning_stands_exactly_where_nothing_runs() {
    let mut people = database("people");
    for (position, from) in ENDS.iter().enumerate() {
        for (other, to) in ENDS.iter().enumerate() {
            let plain = position < PLAIN && other < PLAIN && position + other > 0;
            for (kind, (tail, head)) in TYPES.iter().flat_map(|kind| ARROWS.map(|a| (kind, a))) {
                let edge = format!("{tail}[{kind}]{head}");
                for statement in spellings(from, &edge, to) {
                    let (count, warned) = ask(&mut people, &statement);
                    assert!(!(warned && count > 0), "{statement} has {count} matches");
                    assert!(warned || count > 0 || !plain, "{statement} is told nothing");
                }
            }
        }
    }
}

/// The same query with the labels in the pattern, before it, and after it.
fn spellings(from: &str, edge: &str, to: &str) -> Vec<String> {
    let mut spellings = vec![format!(
        "MATCH ({from}){edge}({to}) RETURN count(*) AS count"
    )];
    if !from.is_empty() && !to.is_empty() {
        spellings.push(format!(
            "MATCH (a{from}) MATCH (b{to}) MATCH (a){edge}(b) RETURN count(*) AS count"
        ));
        spellings.push(format!(
            "MATCH (a){edge}(b) WHERE a{from} AND b{to} RETURN count(*) AS count"
        ));
    }
    spellings
}

/// The number of matches, and whether a warning says that there are none.
fn ask(database: &mut Database, statement: &str) -> (i64, bool) {
    let answer = database.query(statement).run().expect("it is a statement");
    let row = answer.single().expect("a count is one row");
    let warned = answer.warnings().iter().any(|warning| {
        matches!(
            warning.code,
            Code::ImpossibleRelationship | Code::ReversedRelationship
        )
    });
    (row.get("count").expect("there is such a column"), warned)
}
