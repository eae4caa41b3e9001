// graph: people

// The type of a deleted relationship is known; what it joined, and its properties, are gone.
MATCH (:Person {name: 'Ann'})-[r]->() DELETE r RETURN type(r) AS type, count(*) AS gone ORDER BY type;

// A node keeps its identity when its labels change.
MATCH (n:Person {name: 'Ann'}) WITH n, id(n) AS before REMOVE n:Person SET n:Robot:Machine RETURN labels(n) AS labels, id(n) = before AS same, n = n AS equal;
MATCH (a:Person {name: 'Bob'}), (b:Person {name: 'Bob'}) SET a:Seen REMOVE b:Person RETURN a = b AS same, labels(a) AS labels, labels(b) = labels(a) AS alike;
