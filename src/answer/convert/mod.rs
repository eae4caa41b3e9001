//! Conversions between values and serde data.

mod from_row;
mod from_serde;
mod to_serde;

pub(super) use self::from_row::RowDeserializer;
pub use self::from_serde::{ParameterError, to_parameters, to_value};
