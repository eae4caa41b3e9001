//! Constructors for statement trees. The nodes have no span in a source text.

use crate::{
    base::Span,
    question::tree::Cmp,
    syntax::ast::{
        BinaryOp, Clause, CompareOp, Direction, Expr, ExprKind, LabelExpr, LabelExprKind, Literal,
        MatchClause, Name, NodePattern, Pattern, PatternElement, PatternPart, Projection,
        ProjectionItem, Query, RelationshipPattern, ReturnClause, Selector, SingleQuery, SortItem,
        Subquery, SubqueryKind, UnaryOp, UnwindClause, WithClause,
    },
};

const NOWHERE: Span = Span { start: 0, end: 0 };

pub(super) fn name(text: &str) -> Name {
    Name {
        text: text.to_owned(),
        span: NOWHERE,
    }
}

pub(super) fn expr(kind: ExprKind) -> Expr {
    Expr {
        kind,
        span: NOWHERE,
    }
}

/// `n`
pub(super) fn var(text: &str) -> Expr {
    expr(ExprKind::Variable(text.to_owned()))
}

/// `n.name`
pub(super) fn prop(of: Expr, key: &str) -> Expr {
    expr(ExprKind::Property(Box::new(of), name(key)))
}

pub(super) fn literal(value: Literal) -> Expr {
    expr(ExprKind::Literal(value))
}

pub(super) fn text(value: &str) -> Expr {
    literal(Literal::String(value.to_owned()))
}

pub(super) fn null() -> Expr {
    literal(Literal::Null)
}

pub(super) fn number(value: f64) -> Expr {
    let whole = value.fract() == 0.0 && value.abs() < 9e15;
    literal(if whole {
        Literal::Integer(value as i64)
    } else {
        Literal::Float(value)
    })
}

/// `a < b`
pub(super) fn compare(a: Expr, op: CompareOp, b: Expr) -> Expr {
    expr(ExprKind::Comparison(Box::new(a), vec![(op, b)]))
}

pub(super) fn equal(a: Expr, b: Expr) -> Expr {
    compare(a, CompareOp::Equal, b)
}

pub(super) fn op(cmp: Cmp) -> CompareOp {
    match cmp {
        Cmp::Equal => CompareOp::Equal,
        Cmp::Less => CompareOp::Less,
        Cmp::LessOrEqual => CompareOp::LessOrEqual,
        Cmp::Greater => CompareOp::Greater,
        Cmp::GreaterOrEqual => CompareOp::GreaterOrEqual,
    }
}

pub(super) fn binary(op: BinaryOp, a: Expr, b: Expr) -> Expr {
    expr(ExprKind::Binary(op, NOWHERE, Box::new(a), Box::new(b)))
}

/// The conjunction; `true` if there are no parts.
pub(super) fn and(parts: Vec<Expr>) -> Expr {
    let whole = parts.into_iter().reduce(|a, b| binary(BinaryOp::And, a, b));
    whole.unwrap_or_else(|| literal(Literal::Boolean(true)))
}

/// The disjunction; `false` if there are no parts.
pub(super) fn or(parts: Vec<Expr>) -> Expr {
    let whole = parts.into_iter().reduce(|a, b| binary(BinaryOp::Or, a, b));
    whole.unwrap_or_else(|| literal(Literal::Boolean(false)))
}

/// The negation; null counts as false and gives true.
pub(super) fn not(of: Expr) -> Expr {
    let known = matches!(
        of.kind,
        ExprKind::Subquery(..) | ExprKind::IsNull { .. } | ExprKind::HasLabels(..)
    );
    let of = if known {
        of
    } else {
        call("coalesce", vec![of, literal(Literal::Boolean(false))])
    };
    expr(ExprKind::Unary(UnaryOp::Not, Box::new(of)))
}

pub(super) fn is_null(operand: Expr, negated: bool) -> Expr {
    expr(ExprKind::IsNull {
        operand: Box::new(operand),
        negated,
    })
}

pub(super) fn call(function: &str, arguments: Vec<Expr>) -> Expr {
    expr(ExprKind::Call {
        name: vec![name(function)],
        distinct: false,
        arguments,
    })
}

pub(super) fn call_distinct(function: &str, argument: Expr) -> Expr {
    expr(ExprKind::Call {
        name: vec![name(function)],
        distinct: true,
        arguments: vec![argument],
    })
}

/// An element of a list.
pub(super) fn index(list: Expr, at: Expr) -> Expr {
    expr(ExprKind::Index(Box::new(list), Box::new(at)))
}

/// The first elements of a list.
pub(super) fn first_of(list: Expr, count: Expr) -> Expr {
    expr(ExprKind::Slice(Box::new(list), None, Some(Box::new(count))))
}

pub(super) fn list(items: Vec<Expr>) -> Expr {
    expr(ExprKind::List(items))
}

/// `EXISTS { … }`, `COUNT { … }`
pub(super) fn subquery(kind: SubqueryKind, clauses: Vec<Clause>) -> Expr {
    let plain = match <[Clause; 1]>::try_from(clauses) {
        Ok([Clause::Match(clause)]) if !clause.optional => {
            let inside = Subquery::Pattern {
                pattern: clause.pattern,
                predicate: clause.predicate,
            };
            return expr(ExprKind::Subquery(kind, Box::new(inside)));
        }
        Ok([clause]) => vec![clause],
        Err(clauses) => clauses,
    };
    let mut plain = plain;
    if matches!(plain.last(), Some(Clause::Match(_))) {
        let one = ProjectionItem {
            expr: number(1.0),
            alias: None,
            text: "1".to_owned(),
        };
        plain.push(returned(false, vec![one], Vec::new()));
    }
    expr(ExprKind::Subquery(
        kind,
        Box::new(Subquery::Query(query(plain))),
    ))
}

