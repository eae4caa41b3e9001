//! Ranked entities: the longest, the three with the most relations, or any three.

use super::{
    make::{
        call, call_distinct, compare, equal, first_of, index, is_null, item, list, map, number,
        prop, query, returned, sort, sorted_with, unwind, var, with,
    },
    query::Builder,
    scope::Scope,
    shown::{Shown, items, rows, unique, unnamed},
};
use crate::{
    question::{
        resolve::camel,
        resolved::{EntitySet, Relation},
        tree::Wanted,
        vocabulary::AttributeId,
    },
    syntax::ast::{Clause, CompareOp, Query},
};

/// A ranking of the rows of a statement.
#[derive(Clone, Debug)]
pub(super) struct Ranking {
    /// The ranked entities.
    of: EntitySet,
    by: By,
    /// True if the greatest value comes first.
    most: bool,
    /// The number of ranks; `None` to sort all.
    pub(super) ranks: Option<u32>,
    /// The columns by which rows are partitioned before ranking.
    pub(super) within: Vec<String>,
}

/// The rank criterion.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// The number of other entities of a relation.
    Count(Box<(EntitySet, Relation)>),
    Value(AttributeId),
    Name,
}

impl Scope<'_> {
    /// Ranks the entities of the scope.
    pub(super) fn rank(&mut self, entities: &EntitySet, by: By, most: bool) {
        let ranks = match entities.wanted {
            Some(Wanted::Ranks(ranks) | Wanted::Any(ranks) | Wanted::Top(ranks)) => Some(ranks),
            Some(Wanted::Sorted) => None,
            None => Some(1),
        };
        self.ranking = Some(Ranking {
            of: entities.clone(),
            by,
            most,
            ranks,
            within: Vec::new(),
        });
    }
}

/// The ranking by name for `list three courses`; `None` for other requests.
pub(super) fn any(entities: &EntitySet) -> Option<Ranking> {
    let Some(Wanted::Any(ranks)) = entities.wanted else {
        return None;
    };
    Some(Ranking {
        of: entities.clone(),
        by: By::Name,
        most: false,
        ranks: Some(ranks),
        within: Vec::new(),
    })
}

impl<'v> Builder<'v> {
    /// The first ranks with their ties; with `width`, only that many columns.
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
        // All rows are collected in a list, so that each rank can be compared with the last one that is asked for.
        let visible = width.unwrap_or(shown.len());
        let carried: Vec<String> = unnamed(&shown).into_iter().map(str::to_owned).collect();
        for variable in &carried {
            let alias = unique(&shown, "entity");
            shown.push(Shown::value(var(variable), alias));
        }
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
                // An entity may have several rows: entities are counted by node.
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
        let row = |column: &String| item(prop(var("row"), column), column);
        let mut out: Vec<_> = columns.iter().take(visible).map(row).collect();
        if !carried.is_empty() {
            // Entities with the same name keep a row each.
            clauses.push(with(true, columns.iter().map(row).collect(), None));
            let column = |column: &String| item(var(column), column);
            out = columns.iter().take(visible).map(column).collect();
        }
        let mut order = vec![sort(var(&columns[0]), false)];
        if width.is_none() {
            let within = ranking.within.iter().map(|column| sort(var(column), false));
            order.splice(0..0, within);
        }
        if ranks > 1 && !by_name && width.is_none() {
            order.insert(ranking.within.len(), sort(var(&alias), ranking.most));
        }
        clauses.push(returned(carried.is_empty(), out, order));
        query(clauses)
    }

    /// All rows by rank, those without a rank last.
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
        clauses.extend(rows(shown, order));
        query(clauses)
    }

    /// Ensures that the rank is a column, the last one if it is a value. Returns the name of the column.
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
                let (entities, relation) = &**pair;
                let inner = scope.inner(&entities.var);
                let alias = unique(shown, &camel(&self.plural(&relation.other)));
                (inner.count(entities, relation), alias)
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
        shown.push(Shown::value(expr, alias.clone()));
        alias
    }
}
