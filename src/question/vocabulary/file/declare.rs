//! Adds the declarations of a file to a vocabulary.

use super::{
    adjectives, adverbs,
    check::Checker,
    entry::{
        AttributeEntry, DocumentsEntry, File, FormsEntry, NounEntry, Placed, SynonymEntry,
        VerbEntry, WordEntry,
    },
};
use crate::{
    graph::Column,
    question::{
        inflect::{VerbForms, plurals, verb_forms},
        vocabulary::{
            Attribute, AttributeId, Dates, Documents, Noun, NounId, Sense, ValueKind, VerbId,
            Vocabulary,
            build::NewVerb,
            pattern::{ends, key_of, labels},
            phrases::Entry,
            schema::{dates_of, value_kind},
        },
        word::normal,
    },
    syntax::ast::{Expr, ExprKind, PatternElement},
    value::NodeId,
};

/// A declaration that needs the words of the graph: an attribute of a noun, by its words.
#[derive(Debug)]
pub(in crate::question::vocabulary) struct Later {
    noun: NounId,
    attribute: Placed,
    part: Part,
}

/// The role of the attribute for the noun.
#[derive(Clone, Copy, Debug)]
enum Part {
    Shown,
    Number,
    Order,
}

impl Later {
    pub(super) fn apply(self, vocabulary: &mut Vocabulary, checker: &mut Checker<'_>) {
        let noun = &vocabulary.nouns[self.noun.0 as usize];
        let Some(id) = vocabulary.attribute_of(&noun.label, self.attribute.get_ref()) else {
            let message = format!(
                "expected an attribute of `{}`, found `{}`",
                noun.label,
                self.attribute.get_ref()
            );
            return checker.problem(&self.attribute, message);
        };
        let noun = &mut vocabulary.nouns[self.noun.0 as usize];
        match self.part {
            Part::Shown => noun.shows.push(id),
            Part::Number => noun.numbered = Some(id),
            Part::Order => noun.order = Some(id),
        }
    }
}

/// Adds all declarations. Returns those that need the words of the graph.
pub(super) fn declare(
    vocabulary: &mut Vocabulary,
    checker: &mut Checker<'_>,
    file: File,
) -> Vec<Later> {
    let mut later = Vec::new();
    vocabulary.only_own_words = file.general_synonyms == Some(false);
    for label in &file.who {
        checker.label(label);
    }
    vocabulary.who = file.who.into_iter().map(Placed::into_inner).collect();
    vocabulary.documents = file.documents.and_then(|entry| documents(checker, entry));
    for entry in file.nouns {
        noun(vocabulary, checker, entry, &mut later);
    }
    for entry in file.adjectives {
        adjectives::adjective(vocabulary, checker, entry);
    }
    for entry in file.verbs {
        verb(vocabulary, checker, entry);
    }
    for entry in file.adverbs {
        adverbs::adverb(vocabulary, checker, entry);
    }
    for entry in file.attributes {
        attribute(vocabulary, checker, entry);
    }
    for entry in file.synonyms {
        synonym(vocabulary, checker, entry);
    }
    later
}

fn documents(checker: &mut Checker<'_>, entry: DocumentsEntry) -> Option<Documents> {
    let known = checker.label(&entry.label) & checker.key(&entry.key);
    let part = entry.part.as_ref().map(|part| checker.expression(part));
    known.then(|| Documents {
        label: entry.label.into_inner(),
        key: entry.key.into_inner(),
        part: part.flatten(),
    })
}

fn noun(
    vocabulary: &mut Vocabulary,
    checker: &mut Checker<'_>,
    entry: NounEntry,
    later: &mut Vec<Later>,
) {
    let known = checker.label(&entry.label);
    let pattern = entry.pattern.as_ref().map(|text| checker.pattern(text));
    let Some(first) = entry.words.get_ref().first() else {
        return checker.problem(&entry.words, "expected at least one word");
    };
    if !known || pattern.as_ref().is_some_and(Option::is_none) {
        return;
    }
    let id = NounId(vocabulary.nouns.len() as u32);
    vocabulary.nouns.push(Noun {
        singular: first.word().to_owned(),
        plural: first.plural(),
        label: entry.label.into_inner(),
        pattern: pattern.flatten(),
        shows: Vec::new(),
        numbered: None,
        order: None,
    });
    for word in entry.words.get_ref() {
        say_noun(vocabulary, word, Entry::Noun(id));
    }
    let mut wait = |attribute, part| {
        later.push(Later {
            noun: id,
            attribute,
            part,
        })
    };
    entry
        .shows
        .into_iter()
        .for_each(|shown| wait(shown, Part::Shown));
    entry
        .numbered
        .into_iter()
        .for_each(|number| wait(number, Part::Number));
    entry
        .order
        .into_iter()
        .for_each(|order| wait(order, Part::Order));
}

