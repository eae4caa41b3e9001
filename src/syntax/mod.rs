//! Layer 2: the grammar and the syntax tree. Only this module uses pest and turns text into an [`ast::Statement`].

pub mod ast;
mod keyword;
mod parse;
mod print;

pub(crate) use self::parse::limits;
pub use self::{
    keyword::{Keyword, KeywordClass, keyword, keywords},
    parse::{
        Lifted, Split, StatementSpan, TokenKind, blank, lift, parse, parse_expression,
        parse_lifted, split, tokens,
    },
};
