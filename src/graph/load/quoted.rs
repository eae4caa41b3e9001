//! Names in back quotes: a name in a header, a label or a type that would otherwise be misread. A back quote in the
//! name is doubled.

use std::borrow::Cow;

/// Splits `` `name`rest `` into the name and the rest. `None` if the text does not start with a quoted name.
pub(super) fn leading(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('`')?;
    let mut name = String::new();
    loop {
        let (before, after) = rest.split_once('`')?;
        name += before;
        match after.strip_prefix('`') {
            Some(more) => {
                name.push('`');
                rest = more;
            }
            None => return Some((name, after)),
        }
    }
}

/// The content of the back quotes if the whole text is quoted, else the text itself.
pub(super) fn unquoted(text: &str) -> Cow<'_, str> {
    match leading(text) {
        Some((name, "")) => Cow::Owned(name),
        _ => Cow::Borrowed(text),
    }
}

/// The names in a cell, separated by `delimiter` outside back quotes, with surrounding blanks removed.
pub(super) fn items(cell: &str, delimiter: char) -> Vec<String> {
    let mut items = Vec::new();
    let mut rest = cell.trim();
    while !rest.is_empty() {
        let quoted = leading(rest)
            .map(|(name, after)| (name, after.trim_start()))
            .filter(|(_, after)| after.is_empty() || after.starts_with(delimiter));
        let (item, after) = match quoted {
            Some((name, after)) => (Some(name), after),
            None => {
                let end = rest.find(delimiter).unwrap_or(rest.len());
                let item = rest[..end].trim();
                ((!item.is_empty()).then(|| item.to_owned()), &rest[end..])
            }
        };
        items.extend(item);
        rest = after.strip_prefix(delimiter).unwrap_or(after).trim_start();
    }
    items
}

/// A name in back quotes.
pub(in crate::graph) fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_divided_outside_of_back_quotes() {
        let check =
            |cell: &str, expected: &[&str]| assert_eq!(items(cell, ';'), expected, "{cell}");
        check("A;B", &["A", "B"]);
        check(" A ; B;;", &["A", "B"]);
        check("`A;B`;C", &["A;B", "C"]);
        check("` x `; ``", &[" x ", ""]);
        check("`a``b`;`open", &["a`b", "`open"]);
        check("", &[]);
    }
}
