//! Words that the graph itself gives: for labels, types, keys and small value sets that no file declares.

mod aliases;
mod attributes;
mod events;
mod kind;
mod names;
mod ranks;
#[cfg(test)]
mod tests;
mod times;
mod types;
mod values;

use rustc_hash::FxHashSet;

use crate::{
    graph::Graph,
    question::vocabulary::{
        AttributeId, Noun, NounId, Vocabulary, pattern::key_of, phrases::Entry,
    },
    question::{inflect, word::normal},
    value::{LabelId, NodeId, TypeId, Value},
};

pub(super) use self::{
    kind::{dates_of, value_kind},
    names::{name_keys, own_keys},
};

/// Adds the words of the graph to the declared words.
pub(super) fn complete(vocabulary: &mut Vocabulary, graph: &Graph) {
    let derived = Derived {
        declared: vocabulary
            .phrases
            .iter()
            .map(|(phrase, _)| phrase.to_owned())
            .collect(),
    };
    nouns(vocabulary, graph);
    types::verbs(vocabulary, graph);
    let first = vocabulary.attributes.len();
    attributes::attributes(vocabulary, graph);
    for at in first..vocabulary.attributes.len() {
        let id = AttributeId(at as u32);
        if let Some(key) = key_of(&vocabulary.attributes[at].value) {
            let key = key.to_owned();
            times::words(vocabulary, &derived, &key, id);
            ranks::words(vocabulary, &derived, &key, id);
            aliases::words(vocabulary, &derived, &key, id);
        }
    }
    times::of_types(vocabulary, &derived, graph);
    people(vocabulary);
    events::verbs(vocabulary, &derived);
    values::words(vocabulary, &derived, graph);
    numbers(vocabulary, graph);
    dates_of_unnamed(vocabulary);
}

/// Adds words that are derived from the words of the graph. They never compete with declared words.
struct Derived {
    declared: FxHashSet<String>,
}

impl Derived {
    fn add(&self, vocabulary: &mut Vocabulary, phrase: &str, entry: Entry) {
        if !self.declared.contains(&normal(phrase)) {
            vocabulary.phrases.add(phrase, entry);
        }
    }

    fn attribute_verb(&self, vocabulary: &mut Vocabulary, base: &str, id: AttributeId) {
        if !self.declared.contains(&normal(base)) {
            vocabulary.say_attribute_verb(&inflect::verb_forms(base), id);
        }
    }
}

/// Numbers identify the entities of labels without names: `order 1004`.
fn numbers(vocabulary: &mut Vocabulary, graph: &Graph) {
    for (label, key) in vocabulary.names.own.clone() {
        let catalog = graph.catalog();
        let first = catalog.label(&label).and_then(|label| {
            let first = graph.nodes_with_label(label).min()?;
            Some(graph.node_property(NodeId(first), catalog.key(&key)?))
        });
        let is_number = matches!(first, Some(Value::Integer(_)));
        let words = inflect::parts(&key).join(" ");
        let attribute = vocabulary.attribute_of(&label, &words);
        for noun in &mut vocabulary.nouns {
            if noun.label == label && is_number {
                noun.numbered = noun.numbered.or(attribute);
            }
        }
    }
}

/// Shows the dates of entities that only an identifier names: a screening is known by its date.
fn dates_of_unnamed(vocabulary: &mut Vocabulary) {
    for noun in 0..vocabulary.nouns.len() {
        let label = vocabulary.nouns[noun].label.clone();
        let is_unnamed = vocabulary.names.own.iter().any(|(own, _)| *own == label);
        if !is_unnamed || !vocabulary.nouns[noun].shows.is_empty() {
            continue;
        }
        let dates = vocabulary
            .attributes
            .iter()
            .zip(0..)
            .filter(|(attribute, _)| {
                let own = attribute.pattern.steps.is_empty() && attribute.labels.contains(&label);
                own && attribute.dates.is_some()
            });
        let dates: Vec<AttributeId> = dates.map(|(_, id)| AttributeId(id)).collect();
        vocabulary.nouns[noun].shows = dates;
    }
}

/// Adds a noun for each label, also if other nouns are declared for it.
fn nouns(vocabulary: &mut Vocabulary, graph: &Graph) {
    let labels = graph.catalog().labels();
    let used: Vec<String> = labels
        .filter(|(label, _)| graph.stats().label_in_use(*label))
        .map(|(_, name)| name.to_string())
        .collect();
    for label in used {
        let words = inflect::parts(&label).join(" ");
        if normal(&words).is_empty() {
            continue;
        }
        let plain = |noun: &Noun| noun.label == label && noun.pattern.is_none();
        let id = match vocabulary.nouns.iter().position(plain) {
            Some(at) => NounId(at as u32),
            None => vocabulary.push_noun(&words, &label),
        };
        vocabulary.say_noun(&words, None, Entry::Noun(id));
    }
}

