//! Words that are similar to an unknown word.

use rustc_hash::FxHashMap;

use crate::{
    base::distance,
    graph::Graph,
    question::{
        rules::function_words,
        vocabulary::{
            Vocabulary,
            phrases::{Entry, meanings},
        },
        word::normal,
    },
    value::NodeId,
};

/// Maximum number of names that are compared; those that begin like the word come first.
const COMPARED: usize = 4000;
/// Maximum number of words of a name; longer names are sentences.
const SENTENCE: usize = 9;

/// Known words with their class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// A phrase of the vocabulary, or a name.
    pub words: String,
    /// Their class: `noun`, `verb`, or the noun for the entity with the name.
    pub what: String,
}

/// The source of a suggestion. It is described only if it is among the nearest.
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

/// A source with the edit distance of its nearest word and its number of words.
type Near<'v> = (usize, usize, Source<'v>);

impl Vocabulary {
    /// Returns at most `limit` phrases and names with a word most similar to an unknown one, nearest first.
    ///
    /// If there are very many names, only those that begin with the same letters are compared. Names that are whole
    /// sentences are left out.
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

    /// Returns the words that an unknown word may be a misspelling of, in alphabetical order: words of phrases, of names
    /// and of the grammar at the least edit distance, which is at most 1 from four letters on and 2 from eight on.
    pub(crate) fn corrections(&self, graph: &Graph, word: &str) -> Vec<String> {
        let budget = match word.chars().count() {
            0..=3 => return Vec::new(),
            4..=7 => 1,
            _ => 2,
        };
        let phrases = self.near_phrases(word).into_iter();
        let names = self.near_names(graph, word).into_iter();
        let mut found: Vec<(usize, String)> = Vec::new();
        for (_, _, source) in phrases.chain(names) {
            let normalised = normal(source.words());
            let near = normalised.split(' ').filter_map(|part| {
                let edits = distance(word, part).filter(|edits| *edits <= budget)?;
                (!is_inflection(word, part)).then(|| (edits, part.to_owned()))
            });
            found.extend(near);
        }
        let grammar = function_words().filter_map(|part| {
            let edits = distance(word, part).filter(|edits| *edits <= budget)?;
            Some((edits, part.to_owned()))
        });
        found.extend(grammar);
        found.sort();
        found.dedup();
        let least = found.first().map(|(edits, _)| *edits);
        let nearest = found.into_iter().filter(|(edits, _)| Some(*edits) == least);
        nearest.map(|(_, word)| word).collect()
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
        // If there are few, all are compared.
        let most = if self.name_words(graph) <= COMPARED {
            1
        } else {
            4
        };
        let mut letters: Vec<usize> = word.char_indices().map(|(at, _)| at).take(most).collect();
        letters.reverse();
        for end in letters {
            // From the longest common prefix to the shortest, until enough names are found.
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

    /// Describes a source.
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

/// True if two words differ only in their endings, so that neither is a misspelling of the other.
fn is_inflection(word: &str, other: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "s", "es", "d", "ed", "r", "rs", "er", "ers", "or", "ors", "ing", "ion", "ions", "ment",
        "ies", "ly", "al",
    ];
    let letters = word.bytes().zip(other.bytes());
    let common = letters.take_while(|(a, b)| a == b).count();
    let (Some(one), Some(two)) = (word.get(common..), other.get(common..)) else {
        return false;
    };
    let is_ending =
        |ending: &str, of: &str| ENDINGS.contains(&ending) || ending.is_empty() && of.len() > 1;
    common >= 3 && is_ending(one, two) && is_ending(two, one)
}

/// The edit distance of the nearest word of a phrase, and its number of words.
fn nearness(word: &str, phrase: &str) -> Option<(usize, usize)> {
    let nearest = phrase
        .split(' ')
        .filter_map(|part| distance(word, part))
        .min()?;
    Some((nearest, phrase.split(' ').count()))
}
