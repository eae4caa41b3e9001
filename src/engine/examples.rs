//! Example questions for the current graph: the forms of each family, filled with words of the graph until one has an
//! answer.

use crate::{
    engine::{CancelToken, Database, Error, lexicon::Lexicon},
    question::{
        self, Family, Noun, Sense, Vocabulary,
        vocabulary::{ValueKind, Verb},
    },
    syntax::ast,
    value::{NodeId, Value},
};

/// The maximum number of verbs tried for each family.
const SCENES: usize = 8;

/// The maximum length of a name in an example, for readability.
const LONGEST_NAME: usize = 40;

/// A family of questions with an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The family.
    pub family: &'static Family,
    /// A question of the family with an answer in the graph, or `None` if none was found.
    pub question: Option<String>,
}

/// Words that fit together: a verb, the nouns of its two ends, and names of entities at these ends.
struct Scene {
    thing: [String; 2],
    other: [String; 2],
    /// Base, third person, participle.
    verb: [String; 3],
    subjects: Vec<String>,
    objects: Vec<String>,
    adjective: Option<String>,
    number: Option<String>,
    value: Option<String>,
}

impl Scene {
    fn word(&self, slot: &str) -> Option<String> {
        let found = match slot {
            "thing" => Some(&self.thing[0]),
            "things" => Some(&self.thing[1]),
            "other" => Some(&self.other[0]),
            "others" => Some(&self.other[1]),
            "verb" => Some(&self.verb[0]),
            "verbs" => Some(&self.verb[1]),
            "verbed" => Some(&self.verb[2]),
            "subject" => self.subjects.first(),
            "subject2" => self.subjects.get(1),
            "object" => self.objects.first(),
            "object2" => self.objects.get(1),
            "adjective" => self.adjective.as_ref(),
            "number" => self.number.as_ref(),
            "value" => self.value.as_ref(),
            _ => None,
        };
        found.cloned()
    }
}

impl Database {
    /// Every family of questions, with an example that has an answer in this graph.
    ///
    /// # Errors
    /// If the vocabulary is invalid, or the token interrupts the search.
    pub fn examples(&mut self, cancel: &CancelToken) -> Result<Vec<Example>, Error> {
        let lexicon = self.lexicon()?;
        let scenes = self.scenes(&lexicon, cancel)?;
        let mut examples = Vec::new();
        for family in question::FAMILIES {
            let question = self.example(family, &scenes, cancel)?;
            examples.push(Example { family, question });
        }
        Ok(examples)
    }

    fn example(
        &mut self,
        family: &Family,
        scenes: &[Scene],
        cancel: &CancelToken,
    ) -> Result<Option<String>, Error> {
        for form in family.forms {
            for scene in scenes {
                let Some(question) = question::fill(form, |slot| scene.word(slot)) else {
                    continue;
                };
                match self.ask(question.clone()).cancel(cancel).run() {
                    Ok(reply) if reply.why_empty.is_none() => return Ok(Some(question)),
                    Ok(_) => {}
                    Err(error) if cancel.is_cancelled() => return Err(error),
                    Err(_) => {}
                }
            }
        }
        Ok(None)
    }

    fn scenes(&mut self, lexicon: &Lexicon, cancel: &CancelToken) -> Result<Vec<Scene>, Error> {
        let vocabulary = &lexicon.vocabulary;
        let mut scenes = Vec::new();
        for verb in vocabulary
            .verbs
            .iter()
            .filter(|verb| !verb.base.starts_with("be "))
        {
            let plain = |sense: &&Sense| !sense.wide && !sense.proposed;
            let Some(sense) = verb.senses.iter().find(plain) else {
                continue;
            };
            scenes.extend(self.scene(vocabulary, verb, sense, cancel)?);
            if scenes.len() >= SCENES {
                break;
            }
        }
        Ok(scenes)
    }

