//! Prepositions that stand before the question word although they belong to the verb: `on which topics does it focus`.

use crate::question::{link::Meaning, vocabulary::Vocabulary, word::Word};

/// The longest verb to which a preposition is joined, in words.
const LONGEST_VERB: usize = 3;

/// The same question with the preposition behind each word with which it makes a verb, those nearest to the end first;
/// none, where no preposition stands before a question word.
pub(super) fn joined(words: &[Word], vocabulary: &Vocabulary) -> Vec<Vec<Word>> {
    const ASKING: &[&str] = &["which", "what", "whom", "who", "whose"];
    let [preposition, asking, ..] = words else {
        return Vec::new();
    };
    if !ASKING.contains(&asking.text.as_str()) {
        return Vec::new();
    }
    let ends = (2..words.len()).rev();
    ends.filter(|end| makes_a_verb(&words[2..=*end], preposition, vocabulary))
        .map(|end| behind(words, end))
        .collect()
}

/// Whether the last words and the preposition together are a verb.
fn makes_a_verb(words: &[Word], preposition: &Word, vocabulary: &Vocabulary) -> bool {
    (1..=LONGEST_VERB.min(words.len())).any(|length| {
        let verb = words[words.len() - length..].iter();
        let mut phrase: Vec<&str> = verb.map(|word| word.text.as_str()).collect();
        phrase.push(&preposition.text);
        let meanings = vocabulary.phrase_meanings(&phrase.join(" "));
        meanings
            .iter()
            .any(|meaning| matches!(meaning, Meaning::Verb(..) | Meaning::Predicate(_)))
    })
}

/// The words with the first of them behind another.
fn behind(words: &[Word], end: usize) -> Vec<Word> {
    let mut moved = words[1..].to_vec();
    let preposition = Word {
        text: words[0].text.clone(),
        // An error about the verb points at the verb.
        span: words[end].span,
    };
    moved.insert(end, preposition);
    moved
}
