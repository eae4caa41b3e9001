//! The keywords of the language: one table for the reader, error messages, completion and layout.

use self::KeywordClass::{Clause, Command, Function, Operand, Operator, Part, Subclause, Update};

/// A word of the language. Most are keywords only where the grammar expects them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The word in upper case.
    pub word: &'static str,
    /// What it is for.
    pub class: KeywordClass,
    /// Whether a statement may begin with it.
    pub begins_statement: bool,
    /// The phrases that completion offers: the keyword with the words that always follow it. Empty if it is not offered.
    pub phrases: &'static [&'static str],
}

/// The use of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeywordClass {
    /// `BEGIN`, `EXPLAIN`: only at the start of a statement.
    Command,
    /// `MATCH`: begins a clause that reads.
    Clause,
    /// `CREATE`: begins a clause that changes the graph.
    Update,
    /// `WHERE`: begins a part of a clause.
    Subclause,
    /// `AND`: between operands.
    Operator,
    /// `CASE`: begins an operand.
    Operand,
    /// `all(…)`: a call with a syntax of its own.
    Function,
    /// `AS`, `THEN`: inside a clause or an operand.
    Part,
}

/// The table. Completion offers the words that begin a statement, and operands, in this order.
const KEYWORDS: &[Keyword] = &[
    first("MATCH", Clause, &["MATCH"]),
    first("OPTIONAL", Clause, &["OPTIONAL MATCH"]),
    first("RETURN", Clause, &["RETURN"]),
    first("WITH", Clause, &["WITH"]),
    first("UNWIND", Clause, &["UNWIND"]),
    first("FOR", Clause, &["FOR"]),
    first("LET", Clause, &["LET"]),
    first("LOAD", Clause, &["LOAD CSV WITH HEADERS FROM"]),
    first("WHEN", Part, &["WHEN"]),
    first("CALL", Clause, &["CALL"]),
    first(
        "CREATE",
        Update,
        &["CREATE", "CREATE INDEX", "CREATE CONSTRAINT"],
    ),
    first("INSERT", Update, &["INSERT"]),
    first("MERGE", Update, &["MERGE"]),
    first("FOREACH", Update, &["FOREACH"]),
    first(
        "SHOW",
        Command,
        &[
            "SHOW INDEXES",
            "SHOW CONSTRAINTS",
            "SHOW FUNCTIONS",
            "SHOW PROCEDURES",
            "SHOW SETTINGS",
            "SHOW TRANSACTIONS",
            "SHOW DATABASES",
        ],
    ),
    first("DROP", Command, &["DROP INDEX", "DROP CONSTRAINT"]),
    first("EXPLAIN", Command, &["EXPLAIN"]),
    first("PROFILE", Command, &["PROFILE"]),
    first("BEGIN", Command, &["BEGIN"]),
    first("COMMIT", Command, &["COMMIT"]),
    first("ROLLBACK", Command, &["ROLLBACK"]),
    first("SAVEPOINT", Command, &["SAVEPOINT"]),
    first("RELEASE", Command, &["RELEASE SAVEPOINT"]),
    first(
        "SESSION",
        Command,
        &["SESSION SET", "SESSION RESET", "SESSION CLOSE"],
    ),
    later("FILTER", Clause, &["FILTER"]),
    later("FINISH", Clause, &["FINISH"]),
    later("NEXT", Clause, &["NEXT"]),
    later("UNION", Clause, &["UNION", "UNION ALL"]),
    later("EXCEPT", Clause, &["EXCEPT", "EXCEPT ALL"]),
    later("INTERSECT", Clause, &["INTERSECT", "INTERSECT ALL"]),
    later("OTHERWISE", Clause, &["OTHERWISE"]),
    later("SET", Update, &["SET"]),
    later("DELETE", Update, &["DELETE"]),
    later("DETACH", Update, &["DETACH DELETE"]),
    later("NODETACH", Update, &["NODETACH DELETE"]),
    later("REMOVE", Update, &["REMOVE"]),
    later("WHERE", Subclause, &["WHERE"]),
    later("ORDER", Subclause, &["ORDER BY"]),
    later("SKIP", Subclause, &["SKIP"]),
    later("OFFSET", Subclause, &[]),
    later("LIMIT", Subclause, &["LIMIT"]),
    later("AND", Operator, &["AND"]),
    later("OR", Operator, &["OR"]),
    later("XOR", Operator, &["XOR"]),
    later("IN", Operator, &["IN"]),
    later("IS", Operator, &["IS NOT NULL", "IS NULL"]),
    later("STARTS", Operator, &["STARTS WITH"]),
    later("ENDS", Operator, &["ENDS WITH"]),
    later("CONTAINS", Operator, &["CONTAINS"]),
    later("CASE", Operand, &["CASE"]),
    later("COLLECT", Operand, &["COLLECT {"]),
    later("COUNT", Operand, &["COUNT {"]),
    later("DISTINCT", Operand, &["DISTINCT"]),
    later("EXISTS", Operand, &["EXISTS {"]),
    later("VALUE", Operand, &["VALUE {"]),
    later("NOT", Operand, &["NOT"]),
    later("NULL", Operand, &["NULL"]),
    later("FALSE", Operand, &["FALSE"]),
    later("TRUE", Operand, &["TRUE"]),
    later("ALL", Function, &[]),
    later("ALLSHORTESTPATHS", Function, &[]),
    later("ANY", Function, &[]),
    later("NONE", Function, &[]),
    later("REDUCE", Function, &[]),
    later("SHORTESTPATH", Function, &[]),
    later("SINGLE", Function, &[]),
    later("AS", Part, &["AS"]),
    later("CSV", Part, &[]),
    later("HEADERS", Part, &[]),
    later("FIELDTERMINATOR", Part, &["FIELDTERMINATOR"]),
    later("ASC", Part, &[]),
    later("ASCENDING", Part, &["ASCENDING"]),
    later("BY", Part, &[]),
    later("DESC", Part, &[]),
    later("DESCENDING", Part, &["DESCENDING"]),
    later("ELSE", Part, &["ELSE"]),
    later("END", Part, &["END"]),
    later("NULLS", Part, &["NULLS FIRST", "NULLS LAST"]),
    later("ON", Part, &["ON CREATE SET", "ON MATCH SET"]),
    later("ORDINALITY", Part, &["ORDINALITY"]),
    later("REQUIRE", Part, &["REQUIRE"]),
    later("THEN", Part, &["THEN"]),
    later("YIELD", Part, &["YIELD"]),
];

const fn first(
    word: &'static str,
    class: KeywordClass,
    phrases: &'static [&'static str],
) -> Keyword {
    Keyword {
        begins_statement: true,
        ..later(word, class, phrases)
    }
}

const fn later(
    word: &'static str,
    class: KeywordClass,
    phrases: &'static [&'static str],
) -> Keyword {
    Keyword {
        word,
        class,
        begins_statement: false,
        phrases,
    }
}

/// Every keyword.
#[must_use]
pub fn keywords() -> &'static [Keyword] {
    KEYWORDS
}

/// The keyword with this spelling, ignoring case.
#[must_use]
pub fn keyword(word: &str) -> Option<&'static Keyword> {
    KEYWORDS
        .iter()
        .find(|keyword| keyword.word.eq_ignore_ascii_case(word))
}

impl Keyword {
    /// Whether the keyword begins a clause or a part of a clause.
    #[must_use]
    pub fn begins_clause(&self) -> bool {
        matches!(self.class, Clause | Update | Subclause)
    }
}