/// Adds a noun, in the singular and the plural.
fn say_noun(vocabulary: &mut Vocabulary, word: &WordEntry, entry: Entry) {
    let plural = match word {
        WordEntry::Plain(_) => None,
        WordEntry::Forms(forms) => forms.plural.as_deref(),
    };
    vocabulary.say_noun(word.word(), plural, entry);
}

fn verb(vocabulary: &mut Vocabulary, checker: &mut Checker<'_>, entry: VerbEntry) {
    if entry.words.get_ref().is_empty() {
        checker.problem(&entry.words, "expected at least one word");
        return;
    }
    if entry.senses.get_ref().is_empty() && entry.wide.is_empty() {
        checker.problem(&entry.senses, "expected at least one pattern");
        return;
    }
    let narrow = entry.senses.get_ref().iter().map(|text| (text, None));
    let wide = entry
        .wide
        .iter()
        .map(|wide| (&wide.pattern, Some(wide.words.clone())));
    let senses: Vec<Sense> = narrow
        .chain(wide)
        .filter_map(|(text, words)| checker.sense(text, words))
        .collect();
    let forms: Vec<VerbForms> = entry.words.get_ref().iter().map(WordEntry::verb).collect();
    let words = |entries: &[WordEntry]| {
        entries
            .iter()
            .map(|entry| entry.word().to_owned())
            .collect()
    };
    let verb = NewVerb {
        words: words(entry.words.get_ref()),
        subject: words(&entry.subject),
        object: words(&entry.object),
        senses,
        asks_where: entry.asks_where,
    };
    let id = vocabulary.push_verb_forms(verb, &forms);
    vocabulary.verbs[id.0 as usize].own = entry.own;
    for (entries, made) in [
        (&entry.subject, Entry::SubjectNoun(id)),
        (&entry.object, Entry::ObjectNoun(id)),
        (&entry.ties, Entry::RelationNoun(id)),
    ] {
        entries
            .iter()
            .for_each(|word| say_noun(vocabulary, word, made));
    }
}

fn attribute(vocabulary: &mut Vocabulary, checker: &mut Checker<'_>, entry: AttributeEntry) {
    let Some(first) = entry.words.get_ref().first() else {
        return checker.problem(&entry.words, "expected at least one word");
    };
    let parsed = (
        checker.pattern(&entry.pattern),
        checker.expression(&entry.value),
    );
    let (Some(pattern), Some(value)) = parsed else {
        return;
    };
    let (kind, dates) = kind(checker, &pattern, &value);
    let mut of_verb = Vec::new();
    for word in &entry.of_verb {
        of_verb.extend(verbs_called(vocabulary, checker, word));
    }
    let id = AttributeId(vocabulary.attributes.len() as u32);
    let attribute = Attribute {
        words: first.word().to_owned(),
        labels: labels(ends(&pattern).0),
        pattern,
        value,
        unit: entry.unit.clone(),
        kind,
        dates,
        of_event: false,
        of_verb,
        says: entry.yes.clone().zip(entry.no.clone()),
    };
    if entry.values {
        adjectives::nouns_of_values(vocabulary, checker, &attribute, &entry.value);
    }
    vocabulary.push_attribute(attribute, &[]);
    say_attribute(vocabulary, &entry, id);
}

fn say_attribute(vocabulary: &mut Vocabulary, entry: &AttributeEntry, id: AttributeId) {
    for word in entry.words.get_ref() {
        say_noun(vocabulary, word, Entry::Attribute(id));
    }
    for question in &entry.asks {
        vocabulary
            .phrases
            .add(question, Entry::AttributeQuestion(id));
    }
    for (words, more) in [(&entry.more, true), (&entry.less, false)] {
        for word in words {
            let superlative = word.split(' ').any(|part| part.ends_with("st"));
            let made = match superlative {
                true => Entry::Superlative(more, id),
                false => Entry::Comparative(more, id),
            };
            vocabulary.phrases.add(word, made);
        }
    }
    for verb in &entry.verbs {
        vocabulary.say_attribute_verb(&verb.verb(), id);
    }
}

