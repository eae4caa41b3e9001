//! Constant folding: evaluates expressions without slots once, before the statement runs.
//!
//! A constant operand that decides `AND` or `OR` removes the other operands; a constant condition of `CASE` removes the
//! branches that are not taken. An expression that is removed raises no error (docs/LANGUAGE.md).

use crate::{
    base::{Code, CompareOp, Fault},
    function::{self, Meter, Purity},
    graph::Graph,
    plan::{Expr, ExprKind, Node, Quantifier, Slot, StringOp},
    value::{Value, arith, logic, relation, text},
};

/// Folds every constant expression of the plan. An expression that faults is kept: it may never be evaluated.
pub(super) fn fold(node: Node) -> Node {
    node.map_bottom_up(&mut |mut node| {
        node.op
            .map_expressions(&mut |expr| expr.map_bottom_up(&mut fold_expr));
        node
    })
}

fn fold_expr(expr: Expr) -> Expr {
    match constant(&expr.kind) {
        Some(Ok(value)) => Expr::new(ExprKind::Constant(value), expr.span),
        Some(Err(_)) => expr,
        None => match expr.kind {
            ExprKind::And(items) => Expr::new(connective(items, false), expr.span),
            ExprKind::Or(items) => Expr::new(connective(items, true), expr.span),
            ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => case(operand, branches, otherwise, expr.span),
            ExprKind::Quantifier {
                quantifier,
                variable,
                list,
                predicate,
            } => Expr::new(membership(quantifier, variable, list, predicate), expr.span),
            kind => Expr::new(kind, expr.span),
        },
    }
}

/// The value of an expression whose operands are constants.
fn constant(kind: &ExprKind) -> Option<Result<Value, Fault>> {
    match kind {
        ExprKind::List(items) => Some(Ok(Value::list(literals(items)?))),
        ExprKind::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| Some((key.clone(), value.as_constant()?.clone())));
            Some(Ok(Value::map(entries.collect::<Option<_>>()?)))
        }
        ExprKind::Negate(operand) => Some(arith::negate(operand.as_constant()?)),
        ExprKind::Arithmetic(op, left, right) => {
            Some((op.body())(left.as_constant()?, right.as_constant()?))
        }
        ExprKind::Compare(op, left, right) => {
            let holds = relation::compare_by(*op, left.as_constant()?, right.as_constant()?);
            Some(Ok(holds.into()))
        }
        ExprKind::In(item, list) => {
            let member = relation::member(item.as_constant()?, list.as_constant()?);
            Some(member.map(Value::from))
        }
        ExprKind::String(op, left, right) => {
            let (left, right) = (left.as_constant()?, right.as_constant()?);
            let holds = match op {
                StringOp::StartsWith => text::starts_with(left, right),
                StringOp::EndsWith => text::ends_with(left, right),
                StringOp::Contains => text::contains(left, right),
                StringOp::Matches => return None,
            };
            Some(Ok(holds.into()))
        }
        ExprKind::And(items) => connected(items, logic::and, true),
        ExprKind::Or(items) => connected(items, logic::or, false),
        ExprKind::Not(operand) => {
            let truth = logic::truth(operand.as_constant()?);
            Some(truth.map(|truth| logic::not(truth).into()))
        }
        ExprKind::IsNull(operand) => Some(Ok(operand.as_constant()?.is_null().into())),
        ExprKind::IsNotNull(operand) => Some(Ok((!operand.as_constant()?.is_null()).into())),
        ExprKind::Call(function, arguments) if function.purity == Purity::Pure => {
            Some(call(function, &literals(arguments)?))
        }
        _ => None,
    }
}

/// The result of a connective whose operands are all constants.
fn connected(
    items: &[Expr],
    connective: fn(Option<bool>, Option<bool>) -> Option<bool>,
    start: bool,
) -> Option<Result<Value, Fault>> {
    let truths = literals(items)?;
    let truths: Result<Vec<_>, _> = truths.iter().map(logic::truth).collect();
    let result = truths.map(|all| all.into_iter().fold(Some(start), connective));
    Some(result.map(Value::from))
}

fn literals(exprs: &[Expr]) -> Option<Vec<Value>> {
    exprs
        .iter()
        .map(|expr| expr.as_constant().cloned())
        .collect()
}

fn is_boolean(expr: &Expr, wanted: bool) -> bool {
    matches!(expr.as_constant(), Some(Value::Boolean(value)) if *value == wanted)
}

/// `AND` (decided by `false`) or `OR` (decided by `true`) without the operands that do not change the result.
fn connective(items: Vec<Expr>, decisive: bool) -> ExprKind {
    if items.iter().any(|item| is_boolean(item, decisive)) {
        return ExprKind::Constant(decisive.into());
    }
    let (neutral, mut kept): (Vec<_>, Vec<_>) = items
        .into_iter()
        .partition(|item| is_boolean(item, !decisive));
    match kept.as_slice() {
        [] => ExprKind::Constant((!decisive).into()),
        // A single operand must still be a boolean.
        [only] if only.is_predicate() => kept.remove(0).kind,
        [_] => {
            kept.extend(neutral.into_iter().take(1));
            connect(kept, decisive)
        }
        _ => connect(kept, decisive),
    }
}

fn connect(items: Vec<Expr>, decisive: bool) -> ExprKind {
    if decisive {
        ExprKind::Or(items)
    } else {
        ExprKind::And(items)
    }
}

