//! Writes an interpretation in words.

mod fact;

use crate::question::{
    meaning::{Asked, Column, Fact, Group, Thing, Tied},
    number::month_name,
    tree::{Cmp, Det, Fold, Numbers, Wanted, Weigh},
    vocabulary::{AttributeId, NounId, VerbId, Vocabulary},
};

/// The interpretation in words, with the names of entities as the graph has them.
pub(super) fn say(asked: &Asked, vocabulary: &Vocabulary) -> String {
    let speaker = Speaker { vocabulary };
    speaker.asked(asked)
}

/// A predicate in words, with a singular subject.
pub(super) fn say_fact(fact: &Fact, vocabulary: &Vocabulary) -> String {
    Speaker { vocabulary }.fact(fact, false)
}

/// Entities with their predicates, in words.
pub(super) fn say_things(thing: &Thing, vocabulary: &Vocabulary) -> String {
    Speaker { vocabulary }.thing(thing, true)
}

/// Entities without their predicates, in words.
pub(super) fn say_kind(thing: &Thing, vocabulary: &Vocabulary) -> String {
    let bare = Thing {
        facts: Vec::new(),
        det: Det::Asked,
        ..thing.clone()
    };
    Speaker { vocabulary }.thing(&bare, true)
}

struct Speaker<'v> {
    vocabulary: &'v Vocabulary,
}

