// graph: connected-practice

// FILTER, LET, FOR, and ORDER BY as clauses of their own.
MATCH (c:Course)
FILTER c.durationDays IS NOT NULL
LET days = c.durationDays, name = c.name
ORDER BY days DESC, name
LIMIT 4
RETURN name, days;

FOR x IN ['c', 'a', 'b'] WITH ORDINALITY place
RETURN x, place
ORDER BY place;

FOR x IN ['c', 'a', 'b'] WITH OFFSET place
FILTER WHERE place > 0
RETURN x, place
ORDER BY place;

FOR x IN null WITH ORDINALITY place RETURN x, place;

// A page of rows before further clauses: the LIMIT counts sections, not courses.
MATCH (s:Section)
ORDER BY s.name
SKIP 1 LIMIT 2
MATCH (c:Course)-[:IN_SECTION]->(s)
RETURN s.name AS section, count(*) AS courses
ORDER BY section;

// A page for each outer row.
MATCH (l:Level)
CALL (l) {
  MATCH (c:Course)-[:HAS_LEVEL]->(l)
  ORDER BY c.name
  LIMIT 1
  RETURN c.name AS first
}
RETURN l.name AS level, first
ORDER BY level;

// Where nulls stand in the order.
UNWIND [2, null, 1] AS x RETURN x ORDER BY x NULLS FIRST;
UNWIND [2, null, 1] AS x RETURN x ORDER BY x NULLS LAST;
UNWIND [2, null, 1] AS x RETURN x ORDER BY x DESC NULLS FIRST;
UNWIND [2, null, 1] AS x RETURN x ORDER BY x DESC NULLS LAST;
MATCH (c:Course) RETURN c.credits AS credits, count(*) AS courses ORDER BY credits DESCENDING NULLS LAST;

// Of the variables of a pattern, only those of YIELD stay.
MATCH (c:Course)-[r:HAS_LEVEL]->(l:Level {name: 'Advanced'}) YIELD c
MATCH (c)-[r:IN_SECTION]->(s)
RETURN s.name AS section, count(*) AS courses
ORDER BY section;

// Several patterns that match together or not at all.
MATCH (a:Authority)
OPTIONAL {
  MATCH (a)-[:USES]->(m:Model)
  MATCH (m)<-[:USES]-(b:Authority) WHERE b.name = 'East Sussex' AND a <> b
}
RETURN a.name AS authority, m.name AS model, b.name AS other
ORDER BY authority, model
LIMIT 6;

// Set operators: the rows with and without repetition.
UNWIND [1, 2, 2, 3, null, null] AS x RETURN x EXCEPT UNWIND [2, null] AS x RETURN x;
UNWIND [1, 2, 2, 3, null, null] AS x RETURN x EXCEPT ALL UNWIND [2, null] AS x RETURN x;
UNWIND [1, 2, 2, 3, null, null] AS x RETURN x INTERSECT UNWIND [2, 2, 2, null] AS x RETURN x;
UNWIND [1, 2, 2, 3, null, null] AS x RETURN x INTERSECT ALL UNWIND [2, 2, 2, null] AS x RETURN x;
UNWIND [1, 1] AS x RETURN x EXCEPT DISTINCT UNWIND [] AS x RETURN x;
RETURN 1 AS x, 2 AS y INTERSECT RETURN 2 AS y, 1.0 AS x;
UNWIND [1, 2, 3] AS x RETURN x EXCEPT RETURN 1 AS x EXCEPT RETURN 3 AS x;

RETURN 1 AS left, 2 AS right EXCEPT RETURN 2 AS right, 2 AS left;
UNWIND [1, 2] AS rows RETURN rows OTHERWISE RETURN 3 AS rows;

// Sections that cover KSS 7 but not KSS 5.
MATCH (s:Section)-[:COVERS]->(:KSS {number: 7}) RETURN s.name AS section
EXCEPT
MATCH (s:Section)-[:COVERS]->(:KSS {number: 5}) RETURN s.name AS section;

// Set operators for each outer row.
UNWIND [1, 2] AS x
CALL (x) { UNWIND [x, x, 5] AS y RETURN y INTERSECT ALL UNWIND [1, 5, 5] AS y RETURN y }
RETURN x, y;

