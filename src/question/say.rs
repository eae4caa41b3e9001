//! Writes an interpretation in words.

mod restriction;

use crate::question::{
    number::month_name,
    resolved::{Asked, Column, EntitySet, Group, Relation, Restriction},
    tree::{Cmp, Det, Fold, Numbers, Wanted, Weigh},
    vocabulary::{AttributeId, NounId, VerbId, Vocabulary},
};

/// The interpretation in words, with the names of entities as the graph has them.
pub(super) fn say(asked: &Asked, vocabulary: &Vocabulary) -> String {
    let speaker = Speaker { vocabulary };
    speaker.asked(asked)
}

/// A predicate in words, with a singular subject.
pub(super) fn say_restriction(restriction: &Restriction, vocabulary: &Vocabulary) -> String {
    Speaker { vocabulary }.restriction(restriction, false)
}

/// Entities with their predicates, in words.
pub(super) fn say_entities(entities: &EntitySet, vocabulary: &Vocabulary) -> String {
    Speaker { vocabulary }.entities(entities, true)
}

/// Entities without their predicates, in words.
pub(super) fn say_entity_type(entities: &EntitySet, vocabulary: &Vocabulary) -> String {
    let bare = EntitySet {
        restrictions: Vec::new(),
        det: Det::Asked,
        ..entities.clone()
    };
    Speaker { vocabulary }.entities(&bare, true)
}

struct Speaker<'v> {
    vocabulary: &'v Vocabulary,
}

