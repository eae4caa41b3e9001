//! The nine LSQB queries on both data sets: the published counts for the example, and the counts of a brute-force
//! matcher for the larger one.

#[path = "lsqb/oracle.rs"]
mod oracle;

use std::path::Path;

use relata::{Database, OptLevel};

const DATA: &str = "../shared/lsqb";

fn folder(name: &str) -> Option<String> {
    let folder = format!("{DATA}/{name}");
    let found = Path::new(&folder).is_dir();
    if !found {
        println!("skipped: {folder} is absent");
    }
    found.then_some(folder)
}

fn query(number: usize) -> String {
    std::fs::read_to_string(format!("{DATA}/cypher/q{number}.cypher"))
        .expect("the query stands beside the data")
}

fn counts(folder: &str, level: OptLevel) -> Vec<u64> {
    let mut database = Database::open(folder).expect("the folder loads unchanged");
    let mut count = |number: usize| {
        let answer = database
            .query(query(number))
            .level(level)
            .run()
            .expect("the query runs unchanged");
        let row = answer.single().expect("there is one count");
        u64::try_from(row.get::<i64>("count").expect("it is a number")).expect("it is not negative")
    };
    (1..=9).map(&mut count).collect()
}

#[test]
fn the_example_has_the_published_counts() {
    let Some(folder) = folder("social-network-sfexample-projected-fk") else {
        return;
    };
    let expected = std::fs::read_to_string(format!("{DATA}/expected-output/expected-output.csv"));
    let expected = expected.expect("the counts stand beside the data");
    let published: Vec<u64> = expected
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|fields| fields.get(2) == Some(&"example"))
        .filter_map(|fields| fields.last()?.parse().ok())
        .collect();
    assert_eq!(published.len(), 9);
    for level in [
        OptLevel::Full,
        OptLevel::WithoutIndexes,
        OptLevel::Unoptimised,
    ] {
        assert_eq!(counts(&folder, level), published, "{level:?}");
    }
}

#[test]
fn the_oracle_agrees_with_the_published_counts() {
    let Some(folder) = folder("social-network-sfexample-projected-fk") else {
        return;
    };
    assert_eq!(oracle::counts(&folder), [8, 3, 6, 8, 3, 8, 11, 2, 4]);
}

#[test]
fn the_larger_set_has_the_counts_of_the_oracle() {
    let Some(folder) = folder("social-network-sf0.003-projected-fk") else {
        return;
    };
    assert_eq!(counts(&folder, OptLevel::Full), oracle::counts(&folder));
}

/// The lines of a plan as ARCHITECTURE.md shows them.
fn shown_plan(database: &mut Database, statement: &str) -> String {
    let answer = database.query(statement).explain().expect("it is planned");
    let lines = answer.plan().expect("what is explained has a plan").iter();
    let lines = lines.map(|line| format!("{}{} {}", line.branches, line.operator, line.details));
    lines
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

#[test]
fn the_plans_of_the_worked_examples_are_as_documented() {
    let Some(folder) = folder("social-network-sf0.003-projected-fk") else {
        return;
    };
    let page = std::fs::read_to_string("docs/ARCHITECTURE.md").expect("the page is there");
    let mut database = Database::open(&folder).expect("the folder loads unchanged");
    for number in [1, 2, 3, 9] {
        let plan = shown_plan(&mut database, &query(number));
        let block = format!("LSQB query {number}:\n\n```text\n{plan}```\n");
        assert!(
            page.contains(&block),
            "expected in docs/ARCHITECTURE.md:\n{block}"
        );
    }
}
