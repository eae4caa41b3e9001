//! The rules of the question form, read from `grammar/question.rules`.
//!
//! The file is read once, at the first question. It is part of the program, so that an error in it is a defect of the
//! program; a test reads it.

use std::sync::LazyLock;

use indexmap::IndexSet;
use pest::{Parser, iterators::Pair};
use rustc_hash::FxHashMap;

use self::notation::{Notation, Rule as Term};
use crate::question::algebra::{self, Operator};

/// The parser that pest generates from `grammar/rules.pest`.
mod notation {
    // The derive macro makes its items public; this module keeps them private to `rules`.
    #![allow(unreachable_pub, missing_docs)]

    /// Parses the notation of rules.
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/rules.pest"]
    pub struct Notation;
}

/// The text of the rule file.
const TEXT: &str = include_str!("../../grammar/question.rules");
/// The category of a whole question.
const ROOT: &str = "question";

/// The category of words that may be skipped.
const FILLER: &str = "filler";

/// A category that rules form, by its index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Category(pub(super) u16);

/// A part of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Symbol {
    /// What rules form.
    Category(Category),
    /// A class of mentions, by its index in [`Rules::classes`].
    Class(u16),
    /// Alternative words, by their index in [`Rules::literals`].
    Literal(u16),
}

/// A rule without optional parts.
#[derive(Debug)]
pub(super) struct Rule {
    /// What the rule forms.
    pub(super) forms: Category,
    pub(super) parts: Box<[Symbol]>,
    pub(super) meaning: Meaning,
    pub(super) cost: u32,
    /// The line of the rule in the file, from 1.
    #[cfg(test)]
    line: usize,
    /// The index of the block with its examples.
    #[cfg(test)]
    block: usize,
}

/// The meaning of a rule.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// The meaning of a part, by its index.
    Part(usize),
    /// A part that is left out.
    Absent,
    /// A constant word.
    Word(&'static str),
    Call(&'static Operator, Box<[Meaning]>),
}

/// Alternative words or phrases.
#[derive(Debug)]
pub(super) struct Literal {
    pub(super) phrases: Vec<&'static str>,
}

/// All rules.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) rules: Vec<Rule>,
    /// The rules of each category, by index.
    pub(super) forming: Vec<Vec<u32>>,
    /// The names of the categories.
    pub(super) categories: IndexSet<&'static str>,
    /// The names of the classes of mentions.
    pub(super) classes: IndexSet<&'static str>,
    pub(super) literals: Vec<Literal>,
    /// The literals that have a phrase, each with the index of the phrase.
    pub(super) phrases: FxHashMap<&'static str, Vec<(u16, &'static str)>>,
    /// The maximum number of words of a phrase.
    pub(super) longest: usize,
    /// Every word of a literal.
    pub(super) words: IndexSet<&'static str>,
    /// The literals of words that may be skipped.
    pub(super) fillers: Vec<u16>,
    /// The examples of each block.
    pub(super) examples: Vec<Vec<&'static str>>,
    pub(super) root: Category,
}

/// The rules of the question form.
pub(super) fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> =
        LazyLock::new(|| Rules::read(TEXT).unwrap_or_else(|error| panic!("{error}")));
    &RULES
}

/// The word of a literal; `None` for any other word.
pub(super) fn function_word(word: &str) -> Option<&'static str> {
    rules().words.get(word).copied()
}

/// Every word of a literal.
pub(super) fn function_words() -> impl Iterator<Item = &'static str> {
    rules().words.iter().copied()
}

/// A part as written.
struct Part {
    /// The alternatives: one symbol, or none if the part is optional.
    symbol: Symbol,
    optional: bool,
    name: Option<&'static str>,
}

impl Rules {
    /// Reads rules in the notation of `grammar/rules.pest`.
    ///
    /// # Errors
    /// The notation is wrong, or a rule names an unknown category, class, operator or part.
    fn read(text: &'static str) -> Result<Self, String> {
        let file = Notation::parse(Term::file, text).map_err(|error| error.to_string())?;
        let mut rules = Self::default();
        rules.category(ROOT);
        for block in file.flatten().filter(|pair| pair.as_rule() == Term::block) {
            rules.block(block)?;
        }
        rules.fillers = rules.literals_of(FILLER);
        let undefined = rules.forming.iter().position(Vec::is_empty);
        match undefined {
            Some(at) => Err(format!("no rule forms `{}`", rules.categories[at])),
            None => Ok(rules),
        }
    }

    /// The literals that form a category by themselves.
    fn literals_of(&self, category: &str) -> Vec<u16> {
        let at = self.categories.get_index_of(category);
        let forming = at.map_or(&[][..], |at| &self.forming[at]);
        let literal = |rule: &u32| match *self.rules[*rule as usize].parts {
            [Symbol::Literal(literal)] => Some(literal),
            _ => None,
        };
        forming.iter().filter_map(literal).collect()
    }

