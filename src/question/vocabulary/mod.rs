//! The vocabulary of a graph: the words for its labels, types, keys and names.
//!
//! A vocabulary belongs to one version of a graph: it is built from the schema and from `vocabulary.toml`. The index of
//! names is built when the first question needs it. After a change of the graph, the vocabulary is built again.

mod build;
mod describe;
mod file;
mod label_relations;
mod names;
mod pattern;
mod phrases;
mod route;
mod saying;
mod schema;
mod suggest;
#[cfg(test)]
mod tests;

pub(in crate::question) use self::pattern::{literal, quoted};
pub use self::{describe::Description, names::NameKeys, saying::Saying, suggest::Nearest};
use self::{label_relations::LabelRelations, phrases::Phrases};
use crate::{
    syntax::ast,
    value::{LabelId, TypeId},
};

/// The index of a noun in [`Vocabulary::nouns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NounId(pub u32);
/// The index of a verb in [`Vocabulary::verbs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VerbId(pub u32);
/// The index of an adjective in [`Vocabulary::adjectives`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AdjectiveId(pub u32);
/// The index of an attribute in [`Vocabulary::attributes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttributeId(pub u32);

/// The index of an adverb in [`Vocabulary::adverbs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AdverbId(pub u32);

/// The words of a graph with their meanings.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Words for entity types.
    pub nouns: Vec<Noun>,
    /// Words for relations.
    pub verbs: Vec<Verb>,
    /// Words that restrict entities.
    pub adjectives: Vec<Adjective>,
    /// Words that restrict relations.
    pub adverbs: Vec<Adverb>,
    /// Words for values.
    pub attributes: Vec<Attribute>,
    /// Every (label, type, label) of the graph.
    pub triples: Vec<(LabelId, TypeId, LabelId)>,
    /// The key for names in answers, such as `name`.
    pub display: Option<String>,
    /// True if everyday synonyms of the words are not understood.
    pub only_own_words: bool,
    /// The labels of people and of bodies that act, for `who`.
    pub who: Vec<String>,
    /// Those of bodies that the graph itself gives, which are not among `who`: `who supplies the lamp`.
    pub bodies: Vec<String>,
    /// The keys of citations; `None` if the graph has none.
    pub citations: Option<Citations>,
    /// The documents that facts cite; `None` if there are none.
    pub documents: Option<Documents>,
    /// The words for facts, best first.
    pub sayings: Vec<Saying>,
    /// The meanings of all phrases.
    phrases: Phrases,
    /// Which labels occur together.
    label_relations: LabelRelations,
    /// The triples by name.
    schema: Vec<route::Triple>,
    /// The names of entities.
    names: names::Names,
    /// Synonyms: the name in the graph, and the label of the entity if it is declared.
    synonyms: Vec<(String, Option<String>)>,
}

/// The property keys with the source of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citations {
    /// `doc`
    pub document: String,
    /// `lineFrom`
    pub from: String,
    /// `lineTo`
    pub to: String,
    /// `basis`
    pub basis: Option<String>,
    /// The bases that are not remarked on: `stated`.
    pub plain: Vec<String>,
    /// `note`
    pub note: Option<String>,
}

/// The documents that facts cite.
#[derive(Clone, Debug)]
pub struct Documents {
    /// Their label.
    pub label: String,
    /// The key with the identifier that citations use.
    pub key: String,
    /// The condition that a document which is part of another contains a fact, over the fact `f` and the document `d`.
    pub part: Option<ast::Expr>,
}

/// A noun for an entity type.
#[derive(Clone, Debug)]
pub struct Noun {
    /// The singular for display: `course`.
    pub singular: String,
    /// The plural for display: `courses`.
    pub plural: String,
    /// Its label.
    pub label: String,
    /// A further condition on the entities, over the variable `x`: `(x:Course WHERE x.format = 'CPD module')`.
    pub pattern: Option<ast::PatternElement>,
    /// Attributes that are shown beside the name of an entity that is asked for.
    pub shows: Vec<AttributeId>,
    /// The attribute whose value identifies an entity, as in `chapter 7`.
    pub numbered: Option<AttributeId>,
    /// The attribute by which the entities are sorted.
    pub order: Option<AttributeId>,
}

