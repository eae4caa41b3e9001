//! Prints expressions, with parentheses only where precedence requires them.

use std::fmt::{self, Display, Formatter};

use super::{
    each, joined,
    label::InExpression,
    name::{Function, Parameter, Variable},
    optional,
};
use crate::syntax::ast::{
    BaseType, BinaryOp, CompareOp, Expr, ExprKind, Literal, MapProjectionItem, Name, Quantifier,
    ReduceBody, SubqueryKind, UnaryOp, ValueType,
};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        at_least(f, self, Level::Or)
    }
}

/// The precedence of an expression, in increasing order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    Xor,
    And,
    Not,
    Comparison,
    Predicate,
    Sum,
    Product,
    Power,
    Unary,
    Labelled,
    Postfix,
}

/// Prints the expression, in parentheses if its precedence is below `least`.
fn at_least(f: &mut Formatter<'_>, expr: &Expr, least: Level) -> fmt::Result {
    if level(&expr.kind) < least {
        return write!(f, "({expr})");
    }
    match &expr.kind {
        ExprKind::Literal(literal) => literal.fmt(f),
        // Expressions are compared by their text: a lifted literal equals none that is written elsewhere.
        ExprKind::Lifted(number, _) => write!(f, "\0{number}"),
        ExprKind::Parameter(name) => Parameter(name).fmt(f),
        ExprKind::Variable(name) => Variable(name).fmt(f),
        ExprKind::Property(base, key) => postfix(f, base, format_args!(".{key}")),
        ExprKind::Index(base, index) => postfix(f, base, format_args!("[{index}]")),
        ExprKind::Slice(base, from, to) => slice(f, base, from.as_deref(), to.as_deref()),
        ExprKind::Unary(op, operand) => unary(f, *op, operand),
        ExprKind::Binary(op, _, left, right) => binary(f, expr, *op, left, right),
        ExprKind::Comparison(first, rest) => comparison(f, first, rest),
        ExprKind::IsNull { operand, negated } => {
            at_least(f, operand, Level::Predicate)?;
            f.write_str(if *negated { " IS NOT NULL" } else { " IS NULL" })
        }
        ExprKind::IsTyped {
            operand,
            value_type,
            negated,
        } => {
            at_least(f, operand, Level::Predicate)?;
            let not = if *negated { "NOT " } else { "" };
            write!(f, " IS {not}TYPED {value_type}")
        }
        ExprKind::Cast {
            operand,
            value_type,
        } => write!(f, "CAST({operand} AS {value_type})"),
        ExprKind::Let {
            variable,
            value,
            body,
        } => {
            write!(f, "LET {} = ", Variable(&variable.text))?;
            match contains_membership(value) {
                true => write!(f, "({value})")?,
                false => value.fmt(f)?,
            }
            write!(f, " IN {body} END")
        }
        ExprKind::HasLabels(base, labels) => {
            postfix(f, base, format_args!(":{}", InExpression(labels)))
        }
        ExprKind::List(items) => list(f, items),
        ExprKind::Map(entries) => map(f, entries),
        ExprKind::MapProjection(variable, items) => map_projection(f, variable, items),
        ExprKind::ListComprehension {
            variable,
            list,
            predicate,
            map,
        } => {
            write!(f, "[{} IN {list}", Variable(&variable.text))?;
            optional(f, " WHERE ", predicate.as_ref())?;
            optional(f, " | ", map.as_ref())?;
            f.write_str("]")
        }
        ExprKind::PatternComprehension {
            variable,
            element,
            predicate,
            map,
        } => {
            f.write_str("[")?;
            if let Some(variable) = variable {
                write!(f, "{} = ", Variable(&variable.text))?;
            }
            element.fmt(f)?;
            optional(f, " WHERE ", predicate.as_ref())?;
            write!(f, " | {map}]")
        }
        ExprKind::Quantifier {
            quantifier,
            variable,
            list,
            predicate,
        } => {
            write!(f, "{quantifier}({} IN {list}", Variable(&variable.text))?;
            optional(f, " WHERE ", predicate.as_ref())?;
            f.write_str(")")
        }
        ExprKind::Reduce {
            accumulator,
            init,
            variable,
            list,
            body,
        } => {
            let (accumulator, variable) = (Variable(&accumulator.text), Variable(&variable.text));
            let ReduceBody { next, test } = &**body;
            let name = if test.is_some() {
                "allReduce"
            } else {
                "reduce"
            };
            write!(
                f,
                "{name}({accumulator} = {init}, {variable} IN {list} | {next}"
            )?;
            optional(f, ", ", test.as_ref())?;
            f.write_str(")")
        }
        ExprKind::Case {
            operand,
            branches,
            otherwise,
        } => case(f, operand.as_deref(), branches, otherwise.as_deref()),
        ExprKind::Call {
            name,
            distinct,
            arguments,
        } => call(f, name, *distinct, arguments),
        ExprKind::CountStar => f.write_str("count(*)"),
        ExprKind::Pattern(element) => element.fmt(f),
        ExprKind::Subquery(kind, body) => write!(f, "{kind} {{ {body} }}"),
    }
}

