// graph: connected-practice

// All facts about East Sussex, by type and direction.
MATCH (a:Authority {name: 'East Sussex'})-[r]-(x)
RETURN type(r) AS tie, CASE WHEN startNode(r) = a THEN 'out' ELSE 'in' END AS direction, count(*) AS times
ORDER BY times DESC, tie, direction;

// Authorities whose names have the same start or end.
MATCH (a:Authority)
WHERE a.name ENDS WITH 'Sussex' OR a.name STARTS WITH 'West' OR a.name =~ '.*shire'
RETURN a.name AS authority, a.altNames AS alternatives
ORDER BY authority;

// Authorities that neither use nor develop a model.
MATCH (a:Authority)
WHERE NOT (a)-[:USES|DEVELOPED]->(:Model)
RETURN a.name AS authority
ORDER BY authority;

// Authorities that share neither model nor event with East Sussex.
MATCH (es:Authority {name: 'East Sussex'}), (a:Authority)
WHERE a <> es
  AND NOT EXISTS { (es)-[:USES|DEVELOPED|DECLINED]->(:Model)<-[:USES|DEVELOPED|DECLINED]-(a) }
  AND NOT EXISTS { (es)<-[:AFFILIATED_WITH]-(:Person)-[:ATTENDED|SENT_APOLOGIES]->(:Event)<-[:ATTENDED|SENT_APOLOGIES]-(:Person)-[:AFFILIATED_WITH]->(a) }
RETURN a.name AS authority
ORDER BY authority;

// Teams, bodies and platforms of authorities in one list.
MATCH (a:Authority)<-[:UNIT_OF]-(t:Team) RETURN a.name AS authority, 'team' AS kind, t.name AS name
UNION
MATCH (a:Authority)-[:RUNS]->(x) RETURN a.name AS authority, toLower(labels(x)[0]) AS kind, x.name AS name
UNION
MATCH (a:Authority)-[:PARTNERS_WITH]->(o) RETURN a.name AS authority, 'partner' AS kind, o.name AS name;

// The distance of each authority from the inspectorate.
MATCH (o:Organisation {name: 'Ofsted'}), (a:Authority)
MATCH p = shortestPath((o)-[:JUDGED|USES|DEVELOPED|DECLINED|ADOPTS*]-(a))
RETURN length(p) AS steps, count(*) AS authorities
ORDER BY steps;

// The three busiest authorities by claims, with one claim of each kind.
MATCH (a:Authority)<-[:SAID_OF]-(c:Claim)
WITH a, count(c) AS claims ORDER BY claims DESC, a.name LIMIT 3
CALL (a) {
  MATCH (a)<-[:SAID_OF]-(c:Claim)
  RETURN c.kind AS kind, count(*) AS times ORDER BY times DESC, kind LIMIT 2
}
RETURN a.name AS authority, claims, kind, times
ORDER BY claims DESC, authority, times DESC, kind;
