// graph: connected-practice

// Relationships that connect the labels, with other predicates on their ends.
MATCH (s:Section)-[:COVERS]->(k:KSS) RETURN s.name, k.name;
MATCH (s:Section)-->(k:KSS) RETURN s.name, k.name;
MATCH (s:Section|Course)-[:COVERS]->(k:KSS|Level) RETURN s.name, k.name;
MATCH (s:!Course)-[:COVERS]->(k:%) RETURN s.name, k.name;
MATCH (k:KSS)-[:COVERS]-(s:Section) RETURN s.name, k.name;
MATCH (c:Course)-[:COVERS|HAS_LEVEL]->(l:Level) RETURN c.name, l.name;
MATCH (c:Course)-[:!HAS_LEVEL]->(s:Section) RETURN c.name, s.name;

// Trails may contain nodes with other labels.
MATCH (c:Course)-[:IN_SECTION|COVERS*2]->(k:KSS) RETURN c.name, k.name;
MATCH (c:Course)-[:COVERS*0..1]->(x) RETURN c.name, x.name;
MATCH p = shortestPath((:Course {name: 'Child Exploitation'})-[*..3]-(:KSS {number: 7})) RETURN length(p);

// A label test inside a subquery, or in one of several operands of `OR`, does not hold outside.
MATCH (x) WHERE NOT EXISTS { (x:Course) } MATCH (x)-[:COVERS]->(k:KSS) RETURN x.name, k.name;
MATCH (x:Section) OPTIONAL MATCH (x:Course) MATCH (x)-[:COVERS]->(k:KSS) RETURN x.name, k.name;
MATCH (x) WHERE x:Course OR x:Section MATCH (x)-[:COVERS]->(k:KSS) RETURN x.name, k.name;
MATCH (x) WHERE NOT x:Course MATCH (x)-[:COVERS]->(k:KSS) RETURN x.name, k.name;
MATCH (x) WITH x, x:Course AS taught MATCH (x)-[:COVERS]->(k:KSS) RETURN x.name, taught, k.name;
MATCH (x:Section) RETURN [(x:Course)-->(y) | y.name] + [(x)-[:COVERS]->(k:KSS) | k.name] AS names;
MATCH (x:Course) RETURN x.name AS name UNION MATCH (x)-[:COVERS]->(:KSS) RETURN x.name AS name;

// A statement may create the names that it matches.
MATCH (c:Course {name: 'Child Exploitation'}) MATCH (k:KSS {number: 7})
CREATE (c)-[:COVERS]->(k) WITH c
MATCH (c)-[:COVERS]->(known:KSS) RETURN known.name;
MATCH (c:Course {name: 'Child Exploitation'}) SET c:Taught SET c.taught = true WITH c
MATCH (c:Taught) WHERE c.taught RETURN c.name;

// Variables that are read in any position.
MATCH (a:Course)-[r]->(b) RETURN *;
MATCH (a:Course)-[r]->(b) WITH * RETURN a.name;
MATCH (a:Course)-[r]->(b) WITH a, r, b RETURN a.name;
MATCH (a:Course)-->(b)<--(a) RETURN b.name;
MATCH (a:Course)-->(b) MATCH (b)-->() RETURN a.name;
MATCH (a:Course), (b:Course) WHERE a = b RETURN count(*);
MATCH (a:Course) WHERE a:Webinar RETURN count(*);
MATCH (a:Course) WHERE EXISTS { (a)-->(:Level) } RETURN count(*);
MATCH (a:Course) RETURN COUNT { MATCH (a)-->(b:Level) RETURN b } AS levels;
MATCH (a:Course) RETURN [(a)-->(b) | b.name] AS names;
MATCH (a:Course) RETURN [(a)-[r:HAS_LEVEL]->() | type(r)] AS types;
MATCH (a:Course) CALL (a) { MATCH (a)-->(b:Level) RETURN b.name AS level } RETURN level;
MATCH (a:Course) CALL { WITH a MATCH (a)-->(b:Level) RETURN b.name AS level } RETURN level;
MATCH (a:Course) RETURN count(*) AS courses, a {.name} AS course;
MATCH (a:Course) RETURN 1 AS one ORDER BY a.name LIMIT 1;
MATCH (a:Course) RETURN count(a);
MATCH p = (:Course)-[:HAS_LEVEL]->(:Level) RETURN p LIMIT 1;
MATCH (:Course)-[r:HAS_LEVEL*1..1]->() RETURN r LIMIT 1;
MATCH (a:Course {name: 'Child Exploitation'})-->(b {name: a.name}) RETURN b.name;
MATCH (a:Course WHERE a.name = 'Child Exploitation') RETURN count(*);
UNWIND [1, 2] AS x MATCH (:Level) RETURN count(*);

// Names that mark unused variables.
MATCH (a:Course)-[_r]->(_) RETURN a.name;

// A column that nothing reads is not evaluated, so its expression raises no error.
UNWIND [1, 0] AS i WITH i, 1 / i AS x RETURN i;
UNWIND [1, 0] AS i WITH sum(1 / i) AS x, count(*) AS rows RETURN rows;
RETURN COUNT { UNWIND [1, 0] AS i RETURN 1 / i } AS rows;
CALL { UNWIND [1, 0] AS i RETURN i, 1 / i AS x } RETURN i;
