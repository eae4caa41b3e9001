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

/// First words of the sentences of every family.
const FORMS: &str = "a question begins with `which`, `what`, `who`, `where`, `when`, `how many`, `how long`, `list`, `is there`, `does`, `describe`, `compare` or `how is … connected to …`";

pub(super) fn no_question(whole: Span, words: &[Word]) -> Box<Diagnostic> {
    let message = if words.is_empty() {
        "nothing is asked"
    } else {
        "this is longer than any question can be"
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
    let near = match near.is_empty() {
        true => String::new(),
        false => format!("Nearest: {}. ", near.join(", ")),
    };
    let message = format!("I do not know `{word}`");
    let mut diagnostic =
        Diagnostic::new(Code::UnknownWord, span, message).help(format!("{near}Nothing was run."));
    for other in strange.iter().skip(1) {
        let span = words[*other].span;
        if let Some(word) = text.get(span.range()) {
            diagnostic = diagnostic.label(span, format!("nor `{word}`"));
        }
    }
    Box::new(diagnostic)
}

/// The diagnostic for known words that the grammar rejects.
pub(super) fn stuck(text: &str, words: &[Word], stuck: Stuck, linking: &[Link]) -> Box<Diagnostic> {
    let end = Span::new(text.trim_end().len(), text.trim_end().len());
    match linking.get(stuck.tokens) {
        None => {
            let message = "the question is not complete";
            let help = ahead(linking, stuck.tokens);
            let help = help.unwrap_or_else(|| "go on, with a noun, a name or a verb".to_owned());
            Box::new(Diagnostic::new(Code::UnreadableQuestion, end, message).help(help))
        }
        Some(link) if link.words.start == 0 => {
            let word = &words[0].text;
            Box::new(
                Diagnostic::new(
                    Code::UnreadableQuestion,
                    link.span,
                    format!("no question goes on after `{word}` like this"),
                )
                .help(FORMS),
            )
        }
        Some(link) => {
            let word = text.get(link.span.range()).unwrap_or_default();
            let before = text
                .get(..link.span.start as usize)
                .unwrap_or_default()
                .trim_end();
            let message =
                format!("I know `{word}`, but not in this place: `{before} …` goes on otherwise");
            let help = ahead(linking, stuck.tokens).unwrap_or_else(|| {
                "say it in shorter sentences, or with `that`: `courses that cover …`, `sections that have …`".to_owned()
            });
            Box::new(Diagnostic::new(Code::UnreadableQuestion, link.span, message).help(help))
        }
    }
}

/// The words that can follow the first `count` mentions, in prose: word categories, and common words of the grammar.
fn ahead(linking: &[Link], count: usize) -> Option<String> {
    const KINDS: &[(&str, &str)] = &[
        ("NK", "a kind of thing"),
        ("EL", "a name"),
        ("BTDG", "a verb"),
        ("P", "a word such as `about`"),
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
    (!next.is_empty()).then(|| format!("what can stand here: {}", join(next.into_iter(), "or")))
}

/// The diagnostic for a sentence that has no meaning in the graph.
pub(super) fn misfit(text: &str, misfit: &Misfit, vocabulary: &Vocabulary) -> Box<Diagnostic> {
    let span = misfit.span();
    let diagnostic = match misfit {
        Misfit::Untied { from, to, .. } => {
            let message = format!(
                "nothing ties {} to {} in this way",
                things(from, vocabulary),
                things(to, vocabulary)
            );
            let found = vocabulary.propose(from, to);
            let help = match found {
                Some(sense) if !from.is_empty() && !to.is_empty() => {
                    format!(
                        "they are tied so: `{}`; ask with `have`, `of` or `in`, or `how is … connected to …`",
                        sense.pattern
                    )
                }
                _ => "ask `how is … connected to …` to see what ties them".to_owned(),
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
                    "`{word}` is the {what} here, and {} have none",
                    things(kind, vocabulary)
                ),
            };
            Diagnostic::new(Code::UnrelatedWords, span, message).maybe_help(owned(kind, vocabulary))
        }
        Misfit::Nobody(_) => Diagnostic::new(
            Code::UnrelatedWords,
            span,
            "this stands for nothing that was spoken of before",
        )
        .help("name the thing again: questions do not see one another"),
        Misfit::Unfit(why, _) => {
            Diagnostic::new(Code::UnrelatedWords, span, format!("this {why}")).help(FORMS)
        }
    };
    Box::new(diagnostic)
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