pub(super) fn query(clauses: Vec<Clause>) -> Query {
    Query {
        first: single(clauses),
        rest: Vec::new(),
        span: NOWHERE,
    }
}

pub(super) fn single(clauses: Vec<Clause>) -> SingleQuery {
    SingleQuery {
        clauses,
        span: NOWHERE,
    }
}

pub(super) fn match_(parts: Vec<PatternElement>, predicates: Vec<Expr>) -> Clause {
    matched(false, parts.into_iter().map(part).collect(), predicates)
}

pub(super) fn optional_match(parts: Vec<PatternElement>, predicates: Vec<Expr>) -> Clause {
    matched(true, parts.into_iter().map(part).collect(), predicates)
}

pub(super) fn matched(optional: bool, parts: Vec<PatternPart>, predicates: Vec<Expr>) -> Clause {
    Clause::Match(MatchClause {
        optional,
        pattern: Pattern {
            repeatable: false,
            parts,
            span: NOWHERE,
        },
        predicate: (!predicates.is_empty()).then(|| and(predicates)),
        yields: None,
        span: NOWHERE,
    })
}

pub(super) fn part(element: PatternElement) -> PatternPart {
    PatternPart {
        prefix: None,
        predicate: None,
        variable: None,
        selector: Selector::All,
        alternatives: Vec::new(),
        element,
        span: NOWHERE,
    }
}

pub(super) fn element(start: NodePattern) -> PatternElement {
    PatternElement {
        start,
        steps: Vec::new(),
        span: NOWHERE,
    }
}

pub(super) fn node(variable: Option<&str>, kind: &[String]) -> NodePattern {
    NodePattern {
        variable: variable.map(name),
        labels: label_expr(kind),
        properties: None,
        predicate: None,
        span: NOWHERE,
    }
}

pub(super) fn relationship(
    variable: Option<&str>,
    types: &[String],
    direction: Direction,
) -> RelationshipPattern {
    RelationshipPattern {
        questioned: false,
        group: None,
        variable: variable.map(name),
        types: label_expr(types),
        length: None,
        properties: None,
        predicate: None,
        direction,
        span: NOWHERE,
    }
}

pub(super) fn label_expr(labels: &[String]) -> Option<LabelExpr> {
    let one = |label: &String| LabelExpr {
        kind: LabelExprKind::Name(name(label)),
        span: NOWHERE,
    };
    match labels {
        [] => None,
        [label] => Some(one(label)),
        several => Some(LabelExpr {
            kind: LabelExprKind::Or(several.iter().map(one).collect()),
            span: NOWHERE,
        }),
    }
}

pub(super) fn map(entries: Vec<(&str, Expr)>) -> Expr {
    let entries = entries.into_iter().map(|(key, value)| (name(key), value));
    expr(ExprKind::Map(entries.collect()))
}

/// `expression AS alias`
pub(super) fn item(expr: Expr, alias: &str) -> ProjectionItem {
    let same = matches!(&expr.kind, ExprKind::Variable(name) if name == alias);
    ProjectionItem {
        expr,
        alias: (!same).then(|| name(alias)),
        text: alias.to_owned(),
    }
}

pub(super) fn projection(
    distinct: bool,
    items: Vec<ProjectionItem>,
    order_by: Vec<SortItem>,
) -> Projection {
    Projection {
        distinct,
        order_by,
        ..Projection::of(items, NOWHERE)
    }
}

pub(super) fn with(distinct: bool, items: Vec<ProjectionItem>, predicate: Option<Expr>) -> Clause {
    Clause::With(WithClause {
        projection: projection(distinct, items, Vec::new()),
        predicate,
        span: NOWHERE,
    })
}

/// `WITH DISTINCT … ORDER BY … WHERE …`
pub(super) fn sorted_with(
    items: Vec<ProjectionItem>,
    order_by: Vec<SortItem>,
    predicate: Expr,
) -> Clause {
    Clause::With(WithClause {
        projection: projection(true, items, order_by),
        predicate: Some(predicate),
        span: NOWHERE,
    })
}

pub(super) fn returned(
    distinct: bool,
    items: Vec<ProjectionItem>,
    order_by: Vec<SortItem>,
) -> Clause {
    Clause::Return(ReturnClause {
        projection: projection(distinct, items, order_by),
        span: NOWHERE,
    })
}

/// The number of distinct values of an item, as a subquery.
pub(super) fn count_distinct(mut clauses: Vec<Clause>, of: ProjectionItem) -> Expr {
    clauses.push(returned(true, vec![of], Vec::new()));
    subquery(SubqueryKind::Count, clauses)
}

pub(super) fn unwind(list: Expr, variable: &str) -> Clause {
    Clause::Unwind(UnwindClause {
        list,
        variable: name(variable),
        span: NOWHERE,
    })
}

pub(super) fn sort(expr: Expr, descending: bool) -> SortItem {
    SortItem {
        expr,
        descending,
        nulls_first: None,
    }
}
