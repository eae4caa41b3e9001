// graph: connected-practice

// GROUP BY: keys that are columns, keys that are not, and one group of all rows.
MATCH (c:Course)-[:HAS_LEVEL]->(l) RETURN l.name AS level, count(*) AS courses GROUP BY level ORDER BY level;

MATCH (c:Course)-[:HAS_LEVEL]->(l) RETURN l.name AS level, count(*) AS courses GROUP BY l ORDER BY level;

MATCH (c:Course) RETURN count(*) AS courses, max(c.durationDays) AS longest GROUP BY c.credits ORDER BY courses, longest;

MATCH (c:Course) RETURN count(*) AS courses GROUP BY ();

MATCH (c:Course) WHERE c.name = 'none' RETURN count(*) AS courses GROUP BY ();

MATCH (c:Course) WHERE c.name = 'none' RETURN c.credits AS credits, count(*) AS courses GROUP BY credits;

// Aggregates in sort keys that are no columns.
MATCH (c:Course)-[:HAS_LEVEL]->(l) RETURN l.name AS level GROUP BY level ORDER BY count(*) DESC, level;

MATCH (c:Course)-[:HAS_LEVEL]->(l) WITH l GROUP BY l ORDER BY count(*) DESC, l.name LIMIT 1 RETURN l.name AS level;

// A condition on groups.
MATCH (c:Course)-[:HAS_LEVEL]->(l) RETURN l.name AS level, count(*) AS courses GROUP BY level NEXT FILTER courses > 2
RETURN level, courses ORDER BY level;

// RETURN ALL, NO BINDINGS, USE.
RETURN ALL 1 AS one;

WITH 1 AS all RETURN all AS x;

MATCH (l:Level) RETURN NO BINDINGS NEXT RETURN count(*) AS levels;

USE CURRENT_GRAPH MATCH (l:Level) RETURN count(*) AS levels;

// OPTIONAL CALL of a procedure.
MATCH (l:Level) OPTIONAL CALL db.labels() YIELD label WHERE label = l.name RETURN l.name AS level, label ORDER BY level;

// Outer names stay in a subquery, also after a WITH that groups.
MATCH (l:Level)
CALL (l) { MATCH (c:Course) WITH count(c) AS all MATCH (c:Course)-[:HAS_LEVEL]->(l) RETURN all, count(c) AS here }
RETURN l.name AS level, all, here ORDER BY level;

MATCH (l:Level)
CALL (l) { MATCH (c:Course)-[:HAS_LEVEL]->(l) WHERE c.name = 'none' WITH count(c) AS n RETURN n, l.name AS name }
RETURN name, n ORDER BY name;

MATCH (l:Level)
RETURN l.name AS level, COLLECT { UNWIND [2, 1] AS x WITH x ORDER BY x RETURN l.name + x } AS names ORDER BY level;

MATCH (l:Level)
CALL (*) { MATCH (c:Course)-[:HAS_LEVEL]->(l) WITH c.credits AS credits, count(*) AS n RETURN l.name AS name, sum(n) AS courses }
RETURN name, courses ORDER BY name;

MATCH (l:Level)
RETURN l.name AS level, EXISTS { MATCH (c:Course) WITH count(c) AS n WHERE n > 100 OR l.name = 'Advanced' RETURN n } AS found
ORDER BY level;

// Labels, types and keys that an expression gives.
MATCH (c:$('Course')) RETURN count(*) AS courses;

UNWIND ['Level', 'Section'] AS label MATCH (n:$(label)) RETURN label, count(*) AS nodes ORDER BY label;

MATCH (n:$any(['Level', 'Section'])) RETURN count(*) AS nodes;

MATCH (n:$all(labels(n)) & !$('Level')) WHERE n:Level|Section RETURN count(*) AS nodes;

MATCH (:Course)-[r:$('HAS_' + 'LEVEL')]->(l) RETURN count(*) AS times;

MATCH (:Concept {name: 'Attachment'})-[:$('BROADER')*1..2]->(b) RETURN b.name AS broader ORDER BY broader;

MATCH (n:Level) RETURN n:$('Course') AS course, n:$any(['Course', 'Level']) AS either, count(*) AS nodes;
