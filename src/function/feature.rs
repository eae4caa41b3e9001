//! The register of the features of ISO GQL (ISO/IEC 39075:2024, annex D): which of them the language has.
//!
//! A feature is one row. Tests run its examples; the manual and `CALL relata.features()` are made from the rows.

mod base;
mod catalog;
mod path;
mod query;
mod types;

use crate::function::Example;

/// An optional feature of ISO GQL.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// The code, such as `G035`.
    pub code: &'static str,
    /// The name in the standard.
    pub name: &'static str,
    /// How much it matters to the users of the language: 1 to 3, or 0 for a feature that an embedded engine with one graph
    /// does not need.
    pub tier: u8,
    /// Which other engines say that they have it: `N` Neo4j, `G` Grafeo, `U` Ultipa, `F` Microsoft Fabric, `S` selene-db.
    pub claims: &'static str,
    /// Statements that need the feature, each with its result; empty if the language does not have it. Several statements in
    /// one example are divided by semicolons.
    pub examples: &'static [Example],
}

impl Feature {
    /// Whether the language has the feature.
    #[must_use]
    pub fn is_supported(&self) -> bool {
        !self.examples.is_empty()
    }
}

/// All features, by area.
pub fn features() -> impl Iterator<Item = &'static Feature> {
    let groups = [
        path::ROWS,
        base::ROWS,
        query::ROWS,
        catalog::ROWS,
        types::ROWS,
    ];
    groups.into_iter().flatten()
}

/// A feature that the language has.
const fn has(
    code: &'static str,
    name: &'static str,
    tier: u8,
    claims: &'static str,
    examples: &'static [Example],
) -> Feature {
    Feature {
        code,
        name,
        tier,
        claims,
        examples,
    }
}

/// A feature that the language does not have.
const fn lacks(code: &'static str, name: &'static str, tier: u8, claims: &'static str) -> Feature {
    has(code, name, tier, claims, &[])
}
