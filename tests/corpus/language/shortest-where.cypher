// graph: grid

// The shortest of the paths with a minimum length, compared with all trails.
MATCH p = shortestPath((a:Field {name: 'a'})-[*]->(e:Field {name: 'e'})) WHERE length(p) > 2 RETURN length(p) AS steps;
MATCH p = (a:Field {name: 'a'})-[*]->(e:Field {name: 'e'}) WHERE length(p) > 2 RETURN min(length(p)) AS steps;

// The same with a predicate on the list of relationships.
MATCH p = allShortestPaths((a:Field {name: 'a'})-[way*]->(e:Field {name: 'e'})) WHERE size(way) > 2 RETURN length(p) AS steps, count(*) AS ways;
MATCH (a:Field {name: 'a'})-[way*7]->(e:Field {name: 'e'}) RETURN size(way) AS steps, count(*) AS ways;

// Predicates on inner nodes and on end nodes.
MATCH p = allShortestPaths((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) WHERE none(n IN nodes(p) WHERE n.name IN ['d', 'f'])
RETURN reduce(way = '', n IN nodes(p) | way + n.name) AS way ORDER BY way;
MATCH p = (a:Field {name: 'a'})-[*4]->(i:Field {name: 'i'}) WHERE none(n IN nodes(p) WHERE n.name IN ['d', 'f'])
RETURN reduce(way = '', n IN nodes(p) | way + n.name) AS way ORDER BY way;
MATCH p = shortestPath((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) WHERE all(n IN nodes(p) WHERE n.name <> 'i') RETURN length(p) AS steps;
MATCH p = shortestPath((a:Field {name: 'a'})-[*0..]->(a)) WHERE NOT any(n IN nodes(p) WHERE n.name = 'a') RETURN length(p) AS steps;

// Excluded relationships: the path avoids them.
MATCH p = shortestPath((a:Field {name: 'a'})-[*]-(i:Field {name: 'i'})) WHERE all(r IN relationships(p) WHERE type(r) <> 'BACK') RETURN length(p) AS steps;
MATCH p = shortestPath((a:Field {name: 'a'})-[way*]-(i:Field {name: 'i'})) WHERE NOT any(r IN way WHERE r.cost > 3) RETURN length(p) AS steps, [r IN way | r.cost] AS costs ORDER BY steps;

// `any` and `single` are evaluated on whole paths.
MATCH p = allShortestPaths((a:Field {name: 'a'})-[*]-(b:Field {name: 'b'})) WHERE any(r IN relationships(p) WHERE type(r) = 'DOWN') RETURN length(p) AS steps, count(*) AS ways;
MATCH p = (a:Field {name: 'a'})-[*..3]-(b:Field {name: 'b'}) WHERE any(r IN relationships(p) WHERE type(r) = 'DOWN') RETURN length(p) AS steps, count(*) AS ways ORDER BY steps LIMIT 1;
MATCH p = allShortestPaths((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) WHERE single(n IN nodes(p) WHERE n.x = 1) RETURN count(*) AS ways;
MATCH p = (a:Field {name: 'a'})-[*4]->(i:Field {name: 'i'}) WHERE single(n IN nodes(p) WHERE n.x = 1) RETURN count(*) AS ways;

// Sums over the path, and subqueries that read it.
MATCH p = allShortestPaths((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) WHERE reduce(cost = 0, r IN relationships(p) | cost + r.cost) > 7
RETURN length(p) AS steps, count(*) AS ways;
MATCH p = (a:Field {name: 'a'})-[*]->(i:Field {name: 'i'}) WHERE reduce(cost = 0, r IN relationships(p) | cost + r.cost) > 7
RETURN length(p) AS steps, count(*) AS ways ORDER BY steps LIMIT 1;
MATCH p = allShortestPaths((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) WHERE EXISTS { MATCH (m:Field {name: 'c'}) WHERE m IN nodes(p) } RETURN count(*) AS ways;
MATCH p = allShortestPaths((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) WHERE COUNT { MATCH (m:Field) WHERE m IN nodes(p) AND m.y = 2 } = 3 RETURN count(*) AS ways;

// Other variables of the pattern take part.
MATCH (m:Field {x: 1}), p = shortestPath((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) WHERE m IN nodes(p) RETURN m.name AS m, length(p) AS steps ORDER BY m;
MATCH (m:Field {x: 1}), p = shortestPath((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) WHERE all(n IN nodes(p) WHERE n = m OR n.x <> 1) RETURN m.name AS m, length(p) AS steps ORDER BY m;

// Of two paths the later one has the predicate; they share no relationship.
MATCH p = shortestPath((a:Field {name: 'a'})-[*]->(e:Field {name: 'e'})), q = shortestPath((a)-[*]->(e)) WHERE length(q) > length(p)
RETURN length(p) AS p, length(q) AS q;
MATCH p = shortestPath((a:Field {name: 'a'})-[*]->(e:Field {name: 'e'})) MATCH q = shortestPath((a)-[*]->(e)) WHERE length(q) > length(p)
RETURN length(p) AS p, length(q) AS q;

// From a node to itself, with a predicate that is unknown, and with one that is never true.
MATCH p = shortestPath((a:Field {name: 'a'})-[*]->(a)) WHERE any(n IN nodes(p) WHERE n.name = 'c') RETURN reduce(way = '', n IN nodes(p) | way + n.name) AS way;
MATCH p = shortestPath((a:Field {name: 'a'})-[*]->(b:Field {name: 'b'})) WHERE all(n IN nodes(p) WHERE n.colour = 'red') RETURN p;
MATCH p = shortestPath((a:Field {name: 'a'})-[*..4]->(b:Field {name: 'b'})) WHERE length(p) > 20 RETURN p;
OPTIONAL MATCH p = shortestPath((a:Field {name: 'a'})-[*]->(b:Field {name: 'b'})) WHERE length(p) > 1 AND length(p) < 1 RETURN p IS NULL AS none;

// Predicates on paths that are not shortest, also inside the pattern.
MATCH p = (a:Field {name: 'a'})-[:RIGHT*]->(x WHERE length(p) = 2) RETURN x.name AS x;
MATCH p = (a:Field {name: 'a'})-[r {cost: length(p)}]->(x) RETURN x.name AS x ORDER BY x;
