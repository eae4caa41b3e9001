//! Parses a segmentation: each mention becomes a token, pest parses the tokens, builders make the syntax tree.
//!
//! The pairs of pest are not used outside this module.

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

/// Error: the grammar or the tree rejects the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stuck {
    /// The number of tokens before the error.
    pub(super) tokens: usize,
}

/// The tokens of a segmentation as text.
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

/// The token of a mention.
enum Symbol {
    Word(&'static str),
    Category(char),
}

/// The category letter of names.
pub(super) const ENTITY: char = 'E';

/// The category letter of a meaning; `None` for function words.
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

/// Parses a segmentation with the tokens `text`.
///
/// # Errors
/// The grammar rejects the tokens, or the tree cannot represent the sentence.
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

/// Builds the tree.
struct Builder<'l> {
    links: &'l [&'l Link],
    /// The token that the tree cannot represent.
    refused: Cell<Option<Token>>,
}

type Node<'i> = Pair<'i, Rule>;

impl Builder<'_> {
    /// The token index of a category pair.
    fn token(&self, pair: &Node<'_>) -> Token {
        let text = pair.as_str().trim();
        text[1..].parse().expect("a category ends in a number")
    }

    /// The token of a pair that contains exactly one.
    fn only(&self, pair: Node<'_>) -> Token {
        match pair.clone().into_inner().next() {
            Some(inner) => self.only(inner),
            None => self.token(&pair),
        }
    }

    /// Records that the tree cannot represent what begins at a span.
    fn refuse(&self, span: Span) {
        let at = self
            .links
            .iter()
            .position(|link| link.span.start >= span.start);
        self.refused.set(at);
    }

    /// The number of a number token.
    fn amount(&self, pair: &Node<'_>) -> f64 {
        match self.links.get(self.token(pair)).map(|link| &link.meaning) {
            Some(Meaning::Number(number)) => *number,
            _ => 0.0,
        }
    }

    /// The span of a pair in the question.
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

/// The children of a pair.
fn inside(pair: Node<'_>) -> Vec<Node<'_>> {
    pair.into_inner().collect()
}

/// True if one of `parts` matches `rule`.
fn has(parts: &[Node<'_>], rule: Rule) -> bool {
    parts.iter().any(|part| part.as_rule() == rule)
}

/// The first of `parts` that matches `rule`.
fn find<'a, 'i>(parts: &'a [Node<'i>], rule: Rule) -> Option<&'a Node<'i>> {
    parts.iter().find(|part| part.as_rule() == rule)
}
