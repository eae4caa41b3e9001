//! Algorithms for the care of a knowledge graph: hierarchies, facts that others imply or contradict, nodes that hardly hang
//! together with the rest, and names that may mean the same.

use rustc_hash::FxHashMap;

use crate::{
    algorithm::{
        Edge, Projection, hierarchy,
        similarity::{self, Metric},
    },
    base::Fault,
    function::algorithm::{
        Algorithm, Call, Found, Setting, SettingKind, Ways,
        call::{facts, integers},
        path::cyclic,
    },
    value::{Column, EdgeId, Value},
};

const FACT: &str = "source :: NODE, target :: NODE, relationship :: RELATIONSHIP";

/// The algorithms of this group.
pub(super) static ROWS: &[Algorithm] = &[
    Algorithm {
        name: "algo.lowestCommonAncestor",
        yields: "node :: NODE, distance1 :: INTEGER, distance2 :: INTEGER",
        ways: Ways::Outgoing,
        settings: &[
            Setting::new("sourceNode", SettingKind::Node, "One node."),
            Setting::new("targetNode", SettingKind::Node, "The other node."),
        ],
        doc: "The lowest common ancestors of two nodes of a hierarchy whose relationships lead to what is broader, with their distances from both; the sum of these is the distance in the hierarchy. A node is an ancestor of itself. A cycle is an error.",
        complexity: "O(n + m)",
        source: "Aho, Hopcroft, Ullman 1973, On finding lowest common ancestors in trees",
        example: "MATCH (a:Concept {name: 'Primary trauma'}), (b:Concept {name: 'Secondary trauma'}) CALL algo.lowestCommonAncestor({sourceNode: a, targetNode: b, relationships: 'BROADER'}) YIELD node, distance1, distance2 RETURN node.name AS broader, distance1, distance2",
        says: "What two concepts are both a part of.",
        body: lowest_common_ancestor,
    },
    Algorithm {
        name: "algo.transitiveReduction",
        yields: FACT,
        ways: Ways::Outgoing,
        settings: &[],
        doc: "The fewest relationships by which the same nodes reach the same, of a graph without cycles: one of parallel ones, and none that a longer path implies. A cycle is an error.",
        complexity: "O(n m)",
        source: "Aho, Garey, Ullman 1972, The transitive reduction of a directed graph",
        example: "CALL algo.transitiveReduction({relationships: 'BROADER'}) YIELD relationship RETURN count(*) AS needed",
        says: "How many of the relationships between narrow and broad concepts are needed.",
        body: transitive_reduction,
    },
    Algorithm {
        name: "algo.redundantRelationships",
        yields: "source :: NODE, target :: NODE, relationship :: RELATIONSHIP, reason :: STRING",
        ways: Ways::Outgoing,
        settings: &[],
        doc: "Relationships that may say nothing: a loop, a second one of the same type between the same nodes (`parallel`), or, without cycles, one that a longer path of the same type implies (`implied`).",
        complexity: "O(n m)",
        source: "Aho, Garey, Ullman 1972, The transitive reduction of a directed graph",
        example: "CALL algo.redundantRelationships() YIELD relationship, reason RETURN type(relationship) AS type, reason, count(*) AS relationships ORDER BY type, reason",
        says: "Facts that are stated more than once: mentions have a relationship per citation, but others may be one too many.",
        body: redundant,
    },
    Algorithm {
        name: "algo.contradictoryRelationships",
        yields: "source :: NODE, target :: NODE, relationship :: RELATIONSHIP, opposite :: RELATIONSHIP",
        ways: Ways::Outgoing,
        settings: &[],
        doc: "Pairs of relationships of one type that lead in opposite directions between two nodes, each pair once: a contradiction if the type is a hierarchy or an order.",
        complexity: "O(m log m)",
        source: "Baader and others 2003, The Description Logic Handbook (asymmetric roles)",
        example: "CALL algo.contradictoryRelationships() YIELD relationship RETURN count(*) AS pairs",
        says: "No fact of the graph contradicts another: no hierarchy or order leads both ways between two nodes.",
        body: contradictory,
    },
    Algorithm {
        name: "algo.isolatedNodes",
        yields: "node :: NODE",
        ways: Ways::Both,
        settings: &[],
        doc: "The nodes without relationships to other nodes.",
        complexity: "O(n + m)",
        source: "Diestel 2017, Graph Theory",
        example: "CALL algo.isolatedNodes({nodes: 'Concept'}) YIELD node RETURN count(*) AS concepts",
        says: "How many concepts are related to no other concept.",
        body: isolated,
    },
    Algorithm {
        name: "algo.danglingNodes",
        yields: "node :: NODE, neighbor :: NODE",
        ways: Ways::Both,
        settings: &[],
        doc: "The nodes with relationships to a single other node, and that node.",
        complexity: "O(n + m)",
        source: "Diestel 2017, Graph Theory (leaves)",
        example: "CALL algo.danglingNodes() YIELD node, neighbor RETURN labels(node)[0] AS label, count(*) AS nodes ORDER BY nodes DESC, label LIMIT 5",
        says: "What the graph knows least about: nodes that only one other node is connected with.",
        body: dangling,
    },
    Algorithm {
        name: "algo.duplicateCandidates",
        yields: "node1 :: NODE, node2 :: NODE, similarity :: FLOAT",
        ways: Ways::Both,
        settings: &[
            Setting::new(
                "nameProperty",
                SettingKind::NeededKey,
                "The property with the names to compare.",
            ),
            Setting::new(
                "similarityCutoff",
                SettingKind::Float(0.01, 1.0, 0.6),
                "The lowest similarity.",
            ),
            Setting::new(
                "topK",
                SettingKind::Integer(1, Some(10)),
                "The maximum number of candidates for each node.",
            ),
        ],
        doc: "Pairs of nodes whose names are similar, each pair once: the share of the sequences of three letters that both have, without case and punctuation.",
        complexity: "O(Σ d²) for the numbers d of names with each sequence; parallel",
        source: "Ukkonen 1992, Approximate string-matching with q-grams",
        example: "CALL algo.duplicateCandidates({nameProperty: 'name', similarityCutoff: 0.5}) YIELD node1, node2, similarity RETURN node1.name AS one, node2.name AS other, round(similarity, 2) AS similarity ORDER BY similarity DESC, one LIMIT 5",
        says: "Names that may mean the same, for a person to decide.",
        body: duplicates,
    },
];

