//! Verbs for labels of events: who places an order that contains a product orders the product; a film that a screening
//! shows is screened.

use super::Derived;
use crate::question::{
    inflect::{verb_forms, verbs_of_event},
    mention::VerbForm,
    vocabulary::{
        Sense, Vocabulary,
        build::NewVerb,
        pattern::{made, quoted},
        phrases::Entry,
        route::Triple,
    },
    word::normal,
};

/// A relationship at an event: its type, the label at the other end, and true if it leads to the event.
struct At<'s> {
    kind: &'s str,
    label: &'s str,
    inward: bool,
}

/// Adds the verbs of each label that names an event.
pub(super) fn verbs(vocabulary: &mut Vocabulary, derived: &Derived) {
    let nouns = vocabulary.nouns.iter();
    let nouns = nouns.filter(|noun| noun.pattern.is_none());
    let events: Vec<(String, Vec<String>)> = nouns
        .filter_map(|noun| {
            let last = noun.singular.rsplit(' ').next()?;
            let verbs = verbs_of_event(&last.to_lowercase());
            (!verbs.is_empty()).then(|| (noun.label.clone(), verbs))
        })
        .collect();
    for (label, words) in events {
        let known = |word: &String| has_verb(vocabulary, derived, word);
        let words: Vec<String> = words.into_iter().filter(|word| !known(word)).collect();
        let senses = senses(vocabulary, &label);
        if !words.is_empty() && !senses.is_empty() {
            vocabulary.push_verb(NewVerb {
                words,
                subject: Vec::new(),
                object: Vec::new(),
                senses,
                asks_where: false,
            });
        }
    }
}

/// True if a verb has a meaning already.
fn has_verb(vocabulary: &Vocabulary, derived: &Derived, base: &str) -> bool {
    let is_verb = |entry: &Entry| {
        matches!(
            entry,
            Entry::Verb(VerbForm::Base, _) | Entry::AttributeVerb(VerbForm::Base, _)
        )
    };
    let phrase = normal(&verb_forms(base).base);
    derived.declared.contains(&phrase) || vocabulary.phrases.get(&phrase).iter().any(is_verb)
}

/// The senses of an event: from those who act in it to what it concerns, and to the event itself; of an event without
/// anyone who acts, from the event.
fn senses(vocabulary: &Vocabulary, event: &str) -> Vec<Sense> {
    let triples = vocabulary.schema.iter();
    let at = triples.filter_map(|triple: &Triple| {
        let end = |label, inward| At {
            kind: &triple.kind,
            label,
            inward,
        };
        match (triple.from == event, triple.to == event) {
            (true, false) => Some(end(triple.to.as_str(), false)),
            (false, true) => Some(end(triple.from.as_str(), true)),
            _ => None,
        }
    });
    let at: Vec<At<'_>> = at.collect();
    let people = vocabulary.who.iter();
    let people: Vec<&String> = people.chain(&vocabulary.bodies).collect();
    let acts = |end: &At<'_>| end.inward || people.iter().any(|label| *label == end.label);
    let (actors, objects): (Vec<&At<'_>>, Vec<&At<'_>>) = at.iter().partition(|end| acts(end));
    let mut senses = Vec::new();
    for actor in &actors {
        for object in &objects {
            senses.push(sense(
                format!("{}{}", actor.to(event), object.on()),
                actor.label,
                object.label,
            ));
        }
    }
    match actors.is_empty() {
        true => {
            let direct = objects.iter();
            senses.extend(direct.map(|object| {
                let text = format!("(:{}){}", quoted(event), object.on());
                sense(text, event, object.label)
            }));
        }
        false => {
            let direct = actors.iter();
            senses.extend(direct.map(|actor| sense(actor.to(event), actor.label, event)));
        }
    }
    senses
}

impl At<'_> {
    /// The pattern from the other end to the event.
    fn to(&self, event: &str) -> String {
        let (left, right) = match self.inward {
            true => ("-", "->"),
            false => ("<-", "-"),
        };
        let (label, kind) = (quoted(self.label), quoted(self.kind));
        format!("(:{label}){left}[:{kind}]{right}(:{})", quoted(event))
    }

    /// The pattern after the event.
    fn on(&self) -> String {
        let (left, right) = match self.inward {
            true => ("<-", "-"),
            false => ("-", "->"),
        };
        format!(
            "{left}[:{}]{right}(:{})",
            quoted(self.kind),
            quoted(self.label)
        )
    }
}

fn sense(text: String, subject: &str, object: &str) -> Sense {
    Sense {
        pattern: made(&text),
        subject: vec![subject.to_owned()],
        object: vec![object.to_owned()],
        words: None,
        wide: false,
        proposed: false,
    }
}

#[cfg(test)]
mod tests {
    use crate::question::testing::asked;

    const SHOP: &str = "
        a :Customer; name=Ann
        b :Customer; name=Bob
        o :Order; number=1; date=@2024-03-08
        p :Product; name=Lamp
        c :Category; name=Lighting
        s :Screening; id=s1; date=@2024-03-09
        f :Film; title=Old; released=1962
        a PLACED o
        o CONTAINS p
        p IN_CATEGORY c
        b REVIEWED p
        s SHOWS f
    ";

    fn check(question: &str, part: &str) {
        let statement = asked(SHOP, question);
        assert!(statement.contains(part), "{question}\n{statement}");
    }

    #[test]
    fn who_places_an_order_buys_what_it_contains() {
        let path = "-[:PLACED]->(:Order)-[:CONTAINS]->(:Product {name: 'Lamp'})";
        check("who bought a lamp", path);
        check("which customers ordered the lamp", path);
        check(
            "what did Ann buy",
            "<-[:CONTAINS]-(:Order)<-[:PLACED]-(:Customer {name: 'Ann'})",
        );
        check("who has never ordered anything", "NOT EXISTS");
    }

    #[test]
    fn a_verb_is_continued_beyond_its_object() {
        check(
            "who bought from the Lighting category",
            "-[:CONTAINS]->(:Product)-[:IN_CATEGORY]->(:Category {name: 'Lighting'})",
        );
        check(
            "which customers reviewed Lighting",
            "-[:REVIEWED]->(:Product)-[:IN_CATEGORY]->(:Category {name: 'Lighting'})",
        );
    }

    #[test]
    fn the_time_of_an_event_is_not_that_of_what_it_concerns() {
        check("when was Old screened", "screening.date");
        check("when was Old released", "film.released");
    }
}
