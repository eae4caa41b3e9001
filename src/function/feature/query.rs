//! Features of procedures and queries.

use crate::function::{
    Example,
    feature::{Feature, has, lacks},
};

/// The features of this area.
pub(super) const ROWS: &[Feature] = &[
    has(
        "GP01",
        "Inline procedure",
        1,
        "NGUS",
        &[Example::new("CALL { RETURN 1 AS one } RETURN one", "1")],
    ),
    has(
        "GP02",
        "Inline procedure with implicit nested variable scope",
        1,
        "GUS",
        &[Example::new(
            "UNWIND [1, 2] AS x CALL (*) { RETURN x * 2 AS y } RETURN sum(y)",
            "6",
        )],
    ),
    has(
        "GP03",
        "Inline procedure with explicit nested variable scope",
        1,
        "NUS",
        &[Example::new(
            "UNWIND [1, 2] AS x CALL (x) { RETURN x * 2 AS y } RETURN sum(y)",
            "6",
        )],
    ),
    has(
        "GP04",
        "Named procedure calls",
        1,
        "NGUS",
        &[Example::new(
            "CALL db.labels() YIELD label WHERE label = 'Course' RETURN label",
            "'Course'",
        )],
    ),
    has(
        "GP05",
        "Procedure-local value variable definitions",
        3,
        "",
        &[Example::new(
            "VALUE x = 2 VALUE y = x + 1 RETURN x * y",
            "6",
        )],
    ),
    has(
        "GP06",
        "Procedure-local value variable definitions: value variables based on simple expressions",
        3,
        "",
        &[Example::new(
            "VALUE name = 'Advanced' MATCH (l:Level {name: name}) RETURN l.name",
            "'Advanced'",
        )],
    ),
    has(
        "GP07",
        "Procedure-local value variable definitions: value variable based on subqueries",
        3,
        "",
        &[Example::new(
            "VALUE levels = VALUE { MATCH (l:Level) RETURN count(*) } RETURN levels",
            "4",
        )],
    ),
    lacks(
        "GP08",
        "Procedure-local binding table variable definitions",
        0,
        "",
    ),
    lacks(
        "GP09",
        "Procedure-local binding table variable definitions: binding table variables based on simple expressions or references",
        0,
        "",
    ),
    lacks(
        "GP10",
        "Procedure-local binding table variable definitions: binding table variables based on subqueries",
        0,
        "",
    ),
    lacks("GP11", "Procedure-local graph variable definitions", 0, ""),
    lacks(
        "GP12",
        "Procedure-local graph variable definitions: graph variables based on simple expressions or references",
        0,
        "",
    ),
    lacks(
        "GP13",
        "Procedure-local graph variable definitions: graph variables based on subqueries",
        0,
        "",
    ),
    lacks("GP14", "Binding tables as procedure arguments", 0, ""),
    lacks("GP15", "Graphs as procedure arguments", 0, ""),
    lacks("GP16", "AT schema clause", 0, ""),
    has(
        "GP17",
        "Binding variable definition block",
        3,
        "",
        &[Example::new(
            "VALUE one = 1 VALUE two = 2 RETURN one + two",
            "3",
        )],
    ),
    lacks("GP18", "Catalog and data statement mixing", 0, "U"),
    has(
        "GQ01",
        "USE graph clause",
        3,
        "NG",
        &[Example::new(
            "USE CURRENT_GRAPH MATCH (l:Level) RETURN count(*)",
            "4",
        )],
    ),
    has(
        "GQ02",
        "Composite query: OTHERWISE",
        2,
        "GU",
        &[Example::new(
            "MATCH (n:Level {name: 'none'}) RETURN n.name AS name OTHERWISE RETURN 'other' AS name",
            "'other'",
        )],
    ),
    has(
        "GQ03",
        "Composite query: UNION",
        1,
        "NGUS",
        &[Example::new(
            "CALL { RETURN 1 AS x UNION RETURN 1 AS x UNION RETURN 2 AS x } RETURN count(*)",
            "2",
        )],
    ),
    has(
        "GQ04",
        "Composite query: EXCEPT DISTINCT",
        2,
        "GUS",
        &[Example::new(
            "CALL { UNWIND [1, 1, 2] AS x RETURN x EXCEPT RETURN 2 AS x } RETURN count(*)",
            "1",
        )],
    ),
    has(
        "GQ05",
        "Composite query: EXCEPT ALL",
        2,
        "GUS",
        &[Example::new(
            "CALL { UNWIND [1, 1, 2] AS x RETURN x EXCEPT ALL RETURN 1 AS x } RETURN sum(x)",
            "3",
        )],
    ),
    has(
        "GQ06",
        "Composite query: INTERSECT DISTINCT",
        2,
        "GUS",
        &[Example::new(
            "CALL { UNWIND [1, 1, 2] AS x RETURN x INTERSECT UNWIND [1, 1] AS x RETURN x } RETURN count(*)",
            "1",
        )],
    ),
    has(
        "GQ07",
        "Composite query: INTERSECT ALL",
        2,
        "GUS",
        &[Example::new(
            "CALL { UNWIND [1, 1, 2] AS x RETURN x INTERSECT ALL UNWIND [1, 1] AS x RETURN x } RETURN count(*)",
            "2",
        )],
    ),
    has(
        "GQ08",
        "FILTER statement",
        1,
        "GUFS",
        &[Example::new(
            "UNWIND [1, 2, 3] AS x FILTER x > 1 RETURN count(*)",
            "2",
        )],
    ),
    has(
        "GQ09",
        "LET statement",
        1,
        "GUFS",
        &[Example::new("LET x = 2 LET y = x * 2 RETURN y", "4")],
    ),
    has(
        "GQ10",
        "FOR statement: list value support",
        1,
        "NGU",
        &[Example::new("FOR x IN [1, 2] RETURN sum(x)", "3")],
    ),
    has(
        "GQ11",
        "FOR statement: WITH ORDINALITY",
        2,
        "GU",
        &[Example::new(
            "FOR x IN ['a', 'b'] WITH ORDINALITY i RETURN sum(i)",
            "3",
        )],
    ),
    has(
        "GQ12",
        "ORDER BY and page statement: OFFSET clause",
        1,
        "GUFS",
        &[Example::new(
            "UNWIND [1, 2, 3] AS x ORDER BY x OFFSET 2 RETURN x",
            "3",
        )],
    ),
    has(
        "GQ13",
        "ORDER BY and page statement: LIMIT clause",
        1,
        "NGUFS",
        &[Example::new(
            "UNWIND [1, 2, 3] AS x ORDER BY x LIMIT 1 RETURN x",
            "1",
        )],
    ),
    has(
        "GQ14",
        "Complex expressions in sort keys",
        1,
        "GU",
        &[Example::new(
            "UNWIND [1, 2, 3] AS x RETURN x ORDER BY x % 3, -x LIMIT 1",
            "3",
        )],
    ),
    has(
        "GQ15",
        "GROUP BY clause",
        2,
        "GUFS",
        &[Example::new(
            "MATCH (c:Course)-[:HAS_LEVEL]->(l) RETURN count(*) AS n GROUP BY l ORDER BY n LIMIT 1",
            "1",
        )],
    ),
    has(
        "GQ16",
        "Pre-projection aliases in sort keys",
        1,
        "GU",
        &[Example::new(
            "UNWIND [2, 1] AS x RETURN x * 10 AS y ORDER BY x LIMIT 1",
            "10",
        )],
    ),
    has(
        "GQ17",
        "Element-wise group variable operations",
        2,
        "UF",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'}) ((a)-[r:BROADER]->(b)){1,2} (c) RETURN max(size([n IN b | n.name]))",
            "2",
        )],
    ),
    has(
        "GQ18",
        "Scalar subqueries",
        2,
        "GUS",
        &[Example::new(
            "RETURN VALUE { MATCH (l:Level) RETURN count(*) }",
            "4",
        )],
    ),
    has(
        "GQ19",
        "Graph pattern YIELD clause",
        2,
        "U",
        &[Example::new(
            "MATCH (c:Course {name: 'Risk assessment and analysis'})-[r:HAS_LEVEL]->(l) YIELD l RETURN l.name",
            "'Essential'",
        )],
    ),
    has(
        "GQ20",
        "Advanced linear composition with NEXT",
        1,
        "GUS",
        &[Example::new(
            "MATCH (l:Level) RETURN l NEXT RETURN count(l)",
            "4",
        )],
    ),
    has(
        "GQ21",
        "OPTIONAL: Multiple MATCH statements",
        2,
        "GUF",
        &[Example::new(
            "MATCH (c:Course {name: 'Risk assessment and analysis'}) OPTIONAL { MATCH (c)-[:HAS_LEVEL]->(l) MATCH (l)-[:NOTHING]->(x) } RETURN x IS NULL",
            "true",
        )],
    ),
    has(
        "GQ22",
        "EXISTS predicate: multiple MATCH statements",
        1,
        "GU",
        &[Example::new(
            "RETURN EXISTS { MATCH (c:Course) MATCH (c)-[:HAS_LEVEL]->(:Level {name: 'Advanced'}) }",
            "true",
        )],
    ),
    lacks("GQ23", "FOR statement: binding table support", 0, "U"),
    has(
        "GQ24",
        "FOR statement: WITH OFFSET",
        2,
        "GU",
        &[Example::new(
            "FOR x IN ['a', 'b'] WITH OFFSET i RETURN sum(i)",
            "1",
        )],
    ),
];
