//! Checks the names of a vocabulary file against the graph.

use toml::Spanned;

use super::{FILE, entry::Placed, report};
use crate::{
    base::{Diagnostic, did_you_mean},
    graph::{Graph, load::Problem},
    question::vocabulary::{
        Sense,
        pattern::{self, ends, labels},
    },
    syntax::ast::{Expr, ExprKind, LabelExpr, LabelExprKind, NodePattern, PatternElement},
};

/// Parses patterns and names of a file, and collects the errors.
pub(super) struct Checker<'a> {
    pub(super) graph: &'a Graph,
    text: &'a str,
    problems: Vec<Problem>,
}

/// What a name in a pattern denotes.
#[derive(Clone, Copy)]
enum Name {
    Label,
    Type,
    Key,
}

impl<'a> Checker<'a> {
    pub(super) fn new(graph: &'a Graph, text: &'a str) -> Self {
        Self {
            graph,
            text,
            problems: Vec::new(),
        }
    }

    pub(super) fn result(self) -> Result<(), Box<Diagnostic>> {
        match self.problems.is_empty() {
            true => Ok(()),
            false => Err(report(self.problems)),
        }
    }

    /// Records an error at a position.
    pub(super) fn problem<T>(&mut self, place: &Spanned<T>, message: impl Into<String>) {
        self.problem_at(place.span().start, message.into(), None);
    }

    fn problem_at(&mut self, at: usize, message: String, help: Option<String>) {
        let problem = Problem::at(FILE, self.text, at, message).maybe_help(help);
        self.problems.push(problem);
    }

    /// Parses a pattern. `None` if it is invalid or has unknown names.
    pub(super) fn pattern(&mut self, text: &Placed) -> Option<PatternElement> {
        let found = pattern::pattern(text.get_ref());
        let element = self.parsed(text, "a pattern", found)?;
        let known = self.nodes_known(text, &element);
        known.then_some(element)
    }

    /// Parses an expression. `None` if it is invalid or has unknown keys.
    pub(super) fn expression(&mut self, text: &Placed) -> Option<Expr> {
        let found = pattern::expression(text.get_ref());
        let expr = self.parsed(text, "an expression", found)?;
        self.keys_known(text, &expr).then_some(expr)
    }

    fn parsed<T>(
        &mut self,
        text: &Placed,
        what: &str,
        found: Result<T, Box<Diagnostic>>,
    ) -> Option<T> {
        let problem = match found {
            Ok(parsed) => return Some(parsed),
            Err(problem) => problem,
        };
        let message = format!(
            "expected {what}, found `{}`: {}",
            text.get_ref(),
            problem.message
        );
        self.problem_at(text.span().start, message, problem.help);
        None
    }

    /// The sense of a pattern, from its first node to its last.
    pub(super) fn sense(&mut self, text: &Placed, words: Option<String>) -> Option<Sense> {
        let pattern = self.pattern(text)?;
        if pattern.steps.is_empty() {
            self.problem(
                text,
                "expected a pattern with a relationship, found one node",
            );
            return None;
        }
        let (subject, object) = ends(&pattern);
        Some(Sense {
            subject: labels(subject),
            object: labels(object),
            wide: words.is_some(),
            words,
            proposed: false,
            pattern,
        })
    }

    /// True if the graph has the label; otherwise records an error.
    pub(super) fn label(&mut self, label: &Placed) -> bool {
        self.name(label, Name::Label, label.get_ref())
    }

    /// True if the graph has the key; otherwise records an error.
    pub(super) fn key(&mut self, key: &Placed) -> bool {
        self.name(key, Name::Key, key.get_ref())
    }

    fn nodes_known(&mut self, place: &Placed, element: &PatternElement) -> bool {
        let mut known = self.node_known(place, &element.start);
        for (step, node) in &element.steps {
            known &= self.labels_known(place, step.types.as_ref(), Name::Type);
            for expr in step.properties.iter().chain(&step.predicate) {
                known &= self.keys_known(place, expr);
            }
            known &= self.node_known(place, node);
        }
        known
    }

    fn node_known(&mut self, place: &Placed, node: &NodePattern) -> bool {
        let mut known = self.labels_known(place, node.labels.as_ref(), Name::Label);
        for expr in node.properties.iter().chain(&node.predicate) {
            known &= self.keys_known(place, expr);
        }
        known
    }

    fn labels_known(&mut self, place: &Placed, labels: Option<&LabelExpr>, what: Name) -> bool {
        match labels.map(|labels| &labels.kind) {
            Some(LabelExprKind::Name(name)) => self.name(place, what, &name.text),
            Some(LabelExprKind::Not(inner)) => self.labels_known(place, Some(inner), what),
            Some(LabelExprKind::And(parts) | LabelExprKind::Or(parts)) => {
                let mut known = true;
                for part in parts {
                    known &= self.labels_known(place, Some(part), what);
                }
                known
            }
            Some(LabelExprKind::Any | LabelExprKind::Dynamic { .. }) | None => true,
        }
    }

    fn keys_known(&mut self, place: &Placed, expr: &Expr) -> bool {
        let mut known = true;
        if matches!(
            expr.kind,
            ExprKind::Subquery(..) | ExprKind::Pattern(_) | ExprKind::PatternComprehension { .. }
        ) {
            let message = format!("expected a predicate on properties, found `{expr}`");
            let help = "write a longer pattern: `(:A)-[:X]->(:B)-[:Y]->(:C)`";
            self.problem_at(place.span().start, message, Some(help.to_owned()));
            return false;
        }
        if let ExprKind::Property(_, key) = &expr.kind {
            known &= self.name(place, Name::Key, &key.text);
        }
        if let ExprKind::Map(entries) = &expr.kind {
            for (key, _) in entries {
                known &= self.name(place, Name::Key, &key.text);
            }
        }
        for child in expr.children() {
            known &= self.keys_known(place, child);
        }
        known
    }

    fn name(&mut self, place: &Placed, what: Name, name: &str) -> bool {
        let catalog = self.graph.catalog();
        let (known, kind) = match what {
            Name::Label => (catalog.label(name).is_some(), "label"),
            Name::Type => (
                catalog.relationship_type(name).is_some(),
                "relationship type",
            ),
            Name::Key => (catalog.key(name).is_some(), "property key"),
        };
        if !known {
            let help = match what {
                Name::Label => did_you_mean(name, catalog.labels().map(|(_, name)| &**name)),
                Name::Type => did_you_mean(name, catalog.types().map(|(_, name)| &**name)),
                Name::Key => did_you_mean(name, catalog.keys().map(|(_, name)| &**name)),
            };
            let message = format!("expected a {kind} of the graph, found `{name}`");
            self.problem_at(place.span().start, message, help);
        }
        known
    }
}
