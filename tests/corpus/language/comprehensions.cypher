// graph: people

// Lists from lists.
RETURN [x IN range(1, 5) WHERE x % 2 = 1 | x * x] AS squares, [x IN [1, null, 3] WHERE x > 1] AS kept, [x IN ['a'] | x] AS same;
RETURN [x IN [1, 2] | [y IN [10, 20] | x + y]] AS sums;
RETURN [x IN null | x] AS none, [x IN [] | x] AS empty;

// Lists from patterns.
MATCH (p:Person) WITH p, [(p)-[k:KNOWS]->(q) WHERE k.since >= 2011 | q.name] AS names RETURN p.name AS p, size(names) AS count, names[0] AS first ORDER BY p;
MATCH (p:Person {name: 'Eve'}) RETURN [(p)-->(q) | q.name] AS none;
MATCH (p:Robot) RETURN [way = (p)-->()-[:IN]->(t) | length(way) + t.name] AS ways;
MATCH (t:Team) RETURN t.name AS team, size([(t)<-[:IN]-(p) WHERE (p)-[:LIKES]->() | p]) AS likers ORDER BY team;

// One in another, with the variables outside.
MATCH (t:Team {name: 'Blue'}) RETURN [x IN [(t)<-[:IN]-(p) | p.name] WHERE x > 'C'  | toUpper(x)] AS raised ORDER BY size(raised);

// Quantifiers know null.
RETURN all(x IN [1, 2] WHERE x > 0) AS all, any(x IN [1, 2] WHERE x > 1) AS any, none(x IN [1, 2] WHERE x > 2) AS none, single(x IN [1, 2] WHERE x = 1) AS single;
RETURN all(x IN [1, null] WHERE x > 0) AS all, any(x IN [1, null] WHERE x > 1) AS any, none(x IN [1, null] WHERE x > 1) AS none, single(x IN [1, null] WHERE x = 1) AS single;
RETURN all(x IN [] WHERE x > 0) AS all, any(x IN [] WHERE true) AS any, none(x IN [] WHERE true) AS none, single(x IN [] WHERE true) AS single;
RETURN all(x IN [0, null] WHERE x > 0) AS all, any(x IN [2, null] WHERE x > 1) AS any, none(x IN [2, null] WHERE x > 1) AS none, single(x IN [1, 1, null] WHERE x = 1) AS single;
MATCH p = (:Robot)-[*1..3]->() WHERE all(n IN nodes(p) WHERE n.name IS NOT NULL) AND any(r IN relationships(p) WHERE r.since IS NOT NULL) RETURN length(p) AS length, count(*) AS paths ORDER BY length;

// Folding a list.
RETURN reduce(total = 0, x IN [1, 2, 3] | total + x) AS total, reduce(text = '', x IN ['a', 'b'] | text + x) AS text, reduce(a = 1, x IN [] | a + x) AS untouched, reduce(a = 0, x IN [1, null] | a + x) AS unknown;
