//! Functions of points.

use crate::{
    base::{Code, Fault},
    function::{Context, Example, Function, Parameter, argument::unsuited},
    value::{Point, Type, Value},
};

/// The functions of this area.
pub(super) const ROWS: &[Function] = &[
    Function::new(
        "point",
        &[Parameter::new("coordinates", Type::MAP.or(Type::STRING))],
        Type::POINT,
        "The point with the coordinates `x`, `y` and perhaps `z`, or `longitude`, `latitude` and perhaps `height`. `crs` or `srid` names its system: `cartesian` (7203), `cartesian-3d` (9157), `wgs-84` (4326) or `wgs-84-3d` (4979). Null if a coordinate is null. A string is the text of a point.",
        Example::new("point({longitude: 12.5, latitude: 55.6}).crs", "'wgs-84'"),
        point,
    ),
    Function::new(
        "point.distance",
        &[FROM, Parameter::new("to", Type::POINT)],
        Type::FLOAT,
        "The distance between two points, in metres on the Earth; null if their systems differ.",
        Example::new(
            "point.distance(point({x: 0, y: 0}), point({x: 3, y: 4}))",
            "5.0",
        ),
        |arguments, _| {
            let [from, to] = [0, 1].map(|at| read("point.distance", &arguments[at]));
            Ok(from?.distance(to?).into())
        },
    ),
    Function::new(
        "point.withinBBox",
        &[
            Parameter::new("point", Type::POINT),
            Parameter::new("lower left", Type::POINT),
            Parameter::new("upper right", Type::POINT),
        ],
        Type::BOOLEAN,
        "Whether a point is in the box between two corners, on its edge included; null if the systems differ.",
        Example::new(
            "point.withinBBox(point({x: 1, y: 1}), point({x: 0, y: 0}), point({x: 2, y: 1}))",
            "true",
        ),
        |arguments, _| {
            let points = [0, 1, 2].map(|at| read("point.withinBBox", &arguments[at]));
            let [point, lower, upper] = points;
            Ok(point?.within(lower?, upper?).into())
        },
    ),
];

const FROM: Parameter = Parameter::new("from", Type::POINT);

fn point(arguments: &[Value], _: &Context<'_>) -> Result<Value, Fault> {
    match &arguments[0] {
        Value::Map(entries) => Ok(Point::of_entries(entries)?.map_or(Value::Null, Value::from)),
        Value::String(text) => Point::parse(text).map(Value::from).ok_or_else(|| {
            let message = format!("`{text}` is no point");
            Fault::new(Code::InvalidArgumentValue, message).help("write it as `{x: 1, y: 2}`")
        }),
        other => Err(unsuited("point", "a MAP or a STRING", other)),
    }
}

fn read<'a>(function: &str, value: &'a Value) -> Result<&'a Point, Fault> {
    match value {
        Value::Point(point) => Ok(point),
        other => Err(unsuited(function, "a POINT", other)),
    }
}
