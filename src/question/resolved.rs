//! A resolved question: the syntax tree with each word resolved to its meaning in the graph.

use crate::{
    base::Span,
    question::{
        tree::{Cmp, Det, Fold, Numbers, Wanted, Weigh},
        vocabulary::{AdjectiveId, AttributeId, NounId, VerbId},
    },
    syntax::ast::{Expr, PatternElement},
};

/// An entity type: the entity has at least one of the labels. An empty list stands for any entity.
pub(super) type EntityType = Vec<String>;

/// The entities that a noun phrase denotes.
#[derive(Clone, Debug)]
pub(super) struct EntitySet {
    /// The variable that stands for the entities.
    pub(super) var: String,
    pub(super) entity_type: EntityType,
    /// The noun that denotes the entities.
    pub(super) noun: Option<NounId>,
    /// The name of the entity, if it is given by name.
    pub(super) name: Option<Name>,
    /// The attribute whose numbers identify the entities, with the numbers.
    pub(super) numbers: Option<(AttributeId, Numbers)>,
    pub(super) det: Det,
    /// The number of entities that is asked for.
    pub(super) wanted: Option<Wanted>,
    pub(super) restrictions: Vec<Restriction>,
    /// True if the variable belongs to an earlier noun phrase.
    pub(super) again: bool,
    /// True if no word stands for the entities: the agent in `papers that are published`.
    pub(super) unsaid: bool,
    pub(super) span: Span,
}

/// A name in the graph.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// The property key with the name.
    pub(super) key: String,
    /// The value of the key.
    pub(super) value: Constant,
    /// The name in an answer.
    pub(super) shown: String,
}

/// A constant that values are compared with.
pub(super) type Constant = crate::syntax::ast::Literal;

/// A condition on an entity set: what a predicate of its noun phrase means.
#[derive(Clone, Debug)]
pub(super) enum Restriction {
    Relation(Box<Relation>),
    Adjective(AdjectiveId, Span),
    /// The superlative of an attribute; `true` asks for the greatest value.
    Superlative(AttributeId, bool, Span),
    Compare(AttributeId, Limit, Span),
    Has(AttributeId, Span),
    /// The entities also have another type.
    Is(EntityType, Option<NounId>, Span),
    /// The entities are those of the variable.
    Same(String),
    /// The entity is one with a name, or one of those with the numbers.
    Named(Box<EntitySet>),
    Not(Box<Restriction>, Span),
    And(Vec<Restriction>),
    Or(Vec<Restriction>),
}

/// The value that an attribute is compared with.
#[derive(Clone, Debug)]
pub(super) enum Limit {
    Number(Cmp, f64),
    Between(f64, f64),
    /// A date or a part of one, as ISO text.
    Date(Cmp, String),
    Dates(String, String),
    Text(String),
    /// The value is true.
    Yes,
    /// The same attribute of other entities.
    Than(Cmp, Box<EntitySet>),
}

/// A relation to other entities.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// The verb of the sense; `None` if the relation is derived from the schema.
    pub(super) verb: Option<VerbId>,
    /// The pattern from the entities with this predicate to the others.
    pub(super) pattern: PatternElement,
    /// True if the others are the subject of the verb.
    pub(super) inverse: bool,
    pub(super) other: EntitySet,
    /// Further conditions on the relation, over the variables of the pattern, each with its words.
    pub(super) how: Vec<(Expr, String)>,
    /// The number of documents that state the relation.
    pub(super) sources: Option<(Cmp, f64)>,
    /// True if each document that states the relation is shown.
    pub(super) by_source: bool,
    /// A wider sense with its words.
    pub(super) wide: Option<(PatternElement, String)>,
    /// True if the sense is derived from the schema.
    pub(super) proposed: bool,
    pub(super) span: Span,
}

/// What a question asks for.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    Entities {
        entity_sets: Vec<EntitySet>,
        columns: Vec<Column>,
    },
    Count {
        entities: EntitySet,
        by: Vec<Group>,
        keep_zero: bool,
        /// The aggregate over the counts of the groups.
        fold: Option<Fold>,
    },
    Exists(EntitySet),
    Values {
        entities: EntitySet,
        columns: Vec<Column>,
        fold: Option<Fold>,
        by: Vec<Group>,
    },
    Describe(Vec<EntitySet>),
    Compare(Vec<EntitySet>),
    Common(Vec<EntitySet>),
    Connection {
        from: EntitySet,
        to: EntitySet,
        direct: bool,
        types: Vec<String>,
    },
    Said(EntitySet),
    Pairs {
        first: EntitySet,
        second: EntitySet,
        asked: EntitySet,
    },
    /// Two counts that are compared.
    Weighed(EntitySet, EntitySet, Weigh),
    /// The entities that satisfy the first relation and not the second, and the reverse.
    BothWays(EntitySet),
}

/// A grouping key of a count.
#[derive(Clone, Debug)]
pub(super) enum Group {
    /// Entities of a noun phrase, by variable.
    Entities(String),
    /// Values of the entities of a variable.
    Values(String, AttributeId),
    /// A value of a relation that is already a predicate.
    Relation(Expr, AttributeId),
}

/// A further column.
#[derive(Clone, Debug)]
pub(super) enum Column {
    /// An attribute of the entities of a variable.
    Value {
        of: String,
        attribute: AttributeId,
        /// True if rows without a value are dropped.
        needed: bool,
    },
    /// A value of a relation that is already a predicate.
    Relation { value: Expr, words: String },
    /// Entities related to those asked for, if any.
    Entities(Box<EntitySet>),
}
