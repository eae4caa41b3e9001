//! Operators: checks of operand types, and result types.

use crate::{
    analyze::{Analyzer, Result, scope::Scope, typed::Typed, types::require},
    base::{Code, Diagnostic, Span},
    plan::{ArithmeticOp, ExprKind, StringOp},
    syntax::ast::{self, BinaryOp, UnaryOp},
    value::{Kind, Type, Value},
};

impl Analyzer<'_> {
    pub(super) fn unary(
        &mut self,
        op: UnaryOp,
        operand: &ast::Expr,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        if op == UnaryOp::Not {
            let operand = self.boolean(operand, "`NOT`", scope)?;
            return Ok(Typed::new(
                ExprKind::Not(operand.boxed()),
                span,
                Type::BOOLEAN,
            ));
        }
        let operand = self.expr(operand, scope)?;
        require(
            &operand,
            Type::NUMBER.or(Type::of(Kind::Duration)),
            "a sign",
        )?;
        let returns = operand.kind;
        match op {
            UnaryOp::Minus => Ok(Typed::new(ExprKind::Negate(operand.boxed()), span, returns)),
            UnaryOp::Plus | UnaryOp::Not => Ok(operand),
        }
    }

    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        at: Span,
        operands: (&ast::Expr, &ast::Expr),
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        match op {
            BinaryOp::And => self.connective(op, operands, span, scope, ExprKind::And),
            BinaryOp::Or => self.connective(op, operands, span, scope, ExprKind::Or),
            BinaryOp::Xor => {
                let left = self.boolean(operands.0, "`XOR`", scope)?.boxed();
                let right = self.boolean(operands.1, "`XOR`", scope)?.boxed();
                Ok(Typed::new(ExprKind::Xor(left, right), span, Type::BOOLEAN))
            }
            BinaryOp::In => {
                let left = self.expr(operands.0, scope)?;
                let right = self.expr(operands.1, scope)?;
                require(&right, Type::LIST, "`IN`")?;
                Ok(Typed::new(
                    ExprKind::In(left.boxed(), right.boxed()),
                    span,
                    Type::BOOLEAN,
                ))
            }
            BinaryOp::StartsWith => self.string(StringOp::StartsWith, operands, span, scope),
            BinaryOp::EndsWith => self.string(StringOp::EndsWith, operands, span, scope),
            BinaryOp::Contains => self.string(StringOp::Contains, operands, span, scope),
            BinaryOp::Matches => self.string(StringOp::Matches, operands, span, scope),
            BinaryOp::Add => self.arithmetic(ArithmeticOp::Add, at, operands, span, scope),
            BinaryOp::Subtract => {
                self.arithmetic(ArithmeticOp::Subtract, at, operands, span, scope)
            }
            BinaryOp::Multiply => {
                self.arithmetic(ArithmeticOp::Multiply, at, operands, span, scope)
            }
            BinaryOp::Divide => self.arithmetic(ArithmeticOp::Divide, at, operands, span, scope),
            BinaryOp::Modulo => self.arithmetic(ArithmeticOp::Modulo, at, operands, span, scope),
            BinaryOp::Power => self.arithmetic(ArithmeticOp::Power, at, operands, span, scope),
            BinaryOp::Concat => self.arithmetic(ArithmeticOp::Concat, at, operands, span, scope),
        }
    }

    /// Flattens nested operands of one connective into one expression.
    fn connective(
        &mut self,
        op: BinaryOp,
        operands: (&ast::Expr, &ast::Expr),
        span: Span,
        scope: &Scope,
        kind: fn(Vec<crate::plan::Expr>) -> ExprKind,
    ) -> Result<Typed> {
        let mut waiting = vec![operands.1, operands.0];
        let mut parts = Vec::new();
        while let Some(part) = waiting.pop() {
            match &part.kind {
                ast::ExprKind::Binary(inner, _, left, right) if *inner == op => {
                    waiting.extend([&**right, &**left])
                }
                _ => {
                    let name = if op == BinaryOp::And { "`AND`" } else { "`OR`" };
                    parts.push(self.boolean(part, name, scope)?.expr);
                }
            }
        }
        Ok(Typed::new(kind(parts), span, Type::BOOLEAN))
    }

    fn boolean(&mut self, operand: &ast::Expr, what: &str, scope: &Scope) -> Result<Typed> {
        let typed = match &operand.kind {
            ast::ExprKind::Pattern(element) => self.pattern_predicate(element, scope)?,
            _ => self.expr(operand, scope)?,
        };
        require(&typed, Type::BOOLEAN, what)?;
        Ok(typed)
    }

    fn string(
        &mut self,
        op: StringOp,
        operands: (&ast::Expr, &ast::Expr),
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let left = self.expr(operands.0, scope)?.boxed();
        let right = self.expr(operands.1, scope)?.boxed();
        Ok(Typed::new(
            ExprKind::String(op, left, right),
            span,
            Type::BOOLEAN,
        ))
    }

    fn arithmetic(
        &mut self,
        op: ArithmeticOp,
        at: Span,
        operands: (&ast::Expr, &ast::Expr),
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let left = self.expr(operands.0, scope)?;
        let right = self.expr(operands.1, scope)?;
        if !matches!(op, ArithmeticOp::Add | ArithmeticOp::Concat) {
            let numbers = Type::NUMBER.or(Type::TEMPORAL);
            let name = format!("`{}`", symbol(op));
            require(&left, numbers, &name)?;
            require(&right, numbers, &name)?;
        }
        refuse_impossible(op, &left, &right, span)?;
        let returns = result(op, left.kind, right.kind);
        let mut typed = Typed::new(
            ExprKind::Arithmetic(op, left.boxed(), right.boxed()),
            span,
            returns,
        );
        // For long operands, a fault is reported at the operator instead of the whole expression.
        if at.end > at.start && span.end - span.start > 60 {
            typed.expr.span = at;
        }
        Ok(typed)
    }

    pub(super) fn comparison(
        &mut self,
        first: &ast::Expr,
        rest: &[(ast::CompareOp, ast::Expr)],
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let mut left = self.expr(first, scope)?.expr;
        let mut parts = Vec::new();
        for (op, right) in rest {
            let right = self.expr(right, scope)?.expr;
            let place = left.span.to(right.span);
            let kind = ExprKind::Compare(*op, Box::new(left), Box::new(right.clone()));
            parts.push(crate::plan::Expr::new(kind, place));
            left = right;
        }
        let kind = if parts.len() == 1 {
            parts.remove(0).kind
        } else {
            ExprKind::And(parts)
        };
        Ok(Typed::new(kind, span, Type::BOOLEAN))
    }
}

