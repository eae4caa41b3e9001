//! Builds types: `LIST<INTEGER NOT NULL>`.

use super::{
    Result,
    cursor::{Cursor, Pair},
    grammar::Rule,
    limits::{MAX_DEPTH, too_deep},
    node::{Builder, refuse},
};
use crate::{
    base::{Code, did_you_mean},
    syntax::ast::{BaseType, ValueType},
};

/// The spellings of each type name, with the name (GQL 18.9; Cypher 25).
const NAMES: &[(&str, &str)] = &[
    ("NOTHING", "NOTHING"),
    ("NULL", "NULL"),
    ("ANY", "ANY"),
    ("ANY VALUE", "ANY"),
    ("PROPERTY VALUE", "PROPERTY VALUE"),
    ("ANY PROPERTY VALUE", "PROPERTY VALUE"),
    ("BOOL", "BOOLEAN"),
    ("BOOLEAN", "BOOLEAN"),
    ("STRING", "STRING"),
    ("VARCHAR", "STRING"),
    ("INT", "INTEGER"),
    ("INT64", "INTEGER"),
    ("INTEGER", "INTEGER"),
    ("INTEGER64", "INTEGER"),
    ("SIGNED INTEGER", "INTEGER"),
    ("SIGNED INT", "INTEGER"),
    ("BIGINT", "INTEGER"),
    ("BIG INTEGER", "INTEGER"),
    ("FLOAT", "FLOAT"),
    ("FLOAT64", "FLOAT"),
    ("DOUBLE", "FLOAT"),
    ("DOUBLE PRECISION", "FLOAT"),
    ("DATE", "DATE"),
    ("LOCAL TIME", "LOCAL TIME"),
    ("TIME WITHOUT TIME ZONE", "LOCAL TIME"),
    ("TIME WITHOUT TIMEZONE", "LOCAL TIME"),
    ("TIME", "TIME"),
    ("ZONED TIME", "TIME"),
    ("TIME WITH TIME ZONE", "TIME"),
    ("TIME WITH TIMEZONE", "TIME"),
    ("LOCAL DATETIME", "LOCAL DATETIME"),
    ("TIMESTAMP", "LOCAL DATETIME"),
    ("TIMESTAMP WITHOUT TIME ZONE", "LOCAL DATETIME"),
    ("TIMESTAMP WITHOUT TIMEZONE", "LOCAL DATETIME"),
    ("DATETIME", "DATETIME"),
    ("ZONED DATETIME", "DATETIME"),
    ("TIMESTAMP WITH TIME ZONE", "DATETIME"),
    ("TIMESTAMP WITH TIMEZONE", "DATETIME"),
    ("DURATION", "DURATION"),
    ("NODE", "NODE"),
    ("ANY NODE", "NODE"),
    ("VERTEX", "NODE"),
    ("ANY VERTEX", "NODE"),
    ("RELATIONSHIP", "RELATIONSHIP"),
    ("ANY RELATIONSHIP", "RELATIONSHIP"),
    ("EDGE", "RELATIONSHIP"),
    ("ANY EDGE", "RELATIONSHIP"),
    ("MAP", "MAP"),
    ("ANY MAP", "MAP"),
    ("RECORD", "MAP"),
    ("ANY RECORD", "MAP"),
    ("PATH", "PATH"),
    ("LIST", "LIST"),
    ("ARRAY", "LIST"),
];

/// Whether a word is a part of the name of a type, or of `NOT NULL`.
pub(super) fn is_type_word(word: &str) -> bool {
    let names = NAMES.iter().flat_map(|(spelling, _)| spelling.split(' '));
    names
        .chain(["NOT"])
        .any(|own| own.eq_ignore_ascii_case(word))
}

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
            _ => self.type_name(&first)?,
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
