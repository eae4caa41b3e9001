//! The settings of a graph algorithm: names and literals are checked before the statement runs, and `write` becomes a `Set`
//! above the call.

use std::borrow::Cow;

use crate::{
    analyze::{Analyzer, Result},
    base::{Code, Diagnostic, Fault, Span},
    function::{Algorithm, Procedure, ProcedureBody},
    plan::{Expr, ExprKind, Node, Op, SetItem, Slot},
    syntax::ast::{self, CallClause, Literal, Name},
    value::Text,
};

/// The setting that stores a column at the node of each row.
const WRITE: &str = "write";

/// The property that a call writes.
pub(super) struct Written {
    key: Text,
    /// The position of the column with the values; the nodes are in the first.
    column: usize,
    span: Span,
}

impl Analyzer<'_> {
    /// The property that a call of a graph algorithm writes. Fails if a name in the map of settings is unknown.
    pub(super) fn written(
        &self,
        clause: &CallClause,
        procedure: &Procedure,
    ) -> Result<Option<Written>> {
        let (ProcedureBody::Algorithm(algorithm), Some(ast::ExprKind::Map(entries))) =
            (&procedure.body, settings(clause))
        else {
            return Ok(None);
        };
        let mut written = None;
        for (name, value) in entries {
            if name.text == WRITE {
                written = Some(property(algorithm, name, value)?);
            } else {
                let known = algorithm.check_name(&name.text);
                known.map_err(|fault| at(fault, name.span))?;
            }
        }
        Ok(written)
    }

    /// Sets the property above the call, for all its rows.
    pub(super) fn write(&mut self, plan: Node, written: Written, yields: &[(usize, Slot)]) -> Node {
        let value = |column: usize| {
            let slot = yields.iter().find(|(position, _)| *position == column);
            let (_, slot) = slot.expect("the columns are yielded");
            Expr::slot(*slot, written.span)
        };
        let item = SetItem::Property {
            entity: value(0),
            key: written.key.clone(),
            value: value(written.column),
        };
        self.writing(plan, |input| Op::Set { items: vec![item] }.on(input))
    }

    /// Adds the columns that are written to those that a call yields.
    pub(super) fn yield_written(
        &mut self,
        procedure: &Procedure,
        written: &Written,
        yields: &mut Vec<(usize, Slot)>,
    ) {
        for column in [0, written.column] {
            if yields.iter().all(|(position, _)| *position != column) {
                let output = &procedure.outputs[column];
                let slot = self.slot(&output.name, output.declared.kind());
                yields.push((column, slot));
            }
        }
    }
}

/// The settings without what is written.
pub(super) fn without_written<'e>(
    argument: &'e ast::Expr,
    written: Option<&Written>,
) -> Cow<'e, ast::Expr> {
    match &argument.kind {
        ast::ExprKind::Map(entries) if written.is_some() => {
            let others = entries.iter().filter(|(name, _)| name.text != WRITE);
            Cow::Owned(ast::Expr {
                kind: ast::ExprKind::Map(others.cloned().collect()),
                span: argument.span,
            })
        }
        _ => Cow::Borrowed(argument),
    }
}

/// Fails if a literal in the map of settings is not allowed.
pub(super) fn check_literals(procedure: &Procedure, argument: &Expr) -> Result<()> {
    let (ProcedureBody::Algorithm(algorithm), ExprKind::Map(entries)) =
        (&procedure.body, &argument.kind)
    else {
        return Ok(());
    };
    for (name, value) in entries {
        if let ExprKind::Constant(constant) = &value.kind {
            let checked = algorithm.check_value(name, constant);
            checked.map_err(|fault| at(fault, value.span))?;
        }
    }
    Ok(())
}

fn settings(clause: &CallClause) -> Option<&ast::ExprKind> {
    let arguments = clause.arguments.as_ref()?;
    arguments.first().map(|argument| &argument.kind)
}

fn property(algorithm: &Algorithm, name: &Name, value: &ast::Expr) -> Result<Written> {
    let Some(column) = algorithm.written() else {
        let message = format!("`{}` has no single value per node to write", algorithm.name);
        return Err(Box::new(
            Diagnostic::new(Code::InvalidArgumentType, name.span, message)
                .help("write the columns with `SET` after the call"),
        ));
    };
    match &value.kind {
        ast::ExprKind::Literal(Literal::String(key)) => Ok(Written {
            key: key.as_str().into(),
            column,
            span: value.span,
        }),
        _ => {
            let message = "`write` expects the name of a property as a literal";
            Err(Box::new(
                Diagnostic::new(Code::InvalidArgumentType, value.span, message)
                    .help("write it like `write: 'score'`, or use `SET` after the call"),
            ))
        }
    }
}

fn at(fault: Fault, span: Span) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::new(Code::InvalidArgumentType, span, fault.message);
    Box::new(diagnostic.maybe_help(fault.help))
}
