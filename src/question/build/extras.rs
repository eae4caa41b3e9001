//! Statements that explain an answer: counts per condition, wider senses, supporting facts.

use super::{
    make::node,
    query::{Builder, counted},
    told,
};
use crate::{
    graph::Graph,
    question::{
        meaning::{Asked, Column, Fact, Thing, Tied},
        reading::{Condition, Extras, Support, Wider},
        say,
        tree::Det,
        vocabulary::Vocabulary,
    },
    syntax::ast::{NodePattern, PatternElement, Query, RelationshipPattern},
};

/// Builds the statements that explain the answer to a question.
pub(in crate::question) fn extras(asked: &Asked, vocabulary: &Vocabulary, graph: &Graph) -> Extras {
    let Some(thing) = focus(asked) else {
        return Extras::default();
    };
    let builder = Builder::new(asked, vocabulary, graph);
    if let (Asked::Exists(_), Det::No) = (asked, &thing.det) {
        return builder.of_every(thing);
    }
    let scope = {
        let mut scope = builder.scope();
        scope.thing(thing);
        scope
    };
    Extras {
        focus: Some(builder.condition_of(thing)),
        conditions: builder.conditions(asked, thing),
        wider: builder.wider(asked, thing),
        support: told::support(&builder, &scope).map(|query| Support { query }),
    }
}

/// The entities that a question is about; `None` for forms that are not explained.
fn focus(asked: &Asked) -> Option<&Thing> {
    match asked {
        Asked::Things { things, .. } => things.first(),
        Asked::Count { thing, .. }
        | Asked::Exists(thing)
        | Asked::Values { thing, .. }
        | Asked::BothWays(thing) => Some(thing),
        Asked::Said(_)
        | Asked::Weighed(..)
        | Asked::Describe(_)
        | Asked::Compare(_)
        | Asked::Common(_)
        | Asked::Connection { .. }
        | Asked::Pairs { .. } => None,
    }
}

fn columns(asked: &Asked) -> &[Column] {
    match asked {
        Asked::Things { columns, .. } | Asked::Values { columns, .. } => columns,
        _ => &[],
    }
}

impl Builder<'_> {
    /// For a question whether a predicate holds of every entity: their number, and the number of those that satisfy it.
    /// Nothing explains a question whether there is none.
    fn of_every(&self, thing: &Thing) -> Extras {
        let Some((Fact::Not(fact, span), others)) = thing.facts.split_last() else {
            return Extras::default();
        };
        let mut every = bare(thing, others.to_vec());
        every.det = Det::Asked;
        let focus = Condition {
            words: say::say_things(&every, self.vocabulary),
            span: thing.span,
            count: self.counted(&every),
            anything: None,
            instead: None,
        };
        every.facts.push((**fact).clone());
        let holds = Condition {
            words: say::say_fact(fact, self.vocabulary),
            span: *span,
            count: self.counted(&every),
            anything: None,
            instead: None,
        };
        Extras {
            focus: Some(focus),
            conditions: vec![holds],
            ..Extras::default()
        }
    }

    /// The entities without predicates, counted.
    fn condition_of(&self, thing: &Thing) -> Condition {
        let bare = bare(thing, Vec::new());
        Condition {
            words: say::say_kind(thing, self.vocabulary),
            span: thing.span,
            count: self.counted(&bare),
            anything: None,
            instead: None,
        }
    }

    fn counted(&self, thing: &Thing) -> Query {
        let mut scope = self.scope();
        scope.wanted.push(thing.var.clone());
        scope.thing(thing);
        counted(&scope, &thing.var)
    }

    /// The predicates on the entities, and the condition that they have the values asked for.
    fn conditions(&self, asked: &Asked, thing: &Thing) -> Vec<Condition> {
        let mut conditions = Vec::new();
        self.each_condition(thing, &thing.facts, &mut conditions);
        let needed = columns(asked).iter().filter_map(|column| match column {
            Column::Value {
                of,
                attribute,
                needed: true,
            } if *of == thing.var => Some(Fact::Has(*attribute, thing.span)),
            _ => None,
        });
        conditions.extend(needed.map(|fact| self.condition(thing, &fact)));
        conditions
    }

    fn each_condition(&self, thing: &Thing, facts: &[Fact], conditions: &mut Vec<Condition>) {
        for fact in facts {
            match fact {
                Fact::And(facts) => self.each_condition(thing, facts, conditions),
                // An entity without a value has no rank.
                Fact::Superlative(attribute, _, span) => {
                    conditions.push(self.condition(thing, &Fact::Has(*attribute, *span)));
                }
                Fact::Tie(tie) if matches!(tie.other.det, Det::Most | Det::Fewest) => {}
                fact => conditions.push(self.condition(thing, fact)),
            }
        }
    }

    fn condition(&self, thing: &Thing, fact: &Fact) -> Condition {
        let tie = match fact {
            Fact::Tie(tie) => Some(&**tie),
            _ => None,
        };
        let instead = tie.filter(|tie| thing.name.is_some() && tie.other.name.is_some());
        Condition {
            words: say::say_fact(fact, self.vocabulary),
            span: span(fact),
            count: self.counted(&bare(thing, vec![fact.clone()])),
            // For a negated or counted relation, this count explains nothing.
            anything: tie
                .filter(|tie| tie.other.det.is_plain())
                .and_then(|tie| self.anything(thing, tie)),
            instead: instead.map(|tie| told::between(self, thing, &tie.other)),
        }
    }

    /// The number of entities of any type at the start of the last step of a relation.
    fn anything(&self, thing: &Thing, tie: &Tied) -> Option<Query> {
        let mut tie = tie.clone();
        let steps = tie.pattern.steps.len();
        let chain = tie.pattern.steps.last()?.0.length.is_some();
        if steps > 1 && !chain {
            tie.pattern.steps.drain(..steps - 1);
        }
        tie.pattern.start = node(None, &[]);
        tie.how.clear();
        let any = Thing {
            var: thing.var.clone(),
            kind: Vec::new(),
            noun: None,
            name: None,
            numbers: None,
            det: Det::Asked,
            wanted: None,
            facts: vec![Fact::Tie(Box::new(tie))],
            again: false,
            unsaid: false,
            span: thing.span,
        };
        Some(self.counted(&any))
    }

    /// The question with the wider sense of each word that has one.
    fn wider(&self, asked: &Asked, thing: &Thing) -> Vec<Wider> {
        let mut wider = Vec::new();
        for (at, fact) in thing.facts.iter().enumerate() {
            let mut widened = fact.clone();
            let Some(words) = widen(&mut widened) else {
                continue;
            };
            let mut asked = asked.clone();
            if let Some(thing) = focus_mut(&mut asked) {
                thing.facts[at] = widened;
            }
            wider.push(Wider {
                words,
                query: super::build(&asked, self.vocabulary, self.graph),
            });
        }
        wider
    }
}

