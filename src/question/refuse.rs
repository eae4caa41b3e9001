//! Diagnostics for questions without an interpretation.

use crate::{
    base::{Code, Diagnostic, Span},
    graph::Graph,
    question::{
        link::Link,
        meaning::Kind,
        parse::{self, Expected, Stuck},
        resolve::Misfit,
        say::join,
        vocabulary::Vocabulary,
        word::Word,
    },
};

/// Maximum number of words of a question.
pub(super) const LONGEST: usize = 80;

/// First words of the sentences of every family.
const FORMS: &str = "a question begins with `which`, `what`, `who`, `where`, `when`, `how many`, `how long`, `list`, `is there`, `does`, `describe`, `compare` or `how is … connected to …`";

pub(super) fn no_question(whole: Span, words: &[Word]) -> Box<Diagnostic> {
    let message = match words.len() {
        0 => "the question is empty".to_owned(),
        count if count > LONGEST => format!("expected at most {LONGEST} words, found {count}"),
        _ => "the question has no supported form".to_owned(),
    };
    Box::new(Diagnostic::new(Code::UnreadableQuestion, whole, message).help(FORMS))
}

/// The diagnostic for unknown words: the first with the most similar known words, the others as labels.
pub(super) fn unknown_word(
    text: &str,
    words: &[Word],
    strange: &[usize],
    vocabulary: &Vocabulary,
    graph: &Graph,
) -> Box<Diagnostic> {
    let span = words[strange[0]].span;
    let word = text.get(span.range()).unwrap_or(&words[strange[0]].text);
    let near = vocabulary.nearest(graph, &words[strange[0]].text, 3);
    let near: Vec<String> = (near.iter())
        .map(|near| format!("{} ({})", near.words, near.what))
        .collect();
    let help = match near.is_empty() {
        true => "`:vocabulary` at the prompt lists the words of the graph".to_owned(),
        false => format!("the nearest words are {}", join(near.into_iter(), "and")),
    };
    let message = format!("unknown word `{word}`");
    let mut diagnostic = Diagnostic::new(Code::UnknownWord, span, message).help(help);
    for other in strange.iter().skip(1) {
        let span = words[*other].span;
        if let Some(word) = text.get(span.range()) {
            diagnostic = diagnostic.label(span, format!("`{word}` is also unknown"));
        }
    }
    Box::new(diagnostic)
}

/// The diagnostic for known words that the grammar rejects.
pub(super) fn stuck(text: &str, words: &[Word], stuck: Stuck, linking: &[Link]) -> Box<Diagnostic> {
    let end = Span::new(text.trim_end().len(), text.trim_end().len());
    match linking.get(stuck.tokens) {
        None => {
            let message = "the question is incomplete";
            let help = ahead(linking, stuck.tokens);
            let help = help.unwrap_or_else(|| "continue with a noun, a name or a verb".to_owned());
            Box::new(Diagnostic::new(Code::UnreadableQuestion, end, message).help(help))
        }
        Some(link) if link.words.start == 0 => {
            let word = &words[0].text;
            Box::new(
                Diagnostic::new(
                    Code::UnreadableQuestion,
                    link.span,
                    format!("no question that begins with `{word}` has this form"),
                )
                .help(FORMS),
            )
        }
        Some(link) => {
            let at = |link: &Link| text.get(link.span.range()).unwrap_or_default();
            let before = stuck
                .tokens
                .checked_sub(1)
                .and_then(|last| linking.get(last));
            let message = format!(
                "`{}` cannot follow `{}`",
                at(link),
                before.map_or("", |before| at(before))
            );
            let help = ahead(linking, stuck.tokens).unwrap_or_else(|| {
                "use shorter questions, or `that`: `courses that cover …`, `sections that have …`"
                    .to_owned()
            });
            Box::new(Diagnostic::new(Code::UnreadableQuestion, link.span, message).help(help))
        }
    }
}

