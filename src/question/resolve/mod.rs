//! Resolves a syntax tree in a graph: the senses of verbs, the entities of names and the referents of pronouns.
//!
//! At each point with several choices, one is taken and the costs of all are recorded. A choice sequence ([`Script`])
//! selects them, so that another sequence for the same tree gives another interpretation.

mod choice;
mod compare;
mod fact;
mod form;
mod head;
mod is;
mod names;
mod share;
mod source;
mod tie;

use self::head::Candidate;
pub(super) use self::names::{Names, camel};
use crate::{
    base::Span,
    graph::Graph,
    question::{
        link::Link,
        meaning::{Asked, Column, Group, Kind},
        tree::{Question, Token},
        vocabulary::Vocabulary,
    },
};

/// Error: a tree has no meaning in a graph.
#[derive(Clone, Debug)]
pub(super) enum Misfit {
    /// No relation of this word holds between the two entity types.
    Untied { from: Kind, to: Kind, span: Span },
    /// Entities of the type do not have this attribute.
    Without {
        kind: Kind,
        what: String,
        span: Span,
    },
    /// A pronoun without a referent.
    Nobody(Span),
    /// The form cannot answer this question.
    Unfit(String, Span),
}

impl Misfit {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Untied { span, .. }
            | Self::Without { span, .. }
            | Self::Nobody(span)
            | Self::Unfit(_, span) => *span,
        }
    }
}

type Fit<T> = Result<T, Misfit>;

/// A choice sequence: the choice taken at each point with several meanings.
#[derive(Clone, Debug, Default)]
pub(super) struct Script {
    /// The index of each choice; 0 beyond the end.
    pub(super) take: Vec<usize>,
    /// The costs of the choices at each point.
    pub(super) points: Vec<Vec<u32>>,
}

impl Script {
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
    pub(super) script: Script,
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
    links: &[&Link],
    vocabulary: &Vocabulary,
    graph: &Graph,
    take: Vec<usize>,
) -> Result<Resolved, (Misfit, Script)> {
    let mut resolver = Resolver {
        links,
        vocabulary,
        graph,
        names: Names::default(),
        spoken: Vec::new(),
        script: Script {
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
            script: resolver.script,
            certain: resolver.certain,
            guessed: resolver.guessed,
        }),
        Err(misfit) => Err((misfit, resolver.script)),
    }
}

/// The state of a resolution.
struct Resolver<'a> {
    links: &'a [&'a Link],
    vocabulary: &'a Vocabulary,
    graph: &'a Graph,
    names: Names,
    /// The variables of earlier noun phrases, with their types.
    spoken: Vec<(String, Kind)>,
    script: Script,
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
        self.links
            .get(token)
            .map(|link| link.span)
            .unwrap_or_default()
    }

    /// The intersection of two types, by their most specific labels.
    fn refine(&self, kind: &Kind, other: &Kind) -> Kind {
        if kind.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return kind.clone();
        }
        let vocabulary = self.vocabulary;
        let mut refined: Kind = Vec::new();
        for label in kind {
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
            kind.clone()
        } else {
            refined
        }
    }
}
