//! Questions in English: a closed set of sentence forms over the words of a graph, compiled into the tree of statements.
//!
//! ```text
//! text ── words ── links ── linkings ── category text ── pest ── question tree ── resolved ── readings (ast::Query)
//!         word     link                  parse                                     build
//! ```
//!
//! The linker finds every span of words that the [`Vocabulary`] knows and replaces it by its category; the grammar of
//! `grammar/question.pest` accepts or rejects each way of doing so. A word that is in neither is refused by name.

pub mod inflect;
pub mod link;
pub mod number;
pub mod reading;
#[cfg(test)]
pub(crate) mod testing;
pub mod vocabulary;
pub mod word;

pub use self::{
    reading::{Condition, Reading, Support, Wider},
    vocabulary::Vocabulary,
};
