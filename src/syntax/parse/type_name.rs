//! The names of types.

/// The spellings of each type name, with the name (GQL 18.9; Cypher 25).
pub(super) const NAMES: &[(&str, &str)] = &[
    ("NOTHING", "NOTHING"),
    ("NULL", "NULL"),
    ("ANY", "ANY"),
    ("ANY VALUE", "ANY"),
    ("PROPERTY VALUE", "PROPERTY VALUE"),
    ("ANY PROPERTY VALUE", "PROPERTY VALUE"),
    ("BOOL", "BOOLEAN"),
    ("BOOLEAN", "BOOLEAN"),
    ("STRING", "STRING"),
    ("VARCHAR", "STRING"),
    ("INT", "INTEGER"),
    ("INT64", "INTEGER"),
    ("INTEGER", "INTEGER"),
    ("INTEGER64", "INTEGER"),
    ("SIGNED INTEGER", "INTEGER"),
    ("SIGNED INT", "INTEGER"),
    ("BIGINT", "INTEGER"),
    ("BIG INTEGER", "INTEGER"),
    ("FLOAT", "FLOAT"),
    ("FLOAT64", "FLOAT"),
    ("DOUBLE", "FLOAT"),
    ("DOUBLE PRECISION", "FLOAT"),
    ("DATE", "DATE"),
    ("LOCAL TIME", "LOCAL TIME"),
    ("TIME WITHOUT TIME ZONE", "LOCAL TIME"),
    ("TIME WITHOUT TIMEZONE", "LOCAL TIME"),
    ("TIME", "TIME"),
    ("ZONED TIME", "TIME"),
    ("TIME WITH TIME ZONE", "TIME"),
    ("TIME WITH TIMEZONE", "TIME"),
    ("LOCAL DATETIME", "LOCAL DATETIME"),
    ("TIMESTAMP", "LOCAL DATETIME"),
    ("TIMESTAMP WITHOUT TIME ZONE", "LOCAL DATETIME"),
    ("TIMESTAMP WITHOUT TIMEZONE", "LOCAL DATETIME"),
    ("DATETIME", "DATETIME"),
    ("ZONED DATETIME", "DATETIME"),
    ("TIMESTAMP WITH TIME ZONE", "DATETIME"),
    ("TIMESTAMP WITH TIMEZONE", "DATETIME"),
    ("DURATION", "DURATION"),
    ("NODE", "NODE"),
    ("ANY NODE", "NODE"),
    ("VERTEX", "NODE"),
    ("ANY VERTEX", "NODE"),
    ("RELATIONSHIP", "RELATIONSHIP"),
    ("ANY RELATIONSHIP", "RELATIONSHIP"),
    ("EDGE", "RELATIONSHIP"),
    ("ANY EDGE", "RELATIONSHIP"),
    ("MAP", "MAP"),
    ("ANY MAP", "MAP"),
    ("RECORD", "MAP"),
    ("ANY RECORD", "MAP"),
    ("PATH", "PATH"),
    ("LIST", "LIST"),
    ("ARRAY", "LIST"),
];

/// Whether a word is a part of the name of a type, or of `NOT NULL`.
pub(super) fn is_type_word(word: &str) -> bool {
    let names = NAMES.iter().flat_map(|(spelling, _)| spelling.split(' '));
    names
        .chain(["NOT"])
        .any(|own| own.eq_ignore_ascii_case(word))
}
