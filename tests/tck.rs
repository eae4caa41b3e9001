//! The openCypher Technology Compatibility Kit, from the folder `OPENCYPHER_TCK`.
//!
//! Prints one line per folder, then the totals. `TCK_FILTER` runs the scenarios whose folder or name contains it and
//! prints each failure in full. The list of known failures may only shrink: a listed scenario that passes is a failure.

#[path = "tck/gherkin.rs"]
mod gherkin;
#[path = "tck/run.rs"]
mod run;
#[path = "tck/shape.rs"]
mod shape;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
};

use gherkin::Scenario;

/// Known failures, one scenario per line. The goal is an empty list.
const KNOWN: &str = include_str!("tck/known-failures.txt");

fn main() -> ExitCode {
    let kit = std::env::var_os("OPENCYPHER_TCK")
        .map_or_else(|| PathBuf::from("../shared/opencypher-tck"), PathBuf::from);
    if !kit.join("features").is_dir() {
        println!("skipped: the openCypher TCK is not at {}", kit.display());
        return ExitCode::SUCCESS;
    }
    let filter = std::env::var("TCK_FILTER").unwrap_or_default();
    let mut scenarios = Vec::new();
    collect(&kit.join("features"), &kit.join("features"), &mut scenarios);
    scenarios.retain(|scenario| format!("{} {}", scenario.folder, scenario.id).contains(&filter));
    let outcomes = run_all(&scenarios, &kit);
    report(&scenarios, &outcomes, !filter.is_empty())
}

fn collect(root: &Path, folder: &Path, scenarios: &mut Vec<Scenario>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(root, &path, scenarios);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "feature")
        {
            let name = folder
                .strip_prefix(root)
                .unwrap_or(folder)
                .to_string_lossy()
                .into_owned();
            let text = std::fs::read_to_string(&path).expect("a feature file is readable text");
            scenarios.extend(gherkin::scenarios(&name, &path, &text));
        }
    }
}

type Outcome = Result<(), String>;

/// Runs every scenario, with one thread per core, and returns the outcomes in scenario order.
fn run_all(scenarios: &[Scenario], kit: &Path) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(scenario) = scenarios.get(at) else {
                return done;
            };
            let outcome = if scenario.ignored {
                Ok(())
            } else {
                guarded(scenario, kit)
            };
            done.push((at, outcome));
        }
    };
    let mut outcomes: BTreeMap<usize, Outcome> = BTreeMap::new();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            outcomes.extend(
                worker
                    .join()
                    .expect("a worker catches what its scenarios do"),
            );
        }
    });
    outcomes.into_values().collect()
}

/// Runs a scenario. A panic is a failure.
fn guarded(scenario: &Scenario, kit: &Path) -> Outcome {
    std::panic::catch_unwind(|| run::run(scenario, kit))
        .unwrap_or_else(|_| Err("panicked".to_owned()))
}

fn report(scenarios: &[Scenario], outcomes: &[Outcome], verbose: bool) -> ExitCode {
    let known: BTreeSet<&str> = KNOWN
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .collect();
    let mut folders: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut wrong = 0;
    let mut failed = Vec::new();
    for (scenario, outcome) in scenarios.iter().zip(outcomes) {
        let counts = folders.entry(&scenario.folder).or_default();
        let column = if scenario.ignored {
            2
        } else {
            usize::from(outcome.is_err())
        };
        counts[column] += 1;
        if scenario.ignored {
            continue;
        }
        let listed = known.contains(scenario.id.as_str());
        match outcome {
            Ok(()) if listed => {
                println!("passes, but is listed as a known failure: {}", scenario.id);
                wrong += 1;
            }
            Err(problem) if !listed || verbose => {
                println!("FAILED {} {}\n{problem}\n", scenario.folder, scenario.id);
                wrong += usize::from(!listed);
            }
            Ok(()) | Err(_) => {}
        }
        if outcome.is_err() {
            failed.push(scenario.id.as_str());
        }
    }
    for (folder, [passed, failed, skipped]) in &folders {
        println!("{folder}: {passed} passed, {failed} failed, {skipped} skipped");
    }
    let total = |column: usize| folders.values().map(|counts| counts[column]).sum::<usize>();
    if let Some(list) = std::env::var_os("TCK_LIST") {
        std::fs::write(list, failed.join("\n") + "\n")
            .expect("the list of failures can be written");
    }
    println!("known failures: {}", known.len());
    println!(
        "{} passed, {} failed, {} skipped",
        total(0),
        total(1),
        total(2)
    );
    if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
