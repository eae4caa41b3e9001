//! `REPEATABLE ELEMENTS`: a relationship may occur twice in a match (GQL 16.4).
//!
//! Relationships differ within groups: those of one path with a mode that restricts it, or one relationship alone.

use crate::{
    analyze::Result,
    base::{Code, Diagnostic},
    syntax::ast::{PathMode, PathSearch, Pattern, PatternPart, Selector},
};

/// Whether the mode of a part lets no relationship occur twice in its path.
pub(super) fn is_restricted(part: &PatternPart) -> bool {
    part.prefix
        .is_some_and(|prefix| prefix.mode != PathMode::Walk)
}

/// Rejects walks whose relationships repeat inside of a quantifier: only trails and shortest paths are searched there.
pub(super) fn check(pattern: &Pattern) -> Result<()> {
    for part in &pattern.parts {
        let mut steps = part.element.steps.iter();
        let long = steps.find(|(relationship, _)| {
            relationship
                .length
                .is_some_and(|length| length.max != Some(1))
        });
        if let Some((relationship, _)) = long
            && !is_restricted(part)
            && !is_shortest(part)
        {
            let message = "a walk with a quantifier can repeat relationships; expected a path mode or a shortest path";
            let diagnostic = Diagnostic::new(Code::UnexpectedSyntax, relationship.span, message);
            return Err(Box::new(
                diagnostic.help("write `TRAIL`, `SIMPLE` or `ACYCLIC` before the pattern"),
            ));
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
