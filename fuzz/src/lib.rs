//! What is fuzzed. The functions of `targets` are also called by the tests, with the seeds.

#[path = "../../tests/differential/check.rs"]
mod check;
#[path = "../../tests/differential/generate.rs"]
mod generate;
#[path = "../../tests/differential/oracle.rs"]
mod oracle;
#[path = "../../tests/differential/query.rs"]
mod query;
#[path = "../../tests/syntax/round_trip.rs"]
#[allow(dead_code)]
mod round_trip;
pub mod targets;
#[path = "../../tests/differential/world.rs"]
mod world;
