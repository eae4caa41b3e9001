// graph: connected-practice

// Concepts narrower than trauma, with their depth.
MATCH p = (c:Concept)-[:BROADER*0..]->(:Concept {name: 'Trauma'})
RETURN c.name AS concept, length(p) AS steps
ORDER BY steps, concept;

// Every resource about trauma in the wide sense, by kind.
MATCH (x:LearningResource)-[:ABOUT]->()-[:BROADER*0..]->(:Concept {name: 'Trauma'})
RETURN [label IN labels(x) WHERE label <> 'LearningResource'][0] AS kind, count(DISTINCT x) AS resources
ORDER BY resources DESC, kind;

// Concepts related across documents: the shortest path between two theories.
MATCH p = shortestPath((a:Theory)-[*..6]-(b:Theory))
WHERE a.name < b.name
RETURN a.name AS one, b.name AS other, length(p) AS steps;

// Broadest concepts: those above others with nothing above themselves.
MATCH (top:Concept)
WHERE (top)<-[:BROADER]-() AND NOT (top)-[:BROADER]->()
RETURN top.name AS concept, COUNT { (top)<-[:BROADER*]-(:Concept) } AS below
ORDER BY below DESC, concept;

// Weak relations, matched without direction.
MATCH (a:Concept {name: 'Attachment'})-[r:RELATED|CLOSE_MATCH|BROADER]-(b:Concept)
RETURN type(r) AS tie, b.name AS concept, startNode(r) = a AS outwards
ORDER BY tie, concept;

// Approaches with their tools, principles and foci in one row each.
MATCH (a:Approach)
RETURN a.name AS approach,
       size([(a)-[:USES_TOOL]->(t) | t]) AS tools,
       size([(a)-[:HAS_PRINCIPLE]->(p) | p]) AS principles,
       size([(a)-[:FOCUSES_ON]->(f) | f]) AS foci,
       size([(a)-[:INCLUDES]->(i) | i]) AS included
ORDER BY approach;

// Concepts by any of their names.
MATCH (c:Concept)
WHERE any(name IN coalesce(c.altNames, []) + coalesce(c.hiddenNames, []) WHERE toLower(name) IN ['mi', 'sos', 'dmm', 'vig'])
RETURN c.name AS concept, c.altNames AS alternatives, c.hiddenNames AS hidden
ORDER BY concept;

// Webinars listed twice under names that may mean the same.
MATCH (a:Webinar)-[s:POSSIBLY_SAME_AS]-(b:Webinar)
WHERE a.name < b.name
RETURN a.name AS one, b.name AS other, s.confidence AS confidence
ORDER BY one;
