//! Classes of the words of a question, for syntax highlighting.

use crate::{
    base::Span,
    graph::Graph,
    question::{
        mention::{Meaning, Mention},
        vocabulary::Vocabulary,
        word::words,
    },
};

/// The class of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A word of the grammar: `which`.
    Function,
    /// A noun for an entity type.
    Noun,
    /// A word for a relation.
    Verb,
    /// An adjective or adverb.
    Adjective,
    /// An attribute, or a verb, question or degree form of one.
    Attribute,
    /// The name of an entity.
    Entity,
    /// A number, a date, or a text in quotes.
    Literal,
    /// Not in the grammar or the vocabulary.
    Unknown,
}

/// Returns the spans of a text with their classes, from left to right, each for the longest mention that begins there.
///
/// A span for each unknown word is included; blanks between words are not.
#[must_use]
pub fn marks(text: &str, vocabulary: &Vocabulary, graph: &Graph) -> Vec<(Span, Mark)> {
    let words = words(text);
    let mentions = vocabulary.mentions(graph, &words);
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match longest(&mentions, at) {
            Some(mention) => {
                marks.push((mention.span, mark(&mention.meaning)));
                at = mention.words.end.max(at + 1);
            }
            None => {
                marks.push((word.span, Mark::Unknown));
                at += 1;
            }
        }
    }
    marks
}

/// The longest mention that begins at a word; of two equally long ones, that of the vocabulary.
pub(super) fn longest(mentions: &[Mention], at: usize) -> Option<&Mention> {
    let here = mentions.iter().filter(|mention| mention.words.start == at);
    here.max_by_key(|mention| (mention.words.end, mark(&mention.meaning) != Mark::Function))
}

fn mark(meaning: &Meaning) -> Mark {
    match meaning {
        Meaning::Function(_) => Mark::Function,
        Meaning::Noun(_) | Meaning::Numbered(_) => Mark::Noun,
        Meaning::Verb(..)
        | Meaning::Predicate(_)
        | Meaning::SubjectNoun(_)
        | Meaning::ObjectNoun(_)
        | Meaning::RelationNoun(_) => Mark::Verb,
        Meaning::Adjective(_) | Meaning::Adverb(_) => Mark::Adjective,
        Meaning::Attribute(_)
        | Meaning::AttributeVerb(..)
        | Meaning::AttributeQuestion(_)
        | Meaning::Comparative(..)
        | Meaning::Superlative(..) => Mark::Attribute,
        Meaning::Entity(_) => Mark::Entity,
        Meaning::Number(_) | Meaning::Date(_) | Meaning::Quoted(_) => Mark::Literal,
    }
}
