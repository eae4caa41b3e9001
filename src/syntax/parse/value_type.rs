//! Builds types: `LIST<INTEGER NOT NULL>`.

use super::{
    Result,
    cursor::{Cursor, Pair},
    grammar::Rule,
    limits::{MAX_DEPTH, too_deep},
    literal,
    node::{Builder, name, refuse},
    type_name::NAMES,
};
use crate::{
    base::{Code, did_you_mean},
    syntax::ast::{BaseType, ValueType},
};

impl<'i> Builder<'i> {
    /// `INTEGER | STRING NOT NULL`
    pub(super) fn value_type(&self, pair: Pair<'i>) -> Result<ValueType> {
        let span = self.span(&pair);
        let mut terms = Cursor::inside(pair).rest(|term| self.type_term(term))?;
        if terms.len() == 1 {
            return Ok(terms.swap_remove(0));
        }
        Ok(ValueType {
            nullable: terms.iter().any(|term| term.nullable),
            base: BaseType::Union(terms),
            span,
        })
    }

    fn type_term(&self, pair: Pair<'i>) -> Result<ValueType> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let first = parts.need();
        let base = match first.as_rule() {
            Rule::type_list => {
                let element = self.value_type(Cursor::inside(first).need())?;
                BaseType::List(Box::new(element))
            }
            Rule::type_union => {
                let union = self.value_type(Cursor::inside(first).need())?;
                match union.base {
                    BaseType::Union(types) => BaseType::Union(types),
                    _ => BaseType::Union(vec![union]),
                }
            }
            Rule::type_record => {
                let fields = Cursor::inside(first).rest(|field| {
                    let mut parts = Cursor::inside(field);
                    Ok((name(&parts.need()), self.value_type(parts.need())?))
                })?;
                BaseType::Record(fields)
            }
            _ => self.limited(self.type_name(&first)?, &mut parts)?,
        };
        let nullable = !parts.flag(Rule::not_null);
        let mut built = ValueType {
            base,
            nullable,
            span,
        };
        let mut depth = 0;
        while let Some(suffix) = parts.eat(Rule::list_suffix) {
            depth += 1;
            if depth > MAX_DEPTH {
                return Err(too_deep(span));
            }
            let nullable = !Cursor::inside(suffix).flag(Rule::not_null);
            built = ValueType {
                base: BaseType::List(Box::new(built)),
                nullable,
                span,
            };
        }
        Ok(built)
    }

    /// `STRING(5)`, `STRING(2, 5)`
    fn limited(&self, base: BaseType, parts: &mut Cursor<'i>) -> Result<BaseType> {
        let Some(limits) = parts.eat(Rule::type_limits) else {
            return Ok(base);
        };
        let span = self.span(&limits);
        let bounds = Cursor::inside(limits).rest(|bound| literal::bound(&bound))?;
        match (base, bounds.as_slice()) {
            (BaseType::Name("DECIMAL"), [precision]) if (1..=28).contains(precision) => {
                // Without a scale, a decimal of a precision is whole (GQL 18.9).
                Ok(BaseType::Decimal(*precision, Some(0)))
            }
            (BaseType::Name("DECIMAL"), [precision, scale])
                if (1..=28).contains(precision) && scale <= precision =>
            {
                Ok(BaseType::Decimal(*precision, Some(*scale)))
            }
            (BaseType::Name("DECIMAL"), _) => {
                let message =
                    "a DECIMAL has from 1 to 28 digits, and at most as many after the point";
                refuse(
                    Code::UnexpectedSyntax,
                    span,
                    message,
                    "write `DECIMAL(10, 2)`",
                )
            }
            (BaseType::Name("BYTES"), [max]) => Ok(BaseType::Bytes(0, *max)),
            (BaseType::Name("BYTES"), [min, max]) if min <= max => Ok(BaseType::Bytes(*min, *max)),
            (BaseType::Name("STRING"), [max]) => Ok(BaseType::Text(0, *max)),
            (BaseType::Name("STRING"), [min, max]) if min <= max => Ok(BaseType::Text(*min, *max)),
            _ => {
                let message = "only `STRING` and `BYTES` have a least and a greatest length";
                let help = "write `STRING(5)` or `STRING(2, 5)`";
                refuse(Code::UnexpectedSyntax, span, message, help)
            }
        }
    }

    fn type_name(&self, pair: &Pair<'i>) -> Result<BaseType> {
        let words: Vec<_> = pair.as_str().split_whitespace().collect();
        let spelt = words.join(" ").to_uppercase();
        let found = NAMES.iter().find(|(spelling, _)| *spelling == spelt);
        if let Some((_, name)) = found {
            return Ok(BaseType::Name(name));
        }
        let message = format!("`{spelt}` is not a type");
        let known = NAMES.iter().map(|(spelling, _)| *spelling);
        let help = did_you_mean(&spelt, known)
            .unwrap_or_else(|| "write a type such as `INTEGER` or `LIST<STRING>`".to_owned());
        refuse(Code::UnexpectedSyntax, self.span(pair), message, help)
    }
}
