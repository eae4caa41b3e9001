// graph: people

// And, or, not, any, and no label at all.
MATCH (n:Person&Admin) RETURN n.name AS name;
MATCH (n:Person:Admin) RETURN n.name AS name;
MATCH (n:Robot|Team) RETURN n.name AS name ORDER BY name;
MATCH (n:!Person) RETURN n.name AS name ORDER BY name;
MATCH (n:%) RETURN count(n) AS labelled;
MATCH (n:!%) RETURN n.name AS name;
MATCH (n:(Person|Robot)&!Admin) RETURN n.name AS name ORDER BY name;

// As predicates.
MATCH (n) RETURN n.name AS name, n:Person AS person, n:Person&!Admin AS plain, n IS Team AS team ORDER BY name;
MATCH (n) WHERE n:Person|Team AND NOT n:Admin RETURN n.name AS name ORDER BY name;

// Types as expressions.
MATCH (:Admin)-[r:!KNOWS]->(x) RETURN type(r) AS type, x.name AS x ORDER BY type, x;
MATCH (:Admin)-[r:LIKES|KNOWS]-(x) RETURN type(r) AS type, x.name AS x, count(*) AS times ORDER BY type, x;

// Labels of null are null.
OPTIONAL MATCH (n:Admin {name: 'Nobody'}) RETURN n:Admin AS label, labels(n) AS labels;
