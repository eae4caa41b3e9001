//! Comparison of names and spellings with the text of a document.

/// Collapses runs of blanks and replaces typographic quotes and apostrophes by plain ones.
pub(super) fn plain(text: &str) -> String {
    let straight = text.chars().map(|character| match character {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        other => other,
    });
    one_blank(&straight.collect::<String>(), char::is_whitespace)
}

/// [`plain`] text in lower case, with hyphens and dashes replaced by blanks.
pub(super) fn folded(text: &str) -> String {
    one_blank(&plain(text).to_lowercase(), |character| {
        character.is_whitespace() || is_dash(character)
    })
}

fn is_dash(character: char) -> bool {
    character == '-' || ('\u{2010}'..='\u{2015}').contains(&character)
}

fn one_blank(text: &str, is_blank: impl Fn(char) -> bool) -> String {
    let words: Vec<&str> = text
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Whether `text` contains `words` at word boundaries.
pub(super) fn occurs_in(text: &str, words: &str) -> bool {
    if words.is_empty() {
        return false;
    }
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        !joins(before, words.chars().next()) && !joins(words.chars().next_back(), after)
    })
}

/// Whether two adjacent characters belong to the same word.
fn joins(left: Option<char>, right: Option<char>) -> bool {
    matches!((left, right), (Some(left), Some(right)) if left.is_alphanumeric() && right.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whatever_its_case_dashes_and_blanks() {
        let check = |text: &str, name: &str, expected| {
            assert_eq!(
                occurs_in(&folded(text), &folded(name)),
                expected,
                "{name} in {text}"
            );
        };
        check("Bracknell – Forest - Sponsor", "Bracknell Forest", true);
        check("Diane \tWilliamson", "diane williamson", true);
        check("for Children’s Services", "Children's services", true);
        check("the family", "MI", false);
        check("AAIs.", "AAI", false);
        check("(Bowlby, 1951)", "Bowlby", true);
    }

    #[test]
    fn a_spelling_keeps_its_case_and_its_dashes() {
        let check = |text: &str, form: &str, expected| {
            assert_eq!(
                occurs_in(&plain(text), &plain(form)),
                expected,
                "{form} in {text}"
            );
        };
        check("Mandeep and Ann- Marie", "Ann- Marie", true);
        check("Bracknell – Forest", "Bracknell - Forest", false);
        check(
            "motivational interviewing",
            "Motivational interviewing",
            false,
        );
    }
}
