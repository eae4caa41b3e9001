//! Questions that were written by readers of the data alone, before they were asked: on the built-in graph, and on three
//! graphs without a vocabulary file.
//!
//! `unseen/films-a.txt` has the questions for the graph in `graphs/films`; `builtin` is the built-in graph. Below a question
//! stands a statement whose rows are the answer, or `refuse` if the data has none. A question that is not answered rightly
//! is listed in `unseen/not-yet.list`, with `wrong` before it if it is answered wrongly.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use relata::{Database, Source};

use crate::{judge::ask, table::Table};

/// The folder of the questions.
const FOLDER: &str = "tests/questions/unseen";

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Right,
    Wrong,
    Refused,
}

/// The graph of a set of questions.
fn graph(set: &str) -> Database {
    match set.split('-').next() {
        Some("builtin") | None => Database::connected_practice(),
        Some(name) => {
            let folder = Path::new("tests/questions/graphs").join(name);
            Database::open(&folder).expect("the graph of the questions can be loaded")
        }
    }
}

/// The questions of a file, each with its statement; `None` for a question without an answer.
fn questions(text: &str) -> Vec<(&str, Option<&str>)> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let pairs = lines.chunks(2).map(|pair| {
        let [question, statement] = pair else {
            panic!("a question has a statement: {pair:?}");
        };
        let statement = statement
            .strip_prefix("| ")
            .expect("a statement begins with `| `");
        (
            *question,
            Some(statement).filter(|statement| *statement != "refuse"),
        )
    });
    pairs.collect()
}

fn outcome(database: &mut Database, question: &str, statement: Option<&str>) -> Outcome {
    let Ok(reply) = ask(database, question) else {
        return match statement {
            Some(_) => Outcome::Refused,
            None => Outcome::Right,
        };
    };
    // Quotations are no answer.
    if reply.quotations {
        return match statement {
            Some(_) => Outcome::Refused,
            None => Outcome::Right,
        };
    }
    let answer = Table::of(&reply.answer);
    let right = match statement {
        None => answer.rows.is_empty(),
        Some(statement) => {
            let rows = database.query(statement).run();
            let rows = rows.unwrap_or_else(|error| panic!("{statement}: {error}"));
            let rows = Table::of(&rows);
            rows.is_said_by(&answer) || rows.is_said_by(&without_zeros(&rows, &answer))
        }
    };
    match right {
        true => Outcome::Right,
        false => Outcome::Wrong,
    }
}

/// An answer per group without the groups of which there is nothing, which the statement may leave out.
fn without_zeros(rows: &Table, answer: &Table) -> Table {
    let mut answer = answer.clone();
    if rows.columns.len() == 2 {
        answer
            .rows
            .retain(|row| row.last().and_then(serde_json::Value::as_f64) != Some(0.0));
    }
    answer
}

/// The file of the questions that are not answered rightly.
fn list() -> PathBuf {
    Path::new(FOLDER).join("not-yet.list")
}

fn listed() -> BTreeSet<String> {
    let listed = std::fs::read_to_string(list()).unwrap_or_default();
    listed.lines().map(str::to_owned).collect()
}

/// The sets of questions by name, with their texts.
fn sets() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(FOLDER).expect("the folder of the questions is there");
    let paths = files.map(|entry| entry.expect("the folder is readable").path());
    let sets = paths.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let sets = sets.map(|path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(&path).expect("a set of questions is text");
        (name.into_owned(), text)
    });
    sets.collect()
}

#[test]
fn unseen_questions_are_answered_as_listed() {
    let list = list();
    let listed = listed();
    let mut found: BTreeSet<String> = BTreeSet::new();
    for (set, text) in sets() {
        let mut database = graph(&set);
        let (mut right, questions) = (0, questions(&text));
        for (question, statement) in &questions {
            match outcome(&mut database, question, *statement) {
                Outcome::Right => right += 1,
                Outcome::Refused => drop(found.insert(format!("{set}: {question}"))),
                Outcome::Wrong => drop(found.insert(format!("{set}: wrong: {question}"))),
            }
        }
        println!("{set}: {right} of {} right", questions.len());
    }
    if std::env::var_os("UPDATE_RATCHET").is_some() {
        let lines: String = found.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(&list, lines).expect("the list is writable");
        return;
    }
    let broken: Vec<_> = found.difference(&listed).collect();
    assert!(broken.is_empty(), "no longer answered rightly: {broken:#?}");
    let fixed: Vec<_> = listed.difference(&found).collect();
    assert!(
        fixed.is_empty(),
        "these work and may leave {}: {fixed:#?}",
        list.display()
    );
}

/// A graph whose questions are read without everyday synonyms.
fn without_synonyms(set: &str) -> Database {
    let own = match set.starts_with("builtin") {
        true => include_str!("../../graph-data/connected-practice/vocabulary.toml"),
        false => "",
    };
    let file = format!("general_synonyms = false\n{own}");
    graph(set).with_vocabulary(Source::new("vocabulary.toml", file))
}

/// The other sets need no such test: all of their questions are answered rightly with synonyms.
#[test]
fn a_synonym_never_turns_a_right_answer_wrong() {
    let listed = listed();
    let (mut fewer, mut broken) = (0, Vec::new());
    for (set, text) in sets() {
        let mut database = without_synonyms(&set);
        for (question, statement) in questions(&text) {
            let right = outcome(&mut database, question, statement) == Outcome::Right;
            let wrong = listed.contains(&format!("{set}: wrong: {question}"));
            let refused = listed.contains(&format!("{set}: {question}"));
            match right {
                true if wrong || refused => broken.push(format!("{set}: {question}")),
                false if !wrong && !refused => fewer += 1,
                _ => {}
            }
        }
    }
    println!("{fewer} questions are answered rightly only with synonyms");
    assert!(broken.is_empty(), "right without synonyms: {broken:#?}");
    assert!(fewer > 0, "no question needs a synonym");
}
