//! Comparisons of two counts: which is greater, or the percentage of the first in the second.

use super::{
    make::{
        binary, call, compare, count_distinct, equal, expr, item, null, number, query, returned,
        var, with,
    },
    query::Builder,
    shown::{Shown, unique},
};
use crate::{
    question::{resolved::EntitySet, tree::Weigh},
    syntax::ast::{BinaryOp, CompareOp, ExprKind, Query},
};

impl Builder<'_> {
    /// One row: the result of the comparison with both counts, or both counts with the percentage.
    pub(super) fn weighed(&self, first: &EntitySet, second: &EntitySet, how: Weigh) -> Query {
        let mut shown: Vec<Shown> = Vec::new();
        for entities in [first, second] {
            let alias = match (how, shown.is_empty()) {
                (Weigh::Portion, true) => "part".to_owned(),
                (Weigh::Portion, false) => "whole".to_owned(),
                _ => unique(&shown, &self.plural(entities)),
            };
            let mut scope = self.scope();
            scope.wanted.push(entities.var.clone());
            scope.entities(entities);
            let count = count_distinct(scope.matches(), item(var(&entities.var), &entities.var));
            shown.push(Shown::value(count, alias));
        }
        let counts = shown
            .iter()
            .map(|column| item(column.expr.clone(), &column.alias));
        let counts = with(false, counts.collect(), None);
        let [part, whole] = [&shown[0].alias, &shown[1].alias].map(|alias| item(var(alias), alias));
        let [first, second] = [var(&shown[0].alias), var(&shown[1].alias)];
        let compared = |op| compare(first.clone(), op, second.clone());
        let out = match how {
            Weigh::Portion => {
                // The percentage of an empty set is null.
                let hundred = binary(
                    BinaryOp::Multiply,
                    number(100.0),
                    call("toFloat", vec![first]),
                );
                let exact = binary(BinaryOp::Divide, hundred, second.clone());
                let rounded = call("round", vec![exact, number(1.0)]);
                let percentage = expr(ExprKind::Case {
                    operand: None,
                    branches: vec![(equal(second, number(0.0)), null())],
                    otherwise: Some(Box::new(rounded)),
                });
                vec![item(percentage, "percentage"), part, whole]
            }
            Weigh::More => vec![item(compared(CompareOp::Greater), "answer"), part, whole],
            Weigh::Fewer => vec![item(compared(CompareOp::Less), "answer"), part, whole],
            Weigh::AsMany => vec![item(compared(CompareOp::Equal), "answer"), part, whole],
        };
        query(vec![counts, returned(false, out, Vec::new())])
    }
}