impl Speaker<'_> {
    fn asked(&self, asked: &Asked) -> String {
        match asked {
            Asked::Entities {
                entity_sets,
                columns,
            } => {
                let entity_sets = join(
                    entity_sets
                        .iter()
                        .map(|entities| self.entities(entities, true)),
                    "and",
                );
                self.with_columns(entity_sets, columns)
            }
            Asked::Count {
                entities,
                by,
                keep_zero,
                fold,
            } => {
                let each = self.groups(entities, by);
                let zero = if *keep_zero { ", including zeros" } else { "" };
                let of = fold.map_or("", aggregate);
                format!(
                    "{of}the number of {}{each}{zero}",
                    self.entities(entities, true)
                )
            }
            Asked::Exists(entities) => format!("whether {}", self.sentence(entities)),
            Asked::Values {
                entities,
                columns,
                fold,
                by,
            } => self.values(entities, columns, *fold, by),
            Asked::Describe(entity_sets) => format!("all facts about {}", self.each(entity_sets)),
            Asked::Compare(entity_sets) => {
                format!("the relations of {}, compared", self.each(entity_sets))
            }
            Asked::Common(entity_sets) => format!("what {} have in common", self.each(entity_sets)),
            Asked::Connection {
                from,
                to,
                direct,
                types,
            } => self.connection(from, to, *direct, types),
            Asked::Said(entities) => {
                format!("where the documents state that {}", self.sentence(entities))
            }
            Asked::Pairs { first, asked, .. } => {
                let entity_type = say_entity_type(first, self.vocabulary);
                format!(
                    "for each pair of {entity_type}, the {} of both",
                    say_entity_type(asked, self.vocabulary)
                )
            }
            Asked::Weighed(first, second, how) => {
                let (first, second) = (self.entities(first, true), self.entities(second, true));
                match how {
                    Weigh::More => format!("whether there are more {first} than {second}"),
                    Weigh::Fewer => format!("whether there are fewer {first} than {second}"),
                    Weigh::AsMany => format!("whether there are as many {first} as {second}"),
                    Weigh::Portion => format!("the percentage of {second} that are {first}"),
                }
            }
            Asked::BothWays(entities) => {
                format!("{}, and the inverse", self.entities(entities, true))
            }
        }
    }

    /// `Kent uses a model`; for entities without a name or without predicates, `there is a model`.
    fn sentence(&self, entities: &EntitySet) -> String {
        if let (Det::No, None, Some((Restriction::Not(restriction, _), others))) = (
            &entities.det,
            &entities.name,
            entities.restrictions.split_last(),
        ) {
            // `No X that does not P` is said as `every X does P`.
            let every = EntitySet {
                det: Det::Every,
                restrictions: others.to_vec(),
                ..entities.clone()
            };
            return format!(
                "{} {}",
                self.entities(&every, false),
                self.restriction(restriction, false)
            );
        }
        if entities.name.is_none() || entities.restrictions.is_empty() {
            return format!("there is {}", self.entities(entities, false));
        }
        let said = entities
            .restrictions
            .iter()
            .map(|restriction| self.restriction(restriction, false));
        format!("{} {}", self.head(entities, false), join(said, "and"))
    }

    fn each(&self, entity_sets: &[EntitySet]) -> String {
        join(
            entity_sets
                .iter()
                .map(|entities| self.entities(entities, false)),
            "and",
        )
    }

    fn connection(
        &self,
        from: &EntitySet,
        to: &EntitySet,
        direct: bool,
        types: &[String],
    ) -> String {
        let ends = format!(
            "{} and {}",
            self.entities(from, false),
            self.entities(to, false)
        );
        match (direct, types) {
            (true, _) => format!("the direct relationships between {ends}"),
            (false, []) => format!("the shortest paths between {ends}"),
            (false, types) => format!(
                "the shortest paths between {ends} through {}",
                join(types.iter().cloned(), "and")
            ),
        }
    }

    fn values(
        &self,
        entities: &EntitySet,
        columns: &[Column],
        fold: Option<Fold>,
        by: &[Group],
    ) -> String {
        let (besides, columns): (Vec<&Column>, Vec<&Column>) = columns
            .iter()
            .partition(|column| matches!(column, Column::Entities(_)));
        let what = join(columns.into_iter().map(|column| self.column(column)), "and");
        let fold = match fold {
            Some(Fold::Sum) if entities.name.is_none() => "the sum of ",
            None | Some(Fold::Sum) => "the ",
            Some(fold) => aggregate(fold),
        };
        let said = format!(
            "{fold}{what} of {}{}",
            self.entities(entities, true),
            self.groups(entities, by)
        );
        match besides.is_empty() {
            true => said,
            false => {
                let besides = besides.into_iter().map(|column| self.column(column));
                format!("{said}; with {}", join(besides, "and"))
            }
        }
    }

    fn groups(&self, entities: &EntitySet, by: &[Group]) -> String {
        let names = by.iter().map(|group| match group {
            Group::Entities(variable) => self.group_words(entities, variable),
            Group::Values(_, id) | Group::Relation(_, id) => self.attribute(*id).to_owned(),
        });
        match by {
            [] => String::new(),
            _ => format!(", for each {}", join(names, "and")),
        }
    }

    fn group_words(&self, entities: &EntitySet, variable: &str) -> String {
        fn find<'t>(entities: &'t EntitySet, variable: &str) -> Option<&'t EntitySet> {
            if entities.var == variable {
                return Some(entities);
            }
            let mut found = None;
            for restriction in &entities.restrictions {
                if let Restriction::Relation(relation) = restriction {
                    found = found.or_else(|| find(&relation.other, variable));
                }
            }
            found
        }
        let found = find(entities, variable);
        found.map_or_else(
            || variable.to_owned(),
            |entities| self.noun(entities, false),
        )
    }

    fn with_columns(&self, entity_sets: String, columns: &[Column]) -> String {
        if columns.is_empty() {
            return entity_sets;
        }
        format!(
            "{entity_sets}; with {}",
            join(columns.iter().map(|column| self.column(column)), "and")
        )
    }

    fn column(&self, column: &Column) -> String {
        match column {
            Column::Value { attribute, .. } => self.attribute(*attribute).to_owned(),
            Column::Relation { words, .. } => words.clone(),
            Column::Entities(entities) => self.entities(entities, true),
        }
    }

    fn attribute(&self, id: AttributeId) -> &str {
        &self.vocabulary.attributes[id.0 as usize].words
    }

    fn noun(&self, entities: &EntitySet, plural: bool) -> String {
        match entities.noun {
            Some(noun) => {
                let noun = &self.vocabulary.nouns[noun.0 as usize];
                if plural {
                    noun.plural.clone()
                } else {
                    noun.singular.clone()
                }
            }
            None if entities.entity_type.is_empty() => "anything".to_owned(),
            None => join(entities.entity_type.iter().cloned(), "or"),
        }
    }

    /// `principal social workers`, `a model`
    fn entity_type(&self, entity_type: &[String], noun: Option<NounId>, plural: bool) -> String {
        let noun = noun.map(|noun| &self.vocabulary.nouns[noun.0 as usize]);
        match noun {
            Some(noun) if plural => noun.plural.clone(),
            Some(noun) => indefinite(&noun.singular),
            None => join(entity_type.iter().cloned(), "or"),
        }
    }

    /// Entities with their predicates.
    fn entities(&self, entities: &EntitySet, plural: bool) -> String {
        let plural = plural
            && entities.name.is_none()
            && (entities.noun.is_some() || !entities.entity_type.is_empty());
        let mut words = self.head(entities, plural);
        let (before, after): (Vec<&Restriction>, Vec<&Restriction>) = entities
            .restrictions
            .iter()
            .partition(|restriction| self.goes_before(restriction) && entities.name.is_none());
        for restriction in before {
            if let Restriction::Adjective(id, _) = restriction {
                let adjective = &self.vocabulary.adjectives[id.0 as usize].words;
                words = match words.split_once(' ') {
                    Some(("a" | "an", rest)) => indefinite(&format!("{adjective} {rest}")),
                    Some((article @ ("no" | "every" | "each" | "the" | "their"), rest)) => {
                        format!("{article} {adjective} {rest}")
                    }
                    _ => format!("{adjective} {words}"),
                };
            }
        }
        let sorted = entities.wanted == Some(Wanted::Sorted);
        let (order, after): (Vec<&Restriction>, Vec<&Restriction>) = after
            .into_iter()
            .partition(|restriction| sorted && is_rank(restriction));
        let (of, after): (Vec<&Restriction>, Vec<&Restriction>) = after
            .into_iter()
            .partition(|restriction| self.is_of(restriction));
        for restriction in of {
            if let Restriction::Relation(relation) = restriction {
                words = format!(
                    "{words} of {}{}",
                    self.entities(&relation.other, false),
                    how(relation)
                );
            }
        }
        if !after.is_empty() {
            let said = join(
                after
                    .into_iter()
                    .map(|restriction| self.restriction(restriction, plural)),
                "and",
            );
            words = format!("{words} that {said}");
        }
        for restriction in order {
            words = format!("{words}, sorted by {}", self.order(restriction));
        }
        words
    }

    /// `the number of models, the most first`
    fn order(&self, restriction: &Restriction) -> String {
        match restriction {
            Restriction::Superlative(id, most, _) => {
                let first = self.extreme(*id, *most);
                format!("{}, the {first} first", self.attribute(*id))
            }
            Restriction::Relation(relation) => {
                let first = match relation.other.det {
                    Det::Most => "most",
                    _ => "fewest",
                };
                let entity_type = say_entity_type(&relation.other, self.vocabulary);
                format!("the number of {entity_type}, the {first} first")
            }
            restriction => self.restriction(restriction, true),
        }
    }

    /// `greatest`; for dates, `latest`.
    fn extreme(&self, id: AttributeId, most: bool) -> &'static str {
        let date = self.vocabulary.attributes[id.0 as usize].dates.is_some();
        match (date, most) {
            (true, true) => "latest",
            (true, false) => "earliest",
            (false, true) => "greatest",
            (false, false) => "least",
        }
    }

    /// True for an adjective of one word, which precedes its noun.
    fn goes_before(&self, restriction: &Restriction) -> bool {
        match restriction {
            Restriction::Adjective(id, _) => {
                let words = &self.vocabulary.adjectives[id.0 as usize].words;
                !words.contains(' ')
            }
            _ => false,
        }
    }

    /// True if a predicate says that another entity has these entities: `of X`.
    fn is_of(&self, restriction: &Restriction) -> bool {
        let Restriction::Relation(relation) = restriction else {
            return false;
        };
        let light = |verb: VerbId| self.vocabulary.verbs[verb.0 as usize].base == "have";
        let plain = relation.other.restrictions.is_empty()
            && relation.sources.is_none()
            && !relation.by_source;
        relation.inverse && plain && relation.verb.is_some_and(light) && inner(relation).is_empty()
    }

    fn head(&self, entities: &EntitySet, plural: bool) -> String {
        if entities.again {
            return format!("the same {}", self.noun(entities, false));
        }
        if let Some(name) = &entities.name {
            let no = if entities.det == Det::No { "no " } else { "" };
            let entity_type = self.noun_of_name(entities);
            return match entity_type {
                Some(entity_type)
                    if !name
                        .shown
                        .to_lowercase()
                        .contains(&entity_type.to_lowercase()) =>
                {
                    format!("{no}{} ({entity_type})", name.shown)
                }
                _ => format!("{no}{}", name.shown),
            };
        }
        let plural =
            plural || matches!(entities.wanted, Some(Wanted::Ranks(2..) | Wanted::Any(2..)));
        let noun = match entities.wanted {
            Some(Wanted::Ranks(count)) if ranks(entities) => {
                format!("the {count} {}", self.noun(entities, true))
            }
            Some(Wanted::Any(count)) if !ranks(entities) => {
                format!("any {count} {}", self.noun(entities, true))
            }
            Some(Wanted::Any(count)) => format!("the {count} {}", self.noun(entities, true)),
            _ => self.noun(entities, plural),
        };
        let numbers = match &entities.numbers {
            Some((_, numbers)) => format!(" {}", said_numbers(numbers)),
            None => String::new(),
        };
        let one = |article: &str| format!("{article} {}{numbers}", self.noun(entities, false));
        match &entities.det {
            Det::No => one("no"),
            Det::Every => one("every"),
            Det::Each => one("each"),
            Det::Most => format!("the most {}", self.noun(entities, true)),
            Det::Fewest => format!("the fewest {}", self.noun(entities, true)),
            Det::Quantity(cmp, count) => {
                let noun = self.noun(entities, *count != 1.0);
                format!("{} {count} {noun}", said_cmp(*cmp))
            }
            Det::Their(_) => one("their"),
            Det::Some | Det::The if !plural && numbers.is_empty() && entities.noun.is_some() => {
                indefinite(&self.noun(entities, false))
            }
            _ => format!("{noun}{numbers}"),
        }
    }

    /// The singular noun for an entity with a name.
    fn noun_of_name(&self, entities: &EntitySet) -> Option<String> {
        let noun = |label: &String| {
            let mut nouns = self.vocabulary.nouns.iter();
            nouns
                .find(|noun| noun.label == *label && noun.pattern.is_none())
                .map(|noun| noun.singular.clone())
        };
        entities
            .entity_type
            .first()
            .map(|label| noun(label).unwrap_or_else(|| label.to_lowercase()))
    }
}

