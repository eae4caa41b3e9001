//! Further words for keys: `email address`, `date of birth`, `is called`, `comes from`.

use super::{Derived, times};
use crate::question::{
    inflect::{parts, plurals, singulars},
    vocabulary::{AttributeId, Vocabulary, phrases::Entry},
};

/// Keys with further words for them.
const ALIASES: &[(&str, &[&str])] = &[
    ("cost", &["price"]),
    ("dob", &["date of birth", "birth date", "birthday"]),
    ("duration", &["length"]),
    (
        "email",
        &["email address", "mail address", "electronic mail"],
    ),
    ("fax", &["fax number"]),
    ("mobile", &["mobile number", "mobile phone number"]),
    ("phone", &["phone number", "telephone number", "telephone"]),
    ("postcode", &["postal code", "zip code"]),
    ("price", &["cost"]),
    ("runtime", &["running time", "length", "duration"]),
    ("salary", &["pay", "wage"]),
    ("telephone", &["phone number", "telephone number", "phone"]),
    ("url", &["website", "web address", "web site"]),
    ("website", &["web address", "web site", "homepage"]),
    ("zip", &["zip code", "postcode", "postal code"]),
];

/// Units at the end of a key: `durationDays`.
const UNITS: &[&str] = &[
    "centimetres",
    "cm",
    "days",
    "euros",
    "grams",
    "hectares",
    "hours",
    "kg",
    "kilograms",
    "kilometres",
    "km",
    "metres",
    "miles",
    "minutes",
    "mins",
    "months",
    "seconds",
    "tonnes",
    "weeks",
    "years",
];

/// Keys with the places that entities come from.
const ORIGINS: &[&str] = &["birthplace", "country", "hometown", "nationality", "origin"];

/// Adds further words for a key.
pub(super) fn words(vocabulary: &mut Vocabulary, derived: &Derived, key: &str, id: AttributeId) {
    let attribute = &vocabulary.attributes[id.0 as usize];
    if !attribute.pattern.steps.is_empty() {
        return;
    }
    let is_date = attribute.dates.is_some();
    let plain = parts(key).join(" ").to_lowercase();
    if let Some((_, others)) = ALIASES.iter().find(|(word, _)| *word == plain) {
        others
            .iter()
            .for_each(|other| noun(vocabulary, derived, other, id));
    }
    let unit = plain.rsplit_once(' ').map(|(_, last)| last);
    // The runtime of films and recordings is given in minutes.
    let unit = unit.or((plain == "runtime").then_some("minutes"));
    if let Some(unit) = unit.filter(|unit| UNITS.contains(unit)) {
        for words in std::iter::once(unit.to_owned()).chain(singulars(unit)) {
            derived.add(vocabulary, &words, Entry::Attribute(id));
        }
    }
    if is_date {
        for event in times::events(key) {
            for time in ["date", "year"] {
                noun(vocabulary, derived, &format!("{event} {time}"), id);
                noun(vocabulary, derived, &format!("{time} of {event}"), id);
            }
        }
    }
    if ORIGINS.contains(&plain.as_str()) {
        derived.attribute_verb(vocabulary, "come from", id);
        derived.attribute_verb(vocabulary, "hail from", id);
    }
    let keys = &vocabulary.names.keys.keys;
    if keys.iter().any(|name| name == key) {
        for verb in ["be called", "be named", "be titled", "be entitled"] {
            derived.attribute_verb(vocabulary, verb, id);
        }
    }
}

/// Adds a noun for an attribute, in the singular and the plural, unless a label has the noun.
fn noun(vocabulary: &mut Vocabulary, derived: &Derived, words: &str, id: AttributeId) {
    if vocabulary.has_noun(words) {
        return;
    }
    derived.add(vocabulary, words, Entry::Attribute(id));
    for plural in plurals(words) {
        derived.add(vocabulary, &plural, Entry::Attribute(id));
    }
}
