//! Finds the known name that is nearest to an unknown one.

/// The Damerau-Levenshtein distance between `word` and `candidate`, ignoring case. `None` if it exceeds `max(1, n / 3)`
/// for a `word` of `n` letters; a word of one or two letters must be equal apart from case.
pub fn distance(word: &str, candidate: &str) -> Option<usize> {
    let folded = word.to_lowercase();
    let budget = match folded.chars().count() {
        0..=2 => 0,
        length => (length / 3).max(1),
    };
    // The difference in length is a lower bound of the distance and is cheap to compute.
    let lengths = candidate.chars().count().abs_diff(folded.chars().count());
    if lengths > budget {
        return None;
    }
    let edits = strsim::damerau_levenshtein(&folded, &candidate.to_lowercase());
    (edits <= budget).then_some(edits)
}

/// The candidate with the smallest [`distance`] to `word`; the first of several wins. `None` if no candidate is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(word, candidate)?, candidate)));
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `` did you mean `x`? `` for the nearest candidate; `None` if no candidate is near.
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