/// Rejects operands if no combination of their types is valid. Each operation is tried on an example value of each
/// type, so only operands that would fail at run time are rejected.
fn refuse_impossible(op: ArithmeticOp, left: &Typed, right: &Typed, span: Span) -> Result<()> {
    let kinds = |kind: Type| {
        let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Null);
        kinds.filter(move |each| kind.has(*each))
    };
    if left.kind == Type::ANY || right.kind == Type::ANY {
        return Ok(());
    }
    let mut failed = None;
    for a in kinds(left.kind) {
        for b in kinds(right.kind) {
            match op.body()(&Value::example(a), &Value::example(b)) {
                Err(fault) if fault.code == Code::InvalidArgumentTypeAtRuntime => {
                    failed.get_or_insert(fault.message);
                }
                _ => return Ok(()),
            }
        }
    }
    match failed {
        Some(message) => Err(Box::new(Diagnostic::new(
            Code::InvalidArgumentType,
            span,
            message,
        ))),
        None => Ok(()),
    }
}

/// The static type of an operation; `ANY` if the operand types do not determine it.
fn result(op: ArithmeticOp, left: Type, right: Type) -> Type {
    let both = left.or(right);
    match op {
        ArithmeticOp::Power if both.within(Type::NUMBER) => Type::FLOAT,
        ArithmeticOp::Add if left.within(Type::LIST) || right.within(Type::LIST) => Type::LIST,
        _ if both == Type::INTEGER => Type::INTEGER,
        _ if both.within(Type::INTEGER.or(Type::DECIMAL))
            && (left == Type::DECIMAL || right == Type::DECIMAL) =>
        {
            Type::DECIMAL
        }
        _ if left == Type::FLOAT && right.within(Type::NUMBER) => Type::FLOAT,
        _ if right == Type::FLOAT && left.within(Type::NUMBER) => Type::FLOAT,
        _ if both == Type::STRING => Type::STRING,
        _ if both.within(Type::NUMBER) => Type::NUMBER,
        ArithmeticOp::Concat if both.within(Type::PATH) => Type::PATH,
        _ => Type::ANY,
    }
}

fn symbol(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "+",
        ArithmeticOp::Subtract => "-",
        ArithmeticOp::Multiply => "*",
        ArithmeticOp::Divide => "/",
        ArithmeticOp::Modulo => "%",
        ArithmeticOp::Power => "^",
        ArithmeticOp::Concat => "||",
    }
}
