//! Verbs and questions for keys with dates: `released in 1999`, `when was X released`, `who joined before 2021`.

use super::{Derived, labels_at};
use crate::{
    graph::Graph,
    question::{
        inflect::{base_of_participle, base_of_past, parts, verb_forms},
        vocabulary::{
            Attribute, AttributeId, Dates, Vocabulary,
            pattern::{key_of, type_name},
            phrases::Entry,
        },
    },
    syntax::ast::RelationshipPattern,
};

/// Words for a time beside the event in a key: `releaseYear`, `published_at`.
const TIMES: &[&str] = &[
    "year",
    "date",
    "day",
    "time",
    "at",
    "on",
    "in",
    "yr",
    "datetime",
    "timestamp",
];

/// Events as nouns, with their verbs.
const EVENTS: &[(&str, &str)] = &[
    ("arrival", "arrive"),
    ("birth", "be born"),
    ("closing", "close"),
    ("completion", "be completed"),
    ("construction", "be constructed"),
    ("creation", "be created"),
    ("death", "die"),
    ("delivery", "be delivered"),
    ("departure", "depart"),
    ("end", "end"),
    ("foundation", "be founded"),
    ("founding", "be founded"),
    ("graduation", "graduate"),
    ("hire", "be hired"),
    ("launch", "be launched"),
    ("opening", "open"),
    ("publication", "be published"),
    ("purchase", "be purchased"),
    ("release", "be released"),
    ("start", "start"),
];

/// Further verbs for the same event.
const ALSO: &[(&str, &str)] = &[
    ("release", "come out"),
    ("publish", "come out"),
    ("publish", "appear"),
    ("found", "be established"),
    ("establish", "be founded"),
    ("start", "begin"),
    ("end", "finish"),
];

/// Verbs for a date without an event.
const HAPPENS: &[&str] = &["take place", "happen", "occur", "be held", "be dated"];

/// Questions for any date, and those for years.
const ASKS: &[&str] = &["when", "since when", "on what date", "on which date"];
const ASKS_YEAR: &[&str] = &["in which year", "in what year", "what year", "which year"];

/// Keys with the birth of a person, by which one is so old.
const BIRTHS: &[&str] = &[
    "born",
    "birth",
    "birthdate",
    "birthday",
    "birthyear",
    "dateofbirth",
    "dob",
    "yearofbirth",
];

/// Adds the verbs and the questions of an attribute with dates.
pub(super) fn words(vocabulary: &mut Vocabulary, derived: &Derived, key: &str, id: AttributeId) {
    let attribute = &vocabulary.attributes[id.0 as usize];
    let own = attribute.pattern.steps.is_empty();
    let Some(dates) = attribute.dates else {
        return;
    };
    // A relationship has verbs for its events (`joined`), none for a date that says no event.
    let happens = |base: &&String| HAPPENS.contains(&base.as_str());
    for base in verbs(key).iter().filter(|base| own || !happens(base)) {
        derived.attribute_verb(vocabulary, base, id);
    }
    if own && BIRTHS.contains(&key.to_lowercase().replace('_', "").as_str()) {
        derived.add(vocabulary, "how old", Entry::AttributeQuestion(id));
    }
    let years = matches!(dates, Dates::Year | Dates::YearText).then_some(ASKS_YEAR);
    for question in ASKS.iter().chain(years.into_iter().flatten()) {
        derived.add(vocabulary, question, Entry::AttributeQuestion(id));
    }
}

/// Adds participles of types as verbs for a date without an event: a paper with a year that is `PUBLISHED_IN` a venue is
/// published in that year, an order with a date that a customer `PLACED` is placed on it. Types with dates of their own
/// are left out.
pub(super) fn of_types(vocabulary: &mut Vocabulary, derived: &Derived, graph: &Graph) {
    for (kind, name) in graph.catalog().types() {
        let words: Vec<String> = parts(name).iter().map(|part| part.to_lowercase()).collect();
        let source = words.len() == 2;
        let Some(participle) = words.first().filter(|_| words.len() <= 2) else {
            continue;
        };
        let base =
            base_of_participle(participle).or_else(|| base_of_past(participle).map(str::to_owned));
        let Some(participle) =
            base.and_then(|base| verb_forms(&base).participle.into_iter().next())
        else {
            continue;
        };
        if vocabulary
            .attributes
            .iter()
            .any(|attribute| is_date_of(attribute, name))
        {
            continue;
        }
        let labels = labels_at(graph, kind, source);
        for at in 0..vocabulary.attributes.len() {
            if is_plain_date(&vocabulary.attributes[at], &labels) {
                let verb = format!("be {participle}");
                derived.attribute_verb(vocabulary, &verb, AttributeId(at as u32));
            }
        }
    }
}

