//! The syntax tree of statements. Every node has a span; names are not resolved.
//!
//! Grammar rule, builder function and AST item share one name: `match_clause`, `MatchClause`.

mod clause;
mod expr;
mod projection;
mod schema;
mod session;
mod walk;

use crate::base::Span;

pub use crate::base::{CompareOp, Direction};

pub use self::clause::*;
pub use self::expr::{
    BaseType, BinaryOp, Expr, ExprKind, Literal, MapProjectionItem, Quantifier, ReduceBody,
    Subquery, SubqueryKind, UnaryOp, ValueType,
};
pub use self::projection::{GroupBy, Projection, ProjectionItem, SortItem};
pub use self::schema::{Demand, IndexKind, SchemaClause, SchemaCommand, SchemaSubject};
pub use self::session::{SessionCommand, SessionPart};

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
    Begin {
        /// `READ ONLY`
        reads_only: bool,
    },
    /// `COMMIT`
    Commit,
    /// `ROLLBACK`, `ROLLBACK TO a`
    Rollback(Option<Name>),
    /// `SAVEPOINT a`
    Savepoint(Name),
    /// `RELEASE a`
    Release(Name),
    /// `SESSION SET VALUE $x = 1 SESSION SET TIME ZONE '+01:00'`
    Session(Vec<SessionCommand>),
}

/// `RETURN 1 AS x UNION ALL RETURN 2 AS x NEXT RETURN sum(x) AS sum`
#[derive(Clone, Debug)]
pub struct Query {
    /// The first query.
    pub first: SingleQuery,
    /// Each further query, with the conjunction before it. `NEXT` binds less tightly than the others, which are
    /// left-associative.
    pub rest: Vec<(Conjunction, SingleQuery)>,
    /// The span.
    pub span: Span,
}

impl Query {
    /// The query `RETURN expr AS value`.
    #[must_use]
    pub fn returning(expr: Expr) -> Self {
        let span = expr.span;
        let alias = Name {
            text: "value".to_owned(),
            span,
        };
        let item = ProjectionItem {
            expr,
            alias: Some(alias),
            text: String::new(),
        };
        let projection = Projection::of(vec![item], span);
        let clauses = vec![Clause::Return(ReturnClause { projection, span })];
        Self {
            first: SingleQuery { clauses, span },
            rest: Vec::new(),
            span,
        }
    }
}

/// `UNION`, `EXCEPT ALL`, `NEXT`: combines two queries (GQL: query conjunction).
#[derive(Clone, Copy, Debug)]
pub struct Conjunction {
    /// The operation.
    pub kind: ConjunctionKind,
    /// The span.
    pub span: Span,
}

/// The operation of a conjunction; `all` is true if duplicates are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConjunctionKind {
    /// `UNION`: the rows of both.
    Union {
        /// `ALL`
        all: bool,
    },
    /// `EXCEPT`: the rows of the first that the second does not have.
    Except {
        /// `ALL`
        all: bool,
    },
    /// `INTERSECT`: the rows of the first that the second also has.
    Intersect {
        /// `ALL`
        all: bool,
    },
    /// `OTHERWISE`: the rows of the first, or if there are none, those of the second.
    Otherwise,
    /// `NEXT`: the second reads the rows of the first.
    Next,
}

/// The clauses of a query in order: `MATCH (n) RETURN n`.
#[derive(Clone, Debug)]
pub struct SingleQuery {
    /// The clauses; at least one.
    pub clauses: Vec<Clause>,
    /// The span.
    pub span: Span,
}

/// `p = (a)-->(b), (c)`
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The parts; at least one.
    pub parts: Vec<PatternPart>,
    /// `REPEATABLE ELEMENTS`: a relationship may occur twice in a match.
    pub repeatable: bool,
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
    /// `ANY SHORTEST ACYCLIC`
    pub prefix: Option<PathPrefix>,
    /// The chain of nodes and relationships.
    pub element: PatternElement,
    /// `| (a)-->(b)`, `|+| (a)-->(b)` after the chain.
    pub alternatives: Vec<Alternative>,
    /// `WHERE …` in the parentheses around the chain; it holds before paths are selected.
    pub predicate: Option<Expr>,
    /// The span.
    pub span: Span,
}

