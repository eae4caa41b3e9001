//! Words for facts: per relationship type, and per condition on its relationships.

use super::{Sense, Verb, pattern::type_name};
use crate::syntax::ast::{Direction, Expr, ExprKind};

/// The words for relationships of a type.
#[derive(Clone, Debug)]
pub struct Saying {
    /// The type: `USES`.
    pub kind: String,
    /// The condition, if the words do not hold for the whole type: `u` and `u.status = 'building on'`.
    pub condition: Option<(String, Expr)>,
    /// The words between the start node and the end node: `builds on`.
    pub words: String,
    rank: usize,
}

/// The words for each relationship type: its own name if that is a form of a verb (`USES`, `DECLINED`), else the first
/// verb with a plain sense that is a single relationship of the type, from subject to object. `have` is the least
/// specific and comes last.
pub(super) fn sayings(verbs: &[Verb]) -> Vec<Saying> {
    let mut sayings: Vec<Saying> = verbs.iter().flat_map(of_verb).collect();
    sayings.sort_by_key(|saying| saying.rank);
    let past: Vec<String> = sayings
        .iter()
        .filter(|saying| saying.condition.is_none() && is_past(saying, verbs))
        .map(|saying| saying.kind.clone())
        .collect();
    // All words for a type have the same tense: `developed` beside `launched`.
    for saying in &mut sayings {
        let verb = verbs.iter().find(|verb| verb.third == saying.words);
        if let Some(verb) = verb.filter(|_| past.contains(&saying.kind)) {
            saying.words.clone_from(&verb.participle);
        }
    }
    sayings
}

fn of_verb(verb: &Verb) -> Vec<Saying> {
    let senses = verb
        .senses
        .iter()
        .filter(|sense| !sense.wide && !sense.proposed);
    senses.filter_map(|sense| of_sense(verb, sense)).collect()
}

/// The words of a verb for a sense of a single relationship.
fn of_sense(verb: &Verb, sense: &Sense) -> Option<Saying> {
    let [(step, _)] = sense.pattern.steps.as_slice() else {
        return None;
    };
    let kind = type_name(step.types.as_ref()?)?;
    let condition = match (&step.predicate, &step.variable) {
        (None, _) => None,
        (Some(predicate), Some(variable)) if speaks_of(predicate, &variable.text) => {
            Some((variable.text.clone(), predicate.clone()))
        }
        _ => return None,
    };
    let forwards = matches!(step.direction, Direction::Outgoing) && step.length.is_none();
    let own = own_name(&kind);
    let (words, rank) = match [&verb.third, &verb.participle].contains(&&own) {
        true => (own, 0),
        false => (said(verb), if verb.base == "have" { 2 } else { 1 }),
    };
    forwards.then_some(Saying {
        kind,
        condition,
        words,
        rank,
    })
}

fn said(verb: &Verb) -> String {
    match verb.base.strip_prefix("be ") {
        Some(predicate) => format!("is {predicate}"),
        None => verb.third.clone(),
    }
}

/// The name of a type as words: `SENT_APOLOGIES` is `sent apologies`.
fn own_name(kind: &str) -> String {
    kind.replace('_', " ").to_lowercase()
}

/// True if the name of a type is the past of a verb for it.
fn is_past(saying: &Saying, verbs: &[Verb]) -> bool {
    let own = own_name(&saying.kind);
    let past = |verb: &Verb| verb.participle == own && verb.third != own;
    saying.words == own && verbs.iter().any(past)
}

/// True if an expression uses only one variable.
fn speaks_of(expr: &Expr, variable: &str) -> bool {
    match &expr.kind {
        ExprKind::Variable(other) => other == variable,
        _ => expr
            .children()
            .iter()
            .all(|child| speaks_of(child, variable)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::pattern::pattern;
    use super::*;

    fn verb(forms: [&str; 3], senses: &[&str]) -> Verb {
        let sense = |text: &&str| Sense {
            pattern: pattern(text).unwrap(),
            subject: Vec::new(),
            object: Vec::new(),
            words: None,
            wide: false,
            proposed: false,
        };
        let [base, third, participle] = forms.map(str::to_owned);
        Verb {
            base,
            third,
            participle,
            nouns: (None, None),
            senses: senses.iter().map(sense).collect(),
            asks_where: false,
            own: false,
        }
    }

    fn told(verbs: &[Verb]) -> Vec<String> {
        let sayings = sayings(verbs).into_iter();
        let told = sayings.map(|saying| match saying.condition {
            Some((_, condition)) => format!("{} if {condition}: {}", saying.kind, saying.words),
            None => format!("{}: {}", saying.kind, saying.words),
        });
        told.collect()
    }

    #[test]
    fn a_condition_has_words_of_its_own() {
        let verbs = [
            verb(
                ["build on", "builds on", "built on"],
                &["(:A)-[u:USES WHERE u.status = 'building on']->(:B)"],
            ),
            verb(
                ["use", "uses", "used"],
                &["(:A)-[u:USES WHERE u.status = 'using']->(:B)"],
            ),
            verb(["have", "has", "had"], &["(:A)-[:USES]->(:B)"]),
        ];
        assert_eq!(
            told(&verbs),
            [
                "USES if u.status = 'using': uses",
                "USES if u.status = 'building on': builds on",
                "USES: has",
            ]
        );
    }

    #[test]
    fn facts_of_a_type_are_told_in_one_tense() {
        let verbs = [
            verb(
                ["develop", "develops", "developed"],
                &["(:A)-[:DEVELOPED]->(:B)"],
            ),
            verb(
                ["launch", "launches", "launched"],
                &["(:A)-[d:DEVELOPED WHERE d.status = 'launched']->(:B)"],
            ),
        ];
        assert_eq!(
            told(&verbs),
            [
                "DEVELOPED: developed",
                "DEVELOPED if d.status = 'launched': launched"
            ]
        );
    }

    #[test]
    fn longer_ways_and_other_directions_say_nothing_of_a_fact() {
        let verbs = [verb(
            ["reach", "reaches", "reached"],
            &[
                "(:A)-[:NEAR]->()-[:NEAR]->(:B)",
                "(:A)<-[:NEAR]-(:B)",
                "(:A)-[:NEAR*1..]->(:B)",
            ],
        )];
        assert!(told(&verbs).is_empty());
    }
}