impl Speaker<'_> {
    fn asked(&self, asked: &Asked) -> String {
        match asked {
            Asked::Things { things, columns } => {
                let things = join(things.iter().map(|thing| self.thing(thing, true)), "and");
                self.with_columns(things, columns)
            }
            Asked::Count {
                thing,
                by,
                keep_zero,
                fold,
            } => {
                let each = self.groups(thing, by);
                let zero = if *keep_zero { ", including zeros" } else { "" };
                let of = fold.map_or("", aggregate);
                format!("{of}the number of {}{each}{zero}", self.thing(thing, true))
            }
            Asked::Exists(thing) => format!("whether {}", self.sentence(thing)),
            Asked::Values {
                thing,
                columns,
                fold,
                by,
            } => self.values(thing, columns, *fold, by),
            Asked::Describe(things) => format!("all facts about {}", self.each(things)),
            Asked::Compare(things) => {
                format!("the relations of {}, compared", self.each(things))
            }
            Asked::Common(things) => format!("what {} have in common", self.each(things)),
            Asked::Connection {
                from,
                to,
                direct,
                types,
            } => self.connection(from, to, *direct, types),
            Asked::Said(thing) => {
                format!("where the documents state that {}", self.sentence(thing))
            }
            Asked::Pairs { first, asked, .. } => {
                let kind = say_kind(first, self.vocabulary);
                format!(
                    "for each pair of {kind}, the {} of both",
                    say_kind(asked, self.vocabulary)
                )
            }
            Asked::Weighed(first, second, how) => {
                let (first, second) = (self.thing(first, true), self.thing(second, true));
                match how {
                    Weigh::More => format!("whether there are more {first} than {second}"),
                    Weigh::Fewer => format!("whether there are fewer {first} than {second}"),
                    Weigh::AsMany => format!("whether there are as many {first} as {second}"),
                    Weigh::Portion => format!("the percentage of {second} that are {first}"),
                }
            }
            Asked::BothWays(thing) => {
                format!("{}, and the inverse", self.thing(thing, true))
            }
        }
    }

    /// `Kent uses a model`; for entities without a name or without predicates, `there is a model`.
    fn sentence(&self, thing: &Thing) -> String {
        if let (Det::No, None, Some((Fact::Not(fact, _), others))) =
            (&thing.det, &thing.name, thing.facts.split_last())
        {
            // `No X that does not P` is said as `every X does P`.
            let every = Thing {
                det: Det::Every,
                facts: others.to_vec(),
                ..thing.clone()
            };
            return format!("{} {}", self.thing(&every, false), self.fact(fact, false));
        }
        if thing.name.is_none() || thing.facts.is_empty() {
            return format!("there is {}", self.thing(thing, false));
        }
        let said = thing.facts.iter().map(|fact| self.fact(fact, false));
        format!("{} {}", self.head(thing, false), join(said, "and"))
    }

    fn each(&self, things: &[Thing]) -> String {
        join(things.iter().map(|thing| self.thing(thing, false)), "and")
    }

    fn connection(&self, from: &Thing, to: &Thing, direct: bool, types: &[String]) -> String {
        let ends = format!("{} and {}", self.thing(from, false), self.thing(to, false));
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
        thing: &Thing,
        columns: &[Column],
        fold: Option<Fold>,
        by: &[Group],
    ) -> String {
        let (besides, columns): (Vec<&Column>, Vec<&Column>) = columns
            .iter()
            .partition(|column| matches!(column, Column::Things(_)));
        let what = join(columns.into_iter().map(|column| self.column(column)), "and");
        let fold = match fold {
            Some(Fold::Sum) if thing.name.is_none() => "the sum of ",
            None | Some(Fold::Sum) => "the ",
            Some(fold) => aggregate(fold),
        };
        let said = format!(
            "{fold}{what} of {}{}",
            self.thing(thing, true),
            self.groups(thing, by)
        );
        match besides.is_empty() {
            true => said,
            false => {
                let besides = besides.into_iter().map(|column| self.column(column));
                format!("{said}; with {}", join(besides, "and"))
            }
        }
    }

    fn groups(&self, thing: &Thing, by: &[Group]) -> String {
        let names = by.iter().map(|group| match group {
            Group::Things(variable) => self.group_words(thing, variable),
            Group::Values(_, id) | Group::Tied(_, id) => self.attribute(*id).to_owned(),
        });
        match by {
            [] => String::new(),
            _ => format!(", for each {}", join(names, "and")),
        }
    }

    fn group_words(&self, thing: &Thing, variable: &str) -> String {
        fn find<'t>(thing: &'t Thing, variable: &str) -> Option<&'t Thing> {
            if thing.var == variable {
                return Some(thing);
            }
            let mut found = None;
            for fact in &thing.facts {
                if let Fact::Tie(tie) = fact {
                    found = found.or_else(|| find(&tie.other, variable));
                }
            }
            found
        }
        let found = find(thing, variable);
        found.map_or_else(|| variable.to_owned(), |thing| self.noun(thing, false))
    }

    fn with_columns(&self, things: String, columns: &[Column]) -> String {
        if columns.is_empty() {
            return things;
        }
        format!(
            "{things}; with {}",
            join(columns.iter().map(|column| self.column(column)), "and")
        )
    }

    fn column(&self, column: &Column) -> String {
        match column {
            Column::Value { attribute, .. } => self.attribute(*attribute).to_owned(),
            Column::Tied { words, .. } => words.clone(),
            Column::Things(thing) => self.thing(thing, true),
        }
    }

    fn attribute(&self, id: AttributeId) -> &str {
        &self.vocabulary.attributes[id.0 as usize].words
    }

    fn noun(&self, thing: &Thing, plural: bool) -> String {
        match thing.noun {
            Some(noun) => {
                let noun = &self.vocabulary.nouns[noun.0 as usize];
                if plural {
                    noun.plural.clone()
                } else {
                    noun.singular.clone()
                }
            }
            None if thing.kind.is_empty() => "anything".to_owned(),
            None => join(thing.kind.iter().cloned(), "or"),
        }
    }

    /// `principal social workers`, `a model`
    fn kind(&self, kind: &[String], noun: Option<NounId>, plural: bool) -> String {
        let noun = noun.map(|noun| &self.vocabulary.nouns[noun.0 as usize]);
        match noun {
            Some(noun) if plural => noun.plural.clone(),
            Some(noun) => indefinite(&noun.singular),
            None => join(kind.iter().cloned(), "or"),
        }
    }

    /// Entities with their predicates.
    fn thing(&self, thing: &Thing, plural: bool) -> String {
        let plural =
            plural && thing.name.is_none() && (thing.noun.is_some() || !thing.kind.is_empty());
        let mut words = self.head(thing, plural);
        let (before, after): (Vec<&Fact>, Vec<&Fact>) = thing
            .facts
            .iter()
            .partition(|fact| self.goes_before(fact) && thing.name.is_none());
        for fact in before {
            if let Fact::Adjective(id, _) = fact {
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
        let sorted = thing.wanted == Some(Wanted::Sorted);
        let (order, after): (Vec<&Fact>, Vec<&Fact>) =
            after.into_iter().partition(|fact| sorted && is_rank(fact));
        let (of, after): (Vec<&Fact>, Vec<&Fact>) =
            after.into_iter().partition(|fact| self.is_of(fact));
        for fact in of {
            if let Fact::Tie(tie) = fact {
                words = format!("{words} of {}{}", self.thing(&tie.other, false), how(tie));
            }
        }
        if !after.is_empty() {
            let said = join(after.into_iter().map(|fact| self.fact(fact, plural)), "and");
            words = format!("{words} that {said}");
        }
        for fact in order {
            words = format!("{words}, sorted by {}", self.order(fact));
        }
        words
    }

    /// `the number of models, the most first`
    fn order(&self, fact: &Fact) -> String {
        match fact {
            Fact::Superlative(id, most, _) => {
                let first = self.extreme(*id, *most);
                format!("{}, the {first} first", self.attribute(*id))
            }
            Fact::Tie(tie) => {
                let first = match tie.other.det {
                    Det::Most => "most",
                    _ => "fewest",
                };
                let kind = say_kind(&tie.other, self.vocabulary);
                format!("the number of {kind}, the {first} first")
            }
            fact => self.fact(fact, true),
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
    fn goes_before(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Adjective(id, _) => {
                let words = &self.vocabulary.adjectives[id.0 as usize].words;
                !words.contains(' ')
            }
            _ => false,
        }
    }

    /// True if a predicate says that another entity has these entities: `of X`.
    fn is_of(&self, fact: &Fact) -> bool {
        let Fact::Tie(tie) = fact else { return false };
        let light = |verb: VerbId| self.vocabulary.verbs[verb.0 as usize].base == "have";
        let plain = tie.other.facts.is_empty() && tie.sources.is_none() && !tie.by_source;
        tie.inverse && plain && tie.verb.is_some_and(light) && inner(tie).is_empty()
    }

    fn head(&self, thing: &Thing, plural: bool) -> String {
        if thing.again {
            return format!("the same {}", self.noun(thing, false));
        }
        if let Some(name) = &thing.name {
            let no = if thing.det == Det::No { "no " } else { "" };
            let kind = self.noun_of_name(thing);
            return match kind {
                Some(kind) if !name.shown.to_lowercase().contains(&kind.to_lowercase()) => {
                    format!("{no}{} ({kind})", name.shown)
                }
                _ => format!("{no}{}", name.shown),
            };
        }
        let plural = plural || matches!(thing.wanted, Some(Wanted::Ranks(2..) | Wanted::Any(2..)));
        let noun = match thing.wanted {
            Some(Wanted::Ranks(count)) if ranks(thing) => {
                format!("the {count} {}", self.noun(thing, true))
            }
            Some(Wanted::Any(count)) if !ranks(thing) => {
                format!("any {count} {}", self.noun(thing, true))
            }
            Some(Wanted::Any(count)) => format!("the {count} {}", self.noun(thing, true)),
            _ => self.noun(thing, plural),
        };
        let numbers = match &thing.numbers {
            Some((_, numbers)) => format!(" {}", said_numbers(numbers)),
            None => String::new(),
        };
        let one = |article: &str| format!("{article} {}{numbers}", self.noun(thing, false));
        match &thing.det {
            Det::No => one("no"),
            Det::Every => one("every"),
            Det::Each => one("each"),
            Det::Most => format!("the most {}", self.noun(thing, true)),
            Det::Fewest => format!("the fewest {}", self.noun(thing, true)),
            Det::Quantity(cmp, count) => {
                let noun = self.noun(thing, *count != 1.0);
                format!("{} {count} {noun}", said_cmp(*cmp))
            }
            Det::Their(_) => one("their"),
            Det::Some | Det::The if !plural && numbers.is_empty() && thing.noun.is_some() => {
                indefinite(&self.noun(thing, false))
            }
            _ => format!("{noun}{numbers}"),
        }
    }

    /// The singular noun for an entity with a name.
    fn noun_of_name(&self, thing: &Thing) -> Option<String> {
        let noun = |label: &String| {
            let mut nouns = self.vocabulary.nouns.iter();
            nouns
                .find(|noun| noun.label == *label && noun.pattern.is_none())
                .map(|noun| noun.singular.clone())
        };
        thing
            .kind
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
    month_name(date).unwrap_or_else(|| date.to_owned())
}

/// The named nodes within the pattern of a relation.
fn inner(tie: &Tied) -> Vec<String> {
    let within = tie.pattern.steps.iter().rev().skip(1);
    within
        .filter_map(|(_, node)| node.variable.as_ref().map(|name| name.text.clone()))
        .collect()
}

/// The words of the further conditions on a relation.
fn how(tie: &Tied) -> String {
    tie.how.iter().map(|(_, how)| format!(" {how}")).collect()
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
fn ranks(thing: &Thing) -> bool {
    thing.facts.iter().any(is_rank)
}

/// True if the predicate ranks entities.
fn is_rank(fact: &Fact) -> bool {
    match fact {
        Fact::Superlative(..) => true,
        Fact::Tie(tie) => matches!(tie.other.det, Det::Most | Det::Fewest),
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
