// graph: people

// By what is not returned.
MATCH (p:Person) RETURN p.name AS name ORDER BY p.age DESC, p.name;
MATCH (p:Person) RETURN p.name AS name ORDER BY size(p.name + coalesce(p.nick, '')) DESC, name;

// Null is greatest; texts come before booleans, those before numbers.
UNWIND [2, 'a', null, true, 1.5, 'B', false, [1], {a: 1}] AS x RETURN x ORDER BY x;
UNWIND [2, 'a', null, true, 1.5, 'B', false, [1], {a: 1}] AS x RETURN x ORDER BY x DESC;
UNWIND [[2], [1, 2], [], [1], [null], [1, null]] AS x RETURN x ORDER BY x;

// An alias hides the variable of the same name; `ORDER BY` may use both scopes.
MATCH (p:Person) RETURN p.name AS p, p.age AS age ORDER BY age, p;
MATCH (n:Person) WITH n.age AS age, n ORDER BY age, n.name RETURN collect(n.name) AS names;

// The same holds after DISTINCT and after grouping, also if another column is the hidden variable.
UNWIND [3, 1, 2] AS n RETURN DISTINCT -n AS n, n AS m ORDER BY n;
UNWIND [3, 1, 2] AS n WITH DISTINCT -n AS n, n + 1 AS m ORDER BY n + 1 RETURN collect([n, m]) AS rows;
UNWIND [3, 1, 2] AS n RETURN -n AS n, n AS m, count(*) AS c ORDER BY n;
UNWIND [3, 1, 2] AS n RETURN -n AS n, n + 1 AS m, count(*) AS c ORDER BY n + 1 DESC;
MATCH (p:Person) WITH DISTINCT p.name AS p, p AS person ORDER BY p RETURN collect(person.name)[..2] AS first;

// After grouping, by a key and by an aggregate.
MATCH (p:Person)-[:KNOWS]->(q) RETURN p.name AS p, count(q) AS n ORDER BY n DESC, p;
MATCH (p:Person)-[:IN]->(t) RETURN t.name AS team, max(p.name) AS last ORDER BY max(p.name), team;

// After DISTINCT.
MATCH (p:Person) RETURN DISTINCT p.age AS age ORDER BY age DESC;

// Skipping and stopping.
UNWIND range(1, 10) AS x RETURN x ORDER BY x DESC SKIP 2 LIMIT 3;
UNWIND range(1, 3) AS x RETURN x ORDER BY x SKIP 5;
UNWIND range(1, 3) AS x RETURN x ORDER BY x LIMIT 0;
UNWIND range(1, 5) AS x WITH x ORDER BY x DESC LIMIT 1 + 1 RETURN sum(x) AS sum;

// A limit between clauses.
MATCH (p:Person) WITH p ORDER BY p.name LIMIT 2 MATCH (p)-[:KNOWS]->(q) RETURN p.name AS p, q.name AS q ORDER BY p, q;

// Negative zero, infinities and NaN.
UNWIND [0.0 / 0.0, 1.0 / 0.0, -1.0 / 0.0, 0, 1] AS x RETURN x ORDER BY x;
