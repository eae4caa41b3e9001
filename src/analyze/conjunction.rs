//! Conjunctions of queries: `UNION`, `EXCEPT`, `INTERSECT`, `OTHERWISE` and `NEXT`.
//!
//! `EXCEPT` and `INTERSECT` count each row on both sides: a union whose rows say where they come from, grouped by all
//! columns. `OTHERWISE`, and `NEXT` before several queries, need the rows of a query more than once, so these are
//! collected into a list.

use crate::{
    analyze::{
        Analyzer, Result,
        flow::{Flow, Outcome, Start},
        scope::Scope,
        typed::{Typed, call_function, constant, element, position},
    },
    base::{Code, CompareOp, Diagnostic, Span},
    function,
    plan::{AggregateCall, ApplyKind, ArithmeticOp, Column, Expr, ExprKind, Node, Op, Slot},
    syntax::ast::{self, Clause, Conjunction, ConjunctionKind, SingleQuery},
    value::{Text, Type},
};

/// Queries with the conjunctions between them, which are one fewer.
#[derive(Clone, Copy)]
pub(super) struct Chain<'q> {
    pub(super) parts: &'q [&'q SingleQuery],
    pub(super) conjunctions: &'q [Conjunction],
    pub(super) start: Start<'q>,
}

/// The names of the two sides of a set operator in plans.
const SIDES: [&str; 2] = ["left", "right"];

/// The rows of two queries as groups of equal rows, with the number of each on both sides.
struct Sides {
    plan: Node,
    columns: Vec<Column>,
    left: Slot,
    right: Slot,
}

impl<'q> Chain<'q> {
    /// The queries up to a conjunction, and the query after it.
    fn split_last(self) -> Option<(Self, Conjunction, &'q SingleQuery)> {
        let (between, conjunctions) = self.conjunctions.split_last()?;
        let (right, parts) = self.parts.split_last()?;
        let left = Self {
            parts,
            conjunctions,
            ..self
        };
        Some((left, *between, right))
    }

    /// Whether a union without duplicates ends the chain.
    fn is_distinct_union(self) -> bool {
        let last = self.conjunctions.last();
        last.is_some_and(|last| last.kind == ConjunctionKind::Union { all: false })
    }
}

