//! Mentions of questions over a small library.

use super::*;
use crate::question::{
    testing::{LIBRARY, vocabulary},
    vocabulary::Vocabulary,
    word::words,
};

/// Every mention of a question over the library, except function words, as `words: category`.
fn mentions(text: &str) -> Vec<String> {
    let (graph, vocabulary) = vocabulary(LIBRARY);
    let words = words(text);
    let mentions = vocabulary.mentions(&graph, &words);
    let shown = mentions
        .iter()
        .filter(|mention| !matches!(mention.meaning, Meaning::Function(_)));
    shown
        .map(|mention| {
            format!(
                "{}: {}",
                &text[mention.span.range()],
                show(&vocabulary, &mention.meaning)
            )
        })
        .collect()
}

fn show(vocabulary: &Vocabulary, meaning: &Meaning) -> String {
    let verb = |ids: &[VerbId]| {
        ids.iter()
            .map(|id| vocabulary.verbs[id.0 as usize].base.clone())
            .collect::<Vec<_>>()
            .join("/")
    };
    match meaning {
        Meaning::Noun(ids) => format!("noun {}", vocabulary.nouns[ids[0].0 as usize].label),
        Meaning::Verb(ids, form) => format!("verb {} {form:?}", verb(ids)),
        Meaning::Predicate(ids) => format!("predicate {}", verb(ids)),
        Meaning::SubjectNoun(ids) => format!("subject of {}", verb(ids)),
        Meaning::ObjectNoun(ids) => format!("object of {}", verb(ids)),
        Meaning::Adjective(ids) => format!(
            "adjective {}",
            vocabulary.adjectives[ids[0].0 as usize].pattern
        ),
        Meaning::Attribute(ids) => format!(
            "attribute {}",
            vocabulary.attributes[ids[0].0 as usize].value
        ),
        Meaning::Entity(entities) => {
            let names: Vec<String> = entities
                .iter()
                .map(|entity| format!("{} by {}", entity.name, entity.key))
                .collect();
            names.join("/")
        }
        other => format!("{other:?}"),
    }
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(mentions(text), expected, "{text}");
}

#[test]
fn labels_are_nouns_in_singular_and_plural() {
    check("which books", &["books: noun Book"]);
    check(
        "a map-sheet or SHELVES",
        &["map-sheet: noun MapSheet", "SHELVES: noun Shelf"],
    );
    check("people", &["people: noun Person"]);
}

#[test]
fn types_are_verbs_predicates_and_nouns() {
    check("reads", &["reads: verb read Third"]);
    check("wrote", &["wrote: verb write Past"]);
    check(
        "standing on",
        &[
            "standing: verb stand on Progressive",
            "standing on: verb stand on Progressive",
        ],
    );
    check(
        "located in",
        &[
            "located: verb be located in Past",
            "located in: predicate be located in",
        ],
    );
    check("published", &["published: verb publish Past"]);
    check(
        "published by",
        &[
            "published: verb publish Past",
            "published by: predicate be published by",
        ],
    );
    check("replies", &["replies: subject of be reply of"]);
    check("friend", &["friend: object of have friend"]);
}

#[test]
fn keys_and_values_are_attributes_and_adjectives() {
    check("pages", &["pages: attribute x.pages"]);
    check("status", &["status: attribute r.status"]);
    check(
        "printed",
        &[
            "printed: adjective (x WHERE x.printed = true)",
            "printed: attribute x.printed",
        ],
    );
    check(
        "hardback",
        &["hardback: adjective (x WHERE x.binding = 'hardback')"],
    );
}

#[test]
fn names_are_found_without_regard_to_case_accents_and_marks() {
    let atlas = "The Big Atlas, Part 1 by name";
    check(
        "big atlas part 1",
        &[&format!("big atlas part 1: {atlas}"), "1: Number(1.0)"],
    );
    check(
        "The Big-Atlas, part 1?",
        &[
            &format!("The Big-Atlas, part 1: {atlas}"),
            &format!("Big-Atlas, part 1: {atlas}"),
            "1: Number(1.0)",
        ],
    );
    check("cafe hall", &["cafe hall: Café Hall by name"]);
    check(
        "'Grand Atlas'",
        &[
            "'Grand Atlas': Quoted(\"Grand Atlas\")",
            "'Grand Atlas': The Big Atlas, Part 1 by altNames",
        ],
    );
    check("Bobby's", &["Bobby: Bob O'Brien by hiddenNames"]);
    check("Bob O’Brien", &["Bob O’Brien: Bob O'Brien by name"]);
}

#[test]
fn spans_that_overlap_are_all_kept() {
    check(
        "tale of two shelves",
        &[
            "tale of two shelves: Tale of Two Shelves by name",
            "two: Number(2.0)",
            "shelves: noun Shelf",
        ],
    );
}
