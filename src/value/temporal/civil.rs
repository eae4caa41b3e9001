//! The proleptic Gregorian calendar: days since 1970-01-01 to years, months, ISO weeks and quarters, and back.
//!
//! Years are astronomical: year 0 is 1 BC. All functions use integer arithmetic and cover the whole range of years.

use std::ops::RangeInclusive;

use crate::{
    base::Fault,
    value::temporal::{Date, invalid},
};

/// The range of years of a date.
pub(crate) const YEARS: RangeInclusive<i64> = -999_999_999..=999_999_999;

/// Days in 400 years, after which the calendar repeats, including weekdays.
pub(crate) const DAYS_PER_CYCLE: i64 = 146_097;

/// Days from 0000-03-01, the start of a 400-year cycle of years that begin in March, to 1970-01-01.
const CYCLE_TO_EPOCH: i64 = 719_468;

/// A year, month and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
}

/// A year, ISO week and day of the week; Monday is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Week {
    pub(crate) year: i64,
    pub(crate) week: i64,
    pub(crate) day: i64,
}

/// A year, quarter and day of the quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quarter {
    pub(crate) year: i64,
    pub(crate) quarter: i64,
    pub(crate) day: i64,
}

/// Returns `value` if it is in `range`, and otherwise a fault that names the component.
pub(crate) fn within(name: &str, value: i64, range: RangeInclusive<i64>) -> Result<i64, Fault> {
    if range.contains(&value) {
        return Ok(value);
    }
    let (low, high) = range.into_inner();
    Err(invalid(format!(
        "expected `{name}` from {low} to {high}, found {value}"
    )))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_year(year: i64) -> i64 {
    365 + i64::from(is_leap(year))
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_in_quarter(year: i64, quarter: i64) -> i64 {
    let first = 3 * quarter - 2;
    (first..first + 3)
        .map(|month| days_in_month(year, month))
        .sum()
}

/// Days from 1970-01-01 to a valid date.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    // In years that begin in March, the leap day is the last day, and month lengths follow a linear formula.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - CYCLE_TO_EPOCH
}

fn civil(days: i64) -> Civil {
    let shifted = days + CYCLE_TO_EPOCH;
    let cycle = shifted.div_euclid(DAYS_PER_CYCLE);
    let day_of_cycle = shifted.rem_euclid(DAYS_PER_CYCLE);
    let leap_days = day_of_cycle / 1_460 - day_of_cycle / 36_524 + day_of_cycle / 146_096;
    let year_of_cycle = (day_of_cycle - leap_days) / 365;
    let day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month = (5 * day_of_year + 2) / 153;
    let january_or_february = month >= 10;
    Civil {
        year: 400 * cycle + year_of_cycle + i64::from(january_or_february),
        month: if january_or_february {
            month - 9
        } else {
            month + 3
        },
        day: day_of_year - (153 * month + 2) / 5 + 1,
    }
}

fn weekday(days: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    (days + 3).rem_euclid(7) + 1
}

/// The Monday of ISO week 1, which contains January 4.
fn first_monday(year: i64) -> i64 {
    let fourth = day_number(year, 1, 4);
    fourth + 1 - weekday(fourth)
}

fn weeks_in_year(year: i64) -> i64 {
    (first_monday(year + 1) - first_monday(year)) / 7
}

impl Date {
    /// The date `days` after 1970-01-01.
    ///
    /// # Errors
    /// A fault if it is outside the years −999,999,999 to 999,999,999.
    pub fn from_days(days: i64) -> Result<Self, Fault> {
        let range = day_number(*YEARS.start(), 1, 1)..=day_number(*YEARS.end(), 12, 31);
        if range.contains(&days) {
            Ok(Self { days })
        } else {
            Err(outside())
        }
    }

    /// The date of a year, month and day.
    ///
    /// # Errors
    /// A fault if the day does not exist.
    pub fn new(year: i64, month: i64, day: i64) -> Result<Self, Fault> {
        within("year", year, YEARS)?;
        within("month", month, 1..=12)?;
        within("day", day, 1..=31)?;
        if day > days_in_month(year, month) {
            let digits = super::display::Year(year);
            return Err(invalid(format!(
                "the month {digits}-{month:02} has no day {day}"
            )));
        }
        Ok(Self {
            days: day_number(year, month, day),
        })
    }

    pub(crate) fn from_week(week: Week) -> Result<Self, Fault> {
        within("year", week.year, YEARS)?;
        within("week", week.week, 1..=weeks_in_year(week.year))?;
        within("dayOfWeek", week.day, 1..=7)?;
        Self::from_days(first_monday(week.year) + 7 * (week.week - 1) + week.day - 1)
    }

    pub(crate) fn from_ordinal(year: i64, day: i64) -> Result<Self, Fault> {
        within("year", year, YEARS)?;
        within("ordinalDay", day, 1..=days_in_year(year))?;
        Ok(Self {
            days: day_number(year, 1, 1) + day - 1,
        })
    }

    pub(crate) fn from_quarter(quarter: Quarter) -> Result<Self, Fault> {
        let Quarter { year, quarter, day } = quarter;
        within("year", year, YEARS)?;
        within("quarter", quarter, 1..=4)?;
        within("dayOfQuarter", day, 1..=days_in_quarter(year, quarter))?;
        Ok(Self {
            days: day_number(year, 3 * quarter - 2, 1) + day - 1,
        })
    }

    pub(crate) fn civil(self) -> Civil {
        civil(self.days)
    }

    pub(crate) fn week(self) -> Week {
        let day = weekday(self.days);
        let year = civil(self.days + 4 - day).year;
        Week {
            year,
            week: (self.days - first_monday(year)) / 7 + 1,
            day,
        }
    }

    pub(crate) fn ordinal(self) -> i64 {
        self.days - day_number(self.civil().year, 1, 1) + 1
    }

    pub(crate) fn quarter(self) -> Quarter {
        let Civil { year, month, .. } = self.civil();
        let quarter = (month + 2) / 3;
        Quarter {
            year,
            quarter,
            day: self.days - day_number(year, 3 * quarter - 2, 1) + 1,
        }
    }

    /// The same day of the month, `months` later; the last day of that month if it is shorter.
    pub(crate) fn plus_months(self, months: i64) -> Result<Self, Fault> {
        let Civil { year, month, day } = self.civil();
        let total = (12 * year + month - 1)
            .checked_add(months)
            .ok_or_else(outside)?;
        let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
        if !YEARS.contains(&year) {
            return Err(outside());
        }
        Ok(Self {
            days: day_number(year, month, day.min(days_in_month(year, month))),
        })
    }

    pub(crate) fn plus_days(self, days: i64) -> Result<Self, Fault> {
        Self::from_days(self.days.checked_add(days).ok_or_else(outside)?)
    }
}

/// The fault of a result outside the range of years.
pub(crate) fn outside() -> Fault {
    let (low, high) = YEARS.into_inner();
    invalid(format!("the result is outside the years {low} to {high}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_and_dates_are_inverse() {
        let step = 9_973;
        let mut days = -800_000;
        while days < 800_000 {
            let Civil { year, month, day } = civil(days);
            assert_eq!(day_number(year, month, day), days);
            let here = Date { days };
            assert_eq!(Date::from_week(here.week()), Ok(here));
            assert_eq!(Date::from_quarter(here.quarter()), Ok(here));
            assert_eq!(Date::from_ordinal(year, here.ordinal()), Ok(here));
            days += if days.abs() < 1_000 { 1 } else { step };
        }
    }

    #[test]
    fn known_days_have_known_numbers() {
        assert_eq!(date("1970-01-01").days, 0);
        assert_eq!(date("2000-03-01").days, 11_017);
        assert_eq!(date("0000-01-01").days, -719_528);
        assert_eq!(weekday(date("2024-02-29").days), 4);
    }

    #[test]
    fn the_range_of_years_is_kept() {
        assert!(Date::new(999_999_999, 12, 31).is_ok());
        assert!(Date::new(1_000_000_000, 1, 1).is_err());
        let last = Date::new(999_999_999, 12, 31).unwrap();
        assert!(last.plus_days(1).is_err());
        assert!(last.plus_months(i64::MAX).is_err());
        assert!(Date::from_days(i64::MIN).is_err());
        assert_eq!(date("-999999999-01-01").civil().year, -999_999_999);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert!(Date::new(2023, 2, 29).is_err());
        assert!(Date::new(1900, 2, 29).is_err());
        assert!(Date::from_ordinal(2023, 366).is_err());
        let week = Week {
            year: 2021,
            week: 53,
            day: 1,
        };
        assert!(Date::from_week(week).is_err());
    }

    #[test]
    fn weeks_belong_to_the_year_of_their_thursday() {
        let check = |day: &str, year, week, weekday| {
            let expected = Week {
                year,
                week,
                day: weekday,
            };
            assert_eq!(date(day).week(), expected, "{day}");
        };
        check("2021-01-03", 2020, 53, 7);
        check("2021-01-04", 2021, 1, 1);
        check("2024-12-30", 2025, 1, 1);
    }

    #[test]
    fn adding_months_stops_at_the_end_of_the_month() {
        assert_eq!(date("2024-01-31").plus_months(1), Ok(date("2024-02-29")));
        assert_eq!(date("2024-03-31").plus_months(-13), Ok(date("2023-02-28")));
    }
}
