//! The fuzz targets. The tests also call the functions of `targets`, with the seeds.

#[path = "../../tests/differential/change.rs"]
#[allow(dead_code)]
mod change;
#[path = "../../tests/differential/check.rs"]
#[allow(dead_code)]
mod check;
#[path = "../../tests/differential/generate.rs"]
#[allow(dead_code)]
mod generate;
#[path = "../../tests/differential/oracle.rs"]
#[allow(dead_code)]
mod oracle;
#[path = "../../tests/differential/query.rs"]
#[allow(dead_code)]
mod query;
#[path = "../../tests/syntax/round_trip.rs"]
#[allow(dead_code)]
mod round_trip;
mod splice;
pub mod targets;
#[path = "../../tests/differential/world.rs"]
#[allow(dead_code)]
mod world;
