// graph: people
// parameters: {"list": [1], "map": {"a": 1}, "number": 1, "half": 0.5, "minus_one": -1}

// error InvalidArgumentValue 8-23: `toInteger` expects a NUMBER, BOOLEAN or STRING, found LIST
RETURN toInteger($list);

// error InvalidArgumentType 18-20: `toBoolean` needs a BOOLEAN, INTEGER or STRING here, found a FLOAT
RETURN toBoolean(1.0);

// error MapElementAccessByNonString 8-14: expected a STRING as the key of a map, found INTEGER
RETURN $map[1];

// error ListElementAccessByNonInteger 8-17: expected an INTEGER as the position in a list, found STRING
RETURN $list['a'];

// error PropertyAccessOnNonMap 8-16: expected a MAP, NODE or RELATIONSHIP before `.a`, found INTEGER
RETURN $number.a;

MATCH (p:Person)
// error PropertyAccessOnNonMap 8-19: expected a MAP, NODE or RELATIONSHIP before `.first`, found STRING
RETURN p.name.first;

// error InvalidPropertyType 9-17: expected a simple value or a list of simple values for `a`, found LIST with MAP
CREATE ({a: [{}]});

// error NumberOutOfRange 8-21: `range` expects a step other than 0
// help: omit the step to count up by 1
RETURN range(1, 2, 0);

// error NumberOutOfRange 27-48: `percentileDisc` expects a percentile from 0.0 to 1.0, found 1.5
UNWIND [1, 2] AS x RETURN percentileDisc(x, 1.5);

// error InvalidArgumentType 42-44: `percentileDisc` needs a NUMBER here, found a STRING
UNWIND [1] AS x RETURN percentileDisc(x, 'a');

// error InvalidRegularExpression 8-17: `(` is not a regular expression: unclosed group
RETURN 'a' =~ '(';

// error InvalidTemporalValue 8-25: expected `month` from 1 to 12, found 13
RETURN date('2020-13-01');

// error DivisionByZero 8-12: `1 / 0` divides an INTEGER by zero
RETURN 1 / 0;

MATCH (p:Person)
// error DivisionByZero 8-27: `34 % 0` divides an INTEGER by zero
RETURN p.age % (p.age - 34);

// error NumericOverflow 8-30: `9223372036854775807 + 1` exceeds the 64 bits of an INTEGER
// help: use a FLOAT, such as `1.0 * x`, if an approximate result is enough
RETURN 9223372036854775807 + 1;

// error NumericOverflow 8-32: `abs(-9223372036854775808)` exceeds the 64 bits of an INTEGER
RETURN abs(-9223372036854775808);

// error NegativeIntegerAtRuntime 16-25: expected an INTEGER from 0 as the number of rows, found -1
RETURN 1 LIMIT $minus_one;

// error InvalidCountAtRuntime 16-20: expected an INTEGER as the number of rows, found FLOAT
RETURN 1 LIMIT $half;

// error DeletedEntityAccess 40-45: the node has been deleted in this statement
// help: read labels and properties before the `DELETE`
MATCH (a:Admin) DETACH DELETE a RETURN a.name;

// error DeleteConnectedNode 17-24: a node cannot be deleted while it has relationships
// help: delete its relationships first, or use `DETACH DELETE`
MATCH (a:Admin) DELETE a;

// error MergeReadOwnWrites 8-16: `MERGE` cannot use the property `a`, which is null: null equals nothing
// help: omit the property, or use `CREATE`
MERGE ({a: null});

// error InvalidArgumentTypeAtRuntime 24-28: expected BOOLEAN, found INTEGER
MATCH (p:Person) WHERE p.age RETURN p;

// error InvalidArgument 8-22: `range` expects an INTEGER, found FLOAT
RETURN range(1, $half);

// error InvalidArgument 24-47: `percentileDisc` expects a NUMBER as the percentile, found LIST
UNWIND [1] AS x RETURN percentileDisc(x, $list);

// error DeletedEntityAccess 43-48: the relationship has been deleted in this statement
// help: read labels and properties before the `DELETE`
MATCH (:Admin)-[r:IN]->() DELETE r RETURN r.lead;

// error DeletedEntityAccess 40-48: the node has been deleted in this statement
// help: read labels and properties before the `DELETE`
MATCH (a:Admin) DETACH DELETE a RETURN labels(a);

// error InvalidArgumentTypeAtRuntime 36-40: cannot add INTEGER and BOOLEAN
UNWIND [1, true, null] AS x RETURN 1 + x;

// A column that a filter, a sort or `DISTINCT` reads is evaluated.
// error DivisionByZero 28-32: `1 / 0` divides an INTEGER by zero
UNWIND [1, 0] AS i WITH i, 1 / i AS x WHERE x > 0 RETURN i;
// error DivisionByZero 36-40: `1 / 0` divides an INTEGER by zero
UNWIND [1, 0] AS i WITH i ORDER BY 1 / i RETURN count(*) AS rows;
// error DivisionByZero 37-41: `1 / 0` divides an INTEGER by zero
UNWIND [1, 0] AS i WITH DISTINCT i, 1 / i AS x RETURN i;
// error DivisionByZero 15-19: `1 / 0` divides an INTEGER by zero
RETURN null + 1 / 0;
