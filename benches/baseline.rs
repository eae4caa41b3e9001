//! Statements beside programs written by hand for the same graph: how far the engine is from the best known algorithm.
//!
//! The graph has 100,000 nodes and 1,500,000 relationships of one type without self-loops. The programs read arrays of
//! neighbours and of properties that are already built. Each answer is compared before it is measured.

mod lists;
mod random;

use std::{hint::black_box, num::NonZeroUsize};

use criterion::{Criterion, criterion_group, criterion_main};
use relata::{
    Answer, Database, Value,
    graph::{Builder, ColumnData, Graph},
    value::NodeId,
};

use crate::{lists::Lists, random::Random};

const NODES: u32 = 100_000;
const RELATIONSHIPS: usize = 1_500_000;
const CITIES: u32 = 500;

/// What the programs read.
struct World {
    forward: Lists,
    backward: Lists,
    cities: Vec<u32>,
    ages: Vec<u32>,
}

impl World {
    fn new() -> (Self, Graph) {
        let mut random = Random(1);
        let pairs: Vec<_> = (0..RELATIONSHIPS)
            .map(|_| {
                let from = random.below(NODES);
                (from, (from + 1 + random.below(NODES - 1)) % NODES)
            })
            .collect();
        let cities: Vec<_> = (0..NODES).map(|_| random.below(CITIES)).collect();
        let ages: Vec<_> = (0..NODES).map(|_| random.below(90)).collect();
        let graph = graph(&pairs, &cities, &ages);
        let back = pairs.iter().map(|(from, to)| (*to, *from));
        let world = Self {
            forward: Lists::new(NODES, pairs.iter().copied()),
            backward: Lists::new(NODES, back),
            cities,
            ages,
        };
        (world, graph)
    }

    fn two_hops(&self) -> i64 {
        let count = |node| self.backward.of(node).len() * self.forward.of(node).len();
        (0..NODES).map(count).sum::<usize>() as i64
    }

    /// Each directed triangle once per node.
    fn triangles(&self) -> i64 {
        let mut last = vec![0_u32; NODES as usize];
        let mut count = 0;
        for node in 0..NODES {
            self.backward
                .of(node)
                .iter()
                .for_each(|other| last[*other as usize] += 1);
            for middle in self.forward.of(node) {
                let ends = self.forward.of(*middle).iter();
                count += ends.map(|end| i64::from(last[*end as usize])).sum::<i64>();
            }
            self.backward
                .of(node)
                .iter()
                .for_each(|other| last[*other as usize] = 0);
        }
        count
    }

    fn reached_from(&self, start: u32) -> i64 {
        let mut seen = vec![false; NODES as usize];
        let mut queue = vec![start];
        let mut count = 0;
        while let Some(node) = queue.pop() {
            for next in self.forward.of(node) {
                if !std::mem::replace(&mut seen[*next as usize], true) {
                    count += 1;
                    queue.push(*next);
                }
            }
        }
        count
    }

    /// The greatest sum over the relationships to the nodes of a city.
    fn by_city(&self) -> i64 {
        let mut sums = vec![0_i64; CITIES as usize];
        for node in 0..NODES {
            let age = i64::from(self.ages[node as usize]);
            for other in self.forward.of(node) {
                sums[self.cities[*other as usize] as usize] += age;
            }
        }
        sums.into_iter().max().unwrap_or(0)
    }
}

fn graph(pairs: &[(u32, u32)], cities: &[u32], ages: &[u32]) -> Graph {
    let mut builder = Builder::new();
    let person = builder.intern_label("Person");
    let knows = builder.intern_type("KNOWS");
    let [id, city, age] = ["id", "city", "age"].map(|name| builder.intern_key(name));
    let people = builder.add_nodes(&[person], NODES as usize);
    let integers =
        |values: &mut dyn Iterator<Item = i64>| ColumnData::Integers(values.map(Some).collect());
    builder.set_node_column(id, people, integers(&mut (0..i64::from(NODES))));
    let names: Vec<_> = (0..CITIES).map(|number| format!("city {number}")).collect();
    let names = names.iter().map(|name| name.as_str().into()).collect();
    builder.set_node_column(city, people, ColumnData::Coded(names, cities.to_vec()));
    let mut ages = ages.iter().map(|age| i64::from(*age));
    builder.set_node_column(age, people, integers(&mut ages));
    builder.index(person, id);
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(from, to)| (NodeId(*from), NodeId(*to)))
        .collect();
    builder.add_relationships(knows, &pairs);
    builder.finish()
}

/// A program, and the statement with the same answer.
type Work = (&'static str, fn(&World) -> i64, &'static str);

const WORK: [Work; 4] = [
    (
        "two hops",
        World::two_hops,
        "MATCH (x)-[:KNOWS]->(y)-[:KNOWS]->(z) RETURN count(*)",
    ),
    (
        "triangles",
        World::triangles,
        "MATCH (a)-[:KNOWS]->(b)-[:KNOWS]->(c)-[:KNOWS]->(a) RETURN count(*)",
    ),
    (
        "reachable",
        |world| world.reached_from(5),
        "MATCH (a:Person {id: 5})-[:KNOWS*]->(b) RETURN count(DISTINCT b)",
    ),
    (
        "group by a string",
        World::by_city,
        "MATCH (a)-[:KNOWS]->(b) WITH b.city AS city, sum(a.age) AS total RETURN max(total)",
    ),
];

fn number(answer: &Answer) -> i64 {
    match answer.row(0).as_ref().map(|row| row.values()) {
        Some([Value::Integer(number)]) => *number,
        other => panic!("expected one number, found {other:?}"),
    }
}

fn baselines(criterion: &mut Criterion) {
    let (world, graph) = World::new();
    let mut database = Database::from_graph(graph);
    for (name, program, text) in WORK {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(20);
        let answer = database.query(text).run().expect("the statement runs");
        assert_eq!(number(&answer), program(&world), "{text}");
        group.bench_function("by hand", |bench| bench.iter(|| program(black_box(&world))));
        group.bench_function("one thread", |bench| {
            bench.iter(|| database.query(text).threads(NonZeroUsize::MIN).run());
        });
        group.bench_function("all threads", |bench| {
            bench.iter(|| database.query(text).run());
        });
    }
}

criterion_group!(benches, baselines);
criterion_main!(benches);
