//! Storage: building, traversing, counting, filtering, changing and undoing, on a graph like a social network of the
//! size of the larger test folder (about 390,000 nodes, 1.9 million relationships) and on one of the size of the
//! built-in graph.

mod random;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use relata::{
    graph::{Builder, ColumnData, Graph, Orientation, intersect},
    value::{NodeId, TypeId, Value},
};

use crate::random::Random;

/// People who know each other, and messages that they wrote, liked and answered: the ends of each relationship type.
struct Shape {
    people: u32,
    messages: u32,
    ends: Vec<Vec<(NodeId, NodeId)>>,
}

const KNOWS: TypeId = TypeId(0);
const WROTE: TypeId = TypeId(1);
const LIKES: TypeId = TypeId(2);

impl Shape {
    fn new(people: u32, messages: u32, knows: u32, likes: u32) -> Self {
        let mut random = Random(1);
        let mut person = move || {
            // The lower of two draws gives a skewed degree distribution.
            NodeId(random.below(people).min(random.below(people)))
        };
        let mut random = Random(2);
        let mut message = move || NodeId(people + random.below(messages));
        let ends = vec![
            (0..knows).map(|_| (person(), person())).collect(),
            (0..messages)
                .map(|at| (person(), NodeId(people + at)))
                .collect(),
            (0..likes).map(|_| (person(), message())).collect(),
            (0..messages).map(|_| (message(), message())).collect(),
        ];
        Self {
            people,
            messages,
            ends,
        }
    }

    fn large() -> Self {
        Self::new(20_000, 370_000, 360_000, 800_000)
    }

    fn small() -> Self {
        Self::new(170, 200, 300, 389)
    }

    fn build(&self) -> Graph {
        let mut builder = Builder::new();
        let [person, message] = ["Person", "Message"].map(|name| builder.intern_label(name));
        let types = ["KNOWS", "WROTE", "LIKES", "REPLY_OF"].map(|name| builder.intern_type(name));
        let id = builder.intern_key("id");
        for (label, count) in [(person, self.people), (message, self.messages)] {
            let first = builder.add_nodes(&[label], count as usize);
            let ids = (0..i64::from(count)).map(Some).collect();
            builder.set_node_column(id, first, ColumnData::Integers(ids));
            builder.index(label, id);
        }
        for (ty, ends) in types.into_iter().zip(&self.ends) {
            builder.add_relationships(ty, ends);
        }
        builder.finish()
    }
}

fn build(c: &mut Criterion) {
    let (large, small) = (Shape::large(), Shape::small());
    c.bench_function("graph/build/small", |b| b.iter(|| small.build()));
    let mut group = c.benchmark_group("graph/build");
    group.sample_size(10);
    group.bench_function("large", |b| b.iter_with_large_drop(|| large.build()));
}

fn follow(c: &mut Criterion) {
    let graph = Shape::large().build();
    let knows = graph.adjacency(KNOWS, Orientation::Outgoing);
    let likes = graph.adjacency(LIKES, Orientation::Outgoing);
    let wrote = graph.adjacency(WROTE, Orientation::Incoming);
    c.bench_function("graph/expand: ends of 800,000 relationships", |b| {
        b.iter(|| {
            likes
                .lists()
                .flat_map(|(_, list)| list)
                .map(|entry| u64::from(entry.node.0))
                .sum::<u64>()
        });
    });
    c.bench_function("graph/expand: two steps, 360,000 lists", |b| {
        b.iter(|| {
            let steps = knows.lists().flat_map(|(_, list)| list);
            steps
                .map(|entry| {
                    likes
                        .of(entry.node)
                        .first()
                        .map_or(0, |entry| u64::from(entry.edge.0))
                })
                .sum::<u64>()
        });
    });
    c.bench_function("graph/degree: 800,000 lookups", |b| {
        b.iter(|| {
            likes
                .lists()
                .flat_map(|(_, list)| list)
                .map(|entry| wrote.degree(entry.node))
                .sum::<usize>()
        });
    });
    c.bench_function("graph/intersect: triangles", |b| {
        b.iter(|| {
            let pairs = knows
                .lists()
                .flat_map(|(_, list)| list.iter().map(move |entry| (list, entry.node)));
            pairs
                .map(|(list, node)| intersect::count_common(&[list, knows.of(node)]))
                .sum::<u64>()
        });
    });
}

fn read(c: &mut Criterion) {
    let graph = Shape::large().build();
    let (catalog, bound) = (graph.catalog(), graph.node_bound() as u32);
    let id = catalog.key("id").expect("all nodes have ids");
    let person = catalog.label("Person").expect("there are people");
    c.bench_function("graph/label: 390,000 tests", |b| {
        b.iter(|| {
            (0..bound)
                .filter(|node| graph.has_label(NodeId(*node), person))
                .count()
        });
    });
    c.bench_function("graph/column: filter 390,000 integers", |b| {
        let ints = graph
            .node_column(id)
            .and_then(|column| column.ints())
            .expect("ids are whole numbers");
        b.iter(|| ints.values.iter().filter(|value| **value % 7 == 3).count());
    });
    c.bench_function("graph/index: seek", |b| {
        b.iter(|| {
            graph
                .seek(person, id, black_box(&Value::Integer(777)))
                .len()
        });
    });
}

fn change(c: &mut Criterion) {
    let graph = Shape::large().build();
    c.bench_function("graph/change: 10,000 relationships and back", |b| {
        b.iter_batched_ref(
            || graph.clone(),
            |graph| {
                let (savepoint, mut random) = (graph.savepoint(), Random(3));
                for _ in 0..10_000 {
                    graph.create_relationship(
                        NodeId(random.below(20_000)),
                        KNOWS,
                        NodeId(random.below(20_000)),
                    );
                }
                graph.rollback(savepoint);
            },
            BatchSize::PerIteration,
        );
    });
}

criterion_group!(benches, build, follow, read, change);
criterion_main!(benches);
