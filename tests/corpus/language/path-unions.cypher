// graph: people

// Unions in parentheses are parts of the union around them; a predicate after them holds for each path.
MATCH ((a {name: 'Ann'})-[:KNOWS]->(b) | (a {name: 'Ann'})-[:LIKES]->(b)) RETURN b.name AS name ORDER BY name;
MATCH ((a {name: 'Ann'})-[:KNOWS]->(b) |+| (a {name: 'Ann'})-[:LIKES]->(b)) RETURN b.name AS name ORDER BY name;
MATCH p = ((a {name: 'Ann'})-[r:KNOWS]->(b) | ((a {name: 'Ann'})-[:LIKES]->(b) | (a {name: 'Ann'})-[:IN]->(b)) WHERE b.name > 'C')
RETURN b.name AS name, length(p) AS length, r.since AS since ORDER BY name;
MATCH (a:Person)-[:LIKES]->(b) | ((a:Person)-[:KNOWS]->(b) | (a:Person)-[:IN]->(b) WHERE b.name = 'Red') RETURN a.name AS a, b.name AS b ORDER BY a, b;
OPTIONAL MATCH ((a {name: 'none'})-->(b) | (a {name: 'none'})<--(b)) RETURN a, b;
MATCH (a:Person {name: 'Ann'}) RETURN COUNT { ((a)-[:KNOWS]->() | (a)-[:LIKES]->()) } AS count, EXISTS { ((a)-[:HATES]->() | (a)-[:IN]->()) } AS exists;

// Searches over unions.
MATCH p = ANY SHORTEST ((a {name: 'Ann'})-[:KNOWS]->{2,3}(b {name: 'Ann'}) | (a {name: 'Ann'})-[:LIKES]->(b {name: 'Dee'}))
RETURN b.name AS b, length(p) AS length ORDER BY b;
MATCH p = ALL SHORTEST (a {name: 'Ann'})-[:KNOWS]->{1,2}(b) | (a {name: 'Ann'})-[:KNOWS]->{2,3}(b) RETURN b.name AS b, length(p) AS length ORDER BY b, length;
MATCH p = SHORTEST 2 GROUPS (a {name: 'Ann'})-[:KNOWS]->{1,2}(b) | (a {name: 'Ann'})-[:KNOWS|LIKES]->{1,3}(b) RETURN b.name AS b, length(p) AS length ORDER BY b, length;
MATCH ANY 1 ((a:Person)-[:KNOWS]->(b) |+| (a:Person)-[:LIKES]->(b)) RETURN a.name AS a, b.name AS b ORDER BY a, b;
MATCH p = ANY SHORTEST ACYCLIC ((a {name: 'Ann'})-[:KNOWS]->{1,3}(b) | (a {name: 'Ann'})-[:IN]->(b)) WHERE b.name < 'D' RETURN b.name AS b, length(p) AS length ORDER BY b;
MATCH (a:Person) CALL (a) { MATCH p = SHORTEST 1 ((a)-[:KNOWS]->(b) | (a)-[:IN]->(b)) RETURN count(p) AS paths } RETURN a.name AS a, paths ORDER BY a;

// Searches over quantified paths of several relationships.
MATCH p = ANY SHORTEST (a {name: 'Ann'}) ((x)-[:KNOWS]->(y)-[:IN]->(z)<-[:IN]-(w)){1,2} (b)
RETURN b.name AS b, length(p) AS length, [n IN x | n.name] AS x ORDER BY b, length;
MATCH p = SHORTEST 1 GROUP (a {name: 'Ann'}) ((x)-[:KNOWS]->(y)-[:IN]->(z)){0,1} (b) RETURN b.name AS b, length(p) AS length, size(x) AS size ORDER BY b, length;

// Walks: relationships may repeat.
MATCH REPEATABLE ELEMENTS (a {name: 'Ann'})-[:KNOWS]->{0,6}(b) RETURN b.name AS b, count(*) AS walks ORDER BY b;
MATCH REPEATABLE ELEMENTS p = (a {name: 'Dee'})-[r:KNOWS]->{2,3}(b) RETURN length(p) AS length, size(r) AS size, r[0] = r[1] AS same ORDER BY length;
MATCH REPEATABLE ELEMENTS (a {name: 'Ann'}) ((x)-[r:KNOWS]->(y) WHERE r.since IS NOT NULL){1,4} (b) RETURN [n IN y | n.name] AS y, [e IN r | e.since] AS since ORDER BY since;
MATCH REPEATABLE ELEMENTS (a {name: 'Cid'})-[r:KNOWS {since: 2011}]-{1,3}(b) RETURN b.name AS b, size(r) AS size ORDER BY size;
MATCH REPEATABLE ELEMENTS (a {name: 'Ann'})-[:KNOWS]-{3}(b) RETURN count(*) AS walks;
MATCH REPEATABLE ELEMENTS p = SHORTEST 2 (a {name: 'Ann'})-[:KNOWS]->{1,6}(b {name: 'Bob'}) RETURN length(p) AS length ORDER BY length;
MATCH REPEATABLE ELEMENTS (a {name: 'Ann'})-[:KNOWS]->{0,2}(b)-[:IN]->{1,1}(t) RETURN b.name AS b, t.name AS t, count(*) AS times ORDER BY b;
