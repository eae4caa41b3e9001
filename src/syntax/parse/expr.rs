//! Builds the tree of operators from the flat list of operands and operators.

use pest::pratt_parser::{Assoc::Left, ConstPrattParser, Op};

use super::{
    Result,
    cursor::{Cursor, Pair, place},
    grammar::Rule,
    node::{Builder, name, refuse},
};
use crate::{
    base::{Code, Span},
    syntax::ast::{BinaryOp, CompareOp, Expr, ExprKind, UnaryOp},
};

/// The operators by increasing precedence; `true` starts a level.
static PRECEDENCE: ConstPrattParser<Rule, 43> = ConstPrattParser::new_const([
    (Op::infix(Rule::or, Left), true),
    (Op::infix(Rule::xor, Left), true),
    (Op::infix(Rule::and, Left), true),
    (Op::prefix(Rule::not), true),
    (Op::infix(Rule::equal, Left), true),
    (Op::infix(Rule::not_equal, Left), false),
    (Op::infix(Rule::less, Left), false),
    (Op::infix(Rule::less_or_equal, Left), false),
    (Op::infix(Rule::greater, Left), false),
    (Op::infix(Rule::greater_or_equal, Left), false),
    (Op::infix(Rule::starts_with, Left), true),
    (Op::infix(Rule::ends_with, Left), false),
    (Op::infix(Rule::contains, Left), false),
    (Op::infix(Rule::in_, Left), false),
    (Op::infix(Rule::matches, Left), false),
    (Op::postfix(Rule::null_test), false),
    (Op::postfix(Rule::truth_test), false),
    (Op::postfix(Rule::type_test), false),
    (Op::postfix(Rule::bar_free_type_test), false),
    (Op::postfix(Rule::typed), false),
    (Op::postfix(Rule::bar_free_typed), false),
    (Op::postfix(Rule::normalized_test), false),
    (Op::postfix(Rule::labeled_test), false),
    (Op::postfix(Rule::bar_free_labeled_test), false),
    (Op::postfix(Rule::directed_test), false),
    (Op::postfix(Rule::end_test), false),
    (Op::postfix(Rule::label_test), false),
    (Op::postfix(Rule::bar_free_label_test), false),
    (Op::infix(Rule::plus, Left), true),
    (Op::infix(Rule::minus, Left), false),
    (Op::infix(Rule::concat, Left), false),
    (Op::infix(Rule::star, Left), true),
    (Op::infix(Rule::divide, Left), false),
    (Op::infix(Rule::modulo, Left), false),
    (Op::infix(Rule::power, Left), true),
    (Op::prefix(Rule::unary_minus), true),
    (Op::prefix(Rule::unary_plus), false),
    (Op::postfix(Rule::property), true),
    (Op::postfix(Rule::subscript), false),
    (Op::postfix(Rule::call), false),
    (Op::postfix(Rule::projected_items), false),
    (Op::postfix(Rule::has_labels), false),
    (Op::postfix(Rule::bar_free_has_labels), false),
]);

/// An expression that is being built. Chains are lists until they are complete.
pub(super) enum Operand {
    /// `a`, `a + b`, `(a AND b)`
    Whole(Expr),
    /// `a AND b AND c`, with the span of each operator.
    Logic(BinaryOp, Vec<Expr>, Vec<Span>),
    /// `a < b <= c`
    Comparison(Box<Expr>, Vec<(CompareOp, Expr)>),
}

impl<'i> Builder<'i> {
    /// Builds an expression whose value is used; a bare pattern is an error.
    pub(super) fn expression(&self, pair: Pair<'i>) -> Result<Expr> {
        self.condition(pair).and_then(used_as_value)
    }

    /// Builds an expression whose truth is tested. Only here, and as an operand of `AND`, `OR`, `XOR` and `NOT`, a
    /// pattern is allowed.
    pub(super) fn condition(&self, pair: Pair<'i>) -> Result<Expr> {
        let levels = 1 + operators(&pair);
        let span = place(&pair);
        self.deeper(levels, span, || self.operands(pair))
    }

    fn operands(&self, pair: Pair<'i>) -> Result<Expr> {
        let mut parts = pair.clone().into_inner();
        if let (Some(only), None) = (parts.next(), parts.next()) {
            return self.atom(only);
        }
        PRECEDENCE
            .map_primary(|atom| self.atom(atom).map(Operand::Whole))
            .map_prefix(|op, operand| prefixed(&op, operand?.into_expr()))
            .map_postfix(|operand, op| self.postfixed(used_as_value(operand?.into_expr())?, op))
            .map_infix(|left, op, right| combined(left?, &op, right?))
            .parse(pair.into_inner())
            .map(Operand::into_expr)
    }

