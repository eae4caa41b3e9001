// graph: connected-practice

// warning UnknownLabel 10-15: no node has the label `Coarse`
// help: did you mean `Course`?
MATCH (n:Coarse) RETURN n.name;

// warning UnknownLabel 17-23: no node has the label `Webiner`
// help: did you mean `Webinar`?
MATCH (n:Course|Webiner) RETURN count(n);

// warning UnknownLabel 19-23: no node has the label `Corse`
// help: did you mean `Course`?
MATCH (n) WHERE n:Corse RETURN n;

// warning UnknownRelationshipType 12-16: no relationship has the type `COVER`
// help: did you mean `COVERS`?
MATCH ()-[:COVER]->() RETURN count(*);

// warning UnknownRelationshipType 19-22: no relationship has the type `LEAD`
// help: did you mean `LEADS`?
MATCH ()-[r:LEADS|LEAD]->() RETURN count(r);

// warning UnknownPropertyKey 20-23: no node has the property `nmae`
// help: did you mean `name`?
MATCH (n) RETURN n.nmae;

// warning UnknownPropertyKey 27-32: no node has the property `credit`
// help: did you mean `credits`?
MATCH (c:Course) RETURN c.credit;

// warning UnknownPropertyKey 26-31: no node with the label `Course` has the property `number`
// help: it is a property of `Competency`, `KSS`
MATCH (c:Course) WHERE c.number = 7 RETURN c;

// warning UnknownPropertyKey 32-40: no relationship has the property `dfeFundin`
// help: did you mean `dfeFunding`?
MATCH ()-[u:USES]->() RETURN u.dfeFundin;

// warning ReversedRelationship 13-24: no `COVERS` runs from `(:KSS)` to `(:Section)`, only in the opposite direction
// help: reverse the arrow, or remove its head to match both directions
MATCH (:KSS)-[:COVERS]->(:Section) RETURN count(*);

// warning ReversedRelationship 14-26: no `COVERS` runs from `(:KSS)` to any node, only in the opposite direction
// help: reverse the arrow, or remove its head to match both directions
MATCH (k:KSS)-[v:COVERS]->(x) RETURN count(v);

// warning CartesianProduct 18-30: this part shares no variable with the rest of the pattern: every combination is a match
// help: share a variable, add a relationship, or compare the two in `WHERE`
MATCH (a:Level), (b:Framework) RETURN a.name, b.name;

// warning CartesianProduct 37-47: this part shares no variable with the rest of the pattern: every combination is a match
// help: share a variable, add a relationship, or compare the two in `WHERE`
MATCH (c:Course)-[:HAS_LEVEL]->(l), (w:Webinar) WHERE w.position = 1 RETURN count(*);

// warning ImpossibleRelationship 17-28: no `COVERS` runs from `(:Course)` to `(:KSS)`
// help: `COVERS` runs as `(:Section)-[:COVERS]->(:KSS)`; the two are connected by `(:Course)-[:IN_SECTION]->(:Section)-[:COVERS]->(:KSS)`
MATCH (c:Course)-[:COVERS]->(k:KSS) RETURN c.name, k.name;

// warning ImpossibleRelationship 27-38: no `COVERS` runs from `(:Course)` to `(:KSS)`
// help: `COVERS` runs as `(:Section)-[:COVERS]->(:KSS)`; the two are connected by `(:Course)-[:IN_SECTION]->(:Section)-[:COVERS]->(:KSS)`
MATCH (c:Course) MATCH (c)-[:COVERS]->(k:KSS) RETURN c.name, k.name;

// warning ImpossibleRelationship 14-25: no `COVERS` runs from `(:Course)` to `(:KSS)`
// help: `COVERS` runs as `(:Section)-[:COVERS]->(:KSS)`; the two are connected by `(:Course)-[:IN_SECTION]->(:Section)-[:COVERS]->(:KSS)`
MATCH (k:KSS)<-[:COVERS]-(c:Course) RETURN c.name, k.name;