fn level(kind: &ExprKind) -> Level {
    match kind {
        ExprKind::Binary(op, ..) => binary_level(*op),
        ExprKind::Unary(UnaryOp::Not, _) => Level::Not,
        ExprKind::Unary(UnaryOp::Minus | UnaryOp::Plus, _) => Level::Unary,
        ExprKind::Comparison(..) => Level::Comparison,
        ExprKind::IsNull { .. } | ExprKind::IsTyped { .. } => Level::Predicate,
        ExprKind::HasLabels(..) => Level::Labelled,
        ExprKind::Literal(Literal::Integer(value)) if *value < 0 => Level::Unary,
        ExprKind::Literal(Literal::Float(value)) if value.is_sign_negative() => Level::Unary,
        _ => Level::Postfix,
    }
}

fn binary_level(op: BinaryOp) -> Level {
    match op {
        BinaryOp::Or => Level::Or,
        BinaryOp::Xor => Level::Xor,
        BinaryOp::And => Level::And,
        BinaryOp::In
        | BinaryOp::StartsWith
        | BinaryOp::EndsWith
        | BinaryOp::Contains
        | BinaryOp::Matches => Level::Predicate,
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Concat => Level::Sum,
        BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => Level::Product,
        BinaryOp::Power => Level::Power,
    }
}

/// The next higher level after that of a binary operator.
fn tighter(op: BinaryOp) -> Level {
    match binary_level(op) {
        Level::Or => Level::Xor,
        Level::Xor => Level::And,
        Level::And => Level::Not,
        Level::Predicate => Level::Sum,
        Level::Sum => Level::Product,
        Level::Product => Level::Power,
        _ => Level::Unary,
    }
}

fn postfix(f: &mut Formatter<'_>, base: &Expr, rest: fmt::Arguments<'_>) -> fmt::Result {
    at_least(f, base, Level::Postfix)?;
    f.write_fmt(rest)
}

fn slice(
    f: &mut Formatter<'_>,
    base: &Expr,
    from: Option<&Expr>,
    to: Option<&Expr>,
) -> fmt::Result {
    postfix(f, base, format_args!("["))?;
    optional(f, "", from)?;
    f.write_str("..")?;
    optional(f, "", to)?;
    f.write_str("]")
}

/// A minus directly before a number literal would become part of it.
fn unary(f: &mut Formatter<'_>, op: UnaryOp, operand: &Expr) -> fmt::Result {
    let number = matches!(
        operand.kind,
        ExprKind::Literal(Literal::Integer(_) | Literal::Float(_))
    );
    match op {
        UnaryOp::Not => {
            f.write_str("NOT ")?;
            at_least(f, operand, Level::Not)
        }
        UnaryOp::Minus if number => write!(f, "-({operand})"),
        UnaryOp::Minus => {
            f.write_str("-")?;
            at_least(f, operand, Level::Unary)
        }
        UnaryOp::Plus => {
            f.write_str("+")?;
            at_least(f, operand, Level::Unary)
        }
    }
}

fn binary(
    f: &mut Formatter<'_>,
    whole: &Expr,
    op: BinaryOp,
    left: &Expr,
    right: &Expr,
) -> fmt::Result {
    if matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Xor) {
        return logic(f, whole, op, left, right);
    }
    at_least(f, left, binary_level(op))?;
    write!(f, " {op} ")?;
    at_least(f, right, tighter(op))
}

/// Chains parse to balanced trees, so only a balanced tree is printed without parentheses.
fn logic(
    f: &mut Formatter<'_>,
    whole: &Expr,
    op: BinaryOp,
    left: &Expr,
    right: &Expr,
) -> fmt::Result {
    let mut operands = Vec::new();
    collect(whole, op, &mut operands);
    if !is_balanced(whole, op, operands.len()) {
        operands = vec![left, right];
    }
    each(f, &operands, &format!(" {op} "), |f, operand| {
        at_least(f, operand, tighter(op))
    })
}

fn collect<'a>(expr: &'a Expr, op: BinaryOp, operands: &mut Vec<&'a Expr>) {
    match &expr.kind {
        ExprKind::Binary(same, _, left, right) if *same == op => {
            collect(left, op, operands);
            collect(right, op, operands);
        }
        _ => operands.push(expr),
    }
}

fn is_balanced(expr: &Expr, op: BinaryOp, count: usize) -> bool {
    match &expr.kind {
        ExprKind::Binary(same, _, left, right) if *same == op => {
            let half = count.div_ceil(2);
            count > 1 && is_balanced(left, op, half) && is_balanced(right, op, count - half)
        }
        _ => count == 1,
    }
}

fn comparison(f: &mut Formatter<'_>, first: &Expr, rest: &[(CompareOp, Expr)]) -> fmt::Result {
    at_least(f, first, Level::Predicate)?;
    rest.iter().try_for_each(|(op, operand)| {
        write!(f, " {} ", op.symbol())?;
        at_least(f, operand, Level::Predicate)
    })
}