/// The verbs with a base form; records an error if there are none.
pub(super) fn verbs_called(
    vocabulary: &Vocabulary,
    checker: &mut Checker<'_>,
    word: &Placed,
) -> Vec<VerbId> {
    let verbs = vocabulary.verbs_called(word.get_ref());
    if verbs.is_empty() {
        let message = format!(
            "expected a verb of this file in its base form, found `{}`",
            word.get_ref()
        );
        checker.problem(word, message);
    }
    verbs
}

/// The kind of the values of an expression, and the form of its dates, by the key that it reads.
fn kind(
    checker: &Checker<'_>,
    pattern: &PatternElement,
    value: &Expr,
) -> (ValueKind, Option<Dates>) {
    let column = key_of(value).and_then(|name| {
        let key = checker.graph.catalog().key(name)?;
        let column = match is_of_relationship(pattern, value) {
            true => checker.graph.edge_column(key),
            false => checker.graph.node_column(key),
        };
        Some((column?, name))
    });
    column.map_or((ValueKind::Text, None), |(column, name)| {
        (value_kind(column), dates_of(column, name))
    })
}

/// True if an expression reads a relationship of a pattern.
pub(super) fn is_of_relationship(pattern: &PatternElement, value: &Expr) -> bool {
    let ExprKind::Property(of, _) = &value.kind else {
        return false;
    };
    let ExprKind::Variable(variable) = &of.kind else {
        return false;
    };
    let mut named = pattern
        .steps
        .iter()
        .filter_map(|(step, _)| step.variable.as_ref());
    named.any(|name| name.text == *variable)
}

fn synonym(vocabulary: &mut Vocabulary, checker: &mut Checker<'_>, entry: SynonymEntry) {
    if entry
        .label
        .as_ref()
        .is_some_and(|label| !checker.label(label))
    {
        return;
    }
    let label = entry.label.map(Placed::into_inner);
    if !is_name(vocabulary, checker, entry.of.get_ref(), label.as_deref()) {
        let message = format!(
            "expected the name of something in the graph, found `{}`",
            entry.of.get_ref()
        );
        return checker.problem(&entry.of, message);
    }
    let number = vocabulary.synonyms.len() as u32;
    vocabulary.synonyms.push((entry.of.into_inner(), label));
    for word in &entry.words {
        vocabulary.phrases.add(word, Entry::Synonym(number));
    }
}

/// True if a node with a label has a name. Compares it as written first, which is cheap, then normalised.
fn is_name(
    vocabulary: &Vocabulary,
    checker: &Checker<'_>,
    name: &str,
    label: Option<&str>,
) -> bool {
    let graph = checker.graph;
    let label = label.and_then(|label| graph.catalog().label(label));
    let fits = |node: NodeId| label.is_none_or(|label| graph.has_label(node, label));
    let keys = vocabulary.name_keys().keys.iter();
    let columns = keys.filter_map(|key| graph.node_column(graph.catalog().key(key)?));
    let written = |column: &Column| {
        let Some((slots, code)) = column
            .codes()
            .map(|(slots, _)| slots)
            .zip(column.code_of(name))
        else {
            return false;
        };
        let mut nodes = column.indices().filter(|at| slots.get(*at) == Some(code));
        nodes.any(|at| fits(NodeId(u32::try_from(at).unwrap_or(u32::MAX))))
    };
    columns.into_iter().any(written)
        || vocabulary
            .named(graph, &normal(name))
            .iter()
            .any(|entity| fits(entity.node))
}

impl WordEntry {
    pub(super) fn word(&self) -> &str {
        match self {
            Self::Plain(word) => word,
            Self::Forms(FormsEntry { word, .. }) => word,
        }
    }

    /// The plural for display.
    fn plural(&self) -> String {
        let given = match self {
            Self::Plain(_) => None,
            Self::Forms(forms) => forms.plural.clone(),
        };
        given.unwrap_or_else(|| plurals(self.word()).swap_remove(0))
    }

    /// The forms of a verb: the declared ones, the others by rule.
    fn verb(&self) -> VerbForms {
        let mut forms = verb_forms(self.word());
        if let Self::Forms(given) = self {
            let one = |form: &Option<String>| form.clone().map(|form| vec![form]);
            forms.third = given.third.clone().unwrap_or(forms.third);
            forms.past = one(&given.past).unwrap_or(forms.past);
            let participle = one(&given.participle).or_else(|| one(&given.past));
            forms.participle = participle.unwrap_or(forms.participle);
            forms.progressive = one(&given.progressive).unwrap_or(forms.progressive);
        }
        forms
    }
}
