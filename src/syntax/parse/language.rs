//! The prefix of a statement that chooses the language where Cypher and GQL contradict each other.

use std::borrow::Cow;

use super::scan::{line_end, opaque_end};

/// The text with blanks in place of the comments `-- …` if it begins with `GQL`; in Cypher, `--` is a relationship.
pub(super) fn without_comments(text: &str) -> Cow<'_, str> {
    let start = text.trim_start();
    let is_gql = start
        .get(..3)
        .is_some_and(|word| word.eq_ignore_ascii_case("gql"));
    if !is_gql || !text.contains("--") {
        return Cow::Borrowed(text);
    }
    let mut blanked = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let end = match opaque_end(text, at) {
            Some(end) => end,
            None if text[at..].starts_with("--") => {
                let end = line_end(text, at);
                blanked.extend(std::iter::repeat_n(' ', end - at));
                at = end;
                continue;
            }
            None => at + next.len_utf8(),
        };
        blanked.push_str(&text[at..end]);
        at = end;
    }
    Cow::Owned(blanked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_of_gql_become_blanks() {
        assert_eq!(
            without_comments("GQL RETURN 1 -- ä\n+ 2"),
            "GQL RETURN 1      \n+ 2"
        );
        for text in [
            "MATCH (a)--(b) RETURN a",
            "gql RETURN '--', \"-- \\\" --\", `--` // --",
            "GQL RETURN 1 /* -- */",
        ] {
            assert_eq!(without_comments(text), text);
        }
    }
}