    fn block(&mut self, block: Pair<'static, Term>) -> Result<(), String> {
        let mut examples = Vec::new();
        for line in block.into_inner() {
            match line.as_rule() {
                Term::example => examples.push(text_of(&line).trim_start_matches(['>', ' '])),
                _ => self.rule(line)?,
            }
        }
        self.examples.push(examples);
        Ok(())
    }

    fn rule(&mut self, line: Pair<'static, Term>) -> Result<(), String> {
        let number = line.line_col().0;
        let mut pairs = line.into_inner();
        let forms = pairs.next().expect("the notation demands a category");
        let forms = self.category(forms.as_str());
        let mut parts = Vec::new();
        let mut meaning = None;
        let mut cost = 0;
        for pair in pairs {
            match pair.as_rule() {
                Term::part => parts.push(self.part(pair)),
                Term::cost => cost = text_of(&pair)[1..].parse().unwrap_or(0),
                _ => meaning = Some(pair),
            }
        }
        let meaning = meaning.expect("the notation demands a meaning");
        let optional: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].optional).collect();
        for taken in 0..1_usize << optional.len() {
            let left_out = |at: &usize| {
                let place = optional.iter().position(|optional| optional == at);
                place.is_some_and(|place| taken >> place & 1 == 1)
            };
            let kept: Vec<usize> = (0..parts.len()).filter(|at| !left_out(at)).collect();
            let expression = expression(meaning.clone(), &parts, &kept)
                .map_err(|error| format!("line {number}: {error}"))?;
            self.forming[forms.0 as usize].push(self.rules.len() as u32);
            self.rules.push(Rule {
                forms,
                parts: kept.iter().map(|at| parts[*at].symbol).collect(),
                meaning: expression,
                cost,
                #[cfg(test)]
                line: number,
                #[cfg(test)]
                block: self.examples.len(),
            });
        }
        Ok(())
    }

    fn part(&mut self, pair: Pair<'static, Term>) -> Part {
        let mut pairs = pair.into_inner();
        let symbol = pairs.next().expect("the notation demands a symbol");
        let symbol = match symbol.as_rule() {
            Term::literal => {
                let phrases = symbol.into_inner().map(|pair| pair.as_str()).collect();
                self.literal(phrases)
            }
            Term::mention => Symbol::Class(self.classes.insert_full(symbol.as_str()).0 as u16),
            _ => Symbol::Category(self.category(symbol.as_str())),
        };
        let mut part = Part {
            symbol,
            optional: false,
            name: None,
        };
        for pair in pairs {
            match pair.as_rule() {
                Term::optional => part.optional = true,
                _ => part.name = Some(text_of(&pair).trim_start_matches(':')),
            }
        }
        part
    }

    fn literal(&mut self, phrases: Vec<&'static str>) -> Symbol {
        let same = |literal: &Literal| literal.phrases == phrases;
        if let Some(at) = self.literals.iter().position(same) {
            return Symbol::Literal(at as u16);
        }
        let at = self.literals.len() as u16;
        for phrase in &phrases {
            self.phrases.entry(phrase).or_default().push((at, phrase));
            self.longest = self.longest.max(phrase.split(' ').count());
            self.words.extend(phrase.split(' '));
        }
        self.literals.push(Literal { phrases });
        Symbol::Literal(at)
    }

    fn category(&mut self, name: &'static str) -> Category {
        let (at, added) = self.categories.insert_full(name);
        if added {
            self.forming.push(Vec::new());
        }
        Category(at as u16)
    }
}

fn text_of(pair: &Pair<'static, Term>) -> &'static str {
    pair.as_str()
}

/// The meaning of a rule with the parts at `kept`.
fn expression(
    pair: Pair<'static, Term>,
    parts: &[Part],
    kept: &[usize],
) -> Result<Meaning, String> {
    let inner = match pair.as_rule() {
        Term::meaning => pair.into_inner().next().expect("a meaning is not empty"),
        _ => pair,
    };
    match inner.as_rule() {
        Term::call => {
            let mut pairs = inner.into_inner();
            let name = pairs.next().expect("a call has a name").as_str();
            let operator = algebra::operator(name).ok_or(format!("no operator `{name}`"))?;
            let arguments = pairs.map(|pair| expression(pair, parts, kept));
            Ok(Meaning::Call(
                operator,
                arguments.collect::<Result<_, _>>()?,
            ))
        }
        Term::constant | Term::number => Ok(Meaning::Word(inner.as_str().trim_matches('\''))),
        _ => {
            let name = inner.as_str();
            let named = |at: &usize| parts[*at].name == Some(name);
            match kept.iter().position(named) {
                Some(at) => Ok(Meaning::Part(at)),
                None if parts.iter().any(|part| part.name == Some(name)) => Ok(Meaning::Absent),
                None => Err(format!("no part is called `{name}`")),
            }
        }
    }
}

#[cfg(test)]
mod tests;
