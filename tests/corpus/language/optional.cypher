// graph: people

// Rows without a match are kept.
MATCH (p:Person) OPTIONAL MATCH (p)-[k:KNOWS]->(q) RETURN p.name AS p, q.name AS q, k.since AS since ORDER BY p, q, since;

// The predicate belongs to the match: if it is false, the row is kept without a match.
MATCH (p:Person) OPTIONAL MATCH (p)-[k:KNOWS]->(q) WHERE k.since > 2010 RETURN p.name AS p, q.name AS q ORDER BY p, q;

// A pattern matches as a whole or not at all.
MATCH (p:Person) OPTIONAL MATCH (p)-[:LIKES]->(q)-[:IN]->(t) RETURN p.name AS p, q.name AS q, t.name AS t ORDER BY p;

// In sequence: a match that starts at null finds nothing.
MATCH (p:Person) OPTIONAL MATCH (p)-[:LIKES]->(q) OPTIONAL MATCH (q)-[:IN]->(t) RETURN p.name AS p, q.name AS q, t.name AS t ORDER BY p;

// A match from null removes the row.
MATCH (p:Person) OPTIONAL MATCH (p)-[:LIKES]->(q) MATCH (q)-[:KNOWS]-(r) RETURN p.name AS p, r.name AS r ORDER BY p;

// Aggregation without rows gives one row.
OPTIONAL MATCH (n:Person {name: 'Nobody'}) RETURN n, n.name AS name, n IS NULL AS missing;

// Counting absent matches.
MATCH (t:Team) OPTIONAL MATCH (t)<-[:IN]-(p {age: 34}) RETURN t.name AS team, count(p) AS members, count(*) AS rows ORDER BY team;

// A predicate that reads only the input row.
MATCH (p:Person) OPTIONAL MATCH (p)-[:IN]->(t) WHERE p.age IS NULL RETURN p.name AS p, t.name AS t ORDER BY p;

// Between two nodes that are bound.
MATCH (a:Person {name: 'Ann'}), (b:Person) OPTIONAL MATCH (a)-[r:KNOWS]-(b) RETURN b.name AS b, type(r) AS type, r.since AS since ORDER BY b, since;

// Null is not a node, so a pattern with only this node matches nothing.
OPTIONAL MATCH (n:Person {name: 'Nobody'}) MATCH (n) RETURN count(*) AS none;
OPTIONAL MATCH (n:Person {name: 'Nobody'}) RETURN COUNT { (n) } AS none, EXISTS { (n), (m:Robot) } AS any;
OPTIONAL MATCH (n:Person {name: 'Nobody'}) OPTIONAL MATCH (n), (m:Robot) RETURN n.name AS n, m.name AS m;

// Null is not a relationship either, whatever its end nodes are.
OPTIONAL MATCH (:Person)-[r:KNOWS {since: 1}]->() MATCH (a)-[r]->(b) RETURN count(*) AS none;
OPTIONAL MATCH (:Person)-[r:KNOWS {since: 1}]->() MATCH (a)-[r]-(b) RETURN a.name AS a, b.name AS b;
OPTIONAL MATCH (:Person)-[r:KNOWS {since: 1}]->() MATCH (a)-[r]->(b), (c:Robot) RETURN count(*) AS none;
OPTIONAL MATCH (:Person)-[r:KNOWS {since: 1}]->() OPTIONAL MATCH (a)-[r]->(b) RETURN r, a, b;
OPTIONAL MATCH (:Person)-[r:KNOWS {since: 1}]->() RETURN COUNT { (a)-[r]->(b) } AS none, EXISTS { (a)-[r]-(b) } AS any, [(a)-[r]->(b) | a.name] AS list;
OPTIONAL MATCH (:Person)-[rs:KNOWS*1..2 {since: 1}]->() MATCH (a)-[rs*]->(b) RETURN count(*) AS none;

// One of its end nodes is bound, or both.
OPTIONAL MATCH (:Person)-[r:KNOWS {since: 1}]->() MATCH (a:Robot) MATCH (a)-[r]-(b) RETURN count(*) AS none;
OPTIONAL MATCH (:Person)-[r:KNOWS {since: 1}]->() MATCH (a) MATCH (a)-[r]-(b) RETURN count(*) AS none;
OPTIONAL MATCH (:Person)-[r:KNOWS {since: 1}]->() MATCH (a), (b) MATCH (a)-[r]->(b) RETURN count(*) AS none;
