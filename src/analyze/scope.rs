//! Which names mean what at a place.

use std::rc::Rc;

use indexmap::IndexMap;

use crate::{
    analyze::{Analyzer, Result},
    base::{Code, Diagnostic, Span, did_you_mean},
    plan::Slot,
    syntax::ast,
    value::Type,
};

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    /// Where its value is.
    pub(super) slot: Slot,
    /// What its value may be.
    pub(super) kind: Type,
}

/// The names that are known at a place, in the order in which they came up.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    names: IndexMap<Rc<str>, Binding>,
    /// Whole expressions, as printed, that have a value already: the columns of a projection that groups.
    columns: Vec<(String, Binding)>,
    /// The names below a grouping, which an expression above it may not use any more.
    hidden: Option<Rc<Scope>>,
    /// Whether it is that of a sort key after a grouping, and whether the key holds an aggregate.
    sorts: Option<bool>,
}

impl Scope {
    pub(super) fn get(&self, name: &str) -> Option<Binding> {
        self.names.get(name).copied()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub(super) fn bind(&mut self, name: &str, slot: Slot, kind: Type) {
        self.names.insert(name.into(), Binding { slot, kind });
    }

    /// Forgets the other names.
    pub(super) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.names.retain(|name, _| keep(name));
    }

    /// The same scope with one name more, or in place of another.
    pub(super) fn with(&self, name: &str, slot: Slot, kind: Type) -> Self {
        let mut scope = self.clone();
        scope.bind(name, slot, kind);
        scope
    }

    pub(super) fn names(&self) -> impl Iterator<Item = (&str, Binding)> {
        self.names.iter().map(|(name, binding)| (&**name, *binding))
    }

    pub(super) fn holds_slot(&self, slot: Slot) -> bool {
        self.names.values().any(|binding| binding.slot == slot)
    }

    /// Makes a whole expression stand for a value.
    pub(super) fn add_column(&mut self, expr: &ast::Expr, slot: Slot, kind: Type) {
        self.columns
            .push((expr.to_string(), Binding { slot, kind }));
    }

    /// Says which names a grouping took away.
    pub(super) fn hide(&mut self, below: Rc<Self>) {
        self.hidden = Some(below);
    }

    /// The same scope for a sort key after a grouping.
    pub(super) fn sorting(&self, aggregates: bool) -> Self {
        Self {
            sorts: Some(aggregates),
            ..self.clone()
        }
    }

    /// Whether it is that of a sort key after a grouping.
    pub(super) fn sorts(&self) -> bool {
        self.sorts.is_some()
    }

    /// Whether only names, properties and aggregates may stand for columns: beside an aggregate a larger expression
    /// that is a column too could be read in two ways.
    pub(super) fn is_strict(&self) -> bool {
        self.sorts == Some(true)
    }

    /// The value that stands for the whole expression, if there is one.
    pub(super) fn column(&self, expr: &ast::Expr) -> Option<Binding> {
        if self.columns.is_empty()
            || matches!(
                expr.kind,
                ast::ExprKind::Literal(_) | ast::ExprKind::Parameter(_)
            )
        {
            return None;
        }
        let text = expr.to_string();
        self.columns
            .iter()
            .find(|(column, _)| *column == text)
            .map(|(_, binding)| *binding)
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.hidden.as_ref().is_some_and(|below| below.has(name))
    }
}

impl Analyzer<'_> {
    /// What a variable means, noting that it is read.
    pub(super) fn resolve(&mut self, name: &str, span: Span, scope: &Scope) -> Result<Binding> {
        let Some(binding) = scope.get(name) else {
            return Err(Box::new(undefined(
                name,
                span,
                scope,
                self.aggregation.is_some(),
            )));
        };
        self.read(binding.slot);
        Ok(binding)
    }
}

fn undefined(name: &str, span: Span, scope: &Scope, aggregating: bool) -> Diagnostic {
    if scope.is_hidden(name) && aggregating && !scope.sorts() {
        return Diagnostic::new(
            Code::AmbiguousAggregationExpression,
            span,
            format!("`{name}` stands beside an aggregate but is no grouping key"),
        )
        .help(format!(
            "return `{name}`, or what is read of it, as a column of its own"
        ));
    }
    let diagnostic = Diagnostic::new(
        Code::UndefinedVariable,
        span,
        format!("variable `{name}` is not defined"),
    );
    if scope.is_hidden(name) {
        return diagnostic
            .help("after `DISTINCT` or an aggregate only the columns of the projection are known");
    }
    diagnostic.maybe_help(did_you_mean(name, scope.names().map(|(known, _)| known)))
}