    /// The scene of a verb sense, or `None` if one of its ends has no noun.
    fn scene(
        &mut self,
        vocabulary: &Vocabulary,
        verb: &Verb,
        sense: &Sense,
        cancel: &CancelToken,
    ) -> Result<Option<Scene>, Error> {
        let ends = (
            noun(vocabulary, &sense.subject),
            noun(vocabulary, &sense.object),
        );
        let (Some(thing), Some(other)) = ends else {
            return Ok(None);
        };
        let subjects = self.ends(vocabulary, &sense.pattern, true, cancel)?;
        let objects = self.ends(vocabulary, &sense.pattern, false, cancel)?;
        let adjectives = vocabulary.adjectives.iter();
        let adjective = adjectives.filter(|adjective| said_of(&adjective.labels, thing));
        let adjective = adjective.min_by_key(|adjective| adjective.labels.len());
        let value = attribute(vocabulary, thing, |kind| kind != ValueKind::List);
        let number = attribute(vocabulary, thing, |kind| kind == ValueKind::Number);
        Ok(Some(Scene {
            thing: [thing.singular.clone(), thing.plural.clone()],
            other: [other.singular.clone(), other.plural.clone()],
            verb: [
                verb.base.clone(),
                verb.third.clone(),
                verb.participle.clone(),
            ],
            subjects,
            objects,
            adjective: adjective.map(|adjective| adjective.words.clone()),
            number,
            value,
        }))
    }

    /// Names of entities at one end of a pattern, those with the most matches first.
    fn ends(
        &mut self,
        vocabulary: &Vocabulary,
        pattern: &ast::PatternElement,
        first: bool,
        cancel: &CancelToken,
    ) -> Result<Vec<String>, Error> {
        let mut pattern = pattern.clone();
        let last = pattern.steps.last_mut().map(|(_, node)| node);
        let end = match (first, last) {
            (false, Some(last)) => last,
            _ => &mut pattern.start,
        };
        let name = end.variable.get_or_insert_with(|| ast::Name {
            text: "end_of_tie".into(),
            span: end.span,
        });
        let name = name.text.clone();
        let text = format!(
            "MATCH {pattern} WITH {name} AS x, count(*) AS n ORDER BY n DESC LIMIT 20 RETURN x",
        );
        let answer = self.query(text).cancel(cancel).run()?;
        let named = |node: &NodeId| vocabulary.shown_name(&self.graph, *node);
        let nodes = answer.values.iter().filter_map(|value| match value {
            Value::Node(node) => Some(node),
            _ => None,
        });
        let readable = |name: &String| (1..=LONGEST_NAME).contains(&name.chars().count());
        Ok(nodes.map(named).filter(readable).collect())
    }
}

fn said_of(labels: &[String], noun: &Noun) -> bool {
    labels.contains(&noun.label)
}

/// The words for a property of the entities, the one shared by the fewest labels. Citation keys are excluded.
fn attribute(
    vocabulary: &Vocabulary,
    noun: &Noun,
    fits: impl Fn(ValueKind) -> bool,
) -> Option<String> {
    let citations = vocabulary.citations.as_ref();
    let is_place = |value: &str| {
        let keys = citations.map(|keys| [&keys.document, &keys.from, &keys.to]);
        let key = value.rsplit('.').next().unwrap_or(value);
        keys.is_some_and(|keys| keys.iter().any(|known| *known == key))
    };
    let fitting = vocabulary.attributes.iter().filter(|attribute| {
        said_of(&attribute.labels, noun)
            && fits(attribute.kind)
            && !is_place(&attribute.value.to_string())
    });
    let found = fitting.min_by_key(|attribute| attribute.labels.len());
    found.map(|attribute| attribute.words.clone())
}

/// The noun for the first of these labels.
fn noun<'v>(vocabulary: &'v Vocabulary, labels: &[String]) -> Option<&'v Noun> {
    let label = labels.first()?;
    let mut nouns = vocabulary.nouns.iter();
    nouns.find(|noun| noun.label == *label && noun.pattern.is_none())
}
