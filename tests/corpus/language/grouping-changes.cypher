// graph: people

MATCH (n) SET n:Seen:$('A' + 'B'):$(['C', 'D']) RETURN labels(n) AS labels, count(*) AS nodes;

MATCH (n) SET n:$('Seen') REMOVE n:$(labels(n)) RETURN labels(n) AS labels, count(*) AS nodes;

MATCH (n) SET n['a' + 'b'] = 1 RETURN n.ab AS ab, count(*) AS nodes;

FOREACH (x IN [1, 2] | FOREACH (x IN [x, x * 10] | CREATE (:Made {x: x})))
WITH 1 AS one MATCH (m:Made) RETURN m.x AS x ORDER BY x;

FOREACH (x IN [1, 2] | CREATE (:Made {x: x, before: COUNT { (:Nothing) }}))
WITH 1 AS one MATCH (m:Made) RETURN m.x AS x, m.before AS before ORDER BY x;
