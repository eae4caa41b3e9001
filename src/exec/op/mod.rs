//! Operators, one file each, and how they are built from plan nodes.
//!
//! An operator that cannot work on rows with multiplicities gets a [`Flatten`] below it.

mod admission;
mod aggregate;
mod apply;
mod argument;
mod by_length;
mod create;
mod delete;
mod distance;
mod distinct;
mod distinct_aggregate;
mod eager;
mod expand;
mod expand_into;
mod extend;
mod filter;
mod flatten;
mod follow_list;
mod foreach;
mod hash_join;
mod index_seek;
mod intersect;
mod limit;
mod merge;
mod node_scan;
mod pre_aggregate;
mod procedure_call;
mod project;
mod relationship_scan;
mod search;
mod set;
mod shortest_path;
mod shortest_path_where;
mod sort;
mod store;
mod top_k;
mod trail;
mod union;
mod unwind;
mod var_expand;

use crate::{
    exec::{
        op::{
            aggregate::Aggregate,
            apply::{Apply, InnerPlan},
            argument::{Argument, Empty, Unit},
            create::Create,
            delete::Delete,
            distinct::Distinct,
            eager::Eager,
            expand::Expand,
            expand_into::ExpandInto,
            extend::{Extend, Extender},
            filter::Filter,
            flatten::Flatten,
            follow_list::FollowList,
            foreach::Foreach,
            hash_join::HashJoin,
            index_seek::IndexSeek,
            intersect::Intersect,
            limit::{Limit, Skip},
            merge::Merge,
            node_scan::NodeScan,
            pre_aggregate::PreAggregate,
            procedure_call::ProcedureCall,
            project::Project,
            relationship_scan::RelationshipScan,
            set::Set,
            shortest_path::ShortestPath,
            shortest_path_where::{PathPredicate, ShortestPathWhere},
            sort::Sort,
            top_k::TopK,
            union::Union,
            unwind::Unwind,
            var_expand::VarExpand,
        },
        operator::{Operator, Outer, Source},
    },
    function::Purity,
    plan::{self, ApplyKind, Expr, ExprKind, Node, Op},
};

/// The operators of an annotated plan. `outer` are the outer rows, inside an inner plan.
pub(crate) fn build<'p>(node: &'p Node, outer: Option<&Outer>, profiled: bool) -> Source<'p> {
    let builder = Builder {
        node,
        outer,
        profiled,
    };
    builder.build()
}

/// The input for building one operator.
struct Builder<'p, 'b> {
    node: &'p Node,
    outer: Option<&'b Outer>,
    profiled: bool,
}

