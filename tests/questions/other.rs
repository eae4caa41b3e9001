//! A graph without a vocabulary file: questions use the words of its labels, types and keys.

use std::path::Path;

use relata::Database;

use crate::{judge::judge, set::Expected, table::Table};

const FOLDER: &str = "../shared/lsqb/social-network-sfexample-projected-fk";

/// The entities have no names, so their key `id` identifies them.
const QUESTIONS: &[(&str, &str)] = &[
    (
        "how many persons know a person",
        "MATCH (p:Person)-[:KNOWS]->(:Person) RETURN count(DISTINCT p)",
    ),
    (
        "which tags have the most comments",
        "MATCH (t:Tag)<-[:HAS_TAG]-(c:Comment) WITH t, count(c) AS n ORDER BY n DESC LIMIT 1 RETURN t.id",
    ),
    (
        "how many comments are there?",
        "MATCH (c:Comment) RETURN count(c)",
    ),
    (
        "how many forums have a moderator?",
        "MATCH (f:Forum)-[:HAS_MODERATOR]->() RETURN count(DISTINCT f)",
    ),
    (
        "which persons like no comment?",
        "MATCH (p:Person) WHERE NOT (p)-[:LIKES]->(:Comment) RETURN p.id",
    ),
    (
        "how many persons are located in each city?",
        "MATCH (c:City)<-[:IS_LOCATED_IN]-(p:Person) RETURN c.id, count(p)",
    ),
    (
        "how many persons study at a university?",
        "MATCH (p:Person)-[:STUDY_AT]->(:University) RETURN count(DISTINCT p)",
    ),
    (
        "which forums are the containers of a post that has a tag?",
        "MATCH (f:Forum)-[:CONTAINER_OF]->(:Post)-[:HAS_TAG]->(:Tag) RETURN DISTINCT f.id",
    ),
];

#[test]
fn a_graph_without_a_vocabulary_is_asked_in_its_own_words() {
    if !Path::new(FOLDER).is_dir() {
        println!("skipped: {FOLDER} is absent");
        return;
    }
    let mut database = Database::open(FOLDER).expect("the folder loads unchanged");
    for (question, statement) in QUESTIONS {
        let answer = database
            .query(*statement)
            .run()
            .expect("the statement runs");
        let rows = Table::of(&answer);
        if let Err(why) = judge(&mut database, question, &rows, Expected::Rows) {
            panic!("{question}\n{why}");
        }
    }
}