/// Puts the first element in parentheses if it would parse as the head of a comprehension.
fn list(f: &mut Formatter<'_>, items: &[Expr]) -> fmt::Result {
    f.write_str("[")?;
    match items.split_first() {
        Some((first, rest)) if begins_with_membership(first) => {
            write!(f, "({first})")?;
            rest.iter().try_for_each(|item| write!(f, ", {item}"))?;
        }
        _ => joined(f, items, ", ")?,
    }
    f.write_str("]")
}

/// True if the printed expression may have an `IN` outside of brackets.
fn contains_membership(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Binary(op, _, left, right) => {
            *op == BinaryOp::In || contains_membership(left) || contains_membership(right)
        }
        ExprKind::Comparison(first, rest) => {
            contains_membership(first)
                || rest.iter().any(|(_, operand)| contains_membership(operand))
        }
        ExprKind::Unary(_, operand)
        | ExprKind::IsNull { operand, .. }
        | ExprKind::IsTyped { operand, .. } => contains_membership(operand),
        _ => false,
    }
}

/// True if the printed expression starts with `x IN …`.
fn begins_with_membership(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Binary(BinaryOp::In, _, left, _)
            if matches!(left.kind, ExprKind::Variable(_)) =>
        {
            true
        }
        ExprKind::Binary(_, _, left, _) | ExprKind::Comparison(left, _) => {
            begins_with_membership(left)
        }
        ExprKind::IsNull { operand, .. } => begins_with_membership(operand),
        _ => false,
    }
}

fn map(f: &mut Formatter<'_>, entries: &[(Name, Expr)]) -> fmt::Result {
    f.write_str("{")?;
    each(f, entries, ", ", |f, (key, value)| {
        write!(f, "{key}: {value}")
    })?;
    f.write_str("}")
}

fn map_projection(
    f: &mut Formatter<'_>,
    variable: &Name,
    items: &[MapProjectionItem],
) -> fmt::Result {
    write!(f, "{} {{", Variable(&variable.text))?;
    each(f, items, ", ", |f, item| match item {
        MapProjectionItem::Property(name) => write!(f, ".{name}"),
        MapProjectionItem::All(_) => f.write_str(".*"),
        MapProjectionItem::Entry(key, value) => write!(f, "{key}: {value}"),
        MapProjectionItem::Variable(name) => Variable(&name.text).fmt(f),
    })?;
    f.write_str("}")
}

fn case(
    f: &mut Formatter<'_>,
    operand: Option<&Expr>,
    branches: &[(Expr, Expr)],
    otherwise: Option<&Expr>,
) -> fmt::Result {
    f.write_str("CASE")?;
    optional(f, " ", operand)?;
    branches
        .iter()
        .try_for_each(|(when, then)| write!(f, " WHEN {when} THEN {then}"))?;
    optional(f, " ELSE ", otherwise)?;
    f.write_str(" END")
}

fn call(f: &mut Formatter<'_>, name: &[Name], distinct: bool, arguments: &[Expr]) -> fmt::Result {
    write!(
        f,
        "{}({}",
        Function(name),
        if distinct { "DISTINCT " } else { "" }
    )?;
    joined(f, arguments, ", ")?;
    f.write_str(")")
}

impl Display for BinaryOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Or => "OR",
            Self::Xor => "XOR",
            Self::And => "AND",
            Self::In => "IN",
            Self::StartsWith => "STARTS WITH",
            Self::EndsWith => "ENDS WITH",
            Self::Contains => "CONTAINS",
            Self::Matches => "=~",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
            Self::Power => "^",
            Self::Concat => "||",
        })
    }
}

impl Display for UnaryOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Not => "NOT",
            Self::Minus => "-",
            Self::Plus => "+",
        })
    }
}

impl Display for Quantifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
            Self::Single => "single",
        })
    }
}

impl Display for ValueType {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.base {
            BaseType::Name(name) => f.write_str(name)?,
            BaseType::Text(min, max) => write!(f, "STRING({min}, {max})")?,
            BaseType::Decimal(precision, scale) => {
                write!(f, "DECIMAL({precision}, {})", scale.unwrap_or(0))?
            }
            BaseType::Bytes(min, max) => write!(f, "BYTES({min}, {max})")?,
            BaseType::List(element) => write!(f, "LIST<{element}>")?,
            BaseType::Record(fields) => {
                f.write_str("{")?;
                each(f, fields, ", ", |f, (name, kind)| {
                    write!(f, "{name} :: {kind}")
                })?;
                f.write_str("}")?;
            }
            BaseType::Union(types) => {
                f.write_str("ANY<")?;
                joined(f, types, " | ")?;
                f.write_str(">")?;
            }
        }
        f.write_str(if self.nullable { "" } else { " NOT NULL" })
    }
}

impl Display for SubqueryKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exists => "EXISTS",
            Self::Count => "COUNT",
            Self::Collect => "COLLECT",
            Self::Value => "VALUE",
        })
    }
}
