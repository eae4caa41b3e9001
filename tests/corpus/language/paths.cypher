// graph: people

// A path and its parts.
MATCH p = (:Robot)-[:LIKES]->()-[:LIKES]->()-[:IN]->() RETURN p, length(p) AS length;
MATCH p = (:Robot)-[:LIKES]->(a)<-[:KNOWS]-(b) RETURN [n IN nodes(p) | n.name] AS nodes, [r IN relationships(p) | startNode(r).name + '-' + endNode(r).name] AS ends;
MATCH p = (n:Robot) RETURN length(p) AS length, nodes(p)[0] = n AS same, relationships(p) AS none;

// Paths as values: equal, collected, grouped, unwound.
MATCH p = (:Admin)-[:LIKES]->() MATCH q = (:Admin)-->(:Person {name: 'Dee'}) RETURN p = q AS same;
MATCH p = (:Admin)-[:KNOWS]->() WITH p, count(*) AS times RETURN count(p) AS paths, sum(times) AS rows;
MATCH p = (:Robot)-[*1..2]->() UNWIND nodes(p) AS n RETURN n.name AS name, count(*) AS times ORDER BY name;
MATCH p = (:Admin)-[:KNOWS*2]->(x) RETURN count(DISTINCT p) AS paths, count(DISTINCT x) AS ends, count(DISTINCT nodes(p)) AS ways;

// Optional and null.
MATCH (t:Team) OPTIONAL MATCH p = (t)<-[:IN]-(:Admin) RETURN t.name AS team, length(p) AS length, nodes(p) AS nodes ORDER BY team;

// Entities: identity, labels, properties.
MATCH (a:Admin)-[r:LIKES]->(b) RETURN a = b AS same, a <> b AS other, type(r) AS type, labels(a) AS labels, properties(r) AS properties, keys(b) AS keys, startNode(r) = a AS start, endNode(r).name AS end;
MATCH (a:Admin) RETURN a {.name, .age, .nick, teams: [(a)-[:IN]->(t) | t.name]} AS map;
MATCH (a:Admin) RETURN a['na' + 'me'] AS dynamic, a.tags[1] AS tag, 'y' IN a.tags AS tagged, a.missing AS missing;
MATCH (n) WHERE n.age > 30 OR n.age < 3 RETURN n.name AS name ORDER BY name;
MATCH (n) WHERE NOT n.age > 30 RETURN n.name AS name ORDER BY name;
MATCH (n) WHERE n.nick IS NOT NULL RETURN n;
