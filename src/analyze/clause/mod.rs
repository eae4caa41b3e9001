//! One file per clause. `WITH`, `RETURN` and `ORDER BY` are in `projection`.

mod algorithm;
mod call;
mod create;
mod delete;
mod filter;
mod for_;
mod foreach;
mod let_;
mod match_;
mod merge;
mod schema;
mod set;
mod show;
mod subquery;
mod unwind;

use crate::{
    analyze::{Analyzer, Result, flow::Flow},
    base::{Code, Diagnostic, Span},
    plan::{Node, Op},
    syntax::ast::Clause,
};

impl Analyzer<'_> {
    /// The rows after a clause. For a `RETURN` its list of columns is dropped.
    pub(super) fn clause(&mut self, flow: Flow, clause: &Clause) -> Result<Flow> {
        match clause {
            Clause::Match(clause) => self.match_clause(flow, clause),
            Clause::Optional(clause) => self.optional_clause(flow, clause),
            Clause::Unwind(clause) => self.unwind_clause(flow, clause),
            Clause::For(clause) => self.for_clause(flow, clause),
            Clause::Filter(clause) => self.filter_clause(flow, clause),
            Clause::Let(clause) => self.let_clause(flow, clause),
            Clause::OrderBy(clause) => self.order_by_clause(flow, clause),
            Clause::With(clause) => self.with_clause(flow, clause),
            Clause::Return(clause) => Ok(self.return_clause(flow, clause)?.0),
            Clause::Finish(_) => Ok(flow),
            Clause::Braced(clause) => Err(Box::new(nested(clause.span))),
            Clause::When(clause) => Err(Box::new(nested(clause.span))),
            Clause::Call(clause) => self.call_clause(flow, clause),
            Clause::Subquery(clause) => self.subquery_clause(flow, clause),
            Clause::Create(clause) => self.create_clause(flow, clause),
            Clause::Merge(clause) => self.merge_clause(flow, clause),
            Clause::Set(clause) => self.set_clause(flow, clause),
            Clause::Remove(clause) => self.remove_clause(flow, clause),
            Clause::Delete(clause) => self.delete_clause(flow, clause),
            Clause::Foreach(clause) => self.foreach_clause(flow, clause),
            Clause::Schema(clause) => Err(Box::new(nested(clause.span))),
            Clause::Show(clause) => Err(Box::new(nested(clause.span))),
        }
    }

    /// An updating operator between two `Eager` operators: it does not read its own writes, and the operators above
    /// read only after its last write.
    pub(super) fn writing(&mut self, input: Node, operator: impl FnOnce(Node) -> Node) -> Node {
        self.writes = true;
        Op::Eager.on(operator(Op::Eager.on(input)))
    }
}

/// The error of a query in the place of a clause; the grammar allows it only as a whole query.
fn nested(span: Span) -> Diagnostic {
    let message = "expected a clause, found a query";
    Diagnostic::new(Code::InvalidClauseComposition, span, message).help("write `CALL { … }`")
}
