//! Verbs whose preposition stands before a question word: `on which topics does it focus`, `the topics on which it
//! focuses`.

use crate::question::{
    mention::{Meaning, Mention, Origin, find::mention},
    vocabulary::Vocabulary,
    word::{Word, joined},
};

/// Maximum number of words of a verb, without its preposition.
const LONGEST_VERB: usize = 3;

/// The mentions of verbs and predicates without their preposition, for each preposition before a question word.
pub(super) fn stranded(words: &[Word], vocabulary: &Vocabulary) -> Vec<Mention> {
    const ASKING: &[&str] = &["which", "what", "whom", "who", "whose"];
    let mut mentions = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let [preposition, asking] = pair else {
            continue;
        };
        if preposition.is_mark() || !ASKING.contains(&asking.text.as_str()) {
            continue;
        }
        for start in at + 2..words.len() {
            for end in start + 1..=words.len().min(start + LONGEST_VERB) {
                let phrase = joined(words[start..end].iter().chain([preposition]));
                let meanings = vocabulary.phrase_meanings(&phrase).into_iter();
                let verbs = meanings.filter(is_verb);
                mentions.extend(verbs.map(|meaning| Mention {
                    origin: Origin::Stranded,
                    ..mention(words, start..end, meaning)
                }));
            }
        }
    }
    mentions
}

fn is_verb(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Verb(..) | Meaning::Predicate(_))
}
