//! Features of patterns and paths: G002 to G115.

use crate::function::{
    Example,
    feature::{Feature, has},
};

/// The features of this area.
pub(super) const ROWS: &[Feature] = &[
    has(
        "G002",
        "Different-edges match mode",
        1,
        "NGUS",
        &[Example::new(
            "MATCH DIFFERENT EDGES (c)-[a:HAS_LEVEL]->(:Level {name: 'Essential'})<-[b:HAS_LEVEL]-(d) RETURN count(*)",
            "12",
        )],
    ),
    has(
        "G003",
        "Explicit REPEATABLE ELEMENTS keyword",
        1,
        "NGS",
        &[Example::new(
            "MATCH REPEATABLE ELEMENTS (c)-[a:HAS_LEVEL]->(:Level {name: 'Essential'})<-[b:HAS_LEVEL]-(d) RETURN count(*)",
            "16",
        )],
    ),
    has(
        "G004",
        "Path variables",
        1,
        "NGUF",
        &[Example::new(
            "MATCH p = (:Course {name: 'Risk assessment and analysis'})-[:HAS_LEVEL]->() RETURN length(p)",
            "1",
        )],
    ),
    has(
        "G005",
        "Path search prefix in a path pattern",
        1,
        "NGU",
        &[Example::new(
            "MATCH p = ANY SHORTEST (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->+(b) RETURN count(*)",
            "3",
        )],
    ),
    has(
        "G006",
        "Graph pattern KEEP clause: path mode prefix",
        3,
        "",
        &[Example::new(
            "MATCH p = (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->+(b) KEEP ACYCLIC RETURN count(p)",
            "3",
        )],
    ),
    has(
        "G007",
        "Graph pattern KEEP clause: path search prefix",
        3,
        "",
        &[Example::new(
            "MATCH p = (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->+(b) KEEP ANY SHORTEST RETURN count(p)",
            "3",
        )],
    ),
    has(
        "G010",
        "Explicit WALK keyword",
        1,
        "NGFS",
        &[Example::new(
            "MATCH p = WALK (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->{1,2}() RETURN count(p)",
            "2",
        )],
    ),
    has(
        "G011",
        "Advanced path modes: TRAIL",
        1,
        "NGUFS",
        &[Example::new(
            "MATCH p = TRAIL (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->{1,2}() RETURN count(p)",
            "2",
        )],
    ),
    has(
        "G012",
        "Advanced path modes: SIMPLE",
        2,
        "GFS",
        &[Example::new(
            "MATCH p = SIMPLE (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]-{1,2}() RETURN count(p)",
            "2",
        )],
    ),
    has(
        "G013",
        "Advanced path modes: ACYCLIC",
        1,
        "NGFS",
        &[Example::new(
            "MATCH p = ACYCLIC (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]-{1,2}() RETURN count(p)",
            "2",
        )],
    ),
    has(
        "G014",
        "Explicit PATH/PATHS keywords",
        1,
        "GS",
        &[Example::new(
            "MATCH p = ANY SHORTEST TRAIL PATHS (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->+(b) RETURN count(p)",
            "3",
        )],
    ),
    has(
        "G015",
        "All path search: explicit ALL keyword",
        1,
        "GUS",
        &[Example::new(
            "MATCH p = ALL (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->{1,2}() RETURN count(p)",
            "2",
        )],
    ),
    has(
        "G016",
        "Any path search",
        1,
        "NUS",
        &[Example::new(
            "MATCH p = ANY 2 (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->+(b) RETURN count(p)",
            "3",
        )],
    ),
    has(
        "G017",
        "All shortest path search",
        1,
        "NUS",
        &[Example::new(
            "MATCH p = ALL SHORTEST (:Level {name: 'Advanced'})-[:HAS_LEVEL|IN_SECTION]-{1,4}(:Level {name: 'Essential'}) RETURN min(length(p)) = max(length(p)) AND count(*) > 1",
            "true",
        )],
    ),
    has(
        "G018",
        "Any shortest path search",
        1,
        "NUS",
        &[Example::new(
            "MATCH p = ANY SHORTEST (:Level {name: 'Advanced'})-[:HAS_LEVEL|IN_SECTION]-{1,4}(:Level {name: 'Essential'}) RETURN length(p)",
            "4",
        )],
    ),
    has(
        "G019",
        "Counted shortest path search",
        1,
        "NUS",
        &[Example::new(
            "MATCH p = SHORTEST 2 (:Level {name: 'Advanced'})-[:HAS_LEVEL|IN_SECTION]-{1,4}(:Level {name: 'Essential'}) RETURN count(p)",
            "2",
        )],
    ),
    has(
        "G020",
        "Counted shortest group search",
        1,
        "NUS",
        &[Example::new(
            "MATCH p = SHORTEST 1 GROUPS (:Level {name: 'Advanced'})-[:HAS_LEVEL|IN_SECTION]-{1,4}(:Level {name: 'Essential'}) RETURN count(p) > 1",
            "true",
        )],
    ),
    has(
        "G030",
        "Path multiset alternation",
        3,
        "G",
        &[Example::new(
            "MATCH (c:Course)-[:HAS_LEVEL]->(x) |+| (c:Course)-[:HAS_LEVEL]->(x) RETURN count(*)",
            "24",
        )],
    ),
    has(
        "G031",
        "Path multiset alternation: variable length path operands",
        3,
        "G",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->+(b) |+| (:Level {name: 'Essential'})<-[:HAS_LEVEL]-(b) RETURN count(b)",
            "7",
        )],
    ),
    has(
        "G032",
        "Path pattern union",
        3,
        "G",
        &[Example::new(
            "MATCH (c:Course)-[:HAS_LEVEL]->(x) | (c:Course)-[:HAS_LEVEL]->(x) RETURN count(*)",
            "12",
        )],
    ),
    has(
        "G033",
        "Path pattern union: variable length path operands",
        3,
        "G",
        &[Example::new(
            "MATCH (x:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->{1,2}(b) | (x:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->+(b) RETURN count(b)",
            "3",
        )],
    ),
    has(
        "G035",
        "Quantified paths",
        1,
        "NGUF",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'}) ((a)-[r:BROADER]->(b)){1,2} (c) RETURN count(*)",
            "2",
        )],
    ),
    has(
        "G036",
        "Quantified edges",
        1,
        "NGUS",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'})-[r:BROADER]->{1,2}() RETURN max(size(r))",
            "2",
        )],
    ),
    has(
        "G037",
        "Questioned paths",
        1,
        "GS",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'})-[r:BROADER]->?(b) RETURN collect(r IS NULL)",
            "[true, false]",
        )],
    ),
    has(
        "G038",
        "Parenthesized path pattern expression",
        1,
        "GU",
        &[Example::new(
            "MATCH ((c:Course {name: 'Risk assessment and analysis'})-[:HAS_LEVEL]->(l)) RETURN l.name",
            "'Essential'",
        )],
    ),
    has(
        "G039",
        "Simplified path pattern expression: full defaulting",
        3,
        "G",
        &[Example::new(
            "MATCH (:Course {name: 'Risk assessment and analysis'})-/HAS_LEVEL|IN_SECTION/->(x) RETURN count(x)",
            "2",
        )],
    ),
    has(
        "G041",
        "Non-local element pattern predicates",
        2,
        "U",
        &[Example::new(
            "MATCH (a:Level {name: 'Essential'})<-[:HAS_LEVEL]-(c WHERE c.name > a.name) RETURN count(*)",
            "4",
        )],
    ),
    has(
        "G043",
        "Complete full edge patterns",
        1,
        "NGUF",
        &[Example::new(
            "MATCH (:Level {name: 'Essential'})<-[r:HAS_LEVEL]-() RETURN count(r)",
            "4",
        )],
    ),
    has(
        "G044",
        "Basic abbreviated edge patterns",
        1,
        "GUF",
        &[Example::new(
            "MATCH (c:Course {name: 'Risk assessment and analysis'})->(l:Level) RETURN l.name",
            "'Essential'",
        )],
    ),
    has(
        "G045",
        "Complete abbreviated edge patterns",
        1,
        "GUF",
        &[Example::new(
            "MATCH (:Level {name: 'Essential'})<-(c)-(x) RETURN count(*) > 4",
            "true",
        )],
    ),
    has(
        "G046",
        "Relaxed topological consistency: adjacent vertex patterns",
        3,
        "U",
        &[Example::new(
            "GQL MATCH (a:Concept)(b:Topic) RETURN [count(*), count(CASE WHEN a = b THEN 1 END)]",
            "[38, 38]",
        )],
    ),
    has(
        "G047",
        "Relaxed topological consistency: concise edge patterns",
        3,
        "U",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->-[:BROADER]->(b) RETURN b.name",
            "'Attachment'",
        )],
    ),
    has(
        "G048",
        "Parenthesized path pattern: subpath variable declaration",
        2,
        "",
        &[Example::new(
            "MATCH (p = (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->{1,2}()) RETURN max(length(p))",
            "2",
        )],
    ),
    has(
        "G049",
        "Parenthesized path pattern: path mode prefix",
        2,
        "G",
        &[Example::new(
            "MATCH p = (ACYCLIC (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]-+(b)) RETURN max(length(p))",
            "6",
        )],
    ),
    has(
        "G050",
        "Parenthesized path pattern: WHERE clause",
        1,
        "NG",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'}) ((a)-[r:BROADER]->(b) WHERE b.name <> a.name){1,2} (c) RETURN count(*)",
            "2",
        )],
    ),
    has(
        "G051",
        "Parenthesized path pattern: non-local predicates",
        2,
        "N",
        &[Example::new(
            "MATCH (x:Concept {name: 'DMM Family Functional Formulation'}) ((a)-[r:BROADER]->(b) WHERE b.name <> x.name){1,2} (c) RETURN count(*)",
            "2",
        )],
    ),
    has(
        "G060",
        "Bounded graph pattern quantifiers",
        1,
        "NGUFS",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->{0,2}(c) RETURN count(*)",
            "3",
        )],
    ),
    has(
        "G061",
        "Unbounded graph pattern quantifiers",
        1,
        "NGUS",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->*(c) RETURN count(*)",
            "4",
        )],
    ),
    has(
        "G074",
        "Label expression: wildcard label",
        1,
        "NG",
        &[Example::new(
            "MATCH (n:%) RETURN count(n) = COUNT { (m) WHERE size(labels(m)) > 0 }",
            "true",
        )],
    ),
    has(
        "G080",
        "Simplified path pattern expression: basic defaulting",
        3,
        "G",
        &[Example::new(
            "MATCH (:Concept {name: 'DMM Family Functional Formulation'})-/BROADER BROADER/->(b) RETURN b.name",
            "'Attachment'",
        )],
    ),
    has(
        "G081",
        "Simplified path pattern expression: full overrides",
        3,
        "G",
        &[Example::new(
            "MATCH (:Level {name: 'Essential'})-/<HAS_LEVEL IN_SECTION>/->(s:Section) RETURN count(*)",
            "4",
        )],
    ),
    has(
        "G082",
        "Simplified path pattern expression: basic overrides",
        3,
        "G",
        &[Example::new(
            "MATCH (:Level {name: 'Essential'})-/<HAS_LEVEL/-(c) RETURN count(*)",
            "4",
        )],
    ),
    has(
        "G100",
        "ELEMENT_ID function",
        1,
        "GUS",
        &[Example::new(
            "MATCH (l:Level {name: 'Advanced'}) RETURN element_id(l) = elementId(l)",
            "true",
        )],
    ),
    has(
        "G110",
        "IS DIRECTED predicate",
        2,
        "GUS",
        &[Example::new(
            "MATCH (:Course {name: 'Risk assessment and analysis'})-[r:HAS_LEVEL]->() RETURN r IS DIRECTED",
            "true",
        )],
    ),
    has(
        "G111",
        "IS LABELED predicate",
        1,
        "NGUS",
        &[Example::new(
            "MATCH (c:Course {name: 'Risk assessment and analysis'}) RETURN c IS LABELED Course AND c IS NOT LABELED Level",
            "true",
        )],
    ),
    has(
        "G112",
        "IS SOURCE and IS DESTINATION predicate",
        2,
        "GUS",
        &[Example::new(
            "MATCH (c:Course {name: 'Risk assessment and analysis'})-[r:HAS_LEVEL]->(l) RETURN c IS SOURCE OF r AND l IS DESTINATION OF r AND l IS NOT SOURCE OF r",
            "true",
        )],
    ),
    has(
        "G113",
        "ALL_DIFFERENT predicate",
        2,
        "GUS",
        &[Example::new(
            "MATCH (a:Level)<-[:HAS_LEVEL]-(b:Course {name: 'Risk assessment and analysis'}) RETURN ALL_DIFFERENT(a, b)",
            "true",
        )],
    ),
    has(
        "G114",
        "SAME predicate",
        2,
        "GUS",
        &[Example::new(
            "MATCH (a:Course {name: 'Risk assessment and analysis'}), (b:Course {name: 'Risk assessment and analysis'}) RETURN SAME(a, b)",
            "true",
        )],
    ),
    has(
        "G115",
        "PROPERTY_EXISTS predicate",
        2,
        "GUS",
        &[Example::new(
            "MATCH (c:Course {name: 'Risk assessment and analysis'}) RETURN PROPERTY_EXISTS(c, name) AND NOT PROPERTY_EXISTS(c, nothing)",
            "true",
        )],
    ),
];
