//! Names for completion that are values of the graph, found by asking it.

use std::{rc::Rc, time::Duration};

use relata::{Limits, Span, Value, question::Mark, value::Kind};

use crate::repl::{
    complete::{Names, Owner, Vocabulary, quote},
    editor::Assistant,
    script::Sort,
};

/// How long the graph may look for texts, since a person waits with a finger on the key.
const PATIENCE: Duration = Duration::from_millis(300);

/// How many texts are offered.
const OFFERED: usize = 200;

impl Names for Assistant {
    fn vocabulary(&self) -> Rc<Vocabulary> {
        self.shell.borrow().vocabulary()
    }

    fn parameters(&self) -> Vec<String> {
        let shell = self.shell.borrow();
        shell.parameters.keys().map(ToString::to_string).collect()
    }

    fn texts(&self, key: &str, owner: &Owner<'_>, prefix: &str) -> Vec<String> {
        let kinds = self.vocabulary().kinds(key, owner);
        let mut found = Vec::new();
        if kinds.contains(&Kind::String) {
            let value = format!("x.{}", quote(key));
            found.extend(self.ask(&matching(owner), &value, prefix));
        }
        if kinds.contains(&Kind::List) {
            let unwound = format!("{} UNWIND x.{} AS item", matching(owner), quote(key));
            found.extend(self.ask(&unwound, "item", prefix));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Assistant {
    /// Whether the line is a question, or begins like one.
    pub(super) fn is_question(&self, line: &str) -> bool {
        self.asked.sort(line.trim_start()) == Some(Sort::Question)
    }

    /// What the words of a question are; none, where it would take long to find out.
    pub(super) fn marks(&self, line: &str) -> Vec<(Span, Mark)> {
        let mut shell = self.shell.borrow_mut();
        if !shell.knows_names() {
            return Vec::new();
        }
        shell.database.marks(line).unwrap_or_default()
    }

    /// The values of an expression that begin with `prefix`, whatever the case. None where they are no texts, or where
    /// the graph is too large to say in time: completion is a help and not an answer.
    fn ask(&self, matching: &str, value: &str, prefix: &str) -> Vec<String> {
        let text = format!(
            "{matching} WITH DISTINCT {value} AS name WHERE toLower(name) STARTS WITH toLower($prefix) \
             RETURN name ORDER BY name LIMIT {OFFERED}"
        );
        let limits = Limits {
            time: Some(PATIENCE),
            ..Limits::default()
        };
        let mut shell = self.shell.borrow_mut();
        let asked = shell
            .database
            .query(text)
            .param("prefix", prefix)
            .limits(limits);
        let Ok(answer) = asked.run() else {
            return Vec::new();
        };
        let texts = answer.rows().filter_map(|row| match row.values() {
            [Value::String(text)] => Some(text.to_string()),
            _ => None,
        });
        texts.collect()
    }
}

/// The clause that finds every entity that may be the owner.
fn matching(owner: &Owner<'_>) -> String {
    let any_of = |names: &[&str]| {
        let quoted: Vec<_> = names.iter().map(|name| quote(name)).collect();
        if quoted.is_empty() {
            String::new()
        } else {
            format!(":{}", quoted.join("|"))
        }
    };
    match owner {
        Owner::Relationship(types) => format!("MATCH ()-[x{}]->()", any_of(types)),
        Owner::Node(labels) => format!("MATCH (x{})", any_of(labels)),
        Owner::Any => "MATCH (x)".to_owned(),
    }
}
