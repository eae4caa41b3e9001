//! Light verbs of English, read from `grammar/verbs.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::question::inflect::{VerbForm, verb_forms};

/// The text of the file.
const TEXT: &str = include_str!("../../../grammar/verbs.txt");

static FORMS: LazyLock<FxHashMap<String, Vec<VerbForm>>> = LazyLock::new(|| {
    let mut forms: FxHashMap<String, Vec<VerbForm>> = FxHashMap::default();
    let verbs = TEXT
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    for verb in verbs.map(verb_forms) {
        let past = verb.past.into_iter().chain(verb.participle);
        let past = past.map(|word| (word, VerbForm::Past));
        let progressive = verb
            .progressive
            .into_iter()
            .map(|word| (word, VerbForm::Progressive));
        let finite = [(verb.base, VerbForm::Base), (verb.third, VerbForm::Third)];
        for (word, form) in finite.into_iter().chain(past).chain(progressive) {
            let known = forms.entry(word).or_default();
            if !known.contains(&form) {
                known.push(form);
            }
        }
    }
    forms
});

/// The forms of light verbs that a word may be; empty if it is no light verb.
pub(in crate::question) fn verb_forms_of(word: &str) -> &'static [VerbForm] {
    FORMS.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_verb_is_known() {
        assert_eq!(verb_forms_of("deliver"), [VerbForm::Base]);
        assert_eq!(verb_forms_of("delivers"), [VerbForm::Third]);
        assert_eq!(verb_forms_of("delivered"), [VerbForm::Past]);
        assert_eq!(verb_forms_of("blorfing"), []);
    }
}
