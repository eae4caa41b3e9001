//! Values of Arrow arrays.

use std::sync::Arc;

use arrow_array::{
    Array,
    cast::AsArray,
    types::{
        ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type,
        DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType,
        DurationSecondType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
        Int64Type, IntervalDayTimeType, IntervalMonthDayNanoType, IntervalYearMonthType,
        Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType,
        TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
        TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
    },
};
use arrow_schema::{DataType, IntervalUnit, TimeUnit};

use crate::{
    base::Fault,
    value::{
        Date, Duration, Entries, LocalDateTime, LocalTime, Text, Value, decimal::Decimal,
        temporal::Zone,
    },
};

const NANOS_PER_SECOND: i128 = 1_000_000_000;
const NANOS_PER_DAY: i128 = 86_400 * NANOS_PER_SECOND;

/// The values of an array, in order.
///
/// # Errors
/// What is wrong, if the array has a type that has no values here, or a value is out of the range of its type.
pub(super) fn values(array: &dyn Array) -> Result<Vec<Value>, String> {
    match array.data_type() {
        DataType::Null => Ok(vec![Value::Null; array.len()]),
        DataType::Boolean => each(array.as_boolean().iter(), |value| Ok(Value::Boolean(value))),
        DataType::Int8 => primitive::<Int8Type>(array, |value| Ok(i64::from(value).into())),
        DataType::Int16 => primitive::<Int16Type>(array, |value| Ok(i64::from(value).into())),
        DataType::Int32 => primitive::<Int32Type>(array, |value| Ok(i64::from(value).into())),
        DataType::Int64 => primitive::<Int64Type>(array, |value| Ok(value.into())),
        DataType::UInt8 => primitive::<UInt8Type>(array, |value| Ok(i64::from(value).into())),
        DataType::UInt16 => primitive::<UInt16Type>(array, |value| Ok(i64::from(value).into())),
        DataType::UInt32 => primitive::<UInt32Type>(array, |value| Ok(i64::from(value).into())),
        DataType::UInt64 => primitive::<UInt64Type>(array, |value| {
            let small = i64::try_from(value).map(Value::Integer);
            Ok(small.unwrap_or_else(|_| Value::Decimal(Decimal::from(value))))
        }),
        DataType::Float16 => primitive::<Float16Type>(array, |value| Ok(value.to_f64().into())),
        DataType::Float32 => primitive::<Float32Type>(array, |value| Ok(f64::from(value).into())),
        DataType::Float64 => primitive::<Float64Type>(array, |value| Ok(value.into())),
        DataType::Decimal32(_, scale) => {
            primitive::<Decimal32Type>(array, |value| decimal(value.into(), *scale))
        }
        DataType::Decimal64(_, scale) => {
            primitive::<Decimal64Type>(array, |value| decimal(value.into(), *scale))
        }
        DataType::Decimal128(_, scale) => {
            primitive::<Decimal128Type>(array, |value| decimal(value, *scale))
        }
        DataType::Utf8 => each(array.as_string::<i32>().iter(), |text| Ok(text.into())),
        DataType::LargeUtf8 => each(array.as_string::<i64>().iter(), |text| Ok(text.into())),
        DataType::Utf8View => each(array.as_string_view().iter(), |text| Ok(text.into())),
        DataType::Binary => each(array.as_binary::<i32>().iter(), bytes),
        DataType::LargeBinary => each(array.as_binary::<i64>().iter(), bytes),
        DataType::BinaryView => each(array.as_binary_view().iter(), bytes),
        DataType::FixedSizeBinary(_) => each(array.as_fixed_size_binary().iter(), bytes),
        DataType::List(_) => lists(array.as_list::<i32>().iter()),
        DataType::LargeList(_) => lists(array.as_list::<i64>().iter()),
        DataType::FixedSizeList(..) => lists(array.as_fixed_size_list().iter()),
        DataType::Struct(_) => structs(array),
        DataType::Map(..) => maps(array),
        DataType::Dictionary(..) => dictionary(array),
        other => temporal(array, other),
    }
}