// warning ImpossibleRelationship 17-27: no `COVERS` runs between `(:Course)` and `(:KSS)`
// help: `COVERS` runs as `(:Section)-[:COVERS]->(:KSS)`; the two are connected by `(:Course)-[:IN_SECTION]->(:Section)-[:COVERS]->(:KSS)`
MATCH (c:Course)-[:COVERS]-(k:KSS) RETURN c.name, k.name;

// warning ImpossibleRelationship 10-21: no `COVERS` runs from `(:Course)` to any node
// help: `COVERS` runs as `(:Section)-[:COVERS]->(:Competency)`, `(:Section)-[:COVERS]->(:KSS)`, `(:Section)-[:COVERS]->(:PCFDomain)`
MATCH (c)-[:COVERS]->(k) WHERE c:Course AND k.number = 7 RETURN k.name;

// warning ImpossibleRelationship 25-46: no `COVERS|HAS_LEVEL` runs from `(:Course|Webinar)` to `(:KSS)`
// help: `COVERS|HAS_LEVEL` runs as `(:Section)-[:COVERS]->(:KSS)`, `(:Course)-[:HAS_LEVEL]->(:Level)`, `(:Webinar)-[:HAS_LEVEL]->(:Level)`; the two are connected by `(:Course)-[:IN_SECTION]->(:Section)-[:COVERS]->(:KSS)`
MATCH (c:Course|Webinar)-[:COVERS|HAS_LEVEL]->(:KSS) RETURN c.name;

// warning ImpossibleRelationship 17-19: no relationship runs from `(:Person)` to `(:KSS)`
// help: the two are connected by `(:Person)-[:LEADS]->(:Concept)<-[:ABOUT]-(:Section)-[:COVERS]->(:KSS)`
MATCH (p:Person)-->(k:KSS) RETURN p.name, k.name;

// warning ImpossibleRelationship 16-26: no `LEADS` runs from `(:Level)` to any node
// help: `LEADS` runs as `(:Person)-[:LEADS]->(:Approach)`, `(:Person)-[:LEADS]->(:Concept)`
MATCH (l:Level)-[:LEADS]->(x) RETURN l.name, x.name;

// warning ImpossibleRelationship 52-63: no `COVERS` runs from `(:Course)` to `(:KSS)`
// help: `COVERS` runs as `(:Section)-[:COVERS]->(:KSS)`; the two are connected by `(:Course)-[:IN_SECTION]->(:Section)-[:COVERS]->(:KSS)`
MATCH (a:Course) WITH a AS c WHERE NOT EXISTS { (c)-[:COVERS]->(:KSS) } RETURN c.name;

// warning ImpossibleRelationship 36-47: no `COVERS` runs from `(:Course)` to `(:KSS)`
// help: `COVERS` runs as `(:Section)-[:COVERS]->(:KSS)`; the two are connected by `(:Course)-[:IN_SECTION]->(:Section)-[:COVERS]->(:KSS)`
MATCH (c:Course) OPTIONAL MATCH (c)-[:COVERS]->(k:KSS) RETURN c.name, k.name;

MATCH (s:Section)-[:COVERS]->(k:KSS)
// warning ImpossibleRelationship 16-33: no `MENTIONED_IN` runs from `(:KSS)` to `(:Document)`
// help: `MENTIONED_IN` runs as `(:Concept)-[:MENTIONED_IN]->(:Document)`, `(:Organisation)-[:MENTIONED_IN]->(:Document)`, `(:Approach)-[:MENTIONED_IN]->(:Document)` and 10 more; the two are connected by `(:KSS)-[:IN_FRAMEWORK]->(:Framework)-[:MENTIONED_IN]->(:Document)`
MATCH (kss:KSS)-[:MENTIONED_IN]->(d:Document)
RETURN s.name, d.name;

// warning UnknownPropertyKey 26-29: no node has the property `firm`
MATCH (n:Course) WHERE n.firm = 'x' RETURN n;

// warning UnusedVariable 80-85: variable `cuorse` is never read
// help: did you mean `course`? Begin the name with `_` if not
MATCH (course:Course)-[:HAS_LEVEL]->(level:Level) MATCH (level)<-[:HAS_LEVEL]-(cuorse) RETURN course.name, level.name;
