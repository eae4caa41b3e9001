//! Features of the catalog, of changes, of graph types, of sessions and of transactions.

use crate::function::{
    Example,
    feature::{Feature, has, lacks},
};

/// The features of this area.
pub(super) const ROWS: &[Feature] = &[
    lacks("GC01", "Graph schema management", 0, "G"),
    lacks("GC02", "Graph schema management: IF [ NOT ] EXISTS", 0, "G"),
    lacks("GC03", "Graph type: IF [ NOT ] EXISTS", 0, "GUS"),
    lacks("GC04", "Graph management", 3, "GU"),
    lacks("GC05", "Graph management: IF [ NOT ] EXISTS", 3, "GU"),
    has(
        "GD01",
        "Updatable graphs",
        1,
        "NGUS",
        &[Example::new(
            "MATCH (l:Level {name: 'Advanced'}) SET l.note = 'x' RETURN l.note",
            "'x'",
        )],
    ),
    has(
        "GD02",
        "Graph label set changes",
        2,
        "G",
        &[Example::new(
            "MATCH (l:Level {name: 'Advanced'}) SET l:Top REMOVE l:Level RETURN labels(l)",
            "['Top']",
        )],
    ),
    has(
        "GD03",
        "DELETE statement: subquery support",
        3,
        "G",
        &[Example::new(
            "MATCH (l:Level {name: 'Advanced'}) DETACH DELETE VALUE { RETURN l }; MATCH (l:Level) RETURN count(*)",
            "3",
        )],
    ),
    has(
        "GD04",
        "DELETE statement: simple expression support",
        2,
        "G",
        &[Example::new(
            "MATCH (l:Level {name: 'Advanced'}) DETACH DELETE [l][0]; MATCH (l:Level) RETURN count(*)",
            "3",
        )],
    ),
    has(
        "GG01",
        "Graph with an open graph type",
        1,
        "NGUS",
        &[Example::new(
            "MATCH (l:Level {name: 'Advanced'}) SET l:Anything, l.anything = [1] RETURN l.anything",
            "[1]",
        )],
    ),
    lacks("GG02", "Graph with a closed graph type", 3, "GUFS"),
    lacks("GG03", "Graph type inline specification", 3, "GUF"),
    lacks("GG04", "Graph type like a graph", 0, "GU"),
    lacks("GG05", "Graph from a graph source", 0, ""),
    lacks("GG20", "Explicit element type names", 3, "GUFS"),
    lacks("GG21", "Explicit element type key label sets", 3, "GS"),
    lacks("GG22", "Element type key label set inference", 3, "G"),
    lacks("GG23", "Optional element type key label sets", 0, "UF"),
    lacks("GG24", "Relaxed structural consistency", 0, "U"),
    lacks(
        "GG25",
        "Relaxed key label set uniqueness for edge types",
        0,
        "",
    ),
    lacks("GG26", "Relaxed property value type consistency", 0, "U"),
    lacks("GH01", "External object references", 0, ""),
    has(
        "GH02",
        "Undirected edge patterns",
        3,
        "S",
        &[Example::new(
            "MATCH (l:Level {name: 'Essential'}) RETURN [COUNT { (l)~[:HAS_LEVEL]~() }, COUNT { (l)<~[:HAS_LEVEL]~() }, COUNT { (l)~[:HAS_LEVEL]~>() }]",
            "[0, 4, 0]",
        )],
    ),
    lacks(
        "GS01",
        "SESSION SET command: session-local graph parameters",
        0,
        "G",
    ),
    lacks(
        "GS02",
        "SESSION SET command: session-local binding table parameters",
        0,
        "",
    ),
    has(
        "GS03",
        "SESSION SET command: session-local value parameters",
        2,
        "GS",
        &[Example::new(
            "SESSION SET VALUE $x = 7; MATCH (k:KSS {number: $x}) RETURN k.id",
            "'kss:7'",
        )],
    ),
    has(
        "GS04",
        "SESSION RESET command: reset all characteristics",
        2,
        "GS",
        &[Example::new(
            "SESSION SET VALUE $x = 7; SESSION RESET ALL CHARACTERISTICS; SESSION SET VALUE IF NOT EXISTS $x = 8; RETURN $x",
            "8",
        )],
    ),
    has(
        "GS05",
        "SESSION RESET command: reset session schema",
        0,
        "G",
        &[Example::new(
            "SESSION SET SCHEMA HOME_SCHEMA; SESSION RESET SCHEMA; MATCH (l:Level) RETURN count(*)",
            "4",
        )],
    ),
    has(
        "GS06",
        "SESSION RESET command: reset session graph",
        0,
        "G",
        &[Example::new(
            "SESSION SET GRAPH CURRENT_GRAPH; SESSION RESET GRAPH; MATCH (l:Level) RETURN count(*)",
            "4",
        )],
    ),
    has(
        "GS07",
        "SESSION RESET command: reset time zone displacement",
        3,
        "GS",
        &[Example::new(
            "SESSION SET TIME ZONE '+01:00'; SESSION RESET TIME ZONE; RETURN CURRENT_TIMESTAMP.offset",
            "'Z'",
        )],
    ),
    has(
        "GS08",
        "SESSION RESET command: reset all session parameters",
        2,
        "GS",
        &[Example::new(
            "SESSION SET VALUE $x = 7; SESSION RESET ALL PARAMETERS; SESSION SET VALUE IF NOT EXISTS $x = 8; RETURN $x",
            "8",
        )],
    ),
    lacks(
        "GS10",
        "SESSION SET command: session-local binding table parameters based on subqueries",
        0,
        "",
    ),
    has(
        "GS11",
        "SESSION SET command: session-local value parameters based on sub-queries",
        3,
        "",
        &[Example::new(
            "SESSION SET VALUE $levels = VALUE { MATCH (l:Level) RETURN count(*) }; RETURN $levels",
            "4",
        )],
    ),
    lacks(
        "GS12",
        "SESSION SET command: session-local graph parameters based on simple expressions or references",
        0,
        "",
    ),
    lacks(
        "GS13",
        "SESSION SET command: session-local binding table parameters based on simple expressions or references",
        0,
        "",
    ),
    has(
        "GS14",
        "SESSION SET command: session-local value parameters based on simple expressions",
        2,
        "",
        &[Example::new(
            "SESSION SET VALUE $x :: INTEGER = 3 * 4; RETURN $x",
            "12",
        )],
    ),
    has(
        "GS15",
        "SESSION SET command: set time zone displacement",
        3,
        "GS",
        &[Example::new(
            "SESSION SET TIME ZONE '+01:00'; RETURN CURRENT_TIMESTAMP.offset",
            "'+01:00'",
        )],
    ),
    has(
        "GS16",
        "SESSION RESET command: reset individual session parameters",
        2,
        "S",
        &[Example::new(
            "SESSION SET VALUE $x = 7; SESSION RESET PARAMETER $x; SESSION SET VALUE IF NOT EXISTS $x = 8; RETURN $x",
            "8",
        )],
    ),
    has(
        "GT01",
        "Explicit transaction commands",
        2,
        "GS",
        &[Example::new(
            "START TRANSACTION; MATCH (l:Level {name: 'Advanced'}) SET l.note = 'x'; ROLLBACK; MATCH (l:Level {name: 'Advanced'}) RETURN l.note IS NULL",
            "true",
        )],
    ),
    has(
        "GT02",
        "Specified transaction characteristics",
        3,
        "G",
        &[Example::new(
            "START TRANSACTION READ WRITE; MATCH (l:Level {name: 'Advanced'}) SET l.note = 'x'; COMMIT; START TRANSACTION READ ONLY; MATCH (l:Level {note: 'x'}) RETURN count(*)",
            "1",
        )],
    ),
    lacks("GT03", "Use of multiple graphs in a transaction", 0, ""),
];
