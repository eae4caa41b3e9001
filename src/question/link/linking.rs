//! Segmentations of a question: sequences of mentions that cover every word once, lowest cost first.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::question::link::{Link, Meaning, VerbForm, find::is_number};

/// Cost of each mention, so that few, long mentions win.
const STEP: u32 = 16;

/// Additional cost of a name of digits only, which may also be a number.
const DIGITS: u32 = 3;

/// Additional cost of a function word that a vocabulary may define more precisely.
const VAGUE: u32 = 3;
/// Function words without a meaning of their own.
const VAGUE_WORDS: &[&str] = &["still", "currently"];

/// The cost of a mention: a constant, and a cost per category that ranks the meanings of the same words.
fn cost(link: &Link) -> u32 {
    STEP + match &link.meaning {
        Meaning::Function(word) => u32::from(VAGUE_WORDS.contains(word)) * VAGUE,
        Meaning::Noun(_) | Meaning::Numbered(_) => 1,
        // An adjective such as `represented` is preferred to the past form of a verb.
        Meaning::Verb(_, VerbForm::Past) => 3,
        Meaning::Verb(..) | Meaning::Predicate(_) | Meaning::AttributeVerb(..) => 1,
        Meaning::Number(_) => 1,
        Meaning::Date(_) | Meaning::AttributeQuestion(_) => 2,
        Meaning::Comparative(..) | Meaning::Superlative(..) => 2,
        Meaning::Adjective(_) | Meaning::Adverb(_) | Meaning::Attribute(_) => 2,
        Meaning::SubjectNoun(_) | Meaning::ObjectNoun(_) | Meaning::Tie(_) => 2,
        Meaning::Entity(entities) => {
            3 + u32::from(entities.iter().all(|entity| is_number(&entity.name))) * DIGITS
        }
        Meaning::Quoted(_) => 3,
    }
}

/// Returns the segmentations of `length` words, lowest cost first; ties are in the order of the mentions. Their number
/// may be exponential in `length`: take only as many as needed.
#[must_use]
pub fn linkings(links: &[Link], length: usize) -> Linkings<'_> {
    Linkings::new(links, length)
}

/// The segmentations of a question; see [`linkings`].
///
/// A best-first search. The remaining cost from each word to the end is computed in advance, so the search never
/// expands a partial segmentation that cannot be completed.
#[derive(Debug)]
pub struct Linkings<'a> {
    links: &'a [Link],
    /// The mentions that begin at each word, by index.
    starts: Vec<Vec<usize>>,
    /// The lowest cost from each word to the end; `None` if the end cannot be reached.
    rest: Vec<Option<u32>>,
    /// Partial segmentations: total cost, order of arrival, and last entry.
    open: BinaryHeap<Reverse<(u32, usize, usize)>>,
    /// The entries of partial segmentations: previous entry, mention, cost so far.
    trail: Vec<(Option<usize>, usize, u32)>,
    length: usize,
}

impl<'a> Linkings<'a> {
    fn new(links: &'a [Link], length: usize) -> Self {
        let mut starts = vec![Vec::new(); length];
        for (at, link) in links.iter().enumerate() {
            starts[link.words.start].push(at);
        }
        let mut rest: Vec<Option<u32>> = vec![None; length + 1];
        rest[length] = Some(0);
        for word in (0..length).rev() {
            let ways = starts[word].iter().filter_map(|at| {
                let link = &links[*at];
                Some(cost(link) + rest[link.words.end]?)
            });
            rest[word] = ways.min();
        }
        let mut linkings = Self {
            links,
            starts,
            rest,
            open: BinaryHeap::new(),
            trail: Vec::new(),
            length,
        };
        linkings.extend(None, 0, 0);
        linkings
    }

    /// Adds a partial segmentation for each mention that begins at `word`.
    fn extend(&mut self, before: Option<usize>, word: usize, so_far: u32) {
        let Some(starts) = self.starts.get(word) else {
            return;
        };
        for at in starts {
            let link = &self.links[*at];
            let Some(rest) = self.rest[link.words.end] else {
                continue;
            };
            let so_far = so_far + cost(link);
            let entry = self.trail.len();
            self.trail.push((before, *at, so_far));
            self.open.push(Reverse((so_far + rest, entry, entry)));
        }
    }

    fn way(&self, last: usize) -> Vec<&'a Link> {
        let mut way = Vec::new();
        let mut entry = Some(last);
        while let Some(at) = entry {
            let (before, link, _) = self.trail[at];
            way.push(&self.links[link]);
            entry = before;
        }
        way.reverse();
        way
    }
}

impl<'a> Iterator for Linkings<'a> {
    type Item = Vec<&'a Link>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(Reverse((_, _, entry))) = self.open.pop() {
            let (_, link, so_far) = self.trail[entry];
            let end = self.links[link].words.end;
            if end == self.length {
                return Some(self.way(entry));
            }
            self.extend(Some(entry), end, so_far);
        }
        None
    }
}

/// Returns the words that are in no mention, by index. If there are none but no segmentation exists, returns the first
/// word behind the longest partial segmentation.
#[must_use]
pub fn unknown(links: &[Link], length: usize) -> Vec<usize> {
    let mut covered = vec![false; length];
    let mut reached = vec![false; length + 1];
    reached[0] = true;
    for word in 0..length {
        for link in links.iter().filter(|link| link.words.start == word) {
            covered[link.words.clone()].fill(true);
            reached[link.words.end] |= reached[word];
        }
    }
    let unknown: Vec<usize> = (0..length).filter(|word| !covered[*word]).collect();
    if !unknown.is_empty() || reached[length] {
        return unknown;
    }
    let last = (0..length).rev().find(|word| reached[*word]);
    last.into_iter().collect()
}
