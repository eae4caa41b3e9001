// graph: people

// Whether, how often, and what.
MATCH (p:Person)
RETURN p.name AS p, EXISTS { (p)-[:LIKES]->() } AS likes, COUNT { (p)-[:KNOWS]->() } AS knows, COLLECT { MATCH (p)-[k:KNOWS]->() RETURN k.since ORDER BY k.since } AS since
ORDER BY p;

// A predicate inside sees the variables outside.
MATCH (p:Person) WHERE EXISTS { (p)-[k:KNOWS]->(q) WHERE q.age < p.age } RETURN p.name AS p;

// One in another.
MATCH (t:Team)
WHERE EXISTS { (t)<-[:IN]-(p) WHERE COUNT { (p)-[:KNOWS]->() } > 1 }
RETURN t.name AS team;
MATCH (p:Person)
RETURN p.name AS p, COUNT { (p)-[:KNOWS]->(q) WHERE NOT EXISTS { (q)-[:KNOWS]->(p) } } AS unanswered
ORDER BY p;

// A whole query inside.
MATCH (p:Person)
WHERE EXISTS { MATCH (p)-[:IN]->(t) WITH t, COUNT { (t)<-[:IN]-() } AS members WHERE members = 2 MATCH (t)<-[:IN]-(q) WHERE q.age IS NULL RETURN q }
RETURN p.name AS p ORDER BY p;
MATCH (t:Team)
RETURN t.name AS team, COUNT { MATCH (t)<-[:IN]-(p) RETURN DISTINCT p.age } AS ages, COLLECT { MATCH (t)<-[:IN]-(p) RETURN p.name AS name ORDER BY name DESC LIMIT 1 } AS last
ORDER BY team;
MATCH (t:Team)
RETURN t.name AS team, COUNT { MATCH (t)<-[:IN]-(p) RETURN p UNION MATCH (p:Robot) RETURN p } AS both
ORDER BY team;

// Patterns as predicates.
MATCH (p:Person) WHERE (p)-[:LIKES]->() OR NOT (p)<-[:KNOWS]-() RETURN p.name AS p ORDER BY p;
MATCH (a:Person), (b:Person) WHERE (a)-[:KNOWS]->(b) AND NOT (b)-[:KNOWS]->(a) RETURN a.name AS a, b.name AS b ORDER BY a;

// In positions of values.
MATCH (p:Person) RETURN p.name AS p, CASE WHEN EXISTS { (p)-[:LIKES]->() } THEN 'likes' WHEN COUNT { (p)--() } > 3 THEN 'busy' ELSE 'quiet' END AS kind ORDER BY p;
MATCH (p:Person) WITH p ORDER BY COUNT { (p)--() } DESC, p.name LIMIT 2 RETURN p.name AS p ORDER BY p;
MATCH (p:Person) RETURN sum(COUNT { (p)-[:KNOWS]->() }) AS all, max(COUNT { (p)-[:IN]->() }) AS most;
MATCH (p:Person) RETURN COUNT { (p)-[:KNOWS]->() } AS knows, count(*) AS people ORDER BY knows;

// In a comprehension, for each item.
MATCH (t:Team) RETURN t.name AS team, [p IN COLLECT { MATCH (t)<-[:IN]-(p) RETURN p ORDER BY p.name } | p.name + COUNT { (p)-[:KNOWS]->() }] AS members ORDER BY team;

// On null.
OPTIONAL MATCH (n:Nobody) RETURN EXISTS { (n)-->() } AS any, COUNT { (n)-->() } AS many;
MATCH (p:Robot) OPTIONAL MATCH (n:Nobody) WITH p, n WHERE NOT (n)-->(p) RETURN p.name AS p, EXISTS { (p)-[:KNOWS]->(n) } AS any;

// A dead column of a union that one query counts and the other finds.
MATCH (p:Robot) CALL () { MATCH (a:Team) RETURN COUNT { (a) } AS n UNION ALL MATCH (b:Person) RETURN b.age AS n } RETURN count(*) AS times;
MATCH (p:Robot) CALL () { MATCH (a:Team) RETURN COUNT { (a) } AS n, a.name AS name UNION ALL MATCH (b:Person) RETURN b.name AS name, b.age AS n } RETURN name ORDER BY name LIMIT 3;
