//! Paths and traversals from given nodes.

use crate::{
    algorithm::{path, traverse},
    base::{Code, Fault},
    function::algorithm::{Algorithm, Call, Found, Setting, SettingKind, Ways, call::integers},
    value::{Column, Value, arc},
};

const SOURCE: Setting = Setting::new(
    "sourceNode",
    SettingKind::Node,
    "The node that the search starts from.",
);

const TARGET: Setting = Setting::new(
    "targetNode",
    SettingKind::Node,
    "The node that the paths lead to.",
);

const DEPTH: Setting = Setting::new(
    "maxDepth",
    SettingKind::Integer(0, None),
    "The maximum length of a path; any by default.",
);

const DISTANCE: &str = "source :: NODE, target :: NODE, distance :: FLOAT";
const WITH_PATH: &str = "source :: NODE, target :: NODE, distance :: FLOAT, path :: PATH";

/// The algorithms of this group.
pub(super) static ROWS: &[Algorithm] = &[
    Algorithm {
        name: "algo.bfs",
        yields: "node :: NODE, depth :: INTEGER",
        ways: Ways::Outgoing,
        settings: &[SOURCE, DEPTH],
        doc: "Breadth-first search: the nodes that a node reaches, nearest first, with the length of the shortest path.",
        complexity: "O(n + m)",
        source: "Moore 1959, The shortest path through a maze",
        example: "MATCH (t:Topic {name: 'Trauma'}) CALL algo.bfs({sourceNode: t, relationships: 'BROADER', direction: 'incoming'}) YIELD node, depth RETURN depth, count(*) AS concepts, collect(node.name)[..3] AS among ORDER BY depth",
        says: "How many concepts are narrower than trauma, directly or by steps.",
        body: bfs,
    },
    Algorithm {
        name: "algo.dfs",
        yields: "node :: NODE, depth :: INTEGER",
        ways: Ways::Outgoing,
        settings: &[SOURCE, DEPTH],
        doc: "Depth-first search: the nodes that a node reaches, in the order of the search, with the length of the path that the search took.",
        complexity: "O(n + m)",
        source: "Tarjan 1972, Depth-first search and linear graph algorithms",
        example: "MATCH (t:Topic {name: 'Trauma'}) CALL algo.dfs({sourceNode: t, relationships: 'BROADER', direction: 'incoming'}) YIELD node, depth RETURN depth, node.name AS concept LIMIT 6",
        says: "The narrower concepts of trauma as an outline, in which each concept follows a broader one.",
        body: dfs,
    },
    Algorithm {
        name: "algo.dijkstra",
        yields: WITH_PATH,
        ways: Ways::Outgoing,
        settings: &[
            SOURCE,
            Setting::new(
                "targetNode",
                SettingKind::Nodes,
                "The nodes that paths lead to; all that are reached by default.",
            ),
        ],
        doc: "The path of the lowest weight from a node to others.",
        complexity: "O((n + m) log n)",
        source: "Dijkstra 1959, A note on two problems in connexion with graphs",
        example: "MATCH (a:Authority {name: 'Kent'}), (b:Authority {name: 'Surrey'}) CALL algo.dijkstra({sourceNode: a, targetNode: b, direction: 'both'}) YIELD distance, path RETURN distance, [n IN nodes(path) | n.name] AS names",
        says: "What connects two authorities.",
        body: dijkstra,
    },
    Algorithm {
        name: "algo.deltaStepping",
        yields: DISTANCE,
        ways: Ways::Outgoing,
        settings: &[
            SOURCE,
            Setting::new(
                "delta",
                SettingKind::Float(1e-9, f64::INFINITY, 2.0),
                "The width of a bucket of distances.",
            ),
        ],
        doc: "The distance from a node to all that it reaches, without the paths.",
        complexity: "O(n + m + d l) for the greatest degree d and the longest distance l",
        source: "Meyer, Sanders 2003, Δ-stepping: a parallelizable shortest path algorithm",
        example: "MATCH (e:Event {name: 'SESLIP Models of Social Work Practice Reference Group Meeting'}) CALL algo.deltaStepping({sourceNode: e, direction: 'both'}) YIELD target, distance RETURN distance, count(*) AS nodes ORDER BY distance",
        says: "How much of the graph is within one, two and more steps of the meeting.",
        body: delta_stepping,
    },
    Algorithm {
        name: "algo.aStar",
        yields: WITH_PATH,
        ways: Ways::Outgoing,
        settings: &[
            SOURCE,
            TARGET,
            Setting::new(
                "latitudeProperty",
                SettingKind::NeededKey,
                "The property of nodes with their latitude in degrees.",
            ),
            Setting::new(
                "longitudeProperty",
                SettingKind::NeededKey,
                "The property of nodes with their longitude in degrees.",
            ),
        ],
        doc: "The path of the lowest weight between two places, where a weight is a distance in kilometres: the search prefers nodes near the target.",
        complexity: "O((n + m) log n); far less where the target is near",
        source: "Hart, Nilsson, Raphael 1968, A formal basis for the heuristic determination of minimum cost paths",
        example: "MATCH (a:Role)-[:PROGRESSES_TO]->(b:Role) CALL algo.aStar({sourceNode: a, targetNode: b, relationships: 'PROGRESSES_TO', nodes: 'Role', latitudeProperty: 'lineFrom', longitudeProperty: 'lineTo'}) YIELD path RETURN [n IN nodes(path) | n.name] AS roles",
        says: "The graph has no places: this shows only the form of the call.",
        body: a_star,
    },
    Algorithm {
        name: "algo.yens",
        yields: "index :: INTEGER, source :: NODE, target :: NODE, distance :: FLOAT, path :: PATH",
        ways: Ways::Outgoing,
        settings: &[
            SOURCE,
            TARGET,
            Setting::new(
                "k",
                SettingKind::Integer(1, Some(3)),
                "The maximum number of paths.",
            ),
        ],
        doc: "The k paths of the lowest weight between two nodes that repeat no node, the shortest first. Of parallel relationships the one of the lowest weight is taken.",
        complexity: "O(k n (n + m) log n)",
        source: "Yen 1971, Finding the k shortest loopless paths in a network",
        example: "MATCH (a:Authority {name: 'Kent'}), (b:Authority {name: 'East Sussex'}) CALL algo.yens({sourceNode: a, targetNode: b, direction: 'both', k: 3}) YIELD index, distance, path RETURN index, distance, [n IN nodes(path) | n.name] AS names ORDER BY index",
        says: "Three independent explanations of how two authorities are connected.",
        body: yens,
    },
    Algorithm {
        name: "algo.allShortestPaths",
        yields: DISTANCE,
        ways: Ways::Outgoing,
        settings: &[],
        doc: "The distance of every pair of nodes of which one reaches the other.",
        complexity: "O(n m), with weights O(n (n + m) log n)",
        source: "Dijkstra 1959, A note on two problems in connexion with graphs",
        example: "CALL algo.allShortestPaths({direction: 'both'}) YIELD distance RETURN max(distance) AS diameter, round(avg(distance), 2) AS mean",
        says: "Any two nodes of the graph are near each other: the longest of the shortest paths, and the mean.",
        body: all_pairs,
    },
];

