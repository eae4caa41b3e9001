//! Dates: `2015-07-21`, `2015-W30-2`, `2015-Q3-21`, `2015-202`, also without dashes or without the last parts.

use crate::value::temporal::{
    Date,
    civil::{Quarter, Week},
    parse::cursor::{Cursor, Parsed},
};

/// Reads a date; other text may follow.
pub(super) fn date(cursor: &mut Cursor<'_>) -> Parsed<Date> {
    let year = year(cursor)?;
    let dashed = cursor.eat('-');
    match cursor.peek() {
        Some('W') => week(cursor, year, dashed),
        Some('Q') => quarter(cursor, year, dashed),
        _ => match (cursor.digits_ahead(), dashed) {
            (0, false) => Ok(Date::new(year, 1, 1)?),
            (2, _) => {
                let month = cursor.number(2)?;
                let day = if dashed && cursor.eat('-') {
                    cursor.number(2)?
                } else {
                    1
                };
                Ok(Date::new(year, month, day)?)
            }
            (3, _) => Ok(Date::from_ordinal(year, cursor.number(3)?)?),
            (4, false) => Ok(Date::new(year, cursor.number(2)?, cursor.number(2)?)?),
            _ => Err(None),
        },
    }
}

/// Reads four digits, or a sign and at least four digits.
fn year(cursor: &mut Cursor<'_>) -> Parsed<i64> {
    let negative = cursor.eat('-');
    if !negative && !cursor.eat('+') {
        return cursor.number(4);
    }
    let digits = cursor.digits();
    if digits.len() < 4 {
        return Err(None);
    }
    // A year that exceeds 64 bits is out of range in any case.
    let year: i64 = digits.parse().unwrap_or(i64::MAX);
    Ok(if negative { -year } else { year })
}

fn week(cursor: &mut Cursor<'_>, year: i64, dashed: bool) -> Parsed<Date> {
    cursor.eat('W');
    let week = cursor.number(2)?;
    let day = if follows(cursor, dashed) {
        cursor.number(1)?
    } else {
        1
    };
    Ok(Date::from_week(Week { year, week, day })?)
}

fn quarter(cursor: &mut Cursor<'_>, year: i64, dashed: bool) -> Parsed<Date> {
    cursor.eat('Q');
    let quarter = cursor.number(1)?;
    let day = if follows(cursor, dashed) {
        cursor.number(2)?
    } else {
        1
    };
    Ok(Date::from_quarter(Quarter { year, quarter, day })?)
}

/// True if another part follows. In the form with dashes, skips the dash before it.
fn follows(cursor: &mut Cursor<'_>, dashed: bool) -> bool {
    if dashed {
        cursor.eat('-')
    } else {
        cursor.digits_ahead() > 0
    }
}
