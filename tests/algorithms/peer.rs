//! Compares the algorithms with networkx on random graphs with loops, parallel relationships, weights and separate parts.
//! Where Python has no networkx, only the queries run.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use relata::Database;
use serde_json::{Value as Json, json};

/// The name of a check in `peer.py`, and the query whose rows it gets. The nodes are numbered by the property `i`, and
/// relationships have the weight `w`.
const CASES: &[(&str, &str)] = &[
    (
        "degree",
        "CALL algo.degree() YIELD node, score RETURN node.i, score",
    ),
    (
        "degree_both",
        "CALL algo.degree({direction: 'both', weight: 'w'}) YIELD node, score RETURN node.i, score",
    ),
    (
        "page_rank",
        "CALL algo.pageRank({tolerance: 1e-13, maxIterations: 500}) YIELD node, score RETURN node.i, score",
    ),
    (
        "page_rank_weighted",
        "CALL algo.pageRank({weight: 'w', tolerance: 1e-13, maxIterations: 500}) YIELD node, score RETURN node.i, score",
    ),
    (
        "page_rank_personal",
        "MATCH (s {i: 0}) CALL algo.pageRank({sourceNodes: s, tolerance: 1e-13, maxIterations: 500}) YIELD node, score RETURN node.i, score",
    ),
    (
        "betweenness",
        "CALL algo.betweenness() YIELD node, score RETURN node.i, score",
    ),
    (
        "betweenness_both",
        "CALL algo.betweenness({direction: 'both'}) YIELD node, score RETURN node.i, score",
    ),
    (
        "betweenness_weighted",
        "CALL algo.betweenness({weight: 'w'}) YIELD node, score RETURN node.i, score",
    ),
    (
        "closeness",
        "CALL algo.closeness({direction: 'incoming'}) YIELD node, score RETURN node.i, score",
    ),
    (
        "closeness_weighted",
        "CALL algo.closeness({direction: 'incoming', weight: 'w'}) YIELD node, score RETURN node.i, score",
    ),
    (
        "harmonic",
        "CALL algo.harmonic({direction: 'incoming', normalized: false}) YIELD node, score RETURN node.i, score",
    ),
    (
        "eigenvector",
        "CALL algo.eigenvector({direction: 'both', tolerance: 1e-12, maxIterations: 200000}) YIELD node, score RETURN node.i, score",
    ),
    (
        "katz",
        "CALL algo.katz({alpha: 0.01, tolerance: 1e-14}) YIELD node, score RETURN node.i, score",
    ),
    (
        "hits",
        "CALL algo.hits({tolerance: 1e-14, maxIterations: 100000}) YIELD node, hub, authority RETURN node.i, hub, authority",
    ),
    (
        "wcc",
        "CALL algo.wcc() YIELD node, component RETURN node.i, component",
    ),
    (
        "scc",
        "CALL algo.scc() YIELD node, component RETURN node.i, component",
    ),
    (
        "label_propagation",
        "CALL algo.labelPropagation({maxIterations: 5}) YIELD node, community RETURN node.i, community",
    ),
    (
        "louvain",
        "CALL algo.louvain({weight: 'w'}) YIELD node, community RETURN node.i, community",
    ),
    (
        "leiden",
        "CALL algo.leiden({weight: 'w'}) YIELD node, community RETURN node.i, community",
    ),
    (
        "core",
        "CALL algo.kCore() YIELD node, core RETURN node.i, core",
    ),
    (
        "triangles",
        "CALL algo.triangleCount() YIELD node, triangles RETURN node.i, triangles",
    ),
    (
        "clustering",
        "CALL algo.localClusteringCoefficient() YIELD node, coefficient RETURN node.i, coefficient",
    ),
    (
        "clustering_directed",
        "CALL algo.localClusteringCoefficient({direction: 'outgoing'}) YIELD node, coefficient RETURN node.i, coefficient",
    ),
    (
        "modularity",
        "CALL algo.modularity({communityProperty: 'c', weight: 'w'}) YIELD community, modularity RETURN community, modularity",
    ),
    (
        "conductance",
        "CALL algo.conductance({communityProperty: 'c', weight: 'w'}) YIELD community, conductance RETURN community, conductance",
    ),
    (
        "bfs",
        "MATCH (s {i: 0}) CALL algo.bfs({sourceNode: s}) YIELD node, depth RETURN node.i, depth",
    ),
    (
        "dfs",
        "MATCH (s {i: 0}) CALL algo.dfs({sourceNode: s}) YIELD node, depth RETURN node.i, depth",
    ),
    (
        "dijkstra",
        "MATCH (s {i: 0}) CALL algo.dijkstra({sourceNode: s, weight: 'w'}) YIELD target, distance, path RETURN target.i, distance, reduce(sum = 0, r IN relationships(path) | sum + r.w)",
    ),
    (
        "delta_stepping",
        "MATCH (s {i: 0}) CALL algo.deltaStepping({sourceNode: s, weight: 'w', delta: 3}) YIELD target, distance RETURN target.i, distance",
    ),
    (
        "yens",
        "MATCH (s {i: 0}), (t {i: 3}) CALL algo.yens({sourceNode: s, targetNode: t, weight: 'w', k: 5}) YIELD index, distance, path RETURN index, distance, [n IN nodes(path) | n.i]",
    ),
    (
        "all_pairs",
        "CALL algo.allShortestPaths({weight: 'w'}) YIELD source, target, distance RETURN source.i, target.i, distance",
    ),
    (
        "spanning_forest",
        "CALL algo.spanningForest({weight: 'w'}) YIELD source, target, weight RETURN source.i, target.i, weight",
    ),
    (
        "spanning_forest_maximum",
        "CALL algo.spanningForest({weight: 'w', objective: 'maximum'}) YIELD source, target, weight RETURN source.i, target.i, weight",
    ),
    (
        "max_flow",
        "MATCH (s {i: 0}), (t {i: 3}) CALL algo.maxFlow({sourceNode: s, targetNode: t, weight: 'w'}) YIELD source, target, flow RETURN source.i, target.i, flow",
    ),
    (
        "max_flow_both",
        "MATCH (s {i: 0}), (t {i: 3}) CALL algo.maxFlow({sourceNode: s, targetNode: t, weight: 'w', direction: 'both'}) YIELD source, target, flow RETURN source.i, target.i, flow",
    ),
    (
        "bridges",
        "CALL algo.bridges() YIELD source, target RETURN source.i, target.i",
    ),
    (
        "articulation_points",
        "CALL algo.articulationPoints() YIELD node RETURN node.i",
    ),
    (
        "eulerian",
        "CALL algo.eulerian() YIELD node, relationships, circuit, trail RETURN node.i, relationships, circuit, trail",
    ),
    (
        "eulerian_both",
        "CALL algo.eulerian({direction: 'both'}) YIELD node, relationships, circuit, trail RETURN node.i, relationships, circuit, trail",
    ),
    (
        "find_cycle",
        "CALL algo.findCycle() YIELD nodes RETURN [n IN nodes | n.i]",
    ),
    (
        "find_cycle_both",
        "CALL algo.findCycle({direction: 'both'}) YIELD nodes RETURN [n IN nodes | n.i]",
    ),
    (
        "acyclic",
        "MATCH (a)-[r]->(b) WHERE a.i < b.i WITH collect(r) AS rs CALL algo.topologicalSort({relationships: rs}) YIELD node, position RETURN node.i, position",
    ),
    (
        "longest_path",
        "MATCH (a)-[r]->(b) WHERE a.i < b.i WITH collect(r) AS rs CALL algo.longestPath({relationships: rs, weight: 'w'}) YIELD target, distance RETURN target.i, distance",
    ),
    (
        "similarity_jaccard",
        "CALL algo.nodeSimilarity({topK: 1000}) YIELD node1, node2, similarity RETURN node1.i, node2.i, similarity",
    ),
    (
        "similarity_overlap",
        "CALL algo.nodeSimilarity({topK: 1000, similarityMetric: 'overlap'}) YIELD node1, node2, similarity RETURN node1.i, node2.i, similarity",
    ),
    (
        "similarity_cosine",
        "CALL algo.nodeSimilarity({topK: 1000, similarityMetric: 'cosine', weight: 'w'}) YIELD node1, node2, similarity RETURN node1.i, node2.i, similarity",
    ),
    (
        "knn",
        "CALL algo.knn({nodeProperty: 'i', topK: 1}) YIELD node1, node2, similarity RETURN node1.i, node2.i, similarity",
    ),
    (
        "common_neighbours",
        "CALL algo.commonNeighbors({topK: 1000}) YIELD node1, node2, score RETURN node1.i, node2.i, score",
    ),
    (
        "adamic_adar",
        "CALL algo.adamicAdar({topK: 1000}) YIELD node1, node2, score RETURN node1.i, node2.i, score",
    ),
    (
        "preferential_attachment",
        "CALL algo.preferentialAttachment({topK: 1000}) YIELD node1, node2, score RETURN node1.i, node2.i, score",
    ),
    (
        "ancestors",
        "MATCH (a)-[r]->(b) WHERE a.i < b.i WITH collect(r) AS rs MATCH (s {i: 0}), (t {i: 1}) CALL algo.lowestCommonAncestor({nodes: 'N', relationships: rs, sourceNode: s, targetNode: t}) YIELD node, distance1, distance2 RETURN node.i, distance1, distance2",
    ),
    (
        "reduction",
        "MATCH (a)-[r]->(b) WHERE a.i < b.i WITH collect(r) AS rs CALL algo.transitiveReduction({relationships: rs}) YIELD source, target RETURN source.i, target.i",
    ),
    (
        "contradictory",
        "CALL algo.contradictoryRelationships() YIELD source, target RETURN source.i, target.i",
    ),
    (
        "isolated",
        "CALL algo.isolatedNodes() YIELD node RETURN node.i",
    ),
    (
        "dangling",
        "CALL algo.danglingNodes() YIELD node, neighbor RETURN node.i, neighbor.i",
    ),
];