fn depths(call: &Call<'_>, found: Vec<(u32, u32)>) -> Found {
    let nodes = call.nodes(found.iter().map(|(node, _)| *node));
    let depths = integers(found.iter().map(|(_, depth)| *depth));
    Ok((vec![nodes, depths], found.len()))
}

fn bfs(call: &Call<'_>) -> Found {
    let most = call.optional_integer("maxDepth").unwrap_or(usize::MAX);
    let source = call.number("sourceNode")?;
    depths(
        call,
        traverse::in_breadth(&call.projection, source, most, &call.run)?,
    )
}

fn dfs(call: &Call<'_>) -> Found {
    let most = call.optional_integer("maxDepth").unwrap_or(usize::MAX);
    let source = call.number("sourceNode")?;
    depths(
        call,
        traverse::in_depth(&call.projection, source, most, &call.run)?,
    )
}

/// Paths by their nodes and weights, as the columns source, target, distance and path.
pub(super) fn routes(call: &Call<'_>, routes: &[(Vec<u32>, f64)]) -> Result<Vec<Column>, Fault> {
    let mut paths = Vec::with_capacity(routes.len());
    for (nodes, _) in routes {
        call.run.meter.spend(nodes.len() * 16)?;
        paths.push(call.path(nodes)?);
    }
    Ok(vec![
        call.nodes(routes.iter().map(|(nodes, _)| nodes[0])),
        call.nodes(routes.iter().map(|(nodes, _)| nodes[nodes.len() - 1])),
        Column::floats(routes.iter().map(|(_, distance)| *distance).collect()),
        Column::values(paths),
    ])
}

