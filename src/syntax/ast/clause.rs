//! Clauses.

use crate::{
    base::Span,
    syntax::ast::{
        Expr, Name, Pattern, PatternPart, Projection, Query, SchemaClause, SingleQuery, SortItem,
    },
};

/// A clause.
#[derive(Clone, Debug)]
pub enum Clause {
    /// `MATCH (n)`, `OPTIONAL MATCH (n)`
    Match(MatchClause),
    /// `OPTIONAL { MATCH (a) MATCH (b) }`
    Optional(OptionalClause),
    /// `UNWIND [1, 2] AS x`
    Unwind(UnwindClause),
    /// `FOR x IN [1, 2] WITH ORDINALITY i`
    For(ForClause),
    /// `FILTER x > 1`
    Filter(FilterClause),
    /// `LET x = 1`
    Let(LetClause),
    /// `ORDER BY x LIMIT 2` as a clause
    OrderBy(OrderByClause),
    /// `WITH n.name AS name WHERE name > 'A'`
    With(WithClause),
    /// `RETURN n`
    Return(ReturnClause),
    /// `FINISH`
    Finish(FinishClause),
    /// `{ MATCH (n) RETURN n }`, the only clause of its query
    Braced(BracedQuery),
    /// `WHEN x > 1 THEN … ELSE …`, the only clause of its query
    When(WhenQuery),
    /// `CALL db.labels() YIELD label`
    Call(CallClause),
    /// `CALL { … }`, `CALL (n) { … }`
    Subquery(SubqueryClause),
    /// `CREATE (n:Course)`
    Create(CreateClause),
    /// `MERGE (n:Course {id: 1})`
    Merge(MergeClause),
    /// `SET n.name = 'A'`
    Set(SetClause),
    /// `REMOVE n.name`
    Remove(RemoveClause),
    /// `DETACH DELETE n`
    Delete(DeleteClause),
    /// `FOREACH (x IN list | CREATE (:N {x: x}))`
    Foreach(ForeachClause),
    /// `CREATE INDEX FOR (n:A) ON (n.x)`, the only clause of its query
    Schema(Box<SchemaClause>),
    /// `SHOW INDEXES YIELD name`, the first clause of its query
    Show(Box<ShowClause>),
}

impl Clause {
    /// The span of the clause.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Match(clause) => clause.span,
            Self::Optional(clause) => clause.span,
            Self::Unwind(clause) => clause.span,
            Self::For(clause) => clause.span,
            Self::Filter(clause) => clause.span,
            Self::Let(clause) => clause.span,
            Self::OrderBy(clause) => clause.span,
            Self::With(clause) => clause.span,
            Self::Return(clause) => clause.span,
            Self::Finish(clause) => clause.span,
            Self::Braced(clause) => clause.span,
            Self::When(clause) => clause.span,
            Self::Call(clause) => clause.span,
            Self::Subquery(clause) => clause.span,
            Self::Create(clause) => clause.span,
            Self::Merge(clause) => clause.span,
            Self::Set(clause) => clause.span,
            Self::Remove(clause) => clause.span,
            Self::Delete(clause) => clause.span,
            Self::Foreach(clause) => clause.span,
            Self::Schema(clause) => clause.span,
            Self::Show(clause) => clause.span,
        }
    }

    /// Whether a query can end with the clause: it returns, changes the graph, or calls. A call with `YIELD` is the end only
    /// if it is the whole query.
    #[must_use]
    pub fn can_be_last(&self) -> bool {
        !matches!(
            self,
            Self::Match(_)
                | Self::Optional(_)
                | Self::Unwind(_)
                | Self::For(_)
                | Self::Filter(_)
                | Self::Let(_)
                | Self::OrderBy(_)
                | Self::With(_)
        )
    }

    /// Whether the clause itself changes the graph.
    #[must_use]
    pub fn is_update(&self) -> bool {
        match self {
            Self::Create(_)
            | Self::Merge(_)
            | Self::Set(_)
            | Self::Remove(_)
            | Self::Delete(_)
            | Self::Foreach(_)
            | Self::Schema(_) => true,
            Self::Match(_)
            | Self::Optional(_)
            | Self::Unwind(_)
            | Self::For(_)
            | Self::Filter(_)
            | Self::Let(_)
            | Self::OrderBy(_)
            | Self::With(_)
            | Self::Return(_)
            | Self::Finish(_)
            | Self::Braced(_)
            | Self::When(_)
            | Self::Call(_)
            | Self::Subquery(_)
            | Self::Show(_) => false,
        }
    }
}