fn lowest_common_ancestor(call: &Call<'_>) -> Found {
    let nodes = [call.number("sourceNode")?, call.number("targetNode")?];
    let found = hierarchy::lowest_common_ancestors(&call.projection, nodes, &call.run)?;
    let found = found.ok_or_else(|| cyclic("algo.lowestCommonAncestor"))?;
    let distance = |side: usize| integers(found.iter().map(move |one| one.distances[side]));
    let columns = vec![
        call.nodes(found.iter().map(|one| one.node)),
        distance(0),
        distance(1),
    ];
    Ok((columns, found.len()))
}

fn transitive_reduction(call: &Call<'_>) -> Found {
    let graph = call.follow(Ways::Outgoing)?;
    let implied = hierarchy::implied(&graph, &call.run)?;
    let implied = implied.ok_or_else(|| cyclic("algo.transitiveReduction"))?;
    let mut edges = call.selection.edges(call.graph);
    edges.sort_by_key(|(edge, source, target)| (*source, *target, *edge));
    edges.dedup_by_key(|(_, source, target)| (*source, *target));
    edges.retain(|(_, source, target)| implied.binary_search(&(*source, *target)).is_err());
    let rows = edges.len();
    Ok((
        facts(call, edges.into_iter().map(|(edge, ..)| edge).collect()),
        rows,
    ))
}

/// The selected relationships by type, source and target.
fn by_type(call: &Call<'_>) -> Vec<(u32, u32, u32, EdgeId)> {
    let edges = call.selection.edges(call.graph).into_iter();
    let key = |(edge, source, target)| (call.graph.edge_type(edge).0, source, target, edge);
    let mut edges: Vec<_> = edges.map(key).collect();
    edges.sort_unstable();
    edges
}

fn redundant(call: &Call<'_>) -> Found {
    let edges = by_type(call);
    let mut found: Vec<(EdgeId, &str)> = Vec::new();
    for same in edges.chunk_by(|one, other| one.0 == other.0) {
        let pairs = same.iter().map(|(_, source, target, _)| Edge {
            source: *source,
            target: *target,
            weight: 1.0,
        });
        let pairs: Vec<_> = pairs.filter(|edge| edge.source != edge.target).collect();
        let nodes = call.selection.ids.len();
        let graph = Projection::of_edges(nodes, &pairs, (false, false), &call.run)?;
        let implied = hierarchy::implied(&graph, &call.run)?.unwrap_or_default();
        let mut last = None;
        for (_, source, target, edge) in same {
            let ends = (*source, *target);
            if source == target {
                found.push((*edge, "loop"));
            } else if last == Some(ends) {
                found.push((*edge, "parallel"));
            } else if implied.binary_search(&ends).is_ok() {
                found.push((*edge, "implied"));
            }
            last = Some(ends);
        }
    }
    let rows = found.len();
    let reasons = found
        .iter()
        .map(|(_, reason)| Value::from(*reason))
        .collect();
    let mut columns = facts(call, found.into_iter().map(|(edge, _)| edge).collect());
    columns.push(Column::values(reasons));
    Ok((columns, rows))
}

