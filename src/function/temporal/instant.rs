//! `date`, `localtime`, `time`, `localdatetime` and `datetime`, each with clock functions and truncation, and datetimes
//! from the epoch.

use crate::{
    base::Fault,
    function::{
        Context, Example, Function, Parameter, Purity,
        argument::{integer, text, unsuited},
    },
    value::{
        Kind, Type, Value,
        temporal::{self, Shape},
    },
};

type Answer = Result<Value, Fault>;

/// Instants with a date.
const DATED: Type = Type::of(Kind::Date)
    .or(Type::of(Kind::LocalDateTime))
    .or(Type::of(Kind::DateTime));

/// Instants with a time of day.
const TIMED: Type = Type::of(Kind::LocalTime)
    .or(Type::of(Kind::Time))
    .or(Type::of(Kind::LocalDateTime))
    .or(Type::of(Kind::DateTime));

/// The functions of one type of instant: its name, its source types, and examples of construction and truncation.
macro_rules! family {
    ($rows:ident: $name:literal $shape:ident from $source:ident, $doc:literal, $made:expr, $cut:expr) => {
        pub(in crate::function) const $rows: &[Function] = &[
            Function::new(
                $name,
                &[Parameter::new("value", Type::STRING.or(Type::MAP).or($source))],
                Type::of(Kind::$shape),
                $doc,
                $made,
                |arguments, context| construct(Shape::$shape, arguments, context),
            )
            .optional(1)
            .depends_on(Purity::Statement),
            Function::new(
                concat!($name, ".transaction"),
                &[ZONE],
                Type::of(Kind::$shape),
                "The current instant at the start of the transaction, in the time zone of the session or another one; the same in the whole statement.",
                Example::new(
                    concat!($name, ".transaction() = ", $name, "()"),
                    "true",
                ),
                |arguments, context| at(Shape::$shape, arguments, context),
            )
            .optional(1)
            .depends_on(Purity::Statement),
            Function::new(
                concat!($name, ".statement"),
                &[ZONE],
                Type::of(Kind::$shape),
                "The current instant at the start of the statement, in the time zone of the session or another one.",
                Example::new(
                    concat!($name, ".statement('Z') = ", $name, "()"),
                    "true",
                ),
                |arguments, context| at(Shape::$shape, arguments, context),
            )
            .optional(1)
            .depends_on(Purity::Statement),
            Function::new(
                concat!($name, ".realtime"),
                &[ZONE],
                Type::of(Kind::$shape),
                "The current instant at the time of the call, in the time zone of the session or another one.",
                Example::new(
                    concat!($name, ".realtime('Europe/Paris') IS NULL"),
                    "false",
                ),
                |arguments, context| live(Shape::$shape, arguments, context),
            )
            .optional(1)
            .depends_on(Purity::Volatile),
            Function::new(
                concat!($name, ".truncate"),
                &[
                    Parameter::new("unit", Type::STRING),
                    Parameter::new("value", DATED.or(TIMED)),
                    Parameter::new("components", Type::MAP),
                ],
                Type::of(Kind::$shape),
                "The value truncated to the start of a unit: `millennium`, `century`, `decade`, `year`, `weekYear`, \
                 `quarter`, `month`, `week`, `day`, `hour`, `minute`, `second`, `millisecond` or `microsecond`. \
                 The components of the map are set after truncation.",
                $cut,
                |arguments, context| truncate(Shape::$shape, arguments, context),
            )
            .optional(1)
            .depends_on(Purity::Statement),
        ];
    };
}

const ZONE: Parameter = Parameter::new("timezone", Type::STRING.or(Type::MAP));

family!(DATE: "date" Date from DATED,
    "The date that a string or a map represents, or the date of another instant; without an argument, the current date.",
    Example::new("toString(date({year: 2015, week: 30, dayOfWeek: 2}))", "'2015-07-21'"),
    Example::new("toString(date.truncate('week', date('2015-07-24'), {dayOfWeek: 2}))", "'2015-07-21'"));