/// `before October 2025`
pub(super) fn say_time(cmp: Cmp, date: &str) -> String {
    let date = said_date(date);
    match cmp {
        Cmp::Equal => format!("in {date}"),
        Cmp::Less => format!("before {date}"),
        Cmp::Greater => format!("after {date}"),
        Cmp::GreaterOrEqual => format!("from {date} on"),
        Cmp::LessOrEqual => format!("up to {date}"),
    }
}

fn said_date(date: &str) -> String {
    match date.len() {
        3 => format!("the {date}0s"),
        _ => month_name(date).unwrap_or_else(|| date.to_owned()),
    }
}

/// The named nodes within the pattern of a relation.
fn inner(relation: &Relation) -> Vec<String> {
    let within = relation.pattern.steps.iter().rev().skip(1);
    within
        .filter_map(|(_, node)| node.variable.as_ref().map(|name| name.text.clone()))
        .collect()
}

/// The words of the further conditions on a relation.
fn how(relation: &Relation) -> String {
    relation
        .how
        .iter()
        .map(|(_, how)| format!(" {how}"))
        .collect()
}

/// `a model`, `an authority`
fn indefinite(words: &str) -> String {
    let lower = words.to_lowercase();
    let vowel = lower.starts_with(['a', 'e', 'i', 'o'])
        || (lower.starts_with("un") && !lower.starts_with("uni"));
    let plural = lower.ends_with('s') && !lower.ends_with("ss");
    match (plural, vowel) {
        (true, _) => words.to_owned(),
        (false, true) => format!("an {words}"),
        (false, false) => format!("a {words}"),
    }
}

