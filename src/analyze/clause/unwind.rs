//! `UNWIND`.

use crate::{
    analyze::{Analyzer, Result, query::Flow, subquery::attach},
    base::{Code, Diagnostic},
    plan::Op,
    syntax::ast::UnwindClause,
    value::Type,
};

impl Analyzer<'_> {
    pub(super) fn unwind_clause(&mut self, flow: Flow, clause: &UnwindClause) -> Result<Flow> {
        let Flow { op, mut scope } = flow;
        let name = &clause.variable;
        if scope.has(&name.text) {
            let message = format!("variable `{}` is bound already", name.text);
            return Err(Box::new(Diagnostic::new(
                Code::VariableAlreadyBound,
                name.span,
                message,
            )));
        }
        let (list, needs) = self.collecting(|this| this.expr(&clause.list, &scope))?;
        let kind = if list.kind.within(Type::LIST) {
            list.kind.element()
        } else {
            Type::ANY
        };
        let element = self.slot(&name.text, kind);
        scope.bind(&name.text, element, kind);
        let input = Box::new(attach(op, needs));
        Ok(Flow {
            op: Op::Unwind {
                input,
                list: list.expr,
                element,
            },
            scope,
        })
    }
}
