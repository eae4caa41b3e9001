//! Completion: the candidates at the cursor, from the preceding text, the graph and the language.

mod bracket;
mod candidate;
mod context;
mod lex;
mod piece;
mod scope;
mod vocabulary;

pub(crate) use self::{
    candidate::{Candidate, Names, candidates, quote},
    context::{Owner, Wanted, place},
    lex::pieces,
    piece::{Piece, Sort},
    vocabulary::{Vocabulary, callables, signature},
};
