//! What a question means in a graph: the tree, with every word led to what it stands for there.

use crate::{
    base::Span,
    question::{
        tree::{Cmp, Det, Fold, Numbers, Wanted, Weigh},
        vocabulary::{AdjectiveId, AttributeId, NounId, VerbId},
    },
    syntax::ast::{Expr, PatternElement},
};

/// The labels of which things bear one; none, where anything is meant.
pub(super) type Kind = Vec<String>;

/// Things, with what is said of them.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    /// The variable that stands for them.
    pub(super) var: String,
    pub(super) kind: Kind,
    /// The noun by which they are called.
    pub(super) noun: Option<NounId>,
    /// The thing that bears a name.
    pub(super) name: Option<Name>,
    /// The attribute by whose numbers they are told apart, with the numbers.
    pub(super) numbers: Option<(AttributeId, Numbers)>,
    pub(super) det: Det,
    /// How many of them are asked for.
    pub(super) wanted: Option<Wanted>,
    pub(super) facts: Vec<Fact>,
    /// Whether the variable is that of things that were spoken of before.
    pub(super) again: bool,
    pub(super) span: Span,
}

/// A name with what bears it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// The key that holds it.
    pub(super) key: String,
    /// Its value.
    pub(super) value: Constant,
    /// How it is shown.
    pub(super) shown: String,
}

/// A constant, which can be compared.
pub(super) type Constant = crate::syntax::ast::Literal;

/// What is said of things.
#[derive(Clone, Debug)]
pub(super) enum Fact {
    Tie(Box<Tied>),
    Adjective(AdjectiveId, Span),
    /// The superlative of an attribute; whether it is the greatest.
    Superlative(AttributeId, bool, Span),
    Compare(AttributeId, Limit, Span),
    Has(AttributeId, Span),
    /// They are of another kind as well.
    Is(Kind, Option<NounId>, Span),
    /// They are those that the variable stands for.
    Same(String),
    /// They are the thing of a name, or those of numbers.
    Named(Box<Thing>),
    Not(Box<Fact>, Span),
    And(Vec<Fact>),
    Or(Vec<Fact>),
}

/// What a value is compared with.
#[derive(Clone, Debug)]
pub(super) enum Limit {
    Number(Cmp, f64),
    Between(f64, f64),
    /// An ISO text of a date or a part of one.
    Date(Cmp, String),
    Dates(String, String),
    Text(String),
    /// The same attribute of other things.
    Than(Cmp, Box<Thing>),
}

/// A tie to other things.
#[derive(Clone, Debug)]
pub(super) struct Tied {
    /// The verb whose sense it is; none, where the tie was found in the schema.
    pub(super) verb: Option<VerbId>,
    /// From the things of which it is said to the others.
    pub(super) pattern: PatternElement,
    /// Whether the others are the subject of the verb.
    pub(super) inverse: bool,
    pub(super) other: Thing,
    /// What else holds of the tie, over the variables of the pattern, with its words.
    pub(super) how: Vec<(Expr, String)>,
    /// In how many documents the tie is stated.
    pub(super) sources: Option<(Cmp, f64)>,
    /// Whether each document is to be named that states it.
    pub(super) by_source: bool,
    /// A wider sense, with its words.
    pub(super) wide: Option<(PatternElement, String)>,
    /// Whether the sense was made up from the schema.
    pub(super) proposed: bool,
    pub(super) span: Span,
}

/// What a question asks.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    Things {
        things: Vec<Thing>,
        columns: Vec<Column>,
    },
    Count {
        thing: Thing,
        by: Vec<Group>,
        keep_zero: bool,
    },
    Exists(Thing),
    Values {
        thing: Thing,
        columns: Vec<Column>,
        fold: Option<Fold>,
        by: Vec<Group>,
    },
    Describe(Vec<Thing>),
    Compare(Vec<Thing>),
    Common(Vec<Thing>),
    Connection {
        from: Thing,
        to: Thing,
        direct: bool,
        types: Vec<String>,
    },
    Said(Thing),
    Pairs {
        first: Thing,
        second: Thing,
        asked: Thing,
    },
    /// Two counts beside one another.
    Weighed(Thing, Thing, Weigh),
    /// Those of the first thing that are none of the second, and the other way round.
    BothWays(Thing),
}

/// What a count is made for each of.
#[derive(Clone, Debug)]
pub(super) enum Group {
    /// Things that are spoken of in the facts.
    Things(String),
    /// Values of the things that bear the variable.
    Values(String, AttributeId),
    /// A value of a tie that is a fact already.
    Tied(Expr, AttributeId),
}

/// A further column.
#[derive(Clone, Debug)]
pub(super) enum Column {
    /// A value of the things that bear the variable; with the other end of its pattern, where that is spoken of.
    Value {
        of: String,
        attribute: AttributeId,
        /// Whether rows without a value say nothing.
        needed: bool,
    },
    /// A value of a tie that is a fact already.
    Tied { value: Expr, words: String },
    /// Things that are tied to those asked for, if there are any.
    Things(Box<Thing>),
}