/// The number of random graphs.
const GRAPHS: u64 = 50;

/// A sequence of numbers that look random.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// A random graph: its number of nodes, and its relationships with source, target and weight.
fn random(seed: u64) -> (u64, Vec<[u64; 3]>) {
    let mut random = Random(seed);
    random.below(2);
    let nodes = 1 + random.below(40);
    let density = 1 + random.below(4);
    let edges = random.below(1 + nodes * density);
    // The last nodes have no relationships.
    let bound = nodes - nodes / 8;
    let edges = (0..edges).map(|_| {
        [
            random.below(bound),
            random.below(bound),
            1 + random.below(9),
        ]
    });
    (nodes, edges.collect())
}

fn database((nodes, edges): &(u64, Vec<[u64; 3]>)) -> Database {
    let mut database = Database::empty();
    let create = format!("UNWIND range(0, {nodes} - 1) AS i CREATE (:N {{i: i, c: i % 3}})");
    database.query(create).run().unwrap();
    for [source, target, weight] in edges {
        let create = format!(
            "MATCH (a:N {{i: {source}}}), (b:N {{i: {target}}}) CREATE (a)-[:R {{w: {weight}}}]->(b)"
        );
        database.query(create).run().unwrap();
    }
    if edges.is_empty() {
        // The property has to be known.
        let create = "CREATE (a:M)-[r:R {w: 1}]->(a) DELETE r, a";
        database.query(create).run().unwrap();
    }
    database
}

