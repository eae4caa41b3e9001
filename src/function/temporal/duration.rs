//! `duration`, and the durations between two instants.

use crate::{
    function::{Example, Function, Parameter},
    value::{Kind, Type, temporal},
};

const INSTANT: Type = Type::of(Kind::Date)
    .or(Type::of(Kind::LocalTime))
    .or(Type::of(Kind::Time))
    .or(Type::of(Kind::LocalDateTime))
    .or(Type::of(Kind::DateTime));

const DURATION: Type = Type::of(Kind::Duration);

const PAIR: &[Parameter] = &[
    Parameter::new("from", INSTANT),
    Parameter::new("to", INSTANT),
];

/// The functions of this area.
pub(in crate::function) const ROWS: &[Function] = &[
    Function::new(
        "duration",
        &[Parameter::new(
            "value",
            Type::STRING.or(Type::MAP).or(DURATION),
        )],
        DURATION,
        "The duration that a string represents, or the sum of the components of a map: `years`, `quarters`, `months`, \
         `weeks`, `days`, `hours`, `minutes`, `seconds`, `milliseconds`, `microseconds` and `nanoseconds`, which may \
         have fractions.",
        Example::new(
            "toString(duration({days: 1.5, minutes: 90}))",
            "'P1DT13H30M'",
        ),
        |arguments, _| temporal::duration(&arguments[0]),
    ),
    Function::new(
        "duration.between",
        PAIR,
        DURATION,
        "The whole months from one instant to another, then the whole days, then the seconds.",
        Example::new(
            "toString(duration.between(date('2015-07-21'), localdatetime('2016-08-20T12:00')))",
            "'P1Y30DT12H'",
        ),
        |arguments, _| temporal::between(&arguments[0], &arguments[1]),
    ),
    Function::new(
        "duration.inMonths",
        PAIR,
        DURATION,
        "The whole months from one instant to another.",
        Example::new(
            "toString(duration.inMonths(date('2015-07-21'), date('2016-08-20')))",
            "'P1Y'",
        ),
        |arguments, _| temporal::in_months(&arguments[0], &arguments[1]),
    ),
    Function::new(
        "duration.inDays",
        PAIR,
        DURATION,
        "The whole days from one instant to another.",
        Example::new(
            "duration.inDays(date('2015-07-21'), date('2016-08-20')).days",
            "396",
        ),
        |arguments, _| temporal::in_days(&arguments[0], &arguments[1]),
    ),
    Function::new(
        "duration.inSeconds",
        PAIR,
        DURATION,
        "The seconds from one instant to another, with their fraction.",
        Example::new(
            "toString(duration.inSeconds(localtime('21:40'), localtime('09:30:00.5')))",
            "'PT-12H-9M-59.5S'",
        ),
        |arguments, _| temporal::in_seconds(&arguments[0], &arguments[1]),
    ),
];
