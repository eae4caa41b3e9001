// graph: connected-practice

// Match modes.
MATCH REPEATABLE ELEMENTS (c)-[a:HAS_LEVEL]->(:Level {name: 'Essential'})<-[b:HAS_LEVEL]-(d) RETURN count(*) AS pairs;

MATCH DIFFERENT RELATIONSHIPS (c)-[a:HAS_LEVEL]->(:Level {name: 'Essential'})<-[b:HAS_LEVEL]-(d) RETURN count(*) AS pairs;

MATCH REPEATABLE ELEMENT BINDINGS TRAIL (c:Course)-[:HAS_LEVEL]->(:Level)<-[:HAS_LEVEL]-(d), (c)-[:HAS_LEVEL]->(m)
RETURN count(*) AS rows;

MATCH REPEATABLE ELEMENTS p = ACYCLIC (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->+(b)
RETURN length(p) AS steps, b.name AS broader ORDER BY steps;

MATCH REPEATABLE ELEMENTS p = ANY SHORTEST (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->+(b)
RETURN length(p) AS steps, b.name AS broader ORDER BY steps;

// KEEP.
MATCH p = (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]-{1,3}(b) KEEP ACYCLIC WHERE b.name < 'C'
RETURN length(p) AS steps, count(*) AS paths ORDER BY steps;

MATCH p = (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]-+(b) KEEP ANY SHORTEST RETURN max(length(p)) AS steps;

// Abbreviated and concise relationships.
MATCH (c:Course)->(l:Level) RETURN l.name AS level, count(*) AS courses ORDER BY level;

MATCH (:Level {name: 'Essential'})<-(c)-(s:Section) RETURN s.name AS section, count(*) AS courses ORDER BY section;

MATCH (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->-[:BROADER]->(b) RETURN b.name AS broader;

// Simplified paths.
MATCH (:Concept {name: 'DMM Family Functional Formulation'})-/BROADER{1,2} BROADER/->(b) RETURN b.name AS broader ORDER BY broader;

MATCH (:Level {name: 'Essential'})-/<HAS_LEVEL IN_SECTION>/->(s:Section) RETURN s.name AS section, count(*) AS courses ORDER BY section;

MATCH (c:Course)-/HAS_LEVEL|IN_SECTION/->(x) RETURN labels(x) AS labels, count(*) AS times ORDER BY times, labels;

MATCH (l:Level)<-/HAS_LEVEL/-(c) RETURN l.name AS level, count(c) AS courses ORDER BY level;

// Questioned paths: names are null, not lists.
MATCH (c:Concept {name: 'DMM Family Functional Formulation'})-[r:BROADER]->?(b)
RETURN type(r) AS type, b.name AS name ORDER BY name;

MATCH (c:Concept {name: 'DMM Family Functional Formulation'}) ((a)-[r:BROADER]->(b WHERE b.name <> 'x'))? (d)
RETURN a.name AS a, b.name AS b, d.name AS d ORDER BY d;

MATCH (c:Concept {name: 'DMM Family Functional Formulation'})-[r:BROADER]->?(b) WHERE r IS NULL OR r.basis = 'none'
RETURN b.name AS name;

// A variable and a mode in parentheses.
MATCH (p = (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]->{1,2}(b)) RETURN length(p) AS steps, b.name AS name
ORDER BY steps;

MATCH p = ANY SHORTEST (ACYCLIC PATHS (:Concept {name: 'DMM Family Functional Formulation'})-[:BROADER]-+(b) WHERE b.name > 'D')
RETURN length(p) AS steps, count(*) AS paths ORDER BY steps;

// Definitions of values.
VALUE name = 'Advanced' VALUE levels = VALUE { MATCH (l:Level) RETURN count(*) }
MATCH (l:Level {name: name}) RETURN l.name AS level, levels;

// Quantified paths of several relationships.
MATCH (x:Level {name: 'Essential'}) ((a)<-[h:HAS_LEVEL]-(c)-[i:IN_SECTION]->(s)){1} (y:Section)
RETURN y.name AS section, count(*) AS courses, size(collect(c[0])) AS listed ORDER BY section;

MATCH p = (x:Concept {name: 'DMM Family Functional Formulation'}) ((a)-[r:BROADER]->(b)-[s:BROADER]->(c) WHERE a.name < c.name){0,2} (y)
RETURN length(p) AS steps, [n IN b | n.name] AS middles, size(r) = size(s) AS same, y.name AS name ORDER BY steps;

MATCH ACYCLIC (l:Level {name: 'Essential'}) ((a)<-[:HAS_LEVEL]-(c)-[:HAS_LEVEL]->(b))? (m:Level) RETURN m.name AS level, c IS NULL AS nothing, count(*) AS rows
ORDER BY level;

// Unions of paths.
MATCH (c:Course)-[h:HAS_LEVEL]->(x) | (c:Course)-[i:IN_SECTION]->(x) RETURN h IS NULL AS section, count(*) AS rows ORDER BY section;

MATCH (c:Course)-[:HAS_LEVEL]->(x) | (c:Course)-[:HAS_LEVEL]->(x) RETURN count(*) AS rows;

MATCH (c:Course)-[:HAS_LEVEL]->(x) |+| (c:Course)-[:HAS_LEVEL]->(x) RETURN count(*) AS rows;

MATCH (l:Level {name: 'Advanced'}) MATCH (l)<-[:HAS_LEVEL]-(c) | (c)-[:ABOUT]->(:Concept {name: 'Trauma'}) WHERE c.name > 'M'
RETURN count(c) AS rows;

MATCH (l:Level) OPTIONAL MATCH (l)-[:NOTHING]->(x) | (l)-[:NEITHER]->(x) RETURN l.name AS level, x ORDER BY level;

MATCH (l:Level) WHERE EXISTS { (l)<-[:NOTHING]-(x) | (l)<-[:HAS_LEVEL]-(x) } RETURN l.name AS level ORDER BY level;

MATCH (a:Course)-[r:HAS_LEVEL]->(b) RETURN length(PATH[b, r, a]) AS length, count(*) AS times;

MATCH (a:Level) RETURN length(PATH[a]) AS length, PATH[a] IS TYPED PATH AS typed, count(*) AS levels;

WITH [1, 2] AS path RETURN path[1] AS second;

MATCH (a:Course)-[r:HAS_LEVEL]->(b), (a)-[s:IN_SECTION]->(c) RETURN length(PATH[b, r, a] || PATH[a, s, c]) AS length, count(*) AS times;

MATCH (a:Level) OPTIONAL MATCH (a)-[r:COVERS]->(b) RETURN PATH[a, r, b] IS NULL AS none, count(*) AS levels;

MATCH (c:Course)~[:HAS_LEVEL]~(l) RETURN count(*) AS undirected;

MATCH (c:Course)~[:HAS_LEVEL]~>(l) RETURN count(*) AS right;

MATCH (l:Level)<~[:HAS_LEVEL]~(c) RETURN count(*) AS left;

MATCH (l:Level)<~(c:Course) RETURN count(*) AS left;

MATCH (a:Concept {name: 'Attachment'})~[:BROADER]~{0,2}(b) RETURN b.name AS name;

MATCH (c:Course) WHERE NOT (c)~[:HAS_LEVEL]~() AND (c)~[:HAS_LEVEL]~>() RETURN count(*) AS courses;

GQL MATCH (a:Concept)(b:Topic) RETURN count(*) AS nodes, count(CASE WHEN a = b THEN 1 END) AS same;

GQL MATCH p = (c:Course)(d {name: 'Risk assessment and analysis'})-[:HAS_LEVEL]->(l)(:Level)(m WHERE m.name IS NOT NULL) RETURN length(p) AS length, c = d AS same, l = m AS level;

GQL MATCH (a:Level)(b:Section) RETURN count(*) AS none;

GQL MATCH (x:Concept {name: 'Attachment'})(y) ((a)-[:BROADER]->(b)){1,2} (z:Concept)(t) RETURN y.name AS first, t.name AS last ORDER BY last;
