//! Graph algorithms on a graph of 1,000,000 nodes and 10,000,000 relationships, on one and on two threads, beside programs
//! written by hand and beside igraph and networkit.
//!
//! A time is that of the statement, which selects the graph, makes the lists of the algorithm, and reads its rows. The programs
//! and the peers have their graphs before the time starts. `ALGORITHMS_EDGES=file` writes the relationships for
//! `algorithms/peer.py`, which measures the peers.

mod lists;
mod random;

use std::{
    env, fs,
    io::{BufWriter, Write as _},
    num::NonZeroUsize,
    time::Instant,
};

use relata::{
    Database,
    graph::{Builder, ColumnData},
    value::NodeId,
};

use crate::{lists::Lists, random::Random};

const NODES: u32 = 1_000_000;
const RELATIONSHIPS: usize = 10_000_000;

/// Each measurement is the fastest of so many.
const RUNS: usize = 3;

/// What is measured, and the statement.
const STATEMENTS: &[(&str, &str)] = &[
    ("degree", "CALL algo.degree() YIELD score RETURN sum(score)"),
    (
        "PageRank, 20 iterations",
        "CALL algo.pageRank({maxIterations: 20, tolerance: 0}) YIELD score RETURN sum(score)",
    ),
    (
        "weak components",
        "CALL algo.wcc() YIELD component RETURN max(component)",
    ),
    (
        "strong components",
        "CALL algo.scc() YIELD component RETURN max(component)",
    ),
    (
        "BFS",
        "MATCH (s {i: 0}) CALL algo.bfs({sourceNode: s}) YIELD depth RETURN count(depth)",
    ),
    (
        "SSSP",
        "MATCH (s {i: 0}) CALL algo.deltaStepping({sourceNode: s, weight: 'w', delta: 8}) YIELD distance RETURN max(distance)",
    ),
    (
        "label propagation, 10 iterations",
        "CALL algo.labelPropagation() YIELD community RETURN max(community)",
    ),
    (
        "local clustering coefficient",
        "CALL algo.localClusteringCoefficient() YIELD coefficient RETURN avg(coefficient)",
    ),
    (
        "triangles",
        "CALL algo.triangleCount() YIELD triangles RETURN sum(triangles) / 3",
    ),
    (
        "core numbers",
        "CALL algo.kCore() YIELD core RETURN max(core)",
    ),
    (
        "Louvain",
        "CALL algo.louvain() YIELD community RETURN max(community)",
    ),
];

fn main() {
    let mut random = Random(1);
    // The lower of two draws gives a skewed degree distribution.
    let mut node = || random.below(NODES).min(random.below(NODES));
    let pairs: Vec<(u32, u32)> = (0..RELATIONSHIPS).map(|_| (node(), node())).collect();
    if let Some(path) = env::var_os("ALGORITHMS_EDGES") {
        let mut file = BufWriter::new(fs::File::create(path).unwrap());
        for (from, to) in &pairs {
            writeln!(file, "{from} {to}").unwrap();
        }
    }
    let lists = Adjacency::new(&pairs);
    by_hand("PageRank, 20 iterations", || page_rank(&lists));
    by_hand("weak components", || weak_components(&lists));
    by_hand("BFS", || breadth_first(&lists));
    let mut database = database(&pairs);
    drop((pairs, lists));
    for (name, statement) in STATEMENTS {
        let [one, two] = [1, 2].map(|threads| measured(&mut database, statement, threads));
        println!("| {name} | {:.2} s | {:.2} s | {} |", one.0, two.0, two.1);
    }
}

