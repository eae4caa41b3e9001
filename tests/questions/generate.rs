//! Generates questions from a vocabulary: sentence forms filled with matching nouns, verbs, adjectives, attributes and
//! names.

use std::collections::BTreeMap;

use relata::{
    Database,
    question::{
        Vocabulary,
        vocabulary::{Sense, Verb},
    },
};

/// The words for questions.
pub(crate) struct Material {
    vocabulary: Vocabulary,
    /// Names of entities by label.
    names: BTreeMap<String, Vec<String>>,
}

/// A source of choices; the same seed gives the same question.
pub(crate) struct Choices(u64);

impl Choices {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`, which must not be 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).expect("it is below a size")
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let number = (!items.is_empty()).then(|| self.below(items.len()))?;
        items.get(number)
    }
}

impl Material {
    pub(crate) fn of(database: &mut Database) -> Self {
        let vocabulary = database
            .vocabulary()
            .expect("the words are in order")
            .clone();
        let mut names = BTreeMap::<String, Vec<String>>::new();
        let answer = database
            .query("MATCH (n) UNWIND labels(n) AS label RETURN label, n.name AS name ORDER BY label, name")
            .run()
            .expect("names can be listed");
        for row in answer.rows() {
            let label: String = row.get("label").expect("a label is a text");
            let name: String = row.get("name").expect("a name is a text");
            if name
                .chars()
                .all(|c| c.is_alphanumeric() || " &-".contains(c))
            {
                names.entry(label).or_default().push(name);
            }
        }
        Self { vocabulary, names }
    }

    /// A question, or `None` if the chosen words do not match.
    pub(crate) fn question(&self, choices: &mut Choices) -> Option<String> {
        match choices.below(4) {
            0 => self.about_values(choices),
            1 => self.restricted(choices),
            _ => self.tied(choices),
        }
    }

    fn tied(&self, choices: &mut Choices) -> Option<String> {
        let verb = choices.of(&self.vocabulary.verbs)?;
        let sense = choices.of(&verb.senses)?;
        if sense.wide || sense.proposed {
            return None;
        }
        let subjects = self.plural(choices, &sense.subject)?;
        let subject = self.singular(choices, &sense.subject)?;
        let object = self.name(choices, &sense.object)?;
        let (plural, third, not) = (finite(verb), third(verb), negated(verb));
        Some(match choices.below(9) {
            0 => format!("which {subjects} {plural} {object}?"),
            1 => format!("how many {subjects} {plural} {object}"),
            2 => format!("list the {subjects} that {plural} {object}"),
            3 => format!("which {subjects} {not} {object}?"),
            4 => {
                let other = self.name(choices, &sense.object)?;
                format!("which {subjects} {plural} {object} or {other}?")
            }
            5 => {
                let objects = self.plural(choices, &sense.object)?;
                format!("which {subject} {third} the most {objects}?")
            }
            6 => format!("is there a {subject} that {third} {object}?"),
            7 => format!(
                "which {subjects} {plural} no {}",
                self.singular(choices, &sense.object)?
            ),
            _ => self.passive(choices, verb, sense)?,
        })
    }

    /// `which KSS are covered by Permanence?`
    fn passive(&self, choices: &mut Choices, verb: &Verb, sense: &Sense) -> Option<String> {
        if verb.base.contains(' ') {
            return None;
        }
        let objects = self.plural(choices, &sense.object)?;
        let name = self.name(choices, &sense.subject)?;
        Some(format!(
            "which {objects} are {} by {name}?",
            verb.participle
        ))
    }

    fn restricted(&self, choices: &mut Choices) -> Option<String> {
        let adjective = choices.of(&self.vocabulary.adjectives)?;
        let things = self.plural(choices, &adjective.labels)?;
        let words = &adjective.words;
        Some(match choices.below(4) {
            0 => format!("list the {words} {things}"),
            1 => format!("how many {words} {things} are there?"),
            2 => format!("which {things} are {words}?"),
            _ => format!("which {things} are not {words}?"),
        })
    }

    fn about_values(&self, choices: &mut Choices) -> Option<String> {
        let attribute = choices.of(&self.vocabulary.attributes)?;
        let words = &attribute.words;
        Some(match choices.below(3) {
            0 => format!(
                "what is the {words} of {}?",
                self.name(choices, &attribute.labels)?
            ),
            1 => format!(
                "list the {} with their {words}",
                self.plural(choices, &attribute.labels)?
            ),
            _ => format!(
                "which {} have no {words}?",
                self.plural(choices, &attribute.labels)?
            ),
        })
    }

    fn plural(&self, choices: &mut Choices, labels: &[String]) -> Option<String> {
        let label = choices.of(labels)?;
        let nouns = self.vocabulary.nouns.iter();
        let noun = nouns
            .clone()
            .find(|noun| noun.label == *label && noun.pattern.is_none())?;
        Some(noun.plural.clone())
    }

    fn singular(&self, choices: &mut Choices, labels: &[String]) -> Option<String> {
        let label = choices.of(labels)?;
        let nouns = self.vocabulary.nouns.iter();
        let noun = nouns
            .clone()
            .find(|noun| noun.label == *label && noun.pattern.is_none())?;
        Some(noun.singular.clone())
    }

    fn name(&self, choices: &mut Choices, labels: &[String]) -> Option<String> {
        let label = choices.of(labels)?;
        choices.of(self.names.get(label)?).cloned()
    }
}

/// `cover`, `are about`
fn finite(verb: &Verb) -> String {
    match verb.base.strip_prefix("be ") {
        Some(rest) => format!("are {rest}"),
        None => verb.base.clone(),
    }
}

/// `covers`, `is about`
fn third(verb: &Verb) -> String {
    match verb.base.strip_prefix("be ") {
        Some(rest) => format!("is {rest}"),
        None => verb.third.clone(),
    }
}

/// `do not cover`, `are not about`
fn negated(verb: &Verb) -> String {
    match verb.base.strip_prefix("be ") {
        Some(rest) => format!("are not {rest}"),
        None => format!("do not {}", verb.base),
    }
}
