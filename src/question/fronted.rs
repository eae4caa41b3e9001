//! Fronted prepositions: the preposition of a verb before the question word, as in `on which topics does it focus`.

use crate::question::{link::Meaning, vocabulary::Vocabulary, word::Word};

/// Maximum number of words of a verb, without its preposition.
const LONGEST_VERB: usize = 3;

/// Returns the questions with the preposition moved behind a verb that takes it, the last verb first. The list is empty
/// if the question does not begin with a preposition and a question word.
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

/// True if the last words and the preposition together are a verb.
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

/// Moves the first word behind the word at `end`.
fn behind(words: &[Word], end: usize) -> Vec<Word> {
    let mut moved = words[1..].to_vec();
    let preposition = Word {
        text: words[0].text.clone(),
        // An error about the verb points to the verb.
        span: words[end].span,
    };
    moved.insert(end, preposition);
    moved
}
