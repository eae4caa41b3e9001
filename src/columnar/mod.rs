//! Layer 2: tables of Arrow and Parquet files, as values.
//!
//! `read` makes values of Arrow arrays, `kind` finds the type of a column of values, `write` makes arrays of such a column,
//! and `file` has the two formats of files. The crates `arrow-*` and `parquet` do the encoding.

mod file;
mod kind;
mod read;
mod write;

pub(crate) use self::file::{Form, Frame, Series, read, write};
