//! Trees of expressions, made up by proptest.

use proptest::{collection::vec, option, prelude::*, sample::select};
use relata::{
    base::Span,
    syntax::ast::{
        BinaryOp, CompareOp, Direction, Expr, ExprKind, LabelExpr, LabelExprKind, Length, Literal,
        MapProjectionItem, Name, NodePattern, Pattern, PatternElement, PatternPart, Quantifier,
        RelationshipPattern, Selector, Subquery, SubqueryKind, UnaryOp,
    },
};

const BINARY: &[BinaryOp] = &[
    BinaryOp::Or,
    BinaryOp::Xor,
    BinaryOp::And,
    BinaryOp::In,
    BinaryOp::StartsWith,
    BinaryOp::EndsWith,
    BinaryOp::Contains,
    BinaryOp::Matches,
    BinaryOp::Add,
    BinaryOp::Subtract,
    BinaryOp::Multiply,
    BinaryOp::Divide,
    BinaryOp::Modulo,
    BinaryOp::Power,
    BinaryOp::Concat,
];

const COMPARE: &[CompareOp] = &[
    CompareOp::Equal,
    CompareOp::NotEqual,
    CompareOp::Less,
    CompareOp::LessOrEqual,
    CompareOp::Greater,
    CompareOp::GreaterOrEqual,
];

/// Any expression that a text can stand for.
pub(crate) fn expression() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            operators(inner.clone()),
            collections(inner.clone()),
            forms(inner)
        ]
    })
}

fn expr(kind: ExprKind) -> Expr {
    let span = Span::default();
    Expr { kind, span }
}

/// Words with a meaning of their own are as likely as others.
fn name() -> impl Strategy<Value = Name> + Clone {
    const WORDS: &[&str] = &[
        "n",
        "x",
        "name",
        "Ωmega",
        "order",
        "end",
        "starts",
        "ends",
        "in",
        "is",
        "not",
        "null",
        "true",
        "and",
        "with",
        "where",
        "count",
        "exists",
        "all",
        "any",
        "reduce",
        "case",
        "when",
        "distinct",
        "a b",
        "`",
        "1a",
        "",
        "skip",
        "limit",
        "return",
        "contains",
        "collect",
        "shortestPaths",
        "optional",
        "by",
        "desc",
    ];
    prop_oneof![
        select(WORDS).prop_map(str::to_owned),
        "[a-z]{1,3}",
        "\\PC{0,4}"
    ]
    .prop_map(|text| Name {
        text,
        span: Span::default(),
    })
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        literal().prop_map(ExprKind::Literal),
        name().prop_map(|name| ExprKind::Variable(name.text)),
        name().prop_map(ExprKind::Parameter),
        Just(ExprKind::CountStar),
    ]
    .prop_map(expr)
}

fn literal() -> impl Strategy<Value = Literal> {
    let floats = any::<f64>().prop_filter("no literal stands for it", |value| value.is_finite());
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        any::<i64>().prop_map(Literal::Integer),
        (0_i64..10).prop_map(Literal::Integer),
        floats.prop_map(Literal::Float),
        ".{0,5}".prop_map(Literal::String),
        "[\\\\'\"a\n\u{0}]{0,4}".prop_map(Literal::String),
    ]
}

fn operators(inner: impl Strategy<Value = Expr> + Clone + 'static) -> impl Strategy<Value = Expr> {
    let boxed = inner.clone().prop_map(Box::new);
    let unary = select(&[UnaryOp::Not, UnaryOp::Minus, UnaryOp::Plus][..]);
    prop_oneof![
        (select(BINARY), boxed.clone(), boxed.clone())
            .prop_map(|(op, left, right)| ExprKind::Binary(op, Span::default(), left, right)),
        (unary, boxed.clone()).prop_map(|(op, operand)| ExprKind::Unary(op, operand)),
        (boxed.clone(), vec((select(COMPARE), inner), 1..3))
            .prop_map(|(first, rest)| ExprKind::Comparison(first, rest)),
        (boxed.clone(), any::<bool>())
            .prop_map(|(operand, negated)| ExprKind::IsNull { operand, negated }),
        (boxed.clone(), labels())
            .prop_map(|(operand, labels)| ExprKind::HasLabels(operand, labels)),
        (boxed.clone(), name()).prop_map(|(base, key)| ExprKind::Property(base, key)),
        (boxed.clone(), boxed.clone()).prop_map(|(base, index)| ExprKind::Index(base, index)),
        (boxed.clone(), option::of(boxed.clone()), option::of(boxed))
            .prop_map(|(base, from, to)| ExprKind::Slice(base, from, to)),
    ]
    .prop_map(expr)
}

