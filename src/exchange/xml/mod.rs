//! XML for graph formats: a stream of elements with their places, and escaped text.

mod read;
mod write;

pub(super) use self::{
    read::{Attributes, Node, Xml, decode},
    write::{attribute, text},
};
