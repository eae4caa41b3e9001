//! `EXCEPT` and `INTERSECT` count each row on both sides: a union whose rows say where they come from, grouped by all
//! columns.

use crate::{
    analyze::{
        Analyzer, Result,
        conjunction::{Chain, returned, without_columns},
        flow::Outcome,
        typed::{call_function, constant},
    },
    base::{CompareOp, Span},
    function,
    plan::{AggregateCall, ArithmeticOp, Column, Expr, ExprKind, Node, Op, Slot},
    syntax::ast::{Conjunction, SingleQuery},
    value::Type,
};

/// The names of the two sides of a set operator in plans.
const SIDES: [&str; 2] = ["left", "right"];

/// The rows of two queries as groups of equal rows, with the number of each on both sides.
pub(super) struct Sides {
    plan: Node,
    columns: Vec<Column>,
    left: Slot,
    right: Slot,
}

impl Analyzer<'_> {
    /// The groups of equal rows of two queries.
    pub(super) fn sides(
        &mut self,
        left: Chain<'_>,
        right: &SingleQuery,
        between: Conjunction,
    ) -> Result<Sides> {
        let start = left.start;
        let span = between.span;
        let left = self.composite(left)?;
        let right = self.single(right, start)?;
        if left.columns.is_none() && right.columns.is_none() {
            return Err(Box::new(without_columns(span)));
        }
        let (left, left_numbers) = self.numbered(left, [1, 0], span);
        let (right, right_numbers) = self.numbered(right, [0, 1], span);
        let word = format!("the two queries of `{}`", between.kind);
        let Outcome { mut plan, columns } = self.union(left, right, span, &word)?;
        let columns = returned(columns, span)?;
        let numbers = SIDES.map(|side| self.slot(side, Type::INTEGER));
        if let Op::Union { columns } = &mut plan.op {
            let pairs = left_numbers.into_iter().zip(right_numbers);
            let all = numbers.into_iter().zip(pairs);
            columns.extend(all.map(|(slot, (left, right))| (slot, left, right)));
        }
        let keys = columns.iter().map(|column| {
            let slot = column.slot;
            (slot, Expr::slot(slot, span))
        });
        let keys = keys.collect();
        let aggregate = function::find_aggregate("sum");
        let sums = numbers.into_iter().zip(SIDES).map(|(number, side)| {
            let call = AggregateCall {
                aggregate,
                arguments: vec![Expr::slot(number, span)],
                distinct: false,
                span,
            };
            (self.slot(&format!("{side}_rows"), Type::INTEGER), call)
        });
        let sums: Vec<_> = sums.collect();
        let (left, right) = (sums[0].0, sums[1].0);
        let plan = Op::Aggregate {
            keys,
            aggregates: sums,
            partition: self.partition(),
        }
        .on(plan);
        Ok(Sides {
            plan,
            columns,
            left,
            right,
        })
    }

    /// Adds two constants: how often each row is on the left and on the right.
    fn numbered(
        &mut self,
        outcome: Outcome,
        numbers: [i64; 2],
        span: Span,
    ) -> (Outcome, [Slot; 2]) {
        let slots = SIDES.map(|side| self.slot(side, Type::INTEGER));
        let numbers = numbers.map(|number| constant(number, span));
        let items = slots.into_iter().zip(numbers).collect();
        let outcome = Outcome {
            plan: Op::Project { items }.on(outcome.plan),
            ..outcome
        };
        (outcome, slots)
    }

    /// The rows that are more often on the left: with `all` as often as the difference, else once if never on the
    /// right.
    pub(super) fn except(&mut self, sides: Sides, all: bool, span: Span) -> Outcome {
        let [left, right] = [sides.left, sides.right].map(|slot| Box::new(Expr::slot(slot, span)));
        if all {
            let difference = ExprKind::Arithmetic(ArithmeticOp::Subtract, left, right);
            return self.repeated(sides, Expr::new(difference, span));
        }
        kept(sides, [CompareOp::Greater, CompareOp::Equal], span)
    }

    /// The rows on both sides: with `all` as often as on the side where they are less often, else once.
    pub(super) fn intersect(&mut self, sides: Sides, all: bool, span: Span) -> Outcome {
        let [left, right] = [sides.left, sides.right].map(|slot| Expr::slot(slot, span));
        if all {
            let less = ExprKind::Compare(
                CompareOp::Less,
                Box::new(left.clone()),
                Box::new(right.clone()),
            );
            let least = ExprKind::Case {
                operand: None,
                branches: vec![(Expr::new(less, span), left)],
                otherwise: Some(Box::new(right)),
            };
            return self.repeated(sides, Expr::new(least, span));
        }
        kept(sides, [CompareOp::Greater, CompareOp::Greater], span)
    }

    /// Each group as many times as a number says.
    fn repeated(&mut self, sides: Sides, times: Expr) -> Outcome {
        let span = times.span;
        let list = call_function("range", vec![constant(1, span), times], span);
        let element = self.slot("time", Type::INTEGER);
        Outcome {
            plan: Op::Unwind { list, element }.on(sides.plan),
            columns: Some(sides.columns),
        }
    }
}

/// The groups whose numbers on both sides compare with zero as given.
fn kept(sides: Sides, comparisons: [CompareOp; 2], span: Span) -> Outcome {
    let slots = [sides.left, sides.right].into_iter();
    let predicates = slots.zip(comparisons).map(|(slot, comparison)| {
        let number = Box::new(Expr::slot(slot, span));
        let compared = ExprKind::Compare(comparison, number, Box::new(constant(0, span)));
        Expr::new(compared, span)
    });
    let predicates = predicates.collect();
    Outcome {
        plan: Op::Filter { predicates }.on(sides.plan),
        columns: Some(sides.columns),
    }
}
