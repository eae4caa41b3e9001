//! How large a single value may grow. A statement reaches these bounds before an allocation fails or the stack ends;
//! the limit of a statement's memory is usually lower.

use crate::{
    base::{Code, Fault},
    value::Value,
};

/// The most bytes of a text: a quarter of a gibibyte.
pub const MAX_TEXT: usize = 1 << 28;

/// The most elements of a list.
pub const MAX_LIST: usize = 100_000_000;

/// The most lists and maps within one another.
pub const MAX_DEPTH: usize = 1_000;

/// The length of a text that is about to be made.
///
/// # Errors
/// A fault if it is too long; nothing stands for more than a machine counts.
pub fn text_length(bytes: Option<usize>) -> Result<usize, Fault> {
    bytes.filter(|bytes| *bytes <= MAX_TEXT).ok_or_else(|| {
        Fault::new(
            Code::MemoryLimit,
            format!("a text would be longer than {MAX_TEXT} bytes"),
        )
    })
}

/// The length of a list that is about to be made.
///
/// # Errors
/// A fault if it is too long; nothing stands for more than a machine counts.
pub fn list_length(elements: Option<usize>) -> Result<usize, Fault> {
    elements
        .filter(|elements| *elements <= MAX_LIST)
        .ok_or_else(|| {
            Fault::new(
                Code::MemoryLimit,
                format!("a list would have more than {MAX_LIST} elements"),
            )
        })
}

/// Refuses a value that is nested too deep to be compared, written or dropped. Only what feeds a value into itself,
/// such as `reduce`, can make one.
///
/// # Errors
/// A fault if lists and maps are nested deeper than [`MAX_DEPTH`].
pub fn check_depth(value: &Value) -> Result<(), Fault> {
    if deeper_than(value, MAX_DEPTH) {
        let message =
            format!("a value would have more than {MAX_DEPTH} lists and maps within one another");
        return Err(Fault::new(Code::MemoryLimit, message));
    }
    Ok(())
}

fn deeper_than(value: &Value, depth: usize) -> bool {
    match value {
        Value::List(items) => depth == 0 || items.iter().any(|item| deeper_than(item, depth - 1)),
        Value::Map(entries) => {
            depth == 0 || entries.values().any(|item| deeper_than(item, depth - 1))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(depth: usize) -> Value {
        (0..depth).fold(Value::Null, |value, _| Value::list(vec![value]))
    }

    #[test]
    fn values_beyond_the_bounds_are_faults() {
        assert!(check_depth(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(
            check_depth(&nested(MAX_DEPTH + 1)).unwrap_err().code,
            Code::MemoryLimit
        );
        assert_eq!(text_length(Some(MAX_TEXT)), Ok(MAX_TEXT));
        assert!(text_length(None).is_err());
        assert!(list_length(Some(MAX_LIST + 1)).is_err());
    }
}