    pub(super) fn postfixed(&self, operand: Expr, pair: Pair<'i>) -> Result<Operand> {
        let (rule, end) = (pair.as_rule(), place(&pair));
        let start = operand.span;
        let mut parts = Cursor::inside(pair);
        if rule == Rule::call {
            let kind = self.call(operand, parts)?;
            let span = start.to(end);
            return Ok(Operand::Whole(Expr { kind, span }));
        }
        if let Some(negated) = is_predicate(rule).then(|| parts.flag(Rule::not)) {
            let span = start.to(end);
            let kind = self.gql_predicate(rule, operand, parts, span)?;
            let test = Expr { kind, span };
            return Ok(Operand::Whole(match negated {
                true => Expr {
                    kind: ExprKind::Unary(UnaryOp::Not, Box::new(test)),
                    span,
                },
                false => test,
            }));
        }
        let operand = Box::new(operand);
        let (kind, end) = match rule {
            Rule::type_test | Rule::bar_free_type_test | Rule::typed | Rule::bar_free_typed => {
                let negated = parts.flag(Rule::not);
                let value_type = self.value_type(parts.need())?;
                let kind = ExprKind::IsTyped {
                    operand,
                    value_type,
                    negated,
                };
                (kind, end)
            }
            Rule::property => (ExprKind::Property(operand, name(&parts.need())), end),
            Rule::subscript => (self.subscript(operand, parts)?, end),
            Rule::projected_items => (self.map_projection(&operand, parts)?, end),
            Rule::null_test => {
                let negated = parts.flag(Rule::not);
                (ExprKind::IsNull { operand, negated }, end)
            }
            _ => {
                let labels = self.label_expression(parts.need())?;
                self.refuse_second_labels(&operand, labels.span)?;
                let end = labels.span;
                (ExprKind::HasLabels(operand, labels), end)
            }
        };
        let span = start.to(end);
        Ok(Operand::Whole(Expr { kind, span }))
    }

    /// Rejects a second label expression: `n:A|B:C` would be ambiguous.
    fn refuse_second_labels(&self, operand: &Expr, labels: Span) -> Result<()> {
        if !matches!(operand.kind, ExprKind::HasLabels(..))
            || self.slice(operand.span).starts_with('(')
        {
            return Ok(());
        }
        let message = "expected one label expression, found a second one";
        refuse(
            Code::UnexpectedSyntax,
            labels,
            message,
            "use brackets and `&`: `n:(A|B)&C`",
        )
    }

    /// `[0]`, `[1..2]`
    fn subscript(&self, operand: Box<Expr>, mut parts: Cursor<'i>) -> Result<ExprKind> {
        let boxed = |pair| self.expression(pair).map(Box::new);
        let from = parts.eat(Rule::expression).map(boxed).transpose()?;
        if parts.flag(Rule::dots) {
            let to = parts.eat(Rule::expression).map(boxed).transpose()?;
            return Ok(ExprKind::Slice(operand, from, to));
        }
        let index = from.expect("a subscript without dots holds an expression");
        let more = parts.rest(|pair| self.expression(pair))?;
        if more.is_empty() {
            return Ok(ExprKind::Index(operand, index));
        }
        self.path_elements(*operand, *index, more)
    }
}

/// The maximum number of tree levels that the operators of one expression form. `AND`, `OR` and `XOR` start again at
/// zero, since their chains become balanced trees.
fn operators(pair: &Pair<'_>) -> usize {
    let (mut most, mut run) = (0_usize, 0);
    for part in pair.clone().into_inner() {
        match part.as_rule() {
            Rule::and | Rule::or | Rule::xor => run = 0,
            rule if is_operator(rule) => run += 1,
            _ => {}
        }
        most = most.max(run);
    }
    most
}

fn is_operator(rule: Rule) -> bool {
    let postfix = matches!(
        rule,
        Rule::property
            | Rule::subscript
            | Rule::call
            | Rule::null_test
            | Rule::truth_test
            | Rule::type_test
            | Rule::bar_free_type_test
            | Rule::typed
            | Rule::bar_free_typed
            | Rule::normalized_test
            | Rule::labeled_test
            | Rule::bar_free_labeled_test
            | Rule::directed_test
            | Rule::end_test
            | Rule::label_test
            | Rule::has_labels
            | Rule::bar_free_label_test
            | Rule::bar_free_has_labels
    );
    postfix || prefix(rule).is_some() || comparison(rule).is_some() || infix(rule).is_some()
}

/// Whether a rule is a predicate that [`Builder::gql_predicate`] builds.
fn is_predicate(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::truth_test
            | Rule::normalized_test
            | Rule::labeled_test
            | Rule::bar_free_labeled_test
            | Rule::directed_test
            | Rule::end_test
    )
}

/// Rejects a bare pattern, which is a predicate and not a value.
fn used_as_value(expr: Expr) -> Result<Expr> {
    if !matches!(expr.kind, ExprKind::Pattern(_)) {
        return Ok(expr);
    }
    refuse(
        Code::UnexpectedSyntax,
        expr.span,
        "expected a value, found a pattern, which is only allowed as a predicate",
        "use `EXISTS { … }` for whether it matches, `COUNT { … }` for how often, or `[(a)-->(b) | b]` for a list",
    )
}

