// graph: complete

// An existence test ends at the first trail.
MATCH (n:O) WHERE (n)-[*]->() RETURN count(n) AS n;
MATCH (n:O) WHERE EXISTS { (n)-[*]->() } RETURN count(n) AS n;
MATCH (n:O) WHERE NOT (n)<-[:R*]-() RETURN count(n) AS n;
MATCH (a:O {i: 0}), (b:O {i: 1}) RETURN EXISTS { (a)-[:R*]->(b) } AS reached;
MATCH (a:O {i: 0}) RETURN EXISTS { (a)-[:R*]->(:Z) } AS reached;
MATCH (a:O {i: 0}), (b:O {i: 1}) RETURN EXISTS { (a)-[:R*3..]->(b) } AS reached;
MATCH (a:O {i: 0}) RETURN EXISTS { (a)-[:R*]->(b)-[:R*]->(c) WHERE b.i + c.i = 5 } AS reached;

// So does a number that is compared with 0.
MATCH (a:O {i: 0}), (b:O {i: 1}) RETURN COUNT { (a)-[:R*]->(b) } > 0 AS reached;
MATCH (n:O) WHERE COUNT { (n)-[:R*]-(:Z) } = 0 RETURN count(n) AS n;
MATCH (n:O) WHERE 1 <= COUNT { (n)-[:R*]-() } OR n.i < 0 RETURN count(n) AS n;

// One row is found once.
MATCH ()-[*]->() RETURN 1 AS one LIMIT 1;
MATCH (n:O)-[:R*]->(n) RETURN n.i >= 0 AS found LIMIT 1;
MATCH (a:O {i: 0}), (b:O {i: 1}) CALL (a, b) { MATCH (a)-[:R*]->(b) RETURN 1 AS one LIMIT 1 } RETURN one;
MATCH (a:O) CALL (a) { MATCH (a)-[:R*]->(b) RETURN b.i >= 0 AS found LIMIT 1 } RETURN count(found) AS n;

// The first rows are found before all trails are counted.
MATCH ()-[*]->() RETURN 1 AS one LIMIT 3;
MATCH (a:O {i: 0}), (b:O {i: 1}) MATCH (a)-[:R*]->(b) RETURN 1 AS one LIMIT 2;
MATCH (a:O) CALL (a) { MATCH p = (a)-[:R*]->(b) RETURN length(p) > 0 AS found LIMIT 2 } RETURN count(found) AS n;

// Distinct ends.
MATCH (n:O)-[*]->() RETURN DISTINCT n.i AS i ORDER BY i;
MATCH (a:O {i: 0})-[:R*]->(b) RETURN count(DISTINCT b) AS n;
MATCH (a:O {i: 0})-[:R*2..]->(b) RETURN count(DISTINCT b) AS n;
MATCH (a:O {i: 0})-[:R*]-(b) RETURN min(b.i) AS least, max(b.i) AS greatest;
MATCH (a:O {i: 0})-[:R*0..]->(b) WITH DISTINCT b WHERE b.i % 2 = 0 RETURN count(b) AS n;
MATCH (a:O {i: 0})-[:R*]->(b) WITH collect(DISTINCT b) AS all RETURN size(all) AS n;
MATCH (a:O {i: 0}) OPTIONAL MATCH (a)-[:R*]->(b:Z) RETURN DISTINCT a.i AS i, b;
MATCH (a:O {i: 0})-[:R*]->(b) RETURN b.i AS i UNION MATCH (a:O {i: 0})-[:R*]-(b) RETURN b.i AS i;

// Properties hold for each relationship; a trail that is excluded has none in common.
MATCH (a:O {i: 0})-[:R* {sum: 11}]->(b) RETURN count(DISTINCT b) AS n;
MATCH (a:O {i: 0})-[:R {sum: 1}]->(b)-[:R*]->(c) RETURN count(DISTINCT c) AS n;

// What is reached is deleted once.
MATCH (a:O {i: 0})-[:R*]->(b) DETACH DELETE b;

// Predicates on the path are checked at each step, or bound its length.
MATCH (a:O {i: 0})-[r:R*]->(b) WHERE all(x IN r WHERE x.w IS NULL) RETURN count(DISTINCT b) AS n;
MATCH p = (a:O {i: 0})-[:R*]->(b) WHERE none(x IN nodes(p) WHERE x.i = 7) RETURN count(DISTINCT b) AS n;
MATCH (a:O {i: 0}), (b:O {i: 1}) RETURN EXISTS { MATCH p = (a)-[:R*]->(b) WHERE length(p) > 3 } AS reached;
MATCH (a:O {i: 0}), (b:O {i: 1}) OPTIONAL MATCH p = shortestPath((a)-[:R*]->(b)) WHERE length(p) < 1 RETURN p IS NULL AS missing;
MATCH (a:O {i: 0}), (b:O {i: 1}) OPTIONAL MATCH p = shortestPath((a)-[:R*]->(b)) WHERE length(p) > 200 RETURN p IS NULL AS missing;

// A change that is made twice is made once; a list is tested for members; a count ends at its constant.
MATCH (a:O {i: 0})-[:R*]->(b) SET b.seen = true, b:Seen RETURN count(DISTINCT b) AS n;
MATCH (a:O {i: 0})-[:R*]->(b) MERGE (b)-[:SEEN]->(m:Mark) RETURN count(DISTINCT m) AS n;
MATCH (a:O {i: 0}), (x:O) WHERE x IN [(a)-[:R*]->(b) | b] RETURN count(x) AS n;
MATCH (a:O) WHERE COUNT { (a)-[:R*]->(:O) } >= 3 RETURN count(a) AS n;
MATCH (a:O) WHERE size([(a)-[:R*]->(b) | b]) > 0 RETURN count(a) AS n;

// The least length of trails, and one of the shortest.
MATCH p = (a:O {i: 0})-[:R*]->(b:O {i: 5}) RETURN min(length(p)) AS length;
MATCH p = (a:O {i: 0})-[:R*]->(b) WITH b.i AS i, min(length(p)) AS length RETURN length, count(*) AS ends ORDER BY length;
MATCH p = (a:O {i: 0})-[:R*]->(b:O {i: 5}) RETURN [n IN nodes(p) | n.i] AS path ORDER BY length(p) LIMIT 1;
MATCH (a:O {i: 0}), (b:O {i: 5}) CALL (a, b) { MATCH p = (a)-[:R*]->(b) RETURN p LIMIT 1 } RETURN length(p) > 0 AS found;
