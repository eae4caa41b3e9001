//! Questions in English: the fifty gold questions as worded, a set of paraphrases of all families, and properties of
//! all questions.

#[path = "questions/facts.rs"]
mod facts;
#[path = "questions/folder.rs"]
mod folder;
#[path = "questions/generality.rs"]
mod generality;
#[path = "questions/generate.rs"]
mod generate;
#[path = "questions/gold.rs"]
mod gold;
#[path = "questions/joined.rs"]
mod joined;
#[path = "questions/judge.rs"]
mod judge;
#[path = "questions/laws.rs"]
mod laws;
#[path = "questions/mangled.rs"]
mod mangled;
#[path = "questions/other.rs"]
mod other;
#[path = "questions/ratchet.rs"]
mod ratchet;
#[path = "questions/set.rs"]
mod set;
#[path = "questions/table.rs"]
mod table;
#[path = "questions/words.rs"]
mod words;

use std::collections::BTreeSet;

use relata::Database;

use serde_json::json;

use crate::{
    gold::gold,
    judge::{ask, judge},
    set::{Block, Expected, blocks},
    table::Table,
};

fn expected_rows(block: &Block, database: &mut Database) -> Table {
    let answer = database.query(block.statement.as_str()).run();
    let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", block.place));
    Table::of(&answer)
}

#[test]
fn the_set_is_large_enough() {
    let blocks = blocks();
    let plain: usize = blocks.iter().map(|block| block.plain.len()).sum();
    let other: usize = blocks.iter().map(|block| block.other.len()).sum();
    assert!(plain + other >= 200, "{plain} and {other} questions");
    assert!(other >= 60, "{other} questions in other words");
}

#[test]
fn no_question_stands_there_twice() {
    let blocks = blocks();
    let mut seen = BTreeSet::new();
    for block in &blocks {
        for question in block.questions() {
            let bare = question.trim_end_matches('?').to_lowercase();
            assert!(seen.insert(bare), "{}: {question}", block.place);
        }
    }
}

#[test]
fn every_expected_statement_has_rows_unless_it_says_otherwise() {
    let mut database = Database::connected_practice();
    for block in blocks() {
        let rows = expected_rows(&block, &mut database);
        let empty = block.expected == Expected::Nothing;
        assert_eq!(
            rows.rows.is_empty(),
            empty,
            "{}\n{}",
            block.place,
            rows.show()
        );
    }
}

#[test]
fn columns_are_found_whatever_they_are_called() {
    let named = |columns: &[&str], rows| {
        let columns = columns.iter().map(ToString::to_string).collect();
        Table::new(
            columns,
            serde_json::from_value(rows).expect("rows are lists"),
        )
    };
    let expected = named(&["kss", "section"], json!([[7, "A"], [8, "B"]]));
    let more = named(
        &["s", "line", "k"],
        json!([["B", 1, 8.0], ["A", 1, 7], ["A", 2, 7]]),
    );
    assert!(expected.is_said_by(&more));
    let crossed = named(&["s", "k"], json!([["B", 7], ["A", 8]]));
    assert!(!expected.is_said_by(&crossed));
    let fewer = named(&["s", "k"], json!([["A", 7]]));
    assert!(!expected.is_said_by(&fewer));
    let grouped = named(&["section", "kss"], json!([["A", [7, 8]]]));
    let ungrouped = named(&["x", "y"], json!([["A", 8], ["A", 7]]));
    assert!(grouped.is_said_by(&ungrouped));
    let other_order = named(&["x", "y"], json!([["A", [8, 7]]]));
    assert!(grouped.is_said_by(&other_order));
    assert!(fewer.is_held_by(&ungrouped));
    assert!(!expected.is_held_by(&ungrouped));
}

#[test]
fn the_gold_questions_are_read_whole() {
    for gold in gold() {
        assert!(!gold.question.is_empty(), "{}", gold.id);
        assert!(!gold.expected.columns.is_empty(), "{}", gold.id);
    }
}

/// Asks every question of the blocks and returns the failing ones, with the reason.
fn failing(blocks: &[Block]) -> Vec<(String, String)> {
    let mut database = Database::connected_practice();
    let mut failing = Vec::new();
    for block in blocks {
        let rows = expected_rows(block, &mut database);
        for question in block.questions() {
            if let Err(why) = judge(&mut database, question, &rows, block.expected) {
                failing.push((question.to_owned(), format!("{}\n{why}", block.place)));
            }
        }
    }
    failing
}

#[test]
fn every_question_has_the_rows_of_its_statement() {
    let blocks = blocks();
    let all = blocks.iter().flat_map(Block::questions).map(str::to_owned);
    ratchet::compare(&all.collect(), &failing(&blocks));
}

#[test]
fn every_gold_question_is_answered() {
    let mut database = Database::connected_practice();
    let mut failing = Vec::new();
    let gold = gold();
    for gold in &gold {
        if let Err(why) = gold.judge(&mut database) {
            failing.push((gold.id.clone(), format!("{}\n{why}", gold.question)));
        }
    }
    let all = gold.iter().map(|gold| gold.id.clone()).collect();
    ratchet::compare(&all, &failing);
}

#[test]
fn every_gold_question_is_read_as_the_snapshot_says() {
    let mut database = Database::connected_practice();
    let gold = gold();
    if gold.is_empty() {
        return;
    }
    let readings = gold.iter().map(|gold| {
        let question = gold.wording();
        let reading = match ask(&mut database, question) {
            Ok(reply) => format!("{}\n{}", reply.interpretation, reply.cypher),
            Err(refusal) => refusal,
        };
        format!("{} {question}\n{reading}\n", gold.id)
    });
    let readings: Vec<String> = readings.collect();
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("gold_readings", readings.join("\n"));
    });
}
