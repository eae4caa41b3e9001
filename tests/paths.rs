//! Quantified paths, path modes and path searches against brute force, on every graph of three nodes and up to three
//! relationships, with loops and parallel relationships.

use std::collections::{BTreeMap, BTreeSet};

use relata::{Database, value::Value};

/// The number of nodes of each graph.
const NODES: usize = 3;

/// A path: the numbers of its nodes and of its relationships.
type Path = (Vec<usize>, Vec<usize>);

/// A graph: the ends of each relationship.
type Graph = Vec<(usize, usize)>;

/// All graphs with up to `most` relationships, apart from the order of relationships.
fn graphs(most: usize) -> Vec<Graph> {
    let pairs: Vec<_> = (0..NODES)
        .flat_map(|from| (0..NODES).map(move |to| (from, to)))
        .collect();
    let mut all: Vec<Graph> = vec![Vec::new()];
    let mut last = all.clone();
    for _ in 0..most {
        let longer = last.iter().flat_map(|graph| {
            let from = graph.last().copied();
            let next = pairs.iter().filter(move |pair| Some(**pair) >= from);
            next.map(|pair| [graph.as_slice(), &[*pair]].concat())
        });
        last = longer.collect();
        all.extend(last.clone());
    }
    all
}

/// The paths without repeated relationships, with a number of relationships in a range.
fn trails(graph: &Graph, directed: bool, least: usize, most: usize) -> Vec<Path> {
    let mut found = Vec::new();
    let mut waiting: Vec<Path> = (0..NODES).map(|node| (vec![node], Vec::new())).collect();
    while let Some((nodes, edges)) = waiting.pop() {
        let here = *nodes.last().unwrap();
        if edges.len() < most {
            for (edge, (from, to)) in graph.iter().enumerate() {
                if edges.contains(&edge) {
                    continue;
                }
                for end in ends(here, (*from, *to), directed) {
                    let longer = [nodes.as_slice(), &[end]].concat();
                    waiting.push((longer, [edges.as_slice(), &[edge]].concat()));
                }
            }
        }
        if edges.len() >= least {
            found.push((nodes, edges));
        }
    }
    found
}

fn different(nodes: &[usize]) -> bool {
    nodes.iter().collect::<BTreeSet<_>>().len() == nodes.len()
}

/// Whether the nodes of a path are as a mode says.
fn has_mode(mode: &str, (nodes, _): &Path) -> bool {
    match mode {
        "ACYCLIC" => different(nodes),
        "SIMPLE" => {
            let closed = nodes.len() > 1 && nodes.first() == nodes.last();
            different(&nodes[usize::from(closed)..])
        }
        _ => true,
    }
}

/// The paths by their end nodes.
fn by_ends(paths: &[Path]) -> BTreeMap<(usize, usize), Vec<Path>> {
    let mut groups: BTreeMap<_, Vec<Path>> = BTreeMap::new();
    for path in paths {
        let ends = (path.0[0], *path.0.last().unwrap());
        groups.entry(ends).or_default().push(path.clone());
    }
    for group in groups.values_mut() {
        group.sort_by_key(|(nodes, edges)| (edges.len(), nodes.clone(), edges.clone()));
    }
    groups
}

/// Whether paths are a selection of all paths, both between the same end nodes.
fn is_selected(search: &str, count: usize, found: &[Path], all: &[Path]) -> bool {
    let length =
        |paths: &[Path]| -> Vec<usize> { paths.iter().map(|(_, edges)| edges.len()).collect() };
    let inside = found.iter().all(|path| all.contains(path));
    let distinct = found.iter().collect::<BTreeSet<_>>().len() == found.len();
    let first = &all[..count.min(all.len())];
    inside
        && distinct
        && match search {
            "ANY" => found.len() == first.len(),
            "SHORTEST" => length(found) == length(first),
            "GROUPS" => {
                let lengths: BTreeSet<usize> = length(all).into_iter().collect();
                let longest = lengths.iter().take(count).next_back();
                let kept = all
                    .iter()
                    .filter(|(_, edges)| Some(&edges.len()) <= longest);
                found.len() == kept.count()
            }
            _ => found == all,
        }
}

fn numbers(value: &Value) -> Vec<usize> {
    let Value::List(items) = value else {
        panic!("expected a list, found {value:?}");
    };
    let numbers = items.iter().map(|item| match item {
        Value::Integer(number) => usize::try_from(*number).unwrap(),
        other => panic!("expected a number, found {other:?}"),
    });
    numbers.collect()
}

fn paths(database: &mut Database, query: &str) -> Vec<Path> {
    let answer = database.query(query).run().expect(query);
    let rows = answer.rows();
    rows.map(|row| (numbers(&row.values()[0]), numbers(&row.values()[1])))
        .collect()
}

