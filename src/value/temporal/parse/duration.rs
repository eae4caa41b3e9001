//! Durations: `P1Y2M3W4DT5H6M7.8S`, in which each part is optional and may have a sign and a fraction, and
//! `P2012-02-02T14:37:21.545`, which has the parts of a date and a time.

use crate::value::temporal::{
    Duration,
    amount::{Sum, Unit, decimal, whole},
    civil::within,
    parse::{
        cursor::{Cursor, Parsed},
        time,
    },
};

const DATE_UNITS: [(char, Unit); 4] = [
    ('Y', Unit::Years),
    ('M', Unit::Months),
    ('W', Unit::Weeks),
    ('D', Unit::Days),
];

const TIME_UNITS: [(char, Unit); 3] = [
    ('H', Unit::Hours),
    ('M', Unit::Minutes),
    ('S', Unit::Seconds),
];

/// Reads a duration; a sign before the `P` applies to all parts.
pub(super) fn duration(cursor: &mut Cursor<'_>) -> Parsed<Duration> {
    let sign = sign(cursor);
    if !cursor.eat('P') {
        return Err(None);
    }
    let mut sum = Sum::default();
    if let Some(amounts) = cursor.attempt(like_a_date)? {
        for (unit, amount) in amounts {
            sum.add(unit, sign * amount)?;
        }
        return Ok(sum.finish()?);
    }
    let dates = amounts(cursor, &DATE_UNITS, sign, &mut sum)?;
    if !cursor.eat('T') {
        return if dates > 0 {
            Ok(sum.finish()?)
        } else {
            Err(None)
        };
    }
    if amounts(cursor, &TIME_UNITS, sign, &mut sum)? == 0 {
        return Err(None);
    }
    Ok(sum.finish()?)
}

fn sign(cursor: &mut Cursor<'_>) -> i128 {
    if cursor.eat('-') {
        return -1;
    }
    cursor.eat('+');
    1
}

/// Adds amounts with units, in the order of `units`; returns the number of amounts.
fn amounts(
    cursor: &mut Cursor<'_>,
    units: &[(char, Unit)],
    sign_of_all: i128,
    sum: &mut Sum,
) -> Parsed<usize> {
    let mut units = units.iter();
    let mut count = 0;
    while cursor.peek().is_some_and(|next| next != 'T') {
        let sign = sign_of_all * sign(cursor);
        let amount = number(cursor)?;
        let letter = cursor.next()?;
        let found = units.find(|(name, _)| *name == letter).ok_or(None)?;
        sum.add(found.1, sign * amount)?;
        count += 1;
    }
    Ok(count)
}

/// Reads digits, optionally followed by a point or a comma and more digits.
fn number(cursor: &mut Cursor<'_>) -> Parsed<i128> {
    let before = cursor.digits();
    let pointed = cursor.eat('.') || cursor.eat(',');
    let after = if pointed { cursor.digits() } else { "" };
    if before.is_empty() || pointed && after.is_empty() {
        return Err(None);
    }
    Ok(decimal(before, after)?)
}

/// Reads `2012-02-02T14:37:21.545` or `20120202T143721.545`; month and day may be zero, the time is optional.
fn like_a_date(cursor: &mut Cursor<'_>) -> Parsed<[(Unit, i128); 4]> {
    let year = cursor.number(4)?;
    let dashed = cursor.eat('-');
    let month = cursor.number(2)?;
    if dashed && !cursor.eat('-') {
        return Err(None);
    }
    let day = cursor.number(2)?;
    let nanos = if cursor.eat('T') {
        time::time(cursor)?.nanos
    } else {
        0
    };
    cursor.end()?;
    within("month", month, 0..=12)?;
    within("day", day, 0..=31)?;
    let nanos = i64::try_from(nanos).map_err(|_| None)?;
    Ok([
        (Unit::Years, whole(year)),
        (Unit::Months, whole(month)),
        (Unit::Days, whole(day)),
        (Unit::Nanoseconds, whole(nanos)),
    ])
}
