//! Properties of all values: the laws of the four relations, and round trips of written values.

use std::{
    cmp::Ordering,
    hash::{DefaultHasher, Hash, Hasher},
};

use proptest::prelude::*;
use relata::value::{
    Date, Duration, EdgeId, Key, LocalTime, NodeId, Path, Time, Value, cast,
    display::literal,
    relation::{compare, equal, greater, greater_or_equal, less, less_or_equal, order},
};

/// Numbers close to each other, where rounding would show.
fn number() -> impl Strategy<Value = Value> {
    let odd = prop_oneof![
        Just(0),
        Just(1 << 53),
        Just(i64::MAX),
        Just(i64::MIN),
        -3..3_i64
    ];
    let floats = prop_oneof![
        Just(f64::NAN),
        Just(-0.0),
        Just(f64::INFINITY),
        Just(9_007_199_254_740_992.0),
        Just(9_223_372_036_854_775_808.0),
        (-3..3_i8).prop_map(|half| f64::from(half) / 2.0),
        any::<f64>(),
    ];
    prop_oneof![
        (odd, -2..2_i64).prop_map(|(base, step)| Value::Integer(base.saturating_add(step))),
        floats.prop_map(Value::Float),
    ]
}

fn time() -> impl Strategy<Value = Time> {
    let nanos = (0..24_u64).prop_map(|hour| hour * 3_600_000_000_000);
    (nanos, -2..2_i32).prop_map(|(nanos, hours)| Time {
        local: LocalTime { nanos },
        offset: hours * 3600,
    })
}

fn duration() -> impl Strategy<Value = Duration> {
    (-2..2_i64, -61..61_i64, -90_000..90_000_i64, 0..3_u32).prop_map(
        |(months, days, seconds, nanos)| Duration {
            months,
            days,
            seconds,
            nanos,
        },
    )
}

fn path() -> impl Strategy<Value = Value> {
    prop::collection::vec((0..2_u32, 0..2_u32), 0..3).prop_map(|steps| {
        let mut path = Path::new(NodeId(0));
        steps
            .into_iter()
            .for_each(|(edge, node)| path.push(EdgeId(edge), NodeId(node)));
        Value::Path(path.into())
    })
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Boolean),
        4 => number(),
        1 => "[a-cä]{0,2}".prop_map(Value::from),
        1 => (0..3_u32).prop_map(|id| Value::Node(NodeId(id))),
        1 => (0..3_u32).prop_map(|id| Value::Relationship(EdgeId(id))),
        1 => path(),
        1 => (-2..2_i64).prop_map(|days| Value::Date(Date { days })),
        1 => time().prop_map(Value::Time),
        2 => prop::sample::select(vec!["0", "1", "0.5", "0.1", "-2", "1.50", "9007199254740993"])
            .prop_map(|text| cast::to_decimal(&text.into()).unwrap()),
        1 => prop::sample::select(vec!["", "00", "00ff"]).prop_map(|text| cast::to_bytes(&text.into()).unwrap()),
        1 => prop::sample::select(vec!["{x: 0, y: 0}", "{x: 0, y: 1}", "{x: 0, y: 0, z: 0}", "{longitude: 0, latitude: 0}"])
            .prop_map(|text| text.parse::<relata::value::Point>().unwrap().into()),
        1 => duration().prop_map(|duration| Value::Duration(duration.into())),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(2, 12, 3, |inner| {
        let key = prop_oneof![Just("a"), Just("b"), Just("c")];
        let entries = prop::collection::vec((key, inner.clone()), 0..3);
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(Value::list),
            entries.prop_map(|entries| {
                Value::map(
                    entries
                        .into_iter()
                        .map(|(key, value)| (key.into(), value))
                        .collect(),
                )
            }),
        ]
    })
}

fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    Key(value.clone()).hash(&mut hasher);
    hasher.finish()
}

/// Whether a value contains null or NaN, for which `=` and key equality differ.
fn has_hole(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Float(float) => float.is_nan(),
        Value::List(items) => items.iter().any(has_hole),
        Value::Map(entries) => entries.values().any(has_hole),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn equality_is_symmetric_and_sameness_where_nothing_is_unknown(a in value(), b in value()) {
        prop_assert_eq!(equal(&a, &b), equal(&b, &a));
        let same = Key(a.clone()) == Key(b.clone());
        if equal(&a, &b) == Some(true) {
            prop_assert!(same);
        }
        if !has_hole(&a) && !has_hole(&b) {
            prop_assert_eq!(equal(&a, &b), Some(same));
        }
    }

    #[test]
    fn every_value_is_the_same_as_itself_and_equal_to_itself_where_known(a in value()) {
        prop_assert!(Key(a.clone()) == Key(a.clone()));
        prop_assert_eq!(equal(&a, &a) == Some(true), !has_hole(&a));
    }

    #[test]
    fn the_same_keys_hash_alike(a in value(), b in value()) {
        if Key(a.clone()) == Key(b.clone()) {
            prop_assert_eq!(hash(&a), hash(&b));
        }
    }

    #[test]
    fn order_is_total_and_level_only_for_the_same_keys(a in value(), b in value(), c in value()) {
        prop_assert_eq!(order(&a, &b), order(&b, &a).reverse());
        prop_assert_eq!(order(&a, &b) == Ordering::Equal, Key(a.clone()) == Key(b.clone()));
        if order(&a, &b).is_le() && order(&b, &c).is_le() {
            prop_assert!(order(&a, &c).is_le());
        }
    }

    #[test]
    fn order_of_close_numbers_is_transitive(a in number(), b in number(), c in number()) {
        if order(&a, &b).is_le() && order(&b, &c).is_le() {
            prop_assert!(order(&a, &c).is_le());
        }
    }

    #[test]
    fn comparison_agrees_with_order_and_its_operators_with_each_other(a in value(), b in value()) {
        prop_assert_eq!(compare(&a, &b), compare(&b, &a).map(Ordering::reverse));
        prop_assert_eq!(less(&a, &b), greater(&b, &a));
        prop_assert_eq!(less_or_equal(&a, &b), greater_or_equal(&b, &a));
        if let Some(ordering) = compare(&a, &b) {
            prop_assert_eq!(ordering, order(&a, &b));
            prop_assert_eq!(less(&a, &b), Some(ordering.is_lt()));
            prop_assert_eq!(greater_or_equal(&a, &b), Some(ordering.is_ge()));
        }
    }

    #[test]
    fn numbers_read_back_as_they_are_written(float in any::<f64>(), integer in any::<i64>()) {
        let back = cast::parse_float(&cast::float_text(float)).expect("a float");
        prop_assert!(Key(back.into()) == Key(float.into()));
        prop_assert_eq!(back.is_sign_negative(), float.is_sign_negative());
        prop_assert_eq!(cast::parse_integer(&integer.to_string()), Some(integer));
    }

    #[test]
    fn a_written_float_is_no_integer(float in any::<f64>()) {
        let text = cast::float_text(float);
        prop_assert!(!float.is_finite() || text.contains(['.', 'e']), "{}", text);
    }

    #[test]
    fn literals_of_different_scalars_differ(a in number(), b in number()) {
        let typed = |value: &Value| (value.kind(), literal(value));
        if Key(a.clone()) != Key(b.clone()) {
            prop_assert_ne!(typed(&a), typed(&b));
        }
    }
}
