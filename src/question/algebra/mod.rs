//! The algebra of the rule file: operators that build the syntax tree of a question from its parts.
//!
//! An operator is a row of a table: its name in `grammar/question.rules`, and a function of the values of the parts. It
//! returns `None` if the parts have no joint meaning; the chart then drops that parse.

mod amount;
mod asked;
mod forms;
mod noun;
mod nouns;
mod predicate;
mod relation;
mod sentence;

use std::cell::Cell;

use crate::{
    base::Span,
    question::{
        mention::{Meaning, Mention},
        tree::{self, Cmp, Det, Form, Further, Np, Numbers, Pred, Question, Token, Wanted},
    },
};

/// The value of a part of a question.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A part that is left out.
    Absent,
    /// A mention, by its index.
    Token(Token),
    Tokens(Vec<Token>),
    /// A word of the grammar, or a constant of the rule file.
    Word(&'static str),
    Noun(Np),
    /// Coordinated noun phrases.
    Nouns(Nouns),
    Determiner(Determiner),
    Quantity(Quantity),
    /// The numbers that identify entities; `true` for alternatives: `KSS 7 or 8`.
    Numbers(Numbers, bool),
    /// Alternative values that an attribute is compared with.
    Limits(Vec<Limit>),
    /// The words of a relation: `uses or builds on`.
    Verbs(Verbs),
    Complement(Complement),
    /// Predicates that all hold.
    Predicates(Vec<Pred>),
    Order(Order),
    Asked(Asked),
    Form(Form),
    Further(Further),
    Question(Question),
}

/// Coordinated noun phrases.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Nouns {
    items: Vec<Np>,
    join: Join,
    /// `but not X`
    except: Vec<Np>,
}

/// The conjunction of coordinated noun phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    And,
    Or,
    Neither,
}

/// A determiner with its number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Determiner {
    det: Det,
    wanted: Option<Wanted>,
    /// `the same`
    same: bool,
    /// `one`, `1`
    one: bool,
}

/// A number of entities or of units: `at least three`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quantity {
    cmp: Cmp,
    number: f64,
    /// True if no word compares the number.
    plain: bool,
}

/// A value that an attribute is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Limit {
    Value(tree::Value),
    /// An adjective that stands for the value: `whose mode is online`.
    Adjective(Token),
}

/// The words of a relation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verbs {
    words: Vec<tree::RelationWord>,
    /// True for `or`.
    either: bool,
}

/// The objects, the time and the modifiers of a verb.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Complement {
    objects: Nouns,
    /// `as their model`: the word of the relation in place of the verb.
    role: Option<Verbs>,
    when: Option<(Cmp, Token)>,
    modifiers: Vec<Pred>,
}

/// The order of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Order {
    /// `by number of courses`
    counted: Option<Np>,
    /// `by duration`
    attribute: Option<Token>,
    direction: Option<Direction>,
    span: Span,
}

/// The direction of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Ascending,
    Descending,
    /// `longest first`
    Superlative(Token),
}

/// What a question asks for: a noun phrase with its question word.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    np: Np,
    how_many: bool,
    /// The number of predicates that belong to this noun phrase and not to those of `too`.
    own: usize,
    /// Further noun phrases, each with true if it has a question word of its own.
    too: Vec<(Np, bool)>,
}

/// An operator of the rule file.
pub(super) struct Operator {
    pub(super) name: &'static str,
    pub(super) body: Body,
}

/// A row of a table of operators.
const fn op(name: &'static str, body: Body) -> Operator {
    Operator { name, body }
}

/// The function of an operator.
pub(super) type Body = fn(&Scope<'_>, &[Value]) -> Option<Value>;

impl std::fmt::Debug for Operator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// What an operator knows besides its arguments.
pub(super) struct Scope<'a> {
    text: &'a str,
    mentions: &'a [Mention],
    /// The span of the words that the rule covers.
    span: Span,
    cost: Cell<u32>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(text: &'a str, mentions: &'a [Mention], span: Span) -> Self {
        Self {
            text,
            mentions,
            span,
            cost: Cell::new(0),
        }
    }

    /// The cost that operators added.
    pub(super) fn cost(&self) -> u32 {
        self.cost.get()
    }

    fn charge(&self, cost: u32) {
        self.cost.set(self.cost.get() + cost);
    }

    fn meaning(&self, token: Token) -> Option<&Meaning> {
        self.mentions.get(token).map(|mention| &mention.meaning)
    }

    /// The number of a number token.
    fn number(&self, value: &Value) -> Option<f64> {
        match self.meaning(value.token()?)? {
            Meaning::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The words of a mention.
    fn words(&self, token: Token) -> &str {
        let span = self.mentions.get(token).map(|mention| mention.span);
        span.and_then(|span| self.text.get(span.range()))
            .unwrap_or_default()
    }

    /// True for a light verb, which has no sense in the graph.
    fn is_light(&self, token: Token) -> bool {
        matches!(self.meaning(token), Some(Meaning::Verb(ids, _)) if ids.is_empty())
    }

    /// True if a comparative or superlative means more.
    fn is_more(&self, token: Token) -> bool {
        !matches!(
            self.meaning(token),
            Some(Meaning::Comparative(_, false) | Meaning::Superlative(_, false))
        )
    }
}

impl Value {
    fn token(&self) -> Option<Token> {
        match self {
            Self::Token(token) => Some(*token),
            _ => None,
        }
    }

    fn word(&self) -> Option<&'static str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// A single noun phrase. Numbers joined by `and` become alternatives.
    fn noun(&self) -> Option<Np> {
        match self {
            Self::Noun(np) => Some(noun::merged(np.clone())),
            Self::Nouns(nouns) => nouns.single(),
            _ => None,
        }
    }

    fn nouns(&self) -> Option<Nouns> {
        match self {
            Self::Nouns(nouns) => Some(nouns.clone()),
            Self::Noun(np) => Some(Nouns::one(np.clone())),
            _ => None,
        }
    }

    fn predicates(&self) -> Option<Vec<Pred>> {
        match self {
            Self::Predicates(preds) => Some(preds.clone()),
            _ => None,
        }
    }

    fn predicate(&self) -> Option<Pred> {
        self.predicates().map(Pred::all)
    }

    fn verbs(&self) -> Option<Verbs> {
        match self {
            Self::Verbs(verbs) => Some(verbs.clone()),
            Self::Word(word) => Some(Verbs {
                words: vec![tree::RelationWord::Any(word)],
                either: false,
            }),
            _ => None,
        }
    }
}

fn form(form: Form) -> Option<Value> {
    Some(Value::Form(form))
}

fn one(pred: Pred) -> Option<Value> {
    Some(Value::Predicates(vec![pred]))
}

/// The operator with a name.
pub(super) fn operator(name: &str) -> Option<&'static Operator> {
    let tables = [
        noun::OPERATORS,
        nouns::OPERATORS,
        amount::OPERATORS,
        relation::OPERATORS,
        predicate::OPERATORS,
        forms::OPERATORS,
        asked::OPERATORS,
        sentence::OPERATORS,
    ];
    let mut all = tables.into_iter().flatten();
    all.find(|operator| operator.name == name)
}