fn temporal(array: &dyn Array, kind: &DataType) -> Result<Vec<Value>, String> {
    match kind {
        DataType::Date32 => primitive::<Date32Type>(array, |days| {
            let days = days.into();
            Ok(Value::Date(Date { days }))
        }),
        DataType::Date64 => primitive::<Date64Type>(array, |millis| {
            let days = millis.div_euclid(86_400_000);
            Ok(Value::Date(Date { days }))
        }),
        DataType::Timestamp(unit, name) => {
            let zone = name.as_deref().map(zone).transpose()?;
            counted::<
                TimestampSecondType,
                TimestampMillisecondType,
                TimestampMicrosecondType,
                TimestampNanosecondType,
            >(array, unit, |nanos| timestamp(nanos, zone.as_ref()))
        }
        DataType::Time32(unit) | DataType::Time64(unit) => counted::<
            Time32SecondType,
            Time32MillisecondType,
            Time64MicrosecondType,
            Time64NanosecondType,
        >(array, unit, time),
        DataType::Duration(unit) => counted::<
            DurationSecondType,
            DurationMillisecondType,
            DurationMicrosecondType,
            DurationNanosecondType,
        >(array, unit, |nanos| duration(0, 0, nanos)),
        DataType::Interval(IntervalUnit::YearMonth) => {
            primitive::<IntervalYearMonthType>(array, |months| duration(months.into(), 0, 0))
        }
        DataType::Interval(IntervalUnit::DayTime) => {
            primitive::<IntervalDayTimeType>(array, |interval| {
                let nanos = i128::from(interval.milliseconds) * nanos(&TimeUnit::Millisecond);
                duration(0, interval.days.into(), nanos)
            })
        }
        DataType::Interval(IntervalUnit::MonthDayNano) => {
            primitive::<IntervalMonthDayNanoType>(array, |interval| {
                let nanos = interval.nanoseconds.into();
                duration(interval.months.into(), interval.days.into(), nanos)
            })
        }
        other => Err(format!("the type {other} has no values in a graph")),
    }
}

/// Values one by one; what is absent is null.
fn each<T>(
    items: impl Iterator<Item = Option<T>>,
    convert: impl Fn(T) -> Result<Value, String>,
) -> Result<Vec<Value>, String> {
    let value = |item: Option<T>| item.map_or(Ok(Value::Null), &convert);
    items.map(value).collect()
}

fn primitive<T: ArrowPrimitiveType>(
    array: &dyn Array,
    convert: impl Fn(T::Native) -> Result<Value, String>,
) -> Result<Vec<Value>, String> {
    each(array.as_primitive::<T>().iter(), convert)
}

/// Values of counts of a unit of time, each type for one unit. `make` is given nanoseconds.
fn counted<S, M, U, N>(
    array: &dyn Array,
    unit: &TimeUnit,
    make: impl Fn(i128) -> Result<Value, String>,
) -> Result<Vec<Value>, String>
where
    S: ArrowPrimitiveType<Native: Into<i128>>,
    M: ArrowPrimitiveType<Native: Into<i128>>,
    U: ArrowPrimitiveType<Native: Into<i128>>,
    N: ArrowPrimitiveType<Native: Into<i128>>,
{
    let nanos = nanos(unit);
    match unit {
        TimeUnit::Second => primitive::<S>(array, |count| make(count.into() * nanos)),
        TimeUnit::Millisecond => primitive::<M>(array, |count| make(count.into() * nanos)),
        TimeUnit::Microsecond => primitive::<U>(array, |count| make(count.into() * nanos)),
        TimeUnit::Nanosecond => primitive::<N>(array, |count| make(count.into() * nanos)),
    }
}

fn bytes(bytes: &[u8]) -> Result<Value, String> {
    Ok(Value::Bytes(bytes.into()))
}

fn decimal(digits: i128, scale: i8) -> Result<Value, String> {
    let wrong = || format!("a decimal of {digits} with {scale} decimal places is out of range");
    let (digits, scale) = match u32::try_from(scale) {
        Ok(scale) => (Some(digits), scale),
        Err(_) => (
            10_i128
                .checked_pow(scale.unsigned_abs().into())
                .and_then(|power| digits.checked_mul(power)),
            0,
        ),
    };
    let decimal = Decimal::try_from_i128_with_scale(digits.ok_or_else(wrong)?, scale);
    decimal.map(Value::Decimal).map_err(|_| wrong())
}

fn lists(items: impl Iterator<Item = Option<Arc<dyn Array>>>) -> Result<Vec<Value>, String> {
    each(items, |array| Ok(Value::list(values(&*array)?)))
}

