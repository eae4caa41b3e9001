//! Phrases with their meanings. A phrase is a sequence of normalised words separated by blanks.

use rustc_hash::FxHashMap;

use crate::question::{
    inflect::VerbForms,
    mention::{Meaning, VerbForm},
    vocabulary::{AdjectiveId, AdverbId, AttributeId, NounId, VerbId, Vocabulary},
    word::normal,
};

/// A meaning of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Entry {
    Noun(NounId),
    Verb(VerbForm, VerbId),
    Predicate(VerbId),
    SubjectNoun(VerbId),
    ObjectNoun(VerbId),
    RelationNoun(VerbId),
    Adjective(AdjectiveId),
    Adverb(AdverbId),
    Attribute(AttributeId),
    AttributeVerb(VerbForm, AttributeId),
    AttributeQuestion(AttributeId),
    Comparative(bool, AttributeId),
    Superlative(bool, AttributeId),
    /// A further name of an entity, by its index among the synonyms.
    Synonym(u32),
}

/// Phrases with their meanings.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases {
    entries: FxHashMap<String, Vec<Entry>>,
    /// The maximum number of words of a phrase.
    longest: usize,
}

impl Phrases {
    /// Adds a meaning to a phrase. A phrase of punctuation only is ignored.
    pub(super) fn add(&mut self, phrase: &str, entry: Entry) {
        let phrase = normal(phrase);
        if phrase.is_empty() {
            return;
        }
        self.longest = self.longest.max(phrase.split(' ').count());
        let entries = self.entries.entry(phrase).or_default();
        if !entries.contains(&entry) {
            entries.push(entry);
            entries.sort_unstable();
        }
    }

    /// Adds every form of a verb, with the entry that `entry` makes of it.
    pub(super) fn add_verb(&mut self, forms: &VerbForms, entry: impl Fn(VerbForm) -> Entry) {
        self.add(&forms.base, entry(VerbForm::Base));
        self.add(&forms.third, entry(VerbForm::Third));
        for form in forms.past.iter().chain(&forms.participle) {
            self.add(form, entry(VerbForm::Past));
        }
        for form in &forms.progressive {
            self.add(form, entry(VerbForm::Progressive));
        }
    }

    /// The meanings of a normalised phrase, in the order of categories.
    pub(super) fn get(&self, phrase: &str) -> &[Entry] {
        self.entries.get(phrase).map_or(&[], Vec::as_slice)
    }

    /// All phrases with their meanings, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[Entry])> {
        let entries = self.entries.iter();
        entries.map(|(phrase, entries)| (phrase.as_str(), entries.as_slice()))
    }
}

/// The categories of a phrase, each with all meanings. Synonyms are names and left out.
pub(super) fn meanings(entries: &[Entry]) -> Vec<Meaning> {
    let mut meanings: Vec<Meaning> = Vec::new();
    for entry in entries {
        let joined = meanings.last_mut().is_some_and(|last| joins(last, *entry));
        if !joined {
            meanings.extend(meaning(*entry));
        }
    }
    meanings
}

/// Adds an entry to a meaning of the same category. Returns false if the categories differ.
fn joins(meaning: &mut Meaning, entry: Entry) -> bool {
    match (meaning, entry) {
        (Meaning::Noun(ids), Entry::Noun(id)) => ids.push(id),
        (Meaning::Verb(ids, form), Entry::Verb(other, id)) if *form == other => ids.push(id),
        (Meaning::Predicate(ids), Entry::Predicate(id)) => ids.push(id),
        (Meaning::SubjectNoun(ids), Entry::SubjectNoun(id)) => ids.push(id),
        (Meaning::ObjectNoun(ids), Entry::ObjectNoun(id)) => ids.push(id),
        (Meaning::RelationNoun(ids), Entry::RelationNoun(id)) => ids.push(id),
        (Meaning::Adjective(ids), Entry::Adjective(id)) => ids.push(id),
        (Meaning::Adverb(ids), Entry::Adverb(id)) => ids.push(id),
        (Meaning::Attribute(ids), Entry::Attribute(id)) => ids.push(id),
        (Meaning::AttributeVerb(ids, form), Entry::AttributeVerb(other, id)) if *form == other => {
            ids.push(id);
        }
        (Meaning::AttributeQuestion(ids), Entry::AttributeQuestion(id)) => ids.push(id),
        (Meaning::Comparative(ids, more), Entry::Comparative(other, id)) if *more == other => {
            ids.push(id);
        }
        (Meaning::Superlative(ids, more), Entry::Superlative(other, id)) if *more == other => {
            ids.push(id);
        }
        _ => return false,
    }
    true
}

