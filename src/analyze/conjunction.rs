//! Conjunctions of queries: `UNION`, `EXCEPT`, `INTERSECT`, `OTHERWISE` and `NEXT`.
//!
//! `OTHERWISE`, and `NEXT` before several queries, need the rows of a query more than once, so these are
//! collected into a list.

use crate::{
    analyze::{
        Analyzer, Result,
        flow::{Flow, Outcome, Start},
        scope::Scope,
        typed::{Typed, call_function, constant, element, position},
    },
    base::{Code, CompareOp, Diagnostic, Span},
    plan::{ApplyKind, Column, Expr, ExprKind, Node, Op, Slot},
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

/// What messages call the two queries of `OTHERWISE`.
const SIDES_OF_OTHERWISE: &str = "the two queries of `OTHERWISE`";

/// The rows of a query as one list for each outer row.
struct Rows {
    list: Slot,
    columns: Vec<Column>,
}

impl Rows {
    /// A start with these rows.
    fn start(&self) -> Start<'_> {
        Start::Rows(self.list, &self.columns)
    }
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
        let leaf = self.leaf();
        let (plan, rows) = self.rows_of(leaf, span, |this| this.chain(before))?;
        self.applied(plan, |this| {
            this.composite(Chain {
                parts: after,
                conjunctions: &chain.conjunctions[at + 1..],
                start: rows.start(),
            })
        })
    }

    /// Analyses queries between which there is no `NEXT`, from left to right.
    pub(super) fn composite(&mut self, chain: Chain<'_>) -> Result<Outcome> {
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
        let mut columns = Vec::new();
        let mut slots = Vec::new();
        for (first, twin) in paired(left.columns, right.columns, span, what)? {
            let column = self.column_of_both(&first, &twin);
            slots.push((column.slot, first.slot, twin.slot));
            columns.push(column);
        }
        slots.extend(self.partition().map(|row| (row, row, row)));
        let plan = Op::Union { columns: slots }.over(vec![left.plan, right.plan]);
        Ok(Outcome {
            plan,
            columns: Some(columns),
        })
    }

    /// A new column that holds the values of two.
    fn column_of_both(&mut self, left: &Column, right: &Column) -> Column {
        let kind = |column: &Column| self.slots[column.slot.index()].kind;
        let kind = kind(left).or(kind(right));
        Column {
            name: Text::clone(&left.name),
            slot: self.slot(&left.name, kind),
        }
    }

    /// The rows of the first of the left queries that has some; if none has, those of the right one. The left queries
    /// are collected one after the other and not within each other, so that a long chain is not a deep plan.
    fn otherwise(&mut self, left: Chain<'_>, right: &SingleQuery, span: Span) -> Result<Outcome> {
        let start = left.start;
        let leaf = self.leaf();
        let (mut plan, mut rows) =
            self.rows_of(leaf, span, |this| this.single(left.parts[0], start))?;
        for (part, between) in left.parts[1..].iter().zip(left.conjunctions) {
            (plan, rows) = self.collected_otherwise(plan, rows, (part, start), between.span)?;
        }
        self.applied(plan, |this| {
            let first = this.rows(&rows, span);
            let second = this.if_empty(&rows, (right, start), span)?;
            this.union(first, second, span, SIDES_OF_OTHERWISE)
        })
    }

    /// Collects the rows of a query where there are no rows so far: the plan, and the rows of either.
    fn collected_otherwise(
        &mut self,
        plan: Node,
        rows: Rows,
        query: (&SingleQuery, Start<'_>),
        span: Span,
    ) -> Result<(Node, Rows)> {
        let (plan, others) = self.rows_of(plan, span, |this| {
            let Outcome { plan, columns } = this.if_empty(&rows, query, span)?;
            let found = Some(rows.columns.clone());
            let pairs = paired(found, columns, span, SIDES_OF_OTHERWISE)?;
            let columns = pairs.into_iter().map(|(column, twin)| Column {
                name: column.name,
                slot: twin.slot,
            });
            let columns = Some(columns.collect());
            Ok(Outcome { plan, columns })
        })?;
        let slot = self.slot("rows", Type::list_of(Type::LIST));
        let pairs = rows.columns.iter().zip(&others.columns);
        let columns = pairs.map(|(column, twin)| self.column_of_both(column, twin));
        let columns = columns.collect();
        let lists = [others.list, rows.list].map(|list| Expr::slot(list, span));
        let [other, found] = lists;
        let either = ExprKind::Case {
            operand: None,
            branches: vec![(is_empty(rows.list, span), other)],
            otherwise: Some(Box::new(found)),
        };
        let items = vec![(slot, Expr::new(either, span))];
        let plan = Op::Project { items }.on(plan);
        Ok((
            plan,
            Rows {
                list: slot,
                columns,
            },
        ))
    }

    /// The rows of a query, for the outer rows that have no rows so far.
    fn if_empty(
        &mut self,
        rows: &Rows,
        (query, start): (&SingleQuery, Start<'_>),
        span: Span,
    ) -> Result<Outcome> {
        let empty = self.empty(rows.list, span);
        if is_braced(query) {
            return self.applied(empty, |this| this.single(query, start));
        }
        let flow = self.started(start, empty, span);
        self.single_query(query, flow)
    }

    /// The outer rows for which a list is empty.
    fn empty(&mut self, list: Slot, span: Span) -> Node {
        self.read(list);
        let predicates = vec![is_empty(list, span)];
        Op::Filter { predicates }.on(self.leaf())
    }

    /// The rows of a list.
    fn rows(&mut self, rows: &Rows, span: Span) -> Outcome {
        let leaf = self.leaf();
        let Flow { plan, scope } = self.started(rows.start(), leaf, span);
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

    /// Collects the rows of a query for each row of a plan.
    fn rows_of(
        &mut self,
        outer: Node,
        span: Span,
        work: impl FnOnce(&mut Self) -> Result<Outcome>,
    ) -> Result<(Node, Rows)> {
        let mut gathered = None;
        let list = self.slot("rows", Type::list_of(Type::LIST));
        let plan = self.applying(outer, |this| {
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
        let columns = gathered.unwrap_or_default();
        Ok((plan, Rows { list, columns }))
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

fn is_empty(list: Slot, span: Span) -> Expr {
    let size = call_function("size", vec![Expr::slot(list, span)], span);
    let zero = Box::new(constant(0, span));
    Expr::new(
        ExprKind::Compare(CompareOp::Equal, Box::new(size), zero),
        span,
    )
}

/// Pairs the columns of two queries by name, in the order of the left ones. `what` names the two queries in messages.
fn paired(
    left: Option<Vec<Column>>,
    right: Option<Vec<Column>>,
    span: Span,
    what: &str,
) -> Result<Vec<(Column, Column)>> {
    let uneven = |why: &str| Box::new(uneven(span, what, why));
    let (left, right) = match (left, right) {
        (Some(left), Some(right)) => (left, right),
        (None, None) => return Ok(Vec::new()),
        _ => return Err(uneven("only one returns columns")),
    };
    if left.len() != right.len() {
        let counts = format!("{} and {} columns", left.len(), right.len());
        return Err(uneven(&counts));
    }
    let pairs = left.into_iter().map(|column| {
        let twin = right.iter().find(|right| right.name == column.name);
        match twin {
            Some(twin) => Ok((column, twin.clone())),
            None => Err(uneven(&format!(
                "the second has no column `{}`",
                column.name
            ))),
        }
    });
    pairs.collect()
}

/// The columns of a query that must return some.
pub(super) fn returned(columns: Option<Vec<Column>>, span: Span) -> Result<Vec<Column>> {
    columns.ok_or_else(|| Box::new(without_columns(span)))
}

pub(super) fn without_columns(span: Span) -> Diagnostic {
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
