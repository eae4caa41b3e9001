//! Layer 3: the tables of functions, aggregates and procedures. A function is one row of one table.

mod aggregate;
mod algorithm;
mod argument;
mod builtin;
mod coll;
mod context;
mod convert;
mod declare;
mod entity;
mod feature;
pub mod foreign;
mod introspection;
mod list;
mod load;
mod math;
mod procedure;
mod round;
mod row;
mod scalar;
mod show;
mod spatial;
mod state;
mod string;
mod temporal;

pub use crate::base::{Meter, Unmetered};

pub use self::{
    aggregate::count_rows,
    algorithm::{Algorithm, Call, Setting, SettingKind, Ways, algorithms},
    context::{Context, Native},
    declare::{DeclaredType, Field, Signature},
    feature::{Feature, features},
    procedure::{Procedure, ProcedureBody, Procedures, Returned},
    row::{
        Aggregate, Body, Example, Function, GroupedAccumulator, Nulls, Parameter, Progressive,
        Purity, Vector,
    },
    show::{find_shown, shown, shown_by_default},
    state::{Loaded, Shown, State, Stateless},
};

/// The function with this name, ignoring case; a dotted name includes its dots. Linear in the number of functions.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    functions().find(|function| function.name.eq_ignore_ascii_case(name))
}

/// The aggregate with this name, ignoring case.
#[must_use]
pub fn find_aggregate(name: &str) -> Option<&'static Aggregate> {
    aggregates().find(|aggregate| aggregate.name.eq_ignore_ascii_case(name))
}

/// All functions, by area.
pub fn functions() -> impl Iterator<Item = &'static Function> {
    areas().flat_map(|(_, functions)| functions)
}

/// The areas of the manual, each with its functions.
pub fn areas() -> impl Iterator<Item = (&'static str, &'static [Function])> {
    AREAS.iter().copied()
}

/// All aggregates.
pub fn aggregates() -> impl Iterator<Item = &'static Aggregate> {
    aggregate::ROWS.iter()
}

/// The areas in the order of the manual. The table is static, so that the address of a function identifies it.
static AREAS: &[(&str, &[Function])] = &[
    ("Values of any type", scalar::ROWS),
    ("Conversions", convert::ROWS),
    ("Nodes, relationships and paths", entity::ROWS),
    ("Lists", list::ROWS),
    ("Lists with other elements", coll::ROWS),
    ("Strings", string::ROWS),
    ("Numbers", math::ROWS),
    ("Rounding", round::ROWS),
    ("Points", spatial::ROWS),
    ("Dates", temporal::DATE),
    ("Local times", temporal::LOCAL_TIME),
    ("Times", temporal::TIME),
    ("Local datetimes", temporal::LOCAL_DATETIME),
    ("Datetimes", temporal::DATETIME),
    ("Datetimes from the epoch", temporal::EPOCH),
    ("Durations", temporal::DURATION),
    ("Temporal values in GQL", temporal::GQL),
];
