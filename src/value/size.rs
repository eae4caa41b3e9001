//! Memory sizes of values, for memory accounting.

use crate::value::{DateTime, Duration, Path, Point, Value};

/// Heap bytes of a value, in constant time. Data that several values share counts for each of them.
#[must_use]
pub fn heap_size(value: &Value) -> u64 {
    match value {
        Value::String(text) => COUNTERS + text.len() as u64,
        Value::Bytes(bytes) => COUNTERS + bytes.len() as u64,
        Value::List(items) => items.bytes(),
        Value::Map(entries) => entries.bytes(),
        Value::Path(path) => COUNTERS + (size_of::<Path>() + 8 * path.nodes().len()) as u64,
        Value::DateTime(_) => COUNTERS + size_of::<DateTime>() as u64,
        Value::Point(_) => COUNTERS + size_of::<Point>() as u64,
        Value::Duration(_) => COUNTERS + size_of::<Duration>() as u64,
        _ => 0,
    }
}

/// Bytes of the two reference counters of an `Arc`.
pub(super) const COUNTERS: u64 = 16;

/// Bytes of a value with its heap data.
#[must_use]
pub fn whole_size(value: &Value) -> u64 {
    heap_size(value) + size_of::<Value>() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_counts_what_its_elements_hold() {
        let text = heap_size(&"abcd".into());
        assert_eq!(text, COUNTERS + 4);
        assert_eq!(
            heap_size(&vec!["abcd", "abcd"].into()),
            COUNTERS + 2 * (size_of::<Value>() as u64 + text)
        );
        assert_eq!(heap_size(&1.into()), 0);
    }
}
