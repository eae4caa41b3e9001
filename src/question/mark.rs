//! What the words of a question are, for colours while it is typed.

use crate::{
    base::Span,
    graph::Graph,
    question::{
        link::{Link, Meaning},
        vocabulary::Vocabulary,
        word::words,
    },
};

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A word of the grammar: `which`.
    Function,
    /// A kind of thing.
    Noun,
    /// A tie between things.
    Verb,
    /// A restriction.
    Adjective,
    /// A value of things, or what is said of it.
    Attribute,
    /// A thing by its name.
    Entity,
    /// A number, a date, or a text in quotes.
    Literal,
    /// None of them.
    Unknown,
}

/// The words of a text from left to right, each with the longest phrase that it begins. What stands between them is
/// blank, or a mark.
#[must_use]
pub fn marks(text: &str, vocabulary: &Vocabulary, graph: &Graph) -> Vec<(Span, Mark)> {
    let words = words(text);
    let links = vocabulary.links(graph, &words);
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match longest(&links, at) {
            Some(link) => {
                marks.push((link.span, mark(&link.meaning)));
                at = link.words.end.max(at + 1);
            }
            None => {
                marks.push((word.span, Mark::Unknown));
                at += 1;
            }
        }
    }
    marks
}

/// The longest link that begins at a word; of two that are as long, that of a word of the vocabulary.
fn longest(links: &[Link], at: usize) -> Option<&Link> {
    let here = links.iter().filter(|link| link.words.start == at);
    here.max_by_key(|link| (link.words.end, mark(&link.meaning) != Mark::Function))
}

fn mark(meaning: &Meaning) -> Mark {
    match meaning {
        Meaning::Function(_) => Mark::Function,
        Meaning::Noun(_) | Meaning::Numbered(_) => Mark::Noun,
        Meaning::Verb(..)
        | Meaning::Predicate(_)
        | Meaning::SubjectNoun(_)
        | Meaning::ObjectNoun(_)
        | Meaning::Tie(_) => Mark::Verb,
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
