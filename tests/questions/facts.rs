//! Facts are stated with words that apply to them.

use relata::Database;

/// The reasons for an empty answer, as sentences.
fn why(text: &str) -> Vec<String> {
    let reply = Database::connected_practice().ask(text).run();
    let explanation = reply.expect("the question is understood").why_empty;
    explanation.expect("nothing is found").sentences()
}

#[test]
fn what_is_there_instead_is_told_by_its_condition() {
    let sentences = why("does Kent use Signs of Safety");
    let told = |sentence: &String| sentence.starts_with("but Kent builds on Signs of Safety (");
    assert!(sentences.iter().any(told), "{sentences:?}");
}

#[test]
fn of_what_is_not_so_of_every_it_is_said_of_how_many_it_is() {
    let sentences = why("is every advanced course online");
    assert_eq!(sentences, ["Advanced courses: 7, is online: 2"]);
    assert!(why("is there no course on trauma").is_empty());
}
