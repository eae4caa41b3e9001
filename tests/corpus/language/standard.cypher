// graph: connected-practice

// CAST, with types of several widths, lists and records.
RETURN CAST('12' AS INTEGER) AS number, CAST(2.9 AS INT8) AS byte, CAST(1 AS STRING) AS text, CAST('true' AS BOOLEAN) AS truth;

RETURN CAST(['1', 2, null] AS LIST<INTEGER>) AS numbers, CAST({a: '1', b: 2} AS RECORD {a :: INTEGER, b STRING}) AS record;

RETURN CAST('2015-07-21' AS DATE) AS date, CAST(date('2015-07-21') AS LOCAL DATETIME) AS start, CAST('P1D' AS DURATION) AS day,
       CAST(null AS INTEGER) AS nothing, CAST('7' AS INTEGER | STRING) AS same, CAST(7 AS STRING(3)) AS short;

MATCH (c:Course) WHERE c.credits IS NOT NULL
RETURN CAST(c.credits AS STRING) AS credits, count(*) AS courses ORDER BY credits;

// Types with a width, a length or fields.
UNWIND [1, 200, 40000, -1, 'abc', 'abcdef', {a: 1}, {a: 1, b: 2}] AS x
RETURN x, x :: INT8 AS byte, x :: UINT16 AS short, x :: STRING(2, 5) AS text, x :: {a :: INTEGER} AS record;

// CASE with several values and with predicates.
UNWIND [null, 1, 2, 3, 10, 'x'] AS x
RETURN x, CASE x WHEN 1, 2 THEN 'low' WHEN > 5 THEN 'high' WHEN IS NULL THEN 'none' ELSE 'other' END AS level;

UNWIND ['apple', 'pear', 'plum'] AS x
RETURN x, CASE toUpper(x) WHEN STARTS WITH 'A', ENDS WITH 'M' THEN 'edge' WHEN IN ['PEAR'] THEN 'list' END AS found;

MATCH (c:Course)
RETURN CASE c.credits WHEN < 16, IS NULL THEN 'small' ELSE 'large' END AS size, count(*) AS courses ORDER BY size;

MATCH (c:Course)
RETURN CASE count(*) WHEN > 10 THEN 'many' ELSE 'few' END AS courses;

// LET in expressions.
RETURN LET x = 1, y = x + 1 IN x + y END AS three, LET l = [1, 2] IN [x IN l | LET d = x * 2 IN d + 1 END] END AS list,
       LET x = (1 IN [1]) IN x END AS truth;

MATCH (s:Section)
RETURN s.name AS section, LET n = COUNT { (s)<-[:IN_SECTION]-(:Course) } IN n * n END AS square ORDER BY section;

MATCH (l:Level)
RETURN l.name AS level, LET name = toUpper(l.name) IN EXISTS { MATCH (m:Level) WHERE toUpper(m.name) = name } END AS same
ORDER BY level;

// Temporal literals, and clocks without parentheses.
RETURN DATE '2015-07-21' AS date, TIME '21:40' AS local, TIME '21:40+01:00' AS zoned, DATETIME '2015-07-21T21:40' AS time,
       TIMESTAMP '2015-07-21 21:40Z' AS instant, DURATION 'P1DT2H' AS duration, ZONED TIME '21:40' AS utc,
       LOCAL DATETIME '2015-07-21T21:40' AS without;

RETURN current_date = date() AS a, CURRENT_TIMESTAMP = datetime() AS b, local_time = localtime() AS c, UNKNOWN IS UNKNOWN AS d;

WITH 1 AS current_date, 2 AS unknown RETURN current_date, unknown;

// TRIM, normal forms, suffixes of numbers.
RETURN TRIM(BOTH 'x' FROM 'xaxx') AS both, TRIM(LEADING '0' FROM '007') AS leading, TRIM(TRAILING FROM 'a  ') AS trailing,
       TRIM('-' FROM '-a-') AS plain, trim(' a ') AS space;

RETURN 'Å' IS NORMALIZED AS composed, 'Å' IS NFD NORMALIZED AS decomposed, null IS NOT NORMALIZED AS nothing,
       char_length(normalize('Å', NFD)) AS length;

RETURN 1f AS a, 1.5d AS b, 1e3f AS c, 0x1f AS d;

// Functions of GQL and of Cypher 25.
RETURN log(2, 8) AS three, byte_length('ä') AS bytes, format(DATE '2015-07-21', 'EEE d MMM yyyy') AS day;

UNWIND [1, 2, 3, 4] AS x
RETURN stddev_samp(x) AS sample, stddev_pop(x) AS population, percentile_cont(x, 0.5) AS middle, percentile_disc(x, 0.5) AS low,
       collect_list(x) AS list;

MATCH p = (:Course {name: 'Sailing'})-[:HAS_LEVEL]->(l) RETURN [e IN elements(p) | coalesce(e.name, type(e))] AS elements;

RETURN coll.distinct([2, 1, 2]) AS once, coll.sort([2, 1, null]) AS sorted, coll.insert(['a'], 1, 'b') AS longer,
       coll.remove(['a', 'b'], 0) AS shorter, coll.indexOf([1, null], 2) AS nowhere, coll.flatten([[1, [2]], 3], 2) AS flat;

// The language of a statement.
GQL UNWIND [1, null] AS x FILTER x > 1 RETURN sum(x) AS sum, count(x) AS count -- no values
;

CYPHER 25 UNWIND [1, null] AS x FILTER x > 1 RETURN sum(x) AS sum;

GQL UNWIND [1, 2, 2] AS x RETURN sum(DISTINCT x) + 1 AS sum;
