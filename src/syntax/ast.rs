//! The syntax tree of statements. Every node knows its span; names are not resolved.
//!
//! Grammar rule, builder function and item share one stem: `match_clause`, `MatchClause`.

mod expr;
mod walk;

use crate::base::Span;

pub use crate::base::{CompareOp, Direction};

pub use self::expr::{
    BinaryOp, Expr, ExprKind, Literal, MapProjectionItem, Quantifier, Subquery, SubqueryKind,
    UnaryOp,
};

/// A name as it was written, without its back quotes.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// `EXPLAIN MATCH (n) RETURN n`
#[derive(Clone, Debug)]
pub struct Statement {
    /// How to answer.
    pub mode: Mode,
    /// What to do.
    pub body: Body,
    /// Without the closing semicolon.
    pub span: Span,
}

/// How a statement is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Nothing before the query.
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
    /// `BEGIN`
    Begin,
    /// `COMMIT`
    Commit,
    /// `ROLLBACK`
    Rollback,
}

/// `RETURN 1 AS x UNION ALL RETURN 2 AS x`
#[derive(Clone, Debug)]
pub struct Query {
    /// The first part.
    pub first: SingleQuery,
    /// Each further part with the union before it.
    pub rest: Vec<(Union, SingleQuery)>,
    /// The whole.
    pub span: Span,
}

/// `UNION`, `UNION ALL`
#[derive(Clone, Copy, Debug)]
pub struct Union {
    /// Whether duplicates stay.
    pub all: bool,
    /// Where it stands.
    pub span: Span,
}

/// Clauses in order, such as `MATCH (n) RETURN n`.
#[derive(Clone, Debug)]
pub struct SingleQuery {
    /// At least one clause.
    pub clauses: Vec<Clause>,
    /// The whole.
    pub span: Span,
}

/// One clause.
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

/// `OPTIONAL MATCH (a)-->(b), (c) WHERE a.x = 1`
#[derive(Clone, Debug)]
pub struct MatchClause {
    /// Whether rows without a match stay, with nulls.
    pub optional: bool,
    /// What to find.
    pub pattern: Pattern,
    /// `WHERE …`
    pub predicate: Option<Expr>,
    /// The whole.
    pub span: Span,
}

/// `UNWIND list AS x`
#[derive(Clone, Debug)]
pub struct UnwindClause {
    /// The list.
    pub list: Expr,
    /// The name of an element.
    pub variable: Name,
    /// The whole.
    pub span: Span,
}

/// `WITH DISTINCT a, count(*) AS c ORDER BY c LIMIT 3 WHERE c > 1`
#[derive(Clone, Debug)]
pub struct WithClause {
    /// What goes on.
    pub projection: Projection,
    /// `WHERE …`
    pub predicate: Option<Expr>,
    /// The whole.
    pub span: Span,
}

/// `RETURN a, b.c AS c`
#[derive(Clone, Debug)]
pub struct ReturnClause {
    /// What comes out.
    pub projection: Projection,
    /// The whole.
    pub span: Span,
}

/// `DISTINCT *, a.b AS c ORDER BY c SKIP 1 LIMIT 2`
#[derive(Clone, Debug)]
pub struct Projection {
    /// `DISTINCT`
    pub distinct: bool,
    /// `*`, with its place.
    pub star: Option<Span>,
    /// The columns after the star.
    pub items: Vec<ProjectionItem>,
    /// `ORDER BY …`
    pub order_by: Vec<SortItem>,
    /// `SKIP …`
    pub skip: Option<Expr>,
    /// `LIMIT …`
    pub limit: Option<Expr>,
    /// The whole.
    pub span: Span,
}

/// `a.b AS c`
#[derive(Clone, Debug)]
pub struct ProjectionItem {
    /// What to compute.
    pub expr: Expr,
    /// `AS c`
    pub alias: Option<Name>,
    /// The expression as it was written: the column's name where there is no alias.
    pub text: String,
}

/// `a.b DESC`
#[derive(Clone, Debug)]
pub struct SortItem {
    /// What to sort by.
    pub expr: Expr,
    /// `DESC`, `DESCENDING`
    pub descending: bool,
}

/// `CALL test.proc(1, 'a') YIELD out AS x WHERE x > 1`
#[derive(Clone, Debug)]
pub struct CallClause {
    /// The parts of the dotted name.
    pub name: Vec<Name>,
    /// The arguments; nothing where the brackets are left out.
    pub arguments: Option<Vec<Expr>>,
    /// `YIELD *` or `YIELD a, b AS c`; nothing where it is left out.
    pub yields: Option<Yield>,
    /// The whole.
    pub span: Span,
}

/// What a procedure call lets through.
#[derive(Clone, Debug)]
pub struct Yield {
    /// `*`
    pub star: bool,
    /// The columns.
    pub items: Vec<YieldItem>,
    /// `WHERE …`
    pub predicate: Option<Expr>,
    /// The whole.
    pub span: Span,
}

