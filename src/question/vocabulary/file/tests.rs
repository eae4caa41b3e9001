//! Vocabulary files for a small library.

use crate::{
    graph::Graph,
    question::{
        lattice::Lattice,
        mention::Meaning,
        rules::rules,
        testing::{LIBRARY, built_in, graph},
        vocabulary::{NameKeys, ValueKind, Vocabulary},
        word::words,
    },
};

fn read(file: &str) -> (Graph, Vocabulary) {
    let graph = graph(LIBRARY);
    let vocabulary = Vocabulary::build(&graph, Some(file), NameKeys::default(), None);
    let vocabulary = vocabulary.unwrap_or_else(|problem| panic!("{problem}"));
    (graph, vocabulary)
}

/// The meanings of a phrase, as `class: meaning`.
fn meanings(file: &str, phrase: &str) -> Vec<String> {
    let (graph, vocabulary) = read(file);
    let meanings = vocabulary.describe(&graph, phrase);
    meanings
        .into_iter()
        .map(|meaning| format!("{}: {}", meaning.what, meaning.means))
        .collect()
}

fn error(file: &str) -> String {
    let graph = graph(LIBRARY);
    let problem = Vocabulary::build(&graph, Some(file), NameKeys::default(), None);
    problem.expect_err("the file is wrong").to_string()
}

#[test]
fn nouns_have_words_forms_and_what_is_shown_of_them() {
    let file = r#"
        who = ["Person"]
        [[nouns]]
        label = "Book"
        words = ["volume", { word = "opus", plural = "opera" }]
        shows = ["pages"]
        order = "pages"
        [[nouns]]
        label = "Book"
        pattern = "(x:Book WHERE x.pages > 500)"
        words = ["brick"]
        [[nouns]]
        label = "Shelf"
        words = ["shelf"]
        numbered = "level"
    "#;
    assert_eq!(meanings(file, "opera"), ["noun: (x:Book)"]);
    assert_eq!(
        meanings(file, "bricks"),
        ["noun: (x:Book WHERE x.pages > 500)"]
    );
    assert_eq!(meanings(file, "books"), ["noun: (x:Book)"]);
    let (_, vocabulary) = read(file);
    let volume = &vocabulary.nouns[0];
    assert_eq!(
        (volume.singular.as_str(), volume.plural.as_str()),
        ("volume", "volumes")
    );
    assert_eq!(
        vocabulary.attributes[volume.shows[0].0 as usize]
            .value
            .to_string(),
        "x.pages"
    );
    assert_eq!(volume.order, Some(volume.shows[0]));
    assert!(vocabulary.nouns[2].numbered.is_some());
    assert_eq!(vocabulary.who, ["Person"]);
}

const VERBS: &str = r#"
    [[verbs]]
    words = ["author", "be behind", { word = "spin", past = "span", participle = "spun" }]
    subject = ["penman"]
    ties = ["authorship"]
    own = true
    senses = ["(:Person)-[w:WROTE]->(:Work)"]
    wide = [{ pattern = "(:Person)-[:READS]->(:Work)", words = "reading it" }]
    [[adverbs]]
    of = ["author"]
    words = ["lately"]
    where = "w.since = '2015-16'"
    [[adverbs]]
    of = ["author"]
    values = "w.since"
    before = ["from", "in"]
    [[attributes]]
    words = ["period"]
    pattern = "(x:Person)-[w:WROTE]->(:Work)"
    value = "w.since"
    asks = ["since when"]
    of_verb = ["author"]
"#;

#[test]
fn verbs_have_senses_nouns_adverbs_and_attributes() {
    let wrote = "(:Person)-[w:WROTE]->(:Work) from Person to Work";
    let reads = "in a wide sense (:Person)-[:READS]->(:Work) from Person to Work";
    let all = |what: &str| [format!("{what}: {wrote}"), format!("{what}: {reads}")];
    assert_eq!(meanings(VERBS, "authored"), all("verb"));
    assert_eq!(meanings(VERBS, "spun"), all("verb"));
    let own = "word of the question form: behind".to_owned();
    let [first, second] = all("predicate");
    assert_eq!(meanings(VERBS, "behind"), [own, first, second]);
    assert_eq!(meanings(VERBS, "penmen"), all("noun for the subject"));
    assert_eq!(meanings(VERBS, "penman"), all("noun for the subject"));
    assert_eq!(meanings(VERBS, "authorship"), all("noun for the relation"));
    assert_eq!(meanings(VERBS, "lately"), ["adverb: w.since = '2015-16'"]);
    assert_eq!(
        meanings(VERBS, "from 2015-16"),
        ["adverb: w.since = '2015-16'"]
    );
    assert_eq!(
        meanings(VERBS, "since when"),
        ["question: w.since in (x:Person)-[w:WROTE]->(:Work) of Person"]
    );
    let (_, vocabulary) = read(VERBS);
    assert!(vocabulary.verbs[0].own);
    assert!(
        vocabulary.verbs.iter().all(|verb| verb.base != "write"),
        "a declared type needs no verb of its own"
    );
    assert_eq!(
        vocabulary.attributes[0].of_verb,
        vocabulary.adverbs[0].verbs
    );
}

#[test]
fn attributes_have_verbs_questions_and_degrees() {
    let file = r#"
        [[attributes]]
        words = ["length"]
        pattern = "(x:Work)"
        value = "x.pages"
        unit = "page"
        asks = ["how long"]
        more = ["longer", "longest"]
        less = ["shorter", "shortest"]
        verbs = ["run to", "be issued"]
    "#;
    let value = "x.pages in (x:Work) of Work";
    for (phrase, what) in [
        ("lengths", "attribute"),
        ("how long", "question"),
        ("longer", "comparative"),
        ("shortest", "superlative"),
        ("ran to", "verb"),
        ("issued", "verb"),
    ] {
        let expected = Some(format!("{what}: {value}"));
        assert_eq!(meanings(file, phrase).pop(), expected, "{phrase}");
    }
    let (_, vocabulary) = read(file);
    assert_eq!(vocabulary.attributes[0].kind, ValueKind::Number);
    assert_eq!(vocabulary.attributes[0].unit.as_deref(), Some("page"));
}