/// `any model` for `a model`, as used in negations.
fn any(words: String) -> String {
    match words.split_once(' ') {
        Some(("a" | "an", rest)) => format!("any {rest}"),
        _ => words,
    }
}

fn said_numbers(numbers: &Numbers) -> String {
    match numbers {
        Numbers::OneOf(list) => join(list.iter().map(f64::to_string), "or"),
        Numbers::Between(low, high) => format!("{low} to {high}"),
        Numbers::Compared(cmp, number) => format!("{} {number}", said_cmp(*cmp)),
    }
}

fn said_cmp(cmp: Cmp) -> &'static str {
    match cmp {
        Cmp::Equal => "exactly",
        Cmp::Less => "less than",
        Cmp::LessOrEqual => "at most",
        Cmp::Greater => "more than",
        Cmp::GreaterOrEqual => "at least",
    }
}

/// `a, b and c`
pub(super) fn join(parts: impl Iterator<Item = String>, last: &str) -> String {
    let mut parts: Vec<String> = parts.collect();
    match parts.pop() {
        None => String::new(),
        Some(only) if parts.is_empty() => only,
        Some(end) => format!("{} {last} {end}", parts.join(", ")),
    }
}

/// True if a predicate ranks the entities.
fn ranks(entities: &EntitySet) -> bool {
    entities.restrictions.iter().any(is_rank)
}

/// True if the predicate ranks entities.
fn is_rank(restriction: &Restriction) -> bool {
    match restriction {
        Restriction::Superlative(..) => true,
        Restriction::Relation(relation) => matches!(relation.other.det, Det::Most | Det::Fewest),
        _ => false,
    }
}

/// The words of an aggregate.
fn aggregate(fold: Fold) -> &'static str {
    match fold {
        Fold::Sum => "the sum of ",
        Fold::Count => "the number of values of the ",
        Fold::Mean => "the mean of ",
        Fold::Greatest => "the greatest of ",
        Fold::Least => "the least of ",
    }
}
