//! Descriptions of the meanings of a word.

use crate::{
    graph::Graph,
    question::{
        mention::Meaning,
        number::{Number, numbers},
        vocabulary::Vocabulary,
        word::words,
    },
};

/// One meaning of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Its class: `noun`, `verb`, `adjective`, `attribute`, or a label for a name.
    pub what: String,
    /// Its meaning: a pattern, a label or a name.
    pub means: String,
}

impl Vocabulary {
    /// Returns every meaning of a word or phrase.
    #[must_use]
    pub fn describe(&self, graph: &Graph, phrase: &str) -> Vec<Description> {
        let words = words(phrase);
        let whole = |range: &std::ops::Range<usize>| *range == (0..words.len());
        let mut found: Vec<Description> = Vec::new();
        for mention in self
            .mentions(graph, &words)
            .iter()
            .filter(|mention| whole(&mention.words))
        {
            found.extend(self.descriptions(graph, &mention.meaning));
        }
        let numbers = numbers(&words);
        if found.is_empty()
            && numbers
                .iter()
                .any(|(range, number)| whole(range) && matches!(number, Number::Ordinal(_)))
        {
            found.push(description("ordinal number", phrase.to_owned()));
        }
        found
    }

    /// Describes a meaning: one entry per noun, verb, attribute or entity.
    #[must_use]
    pub fn descriptions(&self, graph: &Graph, meaning: &Meaning) -> Vec<Description> {
        match meaning {
            Meaning::Function(word) => {
                vec![description("word of the question form", (*word).to_owned())]
            }
            Meaning::Noun(ids) => ids
                .iter()
                .map(|id| self.noun_description(id.0 as usize))
                .collect(),
            Meaning::Verb(ids, _) => self.verb_descriptions("verb", ids.iter().map(|id| id.0)),
            Meaning::Predicate(ids) => {
                self.verb_descriptions("predicate", ids.iter().map(|id| id.0))
            }
            Meaning::SubjectNoun(ids) => {
                self.verb_descriptions("noun for the subject", ids.iter().map(|id| id.0))
            }
            Meaning::ObjectNoun(ids) => {
                self.verb_descriptions("noun for the object", ids.iter().map(|id| id.0))
            }
            Meaning::RelationNoun(ids) => {
                self.verb_descriptions("noun for the relation", ids.iter().map(|id| id.0))
            }
            Meaning::Adverb(ids) => {
                let adverbs = ids.iter().map(|id| &self.adverbs[id.0 as usize]);
                adverbs
                    .map(|adverb| description("adverb", adverb.condition.to_string()))
                    .collect()
            }
            Meaning::Adjective(ids) => {
                let patterns = ids.iter().map(|id| &self.adjectives[id.0 as usize]);
                patterns
                    .map(|adjective| description("adjective", adjective.pattern.to_string()))
                    .collect()
            }
            Meaning::Attribute(ids) => {
                self.attribute_descriptions("attribute", ids.iter().map(|id| id.0))
            }
            Meaning::AttributeVerb(ids, _) => {
                self.attribute_descriptions("verb", ids.iter().map(|id| id.0))
            }
            Meaning::AttributeQuestion(ids) => {
                self.attribute_descriptions("question", ids.iter().map(|id| id.0))
            }
            Meaning::Comparative(ids, _) => {
                self.attribute_descriptions("comparative", ids.iter().map(|id| id.0))
            }
            Meaning::Superlative(ids, _) => {
                self.attribute_descriptions("superlative", ids.iter().map(|id| id.0))
            }
            Meaning::Entity(entities) => entities
                .iter()
                .map(|entity| {
                    description(&self.kind_of(graph, &entity.labels), entity.name.clone())
                })
                .collect(),
            Meaning::Numbered(id) => vec![self.noun_description(id.0 as usize)],
            Meaning::Number(value) => vec![description("number", value.to_string())],
            Meaning::Date(date) => vec![description("date", date.clone())],
            Meaning::Quoted(text) => vec![description("text", text.clone())],
        }
    }

    fn noun_description(&self, at: usize) -> Description {
        let noun = &self.nouns[at];
        let means = match &noun.pattern {
            Some(pattern) => pattern.to_string(),
            None => format!("(x:{})", super::pattern::quoted(&noun.label)),
        };
        description("noun", means)
    }

    fn verb_descriptions(&self, what: &str, ids: impl Iterator<Item = u32>) -> Vec<Description> {
        let verbs = ids.map(|id| &self.verbs[id as usize]);
        let senses = verbs.flat_map(|verb| &verb.senses);
        senses
            .map(|sense| {
                let wide = if sense.wide { "in a wide sense " } else { "" };
                let labels = |labels: &[String]| match labels {
                    [] => "anything".to_owned(),
                    labels => labels.join(", "),
                };
                let ends = (labels(&sense.subject), labels(&sense.object));
                description(
                    what,
                    format!("{wide}{} from {} to {}", sense.pattern, ends.0, ends.1),
                )
            })
            .collect()
    }

    fn attribute_descriptions(
        &self,
        what: &str,
        ids: impl Iterator<Item = u32>,
    ) -> Vec<Description> {
        let attributes = ids.map(|id| &self.attributes[id as usize]);
        attributes
            .map(|attribute| {
                let of = match attribute.labels.as_slice() {
                    [] => String::new(),
                    labels => format!(" of {}", labels.join(", ")),
                };
                description(
                    what,
                    format!("{} in {}{of}", attribute.value, attribute.pattern),
                )
            })
            .collect()
    }

    /// Returns the noun for the most specific label; `thing` if there are no labels.
    #[must_use]
    pub fn kind_of(&self, graph: &Graph, labels: &[crate::value::LabelId]) -> String {
        let special = labels
            .iter()
            .min_by_key(|label| graph.stats().nodes(Some(**label)));
        let Some(label) = special.map(|label| graph.catalog().label_name(*label)) else {
            return "thing".to_owned();
        };
        let noun = self
            .nouns
            .iter()
            .find(|noun| *noun.label == **label && noun.pattern.is_none());
        noun.map_or_else(|| label.to_string(), |noun| noun.singular.clone())
    }
}

fn description(what: &str, means: String) -> Description {
    Description {
        what: what.to_owned(),
        means,
    }
}
