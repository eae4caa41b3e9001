//! Times of day and offsets: `21:40:32.142`, `214032.142`, `21:40`, `21`, `Z`, `+01:00`, `+0100`, `+01`.

use crate::value::temporal::{
    LocalTime,
    civil::within,
    display::Offset,
    invalid,
    parse::cursor::{Cursor, Parsed},
    zone::MAX_OFFSET,
};

/// Reads a time of day.
pub(super) fn time(cursor: &mut Cursor<'_>) -> Parsed<LocalTime> {
    let [hour, minute, second] = sexagesimal(cursor)?;
    let nanos = match second {
        Some(_) if cursor.eat('.') || cursor.eat(',') => fraction(cursor)?,
        _ => 0,
    };
    let (hour, minute, second) = (hour.unwrap_or(0), minute.unwrap_or(0), second.unwrap_or(0));
    Ok(LocalTime::new(hour, minute, second, nanos)?)
}

/// Reads an offset in seconds; `None` if there is none.
pub(super) fn offset(cursor: &mut Cursor<'_>) -> Parsed<Option<i32>> {
    if cursor.eat('Z') {
        return Ok(Some(0));
    }
    let negative = cursor.eat('-');
    if !negative && !cursor.eat('+') {
        return Ok(None);
    }
    let [hour, minute, second] = sexagesimal(cursor)?.map(|part| part.unwrap_or(0));
    within("minute", minute, 0..=59)?;
    within("second", second, 0..=59)?;
    let seconds = i32::try_from(3_600 * hour + 60 * minute + second).map_err(|_| None)?;
    let seconds = if negative { -seconds } else { seconds };
    if seconds.abs() > MAX_OFFSET {
        let (low, high, given) = (Offset(-MAX_OFFSET), Offset(MAX_OFFSET), Offset(seconds));
        let message = format!("expected an offset from {low} to {high}, found {given}");
        return Err(Some(invalid(message)));
    }
    Ok(Some(seconds))
}

/// Reads two digits each for hour, minute and second, with or without colons; the later parts are optional.
fn sexagesimal(cursor: &mut Cursor<'_>) -> Parsed<[Option<i64>; 3]> {
    let hour = cursor.number(2)?;
    let mut parts = [Some(hour), None, None];
    let colons = cursor.peek() == Some(':');
    for part in &mut parts[1..] {
        let more = if colons {
            cursor.eat(':')
        } else {
            cursor.digits_ahead() > 0
        };
        if !more {
            break;
        }
        *part = Some(cursor.number(2)?);
    }
    Ok(parts)
}

/// Reads up to nine digits after the decimal point, as nanoseconds.
fn fraction(cursor: &mut Cursor<'_>) -> Parsed<i64> {
    let digits = cursor.digits();
    if digits.is_empty() || digits.len() > 9 {
        return Err(None);
    }
    format!("{digits:0<9}").parse().map_err(|_| None)
}