fn collections(
    inner: impl Strategy<Value = Expr> + Clone + 'static,
) -> impl Strategy<Value = Expr> {
    let boxed = inner.clone().prop_map(Box::new);
    let condition = option::of(condition(inner.clone()).prop_map(Box::new));
    let projected = prop_oneof![
        name().prop_map(MapProjectionItem::Property),
        Just(MapProjectionItem::All(Span::default())),
        (name(), inner.clone()).prop_map(|(key, value)| MapProjectionItem::Entry(key, value)),
        name().prop_map(MapProjectionItem::Variable),
    ];
    prop_oneof![
        vec(inner.clone(), 0..4).prop_map(ExprKind::List),
        vec((name(), inner.clone()), 0..3).prop_map(ExprKind::Map),
        (name(), vec(projected, 0..4))
            .prop_map(|(name, items)| ExprKind::MapProjection(name, items)),
        (
            name(),
            boxed.clone(),
            condition.clone(),
            option::of(boxed.clone())
        )
            .prop_map(
                |(variable, list, predicate, map)| ExprKind::ListComprehension {
                    variable,
                    list,
                    predicate,
                    map
                }
            ),
        (option::of(name()), path(inner), condition, boxed).prop_map(
            |(variable, element, predicate, map)| {
                ExprKind::PatternComprehension {
                    variable,
                    element: Box::new(element),
                    predicate,
                    map,
                }
            }
        ),
    ]
    .prop_map(expr)
}

fn forms(inner: impl Strategy<Value = Expr> + Clone + 'static) -> impl Strategy<Value = Expr> {
    let boxed = inner.clone().prop_map(Box::new);
    let condition = condition(inner.clone());
    const QUANTIFIERS: &[Quantifier] = &[
        Quantifier::All,
        Quantifier::Any,
        Quantifier::None,
        Quantifier::Single,
    ];
    const KINDS: &[SubqueryKind] = &[
        SubqueryKind::Exists,
        SubqueryKind::Count,
        SubqueryKind::Collect,
    ];
    prop_oneof![
        (
            select(QUANTIFIERS),
            name(),
            boxed.clone(),
            option::of(condition.clone().prop_map(Box::new))
        )
            .prop_map(
                |(quantifier, variable, list, predicate)| ExprKind::Quantifier {
                    quantifier,
                    variable,
                    list,
                    predicate
                }
            ),
        (name(), boxed.clone(), name(), boxed.clone(), boxed.clone()).prop_map(
            |(accumulator, init, variable, list, body)| ExprKind::Reduce {
                accumulator,
                init,
                variable,
                list,
                body
            }
        ),
        (
            option::of(boxed.clone()),
            vec((condition.clone(), inner.clone()), 1..3),
            option::of(boxed)
        )
            .prop_map(|(operand, branches, otherwise)| ExprKind::Case {
                operand,
                branches,
                otherwise
            }),
        (vec(name(), 1..3), any::<bool>(), vec(inner.clone(), 0..3))
            .prop_filter("refused", |(name, ..)| !name[0]
                .text
                .to_lowercase()
                .ends_with("shortestpath"))
            .prop_map(|(name, distinct, arguments)| ExprKind::Call {
                name,
                distinct,
                arguments
            }),
        (select(KINDS), path(inner), option::of(condition)).prop_map(
            |(kind, element, predicate)| {
                ExprKind::Subquery(kind, Box::new(subquery(element, predicate)))
            }
        ),
    ]
    .prop_map(expr)
}

