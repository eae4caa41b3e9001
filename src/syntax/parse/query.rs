//! Builds statements and queries.

use super::{
    Result,
    cursor::{Cursor, Pair},
    grammar::Rule,
    node::{Builder, name, refuse},
};
use crate::{
    base::{Code, Span},
    syntax::ast::{
        Body, BracedQuery, CallClause, Clause, Conjunction, ConjunctionKind, Expr, ExprKind, Mode,
        Name, Projection, ProjectionItem, Query, ReturnClause, SingleQuery, Statement, Subquery,
        WhenQuery,
    },
};

impl<'i> Builder<'i> {
    /// `EXPLAIN MATCH (n) RETURN n;`
    pub(super) fn statement(&self, pair: Pair<'i>) -> Result<Statement> {
        let mut parts = Cursor::inside(pair);
        if let Some(language) = parts.eat(Rule::language) {
            self.language(language)?;
        }
        let first = parts.need();
        let start = self.span(&first);
        let (mode, body) = match first.as_rule() {
            Rule::explain => (Mode::Explain, parts.need()),
            Rule::profile => (Mode::Profile, parts.need()),
            _ => (Mode::Run, first),
        };
        let span = start.to(self.span(&body));
        let body = self.body(body)?;
        Ok(Statement { mode, body, span })
    }

    /// `GQL`, `CYPHER 25`
    fn language(&self, pair: Pair<'i>) -> Result<()> {
        let mut parts = Cursor::inside(pair);
        self.gql.set(parts.flag(Rule::gql));
        match parts.next() {
            Some(version) if version.as_str() != "25" => {
                let message = format!("expected version 25 of Cypher, found {}", version.as_str());
                let help = "write `CYPHER 25`, or only the statement";
                refuse(Code::UnexpectedSyntax, self.span(&version), message, help)
            }
            _ => Ok(()),
        }
    }

    fn body(&self, pair: Pair<'i>) -> Result<Body> {
        Ok(match pair.as_rule() {
            Rule::begin => Body::Begin {
                reads_only: access_mode(pair),
            },
            Rule::commit => Body::Commit,
            Rule::rollback => Body::Rollback(Cursor::inside(pair).next().map(|to| name(&to))),
            Rule::savepoint => Body::Savepoint(name(&Cursor::inside(pair).need())),
            Rule::release => Body::Release(name(&Cursor::inside(pair).need())),
            Rule::session_commands => Body::Session(self.session_commands(pair)?),
            Rule::schema_query => Body::Query(self.schema_query(pair)?),
            Rule::show_query => Body::Query(self.show_query(pair)?),
            _ => Body::Query(self.query(pair)?),
        })
    }

    /// Builds a single expression.
    pub(super) fn lone_expression(&self, pair: Pair<'i>) -> Result<Expr> {
        self.expression(Cursor::inside(pair).need())
    }

    /// `RETURN 1 AS x UNION ALL RETURN 2 AS x NEXT RETURN sum(x) AS sum`
    pub(super) fn query(&self, pair: Pair<'i>) -> Result<Query> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let first = self.single_query(parts.need())?;
        let mut rest = Vec::new();
        while let Some(conjunction) = parts.next() {
            let conjunction = self.conjunction(conjunction);
            if let Some(columns) = parts.eat(Rule::next_yield) {
                rest.push((conjunction, self.next_yield(columns)?));
            }
            rest.push((conjunction, self.single_query(parts.need())?));
        }
        Ok(Query { first, rest, span })
    }

    /// `YIELD a, b AS c` after `NEXT`: a query that returns these columns.
    fn next_yield(&self, pair: Pair<'i>) -> Result<SingleQuery> {
        let span = self.span(&pair);
        let items = Cursor::inside(pair).rest(|item| {
            let mut parts = Cursor::inside(item);
            let column = name(&parts.need());
            let alias = parts.next().map(|alias| name(&alias));
            let expr = Expr {
                kind: ExprKind::Variable(column.text.clone()),
                span: column.span,
            };
            let text = column.text;
            Ok(ProjectionItem { expr, alias, text })
        })?;
        let projection = Projection::of(items, span);
        let clauses = vec![Clause::Return(ReturnClause { projection, span })];
        Ok(SingleQuery { clauses, span })
    }

    /// `UNION ALL`, `NEXT`
    fn conjunction(&self, pair: Pair<'i>) -> Conjunction {
        let span = self.span(&pair);
        let next = pair.as_rule() == Rule::next;
        let mut parts = Cursor::inside(pair);
        let operator = parts.next().map(|operator| operator.as_rule());
        let all = parts.flag(Rule::all);
        let kind = match operator {
            _ if next => ConjunctionKind::Next,
            Some(Rule::except) => ConjunctionKind::Except { all },
            Some(Rule::intersect) => ConjunctionKind::Intersect { all },
            Some(Rule::otherwise) => ConjunctionKind::Otherwise,
            _ => ConjunctionKind::Union { all },
        };
        Conjunction { kind, span }
    }

