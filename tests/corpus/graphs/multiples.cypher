// Sixty numbers with relationships to their multiples, modulo 60: there are self-loops and parallel relationships.
UNWIND range(0, 59) AS i CREATE (:Number {i: i});

MATCH (n:Number) WHERE n.i % 2 = 1 SET n:Odd;

MATCH (a:Number) UNWIND range(2, 9) AS k MATCH (b:Number) WHERE b.i = a.i * k % 60 CREATE (a)-[:TIMES {k: k}]->(b);

MATCH (a:Number), (b:Number) WHERE b.i = a.i + 1 CREATE (a)-[:NEXT]->(b);
