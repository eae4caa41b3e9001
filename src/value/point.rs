//! Points: positions in a plane, in space, or on the Earth.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
    sync::Arc,
};

use crate::{
    base::{Code, Fault},
    value::{Entries, Value, cast::float_text, decimal},
};

/// A coordinate reference system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Crs {
    /// Longitude and latitude in degrees.
    Wgs84,
    /// Longitude and latitude in degrees, and height in metres.
    Wgs84Space,
    /// A plane.
    Cartesian,
    /// Space.
    CartesianSpace,
}

impl Crs {
    /// Every system, with its name and its number in the register of the EPSG.
    const ALL: [(Self, &'static str, i64); 4] = [
        (Self::Wgs84, "wgs-84", 4_326),
        (Self::Wgs84Space, "wgs-84-3d", 4_979),
        (Self::Cartesian, "cartesian", 7_203),
        (Self::CartesianSpace, "cartesian-3d", 9_157),
    ];

    fn row(self) -> (Self, &'static str, i64) {
        let row = Self::ALL.into_iter().find(|(crs, ..)| *crs == self);
        row.expect("the table has every system")
    }

    /// The name: `cartesian-3d`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The number: `9157`.
    #[must_use]
    pub fn srid(self) -> i64 {
        self.row().2
    }

    /// The system with a number.
    #[must_use]
    pub fn of_srid(srid: i64) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(.., number)| *number == srid).map(|row| row.0)
    }

    fn of_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(_, known, _)| known.eq_ignore_ascii_case(name))
            .map(|row| row.0)
    }

    /// Whether the coordinates are those of the Earth.
    #[must_use]
    pub const fn is_geographic(self) -> bool {
        matches!(self, Self::Wgs84 | Self::Wgs84Space)
    }

    const fn has_height(self) -> bool {
        matches!(self, Self::Wgs84Space | Self::CartesianSpace)
    }

    const fn of_shape(geographic: bool, space: bool) -> Self {
        match (geographic, space) {
            (true, false) => Self::Wgs84,
            (true, true) => Self::Wgs84Space,
            (false, false) => Self::Cartesian,
            (false, true) => Self::CartesianSpace,
        }
    }
}

/// `point({x: 1.0, y: 2.0})`. The third coordinate is 0 in a system of two.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    crs: Crs,
    coordinates: [f64; 3],
}

/// The names of the coordinates in a plane or in space, and on the Earth.
const NAMES: [[&str; 3]; 2] = [["x", "y", "z"], ["longitude", "latitude", "height"]];

/// Metres from the centre of the Earth to its surface at the equator.
const EARTH_RADIUS: f64 = 6_378_140.0;

impl Point {
    /// A point; `None` if the coordinates do not suit the system. The longitude of a geographic point is brought to the range from
    /// -180 to 180.
    #[must_use]
    pub fn new(crs: Crs, coordinates: &[f64]) -> Option<Self> {
        let wanted = if crs.has_height() { 3 } else { 2 };
        if coordinates.len() != wanted || !coordinates.iter().all(|number| number.is_finite()) {
            return None;
        }
        let mut all = [0.0; 3];
        for (place, number) in all.iter_mut().zip(coordinates) {
            // Adding zero changes `-0.0` to `0.0`, so that equal points have equal hashes.
            *place = number + 0.0;
        }
        if crs.is_geographic() {
            if !(-90.0..=90.0).contains(&all[1]) {
                return None;
            }
            if !(-180.0..=180.0).contains(&all[0]) {
                all[0] = (all[0] + 180.0).rem_euclid(360.0) - 180.0;
            }
        }
        Some(Self {
            crs,
            coordinates: all,
        })
    }

    /// The system.
    #[must_use]
    pub const fn crs(&self) -> Crs {
        self.crs
    }

    /// The coordinates: two or three.
    #[must_use]
    pub fn coordinates(&self) -> &[f64] {
        &self.coordinates[..if self.crs.has_height() { 3 } else { 2 }]
    }

