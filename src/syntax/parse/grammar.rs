//! The parser that pest generates from `grammar/cypher.pest`.

// The derive makes its items public; this module restricts them to `parse`.
#![allow(unreachable_pub, missing_docs)]

use pest_derive::Parser;

/// The parser of the grammar.
#[derive(Parser)]
#[grammar = "../grammar/cypher.pest"]
pub struct Grammar;
