//! The shortest paths through the schema between entity types without a declared sense.

use rustc_hash::FxHashSet;

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

/// A step of a path: the type, true if along its direction, the label after it.
#[derive(Clone, Copy)]
struct Step<'a> {
    kind: &'a str,
    forward: bool,
    to: &'a str,
}

impl Vocabulary {
    /// Returns the shortest path of at most three relationships between the labels `from` and `to`; the names of types
    /// decide ties. `None` if there is no path.
    #[must_use]
    pub fn propose(&self, from: &[String], to: &[String]) -> Option<Sense> {
        self.routes(from, to, LONGEST).into_iter().next()
    }

    /// Returns the shortest paths of at most `longest` relationships between the labels `from` and `to`, in the order of
    /// the names of their types. Empty if there is none.
    #[must_use]
    pub fn routes(&self, from: &[String], to: &[String], longest: usize) -> Vec<Sense> {
        let chains = self.chains(from, to, longest);
        let chains = chains.iter();
        chains.map(|chain| sense(chain, from, to)).collect()
    }

    /// The chains of the routes. Of chains with the same types, only the first is returned.
    fn chains(&self, from: &[String], to: &[String], longest: usize) -> Vec<Vec<Step<'_>>> {
        let starts = self.schema_labels().filter(|label| contains(from, label));
        let mut reached: FxHashSet<&str> = starts.collect();
        let mut open: Vec<Vec<Step<'_>>> = vec![Vec::new()];
        for _ in 0..longest {
            let mut longer: Vec<Vec<Step<'_>>> = Vec::new();
            for chain in &open {
                let steps = match chain.last() {
                    Some(last) => self.steps_from(last.to).collect(),
                    None => self.first_steps(from),
                };
                longer.extend(steps.into_iter().map(|step| [chain, &[step][..]].concat()));
            }
            // A path may return to the first label, so the target is tested before the visited labels.
            let (found, on): (Vec<_>, Vec<_>) = longer.into_iter().partition(|chain| {
                let last = chain.last();
                last.is_some_and(|last| contains(to, last.to))
            });
            if !found.is_empty() {
                return distinct(found, |_| "");
            }
            open = distinct(on, |last| last.to);
            open.retain(|chain| chain.last().is_some_and(|last| !reached.contains(last.to)));
            let ends = open.iter().filter_map(|chain| chain.last());
            reached.extend(ends.map(|last| last.to));
        }
        Vec::new()
    }

    fn first_steps(&self, from: &[String]) -> Vec<Step<'_>> {
        let mut labels: Vec<&str> = Vec::new();
        for label in self.schema_labels().filter(|label| contains(from, label)) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let labels = labels.into_iter();
        labels.flat_map(|label| self.steps_from(label)).collect()
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
                kind: &triple.kind,
                forward,
                to,
            };
            along.into_iter().chain(against).map(step)
        })
    }
}

fn contains(labels: &[String], label: &str) -> bool {
    labels.iter().any(|one| one == label)
}

/// The chains without those that have the types, the directions and the `end` of an earlier one.
fn distinct<'a>(
    mut chains: Vec<Vec<Step<'a>>>,
    end: impl Fn(&Step<'a>) -> &'a str,
) -> Vec<Vec<Step<'a>>> {
    let mut seen = FxHashSet::default();
    chains.retain(|chain| {
        let path: Vec<(&str, bool)> = chain.iter().map(|step| (step.kind, step.forward)).collect();
        seen.insert((path, chain.last().map(&end)))
    });
    chains
}

/// A chain as the pattern of a sense.
fn sense(chain: &[Step<'_>], from: &[String], to: &[String]) -> Sense {
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
    Sense {
        pattern: made(&text),
        subject: from.to_vec(),
        object: to.to_vec(),
        words: None,
        wide: false,
        proposed: true,
    }
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
