//! The chart: an Earley parser over a lattice, which knows rules only as data.
//!
//! `recognise` fills one set of items per position between words. An item is a rule with the number of parts that are
//! read, and the position where the rule begins; each part that is read is recorded with the item before it, so that the
//! items form a packed forest of all parses. [`Forest::best`] then takes the parses of lowest cost out of it.
//!
//! Earley, An efficient context-free parsing algorithm, 1970; Huang and Chiang, Better k-best parsing, 2005.

mod best;

use rustc_hash::{FxHashMap, FxHashSet};

pub(super) use self::best::Parse;
use crate::question::{
    lattice::Lattice,
    rules::{Category, Rules, Symbol},
};

/// A rule of which `dot` parts are read, from the position `start`.
#[derive(Debug)]
struct Item {
    rule: u32,
    dot: u8,
    start: u16,
    /// The ways in which the last part was read.
    ways: Vec<Way>,
}

/// One way to read the last part of an item.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// The item without the last part: its position and its index.
    before: (u16, u32),
    part: Part,
}

/// What is read as a part of a rule.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// An edge of the lattice, by index.
    Edge(u32),
    /// A category from a position to the end of the item.
    Node(Category, u16),
    /// No part: an edge of the lattice that is skipped, by index.
    Skipped(u32),
}

/// The items that end at a position.
#[derive(Debug, Default)]
struct Set {
    items: Vec<Item>,
    /// The index of an item by its rule, its dot and its start.
    index: FxHashMap<(u32, u8, u16), u32>,
    /// The items that wait for a category.
    waiting: FxHashMap<Category, Vec<u32>>,
    /// The items that complete a category from a start.
    complete: FxHashMap<(Category, u16), Vec<u32>>,
}

/// All parses of a question.
#[derive(Debug)]
pub(super) struct Forest<'a> {
    rules: &'a Rules,
    lattice: &'a Lattice,
    sets: Vec<Set>,
}

impl<'a> Forest<'a> {
    /// Reads a lattice by the rules. Takes time cubic in the number of words.
    pub(super) fn read(rules: &'a Rules, lattice: &'a Lattice) -> Self {
        let length = lattice.starts.len();
        let mut forest = Self {
            rules,
            lattice,
            sets: std::iter::repeat_with(Set::default).take(length).collect(),
        };
        forest.predict(0, rules.root);
        for position in 0..length {
            let mut at = 0;
            while at < forest.sets[position].items.len() {
                forest.advance(position as u16, at as u32);
                at += 1;
            }
            forest.skip(position as u16);
        }
        forest
    }

    /// The last position that an item reaches; the number of words if the whole question may be a beginning.
    pub(super) fn reached(&self) -> usize {
        let reached = self.sets.iter().rposition(|set| !set.items.is_empty());
        reached.unwrap_or(0)
    }

    /// True if rules form a question of all words.
    pub(super) fn is_complete(&self) -> bool {
        let last = self
            .sets
            .last()
            .expect("there is a set before the first word");
        last.complete.contains_key(&(self.rules.root, 0))
    }

    /// The terminal symbols that can follow at a position.
    pub(super) fn expected(&self, position: usize) -> Vec<Symbol> {
        let items = self.sets[position].items.iter();
        let mut open: Vec<Symbol> = items.filter_map(|item| self.next_part(item)).collect();
        let mut seen: FxHashSet<Symbol> = FxHashSet::default();
        while let Some(symbol) = open.pop() {
            if seen.insert(symbol)
                && let Symbol::Category(category) = symbol
            {
                let rules = &self.rules.forming[category.0 as usize];
                open.extend(
                    rules
                        .iter()
                        .map(|rule| self.rules.rules[*rule as usize].parts[0]),
                );
            }
        }
        let is_terminal = |symbol: &Symbol| !matches!(symbol, Symbol::Category(_));
        let mut symbols: Vec<Symbol> = seen.into_iter().filter(is_terminal).collect();
        symbols.sort_unstable();
        symbols
    }

