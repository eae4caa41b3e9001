//! Links to tree: each link becomes a token, pest reads the row of tokens by the grammar, builders make the tree.
//!
//! Pairs, which are what pest knows of a text, end in this module.

mod asked;
mod behind;
mod clause;
mod expected;
mod form;
mod further;
mod grammar;
mod order;
mod phrase;
mod turn;
mod value;
mod verb;
mod weigh;
mod yes_no;

use std::{cell::Cell, fmt::Write as _};

use pest::{Parser, iterators::Pair};

pub(super) use self::expected::{Expected, expected};
use self::grammar::{Grammar, Rule};
use crate::{
    base::Span,
    question::{
        link::{Link, Meaning, VerbForm},
        tree::{Question, Token},
    },
};

/// Why a row of tokens is no question: how many of its tokens fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stuck {
    /// How many tokens fit.
    pub(super) tokens: usize,
}

/// The row of tokens that stands for a linking.
pub(super) fn tokens(links: &[&Link]) -> String {
    let mut text = String::with_capacity(links.len() * 5);
    for (number, link) in links.iter().enumerate() {
        match symbol(&link.meaning) {
            Symbol::Word(word) => write!(text, "{word} "),
            Symbol::Category(letter) => write!(text, "{letter}{number} "),
        }
        .expect("a text takes what is written to it");
    }
    text
}

/// What stands for a link in a row of tokens.
enum Symbol {
    Word(&'static str),
    Category(char),
}

/// The letter of names.
pub(super) const ENTITY: char = 'E';

/// The letter of the category that a meaning has.
pub(super) fn letter(meaning: &Meaning) -> Option<char> {
    match symbol(meaning) {
        Symbol::Category(letter) => Some(letter),
        Symbol::Word(_) => None,
    }
}

fn symbol(meaning: &Meaning) -> Symbol {
    Symbol::Category(match meaning {
        Meaning::Function(word) => return Symbol::Word(word),
        Meaning::Noun(_) => 'N',
        Meaning::Numbered(_) => 'K',
        Meaning::Verb(_, form) => ['B', 'T', 'D', 'G'][place(*form)],
        Meaning::AttributeVerb(_, form) => ['W', 'X', 'Y', 'Z'][place(*form)],
        Meaning::Predicate(_) => 'P',
        Meaning::SubjectNoun(_) => 'S',
        Meaning::ObjectNoun(_) => 'O',
        Meaning::Adjective(_) => 'A',
        Meaning::Attribute(_) => 'R',
        Meaning::AttributeQuestion(_) => 'Q',
        Meaning::Comparative(..) => 'C',
        Meaning::Superlative(..) => 'M',
        Meaning::Entity(_) => 'E',
        Meaning::Number(_) => 'I',
        Meaning::Date(_) => 'J',
        Meaning::Quoted(_) => 'L',
        Meaning::Tie(_) => 'V',
        Meaning::Adverb(_) => 'H',
    })
}

fn place(form: VerbForm) -> usize {
    match form {
        VerbForm::Base => 0,
        VerbForm::Third => 1,
        VerbForm::Past => 2,
        VerbForm::Progressive => 3,
    }
}

/// The tree of a linking, whose row of tokens is `text`.
///
/// # Errors
/// The grammar does not accept the row.
pub(super) fn parse(links: &[&Link], text: &str) -> Result<Question, Stuck> {
    match Grammar::parse(Rule::question, text) {
        Ok(mut pairs) => {
            let pair = pairs.next().expect("a rule that matches makes one pair");
            let builder = Builder {
                links,
                refused: Cell::new(None),
            };
            let question = builder.question(pair);
            match builder.refused.get() {
                Some(tokens) => Err(Stuck { tokens }),
                None => Ok(question),
            }
        }
        Err(error) => Err(Stuck {
            tokens: text[..reached(&error)].matches(' ').count(),
        }),
    }
}

fn reached(error: &pest::error::Error<Rule>) -> usize {
    match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    }
}

/// Makes the tree.
struct Builder<'l> {
    links: &'l [&'l Link],
    /// The token that the tree has no place for.
    refused: Cell<Option<Token>>,
}

type Node<'i> = Pair<'i, Rule>;

impl Builder<'_> {
    /// The number of the token that a pair of a category is.
    fn token(&self, pair: &Node<'_>) -> Token {
        let text = pair.as_str().trim();
        text[1..].parse().expect("a category bears a number")
    }

    /// The token of a pair that holds nothing but one.
    fn only(&self, pair: Node<'_>) -> Token {
        match pair.clone().into_inner().next() {
            Some(inner) => self.only(inner),
            None => self.token(&pair),
        }
    }

    /// Notes that the tree has no place for what begins at a span.
    fn refuse(&self, span: Span) {
        let at = self
            .links
            .iter()
            .position(|link| link.span.start >= span.start);
        self.refused.set(at);
    }

    /// The number that a token is.
    fn amount(&self, pair: &Node<'_>) -> f64 {
        match self.links.get(self.token(pair)).map(|link| &link.meaning) {
            Some(Meaning::Number(number)) => *number,
            _ => 0.0,
        }
    }

    /// Where a pair stands in the question.
    fn span(&self, pair: &Node<'_>) -> Span {
        let whole = pair.get_input();
        let first = whole[..pair.as_span().start()].matches(' ').count();
        let count = pair.as_str().matches(' ').count().max(1);
        let last = (first + count - 1).min(self.links.len().saturating_sub(1));
        match (self.links.get(first), self.links.get(last)) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        }
    }
}

/// The parts of a pair.
fn inside(pair: Node<'_>) -> Vec<Node<'_>> {
    pair.into_inner().collect()
}

/// Whether a part of `rule` stands among the parts.
fn has(parts: &[Node<'_>], rule: Rule) -> bool {
    parts.iter().any(|part| part.as_rule() == rule)
}

/// The first part of `rule`.
fn find<'a, 'i>(parts: &'a [Node<'i>], rule: Rule) -> Option<&'a Node<'i>> {
    parts.iter().find(|part| part.as_rule() == rule)
}
