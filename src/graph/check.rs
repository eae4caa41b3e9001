//! Verifies a graph: the rules of its manifest, and its citations against the documents.
//!
//! The report lists each check with the number of entities it covered and all failures.

mod citation;
mod constraint;
mod meaning;
mod rival;
mod rule;
mod text;
mod touched;
mod view;

use std::{collections::BTreeMap, fmt};

use crate::{
    base::shortened,
    graph::{Graph, manifest::Manifest},
};

pub use self::constraint::{constraints, violation};
use self::view::View;

/// The result of a verification, in the order of the checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// One entry per rule and per citation check.
    pub checks: Vec<Check>,
    /// Checks that were skipped, each with the reason.
    pub skipped: Vec<String>,
}

/// The result of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The rule or the check, as a sentence.
    pub description: String,
    /// The number of nodes, relationships or names checked.
    pub checked: usize,
    /// The entities that violate it.
    pub failures: Vec<Failure>,
}

/// One failure of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The node or relationship, or the document if the failure concerns a document.
    pub entity: String,
    /// The file of the cited document and the line.
    pub place: Option<(String, usize)>,
    /// What was expected and what was found.
    pub message: String,
}

impl CheckReport {
    /// The total number of failures.
    #[must_use]
    pub fn failures(&self) -> usize {
        self.checks.iter().map(|check| check.failures.len()).sum()
    }

    /// Whether no check failed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures() == 0
    }
}

impl Check {
    fn new(description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
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
        f.write_str(&shortened(format!("{}: {}", self.entity, self.message)))
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
            writeln!(f, "{mark:<6} {:>6}  {}", check.checked, check.description)?;
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

/// Verifies a graph. `overlays` are the loaded overlays; `sources` maps file names to document texts. Without
/// `sources`, citations are only compared with what the manifest declares about the documents.
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
