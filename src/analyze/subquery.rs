//! Inner plans: the outer slots that they read, and expressions that contain queries.

use std::{collections::BTreeSet, mem};

use crate::{
    analyze::{
        Analyzer, Frame, Result,
        flow::Flow,
        scope::Scope,
        typed::{Typed, call_function},
    },
    base::{Code, Diagnostic, Span},
    plan::{Apply, ApplyKind, Expr, ExprKind, Node, Op, Slot, SubqueryNeed},
    syntax::ast::{self, Subquery, SubqueryKind},
    value::Type,
};

/// An inner plan with its correlation to the outer plan.
pub(super) struct Inner {
    pub(super) plan: Node,
    /// The slot of the outer row number.
    pub(super) row: Slot,
    /// The outer slots that the plan reads.
    pub(super) reads: Vec<Slot>,
}

impl Inner {
    /// Applies the inner plan to the rows of `outer`.
    pub(super) fn apply(self, kind: ApplyKind, outer: Node) -> Node {
        let row = self.row;
        Op::Apply(Apply { row, kind }).over(vec![outer, self.plan])
    }
}

/// A subquery of an expression. It is placed below the operator that evaluates the expression.
pub(super) struct Pending {
    pub(super) need: SubqueryNeed,
    pub(super) inner: Node,
}

impl Analyzer<'_> {
    /// Analyses a subquery. The plan that `work` returns must start at [`Analyzer::leaf`].
    pub(super) fn framed<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(Node, T)>,
    ) -> Result<(Inner, T)> {
        let first_inner = self.slots.len();
        let row = self.hidden(Type::INTEGER);
        let aggregation = self.aggregation.take();
        let known = self.known.clone();
        let open_end = mem::take(&mut self.open_end);
        let imports = mem::take(&mut self.imports);
        let trailing = mem::take(&mut self.trailing);
        let (outcome, reads) = self.tracking(row, work);
        self.open_end = open_end;
        self.imports = imports;
        self.trailing = trailing;
        self.known.leave(known, first_inner);
        self.aggregation = aggregation;
        let (mut plan, value) = outcome?;
        let reads: Vec<Slot> = reads
            .into_iter()
            .filter(|slot| slot.index() < first_inner)
            .collect();
        for slot in &reads {
            self.read(*slot);
        }
        fill_arguments(&mut plan, row, &reads);
        Ok((Inner { plan, row, reads }, value))
    }

    /// Runs `work` and returns the slots that it reads, without recording them in the enclosing frame.
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

    /// Runs `work` and returns the slots that it reads, and records them in the enclosing frame.
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

    /// Adds a subquery to the current expression.
    pub(super) fn need(&mut self, inner: Inner, kind: ApplyKind) {
        let Inner { plan, row, reads } = inner;
        let apply = Apply { row, kind };
        self.pending.push(Pending {
            need: SubqueryNeed { apply, reads },
            inner: plan,
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
                let value = value.ok_or_else(|| one_column(kind, span))?;
                let list = self.hidden(Type::list_of(self.slots[value.index()].kind));
                (list, ApplyKind::Collect { list, value })
            }
            SubqueryKind::Value => {
                let value = value.ok_or_else(|| one_column(kind, span))?;
                let list = self.hidden(Type::list_of(self.slots[value.index()].kind));
                (list, ApplyKind::Collect { list, value })
            }
        };
        self.need(inner, apply_kind);
        let filled = self.filled(answer, span);
        Ok(match kind {
            SubqueryKind::Value => Typed {
                kind: filled.kind.element(),
                expr: call_function("onlyElement", vec![filled.expr], span),
            },
            _ => filled,
        })
    }

    fn subquery_body(
        &mut self,
        kind: SubqueryKind,
        subquery: &Subquery,
        span: Span,
        scope: &Scope,
    ) -> Result<(Node, Option<Slot>)> {
        match subquery {
            Subquery::Pattern { pattern, predicate } => {
                let flow = Flow {
                    plan: self.leaf(),
                    scope: scope.clone(),
                };
                let flow = self.match_pattern(flow, pattern, predicate.as_ref())?;
                Ok((flow.plan, None))
            }
            Subquery::Query(query) => {
                let wrote = self.writes;
                self.open_end = matches!(kind, SubqueryKind::Exists | SubqueryKind::Count);
                self.imports = scope.clone();
                let outcome = self.query(query, scope)?;
                if self.writes && !wrote {
                    let message = "a subquery in an expression cannot change the graph";
                    return Err(Box::new(
                        Diagnostic::new(Code::InvalidClauseComposition, span, message)
                            .help("move the change to a clause of the query, or to `CALL { … }`"),
                    ));
                }
                match outcome.columns.as_deref() {
                    Some([column]) => Ok((outcome.plan, Some(column.slot))),
                    _ if matches!(kind, SubqueryKind::Collect | SubqueryKind::Value) => {
                        Err(Box::new(one_column(kind, span)))
                    }
                    _ => Ok((outcome.plan, None)),
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
                plan: this.leaf(),
                scope: scope.clone(),
            };
            Ok((this.match_element(flow, None, element, None)?.plan, ()))
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
                plan: this.leaf(),
                scope: scope.clone(),
            };
            let flow = this.match_element(flow, variable, element, predicate)?;
            this.computed(flow.plan, |this| this.expr(map, &flow.scope))
        })?;
        let list = self.hidden(Type::list_of(self.slots[value.index()].kind));
        self.need(inner, ApplyKind::Collect { list, value });
        Ok(self.filled(list, span))
    }

    /// Adds an expression to a plan and returns the slot of its value.
    pub(super) fn computed(
        &mut self,
        plan: Node,
        expr: impl FnOnce(&mut Self) -> Result<Typed>,
    ) -> Result<(Node, Slot)> {
        let (typed, needs) = self.collecting(expr)?;
        let slot = self.hidden(typed.kind);
        let items = vec![(slot, typed.expr)];
        let plan = Op::Project { items }.on(attach(plan, needs));
        Ok((plan, slot))
    }

    /// Reads a slot that a subquery fills.
    fn filled(&mut self, slot: Slot, span: Span) -> Typed {
        self.read(slot);
        Typed {
            expr: Expr::new(ExprKind::Slot(slot), span),
            kind: self.slots[slot.index()].kind,
        }
    }
}

fn one_column(kind: SubqueryKind, span: Span) -> Diagnostic {
    let message = format!("`{kind} {{ … }}` needs a query that returns exactly one column");
    Diagnostic::new(Code::InvalidClauseComposition, span, message)
        .help("return several values as a list or a map, as in `RETURN {a: a, b: b}`")
}

/// Applies subqueries to the rows of a plan, in order.
pub(super) fn attach(plan: Node, pending: Vec<Pending>) -> Node {
    pending
        .into_iter()
        .fold(plan, |outer, Pending { need, inner }| {
            Op::Apply(need.apply).over(vec![outer, inner])
        })
}

/// Sets the outer slots in the leaves of an inner plan.
pub(super) fn fill_arguments(plan: &mut Node, row: Slot, reads: &[Slot]) {
    if let Op::Argument { row: own, slots } = &mut plan.op
        && *own == row
    {
        slots.extend_from_slice(reads);
    }
    let inputs = plan.inputs.iter_mut();
    inputs.for_each(|input| fill_arguments(input, row, reads));
}
