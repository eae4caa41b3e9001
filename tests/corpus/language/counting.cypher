// graph: multiples

// What is only counted is not enumerated: a message sums up the weights of neighbours.
MATCH (a)-[:TIMES]->(b) MATCH (b)-[:TIMES]->(c) MATCH (c)-[:TIMES]->(d) MATCH (d)-[:TIMES]->(e) RETURN count(*) AS paths;

// Predicates on a node that is counted are part of its weight.
MATCH (a:Odd)-[:TIMES]->(b) MATCH (b)-[:TIMES]->(c:Odd) WHERE c.i > 20 MATCH (c)-[:NEXT]->(d) WHERE d.i % 3 = 0
RETURN count(*) AS paths;

// Relationships of one clause differ: what is the same is subtracted.
MATCH (a)-[:TIMES]->(b)-[:TIMES]->(c) RETURN count(*) AS paths;
MATCH (a)-[:TIMES]-(b)-[:TIMES]-(c) RETURN count(*) AS paths;
MATCH (a)-[:TIMES]-(b)-[:TIMES]-(c:Odd) RETURN count(*) AS paths;

// A type without self-loops needs no test.
MATCH (a)-[:NEXT]->(b)-[:NEXT]->(c) RETURN count(*) AS paths;
MATCH (a)-[:NEXT]-(b)-[:NEXT]-(c)-[:NEXT]-(a) RETURN count(*) AS triangles;

// Nodes that must differ, and nodes that must not be neighbours.
MATCH (a)-[:TIMES]->(b) MATCH (b)-[:TIMES]->(c) WHERE a <> c RETURN count(*) AS paths;
MATCH (a)-[:TIMES]->(b) MATCH (b)-[:TIMES]->(c:Odd) WHERE a <> c AND NOT (a)-[:NEXT]-(c) RETURN count(*) AS paths;
MATCH (a)-[:TIMES]->(b)-[:NEXT]->(c) WHERE NOT (a)-[:TIMES]->(c) AND b <> c RETURN count(*) AS paths;

// Common neighbours.
MATCH (a)-[:NEXT]->(b) MATCH (a)-[:TIMES]->(c) MATCH (b)-[:TIMES]->(c) MATCH (c)-[:TIMES]->(d:Odd)
RETURN count(*) AS squares;

// Groups, and aggregates of what is not counted.
MATCH (a:Odd)-[:TIMES]->(b) MATCH (b)-[:TIMES]->(c) MATCH (c)-[:TIMES]->(d) WHERE d.i > 30
RETURN a.i % 10 AS digit, count(*) AS paths, sum(b.i) AS sum, min(b.i) AS least, max(b.i) AS most, count(DISTINCT b) AS nodes
ORDER BY digit;

// Optional matches, tests and numbers.
MATCH (a)-[:TIMES]->(b) OPTIONAL MATCH (b)-[:NEXT]->(c:Odd) OPTIONAL MATCH (a)-[:TIMES]->(d) RETURN count(*) AS rows;
MATCH (a) WHERE EXISTS { (a)-[:TIMES]->(b)-[:NEXT]->(:Odd) } RETURN count(*) AS nodes;
MATCH (a) WHERE NOT EXISTS { (a)<-[:TIMES]-(b:Odd) WHERE b.i > 30 } RETURN count(*) AS nodes;
MATCH (a:Odd) WHERE a.i < 9 RETURN a.i AS i, COUNT { (a)-[:TIMES]->(b)-[:NEXT]->(c) WHERE b <> a } AS paths ORDER BY i;
MATCH (a) RETURN sum(COUNT { (a)-[:TIMES]->() } * COUNT { (a)<-[:TIMES]-(:Odd) }) AS paths;

// Null has no neighbours.
OPTIONAL MATCH (n:Nothing) OPTIONAL MATCH (n)-[:TIMES]->(m) RETURN count(*) AS rows, COUNT { (n)-[:TIMES]->() } AS number;