/// `out AS x`
#[derive(Clone, Debug)]
pub struct YieldItem {
    /// The procedure's name for the column.
    pub field: Name,
    /// The query's name for it.
    pub alias: Option<Name>,
}

/// `CALL { RETURN 1 AS x }`, `CALL (a, b) { … }`, `CALL (*) { … }`
#[derive(Clone, Debug)]
pub struct SubqueryClause {
    /// What the query inside sees of the outer one.
    pub imports: Imports,
    /// The query inside.
    pub query: Box<Query>,
    /// `OPTIONAL CALL`
    pub optional: bool,
    /// The whole.
    pub span: Span,
}

/// What a `CALL` subquery imports.
#[derive(Clone, Debug)]
pub enum Imports {
    /// `CALL { … }`: what its first `WITH` names.
    Leading,
    /// `CALL (*) { … }`
    All,
    /// `CALL (a, b) { … }`
    Names(Vec<Name>),
}

/// `CREATE (a)-[:R]->(b)`
#[derive(Clone, Debug)]
pub struct CreateClause {
    /// What to create.
    pub pattern: Pattern,
    /// The whole.
    pub span: Span,
}

/// `MERGE (a)-[:R]->(b) ON CREATE SET a.x = 1 ON MATCH SET a.x = 2`
#[derive(Clone, Debug)]
pub struct MergeClause {
    /// What to find or create.
    pub part: PatternPart,
    /// The actions in order.
    pub actions: Vec<MergeAction>,
    /// The whole.
    pub span: Span,
}

/// `ON CREATE SET …`, `ON MATCH SET …`
#[derive(Clone, Debug)]
pub struct MergeAction {
    /// Whether it runs on creation; else on a match.
    pub on_create: bool,
    /// What to set.
    pub items: Vec<SetItem>,
    /// The whole.
    pub span: Span,
}

/// `SET a.x = 1, b += {y: 2}`
#[derive(Clone, Debug)]
pub struct SetClause {
    /// What to set, in order.
    pub items: Vec<SetItem>,
    /// The whole.
    pub span: Span,
}

/// One item of `SET`.
#[derive(Clone, Debug)]
pub enum SetItem {
    /// `n.name = 'A'`, `n['name'] = 'A'`; the target is a property or an index expression.
    Property {
        /// What is set.
        target: Expr,
        /// To what.
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
    /// What to remove, in order.
    pub items: Vec<RemoveItem>,
    /// The whole.
    pub span: Span,
}

/// One item of `REMOVE`.
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
    /// Whether relationships of deleted nodes go too.
    pub detach: bool,
    /// What to delete.
    pub items: Vec<Expr>,
    /// The whole.
    pub span: Span,
}

/// `FOREACH (x IN list | SET x.seen = true)`
#[derive(Clone, Debug)]
pub struct ForeachClause {
    /// The name of an element.
    pub variable: Name,
    /// The list.
    pub list: Expr,
    /// Updating clauses.
    pub clauses: Vec<Clause>,
    /// The whole.
    pub span: Span,
}

/// `p = (a)-->(b), (c)`
#[derive(Clone, Debug)]
pub struct Pattern {
    /// At least one part.
    pub parts: Vec<PatternPart>,
    /// The whole.
    pub span: Span,
}

/// `p = shortestPath((a)-[*]->(b))`
#[derive(Clone, Debug)]
pub struct PatternPart {
    /// The name of the path.
    pub variable: Option<Name>,
    /// Which of the matching paths count.
    pub selector: Selector,
    /// The chain.
    pub element: PatternElement,
    /// The whole.
    pub span: Span,
}

/// Which of the matching paths count.
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
    /// Each step: a relationship and the node it leads to.
    pub steps: Vec<(RelationshipPattern, NodePattern)>,
    /// The whole.
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
    /// With the brackets.
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
    /// Which way it runs.
    pub direction: Direction,
    /// With dashes and arrows.
    pub span: Span,
}

/// `*`, `*2`, `*1..`, `*..3`, `*1..3`
#[derive(Clone, Copy, Debug)]
pub struct Length {
    /// The least number of relationships; 1 where nothing is said.
    pub min: Option<u64>,
    /// The greatest; unbounded where nothing is said.
    pub max: Option<u64>,
    /// With the star.
    pub span: Span,
}

/// `A|B`, `A&!B`, `%`
#[derive(Clone, Debug)]
pub struct LabelExpr {
    /// What it says.
    pub kind: LabelExprKind,
    /// Without the colon.
    pub span: Span,
}

/// What a label expression says.
#[derive(Clone, Debug)]
pub enum LabelExprKind {
    /// `Course`
    Name(Name),
    /// `%`: at least one label.
    Any,
    /// `!A`
    Not(Box<LabelExpr>),
    /// `A&B`, and `:A:B` outside relationships; at least two.
    And(Vec<LabelExpr>),
    /// `A|B`; at least two.
    Or(Vec<LabelExpr>),
}
