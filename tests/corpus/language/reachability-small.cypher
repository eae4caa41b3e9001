// graph: grid

// Bounds of the length, from every node: the levels of optimisation agree.
MATCH (a)-[*]->(b) RETURN DISTINCT a.name AS a, count(DISTINCT b) AS ends ORDER BY a;
MATCH (a)-[:RIGHT*0..1]->(b) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;
MATCH (a)-[:RIGHT|DOWN*1..2]->(b) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;
MATCH (a)-[:RIGHT|DOWN*2..3]->(b) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;
MATCH (a)-[:RIGHT|DOWN*2..]->(b) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;
MATCH (a)-[:RIGHT*2..1]->(b) RETURN DISTINCT a.name AS a, b.name AS b;
MATCH (a)-[:RIGHT*0..0]->(b) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;

// A trail from a node back to it: at length 0, along a cycle, and never there and back by one relationship.
MATCH (a)-[*0..]->(a) RETURN DISTINCT a.name AS a ORDER BY a;
MATCH (a)-[:RIGHT|DOWN*]->(a) RETURN DISTINCT a.name AS a;
MATCH (a)-[*]->(a) RETURN DISTINCT a.name AS a ORDER BY a;
MATCH (a)-[*1..4]->(a) RETURN DISTINCT a.name AS a ORDER BY a;
MATCH (a)-[:RIGHT*]-(a) RETURN DISTINCT a.name AS a;
MATCH (a)-[:RIGHT|DOWN*1..3]-(a) RETURN DISTINCT a.name AS a;
MATCH (a)-[:RIGHT|DOWN*1..4]-(a) RETURN DISTINCT a.name AS a ORDER BY a;
MATCH (a)-[:RIGHT*]-(b) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;
MATCH (a)-[:RIGHT|BACK*]-(b) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;

// Existence and absence.
MATCH (a), (b) WHERE (a)-[:DOWN*]->(b) RETURN a.name AS a, b.name AS b ORDER BY a, b;
MATCH (a) WHERE NOT (a)-[:RIGHT*2..]->() RETURN a.name AS a ORDER BY a;
MATCH (a) WHERE COUNT { (a)-[:DOWN*]->({x: 2}) } > 0 RETURN a.name AS a ORDER BY a;
MATCH (a) RETURN a.name AS a, COUNT { (a)-[:DOWN*2..]->() } = 0 AS low ORDER BY a;
MATCH (a) RETURN a.name AS a, COUNT { (a)-[:DOWN*]->() } AS n, COUNT { (a)-[:RIGHT*]->() } > 0 AS right ORDER BY a;

// Properties of relationships, of the row and of excluded relationships.
MATCH (a)-[:RIGHT* {cost: 1}]->(b) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;
MATCH (a)-[r*]->(b) WHERE all(x IN r WHERE x.cost < a.x + 2) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;
MATCH (a {name: 'a'})-[r]->(b)-[*1..9]->(c) RETURN DISTINCT b.name AS b, c.name AS c ORDER BY b, c;
MATCH (a {name: 'a'})-[:RIGHT]-(b)-[:RIGHT*]-(c) RETURN DISTINCT c.name AS c ORDER BY c;

// Where the number of rows matters, every trail counts.
MATCH (a {name: 'a'})-[:RIGHT|DOWN*]->(b) RETURN count(b) AS trails, count(DISTINCT b) AS ends;
MATCH (a {name: 'a'})-[:RIGHT|DOWN*]->(b {name: 'i'}) RETURN sum(DISTINCT b.x) AS distinct, sum(b.x) AS sum;
MATCH (a {name: 'a'})-[:RIGHT|DOWN*]->(b {name: 'i'}) RETURN b.name AS b LIMIT 4;
OPTIONAL MATCH (a)-[:NONE*0..]->(b:None) RETURN DISTINCT a, b;

// Comparisons of the length, and tests of each node and relationship, without and with direction.
MATCH p = (a)-[:RIGHT|DOWN*]->(b) WHERE length(p) > 2 RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b;
MATCH p = (a)-[:RIGHT|DOWN*0..]->(b) WHERE length(p) < 1 OR b.name = 'none' RETURN count(p) AS n;
MATCH p = (a)-[:RIGHT*0..]-(b) WHERE length(p) <= 1 AND 1 > size(relationships(p)) RETURN a.name AS a, b.name AS b ORDER BY a, b;
MATCH p = (a)-[r:RIGHT|DOWN*]->(b) WHERE length(p) = 3 AND size(r) < 3 RETURN count(*) AS n;
MATCH p = (a {name: 'a'})-[:RIGHT|DOWN*0..]->(b) WHERE none(x IN nodes(p) WHERE x.name IN ['b', 'g']) RETURN DISTINCT b.name AS b ORDER BY b;
MATCH p = (a {name: 'e'})-[:RIGHT|DOWN*..2]-(b) WHERE all(x IN nodes(p) WHERE x.name <> 'f') RETURN DISTINCT b.name AS b ORDER BY b;
MATCH p = (a {name: 'a'})-[*0..3]->(b) WHERE NOT any(x IN relationships(p) WHERE type(x) = 'DOWN') RETURN DISTINCT b.name AS b ORDER BY b;
MATCH p = (a {name: 'b'})-[:RIGHT|DOWN*0..]->(b) WHERE all(x IN nodes(p) WHERE x.name <> 'b') RETURN count(*) AS n;

