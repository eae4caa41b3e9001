//! File names: the label or type, as far as every file system allows it.
//!
//! ASCII letters and digits, `_` and `-` are kept; other characters are percent-encoded (`%20`). Reserved device names,
//! names that differ only in case, and very long names get a suffix of `~` and a number, which no encoded name
//! contains. A changed name is also written inside the file; the reader uses only that.

use std::{collections::BTreeMap, fmt::Write as _};

/// The file name for nodes without labels.
const UNLABELLED: &str = "~unlabelled";

/// The maximum length of a name; with its extension and a number it fits every file system.
const LONGEST: usize = 120;

/// Device names reserved by Windows, alone or (`PORTS`) followed by a digit.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];
const PORTS: &[&str] = &["com", "lpt"];

/// The file name, without extension, for each name in order. `None` stands for nodes without labels.
pub(super) fn file_names<'n>(names: impl Iterator<Item = Option<&'n str>>) -> Vec<String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut file_name = |name: Option<&str>| {
        let Some(name) = name else {
            return UNLABELLED.to_owned();
        };
        let base = encoded(name);
        let count = taken.entry(base.to_lowercase()).or_default();
        *count += 1;
        if *count == 1 {
            base
        } else {
            format!("{base}~{count}")
        }
    };
    names.map(&mut file_name).collect()
}

fn encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => {
                encoded.push(char::from(byte));
            }
            other => write!(encoded, "%{other:02X}").expect("writing to a string does not fail"),
        }
    }
    encoded.truncate(LONGEST);
    if encoded.is_empty() || is_device(&encoded) {
        encoded.insert(0, '~');
    }
    encoded
}

fn is_device(name: &str) -> bool {
    let name = name.to_lowercase();
    let port = name.strip_suffix(|digit: char| digit.is_ascii_digit());
    DEVICES.contains(&name.as_str()) || port.is_some_and(|port| PORTS.contains(&port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_labels_as_far_as_files_can_have_them() {
        let long = "x".repeat(300);
        let names = ["", "A/B", "CON", "Person", "a b", "person", "é", &long];
        let names = file_names([None].into_iter().chain(names.map(Some)));
        let cut = "x".repeat(LONGEST);
        assert_eq!(
            names,
            [
                "~unlabelled",
                "~",
                "A%2FB",
                "~CON",
                "Person",
                "a%20b",
                "person~2",
                "%C3%A9",
                &cut
            ]
        );
    }
}
