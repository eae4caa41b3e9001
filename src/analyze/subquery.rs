//! Plans inside plans: what an inner query reads of the outer rows, and expressions that hold queries.

use std::collections::BTreeSet;

use crate::{
    analyze::{Analyzer, Frame, Result, expr::Typed, query::Flow, scope::Scope},
    base::{Code, Diagnostic, Span},
    plan::{Apply, ApplyKind, Expr, ExprKind, Op, Slot, SubqueryNeed},
    syntax::ast::{self, Subquery, SubqueryKind},
    value::Type,
};

/// An inner plan with what ties it to the outer one.
pub(super) struct Inner {
    pub(super) op: Op,
    /// The slot of the outer row's number.
    pub(super) row: Slot,
    /// The outer slots it reads.
    pub(super) reads: Vec<Slot>,
}

impl Inner {
    /// As an apply that waits for its input.
    pub(super) fn apply(self, kind: ApplyKind) -> Apply {
        Apply {
            input: Box::new(Op::Unit),
            inner: Box::new(self.op),
            row: self.row,
            kind,
        }
    }
}

impl Analyzer<'_> {
    /// Analyses a subquery: what `work` gives begins at [`Analyzer::leaf`].
    pub(super) fn framed<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(Op, T)>,
    ) -> Result<(Inner, T)> {
        let first_inner = self.slots.len();
        let row = self.hidden(Type::INTEGER);
        let aggregation = self.aggregation.take();
        let known = self.known.clone();
        let (outcome, reads) = self.tracking(row, work);
        self.known.leave(known, first_inner);
        self.aggregation = aggregation;
        let (mut op, value) = outcome?;
        let reads: Vec<Slot> = reads
            .into_iter()
            .filter(|slot| slot.index() < first_inner)
            .collect();
        for slot in &reads {
            self.read(*slot);
        }
        fill_arguments(&mut op, row, &reads);
        Ok((Inner { op, row, reads }, value))
    }

    /// Runs `work` and tells which slots it reads, without noting them for the place around it.
    pub(super) fn tracking<T>(
        &mut self,
        row: Slot,
        work: impl FnOnce(&mut Self) -> T,
    ) -> (T, BTreeSet<Slot>) {
        self.frames.push(Frame {
            row,
            reads: BTreeSet::new(),
        });
        let value = work(self);
        let reads = self
            .frames
            .pop()
            .map(|frame| frame.reads)
            .unwrap_or_default();
        (value, reads)
    }

    /// Runs `work` and tells which slots it reads, noting them for the place around it too.
    pub(super) fn reading<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<(T, BTreeSet<Slot>)> {
        let Some(row) = self.partition() else {
            let (value, reads) = self.tracking(Slot(u32::MAX), work);
            return Ok((value?, reads));
        };
        let (value, reads) = self.tracking(row, work);
        for slot in &reads {
            self.read(*slot);
        }
        Ok((value?, reads))
    }

    /// Leaves a subquery to be placed below the operator that reads the expression under analysis.
    pub(super) fn need(&mut self, inner: Inner, kind: ApplyKind) {
        let reads = inner.reads.clone();
        self.pending.push(SubqueryNeed {
            apply: inner.apply(kind),
            reads,
        });
    }

    /// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`
    pub(super) fn subquery_expr(
        &mut self,
        kind: SubqueryKind,
        subquery: &Subquery,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let (inner, value) = self.framed(|this| this.subquery_body(kind, subquery, span, scope))?;
        let (answer, apply_kind) = match kind {
            SubqueryKind::Exists => {
                let slot = self.hidden(Type::BOOLEAN);
                (slot, ApplyKind::Exists(slot))
            }
            SubqueryKind::Count => {
                let slot = self.hidden(Type::INTEGER);
                (slot, ApplyKind::Count(slot))
            }
            SubqueryKind::Collect => {
                let value = value.ok_or_else(|| one_column(span))?;
                let list = self.hidden(Type::list_of(self.slots[value.index()].kind));
                (list, ApplyKind::Collect { list, value })
            }
        };
        self.need(inner, apply_kind);
        Ok(self.filled(answer, span))
    }

    fn subquery_body(
        &mut self,
        kind: SubqueryKind,
        subquery: &Subquery,
        span: Span,
        scope: &Scope,
    ) -> Result<(Op, Option<Slot>)> {
        match subquery {
            Subquery::Pattern { pattern, predicate } => {
                let flow = Flow {
                    op: self.leaf(),
                    scope: scope.clone(),
                };
                let flow = self.match_pattern(flow, pattern, predicate.as_ref())?;
                Ok((flow.op, None))
            }
            Subquery::Query(query) => {
                let wrote = self.writes;
                let outcome = self.query(query, scope)?;
                if self.writes && !wrote {
                    let message = "a subquery in an expression cannot change the graph";
                    return Err(Box::new(
                        Diagnostic::new(Code::InvalidClauseComposition, span, message)
                            .help("write in a clause of the query itself, or in `CALL { … }`"),
                    ));
                }
                match outcome.columns.as_deref() {
                    Some([column]) => Ok((outcome.op, Some(column.slot))),
                    _ if kind == SubqueryKind::Collect => Err(Box::new(one_column(span))),
                    _ => Ok((outcome.op, None)),
                }
            }
        }
    }

    /// `(a)-->(b)` as a predicate: whether there is a match. It introduces no variables.
    pub(super) fn pattern_predicate(
        &mut self,
        element: &ast::PatternElement,
        scope: &Scope,
    ) -> Result<Typed> {
        self.check_known(element, scope)?;
        let (inner, ()) = self.framed(|this| {
            let flow = Flow {
                op: this.leaf(),
                scope: scope.clone(),
            };
            Ok((this.match_element(flow, None, element, None)?.op, ()))
        })?;
        let slot = self.hidden(Type::BOOLEAN);
        self.need(inner, ApplyKind::Exists(slot));
        Ok(self.filled(slot, element.span))
    }

    /// `[p = (a)-->(b) WHERE b.x = 1 | b.y]`
    pub(super) fn pattern_comprehension(
        &mut self,
        variable: Option<&ast::Name>,
        element: &ast::PatternElement,
        predicate: Option<&ast::Expr>,
        map: &ast::Expr,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let (inner, value) = self.framed(|this| {
            let flow = Flow {
                op: this.leaf(),
                scope: scope.clone(),
            };
            let flow = this.match_element(flow, variable, element, predicate)?;
            this.computed(flow.op, |this| this.expr(map, &flow.scope))
        })?;
        let list = self.hidden(Type::list_of(self.slots[value.index()].kind));
        self.need(inner, ApplyKind::Collect { list, value });
        Ok(self.filled(list, span))
    }

    /// `op` with one expression computed on top, and the slot that holds it.
    pub(super) fn computed(
        &mut self,
        op: Op,
        expr: impl FnOnce(&mut Self) -> Result<Typed>,
    ) -> Result<(Op, Slot)> {
        let (typed, needs) = self.collecting(expr)?;
        let slot = self.hidden(typed.kind);
        let input = Box::new(attach(op, needs));
        Ok((
            Op::Project {
                input,
                items: vec![(slot, typed.expr)],
            },
            slot,
        ))
    }

    /// The expression that reads a slot filled by a subquery.
    fn filled(&mut self, slot: Slot, span: Span) -> Typed {
        self.read(slot);
        Typed {
            expr: Expr::new(ExprKind::Slot(slot), span),
            kind: self.slots[slot.index()].kind,
        }
    }
}

fn one_column(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidClauseComposition,
        span,
        "`COLLECT { … }` needs a query that returns exactly one column",
    )
    .help("return several values as a list or a map, as in `RETURN {a: a, b: b}`")
}

/// Puts subqueries on top of an operator, in order.
pub(super) fn attach(op: Op, needs: Vec<SubqueryNeed>) -> Op {
    needs.into_iter().fold(op, |input, need| {
        Op::Apply(Apply {
            input: Box::new(input),
            ..need.apply
        })
    })
}

/// Writes into the leaves of an inner plan what it reads of the outer rows.
pub(super) fn fill_arguments(op: &mut Op, row: Slot, reads: &[Slot]) {
    if let Op::Argument { row: own, slots } = op
        && *own == row
    {
        slots.extend_from_slice(reads);
    }
    op.each_child_mut(&mut |child| fill_arguments(child, row, reads));
}
