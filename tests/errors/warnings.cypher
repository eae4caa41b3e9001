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
MATCH (c:Course) WHERE c.number = 7 RETURN c;

// warning UnknownPropertyKey 32-40: no relationship has the property `dfeFundin`
// help: did you mean `dfeFunding`?
MATCH ()-[u:USES]->() RETURN u.dfeFundin;

// warning ReversedRelationship 13-24: no `COVERS` runs from `(:KSS)` to `(:Section)`, only the other way
// help: turn the arrow round, or leave its head out to match both ways
MATCH (:KSS)-[:COVERS]->(:Section) RETURN count(*);

// warning ReversedRelationship 14-26: no `COVERS` runs from `(:KSS)` to a node, only the other way
// help: turn the arrow round, or leave its head out to match both ways
MATCH (k:KSS)-[v:COVERS]->(x) RETURN count(v);

// warning CartesianProduct 18-30: nothing ties this to the rest of the pattern: every combination is a match
// help: share a variable, add a relationship, or compare the two in `WHERE`
MATCH (a:Level), (b:Framework) RETURN a.name, b.name;

// warning CartesianProduct 37-47: nothing ties this to the rest of the pattern: every combination is a match
// help: share a variable, add a relationship, or compare the two in `WHERE`
MATCH (c:Course)-[:HAS_LEVEL]->(l), (w:Webinar) WHERE w.position = 1 RETURN count(*);
