// graph: people

// Decimals: literals, arithmetic, comparison with other numbers, and conversion.

RETURN 0.1m + 0.2m AS sum, 0.1m + 0.2m = 0.3m AS exact, 0.1 + 0.2 = 0.3 AS approximate;

RETURN 1.50m AS scale, -1.5m AS negative, 1.5e3m AS thousands, 1_000.5m AS separated, 7M AS whole;

RETURN 1.5m + 1 AS sum, 3 - 0.5m AS difference, 2 * 1.25m AS product, 1m / 3 AS quotient, 7.5m % 2 AS remainder;

RETURN 1.5m + 1.5 AS mixed, 2m ^ 3 AS power, -(1.5m) AS negated, + 1.5m AS same;

RETURN 0.5m = 0.5 AS half, 0.1m = 0.1 AS tenth, 1.0m = 1 AS one, 0.1m < 0.1 AS less, 9007199254740993m > 9007199254740992.0 AS greater;

RETURN 1m = '1' AS text, 1m < 'a' AS order, null = 1m AS unknown, 1m IN [1.0, 2] AS member;

UNWIND [2, 1.5m, 1.25, 1.50m, 0.1m, 0.1, 1e300, -1m, null] AS x RETURN x ORDER BY x, toString(x);

UNWIND [1, 1m, 1.0, 1.00m, 0.1m, 0.10m, 0.1] AS x WITH DISTINCT x RETURN count(x) AS distinct;

UNWIND [0.1m, 0.2m, 0.3m, 1] AS x RETURN sum(x) AS sum, avg(x) AS mean, min(x) AS least, max(x) AS greatest, count(x) AS times;

UNWIND [0.5m, 0.25] AS x RETURN sum(x) AS sum, avg(x) AS mean, percentileCont(x, 0.5) AS middle;

RETURN abs(-1.5m) AS abs, sign(-0.1m) AS sign, round(2.675m, 2) AS rounded, round(2.5m) AS half, round(-1.25m, 1, 'HALF_EVEN') AS even, sqrt(6.25m) AS root, ceil(1.1m) AS ceiling;

RETURN toInteger(2.9m) AS integer, toFloat(0.1m) AS float, toString(1.50m) AS text, decimal('1.50') AS decimal, decimal(0.1) AS spelt, 'a' + 1.5m AS joined;

RETURN CAST('12.345' AS DECIMAL(5, 2)) AS rounded, CAST(1.005m AS DECIMAL(3)) AS whole, CAST(0.1 AS DECIMAL) AS float, CAST(1.5m AS INTEGER) AS integer, CAST(1.5m AS STRING) AS text;

RETURN 1.5m IS TYPED DECIMAL AS decimal, 1.5 IS TYPED DECIMAL AS float, 123.45m IS TYPED DEC(5, 2) AS fits, 123.456m IS TYPED DECIMAL(5, 2) AS fraction, 1234m IS TYPED DECIMAL(5, 2) AS large, valueType(1.5m) AS kind;

CREATE (n:Price {amount: 12.50m, parts: [0.1m, 0.2m]}) RETURN n, n.amount * 2 AS twice, n.parts[0] + n.parts[1] AS sum;

UNWIND range(1, 5) AS x WITH x WHERE x > 2.5m AND x * 1m < 5 RETURN collect(x) AS numbers;

// Byte strings.

RETURN X'0AFF' AS bytes, x'0a ff' = X'0AFF' AS blanks, X'' AS empty, size(X'0AFF') AS size, byte_length(X'0AFF') AS length;

RETURN X'0A' || X'FF' AS joined, X'0A' < X'0B' AS less, X'0A' < X'0A00' AS shorter, X'0A' = '0a' AS text, isEmpty(X'') AS empty;

RETURN X'0AFF' IS TYPED BYTES AS bytes, X'0AFF' IS TYPED BYTES(1) AS short, X'0AFF' IS TYPED BINARY(2, 2) AS fixed, toString(X'0AFF') AS text, bytes('00ff') AS made;

UNWIND [X'02', X'01', X'0100', 1, 'a', null] AS x RETURN x ORDER BY x;

UNWIND [X'01', X'01', X'02'] AS x RETURN x, count(*) AS times ORDER BY x;

CREATE (n:File {content: X'CAFE'}) RETURN n, n.content = X'cafe' AS same;

WITH 'name' AS x RETURN x AS x, [x][0] AS first;