/// The rows of a query as numbers; null if it fails.
fn rows(database: &mut Database, query: &str) -> Json {
    let answer = match database.query(query).run() {
        Ok(answer) => answer,
        Err(error) => return json!(error.to_string()),
    };
    let row = |cells: Vec<String>| {
        let cells = cells
            .iter()
            .map(|cell| serde_json::from_str(cell).unwrap_or(json!(cell)));
        Json::Array(cells.collect())
    };
    let rows = answer
        .rows()
        .map(|one| row(one.cells().map(|cell| cell.to_string()).collect()));
    Json::Array(rows.collect())
}

#[test]
fn random_graphs_give_what_networkx_gives() {
    let graphs = (0..GRAPHS).map(|seed| {
        let graph = random(seed);
        let mut database = database(&graph);
        let results = CASES.iter().map(|(name, query)| {
            let rows = rows(&mut database, query);
            ((*name).to_owned(), rows)
        });
        let results: serde_json::Map<_, _> = results.collect();
        json!({"seed": seed, "nodes": graph.0, "edges": graph.1, "results": results})
    });
    let graphs = Json::Array(graphs.collect());
    let has_networkx = Command::new("python3")
        .args(["-c", "import networkx, numpy, scipy"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !has_networkx {
        return;
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/algorithms/peer.py");
    let mut python = Command::new("python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = python.stdin.take().unwrap();
    let text = graphs.to_string();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && report.is_empty(), "{report}");
}
