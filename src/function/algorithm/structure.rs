//! The structure of a graph: trees, flows, orders, cycles, and what holds it together.

use crate::{
    algorithm::{Edge, acyclic, cut, euler, flow, forest},
    function::algorithm::{
        Algorithm, Call, Found, Setting, SettingKind, Ways,
        call::{facts, integers},
        path::{cyclic, routes},
        select::weight_of,
    },
    value::{Column, EdgeId, Value},
};

/// The algorithms of this group.
pub(super) static ROWS: &[Algorithm] = &[
    Algorithm {
        name: "algo.spanningForest",
        yields: "source :: NODE, target :: NODE, weight :: FLOAT, relationship :: RELATIONSHIP",
        ways: Ways::Both,
        settings: &[Setting::new(
            "objective",
            SettingKind::Choice(&["minimum", "maximum"]),
            "Whether the sum of the weights is as low or as high as possible.",
        )],
        doc: "A spanning forest: relationships without a cycle that connect all that is connected, with the lowest sum of weights. Directions do not count. Weights may be negative.",
        complexity: "O(m log m)",
        source: "Kruskal 1956, On the shortest spanning subtree of a graph",
        example: "CALL algo.spanningForest({nodes: 'Concept'}) YIELD relationship RETURN type(relationship) AS type, count(*) AS relationships ORDER BY relationships DESC, type LIMIT 3",
        says: "The relationships that are enough to connect the concepts, by type.",
        body: spanning_forest,
    },
    Algorithm {
        name: "algo.maxFlow",
        yields: "source :: NODE, target :: NODE, flow :: FLOAT",
        ways: Ways::Outgoing,
        settings: &[
            Setting::new(
                "sourceNode",
                SettingKind::Node,
                "The node that flow comes from.",
            ),
            Setting::new(
                "targetNode",
                SettingKind::Node,
                "The node that flow leads to.",
            ),
        ],
        doc: "A maximum flow between two nodes, where a weight is the capacity of a relationship: the flow over each relationship that has any. Its amount is the sum over those that leave the source.",
        complexity: "O(n² m)",
        source: "Dinic 1970, Algorithm for solution of a problem of maximum flow in networks",
        example: "MATCH (a:Authority {name: 'Kent'}), (b:Authority {name: 'East Sussex'}) CALL algo.maxFlow({sourceNode: a, targetNode: b, direction: 'both'}) YIELD source, flow WHERE source = a RETURN sum(flow) AS ways",
        says: "How many paths without a common relationship connect two authorities: so many relationships must go to separate them.",
        body: max_flow,
    },
    Algorithm {
        name: "algo.topologicalSort",
        yields: "node :: NODE, position :: INTEGER",
        ways: Ways::Outgoing,
        settings: &[],
        doc: "An order of the nodes in which every relationship leads forward. A cycle is an error.",
        complexity: "O(n + m)",
        source: "Kahn 1962, Topological sorting of large networks",
        example: "MATCH ()-[r:PREPARES_FOR|PROGRESSES_TO|BUILDS_ON]->() WITH collect(r) AS steps CALL algo.topologicalSort({relationships: steps}) YIELD node, position RETURN position, node.name AS name ORDER BY position",
        says: "An order in which each programme, role and model comes after what leads to it.",
        body: topological_sort,
    },
    Algorithm {
        name: "algo.longestPath",
        yields: "source :: NODE, target :: NODE, distance :: FLOAT, path :: PATH",
        ways: Ways::Outgoing,
        settings: &[],
        doc: "The longest path to each node of a graph without cycles, by weight. A cycle is an error.",
        complexity: "O(n + m)",
        source: "Kahn 1962; Kelley 1961, Critical-path planning and scheduling",
        example: "CALL algo.longestPath({relationships: 'BROADER'}) YIELD distance, path RETURN distance, [n IN nodes(path) | n.name] AS names ORDER BY distance DESC, names LIMIT 3",
        says: "The longest chains from narrow to broad concepts.",
        body: longest_path,
    },
    Algorithm {
        name: "algo.findCycle",
        yields: "nodes :: LIST OF NODE",
        ways: Ways::Outgoing,
        settings: &[],
        doc: "The nodes of one cycle; no row if there is none. In the direction `both` a cycle takes each relationship once.",
        complexity: "O(n + m)",
        source: "Tarjan 1972, Depth-first search and linear graph algorithms",
        example: "CALL algo.findCycle({relationships: ['BROADER', 'PART_OF', 'BUILDS_ON']}) YIELD nodes RETURN count(*) AS cycles",
        says: "The hierarchies of the graph are sound: there is no cycle.",
        body: find_cycle,
    },
    Algorithm {
        name: "algo.bridges",
        yields: "source :: NODE, target :: NODE, relationship :: RELATIONSHIP",
        ways: Ways::Both,
        settings: &[],
        doc: "The bridges: relationships without which there would be more components. Directions do not count.",
        complexity: "O(n + m)",
        source: "Hopcroft, Tarjan 1973, Efficient algorithms for graph manipulation",
        example: "CALL algo.bridges() YIELD relationship RETURN type(relationship) AS type, count(*) AS bridges ORDER BY bridges DESC, type LIMIT 5",
        says: "Where the graph hangs by single facts: the types of the relationships that alone connect a part.",
        body: bridges,
    },
    Algorithm {
        name: "algo.articulationPoints",
        yields: "node :: NODE",
        ways: Ways::Both,
        settings: &[],
        doc: "The articulation points: nodes without which there would be more components. Directions do not count.",
        complexity: "O(n + m)",
        source: "Hopcroft, Tarjan 1973, Efficient algorithms for graph manipulation",
        example: "CALL algo.articulationPoints({nodes: ['Authority', 'Model', 'Concept'], relationships: ['USES', 'DEVELOPED', 'ADOPTS']}) YIELD node RETURN node.name AS name ORDER BY name",
        says: "The models and authorities that alone connect others: without them the network of practice falls apart.",
        body: articulation_points,
    },
    Algorithm {
        name: "algo.eulerian",
        yields: "node :: NODE, relationships :: INTEGER, circuit :: BOOLEAN, trail :: BOOLEAN",
        ways: Ways::Outgoing,
        settings: &[],
        doc: "Whether a walk takes every relationship of a component once: a closed one (circuit), or any (trail). A row per weakly connected component with relationships, with its first node.",
        complexity: "O(n + m)",
        source: "Hierholzer 1873, Ueber die Möglichkeit, einen Linienzug ohne Wiederholung und ohne Unterbrechung zu umfahren",
        example: "CALL algo.eulerian({relationships: 'PROGRESSES_TO'}) YIELD node, relationships, circuit, trail RETURN relationships, circuit, trail",
        says: "Whether one walk through the levels takes each step of progress once.",
        body: eulerian,
    },
];