/// An expression, or a pattern and its denial.
fn condition(
    inner: impl Strategy<Value = Expr> + Clone + 'static,
) -> impl Strategy<Value = Expr> + Clone {
    let pattern =
        path(inner.clone()).prop_map(|element| expr(ExprKind::Pattern(Box::new(element))));
    let denied = pattern
        .clone()
        .prop_map(|pattern| expr(ExprKind::Unary(UnaryOp::Not, Box::new(pattern))));
    let joined =
        (select(&BINARY[..3]), pattern.clone(), inner.clone()).prop_map(|(op, left, right)| {
            expr(ExprKind::Binary(
                op,
                Span::default(),
                Box::new(left),
                Box::new(right),
            ))
        });
    prop_oneof![4 => inner, 1 => pattern, 1 => denied, 1 => joined]
}

fn subquery(element: PatternElement, predicate: Option<Expr>) -> Subquery {
    let span = Span::default();
    let part = PatternPart {
        variable: None,
        selector: Selector::All,
        element,
        span,
    };
    let pattern = Pattern {
        parts: vec![part],
        span,
    };
    Subquery::Pattern { pattern, predicate }
}

fn path(
    inner: impl Strategy<Value = Expr> + Clone + 'static,
) -> impl Strategy<Value = PatternElement> + Clone {
    let steps = vec((relationship(inner.clone()), node(inner.clone())), 1..3);
    (node(inner), steps).prop_map(|(start, steps)| PatternElement {
        start,
        steps,
        span: Span::default(),
    })
}

fn properties(
    inner: impl Strategy<Value = Expr> + Clone + 'static,
) -> impl Strategy<Value = Option<Expr>> + Clone {
    let map = vec((name(), inner), 0..2).prop_map(|entries| expr(ExprKind::Map(entries)));
    let parameter = name().prop_map(|name| expr(ExprKind::Parameter(name)));
    option::of(prop_oneof![map, parameter])
}

fn node(
    inner: impl Strategy<Value = Expr> + Clone + 'static,
) -> impl Strategy<Value = NodePattern> + Clone {
    let predicate = option::weighted(0.2, inner.clone());
    (
        option::of(name()),
        option::of(labels()),
        properties(inner),
        predicate,
    )
        .prop_map(|(variable, labels, properties, predicate)| NodePattern {
            variable,
            labels,
            properties,
            predicate,
            span: Span::default(),
        })
}

fn relationship(
    inner: impl Strategy<Value = Expr> + Clone + 'static,
) -> impl Strategy<Value = RelationshipPattern> + Clone {
    const DIRECTIONS: &[Direction] = &[Direction::Incoming, Direction::Outgoing, Direction::Either];
    let length = (option::of(0_u64..9), option::of(any::<u32>())).prop_map(|(min, max)| Length {
        min,
        max: max.map(u64::from),
        span: Span::default(),
    });
    let predicate = option::weighted(0.2, inner.clone());
    let parts = (option::of(name()), option::of(labels()), option::of(length));
    (parts, properties(inner), predicate, select(DIRECTIONS)).prop_map(
        |((variable, types, length), properties, predicate, direction)| RelationshipPattern {
            variable,
            types,
            length,
            properties,
            predicate,
            direction,
            span: Span::default(),
        },
    )
}

fn labels() -> impl Strategy<Value = LabelExpr> + Clone {
    let labels = |kind| LabelExpr {
        kind,
        span: Span::default(),
    };
    let leaf =
        prop_oneof![4 => name().prop_map(LabelExprKind::Name), 1 => Just(LabelExprKind::Any)]
            .prop_map(labels);
    leaf.prop_recursive(3, 8, 3, move |inner| {
        prop_oneof![
            inner
                .clone()
                .prop_map(|label| LabelExprKind::Not(Box::new(label))),
            vec(inner.clone(), 2..4).prop_map(LabelExprKind::And),
            vec(inner, 2..4).prop_map(LabelExprKind::Or),
        ]
        .prop_map(labels)
    })
    .boxed()
}
