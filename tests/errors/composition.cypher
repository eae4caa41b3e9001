// graph: people

// error VariableAlreadyBound 15-15: variable `n` is already bound
// help: choose another name
MATCH (n) LET n = 1 RETURN n;

// error UndefinedVariable 16-16: variable `a` is not defined
LET a = 1, b = a RETURN b;

// error InvalidArgumentType 10-10: `FOR` needs a LIST, found an INTEGER
FOR x IN 5 WITH ORDINALITY i RETURN x, i;

// error InvalidAggregation 9-16: an aggregate is not allowed here
// help: aggregate in `WITH` or `RETURN` with an alias, and use the alias
LET a = count(*) RETURN a;

// error UndefinedVariable 29-29: expected a variable of this pattern, found `c`
MATCH (a)-[r]->(b) YIELD a, c RETURN *;

// error UndefinedVariable 32-32: expected a variable of this pattern, found `a`
MATCH (a) MATCH (a)-->() YIELD a RETURN a;

// error InvalidClauseComposition 35-40: `UNION` and `EXCEPT` cannot be combined in one query
// help: put the queries that belong together in braces: `{ … UNION … }`
RETURN 1 AS x UNION RETURN 2 AS x EXCEPT RETURN 1 AS x;

// error DifferentColumnsInUnion 15-20: the two queries of `EXCEPT` need the same columns, but the second has no column `a`
// help: return the same number of columns in both queries, and give them the same names with `AS`
RETURN 1 AS a EXCEPT RETURN 2 AS b;

// error DifferentColumnsInUnion 15-23: the two queries of `OTHERWISE` need the same columns, but 1 and 2 columns
// help: return the same number of columns in both queries, and give them the same names with `AS`
RETURN 1 AS a OTHERWISE RETURN 2 AS a, 3 AS b;

// error DifferentColumnsInUnion 46-58: the branches of `WHEN` need the same columns, but the second has no column `a`
// help: return the same number of columns in both queries, and give them the same names with `AS`
WHEN true THEN RETURN 1 AS a WHEN 1 = 1 THEN RETURN 2 AS b;

// error InvalidArgumentType 6-6: a predicate needs a BOOLEAN, found an INTEGER
WHEN 1 THEN RETURN 1 AS a;

// error InvalidClauseComposition 13-16: expected a query that returns columns on each side
// help: add a `RETURN` to the query that has none
CREATE (:A) NEXT RETURN 1;

// error UnexpectedSyntax 11-11: expected the end of the statement, found `{`
LET x = 1 { RETURN 1 };

// error InvalidClauseComposition 1-21: no clause can follow `RETURN`
// help: write them in this order: `ORDER BY … SKIP … LIMIT …`
RETURN 1 AS x LIMIT 1 ORDER BY x;

// error InvalidClauseComposition 11-16: no clause can follow `FINISH`
// help: write the clause before `FINISH`
MATCH (n) FINISH MATCH (m) RETURN m;

// error InvalidClauseComposition 8-43: `VALUE { … }` needs a query that returns exactly one column
// help: return several values as a list or a map, as in `RETURN {a: a, b: b}`
RETURN VALUE { MATCH (n) RETURN n, n.name };

// error TooManyRows 8-44: expected at most one row or element, found 2
RETURN VALUE { UNWIND [1, 2] AS x RETURN x };
