//! Statements from text to rows: on the built-in graph, and on LSQB if its data is present.
//!
//! `LSQB=folder` uses a larger folder instead of the small data set next to the project.

use std::{hint::black_box, path::Path};

use criterion::{Criterion, criterion_group, criterion_main};
use memory_stats::memory_stats;
use relata::{
    Database, Limits,
    analyze::{Environment, analyze},
    function::Procedures,
    graph::builtin,
    optimize::{OptLevel, optimize},
    syntax::{ast, parse, split},
};

const MISSION: &str = "MATCH (c:Course)-[:HAS_LEVEL]->(:OptLevel {name: 'Advanced'}),
      (c)-[:IN_SECTION]->(:Section)-[:COVERS]->(:KSS {number: 7}),
      (c)-[:ABOUT]->(:Concept)-[:BROADER*0..]->(:Concept {name: 'Trauma'})
RETURN DISTINCT c.name AS course ORDER BY course";

const QUERIES: [(&str, &str); 4] = [
    (
        "lookup",
        "MATCH (c:Course {id: 'course:mi-advanced'}) RETURN c.name AS name",
    ),
    (
        "hop",
        "MATCH (p:Person)-[:LEADS]->(a:Approach) RETURN p.name AS lead, a.name AS approach",
    ),
    (
        "group",
        "MATCH (a:Authority)-[:USES]->(m:Model) RETURN m.name AS model, count(*) AS n ORDER BY n DESC, model",
    ),
    ("mission", MISSION),
];

/// A path pattern of `hops` relationships.
fn chain(hops: usize) -> String {
    format!("MATCH (a:Course){} RETURN count(*)", "-->()".repeat(hops))
}

fn stages(criterion: &mut Criterion) {
    let graph = builtin::connected_practice(&[]).expect("the built-in graph loads");
    let procedures = Procedures::new();
    let environment = Environment {
        catalog: graph.catalog(),
        stats: graph.stats(),
        procedures: &procedures,
        check: &|| Ok(()),
    };
    let query = |text: &str| match parse(text).expect("the query parses").body {
        ast::Body::Query(query) => query,
        _ => unreachable!("the statements of this file are queries"),
    };
    let long = [40, 120, 400].map(|hops| (hops, query(&chain(hops))));
    for (hops, query) in &long {
        let plan = analyze(query, environment)
            .expect("the query is sound")
            .plan;
        let mut group = criterion.benchmark_group("stage/optimize");
        group.sample_size(10);
        group.bench_function(format!("{hops} hops"), |bench| {
            bench.iter(|| optimize(plan.clone(), graph.stats(), OptLevel::Full, &|| Ok(())));
        });
    }
    let query = &query(MISSION);
    let analysis = analyze(query, environment).expect("the query is sound");
    criterion.bench_function("load/built-in", |bench| {
        bench.iter(|| builtin::connected_practice(&[]).expect("the built-in graph loads"));
    });
    criterion.bench_function("stage/parse", |bench| {
        bench.iter(|| parse(black_box(MISSION)))
    });
    criterion.bench_function("stage/analyze", |bench| {
        bench.iter(|| analyze(black_box(query), environment))
    });
    criterion.bench_function("stage/optimize", |bench| {
        bench.iter(|| {
            optimize(
                black_box(analysis.plan.clone()),
                graph.stats(),
                OptLevel::Full,
                &|| Ok(()),
            )
        });
    });
}

fn queries(criterion: &mut Criterion) {
    let mut database = Database::connected_practice();
    for (name, query) in QUERIES {
        criterion.bench_function(&format!("built-in/{name}"), |bench| {
            bench.iter(|| database.query(query).run().expect("the query runs").len());
        });
    }
}

/// What limits cost: each statement without limits, and with a limit of memory by the gauge that the program uses.
fn accounting(criterion: &mut Criterion) {
    let gauge: fn() -> u64 = || memory_stats().map_or(0, |held| held.physical_mem as u64);
    let without = Limits::default();
    let with = Limits {
        memory: Some(1 << 40),
        ..without
    };
    let made = [
        ("sum", "UNWIND range(1, 300000) AS i RETURN sum(i)"),
        ("list", "RETURN size([i IN range(1, 300000) | i * 2])"),
        (
            "sort",
            "UNWIND range(1, 200000) AS i WITH i ORDER BY i * 7919 % 100003 RETURN count(i)",
        ),
        (
            "collect",
            "UNWIND range(1, 300000) AS i RETURN size(collect(i))",
        ),
        (
            "distinct",
            "UNWIND range(1, 200000) AS i RETURN count(DISTINCT [i % 1000, i % 77])",
        ),
        (
            "texts",
            "UNWIND range(1, 200000) AS i RETURN count(DISTINCT 'x' + i)",
        ),
    ];
    let mut database = Database::connected_practice().with_memory(gauge);
    for (name, query) in QUERIES.into_iter().chain(made) {
        let mut group = criterion.benchmark_group(format!("accounting/{name}"));
        for (kind, limits) in [("without", without), ("with", with)] {
            group.bench_function(kind, |bench| {
                bench.iter(|| {
                    let statement = database.query(query).limits(limits);
                    statement.run().expect("the query runs").len()
                });
            });
        }
        group.finish();
    }
}

/// Every statement of the corpus on the built-in graph, once each.
fn corpus(criterion: &mut Criterion) {
    let folder = Path::new("tests/corpus/connected-practice");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the corpus is there") {
        let path = entry.expect("the corpus can be listed").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "cypher")
        {
            texts.push(std::fs::read_to_string(path).expect("the corpus can be read"));
        }
    }
    let statements: Vec<&str> = texts
        .iter()
        .flat_map(|text| split(text).map(move |piece| &text[piece.span.range()]))
        .collect();
    let mut database = Database::connected_practice();
    let mut run = |statement: &str| {
        database
            .query(statement)
            .run()
            .map_or(0, |answer| answer.len())
    };
    criterion.bench_function(
        &format!("built-in/{} statements", statements.len()),
        |bench| {
            bench.iter(|| {
                statements
                    .iter()
                    .map(|statement| run(statement))
                    .sum::<usize>()
            });
        },
    );
}

fn lsqb(criterion: &mut Criterion) {
    let small = "../shared/lsqb/social-network-sf0.003-projected-fk".to_owned();
    let folder = std::env::var("LSQB").unwrap_or(small);
    let queries = Path::new("../shared/lsqb/cypher");
    let Ok(mut database) = Database::open(&folder) else {
        println!("skipped: LSQB data is not at {folder}");
        return;
    };
    let mut group = criterion.benchmark_group("lsqb");
    group.sample_size(10);
    for number in 1..=9 {
        let path = queries.join(format!("q{number}.cypher"));
        let query = std::fs::read_to_string(path).expect("the query stands beside the data");
        group.bench_function(format!("q{number}"), |bench| {
            bench.iter(|| {
                database
                    .query(query.as_str())
                    .run()
                    .expect("the query runs")
                    .len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stages, queries, accounting, corpus, lsqb);
criterion_main!(benches);
