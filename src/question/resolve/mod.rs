//! Resolves a syntax tree in a graph: the senses of verbs, the entities of names and the referents of pronouns.
//!
//! At each point with several choices, one is taken and the costs of all are recorded. A choice sequence ([`ChoiceSequence`])
//! selects them, so that another sequence for the same tree gives another interpretation.

mod choice;
mod compare;
mod farther;
mod form;
mod head;
mod is;
mod names;
mod relation;
mod restriction;
mod share;
mod source;
mod through;
mod values;

use self::head::Candidate;
pub(super) use self::names::{Names, camel};
pub(super) use self::{farther::GUESSED, through::THROUGH};
use crate::{
    base::Span,
    graph::Graph,
    question::{
        mention::Mention,
        resolved::{Asked, Column, EntityType, Group},
        tree::{Question, Token},
        vocabulary::Vocabulary,
    },
};

/// Error: a tree has no meaning in a graph.
#[derive(Clone, Debug)]
pub(super) enum ResolveError {
    /// No relation of this word holds between the two entity types.
    Unrelated {
        from: EntityType,
        to: EntityType,
        span: Span,
    },
    /// Entities of the type do not have this attribute.
    WithoutAttribute {
        entity_type: EntityType,
        what: String,
        span: Span,
    },
    /// A pronoun without a referent.
    NoReferent(Span),
    /// The form cannot answer this question.
    Unanswerable(String, Span),
}

impl ResolveError {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Unrelated { span, .. }
            | Self::WithoutAttribute { span, .. }
            | Self::NoReferent(span)
            | Self::Unanswerable(_, span) => *span,
        }
    }
}

type ResolveResult<T> = Result<T, ResolveError>;

/// A choice sequence: the choice taken at each point with several meanings.
#[derive(Clone, Debug, Default)]
pub(super) struct ChoiceSequence {
    /// The index of each choice; 0 beyond the end.
    pub(super) take: Vec<usize>,
    /// The costs of the choices at each point.
    pub(super) points: Vec<Vec<u32>>,
}

impl ChoiceSequence {
    /// Takes a choice and records the costs. Returns its index.
    fn choose(&mut self, costs: Vec<u32>) -> usize {
        let at = self.points.len();
        let take = self.take.get(at).copied().unwrap_or(0);
        let taken = take.min(costs.len().saturating_sub(1));
        self.points.push(costs);
        taken
    }

    /// The total cost of the choices taken.
    pub(super) fn cost(&self) -> u32 {
        let taken = |(at, costs): (usize, &Vec<u32>)| {
            let take = self.take.get(at).copied().unwrap_or(0);
            costs.get(take).or(costs.last()).copied().unwrap_or(0)
        };
        self.points.iter().enumerate().map(taken).sum()
    }
}

/// The question resolved with one choice sequence.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) asked: Asked,
    pub(super) choice_sequence: ChoiceSequence,
    /// True if two words of the question confirm each other.
    pub(super) certain: bool,
    /// Words without a sense that were read as a relation, each with the words of the relation.
    pub(super) guessed: Vec<(Span, String)>,
}

/// Resolves a tree with the choice sequence `take`.
///
/// # Errors
/// The words have no joint meaning in the graph. The error contains the choice sequence up to that point.
pub(super) fn resolve(
    question: &Question,
    mentions: &[&Mention],
    vocabulary: &Vocabulary,
    graph: &Graph,
    take: Vec<usize>,
) -> Result<Resolved, (ResolveError, ChoiceSequence)> {
    let mut resolver = Resolver {
        mentions,
        vocabulary,
        graph,
        names: Names::default(),
        spoken: Vec::new(),
        choice_sequence: ChoiceSequence {
            take,
            points: Vec::new(),
        },
        groups: Vec::new(),
        named: Vec::new(),
        columns: Vec::new(),
        depth: 0,
        certain: false,
        guessed: Vec::new(),
    };
    match resolver.question(question) {
        Ok(asked) => Ok(Resolved {
            asked,
            choice_sequence: resolver.choice_sequence,
            certain: resolver.certain,
            guessed: resolver.guessed,
        }),
        Err(error) => Err((error, resolver.choice_sequence)),
    }
}

/// The state of a resolution.
struct Resolver<'a> {
    mentions: &'a [&'a Mention],
    vocabulary: &'a Vocabulary,
    graph: &'a Graph,
    names: Names,
    /// The variables of earlier noun phrases, with their types.
    spoken: Vec<(String, EntityType)>,
    choice_sequence: ChoiceSequence,
    /// The grouping keys of values or counts.
    groups: Vec<Group>,
    /// Earlier named entities, including those whose variables are out of scope.
    named: Vec<Candidate>,
    /// Further columns to show.
    columns: Vec<Column>,
    /// The nesting depth of the current noun phrase.
    depth: usize,
    certain: bool,
    /// Words without a sense that were read as a relation.
    guessed: Vec<(Span, String)>,
}

impl Resolver<'_> {
    fn span(&self, token: Token) -> Span {
        self.mentions
            .get(token)
            .map(|mention| mention.span)
            .unwrap_or_default()
    }

    /// The intersection of two types, by their most specific labels.
    fn refine(&self, entity_type: &EntityType, other: &EntityType) -> EntityType {
        if entity_type.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return entity_type.clone();
        }
        let vocabulary = self.vocabulary;
        let mut refined: EntityType = Vec::new();
        for label in entity_type {
            for other in other {
                let both = if vocabulary.is_a(label, other) {
                    label
                } else if vocabulary.is_a(other, label) {
                    other
                } else if vocabulary.may_be(label, other) {
                    label
                } else {
                    continue;
                };
                if !refined.contains(both) {
                    refined.push(both.clone());
                }
            }
        }
        if refined.is_empty() {
            entity_type.clone()
        } else {
            refined
        }
    }
}
