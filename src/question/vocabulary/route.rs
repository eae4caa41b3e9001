//! The shortest path through the schema between entity types without a declared sense.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::{
    question::vocabulary::{
        Sense, Vocabulary,
        pattern::{labels_text, made, quoted},
    },
    value::LabelId,
};

/// Maximum length of a path.
const LONGEST: usize = 3;

/// A (label, type, label) of the schema, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Triple {
    pub(super) from: String,
    pub(super) kind: String,
    pub(super) to: String,
}

/// A step of a path: the label before it, the type, true if along its direction, the label after it.
#[derive(Clone)]
struct Step<'a> {
    before: &'a str,
    kind: &'a str,
    forward: bool,
    to: &'a str,
}

impl Vocabulary {
    /// Returns the shortest path of at most three relationships between the labels `from` and `to`; the names of types
    /// decide ties. `None` if there is no path.
    #[must_use]
    pub fn propose(&self, from: &[String], to: &[String]) -> Option<Sense> {
        let chain = self.route(from, to)?;
        let mut text = format!("({})", labels_text(from));
        for (at, step) in chain.iter().enumerate() {
            let (left, right) = if step.forward {
                ("-", "->")
            } else {
                ("<-", "-")
            };
            let labels = match at + 1 == chain.len() {
                true => labels_text(to),
                false => labels_text(&[step.to.to_owned()]),
            };
            text.push_str(&format!("{left}[:{}]{right}({labels})", quoted(step.kind)));
        }
        Some(Sense {
            pattern: made(&text),
            subject: from.to_vec(),
            object: to.to_vec(),
            words: None,
            wide: false,
            proposed: true,
        })
    }

    fn route(&self, from: &[String], to: &[String]) -> Option<Vec<Step<'_>>> {
        let mut reached: FxHashMap<&str, Option<Step<'_>>> = FxHashMap::default();
        let mut queue: VecDeque<(&str, usize)> = VecDeque::new();
        for label in self.schema_labels() {
            if from.iter().any(|from| from == label) {
                reached.insert(label, None);
                queue.push_back((label, 0));
            }
        }
        while let Some((label, length)) = queue.pop_front() {
            for step in self.steps_from(label).filter(|_| length < LONGEST) {
                // A path may return to the first label, so the target is tested before the visited labels.
                if to.iter().any(|to| to == step.to) {
                    return Some(chain(&reached, step));
                }
                if !reached.contains_key(step.to) {
                    queue.push_back((step.to, length + 1));
                    reached.insert(step.to, Some(step));
                }
            }
        }
        None
    }

    fn schema_labels(&self) -> impl Iterator<Item = &str> {
        self.schema
            .iter()
            .flat_map(|triple| [&*triple.from, &*triple.to])
    }

    fn steps_from<'a>(&'a self, label: &'a str) -> impl Iterator<Item = Step<'a>> {
        self.schema.iter().flat_map(move |triple| {
            let along = (triple.from == label).then_some((true, &*triple.to));
            let against = (triple.to == label).then_some((false, &*triple.from));
            let step = move |(forward, to)| Step {
                before: label,
                kind: &triple.kind,
                forward,
                to,
            };
            along.into_iter().chain(against).map(step)
        })
    }
}

fn chain<'a>(reached: &FxHashMap<&str, Option<Step<'a>>>, last: Step<'a>) -> Vec<Step<'a>> {
    let mut steps = vec![last];
    while let Some(Some(step)) = reached.get(steps[steps.len() - 1].before) {
        steps.push(step.clone());
    }
    steps.reverse();
    steps
}

/// The triples of a schema by name. For equal types, the most frequent labels come first, so that a path names the most
/// general label.
pub(super) fn schema(graph: &crate::graph::Graph) -> Vec<Triple> {
    let catalog = graph.catalog();
    let name = |label: LabelId| catalog.label_name(label).to_string();
    let mut triples: Vec<_> = graph.stats().triples().collect();
    triples.sort_by_cached_key(|&(from, kind, to, count)| {
        let kind = catalog.type_name(kind).to_string();
        (kind, std::cmp::Reverse(count), name(from), name(to))
    });
    let by_name = triples.into_iter().map(|(from, kind, to, _)| Triple {
        from: name(from),
        kind: catalog.type_name(kind).to_string(),
        to: name(to),
    });
    by_name.collect()
}