    fn next_part(&self, item: &Item) -> Option<Symbol> {
        let rule = &self.rules.rules[item.rule as usize];
        rule.parts.get(item.dot as usize).copied()
    }

    fn advance(&mut self, position: u16, at: u32) {
        let item = &self.sets[position as usize].items[at as usize];
        let (rule, start) = (item.rule, item.start);
        match self.next_part(item) {
            None => self.complete(position, at, self.rules.rules[rule as usize].forms, start),
            Some(Symbol::Category(category)) => {
                let waiting = &mut self.sets[position as usize].waiting;
                let waiting = waiting.entry(category).or_default();
                waiting.push(at);
                if waiting.len() == 1 {
                    self.predict(position, category);
                }
            }
            Some(symbol) => self.scan(position, at, symbol),
        }
    }

    /// Adds an item for each rule that forms a category.
    fn predict(&mut self, position: u16, category: Category) {
        for rule in &self.rules.forming[category.0 as usize] {
            if self.may_begin(position, *rule) {
                self.add(position, (*rule, 0, position), None);
            }
        }
    }

    /// False if a rule begins with a terminal symbol that no edge at the position has.
    fn may_begin(&self, position: u16, rule: u32) -> bool {
        let first = self.rules.rules[rule as usize].parts[0];
        let edges = &self.lattice.starts[position as usize];
        let has = || {
            edges
                .iter()
                .any(|edge| self.lattice.edges[*edge as usize].symbol == first)
        };
        matches!(first, Symbol::Category(_)) || has()
    }

    /// Moves the items in the middle of a rule over the words that may be skipped.
    fn skip(&mut self, position: u16) {
        let lattice = self.lattice;
        for number in &lattice.starts[position as usize] {
            let edge = &lattice.edges[*number as usize];
            let is_filler =
                matches!(edge.symbol, Symbol::Literal(at) if self.rules.fillers.contains(&at));
            if !is_filler {
                continue;
            }
            for at in 0..self.sets[position as usize].items.len() {
                let item = &self.sets[position as usize].items[at];
                let parts = self.rules.rules[item.rule as usize].parts.len();
                if item.dot == 0 || item.dot as usize == parts {
                    continue;
                }
                let key = (item.rule, item.dot, item.start);
                let way = Way {
                    before: (position, at as u32),
                    part: Part::Skipped(*number),
                };
                self.add(edge.words.end as u16, key, Some(way));
            }
        }
    }

    /// Moves an item over each edge with a symbol.
    fn scan(&mut self, position: u16, at: u32, symbol: Symbol) {
        let lattice = self.lattice;
        for number in &lattice.starts[position as usize] {
            let edge = &lattice.edges[*number as usize];
            if edge.symbol == symbol {
                let way = Way {
                    before: (position, at),
                    part: Part::Edge(*number),
                };
                self.move_over(way, edge.words.end as u16);
            }
        }
    }

    /// Moves the items that wait for a category over it.
    fn complete(&mut self, position: u16, at: u32, category: Category, start: u16) {
        let complete = &mut self.sets[position as usize].complete;
        let complete = complete.entry((category, start)).or_default();
        complete.push(at);
        if complete.len() > 1 {
            return;
        }
        let waiting = self.sets[start as usize].waiting.get(&category);
        for before in waiting.cloned().unwrap_or_default() {
            let way = Way {
                before: (start, before),
                part: Part::Node(category, start),
            };
            self.move_over(way, position);
        }
    }

    fn move_over(&mut self, way: Way, position: u16) {
        let (at, index) = way.before;
        let item = &self.sets[at as usize].items[index as usize];
        let key = (item.rule, item.dot + 1, item.start);
        self.add(position, key, Some(way));
    }

    fn add(&mut self, position: u16, key: (u32, u8, u16), way: Option<Way>) {
        let set = &mut self.sets[position as usize];
        let (rule, dot, start) = key;
        let at = *set.index.entry(key).or_insert_with(|| {
            set.items.push(Item {
                rule,
                dot,
                start,
                ways: Vec::new(),
            });
            set.items.len() as u32 - 1
        });
        set.items[at as usize].ways.extend(way);
    }
}
