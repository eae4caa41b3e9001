//! The manual of clauses, operators and concepts, as rows of a table. The names in an example are those of the graph at hand.

use relata::Schema;

use crate::repl::complete::quote;

/// An entry.
pub(crate) struct Entry {
    /// The names that find it; the first is its title.
    pub(crate) names: &'static [&'static str],
    /// What it does, in lines of at most 78 characters.
    pub(crate) doc: &'static str,
    /// A statement that runs. `Label`, `Other`, `TYPE` and `key` stand for names of the graph.
    pub(crate) example: &'static str,
}

const fn entry(names: &'static [&'static str], doc: &'static str, example: &'static str) -> Entry {
    Entry {
        names,
        doc,
        example,
    }
}

/// Every entry, in the order of the language.
pub(crate) static ENTRIES: &[Entry] = &[
    entry(
        &["MATCH", "pattern", "patterns"],
        "finds all places of the graph that look like a pattern: one row per match.",
        "MATCH (a:Label)-[r:TYPE]->(b) RETURN a, r, b LIMIT 3",
    ),
    entry(
        &["OPTIONAL MATCH", "optional"],
        "like MATCH, but keeps a row without a match; its new variables are null.",
        "MATCH (a:Label) OPTIONAL MATCH (a)-[:TYPE]->(b) RETURN a, b LIMIT 3",
    ),
    entry(
        &["WHERE", "filter", "filters"],
        "keeps the rows for which a condition is true, not false or null.",
        "MATCH (a:Label) WHERE a.key IS NOT NULL RETURN a.key LIMIT 3",
    ),
    entry(
        &["RETURN", "SELECT"],
        "ends a statement with the columns of the answer; aggregates group by the other\ncolumns.",
        "MATCH (a:Label) RETURN labels(a) AS labels, count(*) AS nodes",
    ),
    entry(
        &["WITH"],
        "ends a part of a statement: only the columns that it names go on.",
        "MATCH (a:Label) WITH count(*) AS nodes WHERE nodes > 0 RETURN nodes",
    ),
    entry(
        &["UNWIND", "FOR"],
        "one row per element of a list.",
        "UNWIND [1, 2, 3] AS x RETURN x * x AS square",
    ),
    entry(
        &["ORDER BY", "ORDER", "SORT", "ASC", "DESC"],
        "sorts the rows; null comes last, or first with DESC.",
        "MATCH (a:Label) RETURN a.key AS value ORDER BY value DESC LIMIT 3",
    ),
    entry(
        &["LIMIT", "TOP"],
        "keeps the first rows.",
        "MATCH (a:Label) RETURN a LIMIT 3",
    ),
    entry(
        &["SKIP", "OFFSET"],
        "leaves out the first rows.",
        "MATCH (a:Label) RETURN a ORDER BY a.key SKIP 1 LIMIT 3",
    ),
    entry(
        &["DISTINCT", "duplicates"],
        "leaves out rows that are equal to earlier ones.",
        "MATCH (a:Label) RETURN DISTINCT labels(a) AS labels",
    ),
    entry(
        &["GROUP BY", "GROUP", "HAVING", "grouping", "aggregation"],
        "there is no such clause: an aggregate groups by the other columns of its RETURN or\nWITH, and a WHERE after the WITH filters the groups.",
        "MATCH (a)-[r]->() WITH labels(a) AS labels, count(r) AS n WHERE n > 1 RETURN labels, n",
    ),
    entry(
        &["JOIN", "joins"],
        "there is no such clause: a relationship of a pattern, or a variable that two patterns\nshare, joins them.",
        "MATCH (a:Label)-[:TYPE]->(b) RETURN a, b LIMIT 3",
    ),
    entry(
        &["UNION", "UNION ALL", "EXCEPT", "INTERSECT"],
        "the rows of two queries together, without those of the second, or of both; with ALL\nduplicates stay.",
        "RETURN 1 AS x UNION ALL RETURN 2 AS x",
    ),
    entry(
        &["EXISTS", "subquery", "subqueries"],
        "true if a pattern has a match.",
        "MATCH (a:Label) WHERE EXISTS { (a)-[:TYPE]->() } RETURN a LIMIT 3",
    ),
    entry(
        &["COUNT", "COLLECT"],
        "the number of matches, or of rows; COLLECT { } and collect() make a list of them.",
        "MATCH (a:Label) RETURN a, COUNT { (a)--() } AS neighbours ORDER BY neighbours DESC LIMIT 3",
    ),
    entry(
        &["CALL"],
        "the rows of a procedure, or of a subquery in braces, for each row.",
        "CALL db.labels() YIELD label RETURN label",
    ),
    entry(
        &["CREATE", "INSERT"],
        "adds the nodes and relationships of a pattern.",
        "EXPLAIN CREATE (:Label {key: 1})",
    ),
    entry(
        &["MERGE", "upsert"],
        "finds a pattern, or creates it if there is no match.",
        "EXPLAIN MERGE (a:Label {key: 1}) ON CREATE SET a.key = 2",
    ),
    entry(
        &["SET", "UPDATE"],
        "changes properties and labels.",
        "EXPLAIN MATCH (a:Label) SET a.key = 1",
    ),
    entry(
        &["REMOVE"],
        "removes properties and labels.",
        "EXPLAIN MATCH (a:Label) REMOVE a.key",
    ),
    entry(
        &["DELETE", "DETACH DELETE", "DETACH", "DROP"],
        "deletes nodes and relationships; DETACH also deletes the relationships of a node.",
        "EXPLAIN MATCH (a:Label) DETACH DELETE a",
    ),
    entry(
        &["FOREACH"],
        "runs clauses that write for each element of a list.",
        "EXPLAIN FOREACH (x IN [1, 2] | CREATE (:Label {key: x}))",
    ),
    entry(
        &["LOAD CSV", "LOAD", "csv", "import"],
        "one row per line of a file below a folder of `--allow-path`; `:open FILE` opens a\ntable as a graph.",
        "EXPLAIN LOAD CSV WITH HEADERS FROM 'people.csv' AS row RETURN row",
    ),
    entry(
        &["SHOW"],
        "lists indexes, constraints, functions, procedures, settings or transactions; `:schema`\nlists labels and types.",
        "SHOW INDEXES",
    ),
    entry(
        &["INDEX", "indexes", "CREATE INDEX"],
        "finds nodes by a value without reading all of a label.",
        "EXPLAIN CREATE INDEX FOR (a:Label) ON (a.key)",
    ),
    entry(
        &["CONSTRAINT", "constraints", "UNIQUE"],
        "a rule that holds after every statement.",
        "EXPLAIN CREATE CONSTRAINT FOR (a:Label) REQUIRE a.key IS UNIQUE",
    ),
    entry(
        &["EXPLAIN", "plan", "plans"],
        "shows how a statement would run.",
        "EXPLAIN MATCH (a:Label)-[:TYPE]->(b) RETURN a, b",
    ),
    entry(
        &["PROFILE"],
        "runs a statement and shows the rows and the time of each step.",
        "PROFILE MATCH (a:Label)-[:TYPE]->(b) RETURN count(*)",
    ),
    entry(
        &["CASE", "WHEN", "IF"],
        "a value that depends on conditions.",
        "MATCH (a:Label) RETURN CASE WHEN a.key IS NULL THEN 'without' ELSE 'with' END AS found, count(*)",
    ),
    entry(
        &["CONTAINS", "STARTS WITH", "ENDS WITH", "=~", "LIKE"],
        "compares texts; =~ compares with a regular expression.",
        "MATCH (a:Label) WHERE toString(a.key) STARTS WITH 'A' RETURN a.key LIMIT 3",
    ),
    entry(
        &["IN"],
        "true if a list has an element.",
        "RETURN 2 IN [1, 2, 3] AS is_there",
    ),
    entry(
        &["AND", "OR", "NOT", "XOR", "boolean"],
        "combine conditions; what is unknown is null.",
        "MATCH (a:Label) WHERE NOT (a)-[:TYPE]->() OR a.key IS NULL RETURN count(*)",
    ),
    entry(
        &["=", "<>", "<", ">", "<=", ">=", "comparison"],
        "compare two values. A text and a number are never equal: `toInteger(a.key) = 1`.",
        "RETURN 1 = 1.0 AS numbers, 1 = '1' AS text, 1 = null AS unknown",
    ),
    entry(
        &["null", "IS NULL", "IS NOT NULL"],
        "stands for what is unknown or absent; it is equal to nothing, so ask with IS NULL.",
        "MATCH (a:Label) WHERE a.key IS NULL RETURN count(*)",
    ),
    entry(
        &["+", "-", "*", "/", "%", "^", "||", "arithmetic"],
        "calculate; / of integers is an integer; || joins texts and lists.",
        "RETURN 7 / 2 AS integer, 7 / 2.0 AS float, 2 ^ 10 AS power, 'a' || 'b' AS text",
    ),
    entry(
        &["path", "paths", "variable length", "hops"],
        "relationships one after the other: *1..3 is one to three, * is any number.",
        "MATCH p = (a:Label)-[*1..2]->(b) RETURN p LIMIT 3",
    ),
    entry(
        &["shortest path", "shortestPath", "SHORTEST"],
        "one of the paths with the fewest relationships.",
        "MATCH p = shortestPath((a:Label)-[*..4]-(b:Other)) RETURN p LIMIT 3",
    ),
    entry(
        &["transaction", "transactions", "BEGIN", "COMMIT", "ROLLBACK"],
        "statements that are kept or undone together: `:begin`, then `:commit` or `:rollback`.",
        "SHOW TRANSACTIONS",
    ),
    entry(
        &["label", "labels", "node", "nodes"],
        "a node is a thing and has labels, which say what it is, and properties.",
        "MATCH (a) UNWIND labels(a) AS label RETURN label, count(*) AS nodes ORDER BY nodes DESC LIMIT 5",
    ),
    entry(
        &["relationship", "relationships", "type", "types"],
        "a relationship leads from one node to another and has one type, and properties.",
        "MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS relationships ORDER BY relationships DESC LIMIT 5",
    ),
    entry(
        &["property", "properties", "key", "keys"],
        "a value of a node or a relationship by its name.",
        "MATCH (a:Label) RETURN properties(a) AS properties LIMIT 1",
    ),
];

