//! The map that an instant is constructed from: components by name, and other instants that supply components.
//!
//! A component may be omitted if all smaller ones are. An omitted component has its lowest value, or that of the
//! instant that supplies components. A date is given by month and day, by week and day of the week, by quarter and day
//! of the quarter, or by the day of the year, but not by a mixture.

use crate::{
    base::{Fault, did_you_mean},
    value::{
        Entries, Kind, Value,
        temporal::{
            Date, LocalTime, Zone,
            civil::{Quarter, Week, within},
            construct::Shape,
            invalid, mistyped,
            parts::Parts,
        },
    },
};

/// Nanoseconds in a second.
pub(crate) const SECOND: i64 = 1_000_000_000;

/// A component that is given as an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Year,
    Month,
    Day,
    Week,
    DayOfWeek,
    Quarter,
    DayOfQuarter,
    OrdinalDay,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
    EpochSeconds,
    EpochMillis,
}

/// The names of the integer components, in the order of `Field`.
const NUMBERS: [&str; 16] = [
    "year",
    "month",
    "day",
    "week",
    "dayOfWeek",
    "quarter",
    "dayOfQuarter",
    "ordinalDay",
    "hour",
    "minute",
    "second",
    "millisecond",
    "microsecond",
    "nanosecond",
    "epochSeconds",
    "epochMillis",
];

const SELECTORS: [&str; 4] = ["date", "time", "datetime", "timezone"];

/// The ways to give a day of a year: the larger component and the smaller one, if there is one.
const DAYS: [(Field, Option<Field>); 4] = [
    (Field::Month, Some(Field::Day)),
    (Field::Week, Some(Field::DayOfWeek)),
    (Field::Quarter, Some(Field::DayOfQuarter)),
    (Field::OrdinalDay, None),
];

/// The contents of a map.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    numbers: [Option<i64>; NUMBERS.len()],
    date: Option<Parts>,
    time: Option<Parts>,
    datetime: Option<Parts>,
    pub(crate) zone: Option<Zone>,
}

impl Fields {
    /// Reads the map for an instant of type `shape`; `None` if it contains a null.
    pub(crate) fn read(map: &Entries, shape: Shape) -> Result<Option<Self>, Fault> {
        let mut fields = Self::default();
        for (name, value) in map {
            if value.is_null() {
                return Ok(None);
            }
            fields.set(name, value, shape)?;
        }
        if fields.datetime.is_some() && (fields.date.is_some() || fields.time.is_some()) {
            let message = "`datetime` cannot be given together with `date` or `time`";
            return Err(invalid(message));
        }
        Ok(Some(fields))
    }

    fn set(&mut self, name: &str, value: &Value, shape: Shape) -> Result<(), Fault> {
        match name {
            "date" if shape.has_date() => self.date = Some(select(name, value)?),
            "time" if shape.has_time() => self.time = Some(select(name, value)?),
            "datetime" => self.datetime = Some(select(name, value)?),
            "timezone" => self.zone = Some(zone(value)?),
            _ => {
                let found = NUMBERS.iter().position(|known| *known == name);
                let field = found.filter(|&field| shape.takes(field));
                let field = field.ok_or_else(|| unknown(name, shape))?;
                self.numbers[field] = Some(integer(name, value)?);
            }
        }
        Ok(())
    }

    pub(crate) fn get(&self, field: Field) -> Option<i64> {
        self.numbers[field as usize]
    }

    /// True if nothing is given, except perhaps a time zone.
    pub(crate) fn is_empty(&self) -> bool {
        let selected = self.date.is_some() || self.time.is_some() || self.datetime.is_some();
        !selected && self.numbers.iter().all(Option::is_none)
    }

    /// The parts of the instants that supply components. The zone is that of the selected time.
    pub(crate) fn base(&self) -> Parts {
        let date = self.datetime.as_ref().or(self.date.as_ref());
        let time = self.datetime.as_ref().or(self.time.as_ref());
        Parts {
            date: date.and_then(|parts| parts.date),
            ..time.cloned().unwrap_or_default()
        }
    }

