//! Execution only: statements are planned once and run many times, each dominated by one operator, on a graph like a
//! social network with 100,000 nodes and 400,000 relationships.

mod random;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use relata::{
    analyze::{Environment, analyze},
    exec::{Access, Options, run},
    function::Procedures,
    graph::{Builder, ColumnData, Graph},
    optimize::{OptLevel, optimize},
    plan::Plan,
    syntax::{ast, parse},
    value::NodeId,
};

use crate::random::Random;

const PEOPLE: u32 = 5_000;
const MESSAGES: u32 = 95_000;

/// The statements, each with the operator that it measures.
const STATEMENTS: &[(&str, &str)] = &[
    (
        "scan and filter",
        "MATCH (m:Message) WHERE m.length > 900 RETURN count(*)",
    ),
    (
        "expand and count",
        "MATCH (:Person)-[:KNOWS]->()-[:KNOWS]->() RETURN count(*)",
    ),
    (
        "expand to both ends",
        "MATCH (a:Person)-[:LIKES]->(m) WHERE a <> m RETURN count(*)",
    ),
    (
        "close triangles",
        "MATCH (a)-[:KNOWS]-(b)-[:KNOWS]-(c)-[:KNOWS]-(a) RETURN count(*)",
    ),
    (
        "anti apply",
        "MATCH (a:Person) WHERE NOT (a)-[:LIKES]->() RETURN count(*)",
    ),
    (
        "optional apply",
        "MATCH (a:Person) OPTIONAL MATCH (a)-[:LIKES]->(m) RETURN count(m)",
    ),
    (
        "group by a node",
        "MATCH (a:Person)-[:LIKES]->(m) RETURN m, count(*) AS n ORDER BY n DESC LIMIT 1",
    ),
    (
        "group by a string",
        "MATCH (m:Message) RETURN m.language, count(*), avg(m.length)",
    ),
    (
        "distinct",
        "MATCH (m:Message) RETURN count(DISTINCT m.length)",
    ),
    (
        "sort",
        "MATCH (m:Message) RETURN m.length ORDER BY m.length",
    ),
    (
        "top k",
        "MATCH (m:Message) RETURN m.length ORDER BY m.length LIMIT 10",
    ),
    (
        "walks of two to three steps",
        "MATCH (a:Person {id: 7})-[:KNOWS*2..3]-(b) RETURN count(*)",
    ),
    (
        "shortest path",
        "MATCH p = shortestPath((a:Person {id: 7})-[:KNOWS*]-(b:Person {id: 4321})) RETURN length(p)",
    ),
    (
        "unwind and compute",
        "UNWIND range(1, 100000) AS x RETURN sum(x * 2 + 1)",
    ),
    (
        "comprehension",
        "RETURN size([x IN range(1, 100000) WHERE x % 7 = 3 | x * x])",
    ),
    ("one row", "MATCH (a:Person {id: 7}) RETURN a.id"),
];

fn network() -> Graph {
    let mut random = Random(1);
    let mut builder = Builder::new();
    let [person, message] = ["Person", "Message"].map(|name| builder.intern_label(name));
    let [knows, likes, wrote] = ["KNOWS", "LIKES", "WROTE"].map(|name| builder.intern_type(name));
    let [id, length, language] = ["id", "length", "language"].map(|name| builder.intern_key(name));
    let people = builder.add_nodes(&[person], PEOPLE as usize);
    builder.set_node_column(
        id,
        people,
        ColumnData::Integers((0..i64::from(PEOPLE)).map(Some).collect()),
    );
    builder.index(person, id);
    let messages = builder.add_nodes(&[message], MESSAGES as usize);
    let lengths = (0..MESSAGES)
        .map(|_| Some(i64::from(random.below(1_000))))
        .collect();
    builder.set_node_column(length, messages, ColumnData::Integers(lengths));
    let codes = (0..MESSAGES).map(|_| random.below(3)).collect();
    let languages = ["en", "de", "fr"].map(Into::into).to_vec();
    builder.set_node_column(language, messages, ColumnData::Coded(languages, codes));
    let mut person = || NodeId(random.below(PEOPLE).min(random.below(PEOPLE)));
    let friends: Vec<_> = (0..100_000).map(|_| (person(), person())).collect();
    let authors: Vec<_> = (0..MESSAGES)
        .map(|at| (person(), NodeId(PEOPLE + at)))
        .collect();
    let fans: Vec<_> = (0..205_000)
        .map(|at| (person(), NodeId(PEOPLE + at * 7 % MESSAGES)))
        .collect();
    builder.add_relationships(knows, &friends);
    builder.add_relationships(wrote, &authors);
    builder.add_relationships(likes, &fans);
    builder.finish()
}

fn planned(graph: &Graph, text: &str) -> Plan {
    let statement = parse(text).expect("the statements of this file parse");
    let ast::Body::Query(query) = &statement.body else {
        unreachable!("the statements of this file are queries")
    };
    let procedures = Procedures::new();
    let environment = Environment {
        catalog: graph.catalog(),
        stats: graph.stats(),
        procedures: &procedures,
        check: &|| Ok(()),
    };
    let analysis = analyze(query, environment).expect("the statements of this file make sense");
    optimize(analysis.plan, graph.stats(), OptLevel::Full, &|| Ok(())).expect("nothing ends it")
}

fn statements(c: &mut Criterion) {
    let graph = network();
    let options = Options {
        max_rows: None,
        max_memory: None,
        memory_growth: None,
        max_path_length: None,
        expired: None,
        threads: None,
        cancel: None,
        profile: None,
        state: &relata::function::Stateless,
        statement_time: (0, 0),
        clock: || (0, 0),
        random: &|| 0,
        traced: false,
    };
    for (name, text) in STATEMENTS {
        let plan = planned(&graph, text);
        c.bench_function(&format!("exec/{name}"), |b| {
            b.iter(|| {
                run(black_box(&plan), Access::Read(&graph), &[], &options)
                    .map(|outcome| outcome.count)
            });
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = statements
}
criterion_main!(benches);
