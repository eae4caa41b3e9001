// graph: connected-practice

// error UnexpectedSyntax 30-43: a walk with a quantifier can repeat relationships; expected a path mode or a shortest path
// help: write `TRAIL`, `SIMPLE` or `ACYCLIC` before the pattern
MATCH REPEATABLE ELEMENTS (a)-[:BROADER]->+(b) RETURN a, b;

// error UnexpectedSyntax 7-33: a pattern with `KEEP` has no search and no mode of its own
// help: write the search or the mode in one of the two places
MATCH p = ANY (a)-[:BROADER]->(b) KEEP TRAIL RETURN p;

// error UnexpectedSyntax 12-12: a path has one variable
// help: remove one of the two variables
MATCH p = (q = (a:Level)<-[:HAS_LEVEL]-(b)) RETURN p;

// error UnexpectedSyntax 18-24: a path has one mode
// help: remove one of the two modes
MATCH p = TRAIL (ACYCLIC (a)-[:BROADER]->+(b)) RETURN p;

// error InvalidRelationshipPattern 10-35: the alternatives of a simplified path are single types with one direction
// help: write the alternatives as queries with `UNION`
MATCH (a)-/BROADER BROADER|ABOUT/->(b) RETURN a, b;

// error InvalidRelationshipPattern 10-28: the alternatives of a simplified path are single types with one direction
// help: write the alternatives as queries with `UNION`
MATCH (a)-/BROADER+|ABOUT/->(b) RETURN a, b;

// error UnexpectedSyntax 33-38: expected a node such as `(n:Label)`, found `RETURN`
MATCH (c:Course)-[:HAS_LEVEL]-> RETURN c;

// error UndefinedVariable 11-11: variable `y` is not defined
VALUE x = y RETURN x;
