//! Property tests of all temporal types.

use std::sync::Arc;

use proptest::prelude::*;

use crate::value::{
    Date, DateTime, Duration, LocalDateTime, LocalTime, Time, Value,
    temporal::{
        NANOS_PER_DAY, Shape, Zone, between, component, divide, in_days, in_months, in_seconds,
        minus, plus, times, truncate,
    },
};

const ZONES: &[&str] = &[
    "Europe/Stockholm",
    "America/St_Johns",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "UTC",
];
const FIRST: i64 = -365_243_219_162;
const LAST: i64 = 365_241_780_471;

fn date() -> impl Strategy<Value = Date> {
    prop_oneof![FIRST..=LAST, -800_000..800_000_i64].prop_map(|days| Date { days })
}

fn local_time() -> impl Strategy<Value = LocalTime> {
    let day = u64::try_from(NANOS_PER_DAY).unwrap();
    prop_oneof![
        0..day,
        (0..86_400_u64).prop_map(|second| second * 1_000_000_000)
    ]
    .prop_map(|nanos| LocalTime { nanos })
}

fn time() -> impl Strategy<Value = Time> {
    (local_time(), -64_800..=64_800).prop_map(|(local, offset)| Time { local, offset })
}

fn local() -> impl Strategy<Value = LocalDateTime> {
    (date(), local_time()).prop_map(|(date, time)| LocalDateTime { date, time })
}

fn datetime() -> impl Strategy<Value = DateTime> {
    let fixed = (-64_800..=64_800).prop_map(Zone::Fixed);
    let named = prop::sample::select(ZONES).prop_map(|name| Zone::named(name).unwrap());
    (local(), prop_oneof![fixed, named]).prop_filter_map("within the years", |(local, zone)| {
        zone.resolve(local, None).ok()
    })
}

fn duration() -> impl Strategy<Value = Duration> {
    let part = || prop_oneof![any::<i64>(), -100..100_i64];
    (part(), part(), part(), 0..1_000_000_000_u32).prop_map(|(months, days, seconds, nanos)| {
        Duration {
            months,
            days,
            seconds,
            nanos,
        }
    })
}

fn instant() -> impl Strategy<Value = Value> {
    prop_oneof![
        date().prop_map(Value::Date),
        local_time().prop_map(Value::LocalTime),
        time().prop_map(Value::Time),
        local().prop_map(Value::LocalDateTime),
        datetime().prop_map(|value| Value::DateTime(Arc::new(value))),
    ]
}

proptest! {
    #[test]
    fn what_is_shown_is_read_back(
        date in date(), local_time in local_time(), time in time(), local in local(),
        datetime in datetime(), duration in duration(),
    ) {
        prop_assert_eq!(date.to_string().parse(), Ok(date));
        prop_assert_eq!(local_time.to_string().parse(), Ok(local_time));
        prop_assert_eq!(time.to_string().parse(), Ok(time));
        prop_assert_eq!(local.to_string().parse(), Ok(local));
        prop_assert_eq!(datetime.to_string().parse(), Ok(datetime));
        prop_assert_eq!(duration.to_string().parse(), Ok(duration));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+PTWQZ0-9:.,YMDHS\\[\\]]{0,24}") {
        let _ = text.parse::<Date>();
        let _ = text.parse::<Time>();
        let _ = text.parse::<DateTime>();
        let _ = text.parse::<Duration>();
        let _ = text.parse::<Zone>();
    }

    #[test]
    fn what_lies_between_leads_from_one_to_the_other(from in local(), to in local()) {
        let (from, to) = (Value::LocalDateTime(from), Value::LocalDateTime(to));
        for measure in [between, in_seconds] {
            let step = measure(&from, &to).unwrap();
            let Some(Ok(Value::LocalDateTime(end))) = plus(&from, &step) else {
                panic!("no sum");
            };
            let Value::LocalDateTime(to) = to else { unreachable!() };
            prop_assert_eq!(end, to);
        }
        let Ok(Value::Duration(step)) = between(&from, &to) else { panic!("no duration") };
        let seconds = step.seconds + i64::from(step.seconds < 0 && step.nanos > 0);
        let signs = [step.months.signum(), step.days.signum(), seconds.signum()];
        prop_assert!(!(signs.contains(&1) && signs.contains(&-1)), "{}", step);
    }

    #[test]
    fn days_and_seconds_can_be_taken_back(from in datetime(), days in -100_000..100_000_i64) {
        let from = Value::DateTime(Arc::new(from));
        let step = Duration { seconds: 7 * days, nanos: 1, ..Duration::default() };
        let step = Value::Duration(Arc::new(step));
        if let Some(Ok(there)) = plus(&from, &step) {
            let Some(Ok(Value::DateTime(back))) = minus(&there, &step) else { panic!("no way") };
            let Value::DateTime(from) = from else { unreachable!() };
            prop_assert_eq!(back, from);
        }
    }

    #[test]
    fn no_operation_panics(a in instant(), b in instant(), duration in duration(), number in any::<f64>()) {
        let duration = Value::Duration(Arc::new(duration));
        let _ = (plus(&a, &duration), minus(&a, &duration), plus(&duration, &duration));
        let _ = (minus(&duration, &duration), minus(&a, &b));
        let _ = (times(&duration, &number.into()), divide(&duration, &number.into()));
        let _ = (between(&a, &b), in_months(&a, &b), in_days(&a, &b), in_seconds(&a, &b));
        for name in ["weekYear", "quarterDay", "epochMillis", "nanoseconds"] {
            let _ = (component(&a, name), component(&duration, name));
        }
        for unit in ["millennium", "weekYear", "quarter", "week", "day", "microsecond"] {
            let _ = truncate(Shape::DateTime, unit, &a, None, (0, 0));
            let _ = truncate(Shape::Time, unit, &a, None, (0, 0));
        }
    }
}
