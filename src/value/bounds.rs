//! Size bounds of a single value. A statement reaches them before an allocation fails or the stack overflows; the
//! memory limit of a statement is usually lower.

use crate::{
    base::{Code, Fault},
    value::{Value, depth},
};

/// Maximum length of a string in bytes: 256 MiB.
pub const MAX_TEXT: usize = 1 << 28;

/// Maximum number of elements of a list.
pub const MAX_LIST: usize = 100_000_000;

/// Maximum nesting depth of lists and maps.
pub const MAX_DEPTH: usize = 1_000;

/// Checks and returns the length in bytes of a string to build. `None` stands for a length that overflows `usize`.
///
/// # Errors
/// A fault if the length exceeds [`MAX_TEXT`] or is `None`.
pub fn text_length(bytes: Option<usize>) -> Result<usize, Fault> {
    bytes.filter(|bytes| *bytes <= MAX_TEXT).ok_or_else(|| {
        Fault::new(
            Code::MemoryLimit,
            format!("expected a STRING of at most {MAX_TEXT} bytes, found a longer one"),
        )
    })
}

/// Checks and returns the length of a list to build. `None` stands for a length that overflows `usize`.
///
/// # Errors
/// A fault if the length exceeds [`MAX_LIST`] or is `None`.
pub fn list_length(elements: Option<usize>) -> Result<usize, Fault> {
    elements
        .filter(|elements| *elements <= MAX_LIST)
        .ok_or_else(|| {
            Fault::new(
                Code::MemoryLimit,
                format!("expected a LIST of at most {MAX_LIST} elements, found a longer one"),
            )
        })
}

/// Rejects a value that is nested too deep to be compared, written or dropped. Only an operation that feeds a value
/// into itself, such as `reduce`, can build one.
///
/// # Errors
/// A fault if lists and maps are nested deeper than [`MAX_DEPTH`].
pub fn check_depth(value: &Value) -> Result<(), Fault> {
    if depth(value) > MAX_DEPTH {
        let message = format!("expected at most {MAX_DEPTH} nested lists and maps, found more");
        return Err(Fault::new(Code::MemoryLimit, message));
    }
    Ok(())
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
