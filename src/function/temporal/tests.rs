//! Tests of names, clocks and nulls. The examples are run with those of all functions.

use crate::{
    function::{Context, Unmetered, find},
    graph::Graph,
    value::{Value, cast},
};

fn call(name: &str, arguments: &[Value]) -> String {
    let graph = Graph::new();
    let context = Context {
        graph: &graph,
        state: &crate::function::Stateless,
        statement_time: (1_437_514_832, 142_000_000),
        clock: || (1_437_514_833, 0),
        random: &|| 0,
        meter: &Unmetered,
        threads: 1,
    };
    let function = find(name).unwrap();
    let result = (function.body)(arguments, &context);
    result.map_or_else(
        |fault| fault.message,
        |value| cast::text_of(&value).map_or("null".to_owned(), |text| text.into_owned()),
    )
}

#[test]
fn clocks_stand_still_in_a_statement_but_for_the_live_one() {
    assert_eq!(call("datetime", &[]), "2015-07-21T21:40:32.142Z");
    assert_eq!(
        call("datetime.transaction", &[]),
        "2015-07-21T21:40:32.142Z"
    );
    assert_eq!(call("localtime.statement", &[]), "21:40:32.142");
    assert_eq!(
        call("time.realtime", &["Asia/Tokyo".into()]),
        "06:40:33+09:00"
    );
    assert_eq!(call("DATE.RealTime", &["Asia/Tokyo".into()]), "2015-07-22");
}

#[test]
fn every_family_takes_texts() {
    let check = |name: &str, text: &str| assert_eq!(call(name, &[text.into()]), text);
    check("date", "2015-07-21");
    check("localtime", "21:40");
    check("time", "21:40Z");
    check("localdatetime", "2015-07-21T21:40");
    check("datetime", "2015-07-21T21:40+01:00");
    check("duration", "P1M2DT3S");
}

#[test]
fn truncation_takes_components_or_none() {
    let value = Value::Date("2015-07-21".parse().unwrap());
    let arguments = ["month".into(), value];
    assert_eq!(call("date.truncate", &arguments), "2015-07-01");
    let fault = "a LOCAL TIME needs a time, found none";
    assert_eq!(
        call("localtime.truncate", &["day".into(), Value::Null]),
        "expected a temporal value to truncate, found NULL"
    );
    assert_eq!(call("localtime", &[arguments[1].clone()]), fault);
}

#[test]
fn seconds_count_from_1970() {
    let arguments = [1_437_514_832.into(), 142_000_000.into()];
    assert_eq!(
        call("datetime.fromepoch", &arguments),
        "2015-07-21T21:40:32.142Z"
    );
    assert_eq!(
        call("datetime.fromepochmillis", &[(-1).into()]),
        "1969-12-31T23:59:59.999Z"
    );
}
