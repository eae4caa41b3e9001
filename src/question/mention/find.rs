//! Finds the mentions of a question.

use std::ops::Range;

use crate::{
    graph::Graph,
    question::{
        inflect::singulars as singulars_of,
        mention::{Entity, Meaning, Mention, Origin},
        number::{Number, numbers},
        rules::function_word,
        vocabulary::Vocabulary,
        word::{Word, normal},
    },
    value::NodeId,
};

/// Number of words after which the beginning of a name identifies it, if no other entity has such a name.
const ENOUGH: usize = 3;

impl Vocabulary {
    /// Returns every mention with each of its categories, in text order, shorter spans first.
    ///
    /// Punctuation within a name or a phrase is ignored; function words are mentions of themselves.
    #[must_use]
    pub fn mentions(&self, graph: &Graph, words: &[Word]) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let longest = self.longest_phrase().max(self.longest_name(graph));
        for start in 0..words.len() {
            if let Some(word) = function_word(&words[start].text) {
                mentions.push(mention(words, start..start + 1, Meaning::Function(word)));
            }
            if words[start].quoted().is_some() {
                self.quoted(graph, words, start, &mut mentions);
            } else if !words[start].is_mark() {
                self.phrases_at(graph, words, start, longest, &mut mentions);
            }
        }
        for (range, number) in numbers(words) {
            mentions.extend(
                number_meanings(number).map(|meaning| mention(words, range.clone(), meaning)),
            );
        }
        mentions.sort_by_key(|mention| (mention.words.start, mention.words.end));
        mentions
    }

    /// Adds the phrases and names that begin at a word.
    fn phrases_at(
        &self,
        graph: &Graph,
        words: &[Word],
        start: usize,
        longest: usize,
        mentions: &mut Vec<Mention>,
    ) {
        let mut phrase = String::new();
        let mut length = 0;
        let mut begun: Vec<(String, NodeId)> = Vec::new();
        for end in start..words.len() {
            if words[end].quoted().is_some() {
                break;
            }
            if words[end].is_mark() {
                continue;
            }
            length += 1;
            if length > longest {
                break;
            }
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(&words[end].text);
            let meanings = self.meanings(graph, &phrase);
            if length == ENOUGH && function_word(&words[start].text).is_none() {
                begun = self.begun(graph, &phrase);
            }
            begun.retain(|(name, _)| {
                let rest = name.strip_prefix(phrase.as_str());
                rest.is_some_and(|rest| rest.starts_with(' '))
            });
            if let Some(entity) = self.begun_alone(graph, &begun)
                && function_word(&words[end].text).is_none()
                && !meanings
                    .iter()
                    .any(|meaning| matches!(meaning, Meaning::Entity(_)))
            {
                mentions.push(mention(
                    words,
                    start..end + 1,
                    Meaning::Entity(vec![entity]),
                ));
            }
            for meaning in meanings {
                // `KSS 7 to 10` is a range of numbers, even if an entity has the code `10`.
                if matches!(meaning, Meaning::Entity(_)) && ends_a_range(words, start, &phrase) {
                    continue;
                }
                let end = bracketed(words, start, end + 1);
                mentions.push(mention(words, start..end, meaning));
            }
        }
    }

    /// The entity with all the names that continue the words; `None` if there are several entities.
    fn begun_alone(&self, graph: &Graph, begun: &[(String, NodeId)]) -> Option<Entity> {
        let (name, node) = begun.first()?;
        let alone = begun.iter().all(|(_, other)| other == node);
        self.entity(graph, *node, name).filter(|_| alone)
    }

    /// The meanings of a normalised phrase: from the vocabulary and from the names of entities.
    fn meanings(&self, graph: &Graph, phrase: &str) -> Vec<Meaning> {
        let mut meanings = self.phrase_meanings(phrase);
        let mut entities = self.named(graph, phrase);
        for (name, label) in self.synonyms_of(phrase) {
            let label = label.and_then(|label| graph.catalog().label(label));
            let fits = |entity: &Entity| label.is_none_or(|label| entity.labels.contains(&label));
            let known = |entity: &Entity, entities: &[Entity]| {
                entities.iter().any(|other| other.node == entity.node)
            };
            for entity in self.named(graph, &normal(name)) {
                if fits(&entity) && !known(&entity, &entities) {
                    entities.push(entity);
                }
            }
        }
        // `social workers`: a singular name may be used in the plural.
        if meanings.is_empty() && entities.is_empty() {
            let ones = singulars(phrase).into_iter();
            entities = ones.flat_map(|one| self.named(graph, &one)).collect();
        }
        if !entities.is_empty() {
            meanings.push(Meaning::Entity(entities));
        }
        meanings
    }

    /// A quotation: the text itself, and the entities with this name.
    fn quoted(&self, graph: &Graph, words: &[Word], at: usize, mentions: &mut Vec<Mention>) {
        let text = words[at].quoted().unwrap_or_default();
        mentions.push(mention(words, at..at + 1, Meaning::Quoted(text.to_owned())));
        let entities = self.named(graph, &normal(text));
        if !entities.is_empty() {
            mentions.push(mention(words, at..at + 1, Meaning::Entity(entities)));
        }
    }
}

/// The singulars of a phrase, by its last word.
fn singulars(phrase: &str) -> Vec<String> {
    let (before, last) = phrase.rsplit_once(' ').map_or(("", phrase), |parts| parts);
    let ones = singulars_of(last).into_iter();
    ones.map(|one| format!("{before} {one}").trim_start().to_owned())
        .collect()
}

/// True for a number after another number and `to`.
fn ends_a_range(words: &[Word], start: usize, phrase: &str) -> bool {
    let before = start.checked_sub(2).map(|from| &words[from..start]);
    match before {
        Some([low, to]) => is_number(phrase) && is_number(&low.text) && to.text == "to",
        _ => false,
    }
}

/// True if a name consists of digits only.
pub(in crate::question) fn is_number(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

/// A mention of words in the vocabulary.
pub(super) fn mention(words: &[Word], range: Range<usize>, meaning: Meaning) -> Mention {
    let span = words[range.start].span.to(words[range.end - 1].span);
    Mention {
        words: range,
        span,
        meaning,
        origin: Origin::Known,
    }
}

/// The end of a span, including the bracket that closes one within it.
fn bracketed(words: &[Word], start: usize, end: usize) -> usize {
    let count = |mark: &str| {
        words[start..end]
            .iter()
            .filter(|word| word.text == mark)
            .count()
    };
    let closes = words.get(end).is_some_and(|word| word.text == ")");
    end + usize::from(closes && count("(") > count(")"))
}

fn number_meanings(number: Number) -> impl Iterator<Item = Meaning> {
    let meanings = match number {
        Number::Cardinal(value) => vec![Meaning::Number(value)],
        Number::Date(date) => vec![Meaning::Date(date)],
        Number::Digits(text) => vec![Meaning::Quoted(text)],
        Number::Ordinal(_) => Vec::new(),
    };
    meanings.into_iter()
}
