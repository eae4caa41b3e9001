//! Writes predicates in words.

use super::{Speaker, any, how, indefinite, inner, join, said_cmp, said_date, say_time};
use crate::question::{
    meaning::{Fact, Limit, Tied},
    vocabulary::AttributeId,
};

impl Speaker<'_> {
    /// A predicate in words.
    pub(super) fn fact(&self, fact: &Fact, plural: bool) -> String {
        let be = if plural { "are" } else { "is" };
        let have = if plural { "have" } else { "has" };
        match fact {
            Fact::Tie(tie) => self.tie(tie, plural),
            Fact::Adjective(id, _) => {
                format!("{be} {}", self.vocabulary.adjectives[id.0 as usize].words)
            }
            Fact::Superlative(id, most, _) => {
                format!(
                    "{have} the {} {}",
                    self.extreme(*id, *most),
                    self.attribute(*id)
                )
            }
            Fact::Compare(id, limit, _) => format!("{have} {}", self.compared(*id, limit)),
            Fact::Has(id, _) => format!("{have} {}", self.attribute(*id)),
            Fact::Is(kind, noun, _) => format!("{be} {}", self.kind(kind, *noun, plural)),
            Fact::Same(_) => format!("{be} the same"),
            Fact::Named(other) => format!("{be} {}", self.thing(other, false)),
            Fact::Not(inner, _) => self.denied(inner, plural),
            Fact::And(facts) => join(facts.iter().map(|fact| self.fact(fact, plural)), "and"),
            Fact::Or(facts) => join(facts.iter().map(|fact| self.fact(fact, plural)), "or"),
        }
    }

    /// `a duration of more than 2 days`
    pub(super) fn compared(&self, id: AttributeId, limit: &Limit) -> String {
        let attribute = &self.vocabulary.attributes[id.0 as usize];
        let said = self.limit(limit);
        let counted = matches!(limit, Limit::Number(..) | Limit::Between(..));
        match (&attribute.unit, counted) {
            (Some(unit), true) if attribute.words == format!("{unit}s") => {
                format!("{said} {}", attribute.words)
            }
            (Some(unit), true) => {
                let one = matches!(limit, Limit::Number(_, number) if *number == 1.0);
                let end = if one { "" } else { "s" };
                format!("{} of {said} {unit}{end}", indefinite(&attribute.words))
            }
            (None, true) => format!("{} of {said}", indefinite(&attribute.words)),
            (_, false) => format!("{} {said}", indefinite(&attribute.words)),
        }
    }

    /// The negation of a predicate in words.
    pub(super) fn denied(&self, fact: &Fact, plural: bool) -> String {
        let be = if plural { "are" } else { "is" };
        let (does, has) = match plural {
            true => ("do", "have"),
            false => ("does", "has"),
        };
        match fact {
            Fact::Tie(tie) if tie.verb.is_some() && !tie.by_source && tie.sources.is_none() => {
                let mut said = self.tie_words(tie, plural, &any(self.thing(&tie.other, false)));
                let base = tie
                    .verb
                    .map(|verb| &self.vocabulary.verbs[verb.0 as usize].base);
                for (is, not) in [
                    (format!("{be} "), format!("{be} not ")),
                    (format!("{has} "), format!("{does} not have ")),
                    ("belong to ".to_owned(), format!("{does} not belong to ")),
                    ("belongs to ".to_owned(), format!("{does} not belong to ")),
                ] {
                    if let Some(rest) = said.strip_prefix(&is) {
                        said = format!("{not}{rest}");
                        return said;
                    }
                }
                match base {
                    Some(base) if !tie.inverse => {
                        let other = any(self.thing(&tie.other, false));
                        format!("{does} not {base} {other}{}", how(tie))
                    }
                    _ => format!("it is not true that {said}"),
                }
            }
            Fact::Adjective(id, _) => {
                format!(
                    "{be} not {}",
                    self.vocabulary.adjectives[id.0 as usize].words
                )
            }
            Fact::Has(id, _) => format!("{has} no {}", self.attribute(*id)),
            Fact::Is(kind, noun, _) => format!("{be} not {}", self.kind(kind, *noun, plural)),
            Fact::Same(_) => format!("{be} not the same"),
            Fact::Named(other) => format!("{be} other than {}", self.thing(other, false)),
            Fact::Compare(id, limit, _) => {
                format!("{does} not have {}", self.compared(*id, limit))
            }
            // De Morgan: a negated disjunction is a conjunction of negations, and the reverse.
            Fact::Or(facts) => join(facts.iter().map(|fact| self.denied(fact, plural)), "and"),
            Fact::And(facts) => join(facts.iter().map(|fact| self.denied(fact, plural)), "or"),
            fact => format!("it is not true that they {}", self.fact(fact, true)),
        }
    }

    pub(super) fn tie(&self, tie: &Tied, plural: bool) -> String {
        self.tie_words(tie, plural, &self.thing(&tie.other, false))
    }

    pub(super) fn tie_words(&self, tie: &Tied, plural: bool, other: &str) -> String {
        let mut words = match tie.verb {
            None => format!(
                "{} related to {other} by {} (no verb for this relation; the shortest path)",
                if plural { "are" } else { "is" },
                tie.pattern
            ),
            Some(verb) => {
                let verb = &self.vocabulary.verbs[verb.0 as usize];
                let be = verb.base.strip_prefix("be ");
                match (tie.inverse, be) {
                    (false, Some(rest)) => {
                        format!("{} {rest} {other}", if plural { "are" } else { "is" })
                    }
                    (false, None) => {
                        format!("{} {other}", if plural { &verb.base } else { &verb.third })
                    }
                    (true, None) if verb.base == "have" => {
                        format!("{} to {other}", if plural { "belong" } else { "belongs" })
                    }
                    (true, Some(_)) => format!("{other} {}", verb.third),
                    // `belong to` has no passive.
                    (true, None) if verb.base.contains(' ') => format!("{other} {}", verb.third),
                    (true, None) => format!(
                        "{} {} by {other}",
                        if plural { "are" } else { "is" },
                        verb.participle
                    ),
                }
            }
        };
        let inner = inner(tie);
        if !inner.is_empty() {
            words = format!("{words} through their {}", join(inner.into_iter(), "and"));
        }
        words.push_str(&how(tie));
        if let Some((cmp, count)) = tie.sources {
            let end = if count == 1.0 { "" } else { "s" };
            words = format!("{words}, stated in {} {count} document{end}", said_cmp(cmp));
        }
        if tie.by_source {
            words = format!("{words}, by document");
        }
        words
    }

    pub(super) fn limit(&self, limit: &Limit) -> String {
        match limit {
            Limit::Number(cmp, number) => format!("{} {number}", said_cmp(*cmp)),
            Limit::Between(low, high) => format!("from {low} to {high}"),
            Limit::Date(cmp, date) => say_time(*cmp, date),
            Limit::Dates(from, to) => format!("from {} to {}", said_date(from), said_date(to)),
            Limit::Text(text) => format!("'{text}'"),
            Limit::Than(cmp, other) => {
                format!("{} that of {}", said_cmp(*cmp), self.thing(other, false))
            }
        }
    }
}