/// Last words of labels of people, and of bodies that act.
const PEOPLE: &[&str] = &[
    "person",
    "people",
    "human",
    "user",
    "accountant",
    "actor",
    "adviser",
    "advisor",
    "applicant",
    "artist",
    "assistant",
    "athlete",
    "attendant",
    "author",
    "boy",
    "candidate",
    "captain",
    "character",
    "chef",
    "child",
    "citizen",
    "client",
    "coach",
    "colleague",
    "composer",
    "consultant",
    "contact",
    "cook",
    "curator",
    "customer",
    "dancer",
    "delegate",
    "designer",
    "developer",
    "director",
    "doctor",
    "donor",
    "driver",
    "editor",
    "employee",
    "engineer",
    "farmer",
    "friend",
    "girl",
    "guest",
    "hero",
    "inspector",
    "instructor",
    "inventor",
    "investigator",
    "judge",
    "king",
    "lawyer",
    "leader",
    "lecturer",
    "man",
    "manager",
    "mayor",
    "member",
    "minister",
    "monarch",
    "musician",
    "nurse",
    "officer",
    "organiser",
    "organizer",
    "owner",
    "painter",
    "parent",
    "participant",
    "passenger",
    "patient",
    "performer",
    "photographer",
    "pilot",
    "player",
    "poet",
    "politician",
    "president",
    "professor",
    "pupil",
    "queen",
    "reader",
    "researcher",
    "reviewer",
    "ruler",
    "sailor",
    "scientist",
    "singer",
    "soldier",
    "speaker",
    "staff",
    "student",
    "subscriber",
    "supervisor",
    "teacher",
    "tenant",
    "tutor",
    "victim",
    "visitor",
    "volunteer",
    "winner",
    "woman",
    "worker",
    "writer",
];
const BODIES: &[&str] = &[
    "agency",
    "association",
    "authority",
    "band",
    "bank",
    "brand",
    "broadcaster",
    "charity",
    "club",
    "college",
    "committee",
    "company",
    "council",
    "employer",
    "firm",
    "foundation",
    "funder",
    "government",
    "hospital",
    "institute",
    "institution",
    "manufacturer",
    "ministry",
    "organisation",
    "organization",
    "party",
    "producer",
    "provider",
    "publisher",
    "school",
    "seller",
    "sponsor",
    "studio",
    "supplier",
    "team",
    "union",
    "university",
    "vendor",
];

/// Endings of nouns for people: `librarian`, `pianist`.
const PERSONAL: &[&str] = &["ian", "ist", "woman", "keeper"];

/// True for a noun for people: `pilot`, `librarian`.
fn is_person(noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let personal = PERSONAL.iter().any(|ending| last.ends_with(ending));
    PEOPLE.contains(&last.as_str()) || personal && !last.ends_with("list")
}

/// True for a noun for bodies that act: `record company`.
fn is_body(noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or_default();
    BODIES.contains(&last.to_lowercase().as_str())
}

/// Finds the labels of people and of bodies that act by their words, unless a file declares `who`.
fn people(vocabulary: &mut Vocabulary) {
    if !vocabulary.who.is_empty() {
        return;
    }
    let labels = |is_one: fn(&str) -> bool| {
        let nouns = vocabulary
            .nouns
            .iter()
            .filter(|noun| noun.pattern.is_none() && is_one(&noun.singular));
        let mut labels: Vec<String> = nouns.map(|noun| noun.label.clone()).collect();
        labels.dedup();
        labels
    };
    (vocabulary.who, vocabulary.bodies) = (labels(is_person), labels(is_body));
}

/// The labels at one end of the relationships of a type.
fn labels_at(graph: &Graph, kind: TypeId, source: bool) -> Vec<String> {
    let triples = graph.stats().triples();
    let ends = triples.filter(|(_, ty, ..)| *ty == kind);
    let mut labels: Vec<LabelId> = ends
        .map(|(from, _, to, _)| if source { from } else { to })
        .collect();
    labels.sort_unstable();
    labels.dedup();
    let name = |label| graph.catalog().label_name(label).to_string();
    labels.into_iter().map(name).collect()
}
