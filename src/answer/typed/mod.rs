//! Typed JSON, `{"$type": "Integer", "_value": "1"}`, without loss of information, as in the Neo4j Query API.
//!
//! The session protocol writes it, and reads it as parameters, for which plain JSON values are accepted too.

mod read;
mod write;

pub use self::{
    read::{check_integers, read, read_parameters},
    write::{Typed, TypedRows},
};
