//! The parser that pest generates from `grammar/question.pest`.

// The derive macro makes its items public; this module keeps them private to `parse`.
#![allow(unreachable_pub, missing_docs)]

use pest_derive::Parser;

/// Parses sequences of tokens by the rules of the grammar.
#[derive(Parser)]
#[grammar = "../grammar/question.pest"]
pub struct Grammar;
