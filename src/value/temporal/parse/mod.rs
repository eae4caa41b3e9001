//! Parses temporal values from ISO 8601: the basic and extended forms of calendar, week, quarter and ordinal dates,
//! times, offsets, named zones in brackets, and durations.
//!
//! Omitted parts at the end have their lowest values. A text of the right form with an impossible number has another
//! fault than a text of another form.

mod cursor;
mod date;
mod duration;
mod time;

use std::str::FromStr;

use crate::{
    base::Fault,
    value::temporal::{
        Date, DateTime, Duration, LocalDateTime, LocalTime, Time, Zone,
        clock::MIDNIGHT,
        display::Offset,
        invalid,
        parse::cursor::{Cursor, Parsed},
    },
};

/// Parses the whole text. The fault of a text of another form shows `example`.
fn whole<T>(
    text: &str,
    what: &str,
    example: &str,
    read: impl FnOnce(&mut Cursor<'_>) -> Parsed<T>,
) -> Result<T, Fault> {
    let mut cursor = Cursor::new(text);
    let result = read(&mut cursor).and_then(|value| cursor.end().map(|()| value));
    result.map_err(|fault| {
        fault.unwrap_or_else(|| {
            invalid(format!("`{text}` is not {what}")).help(format!("write it like `{example}`"))
        })
    })
}

impl FromStr for Date {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        whole(text, "a date", "2015-07-21", date::date)
    }
}

impl FromStr for LocalTime {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        whole(text, "a local time", "21:40:32.142", |cursor| {
            cursor.eat('T');
            time::time(cursor)
        })
    }
}

impl FromStr for Time {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        whole(text, "a time", "21:40:32.142+01:00", |cursor| {
            cursor.eat('T');
            let local = time::time(cursor)?;
            let offset = time::offset(cursor)?.unwrap_or(0);
            Ok(Self { local, offset })
        })
    }
}

impl FromStr for LocalDateTime {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        whole(text, "a local date and time", "2015-07-21T21:40:32", local)
    }
}

impl FromStr for DateTime {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        whole(
            text,
            "a date and time",
            "2015-07-21T21:40:32+01:00",
            |cursor| {
                let local = local(cursor)?;
                let offset = time::offset(cursor)?;
                let Some(name) = cursor.bracketed()? else {
                    return Ok(Zone::Fixed(offset.unwrap_or(0)).resolve(local, None)?);
                };
                let zone = Zone::named(name)?;
                let resolved = zone.resolve(local, offset)?;
                match offset {
                    Some(given) if given != resolved.offset || local != resolved.local => {
                        let given = Offset(given);
                        let message = format!(
                            "the time zone `{name}` has no local time {local} with the offset {given}"
                        );
                        Err(Some(invalid(message)))
                    }
                    _ => Ok(resolved),
                }
            },
        )
    }
}

impl FromStr for Duration {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        whole(text, "a duration", "P1Y2M3DT4H5M6.7S", duration::duration)
    }
}

impl FromStr for Zone {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        if text.starts_with(['+', '-']) || text == "Z" {
            let offset = whole(text, "an offset", "+01:00", |cursor| {
                time::offset(cursor)?.ok_or(None)
            })?;
            return Ok(Self::Fixed(offset));
        }
        Self::named(text)
    }
}