/// A verb for a relation.
#[derive(Clone, Debug)]
pub struct Verb {
    /// The base form for display: `cover`, `sit in`, `be about`.
    pub base: String,
    /// `covers`
    pub third: String,
    /// `covered`, as in `is covered by`.
    pub participle: String,
    /// A noun for the subject, such as `lead`, and one for the object, such as `provider`.
    pub nouns: (Option<String>, Option<String>),
    /// The senses: patterns from the subject (first node) to the object (last node). Answers show inner nodes that have
    /// a variable, under that name.
    pub senses: Vec<Sense>,
    /// True if `where` asks for the object.
    pub asks_where: bool,
    /// True if the object is the subject's own, as in `their own model`.
    pub own: bool,
}

/// A pattern that a verb denotes.
#[derive(Clone, Debug)]
pub struct Sense {
    /// The pattern from the subject to the object.
    pub pattern: ast::PatternElement,
    /// The alternative labels of the subject; empty for any.
    pub subject: Vec<String>,
    /// The alternative labels of the object; empty for any.
    pub object: Vec<String>,
    /// Words that distinguish the sense from others: `through the topic of the section`.
    pub words: Option<String>,
    /// True if the sense applies only on request.
    pub wide: bool,
    /// True if the sense is derived from the schema, because none is declared between these labels.
    pub proposed: bool,
}

/// A further condition on the relation of a verb.
#[derive(Clone, Debug)]
pub struct Adverb {
    /// `exclusively`
    pub words: String,
    /// The verbs that it can modify.
    pub verbs: Vec<VerbId>,
    /// The condition, over a variable of the senses: `u.exclusive = true`.
    pub condition: ast::Expr,
}

/// A restriction on entities.
#[derive(Clone, Debug)]
pub struct Adjective {
    /// `advanced`
    pub words: String,
    /// The pattern that an entity, the variable `x` of the first node, must match.
    pub pattern: ast::PatternElement,
    /// The alternative labels of the entities; empty for any.
    pub labels: Vec<String>,
}

/// A value of entities: a property, or a value reached over a pattern.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The words for display and for the column: `start month`.
    pub words: String,
    /// The pattern from the entity (first node) to the holder: `(x:Course)-[:HAS_INSTANCE]->(i:CourseInstance)`.
    pub pattern: ast::PatternElement,
    /// The value, over the variables of the pattern: `i.startMonth`.
    pub value: ast::Expr,
    /// The alternative labels of the entities; empty for any.
    pub labels: Vec<String>,
    /// `days`, if the value counts units.
    pub unit: Option<String>,
    /// The kind of the values.
    pub kind: ValueKind,
    /// The form of the values, if they are dates. Years may be numbers and dates.
    pub dates: Option<Dates>,
    /// True for a date in the life of an entity that only its own words ask for, as in `born in 1960`; `in 1960` alone
    /// does not.
    pub of_event: bool,
    /// The verbs whose relations have the attribute, as in `since when has X been using Y`; empty if entities have it.
    pub of_verb: Vec<VerbId>,
    /// The values that mean presence and absence, if a value may mean either: `with funding` is the first, `without
    /// funding` the second.
    pub says: Option<(String, String)>,
}

/// The form in which dates are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// Strings in ISO form: `2025-10`, `2025-07-04`.
    Text,
    /// Values of the type `Date`.
    Day,
    /// Values of the types `LocalDateTime` and `DateTime`.
    Moment,
    /// Integers that are years: `1999`.
    Year,
    /// Strings that are years.
    YearText,
}

impl Dates {
    /// True if dates of this form can be compared with a date of the precision of an ISO text.
    #[must_use]
    pub fn can_be(self, date: &str) -> bool {
        let only_years = matches!(self, Self::Year | Self::YearText);
        !only_years || (matches!(date.len(), 3 | 4) && !date.starts_with('-'))
    }
}

/// The kind of the values of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Numbers, which can be added and compared.
    Number,
    /// Dates, or strings in ISO form.
    Date,
    /// Strings.
    Text,
    /// Booleans.
    Boolean,
    /// Lists.
    List,
}
