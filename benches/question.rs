//! The time to interpret questions, on the built-in graph and on one with a million names.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use relata::Database;

/// Questions of several families, of typical length.
const QUESTIONS: [(&str, &str); 6] = [
    ("relation", "which advanced courses cover KSS 7 and trauma"),
    ("count", "how many KSS does each section cover"),
    (
        "value",
        "how long is the MI Advanced Skills course, and where is it booked",
    ),
    (
        "long",
        "how many webinars of each section does Single Source hold for sections that cover KSS 7 but not KSS 5",
    ),
    ("all", "which KSS do all sections cover"),
    ("unknown", "which advanced courses cover unicorns"),
];

fn built_in(criterion: &mut Criterion) {
    let mut database = Database::connected_practice();
    let mut group = criterion.benchmark_group("question/read");
    for (name, text) in QUESTIONS {
        group.bench_function(name, |bencher| {
            bencher.iter(|| database.ask(black_box(text)).interpretations())
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("question/answer");
    for (name, text) in QUESTIONS {
        group.bench_function(name, |bencher| {
            bencher.iter(|| database.ask(black_box(text)).run())
        });
    }
    group.finish();
}

/// The cost of Tab: every possible next word.
fn next(criterion: &mut Criterion) {
    let mut database = Database::connected_practice();
    let mut group = criterion.benchmark_group("question/next");
    for (name, text) in [
        ("word", "which "),
        ("name", "which advanced courses cover "),
        ("letters", "which authorities use Si"),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| database.completions(black_box(text)))
        });
    }
    group.finish();
}

/// The cost of the first question: building the vocabulary and the index of names.
fn first(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("question/first");
    group.bench_function("built-in", |bencher| {
        let (_, text) = QUESTIONS[0];
        bencher.iter_batched(
            Database::connected_practice,
            |mut database| database.ask(text).interpretations(),
            criterion::BatchSize::LargeInput,
        )
    });
    group.finish();
}

/// A million people who know each other in pairs.
fn large() -> Database {
    let mut database = Database::empty();
    let made = database
        .query("UNWIND range(1, 500000) AS n CREATE (:Person {name: 'Ada ' + n})-[:KNOWS]->(:Person {name: 'Bo ' + n})")
        .run();
    made.expect("the graph can be made");
    database
}

fn million(criterion: &mut Criterion) {
    let text = "which persons know Bo 4711";
    // Built lazily, so that a run without these benchmarks does not wait for it.
    let mut made: Option<Database> = None;
    let asked = || {
        let mut database = large();
        database
            .ask(text)
            .interpretations()
            .expect("the question is understood");
        database
    };
    let mut group = criterion.benchmark_group("question/million names");
    group.sample_size(10);
    group.bench_function("read", |bencher| {
        let database = made.get_or_insert_with(asked);
        bencher.iter(|| database.ask(black_box(text)).interpretations())
    });
    group.bench_function("words and index", |bencher| {
        let database = made.get_or_insert_with(asked);
        bencher.iter(|| {
            // A change of the graph, after which its words are rebuilt.
            database
                .query("MERGE (:Mark)")
                .run()
                .expect("a node can be made");
            database.ask(black_box(text)).interpretations()
        })
    });
    group.finish();
}

criterion_group!(benches, built_in, next, first, million);
criterion_main!(benches);
