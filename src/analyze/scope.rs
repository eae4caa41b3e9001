//! Scopes: which names are visible, and their slots.

use std::rc::Rc;

use indexmap::IndexMap;

use crate::{
    analyze::{Analyzer, Result},
    base::{Code, Diagnostic, Span, did_you_mean},
    plan::{Slot, SlotSet},
    syntax::ast,
    value::Type,
};

/// The slot, type and definition of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    /// The slot of the value.
    pub(super) slot: Slot,
    /// The static type.
    pub(super) kind: Type,
    /// The span of the definition; `None` if unknown.
    pub(super) place: Option<Span>,
}

/// The visible names, in the order of their definition.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Shared between copies until one of them changes.
    names: Rc<IndexMap<Rc<str>, Binding>>,
    /// Expressions that are columns already, after a grouping or `DISTINCT`.
    columns: Vec<Whole>,
    /// The names below a grouping or `DISTINCT`, which are not visible above it.
    hidden: Option<Rc<Scope>>,
    /// `Some` for a sort key after a grouping; `Some(true)` if the key contains an aggregate.
    sorts: Option<bool>,
    /// The scope below the last `WITH`.
    left: Option<Rc<Left>>,
}

/// An expression that is a column already.
#[derive(Clone, Debug)]
struct Whole {
    text: String,
    /// The names that the expression contains.
    names: Vec<String>,
    binding: Binding,
}

/// The names below a `WITH`.
#[derive(Debug)]
struct Left {
    /// The span of the `WITH`.
    place: Span,
    below: Scope,
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

    pub(super) fn bind(&mut self, name: &str, slot: Slot, kind: Type, place: Option<Span>) {
        self.rebind(name, Binding { slot, kind, place });
    }

    /// Changes the binding of a name.
    pub(super) fn rebind(&mut self, name: &str, binding: Binding) {
        Rc::make_mut(&mut self.names).insert(name.into(), binding);
    }

    /// Records the scope below a `WITH`, for diagnostics.
    pub(super) fn leave(&mut self, below: Self, place: Span) {
        self.left = Some(Rc::new(Left { place, below }));
    }

    /// The last `WITH` that dropped a name.
    fn left_at(&self, name: &str) -> Option<Span> {
        let left = self.left.as_ref()?;
        if left.below.has(name) {
            return Some(left.place);
        }
        left.below.left_at(name)
    }

    /// Keeps the names that satisfy `keep`.
    pub(super) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        Rc::make_mut(&mut self.names).retain(|name, _| keep(name));
    }

    /// A copy in which a name is added or redefined.
    pub(super) fn with(&self, name: &str, slot: Slot, kind: Type, place: Option<Span>) -> Self {
        let mut scope = self.clone();
        scope.bind(name, slot, kind, place);
        scope
    }

    pub(super) fn names(&self) -> impl Iterator<Item = (&str, Binding)> {
        self.names.iter().map(|(name, binding)| (&**name, *binding))
    }

    /// The names whose slots no name of `before` has. Linear in both.
    pub(super) fn beyond(&self, before: &Self) -> impl Iterator<Item = (&str, Binding)> {
        let old: SlotSet = before.names().map(|(_, binding)| binding.slot).collect();
        self.names()
            .filter(move |(_, binding)| !old.contains(binding.slot))
    }

    /// Records that an expression is a column.
    pub(super) fn add_column(&mut self, expr: &ast::Expr, slot: Slot, kind: Type) {
        let place = Some(expr.span);
        let mut names = Vec::new();
        mentioned(expr, &mut names);
        self.columns.push(Whole {
            text: expr.to_string(),
            names,
            binding: Binding { slot, kind, place },
        });
    }

    /// Removes expressions that contain a redefined variable. After `RETURN DISTINCT -n AS n, n AS m` the sort key `n`
    /// is the first column, not the second.
    pub(super) fn forget_renamed(&mut self) {
        let Some(below) = self.hidden.clone() else {
            return;
        };
        let slot = |scope: &Self, name: &str| scope.get(name).map(|binding| binding.slot);
        let names = std::mem::take(&mut self.columns);
        let same = |name: &String| {
            let now = slot(self, name);
            now.is_none() || now == slot(&below, name)
        };
        let kept = names
            .into_iter()
            .filter(|whole| whole.names.iter().all(same));
        self.columns = kept.collect();
    }

    /// Records the names that a grouping or `DISTINCT` hides.
    pub(super) fn hide(&mut self, below: Rc<Self>) {
        self.hidden = Some(below);
    }

    /// A copy for a sort key after a grouping.
    pub(super) fn sorting(&self, aggregates: bool) -> Self {
        Self {
            sorts: Some(aggregates),
            ..self.clone()
        }
    }

    /// Whether this is the scope of a sort key after a grouping.
    pub(super) fn sorts(&self) -> bool {
        self.sorts.is_some()
    }

    /// Whether only variables, properties and aggregates can refer to columns. In a sort key with an aggregate, a
    /// larger expression that is also a column is ambiguous.
    pub(super) fn is_strict(&self) -> bool {
        self.sorts == Some(true)
    }

    /// The column that is equal to the expression, or `None`.
    pub(super) fn column(&self, expr: &ast::Expr) -> Option<Binding> {
        if self.columns.is_empty()
            || matches!(
                expr.kind,
                ast::ExprKind::Literal(_) | ast::ExprKind::Lifted(..) | ast::ExprKind::Parameter(_)
            )
        {
            return None;
        }
        let text = expr.to_string();
        self.columns
            .iter()
            .find(|whole| whole.text == text)
            .map(|whole| whole.binding)
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.hidden.as_ref().is_some_and(|below| below.has(name))
    }
}

