// graph: people

// INSERT is CREATE; FINISH returns nothing.
INSERT (a:Idea&Note {name: 'A'})-[:LEADS_TO]->(b IS Idea {name: 'B'}) RETURN labels(a) AS one, labels(b) AS other;
INSERT (:Idea) FINISH;
// A query that writes runs once, however many queries read its rows.
MATCH (t:Team) CREATE (i:Idea {level: t.name}) RETURN i
NEXT
RETURN i.level AS level UNION ALL RETURN toString(count(i)) AS level;
// Each branch writes for its own rows.
UNWIND [1, 2] AS n RETURN n
NEXT
WHEN n = 1 THEN CREATE (:Idea {n: n}) ELSE CREATE (:Note {n: n});
CREATE (i:Idea) WITH i NODETACH DELETE i;

// Reading after writing needs no WITH, and sees what was written.
CREATE (:Idea {n: 1}), (:Idea {n: 2})
MATCH (i:Idea)
SET i.n = i.n + 10
MATCH (j:Idea) WHERE j.n > 11
UNWIND [1, 2] AS times
RETURN count(*) AS rows, min(j.n) AS least;