/// `OPTIONAL MATCH (a)-->(b), (c) WHERE a.x = 1`
#[derive(Clone, Debug)]
pub struct MatchClause {
    /// True if a row without a match is kept, with nulls.
    pub optional: bool,
    /// The pattern to match.
    pub pattern: Pattern,
    /// `WHERE …`
    pub predicate: Option<Expr>,
    /// `YIELD a, c`: of the variables that the pattern introduces, those to keep; `None` keeps all.
    pub yields: Option<Vec<Name>>,
    /// The span.
    pub span: Span,
}

/// `OPTIONAL { MATCH (a)-->(b) MATCH (b)-->(c) }`
#[derive(Clone, Debug)]
pub struct OptionalClause {
    /// The patterns, in order; at least one.
    pub matches: Vec<MatchClause>,
    /// The span.
    pub span: Span,
}

/// `FOR x IN list WITH ORDINALITY i`
#[derive(Clone, Debug)]
pub struct ForClause {
    /// The variable for an element.
    pub variable: Name,
    /// The list.
    pub list: Expr,
    /// `WITH ORDINALITY i`
    pub position: Option<ForPosition>,
    /// The span.
    pub span: Span,
}

/// `WITH ORDINALITY i`, `WITH OFFSET i`
#[derive(Clone, Debug)]
pub struct ForPosition {
    /// The position of the first element: 1 for `ORDINALITY`, 0 for `OFFSET`.
    pub first: u8,
    /// The variable for the position.
    pub variable: Name,
}

/// `FILTER x > 1`
#[derive(Clone, Debug)]
pub struct FilterClause {
    /// The predicate.
    pub predicate: Expr,
    /// The span.
    pub span: Span,
}

/// `LET x = a.b, y = 2`
#[derive(Clone, Debug)]
pub struct LetClause {
    /// The variables with their values; at least one. No value sees the other variables.
    pub items: Vec<(Name, Expr)>,
    /// The span.
    pub span: Span,
}

/// `ORDER BY a SKIP 1 LIMIT 2` as a clause (GQL: order by and page statement); at least one of the parts.
#[derive(Clone, Debug)]
pub struct OrderByClause {
    /// `ORDER BY …`
    pub order_by: Vec<SortItem>,
    /// `SKIP …`
    pub skip: Option<Expr>,
    /// `LIMIT …`
    pub limit: Option<Expr>,
    /// The span.
    pub span: Span,
}

/// `FINISH`
#[derive(Clone, Debug)]
pub struct FinishClause {
    /// The span.
    pub span: Span,
}

/// `{ MATCH (n) RETURN n }`
#[derive(Clone, Debug)]
pub struct BracedQuery {
    /// The query in the braces.
    pub query: Box<Query>,
    /// The span.
    pub span: Span,
}

/// `WHEN x > 1 THEN RETURN 'a' AS y ELSE RETURN 'b' AS y`
#[derive(Clone, Debug)]
pub struct WhenQuery {
    /// The branches in order; at least one.
    pub branches: Vec<(Expr, SingleQuery)>,
    /// `ELSE …`
    pub otherwise: Option<Box<SingleQuery>>,
    /// The span.
    pub span: Span,
}

/// `UNWIND list AS x`
#[derive(Clone, Debug)]
pub struct UnwindClause {
    /// The list.
    pub list: Expr,
    /// The variable for an element.
    pub variable: Name,
    /// The span.
    pub span: Span,
}

