// graph: connected-practice

// The sections that cover each statement, and the number of their courses.
MATCH (k:KSS)
OPTIONAL MATCH (k)<-[:COVERS]-(s:Section)
OPTIONAL MATCH (s)<-[:IN_SECTION]-(c:Course)
RETURN k.number AS kss, count(DISTINCT s) AS sections, count(DISTINCT c) AS courses
ORDER BY kss;

// Statements that no course reaches.
MATCH (k:KSS)
WHERE NOT EXISTS { (k)<-[:COVERS]-(:Section)<-[:IN_SECTION]-(:Course) }
RETURN k.number AS kss, k.code AS code
ORDER BY kss;

// Domains that every section covers.
MATCH (s:Section)
WITH count(s) AS sections
MATCH (d:PCFDomain)
WHERE COUNT { (d)<-[:COVERS]-(:Section) } = sections
RETURN d.name AS domain
ORDER BY domain;

// Pairs of sections by how many competencies they share.
MATCH (a:Section)-[:COVERS]->(k:Competency)<-[:COVERS]-(b:Section)
WHERE a.name < b.name
RETURN a.name AS one, b.name AS other, count(DISTINCT k) AS shared
ORDER BY shared DESC, one, other;

// What Permanence covers and no other section covers.
MATCH (:Section {name: 'Permanence'})-[:COVERS]->(k:Competency)
WHERE NOT EXISTS { MATCH (k)<-[:COVERS]-(other:Section) WHERE other.name <> 'Permanence' }
RETURN k.name AS only
ORDER BY only;

// Advanced courses that cover KSS 7 and are about trauma, with the cited lines.
MATCH (c:Course)-[l:HAS_LEVEL]->(:Level {name: 'Advanced'}),
      (c)-[i:IN_SECTION]->(s:Section)-[k:COVERS]->(:KSS {number: 7}),
      (c)-[a:ABOUT]->(topic:Concept)-[:BROADER*0..]->(:Concept {name: 'Trauma'})
RETURN c.name AS course, l.lineFrom AS level, i.lineFrom AS section, k.lineFrom AS covers, a.lineFrom AS about, topic.name AS topic
ORDER BY course;

// Statements above five, with any kind of coverage.
MATCH (s:Section)-[v:COVERS]->(k:KSS) WHERE 5 < k.number <= 10
RETURN k.number AS kss, collect(DISTINCT v.basis) AS basis, count(*) AS sections
ORDER BY kss;

// Frameworks with their parts.
MATCH (c:Competency)-[:IN_FRAMEWORK]->(f:Framework)
RETURN f.name AS framework, count(*) AS parts, collect(DISTINCT labels(c)[0]) AS kinds
ORDER BY framework;

// What a subquery counts is looked up in an index.
MATCH (s:Section), (k:KSS) WHERE k.number = COUNT { (s)-[:COVERS]->(:KSS) } RETURN s.name AS section, k.number AS kss ORDER BY section, kss;
