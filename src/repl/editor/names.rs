//! Names for completion that are values in the graph, found by queries.

use std::{rc::Rc, time::Duration};

use relata::{Limits, Span, Value, question::Mark, value::Kind};

use crate::repl::{
    complete::{Names, Owner, Vocabulary, quote},
    editor::Assistant,
    script::Sort,
};

/// The time limit of such a query; the user waits for it after a key press.
const PATIENCE: Duration = Duration::from_millis(300);

/// The maximum number of values offered.
const OFFERED: usize = 200;

impl Names for Assistant {
    fn vocabulary(&self) -> Rc<Vocabulary> {
        self.shell.borrow().vocabulary()
    }

    fn parameters(&self) -> Vec<String> {
        let shell = self.shell.borrow();
        shell.given().keys().map(ToString::to_string).collect()
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
    /// Whether the line is a question, or starts like one.
    pub(super) fn is_question(&self, line: &str) -> bool {
        self.asked.sort(line.trim_start()) == Some(Sort::Question)
    }

    /// The roles of the words of a question; empty if computing them would take too long.
    pub(super) fn marks(&self, line: &str) -> Vec<(Span, Mark)> {
        let mut shell = self.shell.borrow_mut();
        if !shell.knows_names() {
            return Vec::new();
        }
        shell.database.marks(line).unwrap_or_default()
    }

    /// The string values of an expression that start with `prefix`, ignoring case. Empty on any error, such as a
    /// timeout on a large graph: completion is optional.
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

/// The clause that finds every possible owner.
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
