// graph: people

// error InvalidArgumentType 12-12: `NOT` needs a BOOLEAN, found an INTEGER
RETURN NOT 1;

// error InvalidArgumentTypeAtRuntime 18-29: cannot add INTEGER and BOOLEAN
MATCH (n) RETURN n.age + true;

// error InvalidArgumentType 23-23: `size` needs a STRING, LIST or BYTES here, found a NODE
MATCH (n) RETURN size(n);

// error InvalidArgumentType 22-27: a PATH has no properties
MATCH p = (n) RETURN p.name;

// error InvalidAggregation 17-24: an aggregate is not allowed here
// help: aggregate in `WITH` or `RETURN` with an alias, and use the alias
MATCH (n) WHERE count(n) > 1 RETURN n;

// error InvalidAggregation 40-47: an aggregate is not allowed here
// help: aggregate in `WITH` or `RETURN` with an alias, and use the alias
MATCH (a)-->(b) RETURN a.name ORDER BY count(b);

// error NestedAggregation 14-21: `count` cannot contain another aggregate
// help: compute the inner aggregate in a preceding `WITH`
RETURN count(count(*));

// error AmbiguousAggregationExpression 18-18: `n` is combined with an aggregate but is not a grouping key
// help: return `n`, or the expression that reads it, as a separate column
MATCH (n) RETURN n.age + count(*);

// error AmbiguousAggregationExpression 34-34: `n` is combined with an aggregate but is not a grouping key
// help: return `n`, or the expression that reads it, as a separate column
MATCH (n) RETURN n.name AS name, n.age + count(*) AS sum;

// error NonConstantExpression 14-19: `count` needs an argument without random values
// help: compute the value in a preceding `WITH`, and aggregate its alias
RETURN count(rand());

// error NonConstantExpression 26-26: `LIMIT` needs a number that is the same for all rows, found the variable `n`
// help: use a literal or a parameter
MATCH (n) RETURN n LIMIT n.age;

// error NegativeIntegerArgument 16-17: `LIMIT` needs an INTEGER from 0, found -1
// help: write `0` or a positive number
RETURN 1 LIMIT -1;

// error InvalidArgumentType 15-17: `SKIP` needs an INTEGER, found a STRING
RETURN 1 SKIP 'a';

// error InvalidClauseComposition 11-18: no clause can follow `RETURN`
// help: write `WITH` instead of this `RETURN`
MATCH (n) RETURN n MATCH (m) RETURN m;

// error InvalidClauseComposition 1-9: a query cannot end with this clause
// help: add a `RETURN`
MATCH (n);

// error InvalidClauseComposition 18-56: `COLLECT { … }` needs a query that returns exactly one column
// help: return several values as a list or a map, as in `RETURN {a: a, b: b}`
MATCH (n) RETURN COLLECT { MATCH (n)-->(m) RETURN m, n };

// error InvalidClauseComposition 18-38: a subquery in an expression cannot change the graph
// help: move the change to a clause of the query, or to `CALL { … }`
MATCH (n) RETURN EXISTS { CREATE (m) };

// error InvalidArgumentPassingMode 11-36: a `CALL` inside a query needs its arguments in brackets
// help: write `CALL db.labels()`
MATCH (n) CALL db.labels YIELD label RETURN label;

// error UnexpectedSyntax 18-25: expected a value, found a pattern, which is only allowed as a predicate
// help: use `EXISTS { … }` for whether it matches, `COUNT { … }` for how often, or `[(a)-->(b) | b]` for a list
MATCH (n) RETURN (n)-->();

// error NoSingleRelationshipType 10-18: a relationship to create or merge needs exactly one type
// help: write one type, as in `-[:KNOWS]->`
CREATE ()-[:A|B]->();

// error RequiresDirectedRelationship 10-15: a relationship to create needs a direction
// help: write `-[…]->` or `<-[…]-`
CREATE ()-[:A]-();

