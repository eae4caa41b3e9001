//! The reply to a question: its interpretation, rows, the facts that these rest on, and other interpretations.

use serde::{Serialize, Serializer};

use crate::{answer::Answer, base::Span};

/// The reply to a question; see [`Database::ask`](crate::Database::ask).
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The interpretation of the question, in words.
    pub interpretation: String,
    /// The statement that it became.
    pub cypher: String,
    /// The answer of the statement.
    pub answer: Answer,
    /// The supporting facts that no document states outright, ordered by document and line.
    pub basis: Vec<Fact>,
    /// The total number of supporting facts, or `None` if unknown.
    pub facts: Option<usize>,
    /// Other interpretations of the question, if they have another answer.
    pub alternatives: Vec<Alternative>,
    /// Why the answer is empty, if it is.
    pub why_empty: Option<EmptyExplanation>,
    /// True if the rows are statements of the documents that share words with the question, not an answer.
    pub quotations: bool,
}

impl Reply {
    /// The reply as the fields of an object, in the order in which they are written.
    #[must_use]
    pub fn fields(&self) -> [(&'static str, ReplyField<'_>); 8] {
        [
            ("reading", ReplyField::Text(&self.interpretation)),
            ("cypher", ReplyField::Text(&self.cypher)),
            ("quotations", ReplyField::Truth(self.quotations)),
            ("rows", ReplyField::Rows(&self.answer)),
            ("basis", ReplyField::Facts(&self.basis)),
            ("facts", ReplyField::Count(self.facts)),
            ("alternatives", ReplyField::Alternatives(&self.alternatives)),
            ("nothing", ReplyField::WhyEmpty(self.why_empty.as_ref())),
        ]
    }
}

impl Serialize for Reply {
    /// Writes an object. Its field `rows` is the answer in the format `json`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.fields())
    }
}

/// The value of a field of a [`Reply`]. A program that writes rows in a form of its own replaces [`ReplyField::Rows`].
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum ReplyField<'r> {
    Text(&'r str),
    Rows(&'r Answer),
    Facts(&'r [Fact]),
    Count(Option<usize>),
    Truth(bool),
    Alternatives(&'r [Alternative]),
    WhyEmpty(Option<&'r EmptyExplanation>),
}

/// A fact with its place in a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Fact {
    /// The name of the subject.
    pub from: String,
    /// The relationship type; `None` if the fact is an entity by itself.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The verb for the type, such as `covers`, if the vocabulary has one.
    #[serde(skip)]
    pub verb: Option<String>,
    /// The name of the object.
    pub to: Option<String>,
    /// How the fact is known, such as `inferred`.
    pub basis: Option<String>,
    /// The confidence in the fact.
    pub confidence: Option<String>,
    /// The key of the document in citations.
    pub document: Option<String>,
    /// The title of the document.
    pub title: Option<String>,
    /// The first and last cited line.
    pub lines: Option<(u64, u64)>,
    /// A note on the fact.
    pub note: Option<String>,
}

impl Fact {
    /// The fact as a sentence: `East Sussex declined Signs of Safety`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let kind = || self.kind.as_deref().map(spoken);
        let verb = self.verb.clone().or_else(kind);
        let parts = [Some(self.from.clone()), verb, self.to.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The place of the fact: `S2:11`, `S0:14-20`.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let document = self.document.as_ref()?;
        Some(match self.lines {
            None => document.clone(),
            Some((from, to)) if from == to => format!("{document}:{from}"),
            Some((from, to)) => format!("{document}:{from}-{to}"),
        })
    }
}

/// A relationship type in words: `SENT_APOLOGIES` and `sentApologies` give `sent apologies`.
fn spoken(name: &str) -> String {
    let mut text = String::new();
    let mut before = '_';
    for letter in name.chars() {
        if letter == '_' {
            text.push(' ');
        } else if letter.is_uppercase() && before.is_lowercase() {
            text.push(' ');
            text.extend(letter.to_lowercase());
        } else {
            text.extend(letter.to_lowercase());
        }
        before = letter;
    }
    text
}

/// Another interpretation of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// The number to choose it by.
    pub pick: usize,
    /// The interpretation in words; for a wider sense of a word, what would count in addition.
    #[serde(rename = "reading")]
    pub interpretation: String,
    /// Whether it differs only in that a wider sense of a word counts.
    pub wider: bool,
    /// The statement.
    pub cypher: String,
    /// The number of rows, or `None` if it was not run or exceeded a limit.
    pub rows: Option<usize>,
    /// The value, if the answer is a single integer.
    pub value: Option<i64>,
}

/// The reason why an answer is empty: the number of entities that satisfy each predicate alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EmptyExplanation {
    /// The entities asked for, without predicates.
    pub of: Option<ConditionCount>,
    /// Each predicate on them.
    pub conditions: Vec<ConditionCount>,
}

/// The number of entities that satisfy a predicate alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ConditionCount {
    /// The predicate in words.
    pub words: String,
    /// The span of the predicate in the question.
    #[serde(skip)]
    pub span: Option<Span>,
    /// The number of entities that satisfy it.
    pub count: i64,
    /// The number of matches of its last relationship from any start node. Counted only if `count` is zero; `None` if
    /// the predicate is not a relationship.
    pub anything: Option<i64>,
    /// The facts that relate the same entities, if no entity satisfies the predicate.
    pub instead: Vec<Fact>,
}

