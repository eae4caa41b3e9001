//! Two questions in one are answered or refused; they never become a statement that does not compile.

use relata::{Code, Database};

use crate::set::blocks;

fn check(database: &mut Database, question: &str) {
    let Err(error) = database.ask(question).run() else {
        return;
    };
    let codes = [
        Code::UnknownWord,
        Code::UnreadableQuestion,
        Code::UnrelatedWords,
        Code::AmbiguousQuestion,
    ];
    assert!(codes.contains(&error.code()), "{question}\n{error:?}");
    let span = error.span().expect("a question has a place");
    assert!(span.range().end <= question.len(), "{question}\n{error:?}");
}

#[test]
fn nothing_connects_the_parts_of_some_questions() {
    let mut database = Database::connected_practice();
    for question in [
        "which platform has the most items and what kinds of events are there",
        "which sections have no advanced course and how many credits do the modules carry in total",
        "How many credits start in each month and which modules carry more than 15 with credits",
    ] {
        let error = database.ask(question).run().unwrap_err();
        assert_eq!(error.code(), Code::UnrelatedWords, "{question}");
        assert_eq!(
            error.span().map(|span| span.range()),
            Some(0..question.len())
        );
        assert!(error.help().is_some_and(|help| help.contains("of its own")));
        assert!(database.ask(question).explain().is_err());
        assert!(database.ask(question).interpretations().is_err());
    }
}

#[test]
fn two_questions_in_one_are_answered_or_refused() {
    let mut database = Database::connected_practice();
    let blocks = blocks();
    let questions: Vec<_> = blocks
        .iter()
        .filter_map(|block| block.plain.first())
        .collect();
    for (position, question) in questions.iter().enumerate() {
        for step in [1, 7] {
            let other = questions[(position + step) % questions.len()];
            let bare = question.trim_end_matches(['?', '.']);
            check(&mut database, &format!("{bare} and {other}"));
        }
    }
}
