//! Conditions on dates, in the form in which an attribute stores them.

use super::make::{and, binary, call, compare, not, number, op, prop, text};
use crate::{
    question::{tree::Cmp, vocabulary::Dates},
    syntax::ast::{BinaryOp, CompareOp, Expr},
};

/// Compares dates with a date that may be less precise: `2025-10` contains every day of October, `--10` the October of
/// any year.
pub(in crate::question) fn compare_date(value: Expr, form: Dates, cmp: Cmp, date: &str) -> Expr {
    match (form, date.strip_prefix("--")) {
        (Dates::Year, _) if date.len() == DECADE => compare_decade(value, cmp, date),
        (Dates::YearText, _) if date.len() == DECADE => compare_text(value, cmp, date),
        (Dates::Year, _) => compare(value, op(cmp), years(date)),
        (Dates::Text, Some(month)) => {
            let written = call("toString", vec![value]);
            let own = call("substring", vec![written, number(5.0), number(2.0)]);
            compare(own, op(cmp), text(month))
        }
        (Dates::YearText, _) => compare(value, op(cmp), text(date)),
        (Dates::Text, None) => compare_text(value, cmp, date),
        (Dates::Day | Dates::Moment, Some(month)) => {
            compare(prop(value, "month"), op(cmp), years(month))
        }
        (Dates::Day, None) => compare_day(value, cmp, date),
        // The day of a time in its own time zone.
        (Dates::Moment, None) => compare_day(call("date", vec![value]), cmp, date),
    }
}

/// The number of digits that the years of a decade share.
const DECADE: usize = 3;

/// Years: a decade is the range from its first year to the last.
fn compare_decade(value: Expr, cmp: Cmp, date: &str) -> Expr {
    let (first, last) = (years(&format!("{date}0")), years(&format!("{date}9")));
    let from = |value| compare(value, CompareOp::GreaterOrEqual, first.clone());
    let to = |value| compare(value, CompareOp::LessOrEqual, last.clone());
    match cmp {
        Cmp::Equal => and(vec![from(value.clone()), to(value)]),
        Cmp::Less => compare(value, CompareOp::Less, first),
        Cmp::GreaterOrEqual => from(value),
        Cmp::LessOrEqual => to(value),
        Cmp::Greater => compare(value, CompareOp::Greater, last),
    }
}

/// The number in a text.
fn years(text: &str) -> Expr {
    number(text.parse().unwrap_or_default())
}

/// ISO texts: a date begins with each less precise date that contains it.
fn compare_text(value: Expr, cmp: Cmp, date: &str) -> Expr {
    let whole = date.len() == 10;
    let within = || binary(BinaryOp::StartsWith, value.clone(), text(date));
    let beside = |op| compare(value.clone(), op, text(date));
    match cmp {
        _ if whole => compare(value, op(cmp), text(date)),
        Cmp::Equal => within(),
        Cmp::Less => beside(CompareOp::Less),
        Cmp::GreaterOrEqual => beside(CompareOp::GreaterOrEqual),
        Cmp::LessOrEqual => binary(BinaryOp::Or, beside(CompareOp::Less), within()),
        Cmp::Greater => binary(BinaryOp::And, beside(CompareOp::Greater), not(within())),
    }
}

/// Values of the type `Date`: a year or a month is the range from its first day to the first day after it.
fn compare_day(value: Expr, cmp: Cmp, date: &str) -> Expr {
    let day = |date: &str| call("date", vec![text(date)]);
    if date.len() == 10 {
        return compare(value, op(cmp), day(date));
    }
    let (first, next) = bounds(date);
    let not_before = |value, date: &str| compare(value, CompareOp::GreaterOrEqual, day(date));
    let before = |value, date: &str| compare(value, CompareOp::Less, day(date));
    match cmp {
        Cmp::Equal => and(vec![
            not_before(value.clone(), &first),
            before(value, &next),
        ]),
        Cmp::Less => before(value, &first),
        Cmp::GreaterOrEqual => not_before(value, &first),
        Cmp::LessOrEqual => before(value, &next),
        Cmp::Greater => not_before(value, &next),
    }
}

/// The first day of a decade, a year or a month, and the first day after it.
fn bounds(date: &str) -> (String, String) {
    if date.len() == DECADE {
        let next = date.parse().unwrap_or(0_u32) + 1;
        return (format!("{date}0-01-01"), format!("{next}0-01-01"));
    }
    let mut parts = date.split('-').map(|part| part.parse().unwrap_or(1_u32));
    let year = parts.next().unwrap_or_default();
    let first = |year: u32, month: u32| format!("{year:04}-{month:02}-01");
    match parts.next() {
        None => (first(year, 1), first(year + 1, 1)),
        Some(12) => (first(year, 12), first(year + 1, 1)),
        Some(month) => (first(year, month), first(year, month + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::build::make::var;

    fn said(form: Dates, cmp: Cmp, date: &str) -> String {
        compare_date(prop(var("x"), "at"), form, cmp, date).to_string()
    }

    #[test]
    fn a_month_of_dates_is_a_range_of_days() {
        let day = |cmp, date| said(Dates::Day, cmp, date);
        assert_eq!(
            day(Cmp::Equal, "2024-12"),
            "x.at >= date('2024-12-01') AND x.at < date('2025-01-01')"
        );
        assert_eq!(day(Cmp::Less, "2021"), "x.at < date('2021-01-01')");
        assert_eq!(day(Cmp::LessOrEqual, "2021"), "x.at < date('2022-01-01')");
        assert_eq!(day(Cmp::Greater, "2024-03"), "x.at >= date('2024-04-01')");
        assert_eq!(day(Cmp::Equal, "2024-03-05"), "x.at = date('2024-03-05')");
        assert_eq!(day(Cmp::Equal, "--10"), "x.at.month = 10");
    }

    #[test]
    fn each_form_has_its_own_comparison() {
        assert_eq!(said(Dates::Year, Cmp::Less, "1960"), "x.at < 1960");
        assert_eq!(
            said(Dates::Year, Cmp::Equal, "196"),
            "x.at >= 1960 AND x.at <= 1969"
        );
        assert_eq!(
            said(Dates::Day, Cmp::Less, "196"),
            "x.at < date('1960-01-01')"
        );
        assert_eq!(
            said(Dates::Moment, Cmp::Equal, "2024-03-05"),
            "date(x.at) = date('2024-03-05')"
        );
        assert_eq!(
            said(Dates::Text, Cmp::Equal, "2024-03"),
            "x.at STARTS WITH '2024-03'"
        );
        assert!(Dates::Day.can_be("2024-03") && !Dates::Year.can_be("2024-03"));
    }
}
