//! Layer 2: graph algorithms, as functions of numbered nodes and neighbour lists.
//!
//! They know no names and no values: `crate::function` selects the part of a graph and makes columns of the results. Every
//! algorithm reports its work to the account of the statement, which can interrupt it, and gives the same result for any
//! number of threads.

pub mod acyclic;
pub mod betweenness;
pub mod closeness;
pub mod component;
pub mod core;
pub mod cut;
pub mod embedding;
pub mod euler;
pub mod flow;
pub mod forest;
pub mod hierarchy;
pub mod hits;
pub mod label_propagation;
pub mod leiden;
pub mod louvain;
pub mod page_rank;
mod partition;
pub mod path;
pub mod power;
mod projection;
pub mod quality;
mod random;
mod run;
mod search;
pub mod similarity;
pub mod traverse;
pub mod triangle;

pub use self::{
    projection::{Edge, Projection},
    random::Random,
    run::Run,
};