    /// `point({x: 1, y: 2, crs: 'cartesian'})`; `None` if an entry is null.
    ///
    /// # Errors
    /// A fault if the entries describe no point.
    pub fn of_entries(entries: &Entries) -> Result<Option<Self>, Fault> {
        if entries.values().any(Value::is_null) {
            return Ok(None);
        }
        let at = |family: usize, position: usize| entries.get(NAMES[family][position]);
        let given = given_system(entries)?;
        let geographic = match given {
            Some(crs) => crs.is_geographic(),
            None => at(1, 0).is_some() || at(1, 1).is_some(),
        };
        // Both families of names are allowed for a geographic point.
        let find = |position| at(usize::from(geographic), position).or_else(|| at(0, position));
        let (Some(x), Some(y)) = (find(0), find(1)) else {
            return Err(malformed(
                "expected `x` and `y`, or `longitude` and `latitude`",
            ));
        };
        let z = find(2);
        let crs = given.unwrap_or(Crs::of_shape(geographic, z.is_some()));
        let numbers = [x, y].into_iter().chain(z);
        let numbers = numbers.map(number).collect::<Result<Vec<_>, _>>()?;
        match Self::new(crs, &numbers) {
            Some(point) => Ok(Some(point)),
            None if numbers.len() != if crs.has_height() { 3 } else { 2 } => {
                let count = numbers.len();
                let name = crs.name();
                Err(malformed(&format!(
                    "`{name}` does not have {count} coordinates"
                )))
            }
            None => Err(malformed(
                "expected finite coordinates, and a latitude from -90 to 90",
            )),
        }
    }

    /// Parses the text of a point, as [`fmt::Display`] writes it or as a map without quotes: `{x: 1, y: 2}`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let inner = match text.strip_prefix("point(") {
            Some(rest) => rest.strip_suffix(')')?,
            None => text,
        };
        let inner = inner.trim().strip_prefix('{')?.strip_suffix('}')?;
        let mut entries = Entries::default();
        for entry in inner.split(',') {
            let (key, value) = entry.split_once(':')?;
            let value = value.trim().trim_matches(['\'', '"']);
            let value = match value.parse::<f64>() {
                Ok(number) => Value::Float(number),
                Err(_) => value.into(),
            };
            let key = key.trim().trim_matches(['\'', '"', '`']);
            entries.insert(key.into(), value);
        }
        Self::of_entries(&entries).ok()?
    }

    /// A component by its name; `None` if the point has no such component.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<Value> {
        match name {
            "crs" => return Some(self.crs.name().into()),
            "srid" => return Some(Value::Integer(self.crs.srid())),
            _ => {}
        }
        let families = if self.crs.is_geographic() { 2 } else { 1 };
        let mut positions = NAMES[..families].iter();
        let position = positions.find_map(|names| names.iter().position(|known| *known == name))?;
        self.coordinates().get(position).copied().map(Value::Float)
    }

    /// The distance between two points, in metres on the Earth; `None` if their systems differ.
    #[must_use]
    pub fn distance(&self, other: &Self) -> Option<f64> {
        if self.crs != other.crs {
            return None;
        }
        let ([x, y, z], [u, v, w]) = (self.coordinates, other.coordinates);
        if !self.crs.is_geographic() {
            return Some((x - u).hypot(y - v).hypot(z - w));
        }
        let ground = arc((y, x), (v, u)) * (EARTH_RADIUS + f64::midpoint(z, w));
        Some(ground.hypot(z - w))
    }

    /// Whether the point is in the box between two corners; `None` if the systems differ. A box on the Earth whose west is greater
    /// than its east crosses the 180th meridian.
    #[must_use]
    pub fn within(&self, lower: &Self, upper: &Self) -> Option<bool> {
        if self.crs != lower.crs || self.crs != upper.crs {
            return None;
        }
        let mut corners = lower.coordinates().iter().zip(upper.coordinates());
        let mut inside = self.coordinates().iter();
        if self.crs.is_geographic()
            && let (Some((west, east)), Some(x)) = (corners.next(), inside.next())
        {
            let holds = match west <= east {
                true => west <= x && x <= east,
                false => west <= x || x <= east,
            };
            if !holds {
                return Some(false);
            }
        }
        let mut rest = inside.zip(corners);
        Some(rest.all(|(number, (low, high))| low <= number && number <= high))
    }
}

