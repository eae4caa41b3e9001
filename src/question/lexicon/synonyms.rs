//! Everyday synonyms, read from `grammar/synonyms.txt`.
//!
//! The file has one group of words per line. Every form of a word is known: of nouns the singular and the plural, of verbs
//! all finite and participial forms. A synonym is given in the form of the word that it stands for.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::question::inflect::{plurals, verb_forms};

/// The text of the file.
const TEXT: &str = include_str!("../../../grammar/synonyms.txt");

/// The form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::question) enum Form {
    Singular,
    Plural,
    Base,
    Third,
    Past,
    Participle,
    Progressive,
    /// An adjective.
    Plain,
}

/// The groups, and the groups of each form of each word.
#[derive(Debug, Default)]
struct Synonyms {
    groups: Vec<Vec<&'static str>>,
    forms: FxHashMap<String, Vec<(usize, Form)>>,
}

static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(|| Synonyms::read(TEXT));

/// The synonyms of a word or phrase, each in the same form.
pub(in crate::question) fn similar(phrase: &str) -> Vec<(String, Form)> {
    let known = SYNONYMS.forms.get(phrase).map_or(&[][..], Vec::as_slice);
    let mut similar = Vec::new();
    for (group, form) in known {
        for word in &SYNONYMS.groups[*group] {
            for inflected in forms_of(word, *form) {
                if inflected != phrase && !similar.contains(&(inflected.clone(), *form)) {
                    similar.push((inflected, *form));
                }
            }
        }
    }
    similar
}

/// A word in a form.
fn forms_of(word: &str, form: Form) -> Vec<String> {
    match form {
        Form::Singular | Form::Base | Form::Plain => vec![word.to_owned()],
        Form::Plural => plurals(word),
        Form::Third => vec![verb_forms(word).third],
        Form::Past => verb_forms(word).past,
        Form::Participle => verb_forms(word).participle,
        Form::Progressive => verb_forms(word).progressive,
    }
}

impl Synonyms {
    fn read(text: &'static str) -> Self {
        let mut synonyms = Self::default();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for (class, words) in lines.filter_map(|line| line.split_once(' ')) {
            let forms: &[Form] = match class {
                "n" => &[Form::Singular, Form::Plural],
                "v" => &[
                    Form::Base,
                    Form::Third,
                    Form::Past,
                    Form::Participle,
                    Form::Progressive,
                ],
                _ => &[Form::Plain],
            };
            synonyms.add(words.split(", ").collect(), forms);
        }
        synonyms
    }

    fn add(&mut self, words: Vec<&'static str>, forms: &[Form]) {
        let group = self.groups.len();
        for word in &words {
            for form in forms {
                for inflected in forms_of(word, *form) {
                    let entry = self.forms.entry(inflected).or_default();
                    if !entry.contains(&(group, *form)) {
                        entry.push((group, *form));
                    }
                }
            }
        }
        self.groups.push(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(phrase: &str) -> Vec<String> {
        similar(phrase).into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn synonyms_have_the_form_of_the_word() {
        assert!(words("films").contains(&"movies".to_owned()));
        assert!(words("bought").contains(&"purchased".to_owned()));
        assert!(words("zebra").is_empty());
    }

    #[test]
    fn every_line_is_a_group() {
        for line in TEXT
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let (class, words) = line.split_once(' ').expect("a class and words");
            assert!(["n", "v", "a"].contains(&class), "{line}");
            assert!(words.split(", ").count() > 1, "{line}");
        }
    }
}
