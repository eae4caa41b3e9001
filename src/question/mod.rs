//! English questions: a closed set of sentence forms over the vocabulary of a graph, compiled to statement trees.
//!
//! ```text
//! text ── words ── links ── linkings ── category text ── pest ── question tree ── resolved ── readings (ast::Query)
//!         word     link                  parse                                     build
//! ```
//!
//! A mention is a span of words that the [`Vocabulary`] or the grammar knows; a segmentation is a sequence of mentions
//! that covers each word once. Each mention is replaced by its category, and `grammar/question.pest` accepts or rejects
//! the resulting tokens. A word that is in no mention is an error that names the word.

mod build;
mod complete;
mod family;
mod fronted;
pub mod inflect;
pub mod link;
mod mark;
mod meaning;
pub mod number;
mod opener;
mod parse;
mod read;
pub mod reading;
mod refuse;
mod resolve;
mod say;
#[cfg(test)]
pub(crate) mod testing;
mod tree;
pub mod vocabulary;
pub mod word;

pub use self::{
    complete::{Candidate, Completions, next},
    family::{FAMILIES, Family, fill},
    mark::{Mark, marks},
    opener::opens,
    read::read,
    reading::{Condition, Extras, Reading, Support, Wider},
    vocabulary::{Description, Noun, Sense, Vocabulary},
};
