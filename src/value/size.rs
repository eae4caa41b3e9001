//! Memory sizes of values, for memory accounting.

use crate::value::{DateTime, Duration, Path, Text, Value};

/// Heap bytes of a value. Data that several values share counts for each of them.
#[must_use]
pub fn heap_size(value: &Value) -> usize {
    match value {
        Value::String(text) => SHARED + text.len(),
        Value::List(items) => SHARED + items.iter().map(whole_size).sum::<usize>(),
        Value::Map(entries) => {
            let entry = |(key, value): (&Text, &Value)| 32 + SHARED + key.len() + whole_size(value);
            SHARED + entries.iter().map(entry).sum::<usize>()
        }
        Value::Path(path) => SHARED + size_of::<Path>() + 8 * path.nodes().len(),
        Value::DateTime(_) => SHARED + size_of::<DateTime>(),
        Value::Duration(_) => SHARED + size_of::<Duration>(),
        _ => 0,
    }
}

/// Bytes of the two reference counters of an `Arc`.
const SHARED: usize = 16;

/// Bytes of a value with its heap data.
#[must_use]
pub fn whole_size(value: &Value) -> usize {
    size_of::<Value>() + heap_size(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_counts_what_its_elements_hold() {
        let text = heap_size(&"abcd".into());
        assert_eq!(text, SHARED + 4);
        assert_eq!(
            heap_size(&vec!["abcd", "abcd"].into()),
            SHARED + 2 * (size_of::<Value>() + text)
        );
        assert_eq!(heap_size(&1.into()), 0);
    }
}
