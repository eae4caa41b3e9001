//! Features of comparisons, comments, expressions, functions and literals.

use crate::function::{
    Example,
    feature::{Feature, has, lacks},
};

/// The features of this area.
pub(super) const ROWS: &[Feature] = &[
    has(
        "GA01",
        "IEEE 754 floating point operations",
        1,
        "GUFS",
        &[Example::new(
            "RETURN [1.0 / 0 > 1e308, -1.0 / 0 < -1e308, 0.1 + 0.2 > 0.3]",
            "[true, true, true]",
        )],
    ),
    has(
        "GA03",
        "Explicit ordering of nulls",
        1,
        "GU",
        &[Example::new(
            "UNWIND [2, null, 1] AS x WITH x ORDER BY x NULLS FIRST RETURN collect(coalesce(x, 0))",
            "[0, 1, 2]",
        )],
    ),
    has(
        "GA04",
        "Universal comparison",
        2,
        "U",
        &[Example::new(
            "RETURN [1 = 'a', 'a' = 'a', [1] = {a: 1}, date('2015-07-21') = 1]",
            "[false, true, false, false]",
        )],
    ),
    has(
        "GA05",
        "Cast specification",
        1,
        "GUS",
        &[Example::new(
            "RETURN [CAST('1' AS INTEGER), CAST(1.9 AS INTEGER)]",
            "[1, 1]",
        )],
    ),
    has(
        "GA06",
        "Value type predicate",
        1,
        "NG",
        &[Example::new(
            "RETURN [1 IS TYPED INTEGER, 1 IS NOT TYPED STRING]",
            "[true, true]",
        )],
    ),
    has(
        "GA07",
        "Ordering by discarded binding variables",
        1,
        "NUS",
        &[Example::new(
            "MATCH (c:Course)-[:HAS_LEVEL]->(l) WITH c, l RETURN l.name ORDER BY c.name LIMIT 1",
            "'Advanced'",
        )],
    ),
    has(
        "GA08",
        "GQL-status objects with diagnostic records",
        2,
        "",
        &[
            Example::new(
                "MATCH (c:Course {name: 'none'}) RETURN c; CALL relata.status() YIELD gqlstatus, description, record RETURN gqlstatus || ' ' || description || ' ' || record.CURRENT_SCHEMA",
                "'02000 note: no data /'",
            ),
            Example::new(
                "MATCH (c:Curse) RETURN count(c); CALL relata.status() YIELD gqlstatus, record RETURN collect([gqlstatus, record.START])",
                "[['00000', null], ['01N50', 9]]",
            ),
        ],
    ),
    has(
        "GA09",
        "Comparison of paths",
        1,
        "GU",
        &[Example::new(
            "MATCH p = (:Course)-[:HAS_LEVEL]->(:Level {name: 'Foundation'}) MATCH q = (:Course)-[:HAS_LEVEL]->(:Level {name: 'Foundation'}) RETURN p = q",
            "true",
        )],
    ),
    has(
        "GB01",
        "Long identifiers",
        1,
        "NGU",
        &[Example::new(
            "RETURN LET aVeryLongIdentifierOfMoreThanSixtyFourCharactersWhichTheStandardCallsLongIdentifier = 1 IN aVeryLongIdentifierOfMoreThanSixtyFourCharactersWhichTheStandardCallsLongIdentifier END",
            "1",
        )],
    ),
    has(
        "GB02",
        "Double minus sign comments",
        1,
        "GUF",
        &[Example::new("GQL RETURN 1 -- one", "1")],
    ),
    has(
        "GB03",
        "Double solidus comments",
        1,
        "GUF",
        &[Example::new("RETURN 1 // one", "1")],
    ),
    lacks("GE01", "Graph reference value expressions", 0, ""),
    lacks("GE02", "Binding table reference value expressions", 0, ""),
    has(
        "GE03",
        "Let-binding of variables in expressions",
        2,
        "GUF",
        &[Example::new(
            "RETURN LET x = 2, y = x * x IN x + y END",
            "6",
        )],
    ),
    lacks("GE04", "Graph parameters", 0, "S"),
    lacks("GE05", "Binding table parameters", 0, "S"),
    has(
        "GE06",
        "Path value construction",
        3,
        "UF",
        &[Example::new(
            "MATCH (a:Course {name: 'Risk assessment and analysis'})-[r:HAS_LEVEL]->(b), (a)-[s:IN_SECTION]->(c) RETURN length(PATH[b, r, a] || PATH[a, s, c])",
            "2",
        )],
    ),
    has(
        "GE07",
        "Boolean XOR",
        1,
        "GUFS",
        &[Example::new(
            "RETURN [true XOR false, true XOR true, true XOR null]",
            "[true, false, null]",
        )],
    ),
    lacks("GE08", "Reference parameters", 3, "G"),
    has(
        "GE09",
        "Horizontal aggregation",
        2,
        "F",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'})-[r:BROADER]->{1,2}(b) RETURN max(size(r))",
            "2",
        )],
    ),
    has(
        "GF01",
        "Enhanced numeric functions",
        1,
        "NGUS",
        &[Example::new(
            "RETURN [abs(-2), mod(7, 3), floor(1.5), ceiling(1.5), sqrt(4), power(2, 3), exp(0)]",
            "[2, 1, 1.0, 2.0, 2.0, 8.0, 1.0]",
        )],
    ),
    has(
        "GF02",
        "Trigonometric functions",
        1,
        "NGUS",
        &[Example::new(
            "RETURN [sin(0), cos(0), tan(0), asin(0), acos(1), atan(0), sinh(0), cosh(0), tanh(0), degrees(0), radians(0)]",
            "[0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]",
        )],
    ),
    has(
        "GF03",
        "Logarithmic functions",
        1,
        "NGUS",
        &[Example::new(
            "RETURN [log(2, 8), log10(100), ln(1)]",
            "[3.0, 2.0, 0.0]",
        )],
    ),
    has(
        "GF04",
        "Enhanced path functions",
        1,
        "GUF",
        &[Example::new(
            "MATCH p = (:Course {name: 'Risk assessment and analysis'})-[:HAS_LEVEL]->() RETURN [path_length(p), size(elements(p))]",
            "[1, 3]",
        )],
    ),
    has(
        "GF05",
        "Multi-character TRIM function",
        1,
        "NGUS",
        &[Example::new(
            "RETURN [btrim('xxaxx', 'x'), ltrim('xya', 'xy'), rtrim('axy', 'xy')]",
            "['a', 'a', 'a']",
        )],
    ),
    has(
        "GF06",
        "Explicit TRIM function",
        1,
        "NGUS",
        &[Example::new(
            "RETURN [TRIM(LEADING '0' FROM '007'), TRIM(BOTH 'x' FROM 'xax'), TRIM(TRAILING FROM 'a ')]",
            "['7', 'a', 'a']",
        )],
    ),
    lacks("GF07", "Byte string TRIM function", 0, ""),
    has(
        "GF10",
        "Advanced aggregate functions: general set functions",
        1,
        "GUS",
        &[Example::new(
            "UNWIND [1, 2, 3] AS x RETURN [collect_list(x), stddev_samp(x), stddev_pop(x) > 0.8]",
            "[[1, 2, 3], 1.0, true]",
        )],
    ),
    has(
        "GF11",
        "Advanced aggregate functions: binary set functions",
        1,
        "GUS",
        &[Example::new(
            "UNWIND [1, 2, 4] AS x RETURN [percentile_cont(x, 0.75), percentile_disc(x, 0.5)]",
            "[3.0, 2]",
        )],
    ),
    has(
        "GF12",
        "CARDINALITY function",
        2,
        "GUS",
        &[Example::new(
            "RETURN [cardinality([1, 2]), cardinality({a: 1})]",
            "[2, 1]",
        )],
    ),
    has(
        "GF13",
        "SIZE function",
        1,
        "GUFS",
        &[Example::new("RETURN size([1, 2, 3])", "3")],
    ),
    has(
        "GF20",
        "Aggregate functions in sort keys",
        1,
        "GU",
        &[Example::new(
            "MATCH (c:Course)-[:HAS_LEVEL]->(l) RETURN l.name AS level GROUP BY level ORDER BY count(*) DESC LIMIT 1",
            "'Advanced'",
        )],
    ),
    has(
        "GL01",
        "Hexadecimal literals",
        1,
        "G",
        &[Example::new("RETURN 0xFF", "255")],
    ),
    has(
        "GL02",
        "Octal literals",
        1,
        "G",
        &[Example::new("RETURN 0o17", "15")],
    ),
    has(
        "GL03",
        "Binary literals",
        2,
        "G",
        &[Example::new("RETURN 0b1010", "10")],
    ),
    has(
        "GL04",
        "Exact number in common notation without suffix",
        1,
        "UF",
        &[Example::new("RETURN 1.5", "1.5")],
    ),
    has(
        "GL05",
        "Exact number in common notation or as decimal integer with suffix",
        3,
        "UF",
        &[Example::new("RETURN toString(12.50m + 1m)", "'13.50'")],
    ),
    has(
        "GL06",
        "Exact number in scientific notation with suffix",
        3,
        "U",
        &[Example::new(
            "RETURN [1.5e3m = 1500m, 1e-3M = 0.001m]",
            "[true, true]",
        )],
    ),
    has(
        "GL07",
        "Approximate number in common notation or as decimal integer with suffix",
        3,
        "F",
        &[Example::new("RETURN [1.5f, 2d]", "[1.5, 2.0]")],
    ),
    has(
        "GL08",
        "Approximate number in scientific notation with suffix",
        3,
        "F",
        &[Example::new("RETURN [1e3f, 1e3d]", "[1000.0, 1000.0]")],
    ),
    has(
        "GL09",
        "Optional float number suffix",
        3,
        "",
        &[Example::new("RETURN 1.5f", "1.5")],
    ),
    has(
        "GL10",
        "Optional double number suffix",
        3,
        "",
        &[Example::new("RETURN 1.5d", "1.5")],
    ),
    lacks("GL11", "Opt-out character escaping", 0, ""),
    has(
        "GL12",
        "SQL datetime and interval formats",
        3,
        "UF",
        &[Example::new(
            "RETURN TIMESTAMP '2015-07-21 21:40:00' = DATETIME '2015-07-21T21:40'",
            "true",
        )],
    ),
];
