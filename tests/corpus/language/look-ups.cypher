// graph: numbers

// A property without an index is looked up; an integer equals the float of the same value.
MATCH (a:Number {n: 7}) RETURN a.text AS text;
MATCH (a:Number) WHERE a.n = 7.0 RETURN a.text AS text;
MATCH (a {text: 't2'}) RETURN labels(a) AS labels ORDER BY labels;
MATCH (a:Number) WHERE a.n IN [3, 1, 3, 5000] RETURN a.text AS text ORDER BY text;

// Each row looks up its own value; a value that is missing finds nothing.
UNWIND [{n: 5}, {n: 5}, {m: 5}] AS row MATCH (a:Number {n: row.n}) RETURN a.text AS text;
UNWIND range(1, 8) AS i MATCH (a:Number {n: i * 100}), (b:Number {n: i}) RETURN a.text AS a, b.text AS b ORDER BY b;

// The value may depend on another node; what cannot be computed is no error if the row is dropped for another reason.
MATCH (w:Word) MATCH (a:Number) WHERE a.text = w.text RETURN w.at AS at, a.n AS n ORDER BY at;
MATCH (w:Word), (a:Number) WHERE a.n = toInteger(substring(w.text, 1)) AND w.text STARTS WITH 't' RETURN w.text AS w, a.n AS n ORDER BY n;

// Computed values on both sides are joined by hash.
MATCH (w:Word), (a:Number) WHERE toUpper(a.text) = toUpper(w.text) RETURN a.n AS n ORDER BY n;
MATCH (w:Word), (a:Number) WHERE a.n + 1 = w.at * 10 RETURN a.n AS n, w.at AS at ORDER BY n;

// In subqueries.
MATCH (w:Word) RETURN w.text AS w, EXISTS { MATCH (a:Number) WHERE a.text = w.text } AS found ORDER BY w;
MATCH (w:Word) WHERE NOT EXISTS { MATCH (a:Number {text: w.text}) } RETURN count(*) AS words;
MATCH (w:Word) OPTIONAL MATCH (a:Number) WHERE a.n = w.at - 1 RETURN w.at AS at, a.n AS n ORDER BY at;
MATCH (w:Word) RETURN w.at AS at, COUNT { MATCH (a:Number) WHERE a.third = w.at } AS numbers ORDER BY at;

// A statement finds what it has created, under a label that is new.
UNWIND [1, 2, 1, 3, 2] AS i MERGE (m:Made {i: i}) ON CREATE SET m.times = 1 ON MATCH SET m.times = m.times + 1 RETURN m.i AS i, count(*) AS rows ORDER BY i;
UNWIND range(1, 300) AS i MERGE (m:Made {i: i % 100}) ON CREATE SET m.times = 1 ON MATCH SET m.times = m.times + 1 WITH DISTINCT m RETURN count(m) AS nodes, sum(m.times) AS times;

// A value that is changed is found under its new value only.
MATCH (a:Number {n: 3}) SET a.n = 2000 WITH count(*) AS changed MATCH (b:Number) WHERE b.n IN [3, 2000] RETURN b.text AS text;

// Members of long lists, with null and with numbers of both types.
MATCH (a:Number) WITH collect(a.n) AS all UNWIND [1, 1.0, 1.5, 'a', 1000, 1001, null] AS x RETURN x, x IN all AS found;
MATCH (a:Number) WITH collect(a.n) + [null] AS all UNWIND [1, 1.5, null] AS x RETURN x, x IN all AS found, NOT x IN all AS missing;
MATCH (a:Number) WITH collect(a.text) AS all MATCH (w:Word) WHERE none(x IN all WHERE x = w.text) RETURN count(w) AS words;
MATCH (a:Number) WITH collect(a.text) AS all MATCH (w:Word) WHERE all(x IN all WHERE w.text <> x) RETURN count(w) AS words;

// Exact sums, which threads add in parts.
MATCH (n:Number) RETURN sum(n.n * 1.5m) AS sum, avg(n.n + 0.5m) AS mean, count(*) AS rows;
MATCH (n:Number) RETURN n.third AS third, sum(n.n * 1.5m) AS sum, avg(n.n + 0.5m) AS mean, percentileCont(n.n * 0.5m, 0.5) AS median, max(n.n + 0.25m) AS most ORDER BY third;
