//! Runs the seeds of the fuzz targets, including inputs that once failed. `docs/FUZZING.md` describes how to fuzz.

#[path = "differential/change.rs"]
#[allow(dead_code)]
mod change;
#[path = "differential/check.rs"]
#[allow(dead_code)]
mod check;
#[path = "differential/generate.rs"]
#[allow(dead_code)]
mod generate;
#[path = "differential/oracle.rs"]
#[allow(dead_code)]
mod oracle;
#[path = "differential/query.rs"]
#[allow(dead_code)]
mod query;
#[path = "syntax/round_trip.rs"]
#[allow(dead_code)]
mod round_trip;
#[path = "../fuzz/src/splice.rs"]
#[allow(unreachable_pub)]
mod splice;
// The targets are public for the fuzzing package.
#[path = "../fuzz/src/targets.rs"]
#[allow(unreachable_pub)]
mod targets;
#[path = "differential/world.rs"]
#[allow(dead_code)]
mod world;

use std::{fs, path::Path};

#[test]
fn no_seed_breaks_its_target() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    for (name, target) in targets::TARGETS {
        let entries = fs::read_dir(seeds.join(name)).expect("each target has seeds");
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(!paths.is_empty(), "{name} has no seeds");
        for path in paths {
            println!("{}", path.display());
            target(&fs::read(&path).unwrap());
        }
    }
}