/// `any(x IN list WHERE x = value)` as `value IN list`; `none` of these, and `all` that differ, as its negation. Both are
/// unknown for the same lists.
fn membership(
    quantifier: Quantifier,
    variable: Slot,
    list: Box<Expr>,
    predicate: Box<Expr>,
) -> ExprKind {
    let negated = match (quantifier, &predicate.kind) {
        (Quantifier::Any, ExprKind::Compare(CompareOp::Equal, ..)) => Some(false),
        (Quantifier::None, ExprKind::Compare(CompareOp::Equal, ..))
        | (Quantifier::All, ExprKind::Compare(CompareOp::NotEqual, ..)) => Some(true),
        _ => None,
    };
    let value = match &predicate.kind {
        ExprKind::Compare(_, left, right) if left.as_slot() == Some(variable) => Some(right),
        ExprKind::Compare(_, left, right) if right.as_slot() == Some(variable) => Some(left),
        _ => None,
    };
    // The value is evaluated even if the list is empty, so that it must not fail.
    let value = value.filter(|value| value.is_simple() && !value.slots().contains(variable));
    match (negated, value) {
        (Some(negated), Some(value)) => {
            let span = value.span;
            let member = ExprKind::In(value.clone(), list);
            if negated {
                ExprKind::Not(Box::new(Expr::new(member, span)))
            } else {
                member
            }
        }
        _ => ExprKind::Quantifier {
            quantifier,
            variable,
            list,
            predicate,
        },
    }
}

/// `CASE` without the branches that are never taken.
fn case(
    operand: Option<Box<Expr>>,
    branches: Vec<(Expr, Expr)>,
    mut otherwise: Option<Box<Expr>>,
    span: crate::base::Span,
) -> Expr {
    let mut kept = Vec::with_capacity(branches.len());
    for (when, then) in branches {
        match taken(operand.as_deref(), &when) {
            Some(false) => {}
            Some(true) => {
                otherwise = Some(Box::new(then));
                break;
            }
            None => kept.push((when, then)),
        }
    }
    if kept.is_empty() {
        return otherwise.map_or_else(|| Expr::constant(Value::Null, span), |expr| *expr);
    }
    let kind = ExprKind::Case {
        operand,
        branches: kept,
        otherwise,
    };
    Expr::new(kind, span)
}

/// Whether a branch is taken, if constants decide it.
fn taken(operand: Option<&Expr>, when: &Expr) -> Option<bool> {
    let when = when.as_constant()?;
    match operand {
        Some(operand) => Some(relation::equal(operand.as_constant()?, when) == Some(true)),
        None => Some(logic::truth(when).ok()? == Some(true)),
    }
}

/// Maximum number of bytes that a folded call may build: a plan is not larger than its statement by orders of magnitude.
const MAX_BYTES: usize = 4_096;

/// The meter of folded calls. A call that would exceed it is left to the executor.
struct Small;

impl Meter for Small {
    fn spend(&self, bytes: usize) -> Result<(), Fault> {
        if bytes > MAX_BYTES {
            return Err(Fault::new(
                Code::MemoryLimit,
                "the value is too large to be folded",
            ));
        }
        Ok(())
    }

    fn worked(&self, _: usize) -> Result<(), Fault> {
        Ok(())
    }
}

/// A pure function reads only its arguments, so an empty graph and a constant clock are enough.
fn call(function: &function::Function, arguments: &[Value]) -> Result<Value, Fault> {
    if function.nulls == function::Nulls::Propagate && arguments.iter().any(Value::is_null) {
        return Ok(Value::Null);
    }
    let graph = Graph::new();
    let context = function::Context {
        graph: &graph,
        statement_time: (0, 0),
        clock: || (0, 0),
        random: &|| 0,
        meter: &Small,
        threads: 1,
        state: &function::Stateless,
    };
    (function.body)(arguments, &context)
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    #[test]
    fn constants_are_computed() {
        check(
            "fold",
            "RETURN x\nProject 1 + 2 AS x",
            "RETURN x\nProject 3 AS x",
        );
        check(
            "fold",
            "RETURN x\nProject 1 < 2 AS x",
            "RETURN x\nProject true AS x",
        );
        check(
            "fold",
            "RETURN x\nProject 2 IN [1, null] AS x",
            "RETURN x\nProject null AS x",
        );
        check(
            "fold",
            "RETURN x\nProject 'ab' STARTS WITH 'a' AS x",
            "RETURN x\nProject true AS x",
        );
    }

    #[test]
    fn what_fails_is_left_to_the_row_that_needs_it() {
        keeps("fold", "RETURN x\nProject 1 / 0 AS x");
    }

    #[test]
    fn a_call_that_builds_a_large_value_is_left_to_the_executor() {
        keeps("fold", "RETURN x\nProject range(1, 10000) AS x");
        check(
            "fold",
            "RETURN x\nProject range(1, 2) AS x",
            "RETURN x\nProject [1, 2] AS x",
        );
    }

    #[test]
    fn an_operand_that_decides_is_enough() {
        let filter = |predicate: &str| format!("RETURN n\nFilter {predicate}\nNodeScan (n)");
        check("fold", &filter("((n.a = 1) AND false)"), &filter("false"));
        check("fold", &filter("((n.a = 1) OR true)"), &filter("true"));
        check("fold", &filter("((n.a = 1) AND true)"), &filter("n.a = 1"));
        // A property need not be a boolean, so the operator has to stay.
        keeps("fold", &filter("(n.a AND true)"));
    }

    #[test]
    fn a_branch_that_is_never_taken_goes() {
        check(
            "fold",
            "RETURN x\nProject CASE WHEN false THEN 1 WHEN true THEN 2 ELSE 3 END AS x",
            "RETURN x\nProject 2 AS x",
        );
    }
}
