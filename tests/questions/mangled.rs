//! Mangled questions, with words dropped, doubled, moved or mixed: the result is always rows or an error of the
//! question, never a failing statement or a panic.

use relata::{Database, Limits, base::Code};

use crate::{generate::Choices, set::blocks};

/// The number of questions, unless `RELATA_MANGLED` sets it.
const CASES: u64 = 1_000;

/// Words that change the meaning of a sentence.
const WORDS: &[&str] = &[
    "not",
    "no",
    "every",
    "each",
    "the",
    "most",
    "and",
    "or",
    "but",
    "that",
    "which",
    "who",
    "whose",
    "where",
    "what",
    "how many",
    "by",
    "in",
    "of",
    "than",
    "more",
    "only",
    "is",
    "are",
    "do",
    "have",
    "with",
    "without",
    "both",
    "neither",
    "their",
    "it",
    ",",
    "7",
    "two",
    "2025",
    "first",
    "other than",
    "at least",
    "does",
];

/// A question mixed from one or two of `questions`.
fn mangled(questions: &[String], choices: &mut Choices) -> String {
    let mut words: Vec<String> = words(&questions[choices.below(questions.len())]);
    for _ in 0..=choices.below(3) {
        let at = choices.below(words.len() + 1);
        match choices.below(6) {
            0 if words.len() > 1 => {
                words.remove(at.min(words.len() - 1));
            }
            1 => words.truncate(at.max(1)),
            2 if words.len() > 1 => {
                let (one, other) = (choices.below(words.len()), choices.below(words.len()));
                words.swap(one, other);
            }
            3 => {
                let other = self::words(&questions[choices.below(questions.len())]);
                let from = choices.below(other.len());
                words.truncate(at);
                words.extend_from_slice(&other[from..]);
            }
            _ => words.insert(at, WORDS[choices.below(WORDS.len())].to_owned()),
        }
    }
    words.join(" ")
}

fn words(question: &str) -> Vec<String> {
    question.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn mangled_questions_are_answered_or_refused() {
    let questions: Vec<String> = blocks()
        .iter()
        .flat_map(|block| block.questions().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let cases = std::env::var("RELATA_MANGLED").map_or(CASES, |cases| {
        cases.parse().expect("RELATA_MANGLED is a number")
    });
    let mut database = Database::connected_practice();
    // A random sentence may be expensive to answer.
    let limits = Limits {
        rows: Some(10_000),
        ..database.limits()
    };
    let (mut read, mut wrong) = (0, Vec::new());
    for seed in 0..cases {
        let question = mangled(&questions, &mut Choices::new(seed));
        let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            database.ask(question.as_str()).limits(limits).run()
        }));
        match asked {
            Err(_) => wrong.push(format!("{question}\n  panics")),
            Ok(Ok(_)) => read += 1,
            Ok(Err(error)) => match error.code() {
                Code::UnknownWord
                | Code::UnreadableQuestion
                | Code::UnrelatedWords
                | Code::AmbiguousQuestion => {}
                code => wrong.push(format!("{question}\n  {code:?}: {error}")),
            },
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(read * 20 >= cases, "{read} of {cases} were read");
}
