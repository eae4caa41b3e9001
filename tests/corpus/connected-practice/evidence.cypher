// graph: connected-practice

// Confidence by basis.
MATCH (n)
WITH n.basis AS basis, count(*) AS nodes
MATCH ()-[r]->() WHERE r.basis = basis
RETURN basis, nodes, count(r) AS relationships
ORDER BY nodes DESC;

// Relationships by document, with and without mentions.
MATCH ()-[r]->()
WITH r.doc AS doc, count(*) AS all, count(CASE WHEN type(r) = 'MENTIONED_IN' THEN 1 END) AS mentions
RETURN doc, all, mentions, all - mentions AS others
ORDER BY doc;

// Every inferred relationship of an authority.
MATCH (a:Authority)-[r]->(x:Concept) WHERE r.basis = 'inferred'
RETURN a.name AS authority, type(r) AS tie, x.name AS concept, r.confidence AS confidence
ORDER BY authority, tie, concept;

// Claims that do not agree, with their lines.
MATCH (a:Claim)-[c:CONFLICTS_WITH]->(b:Claim)
MATCH (a)-[:STATED_IN]->(da:Document), (b)-[:STATED_IN]->(db:Document)
RETURN c.kind AS kind, a.id AS one, da.key AS in, a.lineFrom AS line, b.id AS other, db.key AS inOther, b.lineFrom AS otherLine
ORDER BY kind, one, other;

// Spellings of Bracknell Forest.
MATCH (:Authority {name: 'Bracknell Forest'})-[m:MENTIONED_IN]->(d:Document)
RETURN m.form AS form, count(*) AS times, min(m.lineFrom) AS first
ORDER BY first;

// Entities that all four documents mention.
MATCH (x)-[m:MENTIONED_IN]->(:Document)
WITH x, count(DISTINCT m.doc) AS documents, count(*) AS mentions WHERE documents = 4
RETURN x.name AS name, labels(x)[-1] AS kind, mentions
ORDER BY mentions DESC, name;

// The documents, their parts, publishers and readers.
MATCH (d:Document)
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(o)
OPTIONAL MATCH (d)-[:PART_OF]->(whole:Document)
RETURN d.key AS key, d.kind AS kind, d.date AS date, o.name AS publisher, whole.key AS partOf,
       COUNT { (d)-[:FOR_AUDIENCE]->() } AS readers, COUNT { (d)<-[:STATED_IN]-() } AS claims
ORDER BY key;

// The facts of one line: everything that cites S3:127.
MATCH (x)-[r]->(y) WHERE r.doc = 'S3' AND r.lineFrom <= 127 <= r.lineTo AND NOT type(r) IN ['MENTIONED_IN', 'SAID_OF', 'STATED_IN']
RETURN x.name AS from, type(r) AS tie, y.name AS to
ORDER BY from, tie, to;

// Parallel assertions: the same two nodes, the same type, more than one passage.
MATCH (a)-[r]->(b) WHERE NOT type(r) IN ['MENTIONED_IN', 'SAID_OF']
WITH a, b, type(r) AS tie, count(*) AS passages WHERE passages > 1
RETURN a.name AS from, tie, b.name AS to, passages
ORDER BY from, tie, to;

// Nodes that are related only to documents and claims.
MATCH (n) WHERE NOT n:Claim AND NOT n:Document
  AND NOT EXISTS { MATCH (n)-[r]-() WHERE NOT type(r) IN ['MENTIONED_IN', 'SAID_OF', 'STATED_IN'] }
RETURN labels(n)[-1] AS kind, count(*) AS nodes
ORDER BY kind;
