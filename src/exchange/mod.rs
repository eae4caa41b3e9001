//! Layer 3: graphs in the formats of other programs.
//!
//! A format is a row of the table in `registry`: its names, how its files are recognised, how they are read and written, and an
//! example. Readers fill a `Collector`, which becomes a graph; writers see a graph as a `View`. The folder of CSV files and the
//! script of statements are rows, too, but `graph` and `engine` read and write them. Nothing here touches the disk: a
//! [`Document`] holds the content of a file.

mod collect;
mod document;
mod format;
mod gexf;
mod graphml;
mod json;
mod lines;
mod mapping;
mod name;
mod property;
mod quads;
mod rdf;
mod rdf_options;
mod reading;
mod records;
mod registry;
mod rows;
mod table;
mod view;
mod xml;

pub use self::{
    document::Document,
    format::{GraphFormat, WriteError, Written},
    mapping::{Mapping, MappingError},
    rdf_options::RdfOptions,
    reading::ReadOptions,
    rows::{Skipped, TableOptions},
};
pub(crate) use self::{
    records::{csv_rows, graph_rows, json_rows},
    registry::{read, recognise},
};
