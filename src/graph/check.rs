//! Verifies a graph: the rules of its manifest, and every citation against the documents.
//!
//! A report says what was looked at and how often, and names each failure.

mod citation;
mod constraint;
mod meaning;
mod rival;
mod rule;
mod text;
mod touched;
mod view;

use std::{collections::BTreeMap, fmt};

use crate::graph::{Graph, manifest::Manifest};

pub use self::constraint::{Violation, constraints, violation};
use self::view::View;

/// What was verified, in the order of the checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// One entry per rule and per kind of citation.
    pub checks: Vec<Check>,
    /// What could not be verified, and why.
    pub skipped: Vec<String>,
}

/// One thing that was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What holds, as a sentence.
    pub says: String,
    /// How many nodes, relationships or names were looked at.
    pub checked: usize,
    /// Where it does not hold.
    pub failures: Vec<Failure>,
}

/// A place where a check fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The node or the relationship, or the document where it is about that.
    pub entity: String,
    /// The file of the document and the line that are cited.
    pub place: Option<(String, usize)>,
    /// What was expected and what was found.
    pub message: String,
}

impl CheckReport {
    /// How many failures there are.
    #[must_use]
    pub fn failures(&self) -> usize {
        self.checks.iter().map(|check| check.failures.len()).sum()
    }

    /// Whether all that was verified holds.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.failures() == 0
    }
}

impl Check {
    fn new(says: impl Into<String>) -> Self {
        Self {
            says: says.into(),
            checked: 0,
            failures: Vec::new(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((file, line)) = &self.place {
            write!(f, "{file}:{line}: ")?;
        }
        write!(f, "{}: {}", self.entity, self.message)
    }
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for check in &self.checks {
            let mark = if check.failures.is_empty() {
                "ok"
            } else {
                "FAILED"
            };
            writeln!(f, "{mark:<6} {:>6}  {}", check.checked, check.says)?;
            for failure in &check.failures {
                writeln!(f, "    {failure}")?;
            }
        }
        for skipped in &self.skipped {
            writeln!(f, "skipped        {skipped}")?;
        }
        let (checks, failures) = (self.checks.len(), self.failures());
        writeln!(
            f,
            "{checks} checks, {failures} failure{}",
            if failures == 1 { "" } else { "s" }
        )
    }
}

/// Verifies a graph. `overlays` are those that were loaded with it; `sources` are the texts of the documents by file
/// name, without which citations are only compared with what the manifest says of the documents.
#[must_use]
pub fn check(
    graph: &Graph,
    manifest: &Manifest,
    overlays: &[String],
    sources: Option<&BTreeMap<String, String>>,
) -> CheckReport {
    let view = View::new(graph, manifest);
    let mut report = CheckReport::default();
    for rule in &manifest.rules {
        rule::check(&view, rule.get_ref(), overlays, &mut report);
    }
    meaning::check(&view, &mut report);
    if let Some(citations) = &manifest.citations {
        citation::check(&view, citations, sources, &mut report);
    }
    report
}
