// graph: people

// Each of two parallel relationships is a match.
MATCH (:Person {name: 'Ann'})-[r:KNOWS]->(b) RETURN b.name AS b, r.since AS since ORDER BY since;

// A self-loop matches once without direction.
MATCH (d:Person {name: 'Dee'})-[r:KNOWS]-(e) RETURN e.name AS e, count(r) AS times ORDER BY e;

// Relationship uniqueness: no node is reached back over the same relationship.
MATCH (a:Person {name: 'Bob'})--(b)--(c) RETURN b.name AS b, c.name AS c, count(*) AS ways ORDER BY b, c;

// In two clauses it may be used twice.
MATCH (a:Person {name: 'Cid'})-[:IN]-(t) MATCH (t)-[:IN]-(b) RETURN b.name AS b ORDER BY b;

// Two nodes of a pattern may be the same node.
MATCH (a:Person)-[:KNOWS]->(b:Person)-[:KNOWS]->(c:Person) RETURN a.name AS a, b.name AS b, c.name AS c, count(*) AS times ORDER BY a, b, c;

// A cycle of three, found from each of its nodes and over each of the parallel relationships.
MATCH (a)-[:KNOWS]->(b)-[:KNOWS]->(c)-[:KNOWS]->(a) RETURN a.name AS a, b.name AS b, c.name AS c, count(*) AS times ORDER BY a;

// A node with itself.
MATCH (a)-[r]->(a) RETURN a.name AS a, type(r) AS type;

// Properties in the pattern; a null equals nothing.
MATCH (n {age: 34}) RETURN n.name AS name ORDER BY name;
MATCH (n {age: null}) RETURN count(n) AS none;
MATCH ()-[r:KNOWS {since: 2010 + 1}]->(b) RETURN b.name AS b;

// A predicate inside the pattern, on nodes and on relationships.
MATCH (a:Person WHERE a.age > 30)-[r:KNOWS WHERE r.since < 2015]->(b) RETURN a.name AS a, b.name AS b;

// Parts that share a variable, and parts that are compared.
MATCH (a)-[:IN]->(t), (b)-[:IN]->(t) WHERE a.name < b.name RETURN t.name AS team, a.name AS a, b.name AS b ORDER BY team;
MATCH (a:Person), (b:Person) WHERE a.age = b.age AND a.name < b.name RETURN a.name AS a, b.name AS b ORDER BY a;

// A relationship that is bound already.
MATCH ()-[r:LIKES]->() MATCH (a)-[r]->(b) RETURN a.name AS a, b.name AS b ORDER BY a;
MATCH ()-[r:LIKES]->() MATCH (a)-[r]-(b) RETURN a.name AS a, b.name AS b ORDER BY a, b;
MATCH ()-[r:KNOWS]->() MATCH (a)<-[r]-(b:Admin) RETURN a.name AS a, b.name AS b, r.since AS since ORDER BY since;

// Types: one of several, and any.
MATCH (a:Person {name: 'Ann'})-[r:LIKES|IN]->(b) RETURN type(r) AS type, b.name AS b ORDER BY type;
MATCH (a:Person {name: 'Ann'})-[r]->(b) RETURN type(r) AS type, count(*) AS times ORDER BY type;

// Two variables for one relationship: it cannot occur twice in one match, but in two.
MATCH ()-[r:LIKES]->() WITH r, r AS s MATCH (a)-[s]->(b)-[r]->(c) RETURN count(*) AS none;
MATCH ()-[r:LIKES]->() WITH r, r AS s MATCH (a)-[s]->(b) MATCH (c)-[r]->(d) RETURN a.name AS a, d.name AS d ORDER BY a;
MATCH ()-[r:LIKES]->() WITH r, r AS s RETURN COUNT { (a)-[s]-(b)-[r]-(c) } AS none, COUNT { (a)-[s]->(b) WHERE EXISTS { (a)-[r]->(b) } } AS one;
