//! Relata: a knowledge-graph query engine with an embedded query language.

pub mod analyze;
pub mod answer;
pub mod base;
pub mod engine;
pub mod exec;
pub mod function;
pub mod graph;
pub mod optimize;
pub mod plan;
pub mod session;
pub mod syntax;
pub mod value;

pub use crate::{
    answer::{Answer, Cell, Changes, Format, FromValue, Layout, Node, Relationship, Row},
    base::{Class, Code, Diagnostic, Rendering, Source, Span},
    engine::{
        CancelToken, Database, Error, Level, Limits, OpenOptions, Schema, Statement, Transaction,
    },
    function::{Aggregate, Function, Procedure, Procedures, aggregates, functions},
    graph::{check::CheckReport, manifest::Manifest},
    syntax::{Piece, parse, split},
    value::{Kind, Type, Value},
};
