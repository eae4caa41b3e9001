// graph: people

// Quantifiers of relationships.
MATCH (a {name: 'Ann'})-[:KNOWS]->{2}(b) RETURN b.name AS name;
MATCH (a {name: 'Ann'})-[:KNOWS]->{1,2}(b) RETURN b.name AS name, count(*) AS times ORDER BY name;
MATCH (a {name: 'Ann'})-[:KNOWS]->{2,}(b) RETURN b.name AS name, count(*) AS times ORDER BY name;
MATCH (a {name: 'Ann'})-[:KNOWS]->{,1}(b) RETURN b.name AS name, count(*) AS times ORDER BY name;
MATCH (a {name: 'Ann'})-[r:KNOWS]->*(b) RETURN b.name AS name, collect(DISTINCT size(r)) AS steps ORDER BY name;
MATCH (a {name: 'Cid'})--+(b:Robot) RETURN DISTINCT b.name AS name;
MATCH (a:Person) WHERE EXISTS { (a)-->+(:Team {name: 'Red'}) } RETURN a.name AS name ORDER BY name;

// Quantified paths in parentheses: names are lists outside.
MATCH (s {name: 'Ann'}) ((a)-[r:KNOWS]->(b)){2} (e)
RETURN [n IN a | n.name] AS a, [n IN b | n.name] AS b, [x IN r | x.since] AS since, e.name AS e;
MATCH ((a:Person)-[:KNOWS]->(b:Person {name: 'Bob'})){1,} RETURN a[0].name AS first, size(b) AS steps;
MATCH (s {name: 'Ann'}) ((a)-[r:KNOWS]->(b) WHERE r.since > 2010)+ (e) RETURN e.name AS name, size(r) AS steps;
MATCH (s {name: 'Ann'}) ((a)-[:KNOWS]->(b) WHERE a.name < b.name)* RETURN [n IN b | n.name] AS names ORDER BY size(b), names;
MATCH (s {name: 'Ann'}) ((:Person)-[:KNOWS]->(:Admin|Person)){1,2} (e) WHERE e.age > 30 RETURN e.name AS name;
MATCH p = (s:Robot)-[:LIKES]->(t) ((a)-[:KNOWS]->(b)){1,2} (u) RETURN length(p) AS length, u.name AS name;
MATCH ((s {name: 'Ann'}) ((a)-[:KNOWS]->(b)){1,2} (e) WHERE size(a) = 2) RETURN DISTINCT e.name AS name;

// Searches between each pair of end nodes.
MATCH p = ANY SHORTEST (a:Admin)-->+(b:Team) RETURN b.name AS team, length(p) AS steps ORDER BY team;
MATCH p = ALL SHORTEST (a:Admin)-->+(b:Team) RETURN b.name AS team, length(p) AS steps, count(*) AS paths ORDER BY team;
MATCH p = SHORTEST 2 (a:Admin)-[:KNOWS|IN]->+(b:Team {name: 'Red'}) RETURN length(p) AS steps;
MATCH p = SHORTEST 2 GROUPS (a:Admin)-[:KNOWS|IN]->+(b:Team {name: 'Red'}) RETURN length(p) AS steps;
MATCH p = ANY 2 (a:Admin)-[:KNOWS]->{1}(b) RETURN count(*) AS paths;
MATCH p = ANY (a:Admin)-[:KNOWS]->(b)-[:IN]->(c) RETURN c.name AS team, length(p) AS steps;
MATCH p = SHORTEST 1 PATH (a:Admin) ((x)-[:KNOWS]->(y) WHERE x <> y)+ (b {name: 'Cid'}) RETURN [n IN x | n.name] AS x, length(p) AS steps;

// Predicates before and after the selection.
MATCH p = ANY SHORTEST (a:Admin)-[:KNOWS]->+(b) WHERE length(p) > 1 RETURN b.name AS name, length(p) AS steps ORDER BY name;
MATCH p = ANY SHORTEST ((a:Admin)-[:KNOWS]->+(b) WHERE length(p) > 1) RETURN b.name AS name, length(p) AS steps ORDER BY name;
MATCH p = SHORTEST 2 ((a:Admin)-[r:KNOWS]->+(b) WHERE length(p) > 1) WHERE b.name = 'Bob' RETURN length(p) AS steps;
OPTIONAL MATCH p = ANY SHORTEST (a:Team)-->+(b) RETURN p IS NULL AS none;
UNWIND ['Ann', 'Eve', 'Zed'] AS name
OPTIONAL MATCH p = SHORTEST 2 (a {name: name})-->+(b:Team {name: 'Blue'})
RETURN name, length(p) AS steps
ORDER BY name, steps;

// Modes.
MATCH p = ACYCLIC (a {name: 'Ann'})-[:KNOWS]->*(b) RETURN [n IN nodes(p) | n.name] AS names ORDER BY size(names);
MATCH p = SIMPLE PATHS (a {name: 'Ann'})-[:KNOWS]->{2,}(b) RETURN [n IN nodes(p) | n.name] AS names ORDER BY size(names);
MATCH p = TRAIL (a {name: 'Dee'})-[:KNOWS]->*(b) RETURN length(p) AS steps ORDER BY steps;
MATCH p = ALL SHORTEST SIMPLE (a {name: 'Dee'})-[:KNOWS]->+(b) RETURN length(p) AS steps;
MATCH p = ANY SHORTEST ACYCLIC (a {name: 'Dee'})-[:KNOWS]->+(b) RETURN length(p) AS steps;

// The words of path searches are still names.
WITH 1 AS any, 2 AS shortest, 3 AS trail MATCH simple = (path)-[walk:LIKES]->(acyclic) RETURN any + shortest + trail AS sum, path.name AS name ORDER BY name;