impl EmptyExplanation {
    /// The reasons as sentences, the most specific last.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let counted = self.of.iter().chain(&self.conditions);
        let counted: Vec<_> = counted.map(ConditionCount::counted).collect();
        let mut sentences = Vec::new();
        if !counted.is_empty() {
            sentences.push(counted.join(", "));
        }
        if self.conditions.len() > 1 && self.conditions.iter().all(|condition| condition.count > 0)
        {
            sentences
                .push("each condition has a match, but no entity satisfies all of them".to_owned());
        }
        sentences.extend(self.conditions.iter().flat_map(ConditionCount::reasons));
        sentences
    }
}

impl ConditionCount {
    /// `covers KSS 9: 0`
    fn counted(&self) -> String {
        format!("{}: {}", self.words, self.count)
    }

    fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        match self.anything {
            Some(0) if self.count == 0 => {
                reasons.push(format!("nothing in the graph {}", self.words));
            }
            Some(_) if self.count == 0 && self.instead.is_empty() => {
                reasons.push(format!("something else in the graph {}", self.words));
            }
            _ => {}
        }
        reasons.extend(self.instead.iter().map(|fact| match fact.place() {
            Some(place) => format!("but {} ({place})", fact.sentence()),
            None => format!("but {}", fact.sentence()),
        }));
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declined() -> Fact {
        Fact {
            from: "East Sussex".into(),
            kind: Some("DECLINED".into()),
            to: Some("Signs of Safety".into()),
            document: Some("S2".into()),
            lines: Some((11, 11)),
            ..Fact::default()
        }
    }

    #[test]
    fn a_fact_is_said_with_its_place() {
        assert_eq!(
            declined().sentence(),
            "East Sussex declined Signs of Safety"
        );
        assert_eq!(declined().place().as_deref(), Some("S2:11"));
        let longer = Fact {
            lines: Some((1, 3)),
            ..declined()
        };
        assert_eq!(longer.place().as_deref(), Some("S2:1-3"));
        assert_eq!(spoken("SENT_APOLOGIES"), "sent apologies");
        assert_eq!(spoken("sentApologies"), "sent apologies");
    }

    #[test]
    fn an_empty_answer_is_explained_by_what_each_condition_leaves() {
        let condition = |words: &str, count| ConditionCount {
            words: words.into(),
            count,
            ..ConditionCount::default()
        };
        let explanation = EmptyExplanation {
            of: Some(condition("courses", 12)),
            conditions: vec![
                condition("advanced", 7),
                ConditionCount {
                    anything: Some(0),
                    ..condition("covers KSS 9", 0)
                },
                ConditionCount {
                    anything: Some(3),
                    instead: vec![declined()],
                    ..condition("uses Signs of Safety", 0)
                },
            ],
        };
        assert_eq!(
            explanation.sentences(),
            [
                "courses: 12, advanced: 7, covers KSS 9: 0, uses Signs of Safety: 0",
                "nothing in the graph covers KSS 9",
                "but East Sussex declined Signs of Safety (S2:11)",
            ]
        );
        let both = EmptyExplanation {
            of: None,
            conditions: vec![condition("a", 1), condition("b", 2)],
        };
        assert_eq!(
            both.sentences()[1],
            "each condition has a match, but no entity satisfies all of them"
        );
    }
}