    /// The date, with missing components taken from `base`; `None` if neither is given.
    pub(crate) fn date(&self, base: Option<Date>) -> Result<Option<Date>, Fault> {
        let given = |(greater, lesser): &(Field, Option<Field>)| {
            self.get(*greater).is_some() || lesser.is_some_and(|field| self.get(field).is_some())
        };
        let mut ways = DAYS.iter().filter(|way| given(way));
        let way = ways.next();
        if let (Some(one), Some(other)) = (way, ways.next()) {
            let (one, other) = (self.shown(one).name(), self.shown(other).name());
            return Err(invalid(format!(
                "`{one}` and `{other}` cannot be given together"
            )));
        }
        let Some(way) = way else {
            return match self.get(Field::Year) {
                Some(_) => self.calendar_date(base).map(Some),
                None => Ok(base),
            };
        };
        let (greater, lesser) = way;
        if base.is_none() {
            self.need(Field::Year, self.shown(way))?;
            if let Some(lesser) = lesser.filter(|field| self.get(*field).is_some()) {
                self.need(*greater, lesser)?;
            }
        }
        match greater {
            Field::Week => self.week_date(base),
            Field::Quarter => self.quarter_date(base),
            Field::OrdinalDay => self.ordinal_date(base),
            _ => self.calendar_date(base),
        }
        .map(Some)
    }

    /// Without an instant that supplies a date, a time requires a date down to the day.
    pub(crate) fn check_complete(&self) -> Result<(), Fault> {
        let lesser = |way: &(Field, Option<Field>)| way.1.unwrap_or(way.0);
        let timed = self.time.is_some() || self.get(Field::Hour).is_some();
        let dated = self.date.is_some() || self.datetime.is_some();
        if !timed || dated || DAYS.iter().any(|way| self.get(lesser(way)).is_some()) {
            return Ok(());
        }
        let way = DAYS.iter().find(|way| self.get(way.0).is_some());
        let missing = lesser(way.unwrap_or(&DAYS[0])).name();
        Err(invalid(format!(
            "expected the component `{missing}` together with a time, found none"
        )))
    }

    fn calendar_date(&self, base: Option<Date>) -> Result<Date, Fault> {
        let base = base.map(Date::civil);
        Date::new(
            self.or(Field::Year, base.map(|date| date.year)),
            self.or(Field::Month, base.map(|date| date.month)),
            self.or(Field::Day, base.map(|date| date.day)),
        )
    }

    fn week_date(&self, base: Option<Date>) -> Result<Date, Fault> {
        let base = base.map(Date::week);
        Date::from_week(Week {
            year: self.or(Field::Year, base.map(|date| date.year)),
            week: self.or(Field::Week, base.map(|date| date.week)),
            day: self.or(Field::DayOfWeek, base.map(|date| date.day)),
        })
    }

    fn quarter_date(&self, base: Option<Date>) -> Result<Date, Fault> {
        let base = base.map(Date::quarter);
        Date::from_quarter(Quarter {
            year: self.or(Field::Year, base.map(|date| date.year)),
            quarter: self.or(Field::Quarter, base.map(|date| date.quarter)),
            day: self.or(Field::DayOfQuarter, base.map(|date| date.day)),
        })
    }

    fn ordinal_date(&self, base: Option<Date>) -> Result<Date, Fault> {
        let year = self.or(Field::Year, base.map(|date| date.civil().year));
        Date::from_ordinal(year, self.or(Field::OrdinalDay, None))
    }

    /// The time, with missing components taken from `base`; `None` if neither is given.
    ///
    /// `kept` is the resolution of `base` in nanoseconds. A given fraction of a second must be smaller; it is added to
    /// the multiples of `kept` in `base`. `kept` is [`SECOND`], unless `base` was truncated to a smaller unit.
    pub(crate) fn time(
        &self,
        base: Option<LocalTime>,
        kept: i64,
    ) -> Result<Option<LocalTime>, Fault> {
        let fraction = self.fraction(base, kept)?;
        let parts = [Field::Hour, Field::Minute, Field::Second];
        if fraction.is_none() && parts.iter().all(|part| self.get(*part).is_none()) {
            return Ok(base);
        }
        if base.is_none() {
            self.need_greater_times()?;
        }
        let clock = base.map(LocalTime::clock);
        let part = |field, base: Option<i64>| self.get(field).or(base).unwrap_or(0);
        LocalTime::new(
            part(Field::Hour, clock.map(|clock| clock.hour)),
            part(Field::Minute, clock.map(|clock| clock.minute)),
            part(Field::Second, clock.map(|clock| clock.second)),
            fraction.or(clock.map(|clock| clock.nanos)).unwrap_or(0),
        )
        .map(Some)
    }

