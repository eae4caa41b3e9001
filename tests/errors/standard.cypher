// graph: connected-practice

// error InvalidArgumentType 8-27: a LIST cannot be cast to INTEGER
RETURN CAST([1] AS INTEGER);

// error InvalidArgumentType 25-41: a NODE cannot be cast to STRING
MATCH (c:Course) RETURN CAST(c AS STRING);

// error InvalidCast 8-27: `x` is no value of type INTEGER
RETURN CAST('x' AS INTEGER);

// error InvalidCast 8-24: `200` is no value of type INTEGER8
RETURN CAST(200 AS INT8);

// error InvalidArgumentType 8-37: NULL cannot be cast to INTEGER NOT NULL
RETURN CAST(null AS INTEGER NOT NULL);

// error InvalidCast 8-31: `abc` is no value of type STRING(0, 2)
RETURN CAST('abc' AS STRING(2));

// error UnexpectedSyntax 25-27: only `STRING` and `BYTES` have a least and a greatest length
// help: write `STRING(5)` or `STRING(2, 5)`
RETURN CAST(1 AS INTEGER(2));

// error UnexpectedSyntax 18-23: expected a type, found `INTEGR`
RETURN CAST(1 AS INTEGR);

// error UnexpectedSyntax 18-18: several values, or a predicate without its left side, need a value after `CASE`
// help: write `CASE x WHEN < 1 THEN …`
RETURN CASE WHEN 1, 2 THEN 'a' END;

// error UnexpectedSyntax 34-44: a predicate without its left side has one operator
// help: write `CASE WHEN x > 1 AND x < 3 THEN …`, or put the value in parentheses
WITH 1 AS x RETURN CASE x WHEN > 1 AND x < 3 THEN 'a' END;

// error UndefinedVariable 16-16: variable `y` is not defined
RETURN LET x = y IN x END;

// error UnexpectedSyntax 22: expected an operator or `END`, found the end of the statement
RETURN LET x = 1 IN x;

// error AmbiguousAggregationExpression 38-38: `c` is combined with an aggregate but is not a grouping key
// help: return `c`, or the expression that reads it, as a separate column
MATCH (c:Course) RETURN LET n = size(c.name) IN count(n) END;

// error InvalidTemporalValue 8-24: expected `month` from 1 to 12, found 13
RETURN DATE '2015-13-01';

// error InvalidTemporalValue 8-39: a DATE has nothing for `H` of the pattern
// help: put text that stays between quotes
RETURN format(date('2015-07-21'), 'HH');

// error InvalidArgument 8-28: `NFX` is not a Unicode normal form
// help: use `NFC`, `NFD`, `NFKC` or `NFKD`
RETURN normalize('a', 'NFX');

// error NumberOutOfRange 8-29: `coll.insert` expects a position from 0 to 1, found 3
RETURN coll.insert([1], 3, 2);

// error ListElementAccessByNonInteger 33-35: expected an INTEGER as the position in a list, found a STRING
WITH [1, 2] AS list RETURN list['a'];

// error InvalidArgumentTypeAtRuntime 25-30: expected a LIST, MAP, NODE or RELATIONSHIP before `[`, found an INTEGER
WITH 5 AS number RETURN number[0];

// error MapElementAccessByNonString 27-27: expected a STRING as the key, found an INTEGER
MATCH (c:Course) RETURN c[1];

// error UnexpectedSyntax 8-8: expected version 25 of Cypher, found 5
// help: write `CYPHER 25`, or only the statement
CYPHER 5 RETURN 1;
