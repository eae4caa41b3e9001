//! Verbs for relationship types: `KNOWS` is `know`, `PROVIDED_BY` is `be provided by` and `provide`, `IS_LOCATED_IN` is
//! `be located in`, `HAS_LEVEL` is `have level` with the object noun `level`, `REPLY_OF` has the subject noun `reply`.

use super::labels_at;
use crate::{
    graph::Graph,
    question::{
        inflect::{base_of_participle, base_of_past, base_of_third, parts},
        vocabulary::{
            Sense, Vocabulary,
            build::NewVerb,
            pattern::{made, quoted},
        },
    },
    syntax::ast::LabelExprKind,
    value::TypeId,
};

/// Prepositions after a verb, an adjective or a noun.
const PREPOSITIONS: &[&str] = &[
    "about", "above", "across", "after", "against", "along", "among", "around", "as", "at",
    "before", "behind", "below", "beside", "between", "by", "during", "for", "from", "in",
    "inside", "into", "like", "near", "of", "off", "on", "onto", "out", "outside", "over",
    "through", "to", "toward", "towards", "under", "until", "up", "upon", "via", "with", "within",
    "without",
];

/// Endings of adjectives, which take `be`.
const ADJECTIVES: &[&str] = &[
    "able", "ible", "ent", "ant", "ive", "al", "ful", "ic", "ous", "less", "er", "ior", "equal",
    "same", "similar", "close",
];

/// Adds a verb for each type that is not a declared sense by itself.
pub(super) fn verbs(vocabulary: &mut Vocabulary, graph: &Graph) {
    let types: Vec<(TypeId, String)> = graph
        .catalog()
        .types()
        .filter(|(kind, _)| graph.stats().type_in_use(*kind))
        .map(|(kind, name)| (kind, name.to_string()))
        .collect();
    for (kind, name) in types {
        if !is_declared(vocabulary, &name) {
            add(vocabulary, graph, kind, &name);
        }
    }
}

fn is_declared(vocabulary: &Vocabulary, kind: &str) -> bool {
    let senses = vocabulary.verbs.iter().flat_map(|verb| &verb.senses);
    senses
        .into_iter()
        .any(|sense| match sense.pattern.steps.as_slice() {
            [(step, _)] if !sense.wide => step.types.as_ref().is_some_and(
                |types| matches!(&types.kind, LabelExprKind::Name(name) if name.text == kind),
            ),
            _ => false,
        })
}

/// The words for a type.
#[derive(Default)]
struct Said {
    /// The verb from the source to the target.
    along: Option<String>,
    /// The verb from the target to the source.
    against: Option<String>,
    subject: Option<String>,
    object: Option<String>,
}

fn add(vocabulary: &mut Vocabulary, graph: &Graph, kind: TypeId, name: &str) {
    let words: Vec<String> = parts(name).iter().map(|part| part.to_lowercase()).collect();
    let said = say(&words);
    let (sources, targets) = (labels_at(graph, kind, true), labels_at(graph, kind, false));
    let sense = |text: String, subject: &[String], object: &[String]| Sense {
        pattern: made(&text),
        subject: subject.to_vec(),
        object: object.to_vec(),
        words: None,
        wide: false,
        proposed: false,
    };
    if let Some(base) = said.along {
        let sense = sense(format!("()-[:{}]->()", quoted(name)), &sources, &targets);
        vocabulary.push_verb(NewVerb {
            words: vec![base],
            subject: said.subject.into_iter().collect(),
            object: said.object.into_iter().collect(),
            senses: vec![sense],
            asks_where: false,
        });
    }
    if let Some(base) = said.against {
        let sense = sense(format!("()<-[:{}]-()", quoted(name)), &targets, &sources);
        vocabulary.push_verb(NewVerb {
            words: vec![base],
            subject: Vec::new(),
            object: Vec::new(),
            senses: vec![sense],
            asks_where: false,
        });
    }
}

fn say(words: &[String]) -> Said {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let whole = words.join(" ");
    let along = |base: String| Some(base);
    match words.as_slice() {
        [] => Said::default(),
        ["is" | "was" | "are" | "be", rest @ ..] if !rest.is_empty() => predicate(rest),
        ["has" | "have" | "had", rest @ ..] if !rest.is_empty() => Said {
            along: along(format!("have {}", rest.join(" "))),
            object: Some(rest.join(" ")),
            ..Said::default()
        },
        [.., last] if words.len() > 1 && *last == "of" => predicate(&words),
        [first, ..] if PREPOSITIONS.contains(first) => predicate(&words),
        [first, .., last] if PREPOSITIONS.contains(last) && is_adjectival(first) => {
            predicate(&words)
        }
        [first, rest @ ..] => match base_of_third(first) {
            Some(base) if *first != "is" => Said {
                along: along([&[&*base], rest].concat().join(" ")),
                ..Said::default()
            },
            _ if is_adjectival(first) || base_of_past(first).is_some() => {
                participial(first, &words)
            }
            // `KNOW`, `STUDY_AT`; `CONTACT` is also a noun for the object.
            _ => Said {
                object: rest.is_empty().then(|| whole.clone()),
                along: along(whole),
                ..Said::default()
            },
        },
    }
}

fn is_adjectival(word: &str) -> bool {
    base_of_participle(word).is_some() || ADJECTIVES.iter().any(|ending| word.ends_with(ending))
}

/// `located in`, `provided by`, `part of`: predicates with `be`.
fn predicate(words: &[&str]) -> Said {
    let along = Some(format!("be {}", words.join(" ")));
    match words {
        [participle, "by"] => Said {
            along,
            against: base_of_participle(participle),
            ..Said::default()
        },
        [noun @ .., "of"] if !noun.is_empty() => Said {
            along,
            subject: Some(noun.join(" ")),
            ..Said::default()
        },
        _ => Said {
            along,
            ..Said::default()
        },
    }
}

/// `DEVELOPED`, `SENT_APOLOGIES`: the past of a verb, from the subject; `BROADER`: a predicate with `be`.
fn participial(first: &str, words: &[&str]) -> Said {
    let base = base_of_participle(first).or_else(|| base_of_past(first).map(str::to_owned));
    match base {
        Some(base) => Said {
            along: Some([&[&*base], &words[1..]].concat().join(" ")),
            ..Said::default()
        },
        None => predicate(words),
    }
}
