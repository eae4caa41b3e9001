//! The parser that pest makes of `grammar/question.pest`.

// The derive makes its items public; this module keeps them to `parse`.
#![allow(unreachable_pub, missing_docs)]

use pest_derive::Parser;

/// Reads rows of tokens by the rules of the grammar.
#[derive(Parser)]
#[grammar = "../grammar/question.pest"]
pub struct Grammar;