fn database(pairs: &[(u32, u32)]) -> Database {
    let mut builder = Builder::new();
    let (label, ty) = (builder.intern_label("N"), builder.intern_type("R"));
    let (number, weight) = (builder.intern_key("i"), builder.intern_key("w"));
    let first = builder.add_nodes(&[label], NODES as usize);
    let numbers = (0..i64::from(NODES)).map(Some).collect();
    builder.set_node_column(number, first, ColumnData::Integers(numbers));
    let ends: Vec<_> = (pairs.iter())
        .map(|(from, to)| (NodeId(*from), NodeId(*to)))
        .collect();
    let edge = builder.add_relationships(ty, &ends);
    let mut random = Random(2);
    let weights = (0..RELATIONSHIPS).map(|_| Some(i64::from(1 + random.below(100))));
    builder.set_edge_column(weight, edge, ColumnData::Integers(weights.collect()));
    Database::from_graph(builder.finish())
}

/// The fastest time of a statement in seconds, and its answer.
fn measured(database: &mut Database, statement: &str, threads: usize) -> (f64, String) {
    let mut best = (f64::INFINITY, String::new());
    for _ in 0..RUNS {
        let start = Instant::now();
        let run = database.query(statement);
        let run = run
            .threads(NonZeroUsize::new(threads).expect("not 0"))
            .run();
        let seconds = start.elapsed().as_secs_f64();
        let answer = run.unwrap_or_else(|error| panic!("{statement}: {error}"));
        let row = answer.single().expect("each statement has one row");
        let cells = row.cells().map(|cell| cell.to_string()).collect();
        if seconds < best.0 {
            best = (seconds, cells);
        }
    }
    best
}

fn by_hand<T: std::fmt::Display>(name: &str, program: impl Fn() -> T) {
    let mut best = f64::INFINITY;
    let mut answer = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        answer = Some(program());
        best = best.min(start.elapsed().as_secs_f64());
    }
    let answer = answer.expect("there are runs");
    println!("| {name}, by hand | {best:.2} s | | {answer} |");
}

/// The lists of both directions.
struct Adjacency {
    outgoing: Lists,
    incoming: Lists,
}

impl Adjacency {
    fn new(pairs: &[(u32, u32)]) -> Self {
        let back = pairs.iter().map(|(from, to)| (*to, *from));
        Self {
            outgoing: Lists::new(NODES, pairs.iter().copied()),
            incoming: Lists::new(NODES, back),
        }
    }
}

fn page_rank(lists: &Adjacency) -> f64 {
    let count = f64::from(NODES);
    let mut ranks = vec![1.0 / count; NODES as usize];
    let mut shares = vec![0.0; NODES as usize];
    for _ in 0..20 {
        let mut lost = 0.0;
        for node in 0..NODES {
            let degree = lists.outgoing.of(node).len();
            let rank = ranks[node as usize];
            shares[node as usize] = if degree == 0 {
                0.0
            } else {
                rank / degree as f64
            };
            lost += if degree == 0 { rank } else { 0.0 };
        }
        let base = (0.15 + 0.85 * lost) / count;
        for node in 0..NODES {
            let pulled: f64 = (lists.incoming.of(node).iter())
                .map(|other| shares[*other as usize])
                .sum();
            ranks[node as usize] = base + 0.85 * pulled;
        }
    }
    ranks.iter().sum()
}

fn weak_components(lists: &Adjacency) -> u32 {
    let mut parents: Vec<u32> = (0..NODES).collect();
    let root = |parents: &mut Vec<u32>, mut node: u32| {
        while parents[node as usize] != node {
            parents[node as usize] = parents[parents[node as usize] as usize];
            node = parents[node as usize];
        }
        node
    };
    for node in 0..NODES {
        for other in lists.outgoing.of(node) {
            let (one, other) = (root(&mut parents, node), root(&mut parents, *other));
            parents[one.max(other) as usize] = one.min(other);
        }
    }
    (0..NODES)
        .filter(|node| parents[*node as usize] == *node)
        .count() as u32
        - 1
}

fn breadth_first(lists: &Adjacency) -> usize {
    let mut is_found = vec![false; NODES as usize];
    let mut found = vec![0];
    is_found[0] = true;
    let mut at = 0;
    while let Some(node) = found.get(at).copied() {
        at += 1;
        for other in lists.outgoing.of(node) {
            if !std::mem::replace(&mut is_found[*other as usize], true) {
                found.push(*other);
            }
        }
    }
    found.len()
}
