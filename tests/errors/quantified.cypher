// graph: people

// error UnexpectedSyntax 11-22: a pattern with a path search must be the only one of its clause
// help: write the other patterns in a `MATCH` of their own
MATCH p = ANY SHORTEST (a)-->+(b), (c) RETURN p;

// error InvalidRelationshipPattern 14-15: a quantified path cannot contain another quantifier
// help: remove one of the two quantifiers
MATCH ((a)-[r*2]->(b)){2} RETURN a;

// error InvalidRelationshipPattern 21-25: a relationship has one length
// help: write `-[:TYPE*1..3]->` or `-[:TYPE]->{1,3}`
MATCH (a)-[r*1..2]->{1,2}(b) RETURN a;

// error UnexpectedSyntax 8-33: a search or a union of paths can be matched, not created
CREATE ANY SHORTEST (a)-[:R]->(b);

// error UnexpectedSyntax 11-13: a path search cannot be combined with `shortestPath` or `allShortestPaths`
// help: write the pattern without the function: `ANY SHORTEST (a)-[:TYPE]->+(b)`
MATCH p = ANY shortestPath((a)-[*]->(b)) RETURN p;

// error UnexpectedSyntax 44-52: a predicate cannot stand inside of `shortestPath` or `allShortestPaths`
// help: write it after the pattern: it is part of the search
MATCH p = shortestPath(((a)-[*]->(b) WHERE a.age > 1)) RETURN p;

// error UnexpectedSyntax 11-22: only `SHORTEST` selects groups
// help: write `SHORTEST 2 GROUPS`
MATCH p = ANY 2 GROUPS (a)-->+(b) RETURN p;

// error NumberOutOfRange 11-20: a path search selects at least one path, found `0`
// help: write `1` or more
MATCH p = SHORTEST 0 (a)-->+(b) RETURN p;

// error UnexpectedSyntax 7-58: the predicate of a quantified path cannot contain a subquery
// help: use `all(… IN …)` in `WHERE`
MATCH ((a)-[r:KNOWS]->(b) WHERE EXISTS { (a)-[:IN]->() })+ RETURN a;

// error VariableAlreadyBound 34-34: variable `a` is already bound
// help: choose another name
MATCH (a)-[:IN]->(t) MATCH (x) ((a)-[:KNOWS]->(b))+ (y) RETURN a;
