//! What is most like a word that nobody knows.

use rustc_hash::FxHashMap;

use crate::{
    base::distance,
    graph::Graph,
    question::{
        vocabulary::{
            Vocabulary,
            phrases::{Entry, meanings},
        },
        word::normal,
    },
    value::NodeId,
};

/// How many names are compared at most: those that begin like the word come first.
const COMPARED: usize = 4000;
/// A name of more words than these is a sentence.
const SENTENCE: usize = 9;

/// Words that are known, with what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The words: a phrase of the vocabulary or a name.
    pub words: String,
    /// What they are: `noun`, `verb`, or the kind of the thing that bears the name.
    pub what: String,
}

/// What a suggestion is made of: described only once it is known to be among the nearest.
enum Source<'v> {
    Phrase(&'v str, &'v [Entry]),
    Name(String, NodeId),
}

impl Source<'_> {
    fn words(&self) -> &str {
        match self {
            Self::Phrase(words, _) => words,
            Self::Name(words, _) => words,
        }
    }
}

/// A source with the distance of its nearest word and the number of its words.
type Near<'v> = (usize, usize, Source<'v>);

impl Vocabulary {
    /// Phrases and names one of whose words is most like an unknown one, the nearest first, at most `limit`.
    ///
    /// Where there are very many names only those are compared that share the first letters with the word. Names that are
    /// whole sentences are left out.
    #[must_use]
    pub fn nearest(&self, graph: &Graph, word: &str, limit: usize) -> Vec<Nearest> {
        let word = normal(word);
        let mut found: Vec<Near<'_>> = self.near_phrases(&word);
        found.extend(self.near_names(graph, &word));
        found.sort_by_cached_key(|(distance, length, source)| {
            (*distance, *length, source.words().to_lowercase())
        });
        let mut nearest: Vec<Nearest> = Vec::new();
        for (_, _, source) in found {
            if nearest.len() == limit {
                break;
            }
            let told = |other: &Nearest| other.words.eq_ignore_ascii_case(source.words());
            if !nearest.iter().any(told) {
                nearest.extend(self.told(graph, source));
            }
        }
        nearest
    }

    fn near_phrases(&self, word: &str) -> Vec<Near<'_>> {
        let near = self.phrases.iter().filter_map(|(phrase, entries)| {
            let (distance, length) = nearness(word, phrase)?;
            Some((distance, length, Source::Phrase(phrase, entries)))
        });
        near.collect()
    }

    fn near_names(&self, graph: &Graph, word: &str) -> Vec<Near<'_>> {
        let mut names: FxHashMap<String, NodeId> = FxHashMap::default();
        // Where there are few, all are seen.
        let most = if self.name_words(graph) <= COMPARED {
            1
        } else {
            4
        };
        let mut letters: Vec<usize> = word.char_indices().map(|(at, _)| at).take(most).collect();
        letters.reverse();
        for end in letters {
            // From the most letters in common to none, until enough names are seen.
            for (name, node) in self.names_like(graph, &word[..end], COMPARED) {
                names.entry(name).or_insert(node);
            }
            if names.len() >= COMPARED {
                break;
            }
        }
        let near = names.into_iter().filter_map(|(name, node)| {
            let (distance, length) = nearness(word, &normal(&name))?;
            (length <= SENTENCE).then_some((distance, length, Source::Name(name, node)))
        });
        near.collect()
    }

    /// What a source is.
    fn told(&self, graph: &Graph, source: Source<'_>) -> Option<Nearest> {
        match source {
            Source::Phrase(words, entries) => {
                let meaning = meanings(entries).into_iter().next()?;
                let what = self.descriptions(graph, &meaning).into_iter().next()?.what;
                let words = words.to_owned();
                Some(Nearest { words, what })
            }
            Source::Name(words, node) => {
                let what = self.kind_of(graph, graph.labels_of(node));
                Some(Nearest { words, what })
            }
        }
    }
}

/// How near the nearest word of a phrase is, and how many words the phrase has.
fn nearness(word: &str, phrase: &str) -> Option<(usize, usize)> {
    let nearest = phrase
        .split(' ')
        .filter_map(|part| distance(word, part))
        .min()?;
    Some((nearest, phrase.split(' ').count()))
}
