//! Vocabularies without a file.

use super::*;
use crate::question::testing::{self, LIBRARY, graph};

#[test]
fn which_labels_go_together_is_read_from_the_data() {
    let (_, vocabulary) = testing::vocabulary(LIBRARY);
    assert!(vocabulary.is_a("Book", "Work"));
    assert!(!vocabulary.is_a("Work", "Book"));
    assert!(vocabulary.may_be("Work", "Book"));
    assert!(!vocabulary.may_be("Book", "MapSheet"));
    let labels = |labels: &[&str]| {
        labels
            .iter()
            .map(|label| (*label).to_owned())
            .collect::<Vec<_>>()
    };
    assert!(vocabulary.meets(&labels(&["Book"]), &labels(&["Person", "Work"])));
    assert!(vocabulary.meets(&[], &labels(&["Person"])));
    assert!(!vocabulary.meets(&labels(&["Book"]), &labels(&["Person"])));
}

#[test]
fn the_shortest_way_between_labels_is_proposed() {
    let (_, vocabulary) = testing::vocabulary(LIBRARY);
    let propose = |from: &str, to: &str| {
        let sense = vocabulary.propose(&[from.to_owned()], &[to.to_owned()])?;
        assert!(sense.proposed);
        Some(sense.pattern.to_string())
    };
    assert_eq!(
        propose("Person", "Book").unwrap(),
        "(:Person)<-[:PUBLISHED_BY]-(:Book)"
    );
    assert_eq!(
        propose("Book", "Room").unwrap(),
        "(:Book)-[:STANDS_ON]->(:Shelf)-[:IS_LOCATED_IN]->(:Room)"
    );
    assert_eq!(
        propose("Person", "Room").unwrap(),
        "(:Person)<-[:PUBLISHED_BY]-(:Book)-[:STANDS_ON]->(:Shelf)-[:IS_LOCATED_IN]->(:Room)"
    );
    assert_eq!(propose("Book", "Ghost"), None);
}

#[test]
fn names_are_found_by_custom_where_nothing_says_which_keys_name() {
    let graph = graph(
        "
        a :Film; title=Big Night; year=1996
        b :Person; name=Ann; nickname=Nan
    ",
    );
    let vocabulary = Vocabulary::build(&graph, None, NameKeys::default(), None).unwrap();
    assert_eq!(vocabulary.name_keys().keys, ["name", "title", "nickname"]);
    assert_eq!(vocabulary.named(&graph, "big night")[0].name, "Big Night");
    assert_eq!(vocabulary.named(&graph, "nan")[0].name, "Ann");
    assert_eq!(vocabulary.display_of(&graph, "Film"), Some("title"));
    assert_eq!(vocabulary.display_of(&graph, "Person"), Some("name"));
    assert_eq!(vocabulary.who, ["Person"]);
}

#[test]
fn the_most_name_like_key_names_where_none_does_by_custom() {
    let graph = graph(
        "
        a :Thing; id=x-1; beschriftung=Rotes Haus; farbe=rot
        b :Thing; id=x-2; beschriftung=Blaues Haus; farbe=blau
    ",
    );
    let vocabulary = Vocabulary::build(&graph, None, NameKeys::default(), None).unwrap();
    assert_eq!(vocabulary.display.as_deref(), Some("beschriftung"));
}

#[test]
fn a_graph_of_ids_alone_has_words_but_no_names() {
    let graph = graph(
        "
        a :City; id=1
        b :Country; id=2
        a isPartOf b
    ",
    );
    let vocabulary = Vocabulary::build(&graph, None, NameKeys::default(), None).unwrap();
    assert_eq!(vocabulary.display, None);
    assert_eq!(vocabulary.verbs[0].base, "be part of");
    assert_eq!(vocabulary.nouns[1].plural, "countries");
}

#[test]
fn what_many_things_are_called_is_given_once() {
    let many: String = (0..100)
        .map(|at| format!("n{at} :Person; name=Sam\n"))
        .collect();
    let graph = graph(&format!("{many} d :Dog; name=Sam"));
    let vocabulary = Vocabulary::build(&graph, None, NameKeys::default(), None).unwrap();
    assert_eq!(vocabulary.named(&graph, "sam").len(), 2);
}

#[test]
fn a_word_is_described_with_each_of_its_meanings() {
    let (graph, vocabulary) = testing::vocabulary(LIBRARY);
    let describe = |word: &str| {
        let meanings = vocabulary.describe(&graph, word);
        meanings
            .into_iter()
            .map(|meaning| format!("{}: {}", meaning.what, meaning.means))
            .collect::<Vec<_>>()
    };
    assert_eq!(describe("books"), ["noun: (x:Book)"]);
    assert_eq!(describe("Ann Lee"), ["person: Ann Lee"]);
    assert_eq!(
        describe("wrote"),
        ["verb: ()-[:WROTE]->() from Person to Work, Book"]
    );
    assert_eq!(
        describe("printed"),
        [
            "adjective: (x WHERE x.printed = true)",
            "attribute: x.printed in (x) of Work, Book, MapSheet"
        ]
    );
    assert_eq!(describe("which"), ["word of the question form: which"]);
    assert_eq!(describe("zebra"), [""; 0]);
}

#[test]
fn the_nearest_known_words_are_found_for_one_that_is_not_known() {
    let (graph, vocabulary) = testing::vocabulary(LIBRARY);
    let nearest = |word: &str| {
        let nearest = vocabulary.nearest(&graph, word, 3);
        nearest
            .into_iter()
            .map(|near| format!("{} ({})", near.words, near.what))
            .collect::<Vec<_>>()
    };
    assert_eq!(nearest("bok"), ["book (noun)", "Bob O'Brien (person)"]);
    assert_eq!(nearest("Dunes"), ["Dune (book)"]);
    assert_eq!(
        nearest("shelve"),
        [
            "shelves (noun)",
            "Tale of Two Shelves (book)",
            "shelf (noun)"
        ]
    );
    assert_eq!(nearest("obrian"), ["Bob O'Brien (person)"]);
    assert_eq!(nearest("xyzzy"), [""; 0]);
}

#[test]
fn names_that_go_on_like_a_text_are_found_from_any_word_on() {
    let (graph, vocabulary) = testing::vocabulary(LIBRARY);
    let like = |text: &str| {
        let names = vocabulary.names_like(&graph, text, 100);
        names.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(
        like("b"),
        ["BA", "Bob O'Brien", "Bobby", "The Big Atlas, Part 1"]
    );
    assert_eq!(like("the big atl"), ["The Big Atlas, Part 1"]);
    assert_eq!(like("two shelves"), ["Tale of Two Shelves"]);
    assert_eq!(like("zz"), [""; 0]);
}
