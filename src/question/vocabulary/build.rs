//! Builds a vocabulary: first the declared words, then those of the graph.

use crate::{
    base::Diagnostic,
    graph::Graph,
    question::{
        inflect::{VerbForms, plurals, verb_forms},
        mention::VerbForm,
        vocabulary::{
            Adjective, AdjectiveId, Attribute, AttributeId, Citations, LabelRelations, NameKeys,
            Noun, NounId, Sense, Verb, VerbId, Vocabulary, phrases::Entry, route, schema,
        },
    },
    value::TypeId,
};

/// A verb without its forms.
pub(super) struct NewVerb {
    /// Base forms; the first is displayed.
    pub(super) words: Vec<String>,
    pub(super) subject: Vec<String>,
    pub(super) object: Vec<String>,
    pub(super) senses: Vec<Sense>,
    pub(super) asks_where: bool,
}

impl Vocabulary {
    /// Builds the vocabulary of a graph: the words of `file`, the text of its `vocabulary.toml`, and for everything
    /// else the words of labels, types, keys and values. If `names` is empty, common name keys are used.
    ///
    /// This reads the schema and columns with few values. The index of names is built with the first question.
    ///
    /// # Errors
    /// The file does not follow its format, or refers to names that the graph does not have.
    pub fn build(
        graph: &Graph,
        file: Option<&str>,
        names: NameKeys,
        citations: Option<Citations>,
    ) -> Result<Self, Box<Diagnostic>> {
        let names = match names.keys.is_empty() && names.display.is_none() {
            true => schema::name_keys(graph),
            false => with_display(names),
        };
        let triples = graph.stats().triples();
        let mut triples: Vec<_> = triples.map(|(from, ty, to, _)| (from, ty, to)).collect();
        triples.sort_unstable_by_key(|(from, ty, to): &(_, TypeId, _)| (*ty, *from, *to));
        let mut vocabulary = Self {
            triples,
            display: names.display.clone(),
            citations,
            label_relations: LabelRelations::of(graph),
            schema: route::schema(graph),
            ..Self::default()
        };
        let own = schema::own_keys(graph, &names);
        vocabulary.names = super::names::Names::new(graph, names, own);
        let later = match file {
            Some(text) => super::file::read(&mut vocabulary, graph, text)?,
            None => Vec::new(),
        };
        schema::complete(&mut vocabulary, graph);
        if let Some(text) = file {
            super::file::finish(&mut vocabulary, graph, text, later)?;
        }
        vocabulary.sayings = super::saying::sayings(&vocabulary.verbs);
        Ok(vocabulary)
    }

    pub(super) fn push_noun(&mut self, words: &str, label: &str) -> NounId {
        let id = NounId(number(self.nouns.len()));
        self.nouns.push(Noun {
            singular: words.to_owned(),
            plural: plurals(words).swap_remove(0),
            label: label.to_owned(),
            pattern: None,
            shows: Vec::new(),
            numbered: None,
            order: None,
        });
        id
    }

    /// Adds the words of a noun, in the singular and the plural.
    pub(super) fn say_noun(&mut self, words: &str, plural: Option<&str>, entry: Entry) {
        self.phrases.add(words, entry);
        for plural in plural
            .map(|plural| vec![plural.to_owned()])
            .unwrap_or_else(|| plurals(words))
        {
            self.phrases.add(&plural, entry);
        }
    }

    /// Adds a verb by base forms, which are regular or in the closed list.
    pub(super) fn push_verb(&mut self, verb: NewVerb) -> VerbId {
        let forms: Vec<VerbForms> = verb.words.iter().map(|word| verb_forms(word)).collect();
        self.push_verb_forms(verb, &forms)
    }

    /// Adds a verb by its forms, those of the displayed word first.
    pub(super) fn push_verb_forms(&mut self, verb: NewVerb, forms: &[VerbForms]) -> VerbId {
        let id = VerbId(number(self.verbs.len()));
        for form in forms {
            self.say_verb(form, id);
        }
        for noun in &verb.subject {
            self.say_noun(noun, None, Entry::SubjectNoun(id));
        }
        for noun in &verb.object {
            self.say_noun(noun, None, Entry::ObjectNoun(id));
        }
        let shown = &forms[0];
        self.verbs.push(Verb {
            base: shown.base.clone(),
            third: shown.third.clone(),
            participle: shown.participle[0].clone(),
            nouns: (
                verb.subject.into_iter().next(),
                verb.object.into_iter().next(),
            ),
            senses: verb.senses,
            asks_where: verb.asks_where,
            own: false,
        });
        id
    }

    /// Adds further base forms of a verb, and participles without their preposition. They are not displayed.
    pub(super) fn also_say(&mut self, bases: &[String], participles: &[String], id: VerbId) {
        for base in bases {
            self.say_verb(&verb_forms(base), id);
        }
        for participle in participles {
            self.phrases
                .add(participle, Entry::Verb(VerbForm::Past, id));
        }
    }

    /// True if a phrase is a noun for a label.
    pub(super) fn has_noun(&self, phrase: &str) -> bool {
        let entries = self.phrases.get(&crate::question::word::normal(phrase));
        entries.iter().any(|entry| matches!(entry, Entry::Noun(_)))
    }

    /// `be linked to` is the predicate `linked to`, whose `be` is in the grammar; other verbs are inflected.
    fn say_verb(&mut self, forms: &VerbForms, id: VerbId) {
        match forms.base.strip_prefix("be ") {
            Some(predicate) => self.phrases.add(predicate, Entry::Predicate(id)),
            None => self.phrases.add_verb(forms, |form| Entry::Verb(form, id)),
        }
    }

    /// Adds the forms of a verb for an attribute. `be held` is a participle, whose `be` is in the grammar; `be` alone
    /// is ignored.
    pub(super) fn say_attribute_verb(&mut self, forms: &VerbForms, id: AttributeId) {
        match forms.base.strip_prefix("be ") {
            Some(predicate) => self
                .phrases
                .add(predicate, Entry::AttributeVerb(VerbForm::Past, id)),
            None if forms.base == "be" => {}
            None => self
                .phrases
                .add_verb(forms, |form| Entry::AttributeVerb(form, id)),
        }
    }

    /// Adds an attribute with its words, in the singular and the plural.
    pub(super) fn push_attribute(&mut self, attribute: Attribute, words: &[String]) -> AttributeId {
        let id = AttributeId(number(self.attributes.len()));
        if let Some(unit) = &attribute.unit {
            self.say_noun(unit, None, Entry::Attribute(id));
        }
        self.attributes.push(attribute);
        for words in words {
            self.say_noun(words, None, Entry::Attribute(id));
        }
        id
    }

    pub(super) fn push_adjective(&mut self, adjective: Adjective, words: &[String]) -> AdjectiveId {
        let id = AdjectiveId(number(self.adjectives.len()));
        self.adjectives.push(adjective);
        for words in words {
            self.phrases.add(words, Entry::Adjective(id));
        }
        id
    }
}

/// The name keys, with the display key among the search keys.
fn with_display(mut names: NameKeys) -> NameKeys {
    if let Some(display) = &names.display
        && !names.keys.contains(display)
    {
        names.keys.insert(0, display.clone());
    }
    names.display = names.display.or_else(|| names.keys.first().cloned());
    names
}

/// A length as the next index.
fn number(length: usize) -> u32 {
    u32::try_from(length).expect("a vocabulary has fewer entries than numbers of 32 bits")
}
