// graph: connected-practice

// Graph algorithms: their rows go on in the query.

// Over labels and types, and over a list that a query makes.
CALL algo.pageRank({nodes: 'Concept', direction: 'both'}) YIELD node, score RETURN node.name AS concept, round(score, 4) AS score ORDER BY score DESC, concept LIMIT 5;
MATCH (:Authority)-[r:USES|DEVELOPED]->(:Model) WITH collect(r) AS related CALL algo.wcc({relationships: related}) YIELD node, component RETURN component, count(*) AS nodes ORDER BY nodes DESC, component;

// A call per row.
MATCH (t:Topic) CALL algo.bfs({sourceNode: t, relationships: 'BROADER', direction: 'incoming'}) YIELD depth WITH t, max(depth) AS depth, count(*) AS concepts WHERE depth > 1 RETURN t.name AS topic, depth, concepts ORDER BY topic;

// Some of the columns, a predicate on them, and what follows.
CALL algo.hits({relationships: 'USES'}) YIELD node AS model, authority WHERE authority > 0.1 MATCH (model)<-[:USES]-(a:Authority) RETURN model.name AS model, collect(a.name) AS authorities ORDER BY model;
CALL algo.kCore() YIELD core RETURN core, count(*) AS nodes ORDER BY core DESC;

// Nothing but the number of rows.
CALL algo.scc() YIELD node RETURN count(*) AS nodes;

// Paths are paths.
MATCH (a:Authority {name: 'Kent'}), (b:Authority {name: 'East Sussex'}) CALL algo.yens({sourceNode: a, targetNode: b, direction: 'both', k: 2}) YIELD path RETURN length(path) AS length, [r IN relationships(path) | type(r)] AS types ORDER BY types;
