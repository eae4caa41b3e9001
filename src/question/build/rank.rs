//! Things of the first ranks: the longest, the three that most use, or just three.

use super::{
    make::{
        call, call_distinct, compare, equal, first_of, index, is_null, item, list, map, number,
        prop, query, returned, sort, sorted_with, unwind, var, with,
    },
    query::{Builder, Shown, items, unique},
    scope::Scope,
};
use crate::{
    question::{
        meaning::{Thing, Tied},
        resolve::camel,
        tree::Wanted,
        vocabulary::AttributeId,
    },
    syntax::ast::{Clause, CompareOp, Query},
};

/// Which things are meant of all that a statement finds.
#[derive(Clone, Debug)]
pub(super) struct Ranking {
    /// The things that are ranked.
    of: Thing,
    by: By,
    /// Whether the greatest stand first.
    most: bool,
    /// How many ranks are asked for; none, where all are, in their order.
    pub(super) ranks: Option<u32>,
    /// The columns for each of which things are ranked by themselves.
    pub(super) within: Vec<String>,
}

/// By what things are ranked.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// By how many others they are tied to.
    Count(Box<(Thing, Tied)>),
    Value(AttributeId),
    Name,
}

impl Scope<'_> {
    /// Ranks things.
    pub(super) fn rank(&mut self, thing: &Thing, by: By, most: bool) {
        let ranks = match thing.wanted {
            Some(Wanted::Ranks(ranks) | Wanted::Any(ranks) | Wanted::Top(ranks)) => Some(ranks),
            Some(Wanted::Sorted) => None,
            None => Some(1),
        };
        self.ranking = Some(Ranking {
            of: thing.clone(),
            by,
            most,
            ranks,
            within: Vec::new(),
        });
    }
}

/// The first by name, where so many are asked for, whichever they are.
pub(super) fn any(thing: &Thing) -> Option<Ranking> {
    let Some(Wanted::Any(ranks)) = thing.wanted else {
        return None;
    };
    Some(Ranking {
        of: thing.clone(),
        by: By::Name,
        most: false,
        ranks: Some(ranks),
        within: Vec::new(),
    })
}

impl<'v> Builder<'v> {
    /// Those of the first ranks, ties and all; with `width` no more than so many of the columns.
    pub(super) fn ranked(
        &self,
        scope: &mut Scope<'v>,
        ranking: Ranking,
        mut clauses: Vec<Clause>,
        mut shown: Vec<Shown>,
        width: Option<usize>,
    ) -> Query {
        let by_name = matches!(ranking.by, By::Name);
        let alias = self.rank_column(scope, &ranking, &mut clauses, &mut shown);
        let Some(ranks) = ranking.ranks else {
            return self.sorted(&ranking, &alias, clauses, &shown);
        };
        // All rows are kept in a list, so that the rank of each can be compared with that of the last which is asked for.
        let columns: Vec<String> = shown.iter().map(|column| column.alias.clone()).collect();
        let entries = columns.iter().map(|column| (column.as_str(), var(column)));
        let rows = item(call("collect", vec![map(entries.collect())]), "rows");
        let mut grouped: Vec<_> = ranking
            .within
            .iter()
            .map(|column| item(var(column), column))
            .collect();
        grouped.push(rows);
        let (last, kept) = match (ranks, by_name) {
            (1, false) => {
                clauses.push(with(true, items(&shown), None));
                let best = if ranking.most { "max" } else { "min" };
                grouped.push(item(call(best, vec![var(&alias)]), "best"));
                clauses.push(with(false, grouped, None));
                ("best", equal(prop(var("row"), &alias), var("best")))
            }
            _ => {
                // A thing may have several rows: what is counted is the thing, by its node.
                let node = unique(&shown, "one");
                let mut first = items(&shown);
                first.push(item(var(&ranking.of.var), &node));
                clauses.push(sorted_with(
                    first,
                    vec![sort(var(&alias), ranking.most)],
                    is_null(var(&alias), true),
                ));
                let ranked = call_distinct("collect", list(vec![var(&node), var(&alias)]));
                let first = first_of(ranked, number(f64::from(ranks)));
                grouped.push(item(first, "first"));
                clauses.push(with(false, grouped, None));
                let last = index(index(var("first"), number(-1.0)), number(1.0));
                let op = match ranking.most {
                    true => CompareOp::GreaterOrEqual,
                    false => CompareOp::LessOrEqual,
                };
                ("first", compare(prop(var("row"), &alias), op, last))
            }
        };
        clauses.push(unwind(var("rows"), "row"));
        clauses.push(with(
            false,
            vec![item(var("row"), "row"), item(var(last), last)],
            Some(kept),
        ));
        let out = columns
            .iter()
            .take(width.unwrap_or(columns.len()))
            .map(|column| item(prop(var("row"), column), column));
        let mut order = vec![sort(var(&columns[0]), false)];
        if width.is_none() {
            let within = ranking.within.iter().map(|column| sort(var(column), false));
            order.splice(0..0, within);
        }
        if ranks > 1 && !by_name && width.is_none() {
            order.insert(ranking.within.len(), sort(var(&alias), ranking.most));
        }
        clauses.push(returned(true, out.collect(), order));
        query(clauses)
    }

    /// All of them by rank, those without one at the end.
    fn sorted(
        &self,
        ranking: &Ranking,
        alias: &str,
        mut clauses: Vec<Clause>,
        shown: &[Shown],
    ) -> Query {
        let mut order = vec![
            sort(var(alias), ranking.most),
            sort(var(&shown[0].alias), false),
        ];
        if ranking.most && matches!(ranking.by, By::Value(_)) {
            order.insert(0, sort(is_null(var(alias), false), false));
        }
        clauses.push(returned(true, items(shown), order));
        query(clauses)
    }

    /// Sees to it that the rank is among the columns, as the last where it is a value; the column's name.
    fn rank_column(
        &self,
        scope: &mut Scope<'v>,
        ranking: &Ranking,
        clauses: &mut Vec<Clause>,
        shown: &mut Vec<Shown>,
    ) -> String {
        let (expr, alias) = match &ranking.by {
            By::Name => return shown[0].alias.clone(),
            By::Count(pair) => {
                let (thing, tie) = &**pair;
                let inner = scope.inner(&thing.var);
                let alias = unique(shown, &camel(&self.plural(&tie.other)));
                (inner.count(thing, tie), alias)
            }
            By::Value(id) => {
                let of = &ranking.of.var;
                let needed = ranking.ranks.is_some();
                self.attribute(scope, of, *id, clauses, shown, needed);
                let value = scope.value_at(of, *id);
                let text = value.to_string();
                let at = shown
                    .iter()
                    .position(|column| column.expr.to_string() == text);
                let alias = at.map_or_else(|| "value".to_owned(), |at| shown.remove(at).alias);
                (value, alias)
            }
        };
        shown.push(Shown {
            expr,
            alias: alias.clone(),
        });
        alias
    }
}
