//! Expressions without slots are computed once, before the statement runs.

use crate::{
    base::Fault,
    function::{self, Purity},
    graph::Graph,
    plan::{Expr, ExprKind, Node},
    value::{Value, arith},
};

/// Folds every constant expression of the plan. One that faults is left: it may never be evaluated.
pub(super) fn fold(node: Node) -> Node {
    node.map_bottom_up(&mut |mut node| {
        node.op.each_expression_mut(&mut |expr| {
            let taken = std::mem::replace(expr, Expr::constant(Value::Null, expr.span));
            *expr = taken.map_bottom_up(&mut fold_expr);
        });
        node
    })
}

fn fold_expr(expr: Expr) -> Expr {
    match constant(&expr.kind) {
        Some(Ok(value)) => Expr::new(ExprKind::Constant(value), expr.span),
        Some(Err(_)) | None => expr,
    }
}

/// The value of an expression whose parts are constants.
fn constant(kind: &ExprKind) -> Option<Result<Value, Fault>> {
    match kind {
        ExprKind::List(items) => {
            let items = items
                .iter()
                .map(|item| literal(item).cloned())
                .collect::<Option<Vec<_>>>()?;
            Some(Ok(Value::list(items)))
        }
        ExprKind::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| Some((key.clone(), literal(value)?.clone())));
            Some(Ok(Value::map(entries.collect::<Option<_>>()?)))
        }
        ExprKind::Negate(operand) => Some(arith::negate(literal(operand)?)),
        ExprKind::Arithmetic(op, left, right) => Some((op.body())(literal(left)?, literal(right)?)),
        ExprKind::Call(function, arguments) if function.purity == Purity::Pure => {
            let values = arguments
                .iter()
                .map(|argument| literal(argument).cloned())
                .collect::<Option<Vec<_>>>()?;
            Some(call(function, &values))
        }
        _ => None,
    }
}

fn literal(expr: &Expr) -> Option<&Value> {
    match &expr.kind {
        ExprKind::Constant(value) => Some(value),
        _ => None,
    }
}

/// A pure function looks at nothing but its arguments, so an empty graph and a still clock serve it.
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
    };
    (function.body)(arguments, &context)
}
