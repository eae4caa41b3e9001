// graph: people

// A subquery for each row: its columns are added, and rows without a result are dropped.
MATCH (t:Team) CALL (t) { MATCH (t)<-[:IN]-(p) RETURN p.name AS member ORDER BY member LIMIT 1 } RETURN t.name AS team, member ORDER BY team;
MATCH (p:Person) CALL (p) { MATCH (p)-[:LIKES]->(q) RETURN q.name AS liked } RETURN p.name AS p, liked ORDER BY p;
MATCH (p:Person) OPTIONAL CALL (p) { MATCH (p)-[:LIKES]->(q) RETURN q.name AS liked } RETURN p.name AS p, liked ORDER BY p;

// Aggregates count for each row.
MATCH (p:Person) CALL (p) { MATCH (p)-[:KNOWS]->(q) RETURN count(q) AS knows } RETURN p.name AS p, knows ORDER BY p;

// Imports by a leading WITH.
MATCH (p:Person) CALL { WITH p MATCH (p)-[:IN]->(t) RETURN t.name AS team } RETURN team, count(p) AS members ORDER BY team;

// Without imports.
MATCH (t:Team) CALL { MATCH (p:Person) RETURN max(p.age) AS oldest } RETURN t.name AS team, oldest ORDER BY team;

// A union inside.
MATCH (p:Person {name: 'Ann'})
CALL (p) { MATCH (p)-[:KNOWS]->(q) RETURN q.name AS other, 'knows' AS tie UNION MATCH (p)-[:LIKES]->(q) RETURN q.name AS other, 'likes' AS tie }
RETURN other, tie ORDER BY other;

// All variables in scope.
MATCH (p:Person) WITH p, p.age AS age WHERE age > 30 CALL (*) { RETURN p.name + ' is ' + age AS told } RETURN told ORDER BY told;

// Procedures.
CALL db.labels() YIELD label RETURN label ORDER BY label;
CALL db.relationshipTypes() YIELD relationshipType AS type WHERE type <> 'IN' RETURN type ORDER BY type;
CALL db.propertyKeys() YIELD propertyKey RETURN count(*) AS keys;
MATCH (t:Team) CALL db.labels() YIELD label WITH t, count(label) AS labels RETURN t.name AS team, labels ORDER BY team;