/// The entry with this name.
pub(crate) fn find(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| {
        let mut names = entry.names.iter();
        names.any(|known| known.eq_ignore_ascii_case(name))
    })
}

/// The names of a graph that examples are about: a relationship of the most frequent kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    label: String,
    other: String,
    kind: String,
    key: String,
}

impl Names {
    /// The names, as far as the graph has them.
    pub(crate) fn of(schema: &Schema) -> Self {
        let ends = schema.types.iter().flat_map(|kind| {
            let ends = kind.endpoints.iter();
            ends.map(move |ends| (kind, ends))
        });
        let labelled = ends.filter(|(_, ends)| ends.from.is_some() && ends.to.is_some());
        let most = labelled.max_by_key(|(_, ends)| ends.count);
        let first = schema.labels.iter().max_by_key(|label| label.count);
        let first = first.map(|label| label.name.clone());
        let from = most.and_then(|(_, ends)| ends.from.clone()).or(first);
        let to = most.and_then(|(_, ends)| ends.to.clone());
        let label = from.map_or("Person".to_owned(), |name| name.to_string());
        let found = schema.labels.iter().find(|known| *known.name == *label);
        let keys = found.map(|found| &found.properties);
        let key = keys.and_then(|keys| {
            let named = keys.iter().find(|key| &*key.name == "name");
            named.or(keys.first())
        });
        Self {
            key: key.map_or("name".to_owned(), |key| quote(&key.name)),
            other: quote(&to.map_or(label.clone(), |name| name.to_string())),
            kind: most.map_or("KNOWS".to_owned(), |(kind, _)| quote(&kind.name)),
            label: quote(&label),
        }
    }

