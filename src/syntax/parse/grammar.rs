//! The parser that pest makes of `grammar/cypher.pest`.

// The derive makes its items public; this module keeps them to `parse`.
#![allow(unreachable_pub, missing_docs)]

use pest_derive::Parser;

/// Reads text by the rules of the grammar.
#[derive(Parser)]
#[grammar = "../grammar/cypher.pest"]
pub struct Grammar;
