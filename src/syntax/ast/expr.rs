//! Expressions.

use crate::{
    base::{CompareOp, Span},
    syntax::ast::{LabelExpr, Name, Pattern, PatternElement, Query},
};

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// With its brackets, if it stands in any.
    pub span: Span,
}

/// What an expression says.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `1`, `'a'`, `true`, `null`
    Literal(Literal),
    /// `$name`
    Parameter(Name),
    /// `n`
    Variable(String),
    /// `n.name`
    Property(Box<Expr>, Name),
    /// `list[0]`, `map['key']`
    Index(Box<Expr>, Box<Expr>),
    /// `list[1..2]`
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `NOT a`, `-a`, `+a`
    Unary(UnaryOp, Box<Expr>),
    /// `a + b`, `a AND b`, `a IN b`; the span is that of the operator.
    Binary(BinaryOp, Span, Box<Expr>, Box<Expr>),
    /// `a < b`, `a < b <= c`: each operator compares its two neighbours.
    Comparison(Box<Expr>, Vec<(CompareOp, Expr)>),
    /// `a IS NULL`, `a IS NOT NULL`
    IsNull {
        /// What is asked about.
        operand: Box<Expr>,
        /// `NOT`
        negated: bool,
    },
    /// `n:Course`, `n IS Course`, `r:COVERS`
    HasLabels(Box<Expr>, LabelExpr),
    /// `[1, 2]`
    List(Vec<Expr>),
    /// `{a: 1}`
    Map(Vec<(Name, Expr)>),
    /// `n {.name, .*, x: 1, y}`
    MapProjection(Name, Vec<MapProjectionItem>),
    /// `[x IN list WHERE x > 1 | x * 2]`
    ListComprehension {
        /// `x`
        variable: Name,
        /// `list`
        list: Box<Expr>,
        /// `x > 1`
        predicate: Option<Box<Expr>>,
        /// `x * 2`
        map: Option<Box<Expr>>,
    },
    /// `[p = (a)-->(b) WHERE b.x = 1 | b.y]`
    PatternComprehension {
        /// `p`
        variable: Option<Name>,
        /// `(a)-->(b)`
        element: Box<PatternElement>,
        /// `b.x = 1`
        predicate: Option<Box<Expr>>,
        /// `b.y`
        map: Box<Expr>,
    },
    /// `any(x IN list WHERE x > 1)`
    Quantifier {
        /// `any`
        quantifier: Quantifier,
        /// `x`
        variable: Name,
        /// `list`
        list: Box<Expr>,
        /// `x > 1`
        predicate: Option<Box<Expr>>,
    },
    /// `reduce(sum = 0, x IN list | sum + x)`
    Reduce {
        /// `sum`
        accumulator: Name,
        /// `0`
        init: Box<Expr>,
        /// `x`
        variable: Name,
        /// `list`
        list: Box<Expr>,
        /// `sum + x`
        body: Box<Expr>,
    },
    /// `CASE a WHEN 1 THEN 'x' ELSE 'y' END`
    Case {
        /// `a`
        operand: Option<Box<Expr>>,
        /// Each `WHEN` with its `THEN`; at least one.
        branches: Vec<(Expr, Expr)>,
        /// `ELSE …`
        otherwise: Option<Box<Expr>>,
    },
    /// `toUpper(s)`, `count(DISTINCT n)`, `duration.between(a, b)`
    Call {
        /// The parts of the dotted name.
        name: Vec<Name>,
        /// `DISTINCT`
        distinct: bool,
        /// The arguments.
        arguments: Vec<Expr>,
    },
    /// `count(*)`
    CountStar,
    /// `(a)-->(b)` as a predicate.
    Pattern(Box<PatternElement>),
    /// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`
    Subquery(SubqueryKind, Box<Subquery>),
}

/// What a subquery in an expression answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubqueryKind {
    /// `EXISTS { … }`: whether there is a row.
    Exists,
    /// `COUNT { … }`: how many rows there are.
    Count,
    /// `COLLECT { … }`: the list of the one column.
    Collect,
}

/// What stands in the braces of a subquery expression.
#[derive(Clone, Debug)]
pub enum Subquery {
    /// `(a)-->(b) WHERE b.x = 1`, with or without `MATCH`.
    Pattern {
        /// What to find.
        pattern: Pattern,
        /// `WHERE …`
        predicate: Option<Expr>,
    },
    /// `MATCH (a)-->(b) RETURN b`
    Query(Query),
}

/// One item of a map projection.
#[derive(Clone, Debug)]
pub enum MapProjectionItem {
    /// `.name`
    Property(Name),
    /// `.*`
    All(Span),
    /// `name: expression`
    Entry(Name, Expr),
    /// `name`
    Variable(Name),
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// `42`, `0x2A`, `0o52`
    Integer(i64),
    /// `1.5`, `1e3`
    Float(f64),
    /// `'text'`, `"text"`
    String(String),
}

/// Which elements a quantifier speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// `all`
    All,
    /// `any`
    Any,
    /// `none`
    None,
    /// `single`
    Single,
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `NOT a`
    Not,
    /// `-a`
    Minus,
    /// `+a`
    Plus,
}

/// An operator between two operands that is no comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `OR`
    Or,
    /// `XOR`
    Xor,
    /// `AND`
    And,
    /// `IN`
    In,
    /// `STARTS WITH`
    StartsWith,
    /// `ENDS WITH`
    EndsWith,
    /// `CONTAINS`
    Contains,
    /// `=~`
    Matches,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `^`
    Power,
    /// `||`
    Concat,
}
