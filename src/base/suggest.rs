//! The nearest known name to one that is not known.

/// How many edits (Damerau-Levenshtein) lead from `word` to a candidate, whatever their case, if that is within about a
/// third of its length; a name of one or two letters has to be the same but for case.
pub fn distance(word: &str, candidate: &str) -> Option<usize> {
    let folded = word.to_lowercase();
    let budget = match folded.chars().count() {
        0..=2 => 0,
        length => (length / 3).max(1),
    };
    // Each letter more or less is an edit at least, and counting them is cheap.
    let lengths = candidate.chars().count().abs_diff(folded.chars().count());
    if lengths > budget {
        return None;
    }
    let edits = strsim::damerau_levenshtein(&folded, &candidate.to_lowercase());
    (edits <= budget).then_some(edits)
}

/// The candidate that `word` is most likely a misspelling of: the one at the least [`distance`]. Ties go to the candidate
/// that comes first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(word, candidate)?, candidate)));
    near.min_by_key(|(distance, _)| *distance)
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
