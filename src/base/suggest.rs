//! The nearest known name to one that is not known.

/// The candidate that `word` is most likely a misspelling of: the same but for case, or within about a third of
/// its length in edits (Damerau-Levenshtein); a name of one or two letters only the same but for case. Ties go to the candidate that comes first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    let budget = match folded.chars().count() {
        0..=2 => 0,
        length => (length / 3).max(1),
    };
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= budget)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `` did you mean `x`? `` for the nearest candidate, if one is near.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_whatever_its_case() {
        let labels = ["Course", "Concept", "Section"];
        assert_eq!(nearest("Coarse", labels), Some("Course"));
        assert_eq!(nearest("COURSE", labels), Some("Course"));
        assert_eq!(nearest("Zebra", labels), None);
        assert_eq!(nearest("k", ["c", "K"]), Some("K"));
        assert_eq!(nearest("k", ["c"]), None);
    }
}
