// graph: grid

// The shortest path from corner to corner, and the number of shortest paths.
MATCH p = shortestPath((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) RETURN length(p) AS steps;
MATCH p = allShortestPaths((a:Field {name: 'a'})-[*]->(i:Field {name: 'i'})) RETURN length(p) AS steps, reduce(way = '', n IN nodes(p) | way + n.name) AS way ORDER BY way;

// Without direction the way back is short.
MATCH p = shortestPath((a:Field {name: 'a'})-[*]-(i:Field {name: 'i'})) RETURN [r IN relationships(p) | type(r)] AS types;

// Only some types.
MATCH p = shortestPath((a:Field {name: 'a'})-[:RIGHT*]->(x:Field)) RETURN x.name AS x, length(p) AS steps ORDER BY x;

// From everywhere to one field.
MATCH p = shortestPath((x:Field)-[*..2]->(i:Field {name: 'i'})) WHERE x <> i RETURN x.name AS x, length(p) AS steps ORDER BY x;

// No path within the maximum length.
OPTIONAL MATCH p = shortestPath((a:Field {name: 'a'})-[*..3]->(i:Field {name: 'i'})) RETURN p IS NULL AS none;

// All paths of a length with their costs.
MATCH p = (a:Field {name: 'a'})-[:RIGHT|DOWN*4]->(i:Field {name: 'i'})
RETURN reduce(cost = 0, r IN relationships(p) | cost + r.cost) AS cost, count(*) AS ways ORDER BY cost;

// Through the grid and back to the start.
MATCH p = (a:Field {name: 'a'})-[*5]->(a) RETURN count(p) AS rounds;
