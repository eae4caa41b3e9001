//! Questions in English: the fifty gold questions in their plain wording, a set of paraphrases over all families, and
//! what holds of any question.

#[path = "questions/set.rs"]
mod set;
#[path = "questions/table.rs"]
mod table;

use std::collections::BTreeSet;

use relata::Database;

use crate::{
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
        let rows = expected_rows(&block, &mut database).rows;
        let empty = block.expected == Expected::Nothing;
        assert_eq!(rows.is_empty(), empty, "{}: {rows:?}", block.place);
    }
}
