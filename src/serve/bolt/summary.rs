//! Summaries of results: the kind of the statement, its changes, its plan and its warnings.

use relata::{Answer, Changes, PlanLine, Value, base::Source};

use crate::serve::{
    bolt::write::{Dict, Item},
    status::{Notification, notification},
};

/// Which warnings a client wants.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// The least severity: `OFF` for none.
    pub(super) minimum: Option<String>,
    /// The categories that it does not want.
    pub(super) disabled: Vec<String>,
}

impl Filter {
    fn admits(&self, notification: &Notification) -> bool {
        let severe = match self.minimum.as_deref() {
            Some("OFF") => false,
            Some("WARNING") => notification.severity == "WARNING",
            _ => true,
        };
        let category = |name: &String| name.eq_ignore_ascii_case(notification.category);
        severe && !self.disabled.iter().any(category)
    }
}

/// The summary of an answer.
pub(super) fn of(answer: &Answer, statement: &Source, filter: &Filter) -> Dict {
    let mut dict = Dict::default().with("type", kind(answer));
    if !answer.changes().is_empty() {
        dict = dict.item("stats", Item::Dict(stats(answer.changes())));
    }
    if let Some(lines) = answer.plan().filter(|lines| !lines.is_empty()) {
        let profiled = lines[0].measured.is_some();
        let key = if profiled { "profile" } else { "plan" };
        dict = dict.item(key, Item::Dict(plan(lines, &mut 0)));
    }
    let warnings = answer.warnings().iter();
    let notifications: Vec<_> = warnings
        .map(|warning| notification(warning, statement))
        .filter(|notification| filter.admits(notification))
        .map(|notification| told(&notification))
        .collect();
    if notifications.is_empty() {
        return dict;
    }
    dict.item("notifications", Item::List(notifications))
}

/// `r`, `rw`, `w` or `s`: reads, returns rows and writes, only writes, changes the schema.
fn kind(answer: &Answer) -> &'static str {
    let changes = answer.changes();
    let schema = changes.indexes_added
        + changes.indexes_removed
        + changes.constraints_added
        + changes.constraints_removed;
    let returns = answer.plan().is_none() && !answer.columns().is_empty();
    match (answer.writes(), schema > 0, returns) {
        (false, ..) => "r",
        (true, true, _) => "s",
        (true, false, true) => "rw",
        (true, false, false) => "w",
    }
}

/// The changes under the names of Neo4j.
pub(super) fn counts(changes: &Changes) -> [(&'static str, u64); 11] {
    [
        ("nodes-created", changes.nodes_created),
        ("nodes-deleted", changes.nodes_deleted),
        ("relationships-created", changes.relationships_created),
        ("relationships-deleted", changes.relationships_deleted),
        (
            "properties-set",
            changes.properties_added.max(changes.properties_removed),
        ),
        ("labels-added", changes.labels_added),
        ("labels-removed", changes.labels_removed),
        ("indexes-added", changes.indexes_added),
        ("indexes-removed", changes.indexes_removed),
        ("constraints-added", changes.constraints_added),
        ("constraints-removed", changes.constraints_removed),
    ]
}

fn stats(changes: &Changes) -> Dict {
    let changed = counts(changes).into_iter().filter(|(_, count)| *count > 0);
    let dict = changed.fold(Dict::default(), |dict, (name, count)| {
        dict.with(name, i64::try_from(count).unwrap_or(i64::MAX))
    });
    dict.with("contains-updates", true)
}

/// The operator at a position of a plan with those below it. `at` is moved behind them.
fn plan(lines: &[PlanLine], at: &mut usize) -> Dict {
    let line = &lines[*at];
    *at += 1;
    let mut children = Vec::new();
    // An operator with one input has it at the next line and the same depth, others have each input behind a branch.
    while let Some(next) = lines.get(*at) {
        let branches = next.depth > line.depth;
        let is_only = next.depth == line.depth && !begins_branch(next) && children.is_empty();
        if !branches && !is_only {
            break;
        }
        children.push(plan(lines, at));
    }
    let arguments = Dict::default()
        .with("Details", &*line.details)
        .maybe("EstimatedRows", line.estimated);
    let dict = Dict::default()
        .with("operatorType", &*line.operator)
        .item("args", Item::Dict(arguments))
        .with("identifiers", Vec::<Value>::new());
    let dict = match line.measured {
        None => dict,
        Some(measured) => dict
            .with("rows", integer(measured.rows))
            .with("dbHits", 0)
            .with("pageCacheHits", 0)
            .with("pageCacheMisses", 0)
            .with("pageCacheHitRatio", 0.0)
            .with("time", integer(measured.time.as_nanos())),
    };
    dict.item("children", Item::List(children))
}

/// Whether an operator is the first of a branch.
fn begins_branch(line: &PlanLine) -> bool {
    line.branches.ends_with("├─ ") || line.branches.ends_with("└─ ")
}

fn integer(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

fn told(notification: &Notification) -> Dict {
    let dict = Dict::default()
        .with("code", notification.code)
        .with("title", notification.title)
        .with("description", notification.description.as_str())
        .with("severity", notification.severity)
        .with("category", notification.category);
    match notification.position {
        None => dict,
        Some((offset, line, column)) => {
            let position = Dict::default()
                .with("offset", i64::from(offset))
                .with("line", integer(line as u64))
                .with("column", integer(column as u64));
            dict.item("position", Item::Dict(position))
        }
    }
}