/// The words that can follow the first `count` mentions, in prose: word categories, and common words of the grammar.
fn ahead(linking: &[Link], count: usize) -> Option<String> {
    const KINDS: &[(&str, &str)] = &[
        ("NK", "a noun"),
        ("EL", "a name"),
        ("BTDG", "a verb"),
        ("P", "a preposition such as `about`"),
        ("A", "an adjective"),
        ("RQ", "a value"),
        ("CM", "a comparison"),
        ("I", "a number"),
        ("J", "a date"),
    ];
    const PLAIN: &[&str] = &[
        "that", "with", "in", "of", "for", "by", "and", "or", "but not", "than", "there", "have",
        "not", "every", "no", "the",
    ];
    /// Maximum number of words that are listed.
    const WORDS: usize = 6;
    let links: Vec<&Link> = linking.iter().take(count).collect();
    let expected = parse::expected(&parse::tokens(&links));
    let kinds = KINDS.iter().filter(|(letters, _)| {
        expected
            .iter()
            .any(|next| matches!(next, Expected::Category(letter) if letters.contains(*letter)))
    });
    let words = PLAIN.iter().filter(|plain| {
        expected
            .iter()
            .any(|next| matches!(next, Expected::Words(words) if words == *plain))
    });
    let next: Vec<String> = kinds
        .map(|(_, kind)| (*kind).to_owned())
        .chain(words.take(WORDS).map(|word| format!("`{word}`")))
        .collect();
    (!next.is_empty()).then(|| format!("expected {}", join(next.into_iter(), "or")))
}

/// The diagnostic for a sentence that has no meaning in the graph.
pub(super) fn misfit(text: &str, misfit: &Misfit, vocabulary: &Vocabulary) -> Box<Diagnostic> {
    let span = misfit.span();
    let diagnostic = match misfit {
        Misfit::Untied { from, to, .. } => {
            let message = match (things(from, vocabulary), things(to, vocabulary)) {
                (one, _) if to.is_empty() => format!("the graph has no such relation for {one}"),
                (_, one) if from.is_empty() => format!("the graph has no such relation for {one}"),
                (from, to) => format!("the graph has no such relation between {from} and {to}"),
            };
            let found = vocabulary.propose(from, to);
            let help = match found {
                Some(sense) if !from.is_empty() && !to.is_empty() => {
                    format!(
                        "they are related by `{}`; use `have`, `of` or `in`, or ask `how is … connected to …`",
                        sense.pattern
                    )
                }
                _ => "ask `how is … connected to …` for the shortest path between two entities"
                    .to_owned(),
            };
            Diagnostic::new(Code::UnrelatedWords, span, message).help(help)
        }
        Misfit::Without { kind, what, .. } => {
            let word = text
                .get(span.start as usize..span.end as usize)
                .unwrap_or(what);
            let message = match word.to_lowercase().starts_with(&what.to_lowercase()) {
                true => format!("{} have no `{what}`", things(kind, vocabulary)),
                false => format!(
                    "`{word}` asks for the {what}, but {} have none",
                    things(kind, vocabulary)
                ),
            };
            Diagnostic::new(Code::UnrelatedWords, span, message).maybe_help(owned(kind, vocabulary))
        }
        Misfit::Nobody(_) => Diagnostic::new(
            Code::UnrelatedWords,
            span,
            format!(
                "{} refers to nothing earlier in the question",
                quoted(text, span)
            ),
        )
        .help("repeat the name: a question cannot refer to an earlier question"),
        Misfit::Unfit(why, _) => {
            let message = format!("{} {why}", quoted(text, span));
            Diagnostic::new(Code::UnrelatedWords, span, message).help(FORMS)
        }
    };
    Box::new(diagnostic)
}

/// The words of a span in backticks; `this` if the span is empty.
fn quoted(text: &str, span: Span) -> String {
    match text.get(span.range()).unwrap_or_default() {
        "" => "this".to_owned(),
        words => format!("`{words}`"),
    }
}

/// The plural noun of an entity type.
fn things(kind: &Kind, vocabulary: &Vocabulary) -> String {
    let noun = |label: &String| {
        let found = vocabulary
            .nouns
            .iter()
            .find(|noun| noun.label == *label && noun.pattern.is_none());
        found.map_or_else(|| label.clone(), |noun| noun.plural.clone())
    };
    match kind.as_slice() {
        [] => "anything".to_owned(),
        kind => join(kind.iter().map(noun), "or"),
    }
}

/// A help text that lists the attributes of an entity type; `None` if there are none.
fn owned(kind: &Kind, vocabulary: &Vocabulary) -> Option<String> {
    let attributes = vocabulary.attributes.iter().filter(|attribute| {
        !attribute.labels.is_empty()
            && !kind.is_empty()
            && vocabulary.meets(kind, &attribute.labels)
    });
    let mut words: Vec<&str> = attributes
        .map(|attribute| attribute.words.as_str())
        .collect();
    words.dedup();
    words.truncate(8);
    (!words.is_empty()).then(|| format!("they have {}", words.join(", ")))
}
