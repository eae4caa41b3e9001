// graph: people

// error NoSingleRelationshipType 25-38: a relationship to create or merge needs exactly one type
// help: write one type, as in `-[:KNOWS]->`
WITH 'T' AS t CREATE (n)-[r:$any(t)]->(m);

// error InvalidArgumentTypeAtRuntime 38-38: a relationship needs exactly one type, found 2
WITH ['A', 'B'] AS t CREATE (n)-[r:$(t)]->(m);

// error InvalidArgumentTypeAtRuntime 26-26: a label or a type cannot be the empty string
WITH '' AS t CREATE (n:$(t));

// error InvalidArgumentType 13-13: the name of a label needs a STRING or LIST, found an INTEGER
CREATE (n:$(5));

// error InvalidArgumentTypeAtRuntime 28-28: expected STRING as the name of a label or a type, found NULL
WITH null AS t CREATE (n:$(t));

// error InvalidArgumentTypeAtRuntime 27-27: expected STRING as the name of a label or a type, found NULL
WITH null AS t MERGE (n:$(t));

// error UnexpectedSyntax 11-13: a node to create or merge needs a list of labels
// help: write `:A:B`, `:A&B` or `:$(names)`
CREATE (n:A|B);

// error UndefinedVariable 51-51: variable `q` is not defined
MATCH p = (a)-->(b) CREATE q = (c)-[:R]->(:$(type(q)));

// error UnexpectedSyntax 27-40: `$any` does not say which labels to change
// help: write `$(labels)`
MATCH (n:Person) SET n IS $any([n.name]);

// error InvalidArgumentTypeAtRuntime 50-72: cannot subtract INTEGER from STRING
MATCH (n:Person) MERGE (m:M) ON CREATE SET m.v = COUNT { (x) } + 'a' - 1;

// error VariableAlreadyBound 39-39: `n` is a variable outside of the subquery
// help: choose another name
MATCH (n:Person) CALL (n) { WITH 1 AS n RETURN n AS m } RETURN m;

// error VariableAlreadyBound 60-60: `n` is a variable outside of the subquery
// help: choose another name
MATCH (n:Person) RETURN EXISTS { MATCH (n)-->(m) WITH m AS n RETURN n } AS e;

// error InvalidRelationshipPattern 16-20: the least number of repetitions, 2, exceeds the greatest, 1
// help: exchange the two numbers
MATCH (n)-[r]->{2,1}(m) RETURN r;

// error InvalidArgumentTypeAtRuntime 43-47: expected BOOLEAN, found INTEGER
RETURN allReduce(s = 0, x IN [1] | s + x, s + 1) AS a;

// error InvalidArgumentType 30-30: a comprehension needs a LIST, found an INTEGER
RETURN allReduce(s = 0, x IN 5 | s + x, s < 1) AS a;

// error UnexpectedSyntax 41-41: expected `,`, found `)`
RETURN allReduce(s = 0, x IN [1] | s + x) AS a;

// error UnexpectedSyntax 18-76: a subquery cannot depend on the variables of `reduce`
// help: compute it in a list comprehension, and reduce the resulting list
MATCH (n) RETURN allReduce(s = 0, x IN [1] | s + COUNT { (m {v: x}) }, true) AS a;

// error UndefinedVariable 26-26: variable `y` is not defined
RETURN 1 AS x NEXT YIELD y RETURN y;

// error ColumnNameConflict 29-29: two columns have the name `x`
// help: give one of them another name with `AS`
RETURN 1 AS x NEXT YIELD x, x RETURN x;

// error InvalidArgumentType 17-17: a comprehension needs a STRING or LIST, found an INTEGER
RETURN all(x IN 5 WHERE x = 1) AS a;
