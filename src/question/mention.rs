//! Mentions: spans of words with their possible meanings.

mod find;
mod general;
mod stranded;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use crate::question::inflect::VerbForm;
use crate::{
    base::Span,
    question::vocabulary::{AdjectiveId, AdverbId, AttributeId, NounId, VerbId},
    value::{LabelId, NodeId},
};

pub(in crate::question) use self::{
    find::is_number,
    general::{Mentions, mentions},
};

/// A mention: a span of words with its meanings in one category.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The words of the question, by index.
    pub words: Range<usize>,
    /// The span in the question, in bytes.
    pub span: Span,
    /// The category with its meanings.
    pub meaning: Meaning,
    /// How the words were recognised.
    pub origin: Origin,
}

/// How the words of a mention were recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The words are in the vocabulary of the graph, perhaps inflected.
    #[default]
    Known,
    /// The preposition of a verb stands before a question word: `on which topics does it focus`.
    Stranded,
    /// An everyday synonym of these words is in the vocabulary.
    Synonym(String),
    /// A light verb of English, without a sense in the graph.
    Unspecific,
    /// A spelling correction of these words.
    Corrected(String),
}

/// A category with the meanings of the words in it. If several entities of one category have the same name, all are
/// listed, and types decide.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A function word of the grammar: `which`, `that`, `,`.
    Function(&'static str),
    /// A noun for an entity type: `courses`.
    Noun(Vec<NounId>),
    /// A finite or participial form of a verb: `covers`, `covered`, `covering`.
    Verb(Vec<VerbId>, VerbForm),
    /// A predicate after `be` or after a noun: `about`, `linked to`.
    Predicate(Vec<VerbId>),
    /// A noun for the subject of a verb: `lead` in `the lead of systemic practice`.
    SubjectNoun(Vec<VerbId>),
    /// A noun for the object of a verb: `provider`.
    ObjectNoun(Vec<VerbId>),
    /// A noun for the relation of a verb: `leadership`.
    RelationNoun(Vec<VerbId>),
    /// An adjective: `advanced`, `online`.
    Adjective(Vec<AdjectiveId>),
    /// A further condition on a relation: `exclusively`, `from 2015-16`.
    Adverb(Vec<AdverbId>),
    /// A property, or a value reached from an entity over a pattern: `credits`, `role`.
    Attribute(Vec<AttributeId>),
    /// A verb for an attribute: `start` in `modules that start in October 2025`.
    AttributeVerb(Vec<AttributeId>, VerbForm),
    /// A question word for an attribute: `how long`, `when`.
    AttributeQuestion(Vec<AttributeId>),
    /// `longer`, `later`; `shorter` if `false`.
    Comparative(Vec<AttributeId>, bool),
    /// `longest`, `latest`; `shortest` if `false`.
    Superlative(Vec<AttributeId>, bool),
    /// The entities with a name.
    Entity(Vec<Entity>),
    /// A noun before a code or number: `KSS 7`. The grammar parses the numbers: `KSS 7 to 10`.
    Numbered(NounId),
    /// A number: `7`, `seven`.
    Number(f64),
    /// A date, a month or a year, as ISO text of that precision: `2025-07-04`, `2025-10`, `2025`.
    Date(String),
    /// A text in quotes.
    Quoted(String),
}

/// An entity found by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The node.
    pub node: NodeId,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// The property key with the name.
    pub key: String,
    /// True if the value of the key is a list with the name.
    pub listed: bool,
    /// The displayed name: the value of the display key of the graph.
    pub name: String,
}