    /// An example with these names.
    pub(crate) fn filled(&self, example: &str) -> String {
        let mut out = String::with_capacity(example.len());
        let mut rest = example;
        while let Some(at) = rest.find(|letter: char| letter.is_ascii_alphabetic()) {
            let word = rest[at..].find(|letter: char| !letter.is_ascii_alphanumeric());
            let end = word.map_or(rest.len(), |length| at + length);
            out += &rest[..at];
            out += match &rest[at..end] {
                "Label" => &self.label,
                "Other" => &self.other,
                "TYPE" => &self.kind,
                "key" => &self.key,
                word => word,
            };
            rest = &rest[end..];
        }
        out + rest
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use relata::Database;

    use super::*;

    /// A graph whose names need quotes.
    const GRAPH: &str = "CREATE (:`A b` {`k l`: 'Ada', number: 1})-[:`T u`]->(:C {name: 'x'})";

    #[test]
    fn every_example_runs_on_every_graph() {
        for graph in ["RETURN 1", GRAPH] {
            let mut database = Database::empty();
            database.query(graph).run().unwrap();
            let names = Names::of(&database.schema());
            for entry in ENTRIES {
                let example = names.filled(entry.example);
                let ran = database.query(&*example).run();
                assert!(ran.is_ok(), "{example}: {}", ran.unwrap_err());
            }
        }
    }

    #[test]
    fn names_are_unique_and_lines_fit() {
        let mut seen = HashSet::new();
        for entry in ENTRIES {
            for name in entry.names {
                assert!(seen.insert(name.to_lowercase()), "{name}");
            }
            assert!(
                entry.doc.lines().all(|line| line.len() <= 86),
                "{}",
                entry.doc
            );
        }
    }
}
