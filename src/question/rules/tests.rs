//! Every rule is used by an example of its block, on the built-in graph.

use std::collections::BTreeSet;

use super::{Rules, TEXT, rules};
use crate::{
    base::Span,
    graph::Graph,
    question::{
        algebra::Value,
        chart::{Forest, Parse},
        lattice::Lattice,
        mention::{Mentions, mentions},
        resolve,
        testing::built_in,
        vocabulary::Vocabulary,
        word::words,
    },
};

/// The lines of the rules in the first parse of a question that has a meaning in the graph.
fn lines_used(text: &str, graph: &Graph, vocabulary: &Vocabulary) -> BTreeSet<usize> {
    let words = words(text);
    let Mentions {
        mentions,
        corrected,
    } = mentions(&words, vocabulary, graph);
    let lattice = Lattice::corrected(&words, &mentions, &corrected, rules());
    let spans: Vec<Span> = words.iter().map(|word| word.span).collect();
    let parses = Forest::read(rules(), &lattice).best(text, &mentions, &spans);
    let mentions: Vec<_> = mentions.iter().collect();
    let cost = |parse: &&std::rc::Rc<Parse>| match &parse.value {
        Value::Question(tree) => {
            let resolved = resolve::resolve(tree, &mentions, vocabulary, graph, Vec::new());
            resolved
                .ok()
                .map(|resolved| resolved.choice_sequence.cost())
        }
        _ => None,
    };
    // A parse that rests on a guess is used only if there is no other.
    let certain =
        |parse: &&std::rc::Rc<Parse>| cost(parse).is_some_and(|cost| cost < resolve::THROUGH);
    let used = parses.iter().find(certain);
    let used = used.or_else(|| parses.iter().find(|parse| cost(parse).is_some()));
    let rules_used = used.map(|parse| parse.rules.as_slice()).unwrap_or_default();
    let line = |rule: &u32| rules().rules[*rule as usize].line;
    rules_used.iter().map(line).collect()
}

#[test]
fn every_rule_is_used_by_an_example_of_its_block() {
    let (graph, vocabulary) = built_in();
    let used: Vec<BTreeSet<usize>> = rules()
        .examples
        .iter()
        .map(|examples| {
            let used = examples
                .iter()
                .map(|text| lines_used(text, &graph, &vocabulary));
            used.flatten().collect()
        })
        .collect();
    let is_unused = |rule: &&super::Rule| !used[rule.block].contains(&rule.line);
    let unused: BTreeSet<usize> = rules()
        .rules
        .iter()
        .filter(is_unused)
        .map(|rule| rule.line)
        .collect();
    let lines: Vec<&str> = TEXT.lines().collect();
    let shown: Vec<String> = unused
        .iter()
        .map(|line| format!("{line}: {}", lines[line - 1]))
        .collect();
    assert!(
        shown.is_empty(),
        "no example of their block uses these rules:\n{}",
        shown.join("\n")
    );
}

#[test]
fn a_wrong_rule_is_an_error_with_its_line() {
    let error = |text: &'static str| Rules::read(text).expect_err("the rules are wrong");
    assert_eq!(
        error("question = np:n -> count(n)\nnp = Noun:n -> plural(n)\n"),
        "line 2: no operator `plural`"
    );
    assert_eq!(
        error("question = Noun:n -> noun(m)\n"),
        "line 1: no part is called `m`"
    );
    assert_eq!(error("question = np:n -> count(n)\n"), "no rule forms `np`");
    assert!(error("question = np ->\n").contains("expected meaning"));
}

#[test]
fn a_rule_with_an_optional_part_is_two_rules() {
    let rules = Rules::read("question = \"the|a\":d? Noun:n -> noun(n) @3\n");
    let rules = rules.expect("the rules are right");
    let lengths: Vec<usize> = rules.rules.iter().map(|rule| rule.parts.len()).collect();
    assert_eq!(lengths, [2, 1]);
    assert!(rules.rules.iter().all(|rule| rule.cost == 3));
    assert!(rules.words.contains("the") && rules.words.contains("a"));
}