fn meaning(entry: Entry) -> Option<Meaning> {
    Some(match entry {
        Entry::Noun(id) => Meaning::Noun(vec![id]),
        Entry::Verb(form, id) => Meaning::Verb(vec![id], form),
        Entry::Predicate(id) => Meaning::Predicate(vec![id]),
        Entry::SubjectNoun(id) => Meaning::SubjectNoun(vec![id]),
        Entry::ObjectNoun(id) => Meaning::ObjectNoun(vec![id]),
        Entry::RelationNoun(id) => Meaning::RelationNoun(vec![id]),
        Entry::Adjective(id) => Meaning::Adjective(vec![id]),
        Entry::Adverb(id) => Meaning::Adverb(vec![id]),
        Entry::Attribute(id) => Meaning::Attribute(vec![id]),
        Entry::AttributeVerb(form, id) => Meaning::AttributeVerb(vec![id], form),
        Entry::AttributeQuestion(id) => Meaning::AttributeQuestion(vec![id]),
        Entry::Comparative(more, id) => Meaning::Comparative(vec![id], more),
        Entry::Superlative(more, id) => Meaning::Superlative(vec![id], more),
        Entry::Synonym(_) => return None,
    })
}

impl Vocabulary {
    /// Returns the verbs with a base form.
    #[must_use]
    pub fn verbs_called(&self, base: &str) -> Vec<VerbId> {
        let phrase = normal(base.strip_prefix("be ").unwrap_or(base));
        let verb = |entry: &Entry| match entry {
            Entry::Verb(VerbForm::Base, id) | Entry::Predicate(id) => Some(*id),
            _ => None,
        };
        self.phrases.get(&phrase).iter().filter_map(verb).collect()
    }

    /// Returns the attribute that words denote on nodes with a label; an attribute of this label comes first.
    #[must_use]
    pub fn attribute_of(&self, label: &str, words: &str) -> Option<AttributeId> {
        let entries = self.phrases.get(&normal(words)).iter();
        let ids = entries.filter_map(|entry| match entry {
            Entry::Attribute(id) => Some(*id),
            _ => None,
        });
        let rank = |id: &AttributeId| {
            let labels = &self.attributes[id.0 as usize].labels;
            let is = labels.iter().any(|other| self.is_a(label, other));
            let may = labels.is_empty() || labels.iter().any(|other| self.may_be(label, other));
            if is { Some(0) } else { may.then_some(1) }
        };
        let ranked = ids.filter_map(|id| Some((rank(&id)?, id)));
        ranked.min().map(|(_, id)| id)
    }

    /// All phrases that begin with a normalised text, each with each of its categories.
    pub(crate) fn phrases_like(&self, prefix: &str) -> impl Iterator<Item = (&str, Meaning)> {
        let phrases = self
            .phrases
            .iter()
            .filter(move |(phrase, _)| phrase.starts_with(prefix));
        phrases.flat_map(|(phrase, entries)| {
            meanings(entries)
                .into_iter()
                .map(move |meaning| (phrase, meaning))
        })
    }

    /// The maximum number of words of a phrase.
    pub(crate) fn longest_phrase(&self) -> usize {
        self.phrases.longest
    }

    /// The categories of a normalised phrase.
    pub(crate) fn phrase_meanings(&self, phrase: &str) -> Vec<Meaning> {
        meanings(self.phrases.get(phrase))
    }

    /// The names of which a normalised phrase is a synonym, each with its declared label.
    pub(crate) fn synonyms_of(&self, phrase: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
        let numbers = self
            .phrases
            .get(phrase)
            .iter()
            .filter_map(|entry| match entry {
                Entry::Synonym(number) => Some(*number as usize),
                _ => None,
            });
        numbers.map(|number| {
            let (name, label) = &self.synonyms[number];
            (name.as_str(), label.as_deref())
        })
    }
}
