//! The lattice of a question: every span of words that the grammar or the vocabulary knows, as an edge with a cost.

use std::ops::Range;

use crate::question::{
    algebra::Value,
    mention::{Meaning, Mention, Origin, VerbForm, is_number},
    rules::{Rules, Symbol},
    word::Word,
};

/// The cost of each word of the grammar and of each mention, so that few, long mentions win.
const STEP: u32 = 16;
/// Additional cost of an everyday synonym.
const SYNONYM: u32 = 4;
/// Additional cost of a verb without a sense in the graph.
const UNSPECIFIC: u32 = 8;
/// Additional cost of a spelling correction.
const CORRECTED: u32 = 10;
/// Additional cost of a name of digits only, which may also be a number.
const DIGITS: u32 = 3;
/// Additional cost of a word of the grammar that a vocabulary may define more precisely.
const VAGUE: u32 = 3;
/// Words of the grammar without a meaning of their own.
const VAGUE_WORDS: &[&str] = &["still", "currently"];

/// An edge: a span of words with one terminal symbol.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) words: Range<usize>,
    pub(super) symbol: Symbol,
    pub(super) value: Value,
    pub(super) cost: u32,
    /// The mention, by its index; `None` for words of the grammar.
    pub(super) mention: Option<usize>,
    /// The word of the grammar that a word, by its index, is corrected to.
    pub(super) correction: Option<(usize, &'static str)>,
}

/// The edges of a question.
#[derive(Clone, Debug)]
pub(super) struct Lattice {
    pub(super) edges: Vec<Edge>,
    /// The edges that begin at each word, by index.
    pub(super) starts: Vec<Vec<u32>>,
}

impl Lattice {
    /// The edges of `words`: mentions in `links`, and phrases of the grammar.
    pub(super) fn of(words: &[Word], mentions: &[Mention], rules: &Rules) -> Self {
        Self::corrected(words, mentions, &[], rules)
    }

