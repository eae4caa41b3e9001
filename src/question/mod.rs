//! English questions: a closed set of sentence forms over the vocabulary of a graph, compiled to statement trees.
//!
//! ```text
//! text ── words ── mentions ── lattice ── chart ── question tree ── resolved ── readings (ast::Query)
//!         word     link        lattice    chart    algebra          resolve     build
//! ```
//!
//! A mention is a span of words that the [`Vocabulary`] knows. The lattice has an edge for each mention and for each phrase
//! of the grammar; a word that no edge covers is an error that names the word. The chart finds all parses of the lattice by
//! the rules in `grammar/question.rules`, and the algebra builds the tree of each parse.

mod algebra;
mod build;
mod chart;
mod complete;
mod family;
pub mod inflect;
pub mod interpretation;
mod lattice;
mod lexicon;
mod mark;
pub mod mention;
pub mod number;
mod opener;
mod quote;
mod read;
mod refuse;
mod resolve;
mod resolved;
mod rules;
mod say;
mod suggest;
#[cfg(test)]
pub(crate) mod testing;
mod tree;
pub mod vocabulary;
pub mod word;

pub use self::{
    complete::{Candidate, Completions, next},
    family::{FAMILIES, Family, fill},
    interpretation::{Condition, Extras, Interpretation, Support, Wider},
    mark::{Mark, marks},
    opener::opens,
    quote::{Quotations, quotations},
    read::{offers, read, unconnected},
    vocabulary::{Description, Noun, Sense, Vocabulary},
};