fn database(graph: &Graph) -> Database {
    let mut text: Vec<String> = (0..NODES)
        .map(|node| format!("(n{node} {{i: {node}}})"))
        .collect();
    for (edge, (from, to)) in graph.iter().enumerate() {
        text.push(format!("(n{from})-[:R {{i: {edge}}}]->(n{to})"));
    }
    let mut database = Database::empty();
    let create = format!("CREATE {}", text.join(", "));
    database.query(&create).run().expect(&create);
    database
}

/// The searches with their texts.
const SEARCHES: [(&str, &str, usize); 8] = [
    ("ALL", "", 0),
    ("ANY", "ANY", 1),
    ("ANY", "ANY 2", 2),
    ("SHORTEST", "ANY SHORTEST", 1),
    ("SHORTEST", "SHORTEST 2", 2),
    ("GROUPS", "ALL SHORTEST", 1),
    ("GROUPS", "SHORTEST GROUP", 1),
    ("GROUPS", "SHORTEST 2 GROUPS", 2),
];

#[test]
fn searches_and_modes_agree_with_brute_force() {
    for graph in graphs(3) {
        let mut database = database(&graph);
        for (arrow, directed) in [("-[:R]->", true), ("-[:R]-", false)] {
            for (quantifier, least, most) in [("+", 1, 9), ("*", 0, 9), ("{2,3}", 2, 3)] {
                let trails = trails(&graph, directed, least, most);
                for mode in ["", "ACYCLIC", "SIMPLE"] {
                    let mut all = trails.clone();
                    all.retain(|path| has_mode(mode, path));
                    let all = by_ends(&all);
                    for (search, text, count) in SEARCHES {
                        let prefix =
                            match text.strip_suffix(" GROUPS").or(text.strip_suffix(" GROUP")) {
                                Some(before) => format!("{before} {mode} GROUPS"),
                                None => format!("{text} {mode}"),
                            };
                        let query = format!(
                            "MATCH p = {prefix} (a){arrow}{quantifier}(b) \
                             RETURN [n IN nodes(p) | n.i], [r IN relationships(p) | r.i]"
                        );
                        let found = by_ends(&paths(&mut database, &query));
                        assert_eq!(
                            found.keys().collect::<Vec<_>>(),
                            all.keys().collect::<Vec<_>>(),
                            "{query}: {graph:?}"
                        );
                        for (ends, group) in &found {
                            assert!(
                                is_selected(search, count, group, &all[ends]),
                                "{query}: {graph:?}: {group:?} of {:?}",
                                all[ends]
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn quantified_paths_agree_with_brute_force() {
    for graph in graphs(3) {
        let mut database = database(&graph);
        for (arrow, directed) in [("-[r:R]->", true), ("-[r:R]-", false)] {
            for (quantifier, least, most) in [("+", 1, 9), ("*", 0, 9), ("{2}", 2, 2)] {
                let query = format!(
                    "MATCH p = (s) ((a){arrow}(b) WHERE a.i <= b.i AND r.i <> 1){quantifier} (e) \
                     RETURN [n IN nodes(p) | n.i], [x IN r | x.i], [n IN a | n.i], [n IN b | n.i]"
                );
                let mut expected = trails(&graph, directed, least, most);
                expected.retain(|(nodes, edges)| nodes.is_sorted() && !edges.contains(&1));
                expected.sort();
                let answer = database.query(&query).run().expect(&query);
                let mut found = Vec::new();
                for row in answer.rows() {
                    let [nodes, edges, before, after] =
                        [0, 1, 2, 3].map(|at| numbers(&row.values()[at]));
                    assert_eq!(before, nodes[..nodes.len() - 1], "{query}: {graph:?}");
                    assert_eq!(after, nodes[1..], "{query}: {graph:?}");
                    found.push((nodes, edges));
                }
                found.sort();
                assert_eq!(found, expected, "{query}: {graph:?}");
            }
        }
    }
}

/// The nodes that a relationship leads to from a node.
fn ends(here: usize, (from, to): (usize, usize), directed: bool) -> BTreeSet<usize> {
    let mut ends = BTreeSet::new();
    if from == here {
        ends.insert(to);
    }
    if !directed && to == here {
        ends.insert(from);
    }
    ends
}

/// The walks of a number of relationships, which may repeat them.
fn walks(graph: &Graph, directed: bool, length: usize) -> Vec<Path> {
    let mut found: Vec<Path> = (0..NODES).map(|node| (vec![node], Vec::new())).collect();
    for _ in 0..length {
        let mut longer = Vec::new();
        for (nodes, edges) in &found {
            let here = *nodes.last().unwrap();
            for (edge, (from, to)) in graph.iter().enumerate() {
                for end in ends(here, (*from, *to), directed) {
                    let nodes = [nodes.as_slice(), &[end]].concat();
                    longer.push((nodes, [edges.as_slice(), &[edge]].concat()));
                }
            }
        }
        found = longer;
    }
    found
}

/// The paths that a query returns, in order.
fn sorted(database: &mut Database, query: &str) -> Vec<Path> {
    let mut found = paths(database, query);
    found.sort();
    found
}

#[test]
fn match_modes_agree_with_brute_force() {
    for graph in graphs(3) {
        let mut database = database(&graph);
        for (arrow, directed) in [("->", true), ("-", false)] {
            for (mode, repeats) in [("REPEATABLE ELEMENTS", true), ("DIFFERENT EDGES", false)] {
                let query = format!(
                    "MATCH {mode} (a)-[r]{arrow}(b)-[s]{arrow}(c) RETURN [a.i, b.i, c.i], [r.i, s.i]"
                );
                let mut expected = walks(&graph, directed, 2);
                expected.retain(|(_, edges)| repeats || edges[0] != edges[1]);
                expected.sort();
                let found = sorted(&mut database, &query);
                assert_eq!(found, expected, "{query}: {graph:?}");
            }
            for (quantifier, lengths) in [("{0,3}", 0..=3), ("{2}", 2..=2), ("{1,2}", 1..=2)] {
                let query = format!(
                    "MATCH REPEATABLE ELEMENTS p = (a)-[r:R]{arrow}{quantifier}(b) \
                     RETURN [n IN nodes(p) | n.i], [x IN r | x.i]"
                );
                let mut expected: Vec<Path> = lengths
                    .flat_map(|length| walks(&graph, directed, length))
                    .collect();
                expected.sort();
                let found = sorted(&mut database, &query);
                assert_eq!(found, expected, "{query}: {graph:?}");
            }
            let query = format!(
                "MATCH REPEATABLE ELEMENTS TRAIL (a)-[r]{arrow}(b)-[s]{arrow}(c), (d)-[t]->(e) WHERE d = a \
                 RETURN [a.i, b.i, c.i], [r.i, s.i]"
            );
            let mut expected = Vec::new();
            for path in walks(&graph, directed, 2) {
                let leaving = graph.iter().filter(|(from, _)| *from == path.0[0]).count();
                if path.1[0] != path.1[1] {
                    expected.extend(vec![path; leaving]);
                }
            }
            expected.sort();
            let found = sorted(&mut database, &query);
            assert_eq!(found, expected, "{query}: {graph:?}");
        }
    }
}

#[test]
fn questioned_and_simplified_paths_agree_with_brute_force() {
    for graph in graphs(3) {
        let mut database = database(&graph);
        let returned = "RETURN [n IN nodes(p) | n.i], [r IN relationships(p) | r.i]";
        for (pattern, directed, least, most) in [
            ("(a)-[r:R]->?(b)", true, 0, 1),
            ("(s) ((a)-[r:R]-(b))? (e)", false, 0, 1),
            ("(a)-/R R/->(b)", true, 2, 2),
            ("(a)-/R+/-(b)", false, 1, 9),
            ("(a)-/R|S/->(b)", true, 1, 1),
            ("(a)-/<R>/->(b)", false, 1, 1),
        ] {
            let query = format!("MATCH p = {pattern} {returned}");
            let mut expected = trails(&graph, directed, least, most);
            expected.sort();
            let found = sorted(&mut database, &query);
            assert_eq!(found, expected, "{query}: {graph:?}");
        }
        let query = "MATCH p = (a)-[r:R]->?(b) WHERE (r IS NULL) <> (length(p) = 0) RETURN p";
        assert_eq!(database.query(query).run().expect(query).rows().count(), 0);
        let query = "MATCH p = (s) ((a)-[r:R]->(b))? (e) \
                     WHERE (a IS NULL) <> (length(p) = 0) OR (length(p) = 1 AND NOT (a = s AND b = e)) RETURN p";
        assert_eq!(database.query(query).run().expect(query).rows().count(), 0);
    }
}

#[test]
fn quantified_paths_of_several_relationships_agree_with_brute_force() {
    for graph in graphs(3) {
        let mut database = database(&graph);
        for (arrow, directed) in [("->", true), ("-", false)] {
            for (quantifier, lengths) in [
                ("{1,2}", vec![2, 4]),
                ("{0,1}", vec![0, 2]),
                ("{1}", vec![2]),
            ] {
                let query = format!(
                    "MATCH p = (x) ((a)-[r:R]{arrow}(b)-[s:R]{arrow}(c) WHERE a.i <= b.i){quantifier} (y) \
                     RETURN [n IN nodes(p) | n.i], [e IN relationships(p) | e.i], [n IN a | n.i], \
                     [n IN b | n.i], [n IN c | n.i], [e IN r | e.i], [e IN s | e.i]"
                );
                let mut expected = trails(&graph, directed, 0, 4);
                expected.retain(|(nodes, edges)| {
                    let starts = (0..edges.len()).step_by(2);
                    lengths.contains(&edges.len())
                        && starts.into_iter().all(|at| nodes[at] <= nodes[at + 1])
                });
                expected.sort();
                let answer = database.query(&query).run().expect(&query);
                let mut found = Vec::new();
                for row in answer.rows() {
                    let columns: Vec<_> = (0..7).map(|at| numbers(&row.values()[at])).collect();
                    let (nodes, edges) = (&columns[0], &columns[1]);
                    let every = |list: &[usize], first: usize| -> Vec<usize> {
                        list.iter().copied().skip(first).step_by(2).collect()
                    };
                    let inner = &nodes[..nodes.len() - 1];
                    assert_eq!(columns[2], every(inner, 0), "{query}: {graph:?}");
                    assert_eq!(columns[3], every(inner, 1), "{query}: {graph:?}");
                    assert_eq!(columns[4], every(nodes, 2), "{query}: {graph:?}");
                    assert_eq!(columns[5], every(edges, 0), "{query}: {graph:?}");
                    assert_eq!(columns[6], every(edges, 1), "{query}: {graph:?}");
                    found.push((nodes.clone(), edges.clone()));
                }
                found.sort();
                assert_eq!(found, expected, "{query}: {graph:?}");
            }
        }
    }
}

#[test]
fn unions_of_paths_agree_with_brute_force() {
    for graph in graphs(3) {
        let mut database = database(&graph);
        let returned = "RETURN [n IN nodes(p) | n.i], [r IN relationships(p) | r.i]";
        let of = |least, most| trails(&graph, true, least, most);
        for (pattern, expected) in [
            ("(a)-[:R]->(b) | (a)-[:R]->(b)", of(1, 1)),
            (
                "(a)-[:R]->(b) |+| (c)-[:R]->(d)",
                [of(1, 1), of(1, 1)].concat(),
            ),
            ("(a)-[:R]->{1,2}(b) | (a)-[:R]->(c)-[:R]->(b)", of(1, 2)),
            (
                "(a)-[:R]->{1,2}(b) |+| (a)-[:R]->(c)-[:R]->(b)",
                [of(1, 2), of(2, 2)].concat(),
            ),
            ("(a) | (a)-[:R]->(b)", of(0, 1)),
        ] {
            let query = format!("MATCH p = {pattern} {returned}");
            let mut expected = expected;
            // Names make the rows of `c` differ from those without.
            if pattern == "(a)-[:R]->{1,2}(b) | (a)-[:R]->(c)-[:R]->(b)" {
                expected = [of(1, 2), of(2, 2)].concat();
            }
            expected.sort();
            let found = sorted(&mut database, &query);
            assert_eq!(found, expected, "{query}: {graph:?}");
        }
        let mut all = trails(&graph, true, 1, 2);
        all.extend(of(2, 2));
        let all = by_ends(&all);
        for (search, text, count) in SEARCHES {
            let query = format!(
                "MATCH p = {text} ((a)-[:R]->{{1,2}}(b) |+| (a)-[:R]->(c)-[:R]->(b)) {returned}"
            );
            for (ends, group) in by_ends(&paths(&mut database, &query)) {
                let lengths = |paths: &[Path]| -> Vec<usize> {
                    paths.iter().map(|(_, edges)| edges.len()).collect()
                };
                let kept = match search {
                    "GROUPS" => {
                        let known: BTreeSet<usize> = lengths(&all[&ends]).into_iter().collect();
                        let longest = known.into_iter().take(count).next_back();
                        let short = lengths(&all[&ends]).into_iter();
                        short.filter(|length| Some(*length) <= longest).count()
                    }
                    "ALL" => all[&ends].len(),
                    _ => count.min(all[&ends].len()),
                };
                assert_eq!(group.len(), kept, "{query}: {graph:?}");
                if search == "SHORTEST" {
                    assert_eq!(lengths(&group), lengths(&all[&ends])[..kept], "{query}");
                }
            }
        }
        let query =
            "MATCH (a)-[r:R]->(b) | (a)<-[s:R]-(b) WHERE (r IS NULL) = (s IS NULL) RETURN a";
        assert_eq!(database.query(query).run().expect(query).rows().count(), 0);
    }
}