    /// The edges of `words`; some words are corrected to words of the grammar.
    pub(super) fn corrected(
        words: &[Word],
        mentions: &[Mention],
        corrections: &[(usize, &'static str)],
        rules: &Rules,
    ) -> Self {
        let mut lattice = Self {
            edges: Vec::new(),
            starts: vec![Vec::new(); words.len() + 1],
        };
        for (number, mention) in mentions.iter().enumerate() {
            let Some(at) =
                class(&mention.meaning).and_then(|name| rules.classes.get_index_of(name))
            else {
                continue;
            };
            if !is_grammatical(mention, words) {
                lattice.add(Edge {
                    words: mention.words.clone(),
                    symbol: Symbol::Class(at as u16),
                    value: Value::Token(number),
                    cost: cost(mention),
                    mention: Some(number),
                    correction: None,
                });
            }
        }
        for start in 0..words.len() {
            lattice.phrases_at(words, start, rules);
        }
        for (at, correction) in corrections {
            let mut corrected = words.to_vec();
            corrected[*at].text = (*correction).to_owned();
            let known = lattice.edges.len();
            for start in at.saturating_sub(rules.longest)..=*at {
                lattice.phrases_at(&corrected, start, rules);
            }
            lattice.keep_corrections(known, *at, correction);
        }
        lattice
    }

    /// Of the edges from `known` on, keeps those that contain the corrected word.
    fn keep_corrections(&mut self, known: usize, at: usize, correction: &'static str) {
        for (number, edge) in self.edges.iter_mut().enumerate().skip(known) {
            edge.cost += CORRECTED;
            edge.correction = Some((at, correction));
            if !edge.words.contains(&at) {
                self.starts[edge.words.start].retain(|edge| *edge as usize != number);
            }
        }
    }

    fn add(&mut self, edge: Edge) {
        self.starts[edge.words.start].push(self.edges.len() as u32);
        self.edges.push(edge);
    }

    /// Adds the phrases of the grammar that begin at a word.
    fn phrases_at(&mut self, words: &[Word], start: usize, rules: &Rules) {
        let mut phrase = String::new();
        for (count, word) in (1..).zip(&words[start..]).take(rules.longest) {
            if count > 1 {
                phrase.push(' ');
            }
            phrase.push_str(&word.text);
            for (literal, text) in rules.phrases.get(phrase.as_str()).into_iter().flatten() {
                let vague = u32::from(VAGUE_WORDS.contains(text)) * VAGUE;
                self.add(Edge {
                    words: start..start + count as usize,
                    symbol: Symbol::Literal(*literal),
                    value: Value::Word(text),
                    cost: STEP * count + vague,
                    mention: None,
                    correction: None,
                });
            }
        }
    }

    /// The words that no edge covers, by index.
    pub(super) fn uncovered(&self) -> Vec<usize> {
        let mut covered = vec![false; self.starts.len() - 1];
        for edge in &self.edges {
            covered[edge.words.clone()].fill(true);
        }
        (0..covered.len()).filter(|word| !covered[*word]).collect()
    }
}

/// The name of the class of a meaning in the rule file; `None` for words of the grammar.
pub(super) fn class(meaning: &Meaning) -> Option<&'static str> {
    Some(match meaning {
        Meaning::Function(_) => return None,
        Meaning::Noun(_) | Meaning::Numbered(_) => "Noun",
        Meaning::Verb(_, VerbForm::Base) => "Base",
        Meaning::Verb(_, VerbForm::Third) => "Third",
        Meaning::Verb(_, VerbForm::Past) => "Past",
        Meaning::Verb(_, VerbForm::Progressive) => "Progressive",
        Meaning::AttributeVerb(_, VerbForm::Base) => "AttributeBase",
        Meaning::AttributeVerb(_, VerbForm::Third) => "AttributeThird",
        Meaning::AttributeVerb(_, VerbForm::Past) => "AttributePast",
        Meaning::AttributeVerb(_, VerbForm::Progressive) => "AttributeProgressive",
        Meaning::Predicate(_) => "Predicate",
        Meaning::SubjectNoun(_) | Meaning::ObjectNoun(_) => "Role",
        Meaning::Adjective(_) => "Adjective",
        Meaning::Attribute(_) => "Attribute",
        Meaning::AttributeQuestion(_) => "Asks",
        Meaning::Comparative(..) => "Comparative",
        Meaning::Superlative(..) => "Superlative",
        Meaning::Entity(_) => "Name",
        Meaning::Number(_) => "Number",
        Meaning::Date(_) => "Date",
        Meaning::Quoted(_) => "Quoted",
        Meaning::RelationNoun(_) => "Relation",
        Meaning::Adverb(_) => "Adverb",
    })
}

/// The cost of a mention: a constant, and a cost per class that ranks the meanings of the same words.
fn cost(mention: &Mention) -> u32 {
    let origin = match &mention.origin {
        Origin::Known => 0,
        Origin::Stranded => 1,
        Origin::Synonym(_) => SYNONYM,
        Origin::Unspecific => UNSPECIFIC,
        Origin::Corrected(_) => CORRECTED,
    };
    STEP + origin
        + match &mention.meaning {
            Meaning::Function(_) => 0,
            Meaning::Noun(_) | Meaning::Numbered(_) | Meaning::Number(_) => 1,
            // An adjective such as `represented` is preferred to the past form of a verb.
            Meaning::Verb(_, VerbForm::Past) => 3,
            Meaning::Verb(..) | Meaning::Predicate(_) | Meaning::AttributeVerb(..) => 1,
            Meaning::Date(_) | Meaning::AttributeQuestion(_) => 2,
            Meaning::Comparative(..) | Meaning::Superlative(..) => 2,
            Meaning::Adjective(_) | Meaning::Adverb(_) | Meaning::Attribute(_) => 2,
            Meaning::SubjectNoun(_) | Meaning::ObjectNoun(_) | Meaning::RelationNoun(_) => 2,
            Meaning::Entity(entities) => {
                3 + u32::from(entities.iter().all(|entity| is_number(&entity.name))) * DIGITS
            }
            Meaning::Quoted(_) => 3,
        }
}

/// True for a mention that the grammar handles itself: prepositions, `have`, `be` and question words.
fn is_grammatical(mention: &Mention, words: &[Word]) -> bool {
    const OWN: &[&str] = &[
        "in", "on", "at", "of", "for", "from", "to", "with", "under", "within", "inside", "by",
        "have", "has", "had", "having", "is", "are", "was", "were", "be",
    ];
    // A question word is not a property key or label of that name, nor its plural: `whats` is `what is`.
    const ASKING: &[&str] = &["what", "which", "who", "whom", "whose", "how"];
    let word = words[mention.words.start].text.as_str();
    match &mention.meaning {
        Meaning::Attribute(_) | Meaning::Noun(_) if ASKING.contains(&word) => true,
        _ => mention.words.len() == 1 && OWN.contains(&word),
    }
}
