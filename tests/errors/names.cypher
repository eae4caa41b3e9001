// graph: people
// parameters: {"name": "Ann"}

// error UndefinedVariable 8-8: variable `x` is not defined
RETURN x;

MATCH (person:Person)
// error UndefinedVariable 8-12: variable `persn` is not defined
// help: did you mean `person`?
RETURN persn.name;

// error UndefinedVariable 38-38: variable `a` is not defined
// help: add `a` to the `WITH`
MATCH (a) WITH a.name AS name RETURN a;

// error VariableTypeConflict 12-12: variable `a` is used as a RELATIONSHIP, but it is a NODE
// help: choose another name
MATCH (a)-[a]->() RETURN a;

// error VariableTypeConflict 26-26: variable `r` is used as a NODE, but it is a RELATIONSHIP
// help: choose another name
MATCH (a)-[r]->() MATCH (r)-->() RETURN a;

// error VariableAlreadyBound 17-17: variable `a` is already bound
// help: choose another name
MATCH (a) MATCH a = (b) RETURN a;

// error VariableAlreadyBound 19-19: variable `a` is already bound, so it cannot be created
// help: use `SET` to change it, or choose another name
MATCH (a) CREATE (a);

// error VariableAlreadyBound 31-31: variable `x` is already bound
// help: choose another name
UNWIND [1] AS x UNWIND [2] AS x RETURN x;

// error RelationshipUniquenessViolation 20-20: relationship `r` occurs twice in one pattern, which can never match
// help: rename one of the two
MATCH (a)-[r]->()-[r]->(a) RETURN r;

// error UndefinedVariable 24-24: variable `b` is not defined
// help: a pattern used as a predicate introduces no variables; use `EXISTS { … }` for that
MATCH (a) WHERE (a)-->(b) RETURN a;

// error UnknownFunction 8-11: there is no function `sise`
// help: did you mean `size`?
RETURN sise([1]);

// error UnknownFunction 8-13: there is no function `toUper`
// help: did you mean `toUpper`?
RETURN toUper('a');

// error InvalidNumberOfArguments 8-13: `size` takes 1 argument, found 0
// help: its signature is `size(value :: STRING | LIST | BYTES) :: INTEGER`
RETURN size();

// error InvalidNumberOfArguments 8-21: `size` takes 1 argument, found 2
// help: its signature is `size(value :: STRING | LIST | BYTES) :: INTEGER`
RETURN size([1], [2]);

// error ProcedureNotFound 6-14: there is no procedure `db.lables`
// help: did you mean `db.labels`?
CALL db.lables();

// error UndefinedVariable 24-28: `db.labels` has no column `lable`
// help: did you mean `label`?
CALL db.labels() YIELD lable RETURN lable;

// error MissingParameter 8-9: expected a value for the parameter `$x`, found none
// help: set it: `:param x …` at the prompt, `--param x=…` on the command line, `param` in a program
RETURN $x;

// error MissingParameter 8-11: expected a value for the parameter `$nam`, found none
// help: did you mean `$name`?
RETURN $nam;

// error ColumnNameConflict 21-21: two columns have the name `a`
// help: give one of them another name with `AS`
RETURN 1 AS a, 2 AS a;

// error NoVariablesInScope 17-17: `*` needs a variable in scope, found none
// help: name the nodes or relationships to return, as in `MATCH (n) RETURN *`
MATCH () RETURN *;

// error NoExpressionAlias 6-10: an expression in `WITH` needs an alias
// help: write `1 + 1 AS alias`
WITH 1 + 1 RETURN 1;

// error DifferentColumnsInUnion 15-19: the two queries of a `UNION` need the same columns, but the second has no column `a`
// help: return the same number of columns in both queries, and give them the same names with `AS`
RETURN 1 AS a UNION RETURN 2 AS b;

// error InvalidClauseComposition 35-43: `UNION` and `UNION ALL` cannot be combined in one query
// help: put the queries that belong together in braces: `{ … UNION … }`
RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a;

// error InvalidParameterUse 10-14: a pattern to match needs a map literal, found a parameter
// help: write `{key: $value}`, or compare in `WHERE`
MATCH (n $name) RETURN n;

// error UndefinedVariable 56-56: variable `n` is not defined
// help: add `n` to the `WITH`
MATCH (n) WITH n.name AS name, count(*) AS many RETURN n.age;

// error UndefinedVariable 50-50: variable `a` is not defined
// help: add `a` to the `WITH`
MATCH (a) WITH a AS b WITH b.name AS name RETURN a;

// error UndefinedVariable 11-26: the columns of `db.labels` must be named with `YIELD`
// help: add `YIELD label`
MATCH (n) CALL db.labels() RETURN n;

// error VariableAlreadyBound 38-42: variable `label` is already bound
// help: give the column another name with `AS`
MATCH (label) CALL db.labels() YIELD label RETURN label;

// error VariableAlreadyBound 11-36: the subquery returns `n`, which is already bound
// help: give the column another name with `AS`
MATCH (n) CALL (n) { RETURN 1 AS n } RETURN n;

// error VariableAlreadyBound 20-20: variable `n` is already bound
// help: choose another name
MATCH (n) FOREACH (n IN [1] | CREATE (:A));

// error VariableAlreadyBound 18-18: variable `a` is already bound, so it cannot be merged
// help: use `SET` to change it, or choose another name
MATCH (a) MERGE (a:Person) RETURN a;

// error VariableAlreadyBound 7-7: variable `p` is already bound
// help: choose another name
MATCH p = (a)-->(p) RETURN p;
