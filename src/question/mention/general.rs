//! All mentions of a question: those of the vocabulary, and for words that it does not have, everyday synonyms, verbs of
//! English without a sense in the graph, and spelling corrections.

use crate::{
    graph::Graph,
    question::{
        inflect::singulars,
        lexicon::{Form, similar, verb_forms_of},
        mention::{Meaning, Mention, Origin, VerbForm, find::mention, stranded::stranded},
        rules::function_word,
        vocabulary::Vocabulary,
        word::{Word, joined, normal},
    },
    value::NodeId,
};

/// Maximum number of words that a synonym stands for, and of words that continue its phrase.
const REPLACED: usize = 2;
const CONTINUED: usize = 2;
/// Maximum number of corrections of a word.
const CORRECTIONS: usize = 3;

/// The mentions of a question.
#[derive(Clone, Debug, Default)]
pub(in crate::question) struct Mentions {
    pub(in crate::question) mentions: Vec<Mention>,
    /// Words that are corrected to a word of the grammar, by index.
    pub(in crate::question) corrected: Vec<(usize, &'static str)>,
}

/// Returns all mentions of a question.
pub(in crate::question) fn mentions(
    words: &[Word],
    vocabulary: &Vocabulary,
    graph: &Graph,
) -> Mentions {
    let mut mentions = vocabulary.mentions(graph, words);
    mentions.extend(stranded(words, vocabulary));
    let mut mentions = Mentions {
        mentions,
        corrected: Vec::new(),
    };
    let unknown: Vec<usize> = (0..words.len())
        .filter(|at| !is_covered(&mentions.mentions, *at) && is_word(&words[*at]))
        .collect();
    for at in &unknown {
        if !vocabulary.only_own_words && function_word(&words[*at].text).is_none() {
            let synonyms = synonyms_at(words, *at, vocabulary);
            mentions.mentions.extend(synonyms);
        }
    }
    for at in unknown {
        let text = words[at].text.as_str();
        if is_covered(&mentions.mentions, at) {
            continue;
        }
        let mut found = unspecific_verbs(words, at);
        if function_word(text).is_none() {
            found.extend(part_of_a_name(words, at, vocabulary, graph));
            if found.is_empty() {
                correct(words, at, vocabulary, graph, &mut mentions);
            }
        }
        mentions.mentions.extend(found);
    }
    mentions
}

fn is_word(word: &Word) -> bool {
    word.quoted().is_none() && word.text.starts_with(char::is_alphabetic)
}

/// True if a mention of the vocabulary contains a word.
fn is_covered(mentions: &[Mention], word: usize) -> bool {
    let is_content = |mention: &&Mention| !matches!(mention.meaning, Meaning::Function(_));
    let mut content = mentions.iter().filter(is_content);
    content.any(|mention| mention.words.contains(&word))
}

/// The mentions of everyday synonyms of the words from `start` on.
fn synonyms_at(words: &[Word], start: usize, vocabulary: &Vocabulary) -> Vec<Mention> {
    let mut found = Vec::new();
    for end in start + 1..=words.len().min(start + REPLACED) {
        for (synonym, form) in similar(&joined(&words[start..end])) {
            let mut phrase = synonym.clone();
            for after in end..=words.len().min(end + CONTINUED) {
                if after > end {
                    phrase.push(' ');
                    phrase.push_str(&words[after - 1].text);
                }
                let meanings = vocabulary.phrase_meanings(&phrase).into_iter();
                let fitting = meanings.filter(|meaning| fits(meaning, form));
                found.extend(fitting.map(|meaning| Mention {
                    origin: Origin::Synonym(synonym.clone()),
                    ..mention(words, start..after, meaning)
                }));
            }
        }
    }
    found
}

/// True if a meaning has the class and the form of a word.
fn fits(meaning: &Meaning, form: Form) -> bool {
    match form {
        Form::Singular | Form::Plural => matches!(
            meaning,
            Meaning::Noun(_)
                | Meaning::Numbered(_)
                | Meaning::Attribute(_)
                | Meaning::SubjectNoun(_)
                | Meaning::ObjectNoun(_)
        ),
        Form::Plain => matches!(meaning, Meaning::Adjective(_)),
        _ => match meaning {
            Meaning::Verb(_, of) | Meaning::AttributeVerb(_, of) => *of == verb_form(form),
            Meaning::Predicate(_) => form == Form::Participle,
            _ => false,
        },
    }
}

fn verb_form(form: Form) -> VerbForm {
    match form {
        Form::Third => VerbForm::Third,
        Form::Past | Form::Participle => VerbForm::Past,
        Form::Progressive => VerbForm::Progressive,
        _ => VerbForm::Base,
    }
}

/// A verb of English as a mention without a sense.
fn unspecific_verbs(words: &[Word], at: usize) -> Vec<Mention> {
    let forms = verb_forms_of(&words[at].text).iter();
    let verbs = forms.map(|form| Mention {
        origin: Origin::Unspecific,
        ..mention(words, at..at + 1, Meaning::Verb(Vec::new(), *form))
    });
    verbs.collect()
}

/// The only entity whose name contains a word, in the singular or the plural.
fn part_of_a_name(
    words: &[Word],
    at: usize,
    vocabulary: &Vocabulary,
    graph: &Graph,
) -> Option<Mention> {
    /// Maximum number of names that are examined, and minimum number of letters of the word.
    const MOST: usize = 40;
    const LETTERS: usize = 5;
    let text = words[at].text.as_str();
    if text.len() < LETTERS {
        return None;
    }
    let forms = std::iter::once(text.to_owned()).chain(singulars(text));
    let mut named: Vec<(String, NodeId)> = forms
        .flat_map(|form| {
            let names = vocabulary.names_like(graph, &form, MOST).into_iter();
            names.filter(move |(name, _)| normal(name).split(' ').any(|word| word == form))
        })
        .collect();
    named.sort_by_key(|(_, node)| *node);
    named.dedup_by_key(|(_, node)| *node);
    let [(name, node)] = named.as_slice() else {
        return None;
    };
    let entity = vocabulary.entity(graph, *node, &normal(name))?;
    let shown = entity.name.clone();
    Some(Mention {
        origin: Origin::Corrected(shown),
        ..mention(words, at..at + 1, Meaning::Entity(vec![entity]))
    })
}

/// Adds the mentions of which a correction of a word is a part.
fn correct(
    words: &[Word],
    at: usize,
    vocabulary: &Vocabulary,
    graph: &Graph,
    mentions: &mut Mentions,
) {
    let corrections = vocabulary.corrections(graph, &words[at].text);
    for correction in corrections.into_iter().take(CORRECTIONS) {
        let mut corrected = words.to_vec();
        corrected[at].text.clone_from(&correction);
        if let Some(word) = function_word(&correction) {
            mentions.corrected.push((at, word));
        }
        let found = vocabulary.mentions(graph, &corrected).into_iter();
        let with_it = found.filter(|mention| {
            mention.words.contains(&at) && !matches!(mention.meaning, Meaning::Function(_))
        });
        mentions.mentions.extend(with_it.map(|mention| Mention {
            origin: Origin::Corrected(correction.clone()),
            ..mention
        }));
    }
}