/// `WITH DISTINCT a, count(*) AS c ORDER BY c LIMIT 3 WHERE c > 1`
#[derive(Clone, Debug)]
pub struct WithClause {
    /// The columns to keep.
    pub projection: Projection,
    /// `WHERE …`
    pub predicate: Option<Expr>,
    /// The span.
    pub span: Span,
}

/// `RETURN a, b.c AS c`
#[derive(Clone, Debug)]
pub struct ReturnClause {
    /// The columns to return.
    pub projection: Projection,
    /// The span.
    pub span: Span,
}

/// `CALL test.proc(1, 'a') YIELD out AS x WHERE x > 1`
#[derive(Clone, Debug)]
pub struct CallClause {
    /// The parts of the dotted name.
    pub name: Vec<Name>,
    /// The arguments; `None` without parentheses.
    pub arguments: Option<Vec<Expr>>,
    /// `YIELD *` or `YIELD a, b AS c`; `None` if it is omitted.
    pub yields: Option<Yield>,
    /// The span.
    pub span: Span,
}

/// The columns that a procedure call yields.
#[derive(Clone, Debug)]
pub struct Yield {
    /// `*`
    pub star: bool,
    /// The columns.
    pub items: Vec<YieldItem>,
    /// `WHERE …`
    pub predicate: Option<Expr>,
    /// The span.
    pub span: Span,
}

/// `out AS x`
#[derive(Clone, Debug)]
pub struct YieldItem {
    /// The name of the column in the procedure.
    pub field: Name,
    /// The name of the column in the query.
    pub alias: Option<Name>,
}

/// `CALL { RETURN 1 AS x }`, `CALL (a, b) { … }`, `CALL (*) { … }`
#[derive(Clone, Debug)]
pub struct SubqueryClause {
    /// The outer variables that the inner query sees.
    pub imports: Imports,
    /// The inner query.
    pub query: Box<Query>,
    /// `OPTIONAL CALL`
    pub optional: bool,
    /// `IN TRANSACTIONS`
    pub batches: Option<Box<Batches>>,
    /// The span.
    pub span: Span,
}

/// `IN TRANSACTIONS OF 100 ROWS ON ERROR CONTINUE REPORT STATUS AS s`: the rows that each transaction of a subquery gets.
#[derive(Clone, Debug)]
pub struct Batches {
    /// `OF 100 ROWS`
    pub rows: Option<Expr>,
    /// `ON ERROR CONTINUE`
    pub on_error: OnError,
    /// `REPORT STATUS AS s`
    pub status: Option<Name>,
    /// The span.
    pub span: Span,
}

/// What happens after the error of a transaction of a subquery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnError {
    /// The statement fails.
    Fail,
    /// The other transactions run.
    Continue,
    /// No other transaction runs.
    Break,
}

/// The variables that a `CALL` subquery imports.
#[derive(Clone, Debug)]
pub enum Imports {
    /// `CALL { … }`: the variables of its first `WITH`.
    Leading,
    /// `CALL (*) { … }`
    All,
    /// `CALL (a, b) { … }`
    Names(Vec<Name>),
}

/// `CREATE (a)-[:R]->(b)`
#[derive(Clone, Debug)]
pub struct CreateClause {
    /// The pattern to create.
    pub pattern: Pattern,
    /// The span.
    pub span: Span,
}

/// `MERGE (a)-[:R]->(b) ON CREATE SET a.x = 1 ON MATCH SET a.x = 2`
#[derive(Clone, Debug)]
pub struct MergeClause {
    /// The pattern to find or create.
    pub part: PatternPart,
    /// The actions in order.
    pub actions: Vec<MergeAction>,
    /// The span.
    pub span: Span,
}

/// `ON CREATE SET …`, `ON MATCH SET …`
#[derive(Clone, Debug)]
pub struct MergeAction {
    /// True for `ON CREATE`, false for `ON MATCH`.
    pub on_create: bool,
    /// The items to set.
    pub items: Vec<SetItem>,
    /// The span.
    pub span: Span,
}