/// Replaces relations in a predicate by their wider senses. Returns the words of the wider sense, if any.
fn widen(fact: &mut Fact) -> Option<String> {
    match fact {
        Fact::Tie(tie) => {
            let (pattern, words) = tie.wide.clone()?;
            let free = |(relationship, _): &(RelationshipPattern, NodePattern)| {
                relationship.predicate.is_none()
            };
            let whole = pattern.steps.iter().all(free) && within(&tie.pattern, &pattern);
            let wide = Tied {
                pattern,
                wide: None,
                how: Vec::new(),
                ..(**tie).clone()
            };
            if whole {
                *fact = Fact::Tie(Box::new(wide));
                return Some(words);
            }
            // Entities in a disjunction cannot be counted, ranked or shown.
            let counted = !matches!(
                tie.other.det,
                Det::Some | Det::The | Det::Their(_) | Det::No
            );
            if counted {
                return None;
            }
            *fact = Fact::Or(vec![fact.clone(), Fact::Tie(Box::new(wide))]);
            Some(words)
        }
        Fact::And(facts) => {
            let mut found = None;
            for fact in facts {
                found = widen(fact).or(found);
            }
            found
        }
        _ => None,
    }
}

/// True if every match of the narrow pattern matches the wide one: they differ only in predicates and in the labels of
/// both ends.
fn within(narrow: &PatternElement, wide: &PatternElement) -> bool {
    let [narrow, wide] = [narrow, wide].map(|pattern| {
        let mut bare = pattern.clone();
        bare.start.predicate = None;
        bare.start.labels = None;
        for (relationship, node) in &mut bare.steps {
            relationship.predicate = None;
            node.predicate = None;
        }
        if let Some((_, last)) = bare.steps.last_mut() {
            last.labels = None;
        }
        bare
    });
    narrow.to_string() == wide.to_string()
}

fn focus_mut(asked: &mut Asked) -> Option<&mut Thing> {
    match asked {
        Asked::Things { things, .. } => things.first_mut(),
        Asked::Count { thing, .. }
        | Asked::Exists(thing)
        | Asked::Values { thing, .. }
        | Asked::BothWays(thing) => Some(thing),
        _ => None,
    }
}

fn bare(thing: &Thing, facts: Vec<Fact>) -> Thing {
    Thing {
        facts,
        ..thing.clone()
    }
}

fn span(fact: &Fact) -> crate::base::Span {
    match fact {
        Fact::Tie(tie) => tie.span,
        Fact::Adjective(_, span)
        | Fact::Superlative(_, _, span)
        | Fact::Compare(_, _, span)
        | Fact::Has(_, span)
        | Fact::Is(_, _, span)
        | Fact::Not(_, span) => *span,
        Fact::Same(_) => Default::default(),
        Fact::Named(other) => other.span,
        Fact::And(facts) | Fact::Or(facts) => facts
            .iter()
            .map(span)
            .reduce(crate::base::Span::to)
            .unwrap_or_default(),
    }
}