impl Analyzer<'_> {
    /// Looks a variable up and records that it is read.
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

    /// Rejects the definition of a name that is bound already.
    pub(super) fn check_free(&self, name: &ast::Name, scope: &Scope) -> Result<()> {
        match scope.get(&name.text) {
            None => Ok(()),
            Some(binding) => {
                let message = format!("variable `{}` is already bound", name.text);
                let diagnostic = already_bound(name.span, binding, message);
                Err(Box::new(diagnostic.help("choose another name")))
            }
        }
    }
}

/// Error: the name is bound already. A label shows its definition.
pub(super) fn already_bound(span: Span, binding: Binding, message: String) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::VariableAlreadyBound, span, message);
    bound_here(diagnostic, binding)
}

/// Adds a label at the definition of a name.
pub(super) fn bound_here(diagnostic: Diagnostic, binding: Binding) -> Diagnostic {
    match binding.place {
        Some(place) => diagnostic.label(place, "bound here"),
        None => diagnostic,
    }
}

fn undefined(name: &str, span: Span, scope: &Scope, aggregating: bool) -> Diagnostic {
    if scope.is_hidden(name) && aggregating && !scope.sorts() {
        return Diagnostic::new(
            Code::AmbiguousAggregationExpression,
            span,
            format!("`{name}` is combined with an aggregate but is not a grouping key"),
        )
        .help(format!(
            "return `{name}`, or the expression that reads it, as a separate column"
        ));
    }
    let diagnostic = Diagnostic::new(
        Code::UndefinedVariable,
        span,
        format!("variable `{name}` is not defined"),
    );
    if scope.is_hidden(name) {
        return diagnostic.help(
            "after `DISTINCT` or an aggregate only the columns of the projection are in scope",
        );
    }
    if let Some(place) = scope.left_at(name) {
        return diagnostic
            .label(place, format!("`{name}` goes out of scope here"))
            .help(format!("add `{name}` to the `WITH`"));
    }
    diagnostic.maybe_help(did_you_mean(name, scope.names().map(|(known, _)| known)))
}

/// The names in an expression: its variables, and all words of map projections, patterns and subqueries.
pub(super) fn mentioned(expr: &ast::Expr, names: &mut Vec<String>) {
    use ast::ExprKind as Kind;
    match &expr.kind {
        Kind::Variable(name) => names.push(name.clone()),
        Kind::MapProjection(..)
        | Kind::Pattern(_)
        | Kind::Subquery(..)
        | Kind::PatternComprehension { .. } => {
            let text = expr.to_string();
            let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            names.extend(words.map(str::to_owned));
        }
        _ => expr
            .children()
            .into_iter()
            .for_each(|inner| mentioned(inner, names)),
    }
}