    fn need_greater_times(&self) -> Result<(), Fault> {
        let fractions = [Field::Millisecond, Field::Microsecond, Field::Nanosecond];
        let fraction = fractions
            .into_iter()
            .find(|field| self.get(*field).is_some());
        let mut lesser = fraction;
        for field in [Field::Second, Field::Minute, Field::Hour] {
            if let Some(lesser) = lesser {
                self.need(field, lesser)?;
            }
            lesser = self.get(field).map(|_| field).or(lesser);
        }
        Ok(())
    }

    /// Nanoseconds of the second; `None` if no fraction is given. If several are given, each must be less than one unit
    /// of the next larger one.
    fn fraction(&self, base: Option<LocalTime>, kept: i64) -> Result<Option<i64>, Fault> {
        let base = base.map_or(0, |time| time.clock().nanos);
        let mut nanos = base - base % kept;
        if kept == SECOND {
            nanos = 0;
        }
        let (mut below, mut any) = (kept, false);
        let units = [
            (Field::Millisecond, 1_000_000),
            (Field::Microsecond, 1_000),
            (Field::Nanosecond, 1),
        ];
        for (field, unit) in units {
            if let Some(given) = self.get(field) {
                within(field.name(), given, 0..=(below / unit - 1).max(0))?;
                nanos += given * unit;
                (below, any) = (unit, true);
            }
        }
        Ok(any.then_some(nanos))
    }

    /// The given component, else that of `base`, else 1.
    fn or(&self, field: Field, base: Option<i64>) -> i64 {
        self.get(field).or(base).unwrap_or(1)
    }

    fn need(&self, field: Field, lesser: Field) -> Result<(), Fault> {
        if self.get(field).is_some() {
            return Ok(());
        }
        let (field, lesser) = (field.name(), lesser.name());
        Err(invalid(format!(
            "expected the component `{field}` together with `{lesser}`, found none"
        )))
    }

    /// The component that the map gives for this way of writing a day.
    fn shown(&self, way: &(Field, Option<Field>)) -> Field {
        let greater = self.get(way.0).map(|_| way.0);
        greater.or(way.1).unwrap_or(way.0)
    }
}

impl Field {
    fn name(self) -> &'static str {
        NUMBERS[self as usize]
    }
}

impl Shape {
    /// True if a map for this type may have the integer component with this index.
    fn takes(self, field: usize) -> bool {
        if field < Field::Hour as usize {
            self.has_date()
        } else if field < Field::EpochSeconds as usize {
            self.has_time()
        } else {
            self == Self::DateTime
        }
    }
}

fn unknown(name: &str, shape: Shape) -> Fault {
    let numbers = (0..NUMBERS.len()).filter(|field| shape.takes(*field));
    let known = numbers.map(|field| NUMBERS[field]).chain(SELECTORS);
    let fault = invalid(format!("a {} has no component `{name}`", Kind::from(shape)));
    match did_you_mean(name, known) {
        Some(help) => fault.help(help),
        None => fault,
    }
}

/// The parts of the instant that supplies the components of `name`.
fn select(name: &str, value: &Value) -> Result<Parts, Fault> {
    let fits = |parts: &Parts| match name {
        "date" => parts.date.is_some(),
        "time" => parts.time.is_some(),
        _ => parts.date.is_some() && parts.time.is_some(),
    };
    Parts::of(value).filter(fits).ok_or_else(|| {
        let kind = value.kind();
        mistyped(format!(
            "expected a temporal value with a {name} for `{name}`, found {kind}"
        ))
    })
}

/// The zone that a string names.
pub(crate) fn zone(value: &Value) -> Result<Zone, Fault> {
    match value {
        Value::String(name) => name.parse(),
        other => {
            let kind = other.kind();
            Err(mistyped(format!(
                "expected a STRING for `timezone`, found {kind}"
            )))
        }
    }
}

fn integer(name: &str, value: &Value) -> Result<i64, Fault> {
    match value {
        Value::Integer(number) => Ok(*number),
        other => {
            let kind = other.kind();
            Err(mistyped(format!(
                "expected an INTEGER for `{name}`, found {kind}"
            )))
        }
    }
}
