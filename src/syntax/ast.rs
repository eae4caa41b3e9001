//! The syntax tree of statements. Every node has a span; names are not resolved.
//!
//! Grammar rule, builder function and AST item share one name: `match_clause`, `MatchClause`.

mod expr;
mod walk;

use crate::base::Span;

pub use crate::base::{CompareOp, Direction};

pub use self::expr::{
    BinaryOp, Expr, ExprKind, Literal, MapProjectionItem, Quantifier, Subquery, SubqueryKind,
    UnaryOp,
};

/// A name as written, without backticks.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: String,
    /// The span.
    pub span: Span,
}

/// `EXPLAIN MATCH (n) RETURN n`
#[derive(Clone, Debug)]
pub struct Statement {
    /// How the statement is answered.
    pub mode: Mode,
    /// What the statement does.
    pub body: Body,
    /// The span, without the closing semicolon.
    pub span: Span,
}

/// How a statement is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// No keyword before the query.
    Run,
    /// `EXPLAIN`
    Explain,
    /// `PROFILE`
    Profile,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub enum Body {
    /// `MATCH (n) RETURN n`
    Query(Query),
    /// `BEGIN`, `START TRANSACTION`
    Begin,
    /// `COMMIT`
    Commit,
    /// `ROLLBACK`
    Rollback,
}

/// `RETURN 1 AS x UNION ALL RETURN 2 AS x`
#[derive(Clone, Debug)]
pub struct Query {
    /// The first query.
    pub first: SingleQuery,
    /// Each further query, with the union before it.
    pub rest: Vec<(Union, SingleQuery)>,
    /// The span.
    pub span: Span,
}

/// `UNION`, `UNION ALL`
#[derive(Clone, Copy, Debug)]
pub struct Union {
    /// True if duplicates are kept.
    pub all: bool,
    /// The span.
    pub span: Span,
}

/// The clauses of a query in order: `MATCH (n) RETURN n`.
#[derive(Clone, Debug)]
pub struct SingleQuery {
    /// The clauses; at least one.
    pub clauses: Vec<Clause>,
    /// The span.
    pub span: Span,
}

/// A clause.
#[derive(Clone, Debug)]
pub enum Clause {
    /// `MATCH (n)`, `OPTIONAL MATCH (n)`
    Match(MatchClause),
    /// `UNWIND [1, 2] AS x`
    Unwind(UnwindClause),
    /// `WITH n.name AS name WHERE name > 'A'`
    With(WithClause),
    /// `RETURN n`
    Return(ReturnClause),
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
}

impl Clause {
    /// The span of the clause.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Match(clause) => clause.span,
            Self::Unwind(clause) => clause.span,
            Self::With(clause) => clause.span,
            Self::Return(clause) => clause.span,
            Self::Call(clause) => clause.span,
            Self::Subquery(clause) => clause.span,
            Self::Create(clause) => clause.span,
            Self::Merge(clause) => clause.span,
            Self::Set(clause) => clause.span,
            Self::Remove(clause) => clause.span,
            Self::Delete(clause) => clause.span,
            Self::Foreach(clause) => clause.span,
        }
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
            | Self::Foreach(_) => true,
            Self::Match(_)
            | Self::Unwind(_)
            | Self::With(_)
            | Self::Return(_)
            | Self::Call(_)
            | Self::Subquery(_) => false,
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

/// `DISTINCT *, a.b AS c ORDER BY c SKIP 1 LIMIT 2`
#[derive(Clone, Debug)]
pub struct Projection {
    /// `DISTINCT`
    pub distinct: bool,
    /// The span of `*`, if there is one.
    pub star: Option<Span>,
    /// The columns after the star.
    pub items: Vec<ProjectionItem>,
    /// `ORDER BY …`
    pub order_by: Vec<SortItem>,
    /// `SKIP …`
    pub skip: Option<Expr>,
    /// `LIMIT …`
    pub limit: Option<Expr>,
    /// The span.
    pub span: Span,
}

/// `a.b AS c`
#[derive(Clone, Debug)]
pub struct ProjectionItem {
    /// The expression.
    pub expr: Expr,
    /// `AS c`
    pub alias: Option<Name>,
    /// The source text of the expression, which is the column name without an alias.
    pub text: String,
}

/// `a.b DESC`
#[derive(Clone, Debug)]
pub struct SortItem {
    /// The sort key.
    pub expr: Expr,
    /// `DESC`, `DESCENDING`
    pub descending: bool,
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
    /// The span.
    pub span: Span,
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

/// `p = (a)-->(b), (c)`
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The parts; at least one.
    pub parts: Vec<PatternPart>,
    /// The span.
    pub span: Span,
}

/// `p = shortestPath((a)-[*]->(b))`
#[derive(Clone, Debug)]
pub struct PatternPart {
    /// The variable for the path.
    pub variable: Option<Name>,
    /// Selects among the matching paths.
    pub selector: Selector,
    /// The chain of nodes and relationships.
    pub element: PatternElement,
    /// The span.
    pub span: Span,
}

/// Selects among the matching paths of a pattern part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selector {
    /// Every path.
    All,
    /// `shortestPath(…)`
    Shortest,
    /// `allShortestPaths(…)`
    AllShortest,
}

/// `(a)-[r]->(b)<--(c)`
#[derive(Clone, Debug)]
pub struct PatternElement {
    /// The first node.
    pub start: NodePattern,
    /// The steps: a relationship and the node that it leads to.
    pub steps: Vec<(RelationshipPattern, NodePattern)>,
    /// The span.
    pub span: Span,
}

/// `(n:Course {name: 'A'} WHERE n.credits > 10)`
#[derive(Clone, Debug)]
pub struct NodePattern {
    /// `n`
    pub variable: Option<Name>,
    /// `:Course`
    pub labels: Option<LabelExpr>,
    /// `{name: 'A'}` or `$parameter`
    pub properties: Option<Expr>,
    /// `WHERE …`
    pub predicate: Option<Expr>,
    /// The span, with the parentheses.
    pub span: Span,
}

/// `-[r:COVERS*1..2 {x: 1} WHERE r.y = 2]->`
#[derive(Clone, Debug)]
pub struct RelationshipPattern {
    /// `r`
    pub variable: Option<Name>,
    /// `:COVERS`
    pub types: Option<LabelExpr>,
    /// `*1..2`
    pub length: Option<Length>,
    /// `{x: 1}` or `$parameter`
    pub properties: Option<Expr>,
    /// `WHERE …`
    pub predicate: Option<Expr>,
    /// The direction.
    pub direction: Direction,
    /// The span, with dashes and arrow heads.
    pub span: Span,
}

/// `*`, `*2`, `*1..`, `*..3`, `*1..3`
#[derive(Clone, Copy, Debug)]
pub struct Length {
    /// The minimum number of relationships; `None` means 1.
    pub min: Option<u64>,
    /// The maximum number; `None` means unbounded.
    pub max: Option<u64>,
    /// The span, with the star.
    pub span: Span,
}

/// `A|B`, `A&!B`, `%`
#[derive(Clone, Debug)]
pub struct LabelExpr {
    /// The form of the expression.
    pub kind: LabelExprKind,
    /// The span, without the colon.
    pub span: Span,
}

/// The forms of a label expression.
#[derive(Clone, Debug)]
pub enum LabelExprKind {
    /// `Course`
    Name(Name),
    /// `%`: at least one label.
    Any,
    /// `!A`
    Not(Box<LabelExpr>),
    /// `A&B`, `A:B`; at least two terms.
    And(Vec<LabelExpr>),
    /// `A|B`; at least two terms.
    Or(Vec<LabelExpr>),
}