#[test]
fn adjectives_come_of_words_names_and_values() {
    let file = r#"
        [[adjectives]]
        words = ["thick", "fat"]
        pattern = "(x:Book WHERE x.pages > 500)"
        [[adjectives]]
        names = "(x:Work)-[:STANDS_ON]->(s:Shelf)"
        [[adjectives]]
        values = "(x:Book WHERE x.printed)"
        key = "binding"
    "#;
    assert_eq!(
        meanings(file, "fat"),
        ["adjective: (x:Book WHERE x.pages > 500)"]
    );
    assert_eq!(
        meanings(file, "high shelf"),
        [
            "adjective: (x:Work)-[:STANDS_ON]->(s:Shelf {name: 'High Shelf'})",
            "shelf: High Shelf"
        ]
    );
    assert_eq!(
        meanings(file, "paperback"),
        ["adjective: (x:Book WHERE x.printed AND x.binding = 'paperback')"]
    );
}

#[test]
fn values_of_an_attribute_may_be_nouns() {
    let file = r#"
        [[attributes]]
        words = ["status"]
        pattern = "(x:Person)-[r:READS]->(:Work)"
        value = "r.status"
        values = true
    "#;
    assert_eq!(
        meanings(file, "readings"),
        ["noun: (x:Person)-[r:READS WHERE r.status = 'reading']->(:Work)"]
    );
}

#[test]
fn synonyms_lead_to_the_thing_itself() {
    let file = r#"
        [[synonyms]]
        of = "The Big Atlas, Part 1"
        label = "MapSheet"
        words = ["the fat one"]
    "#;
    assert_eq!(
        meanings(file, "The fat one"),
        ["map sheet: The Big Atlas, Part 1"]
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_what_was_expected() {
    assert_eq!(
        error("[[nouns]]\nlabel = \"Boook\"\nwords = [\"book\"]"),
        "vocabulary.toml:2:9: expected a label of the graph, found `Boook` (did you mean `Book`?)"
    );
    assert_eq!(
        error("[[verbs]]\nwords = [\"see\"]\nsenses = [\"(:Book)-[:SES]->(:Person {nmae: 1})\"]"),
        "vocabulary.toml:3:11: expected a relationship type of the graph, found `SES`\n\
         vocabulary.toml:3:11: expected a property key of the graph, found `nmae` (did you mean `name`?)"
    );
    assert_eq!(
        error(
            "[[verbs]]\nwords = [\"keep\"]\nsenses = [\"(p:Person WHERE EXISTS { (p)-[:WROTE]->() })-[:READS]->(:Book)\"]"
        ),
        "vocabulary.toml:3:11: expected a predicate on properties, found `EXISTS { (p)-[:WROTE]->() }` \
         (write a longer pattern: `(:A)-[:X]->(:B)-[:Y]->(:C)`)"
    );
    assert_eq!(
        error("[[nouns]]\nlabel = \"Book\"\nwords = []"),
        "vocabulary.toml:3:9: expected at least one word"
    );
    assert_eq!(
        error("[[verbs]]\nwords = [\"see\"]\nsenses = [\"(:Book)\"]"),
        "vocabulary.toml:3:11: expected a pattern with a relationship, found one node"
    );
    assert_eq!(
        error("[[adjectives]]\nwords = [\"red\"]"),
        "vocabulary.toml:1:1: expected `words` and `pattern`, or `names`, or `values` and `key`, in `[[adjectives]]`"
    );
    assert_eq!(
        error("[[nouns]]\nlabel = \"Book\"\nwords = [\"book\"]\nshows = [\"colour\"]"),
        "vocabulary.toml:4:10: expected an attribute of `Book`, found `colour`"
    );
    assert_eq!(
        error("[[synonyms]]\nof = \"Duna\"\nwords = [\"sand\"]"),
        "vocabulary.toml:2:6: expected the name of something in the graph, found `Duna`"
    );
    assert!(
        error("[[verbs]]\nwords = [\"see\"]\nsenses = [\"(:Book\"]")
            .starts_with("vocabulary.toml:3:11: expected a pattern, found `(:Book`")
    );
    assert!(
        error("[[nouns]]\nlable = \"Book\"")
            .starts_with("vocabulary.toml:2:1: unknown field `lable`")
    );
    assert!(
        error("[[nouns]]\nlabel = \"Book\"\nwords = [7]")
            .contains("expected a word, or a table of `word`")
    );
}

#[test]
fn the_words_of_the_built_in_graph_are_read_and_cover_a_question() {
    let (graph, vocabulary) = built_in();
    let words = words("which courses cover KSS 7?");
    let mentions = vocabulary.mentions(&graph, &words);
    assert_eq!(
        Lattice::of(&words, &mentions, rules()).uncovered(),
        [0_usize; 0]
    );
    let is = |word: usize, fits: fn(&Meaning) -> bool| {
        let mut here = mentions
            .iter()
            .filter(|mention| mention.words.start == word);
        assert!(
            here.any(|mention| fits(&mention.meaning)),
            "{}",
            words[word].text
        );
    };
    is(1, |meaning| matches!(meaning, Meaning::Noun(_)));
    is(2, |meaning| matches!(meaning, Meaning::Verb(..)));
}
