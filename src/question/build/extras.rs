//! Statements that explain an answer: counts per condition, wider senses, supporting facts.

use super::{
    make::node,
    query::{Builder, counted},
    told,
};
use crate::{
    graph::Graph,
    question::{
        interpretation::{Condition, Extras, Support, Wider},
        resolved::{Asked, Column, EntitySet, Relation, Restriction},
        say,
        tree::Det,
        vocabulary::Vocabulary,
    },
    syntax::ast::{NodePattern, PatternElement, Query, RelationshipPattern},
};

/// Builds the statements that explain the answer to a question.
pub(in crate::question) fn extras(asked: &Asked, vocabulary: &Vocabulary, graph: &Graph) -> Extras {
    let Some(entities) = focus(asked) else {
        return Extras::default();
    };
    let builder = Builder::new(asked, vocabulary, graph);
    if let (Asked::Exists(_), Det::No) = (asked, &entities.det) {
        return builder.of_every(entities);
    }
    let scope = {
        let mut scope = builder.scope();
        scope.entities(entities);
        scope
    };
    Extras {
        focus: Some(builder.condition_of(entities)),
        conditions: builder.conditions(asked, entities),
        wider: builder.wider(asked, entities),
        support: told::support(&builder, &scope).map(|query| Support { query }),
    }
}

/// The entities that a question is about; `None` for forms that are not explained.
fn focus(asked: &Asked) -> Option<&EntitySet> {
    match asked {
        Asked::Entities { entity_sets, .. } => entity_sets.first(),
        Asked::Count { entities, .. }
        | Asked::Exists(entities)
        | Asked::Values { entities, .. }
        | Asked::BothWays(entities) => Some(entities),
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
        Asked::Entities { columns, .. } | Asked::Values { columns, .. } => columns,
        _ => &[],
    }
}

