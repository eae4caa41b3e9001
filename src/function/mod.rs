//! Layer 3: the tables of functions, aggregates and procedures. A function is a row; there is no second list anywhere.

mod context;
mod procedure;
mod row;

pub use self::{
    context::Context,
    procedure::Procedure,
    row::{Accumulator, Aggregate, Body, Example, Function, Nulls, Parameter, Purity},
};

/// The function of that name, whatever the case of its letters. Dotted names are written with their dots.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    functions().find(|function| function.name.eq_ignore_ascii_case(name))
}

/// The aggregate of that name, whatever the case of its letters.
#[must_use]
pub fn find_aggregate(name: &str) -> Option<&'static Aggregate> {
    aggregates().find(|aggregate| aggregate.name.eq_ignore_ascii_case(name))
}

/// Every function, area by area.
pub fn functions() -> impl Iterator<Item = &'static Function> {
    AREAS.iter().flat_map(|area| area.iter())
}

/// Every aggregate.
pub fn aggregates() -> impl Iterator<Item = &'static Aggregate> {
    [].iter()
}

const AREAS: &[&[Function]] = &[];
