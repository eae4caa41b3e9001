//! `CAST`: conversions that no value can pass are refused.

use crate::{
    analyze::{Analyzer, Result, scope::Scope, typed::Typed},
    base::{Code, Diagnostic, Span},
    plan::{ExprKind, Shared},
    syntax::ast,
    value::{BaseType, Kind, Type, Value, ValueType, Width, conversion::convert},
};

impl Analyzer<'_> {
    /// `CAST(a AS INTEGER)`
    pub(super) fn cast(
        &mut self,
        operand: &ast::Expr,
        written: &ast::ValueType,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let operand = self.expr(operand, scope)?;
        let value_type = declared(written);
        let kinds = Kind::ALL.into_iter().filter(|kind| operand.kind.has(*kind));
        let possible = kinds.filter(|kind| *kind != Kind::Null || operand.kind == Type::NULL);
        let mut outcomes = possible.map(|kind| convert(&Value::example(kind), &value_type, (0, 0)));
        // Only a type decides here: another value of the type may be in range, or well formed.
        let refused = |outcome: &std::result::Result<Value, crate::base::Fault>| matches!(outcome, Err(fault) if fault.code == Code::InvalidArgumentTypeAtRuntime);
        if outcomes.all(|outcome| refused(&outcome)) {
            let found = operand.kind.described();
            let message = format!("{found} cannot be cast to {value_type}");
            let diagnostic = Diagnostic::new(Code::InvalidArgumentType, span, message);
            return Err(Box::new(diagnostic));
        }
        let returns = value_type.static_type();
        let kind = ExprKind::Cast(operand.boxed(), Shared::new(value_type));
        Ok(Typed::new(kind, span, returns))
    }
}

/// A type as written, as a type of values.
pub(crate) fn declared(written: &ast::ValueType) -> ValueType {
    let named = |name: &str| match (name, Width::find(name)) {
        ("NOTHING", _) => BaseType::Nothing,
        ("ANY", _) => BaseType::Any,
        ("PROPERTY VALUE", _) => BaseType::Property,
        (_, Some(width)) => BaseType::Integer(width),
        _ => {
            let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
            BaseType::Kind(kind.expect("the parser names each type as its kind"))
        }
    };
    let base = match &written.base {
        ast::BaseType::Name(name) => named(name),
        ast::BaseType::Text(min, max) => BaseType::Text(*min, *max),
        ast::BaseType::Decimal(precision, scale) => BaseType::Decimal(*precision, *scale),
        ast::BaseType::Bytes(min, max) => BaseType::Bytes(*min, *max),
        ast::BaseType::Record(fields) => {
            let fields = fields.iter();
            BaseType::Record(
                fields
                    .map(|(name, kind)| (name.text.as_str().into(), declared(kind)))
                    .collect(),
            )
        }
        ast::BaseType::List(element) => BaseType::List(Box::new(declared(element))),
        ast::BaseType::Union(types) => BaseType::Union(types.iter().map(declared).collect()),
    };
    let is_null = matches!(base, BaseType::Kind(Kind::Null));
    ValueType {
        nullable: written.nullable && !matches!(base, BaseType::Nothing) || is_null,
        base,
    }
}
