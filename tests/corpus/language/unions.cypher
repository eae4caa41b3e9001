// graph: people

// With and without duplicates.
MATCH (p:Person) RETURN p.age AS age UNION MATCH (p:Person) RETURN p.age AS age;
MATCH (p:Admin) RETURN p.name AS name UNION ALL MATCH (p:Person {age: 34}) RETURN p.name AS name;
RETURN 1 AS x UNION RETURN 1.0 AS x UNION RETURN null AS x UNION RETURN null AS x;

// Each query of a union has its own `ORDER BY` and `LIMIT`.
MATCH (p:Person) WITH p.name AS name ORDER BY name LIMIT 1 RETURN name UNION ALL MATCH (p:Person) WITH p.name AS name ORDER BY name DESC LIMIT 1 RETURN name;

// Unwinding, distinct rows and projections between.
UNWIND [1, 2, 2, null] AS x UNWIND [x, x] AS y RETURN x, count(y) AS ys, count(*) AS rows ORDER BY x;
UNWIND [] AS x RETURN count(x) AS none;
UNWIND null AS x RETURN count(*) AS none;
UNWIND [[1, 2], [3], []] AS list UNWIND list AS x RETURN sum(x) AS sum;
WITH 1 AS a, 2 AS b WITH a + b AS c, a WITH *, c * a AS d RETURN *;
MATCH (p:Person) WITH DISTINCT p.age AS age WHERE age IS NOT NULL RETURN sum(age) AS sum;
MATCH (p:Person)-[:IN]->(t) WITH DISTINCT t RETURN count(*) AS teams;
MATCH (a:Person)-[:KNOWS]->(b) WITH DISTINCT a, b RETURN count(*) AS pairs;
