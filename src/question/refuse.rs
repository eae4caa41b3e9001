//! Diagnostics for questions without an interpretation.

use crate::{
    base::{Code, Diagnostic, Span},
    graph::Graph,
    question::{
        chart::Forest,
        resolve::ResolveError,
        resolved::EntityType,
        rules::{Symbol, rules},
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

/// The diagnostic for unknown words: the first with the most similar known words and with whole questions that can be asked
/// without it, the others as labels.
pub(super) fn unknown_word(
    text: &str,
    words: &[Word],
    strange: &[usize],
    offered: &[String],
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
    let offered = offered.iter().map(|question| format!("`{question}`"));
    let help = match offered.len() {
        0 => help,
        _ => format!("ask without it: {}; {help}", join(offered, "or")),
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
pub(super) fn stuck(text: &str, words: &[Word], forest: &Forest<'_>) -> Box<Diagnostic> {
    let reached = forest.reached();
    let Some(word) = words.get(reached) else {
        let end = Span::new(text.trim_end().len(), text.trim_end().len());
        let help = ahead(forest, reached);
        let help = help.unwrap_or_else(|| "continue with a noun, a name or a verb".to_owned());
        let message = "the question is incomplete";
        return Box::new(Diagnostic::new(Code::UnreadableQuestion, end, message).help(help));
    };
    let at = |word: &Word| text.get(word.span.range()).unwrap_or_default();
    let (message, help) = match reached.checked_sub(1) {
        None => (
            format!("no question that begins with `{}` has this form", word.text),
            FORMS.to_owned(),
        ),
        Some(before) => (
            format!("`{}` cannot follow `{}`", at(word), at(&words[before])),
            ahead(forest, reached).unwrap_or_else(|| {
                "use shorter questions, or `that`: `courses that cover …`, `sections that have …`"
                    .to_owned()
            }),
        ),
    };
    Box::new(Diagnostic::new(Code::UnreadableQuestion, word.span, message).help(help))
}

/// The words that can follow at a position, in prose: classes of words, and common words of the grammar.
fn ahead(forest: &Forest<'_>, position: usize) -> Option<String> {
    const KINDS: &[(&[&str], &str)] = &[
        (&["Noun"], "a noun"),
        (&["Name", "Quoted"], "a name"),
        (&["Base", "Third", "Past", "Progressive"], "a verb"),
        (&["Predicate"], "a preposition such as `about`"),
        (&["Adjective"], "an adjective"),
        (&["Attribute", "Asks"], "a value"),
        (&["Comparative", "Superlative"], "a comparison"),
        (&["Number"], "a number"),
        (&["Date"], "a date"),
    ];
    const PLAIN: &[&str] = &[
        "that", "with", "in", "of", "for", "by", "and", "or", "but not", "than", "there", "have",
        "not", "every", "no", "the",
    ];
    /// Maximum number of words that are listed.
    const WORDS: usize = 6;
    let (mut classes, mut phrases) = (Vec::new(), Vec::new());
    for symbol in forest.expected(position) {
        match symbol {
            Symbol::Class(class) => classes.push(rules().classes[class as usize]),
            Symbol::Literal(literal) => {
                phrases.extend(&rules().literals[literal as usize].phrases);
            }
            Symbol::Category(_) => {}
        }
    }
    let entity_types = KINDS
        .iter()
        .filter(|(names, _)| names.iter().any(|name| classes.contains(name)));
    let words = PLAIN.iter().filter(|plain| phrases.contains(plain));
    let next: Vec<String> = entity_types
        .map(|(_, entity_type)| (*entity_type).to_owned())
        .chain(words.take(WORDS).map(|word| format!("`{word}`")))
        .collect();
    (!next.is_empty()).then(|| format!("expected {}", join(next.into_iter(), "or")))
}

/// The diagnostic for a sentence that has no meaning in the graph.
pub(super) fn error(text: &str, error: &ResolveError, vocabulary: &Vocabulary) -> Box<Diagnostic> {
    let span = error.span();
    let diagnostic = match error {
        ResolveError::Unrelated { from, to, .. } => {
            let message = match (entity_sets(from, vocabulary), entity_sets(to, vocabulary)) {
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
        ResolveError::WithoutAttribute {
            entity_type, what, ..
        } => {
            let word = text
                .get(span.start as usize..span.end as usize)
                .unwrap_or(what);
            let message = match word.to_lowercase().starts_with(&what.to_lowercase()) {
                true => format!("{} have no `{what}`", entity_sets(entity_type, vocabulary)),
                false => format!(
                    "`{word}` asks for the {what}, but {} have none",
                    entity_sets(entity_type, vocabulary)
                ),
            };
            Diagnostic::new(Code::UnrelatedWords, span, message)
                .maybe_help(owned(entity_type, vocabulary))
        }
        ResolveError::NoReferent(_) => Diagnostic::new(
            Code::UnrelatedWords,
            span,
            format!(
                "{} refers to nothing earlier in the question",
                quoted(text, span)
            ),
        )
        .help("repeat the name: a question cannot refer to an earlier question"),
        ResolveError::Unanswerable(why, _) => {
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
fn entity_sets(entity_type: &EntityType, vocabulary: &Vocabulary) -> String {
    let noun = |label: &String| {
        let found = vocabulary
            .nouns
            .iter()
            .find(|noun| noun.label == *label && noun.pattern.is_none());
        found.map_or_else(|| label.clone(), |noun| noun.plural.clone())
    };
    match entity_type.as_slice() {
        [] => "anything".to_owned(),
        entity_type => join(entity_type.iter().map(noun), "or"),
    }
}

/// A help text that lists the attributes of an entity type; `None` if there are none.
fn owned(entity_type: &EntityType, vocabulary: &Vocabulary) -> Option<String> {
    let attributes = vocabulary.attributes.iter().filter(|attribute| {
        !attribute.labels.is_empty()
            && !entity_type.is_empty()
            && vocabulary.meets(entity_type, &attribute.labels)
    });
    let mut words: Vec<&str> = attributes
        .map(|attribute| attribute.words.as_str())
        .collect();
    words.dedup();
    words.truncate(8);
    (!words.is_empty()).then(|| format!("they have {}", words.join(", ")))
}
