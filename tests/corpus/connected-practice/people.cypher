// graph: connected-practice

// The lead of each approach, and the basis of the fact.
MATCH (p:Person)-[l:LEADS]->(a:Approach)
RETURN a.name AS approach, p.name AS lead, l.basis AS basis, l.confidence AS confidence
ORDER BY approach;

// Attendance and apologies by authority; an authority on neither list has zeros.
MATCH (a:Authority)
RETURN a.name AS authority,
       COUNT { (a)<-[:AFFILIATED_WITH]-(:Person)-[:ATTENDED]->(:Event) } AS present,
       COUNT { (a)<-[:AFFILIATED_WITH]-(:Person)-[:SENT_APOLOGIES]->(:Event) } AS absent
ORDER BY present DESC, absent DESC, authority;

// People on both lists.
MATCH (p:Person)-[:ATTENDED]->(e:Event)<-[:SENT_APOLOGIES]-(p)
RETURN p.name AS person, e.name AS event
ORDER BY person;

// People whose organisation is named, with the role where it is stated.
MATCH (p:Person)-[a:AFFILIATED_WITH]->(o:Organisation)
WITH p, o, [role IN collect(DISTINCT a.role) WHERE role IS NOT NULL] AS roles
RETURN p.name AS person, o.name AS organisation, roles
ORDER BY person, organisation;

// People without an affiliation.
MATCH (p:Person) WHERE NOT (p)-[:AFFILIATED_WITH]->()
RETURN p.name AS person
ORDER BY person;

// Actions by assignee, the earliest due date first.
MATCH (x:Action)-[:ASSIGNED_TO]->(who)
RETURN who.name AS who, labels(who)[-1] AS kind, x.name AS action, x.dueMonth AS due
ORDER BY due, who, action;

// People whose statements are claims.
MATCH (c:Claim)-[:SAID_BY]->(p:Person)
RETURN p.name AS person, count(c) AS claims, collect(DISTINCT c.kind) AS kinds
ORDER BY claims DESC, person;

// Careers: progression between roles.
MATCH p = (a:Role)-[:PROGRESSES_TO|HELPS_TOWARDS*1..3]->(b:Role)
RETURN a.name AS role, [r IN relationships(p) | type(r)] AS way, b.name AS to
ORDER BY role, to, way;
