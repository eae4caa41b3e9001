// graph: people

// Over nothing, and over nulls.
MATCH (n:Person {name: 'Nobody'}) RETURN count(*) AS rows, count(n) AS some, sum(n.age) AS sum, avg(n.age) AS avg, min(n.age) AS min, collect(n.age) AS ages;
MATCH (n:Person {name: 'Nobody'}) RETURN n.name AS name, count(*) AS rows;
MATCH (p:Person) RETURN count(*) AS rows, count(p.age) AS ages, count(DISTINCT p.age) AS different, sum(p.age) AS sum, avg(p.age) AS avg;

// By a key, by several, and by an expression.
MATCH (p:Person) RETURN p.age AS age, count(*) AS people ORDER BY age;
MATCH (p:Person)-[k]->(x) RETURN p.name AS p, type(k) AS type, count(*) AS times, count(DISTINCT x) AS others ORDER BY p, type;
MATCH (p:Person) RETURN p.age > 30 AS older, count(*) AS people ORDER BY older;
MATCH (p:Person) RETURN p.age / 10 * 10 AS decade, count(*) + 1 AS more, 'x' AS constant ORDER BY decade;

// A key that the aggregate's expression reads.
MATCH (p:Person)-[:IN]->(t) WITH t, count(*) AS members RETURN t.name + ': ' + members AS told ORDER BY told;
MATCH (p:Person)-[:KNOWS]->() WITH p.name AS name, count(*) AS n RETURN name, n, n * 2 AS twice ORDER BY name;
MATCH (p:Person) RETURN p.age, p.age + count(*) AS sum ORDER BY p.age;

// Nulls form one group; an integer and a float that are equal form one.
UNWIND [1, 1.0, null, null, 2] AS x RETURN x, count(*) AS times ORDER BY x;
UNWIND [[1], [1.0], [null], [null]] AS x RETURN count(DISTINCT x) AS different;

// Aggregates of aggregates by way of WITH.
MATCH (p:Person)-[:KNOWS]->(q) WITH p, count(q) AS knows RETURN max(knows) AS most, min(knows) AS least, count(*) AS people;

// Filtering groups.
MATCH (p:Person)-[:IN]->(t) WITH t, collect(p.age) AS ages WHERE size(ages) = 1 RETURN t.name AS team, ages;

// Least and greatest of mixed kinds, and of texts.
MATCH (n) WHERE n.age IS NOT NULL RETURN min(n.age) AS least, max(n.age) AS greatest, min(n.name) AS first, max(n.name) AS last;

// Percentiles and standard deviations.
UNWIND [10, 20, 30, 40] AS x RETURN percentileDisc(x, 0.5) AS disc, percentileCont(x, 0.5) AS cont, stDev(x) AS sample, stDevP(x) AS population;

// Collecting in order, without nulls and duplicates.
MATCH (p:Person) WITH p ORDER BY p.name DESC RETURN collect(p.name) AS names, collect(p.age) AS ages, collect(DISTINCT p.age) AS different;

// Grouping by nodes, by lists and by maps.
MATCH (p:Person)-[:KNOWS|LIKES]->(q) RETURN q.name AS q, count(*) AS times, count(DISTINCT p) AS people ORDER BY q;
MATCH (p:Person) RETURN [p.age] AS list, {age: p.age} AS map, count(*) AS people ORDER BY list;

// A distinct projection of groups.
MATCH (p:Person)-[:KNOWS]->() WITH p, count(*) AS n RETURN DISTINCT n ORDER BY n;
