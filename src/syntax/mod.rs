//! Layer 2: the grammar and the tree. Owns pest; text becomes an [`ast::Statement`] here and nowhere else.

pub mod ast;
mod parse;
mod print;

pub use self::parse::{KEYWORDS, Piece, TokenKind, parse, parse_expression, split, tokens};
