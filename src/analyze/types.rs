//! Type errors, and the names in a type expression.

use crate::{
    analyze::{
        Result,
        scope::{Binding, bound_here},
        typed::Typed,
    },
    base::{Code, Diagnostic},
    syntax::ast::{self, LabelExprKind},
    value::Type,
};

/// Error: a variable is used with a type that it does not have.
pub(super) fn conflict(name: &ast::Name, wanted: Type, found: Binding) -> Diagnostic {
    // Lists are distinguished by the type of their elements.
    let said = |kind: Type| match wanted.described() == found.kind.described() {
        true => format!("{} of {}", kind.described(), kind.element()),
        false => kind.described(),
    };
    let message = format!(
        "variable `{}` is used as {}, but it is {}",
        name.text,
        said(wanted),
        said(found.kind)
    );
    let diagnostic = Diagnostic::new(Code::VariableTypeConflict, name.span, message);
    bound_here(diagnostic, found).help("choose another name")
}

/// Rejects an expression that can never have the required type.
pub(super) fn require(typed: &Typed, wanted: Type, what: &str) -> Result<()> {
    if typed.kind.fits(wanted) {
        return Ok(());
    }
    let message = format!(
        "{what} needs {}, found {}",
        wanted.described(),
        typed.kind.described()
    );
    Err(Box::new(Diagnostic::new(
        Code::InvalidArgumentType,
        typed.expr.span,
        message,
    )))
}

/// The names of a disjunction of types such as `:A|B`; `None` for other type expressions.
pub(super) fn type_list(expr: &ast::LabelExpr) -> Option<Vec<&ast::Name>> {
    match &expr.kind {
        LabelExprKind::Name(name) => Some(vec![name]),
        LabelExprKind::Or(parts) => {
            let lists = parts.iter().map(type_list).collect::<Option<Vec<_>>>()?;
            Some(lists.concat())
        }
        LabelExprKind::Any
        | LabelExprKind::Not(_)
        | LabelExprKind::And(_)
        | LabelExprKind::Dynamic { .. } => None,
    }
}
