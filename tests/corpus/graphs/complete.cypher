// Twelve nodes, each with a relationship to each other node: more trails than can be enumerated.
UNWIND range(0, 11) AS i CREATE (:O {i: i});

MATCH (a:O), (b:O) WHERE a <> b CREATE (a)-[:R {sum: a.i + b.i}]->(b);
