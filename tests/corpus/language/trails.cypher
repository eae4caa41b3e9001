// graph: people

// From one to three steps; each relationship once.
MATCH (:Person {name: 'Ann'})-[r:KNOWS*1..3]->(x) RETURN x.name AS x, size(r) AS steps, count(*) AS ways ORDER BY steps, x;

// A path of length 0 is a path.
MATCH (a:Person)-[:KNOWS*0..1]->(x) RETURN a.name AS a, x.name AS x, count(*) AS ways ORDER BY a, x;
MATCH (a:Robot)-[r*0]-(b) RETURN a = b AS same, r;

// A path of length 0 between bound nodes requires that they are the same node.
MATCH (a:Person), (b:Person) MATCH (a)-[:LIKES*0..1]->(b) RETURN a.name AS a, b.name AS b ORDER BY a, b;

// Without direction.
MATCH (:Person {name: 'Dee'})-[r*2]-(x) RETURN [k IN r | type(k)] AS types, x.name AS x ORDER BY types, x;

// Without a maximum length: it ends because relationships are not repeated.
MATCH (:Person {name: 'Ann'})-[r:KNOWS*]->(:Person {name: 'Ann'}) RETURN size(r) AS steps, [k IN r | k.since] AS since ORDER BY since;

// The properties hold for each relationship of the trail.
MATCH (a)-[r:KNOWS* {since: 2010}]->(b) RETURN a.name AS a, b.name AS b, size(r) AS steps;
MATCH (a)-[r:KNOWS*2..2]->(b) WHERE all(k IN r WHERE k.since < 2015) RETURN a.name AS a, b.name AS b;

// The trail as a path.
MATCH p = (:Robot)-[*2..2]->(x) RETURN [n IN nodes(p) | n.name] AS names, [r IN relationships(p) | type(r)] AS types, length(p) AS length ORDER BY names, types;

// A length that no path has.
MATCH (a)-[*3..2]->(b) RETURN count(*) AS none;

// Two trails in one pattern share no relationship.
MATCH (a:Person {name: 'Ann'})-[:KNOWS*1..2]->(x)<-[:KNOWS*1..2]-(b:Person {name: 'Ann'}) RETURN x.name AS x, count(*) AS ways ORDER BY x;

// Predicates on each relationship that read a relationship after the variable-length pattern.
MATCH (a:Person)-[walk:KNOWS* {since: other.since}]->(b), (c)-[other:KNOWS {since: 2011}]->(d) RETURN a.name AS a, size(walk) AS steps;
MATCH (a:Person)-[walk:KNOWS*]->(b) MATCH (c)-[other:KNOWS* WHERE other IN walk]->(d) RETURN count(*) AS pairs;

// A bound list of relationships is followed in both directions; it may be too short, too long or empty.
MATCH (:Person {name: 'Ann'})-[r:KNOWS*2]->() MATCH (a)-[r*]->(b) RETURN a.name AS a, b.name AS b ORDER BY a, b;
MATCH (:Person {name: 'Ann'})-[r:KNOWS*2]->() MATCH (a)<-[r*2]-(b) RETURN a.name AS a, b.name AS b ORDER BY a, b;
MATCH (:Person {name: 'Ann'})-[r:KNOWS*2]->() MATCH (a)-[r*]-(b) RETURN a.name AS a, b.name AS b ORDER BY a, b;
MATCH (:Person {name: 'Ann'})-[r:KNOWS*2]->() MATCH (a)-[r*3..]->(b) RETURN count(*) AS count;
MATCH (:Person {name: 'Ann'})-[r:KNOWS]->() WITH [r, r] AS twice MATCH (a)-[twice*]-(b) RETURN count(*) AS count;
WITH [] AS none MATCH (a:Person)-[none*0..]->(b) RETURN a.name AS a, b.name AS b ORDER BY a;
WITH [] AS none MATCH (a:Person)-[none*]->(b) RETURN count(*) AS count;
