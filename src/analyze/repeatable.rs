//! `REPEATABLE ELEMENTS`: a relationship may occur twice in a match (GQL 16.4).
//!
//! Relationships differ within groups: those of one path with a mode that restricts it, or one relationship alone.

use crate::{
    analyze::Result,
    base::{Code, Diagnostic},
    syntax::ast::{PathMode, PathSearch, Pattern, PatternPart, RelationshipPattern, Selector},
};

/// Whether the mode of a part lets no relationship occur twice in its path.
pub(super) fn is_restricted(part: &PatternPart) -> bool {
    part.prefix
        .is_some_and(|prefix| prefix.mode != PathMode::Walk)
}

/// Whether a part is a walk with a quantifier: it stands for a chain of each length, in which relationships may repeat.
pub(super) fn is_walk(part: &PatternPart) -> bool {
    let others = part.alternatives.iter().map(|other| &other.element);
    let mut steps = [&part.element]
        .into_iter()
        .chain(others)
        .flat_map(|element| &element.steps);
    !is_restricted(part)
        && !is_shortest(part)
        && steps.any(|(relationship, _)| is_long(relationship))
}

/// Whether a pattern has a walk with a quantifier.
pub(super) fn has_walk(pattern: &Pattern) -> bool {
    pattern.repeatable && pattern.parts.iter().any(is_walk)
}

/// Whether a relationship has another length than one or `?`.
pub(super) fn is_long(relationship: &RelationshipPattern) -> bool {
    relationship
        .length
        .is_some_and(|length| length.max != Some(1))
}

/// Rejects walks without a greatest number of repetitions: there may be infinitely many (GQL 16.4).
pub(super) fn check(pattern: &Pattern) -> Result<()> {
    for part in pattern.parts.iter().filter(|part| is_walk(part)) {
        let others = part.alternatives.iter().map(|other| &other.element);
        let steps = [&part.element]
            .into_iter()
            .chain(others)
            .flat_map(|element| &element.steps);
        let lengths = steps.filter_map(|(relationship, _)| relationship.length);
        if let Some(length) = lengths.into_iter().find(|length| length.max.is_none()) {
            let message = "a walk without a greatest number of repetitions has no end; expected a path mode or a search of one shortest path";
            let diagnostic = Diagnostic::new(Code::UnexpectedSyntax, length.span, message);
            return Err(Box::new(diagnostic.help(
                "write `{1,3}`, or `TRAIL`, `SIMPLE` or `ACYCLIC` before the pattern",
            )));
        }
    }
    Ok(())
}

/// Whether one of the shortest walks is asked for along one relationship from at most one step on: it is a trail.
fn is_shortest(part: &PatternPart) -> bool {
    let [(relationship, _)] = part.element.steps.as_slice() else {
        return false;
    };
    let short = relationship
        .length
        .is_none_or(|length| length.min.unwrap_or(1) <= 1);
    let searched = part.prefix.is_some_and(|prefix| {
        matches!(
            prefix.search,
            PathSearch::Any(1) | PathSearch::Shortest(1) | PathSearch::ShortestGroups(1)
        )
    });
    let plain = relationship.group.is_none() && short;
    plain && (searched || part.selector != Selector::All)
}
