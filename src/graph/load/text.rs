//! Decodes bytes as UTF-8, with or without a byte order mark.

use std::str;

use crate::graph::load::problem::Problem;

/// The text of a file. The error says why it is not UTF-8.
pub(super) fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Problem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Problem::whole(file, "expected UTF-8, found UTF-16")
            .maybe_help(Some("save the file as UTF-8".to_owned())));
    }
    let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    str::from_utf8(content).map_err(|error| {
        let at = error.valid_up_to();
        let good = str::from_utf8(&content[..at]).unwrap_or_default();
        let message = format!("expected UTF-8, found the byte 0x{:02X}", content[at]);
        Problem::at(file, good, at, message).maybe_help(Some("save the file as UTF-8".to_owned()))
    })
}
