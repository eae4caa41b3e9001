// graph: people

// `WITH … WHERE` sees the variables before the clause, unless it groups or is `DISTINCT`.
MATCH (c:Person) OPTIONAL MATCH (c)-[r:LIKES]->() WITH c WHERE r IS NULL RETURN c.name AS name ORDER BY name;
MATCH (c:Person) OPTIONAL MATCH (c)-[r:LIKES]->() WITH c ORDER BY type(r), c.name RETURN collect(c.name) AS names;

// `^` is left-associative, and a sign binds more tightly.
RETURN 2 ^ 3 ^ 2 AS a, 2 ^ (3 ^ 2) AS b, -2 ^ 2 AS c, 2 ^ -1 AS d;

// A minimum above the maximum matches nothing; a path of length 0 stays at its node.
MATCH (a:Person)-[*2..1]->(b) RETURN a.name AS a, b.name AS b;
MATCH (a:Person)-[*0..0]->(b) RETURN a.name AS a, b.name AS b;
MATCH (a:Person) OPTIONAL MATCH (a)-[r*3..2]->() RETURN count(r) AS walks, count(*) AS rows;

// A column without an alias has the text of its expression as its name.
MATCH (n:Person {name: 'Ann'}) RETURN n . name, n.age+1, count( * ), n.`name`, toUpper( n.name ), CASE WHEN true THEN 1 END, [1,2 , 3], n.nothing IS NULL OR TRUE;

// Zones follow the rules of their year: local mean time before standard time.
RETURN toString(datetime({year: 1818, month: 7, day: 21, timezone: 'Europe/Stockholm'})) AS sun, datetime({year: 1818, timezone: 'Europe/Stockholm'}).offset AS offset, toString(datetime({year: 1900, timezone: 'Europe/Stockholm'})) AS standard, toString(datetime({year: 2020, month: 7, timezone: 'Europe/Stockholm'})) AS summer;

// Nanoseconds are exact in every year.
RETURN toString(localdatetime({year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59, nanosecond: 999999999})) AS late, localdatetime('9999-12-31T23:59:59.999999999').nanosecond AS nanos, toString(localdatetime('9999-12-31T23:59:59.999999999') + duration({nanoseconds: 1})) AS next, localdatetime('9999-01-01T00:00:00.000000001') < localdatetime('9999-01-01T00:00:00.000000002') AS ordered;

// Lists nested forty levels deep.
RETURN [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] AS nested;
RETURN reduce(nested = 1, x IN range(1, 40) | [nested]) = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] AS same;
