//! Parses text into a syntax tree: checks the limits, runs pest on the text, and builds the tree from the pairs.
//!
//! No pest pair leaves this module. A builder has the name of its rule.

mod atom;
mod clause;
mod cursor;
mod error;
mod expr;
mod grammar;
mod label;
mod language;
mod lift;
pub(crate) mod limits;
mod literal;
mod node;
mod pattern;
mod prefix;
mod query;
mod scan;
mod schema;
mod script;
mod session;
mod simplified;
mod standard;
mod tokens;
mod type_name;
mod value_type;

use pest::Parser;

use self::{
    cursor::Pair,
    grammar::{Grammar, Rule},
    node::Builder,
};
use crate::{
    base::{Diagnostic, Span},
    syntax::ast,
};

pub use self::{
    lift::{Lifted, lift},
    script::{Split, StatementSpan, blank, split},
    tokens::{TokenKind, tokens},
};

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// Parses a statement, which may end in a semicolon.
///
/// # Errors
/// The text is not a statement, a literal in it has no value, or it exceeds the limits of size and nesting.
pub fn parse(text: &str) -> Result<ast::Statement> {
    let text = &*language::without_comments(text);
    let pair = read(Rule::statement, text)?;
    Builder::new(text).statement(pair)
}

/// Parses a statement whose literals at these spans are lifted. The result says whether the tree stands for all
/// statements that differ in them: not if one of the spans is no literal, or part of the name of a column.
///
/// # Errors
/// Those of [`parse`].
pub fn parse_lifted(text: &str, spans: &[Span]) -> Result<(ast::Statement, bool)> {
    let text = &*language::without_comments(text);
    let pair = read(Rule::statement, text)?;
    let builder = Builder::lifting(text, spans);
    let statement = builder.statement(pair)?;
    Ok((statement, builder.has_lifted_all()))
}

/// Parses an expression.
///
/// # Errors
/// Those of [`parse`].
pub fn parse_expression(text: &str) -> Result<ast::Expr> {
    let pair = read(Rule::lone_expression, text)?;
    Builder::new(text).lone_expression(pair)
}

fn read(rule: Rule, text: &str) -> Result<Pair<'_>> {
    limits::check(text)?;
    let mut pairs = Grammar::parse(rule, text).map_err(|failure| error::explain(text, &failure))?;
    Ok(pairs.next().expect("a rule that matches makes one pair"))
}