fn dijkstra(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let source = call.number("sourceNode")?;
    let targets = call.numbers("targetNode")?;
    let only = match &*targets {
        [target] => Some(*target),
        _ => None,
    };
    let tree = path::dijkstra(&call.projection, source, only, &call.run)?;
    let targets = if targets.is_empty() {
        call.projection.numbers().collect()
    } else {
        targets
    };
    let reached = targets.into_iter().filter(|target| tree.reaches(*target));
    let mut found: Vec<_> = reached
        .map(|target| (tree.path(target), tree.distances[target as usize]))
        .collect();
    found.sort_by(|one, other| one.1.total_cmp(&other.1));
    Ok((routes(call, &found)?, found.len()))
}

fn delta_stepping(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let source = call.number("sourceNode")?;
    let graph = &call.projection;
    let tree = path::delta_stepping(graph, source, call.float("delta"), &call.run)?;
    let targets: Vec<u32> = graph.numbers().filter(|node| tree.reaches(*node)).collect();
    let distances = targets
        .iter()
        .map(|target| tree.distances[*target as usize]);
    let columns = vec![
        Column::Constant(Value::Node(call.id(source))),
        call.nodes(targets.iter().copied()),
        Column::floats(distances.collect()),
    ];
    Ok((columns, targets.len()))
}

/// The mean radius of the earth in kilometres.
const EARTH: f64 = 6_371.0;

fn a_star(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let (source, target) = (call.number("sourceNode")?, call.number("targetNode")?);
    let latitudes = call.numbers_of("latitudeProperty")?;
    let longitudes = call.numbers_of("longitudeProperty")?;
    let place = |node: u32| (latitudes[node as usize], longitudes[node as usize]);
    let rest = |node: u32| EARTH * arc(place(node), place(target));
    let tree = path::a_star(&call.projection, (source, target), rest, &call.run)?;
    let mut found = Vec::new();
    if tree.reaches(target) {
        found.push((tree.path(target), tree.distances[target as usize]));
    }
    Ok((routes(call, &found)?, found.len()))
}

fn yens(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let ends = (call.number("sourceNode")?, call.number("targetNode")?);
    let found = path::k_shortest(&call.projection, ends, call.integer("k"), &call.run)?;
    let found: Vec<_> = found
        .into_iter()
        .map(|route| (route.nodes, route.distance))
        .collect();
    let mut columns = vec![integers(0..found.len())];
    columns.extend(routes(call, &found)?);
    Ok((columns, found.len()))
}

fn all_pairs(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let graph = &call.projection;
    let (mut sources, mut targets, mut distances) = (Vec::new(), Vec::new(), Vec::new());
    path::all_pairs(graph, &call.run, |source, reached, all| {
        sources.extend(reached.iter().map(|_| source));
        targets.extend_from_slice(reached);
        distances.extend(reached.iter().map(|target| all[*target as usize]));
        call.run.meter.spend(reached.len() * 24)
    })?;
    let rows = targets.len();
    let columns = vec![
        call.nodes(sources),
        call.nodes(targets),
        Column::floats(distances),
    ];
    Ok((columns, rows))
}

/// The fault of an algorithm for graphs without cycles.
pub(super) fn cyclic(algorithm: &str) -> Fault {
    let message = format!("`{algorithm}` expects relationships without a cycle, found one");
    Fault::new(Code::InvalidArgumentValue, message).help("`algo.findCycle` shows a cycle")
}
