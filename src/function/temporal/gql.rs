//! Temporal functions of ISO GQL (20.27, 20.28) and of Cypher 25: other spellings of constructors and clocks, and `format`.

use crate::{
    base::Fault,
    function::{
        Context, Example, Function, Parameter, Purity,
        argument::text,
        temporal::instant::{at, construct},
    },
    value::{
        Kind, Type, Value,
        temporal::{self, Shape},
    },
};

type Answer = Result<Value, Fault>;

const INSTANT: Type = Type::of(Kind::Date)
    .or(Type::of(Kind::LocalTime))
    .or(Type::of(Kind::Time))
    .or(Type::of(Kind::LocalDateTime))
    .or(Type::of(Kind::DateTime));

const VALUE: Parameter = Parameter::new("value", Type::STRING.or(Type::MAP).or(INSTANT));

/// A constructor under the name of GQL.
macro_rules! made {
    ($name:literal, $shape:ident, $doc:literal, $example:literal = $result:literal) => {
        Function::new(
            $name,
            &[VALUE],
            Type::of(Kind::$shape),
            $doc,
            Example::new($example, $result),
            |arguments, context| construct(Shape::$shape, arguments, context),
        )
        .optional(1)
        .depends_on(Purity::Statement)
    };
}

/// A clock of GQL, whose name needs no parentheses.
macro_rules! clock {
    ($name:literal, $shape:ident, $doc:literal, $example:literal) => {
        Function::new(
            $name,
            &[],
            Type::of(Kind::$shape),
            $doc,
            Example::new($example, "true"),
            |arguments, context| at(Shape::$shape, arguments, context),
        )
        .depends_on(Purity::Statement)
    };
}

/// The functions of this area.
pub(in crate::function) const ROWS: &[Function] = &[
    made!(
        "local_datetime",
        LocalDateTime,
        "The same as `localdatetime`.",
        "local_datetime('2015-07-21T21:40') = localdatetime('2015-07-21T21:40')" = "true"
    ),
    made!(
        "local_time",
        LocalTime,
        "The same as `localtime`; without an argument the parentheses may be left out.",
        "local_time('21:40') = localtime('21:40')" = "true"
    ),
    made!(
        "zoned_datetime",
        DateTime,
        "The same as `datetime`.",
        "zoned_datetime('2015-07-21T21:40Z') = datetime('2015-07-21T21:40Z')" = "true"
    ),
    made!(
        "zoned_time",
        Time,
        "The same as `time`.",
        "zoned_time('21:40Z') = time('21:40Z')" = "true"
    ),
    clock!(
        "current_date",
        Date,
        "The date at the start of the statement; the parentheses may be left out.",
        "current_date = date()"
    ),
    clock!(
        "current_time",
        Time,
        "The time at the start of the statement, in the time zone of the session; the parentheses may be left out.",
        "current_time = time()"
    ),
    clock!(
        "current_timestamp",
        DateTime,
        "The date and time at the start of the statement, in the time zone of the session; the parentheses may be left out.",
        "current_timestamp = datetime()"
    ),
    clock!(
        "local_timestamp",
        LocalDateTime,
        "The date and time at the start of the statement, without a zone; the parentheses may be left out.",
        "local_timestamp = localdatetime()"
    ),
    Function::new(
        "duration_between",
        &[
            Parameter::new("from", INSTANT),
            Parameter::new("to", INSTANT),
        ],
        Type::of(Kind::Duration),
        "The same as `duration.between`.",
        Example::new(
            "duration_between(date('2015-07-21'), date('2015-07-24')) = duration('P3D')",
            "true",
        ),
        |arguments, _| temporal::between(&arguments[0], &arguments[1]),
    ),
    Function::new(
        "format",
        &[
            Parameter::new("value", INSTANT),
            Parameter::new("pattern", Type::STRING),
        ],
        Type::STRING,
        "An instant as text. Letters of the pattern stand for its parts: `y` or `u` year, `M` or `L` month, `d` day, `D` day of the \
         year, `E` weekday, `e` its number, `Q` or `q` quarter, `w` week, `Y` its year, `a` AM or PM, `H` or `k` hour, `h` or `K` hour \
         of half a day, `m` minute, `s` second, `S` its fraction, `n` nanosecond, `V` or `z` zone, `X`, `x`, `Z` or `O` offset. More \
         letters are more digits; three, four or five letters of a month, a weekday or a quarter are its name. Text between quotes stays.",
        Example::new(
            "format(date('2015-07-21'), 'EEEE, d MMMM yyyy')",
            "'Tuesday, 21 July 2015'",
        ),
        format,
    ),
];

fn format(arguments: &[Value], _: &Context<'_>) -> Answer {
    let pattern = text("format", &arguments[1])?;
    Ok(temporal::format(&arguments[0], pattern)?.into())
}
