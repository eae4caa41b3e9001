// graph: people

// allReduce: whether a condition holds for each value of a sum.
RETURN allReduce(acc = 0, x IN [1, 2, 3] | acc + x, acc < 10) AS small, allReduce(acc = 0, x IN [1, 2, 3] | acc + x, acc < 5) AS smaller;
RETURN allReduce(s = 0, x IN [] | s + x, s < 0) AS empty, allReduce(s = 0, x IN null | s + x, s < 0) AS nothing,
       allReduce(s = 0, x IN [1, null] | s + x, s < 5) AS unknown, allReduce(s = 0, x IN [9, null] | s + x, s < 5) AS no;
UNWIND [[1, 2], [3, 4], null] AS l RETURN l, allReduce(s = 0, x IN l | s + x, s < x + 3) AS rises;
RETURN allReduce(s = 1, x IN [0, 'a'] | s * x, s > 0) AS ended;
MATCH (a {name: 'Ann'}) ((x)-[r:KNOWS]->(y)){1,3} (z)
WHERE allReduce(last = 0, e IN r | CASE WHEN e.since > last THEN e.since END, last IS NOT NULL)
RETURN [e IN r | e.since] AS since;
MATCH (a:Person) RETURN a.name AS name, allReduce(n = 0, t IN a.tags | n + size(t), n < 2) AS short ORDER BY name;
WITH 1 AS allReduce RETURN allReduce + 1 AS two;

// A quantifier takes a string as the list of it alone.
RETURN any(x IN 'abc' WHERE x = 'abc') AS any, none(x IN 'abc' WHERE x = 'b') AS none, single(x IN 'abc' WHERE true) AS single;
UNWIND ['a', ['a', 'b'], null] AS l RETURN l, all(x IN l WHERE x = 'a') AS all, any(x IN l WHERE x = 'a') AS any;
MATCH (n) WHERE any(x IN n.name WHERE x = 'Ann') RETURN n.age AS age;

// Decimals stay decimals.
RETURN ceil(1.25m) AS ceil, floor(-1.75m) AS floor, ceiling(1.1m) AS ceiling, sqrt(4m) AS root, sqrt(2m) AS long, sqrt(-1m) AS nan;
UNWIND [1.5m, 1.5, 2, null] AS x RETURN x, floor(x) AS floor, ceil(x) AS ceil, valueType(sqrt(x)) AS type;

// NEXT with YIELD.
RETURN 1 AS x, 2 AS y NEXT YIELD y AS z, x RETURN z - x AS one;
RETURN 1 AS x, 2 AS y NEXT YIELD y AS z, x { RETURN z AS a UNION ALL RETURN x AS a } NEXT RETURN sum(a) AS sum;
MATCH (n:Person) RETURN n, n.age AS age NEXT YIELD age RETURN DISTINCT age ORDER BY age;

// PROPERTY_EXISTS of null is unknown.
OPTIONAL MATCH (n:Nothing) RETURN PROPERTY_EXISTS(n, name) AS unknown;

// Names of a subquery: an imported name may be passed on, not redefined.
MATCH (n:Person {name: 'Ann'}) CALL (n) { WITH n AS n, 1 AS k RETURN n.age + k AS next } RETURN next;
MATCH (n:Person {name: 'Ann'}) CALL () { WITH 1 AS n RETURN n AS one } RETURN n.name AS name, one;