// OTHERWISE: the second query only if the first has no rows.
MATCH (c:Course {name: 'No such course'}) RETURN c.name AS name
OTHERWISE
MATCH (l:Level) RETURN l.name AS name;
RETURN 1 AS x OTHERWISE RETURN 1 / 0 AS x;
UNWIND [] AS x RETURN x OTHERWISE UNWIND [] AS x RETURN x OTHERWISE RETURN 3 AS x;
// Of four queries the second has rows; the last two do not run.
UNWIND [] AS x RETURN x, 1 AS y OTHERWISE UNWIND [2, 3] AS y RETURN y, 'b' AS x OTHERWISE RETURN 1 / 0 AS x, 4 AS y OTHERWISE RETURN 1 / 0 AS y, 5 AS x;
RETURN 7 AS x, 8 AS y OTHERWISE RETURN 1 / 0 AS x, 4 AS y OTHERWISE RETURN 1 / 0 AS y, 5 AS x;
UNWIND [0, 1, 2, 3] AS n
CALL (n) {
  FILTER n = 1 RETURN 'one' AS word OTHERWISE { FILTER n = 2 RETURN 'two' AS word UNION ALL FILTER n = 2 RETURN 'II' AS word }
  OTHERWISE FILTER n = 3 RETURN 'three' AS word OTHERWISE RETURN 'none' AS word
}
RETURN n, word;
RETURN 1 AS x LIMIT 0 NEXT RETURN x OTHERWISE RETURN x OTHERWISE RETURN 5 AS x;
UNWIND [1, 2] AS x
CALL (x) { UNWIND [x, 5] AS y FILTER y = 2 RETURN y OTHERWISE { RETURN x * 100 AS y UNION RETURN 0 AS y } }
RETURN x, y;

// NEXT: the next query reads the rows of the one before.
MATCH (c:Course)-[:HAS_LEVEL]->(l:Level) RETURN l, count(*) AS courses
NEXT
RETURN max(courses) AS most, sum(courses) AS all
NEXT
RETURN all - most AS rest;

// Each query of a union reads all rows.
UNWIND [1, 2, 3] AS x RETURN x
NEXT
RETURN x + 10 AS y UNION ALL RETURN sum(x) AS y;
MATCH (l:Level) RETURN l
NEXT
{ MATCH (c:Course)-[:HAS_LEVEL]->(l) RETURN l.name AS name, count(c) AS number }
UNION
{ RETURN 'all levels' AS name, count(l) AS number NEXT RETURN name, number + 0 AS number };

// Queries in braces are one query for the operators outside.
{ RETURN 1 AS x UNION ALL RETURN 1 AS x } EXCEPT ALL RETURN 1 AS x;
RETURN 3 AS x UNION ALL { RETURN 1 AS x NEXT RETURN x + 1 AS x };

// WHEN: for each row the first branch whose condition is true.
WHEN false THEN RETURN 1 AS x WHEN true THEN RETURN 2 AS x WHEN true THEN RETURN 3 AS x ELSE RETURN 4 AS x;
WHEN null THEN RETURN 1 AS x;
UNWIND [1, 2, 3, null] AS n RETURN n
NEXT
WHEN n = 1 THEN RETURN n, 'one' AS word
WHEN n > 2 THEN { RETURN n, 'many' AS word UNION ALL RETURN n, 'several' AS word }
ELSE RETURN n, 'other' AS word;
MATCH (s:Section)
CALL (s) {
  WHEN EXISTS { (s)-[:COVERS]->(:KSS {number: 7}) } THEN RETURN 'yes' AS covers
  ELSE RETURN 'no' AS covers
}
RETURN covers, count(*) AS sections
ORDER BY covers;

// VALUE: the only value of a query.
MATCH (l:Level)
RETURN l.name AS level, VALUE { MATCH (c:Course)-[:HAS_LEVEL]->(l) RETURN min(c.name) } AS first
ORDER BY level;
RETURN VALUE { UNWIND [] AS x RETURN x } AS none, VALUE { RETURN null } AS null_;

// A query in EXISTS or COUNT may end anywhere.
MATCH (s:Section)
WHERE EXISTS { MATCH (s)-[:COVERS]->(k:KSS) FILTER k.number > 9 }
RETURN count(s) AS sections, COUNT { MATCH (k:KSS) MATCH (d:PCFDomain) } AS pairs;

// The words of these clauses are still names.
WITH {a: 1} AS value, 2 AS next, 3 AS filter, 4 AS let, 5 AS otherwise
RETURN value {.a, next}, filter, let + otherwise AS sum;
