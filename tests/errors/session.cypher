// graph: empty

// error UnexpectedSyntax 13-13: expected `GRAPH`, `SCHEMA` or `TIME ZONE`, found `x`
SESSION SET x = 1;

// error UnexpectedSyntax 19-19: expected a parameter such as `$x` or `IF`, found `x`
SESSION SET VALUE x = 1;

// error UnexpectedSyntax 22-22: expected a type or `=`, found `1`
SESSION SET VALUE $x 1;

// error UnexpectedSyntax 18: expected `PARAMETERS`, found the end of the statement
SESSION RESET ALL;

// error UndefinedVariable 24-24: variable `y` is not defined
SESSION SET VALUE $x = y;

// error InvalidArgumentTypeAtRuntime 35-37: expected a value of the type INTEGER, found STRING
SESSION SET VALUE $x :: INTEGER = 'a';

// error InvalidClauseComposition 43-71: a subquery in an expression cannot change the graph
// help: move the change to a clause of the query, or to `CALL { … }`
SESSION SET VALUE $x = VALUE { RETURN [1, VALUE { CREATE (n) RETURN n }] };

// error InvalidTemporalValue 23-30: expected an offset from -18:00 to +18:00, found +25:00
SESSION SET TIME ZONE '+25:00';

// error UnexpectedSyntax 23-23: expected a string, found `1`
SESSION SET TIME ZONE 1;

// error UndefinedVariable 19-29: there is no graph `other.graph`
// help: there is one graph; write `USE CURRENT_GRAPH`
SESSION SET GRAPH other.graph;

// error UndefinedVariable 20-24: there is no schema `other`
// help: there is one schema; write `SESSION SET SCHEMA HOME_SCHEMA`
SESSION SET SCHEMA other;

// error MissingParameter 15-22: the session has no parameter `$unknown`
SESSION RESET $unknown;

// error UnexpectedSyntax 15-24: expected a parameter such as `$x`, `PARAMETERS`, `TIME ZONE` or the end of the statement, found `EVERYTHING`
SESSION RESET EVERYTHING;

// error UnexpectedSyntax 9-12: expected `CLOSE` or `SET`, found `OPEN`
SESSION OPEN;
