// graph: people

// Values that are small in memory and would be huge if they were written out: 60 lists with 2^60 elements.

WITH reduce(l = [1], i IN range(1, 60) | [l, l]) AS l RETURN size(l), l = l, l[0] IN l, l < l, isEmpty(l);

WITH reduce(l = [1], i IN range(1, 60) | [l, l]) AS a, reduce(l = [1.0], i IN range(1, 60) | [l, l]) AS b, reduce(l = [2], i IN range(1, 60) | [l, l]) AS c, reduce(l = [null], i IN range(1, 60) | [l, l]) AS d
RETURN a = b, a = c, a = d, d = d, a < c, c < a, a < d;

RETURN size(keys(reduce(m = {a: 1}, i IN range(1, 60) | {a: m, b: m}))) AS keys;

UNWIND [1, 1.0, 2] AS x WITH DISTINCT reduce(l = [x], i IN range(1, 60) | [l, l]) AS l RETURN count(*) AS lists;

UNWIND [3, 1, 2] AS x WITH x, reduce(m = {x: x}, i IN range(1, 60) | {a: m, b: [m]}) AS m ORDER BY m RETURN x;

UNWIND [1, 1, 2] AS x WITH reduce(l = [x], i IN range(1, 60) | [l, l]) AS l, x RETURN count(DISTINCT l), max(l) = min(l), size(collect(l));

WITH reduce(l = [1, 'a', null], i IN range(1, 2) | [l, l]) AS l RETURN valueType(l) AS type, size(valueType(reduce(l = [1], i IN range(1, 60) | [[l], [l]]))) AS letters;

MATCH (n:Person) WHERE n.age = reduce(l = [1], i IN range(1, 60) | [l, l]) RETURN count(n);

MATCH (n:Person) WITH collect(n) AS l WITH reduce(l = l, i IN range(1, 60) | [l, l]) AS l RETURN size(l);
