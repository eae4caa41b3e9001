//! Property values in files whose attributes are texts with a type.

use crate::{
    base::{Code, Fault},
    graph::{load::typed_value, save::typed_text},
    value::Value,
};

/// The name of the column type of a property value, and its text in such a column.
pub(super) fn typed(key: &str, value: &Value) -> Result<(String, String), Fault> {
    typed_text(value).ok_or_else(|| unfit(key, value))
}

/// The value that a text spells as a column type. The error says what was expected.
pub(super) fn read(kind: &str, text: &str) -> Result<Value, String> {
    typed_value(kind, text)
}

/// The fault of a value that no property can have.
pub(super) fn unfit(key: &str, value: &Value) -> Fault {
    let kind = value.kind();
    let message = format!(
        "cannot write the property `{key}`: expected a value that a property can have, found {kind}"
    );
    Fault::new(Code::SaveProblem, message)
}