/// True if an attribute is a date of relationships of a type.
fn is_date_of(attribute: &Attribute, kind: &str) -> bool {
    let is_type = |step: &RelationshipPattern| {
        step.types
            .as_ref()
            .and_then(type_name)
            .is_some_and(|name| name == kind)
    };
    attribute.dates.is_some()
        && attribute
            .pattern
            .steps
            .iter()
            .any(|(step, _)| is_type(step))
}

/// True if an attribute is a date without an event of entities with one of some labels: `year`.
fn is_plain_date(attribute: &Attribute, labels: &[String]) -> bool {
    let plain = key_of(&attribute.value).is_some_and(|key| {
        let words = parts(key);
        words
            .iter()
            .all(|word| TIMES.contains(&word.to_lowercase().as_str()))
    });
    let of_labels = attribute.labels.iter().any(|label| labels.contains(label));
    attribute.dates.is_some() && attribute.pattern.steps.is_empty() && plain && of_labels
}

/// The nouns for the event of a key: `birth` for `born`.
pub(super) fn events(key: &str) -> Vec<&'static str> {
    let verbs = verbs(key);
    let is = |verb: &str| {
        let bare = verb.strip_prefix("be ").unwrap_or(verb);
        let same = |base: &String| {
            let base = base.strip_prefix("be ").unwrap_or(base);
            base == bare || verb_forms(base).participle.iter().any(|form| form == bare)
        };
        verbs.iter().any(same)
    };
    let nouns = EVENTS.iter().filter(|(_, verb)| is(verb));
    nouns.map(|(noun, _)| *noun).collect()
}

/// True for a key with an event other than the origin of a work: `born`, `joined`, not `released`.
pub(super) fn is_event(key: &str) -> bool {
    const ORIGINS: &[&str] = &[
        "be created",
        "be launched",
        "be published",
        "be released",
        "begin",
        "create",
        "date",
        "hold",
        "issue",
        "launch",
        "make",
        "occur",
        "order",
        "place",
        "post",
        "produce",
        "publish",
        "record",
        "release",
        "schedule",
        "send",
        "start",
        "write",
    ];
    let plain =
        |verb: &String| ORIGINS.contains(&verb.as_str()) || HAPPENS.contains(&verb.as_str());
    let verbs = verbs(key);
    !verbs.is_empty() && !verbs.iter().any(plain)
}

/// The base forms of the verbs for the event of a key.
fn verbs(key: &str) -> Vec<String> {
    let words: Vec<String> = parts(key).iter().map(|word| word.to_lowercase()).collect();
    let mut event: &[String] = &words;
    while let [rest @ .., last] = event
        && TIMES.contains(&last.as_str())
    {
        event = rest;
    }
    while let [first, rest @ ..] = event
        && TIMES.contains(&first.as_str())
    {
        event = rest;
    }
    let event = match event {
        // `date`, `year`
        [] => return HAPPENS.iter().map(|verb| (*verb).to_owned()).collect(),
        [event] => event,
        _ => return Vec::new(),
    };
    if let Some((_, verb)) = EVENTS.iter().find(|(noun, _)| noun == event) {
        return vec![(*verb).to_owned()];
    }
    if event == "born" {
        return vec!["be born".to_owned()];
    }
    let base = base_of_participle(event).or_else(|| base_of_past(event).map(str::to_owned));
    let Some(base) = base.filter(|base| verb_forms(base).participle.contains(event)) else {
        return Vec::new();
    };
    let also = ALSO.iter().filter(|(verb, _)| *verb == base);
    let also = also.map(|(_, other)| (*other).to_owned());
    std::iter::once(base.clone()).chain(also).collect()
}
