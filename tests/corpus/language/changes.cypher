// graph: people

// The type of a deleted relationship is known; its nodes and properties are not.
MATCH (:Person {name: 'Ann'})-[r]->() DELETE r RETURN type(r) AS type, count(*) AS gone ORDER BY type;

// A node keeps its identity when its labels change.
MATCH (n:Person {name: 'Ann'}) WITH n, id(n) AS before REMOVE n:Person SET n:Robot:Machine RETURN labels(n) AS labels, id(n) = before AS same, n = n AS equal;
MATCH (a:Person {name: 'Bob'}), (b:Person {name: 'Bob'}) SET a:Seen REMOVE b:Person RETURN a = b AS same, labels(a) AS labels, labels(b) = labels(a) AS alike;

// No pattern matches a deleted entity, even if its variable is still bound.
MATCH (p:Person {name: 'Bob'}) DETACH DELETE p WITH p MATCH (p) RETURN count(*) AS found;
MATCH (p:Person {name: 'Bob'}) DETACH DELETE p WITH p OPTIONAL MATCH (p)-->(q) RETURN count(*) AS rows, count(q) AS found;
MATCH (p:Person)-[r:KNOWS]->(q) DELETE r WITH p, r, q MATCH (p)-[r]->(q) RETURN count(*) AS found;
MATCH (p:Person {name: 'Bob'}) DETACH DELETE p RETURN EXISTS { (p)-[*0..]->() } AS reached, COUNT { (p)-->(q) WHERE p.name = q.name } AS alike;
