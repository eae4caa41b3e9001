//! What spans of words may mean.

use std::ops::Range;

use crate::{
    base::Span,
    question::vocabulary::{AdjectiveId, AttributeId, NounId, VerbId},
    value::{LabelId, NodeId},
};

/// A span of words with what it may mean in one category.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Which words of the question, by their numbers.
    pub words: Range<usize>,
    /// Where they stand in the question, in bytes.
    pub span: Span,
    /// The category with its meanings.
    pub meaning: Meaning,
}

/// A category with what the words may mean in it. Where several things of one category bear one name, all of them are
/// given, and typing decides.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A function word of the grammar, by itself: `which`, `that`, `,`.
    Function(&'static str),
    /// A kind of thing: `courses`.
    Noun(Vec<NounId>),
    /// A finite or participial form of a verb: `covers`, `covered`, `covering`.
    Verb(Vec<VerbId>, VerbForm),
    /// A predicate that stands after `be` or after a noun: `about`, `linked to`.
    Predicate(Vec<VerbId>),
    /// A noun for the subject of a verb: `lead` in `the lead of systemic practice`.
    SubjectNoun(Vec<VerbId>),
    /// A noun for the object of a verb: `provider`.
    ObjectNoun(Vec<VerbId>),
    /// A restriction: `advanced`, `online`.
    Adjective(Vec<AdjectiveId>),
    /// A property or a value that is reached from a thing: `credits`, `role`.
    Attribute(Vec<AttributeId>),
    /// A verb for an attribute: `start` in `modules that start in October 2025`.
    AttributeVerb(Vec<AttributeId>, VerbForm),
    /// A question that an attribute answers: `how long`, `when`.
    AttributeQuestion(Vec<AttributeId>),
    /// `longer`, `later`: more of an attribute; with `false`, less of it.
    Comparative(Vec<AttributeId>, bool),
    /// `longest`, `latest`; with `false`, `shortest`.
    Superlative(Vec<AttributeId>, bool),
    /// Things by a name.
    Entity(Vec<Entity>),
    /// A label's things by a code or number that follows its noun: `KSS 7`, `KSS 7 to 10` is the grammar's.
    Numbered(NounId),
    /// A number: `7`, `seven`.
    Number(f64),
    /// A date, a month or a year, as ISO text of that precision: `2025-07-04`, `2025-10`, `2025`.
    Date(String),
    /// A text in quotes.
    Quoted(String),
}

/// A thing that a name leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The node.
    pub node: NodeId,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// The key whose value bears the name.
    pub key: String,
    /// Whether the value is a list that holds the name.
    pub listed: bool,
    /// The name that stands for the thing: the value of the graph's display key.
    pub name: String,
}

/// Which form of a verb stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerbForm {
    /// `cover`
    Base,
    /// `covers`
    Third,
    /// `covered`, `given`, `gave`
    Past,
    /// `covering`
    Progressive,
}
