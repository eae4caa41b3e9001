//! What is refused because of its type, and how it is said.

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

/// A variable that is used as another kind of thing than it is.
pub(super) fn conflict(name: &ast::Name, wanted: Type, found: Binding) -> Diagnostic {
    // Of two lists the elements tell the difference.
    let said = |kind: Type| match wanted.described() == found.kind.described() {
        true => format!("{} of {}", kind.described(), kind.element()),
        false => kind.described(),
    };
    let message = format!(
        "`{}` is used as {}, but it is {}",
        name.text,
        said(wanted),
        said(found.kind)
    );
    let diagnostic = Diagnostic::new(Code::VariableTypeConflict, name.span, message);
    bound_here(diagnostic, found).help("choose another name")
}

/// Refuses an expression that can never be of the type asked for.
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

/// The names of a type expression that is a plain choice between types, as in `:A|B`.
pub(super) fn type_list(expr: &ast::LabelExpr) -> Option<Vec<&ast::Name>> {
    match &expr.kind {
        LabelExprKind::Name(name) => Some(vec![name]),
        LabelExprKind::Or(parts) => {
            let lists = parts.iter().map(type_list).collect::<Option<Vec<_>>>()?;
            Some(lists.concat())
        }
        LabelExprKind::Any | LabelExprKind::Not(_) | LabelExprKind::And(_) => None,
    }
}
