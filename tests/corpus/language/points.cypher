// graph: people

// Points in a plane, in space and on the Earth.
RETURN point({x: 1, y: 2}) AS plane, point({x: 1, y: 2, z: 3}) AS space, point({longitude: 12.5, latitude: 55.6}) AS earth,
       point({latitude: 55.6, longitude: 12.5, height: 10}) AS high;
RETURN point({x: 12.5, y: 55.6, crs: 'WGS-84'}) = point({longitude: 12.5, latitude: 55.6}) AS same,
       point({x: 1, y: 2, srid: 7203}) = point({x: 1.0, y: 2.0}) AS plane, point({x: 1, y: 2}) = point({longitude: 1, latitude: 2}) AS differ;
WITH point({longitude: 190, latitude: 55.6, height: 10}) AS p
RETURN p.x AS x, p.longitude AS longitude, p.y AS y, p.latitude AS latitude, p.z AS z, p.height AS height, p.crs AS crs, p.srid AS srid, p['x'] AS key;
RETURN point({x: null, y: 2}) AS none, point(null) AS nothing, point({x: 1, y: 2}).crs AS crs, point('{x: 1, y: 2}') AS text;
RETURN toString(point({x: 1, y: 2.5})) AS text, point(toString(point({x: 1, y: 2.5}))) = point({x: 1, y: 2.5}) AS again,
       CAST('{x: 1, y: 2}' AS POINT) AS cast, valueType(point({x: 1, y: 2})) AS type, point({x: 1, y: 2}) IS :: POINT AS is;

// Distances and boxes.
RETURN point.distance(point({x: 0, y: 0}), point({x: 3, y: 4})) AS plane, point.distance(point({x: 0, y: 0, z: 0}), point({x: 2, y: 3, z: 6})) AS space,
       point.distance(point({x: 0, y: 0}), point({longitude: 0, latitude: 0})) AS unknown, point.distance(null, point({x: 0, y: 0})) AS nothing,
       round(point.distance(point({longitude: 12.56, latitude: 55.67}), point({longitude: 12.99, latitude: 55.61}))) AS metres;
RETURN point.withinBBox(point({x: 1, y: 1}), point({x: 0, y: 0}), point({x: 2, y: 2})) AS inside, point.withinBBox(point({x: 3, y: 1}), point({x: 0, y: 0}), point({x: 2, y: 2})) AS outside,
       point.withinBBox(point({longitude: 179, latitude: 0}), point({longitude: 170, latitude: -1}), point({longitude: -170, latitude: 1})) AS across,
       point.withinBBox(point({longitude: 0, latitude: 0}), point({x: 0, y: 0}), point({x: 2, y: 2})) AS unknown;

// Points are equal or not; they have no order for `<`, but one for ORDER BY.
RETURN point({x: 1, y: 1}) < point({x: 2, y: 2}) AS less, point({x: 1, y: 1}) <> point({x: 2, y: 2}) AS differ, point({x: -0.0, y: 0}) = point({x: 0, y: 0}) AS zero;
UNWIND [point({x: 2, y: 1}), point({longitude: 9, latitude: 9}), point({x: 1, y: 2}), null, 'a', 1, point({x: 1, y: 1, z: 1})] AS p RETURN p ORDER BY p;
UNWIND [point({x: 1, y: 1}), point({x: 1.0, y: 1}), point({x: 1, y: 2})] AS p RETURN DISTINCT p ORDER BY p;
UNWIND [point({x: 1, y: 1}), point({x: 1.0, y: 1}), point({x: 1, y: 2})] AS p RETURN p, count(*) AS times ORDER BY p;
RETURN min(point({x: 1, y: 1})) AS least, collect(point({x: 1, y: 1})) AS all, point({x: 1, y: 1}) IN [point({x: 1, y: 1})] AS member;

// Points are properties.
CREATE (p:Place {at: point({x: 1, y: 2}), around: [point({x: 1, y: 1}), point({x: 2, y: 2})]}) RETURN p.at.x AS x, [q IN p.around | q.y] AS ys, properties(p) AS all;
UNWIND range(1, 3) AS i CREATE (:Place {at: point({x: i, y: 0})})
WITH count(*) AS made MATCH (p:Place) WHERE point.distance(p.at, point({x: 0, y: 0})) < 2.5 RETURN p.at.x AS x ORDER BY x;
CREATE (:Place {at: point({x: 1, y: 2})}) WITH 1 AS one MATCH (p:Place {at: point({x: 1, y: 2})}) RETURN count(*) AS found;
MERGE (p:Place {at: point({x: 1, y: 2})}) MERGE (q:Place {at: point({y: 2.0, x: 1.0})}) RETURN p = q AS same;
RETURN date('2020-02-19')['year'] AS year, duration('P1DT2H')['hours'] AS hours, point({x: 1, y: 2})['s' + 'rid'] AS srid;
