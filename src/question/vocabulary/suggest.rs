//! What is most like a word that nobody knows.

use rustc_hash::FxHashMap;

use crate::{
    base::distance,
    graph::Graph,
    question::{
        vocabulary::{Vocabulary, phrases::meanings},
        word::normal,
    },
    value::NodeId,
};

/// How many names are compared at most: those that begin like the word come first.
const COMPARED: usize = 4000;

/// Words that are known, with what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The words: a phrase of the vocabulary or a name.
    pub words: String,
    /// What they are: `noun`, `verb`, or the kind of the thing that bears the name.
    pub what: String,
}

impl Vocabulary {
    /// Phrases and names one of whose words is most like an unknown one, the nearest first, at most `limit`.
    ///
    /// Where there are very many names only those are compared that share the first letters with the word.
    #[must_use]
    pub fn nearest(&self, graph: &Graph, word: &str, limit: usize) -> Vec<Nearest> {
        let word = normal(word);
        let mut found: Vec<(usize, usize, Nearest)> = self.near_phrases(graph, &word);
        found.extend(self.near_names(graph, &word));
        found.sort_by(|left, right| {
            let key = |(distance, length, nearest): &(usize, usize, Nearest)| {
                (*distance, *length, nearest.words.to_lowercase())
            };
            key(left).cmp(&key(right))
        });
        let mut nearest: Vec<Nearest> = Vec::new();
        for (_, _, near) in found {
            let known = nearest
                .iter()
                .any(|other| other.words.eq_ignore_ascii_case(&near.words));
            if nearest.len() < limit && !known {
                nearest.push(near);
            }
        }
        nearest
    }

    fn near_phrases(&self, graph: &Graph, word: &str) -> Vec<(usize, usize, Nearest)> {
        let near = self.phrases.iter().filter_map(|(phrase, entries)| {
            let (distance, length) = nearness(word, phrase)?;
            let meaning = meanings(entries).into_iter().next()?;
            let what = self.descriptions(graph, &meaning).into_iter().next()?.what;
            let words = phrase.to_owned();
            Some((distance, length, Nearest { words, what }))
        });
        near.collect()
    }

    fn near_names(&self, graph: &Graph, word: &str) -> Vec<(usize, usize, Nearest)> {
        let mut names: FxHashMap<String, NodeId> = FxHashMap::default();
        let mut letters: Vec<usize> = word.char_indices().map(|(at, _)| at).take(4).collect();
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
            let what = self.kind_of(graph, graph.labels_of(node));
            Some((distance, length, Nearest { words: name, what }))
        });
        near.collect()
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
