//! Features of value types.

use crate::function::{
    Example,
    feature::{Feature, has, lacks},
};

/// The features of this area.
pub(super) const ROWS: &[Feature] = &[
    lacks("GV01", "8 bit unsigned integer numbers", 0, ""),
    lacks("GV02", "8 bit signed integer numbers", 0, ""),
    lacks("GV03", "16 bit unsigned integer numbers", 0, ""),
    lacks("GV04", "16 bit signed integer numbers", 0, ""),
    lacks("GV05", "Small unsigned integer numbers", 0, ""),
    lacks("GV06", "32 bit unsigned integer numbers", 0, "U"),
    lacks("GV07", "32 bit signed integer numbers", 0, "U"),
    lacks("GV08", "Regular unsigned integer numbers", 0, "UF"),
    lacks("GV09", "Specified integer number precision", 0, ""),
    lacks("GV10", "Big unsigned integer numbers", 0, ""),
    lacks("GV11", "64 bit unsigned integer numbers", 0, "UF"),
    has(
        "GV12",
        "64 bit signed integer numbers",
        1,
        "GUF",
        &[Example::new(
            "RETURN [1 IS TYPED INTEGER64, 1 IS TYPED INT64, 9223372036854775807 IS TYPED INTEGER64]",
            "[true, true, true]",
        )],
    ),
    lacks("GV13", "128 bit unsigned integer numbers", 0, ""),
    lacks("GV14", "128 bit signed integer numbers", 0, ""),
    lacks("GV15", "256 bit unsigned integer numbers", 0, ""),
    lacks("GV16", "256 bit signed integer numbers", 0, ""),
    has(
        "GV17",
        "Decimal numbers",
        3,
        "U",
        &[Example::new(
            "RETURN [0.1m + 0.2m = 0.3m, 12.5m IS TYPED DECIMAL(5, 2), CAST('12.345' AS DECIMAL(5, 2)) = 12.35m, 1m IS TYPED INTEGER]",
            "[true, true, true, false]",
        )],
    ),
    lacks("GV18", "Small signed integer numbers", 0, ""),
    lacks("GV19", "Big signed integer numbers", 0, ""),
    lacks("GV20", "16 bit floating point numbers", 0, ""),
    lacks("GV21", "32 bit floating point numbers", 0, "U"),
    lacks("GV22", "Specified floating point number precision", 0, ""),
    has(
        "GV23",
        "Floating point type name synonyms",
        2,
        "UF",
        &[Example::new(
            "RETURN [1.5 IS TYPED DOUBLE, 1.5 IS TYPED DOUBLE PRECISION]",
            "[true, true]",
        )],
    ),
    has(
        "GV24",
        "64 bit floating point numbers",
        1,
        "GUF",
        &[Example::new(
            "RETURN [1.5 IS TYPED FLOAT64, 1 IS TYPED FLOAT64]",
            "[true, false]",
        )],
    ),
    lacks("GV25", "128 bit floating point numbers", 0, ""),
    lacks("GV26", "256 bit floating point numbers", 0, ""),
    lacks("GV30", "Specified character string minimum length", 0, ""),
    has(
        "GV31",
        "Specified character string maximum length",
        3,
        "UF",
        &[Example::new(
            "RETURN ['abc' IS TYPED STRING(3), 'abcd' IS TYPED VARCHAR(3)]",
            "[true, false]",
        )],
    ),
    lacks("GV32", "Specified character string fixed length", 0, ""),
    has(
        "GV35",
        "Byte string types",
        3,
        "",
        &[Example::new(
            "RETURN [X'0AFF' IS TYPED BYTES, X'0A' || X'FF' = X'0aff', size(X'0AFF'), 'a' IS TYPED BYTES]",
            "[true, true, 2, false]",
        )],
    ),
    has(
        "GV36",
        "Specified byte string minimum length",
        0,
        "",
        &[Example::new(
            "RETURN [X'0AFF' IS TYPED BYTES(2, 3), X'0A' IS TYPED BYTES(2, 3)]",
            "[true, false]",
        )],
    ),
    has(
        "GV37",
        "Specified byte string maximum length",
        0,
        "",
        &[Example::new(
            "RETURN [X'0AFF' IS TYPED VARBINARY(2), X'0AFF00' IS TYPED VARBINARY(2)]",
            "[true, false]",
        )],
    ),
    lacks("GV38", "Specified byte string fixed length", 0, ""),
    has(
        "GV39",
        "Temporal types: date, local datetime and local time support",
        1,
        "NGU",
        &[Example::new(
            "RETURN [DATE '2015-07-21' IS TYPED DATE, TIME '21:40' IS TYPED LOCAL TIME, DATETIME '2015-07-21T21:40' IS TYPED LOCAL DATETIME]",
            "[true, true, true]",
        )],
    ),
    has(
        "GV40",
        "Temporal types: zoned datetime and zoned time support",
        1,
        "NGU",
        &[Example::new(
            "RETURN [TIME '21:40Z' IS TYPED ZONED TIME, DATETIME '2015-07-21T21:40Z' IS TYPED ZONED DATETIME]",
            "[true, true]",
        )],
    ),
    has(
        "GV41",
        "Temporal types: duration support",
        1,
        "GU",
        &[Example::new(
            "RETURN DURATION 'P1D' + DURATION 'PT1H' = DURATION 'P1DT1H'",
            "true",
        )],
    ),
    has(
        "GV45",
        "Record types",
        1,
        "U",
        &[Example::new("RETURN {a: 1, b: 'x'}.b", "'x'")],
    ),
    has(
        "GV46",
        "Closed record types",
        3,
        "U",
        &[Example::new(
            "RETURN [{a: 1} IS TYPED {a :: INTEGER}, {a: 1, b: 2} IS TYPED {a :: INTEGER}]",
            "[true, false]",
        )],
    ),
    has(
        "GV47",
        "Open record types",
        2,
        "",
        &[Example::new(
            "RETURN [{a: 1} IS TYPED RECORD, 1 IS TYPED ANY RECORD]",
            "[true, false]",
        )],
    ),
    has(
        "GV48",
        "Nested record types",
        2,
        "U",
        &[Example::new(
            "RETURN {a: {b: 2}} IS TYPED {a :: {b :: INTEGER}}",
            "true",
        )],
    ),
    has(
        "GV50",
        "List value types",
        1,
        "NGUF",
        &[Example::new(
            "RETURN [[1, 2] IS TYPED LIST<INTEGER>, ['a'] IS TYPED LIST<INTEGER>]",
            "[true, false]",
        )],
    ),
    has(
        "GV55",
        "Path value types",
        1,
        "NGUF",
        &[Example::new(
            "MATCH p = (:Course {name: 'Risk assessment and analysis'})-[:HAS_LEVEL]->() RETURN p IS TYPED PATH",
            "true",
        )],
    ),
    lacks("GV60", "Graph reference value types", 0, ""),
    lacks("GV61", "Binding table reference value types", 0, ""),
    has(
        "GV65",
        "Dynamic union types",
        2,
        "U",
        &[Example::new(
            "RETURN [1 IS TYPED ANY, 'a' IS TYPED ANY VALUE]",
            "[true, true]",
        )],
    ),
    has(
        "GV66",
        "Open dynamic union types",
        2,
        "NU",
        &[Example::new(
            "RETURN [x IN [1, 'a', null] WHERE x IS TYPED ANY NOT NULL | x]",
            "[1, 'a']",
        )],
    ),
    has(
        "GV67",
        "Closed dynamic union types",
        2,
        "N",
        &[Example::new(
            "RETURN [x IN [1, 'a', 1.5] | x IS TYPED INTEGER | STRING]",
            "[true, true, false]",
        )],
    ),
    has(
        "GV68",
        "Dynamic property value types",
        2,
        "G",
        &[Example::new(
            "RETURN [1 IS TYPED PROPERTY VALUE, {a: 1} IS TYPED ANY PROPERTY VALUE]",
            "[true, false]",
        )],
    ),
    has(
        "GV70",
        "Immaterial value types",
        3,
        "UF",
        &[Example::new(
            "RETURN [x IN [1, null] WHERE x IS NOT TYPED NULL | x IS TYPED NULL NOT NULL]",
            "[false]",
        )],
    ),
    has(
        "GV71",
        "Immaterial value types: null type support",
        1,
        "NGUF",
        &[Example::new(
            "RETURN [null IS TYPED NULL, 1 IS TYPED NULL]",
            "[true, false]",
        )],
    ),
    has(
        "GV72",
        "Immaterial value types: empty type support",
        2,
        "NUF",
        &[Example::new(
            "RETURN [null IS TYPED NOTHING, 1 IS TYPED NOTHING]",
            "[false, false]",
        )],
    ),
    has(
        "GV90",
        "Explicit value type nullability",
        3,
        "GF",
        &[Example::new(
            "RETURN [null IS TYPED INTEGER, null IS TYPED INTEGER NOT NULL]",
            "[true, false]",
        )],
    ),
];
