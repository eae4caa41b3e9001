//! A folder with its own vocabulary, whose senses have conditions on their ends.

use std::fs;

use relata::Database;

use crate::{judge::judge, set::Expected, table::Table};

const FILES: &[(&str, &str)] = &[
    (
        "nodes/Person.csv",
        "id:ID,name,born:int\nann,Ann,1980\nbob,Bob,1950\n",
    ),
    (
        "nodes/Book.csv",
        "id:ID,name,pages:int\ndune,Dune,600\nemma,Emma,90\n",
    ),
    (
        "relationships/HAS.csv",
        ":START_ID,:END_ID\nann,dune\nann,emma\nbob,dune\n",
    ),
    (
        "vocabulary.toml",
        r#"
who = ["Person"]

[[verbs]]
words = ["collect"]
senses = ["(p:Person WHERE p.born > 1970)-[:HAS]->(b:Book WHERE b.pages > 100)"]
"#,
    ),
];

const QUESTIONS: &[(&str, &str)] = &[
    ("who collects books?", "RETURN 'Ann', 'Dune'"),
    ("which books are collected by Ann?", "RETURN 'Dune'"),
    ("which books are not collected?", "RETURN 'Emma'"),
    ("how many books does Bob collect?", "RETURN 0"),
    (
        "how many books does each person collect?",
        "UNWIND [['Ann', 1], ['Bob', 0]] AS row RETURN row[0], row[1]",
    ),
];

#[test]
fn what_a_sense_asks_of_its_ends_holds_of_the_things() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (path, text) in FILES {
        let path = folder.path().join(path);
        let parent = path.parent().expect("it lies in the folder");
        fs::create_dir_all(parent).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    let mut database = Database::open(folder.path()).expect("the folder loads");
    for (question, statement) in QUESTIONS {
        let rows = database
            .query(*statement)
            .run()
            .expect("the statement runs");
        let rows = Table::of(&rows);
        if let Err(why) = judge(&mut database, question, &rows, Expected::Rows) {
            panic!("{question}\n{why}");
        }
    }
}
