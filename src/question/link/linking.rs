//! Ways through a question: rows of links that cover every word once, the cheapest first.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::question::link::{Link, Meaning, VerbForm, find::is_number};

/// What each link costs, so that few and long ones win.
const STEP: u32 = 16;

/// What a name costs besides that is nothing but digits, as numbers are.
const DIGITS: u32 = 3;

/// What a function word costs besides that a vocabulary may know better.
const VAGUE: u32 = 3;
/// Function words that say nothing unless a vocabulary knows them.
const VAGUE_WORDS: &[&str] = &["still", "currently"];

/// How dear a link is: a step, and what sets its category apart where the same words may be several things.
fn cost(link: &Link) -> u32 {
    STEP + match &link.meaning {
        Meaning::Function(word) => u32::from(VAGUE_WORDS.contains(word)) * VAGUE,
        Meaning::Noun(_) | Meaning::Numbered(_) => 1,
        // `represented` is what a vocabulary declares it to be as an adjective, before it is what somebody did.
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

/// The ways to cover `length` words with links, one link for each word, the cheapest first and in the order of the links
/// among equals. There may be very many: take as many as are worth it.
#[must_use]
pub fn linkings(links: &[Link], length: usize) -> Linkings<'_> {
    Linkings::new(links, length)
}

/// See [`linkings`].
///
/// A search for the best first: the cost that remains from each word to the end is known exactly, so each way is found
/// without a step that leads nowhere.
#[derive(Debug)]
pub struct Linkings<'a> {
    links: &'a [Link],
    /// The links that begin at each word, by their numbers.
    starts: Vec<Vec<usize>>,
    /// The least cost from each word to the end; none where no way leads there.
    rest: Vec<Option<u32>>,
    /// Ways begun: total cost, the order of arrival, and the last entry of the way.
    open: BinaryHeap<Reverse<(u32, usize, usize)>>,
    /// Each entry of a way: the entry before it, the link, the cost so far.
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

    /// Opens each way that goes on at a word.
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

/// The first words that no link covers on the way that gets furthest: the numbers of the words that no link holds at all;
/// where each is in some link and yet no way leads through, the first word that cannot be passed.
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
