//! Interpretations of a question.

use crate::{
    base::Span,
    graph::Graph,
    question::{
        build,
        mention::Mention,
        resolve::{GUESSED, THROUGH},
        resolved::Asked,
        vocabulary::Vocabulary,
    },
    syntax::ast,
};

/// One interpretation of a question.
#[derive(Clone, Debug)]
pub struct Interpretation {
    /// The interpretation in words: `courses whose level is Advanced, in a section that covers KSS 7`.
    pub words: String,
    /// The interpretation as a statement.
    pub query: ast::Query,
    /// The cost of the interpretation; the lowest cost is the best.
    pub cost: u32,
    /// The mentions of the question with their meanings, in text order.
    pub mentions: Vec<Mention>,
    /// The resolved question.
    pub(super) asked: Asked,
}

impl Interpretation {
    /// True if the interpretation rests on words of the graph alone; false if a word is read as the only relation that it
    /// can mean.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.cost < THROUGH
    }

    /// True if a word is read as the only relation that it can mean. Without rows, such an interpretation is no answer.
    #[must_use]
    pub fn is_guess(&self) -> bool {
        self.cost >= GUESSED
    }

    /// Returns statements that explain the answer: conditions, wider senses and supporting facts.
    ///
    /// `vocabulary` and `graph` must be those that the question was read with. No statement is run.
    #[must_use]
    pub fn extras(&self, vocabulary: &Vocabulary, graph: &Graph) -> Extras {
        build::extras(&self.asked, vocabulary, graph)
    }
}

/// Statements that explain an answer.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// The entities asked for without any condition, in words (`courses`), with their count: one row with one integer.
    pub focus: Option<Condition>,
    /// Each condition on the entities asked for, by itself.
    pub conditions: Vec<Condition>,
    /// Statements with a wider sense of a word, which give more rows.
    pub wider: Vec<Wider>,
    /// The statement that lists the supporting facts.
    pub support: Option<Support>,
}

/// One condition of a question.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The condition in words: `covers KSS 9`.
    pub words: String,
    /// The span in the question.
    pub span: Span,
    /// The number of entities that satisfy this condition alone: one row with one integer.
    pub count: ast::Query,
    /// For `covers KSS 9`: how many entities of any type cover KSS 9, by the last step of the pattern. One row with one
    /// integer; `None` if the condition is not a plain relation.
    pub anything: Option<ast::Query>,
    /// If the condition is a relation between two named entities: their direct relationships, as rows `from`, `type`,
    /// `to`, and the keys of citations.
    pub instead: Option<ast::Query>,
}

/// An interpretation with a wider sense of one word.
#[derive(Clone, Debug)]
pub struct Wider {
    /// What the wider sense adds: `the topic of the section`.
    pub words: String,
    /// The statement with the wider sense.
    pub query: ast::Query,
}

/// The facts that support an answer.
#[derive(Clone, Debug)]
pub struct Support {
    /// Returns one row per fact: `from`, `type`, `to`, `basis`, `confidence`, `document`, `lineFrom`, `lineTo`,
    /// `note`, in the order of document and line. The manifest of the graph gives the property keys for citations.
    pub query: ast::Query,
}
