//! The words of a graph: what its labels, types, keys and names are called.
//!
//! A vocabulary is of one state of a graph: it is built from the graph's schema and from `vocabulary.toml`, and its index
//! of names is built when the first question asks for a name. After changes to the graph it is built again.

mod build;
mod describe;
mod file;
mod kinds;
mod names;
mod pattern;
mod phrases;
mod route;
mod saying;
mod schema;
mod suggest;
#[cfg(test)]
mod tests;

pub use self::{describe::Description, names::NameKeys, saying::Saying, suggest::Nearest};
use self::{kinds::Kinds, phrases::Phrases};
use crate::{
    syntax::ast,
    value::{LabelId, TypeId},
};

/// A noun of [`Vocabulary::nouns`], by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NounId(pub u32);
/// A verb of [`Vocabulary::verbs`], by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VerbId(pub u32);
/// An adjective of [`Vocabulary::adjectives`], by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AdjectiveId(pub u32);
/// An attribute of [`Vocabulary::attributes`], by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttributeId(pub u32);

/// An adverb of [`Vocabulary::adverbs`], by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AdverbId(pub u32);

/// The words of a graph, with what each means in it.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Kinds of things.
    pub nouns: Vec<Noun>,
    /// Ties between things.
    pub verbs: Vec<Verb>,
    /// Restrictions of things.
    pub adjectives: Vec<Adjective>,
    /// What is said of ties.
    pub adverbs: Vec<Adverb>,
    /// Values of things.
    pub attributes: Vec<Attribute>,
    /// Every (label, type, label) of the graph.
    pub triples: Vec<(LabelId, TypeId, LabelId)>,
    /// The key that names things, such as `name`.
    pub display: Option<String>,
    /// Which words stand for people and for bodies that act, to which `who` asks: labels by name.
    pub who: Vec<String>,
    /// The keys of citations, if the graph has them.
    pub citations: Option<Citations>,
    /// Which things are the documents that facts cite.
    pub documents: Option<Documents>,
    /// How facts are told, the best words first.
    pub sayings: Vec<Saying>,
    /// What the words of all these mean.
    phrases: Phrases,
    /// Which labels go together.
    kinds: Kinds,
    /// The triples by names.
    schema: Vec<route::Triple>,
    /// The names of things.
    names: names::Names,
    /// Further names: the name that stands in the graph, and the label of the thing where it has to be said.
    synonyms: Vec<(String, Option<String>)>,
}

/// The keys that say what a fact rests on.
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
    /// The bases that need no remark: `stated`.
    pub plain: Vec<String>,
    /// `note`
    pub note: Option<String>,
}

/// Which things are the documents that facts cite.
#[derive(Clone, Debug)]
pub struct Documents {
    /// Their label.
    pub label: String,
    /// The key that holds what citations call a document.
    pub key: String,
    /// When a document that is part of another holds a fact, over `f`, the fact, and `d`, the document.
    pub part: Option<ast::Expr>,
}

/// A kind of thing.
#[derive(Clone, Debug)]
pub struct Noun {
    /// One thing of the kind, for the echo: `course`.
    pub singular: String,
    /// Several: `courses`.
    pub plural: String,
    /// Its label.
    pub label: String,
    /// What else holds for things of the kind, over the variable `x`: `(x:Course WHERE x.format = 'CPD module')`.
    pub pattern: Option<ast::PatternElement>,
    /// Attributes that are shown beside the name of a thing that is asked for.
    pub shows: Vec<AttributeId>,
    /// The attribute by whose value a thing is called, as in `chapter 7`.
    pub numbered: Option<AttributeId>,
    /// The attribute by whose value things of the kind are put in order.
    pub order: Option<AttributeId>,
}

/// A tie between things.
#[derive(Clone, Debug)]
pub struct Verb {
    /// Base form for the echo: `cover`, `sit in`, `be about`.
    pub base: String,
    /// `covers`
    pub third: String,
    /// `covered`, as in `is covered by`.
    pub participle: String,
    /// `lead`, a noun for the subject, and `provider`, one for the object.
    pub nouns: (Option<String>, Option<String>),
    /// Each sense: a pattern from the subject (first node) to the object (last node). Nodes between that have a variable
    /// are shown in answers under that name.
    pub senses: Vec<Sense>,
    /// Whether `where` asks for the object.
    pub asks_where: bool,
    /// Whether what it says makes the object the subject's own, as in `their own model`.
    pub own: bool,
}

/// A pattern that a verb may stand for.
#[derive(Clone, Debug)]
pub struct Sense {
    /// From the subject to the object.
    pub pattern: ast::PatternElement,
    /// The labels of the subject: it bears one of them; any where there is none.
    pub subject: Vec<String>,
    /// The labels of the object: it bears one of them; any where there is none.
    pub object: Vec<String>,
    /// What the sense is called where it has to be told from others: `through the topic of the section`.
    pub words: Option<String>,
    /// Whether it counts only if a wider reading is asked for.
    pub wide: bool,
    /// Whether it was made up from the schema, since no sense was declared between these labels.
    pub proposed: bool,
}

/// What else holds of the tie that a verb says.
#[derive(Clone, Debug)]
pub struct Adverb {
    /// `exclusively`
    pub words: String,
    /// The verbs that it may go with.
    pub verbs: Vec<VerbId>,
    /// What holds, over a variable of the senses in question: `u.exclusive = true`.
    pub condition: ast::Expr,
}

/// A restriction of things.
#[derive(Clone, Debug)]
pub struct Adjective {
    /// `advanced`
    pub words: String,
    /// What holds for a thing, which is the variable `x` of the first node.
    pub pattern: ast::PatternElement,
    /// The labels of what it may be said of; any where there is none.
    pub labels: Vec<String>,
}

/// A value that things have: a property, or one that is reached over a pattern.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// For the echo and the column: `start month`.
    pub words: String,
    /// From the thing (the first node) to what holds the value: `(x:Course)-[:HAS_INSTANCE]->(i:CourseInstance)`.
    pub pattern: ast::PatternElement,
    /// The value, over the variables of the pattern: `i.startMonth`.
    pub value: ast::Expr,
    /// The labels of what has it; any where there is none.
    pub labels: Vec<String>,
    /// `days`, where the value counts something.
    pub unit: Option<String>,
    /// What kind of values it has.
    pub kind: ValueKind,
    /// The verbs to whose ties it belongs, as in `since when has X been using Y`; none where it belongs to things.
    pub of_verb: Vec<VerbId>,
    /// The values that say that there is such a thing and that there is none, where a value may say either: `with funding`
    /// is of the first, `without funding` of the second.
    pub says: Option<(String, String)>,
}

/// What kind of values an attribute has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Numbers, which can be added and compared.
    Number,
    /// ISO texts or dates.
    Date,
    /// Texts.
    Text,
    /// Truth values.
    Boolean,
    /// Lists.
    List,
}
