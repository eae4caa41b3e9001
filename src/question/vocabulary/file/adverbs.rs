//! Adverbs of a file: further conditions on the relation of a verb, `exclusively`, `from 2015-16`.

use toml::Spanned;

use super::{
    adjectives::values,
    check::Checker,
    declare::verbs_called,
    entry::{AdverbEntry, Placed},
};
use crate::{
    question::vocabulary::{
        Adverb, AdverbId, VerbId, Vocabulary,
        pattern::{expression, literal},
        phrases::Entry,
    },
    syntax::ast::Expr,
};

pub(super) fn adverb(
    vocabulary: &mut Vocabulary,
    checker: &mut Checker<'_>,
    entry: Spanned<AdverbEntry>,
) {
    let at = &entry;
    let entry = entry.get_ref();
    let mut verbs: Vec<VerbId> = Vec::new();
    for word in &entry.of {
        verbs.extend(verbs_called(vocabulary, checker, word));
    }
    match (&entry.condition, &entry.values) {
        (Some(condition), None) if !entry.words.is_empty() => {
            if let Some(condition) = checker.expression(condition) {
                push(vocabulary, verbs, condition, entry.words.clone());
            }
        }
        (None, Some(value)) if !entry.before.is_empty() => {
            of_values(vocabulary, checker, verbs, value, &entry.before);
        }
        _ => checker.problem(
            at,
            "expected `words` and `where`, or `values` and `before`, in `[[adverbs]]`",
        ),
    }
}

/// Adds an adverb for each value of the relation, after each of some prepositions.
fn of_values(
    vocabulary: &mut Vocabulary,
    checker: &mut Checker<'_>,
    verbs: Vec<VerbId>,
    value: &Placed,
    before: &[String],
) {
    let Some(expr) = checker.expression(value) else {
        return;
    };
    let senses = verbs
        .iter()
        .flat_map(|verb| &vocabulary.verbs[verb.0 as usize].senses);
    let mut found: Vec<String> = senses
        .flat_map(|sense| values(checker, &sense.pattern, &expr))
        .collect();
    found.sort();
    found.dedup();
    for text in found {
        let condition = format!("{expr} = {}", literal(&text));
        let condition =
            expression(&condition).expect("an expression and a literal make a condition");
        let words = before
            .iter()
            .map(|before| format!("{before} {text}").trim_start().to_owned())
            .collect();
        push(vocabulary, verbs.clone(), condition, words);
    }
}

fn push(vocabulary: &mut Vocabulary, verbs: Vec<VerbId>, condition: Expr, words: Vec<String>) {
    let id = AdverbId(vocabulary.adverbs.len() as u32);
    for word in &words {
        vocabulary.phrases.add(word, Entry::Adverb(id));
    }
    vocabulary.adverbs.push(Adverb {
        words: words.into_iter().next().unwrap_or_default(),
        verbs,
        condition,
    });
}