    /// `MATCH (n) RETURN n`
    fn single_query(&self, pair: Pair<'i>) -> Result<SingleQuery> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        if let Some(used) = parts.eat(Rule::use_clause) {
            refuse_other_graph(&self.dotted_name(Cursor::inside(used).need())?)?;
        }
        let clauses = parts.rest(|clause| {
            self.count_clause(self.span(&clause))?;
            self.clause(clause)
        })?;
        refuse_yield_all(&clauses)?;
        Ok(SingleQuery { clauses, span })
    }

    /// `{ MATCH (n) RETURN n }`
    pub(super) fn braced_query(&self, pair: Pair<'i>) -> Result<BracedQuery> {
        let span = self.span(&pair);
        let query = self.query(Cursor::inside(pair).need())?;
        let query = Box::new(query);
        Ok(BracedQuery { query, span })
    }

    /// `WHEN x > 1 THEN RETURN 'a' AS y ELSE RETURN 'b' AS y`
    pub(super) fn when_query(&self, pair: Pair<'i>) -> Result<WhenQuery> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let branches = parts.each(Rule::when_branch, |branch| {
            let mut parts = Cursor::inside(branch);
            let condition = self.condition(parts.need())?;
            Ok((condition, self.single_query(parts.need())?))
        })?;
        let otherwise = match parts.next() {
            Some(otherwise) => Some(Box::new(
                self.single_query(Cursor::inside(otherwise).need())?,
            )),
            None => None,
        };
        Ok(WhenQuery {
            branches,
            otherwise,
            span,
        })
    }

    /// Builds the body of `EXISTS`, `COUNT` or `COLLECT`. A body with only a `MATCH` is the same as its pattern.
    pub(super) fn subquery_body(&self, pair: Pair<'i>) -> Result<Subquery> {
        if pair.as_rule() == Rule::query {
            return Ok(lone_match(self.query(pair)?));
        }
        let mut parts = Cursor::inside(pair);
        let pattern = self.pattern(parts.need())?;
        let predicate = self.optional_predicate(&mut parts)?;
        Ok(Subquery::Pattern { pattern, predicate })
    }
}

/// Whether the access mode of `BEGIN` is `READ ONLY`.
fn access_mode(begin: Pair<'_>) -> bool {
    let mut parts = Cursor::inside(begin);
    let mode = parts.eat(Rule::access_mode).map(Cursor::inside);
    mode.is_some_and(|mut mode| mode.flag(Rule::read_only))
}

/// The names of the graph of a statement (GQL 11.1).
const GRAPHS: [&str; 4] = [
    "CURRENT_GRAPH",
    "CURRENT_PROPERTY_GRAPH",
    "HOME_GRAPH",
    "HOME_PROPERTY_GRAPH",
];

/// Rejects the name of a graph other than the one that is open.
pub(super) fn refuse_other_graph(graph: &[Name]) -> Result<()> {
    if let [only] = graph
        && GRAPHS
            .iter()
            .any(|known| only.text.eq_ignore_ascii_case(known))
    {
        return Ok(());
    }
    let span = graph
        .iter()
        .map(|part| part.span)
        .reduce(Span::to)
        .unwrap_or_default();
    let names: Vec<_> = graph.iter().map(|part| part.text.as_str()).collect();
    let message = format!("there is no graph `{}`", names.join("."));
    refuse(
        Code::UndefinedVariable,
        span,
        message,
        "there is one graph; write `USE CURRENT_GRAPH`",
    )
}

/// Rejects `YIELD *` unless the call is the only clause.
fn refuse_yield_all(clauses: &[Clause]) -> Result<()> {
    if clauses.len() < 2 {
        return Ok(());
    }
    for clause in clauses {
        if let Clause::Call(CallClause {
            yields: Some(yields),
            ..
        }) = clause
            && yields.star
        {
            let message = "`YIELD *` is only allowed if the `CALL` is the whole statement";
            return refuse(
                Code::UnexpectedSyntax,
                yields.span,
                message,
                "name the columns: `YIELD a, b AS c`",
            );
        }
    }
    Ok(())
}

fn lone_match(mut query: Query) -> Subquery {
    let lone = query.rest.is_empty()
        && matches!(&query.first.clauses[..], [Clause::Match(clause)] if !clause.optional && clause.yields.is_none());
    match query.first.clauses.pop() {
        Some(Clause::Match(clause)) if lone => Subquery::Pattern {
            pattern: clause.pattern,
            predicate: clause.predicate,
        },
        last => {
            query.first.clauses.extend(last);
            Subquery::Query(query)
        }
    }
}
