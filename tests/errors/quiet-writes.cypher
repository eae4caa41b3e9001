// graph: people

// A variable of a created entity need not be read.
CREATE (a:Note)-[r:ABOUT]->(b:Note);
MERGE (a:Note {text: 'x'})-[r:ABOUT]->(b:Note {text: 'y'});
MATCH (a:Person {name: 'Ann'}) CREATE (a)-[r:WROTE]->(b:Note) RETURN b;
MATCH (a:Note) DETACH DELETE a;
MATCH (a:Person {name: 'Ann'}) SET a.seen = 1;
MATCH (a:Person {name: 'Ann'}) REMOVE a.seen;
MATCH (a:Person {name: 'Ann'}) FOREACH (x IN [1] | SET a.seen = x);