/// `SET a.x = 1, b += {y: 2}`
#[derive(Clone, Debug)]
pub struct SetClause {
    /// The items to set, in order.
    pub items: Vec<SetItem>,
    /// Whether all values are computed before the first change, as in GQL.
    pub at_once: bool,
    /// The span.
    pub span: Span,
}

/// An item of `SET`.
#[derive(Clone, Debug)]
pub enum SetItem {
    /// `n.name = 'A'`, `n['name'] = 'A'`; the target is a property or an index expression.
    Property {
        /// The property to set.
        target: Expr,
        /// The new value.
        value: Expr,
    },
    /// `n = {name: 'A'}`
    Replace {
        /// The entity.
        variable: Name,
        /// The map or entity.
        value: Expr,
    },
    /// `n += {name: 'A'}`
    Add {
        /// The entity.
        variable: Name,
        /// The map or entity.
        value: Expr,
    },
    /// `n:A:B`
    Labels {
        /// The node.
        variable: Name,
        /// The labels.
        labels: Vec<Name>,
    },
    /// `n:$(expression)`
    DynamicLabels {
        /// The node.
        variable: Name,
        /// The labels: a string or a list of strings.
        names: Expr,
    },
}

/// `REMOVE a.x, b:Label`
#[derive(Clone, Debug)]
pub struct RemoveClause {
    /// The items to remove, in order.
    pub items: Vec<RemoveItem>,
    /// The span.
    pub span: Span,
}

/// An item of `REMOVE`.
#[derive(Clone, Debug)]
pub enum RemoveItem {
    /// `n.name`, `n['name']`
    Property(Expr),
    /// `n:A:B`
    Labels {
        /// The node.
        variable: Name,
        /// The labels.
        labels: Vec<Name>,
    },
    /// `n:$(expression)`
    DynamicLabels {
        /// The node.
        variable: Name,
        /// The labels: a string or a list of strings.
        names: Expr,
    },
}

/// `DETACH DELETE n, r`
#[derive(Clone, Debug)]
pub struct DeleteClause {
    /// True if the relationships of deleted nodes are deleted too.
    pub detach: bool,
    /// The entities to delete.
    pub items: Vec<Expr>,
    /// The span.
    pub span: Span,
}

/// `FOREACH (x IN list | SET x.seen = true)`
#[derive(Clone, Debug)]
pub struct ForeachClause {
    /// The variable for an element.
    pub variable: Name,
    /// The list.
    pub list: Expr,
    /// The updating clauses.
    pub clauses: Vec<Clause>,
    /// The span.
    pub span: Span,
}

/// `SHOW RANGE INDEXES YIELD name WHERE name STARTS WITH 'a'`
#[derive(Clone, Debug)]
pub struct ShowClause {
    /// What is shown.
    pub kind: ShowKind,
    /// `RANGE`: the words before it, in upper case; empty without.
    pub filter: String,
    /// The names after it.
    pub names: Vec<String>,
    /// `YIELD …`
    pub yields: Option<Projection>,
    /// `WHERE …`, after `YIELD` or in place of it.
    pub predicate: Option<Expr>,
    /// The span.
    pub span: Span,
}

/// What a [`ShowClause`] shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShowKind {
    /// `INDEXES`
    Indexes,
    /// `CONSTRAINTS`
    Constraints,
    /// `FUNCTIONS`
    Functions,
    /// `PROCEDURES`
    Procedures,
    /// `SETTINGS`
    Settings,
    /// `TRANSACTIONS`
    Transactions,
    /// `DATABASES`
    Databases,
}

impl ShowKind {
    /// The keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Indexes => "INDEXES",
            Self::Constraints => "CONSTRAINTS",
            Self::Functions => "FUNCTIONS",
            Self::Procedures => "PROCEDURES",
            Self::Settings => "SETTINGS",
            Self::Transactions => "TRANSACTIONS",
            Self::Databases => "DATABASES",
        }
    }
}
