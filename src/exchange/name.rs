//! Names of labels in a list: `:Person:Author`. A name with a colon or a back quote is enclosed in back quotes.

/// The list of labels, each with a colon before it.
pub(super) fn joined(labels: &[&str]) -> String {
    let quoted = |label: &&str| {
        if label.is_empty() || label.contains([':', '`']) {
            format!(":`{}`", label.replace('`', "``"))
        } else {
            format!(":{label}")
        }
    };
    labels.iter().map(quoted).collect()
}

/// The labels of a list; the first colon may be absent.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text.strip_prefix(':').unwrap_or(text);
    while !rest.is_empty() {
        let (name, after) = first(rest);
        names.push(name);
        rest = after;
    }
    names
}

fn first(text: &str) -> (String, &str) {
    if let Some(mut rest) = text.strip_prefix('`') {
        let mut name = String::new();
        while let Some((before, after)) = rest.split_once('`') {
            name += before;
            match after.strip_prefix('`') {
                Some(more) => {
                    name.push('`');
                    rest = more;
                }
                None => return (name, after.strip_prefix(':').unwrap_or(after)),
            }
        }
    }
    let (name, after) = text.split_once(':').unwrap_or((text, ""));
    (name.trim().to_owned(), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_is_split_again() {
        for labels in [&[][..], &["A"], &["A", "b c"], &["a:b", "`", "", "x`y:"]] {
            assert_eq!(split(&joined(labels)), labels, "{labels:?}");
        }
        assert_eq!(split("Person:Author"), ["Person", "Author"]);
        assert_eq!(joined(&["A", "b:c"]), ":A:`b:c`");
    }
}