// error CreatingVarLength 14-15: a relationship to create cannot have a length
// help: write each relationship of the chain
CREATE ()-[:A*2]->();

// error InvalidDelete 18-25: a label is removed, not deleted
// help: use `REMOVE n:Label`
MATCH (n) DELETE n:Person;

// error NoProperties 22-29: an INTEGER has no properties
WITH 1 AS one RETURN one.name;

// error InvalidArgumentType 26-28: `substring` needs an INTEGER here, found a STRING
RETURN substring('name', 'a');

// error InvalidArgumentType 13-13: `IN` needs a LIST, found an INTEGER
RETURN 1 IN 2;

// error UndefinedVariable 36-36: variable `n` is not defined
// help: after `DISTINCT` or an aggregate only the columns of the projection are in scope
MATCH (n) RETURN count(*) ORDER BY n.name;

// error InvalidArgumentType 14-14: a comprehension needs a LIST, found an INTEGER
RETURN [x IN 1 | x];

// error InvalidArgumentType 26-26: a change of properties needs a NODE or RELATIONSHIP, found a LIST
MATCH (a)-[r*2]->(b) SET r.since = 1;

// error InvalidArgumentType 19-19: a change of all properties needs a MAP, NODE or RELATIONSHIP, found an INTEGER
MATCH (n) SET n = 1;

// error InvalidArgumentType 23-23: a predicate needs a BOOLEAN, found a NODE
MATCH (a)-->(b) WHERE a RETURN b;

// error CreatingVarLength 14-15: a relationship to merge cannot have a length
// help: write each relationship of the chain
MERGE (a)-[:A*2]->(b);

// error InvalidParameterUse 27-30: a pattern to merge needs a map literal, found a parameter
// help: write `{key: $value}`
MATCH (n) MERGE (m:Person $map);

// error UnexpectedSyntax 32-58: a predicate on the relationships of a variable-length pattern cannot read a path of the same clause
MATCH p = (a:Person)-->(b), (b)-[:KNOWS* {x: length(p)}]->(c) RETURN c;

// error UnexpectedSyntax 24-40: a shortest path needs exactly one relationship pattern, found 2
// help: write `shortestPath((a)-[*]-(b))`, and the rest as a separate pattern
MATCH p = shortestPath((a)-->()-[*]->(b)) RETURN p;

// error InvalidArgumentType 18-22: cannot add NODE and INTEGER
MATCH (n) RETURN n + 1;

// error InvalidArgumentType 8-21: cannot join BOOLEAN and STRING
RETURN true || 'text';

// error InvalidArgumentType 8-17: cannot add DATE and INTEGER
RETURN date() + 1;

// error NonConstantExpression 26-38: `LIMIT` needs a number that is the same for all rows, found a subquery
// help: use a literal or a parameter
MATCH (n) RETURN n LIMIT count { (m) };

// error NonConstantExpression 23-46: `SKIP` needs a number that is the same for all rows, found a subquery
// help: use a literal or a parameter
MATCH (n) WITH n SKIP size([(n)-->() | 1]) + 0 RETURN n;

// error UndefinedVariable 16-33: the expression reads `n`, which the same `CREATE` creates
// help: create `n` in a preceding clause
CREATE (n), (m {l: count { (n) }});

// error UndefinedVariable 16-35: the expression reads `n`, which the same `CREATE` creates
// help: create `n` in a preceding clause
CREATE (n)-[:R {l: [(n)-->(m) | m]}]->(a);

// error UndefinedVariable 30-43: the expression reads `p`, which the same `CREATE` creates
// help: create `p` in a preceding clause
CREATE p = (a)-[:R]->(b), (c {l: length(p)});

// error UndefinedVariable 47-72: the expression reads `r`, which the same `CREATE` creates
// help: create `r` in a preceding clause
FOREACH (x IN [1] | CREATE (a)-[r:R]->(b), (c {l: exists { ()-[r]->() }}));