fn prefixed(op: &Pair<'_>, operand: Expr) -> Result<Operand> {
    let kind = prefix(op.as_rule()).expect("the table holds no other prefix operators");
    let operand = match kind {
        UnaryOp::Not => operand,
        UnaryOp::Minus | UnaryOp::Plus => used_as_value(operand)?,
    };
    Ok(Operand::Whole(Expr {
        span: place(op).to(operand.span),
        kind: ExprKind::Unary(kind, Box::new(operand)),
    }))
}

pub(super) fn combined(left: Operand, op: &Pair<'_>, right: Operand) -> Result<Operand> {
    let (rule, span) = (op.as_rule(), place(op));
    if let Some(compare) = comparison(rule) {
        return compared(left, compare, right.into_expr());
    }
    let binary = infix(rule).expect("the table holds no other infix operators");
    if matches!(rule, Rule::and | Rule::or | Rule::xor) {
        return Ok(chained(left, binary, span, right.into_expr()));
    }
    let (left, right) = (
        used_as_value(left.into_expr())?,
        used_as_value(right.into_expr())?,
    );
    Ok(Operand::Whole(binary_expr(binary, span, left, right)))
}

fn compared(left: Operand, op: CompareOp, right: Expr) -> Result<Operand> {
    let right = used_as_value(right)?;
    Ok(match left {
        Operand::Comparison(first, mut rest) => {
            rest.push((op, right));
            Operand::Comparison(first, rest)
        }
        other => Operand::Comparison(
            Box::new(used_as_value(other.into_expr())?),
            vec![(op, right)],
        ),
    })
}

fn chained(left: Operand, op: BinaryOp, span: Span, right: Expr) -> Operand {
    match left {
        Operand::Logic(same, mut operands, mut places) if same == op => {
            operands.push(right);
            places.push(span);
            Operand::Logic(op, operands, places)
        }
        other => Operand::Logic(op, vec![other.into_expr(), right], vec![span]),
    }
}

impl Operand {
    pub(super) fn into_expr(self) -> Expr {
        match self {
            Self::Whole(expr) => expr,
            Self::Logic(op, operands, places) => {
                let count = operands.len();
                balanced(op, &mut operands.into_iter(), &places, count)
            }
            Self::Comparison(first, rest) => {
                let last = rest.last().map_or(first.span, |(_, operand)| operand.span);
                Expr {
                    span: first.span.to(last),
                    kind: ExprKind::Comparison(first, rest),
                }
            }
        }
    }
}

/// Builds a balanced tree of the next `count` operands, the larger half on the left; `places` are the spans of the
/// operators. They are associative, so the shape does not matter, and a long chain does not become a deep tree.
fn balanced(
    op: BinaryOp,
    operands: &mut impl Iterator<Item = Expr>,
    places: &[Span],
    count: usize,
) -> Expr {
    if count == 1 {
        return operands
            .next()
            .expect("a chain has as many operands as are counted");
    }
    let half = count.div_ceil(2);
    let left = balanced(op, operands, &places[..half - 1], half);
    let right = balanced(op, operands, &places[half..], count - half);
    binary_expr(op, places[half - 1], left, right)
}

pub(super) fn binary_expr(op: BinaryOp, place: Span, left: Expr, right: Expr) -> Expr {
    Expr {
        span: left.span.to(right.span),
        kind: ExprKind::Binary(op, place, Box::new(left), Box::new(right)),
    }
}

fn comparison(rule: Rule) -> Option<CompareOp> {
    Some(match rule {
        Rule::equal => CompareOp::Equal,
        Rule::not_equal => CompareOp::NotEqual,
        Rule::less => CompareOp::Less,
        Rule::less_or_equal => CompareOp::LessOrEqual,
        Rule::greater => CompareOp::Greater,
        Rule::greater_or_equal => CompareOp::GreaterOrEqual,
        _ => return None,
    })
}

fn prefix(rule: Rule) -> Option<UnaryOp> {
    Some(match rule {
        Rule::not => UnaryOp::Not,
        Rule::unary_minus => UnaryOp::Minus,
        Rule::unary_plus => UnaryOp::Plus,
        _ => return None,
    })
}

fn infix(rule: Rule) -> Option<BinaryOp> {
    Some(match rule {
        Rule::or => BinaryOp::Or,
        Rule::xor => BinaryOp::Xor,
        Rule::and => BinaryOp::And,
        Rule::in_ => BinaryOp::In,
        Rule::starts_with => BinaryOp::StartsWith,
        Rule::ends_with => BinaryOp::EndsWith,
        Rule::contains => BinaryOp::Contains,
        Rule::matches => BinaryOp::Matches,
        Rule::plus => BinaryOp::Add,
        Rule::minus => BinaryOp::Subtract,
        Rule::star => BinaryOp::Multiply,
        Rule::divide => BinaryOp::Divide,
        Rule::modulo => BinaryOp::Modulo,
        Rule::power => BinaryOp::Power,
        Rule::concat => BinaryOp::Concat,
        _ => return None,
    })
}
