// graph: empty

// Integers and floats.
RETURN 7 / 2 AS whole, 7 / 2.0 AS broken, -7 / 2 AS down, 7 % 3 AS rest, -7 % 3 AS negative, 2 ^ 10 AS power, 1 + 2 * 3 - 4 AS mixed, -(-3) AS minus;
RETURN 1 = 1.0 AS equal, 0.1 + 0.2 = 0.3 AS thirds, 9007199254740993 = 9007199254740992.0 AS far, 1 < 2.5 AS less;
RETURN 0x1F AS hex, 0o17 AS octal, 1e3 AS float, .5 AS half;
RETURN toInteger('42') AS whole, toInteger(2.9) AS cut, toFloat('1.5') AS float, toInteger('x') AS none, toString(1.0) AS text, toBoolean('TRUE') AS yes;

// Three-valued logic.
RETURN true AND null AS a, false AND null AS b, true OR null AS c, false OR null AS d, NOT null AS e, true XOR null AS f, null = null AS g, null <> null AS h, null IS NULL AS i;
UNWIND [true, false, null] AS a UNWIND [true, false, null] AS b RETURN a, b, a AND b AS and, a OR b AS or, a XOR b AS xor ORDER BY a, b;
RETURN 1 IN [1, null] AS yes, 2 IN [1, null] AS unknown, 2 IN [1, 3] AS no, null IN [1] AS null, null IN [] AS empty, [1] IN [[1], 2] AS nested;
RETURN 1 = '1' AS kinds, 1 < '1' AS uncompared, [1, 2] = [1, null] AS unknown, [1, 2] = [2, null] AS no, [1] < [1, 0] AS shorter, {a: 1} = {a: 1.0} AS maps, {a: 1} = {b: 1} AS keys;
RETURN 1 < 2 < 3 AS chain, 1 < 3 > 2 AS zigzag, 3 > 2 > 2 AS fails, 1 < null < 0 AS unknown;

// Texts.
RETURN 'a' + 'b' AS joined, 'abc' CONTAINS 'b' AS contains, 'abc' STARTS WITH 'a' AS starts, 'abc' ENDS WITH '' AS empty, 'abc' =~ 'A.*' AS whole, 'abc' =~ '(?i)A.*' AS folded, 'abc' =~ 'b' AS part;
RETURN 'a' CONTAINS null AS a, null STARTS WITH 'x' AS b, 1 CONTAINS 'x' AS c, null =~ 'x' AS d;
RETURN toUpper('straße') AS upper, reverse('añb') AS reversed, size('añb') AS size, substring('hello', 1, 3) AS part, left('hello', 2) AS left, right('hello', 2) AS right, trim('  x ') AS trimmed, split('a,b,,c', ',') AS split, replace('aaa', 'a', 'b') AS replaced;
RETURN 'it\'s' AS escaped, "\u00e9\t|" AS letters;

// Lists.
WITH [1, 2, 3, 4] AS l RETURN l[0] AS first, l[-1] AS last, l[9] AS beyond, l[null] AS unknown, l[1..3] AS middle, l[..2] AS start, l[2..] AS end, l[-2..] AS tail, l[3..1] AS none, l[..-1] AS init;
RETURN [1] + [2] AS joined, [1] + 2 AS appended, 0 + [1] AS before, [1] + null AS unknown, [[1]] + [2] AS nested, size([1, null]) AS size, head([]) AS head, last([1, 2]) AS last, tail([1, 2]) AS tail, reverse([1, 2]) AS reversed;
RETURN range(0, 6, 3) AS up, range(3, 1, -1) AS down, range(1, 0) AS none, range(5, 5) AS one;
RETURN keys({b: 1, a: 2}) AS keys, [1, 2, 3] = [1, 2, 3] AS equal;

// Maps.
WITH {a: 1, b: {c: [10, 20]}, `odd key`: true} AS m RETURN m.a AS a, m.b.c[1] AS deep, m['a'] AS by, m.missing AS missing, m.`odd key` AS odd, size(keys(m)) AS keys;
WITH {a: 1, b: 2} AS m RETURN m {.a, c: 3} AS picked, m {.*, b: 5} AS changed, m {.missing} AS missing;
WITH null AS m RETURN m.a AS a, m['a'] AS b, m {.a} AS c;

// Choosing.
UNWIND [1, 2, 3, null] AS x RETURN x, CASE x WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END AS named, CASE WHEN x > 2 THEN 'big' WHEN x IS NULL THEN 'none' END AS sized, CASE x WHEN null THEN 'null' ELSE 'other' END AS nothing ORDER BY x;
RETURN coalesce(null, 2, 3) AS first, coalesce(null, null) AS none;
RETURN CASE WHEN true THEN 1 ELSE 1 / 0 END AS lazy, CASE WHEN null THEN 'yes' ELSE 'no' END AS unknown;

// Operands after the one that decides are not evaluated.
RETURN coalesce(null, 2, 1 / 0) AS first, coalesce(null, null) AS none, coalesce(1.5) AS only;
UNWIND [null, 0, 2] AS x RETURN x, coalesce(x, 7) AS filled, coalesce(10 / CASE x WHEN 0 THEN null ELSE x END, -1) AS divided ORDER BY x;
UNWIND [0, 2, null] AS x RETURN x, coalesce(CASE WHEN x <> 0 THEN 10 / x END, x, 'none') AS value ORDER BY x;
RETURN false AND 1 / 0 = 1 AS a, true OR 1 / 0 = 1 AS b, CASE WHEN true THEN 1 ELSE 1 / 0 END AS c, CASE 1 WHEN 1 THEN 2 WHEN 1 / 0 THEN 3 END AS d;
RETURN any(x IN [1, 0] WHERE 1 / x = 1) AS a, all(x IN [2, 0] WHERE 1 / x = 1) AS b, none(x IN [1, 0] WHERE 1 / x = 1) AS c, single(x IN [1, 1, 0] WHERE 1 / x = 1) AS d;
UNWIND [[1, 0], [1, 2]] AS list RETURN list, any(x IN list WHERE 1 / x = 1) AS found ORDER BY list;
