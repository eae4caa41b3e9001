// graph: connected-practice

// The programme: sessions with what they present and who gives them.
MATCH (s:Session)-[:PRESENTS]->(m:Model)
OPTIONAL MATCH (a:Authority)-[:GIVES]->(s)
WITH s, m, a ORDER BY a.name
RETURN s.kind AS kind, m.name AS model, collect(a.name) AS authorities, s.minutes AS minutes
ORDER BY kind, model;

// Models presented by those who do not use them.
MATCH (a:Authority)-[:GIVES]->(:Session)-[:PRESENTS]->(m:Model)
WHERE NOT (a)-[:USES]->(m)
RETURN a.name AS authority, m.name AS model, EXISTS { (a)-[:DEVELOPED]->(m) } AS own
ORDER BY authority, model;

// The relationships between events.
MATCH (a:Event)-[r]->(b:Event)
RETURN a.name AS one, type(r) AS tie, b.name AS other
ORDER BY one, other;

// Sponsors, and whether the fact is stated or inferred.
MATCH (x)-[s:SPONSORS]->(e:Event)
RETURN x.name AS sponsor, e.name AS event, s.basis AS basis
ORDER BY sponsor, event, basis;

// Minutes of presentation and of workshops.
MATCH (s:Session)-[:PART_OF]->(e:Event)
RETURN e.name AS event, s.kind AS kind, count(*) AS sessions, sum(s.minutes) AS minutes, sum(s.minutes * coalesce(s.runs, 1)) AS withRuns
ORDER BY event, kind;
