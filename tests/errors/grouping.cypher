// graph: connected-practice

// error AmbiguousAggregationExpression 25-25: `c` is combined with an aggregate but is not a grouping key
// help: return `c`, or the expression that reads it, as a separate column
MATCH (c:Course) RETURN c.name AS name, count(*) AS n GROUP BY c.credits;

// error InvalidAggregation 25-32: `GROUP BY` needs keys without aggregates
MATCH (c:Course) RETURN count(*) AS n GROUP BY count(*);

// error UndefinedVariable 48-54: variable `missing` is not defined
MATCH (c:Course) RETURN count(*) AS n GROUP BY missing;

// error UndefinedVariable 5-9: there is no graph `other`
// help: there is one graph; write `USE CURRENT_GRAPH`
USE other MATCH (l:Level) RETURN l;

// error UnexpectedSyntax 1-25: `OPTIONAL CALL` needs the columns that are null without a row
// help: name them: `YIELD a, b`
OPTIONAL CALL db.labels();

// error VariableAlreadyBound 26-26: variable `l` is imported twice
// help: name it once
MATCH (l:Level) CALL (l, l) { RETURN 1 AS one } RETURN l, one;

// error NoExpressionAlias 35-40: an expression that a subquery returns needs an alias
// help: write `l.name AS alias`
MATCH (l:Level) CALL (l) { RETURN l.name } RETURN l;

// error UnexpectedSyntax 23-33: `$any` does not say which labels to change
// help: write `$(labels)`
MATCH (n:Level) SET n:$any(['A']);

// error InvalidArgumentType 25-25: the name of a label needs a STRING or LIST, found an INTEGER
MATCH (n:Level) SET n:$(1);

// error ConstraintViolation 8-17: expected the property `id` (every node has an id and a basis), found none on (:A)
// help: set `id` in the same statement
CREATE (n:$('A'));

// error InvalidArgumentType 12-12: the name of a label needs a STRING or LIST, found an INTEGER
MATCH (n:$(1)) RETURN n;

// error VariableAlreadyBound 26-26: variable `n` is already bound
// help: choose another name
MATCH (n:Level) FOREACH (n IN [1] | SET n.x = 1);
