//! What a question was taken to ask.

use crate::{
    base::Span,
    graph::Graph,
    question::{build, link::Link, meaning::Asked, vocabulary::Vocabulary},
    syntax::ast,
};

/// One way to take a question.
#[derive(Clone, Debug)]
pub struct Reading {
    /// In words: `courses whose level is Advanced, in a section that covers KSS 7`.
    pub words: String,
    /// As a statement.
    pub query: ast::Query,
    /// How far the reading is from the plainest; the least is the best.
    pub cost: u32,
    /// Every word of the question with how it was taken, in the order of the text.
    pub links: Vec<Link>,
    /// What it asks.
    pub(super) asked: Asked,
}

impl Reading {
    /// What can be told of the answer besides its rows.
    ///
    /// `vocabulary` and `graph` are those that the question was read with. Nothing is run.
    #[must_use]
    pub fn extras(&self, vocabulary: &Vocabulary, graph: &Graph) -> Extras {
        build::extras(&self.asked, vocabulary, graph)
    }
}

/// What can be told of an answer besides its rows, as statements.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// The things asked for, without any condition, in words (`courses`) and counted: one row with one integer.
    pub focus: Option<Condition>,
    /// Each condition on the things asked for, by itself.
    pub conditions: Vec<Condition>,
    /// Readings that would give more, if a wider sense of a word counted.
    pub wider: Vec<Wider>,
    /// How to list the facts that the answer rests on.
    pub support: Option<Support>,
}

/// A condition of a question.
#[derive(Clone, Debug)]
pub struct Condition {
    /// In words: `covers KSS 9`.
    pub words: String,
    /// Where it stands in the question.
    pub span: Span,
    /// How many things meet this condition alone: one row with one integer.
    pub count: ast::Query,
    /// Whether anything at all stands on the other side of the condition: for `covers KSS 9`, in how many ways anything
    /// covers KSS 9. One row with one integer; nothing where the condition has no other side.
    pub anything: Option<ast::Query>,
    /// Where the condition ties two things that are named: their direct relationships, as rows `from`, `type`, `to`, and
    /// the keys of citations.
    pub instead: Option<ast::Query>,
}

/// A reading in a wider sense.
#[derive(Clone, Debug)]
pub struct Wider {
    /// What would count besides: `the topic of the section`.
    pub words: String,
    /// The statement in the wider sense.
    pub query: ast::Query,
}

/// How to list the facts that an answer rests on.
#[derive(Clone, Debug)]
pub struct Support {
    /// Gives one row for each fact: `from`, `type`, `to`, `basis`, `confidence`, `document`, `lineFrom`, `lineTo`, `note`,
    /// in the order of document and line, each once. The keys are those that the graph's manifest names for citations.
    pub query: ast::Query,
}
