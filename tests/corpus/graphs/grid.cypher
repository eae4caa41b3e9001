// Nine nodes in three rows: relationships lead right and down, and one leads from the last node to the first.
UNWIND range(0, 2) AS y
UNWIND range(0, 2) AS x
CREATE (:Field {name: substring('abcdefghi', 3 * y + x, 1), x: x, y: y});

MATCH (a:Field), (b:Field) WHERE a.y = b.y AND a.x + 1 = b.x CREATE (a)-[:RIGHT {cost: a.x + 1}]->(b);

MATCH (a:Field), (b:Field) WHERE a.x = b.x AND a.y + 1 = b.y CREATE (a)-[:DOWN {cost: 2 * a.y + 1}]->(b);

MATCH (a:Field {name: 'i'}), (b:Field {name: 'a'}) CREATE (a)-[:BACK {cost: 10}]->(b);