/// Reads a date, and a time after `T`; without `T`, the time is midnight.
fn local(cursor: &mut Cursor<'_>) -> Parsed<LocalDateTime> {
    let date = date::date(cursor)?;
    let time = if cursor.eat('T') {
        time::time(cursor)?
    } else {
        MIDNIGHT
    };
    Ok(LocalDateTime { date, time })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T>(text: &str, expected: &str)
    where
        T: FromStr<Err = Fault> + ToString,
    {
        let shown = text.parse::<T>().map(|value| value.to_string());
        let shown = shown.unwrap_or_else(|fault| fault.to_string());
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn dates_have_basic_and_extended_forms() {
        check::<Date>("2024-02-29", "2024-02-29");
        check::<Date>("20240229", "2024-02-29");
        check::<Date>("2024-02", "2024-02-01");
        check::<Date>("202402", "2024-02-01");
        check::<Date>("2024", "2024-01-01");
        check::<Date>("2024-W09-4", "2024-02-29");
        check::<Date>("2024W094", "2024-02-29");
        check::<Date>("2024-W09", "2024-02-26");
        check::<Date>("2024W09", "2024-02-26");
        check::<Date>("2024-060", "2024-02-29");
        check::<Date>("2024060", "2024-02-29");
        check::<Date>("2024-Q1-60", "2024-02-29");
        check::<Date>("2024Q160", "2024-02-29");
        check::<Date>("2024-Q2", "2024-04-01");
        check::<Date>("-0044-03-15", "-0044-03-15");
        check::<Date>("+12024-W09-4", "+12024-02-29");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "24-02-29",
            "2024-2-9",
            "2024-0229",
            "202402-29",
            "2024-02-29Z",
            "x",
            "2024-W9",
        ] {
            check::<Date>(text, &format!("`{text}` is not a date"));
        }
        check::<Date>("2024-13-01", "expected `month` from 1 to 12, found 13");
        check::<Date>("2023-02-29", "the month 2023-02 has no day 29");
        check::<Date>(
            "+1000000000-01-01",
            "expected `year` from -999999999 to 999999999, found 1000000000",
        );
    }

    #[test]
    fn times_have_basic_and_extended_forms() {
        check::<LocalTime>("21:40:32.142", "21:40:32.142");
        check::<LocalTime>("T214032,5", "21:40:32.5");
        check::<LocalTime>("2140", "21:40");
        check::<LocalTime>("21", "21:00");
        check::<LocalTime>("21:40:32.000000001", "21:40:32.000000001");
        check::<LocalTime>("21:4032", "`21:4032` is not a local time");
        check::<LocalTime>("21:40:32.", "`21:40:32.` is not a local time");
        check::<LocalTime>("24:00", "expected `hour` from 0 to 23, found 24");
    }

    #[test]
    fn offsets_reach_to_eighteen_hours_and_to_the_second() {
        check::<Time>("12:00", "12:00Z");
        check::<Time>("12-00:00", "12:00Z");
        check::<Time>("12:00+0130", "12:00+01:30");
        check::<Time>("12:00-02:05:07", "12:00-02:05:07");
        check::<Time>("12:00+18", "12:00+18:00");
        check::<Time>(
            "12:00+18:01",
            "expected an offset from -18:00 to +18:00, found +18:01",
        );
        check::<Time>("12:00[Europe/Paris]", "`12:00[Europe/Paris]` is not a time");
    }

    #[test]
    fn dates_and_times_have_zones() {
        check::<LocalDateTime>("2024-W09-4T2140", "2024-02-29T21:40");
        check::<LocalDateTime>("2024", "2024-01-01T00:00");
        check::<DateTime>("2024T21", "2024-01-01T21:00Z");
        check::<DateTime>("2024060T21:40-0130", "2024-02-29T21:40-01:30");
        check::<DateTime>(
            "2024-07-01T12:00[Europe/London]",
            "2024-07-01T12:00+01:00[Europe/London]",
        );
        check::<DateTime>(
            "2024-10-27T02:30+01:00[europe/berlin]",
            "2024-10-27T02:30+01:00[Europe/Berlin]",
        );
        check::<DateTime>(
            "2024-07-01T12:00Z[Europe/London]",
            "the time zone `Europe/London` has no local time 2024-07-01T12:00 with the offset Z",
        );
    }

    #[test]
    fn durations_have_units_or_the_form_of_a_date() {
        check::<Duration>("P1Y2M3W4DT5H6M7.5S", "P1Y2M25DT5H6M7.5S");
        check::<Duration>("P0.1D", "PT2H24M");
        check::<Duration>("P-1M+2D", "P-1M2D");
        check::<Duration>("-P1M2DT-3S", "P-1M-2DT3S");
        check::<Duration>("PT36H", "PT36H");
        check::<Duration>("P2012-02-02T14:37:21.545", "P2012Y2M2DT14H37M21.545S");
        check::<Duration>("P20120202T143721", "P2012Y2M2DT14H37M21S");
        for text in [
            "P", "PT", "P1YT", "1D", "P1D2Y", "P1H", "P1", "PT1D", "P1.D", "P1MT1M1M",
        ] {
            check::<Duration>(text, &format!("`{text}` is not a duration"));
        }
        check::<Duration>(
            "P9223372036854775808D",
            "a component of the duration exceeds 64 bits",
        );
    }
}
