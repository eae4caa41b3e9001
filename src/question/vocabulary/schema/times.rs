//! Verbs and questions for keys with dates: `released in 1999`, `when was X released`, `who joined before 2021`.

use super::Derived;
use crate::question::{
    inflect::{base_of_participle, base_of_past, parts, verb_forms},
    vocabulary::{AttributeId, Dates, Vocabulary, phrases::Entry},
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

/// Adds the verbs and the questions of an attribute with dates.
pub(super) fn words(vocabulary: &mut Vocabulary, derived: &Derived, key: &str, id: AttributeId) {
    let attribute = &vocabulary.attributes[id.0 as usize];
    let own = attribute.pattern.steps.is_empty();
    let Some(dates) = attribute.dates else {
        return;
    };
    for base in verbs(key).iter().filter(|_| own) {
        derived.attribute_verb(vocabulary, base, id);
    }
    let years = matches!(dates, Dates::Year | Dates::YearText).then_some(ASKS_YEAR);
    for question in ASKS.iter().chain(years.into_iter().flatten()) {
        derived.add(vocabulary, question, Entry::AttributeQuestion(id));
    }
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
