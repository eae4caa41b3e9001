// graph: people

// Labels and types that expressions give.
UNWIND ['X', 'Y', 'X'] AS l
CREATE (n:$(l) {v: l})-[r:$('T' + l)]->(m:Z:$([l, 'W']))
RETURN labels(n) AS left, type(r) AS type, size(labels(m)) AS right;
UNWIND ['X', 'Y', 'X'] AS l MERGE (n:$(l)) RETURN count(DISTINCT n) AS nodes;
MATCH (a:Person {name: 'Ann'}), (d:Person {name: 'Dee'})
UNWIND ['LIKES', 'HATES'] AS t
MERGE (a)-[r:$(t)]->(d)
RETURN type(r) AS type, COUNT { (a)-->(d) } AS all;
CREATE (a {l: 'X'}), (b:$(a.l)) RETURN labels(b) AS labels;
CREATE (a)-[r:$(['T'])]->(a) RETURN type(r) AS type;
MATCH (n:Person {name: 'Ann'}) SET n IS Seen:Known REMOVE n IS $('Admin') RETURN labels(n) AS labels;
MATCH (n:Person {name: 'Ann'}) SET n['k' + 1] = 5 REMOVE n['age'] RETURN n.k1 AS k, n.age AS age;

// Subqueries in the actions of MERGE: each row sees the changes of those before it.
UNWIND [1, 1, 2] AS v
MERGE (n:M {v: v})
ON CREATE SET n.c = COUNT { MATCH (x:M) } ON MATCH SET n.m = COUNT { (x:M) } + 10
RETURN n.v AS v, n.c AS c, n.m AS m;
UNWIND [1, 1] AS v
MERGE (n:M {v: v})
ON CREATE SET n.c = EXISTS { (n)-->() } ON MATCH SET n.names = [(x:Person)-[:LIKES]->(y) | x.name]
RETURN n.c AS c, n.names AS names;
MATCH (a:Person {name: 'Ann'}) CALL (a) { MERGE (a)-[r:KNOWS]->(b:Person) ON MATCH SET b.c = COUNT { (a)-->() } RETURN b }
RETURN b.c AS c;
MATCH (a:Person)
FOREACH (i IN [1] | MERGE (a)-[l:K]->(k:K {n: i}) ON CREATE SET k.c = COUNT { (a)-->() })
WITH a MATCH (a)-[:K]->(k) RETURN a.name AS name, k.c AS c ORDER BY name;
MERGE (n:M) ON MATCH SET n.v = VALUE { UNWIND [1, 2] AS x RETURN x } ON CREATE SET n.c = VALUE { RETURN 1 } RETURN n.c AS c;

// FOREACH: subqueries, and a name that is used again.
MATCH (a:Person) FOREACH (i IN [1] | SET a.out = COUNT { (a)-->() }) RETURN a.name AS name, a.out AS out ORDER BY name;
MATCH (a:Person {name: 'Ann'}) FOREACH (i IN [1] | FOREACH (i IN [7] | SET a.v = i)) RETURN a.v AS v;

// The values of SET: one after the other, or in GQL all before the first change.
MATCH (a:Person {name: 'Ann'}) SET a.age = a.age + 1, a.next = a.age RETURN a.age AS age, a.next AS next;
GQL MATCH (a:Person {name: 'Ann'}) SET a.age = a.age + 1, a.next = a.age RETURN a.age AS age, a.next AS next;
GQL MATCH (a {name: 'Ann'}), (b {name: 'Bob'}) SET a.age = b.age, b.age = a.age RETURN a.age AS a, b.age AS b;
GQL MATCH (a:Person) SET a.age = COUNT { (p:Person {age: 34}) }, a:$('Old'), a += {k: a.name} RETURN a.age AS age, a.k AS k ORDER BY k;
