//! The parses of lowest cost: each category over each span keeps a bounded number of them.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Forest, Part, Way};
use crate::{
    base::Span,
    question::{
        algebra::{Scope, Value},
        mention::Mention,
        rules::{Category, Meaning},
    },
};

/// Maximum number of parses of a category over a span.
const KEPT: usize = 8;
/// Maximum number of parses of a whole question.
const KEPT_WHOLE: usize = 40;

/// Additional cost of a word that is skipped.
const SKIPPED: u32 = 1;

/// A parse of a category over a span.
#[derive(Debug)]
pub(in crate::question) struct Parse {
    pub(in crate::question) cost: u32,
    pub(in crate::question) value: Value,
    /// The edges, by index, in the order of the words.
    pub(in crate::question) edges: Vec<u32>,
    /// The rules used, by index, in no order.
    pub(in crate::question) rules: Vec<u32>,
}

/// The parses of a category over a span, lowest cost first.
type Parses = Rc<[Rc<Parse>]>;

/// The parts of a rule that are read, with their cost.
#[derive(Clone, Debug)]
struct Partial {
    cost: u32,
    parts: Vec<Rc<Parse>>,
    /// The edges that are skipped, by index.
    skipped: Vec<u32>,
}

/// Takes parses out of a forest.
struct Best<'a> {
    forest: &'a Forest<'a>,
    text: &'a str,
    mentions: &'a [Mention],
    /// The span of each word of the question.
    spans: &'a [Span],
    nodes: FxHashMap<(Category, u16, u16), Parses>,
    items: FxHashMap<(u16, u32), Rc<[Partial]>>,
}

impl Forest<'_> {
    /// The parses of the whole question, lowest cost first. `spans` are the spans of the words.
    pub(in crate::question) fn best(
        &self,
        text: &str,
        mentions: &[Mention],
        spans: &[Span],
    ) -> Vec<Rc<Parse>> {
        let mut best = Best {
            forest: self,
            text,
            mentions,
            spans,
            nodes: FxHashMap::default(),
            items: FxHashMap::default(),
        };
        let end = (self.sets.len() - 1) as u16;
        best.node(self.rules.root, 0, end).to_vec()
    }
}

impl Best<'_> {
    /// The parses of a category over a span.
    fn node(&mut self, category: Category, start: u16, end: u16) -> Parses {
        let key = (category, start, end);
        if let Some(known) = self.nodes.get(&key) {
            return known.clone();
        }
        // A category that would be a part of itself over the same span has no parse there.
        self.nodes.insert(key, Rc::new([]));
        let forest = self.forest;
        let complete = forest.sets[end as usize].complete.get(&(category, start));
        let mut parses: Vec<Rc<Parse>> = Vec::new();
        for at in complete.into_iter().flatten() {
            let rule = forest.sets[end as usize].items[*at as usize].rule;
            for partial in self.item(end, *at).iter() {
                if let Some(parse) = self.parse(rule, partial, start..end) {
                    add(&mut parses, parse);
                }
            }
        }
        parses.sort_by_key(|parse| parse.cost);
        let whole = category == forest.rules.root;
        parses.truncate(if whole { KEPT_WHOLE } else { KEPT });
        let parses: Parses = parses.into();
        self.nodes.insert(key, parses.clone());
        parses
    }

    /// The ways to read the parts of an item that are read.
    fn item(&mut self, position: u16, at: u32) -> Rc<[Partial]> {
        if let Some(known) = self.items.get(&(position, at)) {
            return known.clone();
        }
        let forest = self.forest;
        let item = &forest.sets[position as usize].items[at as usize];
        let mut partials = Vec::new();
        if item.dot == 0 {
            partials.push(Partial {
                cost: 0,
                parts: Vec::new(),
                skipped: Vec::new(),
            });
        }
        for way in &item.ways {
            self.extend(*way, position, &mut partials);
        }
        partials.sort_by_key(|partial| partial.cost);
        partials.truncate(KEPT_WHOLE);
        let partials: Rc<[Partial]> = partials.into();
        self.items.insert((position, at), partials.clone());
        partials
    }

    fn extend(&mut self, way: Way, position: u16, partials: &mut Vec<Partial>) {
        let (at, index) = way.before;
        if let Part::Skipped(edge) = way.part {
            let cost = self.forest.lattice.edges[edge as usize].cost + SKIPPED;
            let before = self.item(at, index);
            partials.extend(before.iter().map(|before| Partial {
                cost: before.cost + cost,
                parts: before.parts.clone(),
                skipped: before.skipped.iter().copied().chain([edge]).collect(),
            }));
            return;
        }
        let lasts = self.part(way.part, position);
        if lasts.is_empty() {
            return;
        }
        for before in self.item(at, index).iter() {
            for last in lasts.iter() {
                let mut parts = before.parts.clone();
                parts.push(last.clone());
                let cost = before.cost + last.cost;
                let skipped = before.skipped.clone();
                partials.push(Partial {
                    cost,
                    parts,
                    skipped,
                });
            }
        }
    }

    fn part(&mut self, part: Part, position: u16) -> Parses {
        match part {
            Part::Edge(number) => {
                let edge = &self.forest.lattice.edges[number as usize];
                let parse = Parse {
                    cost: edge.cost,
                    value: edge.value.clone(),
                    edges: vec![number],
                    rules: Vec::new(),
                };
                Rc::new([Rc::new(parse)])
            }
            Part::Node(category, start) => self.node(category, start, position),
            Part::Skipped(_) => Rc::new([]),
        }
    }

    /// The parse by a rule; `None` if the parts have no joint meaning.
    fn parse(&self, rule: u32, partial: &Partial, words: std::ops::Range<u16>) -> Option<Parse> {
        let known = &self.forest.rules.rules[rule as usize];
        let (first, last) = (words.start as usize, words.end as usize - 1);
        let scope = Scope::new(
            self.text,
            self.mentions,
            self.spans[first].to(self.spans[last]),
        );
        let value = meaning(&known.meaning, &partial.parts, &scope)?;
        let edges = partial.parts.iter().flat_map(|part| &part.edges).copied();
        let edges = edges.chain(partial.skipped.iter().copied());
        let mut edges: Vec<u32> = edges.collect();
        edges.sort_by_key(|edge| self.forest.lattice.edges[*edge as usize].words.start);
        let rules = partial.parts.iter().flat_map(|part| &part.rules).copied();
        Some(Parse {
            cost: partial.cost + known.cost + scope.cost(),
            value,
            edges,
            rules: rules.chain([rule]).collect(),
        })
    }
}

/// Adds a parse, unless there is one with the same value and no higher cost.
fn add(parses: &mut Vec<Rc<Parse>>, parse: Parse) {
    match parses.iter_mut().find(|other| other.value == parse.value) {
        Some(same) if same.cost <= parse.cost => {}
        Some(same) => *same = Rc::new(parse),
        None => parses.push(Rc::new(parse)),
    }
}

fn meaning(meaning: &Meaning, parts: &[Rc<Parse>], scope: &Scope<'_>) -> Option<Value> {
    match meaning {
        Meaning::Part(at) => Some(parts[*at].value.clone()),
        Meaning::Absent => Some(Value::Absent),
        Meaning::Word(word) => Some(Value::Word(word)),
        Meaning::Call(operator, arguments) => {
            let arguments = arguments
                .iter()
                .map(|argument| self::meaning(argument, parts, scope));
            let arguments: Option<Vec<Value>> = arguments.collect();
            (operator.body)(scope, &arguments?)
        }
    }
}
