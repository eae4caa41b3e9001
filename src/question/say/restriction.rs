//! Writes restrictions in words.

use super::{Speaker, any, how, indefinite, inner, join, said_cmp, said_date, say_time};
use crate::question::{
    resolved::{Limit, Relation, Restriction},
    vocabulary::AttributeId,
};

impl Speaker<'_> {
    /// A restriction in words.
    pub(super) fn restriction(&self, restriction: &Restriction, plural: bool) -> String {
        let be = if plural { "are" } else { "is" };
        let have = if plural { "have" } else { "has" };
        match restriction {
            Restriction::Relation(relation) => self.relation(relation, plural),
            Restriction::Adjective(id, _) => {
                format!("{be} {}", self.vocabulary.adjectives[id.0 as usize].words)
            }
            Restriction::Superlative(id, most, _) => {
                format!(
                    "{have} the {} {}",
                    self.extreme(*id, *most),
                    self.attribute(*id)
                )
            }
            Restriction::Compare(id, limit, _) => format!("{have} {}", self.compared(*id, limit)),
            Restriction::Has(id, _) => format!("{have} {}", self.attribute(*id)),
            Restriction::Is(entity_type, noun, _) => {
                format!("{be} {}", self.entity_type(entity_type, *noun, plural))
            }
            Restriction::Same(_) => format!("{be} the same"),
            Restriction::Named(other) => format!("{be} {}", self.entities(other, false)),
            Restriction::Not(inner, _) => self.denied(inner, plural),
            Restriction::And(restrictions) => join(
                restrictions
                    .iter()
                    .map(|restriction| self.restriction(restriction, plural)),
                "and",
            ),
            Restriction::Or(restrictions) => join(
                restrictions
                    .iter()
                    .map(|restriction| self.restriction(restriction, plural)),
                "or",
            ),
        }
    }

    /// `a duration of more than 2 days`
    pub(super) fn compared(&self, id: AttributeId, limit: &Limit) -> String {
        let attribute = &self.vocabulary.attributes[id.0 as usize];
        let said = self.limit(limit);
        let counted = matches!(limit, Limit::Number(..) | Limit::Between(..));
        if matches!(limit, Limit::Yes) {
            return attribute.words.clone();
        }
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

    /// The negation of a restriction in words.
    pub(super) fn denied(&self, restriction: &Restriction, plural: bool) -> String {
        let be = if plural { "are" } else { "is" };
        let (does, has) = match plural {
            true => ("do", "have"),
            false => ("does", "has"),
        };
        match restriction {
            Restriction::Relation(relation)
                if relation.verb.is_some() && !relation.by_source && relation.sources.is_none() =>
            {
                let mut said = self.relation_words(
                    relation,
                    plural,
                    &any(self.entities(&relation.other, false)),
                );
                let base = relation
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
                    Some(base) if !relation.inverse => {
                        let other = any(self.entities(&relation.other, false));
                        format!("{does} not {base} {other}{}", how(relation))
                    }
                    _ => format!("it is not true that {said}"),
                }
            }
            Restriction::Adjective(id, _) => {
                format!(
                    "{be} not {}",
                    self.vocabulary.adjectives[id.0 as usize].words
                )
            }
            Restriction::Has(id, _) => format!("{has} no {}", self.attribute(*id)),
            Restriction::Is(entity_type, noun, _) => {
                format!("{be} not {}", self.entity_type(entity_type, *noun, plural))
            }
            Restriction::Same(_) => format!("{be} not the same"),
            Restriction::Named(other) => format!("{be} other than {}", self.entities(other, false)),
            Restriction::Compare(id, limit, _) => {
                format!("{does} not have {}", self.compared(*id, limit))
            }
            // De Morgan: a negated disjunction is a conjunction of negations, and the reverse.
            Restriction::Or(restrictions) => join(
                restrictions
                    .iter()
                    .map(|restriction| self.denied(restriction, plural)),
                "and",
            ),
            Restriction::And(restrictions) => join(
                restrictions
                    .iter()
                    .map(|restriction| self.denied(restriction, plural)),
                "or",
            ),
            restriction => format!(
                "it is not true that they {}",
                self.restriction(restriction, true)
            ),
        }
    }

    pub(super) fn relation(&self, relation: &Relation, plural: bool) -> String {
        self.relation_words(relation, plural, &self.entities(&relation.other, false))
    }

    pub(super) fn relation_words(&self, relation: &Relation, plural: bool, other: &str) -> String {
        let mut words = match relation.verb {
            None => format!(
                "{} related to {other} by {} (no verb for this relation; the shortest path)",
                if plural { "are" } else { "is" },
                relation.pattern
            ),
            Some(verb) => {
                let verb = &self.vocabulary.verbs[verb.0 as usize];
                let be = verb.base.strip_prefix("be ");
                match (relation.inverse, be) {
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
        let inner = inner(relation);
        if !inner.is_empty() {
            words = format!("{words} through their {}", join(inner.into_iter(), "and"));
        }
        words.push_str(&how(relation));
        if let Some((cmp, count)) = relation.sources {
            let end = if count == 1.0 { "" } else { "s" };
            words = format!("{words}, stated in {} {count} document{end}", said_cmp(cmp));
        }
        if relation.by_source {
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
            Limit::Yes => "that is true".to_owned(),
            Limit::Than(cmp, other) => {
                format!("{} that of {}", said_cmp(*cmp), self.entities(other, false))
            }
        }
    }
}