/// A chain whose matches are added to those of the chains before it.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// `|+|`: whether a path that several chains match is kept several times.
    pub multiset: bool,
    /// The chain.
    pub element: PatternElement,
    /// `WHERE …` in the parentheses around the chain.
    pub predicate: Option<Expr>,
}

impl Pattern {
    /// Whether the pattern is a union of paths, or has a quantified path of several relationships.
    #[must_use]
    pub fn is_expanded(&self) -> bool {
        let long = |element: &PatternElement| {
            let mut steps = element.steps.iter();
            steps.any(|(edge, _)| {
                edge.group
                    .as_ref()
                    .is_some_and(|group| !group.rest.is_empty())
            })
        };
        let mut parts = self.parts.iter();
        parts.any(|part| !part.alternatives.is_empty() || long(&part.element))
    }

    /// Whether the pattern has a path search, a path mode or a quantified path in parentheses.
    #[must_use]
    pub fn is_selective(&self) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|part| part.prefix.is_some() || part.has_group() || part.is_questioned())
    }
}

impl PatternPart {
    /// Whether the part has a questioned path or relationship.
    #[must_use]
    pub fn is_questioned(&self) -> bool {
        let mut steps = self.element.steps.iter();
        steps.any(|(relationship, _)| relationship.questioned)
    }

    /// Whether the part has a quantified path in parentheses.
    #[must_use]
    pub fn has_group(&self) -> bool {
        let mut steps = self.element.steps.iter();
        steps.any(|(relationship, _)| relationship.group.is_some())
    }
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

/// `ANY SHORTEST ACYCLIC PATHS` (GQL: path pattern prefix).
#[derive(Clone, Copy, Debug)]
pub struct PathPrefix {
    /// Which of the matching paths between two end nodes are selected.
    pub search: PathSearch,
    /// What may repeat in a path.
    pub mode: PathMode,
    /// The span.
    pub span: Span,
}

/// Selects among the matching paths between each pair of end nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathSearch {
    /// `ALL`, or nothing: every path.
    All,
    /// `ANY`, `ANY 3`: that many, whichever.
    Any(u64),
    /// `ANY SHORTEST`, `SHORTEST 3`: that many, the shortest first.
    Shortest(u64),
    /// `ALL SHORTEST`, `SHORTEST 2 GROUPS`: all with one of so many shortest lengths.
    ShortestGroups(u64),
}

/// What may repeat in a path. No relationship occurs twice in a match, whatever the mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathMode {
    /// `WALK`, or nothing.
    Walk,
    /// `TRAIL`: no relationship occurs twice.
    Trail,
    /// `SIMPLE`: no node occurs twice, except that the first may be the last.
    Simple,
    /// `ACYCLIC`: no node occurs twice.
    Acyclic,
}

/// `((a)-[r]->(b) WHERE a.x < b.x)` before a quantifier: what holds of the nodes at each step. The relationship is that of
/// the step.
#[derive(Clone, Debug)]
pub struct QuantifiedGroup {
    /// The node before each relationship.
    pub start: NodePattern,
    /// The node after each relationship.
    pub end: NodePattern,
    /// Further relationships of each repetition, each with the node after it.
    pub rest: Vec<(RelationshipPattern, NodePattern)>,
    /// `WHERE …`
    pub predicate: Option<Expr>,
    /// The span, with the quantifier.
    pub span: Span,
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

impl NodePattern {
    /// `()`
    #[must_use]
    pub fn bare(span: Span) -> Self {
        Self {
            variable: None,
            labels: None,
            properties: None,
            predicate: None,
            span,
        }
    }
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
    /// `?` after the relationship or its parentheses: at most one, whose names are not lists but null without it.
    pub questioned: bool,
    /// The parentheses around the relationship, if they have a quantifier, which is then the length.
    pub group: Option<Box<QuantifiedGroup>>,
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
    /// `$(expression)`, `$any(list)`: the names in a string or in a list of strings.
    Dynamic {
        /// Whether one of the names is enough.
        any: bool,
        /// The names.
        names: Box<Expr>,
    },
}
