//! Expressions over slots. An expression never holds a plan: subqueries fill slots before it is evaluated.

use crate::{
    base::{CompareOp, Direction, Fault, Span},
    function::Function,
    plan::{Shared, Slot},
    value::{KeyId, LabelId, Text, TypeId, Value, ValueType, arith},
};

/// A name with its id. The id is `NONE` if the catalog did not have the name at analysis. The statement itself may add
/// the name, so execution looks it up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<Id> {
    /// The name.
    pub name: Text,
    /// The id in the catalog.
    pub id: Id,
}

/// A property key.
pub type Key = Named<KeyId>;

/// An expression with its span.
#[derive(Clone, Debug)]
pub struct Expr {
    /// The expression.
    pub kind: ExprKind,
    /// The span in the statement.
    pub span: Span,
}

/// An expression without its span.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `42`
    Constant(Value),
    /// `$name`, by its position in [`crate::plan::Plan::parameters`].
    Parameter(u32),
    /// `n`
    Slot(Slot),
    /// `n.name`: of a node, a relationship, a map, a temporal value, or null.
    Property(Box<Expr>, Key),
    /// `list[0]`, `map['key']`, `n['key']`
    Index(Box<Expr>, Box<Expr>),
    /// `list[1..2]`
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `NOT a`
    Not(Box<Expr>),
    /// `a AND b AND c`; at least two.
    And(Vec<Expr>),
    /// `a OR b OR c`; at least two.
    Or(Vec<Expr>),
    /// `a XOR b`
    Xor(Box<Expr>, Box<Expr>),
    /// `-a`
    Negate(Box<Expr>),
    /// `a + b`
    Arithmetic(ArithmeticOp, Box<Expr>, Box<Expr>),
    /// `a < b`
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `a IN list`
    In(Box<Expr>, Box<Expr>),
    /// `a STARTS WITH b`
    String(StringOp, Box<Expr>, Box<Expr>),
    /// `a IS NULL`
    IsNull(Box<Expr>),
    /// `a IS NOT NULL`
    IsNotNull(Box<Expr>),
    /// True for an entity that is neither null nor deleted, and for a list of such entities.
    IsLive(Box<Expr>),
    /// `n:Course&!Webinar`, `r:COVERS`
    HasLabels(Box<Expr>, LabelTest),
    /// `a IS TYPED INTEGER`; null has each type that includes it.
    IsTyped(Box<Expr>, Shared<ValueType>),
    /// `CAST(a AS INTEGER)`
    Cast(Box<Expr>, Shared<ValueType>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{a: 1}`
    Map(Vec<(Text, Expr)>),
    /// `n {.name, .*, x: 1}`
    MapProjection(Box<Expr>, Vec<MapItem>),
    /// `[x IN list WHERE predicate | map]`
    ListComprehension {
        /// The slot of `x`, bound inside only.
        variable: Slot,
        /// `list`
        list: Box<Expr>,
        /// `predicate`
        predicate: Option<Box<Expr>>,
        /// `map`
        map: Option<Box<Expr>>,
    },
    /// `any(x IN list WHERE predicate)`
    Quantifier {
        /// `any`
        quantifier: Quantifier,
        /// The slot of `x`, bound inside only.
        variable: Slot,
        /// `list`
        list: Box<Expr>,
        /// `predicate`
        predicate: Box<Expr>,
    },
    /// `reduce(sum = init, x IN list | body)`
    Reduce {
        /// The slot of `sum`, bound inside only.
        accumulator: Slot,
        /// `init`
        init: Box<Expr>,
        /// The slot of `x`, bound inside only.
        variable: Slot,
        /// `list`
        list: Box<Expr>,
        /// `body`
        body: Box<Expr>,
        /// The condition of `allReduce`: the value is then whether it holds for each value of `sum`.
        test: Option<Box<Expr>>,
    },
    /// `CASE operand WHEN a THEN b ELSE c END`; without an operand each `WHEN` is a predicate.
    Case {
        /// `operand`
        operand: Option<Box<Expr>>,
        /// Each `WHEN` with its `THEN`.
        branches: Vec<(Expr, Expr)>,
        /// `c`; null if `None`.
        otherwise: Option<Box<Expr>>,
    },
    /// `toUpper(a)`
    Call(&'static Function, Vec<Expr>),
    /// The path from a node along relationships or lists of them; null if any of its parts is null.
    Path {
        /// The slot of the first node.
        start: Slot,
        /// The steps in order.
        steps: Vec<PathStep>,
    },
    /// True if two slots, each a relationship or a list of relationships, share no relationship.
    Disjoint(Slot, Slot),
    /// True if there is a relationship of one of the types between two nodes. False if a node is null.
    HasEdge {
        /// The slot of the first node.
        from: Slot,
        /// The slot of the second node.
        to: Slot,
        /// The types; all types if empty.
        types: Vec<Named<TypeId>>,
        /// The direction, seen from `from`.
        direction: Direction,
    },
}

/// A step of a path expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// The slot of a relationship, or of a list of relationships in path order.
    pub edge: Slot,
    /// The slot of the node at its end.
    pub node: Slot,
}

/// A test of the labels of a node, or of the type of a relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelTest {
    /// `A`: the label of a node, or the type of a relationship.
    Name {
        /// Read for nodes.
        label: Named<LabelId>,
        /// Read for relationships.
        kind: Named<TypeId>,
    },
    /// `%`
    Any,
    /// `!A`
    Not(Box<LabelTest>),
    /// `A&B`
    And(Vec<LabelTest>),
    /// `A|B`
    Or(Vec<LabelTest>),
}

/// One item of a map projection.
#[derive(Clone, Debug)]
pub enum MapItem {
    /// `.*`
    All,
    /// `.name`
    Property(Key),
    /// `name: expression`
    Entry(Text, Expr),
}

/// An arithmetic operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ArithmeticOp {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    Concat,
}

impl ArithmeticOp {
    /// The operation on two values.
    #[must_use]
    pub fn body(self) -> fn(&Value, &Value) -> Result<Value, Fault> {
        match self {
            Self::Add => arith::add,
            Self::Subtract => arith::subtract,
            Self::Multiply => arith::multiply,
            Self::Divide => arith::divide,
            Self::Modulo => arith::modulo,
            Self::Power => arith::power,
            Self::Concat => arith::concat,
        }
    }
}

/// An operator on strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum StringOp {
    StartsWith,
    EndsWith,
    Contains,
    Matches,
}

/// The quantifier of a list predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Quantifier {
    All,
    Any,
    None,
    Single,
}

impl Expr {
    /// An expression with a span.
    #[must_use]
    pub fn new(kind: ExprKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The value of a slot.
    #[must_use]
    pub fn slot(slot: Slot, span: Span) -> Self {
        Self::new(ExprKind::Slot(slot), span)
    }

    /// The slot, if the expression is a slot.
    #[must_use]
    pub fn as_slot(&self) -> Option<Slot> {
        match self.kind {
            ExprKind::Slot(slot) => Some(slot),
            _ => None,
        }
    }

    /// The quantifier, the variable, the list and the predicate, if the expression is a list predicate. `NOT any` is `none`,
    /// also for unknown values.
    #[must_use]
    pub fn as_quantifier(&self) -> Option<(Quantifier, Slot, &Self, &Self)> {
        match &self.kind {
            ExprKind::Quantifier {
                quantifier,
                variable,
                list,
                predicate,
            } => Some((*quantifier, *variable, list, predicate)),
            ExprKind::Not(inner) => match &inner.kind {
                ExprKind::Quantifier {
                    quantifier: Quantifier::Any,
                    variable,
                    list,
                    predicate,
                } => Some((Quantifier::None, *variable, list, predicate)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The slot and the key, if the expression is a property of a slot.
    #[must_use]
    pub fn as_property(&self) -> Option<(Slot, &Key)> {
        match &self.kind {
            ExprKind::Property(subject, key) => Some((subject.as_slot()?, key)),
            _ => None,
        }
    }

    /// The value, if the expression is a constant.
    #[must_use]
    pub fn as_constant(&self) -> Option<&Value> {
        match &self.kind {
            ExprKind::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// A constant.
    #[must_use]
    pub fn constant(value: impl Into<Value>, span: Span) -> Self {
        Self::new(ExprKind::Constant(value.into()), span)
    }
}
