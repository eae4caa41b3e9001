// graph: people

// error InvalidArgumentTypeAtRuntime 8-20: expected `x` and `y`, or `longitude` and `latitude`
// help: write `point({x: 1, y: 2})` or `point({longitude: 0, latitude: 50})`
RETURN point({x: 1});

// error InvalidArgumentTypeAtRuntime 8-28: expected a number as a coordinate, found STRING
// help: write `point({x: 1, y: 2})` or `point({longitude: 0, latitude: 50})`
RETURN point({x: 1, y: 'a'});

// error InvalidArgumentTypeAtRuntime 8-39: expected the system `wgs-84` (4326), `wgs-84-3d` (4979), `cartesian` (7203), `cartesian-3d` (9157)
// help: write `point({x: 1, y: 2})` or `point({longitude: 0, latitude: 50})`
RETURN point({x: 1, y: 2, crs: 'moon'});

// error InvalidArgumentTypeAtRuntime 8-50: `cartesian` does not have 3 coordinates
// help: write `point({x: 1, y: 2})` or `point({longitude: 0, latitude: 50})`
RETURN point({x: 1, y: 2, z: 3, crs: 'cartesian'});

// error InvalidArgumentTypeAtRuntime 8-42: expected finite coordinates, and a latitude from -90 to 90
// help: write `point({x: 1, y: 2})` or `point({longitude: 0, latitude: 50})`
RETURN point({longitude: 0, latitude: 91});

// error InvalidArgumentTypeAtRuntime 8-56: expected `crs` or `srid`, found both
// help: write `point({x: 1, y: 2})` or `point({longitude: 0, latitude: 50})`
RETURN point({x: 1, y: 2, crs: 'cartesian', srid: 7203});

// error InvalidArgumentTypeAtRuntime 8-28: a POINT of `cartesian` has no component `z`
RETURN point({x: 1, y: 2}).z;

// error InvalidArgumentTypeAtRuntime 8-36: a POINT of `cartesian` has no component `longitude`
RETURN point({x: 1, y: 2}).longitude;

// error InvalidArgumentType 14-14: `point` needs a STRING or MAP here, found an INTEGER
RETURN point(1);

// error InvalidArgumentValue 8-19: `1 2` is no point
// help: write it as `{x: 1, y: 2}`
RETURN point('1 2');

// error InvalidArgumentType 44-44: `point.distance` needs a POINT here, found an INTEGER
RETURN point.distance(point({x: 1, y: 2}), 1);

// error InvalidArgumentType 8-30: cannot add POINT and INTEGER
RETURN point({x: 1, y: 2}) + 1;

// error InvalidArgumentType 42-42: `-` needs a NUMBER, DATE, LOCAL TIME, TIME, LOCAL DATETIME, DATETIME or DURATION, found a POINT
UNWIND [point({x: 1, y: 2})] AS p RETURN p - p;

// error InvalidArgumentType 8-23: an INTEGER cannot be cast to POINT
RETURN CAST(1 AS POINT);
