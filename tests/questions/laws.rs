//! Properties of all questions made of the words of the graph.

use std::cell::RefCell;

use proptest::prelude::*;
use relata::{Database, OptLevel};

use crate::{
    generate::{Choices, Material},
    judge::ask,
    table::Table,
};

/// A word that is in no graph.
const NONSENSE: &str = "blorfing";

struct World {
    database: Database,
    material: Material,
}

thread_local! {
    static WORLD: RefCell<World> = RefCell::new({
        let mut database = Database::connected_practice();
        let material = Material::of(&mut database);
        World { database, material }
    });
}

fn with_question(seed: u64, check: impl FnOnce(&mut Database, &str)) {
    WORLD.with_borrow_mut(|world| {
        let mut choices = Choices::new(seed);
        let question = (0..64).find_map(|_| world.material.question(&mut choices));
        let question = question.expect("one choice in sixty-four fits");
        check(&mut world.database, &question);
    });
}

/// The interpretations of a question, best first: words and statement of each.
fn interpretations(database: &mut Database, question: &str) -> Option<Vec<(String, String)>> {
    let interpretations = database.ask(question).interpretations().ok()?;
    let texts = interpretations.iter().map(|interpretation| {
        (
            interpretation.words.clone(),
            interpretation.query.to_string(),
        )
    });
    Some(texts.collect())
}

/// The words between spaces, without surrounding punctuation.
fn bare_words(question: &str) -> impl Iterator<Item = &str> {
    question
        .split_whitespace()
        .map(|word| word.trim_matches(['?', ',', '.']))
        .filter(|word| word.chars().any(char::is_alphanumeric))
}

/// Replaces hyphens by spaces, except between digits, where that would split a number or date.
fn without_hyphens(question: &str) -> String {
    let letters: Vec<char> = question.chars().collect();
    let digit = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let plain = |(at, letter): (usize, &char)| match letter {
        '-' if !(digit(at.checked_sub(1)) && digit(Some(at + 1))) => ' ',
        letter => *letter,
    };
    letters.iter().enumerate().map(plain).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_is_accounted_for(seed: u64) {
        with_question(seed, |database, question| {
            let Ok(interpretations) = database.ask(question).interpretations() else { return };
            for interpretation in interpretations {
                let mut end = 0;
                for mention in &interpretation.mentions {
                    let between = &question[end..mention.span.start as usize];
                    assert!(bare_words(between).next().is_none(), "{question}: `{between}` was passed over");
                    end = end.max(mention.span.end as usize);
                }
                let rest = &question[end..];
                assert!(bare_words(rest).next().is_none(), "{question}: `{rest}` was passed over");
            }
        });
    }

    #[test]
    fn a_nonsense_word_is_refused_by_name(seed: u64, place: prop::sample::Index) {
        with_question(seed, |database, question| {
            let mut words: Vec<&str> = question.split(' ').collect();
            words.insert(place.index(words.len() + 1), NONSENSE);
            let question = words.join(" ");
            match database.ask(question.as_str()).run() {
                Ok(reply) => panic!("{question}: read as {}", reply.interpretation),
                Err(error) => {
                    let said = error.diagnostic();
                    let labels = said.labels.iter().map(|label| label.message.as_str());
                    let named = labels.chain([said.message.as_str()]).any(|text| text.contains(NONSENSE));
                    assert!(named, "{question}: {error}");
                }
            }
        });
    }

    #[test]
    fn case_hyphens_and_blanks_change_nothing(seed: u64, how in 0..4_u8) {
        with_question(seed, |database, question| {
            let other = match how {
                0 => question.to_uppercase(),
                1 => question.replace(' ', "   "),
                2 => without_hyphens(question),
                _ => format!("  {}", question.replace(' ', " \t").trim_end_matches('?')),
            };
            assert_eq!(interpretations(database, question), interpretations(database, &other), "{question}\n{other}");
        });
    }

    #[test]
    fn the_printed_statement_is_the_answer(seed: u64) {
        with_question(seed, |database, question| {
            let Ok(reply) = ask(database, question) else { return };
            let answer = Table::of(&reply.answer);
            for level in [OptLevel::Full, OptLevel::Unoptimised] {
                let again = database.query(reply.cypher.as_str()).level(level).run();
                let again = again.unwrap_or_else(|error| panic!("{question}\n{}\n{error}", reply.cypher));
                let again = Table::of(&again);
                assert_eq!(again.columns, answer.columns, "{question}");
                assert_eq!(sorted(&again), sorted(&answer), "{question}\n{}", reply.cypher);
            }
        });
    }
}

fn sorted(table: &Table) -> Vec<String> {
    let mut rows: Vec<String> = table.rows.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

/// Most generated questions are understood, so the properties are not vacuous.
#[test]
fn most_questions_are_read() {
    let (mut read, mut refused) = (0, Vec::new());
    for seed in 0..200 {
        with_question(seed, |database, question| {
            match database.ask(question).interpretations() {
                Ok(_) => read += 1,
                Err(error) => refused.push(format!("{question}: {error}")),
            }
        });
    }
    assert!(
        read >= 160,
        "{read} of 200 were read; not these:\n{}",
        refused.join("\n")
    );
}