// Changes that are made once or several times are the same; others are made for each trail.
MATCH (a {name: 'a'})-[:RIGHT|DOWN*]->(b) SET b.seen = true, b:Seen WITH count(*) AS rows MATCH (b:Seen) RETURN rows, collect(b.seen) AS seen;
MATCH (a {name: 'a'})-[:RIGHT|DOWN*]->(b) SET b.times = coalesce(b.times, 0) + 1 WITH DISTINCT b RETURN b.name AS b, b.times AS times ORDER BY b;
MATCH (a {name: 'a'})-[:RIGHT|DOWN*]->(b) MERGE (b)-[:SEEN]->(m:Mark) WITH DISTINCT b, m RETURN count(b) AS b, count(m) AS m;
MATCH (a {name: 'a'})-[:RIGHT|DOWN*]->(b) MERGE (b)-[:SEEN]->(m:Mark) ON MATCH SET m.times = coalesce(m.times, 1) + 1 WITH DISTINCT b, m RETURN b.name AS b, m.times AS times ORDER BY b;

// Lists that are tested for members, or measured, and counts that are compared with a constant.
MATCH (a {name: 'a'}), (x) WHERE x IN [(a)-[:RIGHT|DOWN*]->(b) | b] RETURN x.name AS x ORDER BY x;
MATCH (a) WHERE size([(a)-[:RIGHT|DOWN*]->(b) | b]) > 2 RETURN a.name AS a ORDER BY a;
MATCH (a) RETURN a.name AS a, COUNT { (a)-[:RIGHT|DOWN*]->() } > 3 AS many, COUNT { (a)-[:RIGHT*]->() } = 2 AS two ORDER BY a;

// The least length of trails, and one of the shortest.
MATCH p = (a {name: 'a'})-[:RIGHT|DOWN*]->(b) RETURN b.name AS b, min(length(p)) AS length ORDER BY b;
MATCH (a)-[r:RIGHT|BACK*]-(b) RETURN a.name AS a, b.name AS b, min(size(r)) AS length ORDER BY a, b;
MATCH (a)-[r*1..]-(a) RETURN a.name AS a, min(size(r)) AS length ORDER BY a;
MATCH (a {name: 'a'})-[r:RIGHT|DOWN*0..]-(b) RETURN a.name AS a, min(size(r)) AS least, max(b.name) AS last;
MATCH (a {name: 'a'})-[r:RIGHT|DOWN*2..]-(b) RETURN b.name AS b, min(size(r)) AS length ORDER BY b;
MATCH p = (a {name: 'a'})-[:RIGHT*]->(b) WHERE b.name <> 'b' RETURN [n IN nodes(p) | n.name] AS names ORDER BY length(p), b.name LIMIT 1;
MATCH (a) CALL (a) { MATCH p = (a)-[:RIGHT*]->(b) RETURN p LIMIT 1 } RETURN a.name AS a, length(p) > 0 AS found ORDER BY a;

// Two trails, or a trail and a relationship, whose common node is not read.
MATCH (a {name: 'a'})-[:RIGHT|DOWN*]->()-[:RIGHT|DOWN*]->(c) RETURN DISTINCT c.name AS c ORDER BY c;
MATCH (a {name: 'a'})-[:RIGHT|BACK*]-()-[:RIGHT|BACK]-(c) RETURN DISTINCT c.name AS c ORDER BY c;
MATCH (a)-[:DOWN]->()-[:DOWN*0..]->(c) WHERE c.name > 'f' RETURN DISTINCT a.name AS a ORDER BY a;
MATCH (a {name: 'a'})-[:RIGHT|DOWN*]->(b)-[:RIGHT|DOWN*]->(c) WHERE b.name > 'd' RETURN DISTINCT c.name AS c ORDER BY c;
MATCH (a) WHERE EXISTS { (a)-[:RIGHT*]->()-[:RIGHT]->({name: 'f'}) } RETURN a.name AS a ORDER BY a;

// The ends from many nodes: each once, and a node itself only along a cycle or at length 0.
MATCH (a)-[:RIGHT*]->(b) RETURN DISTINCT b.name AS b ORDER BY b;
MATCH (a)-[:RIGHT*0..]->(b) WHERE a.name < 'e' RETURN DISTINCT b.name AS b ORDER BY b;
MATCH (a)<-[:RIGHT|DOWN|BACK*]-(b) WHERE a.name IN ['a', 'b', 'i'] RETURN count(DISTINCT b.name) AS ends;
MATCH (a)-[r:RIGHT|DOWN* {cost: 1}]->(b) RETURN DISTINCT b.name AS b ORDER BY b;
UNWIND ['a', 'e'] AS name CALL (name) { MATCH (a)-[:RIGHT*]->(b) WHERE a.name >= name RETURN count(DISTINCT b) AS ends } RETURN name, ends ORDER BY name;

// One of all shortest paths is enough.
MATCH (a {name: 'a'}), (b) WHERE b.name > 'd' MATCH p = allShortestPaths((a)-[:RIGHT|DOWN*]->(b)) RETURN DISTINCT b.name AS b ORDER BY b;
MATCH (a {name: 'a'}), (b {name: 'i'}) MATCH p = allShortestPaths((a)-[:RIGHT|DOWN*]->(b)) RETURN length(p) AS length LIMIT 1;
MATCH (a {name: 'a'}), (b {name: 'i'}) MATCH p = allShortestPaths((a)-[:RIGHT|DOWN*]->(b)) RETURN count(p) AS paths;