fn structs(array: &dyn Array) -> Result<Vec<Value>, String> {
    let array = array.as_struct();
    let names: Vec<Text> = array.column_names().into_iter().map(Text::from).collect();
    let columns = array.columns().iter().map(|column| values(column));
    let mut columns: Vec<_> = columns
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(Vec::into_iter)
        .collect();
    let row = |row| {
        let fields = columns
            .iter_mut()
            .map(|column| column.next().unwrap_or_default());
        let entries: Entries = names.iter().cloned().zip(fields).collect();
        if array.is_null(row) {
            Value::Null
        } else {
            Value::map(entries)
        }
    };
    Ok((0..array.len()).map(row).collect())
}

fn maps(array: &dyn Array) -> Result<Vec<Value>, String> {
    let array = array.as_map();
    let row = |row| {
        if array.is_null(row) {
            return Ok(Value::Null);
        }
        let entries = array.value(row);
        let [keys, items] = [entries.column(0), entries.column(1)].map(|column| values(column));
        let mut map = Entries::default();
        for (key, item) in keys?.into_iter().zip(items?) {
            let Value::String(key) = key else {
                return Err("a map has keys that are no strings".to_owned());
            };
            map.insert(key, item);
        }
        Ok(Value::map(map))
    };
    (0..array.len()).map(row).collect()
}

fn dictionary(array: &dyn Array) -> Result<Vec<Value>, String> {
    let array = array.as_any_dictionary();
    let distinct = values(&**array.values())?;
    let keys = array.normalized_keys();
    let value = |(row, key): (usize, &usize)| {
        if array.is_null(row) {
            Value::Null
        } else {
            distinct[*key].clone()
        }
    };
    Ok(keys.iter().enumerate().map(value).collect())
}

fn nanos(unit: &TimeUnit) -> i128 {
    match unit {
        TimeUnit::Second => NANOS_PER_SECOND,
        TimeUnit::Millisecond => 1_000_000,
        TimeUnit::Microsecond => 1_000,
        TimeUnit::Nanosecond => 1,
    }
}

fn time(nanos: i128) -> Result<Value, String> {
    let in_day = u64::try_from(nanos).ok().filter(|_| nanos < NANOS_PER_DAY);
    let nanos = in_day.ok_or_else(|| format!("{nanos} nanoseconds are no time of a day"))?;
    Ok(Value::LocalTime(LocalTime { nanos }))
}

fn duration(months: i64, days: i64, nanos: i128) -> Result<Value, String> {
    let seconds = i64::try_from(nanos.div_euclid(NANOS_PER_SECOND));
    let seconds = seconds.map_err(|_| "a duration is out of range".to_owned())?;
    let nanos = nanos.rem_euclid(NANOS_PER_SECOND) as u32;
    Ok(Value::Duration(Arc::new(Duration {
        months,
        days,
        seconds,
        nanos,
    })))
}

/// The instant in its zone, or the date and time without one.
fn timestamp(nanos: i128, zone: Option<&Zone>) -> Result<Value, String> {
    let value = match zone {
        None => LocalDateTime::from_nanos(nanos).map(Value::LocalDateTime),
        Some(zone) => (zone.at(nanos)).map(|instant| Value::DateTime(Arc::new(instant))),
    };
    value.map_err(|fault| fault.message)
}

fn zone(name: &str) -> Result<Zone, String> {
    if matches!(name, "UTC" | "Z" | "+00:00" | "Etc/UTC") {
        return Ok(Zone::UTC);
    }
    name.parse().map_err(|fault: Fault| fault.message)
}

#[cfg(test)]
mod tests {
    use arrow_array::TimestampSecondArray;

    use super::*;

    #[test]
    fn a_timestamp_beyond_the_years_is_an_error() {
        for zone in [None, Some("UTC"), Some("+01:00"), Some("Europe/Paris")] {
            let seconds = TimestampSecondArray::from(vec![0, i64::MAX]).with_timezone_opt(zone);
            assert!(values(&seconds).is_err(), "{zone:?}");
            assert!(values(&seconds.slice(0, 1)).is_ok(), "{zone:?}");
        }
        let unknown = TimestampSecondArray::from(vec![0]).with_timezone("Nowhere");
        assert!(values(&unknown).is_err());
    }
}
