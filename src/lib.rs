//! Relata: a knowledge-graph query engine with an embedded query language.

pub mod base;
pub mod function;
pub mod graph;
pub mod plan;
pub mod syntax;
pub mod value;