impl Builder<'_> {
    /// For a question whether a restriction holds of every entity: their number, and the number of those that satisfy it.
    /// Nothing explains a question whether there is none.
    fn of_every(&self, entities: &EntitySet) -> Extras {
        let Some((Restriction::Not(restriction, span), others)) =
            entities.restrictions.split_last()
        else {
            return Extras::default();
        };
        let mut every = bare(entities, others.to_vec());
        every.det = Det::Asked;
        let focus = Condition {
            words: say::say_entities(&every, self.vocabulary),
            span: entities.span,
            count: self.counted(&every),
            anything: None,
            instead: None,
        };
        every.restrictions.push((**restriction).clone());
        let holds = Condition {
            words: say::say_restriction(restriction, self.vocabulary),
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

    /// The entities without restrictions, counted.
    fn condition_of(&self, entities: &EntitySet) -> Condition {
        let bare = bare(entities, Vec::new());
        Condition {
            words: say::say_entity_type(entities, self.vocabulary),
            span: entities.span,
            count: self.counted(&bare),
            anything: None,
            instead: None,
        }
    }

    fn counted(&self, entities: &EntitySet) -> Query {
        let mut scope = self.scope();
        scope.wanted.push(entities.var.clone());
        scope.entities(entities);
        counted(&scope, &entities.var)
    }

    /// The restrictions on the entities, and the condition that they have the values asked for.
    fn conditions(&self, asked: &Asked, entities: &EntitySet) -> Vec<Condition> {
        let mut conditions = Vec::new();
        self.each_condition(entities, &entities.restrictions, &mut conditions);
        let needed = columns(asked).iter().filter_map(|column| match column {
            Column::Value {
                of,
                attribute,
                needed: true,
            } if *of == entities.var => Some(Restriction::Has(*attribute, entities.span)),
            _ => None,
        });
        conditions.extend(needed.map(|restriction| self.condition(entities, &restriction)));
        conditions
    }

    fn each_condition(
        &self,
        entities: &EntitySet,
        restrictions: &[Restriction],
        conditions: &mut Vec<Condition>,
    ) {
        for restriction in restrictions {
            match restriction {
                Restriction::And(restrictions) => {
                    self.each_condition(entities, restrictions, conditions)
                }
                // An entity without a value has no rank.
                Restriction::Superlative(attribute, _, span) => {
                    conditions.push(self.condition(entities, &Restriction::Has(*attribute, *span)));
                }
                Restriction::Relation(relation)
                    if matches!(relation.other.det, Det::Most | Det::Fewest) => {}
                restriction => conditions.push(self.condition(entities, restriction)),
            }
        }
    }

    fn condition(&self, entities: &EntitySet, restriction: &Restriction) -> Condition {
        let relation = match restriction {
            Restriction::Relation(relation) => Some(&**relation),
            _ => None,
        };
        let instead =
            relation.filter(|relation| entities.name.is_some() && relation.other.name.is_some());
        Condition {
            words: say::say_restriction(restriction, self.vocabulary),
            span: span(restriction),
            count: self.counted(&bare(entities, vec![restriction.clone()])),
            // For a negated or counted relation, this count explains nothing.
            anything: relation
                .filter(|relation| relation.other.det.is_plain())
                .and_then(|relation| self.anything(entities, relation)),
            instead: instead.map(|relation| told::between(self, entities, &relation.other)),
        }
    }

    /// The number of entities of any type at the start of the last step of a relation.
    fn anything(&self, entities: &EntitySet, relation: &Relation) -> Option<Query> {
        let mut relation = relation.clone();
        let steps = relation.pattern.steps.len();
        let chain = relation.pattern.steps.last()?.0.length.is_some();
        if steps > 1 && !chain {
            relation.pattern.steps.drain(..steps - 1);
        }
        relation.pattern.start = node(None, &[]);
        relation.how.clear();
        let any = EntitySet {
            var: entities.var.clone(),
            entity_type: Vec::new(),
            noun: None,
            name: None,
            numbers: None,
            det: Det::Asked,
            wanted: None,
            restrictions: vec![Restriction::Relation(Box::new(relation))],
            again: false,
            unsaid: false,
            span: entities.span,
        };
        Some(self.counted(&any))
    }

    /// The question with the wider sense of each word that has one.
    fn wider(&self, asked: &Asked, entities: &EntitySet) -> Vec<Wider> {
        let mut wider = Vec::new();
        for (at, restriction) in entities.restrictions.iter().enumerate() {
            let mut widened = restriction.clone();
            let Some(words) = widen(&mut widened) else {
                continue;
            };
            let mut asked = asked.clone();
            if let Some(entities) = focus_mut(&mut asked) {
                entities.restrictions[at] = widened;
            }
            wider.push(Wider {
                words,
                query: super::build(&asked, self.vocabulary, self.graph),
            });
        }
        wider
    }
}

/// Replaces relations in a restriction by their wider senses. Returns the words of the wider sense, if any.
fn widen(restriction: &mut Restriction) -> Option<String> {
    match restriction {
        Restriction::Relation(relation) => {
            let (pattern, words) = relation.wide.clone()?;
            let free = |(relationship, _): &(RelationshipPattern, NodePattern)| {
                relationship.predicate.is_none()
            };
            let whole = pattern.steps.iter().all(free) && within(&relation.pattern, &pattern);
            let wide = Relation {
                pattern,
                wide: None,
                how: Vec::new(),
                ..(**relation).clone()
            };
            if whole {
                *restriction = Restriction::Relation(Box::new(wide));
                return Some(words);
            }
            // Entities in a disjunction cannot be counted, ranked or shown.
            let counted = !matches!(
                relation.other.det,
                Det::Some | Det::The | Det::Their(_) | Det::No
            );
            if counted {
                return None;
            }
            *restriction = Restriction::Or(vec![
                restriction.clone(),
                Restriction::Relation(Box::new(wide)),
            ]);
            Some(words)
        }
        Restriction::And(restrictions) => {
            let mut found = None;
            for restriction in restrictions {
                found = widen(restriction).or(found);
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

fn focus_mut(asked: &mut Asked) -> Option<&mut EntitySet> {
    match asked {
        Asked::Entities { entity_sets, .. } => entity_sets.first_mut(),
        Asked::Count { entities, .. }
        | Asked::Exists(entities)
        | Asked::Values { entities, .. }
        | Asked::BothWays(entities) => Some(entities),
        _ => None,
    }
}

fn bare(entities: &EntitySet, restrictions: Vec<Restriction>) -> EntitySet {
    EntitySet {
        restrictions,
        ..entities.clone()
    }
}

fn span(restriction: &Restriction) -> crate::base::Span {
    match restriction {
        Restriction::Relation(relation) => relation.span,
        Restriction::Adjective(_, span)
        | Restriction::Superlative(_, _, span)
        | Restriction::Compare(_, _, span)
        | Restriction::Has(_, span)
        | Restriction::Is(_, _, span)
        | Restriction::Not(_, span) => *span,
        Restriction::Same(_) => Default::default(),
        Restriction::Named(other) => other.span,
        Restriction::And(restrictions) | Restriction::Or(restrictions) => restrictions
            .iter()
            .map(span)
            .reduce(crate::base::Span::to)
            .unwrap_or_default(),
    }
}
