//! Whole questions to offer in place of one with unknown words: the question without them.

use crate::{
    base::Span,
    question::{rules::function_word, word::Word},
};

/// Maximum number of words of the grammar that are left out before an unknown word: `and the unicorns`.
const LEFT_OUT: usize = 3;
/// Maximum number of questions offered.
const OFFERED: usize = 2;

/// Returns questions that can be asked: `text` without the words at `unknown`, and without the words of the grammar
/// before them. `can_be_asked` tells whether a question has an interpretation. Empty if there is none.
pub(super) fn without(
    text: &str,
    words: &[Word],
    unknown: &[usize],
    can_be_asked: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut offered: Vec<String> = Vec::new();
    for more in 0..=LEFT_OUT {
        let mut kept = vec![true; words.len()];
        for at in unknown {
            kept[*at] = false;
            let before = kept[..*at].iter_mut().zip(words).rev();
            let grammatical = before
                .take(more)
                .take_while(|(_, word)| is_grammatical(word));
            grammatical.for_each(|(kept, _)| *kept = false);
        }
        let question = rest(text, words, &kept);
        if !offered.contains(&question) && can_be_asked(&question) {
            offered.push(question);
        }
        if offered.len() == OFFERED {
            break;
        }
    }
    offered
}

/// Maximum number of words left out of a question whose words are all known, and maximum number of questions tried.
const WINDOW: usize = 4;
const TRIED: usize = 60;

/// Words that must not be left out, because a question without them asks for something else.
const BINDING: &[&str] = &[
    "not", "no", "never", "nobody", "nothing", "none", "neither", "nor", "without", "except",
    "but", "only", "every", "all", "each", "both", "more", "less", "fewer", "most", "least",
    "than", "or", "same", "how", "many", "much", "before", "after", "since",
];

/// Questions with a few neighbouring words left out, with the span of these words: the fewest words first, from the end.
/// Numbers, negations and comparisons are never left out.
pub(super) fn shorter(text: &str, words: &[Word]) -> Vec<(String, Vec<Span>)> {
    let binds = |word: &Word| {
        BINDING.contains(&word.text.as_str())
            || word.text.starts_with(|first: char| first.is_ascii_digit())
    };
    let windows = (1..=WINDOW).flat_map(|length| {
        let starts = (1..words.len().saturating_sub(length)).rev();
        starts.map(move |start| start..start + length)
    });
    let loose = windows.filter(|window| {
        !words[window.clone()]
            .iter()
            .any(|word| binds(word) || word.is_mark())
    });
    let questions = loose.take(TRIED).map(|window| {
        let kept: Vec<bool> = (0..words.len()).map(|at| !window.contains(&at)).collect();
        let span = words[window.start].span.to(words[window.end - 1].span);
        (rest(text, words, &kept), vec![span])
    });
    questions.collect()
}

fn is_grammatical(word: &Word) -> bool {
    function_word(&word.text).is_some()
}

/// The text of the words that are kept, separated by blanks.
fn rest(text: &str, words: &[Word], kept: &[bool]) -> String {
    let mut rest = String::new();
    let mut end = None;
    for (word, _) in words.iter().zip(kept).filter(|(_, kept)| **kept) {
        // The parts of a contraction share a span.
        if end == Some(word.span.end) {
            continue;
        }
        end = Some(word.span.end);
        if !rest.is_empty() && !word.is_mark() && word.text != "'s" {
            rest.push(' ');
        }
        rest.push_str(text.get(word.span.range()).unwrap_or(&word.text));
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{
        read,
        testing::{LIBRARY, vocabulary},
        word::words,
    };

    fn offered(text: &str, unknown: &[usize]) -> Vec<String> {
        let (graph, vocabulary) = vocabulary(LIBRARY);
        let can_be_asked = |question: &str| read(question, &vocabulary, &graph).is_ok();
        without(text, &words(text), unknown, can_be_asked)
    }

    #[test]
    fn a_question_without_its_unknown_words_is_offered() {
        assert_eq!(
            offered("which books stand on High Shelf or the zebra?", &[8]),
            ["which books stand on High Shelf?"]
        );
        assert_eq!(offered("which zebras wrote", &[1]), [""; 0]);
    }
}