impl Analyzer<'_> {
    /// Analyses queries with conjunctions. `NEXT` binds less tightly than the others.
    pub(super) fn chain(&mut self, chain: Chain<'_>) -> Result<Outcome> {
        let is_next = |conjunction: &Conjunction| conjunction.kind == ConjunctionKind::Next;
        match chain.conjunctions.iter().rposition(is_next) {
            Some(at) => self.next(chain, at),
            None => self.composite(chain),
        }
    }

    /// Analyses the queries after the last `NEXT`, which is at a position, with the rows of those before it.
    fn next(&mut self, chain: Chain<'_>, at: usize) -> Result<Outcome> {
        let span = chain.conjunctions[at].span;
        let before = Chain {
            parts: &chain.parts[..=at],
            conjunctions: &chain.conjunctions[..at],
            ..chain
        };
        let after = &chain.parts[at + 1..];
        if let [only] = after
            && !is_braced(only)
        {
            let Outcome { plan, columns } = self.chain(before)?;
            let scope = self.scope_of(&returned(columns, span)?);
            return self.single_query(only, Flow { plan, scope });
        }
        let (plan, list, columns) = self.rows_as_list(span, |this| this.chain(before))?;
        self.applied(plan, |this| {
            this.composite(Chain {
                parts: after,
                conjunctions: &chain.conjunctions[at + 1..],
                start: Start::Rows(list, &columns),
            })
        })
    }

    /// Analyses queries between which there is no `NEXT`, from left to right.
    fn composite(&mut self, chain: Chain<'_>) -> Result<Outcome> {
        let outcome = self.with_duplicates(chain)?;
        Ok(match chain.is_distinct_union() {
            true => self.without_duplicates(outcome),
            false => outcome,
        })
    }

    /// The same, but `UNION` keeps duplicates: one `DISTINCT` above several unions is enough.
    fn with_duplicates(&mut self, chain: Chain<'_>) -> Result<Outcome> {
        let Some((left, between, right)) = chain.split_last() else {
            return self.single(chain.parts[0], chain.start);
        };
        match between.kind {
            ConjunctionKind::Otherwise => self.otherwise(left, right, between.span),
            ConjunctionKind::Except { all } => {
                let sides = self.sides(left, right, between)?;
                Ok(self.except(sides, all, between.span))
            }
            ConjunctionKind::Intersect { all } => {
                let sides = self.sides(left, right, between)?;
                Ok(self.intersect(sides, all, between.span))
            }
            ConjunctionKind::Union { .. } | ConjunctionKind::Next => {
                let first = self.with_duplicates(left)?;
                let second = self.single(right, chain.start)?;
                self.union(first, second, between.span, "the two queries of a `UNION`")
            }
        }
    }

    fn without_duplicates(&mut self, outcome: Outcome) -> Outcome {
        let columns = outcome.columns.unwrap_or_default();
        let keys = columns
            .iter()
            .map(|column| column.slot)
            .chain(self.partition())
            .collect();
        Outcome {
            plan: Op::Distinct { keys }.on(outcome.plan),
            columns: Some(columns),
        }
    }

    /// The rows of both. Pairs columns by name, in any order; `what` names the two in messages.
    pub(super) fn union(
        &mut self,
        left: Outcome,
        right: Outcome,
        span: Span,
        what: &str,
    ) -> Result<Outcome> {
        let uneven = |why: &str| Box::new(uneven(span, what, why));
        let (left_columns, right_columns) = match (left.columns, right.columns) {
            (Some(left), Some(right)) => (left, right),
            (None, None) => (Vec::new(), Vec::new()),
            _ => return Err(uneven("only one returns columns")),
        };
        if left_columns.len() != right_columns.len() {
            let counts = format!("{} and {} columns", left_columns.len(), right_columns.len());
            return Err(uneven(&counts));
        }
        let mut columns = Vec::new();
        let mut slots = Vec::new();
        for column in &left_columns {
            let Some(twin) = right_columns.iter().find(|right| right.name == column.name) else {
                let missing = format!("the second has no column `{}`", column.name);
                return Err(uneven(&missing));
            };
            let kind = self.slots[column.slot.index()]
                .kind
                .or(self.slots[twin.slot.index()].kind);
            let slot = self.slot(&column.name, kind);
            slots.push((slot, column.slot, twin.slot));
            columns.push(Column {
                name: Text::clone(&column.name),
                slot,
            });
        }
        slots.extend(self.partition().map(|row| (row, row, row)));
        let plan = Op::Union { columns: slots }.over(vec![left.plan, right.plan]);
        Ok(Outcome {
            plan,
            columns: Some(columns),
        })
    }

    /// The groups of equal rows of two queries.
    fn sides(
        &mut self,
        left: Chain<'_>,
        right: &SingleQuery,
        between: Conjunction,
    ) -> Result<Sides> {
        let start = left.start;
        let span = between.span;
        let left = self.composite(left)?;
        let right = self.single(right, start)?;
        if left.columns.is_none() && right.columns.is_none() {
            return Err(Box::new(without_columns(span)));
        }
        let (left, left_numbers) = self.numbered(left, [1, 0], span);
        let (right, right_numbers) = self.numbered(right, [0, 1], span);
        let word = format!("the two queries of `{}`", between.kind);
        let Outcome { mut plan, columns } = self.union(left, right, span, &word)?;
        let columns = returned(columns, span)?;
        let numbers = SIDES.map(|side| self.slot(side, Type::INTEGER));
        if let Op::Union { columns } = &mut plan.op {
            let pairs = left_numbers.into_iter().zip(right_numbers);
            let all = numbers.into_iter().zip(pairs);
            columns.extend(all.map(|(slot, (left, right))| (slot, left, right)));
        }
        let keys = columns.iter().map(|column| {
            let slot = column.slot;
            (slot, Expr::slot(slot, span))
        });
        let keys = keys.collect();
        let aggregate = function::find_aggregate("sum");
        let sums = numbers.into_iter().zip(SIDES).map(|(number, side)| {
            let call = AggregateCall {
                aggregate,
                arguments: vec![Expr::slot(number, span)],
                distinct: false,
                span,
            };
            (self.slot(&format!("{side}_rows"), Type::INTEGER), call)
        });
        let sums: Vec<_> = sums.collect();
        let (left, right) = (sums[0].0, sums[1].0);
        let plan = Op::Aggregate {
            keys,
            aggregates: sums,
            partition: self.partition(),
        }
        .on(plan);
        Ok(Sides {
            plan,
            columns,
            left,
            right,
        })
    }

    /// Adds two constants: how often each row is on the left and on the right.
    fn numbered(
        &mut self,
        outcome: Outcome,
        numbers: [i64; 2],
        span: Span,
    ) -> (Outcome, [Slot; 2]) {
        let slots = SIDES.map(|side| self.slot(side, Type::INTEGER));
        let numbers = numbers.map(|number| constant(number, span));
        let items = slots.into_iter().zip(numbers).collect();
        let outcome = Outcome {
            plan: Op::Project { items }.on(outcome.plan),
            ..outcome
        };
        (outcome, slots)
    }

    /// The rows that are more often on the left: with `all` as often as the difference, else once if never on the
    /// right.
    fn except(&mut self, sides: Sides, all: bool, span: Span) -> Outcome {
        let [left, right] = [sides.left, sides.right].map(|slot| Box::new(Expr::slot(slot, span)));
        if all {
            let difference = ExprKind::Arithmetic(ArithmeticOp::Subtract, left, right);
            return self.repeated(sides, Expr::new(difference, span));
        }
        kept(sides, [CompareOp::Greater, CompareOp::Equal], span)
    }

    /// The rows on both sides: with `all` as often as on the side where they are less often, else once.
    fn intersect(&mut self, sides: Sides, all: bool, span: Span) -> Outcome {
        let [left, right] = [sides.left, sides.right].map(|slot| Expr::slot(slot, span));
        if all {
            let less = ExprKind::Compare(
                CompareOp::Less,
                Box::new(left.clone()),
                Box::new(right.clone()),
            );
            let least = ExprKind::Case {
                operand: None,
                branches: vec![(Expr::new(less, span), left)],
                otherwise: Some(Box::new(right)),
            };
            return self.repeated(sides, Expr::new(least, span));
        }
        kept(sides, [CompareOp::Greater, CompareOp::Greater], span)
    }

    /// Each group as many times as a number says.
    fn repeated(&mut self, sides: Sides, times: Expr) -> Outcome {
        let span = times.span;
        let list = call_function("range", vec![constant(1, span), times], span);
        let element = self.slot("time", Type::INTEGER);
        Outcome {
            plan: Op::Unwind { list, element }.on(sides.plan),
            columns: Some(sides.columns),
        }
    }

    /// The rows of the left queries; if there are none, those of the right one.
    fn otherwise(&mut self, left: Chain<'_>, right: &SingleQuery, span: Span) -> Result<Outcome> {
        let start = left.start;
        let (plan, list, columns) = self.rows_as_list(span, |this| this.composite(left))?;
        self.applied(plan, |this| {
            let first = this.rows(list, &columns, span);
            let empty = this.empty(list, span);
            let second = match is_braced(right) {
                true => this.applied(empty, |this| this.single(right, start))?,
                false => {
                    let flow = this.started(start, empty, span);
                    this.single_query(right, flow)?
                }
            };
            this.union(first, second, span, "the two queries of `OTHERWISE`")
        })
    }

    /// The outer rows for which a list is empty.
    fn empty(&mut self, list: Slot, span: Span) -> Node {
        self.read(list);
        let size = call_function("size", vec![Expr::slot(list, span)], span);
        let zero = Box::new(constant(0, span));
        let is_empty = ExprKind::Compare(CompareOp::Equal, Box::new(size), zero);
        let predicates = vec![Expr::new(is_empty, span)];
        Op::Filter { predicates }.on(self.leaf())
    }

    /// The rows of a list that [`Self::rows_as_list`] made.
    fn rows(&mut self, list: Slot, columns: &[Column], span: Span) -> Outcome {
        let leaf = self.leaf();
        let Flow { plan, scope } = self.started(Start::Rows(list, columns), leaf, span);
        let columns = scope.names().map(|(name, binding)| Column {
            name: name.into(),
            slot: binding.slot,
        });
        Outcome {
            plan,
            columns: Some(columns.collect()),
        }
    }

    /// The rows and names that a query starts with, over the rows of `leaf`.
    pub(super) fn started(&mut self, start: Start<'_>, leaf: Node, span: Span) -> Flow {
        let (list, columns) = match start {
            Start::Leaf(scope) => {
                return Flow {
                    plan: leaf,
                    scope: scope.clone(),
                };
            }
            Start::Rows(list, columns) => (list, columns),
        };
        self.read(list);
        let row = self.slot("row", Type::LIST);
        let unwound = Op::Unwind {
            list: Expr::slot(list, span),
            element: row,
        };
        let mut scope = Scope::default();
        let items = columns.iter().enumerate().map(|(at, column)| {
            let kind = self.slots[column.slot.index()].kind;
            let slot = self.slot(&column.name, kind);
            scope.bind(&column.name, slot, kind, None);
            (slot, element(row, position(at, span), span))
        });
        let items = items.collect();
        Flow {
            plan: Op::Project { items }.on(unwound.on(leaf)),
            scope,
        }
    }

    /// The rows of a query as one list for each outer row: the plan, the slot of the list, and the columns.
    fn rows_as_list(
        &mut self,
        span: Span,
        work: impl FnOnce(&mut Self) -> Result<Outcome>,
    ) -> Result<(Node, Slot, Vec<Column>)> {
        let mut gathered = None;
        let leaf = self.leaf();
        let list = self.slot("rows", Type::list_of(Type::LIST));
        let outcome = self.applying(leaf, |this| {
            let Outcome { plan, columns } = work(this)?;
            let columns = returned(columns, span)?;
            let values = columns.iter().map(|column| Expr::slot(column.slot, span));
            let row = Expr::new(ExprKind::List(values.collect()), span);
            let typed = Typed {
                expr: row,
                kind: Type::LIST,
            };
            let (plan, value) = this.computed(plan, |_| Ok(typed))?;
            gathered = Some(columns);
            Ok((plan, ApplyKind::Collect { list, value }))
        })?;
        Ok((outcome, list, gathered.unwrap_or_default()))
    }

    /// The rows of a query for each row of a plan.
    pub(super) fn applied(
        &mut self,
        outer: Node,
        work: impl FnOnce(&mut Self) -> Result<Outcome>,
    ) -> Result<Outcome> {
        let mut columns = None;
        let plan = self.applying(outer, |this| {
            let outcome = work(this)?;
            let kind = match &outcome.columns {
                Some(columns) => ApplyKind::Inner {
                    adds: columns.iter().map(|column| column.slot).collect(),
                },
                None => ApplyKind::Effect,
            };
            columns = outcome.columns;
            Ok((outcome.plan, kind))
        })?;
        Ok(Outcome { plan, columns })
    }

    /// Applies an inner plan to the rows of a plan; if it writes, after all of these.
    pub(super) fn applying(
        &mut self,
        outer: Node,
        work: impl FnOnce(&mut Self) -> Result<(Node, ApplyKind)>,
    ) -> Result<Node> {
        let wrote = std::mem::replace(&mut self.writes, false);
        let framed = self.framed(work);
        let writes = self.writes;
        self.writes |= wrote;
        let (inner, kind) = framed?;
        let apply = |outer: Node| inner.apply(kind, outer);
        Ok(match writes {
            true => self.writing(outer, apply),
            false => apply(outer),
        })
    }

    /// The columns of a query as the names of the next.
    fn scope_of(&self, columns: &[Column]) -> Scope {
        let mut scope = Scope::default();
        for column in columns {
            let kind = self.slots[column.slot.index()].kind;
            scope.bind(&column.name, column.slot, kind, None);
        }
        scope
    }
}

