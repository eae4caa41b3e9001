//! Tree to meaning: which sense of a verb fits what it ties, which of the things that bear a name is meant.
//!
//! Where several fit, one is taken and the others are kept count of: a [`Script`] says which to take, so that reading the
//! same tree by another script gives another meaning. Nothing is guessed in silence.

mod choice;
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

/// Why a tree means nothing in a graph.
#[derive(Clone, Debug)]
pub(super) enum Misfit {
    /// Nothing ties things of one kind to those of the other in this way.
    Untied { from: Kind, to: Kind, span: Span },
    /// Things of the kind have no such value or property.
    Without {
        kind: Kind,
        what: String,
        span: Span,
    },
    /// `it` stands for nothing that was spoken of.
    Nobody(Span),
    /// The words make a question, but not one that this form can answer.
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

/// Which of several possible meanings to take at each point where there are several.
#[derive(Clone, Debug, Default)]
pub(super) struct Script {
    /// What to take; the first where nothing is said.
    pub(super) take: Vec<usize>,
    /// At each point, what each choice costs.
    pub(super) points: Vec<Vec<u32>>,
}

impl Script {
    /// The one to take of several, given what each costs.
    fn choose(&mut self, costs: Vec<u32>) -> usize {
        let at = self.points.len();
        let take = self.take.get(at).copied().unwrap_or(0);
        let taken = take.min(costs.len().saturating_sub(1));
        self.points.push(costs);
        taken
    }

    /// What all that was taken costs.
    pub(super) fn cost(&self) -> u32 {
        let taken = |(at, costs): (usize, &Vec<u32>)| {
            let take = self.take.get(at).copied().unwrap_or(0);
            costs.get(take).or(costs.last()).copied().unwrap_or(0)
        };
        self.points.iter().enumerate().map(taken).sum()
    }
}

/// What a question means by one script.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) asked: Asked,
    pub(super) script: Script,
    /// Whether two words of the question say the same, so that there is no doubt of either.
    pub(super) certain: bool,
}

/// What a tree means.
///
/// # Errors
/// Its words do not fit together in the graph.
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
    };
    match resolver.question(question) {
        Ok(asked) => Ok(Resolved {
            asked,
            script: resolver.script,
            certain: resolver.certain,
        }),
        Err(misfit) => Err((misfit, resolver.script)),
    }
}

/// The state of reading a tree.
struct Resolver<'a> {
    links: &'a [&'a Link],
    vocabulary: &'a Vocabulary,
    graph: &'a Graph,
    names: Names,
    /// The variables of things that were spoken of, with their kinds.
    spoken: Vec<(String, Kind)>,
    script: Script,
    /// What the values or counts are asked for each of.
    groups: Vec<Group>,
    /// Things by name that were spoken of, also where nothing outside can speak of them again but by their name.
    named: Vec<Candidate>,
    /// What is to be shown besides.
    columns: Vec<Column>,
    /// How many noun phrases the one that is read stands in.
    depth: usize,
    certain: bool,
}

impl Resolver<'_> {
    fn span(&self, token: Token) -> Span {
        self.links
            .get(token)
            .map(|link| link.span)
            .unwrap_or_default()
    }

    /// The things of two kinds: the labels that tell most.
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
