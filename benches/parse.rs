//! The time to parse text into a tree.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use relata::syntax::{parse, split};

const LOOK_UP: &str =
    "MATCH (p:Person)-[:LEADS]->(:Approach {name: 'Systemic practice'}) RETURN p.name AS lead";

const TYPICAL: &str = "\
MATCH (c:Course {level: 'advanced'})-[:COVERS]->(k:KSS {number: 7}), (c)-[:ABOUT]->(t:Concept)
WHERE t.name CONTAINS 'trauma' AND c.durationDays > 1
RETURN c.name AS course, count(DISTINCT t) AS topics
ORDER BY topics DESC, course LIMIT 10";

const LONG: &str = "\
MATCH (c:Course) WHERE any(word IN ['trauma', 'loss'] WHERE toLower(c.name) CONTAINS word)
OPTIONAL MATCH (c)-[r:COVERS|TARGETS*1..2]->(k) WHERE k.number IS NOT NULL AND NOT (k)<--(:Section)
WITH c, collect(DISTINCT k {.number, .name, of: c.name}) AS covered, [(c)-[:ABOUT]->(t) WHERE t.name <> '' | t.name] AS topics
UNWIND covered AS kss
CALL { WITH kss RETURN CASE WHEN kss.number < 5 THEN 'low' ELSE 'high' END AS half }
RETURN c.name, half, reduce(sum = 0, x IN topics | sum + size(x)) AS length, EXISTS { (c)<-[:TEACHES]-(:Person) } AS taught
ORDER BY length DESC, c.name SKIP 5 LIMIT $limit";

fn statements(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for (name, text) in [("look-up", LOOK_UP), ("typical", TYPICAL), ("long", LONG)] {
        parse(text).expect("the statement is right");
        group.bench_function(name, |bencher| bencher.iter(|| parse(black_box(text))));
    }
    group.bench_function("error", |bencher| {
        bencher.iter(|| parse(black_box("MATCH (n:Course RETURN n")))
    });
    group.finish();
}

fn literals(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse/list");
    group.sample_size(10);
    for kilobytes in [10, 100, 1000] {
        let text = format!(
            "RETURN [{}0] AS list",
            "12345, 'some text', ".repeat(kilobytes * 1000 / 20)
        );
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("{kilobytes} kB"), |bencher| {
            bencher.iter(|| parse(black_box(&text)))
        });
    }
    group.finish();
}

fn nesting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse/nested");
    for depth in [10, 40, 120] {
        let text = format!("RETURN {}1{}", "(".repeat(depth), ")".repeat(depth));
        group.bench_function(format!("{depth} brackets"), |bencher| {
            bencher.iter(|| parse(black_box(&text)))
        });
    }
    let text = format!("RETURN {}", "(".repeat(10_000));
    group.bench_function("10000 brackets refused", |bencher| {
        bencher.iter(|| parse(black_box(&text)))
    });
    group.finish();
}

fn scripts(criterion: &mut Criterion) {
    let script = format!("{TYPICAL};\n").repeat(1000);
    let mut group = criterion.benchmark_group("split");
    group
        .sample_size(10)
        .throughput(Throughput::Bytes(script.len() as u64));
    group.bench_function("1000 statements", |bencher| {
        bencher.iter(|| split(black_box(&script)).count())
    });
    group.finish();
}

criterion_group!(benches, statements, literals, nesting, scripts);
criterion_main!(benches);
