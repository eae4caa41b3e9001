//! How many files have to change to add something, counted on one example of each kind.

use crate::{source::sources, without_tests};

/// The files under the given folders of `src` that contain one of the words, tests apart.
fn files(folders: &[&str], words: &[&str]) -> Vec<&'static str> {
    let inside = |place: &str| {
        folders
            .iter()
            .any(|folder| place.starts_with(&format!("src/{folder}/")))
    };
    let found = sources().iter().filter(|file| {
        let text = without_tests(&file.text);
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n");
        let is_test = file.place.contains("/tests/") || file.place.contains("plan/parse/");
        inside(&file.place) && !is_test && words.iter().any(|word| contains(&code, word))
    });
    found.map(|file| file.place.as_str()).collect()
}

/// Whether a word occurs that no letter precedes or follows.
fn contains(text: &str, word: &str) -> bool {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    text.match_indices(word).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        !is_part(before) && !is_part(text.as_bytes().get(at + word.len()))
    })
}

/// The clause that produces it and the rules that rewrite it are not counted.
#[test]
fn an_operator_is_in_five_files() {
    let folders = ["plan", "optimize", "exec", "engine", "answer"];
    let words = [
        "Self::Limit",
        "Op::Limit",
        "mod limit",
        "struct Limit",
        "Limit::new",
    ];
    let mut found = files(&folders, &words);
    found.retain(|place| {
        !place.ends_with("optimize/topk.rs") && !place.ends_with("optimize/push_limit.rs")
    });
    assert!((1..=5).contains(&found.len()), "{found:#?}");
}

/// Its entry in the manual of the prompt is not counted.
#[test]
fn a_clause_is_in_six_files_and_the_grammar() {
    let folders = ["syntax", "analyze", "question", "repl", "engine"];
    let words = [
        "Clause::Foreach",
        "Self::Foreach",
        "ForeachClause",
        "foreach_clause",
        "\"FOREACH\"",
        "mod foreach",
    ];
    let mut found = files(&folders, &words);
    found.retain(|place| !place.ends_with("repl/command/manual.rs"));
    assert!((1..=6).contains(&found.len()), "{found:#?}");
}

#[test]
fn a_scalar_function_is_in_one_file() {
    let folders = [
        "function", "analyze", "exec", "plan", "optimize", "engine", "repl", "syntax",
    ];
    let found = files(&folders, &["\"toUpper\""]);
    assert_eq!(found.len(), 1, "{found:#?}");
}