fn contradictory(call: &Call<'_>) -> Found {
    let edges = by_type(call);
    let opposite = |(ty, source, target, _): &(u32, u32, u32, EdgeId)| {
        let key = (*ty, *target, *source);
        let start = edges.partition_point(|(ty, source, target, _)| (*ty, *source, *target) < key);
        let other = edges.get(start)?;
        ((other.0, other.1, other.2) == key).then_some(other.3)
    };
    let forward = edges
        .iter()
        .filter(|(_, source, target, _)| source < target);
    let found: Vec<_> = forward
        .filter_map(|edge| Some((edge.3, opposite(edge)?)))
        .collect();
    let rows = found.len();
    let mut columns = facts(call, found.iter().map(|(edge, _)| *edge).collect());
    columns.push(Column::edges(
        found.into_iter().map(|(_, other)| other).collect(),
    ));
    Ok((columns, rows))
}

fn isolated(call: &Call<'_>) -> Found {
    let graph = call.follow(Ways::Both)?.simplified(&call.run)?;
    let alone: Vec<u32> = graph
        .numbers()
        .filter(|node| graph.degree(*node) == 0)
        .collect();
    let rows = alone.len();
    Ok((vec![call.nodes(alone)], rows))
}

fn dangling(call: &Call<'_>) -> Found {
    let graph = call.follow(Ways::Both)?.simplified(&call.run)?;
    let ends: Vec<u32> = graph
        .numbers()
        .filter(|node| graph.degree(*node) == 1)
        .collect();
    let others = ends.iter().map(|node| graph.neighbours(*node)[0]);
    let columns = vec![call.nodes(ends.iter().copied()), call.nodes(others)];
    Ok((columns, ends.len()))
}

/// The sequences of three letters of a name, with marks of its start and end.
fn trigrams(name: &str) -> Vec<[char; 3]> {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    let letters = letters.flat_map(char::to_lowercase);
    let marked: Vec<char> = [' ', ' '].into_iter().chain(letters).chain([' ']).collect();
    let mut found: Vec<_> = marked
        .windows(3)
        .map(|three| [three[0], three[1], three[2]])
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn duplicates(call: &Call<'_>) -> Found {
    let graph = trigram_graph(call)?;
    let count = call.selection.ids.len() as u32;
    let sources: Vec<u32> = (0..count).collect();
    let bounds = (call.integer("topK"), call.float("similarityCutoff"));
    let found = similarity::similar(&graph, &sources, Metric::Jaccard, bounds, &call.run)?;
    let mut pairs = Vec::new();
    for (node, found) in sources.iter().zip(found) {
        let pair = |other: u32| ((*node).min(other), (*node).max(other));
        pairs.extend(found.into_iter().map(|one| (pair(one.node), one.score)));
    }
    pairs.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    pairs.dedup();
    let columns = vec![
        call.nodes(pairs.iter().map(|((one, _), _)| *one)),
        call.nodes(pairs.iter().map(|((_, other), _)| *other)),
        Column::floats(pairs.iter().map(|(_, score)| *score).collect()),
    ];
    Ok((columns, pairs.len()))
}

/// The graph whose relationships lead from the selected nodes to the sequences of their names, which are numbered after them.
fn trigram_graph(call: &Call<'_>) -> Result<Projection, Fault> {
    let key = call.needed_key("nameProperty")?;
    let count = call.selection.ids.len() as u32;
    let mut numbers: FxHashMap<[char; 3], u32> = FxHashMap::default();
    let mut lists: Vec<Vec<u32>> = Vec::new();
    for id in &call.selection.ids {
        let name = call.graph.node_property(*id, key);
        let found = match &name {
            Value::String(name) => trigrams(name),
            _ => Vec::new(),
        };
        call.run.meter.spend(found.len() * 16)?;
        let number = |three| {
            let next = count + numbers.len() as u32;
            *numbers.entry(three).or_insert(next)
        };
        lists.push(found.into_iter().map(number).collect());
    }
    let list = |node: u32, out: &mut Vec<(u32, f64)>| {
        let found = lists.get(node as usize).into_iter().flatten();
        out.extend(found.map(|other| (*other, 1.0)));
        Ok(())
    };
    let nodes = count as usize + numbers.len();
    Projection::collect(nodes, (false, false), list, &call.run)
}