fn spanning_forest(call: &Call<'_>) -> Found {
    let edges = call.selection.edges(call.graph);
    let sign = if call.word("objective") == "maximum" {
        -1.0
    } else {
        1.0
    };
    let weight = call.weight()?;
    let mut weighted = Vec::with_capacity(edges.len());
    for (edge, source, target) in &edges {
        weighted.push(Edge {
            source: *source,
            target: *target,
            weight: sign * weight_of(call.graph, *edge, weight)?,
        });
    }
    let nodes = call.selection.ids.len();
    let chosen = forest::spanning_forest(nodes, &weighted, &call.run)?;
    let columns = vec![
        call.nodes(chosen.iter().map(|at| edges[*at].1)),
        call.nodes(chosen.iter().map(|at| edges[*at].2)),
        Column::floats(
            chosen
                .iter()
                .map(|at| sign * weighted[*at].weight)
                .collect(),
        ),
        Column::edges(chosen.iter().map(|at| edges[*at].0).collect()),
    ];
    Ok((columns, chosen.len()))
}

fn max_flow(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let ends = (call.number("sourceNode")?, call.number("targetNode")?);
    let flows = flow::max_flow(&call.projection, ends, &call.run)?;
    let columns = vec![
        call.nodes(flows.iter().map(|flow| flow.source)),
        call.nodes(flows.iter().map(|flow| flow.target)),
        Column::floats(flows.iter().map(|flow| flow.weight).collect()),
    ];
    Ok((columns, flows.len()))
}

fn topological_sort(call: &Call<'_>) -> Found {
    let order = acyclic::topological(&call.projection, &call.run)?;
    let order = order.ok_or_else(|| cyclic("algo.topologicalSort"))?;
    let rows = order.len();
    Ok((vec![call.nodes(order), integers(0..rows)], rows))
}

fn longest_path(call: &Call<'_>) -> Found {
    let longest = acyclic::longest(&call.projection, &call.run)?;
    let longest = longest.ok_or_else(|| cyclic("algo.longestPath"))?;
    let numbers = call.projection.numbers();
    let found: Vec<_> = numbers
        .map(|node| (longest.path(node), longest.lengths[node as usize]))
        .collect();
    Ok((routes(call, &found)?, found.len()))
}

fn find_cycle(call: &Call<'_>) -> Found {
    let found = acyclic::cycle(&call.projection, &call.run)?;
    let list = |cycle: Vec<u32>| {
        let nodes = cycle.into_iter().map(|node| Value::Node(call.id(node)));
        Value::list(nodes.collect())
    };
    let rows: Vec<_> = found.into_iter().map(list).collect();
    let count = rows.len();
    Ok((vec![Column::values(rows)], count))
}

fn bridges(call: &Call<'_>) -> Found {
    let cuts = cut::cuts(&call.projection, &call.run)?;
    let mut edges: Vec<EdgeId> = Vec::new();
    for (one, other) in &cuts.bridges {
        let ends = (call.id(*one), call.id(*other));
        edges.extend(call.selection.step(call.graph, ends, Ways::Both, None)?);
    }
    let rows = edges.len();
    Ok((facts(call, edges), rows))
}

fn articulation_points(call: &Call<'_>) -> Found {
    let cuts = cut::cuts(&call.projection, &call.run)?;
    let rows = cuts.points.len();
    Ok((vec![call.nodes(cuts.points)], rows))
}

fn eulerian(call: &Call<'_>) -> Found {
    let found = euler::eulerian(&call.projection, &call.run)?;
    let columns = vec![
        call.nodes(found.iter().map(|one| one.first)),
        integers(found.iter().map(|one| one.relationships)),
        Column::booleans(found.iter().map(|one| Some(one.has_circuit)).collect()),
        Column::booleans(found.iter().map(|one| Some(one.has_trail)).collect()),
    ];
    Ok((columns, found.len()))
}
