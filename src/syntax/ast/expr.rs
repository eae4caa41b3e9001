//! Expressions.

use crate::{
    base::{CompareOp, Span},
    syntax::ast::{LabelExpr, Name, Pattern, PatternElement, Query},
};

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// The form of the expression.
    pub kind: ExprKind,
    /// The span, with parentheses around the expression.
    pub span: Span,
}

/// What `reduce` and `allReduce` evaluate for each element.
#[derive(Clone, Debug)]
pub struct ReduceBody {
    /// `sum + x`: the next value of the accumulator.
    pub next: Expr,
    /// `sum < 10`: the condition of `allReduce`.
    pub test: Option<Expr>,
}

/// The forms of an expression.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `1`, `'a'`, `true`, `null`
    Literal(Literal),
    /// A literal in the place of a parameter, with its number; see [`lift`](crate::syntax::lift). The tree stands for all
    /// statements that differ only in the values of these.
    Lifted(usize, Literal),
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
    /// `a < b`, `a < b <= c`: each operator compares the operands next to it.
    Comparison(Box<Expr>, Vec<(CompareOp, Expr)>),
    /// `a IS NULL`, `a IS NOT NULL`
    IsNull {
        /// The operand.
        operand: Box<Expr>,
        /// `NOT`
        negated: bool,
    },
    /// `n:Course`, `n IS Course`, `r:COVERS`
    HasLabels(Box<Expr>, LabelExpr),
    /// `a IS TYPED INTEGER`, `a IS NOT :: STRING`, `a :: LIST<INTEGER>`
    IsTyped {
        /// The operand.
        operand: Box<Expr>,
        /// The type.
        value_type: ValueType,
        /// `NOT`
        negated: bool,
    },
    /// `CAST(a AS INTEGER)`
    Cast {
        /// The operand.
        operand: Box<Expr>,
        /// The type.
        value_type: ValueType,
    },
    /// `LET x = 1 IN x + 1 END`
    Let {
        /// `x`
        variable: Name,
        /// `1`
        value: Box<Expr>,
        /// `x + 1`
        body: Box<Expr>,
    },
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
    /// `reduce(sum = 0, x IN list | sum + x)`, `allReduce(sum = 0, x IN list | sum + x, sum < 10)`
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
        body: Box<ReduceBody>,
    },
    /// `CASE a WHEN 1 THEN 'x' ELSE 'y' END`
    Case {
        /// `a`
        operand: Option<Box<Expr>>,
        /// The branches, each with the expressions of `WHEN` and `THEN`; at least one.
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

/// `LIST<INTEGER NOT NULL>`
#[derive(Clone, Debug)]
pub struct ValueType {
    /// The type of the values that are not null.
    pub base: BaseType,
    /// False with `NOT NULL`.
    pub nullable: bool,
    /// The span.
    pub span: Span,
}

/// The type of values that are not null.
#[derive(Clone, Debug)]
pub enum BaseType {
    /// `INTEGER`; of several spellings, the one in messages.
    Name(&'static str),
    /// `STRING(2, 5)`: strings by their least and greatest number of characters.
    Text(u64, u64),
    /// `DECIMAL(10, 2)`
    Decimal(u64, Option<u64>),
    /// `BYTES(2, 5)`
    Bytes(u64, u64),
    /// `LIST<INTEGER>`
    List(Box<ValueType>),
    /// `{a :: INTEGER}`
    Record(Vec<(Name, ValueType)>),
    /// `ANY<INTEGER | STRING>`
    Union(Vec<ValueType>),
}

/// The result of a subquery in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubqueryKind {
    /// `EXISTS { … }`: true if the subquery has a row.
    Exists,
    /// `COUNT { … }`: the number of rows.
    Count,
    /// `COLLECT { … }`: the list of the values of the only column.
    Collect,
    /// `VALUE { … }`: the only value of the only row, or null.
    Value,
}

/// The body of a subquery expression.
#[derive(Clone, Debug)]
pub enum Subquery {
    /// `(a)-->(b) WHERE b.x = 1`, with or without `MATCH`.
    Pattern {
        /// The pattern to match.
        pattern: Pattern,
        /// `WHERE …`
        predicate: Option<Expr>,
    },
    /// `MATCH (a)-->(b) RETURN b`
    Query(Query),
}

/// An item of a map projection.
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

/// The quantifier of a predicate over the elements of a list.
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

/// A prefix operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `NOT a`
    Not,
    /// `-a`
    Minus,
    /// `+a`
    Plus,
}

/// A binary operator other than a comparison.
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
