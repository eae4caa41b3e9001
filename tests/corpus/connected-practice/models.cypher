// graph: connected-practice

// How many authorities use each model, and whether it is their only one.
MATCH (m:Model)
OPTIONAL MATCH (m)<-[u:USES]-(a:Authority)
RETURN m.name AS model, count(DISTINCT a) AS authorities, count(CASE WHEN u.exclusive THEN 1 END) AS only
ORDER BY authorities DESC, model;

// Who uses more than one model or approach.
MATCH (a:Authority)-[:USES]->(x:Concept)
WITH a, collect(DISTINCT x.name) AS names WHERE size(names) > 1
UNWIND names AS name
WITH a, name ORDER BY name
RETURN a.name AS authority, collect(name) AS uses
ORDER BY authority;

// Home-grown models: who made them, and what they rest on.
MATCH (a:Authority)-[d:DEVELOPED]->(m:Model)
OPTIONAL MATCH (m)-[:UNDERPINNED_BY]->(t:Concept)
WITH a, m, d.status AS status, t.name AS theory ORDER BY theory
RETURN a.name AS authority, m.name AS model, status, collect(DISTINCT theory) AS underpinned
ORDER BY authority, model, status;

// Models that are in use but not on the programme of the conference.
MATCH (m:Model)
WHERE EXISTS { (m)<-[:USES]-(:Authority) } AND NOT EXISTS { (m)<-[:PRESENTS]-(:Session) }
RETURN m.name AS model
ORDER BY model;

// Authorities that declined a model, with those that use it.
MATCH (no:Authority)-[:DECLINED]->(m:Model)
RETURN no.name AS declined, m.name AS model, COUNT { (m)<-[:USES]-(:Authority) } AS users
ORDER BY declined, model;

// Funding by the ministry, by stated value.
MATCH (a:Authority)-[u:USES]->(m:Model)
RETURN coalesce(u.dfeFunding, 'not stated') AS funding, count(*) AS uses, count(DISTINCT a) AS authorities
ORDER BY uses DESC, funding;

// The chain of models that build on each other.
MATCH p = (young:Model)-[:BUILDS_ON*]->(old:Model)
WHERE NOT (old)-[:BUILDS_ON]->()
RETURN [m IN nodes(p) | m.name] AS chain, length(p) AS steps
ORDER BY chain;

// Pairs of authorities that use the same model and both sent somebody.
MATCH (a:Authority)-[:USES]->(m:Model)<-[:USES]-(b:Authority)
WHERE a.name < b.name
  AND EXISTS { (a)<-[:AFFILIATED_WITH]-(:Person)-[:ATTENDED]->() }
  AND EXISTS { (b)<-[:AFFILIATED_WITH]-(:Person)-[:ATTENDED]->() }
RETURN DISTINCT a.name AS one, b.name AS other, m.name AS model
ORDER BY one, other, model;

// The basis of Connected Practice differs between documents.
MATCH (:Model {name: 'Connected Practice'})-[u:UNDERPINNED_BY]->(x)
RETURN u.doc AS doc, x.name AS rests
ORDER BY doc, rests;

// Features by model, with those that belong to the whole set.
MATCH (x)-[h:HAS_FEATURE]->(f:Feature)
RETURN labels(x)[-1] AS kind, x.name AS name, count(f) AS features, count(h.scope) AS scoped
ORDER BY kind, name;
