//! `CALL { … } IN TRANSACTIONS` as queries that run one after another: the clauses before it, the subquery for each batch of
//! their rows, and the clauses after it for the rows of all batches.

use crate::{
    base::{Class, Code, Diagnostic, Span},
    syntax::ast::{
        Batches, Clause, Expr, ExprKind, LetClause, Literal, Name, OnError, Projection,
        ProjectionItem, Query, ReturnClause, SingleQuery, SubqueryClause, UnwindClause, WithClause,
    },
    value::{Entries, Text, Value},
};

/// The parameter with the rows of a batch. No name that is not quoted has a blank.
pub(super) const ROWS: &str = "batch rows";

/// The variable of a row of a batch.
const ROW: &str = "batch row";

/// The number of rows of a batch if the statement does not say it.
pub(super) const USUAL_SIZE: usize = 1_000;

/// A query around its first subquery in transactions.
pub(super) struct Batched {
    before: Vec<Clause>,
    subquery: SubqueryClause,
    pub(super) batches: Batches,
    after: Vec<Clause>,
    span: Span,
}

impl Batched {
    /// The parts of a query; `None` if it has no subquery in transactions among its clauses.
    pub(super) fn of(query: &Query) -> Option<Self> {
        let clauses = &query.first.clauses;
        let position = clauses.iter().position(
            |clause| matches!(clause, Clause::Subquery(subquery) if subquery.batches.is_some()),
        );
        let position = position.filter(|_| query.rest.is_empty())?;
        let Clause::Subquery(subquery) = &clauses[position] else {
            return None;
        };
        let batches = *subquery.batches.clone()?;
        let subquery = SubqueryClause {
            batches: None,
            ..subquery.clone()
        };
        Some(Self {
            before: clauses[..position].to_vec(),
            subquery,
            batches,
            after: clauses[position + 1..].to_vec(),
            span: query.span,
        })
    }

    /// The whole query in one transaction, with null as the status: what analysis checks before anything runs.
    pub(super) fn at_once(&self) -> Query {
        let mut clauses = self.before.clone();
        clauses.push(Clause::Subquery(self.subquery.clone()));
        clauses.extend(self.without_status(&self.batches));
        for clause in &self.after {
            match clause {
                Clause::Subquery(subquery) => {
                    let batches = None;
                    clauses.push(Clause::Subquery(SubqueryClause {
                        batches,
                        ..subquery.clone()
                    }));
                    let batches = subquery.batches.iter();
                    clauses.extend(batches.filter_map(|batches| self.without_status(batches)));
                }
                other => clauses.push(other.clone()),
            }
        }
        self.query(clauses)
    }

    /// `LET status = null`
    fn without_status(&self, batches: &Batches) -> Option<Clause> {
        let status = batches.status.clone()?;
        Some(Clause::Let(LetClause {
            items: vec![(status, self.expr(ExprKind::Literal(Literal::Null)))],
            span: batches.span,
        }))
    }

    /// The query of the rows that the subquery gets; with `named`, its columns are the variables in scope.
    pub(super) fn input(&self, named: bool) -> Query {
        let named = named && !self.before.is_empty();
        let one = vec![self.item(ExprKind::Literal(Literal::Integer(1)), ROW)];
        let items = if named { Vec::new() } else { one };
        let returned = self.returning(named, items);
        self.query(self.before.iter().cloned().chain([returned]).collect())
    }

    /// The query of the subquery for the rows of a batch, whose columns are `names`.
    pub(super) fn batch(&self, names: &[Text]) -> Query {
        let mut clauses = self.unpacked(names);
        clauses.push(Clause::Subquery(self.subquery.clone()));
        clauses.push(self.returning(true, Vec::new()));
        self.query(clauses)
    }

    /// The query of the clauses after the subquery, for rows whose columns are `names`; `None` if there are none.
    pub(super) fn rest(&self, names: &[Text]) -> Option<Query> {
        if self.after.is_empty() {
            return None;
        }
        let mut clauses = self.unpacked(names);
        clauses.extend(self.after.iter().cloned());
        Some(self.query(clauses))
    }

    /// `UNWIND $rows AS row WITH row[0] AS a, row[1] AS b`
    fn unpacked(&self, names: &[Text]) -> Vec<Clause> {
        let mut clauses = vec![Clause::Unwind(UnwindClause {
            list: self.expr(ExprKind::Parameter(self.name(ROWS))),
            variable: self.name(ROW),
            span: self.span,
        })];
        let columns = names.iter().enumerate().filter(|(_, name)| &***name != ROW);
        let items = columns.map(|(position, name)| {
            let row = self.expr(ExprKind::Variable(ROW.to_owned()));
            let position = i64::try_from(position).unwrap_or(i64::MAX);
            let position = self.expr(ExprKind::Literal(Literal::Integer(position)));
            self.item(ExprKind::Index(Box::new(row), Box::new(position)), name)
        });
        let items: Vec<_> = items.collect();
        if !items.is_empty() {
            clauses.push(Clause::With(WithClause {
                projection: self.projection(false, items),
                predicate: None,
                span: self.span,
            }));
        }
        clauses
    }

    fn returning(&self, star: bool, items: Vec<ProjectionItem>) -> Clause {
        Clause::Return(ReturnClause {
            projection: self.projection(star, items),
            span: self.span,
        })
    }

    fn projection(&self, star: bool, items: Vec<ProjectionItem>) -> Projection {
        Projection {
            star: star.then_some(self.span),
            ..Projection::of(items, self.span)
        }
    }

    fn item(&self, kind: ExprKind, name: &str) -> ProjectionItem {
        ProjectionItem {
            expr: self.expr(kind),
            alias: Some(self.name(name)),
            text: String::new(),
        }
    }

    fn expr(&self, kind: ExprKind) -> Expr {
        let span = self.span;
        Expr { kind, span }
    }

    fn name(&self, text: &str) -> Name {
        Name {
            text: text.to_owned(),
            span: self.span,
        }
    }

    fn query(&self, clauses: Vec<Clause>) -> Query {
        let span = self.span;
        Query {
            first: SingleQuery { clauses, span },
            rest: Vec::new(),
            span,
        }
    }

    /// Whether the statement goes on after an error of a batch. No other batch would run beyond a limit, after an interrupt or
    /// without a journal.
    pub(super) fn survives(&self, error: &Diagnostic) -> bool {
        let ends = matches!(
            error.code.class(),
            Class::LimitExceeded | Class::Interrupted | Class::SaveError | Class::InternalError
        );
        self.batches.on_error != OnError::Fail && !ends
    }
}

/// The number of rows of a batch.
pub(super) fn batch_size(value: &Value, span: Span) -> Result<usize, Box<Diagnostic>> {
    let size = match value {
        Value::Integer(size) => usize::try_from(*size).ok().filter(|size| *size > 0),
        _ => None,
    };
    size.ok_or_else(|| {
        let message = "the number of rows of a transaction is a positive INTEGER";
        Box::new(Diagnostic::new(Code::NumberOutOfRange, span, message))
    })
}

/// What `REPORT STATUS` says about the transaction of a row.
pub(super) fn status(started: bool, error: Option<&Diagnostic>) -> Value {
    let message = error.map(|error| Value::from(error.message.as_str()));
    let entries: Entries = [
        (Text::from("started"), Value::from(started)),
        (
            Text::from("committed"),
            Value::from(started && error.is_none()),
        ),
        (Text::from("errorMessage"), message.into()),
    ]
    .into_iter()
    .collect();
    Value::map(entries)
}
