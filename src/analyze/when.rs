//! Conditional queries: `WHEN … THEN … ELSE …`.

use crate::{
    analyze::{
        Analyzer, Result,
        flow::{Flow, Outcome, Start},
        scope::Scope,
        subquery::attach,
        typed::position,
    },
    base::{CompareOp, Span},
    plan::{Expr, ExprKind, Node, Op, Slot},
    syntax::ast::{Clause, SingleQuery, WhenQuery},
    value::Type,
};

impl Analyzer<'_> {
    /// For each row, the rows of the first branch whose condition is true.
    pub(super) fn when_query(&mut self, when: &WhenQuery, flow: Flow) -> Result<Outcome> {
        let Flow { plan, scope } = flow;
        let (number, needs) = self.collecting(|this| this.branch_number(when, &scope))?;
        let branch = self.slot("branch", Type::INTEGER);
        let items = vec![(branch, number)];
        let plan = Op::Project { items }.on(attach(plan, needs));
        self.applied(plan, |this| this.branches(when, branch, &scope))
    }

    /// The number of the branch that runs, as a `CASE`.
    fn branch_number(&mut self, when: &WhenQuery, scope: &Scope) -> Result<Expr> {
        let branches = when.branches.iter().enumerate();
        let branches = branches.map(|(number, (condition, _))| {
            let condition = self.predicate(condition, scope)?.expr;
            let number = position(number, condition.span);
            Ok((condition, number))
        });
        let kind = ExprKind::Case {
            operand: None,
            branches: branches.collect::<Result<Vec<_>>>()?,
            otherwise: Some(Box::new(position(when.branches.len(), when.span))),
        };
        Ok(Expr::new(kind, when.span))
    }

    /// The rows of all branches, each branch for the rows with its number.
    fn branches(&mut self, when: &WhenQuery, branch: Slot, scope: &Scope) -> Result<Outcome> {
        let queries = when.branches.iter().map(|(_, query)| query);
        let queries = queries.chain(when.otherwise.as_deref());
        let mut whole: Option<Outcome> = None;
        for (number, query) in queries.enumerate() {
            let plan = self.only(branch, number, query.span);
            let outcome = self.branch(query, plan, scope)?;
            whole = Some(match whole {
                None => outcome,
                Some(before) => {
                    self.union(before, outcome, query.span, "the branches of `WHEN`")?
                }
            });
        }
        Ok(whole.expect("the grammar demands a branch"))
    }

    fn branch(&mut self, query: &SingleQuery, plan: Node, scope: &Scope) -> Result<Outcome> {
        if let [Clause::Braced(_)] = query.clauses.as_slice() {
            return self.applied(plan, |this| this.single(query, Start::Leaf(scope)));
        }
        let scope = scope.clone();
        self.single_query(query, Flow { plan, scope })
    }

    /// The outer rows with the number of a branch.
    fn only(&mut self, branch: Slot, number: usize, span: Span) -> Node {
        self.read(branch);
        let compared = ExprKind::Compare(
            CompareOp::Equal,
            Box::new(Expr::slot(branch, span)),
            Box::new(position(number, span)),
        );
        let predicates = vec![Expr::new(compared, span)];
        Op::Filter { predicates }.on(self.leaf())
    }
}
