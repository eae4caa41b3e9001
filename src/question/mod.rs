//! Questions in English: a closed set of sentence forms over the words of a graph, compiled into the tree of statements.
//!
//! ```text
//! text ── words ── links ── linkings ── category text ── pest ── question tree ── resolved ── readings (ast::Query)
//!         word     link                  parse                                     build
//! ```
//!
//! The linker finds every span of words that the [`Vocabulary`] knows and replaces it by its category; the grammar of
//! `grammar/question.pest` accepts or rejects each way of doing so. A word that is in neither is refused by name.

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