/// The angle between two places on a sphere in radians, by the haversine formula. A place is a latitude and a longitude in
/// degrees.
#[must_use]
pub fn arc((north, east): (f64, f64), (other_north, other_east): (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let cosines = north.to_radians().cos() * other_north.to_radians().cos();
    let square = half(north, other_north) + cosines * half(east, other_east);
    2.0 * square.sqrt().min(1.0).asin()
}

/// The system that the entries `crs` and `srid` name.
fn given_system(entries: &Entries) -> Result<Option<Crs>, Fault> {
    let crs = match (entries.get("crs"), entries.get("srid")) {
        (None, None) => return Ok(None),
        (Some(Value::String(name)), None) => Crs::of_name(name),
        (None, Some(Value::Integer(srid))) => Crs::of_srid(*srid),
        (None, Some(Value::Float(srid))) => Crs::of_srid(*srid as i64),
        (Some(_), Some(_)) => return Err(malformed("expected `crs` or `srid`, found both")),
        _ => None,
    };
    match crs {
        Some(crs) => Ok(Some(crs)),
        None => {
            let known = Crs::ALL.map(|(_, name, srid)| format!("`{name}` ({srid})"));
            let known = known.join(", ");
            Err(malformed(&format!("expected the system {known}")))
        }
    }
}

fn number(value: &Value) -> Result<f64, Fault> {
    match value {
        Value::Integer(integer) => Ok(*integer as f64),
        Value::Float(float) => Ok(*float),
        Value::Decimal(number) => Ok(decimal::to_float(*number)),
        other => Err(malformed(&format!(
            "expected a number as a coordinate, found {}",
            other.kind()
        ))),
    }
}

fn malformed(message: &str) -> Fault {
    Fault::new(Code::InvalidArgumentTypeAtRuntime, message.to_owned())
        .help("write `point({x: 1, y: 2})` or `point({longitude: 0, latitude: 50})`")
}

impl FromStr for Point {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::parse(text).ok_or(())
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("point({")?;
        for (name, number) in NAMES[0].iter().zip(self.coordinates()) {
            write!(f, "{name}: {}, ", float_text(*number))?;
        }
        write!(f, "crs: '{}'}})", self.crs.name())
    }
}

impl From<Point> for Value {
    fn from(point: Point) -> Self {
        Self::Point(Arc::new(point))
    }
}

impl PartialEq for Point {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Point {}

impl PartialOrd for Point {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Point {
    /// By system, then by coordinates: the order of `ORDER BY`.
    fn cmp(&self, other: &Self) -> Ordering {
        let systems = self.crs.cmp(&other.crs);
        let pairs = self.coordinates.iter().zip(&other.coordinates);
        pairs.fold(systems, |order, (left, right)| {
            order.then_with(|| left.total_cmp(right))
        })
    }
}

impl Hash for Point {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.crs.hash(state);
        self.coordinates
            .iter()
            .for_each(|number| state.write_u64(number.to_bits()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(crs: Crs, coordinates: &[f64]) -> Point {
        Point::new(crs, coordinates).expect("the coordinates suit the system")
    }

    #[test]
    fn what_a_point_writes_parses() {
        for point in [
            point(Crs::Cartesian, &[1.0, -2.5]),
            point(Crs::Wgs84Space, &[12.5, 55.0, 10.0]),
        ] {
            assert_eq!(Point::parse(&point.to_string()), Some(point));
        }
        let given = Point::parse("{latitude: 55, longitude: '12.5'}");
        assert_eq!(given, Some(point(Crs::Wgs84, &[12.5, 55.0])));
        assert_eq!(Point::parse("{x: 1}"), None);
    }

    #[test]
    fn a_box_may_cross_the_180th_meridian() {
        let at = |x, y| point(Crs::Wgs84, &[x, y]);
        let (lower, upper) = (at(170.0, -10.0), at(-170.0, 10.0));
        assert_eq!(at(179.0, 0.0).within(&lower, &upper), Some(true));
        assert_eq!(at(-179.0, 0.0).within(&lower, &upper), Some(true));
        assert_eq!(at(0.0, 0.0).within(&lower, &upper), Some(false));
    }

    #[test]
    fn a_degree_of_the_equator_has_111_kilometres() {
        let at = |x| point(Crs::Wgs84, &[x, 0.0]);
        let distance = at(0.0).distance(&at(1.0)).expect("one system");
        assert!((111_000.0..112_000.0).contains(&distance), "{distance}");
        assert_eq!(at(0.0).distance(&point(Crs::Cartesian, &[0.0, 0.0])), None);
    }

    #[test]
    fn longitudes_wrap_and_latitudes_do_not() {
        assert_eq!(
            Point::new(Crs::Wgs84, &[190.0, 0.0]),
            Some(point(Crs::Wgs84, &[-170.0, 0.0]))
        );
        assert_eq!(Point::new(Crs::Wgs84, &[0.0, 91.0]), None);
    }
}