family!(LOCAL_TIME: "localtime" LocalTime from TIMED,
    "The local time that a string or a map represents, or the time of another instant; without an argument, the current time.",
    Example::new("toString(localtime('214032.142'))", "'21:40:32.142'"),
    Example::new("toString(localtime.truncate('minute', localtime('21:40:32')))", "'21:40'"));

family!(TIME: "time" Time from TIMED,
    "The time with an offset that a string or a map represents, or the time of another instant; without an argument, the current time.",
    Example::new("toString(time({time: time('21:40+02:00'), timezone: 'Z'}))", "'19:40Z'"),
    Example::new("toString(time.truncate('hour', localtime('21:40'), {timezone: '+02:00'}))", "'21:00+02:00'"));

family!(LOCAL_DATETIME: "localdatetime" LocalDateTime from DATED,
    "The local date and time that a string or a map represents, or that of another instant; without an argument, the current one.",
    Example::new("toString(localdatetime({date: date('2015-07-21'), hour: 21}))", "'2015-07-21T21:00'"),
    Example::new("toString(localdatetime.truncate('quarter', date('2015-08-21')))", "'2015-07-01T00:00'"));

family!(DATETIME: "datetime" DateTime from DATED,
"The date and time with a zone that a string or a map represents, or that of another instant; without an argument, the current one.",
Example::new(
    "toString(datetime('2015-07-21T21:40[Europe/London]'))",
    "'2015-07-21T21:40+01:00[Europe/London]'"
),
Example::new(
    "toString(datetime.truncate('day', datetime('2015-07-21T21:40+02:00'), {hour: 9}))",
    "'2015-07-21T09:00+02:00'"
));

/// Datetimes from seconds or milliseconds since 1970.
pub(in crate::function) const EPOCH: &[Function] = &[
    Function::new(
        "datetime.fromepoch",
        &[
            Parameter::new("seconds", Type::INTEGER),
            Parameter::new("nanoseconds", Type::INTEGER),
        ],
        Type::of(Kind::DateTime),
        "The datetime in UTC that is `seconds` and `nanoseconds` after 1970-01-01T00:00Z.",
        Example::new(
            "toString(datetime.fromepoch(1437514832, 142000000))",
            "'2015-07-21T21:40:32.142Z'",
        ),
        |arguments, _| {
            let name = "datetime.fromepoch";
            let nanos = arguments
                .get(1)
                .map_or(Ok(0), |nanos| integer(name, nanos))?;
            temporal::from_epoch(integer(name, &arguments[0])?, nanos)
        },
    )
    .optional(1),
    Function::new(
        "datetime.fromepochmillis",
        &[Parameter::new("milliseconds", Type::INTEGER)],
        Type::of(Kind::DateTime),
        "The datetime in UTC that is `milliseconds` after 1970-01-01T00:00Z.",
        Example::new(
            "toString(datetime.fromepochmillis(1437514832142))",
            "'2015-07-21T21:40:32.142Z'",
        ),
        |arguments, _| {
            temporal::from_epoch_millis(integer("datetime.fromepochmillis", &arguments[0])?)
        },
    ),
];

pub(super) fn construct(shape: Shape, arguments: &[Value], context: &Context<'_>) -> Answer {
    match arguments.first() {
        Some(argument) => temporal::construct(shape, argument, context.statement_time),
        None => at(shape, arguments, context),
    }
}

/// The start of the statement in a zone, or in that of the session.
pub(super) fn at(shape: Shape, arguments: &[Value], context: &Context<'_>) -> Answer {
    let zone = context.state.zone();
    temporal::current(shape, arguments.first(), zone, context.statement_time)
}

/// The time of the call.
fn live(shape: Shape, arguments: &[Value], context: &Context<'_>) -> Answer {
    let zone = context.state.zone();
    temporal::current(shape, arguments.first(), zone, (context.clock)())
}

fn truncate(shape: Shape, arguments: &[Value], context: &Context<'_>) -> Answer {
    let unit = text("truncate", &arguments[0])?;
    let components = match arguments.get(2) {
        None => None,
        Some(Value::Map(map)) => Some(&***map),
        Some(other) => return Err(unsuited("truncate", "a MAP", other)),
    };
    temporal::truncate(
        shape,
        unit,
        &arguments[1],
        components,
        context.statement_time,
    )
}
