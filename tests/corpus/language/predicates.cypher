// graph: people

// Truth: never unknown.
UNWIND [true, false, null] AS x
RETURN x, x IS TRUE AS a, x IS NOT TRUE AS b, x IS FALSE AS c, x IS NOT FALSE AS d, x IS UNKNOWN AS e, x IS NOT UNKNOWN AS f;
MATCH (p:Person) WHERE (p.age > 30) IS NOT TRUE RETURN p.name AS name ORDER BY name;

// Types; null has each type that is not NOT NULL.
UNWIND [1, 1.5, 'a', true, null, [1], [1, null], ['a'], {a: 1}, date('2024-01-31'), duration('P1D')] AS x
RETURN x, x IS TYPED INTEGER AS integer, x IS TYPED INTEGER NOT NULL AS number, x IS NOT TYPED STRING AS no_text,
       x :: LIST<INTEGER> AS integers, x IS :: LIST<INTEGER NOT NULL> NOT NULL AS numbers, x IS :: ANY<BOOL | STRING!> AS either,
       x IS :: PROPERTY VALUE AS storable, x IS :: NULL AS none, x IS :: NOTHING AS nothing, x IS :: ANY NOT NULL AS some,
       x IS :: DATE AS day, x IS :: INT LIST AS list, x IS :: MAP AS map;
MATCH p = (a:Admin)-[r:LIKES]->(b)
RETURN a IS :: NODE AS a, r IS :: EDGE AS r, p IS :: PATH AS p, a IS :: RELATIONSHIP AS no, [a, r] IS :: LIST<NODE | RELATIONSHIP> AS both;
RETURN localtime('12:00') IS :: LOCAL TIME AS a, time('12:00Z') IS :: TIME WITH TIME ZONE AS b, localdatetime('2024-01-31T12:00') IS :: TIMESTAMP AS c,
       datetime('2024-01-31T12:00Z') IS :: ZONED DATETIME AS d, time('12:00Z') IS :: TIME WITHOUT TIME ZONE AS e;
MATCH (n) WHERE n.age IS NOT :: INTEGER RETURN n.name AS name, n.age AS age ORDER BY name;
RETURN [x IN [1, 'a', null] WHERE x :: INTEGER NOT NULL | x] AS numbers, all(x IN [1, 2] WHERE x IS TYPED INT) AS all_numbers;

// Elements.
MATCH (n) WHERE n IS LABELED Person&!Admin RETURN n.name AS name ORDER BY name;
MATCH (n) WHERE n IS NOT LABELED Person|Team RETURN n.name AS name ORDER BY name;
MATCH (a)-[r:LIKES]-(b) RETURN a.name AS a, a IS SOURCE OF r AS source, a IS NOT DESTINATION OF r AS not_end, r IS DIRECTED AS directed ORDER BY a, source;
MATCH (a:Person)-[:KNOWS]->(b)-[:KNOWS]->(c) WHERE ALL_DIFFERENT(a, b, c) RETURN DISTINCT a.name AS a, b.name AS b, c.name AS c ORDER BY a;
MATCH (a:Person)-[:KNOWS]->(b) WHERE SAME(a, b) RETURN a.name AS name;
MATCH (n) WHERE PROPERTY_EXISTS(n, nick) OR NOT PROPERTY_EXISTS(n, age) RETURN n.name AS name ORDER BY name;
MATCH (n:Person) OPTIONAL MATCH (n)-[r:LIKES]->() RETURN n.name AS name, r IS DIRECTED AS directed ORDER BY name;

// Numbers.
RETURN 1_000 AS a, 0b101 AS b, 0xFF_FF AS c, 1_0.2_5 AS d, -0b11 AS e, 1_0e1_0 AS f;
