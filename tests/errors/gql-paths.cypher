// graph: connected-practice

// error UnexpectedSyntax 43-43: a walk without a greatest number of repetitions has no end; expected a path mode or a search of one shortest path
// help: write `{1,3}`, or `TRAIL`, `SIMPLE` or `ACYCLIC` before the pattern
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

// error UnexpectedSyntax 48-48: a quantified path of several relationships needs a greatest number of repetitions
// help: write `{1,3}`
MATCH (x) ((a)-[:BROADER]->(b)-[:BROADER]->(c))+ (y) RETURN x, y;

// error UnexpectedSyntax 7-68: `|` and `|+|` cannot be combined
// help: use one of the two
MATCH (x)-[:BROADER]->(y) | (x)-[:ABOUT]->(y) |+| (x)-[:COVERS]->(y) RETURN x, y;

// error UnexpectedSyntax 7-50: a union of paths, a quantified path of several relationships or a walk must be the only pattern of its clause
// help: write the other patterns in a `MATCH` of their own
MATCH (x)-[:BROADER]->(y) | (x)-[:ABOUT]->(y), (z) RETURN x, y, z;

// error UnexpectedSyntax 8-16: a search or a union of paths can be matched, not created
CREATE (a) | (b);

// error VariableAlreadyBound 23-23: variable `a` is already bound
// help: choose another name
MATCH (a) MATCH (x) ((a)-[:BROADER]->(b)-[:BROADER]->(c)){1,2} (y) RETURN x, y;

// error StatementTooLong 7-58: the pattern stands for more than 256 patterns or 1000 relationships
// help: use smaller quantifiers
MATCH (x) ((a)-[:BROADER]->(b)-[:BROADER]->(c)){1,300} (y) RETURN x, y;

// error VariableAlreadyBound 11-52: variable `a` is already bound
// help: choose another name
MATCH (a) ((a)-[:BROADER]->(b)-[:BROADER]->(c)){1,2} (y) RETURN y;

// error MalformedPath 37-46: the elements form no path: expected a node after the last relationship, found none
MATCH (a:Level), (b:Section) RETURN PATH[a, b];

// error MalformedPath 63-75: the elements form no path: expected each relationship between the nodes next to it, found one between other nodes
MATCH (a:Course)-[r:HAS_LEVEL]->(b:Level), (c:Section) RETURN PATH[a, r, c];

// error MalformedPath 50-79: expected a path that begins at the end of the other one, found one that begins elsewhere
MATCH (a:Course)-[r:HAS_LEVEL]->(b:Level) RETURN PATH[a, r, b] || PATH[a, r, b];

// error UnexpectedSyntax 28-31: expected one position in a list, found several values
// help: write `list[0]`, or `PATH[a, r, b]` for a path
MATCH (a:Level) RETURN [a][0, 1];

// error InvalidRelationshipPattern 10-15: a relationship with `~` has at most one head
// help: write `-` for any direction
MATCH (a)<~[]~>(b) RETURN a, b;

// error UnexpectedSyntax 11-16: a pattern to create or merge cannot have a `WHERE`
CREATE (a)~[:R]~(b);

// error UnexpectedSyntax 11-13: expected `,` or a relationship between two nodes, found none
// help: write `(a), (b)` or `(a)-->(b)`; with `GQL` before the statement, `(a)(b)` is one node
MATCH (a) (b) RETURN a, b;

// error CreatingVarLength 15-17: a relationship to create cannot have a length
// help: write each relationship of the chain
GQL CREATE (a)(b);
