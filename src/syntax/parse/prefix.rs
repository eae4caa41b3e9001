//! Builds the prefixes of paths: searches and modes.

use super::{
    Result,
    cursor::{Cursor, Pair, place},
    grammar::Rule,
    literal,
    node::{Builder, refuse},
};
use crate::{
    base::Code,
    syntax::ast::{PathMode, PathPrefix, PathSearch},
};

impl<'i> Builder<'i> {
    /// `ANY SHORTEST ACYCLIC PATHS`
    pub(super) fn path_prefix(&self, pair: Pair<'i>) -> Result<PathPrefix> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let search = parts.eat(Rule::path_search);
        let search = search.map(path_search).transpose()?;
        let mode = parts.eat(Rule::path_mode).map(path_mode);
        let search = match (search, parts.flag(Rule::path_groups)) {
            (Some(PathSearch::Shortest(count)), true) => PathSearch::ShortestGroups(count),
            (Some(_), true) => {
                let message = "only `SHORTEST` selects groups";
                let help = "write `SHORTEST 2 GROUPS`";
                return refuse(Code::UnexpectedSyntax, span, message, help);
            }
            (search, false) => search.unwrap_or(PathSearch::All),
            (None, true) => PathSearch::All,
        };
        let mode = mode.unwrap_or(PathMode::Walk);
        Ok(PathPrefix { search, mode, span })
    }
}

/// `ANY SHORTEST`, `SHORTEST 2`
fn path_search(pair: Pair<'_>) -> Result<PathSearch> {
    let span = place(&pair);
    let mut parts = Cursor::inside(pair);
    let (all, any) = (parts.flag(Rule::all), parts.flag(Rule::any));
    let shortest = parts.flag(Rule::shortest_search);
    let count = match parts.eat(Rule::path_count) {
        Some(count) => literal::bound(&count)?,
        None => 1,
    };
    if count == 0 {
        let message = "a path search selects at least one path, found `0`";
        return refuse(Code::NumberOutOfRange, span, message, "write `1` or more");
    }
    Ok(match (all, any, shortest) {
        (true, _, true) => PathSearch::ShortestGroups(1),
        (true, _, false) => PathSearch::All,
        (_, true, false) => PathSearch::Any(count),
        _ => PathSearch::Shortest(count),
    })
}

/// `TRAIL`
pub(super) fn path_mode(pair: Pair<'_>) -> PathMode {
    match Cursor::inside(pair).need().as_rule() {
        Rule::trail => PathMode::Trail,
        Rule::simple => PathMode::Simple,
        Rule::acyclic => PathMode::Acyclic,
        _ => PathMode::Walk,
    }
}
