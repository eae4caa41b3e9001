//! Verbs for relationship types: `KNOWS` is `know`, `PROVIDED_BY` is `be provided by` and `provide`, `IS_LOCATED_IN` is
//! `be located in`, `HAS_LEVEL` is `have level` with the object noun `level`, `REPLY_OF` has the subject noun `reply`.

use super::labels_at;
use crate::{
    graph::Graph,
    question::{
        inflect::{
            agents, base_of_participle, base_of_past, base_of_third, irregular_agents, parts,
            processes,
        },
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

/// Verbs without a passive: a participle of theirs is a past (`ACTED_IN`), not a predicate with `be` (`BASED_IN`).
const INTRANSITIVE: &[&str] = &[
    "act",
    "apply",
    "appear",
    "apologise",
    "apologize",
    "arrive",
    "attend",
    "belong",
    "collaborate",
    "come",
    "comment",
    "compete",
    "contribute",
    "correspond",
    "depart",
    "die",
    "disagree",
    "dwell",
    "fall",
    "fight",
    "flow",
    "fly",
    "go",
    "graduate",
    "invest",
    "lecture",
    "lie",
    "listen",
    "live",
    "migrate",
    "object",
    "occur",
    "participate",
    "perform",
    "play",
    "preside",
    "rely",
    "remain",
    "reply",
    "report",
    "reside",
    "respond",
    "retire",
    "run",
    "serve",
    "sing",
    "sit",
    "speak",
    "stand",
    "star",
    "stay",
    "study",
    "subscribe",
    "succeed",
    "talk",
    "teach",
    "train",
    "travel",
    "vote",
    "walk",
    "work",
];

/// Verbs whose object is in the subject.
const CONTAINERS: &[&str] = &["comprise", "contain", "hold", "include"];

/// Prepositions of places: `where does X live`.
const PLACES: &[&str] = &["in", "at", "on", "inside", "within", "near"];

/// The words for a type.
#[derive(Default)]
struct Said {
    /// The verb from the source to the target.
    along: Option<String>,
    /// Further base forms of it, which are not displayed.
    further: Vec<String>,
    /// Participles of it without their preposition: `based` for `be based in`.
    bare: Vec<String>,
    /// The verb from the target to the source.
    against: Option<String>,
    subject: Vec<String>,
    object: Vec<String>,
    /// Nouns of processes, which stand for the object: `affiliation`.
    processes: Vec<String>,
    /// The subjects of the verb from the target.
    agents: Vec<String>,
    asks_where: bool,
}

impl Said {
    fn verb(base: String) -> Self {
        Self {
            along: Some(base),
            ..Self::default()
        }
    }
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
    // A noun that names a label needs no role.
    let free = |nouns: Vec<String>, vocabulary: &Vocabulary| -> Vec<String> {
        let free = |noun: &String| !vocabulary.has_noun(noun);
        nouns.into_iter().filter(free).collect()
    };
    if let Some(base) = said.along {
        let sense = sense(format!("()-[:{}]->()", quoted(name)), &sources, &targets);
        let subject = free(said.subject, vocabulary);
        let processes = free(said.processes, vocabulary);
        let id = vocabulary.push_verb(NewVerb {
            words: vec![base],
            subject,
            object: [said.object, processes].concat(),
            senses: vec![sense],
            asks_where: said.asks_where,
        });
        vocabulary.also_say(&said.further, &said.bare, id);
    }
    if let Some(base) = said.against {
        let sense = sense(format!("()<-[:{}]-()", quoted(name)), &targets, &sources);
        let subject = free(said.agents, vocabulary);
        vocabulary.push_verb(NewVerb {
            words: vec![base],
            subject,
            object: Vec::new(),
            senses: vec![sense],
            asks_where: false,
        });
    }
}

fn say(words: &[String]) -> Said {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let whole = words.join(" ");
    match words.as_slice() {
        [] => Said::default(),
        ["is" | "was" | "are" | "be", rest @ ..] if !rest.is_empty() => predicate(rest),
        ["has" | "have" | "had", rest @ ..] if !rest.is_empty() => Said {
            object: vec![rest.join(" ")],
            ..Said::verb(format!("have {}", rest.join(" ")))
        },
        [.., last] if words.len() > 1 && *last == "of" => predicate(&words),
        [first] if PREPOSITIONS.contains(first) => predicate(&words),
        // `IN_CATEGORY`: also `be in`.
        [first, ..] if PREPOSITIONS.contains(first) => Said {
            further: vec![format!("be {first}")],
            ..predicate(&words)
        },
        [first, .., last] if PREPOSITIONS.contains(last) && is_adjectival(first) => {
            match base_of(first).filter(|base| INTRANSITIVE.contains(&base.as_str())) {
                Some(base) => active(&base, &words[1..]),
                None => predicate(&words),
            }
        }
        [first, rest @ ..] => match base_of_third(first) {
            Some(base) if *first != "is" => active(&base, rest),
            _ if is_adjectival(first) || base_of_past(first).is_some() => match base_of(first) {
                Some(base) => active(&base, rest),
                None => predicate(&words),
            },
            // `KNOW`, `STUDY_AT`; `CONTACT` is also a noun for the object.
            _ => Said {
                object: rest.is_empty().then(|| whole.clone()).into_iter().collect(),
                ..active(first, rest)
            },
        },
    }
}

/// The base form of a participle or a past.
fn base_of(word: &str) -> Option<String> {
    base_of_participle(word).or_else(|| base_of_past(word).map(str::to_owned))
}

/// `acted in`, `works at`, `directed`: a verb from the subject, with the nouns for those who do so.
fn active(base: &str, rest: &[&str]) -> Said {
    let last = rest.last();
    let relates = last.is_some_and(|last| PREPOSITIONS.contains(last));
    let contains = rest.is_empty() && CONTAINERS.contains(&base);
    Said {
        against: contains.then(|| "be in".to_owned()),
        further: (relates && rest.len() == 1)
            .then(|| base.to_owned())
            .into_iter()
            .collect(),
        subject: match rest {
            [] => agents(base),
            [_] if relates => irregular_agents(base),
            _ => Vec::new(),
        },
        asks_where: last.is_some_and(|last| PLACES.contains(last)),
        ..Said::verb([&[base], rest].concat().join(" "))
    }
}

fn is_adjectival(word: &str) -> bool {
    base_of_participle(word).is_some() || ADJECTIVES.iter().any(|ending| word.ends_with(ending))
}

/// `located in`, `provided by`, `part of`: predicates with `be`.
fn predicate(words: &[&str]) -> Said {
    let said = Said::verb(format!("be {}", words.join(" ")));
    match words {
        [participle, "by"] => {
            let base = base_of_participle(participle);
            Said {
                agents: base.as_deref().map(agents).unwrap_or_default(),
                processes: base.as_deref().map(processes).unwrap_or_default(),
                against: base,
                ..said
            }
        }
        [noun @ .., "of"] if !noun.is_empty() => Said {
            subject: vec![noun.join(" ")],
            ..said
        },
        [participle, preposition] if PREPOSITIONS.contains(preposition) => {
            let base = base_of_participle(participle);
            let leads = PLACES.contains(preposition) && base.is_some();
            Said {
                processes: base.as_deref().map(processes).unwrap_or_default(),
                asks_where: leads,
                bare: leads
                    .then(|| (*participle).to_owned())
                    .into_iter()
                    .collect(),
                ..said
            }
        }
        _ => said,
    }
}