impl<'p> Builder<'p, '_> {
    fn build(&self) -> Source<'p> {
        let live = &self.node.output;
        match &self.node.op {
            Op::Unit => self.source(Unit::default()),
            Op::Empty { .. } => self.source(Empty),
            Op::Argument { row, slots } => self.source(self.argument(*row, slots)),
            Op::Match(_) => unreachable!("`plan::check` refuses plans with logical operators"),
            Op::NodeScan { node, label } => self.extend(NodeScan::new(*node, label.as_ref())),
            Op::IndexSeek(seek) => self.extend(IndexSeek::new(seek)),
            Op::RelationshipScan {
                edge,
                from,
                to,
                types,
                direction,
            } => {
                let (edge, from, to) = (*edge, *from, *to);
                let slots = relationship_scan::Slots { edge, from, to };
                self.extend(RelationshipScan::new(slots, types, *direction))
            }
            Op::Expand(expand) => self.extend(Expand::new(expand, live)),
            Op::ExpandInto(expand) => self.extend(ExpandInto::new(expand)),
            Op::Intersect { node, arms } => self.extend(Intersect::new(*node, arms, live)),
            Op::VarExpand(trail) => self.extend(VarExpand::new(trail, false, live)),
            Op::VarExpandInto(trail) => self.extend(VarExpand::new(trail, true, live)),
            Op::FollowList { trail, list } => self.extend(FollowList::new(trail, *list)),
            Op::ShortestPath(search) => self.extend(ShortestPath::new(search, live)),
            Op::ShortestPathWhere {
                search,
                candidate,
                row,
            } => self.shortest_path_where(search, *candidate, *row),
            Op::Filter { predicates } => self.source(Filter::new(self.input(), predicates, live)),
            Op::Project { items } => self.source(Project::new(self.input(), items, live)),
            Op::Aggregate {
                keys,
                aggregates,
                partition,
            } => {
                let outer = self.outer.cloned();
                let input = self.input();
                self.source(Aggregate::new(
                    input, keys, aggregates, *partition, outer, live,
                ))
            }
            Op::Distinct { keys } => self.source(Distinct::new(self.input(), keys, live)),
            Op::Sort { keys } => self.source(Sort::new(self.input(), keys, live)),
            Op::TopK { keys, count } => {
                let drains = self.node.input().writes();
                self.source(TopK::new(self.input(), keys, count, live, drains))
            }
            Op::Skip { count, partition } => {
                self.source(Skip::new(self.input(), count, *partition, live))
            }
            Op::Limit { count, partition } => {
                let drains = self.node.input().writes();
                self.source(Limit::new(self.input(), count, *partition, live, drains))
            }
            Op::Unwind { list, element } => self.extend(Unwind::new(list, *element)),
            Op::Union { columns } => {
                self.source(Union::new(self.child(0), self.child(1), columns, live))
            }
            Op::HashJoin { keys } => self.hash_join(keys),
            Op::Apply(plan) => self.apply(plan),
            Op::ProcedureCall(call) => self.extend(ProcedureCall::new(call)),
            Op::PreAggregate { keys } => self.source(PreAggregate::new(self.input(), keys)),
            Op::Eager => self.source(Eager::new(self.input(), live)),
            Op::Create(plan) => self.source(Create::new(self.flat(), plan, live)),
            Op::Merge(plan) => self.source(Merge::new(self.flat(), self.inner(), plan, live)),
            Op::Set { items } => self.source(Set::new(self.flat(), items, live)),
            Op::Delete {
                items,
                detach,
                span,
            } => self.source(Delete::new(self.input(), items, *detach, *span, live)),
            Op::Foreach(plan) => {
                self.source(Foreach::new(self.flat(), self.inner(), self.node, plan))
            }
        }
    }

    fn source(&self, operator: impl Operator + 'p) -> Source<'p> {
        Source::new(operator, self.profiled.then_some(self.node.id))
    }

    fn extend(&self, extend: impl Extend + 'p) -> Source<'p> {
        let (live, counted) = (&self.node.output, self.node.is_counted());
        self.source(Extender::new(self.input(), live, extend, counted))
    }

    fn child(&self, number: usize) -> Source<'p> {
        build(&self.node.inputs[number], self.outer, self.profiled)
    }

    /// The first input; flat if the operator draws a random number for each row.
    fn input(&self) -> Source<'p> {
        if draws(&self.node.op) {
            self.flat()
        } else {
            self.child(0)
        }
    }

    /// The first input in rows whose multiplicity is 1.
    fn flat(&self) -> Source<'p> {
        Source::new(Flatten::new(self.child(0)), None)
    }

    /// The inner plan, and the outer rows that it reads.
    fn inner(&self) -> (Source<'p>, Outer) {
        let outer = Outer::default();
        let inner = build(self.node.second(), Some(&outer), self.profiled);
        (inner, outer)
    }

    /// The input of an operator whose inner plan must run for every row if it draws random numbers.
    fn input_of_inner(&self) -> Source<'p> {
        if is_random(self.node.second()) {
            self.flat()
        } else {
            self.input()
        }
    }

    fn argument(&self, row: plan::Slot, slots: &[plan::Slot]) -> Argument {
        let outer = self.outer.cloned();
        let outer = outer.expect("`plan::check` refuses arguments outside of inner plans");
        Argument::new(outer, row, slots, &self.node.output)
    }

    fn shortest_path_where(
        &self,
        search: &'p plan::ShortestPath,
        candidate: plan::Slot,
        row: plan::Slot,
    ) -> Source<'p> {
        let (inner, outer) = self.inner();
        let predicate = PathPredicate {
            inner,
            outer,
            candidate,
            row,
            reads: self.node.second().argument_slots(),
        };
        let (input, live) = (self.input_of_inner(), &self.node.output);
        self.source(ShortestPathWhere::new(input, search, predicate, live))
    }

    fn hash_join(&self, keys: &'p [(Expr, Expr)]) -> Source<'p> {
        let inputs = [self.child(0), self.child(1)];
        let live = &self.node.output;
        let mut payload = live.clone();
        payload.intersect(&self.node.second().fills());
        payload.subtract(&self.node.input().output);
        let correlated = self.node.second().is_correlated();
        self.source(HashJoin::new(inputs, keys, live, payload, correlated))
    }

    fn apply(&self, plan: &'p plan::Apply) -> Source<'p> {
        let (inner, outer) = self.inner();
        let inner_node = self.node.second();
        let writes = inner_node.writes();
        let input = if writes || matches!(plan.kind, ApplyKind::Effect) {
            self.flat()
        } else {
            self.input_of_inner()
        };
        let inner = InnerPlan {
            source: match plan.kind {
                ApplyKind::Collect { .. } => Source::new(Flatten::new(inner), None),
                _ => inner,
            },
            outer,
            writes,
            ordered: keeps_order(inner_node),
        };
        self.source(Apply::new(input, inner, plan, &self.node.output))
    }
}

/// Whether an inner plan returns its rows in the order of the outer rows' numbers.
fn keeps_order(inner: &Node) -> bool {
    let mut keeps = true;
    inner.each(&mut |node| {
        keeps &= !matches!(
            node.op,
            Op::Sort { .. } | Op::TopK { .. } | Op::Union { .. }
        );
    });
    keeps
}

/// Whether an inner plan draws random numbers.
fn is_random(inner: &Node) -> bool {
    let mut found = false;
    inner.each(&mut |node| found |= draws(&node.op));
    found
}

/// Whether an operator draws random numbers.
fn draws(op: &Op) -> bool {
    let mut expressions = op.expressions().into_iter();
    expressions.any(|expr| expr.any(&is_volatile))
}

fn is_volatile(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Call(function, _) if function.purity == Purity::Volatile)
}