fn is_braced(query: &SingleQuery) -> bool {
    matches!(query.clauses.as_slice(), [Clause::Braced(_)])
}

/// The groups whose numbers on both sides compare with zero as given.
fn kept(sides: Sides, comparisons: [CompareOp; 2], span: Span) -> Outcome {
    let slots = [sides.left, sides.right].into_iter();
    let predicates = slots.zip(comparisons).map(|(slot, comparison)| {
        let number = Box::new(Expr::slot(slot, span));
        let compared = ExprKind::Compare(comparison, number, Box::new(constant(0, span)));
        Expr::new(compared, span)
    });
    let predicates = predicates.collect();
    Outcome {
        plan: Op::Filter { predicates }.on(sides.plan),
        columns: Some(sides.columns),
    }
}

/// The columns of a query that must return some.
fn returned(columns: Option<Vec<Column>>, span: Span) -> Result<Vec<Column>> {
    columns.ok_or_else(|| Box::new(without_columns(span)))
}

fn without_columns(span: Span) -> Diagnostic {
    let message = "expected a query that returns columns on each side";
    Diagnostic::new(Code::InvalidClauseComposition, span, message)
        .help("add a `RETURN` to the query that has none")
}

fn uneven(span: Span, what: &str, why: &str) -> Diagnostic {
    let message = format!("{what} need the same columns, but {why}");
    Diagnostic::new(Code::DifferentColumnsInUnion, span, message).help(
        "return the same number of columns in both queries, and give them the same names with `AS`",
    )
}

/// Rejects different conjunctions side by side: their order would not be obvious (GQL 14.2).
pub(super) fn check_conjunctions(query: &ast::Query) -> Result<()> {
    let conjunctions = query.rest.iter().map(|(between, _)| between);
    let all: Vec<_> = conjunctions.collect();
    let groups = all.split(|between| between.kind == ConjunctionKind::Next);
    for group in groups {
        let Some((first, rest)) = group.split_first() else {
            continue;
        };
        if let Some(other) = rest.iter().find(|other| other.kind != first.kind) {
            let message = format!(
                "`{}` and `{}` cannot be combined in one query",
                first.kind, other.kind
            );
            let diagnostic = Diagnostic::new(Code::InvalidClauseComposition, other.span, message)
                .label(first.span, "the first one is here")
                .help("put the queries that belong together in braces: `{ … UNION … }`");
            return Err(Box::new(diagnostic));
        }
    }
    Ok(())
}
